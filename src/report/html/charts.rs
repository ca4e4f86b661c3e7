//! The figures as bars. Each chart is a table whose rows have a bar: the numbers are the text equivalent.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::summary::Tally;
use super::super::wording::{self, grouped};
use super::super::{Report, columns};
use super::clean;

/// A chart.
pub(super) struct Chart {
    pub(super) title: &'static str,
    pub(super) label: &'static str,
    pub(super) first: &'static str,
    pub(super) second: &'static str,
    pub(super) bars: Vec<Bar>,
}

/// One row of a chart.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) first: String,
    pub(super) second: String,
    /// Thousandths of the longest bar.
    pub(super) width: u32,
}

/// Exposure by ground, exposure by list, candidates by identity.
pub(super) fn charts(report: &Report<'_>) -> Vec<Chart> {
    let figures = &report.figures;
    let list =
        |at: &usize| report.screening.lists.get(*at).map_or_else(String::new, |list| clean(&list.slug));
    let by_exposure = |title, label, rows: Vec<(String, &Tally)>| Chart {
        title,
        label,
        first: "Exposure",
        second: "Candidates",
        bars: by_exposure(rows),
    };
    let grounds =
        figures.grounds.iter().map(|(ground, some)| (wording::ground(*ground).to_owned(), some)).collect();
    let lists = figures.lists.iter().map(|(at, some)| (list(at), some)).collect();
    let most = figures.bands.values().map(|some| some.findings).max().unwrap_or(0);
    let bands = figures.bands.iter().map(|(band, some)| Bar {
        label: wording::band(*band).to_owned(),
        first: grouped(&some.findings.to_string()),
        second: grouped(&some.subjects().to_string()),
        width: share(some.findings.into(), most.into()),
    });
    let charts = vec![
        by_exposure("Exposure by ground", "Ground", grounds),
        by_exposure("Exposure by list", "List", lists),
        Chart {
            title: "Candidates by identity",
            label: "Identity",
            first: "Candidates",
            second: "Subjects",
            bars: bands.collect(),
        },
    ];
    charts.into_iter().filter(|chart| !chart.bars.is_empty()).collect()
}

/// Bars by sterling exposure, longest first; sums in another currency have words and no bar.
fn by_exposure(rows: Vec<(String, &Tally)>) -> Vec<Bar> {
    let pounds = |some: &Tally| match columns::sterling(&some.exposure) {
        Some((true, sum)) => sum.max(Decimal::ZERO),
        _ => Decimal::ZERO,
    };
    let most = rows.iter().map(|(_, some)| pounds(some)).max().unwrap_or_default();
    let mut rows = rows;
    rows.sort_by(|(a, x), (b, y)| pounds(y).cmp(&pounds(x)).then_with(|| a.cmp(b)));
    rows.into_iter()
        .map(|(label, some)| Bar {
            label,
            first: wording::exposure(&some.exposure),
            second: grouped(&some.findings.to_string()),
            width: share(pounds(some), most),
        })
        .collect()
}

/// Thousandths of the longest, at least one where there is anything to see.
fn share(part: Decimal, whole: Decimal) -> u32 {
    if part.is_zero() || whole.is_zero() {
        return 0;
    }
    let thousandths =
        part.checked_div(whole).and_then(|share| (share * Decimal::ONE_THOUSAND).round().to_u32());
    thousandths.unwrap_or(1000).clamp(1, 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_shares_of_the_longest() {
        let sum = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(share(sum("50"), sum("200")), 250);
        assert_eq!(share(sum("200"), sum("200")), 1000);
        assert_eq!(share(sum("0.01"), sum("9000000")), 1);
        assert_eq!(share(sum("0"), sum("0")), 0);
    }
}
