//! Whether what was read is a list of parties at all, or a text in which something reads like a title.
//!
//! Any text can be cut at its commas, and a page about suppliers has a cell that says `supplier`. Screened, its sentences match
//! nothing, and a file that was given by mistake would be cleared. So where nothing but the name column speaks for a table, it
//! must look like one: most of its values read as names, and its rows have one shape.
//!
//! The bounds were set by some 170 real exports, each also cut down to its name column, against some 1,600 files that are none
//! (licences, manuals, programs, settings, notes): of the exports at least 0.9 of the names read so (0.7 in a register whose first
//! companies begin with digits and quotation marks), of the others mostly under 0.2.

use super::header::Layout;
use super::stats::LEGAL_FORMS;
use super::{Confidence, Field, LoadError};
use crate::read::Row;
use crate::read::encoding::TextEncoding;

/// How many rows are looked at, spread evenly over those at hand.
const ROWS: usize = 400;

/// The share of the values in the name column that must read as names.
const NAMES: f64 = 0.6;

/// The share of the rows that must have as many cells as most have.
const SHAPE: f64 = 0.3;

/// The longest name in words: that of a practice with its partners has some ten.
const WORDS: usize = 14;

/// The longest name in words where nothing is written with a capital.
const WORDS_UNCASED: usize = 6;

/// Words of English that pieces of a sentence begin or end with, and names hardly ever.
const JOINING: [&str; 18] = [
    "a", "and", "as", "at", "by", "for", "from", "if", "in", "is", "it", "of", "on", "or", "that", "to",
    "when", "with",
];

/// The longest name in characters.
const LENGTH: usize = 120;

/// Refuses a table that does not look like a list of parties, unless the officer named the column.
///
/// # Errors
/// [`LoadError::NoList`].
pub(super) fn check(
    layout: &Layout,
    rows: &[Row],
    encoding: TextEncoding,
    name: &str,
) -> Result<(), LoadError> {
    let Some(choice) = layout.fit.choices.get(&Field::Name) else { return Ok(()) };
    let body = rows.get(layout.body..).unwrap_or_default();
    if choice.confidence == Confidence::Given || !layout.fit.witnesses.is_empty() {
        return Ok(());
    }
    let step = body.len().div_ceil(ROWS).max(1);
    let seen: Vec<&Row> = body.iter().step_by(step).collect();
    let column = choice.position - 1;
    let cells = seen.iter().filter_map(|row| row.cells.get(column)).map(|cell| encoding.decode(cell));
    let values: Vec<String> =
        cells.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
    let uncased = !values.iter().any(|value| value.contains(char::is_uppercase));
    let others: Vec<&String> = values.iter().filter(|value| !reads_as_name(value, uncased)).collect();
    let why = if share(values.len() - others.len(), values.len()) < NAMES {
        let samples: Vec<String> = others.iter().take(2).map(|value| shortened(value)).collect();
        format!("most values below it do not read as names, such as {}", samples.join(" and "))
    } else if is_marked(&choice.column) || is_item(&choice.column) {
        "it is no title of a column".to_owned()
    } else if !has_one_shape(&seen, column) {
        "its rows have ever other numbers of cells, as lines of a text that is cut at each comma".to_owned()
    } else {
        return Ok(());
    };
    Err(LoadError::NoList {
        path: name.to_owned(),
        header_record: layout.header_record,
        column: shortened(&choice.column),
        why,
    })
}

/// Whether a value may be the name of a party: no sentence, no markup, no line of a program.
fn reads_as_name(text: &str, uncased: bool) -> bool {
    let marked = is_marked(text)
        || text.contains(['|', '[', ']'])
        || text.contains("//")
        || text.contains("::")
        || text.contains("**")
        || text.contains(": ")
        || text.starts_with(['#', '*', '/', '+', ')', '$', '%', '_'])
        || text.ends_with([',', ':'])
        || text.matches('(').count() != text.matches(')').count();
    let words: Vec<&str> = text.split_whitespace().collect();
    if marked || words.len() > WORDS || text.chars().count() > LENGTH {
        return false;
    }
    let is_form =
        |word: &str| LEGAL_FORMS.contains(&word.trim_end_matches('.').to_ascii_lowercase().as_str());
    let begins_small = text.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_lowercase);
    let bears_form = words.iter().any(|word| is_form(word));
    if bears_form && (!begins_small || words.last().is_some_and(|word| is_form(word))) {
        return true;
    }
    if uncased {
        // Pieces of a sentence break off beside such words; a name may begin with `the`.
        let joins = |word: Option<&&str>| word.is_some_and(|word| JOINING.contains(word));
        let is_piece = joins(words.first()) || joins(words.last()) || words.last() == Some(&"the");
        return words.len() <= WORDS_UNCASED && !is_piece && text.contains(char::is_alphabetic);
    }
    // `University of the West of England` has as many small words as names have.
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    !begins_small && small * 2 <= words.len()
}

/// Whether a text has signs of programs and markup that neither names nor titles have.
fn is_marked(text: &str) -> bool {
    text.contains(['`', '{', '}', '<', '>', '=', ';', '\\'])
}

/// Whether a title is an item of a list or a comment; `*Supplier` is how forms mark what must be filled in.
fn is_item(text: &str) -> bool {
    ["* ", "- ", "/*", "//"].iter().any(|begin| text.starts_with(begin))
}

