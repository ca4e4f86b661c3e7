//! Official files become lists: one file a format, each as its publisher makes it.
//!
//! In: the file or files of one publisher, and which format they are. Out: an [`Imported`] list with an account that adds
//! up, or an [`ImportError`] that says why the file is refused: another publisher's file, a web page, an export of part
//! of the list, a file that is cut short, or one without an entry. Every file is known by its content and not by its name.
//! Columns and elements that a publisher adds are tolerated.

mod csl;
mod draft;
mod error;
mod eu;
mod generic;
mod grounds;
mod identifiers;
mod name_cell;
mod ods;
mod ofac_csv;
mod ofac_enhanced;
mod ofac_xml;
mod opensanctions;
mod sniff;
mod source;
mod table;
mod text;
mod uflpa;
mod uk;
mod uk_conlist;
mod uk_xml;
mod un;
mod whole;
mod world_bank;
mod xml;

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use jiff::civil::Date;

pub use draft::Skipped;
pub use error::ImportError;

use draft::Builder;
use source::Source;
use whole::Usual;

use super::csv::hex;
use super::{List, ListFacts, PartialDate};
use crate::vocab::{Authority, Ground, Proof, UnknownWord, nearest_word};

/// A publisher's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// US Treasury, OFAC: the SDN and non-SDN lists, as CSV family, legacy XML or enhanced XML.
    OfacSdn,
    /// UK Sanctions List: CSV, XML or the short spreadsheet; the retired OFSI list with a remark.
    UkSanctions,
    /// EU Financial Sanctions File: CSV 1.1 or XML 1.1.
    EuFsf,
    /// UN Security Council consolidated list: XML.
    UnSc,
    /// World Bank debarred firms and individuals: JSON or CSV.
    WorldBank,
    /// `OpenSanctions`: targets.simple.csv, entities.ftm.json, targets.nested.json.
    OpenSanctions,
    /// UFLPA Entity List: the page as saved, or its tables as CSV.
    Uflpa,
    /// US Consolidated Screening List: CSV or JSON.
    Csl,
    /// Any other table, with `--map`.
    Generic,
}

impl Format {
    /// Every format, in the order of the manual.
    pub const ALL: &'static [Self] = &[
        Self::OfacSdn,
        Self::UkSanctions,
        Self::EuFsf,
        Self::UnSc,
        Self::WorldBank,
        Self::OpenSanctions,
        Self::Uflpa,
        Self::Csl,
        Self::Generic,
    ];

    /// The word of the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OfacSdn => "ofac-sdn",
            Self::UkSanctions => "uk-sanctions",
            Self::EuFsf => "eu-fsf",
            Self::UnSc => "un-sc",
            Self::WorldBank => "world-bank",
            Self::OpenSanctions => "opensanctions",
            Self::Uflpa => "uflpa",
            Self::Csl => "csl",
            Self::Generic => "generic",
        }
    }

    /// What the format's file is called in messages.
    pub(crate) const fn called(self) -> &'static str {
        match self {
            Self::OfacSdn => "OFAC sanctions list",
            Self::UkSanctions => "UK Sanctions List",
            Self::EuFsf => "EU financial sanctions",
            Self::UnSc => "UN Security Council list",
            Self::WorldBank => "World Bank debarred firms",
            Self::OpenSanctions => "OpenSanctions",
            Self::Uflpa => "UFLPA Entity List",
            Self::Csl => "US Consolidated Screening List",
            Self::Generic => "table",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let found = text.trim();
        Self::ALL.iter().copied().find(|f| f.as_str().eq_ignore_ascii_case(found)).ok_or_else(|| {
            let known: Vec<&'static str> = Self::ALL.iter().map(|f| f.as_str()).collect();
            UnknownWord {
                found: found.to_owned(),
                vocabulary: "list format",
                nearest: nearest_word(&found.to_lowercase(), known.iter().copied()).map(str::to_owned),
                known,
            }
        })
    }
}

/// What the user says of the file.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day of the import, written as the day of retrieval.
    pub as_of: Date,
    /// The list's short name, instead of the format's own.
    pub slug: Option<String>,
    /// Takes an export of part of the list, and marks the list as incomplete.
    pub partial: bool,
    /// For [`Format::Generic`]: list column and the file's column.
    pub map: Vec<(String, String)>,
    /// For [`Format::Generic`]: the sheet of a workbook.
    pub sheet: Option<String>,
    /// For [`Format::Generic`]: the facts of the version that is there already, which its owner has set.
    pub earlier: Option<ListFacts>,
}

