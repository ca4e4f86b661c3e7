//! `docs/ci.md`: its console blocks are run, in order, in one office.
//!
//! `WRITE_DOCS=1 cargo test --test it ci_page` writes what they print into the page. Lines that say how well two names
//! agree may change with the matcher and are not held to the letter; exit codes and all other lines are.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::office::{Office, ended};

/// Runs one command line as a shell of the page's reader would, keeping what earlier lines exported.
fn shell(office: &Office, exports: &str, line: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_wharfinger")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let ran = ended(
        Command::new("bash")
            .args(["-c", &format!("{exports}\n{line}")])
            .current_dir(office.folder())
            .env("PATH", path)
            .env("CI", "true")
            .env_remove("GITHUB_STEP_SUMMARY"),
    );
    let mut text = format!("{}{}", ran.out, ran.err);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if ran.code != 0 {
        writeln!(text, "(exit code {})", ran.code).unwrap();
    }
    text
}

/// The page with what its commands print now.
fn run_page(page: &str) -> String {
    let office = Office::new();
    std::fs::create_dir(office.path("ci")).unwrap();
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/screen.sh"), office.path("ci/screen.sh"))
        .unwrap();
    let (mut written, mut exports, mut console) = (String::new(), String::new(), false);
    for line in page.lines() {
        if line.starts_with("```") {
            console = line == "```console";
        }
        match line.strip_prefix("$ ") {
            Some(command) if console => {
                writeln!(written, "{line}").unwrap();
                if command.starts_with("export ") {
                    writeln!(exports, "{command}").unwrap();
                } else {
                    written.push_str(&shell(&office, &exports, command));
                }
            }
            None if console && line != "```console" => {}
            _ => writeln!(written, "{line}").unwrap(),
        }
    }
    written
}

/// The lines that do not depend on how the matcher words and weighs a match.
fn firm_lines(page: &str) -> Vec<&str> {
    let depends = |line: &&str| {
        ["0.", "1.0000", "listed name", "next:", "Next:", "£", "on register", "Run `", "head "]
            .iter()
            .any(|sign| line.contains(sign))
    };
    page.lines().filter(|line| !depends(line)).collect()
}

#[test]
fn the_page_shows_what_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let fresh = run_page(&page);
    if std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    } else {
        let advice = "docs/ci.md is stale: run `WRITE_DOCS=1 cargo test --test it ci_page`";
        assert_eq!(firm_lines(&page).join("\n"), firm_lines(&fresh).join("\n"), "{advice}");
    }
}