/// Whether enough rows have as many cells as most have, the name among them. The cells of workbooks and of JSON, which have no
/// lines, were not cut at a character and may be as many as they like.
fn has_one_shape(rows: &[&Row], column: usize) -> bool {
    if rows.iter().all(|row| row.position.line.is_none()) {
        return true;
    }
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    let most = widths.chunk_by(|a, b| a == b).max_by_key(|same| same.len()).unwrap_or_default();
    most.first().is_some_and(|width| *width > column) && share(most.len(), rows.len()) >= SHAPE
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a sample")]
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A value as a message quotes it.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    if text.chars().count() <= MOST {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(MOST).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::tests::load_bytes;
    use super::super::{LoadError, LoadOptions};
    use super::*;

    fn read(name: &str, text: &str) -> Result<u64, LoadError> {
        load_bytes(name, text.as_bytes(), &LoadOptions::default()).map(|loaded| loaded.inputs[0].screened)
    }

    #[test]
    fn a_text_about_suppliers_is_no_list_of_them() {
        let page = "# Notes on the exports\n\nThe files come from councils, and each has its own columns.\n\n\
            - Trap: `Supplier ID`, `Body Name` and `Description` are not the supplier\n\
            - amounts stand in brackets; some are negative\n- the currency is in the header, at times as £\n\
            - some rows are totals; leave them out\n- dates are as printed, with the day first\n";
        let program = "use std::io;\nuse crate::load::{supplier, name};\n\nfn load(supplier: &str, name: &str) {\n    \
            let found = read(name, supplier);\n    if found.is_empty() {\n        return;\n    }\n}\n";
        let licence = "You may copy the work, provided that the name, the notice and this text are kept.\n\
            If you change it, the supplier, you must say so, in the work\nor beside it, and keep the\n\
            conditions below, as they stand, for whoever\nreceives it, in any form, from you\nwith or without payment.\n";
        let letter = "Dear Sir,\n\nSupplier: Orrinmoor Ltd\nInvoice: 17 of 3 May\nAmount: 5.00\n";
        for (name, text) in
            [("notes.md", page), ("load.rs", program), ("LICENCE", licence), ("letter.txt", letter)]
        {
            let error = read(name, text).unwrap_err();
            let refused = matches!(
                error,
                LoadError::NoList { .. } | LoadError::NoNameColumn { .. } | LoadError::NothingToScreen { .. }
            );
            assert!(refused, "{name}: {error}");
        }
        let error = read("notes.md", page).unwrap_err();
        assert!(matches!(error, LoadError::NoList { .. }), "{error}");
    }

    #[test]
    fn a_list_of_names_alone_is_one() {
        for (text, rows) in [
            ("Supplier\nOrrinmoor Ltd\n", 1),
            ("supplier\northanvale\nruddlecombe care\n", 2),
            ("Supplier\nUniversity of the Tessar Vale\nThe Friends of the Orrin Moor Trust\n", 2),
            (
                "Supplier Name,Department\nORRINMOOR LTD,Parks\nTessaryk (UK) plc,Roads\nde Ruddlecombe BV,Care\n",
                3,
            ),
            ("Company\n\"Orrinmoor, Tessaryk & Partners\"\n'R' CARE LIMITED\n00012345 LIMITED\n", 3),
            ("*Supplier\nOrrinmoor Ltd\nTessaryk plc\n", 2),
            ("supplier\n大田紡織有限公司\nОрринмур ООО\n", 2),
        ] {
            assert_eq!(read("a.csv", text).unwrap(), rows, "{text}");
        }
    }

    #[test]
    fn sums_beside_the_names_are_enough() {
        let text = "Supplier,Amount\n[see note 1],10.00\n[see note 2],20.00\n*** various,30.00\n";
        assert_eq!(read("a.csv", text).unwrap(), 3);
        let alone = text.replace(['1', '2', '3'], "").replace("0.00", "");
        assert!(matches!(read("a.csv", &alone), Err(LoadError::NoList { .. })));
    }

    #[test]
    fn rows_of_every_shape_are_lines_of_a_text() {
        let text = "Supplier,Place\nINCLUDING,BUT,NOT,LIMITED TO\nINDIRECT\nSPECIAL,A,B,C,D\nEXEMPLARY,A,B\nLOSS,A,B,C,D,E\nPROFITS,A,B,C,D,E,F\n";
        let error = read("a.csv", text).unwrap_err();
        assert!(error.to_string().contains("numbers of cells"), "{error}");
    }

    #[test]
    fn an_item_of_a_list_is_no_title() {
        let text = "* Neither the name of the supplier\nOrrinmoor Ltd\nTessaryk plc\n";
        let error = read("a.csv", text).unwrap_err();
        assert!(error.to_string().contains("no title"), "{error}");
        assert_eq!(read("a.csv", &text.replace("* Neither the n", "N")).unwrap(), 2);
    }

    #[test]
    fn the_officer_knows_better() {
        let text = "supplier\n[see note 1]\n[see note 2]\n";
        assert!(matches!(read("a.csv", text), Err(LoadError::NoList { .. })));
        let mut options = LoadOptions::default();
        options.map.insert(Field::Name, "supplier".to_owned());
        assert_eq!(load_bytes("a.csv", text.as_bytes(), &options).unwrap().inputs[0].screened, 2);
    }
}
