//! Fields to columns: what each column most likely holds, from its header and its values.

use std::collections::BTreeMap;

use super::report::{ColumnChoice, Confidence};
use super::stats::{self, Stats};
use super::words::{self, VETO};
use super::{Field, amount};
use crate::read::Cells;
use crate::read::encoding::TextEncoding;
use crate::vocab::Track;

/// Points from which a column is taken for the name.
const NAME_NEEDS: i32 = 50;

/// Points from which a column is taken for any other field.
const FIELD_NEEDS: i32 = 40;

/// The share of the rows that must be filled for a column to speak for the table.
const WITNESS_FILLED: f64 = 0.5;

/// Points from which a header names its field outright.
const OUTRIGHT: i32 = 80;

/// Columns beyond this are not looked at: no table has more, and stray cells far right cost nothing then.
const WIDTH_LIMIT: usize = 400;

/// The columns of a table and what they hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Fit {
    /// The header of each column as in the file, outer blanks removed.
    pub headers: Vec<String>,
    /// The columns in use.
    pub choices: BTreeMap<Field, ColumnChoice>,
    /// How well the table fits what we look for.
    pub quality: i32,
    /// Whether the amounts have their decimals after a comma.
    pub decimals: amount::Decimals,
    /// The track that the headers speak for.
    pub kind: Option<Track>,
    /// The fields of sums, dates and identifiers whose columns are filled and hold what they should: they speak for a table.
    pub witnesses: Vec<Field>,
}

impl Fit {
    /// The column of a field, from 0.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.choices.get(&field).and_then(|choice| choice.position.checked_sub(1))
    }

    /// What a column is called: its header, or `#3` where it has none.
    pub(super) fn called(&self, column: usize) -> String {
        self.headers
            .get(column)
            .filter(|header| !header.is_empty())
            .cloned()
            .unwrap_or_else(|| format!("#{}", column + 1))
    }

    /// Gives the columns headers that had no say in the choice.
    pub(super) fn entitle(&mut self, headers: Vec<String>) {
        self.headers = headers;
        let columns: Vec<(Field, usize)> =
            self.choices.iter().map(|(field, choice)| (*field, choice.position - 1)).collect();
        for (field, column) in columns {
            let called = self.called(column);
            if let Some(choice) = self.choices.get_mut(&field) {
                choice.column = called;
            }
        }
    }

    /// Headers of the columns that are not in use.
    pub(super) fn unused(&self) -> Vec<String> {
        let used: Vec<usize> = self.choices.values().map(|choice| choice.position).collect();
        let unused = self
            .headers
            .iter()
            .zip(1..)
            .filter(|(header, place)| !header.is_empty() && !used.contains(place));
        unused.map(|(header, _)| header.clone()).collect()
    }

    fn choose(&mut self, field: Field, column: &Column<'_>, points: i32, why: String) {
        let confidence = match points {
            85.. => Confidence::High,
            60..85 => Confidence::Medium,
            _ => Confidence::Low,
        };
        let choice = ColumnChoice {
            field,
            column: self.called(column.index),
            position: column.index + 1,
            why,
            samples: column.stats.samples.clone(),
            confidence,
        };
        self.choices.insert(field, choice);
    }

    /// Puts a column in use that the format itself defines.
    pub(super) fn give_known(&mut self, field: Field, column: usize) {
        self.give(field, column, Vec::new());
        if let Some(choice) = self.choices.get_mut(&field) {
            "defined by the format".clone_into(&mut choice.why);
            choice.confidence = Confidence::High;
        }
    }

    /// Puts a column the officer named in place of the guess.
    pub(super) fn give(&mut self, field: Field, column: usize, samples: Vec<String>) {
        self.choices.retain(|_, choice| choice.position != column + 1);
        let choice = ColumnChoice {
            field,
            column: self.called(column),
            position: column + 1,
            why: "as given".to_owned(),
            samples,
            confidence: Confidence::Given,
        };
        self.choices.insert(field, choice);
    }
}

/// A column under consideration.
struct Column<'a> {
    index: usize,
    words: &'a [String],
    stats: &'a Stats,
}