impl Options {
    /// Nothing said but the day.
    pub fn new(as_of: Date) -> Self {
        Self { as_of, slug: None, partial: false, map: Vec::new(), sheet: None, earlier: None }
    }
}

/// An official file that has become a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The list. Its `sha256` is that of the CSV as [`write`](super::write) writes it.
    pub list: List,
    /// What the file is, in a few words: `UK Sanctions List (CSV)`.
    pub what: String,
    /// The official files read, each with its SHA-256.
    pub files: Vec<(String, String)>,
    /// Records of the file, where it has several to an entry; else entries.
    pub rows: usize,
    /// Entries of the source: what is in the list and what was skipped.
    pub at_source: usize,
    /// Entries that were left out, and why.
    pub skipped: Vec<Skipped>,
    /// What is worth knowing, a sentence each.
    pub remarks: Vec<String>,
}

impl Imported {
    /// Whether every entry of the source is accounted for.
    pub fn adds_up(&self) -> bool {
        self.at_source == self.list.entries.len() + self.skipped.len()
    }

    /// Names of the list, aliases and weak ones among them.
    pub fn names(&self) -> usize {
        self.list.entries.iter().map(|e| 1 + e.aliases.len() + e.weak_aliases.len()).sum()
    }
}

/// What a format makes of its files.
struct Read {
    builder: Builder,
    facts: ListFacts,
    slug: String,
    what: String,
    remarks: Vec<String>,
    usual: Option<Usual>,
}

/// Reads the official files of one list.
///
/// # Errors
/// [`ImportError`], where the files are not wholly what they should be; nothing is made of half a list.
pub fn import(format: Format, paths: &[PathBuf], options: &Options) -> Result<Imported, ImportError> {
    import_sources(format, &Source::open_all(paths)?, options)
}

/// As [`import`], from bytes that are already in memory, each with the name that messages give it.
///
/// # Errors
/// As [`import`].
pub fn import_bytes(
    format: Format,
    files: Vec<(String, Vec<u8>)>,
    options: &Options,
) -> Result<Imported, ImportError> {
    let mut sources = Vec::new();
    for (name, bytes) in files {
        sources.extend(Source::unpacked(name, bytes)?);
    }
    import_sources(format, &sources, options)
}

fn import_sources(format: Format, sources: &[Source], options: &Options) -> Result<Imported, ImportError> {
    if sources.is_empty() {
        return Err(ImportError::Usage("no file to import".to_owned()));
    }
    if let Some(slug) = options.slug.as_deref().filter(|slug| !super::is_slug(slug)) {
        let what = "a list's short name has letters, digits, `-`, `_` and `.` only, and becomes a file name";
        return Err(ImportError::Usage(format!("`{}` is no short name: {what}", slug.escape_debug())));
    }
    let read = match format {
        Format::OfacSdn => read_ofac(sources, options)?,
        Format::UkSanctions => one(format, sources, options, uk::read)?,
        Format::EuFsf => one(format, sources, options, eu::read)?,
        Format::UnSc => one(format, sources, options, un::read)?,
        Format::WorldBank => one(format, sources, options, world_bank::read)?,
        Format::OpenSanctions => one(format, sources, options, opensanctions::read)?,
        Format::Uflpa => one(format, sources, options, uflpa::read)?,
        Format::Csl => one(format, sources, options, csl::read)?,
        Format::Generic => one(format, sources, options, generic::read)?,
    };
    finish(format, sources, options, read)
}

fn read_ofac(sources: &[Source], options: &Options) -> Result<Read, ImportError> {
    let first = sources.iter().find(|source| sniff::is_listlike(source)).or(sources.first());
    match first.map(Source::shape) {
        Some(source::Shape::Xml(root)) if root == "sanctionsData" => {
            one(Format::OfacSdn, sources, options, ofac_enhanced::read)
        }
        Some(source::Shape::Xml(_)) => one(Format::OfacSdn, sources, options, ofac_xml::read),
        _ => ofac_csv::read(sources),
    }
}

