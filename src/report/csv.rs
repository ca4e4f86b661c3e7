//! Findings as comma-separated values, one line each, under the names of [`super::columns`].

use std::borrow::Cow;
use std::io::{self, Write};

use super::blocks;
use super::columns::{COLUMNS, Cell};
use super::escape::csv_text;
use super::{Candidate, Report};

/// Who will read the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Excel, which wants a byte order mark to see UTF-8, and lines that end in CR LF (RFC 4180).
    Excel,
    /// A program at the other end of a pipe: plain line ends, no mark.
    Pipe,
}

/// Writes a header and a line for each candidate, in the order of work.
pub(super) fn write(report: &Report<'_>, dialect: Dialect, out: &mut dyn Write) -> io::Result<()> {
    let terminator = match dialect {
        Dialect::Excel => {
            out.write_all("\u{feff}".as_bytes())?;
            ::csv::Terminator::CRLF
        }
        Dialect::Pipe => ::csv::Terminator::Any(b'\n'),
    };
    let to = |out: &mut dyn Write, write: &dyn Fn(&mut Lines<'_>) -> ::csv::Result<()>| -> io::Result<()> {
        let mut lines = ::csv::WriterBuilder::new().terminator(terminator).from_writer(out);
        write(&mut lines)?;
        lines.flush()
    };
    to(out, &|lines| lines.write_record(COLUMNS.iter().map(|column| column.name)))?;
    blocks::write(&report.candidates, out, |some, out| {
        to(out, &|lines| some.iter().try_for_each(|candidate| write_line(candidate, lines)))
    })
}

type Lines<'a> = ::csv::Writer<&'a mut dyn Write>;

fn write_line(candidate: &Candidate<'_>, lines: &mut Lines<'_>) -> ::csv::Result<()> {
    for column in COLUMNS {
        lines.write_field(cell_text(&(column.cell)(candidate)).as_bytes())?;
    }
    lines.write_record(None::<&[u8]>)
}

/// A cell as text; only what others wrote can be a formula.
pub(super) fn cell_text<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Text(text) => csv_text(text),
        Cell::Count(count) => count.to_string().into(),
        Cell::Amount(sum) => sum.to_string().into(),
        Cell::Number(digits) => digits.into(),
        Cell::Day(day) => day.to_string().into(),
        Cell::Empty => "".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReportOptions, fixture};

    #[test]
    fn one_line_for_each_finding() {
        insta::assert_snapshot!(fixture::written(Format::Csv, &ReportOptions::default()));
    }

    #[test]
    fn hostile_text_is_no_formula_in_any_column() {
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            let screening = fixture::hostile(&format!("{start}cmd|' /C calc'!A0"));
            let bytes = fixture::bytes(&screening, Format::Csv, &ReportOptions::default());
            let mut lines = ::csv::Reader::from_reader(&bytes[..]);
            let mut seen = 0;
            for record in lines.records() {
                for cell in &record.unwrap() {
                    let number = cell.parse::<f64>().is_ok();
                    assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                    seen += usize::from(cell.contains("calc"));
                }
            }
            assert!(seen >= 10, "the text reached the file in {seen} cells");
        }
    }
}
