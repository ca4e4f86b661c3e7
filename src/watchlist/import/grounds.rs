//! What a programme or regime is for.
//!
//! The table `tables/programmes.csv` names the order, regulation or resolution that each ground rests on. A programme with several
//! purposes, where the file does not say which, has the ground `other`: it is not shown as a human-rights matter. Where
//! the bundled lists know the very entry, their checked ground is taken instead.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::vocab::Ground;
use crate::watchlist::bundled;

const TABLE: &str = include_str!("tables/programmes.csv");

/// Publisher, programme, and the ground with its place in the table: an earlier row is the more telling one.
static PROGRAMMES: LazyLock<Vec<(String, String, Ground)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .filter_map(|row| {
            let cell = |at| row.get(at).map(str::to_owned);
            Some((cell(0)?, cell(1)?, row.get(2)?.parse().ok()?))
        })
        .collect()
});

/// The checked grounds of the bundled lists, by list and id.
static CHECKED: LazyLock<FxHashMap<String, Ground>> = LazyLock::new(|| {
    bundled()
        .into_iter()
        .filter(|list| ["uk-sanctions-human-rights", "us-ofac-human-rights"].contains(&list.slug.as_str()))
        .flat_map(|list| list.entries)
        .map(|entry| (entry.id, entry.ground))
        .collect()
});

/// The ground of an entry of these programmes: the first human-rights ground in the table's order, else `other` or
/// whatever ground out of scope the table gives.
pub(super) fn of<'a>(publisher: &str, programmes: impl IntoIterator<Item = &'a str>) -> Ground {
    let programmes: Vec<&str> = programmes.into_iter().map(str::trim).collect();
    let known: Vec<Ground> = PROGRAMMES
        .iter()
        .filter(|(of, programme, _)| of == publisher && programmes.contains(&programme.as_str()))
        .map(|(_, _, ground)| *ground)
        .collect();
    known
        .iter()
        .copied()
        .find(|g| g.is_human_rights())
        .or_else(|| known.first().copied())
        .unwrap_or(Ground::Other)
}

/// The ground that the bundled lists have for this very entry (`GHR0048`, `ofac-10391`), checked by hand.
pub(super) fn checked(id: &str) -> Option<Ground> {
    CHECKED.get(id).copied()
}

/// Words of a statement of reasons that say which human right it is about, most telling first. Plain words of the
/// publishers, looked for in lower case.
const REASONS: [(&str, Ground); 16] = [
    ("forced labour", Ground::ForcedLabour),
    ("forced labor", Ground::ForcedLabour),
    ("slavery", Ground::ForcedLabour),
    ("human trafficking", Ground::Trafficking),
    ("trafficking in persons", Ground::Trafficking),
    ("trafficked", Ground::Trafficking),
    ("child soldier", Ground::ConflictAbuse),
    ("war crime", Ground::ConflictAbuse),
    ("international humanitarian law", Ground::ConflictAbuse),
    ("repression", Ground::SurveillanceRepression),
    ("surveillance", Ground::SurveillanceRepression),
    ("human rights", Ground::OtherHumanRights),
    ("right not to be subjected", Ground::OtherHumanRights),
    ("torture", Ground::OtherHumanRights),
    ("arbitrary detention", Ground::OtherHumanRights),
    ("civil society", Ground::OtherHumanRights),
];

/// The ground that a statement of reasons names, if it names a human right.
pub(super) fn in_reasons(text: &str) -> Option<Ground> {
    let text = text.to_lowercase();
    REASONS.iter().find(|(words, _)| text.contains(words)).map(|(_, ground)| *ground)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(PROGRAMMES.len(), TABLE.lines().count() - 1);
    }

    #[test]
    fn the_most_telling_programme_decides() {
        assert_eq!(of("ofac", ["SDGT", "IRGC", "IRAN-HR"]), Ground::OtherHumanRights);
        assert_eq!(of("ofac", ["GLOMAG"]), Ground::Other);
        assert_eq!(of("ofac", ["CMIC-EO13959"]), Ground::Weapons);
        assert_eq!(of("ofac", ["SDNTK"]), Ground::Other);
        assert_eq!(of("uk", ["GHR"]), Ground::OtherHumanRights);
        assert_eq!(checked("ofac-10391"), Some(Ground::OtherHumanRights));
        assert_eq!(checked("ofac-0"), None);
    }

    #[test]
    fn reasons_name_the_right() {
        assert_eq!(in_reasons("responsible for Forced Labour in ..."), Some(Ground::ForcedLabour));
        assert_eq!(in_reasons("obtaining a benefit from the Government of Russia"), None);
    }
}
