//! What was understood of the inputs, told on standard error: the columns report and the rejected rows.

use std::fmt::Write as _;
use std::path::Path;

use comfy_table::{ContentArrangement, Table, presets};

use super::console::Console;
use super::exit::Failure;
use crate::load::{InputAccount, Loaded, Reject};
use crate::report::{escape, put};

/// Tells how every input was read, with its columns and where its rows went.
pub(super) fn report(loaded: &Loaded, console: Console) {
    for (account, columns) in loaded.inputs.iter().zip(&loaded.columns) {
        console.note(&headline(account, &columns.input));
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(Console::width()).unwrap_or(100));
        for choice in &columns.choices {
            let samples: Vec<String> =
                choice.samples.iter().map(|s| escape::one_line(s).into_owned()).collect();
            table.add_row([
                format!("  {}", choice.field.as_str()),
                format!("`{}`", escape::one_line(&choice.column)),
                format!("{} ({})", choice.why, choice.confidence.as_str()),
                samples.join(" | "),
            ]);
        }
        console.note(&table.to_string());
        console.note(&account_line(account));
        for remark in &account.remarks {
            console.note(&format!("  note: {remark}"));
        }
    }
}

fn headline(account: &InputAccount, input: &str) -> String {
    let mut facts = vec![account.format.clone()];
    facts.extend(account.encoding.clone());
    facts.extend(
        account
            .delimiter
            .map(|d| format!("delimiter `{}`", if d == '\t' { "tab".to_owned() } else { d.to_string() })),
    );
    facts.extend(account.sheet.as_ref().map(|s| format!("sheet `{s}`")));
    facts.push(match account.header_record {
        0 => "no header".to_owned(),
        record => format!("header in record {record}"),
    });
    format!("{input}: read as {} ({})", account.kind, facts.join(", "))
}

fn account_line(account: &InputAccount) -> String {
    let mut line = format!(
        "  {} records = {} screened + {} persons + {} redacted + {} blank or total + {} rejected",
        account.records_read,
        account.screened,
        account.persons,
        account.redacted,
        account.blank_or_total,
        account.rejected,
    );
    // A stream does not count them.
    if account.distinct_names > 0 {
        let _ = write!(line, "; {} distinct names", account.distinct_names);
    }
    line
}

/// Writes every rejected row as CSV: file, sheet, record, line, reason.
pub(super) fn write_rejects<'a>(
    rejects: impl IntoIterator<Item = &'a Reject>,
    path: &Path,
) -> Result<(), Failure> {
    let write = |bytes: &mut Vec<u8>| -> Result<(), csv::Error> {
        let mut out = csv::Writer::from_writer(bytes);
        out.write_record(["file", "sheet", "record", "line", "reason"])?;
        for reject in rejects {
            let place = &reject.place;
            out.write_record([
                &*escape::csv_text(&place.file),
                &escape::csv_text(place.sheet.as_deref().unwrap_or_default()),
                &place.record.to_string(),
                &place.line.map(|l| l.to_string()).unwrap_or_default(),
                &escape::csv_text(&reject.reason),
            ])?;
        }
        Ok(out.flush()?)
    };
    let mut bytes = Vec::new();
    let written = write(&mut bytes).map_err(std::io::Error::from).and_then(|()| put(path, &bytes));
    written.map_err(|error| Failure::unwritable(path, &error, "choose another place for `--rejects`"))
}
