//! Which publisher's file a file is, by its first lines; and what to say where it is another one.

use super::source::{Shape, Source};
use super::{Format, ImportError};

/// What a file looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Looks {
    /// The format that reads it, where one does.
    format: Option<Format>,
    /// What it is, in words.
    what: String,
}

/// Refuses a file that is plainly not of the format; one that is not known at all is left to the format's own reader.
///
/// # Errors
/// [`ImportError::WebPage`], [`ImportError::OtherFile`], [`ImportError::NoEntries`].
pub(super) fn expect(format: Format, source: &Source) -> Result<(), ImportError> {
    match source.shape() {
        Shape::WebPage(_) if format == Format::Uflpa => Ok(()),
        Shape::WebPage(title) => {
            Err(ImportError::WebPage { file: source.name.clone(), title, wanted: format.called() })
        }
        Shape::Empty => Err(ImportError::NoEntries { file: source.name.clone(), wanted: format.called() }),
        Shape::Foreign(what) => Err(other(format, source, Looks { format: None, what: what.to_owned() })),
        shape => match looks(source, &shape) {
            Some(looks) if looks.format == Some(format) => Ok(()),
            Some(looks) => Err(other(format, source, looks)),
            None => Ok(()),
        },
    }
}

/// The refusal of a file that the format's own reader cannot make sense of.
pub(super) fn refusal(format: Format, source: &Source) -> ImportError {
    match expect(format, source) {
        Err(error) => error,
        Ok(()) => other(format, source, Looks { format: None, what: unknown(&source.shape()).to_owned() }),
    }
}

/// Whether a file could be a list at all: a readme beside the files of a folder is none.
pub(super) fn is_listlike(source: &Source) -> bool {
    let name = source.file_name();
    let ending = name.rsplit('.').next().unwrap_or_default();
    ["csv", "xml", "json", "del", "ff", "pip"].contains(&ending)
}

fn other(wanted: Format, source: &Source, looks: Looks) -> ImportError {
    ImportError::OtherFile {
        file: source.name.clone(),
        wanted: wanted.called(),
        found: looks.what,
        format: looks.format.filter(|format| *format != wanted),
    }
}

fn unknown(shape: &Shape) -> &'static str {
    match shape {
        Shape::Xml(_) => "XML of another kind",
        Shape::Json => "JSON of another kind",
        Shape::Workbook => "a workbook of another kind",
        _ => "a text of another kind",
    }
}

/// What the file looks like, if it is one of those we know.
fn looks(source: &Source, shape: &Shape) -> Option<Looks> {
    match shape {
        Shape::Xml(root) => Some(xml(root)),
        Shape::Text => csv(source),
        Shape::Json => json(source),
        _ => None,
    }
}

fn known(format: Format, what: &str) -> Looks {
    Looks { format: Some(format), what: what.to_owned() }
}

/// A file that we know and do not read, with what to use instead.
fn unread(what: impl Into<String>) -> Looks {
    Looks { format: None, what: what.into() }
}

fn xml(root: &str) -> Looks {
    match root {
        "sdnList" => known(Format::OfacSdn, "an OFAC list (legacy XML)"),
        "sanctionsData" => known(Format::OfacSdn, "an OFAC list (enhanced XML)"),
        "Sanctions" => unread("OFAC's advanced XML; use SDN.XML, SDN_ENHANCED.XML or the CSV files"),
        "Designations" => known(Format::UkSanctions, "the UK Sanctions List (XML)"),
        "ArrayOfFinancialSanctionsTarget" => {
            unread("the OFSI consolidated list, which ended on 28 January 2026; use the UK Sanctions List")
        }
        "export" => known(Format::EuFsf, "the EU financial sanctions file (XML)"),
        "WHOLE" => unread("the EU's old XML, replaced by version 1.1"),
        "CONSOLIDATED_LIST" => known(Format::UnSc, "the UN Security Council list"),
        other => unread(format!("XML with the root `{other}`")),
    }
}

fn csv(source: &Source) -> Option<Looks> {
    let text = source.text();
    let head: String = text.chars().take(8000).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().all(|word| head.contains(word));
    let first = head.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    if has(&["unique id", "regime name"]) {
        Some(known(Format::UkSanctions, "the UK Sanctions List"))
    } else if has(&["name 6", "group type", "regime"]) {
        Some(known(Format::UkSanctions, "the retired OFSI consolidated list"))
    } else if has(&["entity_eu_referencenumber"]) || has(&["naal_wholename"]) || has(&["entity_logical_id"]) {
        Some(known(Format::EuFsf, "the EU financial sanctions file"))
    } else if has(&["standard_order", "license_requirement"]) {
        Some(known(Format::Csl, "the US Consolidated Screening List"))
    } else if has(&["schema", "dataset", "first_seen", "last_seen"]) {
        Some(known(Format::OpenSanctions, "an OpenSanctions export"))
    } else if has(&["supp_name"]) || has(&["ineligibility period"]) {
        Some(known(Format::WorldBank, "the World Bank list"))
    } else if first.split(',').next().is_some_and(|cell| cell.parse::<u64>().is_ok()) && head.contains("-0- ")
    {
        Some(known(Format::OfacSdn, "an OFAC list (CSV)"))
    } else {
        None
    }
}

fn json(source: &Source) -> Option<Looks> {
    let text = source.text();
    let head: String = text.chars().take(4000).collect();
    let has = |words: &[&str]| words.iter().all(|word| head.contains(word));
    if has(&["\"schema\"", "\"properties\""]) {
        Some(known(Format::OpenSanctions, "an OpenSanctions export"))
    } else if has(&["\"DATA_SOURCE\"", "\"RECORD_ID\""]) {
        Some(unread("OpenSanctions' Senzing export; use entities.ftm.json or targets.nested.json"))
    } else if has(&["ZPROCSUPP"]) || has(&["\"SUPP_NAME\""]) {
        Some(known(Format::WorldBank, "the World Bank list"))
    } else if has(&["\"source\"", "\"alt_names\""]) || has(&["\"source_list_url\""]) {
        Some(known(Format::Csl, "the US Consolidated Screening List"))
    } else {
        None
    }
}