/// Fits fields to the columns of a table with these headers (none where `headers` is empty) and this body.
pub(super) fn fit(headers: Vec<String>, body: &[&Cells], encoding: TextEncoding) -> Fit {
    let width = body.iter().map(|row| row.len()).max().unwrap_or(0).max(headers.len()).min(WIDTH_LIMIT);
    let words: Vec<Vec<String>> =
        (0..width).map(|at| headers.get(at).map_or_else(Vec::new, |h| words::split(h))).collect();
    let stats = stats::gather(body, width, encoding);
    let columns: Vec<Column<'_>> = words
        .iter()
        .zip(&stats)
        .enumerate()
        .map(|(index, (words, stats))| Column { index, words, stats })
        .collect();
    let kind = guess_kind(&words, &stats);
    let mut fit = Fit { headers, kind, ..Fit::default() };
    choose_name(&mut fit, &columns);
    choose_amount(&mut fit, &columns);
    choose_others(&mut fit, &columns);
    fit.witnesses = witnesses(&fit, &columns);
    if let Some(column) = fit.column(Field::Amount) {
        fit.decimals = amount::guess_decimals(body.iter().filter_map(|row| row.get(column)));
    }
    fit
}

/// Holdings and contracts have words of their own; everything else is payments to suppliers.
fn guess_kind(headers: &[Vec<String>], stats: &[Stats]) -> Option<Track> {
    const HOLDINGS: [&str; 24] = [
        "isin",
        "sedol",
        "cusip",
        "ticker",
        "holding",
        "security",
        "stock",
        "coupon",
        "maturity",
        "issuer",
        "weight",
        "portfolio",
        "asset",
        "investment",
        "voting",
        "constituent",
        "partnership",
        "equity",
        "instrument",
        "pooled",
        "vintage",
        "irr",
        "nav",
        "tvpi",
    ];
    /// Words that ledgers have too (`Nominal Code`, `Exchange Rate`): one of them alone says nothing.
    const WEAK: [&str; 3] = ["share", "nominal", "exchange"];
    const CONTRACTS: [&str; 11] = [
        "contract",
        "contractor",
        "agreement",
        "tender",
        "cpv",
        "award",
        "awarded",
        "procurement",
        "ocid",
        "framework",
        "commencement",
    ];
    let count = |words: &[&str]| {
        headers.iter().filter(|header| header.iter().any(|word| words.contains(&word.as_str()))).count()
    };
    let market =
        headers.iter().any(|header| header.windows(2).any(|pair| pair.iter().eq(["market", "value"])));
    let isins = stats.iter().any(|column| column.filled > 3 && column.isins > 0.6);
    let weak = count(&WEAK);
    // A list of properties with what each is worth.
    let starts = |word: &str| headers.iter().any(|header| header.first().is_some_and(|first| first == word));
    let property =
        (starts("property") || starts("building")) && count(&["valuation", "tenure", "freehold"]) > 0;
    let strong =
        count(&HOLDINGS) + usize::from(market) * 2 + usize::from(isins) * 2 + usize::from(property) * 2;
    let (holdings, contracts) = (if strong > 0 || weak > 1 { strong + weak } else { 0 }, count(&CONTRACTS));
    if contracts >= 2 && contracts >= holdings {
        Some(Track::Contracts)
    } else if holdings >= 1 && holdings > contracts {
        Some(Track::Holdings)
    } else {
        None
    }
}

