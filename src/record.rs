//! Rows as read and the subjects they become.
//!
//! A [`Row`] is one line of an officer's file with its [`Place`]; rows of one party become one [`Subject`],
//! which keeps every spelling and where it was found. Nothing here knows lists, scores or law.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;
use smol_str::SmolStr;
use thin_vec::ThinVec;

pub use crate::country::Country;
use crate::ident::Identifier;
use crate::vocab::{EntityKind, Track};

/// Where in the officer's files something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the user named it, with `!member` for a file inside an archive.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The record, counted from 1 over all records of the file or sheet, blank ones and the header too.
    pub record: u64,
    /// The physical line on which the record starts, from 1, where the format has lines.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "[{sheet}]")?;
        }
        write!(f, ":{}", self.line.unwrap_or(self.record))
    }
}

/// An ISO 4217 currency code, three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Pounds sterling, what a UK body's file means when it names no currency.
    pub const GBP: Self = Self(*b"GBP");
    /// Euros.
    pub const EUR: Self = Self(*b"EUR");
    /// US dollars.
    pub const USD: Self = Self(*b"USD");

    /// Reads three letters of either case; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.trim().as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Sums of money, one exact sum per currency; never converted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposure(
    /// By currency code; nearly always one.
    SmallVec<[(Currency, Decimal); 1]>,
);

impl Exposure {
    /// Adds a sum. Returns `false`, and leaves the sum as it was, where the total would not fit.
    #[must_use]
    pub fn add(&mut self, amount: Decimal, currency: Currency) -> bool {
        let at = match self.0.binary_search_by_key(&currency, |(of, _)| *of) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (currency, Decimal::ZERO));
                at
            }
        };
        let Some((sum, total)) =
            self.0.get_mut(at).and_then(|(_, total)| Some((total.checked_add(amount)?, total)))
        else {
            return false;
        };
        *total = sum;
        true
    }

    /// Adds every sum of another exposure; `false` if one of them would not fit.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> bool {
        other.0.iter().fold(true, |fits, (currency, amount)| self.add(*amount, *currency) && fits)
    }

    /// The sum to order and report by: sterling if there is any, else the largest, ties by currency code.
    pub fn main(&self) -> Option<(Currency, Decimal)> {
        self.iter()
            .find(|(currency, _)| *currency == Currency::GBP)
            .or_else(|| self.iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0))))
    }

    /// Every sum, by currency code.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, Decimal)> + '_ {
        self.0.iter().copied()
    }

    /// Whether no sum was ever added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One way in which a file writes a subject's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// The name as written, outer blanks removed.
    pub name: SmolStr,
    /// How many rows write it so.
    pub rows: u64,
    /// The first row that does.
    pub first: Place,
}

/// A party that is screened: rows that are certainly one party, taken together.
///
/// A run holds one for each name of a million rows, so that lists of which most are empty take one word each, and a text that
/// stands in several places is held once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The file's own id where it has one, else a key made of the name that stays the same from run to run.
    pub id: SmolStr,
    /// Which law and verbs apply.
    pub track: Track,
    /// Organisation or person.
    pub kind: EntityKind,
    /// The spelling that stands for the subject: the one with the most rows, then the first.
    pub name: SmolStr,
    /// Every spelling, most rows first.
    pub spellings: ThinVec<Spelling>,
    /// Other names that the file itself gives (an alias column, a trading name).
    pub aliases: ThinVec<String>,
    /// The countries that the file gives.
    pub countries: ThinVec<Country>,
    /// Register numbers, LEIs, ISINs and so on, each with valid check digits.
    pub identifiers: ThinVec<Identifier>,
    /// What was paid or is held, by currency.
    pub exposure: Exposure,
    /// How many rows were merged into the subject.
    pub rows: u64,
    /// The first row.
    pub first: Place,
    /// What the rows say the payment or holding is for: the commonest category, if any.
    pub category: Option<SmolStr>,
    /// The last day of the latest contract.
    pub contract_end: Option<jiff::civil::Date>,
}
