//! A council's office in a temporary folder: a list of our own, a file of payments, and the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A register of companies that nobody has: a foreign government's final decisions.
const REGISTER: &str = "\
id,name,aliases,country,ground,status,listed_on
q1,Quellmoor Zwirnworks GmbH,,DE,forced_labour,current,2025-03-01
q2,Ostervane Kilnhouse Limited,,GB,debt_bondage,current,2024-09-15
q3,Brackwell Oxhide Tanneries SA,,PT,child_labour_worst_forms,removed,2023-01-10
";

const REGISTER_FACTS: &str = "\
title = \"Register of made-up employers\"
publisher = \"A made-up ministry\"
jurisdiction = \"XK\"
authority = \"B\"
proof = \"administrative_final\"
default_ground = \"forced_labour\"
published_on = \"2026-10-01\"
retrieved_on = \"2026-10-01\"
min_entries = 1
max_age_days = 400
critical = true
complete = true
";

/// What the council paid in October.
pub(crate) const PAID: &str = "\
Supplier Name,Net Amount,Payment Date
Quellmoor Zwirnworks GmbH,1200.00,02/10/2026
Ostervane Kilnhouse Ltd,80400.50,05/10/2026
Pellworth Kerb & Paving Ltd,310.00,09/10/2026
";

/// The office.
pub(crate) struct Office {
    folder: TempDir,
}

/// How a run of the program ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Office {
    /// An office with the register and the payments of October.
    pub(crate) fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        office.write("register.csv", REGISTER);
        office.write("register.toml", REGISTER_FACTS);
        office.write("paid.csv", PAID);
        office
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Replaces a text in a file that must hold it.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "`{from}` is not in {name}:\n{text}");
        self.write(name, &text.replace(from, to));
    }

    /// Runs the program in the office.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wharfinger"));
        ended(command.current_dir(self.folder()).env("CI", "true").args(arguments))
    }

    /// Screens the payments against the register on a day and fails from `exclude` on.
    pub(crate) fn screen(&self, as_of: &str, more: &[&str]) -> Ran {
        let mut arguments =
            vec!["screen", "paid.csv", "--no-bundled", "--watchlists", "register.csv", "--quiet"];
        arguments.extend(["--as-of", as_of, "--fail-on", "exclude"]);
        arguments.extend(more);
        self.run(&arguments)
    }

    /// The findings of a JSON report, by the subject's name.
    pub(crate) fn finding(&self, report: &str, subject: &str) -> serde_json::Value {
        let report: serde_json::Value = serde_json::from_str(&self.read(report)).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let found = findings.iter().find(|f| f["subject_name"].as_str().unwrap().starts_with(subject));
        found.unwrap_or_else(|| panic!("no finding of {subject} in {findings:#?}")).clone()
    }
}

/// Runs a command to its end.
pub(crate) fn ended(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
