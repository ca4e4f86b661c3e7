//! Delimited text: every line as it is, with cells at its end.

use std::io::{self, Read, Write};

use calamine::Data;
use encoding_rs::Encoding;

use super::super::csv::cell_text;
use super::answers::{Answers, HEADERS};
use super::workbook::Sheet;
use super::write_end;
use crate::load::InputAccount;
use crate::read::csv::guess_dialect;
use crate::read::encoding::guess;
use crate::read::open::Document;

/// A record of the text: the characters that it is made of, line ends and empty lines before it among them.
struct Record<'a> {
    raw: &'a str,
    cells: Vec<String>,
}

/// Decodes the document, by lines, as it was decoded when it was loaded.
fn decode(document: Document, input: &InputAccount) -> io::Result<String> {
    let given = input.encoding.as_deref().and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = guess(&document.sample, given);
    let (mut bytes, mut rest) = document.into_stream();
    rest.read_to_end(&mut bytes)?;
    let bytes = bytes.get(encoding.mark..).unwrap_or_default();
    if !encoding.keeps_ascii() {
        return Ok(encoding.found.decode_without_bom_handling(bytes).0.into_owned());
    }
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    Ok(lines.map(|line| encoding.decode(line)).collect())
}

fn records(text: &str, delimiter: u8) -> io::Result<Vec<Record<'_>>> {
    let dialect = guess_dialect(text.as_bytes(), Some(delimiter));
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(dialect.quoting)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut cells = ::csv::StringRecord::new();
    let mut start = 0;
    while reader.read_record(&mut cells).map_err(io::Error::other)? {
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let raw = text.get(start..end).unwrap_or_default();
        records.push(Record { raw, cells: cells.iter().map(str::to_owned).collect() });
        start = end;
    }
    // What stands after the last record: a line feed, empty lines.
    records.push(Record { raw: text.get(start..).unwrap_or_default(), cells: Vec::new() });
    Ok(records)
}

fn delimiter(input: &InputAccount) -> char {
    input.delimiter.filter(char::is_ascii).unwrap_or(',')
}

/// Which of the records is the header: the account counts empty lines too, so it is found by its number of lines.
fn header_at(records: &[Record<'_>], input: &InputAccount) -> Option<usize> {
    let mut counted = 0;
    records.iter().position(|record| {
        let empty_before = record.raw.trim_start_matches('\r');
        let blank = empty_before.len() - empty_before.trim_start_matches(['\r', '\n']).len();
        let lines = empty_before.get(..blank).unwrap_or_default().matches('\n').count();
        // The line feed of the record before stands at the start of this one when lines end in CR LF.
        let pending = usize::from(counted > 0 && record.raw.starts_with('\n'));
        counted += lines - pending.min(lines) + 1;
        u64::try_from(counted).is_ok_and(|counted| counted == input.header_record)
    })
}

/// Writes the text with the answers at the end of each record, in UTF-8.
pub(super) fn annotate(
    document: Document,
    input: &InputAccount,
    answers: &Answers<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = decode(document, input)?;
    let delimiter = delimiter(input);
    let records = records(&text, u8::try_from(delimiter).unwrap_or(b','))?;
    let header = header_at(&records, input);
    let width = records.iter().skip(header.unwrap_or(0)).map(|record| record.cells.len()).max().unwrap_or(0);
    let headers = header.and_then(|at| records.get(at)).map_or_else(Vec::new, |record| record.cells.clone());
    let column = answers.column(&headers);
    for (at, record) in records.iter().enumerate() {
        let body = record.raw.trim_end_matches(['\r', '\n']);
        let end = record.raw.get(body.len()..).unwrap_or_default();
        out.write_all(body.as_bytes())?;
        if !record.cells.is_empty() && header.is_none_or(|header| at >= header) {
            let padding = vec![String::new(); width - record.cells.len()];
            write_end(&padding, delimiter, out)?;
            if header == Some(at) {
                write_end(&HEADERS.map(str::to_owned), delimiter, out)?;
            } else {
                let name = column.and_then(|column| record.cells.get(column)).map_or("", String::as_str);
                let row = answers.row(name);
                let cells: Vec<_> = row.iter().map(cell_text).collect();
                write_end(&cells, delimiter, out)?;
            }
        }
        out.write_all(end.as_bytes())?;
    }
    Ok(())
}

/// The text as a sheet of text cells, with the empty lines in their places.
pub(super) fn sheet(document: Document, input: &InputAccount) -> io::Result<Sheet> {
    let text = decode(document, input)?;
    let delimiter = u8::try_from(delimiter(input)).unwrap_or(b',');
    let mut rows = Vec::new();
    for record in records(&text, delimiter)?.iter().filter(|record| !record.cells.is_empty()) {
        let lead = record.raw.len() - record.raw.trim_start_matches(['\r', '\n']).len();
        let feeds = record.raw.get(..lead).unwrap_or_default().matches('\n').count();
        let pending = usize::from(!rows.is_empty() && record.raw.starts_with('\n'));
        rows.extend(std::iter::repeat_n(Vec::new(), feeds - pending.min(feeds)));
        rows.push(record.cells.iter().map(|cell| Data::String(cell.clone())).collect());
    }
    let name = std::path::Path::new(&input.path)
        .file_stem()
        .map_or_else(String::new, |n| n.to_string_lossy().into());
    Ok(Sheet { name, rows })
}
