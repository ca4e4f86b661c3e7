//! Where the header stands, if there is one.
//!
//! Every early record that holds words and no numbers may be the header; the one wins whose words and whose
//! values below make most sense together. Two records may share a header (`Supplier` over `Name`).

use super::fit::{Fit, fit};
use super::words;
use super::{Field, date};
use crate::read::encoding::TextEncoding;
use crate::read::{Cells, Row};

/// How many records the header and the columns are guessed from.
pub(super) const SAMPLE_ROWS: usize = 3_000;

/// How many records are tried: the longest preamble seen has some twenty.
const TRIED: usize = 60;

/// How many candidates are compared by their values too.
const COMPARED: usize = 4;

/// How much more a header of two records must say than one of its records alone.
const TWO_NEED: i32 = 30;

/// Points from which a title leaves no doubt about its column.
const UNDOUBTED: i32 = 66;

/// A table with its header found.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// The record of the header (the last of two), 0 where there is none.
    pub header_record: u64,
    /// How many of the rows at hand come before the body.
    pub body: usize,
    /// What the columns hold.
    pub fit: Fit,
}

/// Finds the header among the first rows of a table. `given` is the officer's word for its record, 0 for none.
pub(super) fn find(rows: &[Row], encoding: TextEncoding, given: Option<u64>) -> Layout {
    let candidates = match given {
        Some(0) => Vec::new(),
        Some(record) => {
            let at = rows.iter().position(|row| row.position.record >= record);
            at.map(|first| Candidate { first, rows: 1, points: 0 }).into_iter().collect()
        }
        None => candidates(rows, encoding),
    };
    let mut best: Option<(i32, Layout)> = None;
    for candidate in candidates {
        let layout = candidate.layout(rows, encoding);
        let points = layout.fit.quality + candidate.points / 2;
        let known = layout.fit.choices.contains_key(&Field::Name);
        if (known || given.is_some()) && best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, layout));
        }
    }
    if let Some((_, layout)) = best {
        return layout;
    }
    let titled = given.is_none() && begins_with_titles(rows, encoding);
    if titled { unknown_titles(rows, encoding) } else { headless(rows, encoding) }
}

/// Whether the first record has words over columns of numbers or dates, as titles in an unknown language would.
fn begins_with_titles(rows: &[Row], encoding: TextEncoding) -> bool {
    let Some((first, body)) = rows.split_first().filter(|(_, body)| body.len() > 2) else { return false };
    let titles: Vec<_> = first.cells.iter().map(|cell| encoding.decode(cell)).collect();
    let filled = || titles.iter().enumerate().filter(|(_, title)| !title.trim().is_empty());
    let over_values = |column: usize| {
        let below = body.iter().filter_map(|row| row.cells.get(column)).map(|cell| encoding.decode(cell));
        let below: Vec<_> = below.filter(|text| !text.trim().is_empty()).collect();
        let values = below.iter().filter(|text| is_value(text)).count();
        below.len() > 2 && values * 5 >= below.len() * 4
    };
    filled().count() > 1
        && filled().all(|(_, title)| !is_value(title))
        && filled().any(|(column, _)| over_values(column))
}

/// A table whose first record holds titles that say nothing to us: the columns speak by their values alone.
fn unknown_titles(rows: &[Row], encoding: TextEncoding) -> Layout {
    let body: Vec<&Cells> = rows.iter().skip(1).map(|row| &row.cells).collect();
    let mut fit = fit(Vec::new(), &body, encoding);
    fit.entitle(headers(rows.get(..1).unwrap_or_default(), encoding));
    Layout { header_record: rows.first().map_or(0, |row| row.position.record), body: 1, fit }
}

/// A table without a header: the columns speak by their values alone.
fn headless(rows: &[Row], encoding: TextEncoding) -> Layout {
    let body: Vec<&Cells> = rows.iter().map(|row| &row.cells).collect();
    Layout { header_record: 0, body: 0, fit: fit(Vec::new(), &body, encoding) }
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    first: usize,
    rows: usize,
    points: i32,
}

impl Candidate {
    fn layout(self, rows: &[Row], encoding: TextEncoding) -> Layout {
        let end = self.first + self.rows;
        let headers = headers(rows.get(self.first..end).unwrap_or_default(), encoding);
        let body: Vec<&Cells> = rows.iter().skip(end).map(|row| &row.cells).collect();
        let record = rows.get(end.saturating_sub(1)).map_or(0, |row| row.position.record);
        Layout { header_record: record, body: end, fit: fit(headers, &body, encoding) }
    }
}

