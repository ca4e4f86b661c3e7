//! How the rows of a table are to be read: which column is what, and what the headers say of the sums.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::Field;
use super::amount::Decimals;
use super::fit::Fit;
use crate::read::encoding::TextEncoding;
use crate::record::Currency;

/// The cells beside the name that tell one party from another of the same name, or say who it is.
const IDENTITY: [Field; 9] = [
    Field::Aliases,
    Field::Kind,
    Field::Country,
    Field::CompanyNumber,
    Field::Lei,
    Field::Isin,
    Field::Sedol,
    Field::Vat,
    Field::CharityNumber,
];

/// How the rows of a table are to be read.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub name: usize,
    pub identity: SmallVec<[(Field, usize); 4]>,
    pub amount: Option<usize>,
    pub currency: Option<usize>,
    pub id: Option<usize>,
    pub category: Option<usize>,
    pub end: Option<usize>,
    pub decimals: Decimals,
    /// What the header multiplies the sums with (`millions GBP`).
    pub scale: Decimal,
    /// The currency that the header names, else sterling.
    pub default_currency: Currency,
    pub encoding: TextEncoding,
    /// The header above the names, folded, to know it again further down.
    pub name_header: String,
    pub people: bool,
    pub include_persons: bool,
    pub merge: bool,
}

impl Plan {
    /// Reads rows by a fit; `None` where there is no name column.
    pub(super) fn new(
        fit: &Fit,
        encoding: TextEncoding,
        people: bool,
        include_persons: bool,
        merge: bool,
    ) -> Option<Self> {
        let columns: BTreeMap<Field, usize> =
            Field::ALL.iter().filter_map(|field| Some((*field, fit.column(*field)?))).collect();
        let name_header =
            fit.headers.get(at_of(&columns, Field::Name)?).map_or_else(String::new, |header| fold(header));
        let header = columns
            .get(&Field::Amount)
            .map_or("", |column| fit.headers.get(*column).map_or("", String::as_str));
        let at = |field| columns.get(&field).copied();
        Some(Self {
            name: at(Field::Name)?,
            name_header,
            identity: IDENTITY.iter().filter_map(|field| Some((*field, at(*field)?))).collect(),
            amount: at(Field::Amount),
            currency: at(Field::Currency),
            id: at(Field::Id),
            category: at(Field::Category),
            end: at(Field::ContractEnd),
            decimals: fit.decimals,
            scale: scale_of(header),
            default_currency: currency_of(header).unwrap_or(Currency::GBP),
            encoding,
            people,
            include_persons,
            merge,
        })
    }
}

fn at_of(columns: &BTreeMap<Field, usize>, field: Field) -> Option<usize> {
    columns.get(&field).copied()
}

/// Words in lower case, joined by single blanks.
pub(super) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `Amount (millions GBP)`, `£000s`, `Value £m`, `NAV (m)`, `Bedrag x1000`, `Betrag in TEUR`.
fn scale_of(header: &str) -> Decimal {
    const MILLIONS: [&str; 13] = [
        "million",
        "millions",
        "mn",
        "mm",
        "mio",
        "mln",
        "millionen",
        "millones",
        "milhões",
        "milioni",
        "gbpm",
        "usdm",
        "eurm",
    ];
    const THOUSANDS: [&str; 13] = [
        "thousand",
        "thousands",
        "000",
        "000s",
        "x1000",
        "1000",
        "tsd",
        "teur",
        "keur",
        "tkr",
        "gbpk",
        "usdk",
        "eurk",
    ];
    let text = header.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let within = |wanted: &[&str]| wanted.iter().any(|part| text.contains(part));
    if any(&MILLIONS) || within(&["£m", "$m", "€m", "m€", "(m)", "gbp m", "usd m", "eur m"]) {
        Decimal::from(1_000_000)
    } else if any(&["bn", "billion", "billions"]) || text.contains("£bn") {
        Decimal::from(1_000_000_000)
    } else if any(&THOUSANDS) || within(&["£000", "£k", "$k", "€k", "k€", "t€", "(k)"]) {
        Decimal::from(1_000)
    } else {
        Decimal::ONE
    }
}

fn currency_of(header: &str) -> Option<Currency> {
    const CODES: [&str; 19] = [
        "gbp", "usd", "eur", "nok", "sek", "dkk", "chf", "jpy", "cad", "aud", "cny", "hkd", "nzd", "inr",
        "brl", "pln", "czk", "huf", "ron",
    ];
    if header.contains(['£', 'œ']) {
        return Some(Currency::GBP);
    }
    let text = header.to_lowercase();
    let code = text.split(|c: char| !c.is_alphanumeric()).find(|word| CODES.contains(word));
    code.and_then(Currency::parse).or_else(|| {
        if text.contains('€') {
            Some(Currency::EUR)
        } else if text.contains("r$") {
            Currency::parse("BRL")
        } else {
            text.contains('$').then_some(Currency::USD)
        }
    })
}
