//! Each exit code is reached, and the graver of two wins.

use crate::office::Office;

#[test]
fn nothing_at_the_flag_ends_with_0() {
    let office = Office::new();
    let files =
        ["screen", "paid.csv", "--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-20"];
    assert_eq!(office.run(&files).code, 0, "no flag to fail on");
    assert_eq!(office.run(&[&files[..], &["--fail-on", "legal-check"]].concat()).code, 0);
}

#[test]
fn a_finding_at_the_flag_ends_with_1() {
    assert_eq!(Office::new().screen("2026-10-20", &[]).code, 1);
}

#[test]
fn wrong_usage_policy_and_baseline_end_with_2() {
    let office = Office::new();
    assert_eq!(office.run(&["screen"]).code, 2);
    assert_eq!(office.screen("2026-10-20", &["--format", "pdf"]).code, 2);
    assert_eq!(office.screen("2026-10-20", &["--policy", "none.toml"]).code, 2);
    office.write("no-report.json", "{}");
    assert_eq!(office.screen("2026-10-20", &["--baseline", "no-report.json"]).code, 2);
}

#[test]
fn an_unfit_critical_list_ends_with_3_also_where_there_are_findings() {
    let office = Office::new();
    let late = office.screen("2028-10-20", &["--format", "md"]);
    assert_eq!(late.code, 3, "{}", late.err);
    assert!(late.out.contains("SCREENING NOT COMPLETE"), "{}", late.out);
    let missing = office.run(&["screen", "paid.csv", "--watchlists", "nowhere.csv"]);
    assert_eq!(missing.code, 3, "{}", missing.err);
}

#[test]
fn an_input_without_names_ends_with_4() {
    let office = Office::new();
    for text in
        ["", "Minutes of the meeting of 4 October\n\nIt was raining.\n", "Date,Net Amount\n01/10/2026,4.00\n"]
    {
        office.write("paid.csv", text);
        let ran = office.screen("2026-10-20", &[]);
        assert_eq!(ran.code, 4, "{text:?}: {}", ran.err);
    }
}

#[test]
fn a_text_about_suppliers_ends_with_4_and_is_never_cleared() {
    let office = Office::new();
    let notes = "# How we pay\n\nEvery department keeps its own columns, as the notes below say.\n\n\
        - the supplier, the payee or `Vendor Name` is who was paid, with its number\n\
        - sums are net; some are negative, in brackets\n- totals stand below, in bold, and are left out\n\
        - a page break, if any, repeats the titles\n- what is blank, or a dash, was not known\n";
    office.write("paid.csv", notes);
    let ran = office.screen("2026-10-20", &[]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.err.contains("does not look like a list of suppliers or holdings"), "{}", ran.err);
    assert!(ran.err.contains("`--map name=COLUMN`"), "{}", ran.err);
    assert!(!ran.out.contains("no candidate"), "{}", ran.out);
}

#[test]
fn a_broken_log_ends_with_5() {
    let office = Office::new();
    office.write("decisions.jsonl", "{\"prev\":\"00\",\"record\":{},\"check\":\"00\"}\n");
    assert_eq!(office.screen("2026-10-20", &["--decisions", "decisions.jsonl"]).code, 5);
}

#[test]
fn the_graver_of_several_wins() {
    let office = Office::new();
    let broken = ["--decisions", "decisions.jsonl"];
    office.write("decisions.jsonl", "{\"prev\":\"00\",\"record\":{},\"check\":\"00\"}\n");
    office.write("wrong.toml", "fail_in = \"exclude\"\n");
    office.write("empty.csv", "");
    let (unwritable, wrong) = (["-o", "none/report.json"], ["--policy", "wrong.toml"]);
    let both = |one: &[&'static str], two: &[&'static str]| [one, two].concat();
    for (as_of, more, code, says) in [
        ("2026-10-20", unwritable.to_vec(), 2, "cannot write"),
        ("2028-10-20", unwritable.to_vec(), 3, "cannot write"),
        ("2026-10-20", wrong.to_vec(), 2, "fail_in"),
        ("2026-10-20", both(&wrong, &broken), 5, "fail_in"),
        ("2028-10-20", both(&unwritable, &broken), 5, "decisions.jsonl:1"),
        ("2028-10-20", vec!["empty.csv"], 4, "empty.csv"),
        ("2026-10-20", vec!["empty.csv", "--watchlists", "nowhere.csv"], 4, "nowhere.csv"),
    ] {
        let ran = office.screen(as_of, &more);
        assert_eq!(ran.code, code, "{as_of} {more:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{says}: {}", ran.err);
    }
}
