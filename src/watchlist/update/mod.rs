//! `watchlists update`: the official file is fetched, imported, put through the gates, and only then takes the old list's place.
//!
//! The address and format of a list stand in its TOML (`download`, `format`); for the lists of `sources` they are known. What is refused,
//! by the importer or by a gate, changes nothing: the old list stays. The old version is kept beside the new one.
//!
//! [`fetch`] is the only code of the program that opens a connection; it is behind the cargo feature `update`.

mod fetch;
mod memory;
mod sources;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;

pub use fetch::FetchError;
pub use sources::{KNOWN, Known};

use fetch::{Answer, Fetcher};
use memory::Memory;

use super::diff::{Diff, diff};
use super::fitness::{self, Gates};
use super::import::{self, Format, ImportError, Imported};
use super::{List, WatchlistError};
use crate::error::Hint;

/// How an update goes about its work.
#[derive(Debug, Clone)]
pub struct UpdateOptions {
    /// The folder of the lists.
    pub folder: PathBuf,
    /// The day of the update.
    pub as_of: Date,
    /// A folder, or the address of one, that holds copies of the official files under their own names: nothing else is then
    /// asked.
    pub mirror: Option<String>,
    /// By how many per cent a list may shrink.
    pub max_shrink_percent: u8,
    /// Takes a list that a gate has held back.
    pub force: bool,
    /// Takes addresses without TLS too: for a mirror on a council's own network.
    pub allow_http: bool,
    /// How long one file may take in all.
    pub timeout: Duration,
}

impl UpdateOptions {
    /// The defaults: 30 per cent, TLS only, five minutes a file.
    pub fn new(folder: PathBuf, as_of: Date) -> Self {
        Self {
            folder,
            as_of,
            mirror: None,
            max_shrink_percent: 30,
            force: false,
            allow_http: false,
            timeout: Duration::from_mins(5),
        }
    }
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The publisher says, or the file shows, that nothing is new.
    Unchanged,
    /// The new version is in place.
    Updated {
        /// The import, with its account.
        imported: Box<Imported>,
        /// What changed against the old version; `None` where there was none.
        changes: Option<Box<Diff>>,
    },
}

/// Why a list could not be updated. The old version is then still in place.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// There is no such list, or it does not say where its official file is.
    #[error("it is not known where the official file of `{slug}` is")]
    NoAddress {
        /// The list.
        slug: String,
    },
    /// The format in the TOML is none.
    #[error("`{slug}` has the format `{format}`, which is none")]
    NoFormat {
        /// The list.
        slug: String,
        /// The format.
        format: String,
    },
    /// The file could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The file was refused.
    #[error("the file fetched was refused, and the old list stays: {0}")]
    Import(#[from] ImportError),
    /// A gate held the new version back.
    #[error("the new version was held back, and the old list stays: {}", problems.join("; "))]
    HeldBack {
        /// What the gates found.
        problems: Vec<String>,
    },
    /// A list on the disk cannot be read or written.
    #[error(transparent)]
    List(#[from] WatchlistError),
}

impl Hint for UpdateError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::NoAddress { .. } => {
                let known = KNOWN.iter().map(|known| known.slug).collect::<Vec<_>>().join(", ");
                Some(format!("known: {known}; for another list write `format` and `download` into its TOML"))
            }
            Self::NoFormat { .. } => {
                let known = Format::ALL.iter().map(|format| format.as_str()).collect::<Vec<_>>().join(", ");
                Some(format!("known: {known}"))
            }
            Self::Fetch(error) => error.hint(),
            Self::Import(error) => error.hint(),
            Self::HeldBack { .. } => {
                Some("look at the publisher's page; take it all the same with `--force`".to_owned())
            }
            Self::List(error) => error.hint(),
        }
    }
}

