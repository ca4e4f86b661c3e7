//! What the values of a column look like, as shares of the filled cells.

use rustc_hash::FxHashSet;

use super::{amount, date};
use crate::ident;
use crate::read::Cells;
use crate::read::encoding::TextEncoding;

/// How many rows are looked at, spread evenly over those at hand.
const ROWS: usize = 400;

/// How many different values are shown.
const SAMPLES: usize = 3;

/// Words that stand in the names of companies and public bodies, in lower case.
const ORGANISATIONS: [&str; 58] = [
    "ltd",
    "limited",
    "plc",
    "llp",
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "council",
    "trust",
    "nhs",
    "gmbh",
    "ag",
    "nv",
    "sa",
    "spa",
    "university",
    "college",
    "school",
    "services",
    "service",
    "group",
    "holdings",
    "holding",
    "bank",
    "uk",
    "association",
    "society",
    "solutions",
    "partnership",
    "foundation",
    "charity",
    "consultancy",
    "consulting",
    "centre",
    "international",
    "systems",
    "hotel",
    "church",
    "club",
    "cic",
    "academy",
    "housing",
    "care",
    "construction",
    "industries",
    "technologies",
    "technology",
    "pharmaceuticals",
    "energy",
    "motors",
    "ord",
    "npv",
    "fund",
    "factory",
    "sons",
    "enterprises",
];

/// Words that only companies bear.
pub(super) const LEGAL_FORMS: [&str; 24] = [
    "ltd",
    "limited",
    "plc",
    "llp",
    "inc",
    "corp",
    "corporation",
    "gmbh",
    "ag",
    "nv",
    "spa",
    "cic",
    "llc",
    "sarl",
    "bv",
    "pty",
    "oyj",
    "asa",
    "ord",
    "npv",
    "lp",
    "kg",
    "adr",
    "sab",
];

/// Shares (0 to 1) of the filled cells that look like one thing or another.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Stats {
    /// Rows looked at.
    pub rows: usize,
    /// Cells that are not blank.
    pub filled: usize,
    /// Different values.
    pub distinct: usize,
    /// Cells that hold words: at least two letters, no date, no amount.
    pub text: f64,
    /// Cells that read as amounts.
    pub amounts: f64,
    /// Cells with a decimal point or comma and one or two digits after it.
    pub decimals: f64,
    /// Cells that read as dates.
    pub dates: f64,
    /// Cells that hold a word of companies and public bodies.
    pub organisations: f64,
    /// Cells that end in, or hold, the legal form of a company.
    pub companies: f64,
    /// Cells of one word with digits in it, such as references.
    pub codes: f64,
    /// Cells of three capital letters.
    pub currencies: f64,
    /// Cells that are ISINs, SEDOLs, LEIs, check digits included.
    pub isins: f64,
    /// As `isins`.
    pub sedols: f64,
    /// As `isins`.
    pub leis: f64,
    /// Mean length in characters.
    pub length: f64,
    /// Several different values, as in the file.
    pub samples: Vec<String>,
}

impl Stats {
    /// Filled cells as a share of the rows.
    pub(super) fn fill(&self) -> f64 {
        share(self.filled, self.rows)
    }

