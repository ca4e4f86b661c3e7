//! The sheets around the findings: summary, who was not screened, the lists, the glossary.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::columns::Cell;
use super::super::glossary::GLOSSARY;
use super::super::summary::Tally;
use super::super::{Report, SECTIONS, health, run, wording};
use super::paper::Paper;
use crate::record::Exposure;
use crate::vocab::Ground;

fn text(text: &str) -> Cell<'static> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned().into()) }
}

/// The main sum of an exposure, its currency, and the others in words.
fn sums(exposure: &Exposure) -> [Cell<'static>; 3] {
    let Some((currency, sum)) = exposure.main() else { return [Cell::Empty, Cell::Empty, Cell::Empty] };
    let others: Vec<String> = exposure
        .iter()
        .filter(|(code, _)| *code != currency)
        .map(|(code, sum)| wording::money(code, sum))
        .collect();
    [Cell::Amount(sum), text(currency.as_str()), text(&others.join(" + "))]
}

fn tally(label: &str, tally: &Tally) -> Vec<Cell<'static>> {
    let counts = [text(label), Cell::Count(tally.findings), Cell::Count(tally.subjects())];
    counts.into_iter().chain(sums(&tally.exposure)).collect()
}

/// The first sheet: what was done, what was found, what to know before the first figure.
pub(super) fn summary(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    let screening = report.screening;
    let mut paper = Paper::new(sheet, "Summary")?;
    for (column, width) in [(0, 52.0), (1, 12.0), (2, 12.0), (3, 18.0), (4, 10.0), (5, 24.0)] {
        paper.sheet.set_column_width(column, width)?;
    }
    if screening.completed {
        paper.title(&format!("Screening of {}", wording::day(screening.as_of)))?;
    } else {
        paper.title(wording::NOT_COMPLETE)?;
    }
    paper.line(&wording::summary(screening))?;
    for warning in health::warnings(screening) {
        paper.line(&warning)?;
    }
    paper.line(wording::CAUTION)?;
    paper.row += 1;
    let figures = &report.figures;
    let columns = ["Candidates", "Subjects", "Exposure", "Currency", "And"];
    let head = |first| [&[first][..], &columns[..]].concat();
    if figures.all.findings == 0 {
        paper.line(&format!("For all subjects: {}.", wording::NO_CANDIDATE))?;
    } else {
        paper.headers(&head("Where it leads if the identity is confirmed"))?;
        for flag in SECTIONS {
            if let Some(some) = figures.flags.get(&flag) {
                paper.cells(&tally(wording::heading(flag), some))?;
            }
        }
        paper.row += 1;
        paper.headers(&head("Ground of the listing"))?;
        for (ground, some) in &figures.grounds {
            paper.cells(&tally(wording::ground(*ground), some))?;
        }
        paper.row += 1;
        paper.headers(&head("Identity"))?;
        for (band, some) in &figures.bands {
            paper.cells(&tally(wording::band(*band), some))?;
        }
    }
    paper.row += 1;
    inputs(&mut paper, report)?;
    paper.row += 1;
    if !screening.options.is_empty() {
        paper.headers(&["Options that mattered"])?;
        for (name, value) in &screening.options {
            paper.line(&format!("{}: {value}", wording::option(name)))?;
        }
        paper.row += 1;
    }
    paper.line(&wording::corrections(report.options.contact.as_deref()))?;
    paper.line(&format!(
        "Run {}, wharfinger {}, for the {} audience",
        report.run_id,
        run::VERSION,
        report.options.audience.as_str()
    ))?;
    paper.line(&format!("Results SHA-256 {}", report.results_sha256))
}

fn inputs(paper: &mut Paper<'_>, report: &Report<'_>) -> Result<(), XlsxError> {
    paper.headers(&[
        "File or sheet",
        "Records",
        "Screened",
        "Persons, redacted",
        "Blank, total",
        "Rejected",
    ])?;
    for input in &report.screening.inputs {
        let name = input
            .sheet
            .as_ref()
            .map_or_else(|| input.path.clone(), |sheet| format!("{}[{sheet}]", input.path));
        paper.cells(&[
            text(&name),
            Cell::Count(input.records_read),
            Cell::Count(input.screened),
            Cell::Count(input.persons.saturating_add(input.redacted)),
            Cell::Count(input.blank_or_total),
            Cell::Count(input.rejected),
        ])?;
    }
    Ok(())
}

/// Who was not screened, and why.
pub(super) fn not_screened(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    let mut paper = Paper::new(sheet, "Not screened")?;
    for (column, width) in [(0, 48.0), (1, 10.0), (2, 18.0), (3, 10.0), (4, 20.0), (5, 36.0)] {
        paper.sheet.set_column_width(column, width)?;
    }
    paper.headers(&["Reason", "Rows", "Amount", "Currency", "And", "First row"])?;
    for some in &report.screening.not_screened {
        let [sum, currency, others] = sums(&some.exposure);
        let first = text(&some.first.to_string());
        paper.cells(&[
            text(wording::not_screened(some.reason)),
            Cell::Count(some.rows),
            sum,
            currency,
            others,
            first,
        ])?;
    }
    if report.screening.not_screened.is_empty() {
        paper.line("Every row was screened.")?;
    }
    paper.sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The lists with their health.
pub(super) fn lists(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    let mut paper = Paper::new(sheet, "Lists")?;
    let widths = [20.0, 44.0, 32.0, 10.0, 30.0, 10.0, 10.0, 30.0, 60.0, 40.0, 30.0];
    for (column, width) in (0_u16..).zip(widths) {
        paper.sheet.set_column_width(column, width)?;
    }
    paper.headers(&[
        "List",
        "Title",
        "Publisher",
        "Authority",
        "Proof",
        "Fit",
        "Entries",
        "As of",
        "Health",
        "Address",
        "Licence",
    ])?;
    for line in health::lines(report.screening) {
        let facts = &line.list.facts;
        paper.cells(&[
            text(line.slug),
            text(&facts.title),
            text(&facts.publisher),
            text(line.authority.as_str()),
            text(facts.proof.as_str()),
            text(if line.fit { "yes" } else { "NO" }),
            text(&line.entries),
            text(&line.dated),
            text(&line.remark),
            text(&facts.url),
            text(&facts.licence),
        ])?;
    }
    paper.sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// The words explained, and the grounds in both spellings.
pub(super) fn glossary(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let mut paper = Paper::new(sheet, "Glossary")?;
    paper.sheet.set_column_width(0, 30.0)?.set_column_width(1, 110.0)?;
    paper.headers(&["Term", "Meaning"])?;
    for (term, meaning) in GLOSSARY {
        paper.cells(&[text(term), text(meaning)])?;
    }
    for ground in Ground::ALL {
        paper.cells(&[text(ground.as_str()), text(&format!("Ground: {}.", wording::ground(*ground)))])?;
    }
    paper.sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
