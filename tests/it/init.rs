//! `wharfinger init`.

use crate::office::Office;

#[test]
fn the_file_that_it_writes_is_read_by_the_next_run() {
    let office = Office::new();
    let written = office.run(&["init"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let plain = office.screen("2026-10-20", &["--format", "csv", "--policy", "wharfinger.toml"]);
    std::fs::remove_file(office.path("wharfinger.toml")).unwrap();
    assert_eq!(
        plain.out,
        office.screen("2026-10-20", &["--format", "csv"]).out,
        "every key is at its default"
    );
}

#[test]
fn it_does_not_write_over_a_file_unless_told() {
    let office = Office::new();
    office.write("wharfinger.toml", "fail_on = \"divest\"\n");
    assert_eq!(office.run(&["init"]).code, 2);
    assert_eq!(office.read("wharfinger.toml"), "fail_on = \"divest\"\n");
    assert_eq!(office.run(&["init", "--force"]).code, 0);
    assert_eq!(office.run(&["init", "-"]).out, office.read("wharfinger.toml"));
}

#[test]
fn a_misspelt_key_ends_with_2_and_names_the_right_one() {
    let office = Office::new();
    office.write("wharfinger.toml", "[persons]\nscren = true\n");
    let refused = office.screen("2026-10-20", &[]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("wharfinger.toml:2:1"), "{}", refused.err);
    assert!(refused.err.contains("did you mean `screen`?"), "{}", refused.err);
}