/// Reads a list that is one file. An archive may hold a readme beside it, which is left alone and said; a file that is named is
/// never left alone, and of two of the format it must be said which.
fn one(
    format: Format,
    sources: &[Source],
    options: &Options,
    read: fn(&Source, &Options) -> Result<Read, ImportError>,
) -> Result<Read, ImportError> {
    let counts = |source: &&Source| {
        let fits = || format == Format::Generic || sniff::expect(format, source).is_ok();
        sources.len() == 1 || !source.name.contains('!') || sniff::is_listlike(source) && fits()
    };
    let [source] = sources.iter().filter(counts).collect::<Vec<_>>()[..] else {
        let given = sources.len();
        return Err(ImportError::Usage(format!(
            "the {} is one file, and {given} were given",
            format.called()
        )));
    };
    if format != Format::Generic {
        sniff::expect(format, source)?;
    }
    let mut made = read(source, options)?;
    for beside in sources.iter().filter(|other| other.name != source.name) {
        made.remarks.push(format!("`{}` is no such list and was left alone", beside.name));
    }
    Ok(made)
}

fn finish(
    format: Format,
    sources: &[Source],
    options: &Options,
    read: Read,
) -> Result<Imported, ImportError> {
    let Read { builder, mut facts, slug, what, mut remarks, usual } = read;
    let names = builder.names();
    let Builder { mut entries, skipped, at_source, rows, overlong, .. } = builder;
    let file = || sources.first().map_or_else(String::new, |source| source.name.clone());
    if entries.is_empty() {
        return Err(ImportError::NoEntries { file: file(), wanted: format.called() });
    }
    if names < entries.len() {
        return Err(ImportError::Damaged { file: file(), what: "entries without names".to_owned() });
    }
    // Read back, an entry that states no measure has the list's.
    for entry in entries.iter_mut().filter(|entry| entry.measure.is_empty()) {
        entry.measure.clone_from(&facts.measure);
    }
    facts.retrieved_on = Some(options.as_of.to_string());
    facts.entries_at_source = Some(facts.entries_at_source.unwrap_or(at_source));
    // What is written now must be there when it is read. An own list may be edited by hand: half of it must be left.
    facts.min_entries = match (format, &options.earlier) {
        (Format::Generic, Some(earlier)) => earlier.min_entries.clamp(1, entries.len()),
        (Format::Generic, None) => (entries.len() / 2).max(1),
        _ => entries.len(),
    };
    if format != Format::Generic {
        format.as_str().clone_into(&mut facts.format);
    }
    remarks.extend(sources.iter().filter_map(Source::doubt));
    if overlong > 0 {
        remarks.push(format!(
            "{overlong} aliases of more than {} letters were left out",
            super::csv::LONGEST_NAME
        ));
    }
    whole::check(format, sources, usual, at_source, &mut facts, &mut remarks);
    let slug = options.slug.clone().unwrap_or(slug);
    let mut list = List { slug, facts, entries, sha256: String::new(), bundled: false };
    list.sha256 = hex(&sha2_of(&super::write::csv_of(&list)));
    let files = sources.iter().map(|source| (source.name.clone(), hex(&sha2_of(&source.bytes)))).collect();
    Ok(Imported { list, what, files, rows: rows.max(at_source), at_source, skipped, remarks })
}

fn sha2_of(bytes: &[u8]) -> impl std::ops::Deref<Target = [u8]> {
    use sha2::Digest;
    let digest: [u8; 32] = sha2::Sha256::digest(bytes).into();
    digest.to_vec()
}

/// The facts of an official list; what is only known from the file is filled in by its reader.
struct Official {
    title: &'static str,
    publisher: &'static str,
    jurisdiction: &'static str,
    authority: Authority,
    proof: Proof,
    ground: Ground,
    measure: &'static str,
    url: &'static str,
    licence: &'static str,
    max_age_days: u32,
    /// How many entries the publisher's list had when we last saw a count of it.
    usual: Option<Usual>,
}

impl Official {
    /// The facts, as published on a day.
    fn facts(&self, published_on: Option<PartialDate>) -> ListFacts {
        ListFacts {
            title: self.title.to_owned(),
            publisher: self.publisher.to_owned(),
            jurisdiction: self.jurisdiction.to_owned(),
            authority: self.authority,
            proof: self.proof,
            default_ground: self.ground,
            measure: self.measure.to_owned(),
            url: self.url.to_owned(),
            licence: self.licence.to_owned(),
            retrieved_on: None,
            published_on: published_on.map(|date| date.to_string()),
            min_entries: 0,
            max_age_days: Some(self.max_age_days),
            // What binds a UK body must be current, or the run is not one to rely on.
            critical: self.authority == Authority::A1,
            entries_at_source: None,
            complete: true,
            missing: String::new(),
            format: String::new(),
            download: Vec::new(),
        }
    }
}