/// The party's name. A header that says so outright wins over every other, even above an empty column, since a
/// file of open notices names no supplier and its buyers must not be screened in their place.
fn choose_name(fit: &mut Fit, columns: &[Column<'_>]) {
    let holdings = fit.kind == Some(Track::Holdings);
    let best = columns
        .iter()
        .map(|column| {
            let (said, shown) = (name_header(column, holdings), name_values(column));
            let outright = said >= OUTRIGHT - 10 && !(column.stats.filled > 0 && column.stats.text < 0.5);
            (outright, said, said + shown, column)
        })
        .filter(|(_, said, points, _)| *said > VETO / 2 && *points >= NAME_NEEDS)
        .max_by(|a, b| (a.0, a.2, b.3.index).cmp(&(b.0, b.2, a.3.index)));
    if let Some((_, said, points, column)) = best {
        let why = match (said >= FIELD_NEEDS, column.stats.companies > 0.1) {
            (true, true) => "the header says so and the values have company forms",
            (true, false) => "the header says so",
            (false, _) => "most values look like names of companies",
        };
        fit.quality += points * 2;
        fit.choose(Field::Name, column, points, why.to_owned());
    }
}

fn name_header(column: &Column<'_>, holdings: bool) -> i32 {
    let said = words::score(Field::Name, column.words);
    let only = |word: &str| matches!(column.words, [first] if first == word);
    // In a list of holdings the description is what is held; in a ledger it is what was bought.
    if holdings && (only("description") || only("title") || only("detail")) {
        return said + 34;
    }
    // Where nothing finer is listed, funds and properties are what is held, and not who manages them.
    let whole = ["fund", "property", "building"].iter().any(|held| match column.words {
        [first] => first == held,
        [first, second] => first == held && second == "name",
        _ => false,
    });
    if holdings && whole { said.max(72) } else { said }
}

fn name_values(column: &Column<'_>) -> i32 {
    let stats = column.stats;
    if stats.filled == 0 {
        return -25;
    }
    let mut points = 0;
    points -= match stats.text {
        ..0.5 => 80,
        0.5..0.8 => 30,
        0.8..0.9 => 8,
        _ => 0,
    };
    points += percent(stats.companies * 1.5).min(36);
    points += percent(stats.organisations * 0.2);
    points -= percent(stats.codes * 0.4);
    points -= match stats.length {
        ..3.0 => 30,
        3.0..60.0 => 0,
        60.0..110.0 => 20,
        _ => 60,
    };
    if stats.filled >= 20 && stats.distinct == 1 {
        points -= 45;
    } else if stats.filled >= 40 && stats.variety() < 0.01 {
        points -= 25;
    }
    if stats.fill() < 0.1 {
        points -= 12;
    }
    if column.words.is_empty() {
        // Nothing but the values speaks: they must be many and varied, and many must be companies.
        let speaks =
            stats.companies > 0.06 && stats.text > 0.75 && stats.variety() > 0.03 && stats.fill() > 0.5;
        points += if speaks { 22 + percent(stats.variety().min(0.4) * 0.4) } else { -50 };
    }
    points
}

fn percent(share: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "shares of a sample, at most 2")]
    let whole = (share * 100.0).round() as i32;
    whole
}

