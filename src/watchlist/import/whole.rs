//! Whether a file is the whole list: what its end shows, and how many entries the publisher is known to have.
//!
//! XML, a JSON document and OFAC's counts show by themselves that nothing is missing, and a cut file is refused. Delimited text and JSON
//! lines that are cut between two records look whole; of them this room says what can be said.

use super::source::{Shape, Source};
use super::{Format, ListFacts};

/// A publisher's list as it was once seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usual {
    /// Its entries then.
    pub(super) entries: usize,
    /// When: `October 2026`.
    pub(super) when: &'static str,
}

/// Marks a list as not whole where it has less than half of the entries that it is known for, and says where nothing shows
/// that a file is whole.
pub(super) fn check(
    format: Format,
    sources: &[Source],
    usual: Option<Usual>,
    at_source: usize,
    facts: &mut ListFacts,
    remarks: &mut Vec<String>,
) {
    // A list is cut, filtered or a sample where half of it is gone; no list has lost so much in a year.
    let short = usual.filter(|usual| at_source * 2 < usual.entries);
    if let Some(Usual { entries, when }) = short {
        let what = format!(
            "the publisher's list had {entries} entries in {when} and the file has {at_source}: it is cut short, filtered or a sample"
        );
        facts.complete = false;
        facts.entries_at_source = Some(entries);
        let before = if facts.missing.is_empty() { String::new() } else { format!("{}; ", facts.missing) };
        facts.missing = format!("{before}most entries: {what}");
        remarks.push(what);
    }
    if format == Format::Generic {
        return;
    }
    for source in sources.iter().filter(|source| shows_no_end(format, source)) {
        if source.text().ends_with(['\n', '\r', '\u{1a}']) {
            remarks.push(format!(
                "nothing in `{}` shows that it is whole: compare the {at_source} entries with the publisher's count",
                source.name
            ));
        } else {
            remarks.push(format!(
                "`{}` does not end with a line end, as a file does that was cut while it was fetched: compare the \
{at_source} entries with the publisher's count",
                source.name
            ));
        }
    }
}

/// Whether a file of that form could be cut between two records without a trace.
fn shows_no_end(format: Format, source: &Source) -> bool {
    match source.shape() {
        // OFAC's text files end with a mark of their own.
        Shape::Text => format != Format::OfacSdn || !source.text().trim_end().ends_with('\u{1a}'),
        Shape::Json => format == Format::OpenSanctions && !source.text().trim_start().starts_with('['),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_list_is_no_whole_list() {
        let usual = Some(Usual { entries: 1000, when: "May 2026" });
        for (at_source, complete) in [(1000, true), (500, true), (499, false)] {
            let mut facts = crate::watchlist::facts::assumed("un-sc");
            let mut remarks = Vec::new();
            check(Format::UnSc, &[], usual, at_source, &mut facts, &mut remarks);
            assert_eq!((facts.complete, remarks.is_empty()), (complete, complete), "{at_source}");
        }
    }
}