/// Updates the list `slug` of the folder, or makes it if it is one of [`KNOWN`].
///
/// # Errors
/// [`UpdateError`]; nothing on the disk has changed then.
pub fn update(slug: &str, options: &UpdateOptions) -> Result<Outcome, UpdateError> {
    if !super::is_slug(slug) {
        return Err(UpdateError::NoAddress { slug: slug.escape_debug().to_string() });
    }
    let old = existing(&options.folder, slug)?;
    let (format, addresses) = source_of(slug, old.as_ref())?;
    let mut memory = Memory::read(&options.folder, slug);
    let fetcher = Fetcher::new(options);
    let mut files = Vec::with_capacity(addresses.len());
    let mut new = old.is_none();
    for address in &addresses {
        // All parts or none: a file that has not changed is needed beside one that has.
        let validators = if old.is_some() && addresses.len() == 1 { memory.of(address) } else { None };
        match fetcher.get(address, validators)? {
            Answer::NotModified => {}
            Answer::File { bytes, validators } => {
                new |= memory.learn(address, &bytes, validators);
                files.push((address.clone(), bytes));
            }
        }
    }
    if !new || files.is_empty() {
        memory.write(&options.folder, slug);
        return Ok(Outcome::Unchanged);
    }
    let import_options =
        import::Options { slug: Some(slug.to_owned()), ..import::Options::new(options.as_of) };
    let mut imported = import::import_bytes(format, files, &import_options)?;
    imported.list.facts.download = addresses;
    if let Some(old) = &old {
        // What the council has set for its list stays set.
        imported.list.facts.critical |= old.facts.critical;
        imported.list.facts.max_age_days = old.facts.max_age_days.or(imported.list.facts.max_age_days);
    }
    let problems = gates(old.as_ref(), &imported.list, options);
    if !problems.is_empty() && !options.force {
        return Err(UpdateError::HeldBack { problems });
    }
    super::write(&options.folder, &imported.list)?;
    memory.write(&options.folder, slug);
    let changes = old.map(|old| Box::new(diff(&old, &imported.list)));
    Ok(Outcome::Updated { imported: Box::new(imported), changes })
}

fn existing(folder: &Path, slug: &str) -> Result<Option<List>, WatchlistError> {
    let path = folder.join(format!("{slug}.csv"));
    if path.exists() { super::load(&path).map(|mut lists| lists.pop()) } else { Ok(None) }
}

fn source_of(slug: &str, old: Option<&List>) -> Result<(Format, Vec<String>), UpdateError> {
    if let Some(list) = old.filter(|list| !list.facts.download.is_empty()) {
        let format = list.facts.format.parse().map_err(|_| UpdateError::NoFormat {
            slug: slug.to_owned(),
            format: list.facts.format.clone(),
        })?;
        return Ok((format, list.facts.download.clone()));
    }
    let known = KNOWN.iter().find(|known| known.slug == slug);
    let known = known.ok_or_else(|| UpdateError::NoAddress { slug: slug.to_owned() })?;
    Ok((known.format, known.addresses.iter().map(|address| (*address).to_owned()).collect()))
}

/// What speaks against putting the new version in place.
fn gates(old: Option<&List>, new: &List, options: &UpdateOptions) -> Vec<String> {
    let asked = Gates {
        max_shrink_percent: Some(options.max_shrink_percent),
        earlier_entries: old.map(|old| old.entries.len()),
        // An old publication is for `check` to complain of: it may well be the newest there is.
        max_age_days: Some(u32::MAX),
        ..Gates::default()
    };
    let mut problems: Vec<String> =
        fitness::check(new, options.as_of, Some(&asked)).problems.iter().map(ToString::to_string).collect();
    let day = |list: &List| list.facts.published_on.as_deref().and_then(super::PartialDate::parse);
    if let (Some(before), Some(after)) = (old.and_then(day), day(new))
        && after < before
    {
        problems.push(format!("published {after}, before the one that is here ({before})"));
    }
    problems
}

#[cfg(test)]
mod tests;
