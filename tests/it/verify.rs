//! A report that is verified: the same when nothing moved, and what moved is said by name.

use crate::office::Office;

const LISTS: [&str; 2] = ["--watchlists", "register.csv"];

fn reported(more: &[&str]) -> Office {
    let office = Office::new();
    let mut arguments = vec!["-o", "run.json", "--format", "none"];
    arguments.extend(more);
    office.screen("2026-11-20", &arguments);
    office
}

#[test]
fn an_untouched_run_is_what_its_inputs_give() {
    let office = reported(&[]);
    let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    assert!(verified.out.ends_with("`run.json` is what its inputs give\n"), "{}", verified.out);
}

#[test]
fn options_policy_and_decisions_are_part_of_the_run() {
    let office = Office::new();
    office.write("wharfinger.toml", "fail_on = \"divest\"\n");
    let options = ["-o", "run.json", "--map", "name=Supplier Name", "--no-merge", "--decisions", "log.jsonl"];
    office.screen("2026-11-20", &options);
    let verify = ["verify", "run.json", "--watchlists", "register.csv", "--decisions", "log.jsonl"];
    let verified = office.run(&verify);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    office.write("wharfinger.toml", "fail_on = \"exclude\"\n");
    let changed = office.run(&verify);
    assert_eq!(changed.code, 2, "{}", changed.out);
    assert!(changed.out.contains("DIFFERENT policy"), "{}", changed.out);
}

#[test]
fn a_changed_input_ends_with_4_and_names_the_finding() {
    let office = reported(&[]);
    office.edit("paid.csv", "Quellmoor Zwirnworks GmbH", "Pellworth Somebody Ltd");
    let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert_eq!(verified.code, 4, "{}", verified.out);
    assert!(verified.out.contains("DIFFERENT input `paid.csv`"), "{}", verified.out);
    assert!(verified.out.contains("(Quellmoor Zwirnworks GmbH) is not found again"), "{}", verified.out);
    std::fs::remove_file(office.path("paid.csv")).unwrap();
    let gone = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert_eq!(gone.code, 4);
    assert!(gone.out.contains("input `paid.csv` cannot be read"), "{}", gone.out);
}

#[test]
fn a_changed_list_ends_with_3() {
    let office = reported(&[]);
    office.edit("register.csv", "2025-03-01", "2025-03-02");
    let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert_eq!(verified.code, 3, "{}", verified.out);
    assert!(verified.out.contains("DIFFERENT list `register`"), "{}", verified.out);
}

#[test]
fn an_edited_report_is_found_out() {
    let office = reported(&[]);
    office.edit("run.json", "\"flag\": \"exclude\"", "\"flag\": \"monitor\"");
    let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert_eq!(verified.code, 1, "{}", verified.out);
    assert!(verified.out.contains("differs in flag"), "{}", verified.out);
}

#[test]
fn what_is_no_report_is_refused() {
    let office = Office::new();
    for text in ["", "{}", "[1]", "{\"run\":{}}"] {
        office.write("run.json", text);
        assert_eq!(office.run(&["verify", "run.json"]).code, 2, "{text}");
    }
}

/// A report that came from somebody else can name options and files as it likes.
#[test]
fn a_hostile_report_writes_nothing_and_always_ends() {
    for option in ["rejects", "output", "annotate", "certificate", "threads", "watchlists"] {
        let office = reported(&[]);
        office.edit(
            "run.json",
            "\"no_bundled\": \"true\"",
            &format!("\"no_bundled\": \"true\", \"{option}\": \"taken.csv\""),
        );
        let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
        assert_eq!(verified.code, 2, "{option}: {}{}", verified.out, verified.err);
        assert!(verified.err.contains(&format!("no run has the option `{option}`")), "{}", verified.err);
        assert!(!office.path("taken.csv").exists(), "{option}");
    }
    let office = reported(&[]);
    std::fs::copy(office.path("paid.csv"), office.path("--rejects=taken.csv")).unwrap();
    office.edit("run.json", "\"path\": \"paid.csv\"", "\"path\": \"--rejects=taken.csv\"");
    let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert!(!office.path("taken.csv").exists(), "{}{}", verified.out, verified.err);
    office.edit("run.json", "\"path\": \"--rejects=taken.csv\"", "\"path\": \"/dev/zero\"");
    let verified = office.run(&[&["verify", "run.json"], &LISTS[..]].concat());
    assert_eq!(verified.code, 4, "{}{}", verified.out, verified.err);
    assert!(verified.out.contains("cannot be read: it is not a file"), "{}", verified.out);
}
