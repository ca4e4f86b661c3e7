//! The gate of a CI job, tried in a real git repository with the scripts that this repository ships.

use std::process::Command;

use crate::office::{Office, Ran, ended};

fn git(office: &Office, arguments: &[&str]) -> Ran {
    let mut command = Command::new("git");
    command
        .current_dir(office.folder())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    for (name, value) in [("NAME", "A. Clerk"), ("EMAIL", "clerk@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    ended(command.args(arguments))
}

/// The script of the CI job, as the action and the template call it.
fn job(office: &Office, as_of: &str, more: &[(&str, &str)]) -> Ran {
    let mut command = Command::new("bash");
    command
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/ci/screen.sh"))
        .current_dir(office.folder())
        .env("WHARFINGER", env!("CARGO_BIN_EXE_wharfinger"))
        .env("WHARFINGER_FILES", "paid*.csv\ncontracts 2026.csv")
        .env("WHARFINGER_WATCHLISTS", "register.csv")
        .env("WHARFINGER_FAIL_ON", "exclude")
        .env("WHARFINGER_AS_OF", as_of)
        .env("GITHUB_STEP_SUMMARY", office.path("summary.md"));
    for (name, value) in more {
        command.env(name, value);
    }
    ended(&mut command)
}

#[test]
fn a_job_fails_for_what_is_new_and_not_for_what_stands() {
    let office = Office::new();
    office.write(
        "contracts 2026.csv",
        "Supplier,Contract value,Start\nPellworth Kerb & Paving Ltd,9000,01/04/2026\n",
    );
    // The bundled lists are old in this test's year and not critical; the register decides.
    let first = job(&office, "2026-10-20", &[]);
    assert_eq!(first.code, 1, "{}{}", first.out, first.err);
    for report in ["wharfinger.json", "wharfinger.sarif", "wharfinger.xml", "wharfinger.md"] {
        assert!(office.path("wharfinger-report").join(report).is_file(), "{report}");
    }
    assert!(office.read("summary.md").contains("Quellmoor"), "{}", office.read("summary.md"));

    // Baselined, the job passes; the findings stay in the report.
    std::fs::rename(office.path("wharfinger-report/wharfinger.json"), office.path("baseline.json")).unwrap();
    let baseline = [("WHARFINGER_BASELINE", "baseline.json")];
    assert_eq!(job(&office, "2026-11-20", &baseline).code, 0);
    let standing = office.finding("wharfinger-report/wharfinger.json", "Quellmoor");
    assert_eq!((&standing["state"], &standing["flag"]), (&"standing".into(), &"exclude".into()));

    // A supplier that is new fails it again.
    office.edit(
        "register.csv",
        "q3,",
        "q4,Pellworth Kerb & Paving Ltd,,GB,trafficking,current,2026-01-02\nq3,",
    );
    let third = job(&office, "2026-11-20", &baseline);
    assert_eq!(third.code, 1, "{}", third.err);
    assert_eq!(office.finding("wharfinger-report/wharfinger.json", "Pellworth")["state"], "new");
}

#[test]
fn a_commit_is_stopped_by_the_hook_until_somebody_has_decided() {
    let office = Office::new();
    assert_eq!(git(&office, &["init", "--quiet"]).code, 0);
    // The entry of .pre-commit-hooks.yaml, called as pre-commit calls it: with the changed files that it is for.
    let hooks =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.pre-commit-hooks.yaml")).unwrap();
    let entry = hooks.lines().find_map(|line| line.trim().strip_prefix("entry: wharfinger ")).unwrap();
    let hook = format!(
        "#!/bin/sh\nfiles=$(git diff --cached --name-only -- 'paid*.csv')\n[ -z \"$files\" ] || \
         exec '{}' {entry} --as-of 2026-10-20 --no-bundled --watchlists register.csv --decisions decisions.jsonl $files\n",
        env!("CARGO_BIN_EXE_wharfinger")
    );
    let path = ".git/hooks/pre-commit";
    office.write(path, &hook);
    let made = Command::new("chmod").arg("+x").arg(office.path(path)).status().unwrap();
    assert!(made.success());
    git(&office, &["add", "register.csv", "register.toml"]);
    assert_eq!(git(&office, &["commit", "--quiet", "-m", "The register"]).code, 0, "no file to screen");

    git(&office, &["add", "paid.csv"]);
    let stopped = git(&office, &["commit", "--quiet", "-m", "October"]);
    assert_eq!(stopped.code, 1, "{}{}", stopped.out, stopped.err);
    // Git sends what a hook prints to standard error.
    assert!(stopped.err.contains("Quellmoor Zwirnworks"), "{}", stopped.err);
    assert_eq!(
        git(&office, &["rev-parse", "--quiet", "--verify", "HEAD:paid.csv"]).code,
        1,
        "nothing went in"
    );

    office.screen("2026-10-20", &["-o", "report.json", "--format", "none"]);
    let id = |subject| office.finding("report.json", subject)["finding_id"].as_str().unwrap().to_owned();
    let sheet = format!(
        "finding_id,outcome,reason,decided_by,decided_on,review_by\n\
         {},not_same,another trade,A. Clerk,2026-10-20,2027-01-31\n{},same,confirmed,A. Clerk,2026-10-20,2027-01-31\n",
        id("Quellmoor"),
        id("Ostervane")
    );
    office.write("returned.csv", &sheet);
    let filed = office.run(&[
        "decisions",
        "import",
        "returned.csv",
        "--report",
        "report.json",
        "--as-of",
        "2026-10-20",
    ]);
    assert_eq!(filed.code, 0, "{}", filed.err);
    let passed = git(&office, &["commit", "--quiet", "-m", "October"]);
    assert_eq!(passed.code, 0, "{}{}", passed.out, passed.err);
}

#[test]
fn the_scripts_pass_the_inputs_on_and_nothing_else() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = std::fs::read_to_string(root.join("ci/screen.sh")).unwrap();
    let action = std::fs::read_to_string(root.join("action.yml")).unwrap();
    let documented: Vec<&str> = script
        .lines()
        .filter_map(|line| line.strip_prefix("#   WHARFINGER_"))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(documented.len() >= 9, "{documented:?}");
    for name in documented {
        assert!(script.matches(name).count() > 1, "`WHARFINGER_{name}` is documented and not read");
        assert!(
            action.contains(&format!("WHARFINGER_{name}: ${{{{ inputs.")),
            "`WHARFINGER_{name}` is not set by the action"
        );
    }
    let runs: Vec<&str> = action.lines().filter(|line| line.trim_start().starts_with("run:")).collect();
    assert!(
        runs.iter().all(|run| !run.contains("${{")),
        "an input in a script's text is an injection: {runs:?}"
    );
}
