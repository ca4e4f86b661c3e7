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
    /// What to do with it, where no format reads it.
    instead: Option<&'static str>,
}

/// Refuses a file that is plainly not of the format; a table that is not known at all is left to the format's own reader.
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
        Shape::Foreign(what) => Err(other(format, source, unread(what, None))),
        shape => match looks(source, &shape) {
            Some(looks) if looks.format == Some(format) => Ok(()),
            Some(looks) => Err(other(format, source, looks)),
            None if takes(format, &shape) => Ok(()),
            None => Err(other(format, source, unread(unknown(&shape), None))),
        },
    }
}

/// Whether the publisher has the list in a file of that shape, or a spreadsheet makes one of it.
fn takes(format: Format, shape: &Shape) -> bool {
    match format {
        Format::UnSc => matches!(shape, Shape::Xml(_)),
        Format::OfacSdn => matches!(shape, Shape::Xml(_) | Shape::Text),
        Format::UkSanctions | Format::EuFsf => {
            matches!(shape, Shape::Xml(_) | Shape::Text | Shape::Workbook)
        }
        Format::WorldBank | Format::OpenSanctions | Format::Csl => {
            matches!(shape, Shape::Json | Shape::Text | Shape::Workbook)
        }
        Format::Uflpa | Format::Generic => matches!(shape, Shape::Text | Shape::Workbook),
    }
}

/// The refusal of a file that the format's own reader cannot make sense of.
pub(super) fn refusal(format: Format, source: &Source) -> ImportError {
    match expect(format, source) {
        Err(error) => error,
        Ok(()) => other(format, source, unread(unknown(&source.shape()), None)),
    }
}

/// Whether a file could be a list at all: a readme beside the files of a folder is none.
pub(super) fn is_listlike(source: &Source) -> bool {
    let name = source.file_name();
    let ending = name.rsplit('.').next().unwrap_or_default();
    ["csv", "tsv", "txt", "xml", "json", "jsonl", "htm", "html", "xlsx", "xls", "ods", "del", "pip"]
        .contains(&ending)
}

fn other(wanted: Format, source: &Source, looks: Looks) -> ImportError {
    ImportError::OtherFile {
        file: source.name.clone(),
        wanted: wanted.called(),
        found: looks.what,
        format: looks.format.filter(|format| *format != wanted),
        instead: looks.instead,
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
    Looks { format: Some(format), what: what.to_owned(), instead: None }
}

/// A file that we know and do not read, with what to do instead.
fn unread(what: impl Into<String>, instead: Option<&'static str>) -> Looks {
    Looks { format: None, what: what.into(), instead }
}

fn xml(root: &str) -> Looks {
    match root {
        "sdnList" => known(Format::OfacSdn, "an OFAC list (legacy XML)"),
        "sanctionsData" => known(Format::OfacSdn, "an OFAC list (enhanced XML)"),
        "Sanctions" => unread(
            "an OFAC list (advanced XML)",
            Some(
                "take SDN.XML, SDN_ENHANCED.XML or the CSV files from the same page: they name the same entries",
            ),
        ),
        "Designations" => known(Format::UkSanctions, "the UK Sanctions List (XML)"),
        "ArrayOfFinancialSanctionsTarget" => unread(
            "the OFSI consolidated list (XML), which ended on 28 January 2026",
            Some("take the UK Sanctions List of the FCDO, and `--format uk-sanctions`"),
        ),
        "export" => known(Format::EuFsf, "the EU financial sanctions file (XML)"),
        "WHOLE" => unread("the EU's old XML, version 1.0", Some("take version 1.1 from the same page")),
        "CONSOLIDATED_LIST" => known(Format::UnSc, "the UN Security Council list"),
        other => unread(
            format!("XML with the root `{}`", other.chars().take(40).collect::<String>()),
            Some("no importer reads it; make a table of it, and use `--format generic --map name=COLUMN`"),
        ),
    }
}

/// How much of a text shows what it is: its header may stand below a title.
const HEAD: usize = 8000;

fn csv(source: &Source) -> Option<Looks> {
    let text = source.text();
    let head: String = text.chars().take(HEAD).collect::<String>().to_lowercase();
    let letters: String = head.chars().filter(|c| c.is_alphanumeric()).collect();
    let has = |words: &[&str]| words.iter().all(|word| letters.contains(word));
    let first = head.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let looks = if has(&["uniqueid", "regimename"]) {
        known(Format::UkSanctions, "the UK Sanctions List")
    } else if has(&["name6", "grouptype", "regime"]) {
        known(Format::UkSanctions, "the retired OFSI consolidated list")
    } else if has(&["entityeureferencenumber"]) || has(&["naalwholename"]) || has(&["entitylogicalid"]) {
        known(Format::EuFsf, "the EU financial sanctions file")
    } else if has(&["standardorder", "licenserequirement"]) || has(&["altnames", "sourcelisturl"]) {
        known(Format::Csl, "the US Consolidated Screening List")
    } else if has(&["schema", "dataset", "firstseen", "lastseen"]) {
        known(Format::OpenSanctions, "an OpenSanctions export")
    } else if has(&["suppname"]) || has(&["ineligibilityperiod"]) || has(&["firmname", "fromdate", "grounds"])
    {
        known(Format::WorldBank, "the World Bank list")
    } else if has(&["wrofinding", "merchandise"]) {
        unread(
            "the table of withhold release orders of US Customs and Border Protection",
            Some(
                "import it with `--format generic --map name=Entity --map country=Country --map listed_on=\"Effective Date\"`",
            ),
        )
    } else if has(&["empregador", "cnpj"]) {
        unread(
            "the Brazilian register of employers",
            Some("import it with `--format generic --map name=Empregador`, without its natural persons"),
        )
    } else if has(&["nameofentity", "effectivedate"]) || has(&["entityname", "effectivedate"]) {
        known(Format::Uflpa, "a table of the UFLPA Entity List")
    } else if first.split([',', '@', '|']).next().is_some_and(|cell| cell.trim().parse::<u64>().is_ok())
        && head.contains("-0-")
    {
        known(Format::OfacSdn, "an OFAC list (CSV)")
    } else if first.contains("weak_aliases") || first.contains("name") && first.contains(",ground") {
        unread("a list as this program writes it", Some("it needs no import: give it with `--watchlists`"))
    } else {
        return None;
    };
    Some(looks)
}

fn json(source: &Source) -> Option<Looks> {
    let text = source.text();
    let head: String = text.chars().take(HEAD).collect();
    let has = |words: &[&str]| words.iter().all(|word| head.contains(word));
    let looks = if has(&["\"schema\"", "\"properties\""]) {
        known(Format::OpenSanctions, "an OpenSanctions export")
    } else if has(&["\"DATA_SOURCE\"", "\"RECORD_ID\""]) {
        unread(
            "OpenSanctions' Senzing export",
            Some("take entities.ftm.json or targets.nested.json of the same dataset"),
        )
    } else if has(&["ZPROCSUPP"]) || has(&["\"SUPP_NAME\""]) {
        known(Format::WorldBank, "the World Bank list")
    } else if has(&["\"source\"", "\"alt_names\""]) || has(&["\"source_list_url\""]) {
        known(Format::Csl, "the US Consolidated Screening List")
    } else {
        return None;
    };
    Some(looks)
}
