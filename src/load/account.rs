//! The account of one input: what was guessed of it, and where each of its rows went.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::record::{Exposure, Place};
use crate::vocab::{Track, UnknownWord, nearest_word};

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is named for the column it stands for")]
pub enum Field {
    Id,
    Name,
    Aliases,
    Kind,
    Country,
    Address,
    Postcode,
    CompanyNumber,
    Lei,
    Isin,
    Sedol,
    Vat,
    CharityNumber,
    Amount,
    Currency,
    Date,
    Description,
    Category,
    Cpv,
    ContractId,
    ContractStart,
    ContractEnd,
}

impl Field {
    /// Every field, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Id,
        Self::Name,
        Self::Aliases,
        Self::Kind,
        Self::Country,
        Self::Address,
        Self::Postcode,
        Self::CompanyNumber,
        Self::Lei,
        Self::Isin,
        Self::Sedol,
        Self::Vat,
        Self::CharityNumber,
        Self::Amount,
        Self::Currency,
        Self::Date,
        Self::Description,
        Self::Category,
        Self::Cpv,
        Self::ContractId,
        Self::ContractStart,
        Self::ContractEnd,
    ];

    /// The name that `--map` and the reports use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Aliases => "aliases",
            Self::Kind => "kind",
            Self::Country => "country",
            Self::Address => "address",
            Self::Postcode => "postcode",
            Self::CompanyNumber => "company_number",
            Self::Lei => "lei",
            Self::Isin => "isin",
            Self::Sedol => "sedol",
            Self::Vat => "vat",
            Self::CharityNumber => "charity_number",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Date => "date",
            Self::Description => "description",
            Self::Category => "category",
            Self::Cpv => "cpv",
            Self::ContractId => "contract_id",
            Self::ContractStart => "contract_start",
            Self::ContractEnd => "contract_end",
        }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Field {
    type Err = UnknownWord;

    /// Reads the name of a field, in either case and with `-` or a blank for `_`.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let found = text.trim().to_lowercase().replace(['-', ' '], "_");
        Self::ALL.iter().copied().find(|field| field.as_str() == found).ok_or_else(|| {
            let known: Vec<&'static str> = Self::ALL.iter().map(|field| field.as_str()).collect();
            UnknownWord {
                found: text.trim().to_owned(),
                vocabulary: "field",
                nearest: nearest_word(&found, known.iter().copied()).map(str::to_owned),
                known,
            }
        })
    }
}

/// One file, sheet or archive member as it was read.
///
/// `records_read = screened + persons + redacted + blank_or_total + rejected`, always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputAccount {
    /// The path as the user named it.
    pub path: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The track its rows are on.
    pub kind: Track,
    /// `csv`, `xlsx`, `xls`, `ods`, `json`, `jsonl`, `ocds`.
    pub format: String,
    /// The encoding that the text was read with, where the format leaves it open.
    pub encoding: Option<String>,
    /// The delimiter, for delimited text.
    pub delimiter: Option<char>,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// The record that holds the header, counted from 1 over all records; 0 where there is none.
    pub header_record: u64,
    /// Field to header text as in the file; `#3` where there is no header.
    pub columns: BTreeMap<Field, String>,
    /// Records below the header, blank ones too.
    pub records_read: u64,
    /// Rows that became part of a subject that is screened.
    pub screened: u64,
    /// Rows of natural persons, counted and not screened.
    pub persons: u64,
    /// Rows whose name the publisher redacted.
    pub redacted: u64,
    /// Blank rows, totals, repeated headers, rows without a name.
    pub blank_or_total: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Distinct names among screened and person rows, case and runs of blanks apart; 0 where rows were read as a stream,
    /// which does not keep them.
    pub distinct_names: u64,
    /// The sum of the amount column over screened, person and redacted rows, all currencies together:
    /// a checksum against the officer's own total, not an exposure. `None` where there is no amount column.
    pub amount_total: Option<Decimal>,
    /// What the officer should know of how it was read, one sentence each.
    pub remarks: Vec<String>,
}

impl InputAccount {
    /// The path, with the sheet of a workbook.
    pub fn name(&self) -> String {
        self.sheet.as_ref().map_or_else(|| self.path.clone(), |sheet| format!("{}[{sheet}]", self.path))
    }
}

/// Why rows were not screened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotScreenedReason {
    /// The publisher replaced the name by a marker.
    Redacted,
    /// A natural person, and persons are off.
    Person,
    /// Blank, a total, a repeated header, or no name beside the amount.
    BlankOrTotal,
    /// Could not be read.
    Rejected,
}

impl NotScreenedReason {
    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Redacted => "redacted",
            Self::Person => "person",
            Self::BlankOrTotal => "blank_or_total",
            Self::Rejected => "rejected",
        }
    }
}

/// Rows of one input that were not screened for one reason. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotScreened {
    /// Why.
    pub reason: NotScreenedReason,
    /// How many rows.
    pub rows: u64,
    /// Their sums.
    pub exposure: Exposure,
    /// The first of them.
    pub first: Place,
}

/// A row that could not be read, as `--rejects` writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it stands.
    pub place: Place,
    /// Why it could not be read, in words.
    pub reason: String,
    /// The cells as read, joined by ` | ` and cut at 200 characters.
    pub text: String,
}
