//! What a disk, another run or a kill can do to the program: outputs are whole or as they were, and no gate opens.

use std::fmt::Write as _;
use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::office::{Office, ended};

const SCREEN: [&str; 8] = [
    "screen",
    "paid.csv",
    "--no-bundled",
    "--watchlists",
    "register.csv",
    "--quiet",
    "--as-of",
    "2026-10-20",
];

fn program(office: &Office, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wharfinger"));
    command.current_dir(office.folder()).env("CI", "true").args(arguments);
    command
}

/// The program where no file may grow beyond some kibibytes: what a full disk does, without one.
fn on_a_full_disk(office: &Office, kibibytes: u32, arguments: &[&str]) -> Command {
    let mut command = Command::new("bash");
    command
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_wharfinger"))
        .args(arguments)
        .current_dir(office.folder())
        .env("CI", "true");
    command
}

fn names(office: &Office) -> Vec<String> {
    let entries = std::fs::read_dir(office.folder()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Screens, and writes a sheet of as many lines, all about one finding and none like the one before it.
fn with_a_sheet(office: &Office, lines: usize) {
    office.screen("2026-10-20", &["-o", "report.json", "--format", "none"]);
    let id = office.finding("report.json", "Quellmoor")["finding_id"].as_str().unwrap().to_owned();
    let mut sheet = "finding_id,outcome,reason,decided_by,decided_on,review_by\n".to_owned();
    for line in 0..lines {
        writeln!(sheet, "{id},refer,asked for the {line}th time,A. Clerk,2026-10-20,2027-01-31").unwrap();
    }
    office.write("returned.csv", &sheet);
}

const IMPORT: [&str; 7] =
    ["decisions", "import", "returned.csv", "--report", "report.json", "--as-of", "2026-10-20"];

/// How many lines the log has; the program itself says that its chain holds.
fn lines(office: &Office) -> usize {
    if !office.path("decisions.jsonl").exists() {
        return 0;
    }
    let check = office.run(&["decisions", "check", "--as-of", "2026-10-20"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    office.read("decisions.jsonl").lines().count()
}

#[test]
fn a_full_disk_behind_standard_output_is_no_pass() {
    let office = Office::new();
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        println!("skipped: there is no /dev/full here");
        return;
    };
    for format in ["table", "csv", "json", "md", "sarif"] {
        let ran = ended(
            program(&office, &SCREEN)
                .args(["--format", format, "--fail-on", "exclude"])
                .stdout(full.try_clone().unwrap())
                .stderr(Stdio::piped()),
        );
        assert_eq!(ran.code, 2, "{format}");
        assert!(ran.err.contains("error: "), "{}", ran.err);
    }
}

#[test]
fn a_reader_that_leaves_does_not_open_the_gate() {
    let office = Office::new();
    for (fail_on, code) in [("exclude", 1), ("legal-check", 0)] {
        let mut child = program(&office, &SCREEN)
            .args(["--format", "json", "--fail-on", fail_on])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{fail_on}");
    }
}

#[test]
fn an_output_on_a_full_disk_stays_as_it_was() {
    let office = Office::new();
    let outputs = ["r.json", "r.html", "r.xlsx", "r.csv", "r.jsonl", "r.sarif", "r.xml", "r.md"];
    for name in outputs {
        office.write(name, "before");
    }
    let before = names(&office);
    let arguments: Vec<&str> =
        SCREEN.into_iter().chain(outputs.iter().flat_map(|name| ["-o", name])).collect();
    let ran = ended(&mut on_a_full_disk(&office, 0, &arguments));
    assert_eq!(ran.code, 2, "{}", ran.err);
    for name in outputs {
        assert_eq!(office.read(name), "before", "{name}");
        assert!(ran.err.contains(&format!("cannot write `{name}`")), "each is said: {}", ran.err);
    }
    assert_eq!(names(&office), before, "nothing is left beside them");
}

#[test]
fn an_output_that_cannot_be_written_does_not_lose_the_others() {
    let office = Office::new();
    let more = ["-o", "none/report.json", "-o", "report.json", "--fail-on", "exclude"];
    let ran = office.run(&[&SCREEN[..], &more].concat());
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("make the folder first"), "{}", ran.err);
    assert!(office.read("report.json").contains("Quellmoor") && ran.out.contains("Quellmoor"));
}

#[test]
fn a_log_on_a_full_disk_stays_as_it_was() {
    let office = Office::new();
    with_a_sheet(&office, 3);
    assert_eq!(office.run(&IMPORT).code, 0);
    let (log, before) = (office.read("decisions.jsonl"), names(&office));
    with_a_sheet(&office, 40);
    for kibibytes in [0, 1, 4, 8] {
        let ran = ended(&mut on_a_full_disk(&office, kibibytes, &IMPORT));
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("cannot write `decisions.jsonl`"), "{}", ran.err);
        assert_eq!((office.read("decisions.jsonl"), names(&office)), (log.clone(), before.clone()));
    }
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_log_or_the_new() {
    let office = Office::new();
    with_a_sheet(&office, 400);
    let begun = Instant::now();
    assert_eq!(office.run(&IMPORT).code, 0);
    let whole = begun.elapsed();
    let added = lines(&office);
    assert_eq!(added, 400);
    let (mut before, mut killed) = (added, 0);
    for step in 0..30_u32 {
        let mut child =
            program(&office, &IMPORT).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * step / 30);
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let now = lines(&office);
        assert!(now == before || now == before + added, "{before} lines became {now}");
        before = now;
    }
    assert!(killed > 5, "only {killed} runs were killed before their end");
    // What a killed run leaves does not stand in the way of the next.
    assert_eq!(office.run(&IMPORT).code, 0);
    assert_eq!(lines(&office), before + added);
}

#[test]
fn a_screening_killed_at_any_moment_leaves_whole_reports() {
    let office = Office::new();
    let mut rows = crate::office::PAID.to_owned();
    for row in 0..3_000 {
        writeln!(rows, "Pellworth Kerb {row} & Paving Ltd,{row}.00,09/10/2026").unwrap();
    }
    office.write("paid.csv", &rows);
    let arguments: Vec<&str> =
        SCREEN.into_iter().chain(["-o", "r.json", "-o", "r.xml", "--format", "none"]).collect();
    let begun = Instant::now();
    assert_eq!(office.run(&arguments).code, 0);
    let whole = begun.elapsed();
    let reports = (office.read("r.json"), office.read("r.xml"));
    for step in 0..20_u32 {
        let mut child =
            program(&office, &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * step / 20);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!((office.read("r.json"), office.read("r.xml")) == reports, "step {step}");
    }
}

#[test]
fn eight_runs_at_once_on_one_log_file_every_line() {
    let office = Office::new();
    with_a_sheet(&office, 50);
    let runs: Vec<_> = (0..8)
        .map(|_| program(&office, &IMPORT).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    for run in runs {
        let ended = run.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    assert_eq!(lines(&office), 8 * 50);
}

#[test]
fn a_log_that_another_run_holds_is_waited_for_and_then_said() {
    let office = Office::new();
    with_a_sheet(&office, 1);
    let lock = File::create(office.path("decisions.jsonl.lock")).unwrap();
    lock.lock().unwrap();
    let begun = Instant::now();
    let refused = office.run(&IMPORT);
    assert!(begun.elapsed() >= Duration::from_secs(10));
    assert_eq!(refused.code, 5);
    assert!(refused.err.contains("another run is writing to `decisions.jsonl`"), "{}", refused.err);
    assert!(!office.path("decisions.jsonl").exists());
}

#[test]
fn a_clock_that_is_wrong_opens_nothing() {
    let office = Office::new();
    with_a_sheet(&office, 1);
    assert_eq!(office.run(&IMPORT).code, 0);
    // Set back, the list lies in the future and the decision is not made yet; set on, both are too old.
    let early = office.screen("1970-01-01", &["--decisions", "decisions.jsonl"]);
    assert_eq!(early.code, 3, "{}", early.err);
    let late = office.screen("2106-02-07", &["--decisions", "decisions.jsonl"]);
    assert_eq!(late.code, 5, "{}", late.err);
    let early = office.run(&[&IMPORT[..6], &["1970-01-01"]].concat());
    assert_eq!(early.code, 5, "decided after the day of the import: {}", early.err);
}
