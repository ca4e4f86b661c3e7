//! The workbook goes to a reviewer, comes back edited, and the next run uses what it says.

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::office::Office;

/// What a reviewer types: the subject's name begins so, the column, the text.
type Edit<'a> = (&'a str, &'a str, &'a str);

/// Saves a workbook again as a spreadsheet program would, with cells of the findings filled in and the rows reversed.
fn review(office: &Office, from: &str, to: &str, edits: &[Edit<'_>]) {
    let mut book: Xlsx<_> = open_workbook(office.path(from)).unwrap();
    let mut saved = Workbook::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        if name == "Findings" {
            fill(&mut rows, edits);
            rows[1..].reverse();
        }
        let sheet = saved.add_worksheet();
        sheet.set_name(&name).unwrap();
        for (row, cells) in (0_u32..).zip(&rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Data::Empty => {}
                    Data::Float(number) => drop(sheet.write_number(row, column, *number).unwrap()),
                    other => drop(sheet.write_string(row, column, other.to_string()).unwrap()),
                }
            }
        }
    }
    saved.save(office.path(to)).unwrap();
}

fn fill(rows: &mut [Vec<Data>], edits: &[Edit<'_>]) {
    let place = |rows: &[Vec<Data>], header: &str| {
        rows[0].iter().position(|cell| *cell == header).unwrap_or_else(|| panic!("no column {header}"))
    };
    let subject = place(rows, "Subject name");
    for (who, header, text) in edits {
        let column = place(rows, header);
        let row = rows.iter_mut().skip(1).find(|row| row[subject].to_string().starts_with(who)).unwrap();
        row[column] = Data::String((*text).to_owned());
    }
}

#[test]
fn an_edited_workbook_comes_back_and_the_next_run_uses_it() {
    let office = Office::new();
    office.screen("2026-10-20", &["-o", "october.xlsx", "--format", "none"]);
    review(
        &office,
        "october.xlsx",
        "returned.xlsx",
        &[
            ("Quellmoor", "Outcome", "not_same"),
            ("Quellmoor", "Reason code", "different_business"),
            ("Quellmoor", "Reason", "sells yarn in Leeds; the listed one spins in Saxony"),
            ("Quellmoor", "Decided by", "A. Clerk"),
            ("Quellmoor", "Decided on", "21/10/2026"),
            ("Quellmoor", "Review by", "31/03/2027"),
            ("Ostervane", "Outcome", "not_same"),
            ("Ostervane", "Reason code", "different_country"),
            ("Ostervane", "Decided by", "A. Clerk"),
            ("Ostervane", "Decided on", "21/10/2026"),
            ("Ostervane", "Review by", "31/03/2027"),
        ],
    );
    let back = office.run(&[
        "decisions",
        "import",
        "returned.xlsx",
        "--as-of",
        "2026-10-21",
        "--refused",
        "refused.csv",
    ]);
    assert_eq!(back.code, 5, "one line is refused: {}", back.err);
    assert!(
        back.err.contains("2 lines = 1 accepted (1 of them new) + 1 refused + 0 undecided"),
        "{}",
        back.err
    );
    assert!(back.err.contains("returned.xlsx:3: refused"), "the row as Excel numbers it: {}", back.err);
    let refused = office.read("refused.csv");
    assert!(refused.starts_with("line,finding_id,reason\n3,"), "{refused}");

    // The refused one is put right in the same workbook; what was accepted before is not filed twice.
    review(
        &office,
        "returned.xlsx",
        "again.xlsx",
        &[
            ("Ostervane", "Outcome", "refer"),
            ("Ostervane", "Reason code", "other"),
            ("Ostervane", "Reason", "asked the supplier for its register entry"),
        ],
    );
    let again = office.run(&["decisions", "import", "again.xlsx", "--as-of", "2026-10-22"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.err.contains("2 accepted (1 of them new) + 0 refused"), "{}", again.err);

    let second = office.screen(
        "2026-11-20",
        &["--decisions", "decisions.jsonl", "-o", "november.json", "-o", "november.xlsx", "--format", "none"],
    );
    assert_eq!(second.code, 1, "what was referred is not decided: {}", second.err);
    let of = |subject: &str| office.finding("november.json", subject);
    assert_eq!(of("Quellmoor")["decision"], "not_same");
    assert_eq!(of("Quellmoor")["decided_by"], "A. Clerk");
    assert_eq!(of("Quellmoor")["state"], "standing");
    assert_eq!(of("Ostervane")["decision"], "refer");

    // The next workbook shows what stands, so that a reviewer does not decide twice.
    let mut book: Xlsx<_> = open_workbook(office.path("november.xlsx")).unwrap();
    let findings = book.worksheet_range("Findings").unwrap();
    assert!(findings.rows().flatten().any(|cell| cell.to_string().starts_with("sells yarn in Leeds")));
}
