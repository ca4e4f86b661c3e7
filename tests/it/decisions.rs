//! Decisions from the report to the log and back into the next run, through the program.

use crate::office::Office;

const COLUMNS: &str = "finding_id,outcome,reason_code,reason,decided_by,checked_by,decided_on,review_by";

/// An office that has screened on 1 October and filed two decisions: a dismissal by one, a confirmation by two.
pub(crate) fn decided() -> Office {
    let office = Office::new();
    let first = office.screen("2026-10-20", &["-o", "october.json", "--format", "none"]);
    assert_eq!(first.code, 1, "{}", first.err);
    let id = |subject| office.finding("october.json", subject)["finding_id"].as_str().unwrap().to_owned();
    let sheet = format!(
        "{COLUMNS}\n\
         {},not_same,different_business,sells yarn in Leeds,A. Clerk,,21/10/2026,31/03/2027\n\
         {},same,,register number agrees,A. Clerk,B. Keeper,2026-10-21,2027-03-31\n",
        id("Quellmoor"),
        id("Ostervane")
    );
    office.write("returned.csv", &sheet);
    let filed = office.run(&[
        "decisions",
        "import",
        "returned.csv",
        "--report",
        "october.json",
        "--as-of",
        "2026-10-21",
    ]);
    assert_eq!(filed.code, 0, "{}", filed.err);
    assert!(filed.err.contains("2 lines = 2 accepted (2 of them new) + 0 refused"), "{}", filed.err);
    office
}

#[test]
fn a_month_through_the_program() {
    let office = decided();
    let log = ["--decisions", "decisions.jsonl", "-o", "now.json", "--format", "none"];
    let state = |subject| office.finding("now.json", subject)["state"].as_str().unwrap().to_owned();

    // What was decided no longer fails the job, and a new supplier does.
    assert_eq!(office.screen("2026-11-20", &log).code, 0);
    assert_eq!((state("Quellmoor").as_str(), state("Ostervane").as_str()), ("standing", "standing"));
    assert_eq!(office.finding("now.json", "Quellmoor")["decision"], "not_same");

    // The listed entity gains an alias: the dismissal is back, and says why.
    office.edit(
        "register.csv",
        "Quellmoor Zwirnworks GmbH,,",
        "Quellmoor Zwirnworks GmbH,Leeds Yarn & Zwirn,",
    );
    assert_eq!(office.screen("2026-11-20", &log).code, 1);
    assert_eq!(state("Quellmoor"), "reopened");
    let reason = office.finding("now.json", "Quellmoor")["state_reason"].as_str().unwrap().to_owned();
    assert!(reason.ends_with("the listed entity gained the name `Leeds Yarn & Zwirn`"), "{reason}");

    // The day passes: expired decisions are unfit, whatever else holds.
    office.edit("register.csv", "Leeds Yarn & Zwirn", "");
    let late = office.screen("2027-04-01", &log);
    assert_eq!(late.code, 5, "{}", late.err);
    assert_eq!(state("Quellmoor"), "expired_decision");
    let check = office.run(&["decisions", "check", "--as-of", "2027-04-01"]);
    assert_eq!(check.code, 5);
    assert!(check.out.contains("2 past the review day"), "{}", check.out);
}

#[test]
fn one_byte_changed_in_the_log_ends_with_5() {
    let office = decided();
    let check = |as_of: &str| office.run(&["decisions", "check", "--as-of", as_of]);
    let good = check("2026-11-20");
    assert_eq!(good.code, 0, "{}", good.err);
    assert!(good.out.starts_with("decisions.jsonl: 2 lines, the chain holds, head "), "{}", good.out);
    office.edit("decisions.jsonl", "sells yarn in Leeds", "sells yarn in Leedz");
    let bad = check("2026-11-20");
    assert_eq!(bad.code, 5);
    assert!(bad.err.contains("the line was changed after it was written"), "{}", bad.err);
    assert!(bad.err.contains("decisions.jsonl:1"), "{}", bad.err);
    assert_eq!(office.screen("2026-11-20", &["--decisions", "decisions.jsonl"]).code, 5);
}

#[test]
fn a_refused_line_says_why_and_ends_with_5() {
    let office = decided();
    let id = office.finding("october.json", "Quellmoor")["finding_id"].as_str().unwrap().to_owned();
    let sheet = format!(
        "{COLUMNS}\n{id},same,different_country,is German,A. Clerk,,2026-10-22,2027-03-31\n\
         {id},refer,,asked the buyer,A. Clerk,,2026-10-22,2027-03-31\nwf-000000000000,,,,,,,\n"
    );
    office.write("second.csv", &sheet);
    let import = office.run(&[
        "decisions",
        "import",
        "second.csv",
        "--report",
        "october.json",
        "--as-of",
        "2026-10-22",
        "--refused",
        "back.csv",
    ]);
    assert_eq!(import.code, 5);
    assert!(
        import.err.contains("3 lines = 1 accepted (1 of them new) + 1 refused + 1 undecided"),
        "{}",
        import.err
    );
    assert!(import.err.contains("second.csv:2: refused"), "{}", import.err);
    assert!(office.read("back.csv").contains("section 17"));
    assert_eq!(office.read("decisions.jsonl").lines().count(), 3);
    let list = office.run(&["decisions", "list", "--as-of", "2026-10-22"]);
    assert!(
        list.out.contains("refer") && !list.out.contains("not_same"),
        "the latest line speaks: {}",
        list.out
    );
}

