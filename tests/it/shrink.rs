//! A list that has lost entries since the last run, and one that is not whole.

use crate::office::Office;

/// An office that asks the register to keep nine of ten entries, whose list says nothing of its own.
fn office(policy: &str) -> Office {
    let office = Office::new();
    office.write("wharfinger.toml", policy);
    let first = office.screen("2026-10-20", &["-o", "october.json", "--format", "none"]);
    assert_eq!(first.code, 1, "{}", first.err);
    office
}

const SHRUNK: &str = "2 entries, 3 before: shrunk by more than";
const LOST: &str = "q3,Brackwell Oxhide Tanneries SA,,PT,child_labour_worst_forms,removed,2023-01-10\n";

#[test]
fn a_list_that_shrank_since_the_baseline_ends_with_3() {
    for (policy, limit) in [("", 30), ("[lists.register]\nmax_shrink_percent = 10\n", 10)] {
        let office = office(policy);
        let against = ["--baseline", "october.json", "-o", "now.json", "--format", "md"];
        assert_eq!(office.screen("2026-11-20", &against).code, 0, "nothing has shrunk");
        office.edit("register.csv", LOST, "");
        let shrunk = office.screen("2026-11-20", &against);
        assert_eq!(shrunk.code, 3, "{}", shrunk.err);
        assert!(shrunk.out.contains("SCREENING NOT COMPLETE"), "{}", shrunk.out);
        assert!(
            office.read("now.json").contains(&format!("{SHRUNK} {limit} %")),
            "{}",
            office.read("now.json")
        );
        // The run that took it in is what the next one is held against.
        std::fs::rename(office.path("now.json"), office.path("october.json")).unwrap();
        assert_eq!(office.screen("2026-11-21", &against).code, 0);
    }
}

#[test]
fn what_the_policy_allows_to_go_may_go() {
    let office = office("[lists.register]\nmax_shrink_percent = 40\n");
    office.edit("register.csv", LOST, "");
    assert_eq!(office.screen("2026-11-20", &["--baseline", "october.json"]).code, 0);
}

#[test]
fn without_a_baseline_the_version_kept_beside_the_list_counts_where_the_policy_asks() {
    for (policy, code) in [("", 1), ("[lists.register]\nmax_shrink_percent = 10\n", 3)] {
        let office = office(policy);
        std::fs::copy(office.path("register.csv"), office.path("register.csv.old")).unwrap();
        office.edit("register.csv", LOST, "");
        assert_eq!(office.screen("2026-11-20", &[]).code, code, "{policy}");
    }
}

#[test]
fn a_list_that_is_not_whole_is_said_on_standard_error_and_by_check() {
    let office = Office::new();
    office.edit("register.toml", "complete = true", "complete = false\nentries_at_source = 40");
    let files =
        ["screen", "paid.csv", "--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-20"];
    let screened = office.run(&files);
    assert!(
        screened.err.contains(
            "1 of 1 lists may miss entries of their sources (`register`: not complete: 3 entries of 40"
        ),
        "{}",
        screened.err
    );
    assert!(office.run(&[&files[..], &["--quiet"]].concat()).err.is_empty());
    let check =
        ["watchlists", "check", "--watchlists", "register.csv", "--no-bundled", "--as-of", "2026-10-20"];
    let checked = office.run(&check);
    assert!(
        checked.out.contains("not complete: 3 entries of 40 at the source"),
        "{}{}",
        checked.out,
        checked.err
    );
}
