//! `screen - --no-merge`: rows in, JSON lines out as they come, the same findings as those of a file read whole.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::decisions::decided;
use crate::office::{Office, Ran};

/// The program with rows on its standard input.
fn stream(office: &Office, rows: &[u8], more: &[&str]) -> Ran {
    let mut child = program(office, more).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let rows = rows.to_vec();
    // It may end before it has read all.
    let writer = std::thread::spawn(move || drop(input.write_all(&rows)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn program(office: &Office, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wharfinger"));
    command.current_dir(office.folder()).env("CI", "true");
    command.args(["screen", "-", "--no-merge", "--no-bundled", "--watchlists", "register.csv"]);
    command.args(["--as-of", "2026-10-20"]).args(more);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The findings, without what names the file, and without the numbers that tell rows of one name apart in a whole run.
fn findings(lines: &str) -> Vec<Value> {
    let read = lines.lines().map(|line| {
        let mut finding: Value = serde_json::from_str(line).unwrap();
        let id = finding["finding_id"].as_str().unwrap().split('.').next().unwrap().to_owned();
        finding["finding_id"] = id.into();
        finding["source_file"] = Value::Null;
        finding["subject"]["first"]["file"] = Value::Null;
        finding["subject"]["spellings"][0]["first"]["file"] = Value::Null;
        finding
    });
    let mut read: Vec<Value> = read.collect();
    read.sort_by_key(|finding| (finding["source_row"].as_u64(), finding["entry_id"].to_string()));
    read
}

/// Rows of some thousand names, each several times, with line ends in cells; every fifth may be listed.
fn ledger(rows: u32) -> String {
    let mut text = String::from("Supplier Name,Supplier ID,Net Amount,Payment Date,Country,Narrative\n");
    for row in 0..rows {
        let name = match row % 10 {
            0 => "Quellmoor Zwirnworks GmbH".to_owned(),
            5 => format!("Ostervane Kilnhouse {}", ["Ltd", "Limited", "(UK)"][row as usize / 10 % 3]),
            _ => format!("Pellworth {} Kerb & Paving Ltd", row % 1_013),
        };
        let country = ["DE", "GB", ""][row as usize % 3];
        writeln!(text, "{name},S{},{row}.50,02/10/2026,{country},\"paid,\nas agreed\"", row % 977).unwrap();
    }
    text
}

#[test]
fn a_stream_finds_what_the_whole_file_has() {
    let office = Office::new();
    let rows = ledger(12_000);
    office.write("ledger.csv", &rows);
    let decided = ["--decisions", "none.jsonl"];
    let streamed = stream(&office, rows.as_bytes(), &decided);
    assert_eq!(streamed.code, 0, "{}", streamed.err);
    let arguments = ["screen", "ledger.csv", "--no-merge", "--no-bundled", "--watchlists", "register.csv"];
    let whole = office.run(&[&arguments[..], &["--as-of", "2026-10-20", "--format", "jsonl"]].concat());
    let (streamed_findings, whole_findings) = (findings(&streamed.out), findings(&whole.out));
    assert!(whole_findings.len() > 2_000);
    assert!(streamed_findings == whole_findings);
    // In the order of the rows, and the same bytes whatever the threads.
    let order: Vec<u64> = streamed
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["source_row"].as_u64().unwrap())
        .collect();
    assert!(order.is_sorted());
    assert!(streamed.err.contains("12000 records = 12000 screened"), "{}", streamed.err);
    for threads in ["1", "3"] {
        assert!(stream(&office, rows.as_bytes(), &["--threads", threads]).out == streamed.out, "{threads}");
    }
}

#[test]
fn lines_of_json_are_screened_too() {
    let office = Office::new();
    let mut lines = String::new();
    for (row, name) in
        ["Quellmoor Zwirnworks GmbH", "Pellworth Kerb Ltd", "Ostervane Kilnhouse Ltd"].iter().enumerate()
    {
        writeln!(lines, "{{\"row\":{row},\"supplier\":\"{name}\",\"paid\":12.5}}").unwrap();
    }
    let named = ["--map", "name=supplier", "--map", "id=row", "--map", "amount=paid", "--format", "jsonl"];
    let ran = stream(&office, lines.as_bytes(), &named);
    let found: BTreeMap<String, String> = findings(&ran.out)
        .iter()
        .map(|f| (f["subject_id"].as_str().unwrap().to_owned(), f["entry_id"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(found, [("0", "q1"), ("2", "q2")].map(|(id, entry)| (id.to_owned(), entry.to_owned())).into());
    assert_eq!(findings(&ran.out)[0]["amount"], "12.5");

    let spoilt = lines.replace("{\"row\":1,", "{row:1,");
    let rejects = ["--rejects", "rejects.csv"];
    let ran = stream(&office, spoilt.as_bytes(), &[&named[..], &rejects].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("2 screened") && ran.err.contains("1 rejected"), "{}", ran.err);
    assert!(
        office.read("rejects.csv").contains("-,,2,2,the line is not JSON"),
        "{}",
        office.read("rejects.csv")
    );
}

#[test]
fn the_exit_code_is_that_of_a_whole_run() {
    let office = Office::new();
    let paid = office.read("paid.csv");
    let code = |rows: &str, more: &[&str]| stream(&office, rows.as_bytes(), more).code;
    assert_eq!(code(&paid, &["--fail-on", "exclude"]), 1);
    assert_eq!(code(&paid, &["--fail-on", "legal-check"]), 0);
    assert_eq!(code("", &[]), 4);
    assert_eq!(code("", &["--allow-empty"]), 0);
    assert_eq!(code("Supplier Name,Amount\n", &["--allow-empty"]), 0);
    assert_eq!(code("Supplier Name,Amount\nREDACTED,5\n", &["--allow-empty"]), 4);
    assert_eq!(code("Dear all,\nthis is a letter.\n", &["--allow-empty"]), 4);
    assert_eq!(code(&paid, &["--map", "name=nowhere"]), 2);
    assert_eq!(code(&paid, &["--format", "csv", "--allow-empty"]), 2);
    office.edit("register.toml", "max_age_days = 400", "max_age_days = 4");
    assert_eq!(code(&paid, &["--fail-on", "exclude"]), 3);
}

#[test]
fn decisions_stand_in_a_stream_as_in_a_file() {
    let office = decided();
    let paid = office.read("paid.csv");
    let states = |as_of: &str, code: i32| {
        let judged = ["--decisions", "decisions.jsonl", "--fail-on", "exclude", "--as-of", as_of];
        // `program` names a day of its own.
        let mut command = Command::new(env!("CARGO_BIN_EXE_wharfinger"));
        let common = ["--no-merge", "--no-bundled", "--watchlists", "register.csv", "--format", "jsonl"];
        command
            .current_dir(office.folder())
            .env("CI", "true")
            .args(["screen", "-"])
            .args(common)
            .args(judged);
        let streamed = command.stdin(std::fs::File::open(office.path("paid.csv")).unwrap()).output().unwrap();
        let whole = office.run(&[&["screen", "paid.csv"], &common[..], &judged].concat());
        assert_eq!((streamed.status.code(), whole.code), (Some(code), code), "{}", whole.err);
        let streamed = findings(&String::from_utf8(streamed.stdout).unwrap());
        assert!(streamed == findings(&whole.out), "{as_of}: {streamed:#?} {}", whole.out);
        streamed.iter().map(|finding| finding["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(paid.contains("Quellmoor") && paid.contains("Ostervane"));
    assert_eq!(states("2026-11-20", 0), ["standing", "standing"]);
    office.edit(
        "register.csv",
        "Quellmoor Zwirnworks GmbH,,",
        "Quellmoor Zwirnworks GmbH,Leeds Yarn & Zwirn,",
    );
    assert_eq!(states("2026-11-20", 1), ["reopened", "standing"]);
    office.edit("register.csv", "Leeds Yarn & Zwirn", "");
    assert_eq!(states("2027-04-01", 5), ["expired_decision", "expired_decision"]);
}

/// The message says to look at them there.
#[test]
fn too_many_rejected_rows_are_written_where_they_are_asked_for() {
    let office = Office::new();
    let rows = "Net Amount,Payment Date,Supplier Name\n".to_owned()
        + &"4.00,01/10/2026,Quellmoor Zwirnworks GmbH\n".repeat(9)
        + &"5.00,02/10\n".repeat(5);
    office.write("spoilt.csv", &rows);
    let rejects = |ran: &Ran| {
        assert_eq!(ran.code, 4, "{}", ran.err);
        assert!(ran.err.contains("5 of 14 rows") && ran.err.contains("--rejects"), "{}", ran.err);
        let written = office.read("rejects.csv");
        std::fs::remove_file(office.path("rejects.csv")).unwrap();
        assert_eq!(written.lines().count(), 6, "{written}");
        assert!(
            written.lines().last().unwrap().contains(",15,15,the row breaks off before the name column"),
            "{written}"
        );
    };
    rejects(&stream(&office, rows.as_bytes(), &["--rejects", "rejects.csv"]));
    let whole =
        ["--no-bundled", "--watchlists", "register.csv", "--format", "none", "--rejects", "rejects.csv"];
    rejects(&office.run(&[&["screen", "spoilt.csv"], &whole[..]].concat()));
    rejects(&office.run(&[&["screen", "spoilt.csv", "paid.csv"], &whole[..]].concat()));
}

#[test]
fn what_asks_for_the_whole_run_is_given_the_whole_run() {
    let office = Office::new();
    let paid = office.read("paid.csv");
    let ran = stream(&office, paid.as_bytes(), &["--format", "jsonl", "-o", "report.json"]);
    let report: Value = serde_json::from_str(&office.read("report.json")).unwrap();
    assert_eq!(findings(&ran.out).len(), report["findings"].as_array().unwrap().len());
    let ran = stream(&office, paid.as_bytes(), &["--format", "csv"]);
    assert!(ran.out.starts_with("finding_id,"), "{}", ran.out);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let office = Office::new();
    let mut child = program(&office, &["--quiet", "--fail-on", "exclude"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let rows = ledger(60_000);
        drop(input.write_all(rows.as_bytes()));
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    // What was found before decides.
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(1), ""));
    writer.join().unwrap();
}

#[test]
fn findings_leave_before_the_last_row_has_come() {
    let office = Office::new();
    let mut child = program(&office, &["--quiet"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let rows = ledger(110_000);
    let (now, later) = rows.split_at(rows.len() - 100);
    let writer = {
        let now = now.to_owned();
        std::thread::spawn(move || {
            input.write_all(now.as_bytes()).unwrap();
            input
        })
    };
    // The first line is read while the input is open.
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let rest = std::thread::spawn(move || lines.lines().count());
    let mut input = writer.join().unwrap();
    input.write_all(later.as_bytes()).unwrap();
    drop(input);
    assert!(rest.join().unwrap() > 20_000);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Four times the rows, and the same peak. (Of fewer rows the peak may be read before they are all looked at.)
#[test]
fn memory_does_not_grow_with_rows() {
    let office = Office::new();
    let peak = |rows: u32| {
        let mut child =
            program(&office, &["--quiet", "--min-score", "0.99", "--threads", "2"]).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut out = child.stdout.take().unwrap();
        let drain = std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()).unwrap());
        let block = ledger(10_000);
        let (header, body) = block.split_once('\n').unwrap();
        writeln!(input, "{header}").unwrap();
        for _ in 0..rows / 10_000 {
            input.write_all(body.as_bytes()).unwrap();
        }
        // All but what the pipe holds is read; the program waits for more.
        let peak = std::fs::read_to_string(status).ok().and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        });
        drop(input);
        assert_eq!(child.wait().unwrap().code(), Some(0));
        drain.join().unwrap();
        peak
    };
    let (Some(few), Some(many)) = (peak(200_000), peak(800_000)) else {
        println!("skipped: no /proc here");
        return;
    };
    assert!(many < few + few / 2, "{few} KiB for 200,000 rows, {many} KiB for 800,000");
}
