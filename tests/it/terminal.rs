//! What the terminal shows: piped, in 80 columns and in 140, with colours and links.
//!
//! Scores, weights and names of runs are taken out: they move with the weights, the words should not.

use std::process::Command;

use crate::office::{Office, ended};

macro_rules! snapshot {
    ($name:literal, $text:expr) => {
        insta::with_settings!({
            filters => vec![
                (r"\b[01]\.\d{4}\b", "[score]"),
                (r"[+-]\d+\.\d\d\b", "[weight]"),
                (r"Run [0-9a-f]{16}", "Run [run]"),
            ],
            omit_expression => true,
        }, { insta::assert_snapshot!($name, $text); });
    };
}

const LISTS: [&str; 5] = ["--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-20"];

/// Runs the program on a terminal of its own, so many columns wide; `None` where this machine cannot make one.
fn on_a_terminal(office: &Office, columns: &str, arguments: &[&str]) -> Option<String> {
    let quote = |word: &&str| format!("'{}'", word.replace('\'', r"'\''"));
    let program = env!("CARGO_BIN_EXE_wharfinger");
    let command = [&[program], arguments].concat().iter().map(quote).collect::<Vec<_>>().join(" ");
    let mut script = Command::new("script");
    script.args(["-qec", &command, "/dev/null"]).current_dir(office.folder());
    script.env("COLUMNS", columns).env("TERM", "xterm-256color").env_remove("NO_COLOR").env_remove("CI");
    if Command::new("script").arg("--version").output().is_err() {
        return None;
    }
    Some(ended(&mut script).out.replace("\r\n", "\n"))
}

fn screen(office: &Office) -> Vec<&'static str> {
    office.edit("register.csv", "status,listed_on", "status,listed_on,source_url");
    office.edit(
        "register.csv",
        "2024-09-15",
        "2024-09-15,https://register.example/entries/ostervane-kilnhouse-limited",
    );
    let mut arguments = vec!["screen", "paid.csv", "--quiet", "--no-progress"];
    arguments.extend(LISTS);
    arguments
}

#[test]
fn a_screen_through_a_pipe_is_plain() {
    let office = Office::new();
    let ran = office.run(&screen(&office));
    assert!(!ran.out.contains('\u{1b}'));
    snapshot!("screen_piped", ran.out);
}

#[test]
fn a_screen_tells_on_standard_error_what_it_understood() {
    let office = Office::new();
    let arguments: Vec<&str> = screen(&office).into_iter().filter(|word| *word != "--quiet").collect();
    snapshot!("screen_understood", office.run(&arguments).err);
}

#[test]
fn a_screen_fits_the_terminal_and_uses_a_wide_one() {
    let office = Office::new();
    let arguments = screen(&office);
    for (columns, limit) in [("80", 80), ("140", 140)] {
        let Some(shown) = on_a_terminal(&office, columns, &arguments) else {
            println!("skipped: no `script` here to make a terminal with");
            return;
        };
        let plain = anstream::adapter::strip_str(&shown).to_string();
        assert!(plain.lines().all(|line| line.chars().count() <= limit), "{plain}");
        assert!(shown.contains("\u{1b}]8;;https://register.example/"), "addresses are links: {shown}");
        if columns == "80" {
            snapshot!("screen_80_columns_coloured", shown.replace('\u{1b}', "␛"));
        } else {
            snapshot!("screen_140_columns", plain);
        }
    }
}

#[test]
fn one_name_is_answered_on_one_screen() {
    let office = Office::new();
    let check = |name| office.run(&[&["check", name], &LISTS[..]].concat()).out;
    snapshot!("check_candidate", check("Ostervane Kilnhouse"));
    snapshot!("check_none", check("Pellworth Kerb & Paving"));
}

#[test]
fn two_names_are_compared_and_explained() {
    let office = Office::new();
    let pair = ["compare", "Ostervane Kilnhouse Ltd", "Ostervane Kilnhouse Limited"];
    snapshot!("compare", office.run(&pair).out);
    snapshot!("compare_explained", office.run(&[&pair[..], &["--explain"]].concat()).out);
}