    /// Different values as a share of the filled cells.
    pub(super) fn variety(&self) -> f64 {
        share(self.distinct, self.filled)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a sample")]
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Looks at every column of the rows.
pub(super) fn gather(rows: &[&Cells], width: usize, encoding: TextEncoding) -> Vec<Stats> {
    let step = rows.len().div_ceil(ROWS).max(1);
    let rows: Vec<&Cells> = rows.iter().copied().step_by(step).collect();
    (0..width).map(|column| gather_column(&rows, column, encoding)).collect()
}

fn gather_column(rows: &[&Cells], column: usize, encoding: TextEncoding) -> Stats {
    let mut stats = Stats { rows: rows.len(), ..Stats::default() };
    let mut seen = FxHashSet::default();
    let mut counts = Counts::default();
    for row in rows {
        let cell = row.get(column).unwrap_or_default().trim_ascii();
        if cell.is_empty() || cell == b"\xc2\xa0" {
            continue;
        }
        stats.filled += 1;
        let text = encoding.decode(cell);
        counts.look(cell, &text);
        if seen.insert(cell) && stats.samples.len() < SAMPLES {
            stats.samples.push(text.trim().to_owned());
        }
    }
    stats.distinct = seen.len();
    counts.fill(&mut stats);
    stats
}

#[derive(Default)]
struct Counts {
    text: usize,
    amounts: usize,
    decimals: usize,
    dates: usize,
    organisations: usize,
    companies: usize,
    codes: usize,
    currencies: usize,
    isins: usize,
    sedols: usize,
    leis: usize,
    length: usize,
}

impl Counts {
    fn look(&mut self, cell: &[u8], text: &str) {
        self.length += text.chars().count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let is_amount = letters < 8
            && [amount::Decimals::Point, amount::Decimals::Comma]
                .iter()
                .any(|decimals| !matches!(amount::read(cell, *decimals), amount::Reading::Unreadable));
        let is_date = !is_amount && date::is_date(text);
        self.amounts += usize::from(is_amount);
        self.dates += usize::from(is_date);
        self.decimals += usize::from(is_amount && has_decimals(cell));
        if is_amount || is_date {
            self.sedols += usize::from(is_sedol(text));
            return;
        }
        let word = !text.contains(char::is_whitespace);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        self.codes += usize::from(word && digits > 0);
        self.text += usize::from(letters >= 2 && !(word && digits > letters));
        self.organisations += usize::from(names_an_organisation(text));
        self.companies += usize::from(has_word(text, &LEGAL_FORMS));
        self.currencies += usize::from(text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()));
        if word && text.is_ascii() {
            // By their check digits: references have the same form.
            self.isins += usize::from(text.len() == 12 && ident::isin(text).is_some());
            self.leis += usize::from(text.len() == 20 && ident::lei(text).is_some());
            self.sedols += usize::from(is_sedol(text));
        }
    }

    fn fill(&self, stats: &mut Stats) {
        let of = |part| share(part, stats.filled);
        let (text, amounts, decimals, dates) =
            (of(self.text), of(self.amounts), of(self.decimals), of(self.dates));
        let (organisations, codes, currencies) =
            (of(self.organisations), of(self.codes), of(self.currencies));
        let (isins, sedols, leis, length) = (of(self.isins), of(self.sedols), of(self.leis), of(self.length));
        stats.text = text;
        stats.amounts = amounts;
        stats.decimals = decimals;
        stats.dates = dates;
        stats.organisations = organisations;
        stats.companies = of(self.companies);
        stats.codes = codes;
        stats.currencies = currencies;
        stats.isins = isins;
        stats.sedols = sedols;
        stats.leis = leis;
        stats.length = length;
    }
}

fn has_decimals(cell: &[u8]) -> bool {
    let Some(at) = memchr::memrchr2(b'.', b',', cell) else { return false };
    let digits = cell.iter().skip(at + 1).take_while(|byte| byte.is_ascii_digit()).count();
    digits == 1 || digits == 2
}

fn is_sedol(text: &str) -> bool {
    text.len() <= 7 && ident::sedol(text).is_some()
}

/// Whether a word of companies and public bodies stands in the text.
pub(super) fn names_an_organisation(text: &str) -> bool {
    has_word(text, &ORGANISATIONS)
}

/// None of the words has more letters.
const LONGEST: usize = 15;

fn has_word(text: &str, words: &[&str]) -> bool {
    let mut letters = [0; LONGEST];
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let Some(lower) = letters.get_mut(..word.len()) else { return false };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        words.iter().any(|known| known.as_bytes() == lower)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_whole_and_in_any_case() {
        for (text, has) in [
            ("ORRINMOOR LTD", true),
            ("Orrinmoor PHARMACEUTICALS", true),
            ("Ltdx Pharmaceuticalsx", false),
            ("Überpharmaceuticalsgesellschaft", false),
            ("Tessaryk-Bank/é", true),
            ("", false),
        ] {
            assert_eq!(names_an_organisation(text), has, "{text}");
        }
        assert!(ORGANISATIONS.iter().chain(&LEGAL_FORMS).all(|word| word.len() <= LONGEST));
    }

    #[test]
    fn columns_are_told_apart_by_their_values() {
        let rows: Vec<Cells> = [
            ["Orrinmoor Ltd", "1,234.50", "01/02/2026", "CR0001", "GBP"],
            ["Tessaryk Council", "7.25", "2026-02-03", "CR0002", "GBP"],
            ["Jo Plainname", "-3", "3 Feb 2026", "", "EUR"],
        ]
        .iter()
        .map(|row| Cells::from(row.to_vec()))
        .collect();
        let rows: Vec<&Cells> = rows.iter().collect();
        let stats = gather(&rows, 5, TextEncoding::UTF_8);
        assert!(stats[0].text > 0.99 && stats[0].organisations > 0.6 && stats[0].amounts < 0.01);
        assert!(stats[1].amounts > 0.99 && stats[1].decimals > 0.6);
        assert!(stats[2].dates > 0.99);
        assert!(stats[3].codes > 0.99 && stats[3].fill() < 0.7);
        assert!(stats[4].currencies > 0.99 && stats[4].distinct == 2);
    }
}
