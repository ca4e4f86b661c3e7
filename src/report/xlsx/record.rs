//! The sheet that Excel does not show: the findings as they were judged, in the JSON of the report.
//!
//! A text longer than a cell goes on in the cells to its right.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::{Report, json};
use super::RECORD;

/// How many UTF-16 units go into a cell; Excel takes 32,767.
const CHUNK: usize = 30_000;

/// Writes the sheet: the report without its findings in the first row, then a finding a row.
pub(super) fn write(sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
    sheet.set_name(RECORD)?;
    sheet.set_very_hidden(true);
    let texts = json::pieces(report).map_err(|error| XlsxError::ParameterError(error.to_string()))?;
    for (row, text) in (0_u32..).zip(&texts) {
        for (column, chunk) in (0_u16..).zip(chunks(text)) {
            sheet.write_string(row, column, chunk)?;
        }
    }
    Ok(())
}

/// Pieces of at most [`CHUNK`] units, cut between characters.
fn chunks(text: &str) -> Vec<&str> {
    let mut chunks = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, c) in text.char_indices() {
        if units + c.len_utf16() > CHUNK {
            chunks.extend(text.get(start..at));
            (start, units) = (at, 0);
        }
        units += c.len_utf16();
    }
    chunks.extend(text.get(start..));
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_join_to_the_whole() {
        let text = "é𝕏a".repeat(40_000);
        let chunks = chunks(&text);
        assert!(chunks.len() > 3);
        assert!(chunks.iter().all(|chunk| chunk.encode_utf16().count() <= CHUNK));
        assert_eq!(chunks.concat(), text);
    }
}
