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

#[test]
fn persons_are_screened_on_a_stated_basis_which_the_report_carries() {
    let office = Office::new();
    office.write(
        "paid.csv",
        "Supplier Name,Net Amount\nMrs Q Ostervane,12.00\nPellworth Kerb & Paving Ltd,3.00\n",
    );
    office.write("wharfinger.toml", "[persons]\nscreen = true\n");
    assert_eq!(office.screen("2026-10-20", &[]).code, 2, "no basis is stated");
    office.write("wharfinger.toml", "[persons]\nscreen = true\nlawful_basis = \"GDPR article 6(1)(e)\"\n");
    office.screen("2026-10-20", &["-o", "run.json", "--format", "none"]);
    let report: serde_json::Value = serde_json::from_str(&office.read("run.json")).unwrap();
    assert_eq!(report["run"]["options"]["policy.persons.lawful_basis"], "GDPR article 6(1)(e)");
    assert_eq!(report["run"]["inputs"][0]["persons"], 0);
    let verified = office.run(&["verify", "run.json", "--watchlists", "register.csv"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    std::fs::remove_file(office.path("wharfinger.toml")).unwrap();
    let warned = office.screen("2026-10-20", &["--include-persons"]);
    assert!(warned.err.contains("no policy states the lawful basis"), "{}", warned.err);
}