fn choose_amount(fit: &mut Fit, columns: &[Column<'_>]) {
    let name = fit.column(Field::Name);
    let best = columns
        .iter()
        .filter(|column| Some(column.index) != name)
        .map(|column| {
            let said = words::score(Field::Amount, column.words);
            (said, said + amount_values(column), column)
        })
        .filter(|(said, points, _)| *said > VETO / 2 && *points >= FIELD_NEEDS)
        .max_by(|a, b| (a.1, b.2.index).cmp(&(b.1, a.2.index)));
    if let Some((said, points, column)) = best {
        let why = if said > 0 {
            "the header says so and the values are sums"
        } else {
            "the values are sums with pence"
        };
        fit.quality += points;
        fit.choose(Field::Amount, column, points, why.to_owned());
    }
}

fn amount_values(column: &Column<'_>) -> i32 {
    let stats = column.stats;
    if stats.filled == 0 {
        return -30;
    }
    let mut points = match stats.amounts {
        ..0.5 => -80,
        0.5..0.8 => -28,
        0.8..0.95 => -4,
        _ => 0,
    };
    points += percent(stats.decimals * 0.05);
    if stats.filled >= 10 && stats.distinct == 1 {
        points -= 24;
    }
    if stats.fill() < 0.1 {
        points -= 14;
    }
    if column.words.is_empty() {
        let speaks = stats.amounts > 0.9 && stats.decimals > 0.3 && stats.fill() > 0.5;
        points += if speaks { 45 + percent(stats.decimals * 0.1) } else { -50 };
    }
    points
}

/// The rest, each column once, the better fit first.
fn choose_others(fit: &mut Fit, columns: &[Column<'_>]) {
    let mut wanted: Vec<(i32, Field, &Column<'_>)> = Vec::new();
    for &field in Field::ALL {
        if matches!(field, Field::Name | Field::Amount) {
            continue;
        }
        for column in columns {
            let points = words::score(field, column.words) + other_values(field, column, fit);
            if points >= FIELD_NEEDS {
                wanted.push((points, field, column));
            }
        }
    }
    wanted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.index.cmp(&b.2.index)));
    for (points, field, column) in wanted {
        let taken = fit.choices.values().any(|choice| choice.position == column.index + 1);
        if !taken && !fit.choices.contains_key(&field) {
            let said = !column.words.is_empty();
            let why = if said {
                "the header says so and no value speaks against it"
            } else {
                "the values have its form"
            };
            fit.quality += points / 8;
            fit.choose(field, column, points, why.to_owned());
        }
    }
}

/// See [`Fit::witnesses`].
fn witnesses(fit: &Fit, columns: &[Column<'_>]) -> Vec<Field> {
    let speaks = |field: Field, column: &Column<'_>| match field {
        Field::Amount => column.stats.amounts >= 0.8,
        Field::Date | Field::ContractStart | Field::ContractEnd => column.stats.dates >= 0.7,
        Field::Isin => column.stats.isins >= 0.6,
        Field::Sedol => column.stats.sedols >= 0.6,
        Field::Lei => column.stats.leis >= 0.6,
        _ => false,
    };
    let chosen =
        fit.choices.iter().filter_map(|(field, choice)| Some((*field, columns.get(choice.position - 1)?)));
    let speaking =
        chosen.filter(|(field, column)| column.stats.fill() >= WITNESS_FILLED && speaks(*field, column));
    speaking.map(|(field, _)| field).collect()
}

fn other_values(field: Field, column: &Column<'_>, fit: &Fit) -> i32 {
    let stats = column.stats;
    if stats.filled == 0 {
        return -40;
    }
    let bare = column.words.is_empty();
    match field {
        Field::Date => match stats.dates {
            0.7.. => {
                if bare {
                    60
                } else {
                    6
                }
            }
            0.3..0.7 => -10,
            // Serial numbers are dates that lost their format.
            _ if stats.amounts > 0.9 && stats.decimals < 0.1 => -12,
            _ => -50,
        },
        Field::ContractStart | Field::ContractEnd if stats.dates < 0.3 && stats.amounts < 0.7 => -60,
        Field::Isin => shape(stats.isins, bare, 88),
        Field::Lei => shape(stats.leis, bare, 88),
        // Seven digits alone may be anything, so without a header a SEDOL is not believed.
        Field::Sedol => shape(stats.sedols, false, 0),
        // A code beside the sums, whatever stands above it.
        Field::Currency => {
            let beside = fit.column(Field::Amount).is_some_and(|amount| amount.abs_diff(column.index) == 1);
            if stats.currencies < 0.7 {
                -80
            } else if bare && beside && stats.distinct < 60 {
                70
            } else {
                0
            }
        }
        Field::Country if stats.amounts > 0.3 || stats.length > 40.0 || stats.dates > 0.3 => -80,
        Field::CompanyNumber | Field::CharityNumber | Field::Vat
            if stats.text > 0.6 || stats.length > 40.0 =>
        {
            -80
        }
        Field::Kind if stats.distinct > 8 => -80,
        Field::Category if stats.amounts > 0.5 || stats.dates > 0.5 => -60,
        Field::Id if stats.length > 40.0 => -80,
        _ => 0,
    }
}

/// A column that should hold a form of identifier, by the share of cells that have it.
fn shape(share: f64, bare: bool, alone: i32) -> i32 {
    match share {
        0.6.. => {
            if bare {
                alone
            } else {
                8
            }
        }
        0.1..0.6 => -20,
        _ => -90,
    }
}
