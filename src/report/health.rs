//! The lists' health in words: how old each is, whether it is whole, what is wrong with it.

use jiff::civil::Date;

use super::wording::{counted, grouped};
use crate::screen::{ListHealth, Screening};
use crate::vocab::Authority;
use crate::watchlist::{List, PartialDate};

/// How many lists a warning names.
const MOST_NAMED: usize = 3;

/// One list on one line.
pub(super) struct Line<'a> {
    /// The list's short name.
    pub(super) slug: &'a str,
    /// The list itself.
    pub(super) list: &'a List,
    /// Its authority.
    pub(super) authority: Authority,
    /// How many entries it has here: `1,204`, or `3 of 40` where the source has more.
    pub(super) entries: String,
    /// The date that its age is told from, with the age: `2026-11-01, 23 days old`.
    pub(super) dated: String,
    /// Complete or partial, and unfit where a gate failed: the words for a narrow place.
    pub(super) state: &'static str,
    /// Complete, or what is missing or wrong.
    pub(super) remark: String,
    /// Whether it may be relied on.
    pub(super) fit: bool,
}

/// Every list on a line, in the order of the screening.
pub(super) fn lines(screening: &Screening) -> Vec<Line<'_>> {
    screening
        .health
        .iter()
        .filter_map(|health| Some(line(screening.lists.get(health.list)?, health, screening.as_of)))
        .collect()
}

fn line<'a>(list: &'a List, health: &ListHealth, as_of: Date) -> Line<'a> {
    Line {
        slug: &list.slug,
        list,
        authority: list.facts.authority,
        entries: entries(list),
        dated: dated(list, as_of),
        state: state(list, health),
        remark: remark(list, health),
        fit: health.fit,
    }
}

fn entries(list: &List) -> String {
    let here = grouped(&list.entries.len().to_string());
    match list.facts.entries_at_source {
        Some(source) if source > list.entries.len() => format!("{here} of {}", grouped(&source.to_string())),
        _ => here,
    }
}

/// The publisher's date where there is one, else the day it was taken; the age counts from its last possible day.
fn dated(list: &List, as_of: Date) -> String {
    let Some(text) = list.facts.published_on.as_deref().or(list.facts.retrieved_on.as_deref()) else {
        return "undated".to_owned();
    };
    let age = PartialDate::parse(text).map(|date| (as_of - date.latest()).get_days());
    match age {
        Some(days @ 0..) => {
            format!("{text}, {} old", counted(u64::from(days.unsigned_abs()), "day", "days"))
        }
        Some(_) => format!("{text}, after the day of the run"),
        None => text.to_owned(),
    }
}

const fn state(list: &List, health: &ListHealth) -> &'static str {
    match (health.fit, list.facts.complete) {
        (true, true) => "complete",
        (true, false) => "partial",
        (false, true) => "UNFIT, complete",
        (false, false) => "UNFIT, partial",
    }
}

fn remark(list: &List, health: &ListHealth) -> String {
    let whole = match (list.facts.complete, list.facts.missing.trim()) {
        (true, _) => "complete".to_owned(),
        (false, "") => "partial".to_owned(),
        (false, missing) => format!("partial: {missing}"),
    };
    let said = if health.fit { whole } else { format!("UNFIT, {whole}") };
    health.problems.iter().fold(said, |said, problem| format!("{said}; {problem}"))
}

/// What a reader must know of the lists before the first figure, one sentence each.
pub(super) fn warnings(screening: &Screening) -> Vec<String> {
    let lines = lines(screening);
    let unfit: Vec<_> = lines.iter().filter(|line| !line.fit).map(|line| line.slug).collect();
    let partial: Vec<_> =
        lines.iter().filter(|line| !line.list.facts.complete).map(|line| line.slug).collect();
    let mut said = Vec::new();
    if lines.is_empty() {
        said.push("No list was screened against.".to_owned());
    }
    let all = lines.len();
    if !unfit.is_empty() {
        said.push(format!("Not fit to rely on, {} of {all} lists: {}.", unfit.len(), some_of(&unfit)));
    }
    if !partial.is_empty() {
        said.push(format!(
            "Partial, {} of {all} lists, which may miss entries of their sources: {}.",
            partial.len(),
            some_of(&partial)
        ));
    }
    said
}

/// The first few names: the others stand with their reasons among the lists.
fn some_of(names: &[&str]) -> String {
    let (few, rest) = names.split_at(names.len().min(MOST_NAMED));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    format!("{}{more}", few.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn age_counts_from_the_publishers_date() {
        let screening = fixture::screening();
        let lines = lines(&screening);
        // 1 to 24 November; the second list has no publisher's date and was taken on 20 November.
        assert_eq!(lines[0].dated, "2026-11-01, 23 days old");
        assert_eq!(lines[1].dated, "2026-11-20, 4 days old");
        assert_eq!(lines[1].entries, "1 of 40");
        assert_eq!(lines[1].remark, "partial: entries added after June 2026; the copy is 400 days old");
    }

    #[test]
    fn odd_dates_are_said_as_they_are() {
        let mut screening = fixture::screening();
        for (found, shown) in [
            (Some("2027-01-01"), "2027-01-01, after the day of the run"),
            (Some("2026-10"), "2026-10, 24 days old"),
            (Some("last week"), "last week"),
            (None, "undated"),
        ] {
            screening.lists[0].facts.published_on = found.map(str::to_owned);
            screening.lists[0].facts.retrieved_on = None;
            assert_eq!(lines(&screening)[0].dated, shown);
        }
    }

    #[test]
    fn a_warning_names_a_few() {
        assert_eq!(some_of(&["a", "b", "c"]), "a, b, c");
        assert_eq!(some_of(&["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
    }

    #[test]
    fn partial_and_unfit_lists_are_named() {
        let mut screening = fixture::screening();
        screening.health[0].fit = false;
        assert_eq!(
            warnings(&screening),
            [
                "Not fit to rely on, 1 of 2 lists: labour-list.",
                "Partial, 1 of 2 lists, which may miss entries of their sources: council-list."
            ]
        );
    }
}
