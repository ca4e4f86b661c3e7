//! What holds for a whole list: `SLUG.toml`, or what must be assumed where there is none.

use super::{ListFacts, PartialDate, WatchlistError};
use crate::vocab::{Authority, Ground, Proof};

/// The facts of a user's own list that has no TOML: its own word, whole by definition, never too old.
pub(super) fn assumed(slug: &str) -> ListFacts {
    ListFacts {
        title: slug.to_owned(),
        publisher: "own list".to_owned(),
        jurisdiction: String::new(),
        authority: Authority::F,
        proof: Proof::None,
        default_ground: Ground::OtherHumanRights,
        measure: "own list".to_owned(),
        url: String::new(),
        licence: String::new(),
        retrieved_on: None,
        published_on: None,
        min_entries: 0,
        max_age_days: None,
        critical: false,
        entries_at_source: None,
        complete: true,
        missing: String::new(),
        format: String::new(),
        download: Vec::new(),
    }
}

/// Reads the TOML of the list `slug`; every key may be missing.
pub(super) fn read(slug: &str, file: &str, text: &str) -> Result<ListFacts, WatchlistError> {
    #[derive(serde::Deserialize)]
    struct Said {
        complete: Option<bool>,
    }
    let broken = |cause| WatchlistError::Facts { file: file.to_owned(), cause };
    let mut facts: ListFacts = toml::from_str(text).map_err(broken)?;
    let said: Said = toml::from_str(text).map_err(broken)?;
    if facts.title.is_empty() {
        slug.clone_into(&mut facts.title);
    }
    // Nothing said and nothing known to be missing: the file is the list.
    facts.complete = said.complete.unwrap_or(facts.missing.is_empty() && facts.entries_at_source.is_none());
    for (key, date) in [("retrieved_on", &facts.retrieved_on), ("published_on", &facts.published_on)] {
        if let Some(found) = date.as_ref().filter(|text| PartialDate::parse(text).is_none()) {
            let (file, found) = (file.to_owned(), found.clone());
            return Err(WatchlistError::BadFact { file, key, found, problem: "is not a date" });
        }
    }
    Ok(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_may_be_missing() {
        let facts = read("ours", "ours.toml", "title = \"Our list\"\nretrieved_on = 2026-11-24\n").unwrap();
        assert_eq!((facts.title.as_str(), facts.retrieved_on.as_deref()), ("Our list", Some("2026-11-24")));
        assert_eq!((facts.authority, facts.proof, facts.complete), (Authority::F, Proof::None, true));
        assert_eq!(read("ours", "ours.toml", "").unwrap().title, "ours");
        assert!(!read("ours", "ours.toml", "missing = \"half of it\"").unwrap().complete);
    }

    #[test]
    fn a_misspelt_key_or_word_is_named_with_its_line() {
        let message = |text| read("ours", "ours.toml", text).unwrap_err().to_string();
        assert!(message("max_age_day = 3").contains("max_age_day"));
        assert!(message("\nauthority = \"Z\"").contains("line 2"));
        assert_eq!(
            message("published_on = \"soon\""),
            "`ours.toml`: `published_on = \"soon\"` is not a date"
        );
    }
}