#[test]
fn the_reports_own_tables_are_sheets_too() {
    let office = decided();
    office.screen("2026-11-20", &["-o", "now.json", "-o", "now.csv", "-o", "now.xlsx", "--format", "none"]);
    let undecided =
        office.run(&["decisions", "import", "now.csv", "--report", "now.json", "--as-of", "2026-11-20"]);
    assert_eq!(undecided.code, 0, "{}", undecided.err);
    assert!(undecided.err.contains("0 accepted"), "{}", undecided.err);
    // A workbook brings the report that it was made of.
    let workbook = office.run(&["decisions", "import", "now.xlsx", "--as-of", "2026-11-20"]);
    assert_eq!(workbook.code, 0, "{}", workbook.err);
    let bare = office.run(&["decisions", "import", "now.csv", "--as-of", "2026-11-20"]);
    assert_eq!(bare.code, 2);
    assert!(bare.err.contains("--report REPORT.json"), "{}", bare.err);
}

#[test]
fn a_sheet_given_as_the_log_is_said_to_be_one() {
    let office = decided();
    let ran = office.screen("2026-11-20", &["--decisions", "returned.csv"]);
    assert_eq!(ran.code, 5);
    assert!(ran.err.contains("decisions import returned.csv --report"), "{}", ran.err);
}

#[test]
fn the_sheet_to_fill_in_lists_every_finding() {
    let office = decided();
    let sheet = office.run(&["decisions", "sheet", "october.json"]);
    assert_eq!(sheet.code, 0, "{}", sheet.err);
    assert!(sheet.out.starts_with("finding_id,subject_name,listed_name,"), "{}", sheet.out);
    assert!(sheet.out.contains("Ostervane Kilnhouse"), "{}", sheet.out);
}

#[test]
fn any_byte_changed_in_the_log_is_found_by_check_and_by_screen() {
    let office = decided();
    let log = office.read("decisions.jsonl").into_bytes();
    // Every byte is changed in the log's own tests; a third of them here, each a run of the program.
    for place in (0..log.len()).step_by(3) {
        let mut bad = log.clone();
        // A letter in place of a letter, so that the file stays text.
        bad[place] = if log[place] == b'x' { b'y' } else { b'x' };
        std::fs::write(office.path("decisions.jsonl"), &bad).unwrap();
        let check = office.run(&["decisions", "check", "--as-of", "2026-11-20"]);
        assert_eq!(check.code, 5, "byte {place}: {}{}", check.out, check.err);
        if place % 99 == 0 {
            assert_eq!(
                office.screen("2026-11-20", &["--decisions", "decisions.jsonl"]).code,
                5,
                "byte {place}"
            );
        }
    }
}

#[test]
fn decisions_past_retention_are_purged_and_the_chain_still_holds() {
    let office = decided();
    office.write("wharfinger.toml", "[retention]\ndays = 30\n");
    let october = office.screen("2026-10-22", &["--decisions", "decisions.jsonl", "-o", "then.json"]);
    assert_eq!(october.code, 0, "{}", october.err);
    let head = |report: &str| {
        let report: serde_json::Value = serde_json::from_str(&office.read(report)).unwrap();
        report["run"]["decisions_sha256"].as_str().unwrap().to_owned()
    };
    let purge =
        |as_of: &str, more: &[&str]| office.run(&[&["decisions", "purge", "--as-of", as_of], more].concat());
    // They stood until 31 March 2027; thirty days later is 30 April.
    assert!(purge("2027-04-30", &[]).out.contains("0 of 2 decisions were past retention"));
    let before = office.read("decisions.jsonl");
    let shown = purge("2027-05-01", &["--dry-run"]);
    assert!(
        shown.out.contains("2 of 2 decisions") && shown.out.contains("decided on 2026-10-21"),
        "{}",
        shown.out
    );
    assert_eq!(office.read("decisions.jsonl"), before, "a dry run writes nothing");
    let purged = purge("2027-05-01", &[]);
    assert_eq!(purged.code, 0, "{}", purged.err);
    assert!(purged.out.contains("3 lines (2 of them purged), the chain holds"), "{}", purged.out);
    let log = office.read("decisions.jsonl");
    for personal in ["Quellmoor", "Ostervane", "A. Clerk", "B. Keeper", "yarn", "wf-", "not_same"] {
        assert!(!log.contains(personal), "{personal} is still in:\n{log}");
    }
    assert_eq!(office.run(&["decisions", "check", "--as-of", "2027-05-01"]).code, 0);
    assert!(log.contains(&format!("\"check\":\"{}\"", head("then.json"))), "a report's head is still in it");
    // The log can be gone on with.
    assert_eq!(office.screen("2027-05-01", &["--decisions", "decisions.jsonl"]).code, 1, "undecided again");
    assert_eq!(purge("2027-05-02", &[]).out.lines().count(), 1);
    let missing = office.run(&["decisions", "purge", "--decisions", "none.jsonl"]);
    assert_eq!(missing.code, 5, "{}", missing.err);
}