/// The headers of each column, those of several records joined by a blank.
fn headers(rows: &[Row], encoding: TextEncoding) -> Vec<String> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut headers = vec![String::new(); width];
    for row in rows {
        for (header, cell) in headers.iter_mut().zip(&row.cells) {
            let text = encoding.decode(cell);
            let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if !header.is_empty() && !text.is_empty() {
                header.push(' ');
            }
            header.push_str(text);
        }
    }
    headers
}

/// The records that may be headers, the likeliest first, at most [`COMPARED`].
fn candidates(rows: &[Row], encoding: TextEncoding) -> Vec<Candidate> {
    let usual = usual_fill(rows);
    let mut found: Vec<Candidate> = Vec::new();
    let tried = rows.len().min(TRIED);
    for first in 0..tried {
        // A header that stands below all data heads nothing.
        if first > 2 && first + 1 == rows.len() {
            continue;
        }
        let one = said_by(rows, first, 1, usual, encoding);
        found.extend(one.map(|points| Candidate { first, rows: 1, points }));
        let Some(two) = said_by(rows, first, 2, usual, encoding) else { continue };
        let alone = one.unwrap_or(0).max(said_by(rows, first + 1, 1, usual, encoding).unwrap_or(0));
        if two > alone + TWO_NEED {
            found.push(Candidate { first, rows: 2, points: two });
        }
    }
    // A report repeats its header on every page; the first one is the header.
    let cells = |candidate: &Candidate| {
        rows.get(candidate.first..candidate.first + candidate.rows).unwrap_or_default()
    };
    let same = |a: &Candidate, b: &Candidate| {
        cells(a).iter().map(|row| &row.cells).eq(cells(b).iter().map(|row| &row.cells))
    };
    let firsts: Vec<Candidate> = found.clone();
    found.retain(|candidate| {
        !firsts.iter().any(|other| other.first < candidate.first && same(other, candidate))
    });
    found.sort_by(|a, b| b.points.cmp(&a.points).then(a.first.cmp(&b.first)));
    found.truncate(COMPARED);
    found
}

/// How many cells of a row are usually filled.
fn usual_fill(rows: &[Row]) -> usize {
    let mut fills: Vec<usize> = rows
        .iter()
        .map(|row| row.cells.iter().filter(|cell| !cell.trim_ascii().is_empty()).count())
        .collect();
    fills.retain(|fill| *fill > 0);
    fills.sort_unstable();
    fills.get(fills.len() / 2).copied().unwrap_or(0)
}

/// What the words of these records say, all columns together; `None` where they cannot be a header.
fn said_by(rows: &[Row], first: usize, count: usize, usual: usize, encoding: TextEncoding) -> Option<i32> {
    let rows = rows.get(first..first + count)?;
    // A row of numbers or dates is data.
    for row in rows {
        let filled: Vec<_> = row
            .cells
            .iter()
            .map(|cell| encoding.decode(cell))
            .filter(|text| !text.trim().is_empty())
            .collect();
        let values = filled.iter().filter(|text| is_value(text)).count();
        if filled.is_empty() || values * 5 > filled.len() {
            return None;
        }
    }
    let headers = headers(rows, encoding);
    let filled = headers.iter().filter(|header| !header.is_empty()).count();
    if filled == 1 && usual > 1 || filled * 5 < usual * 2 {
        return None;
    }
    let split: Vec<Vec<String>> = headers.iter().map(|header| words::split(header)).collect();
    let best = |field| split.iter().map(|words| words::score(field, words)).max().unwrap_or(0);
    let name = best(Field::Name);
    // A name column without a title is found by its values, where the titles beside it leave no doubt.
    let strong = || [Field::Amount, Field::Date].into_iter().all(|field| best(field) >= UNDOUBTED);
    if name < 20 && !(filled < headers.len() && strong()) {
        return None;
    }
    let name = name.max(0);
    let others: i32 =
        Field::ALL.iter().filter(|field| **field != Field::Name).map(|field| best(*field).max(0)).sum();
    // Sentences are no headers; a few publishers write long ones all the same.
    let long = headers.iter().filter(|header| header.chars().count() > 110).count();
    Some(name + others / 3 - i32::try_from(long).unwrap_or(0) * 30)
}

/// Whether a cell holds a number, a date or an address rather than a title.
fn is_value(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (digits > 0 && letters == 0) || date::is_date(text) || digits > letters || text.contains("://")
}
