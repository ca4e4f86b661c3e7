//! What a run writes beside its report: the officer's rows back, certificates, two versions for two audiences.

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::office::Office;

const PAID_FROM: &str = "Payments over \u{a3}500,,\r\n\r\nSupplier Name,Net Amount,Ref\r\n\"Quellmoor  Zwirnworks GmbH\",\"1,200.00\",007\r\nREDACTED PERSONAL DATA,12.00,008\r\nPellworth Kerb & Paving Ltd,310.00,=1+1\r\nTotal,\"1,522.00\",\r\n";

fn screen(office: &Office, more: &[&str]) -> crate::office::Ran {
    let mut arguments =
        vec!["screen", "--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-20"];
    arguments.extend(["--quiet", "--format", "none"]);
    arguments.extend(more);
    office.run(&arguments)
}

#[test]
fn the_officers_own_rows_come_back_with_the_answers_beside_them() {
    let office = Office::new();
    office.write("october.csv", PAID_FROM);
    let ran = screen(&office, &["october.csv", "--annotate", "back.csv", "-o", "report.json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let back = office.read("back.csv");
    let lines: Vec<&str> = back.trim_start_matches('\u{feff}').split("\r\n").collect();
    let given: Vec<&str> = PAID_FROM.split("\r\n").collect();
    assert_eq!(lines.len(), given.len());
    for (line, given) in lines.iter().zip(&given) {
        assert!(line.starts_with(given), "their characters are untouched: {line}");
    }
    assert!(lines[2].contains("Ref,wharfinger_result,wharfinger_flag,"), "{}", lines[2]);
    assert!(
        lines[3].contains("007,candidate,exclude,confirm identity,Quellmoor Zwirnworks GmbH,register,"),
        "{}",
        lines[3]
    );
    assert!(lines[4].starts_with("REDACTED PERSONAL DATA,12.00,008,not screened,"), "{}", lines[4]);
    assert!(lines[5].contains(",no candidate on these list versions,"), "{}", lines[5]);
    assert!(lines[6].contains(",not screened,"), "{}", lines[6]);

    let ran = screen(&office, &["october.csv", "--annotate", "back.xlsx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut book: Xlsx<_> = open_workbook(office.path("back.xlsx")).unwrap();
    let sheet = book.worksheet_range("october").unwrap();
    assert_eq!(sheet.get_value((3, 2)), Some(&Data::String("007".to_owned())));
    assert_eq!(sheet.get_value((3, 3)), Some(&Data::String("candidate".to_owned())));
    assert_eq!(book.worksheet_formula("october").unwrap().used_cells().count(), 0);
}

#[test]
fn several_files_come_back_in_a_folder() {
    let office = Office::new();
    office.write("october.csv", PAID_FROM);
    let ran = screen(&office, &["paid.csv", "october.csv", "--annotate", "back.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("one table, and 2 were read"), "{}", ran.err);
    assert!(ran.err.contains("hint: name a folder for a file each"), "{}", ran.err);
    let ran = screen(&office, &["paid.csv", "october.csv", "--annotate", "back"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(office.read("back/paid.annotated.csv").contains(",candidate,exclude,"));
    assert!(office.read("back/october.annotated.csv").contains(",candidate,exclude,"));
    let ran = screen(&office, &["paid.csv", "--annotate", "paid.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("inputs are never written over"), "{}", ran.err);
    assert_eq!(office.read("paid.csv"), crate::office::PAID);
    let ran = screen(&office, &["paid.csv", "--annotate", "back.pdf"]);
    assert_eq!((ran.code, ran.err.contains("hint: end the name in .csv or .xlsx")), (2, true), "{}", ran.err);
}

#[test]
fn a_certificate_tells_three_results_apart() {
    let office = Office::new();
    office.edit("paid.csv", "Pellworth", "Brackwell");
    let ran = screen(
        &office,
        &[
            "paid.csv",
            "--certificate",
            "audit.md",
            "--subject",
            "quellmoor zwirnworks gmbh",
            "--subject",
            "Brackwell Kerb & Paving Ltd",
            "--subject",
            "Someone Else Ltd",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("`Someone Else Ltd` was not screened"), "{}", ran.err);
    let text = office.read("audit.md");
    assert!(
        text.contains("# Certificate of screening: Quellmoor Zwirnworks GmbH\n\n**Result: 1 candidate.**"),
        "{text}"
    );
    assert!(
        text.contains("**Result: no candidate on these list versions. That is not clearance.**"),
        "{text}"
    );
    assert!(text.contains("# Not screened: Someone Else Ltd\n\n**Result: not screened."), "{text}");
    assert!(text.contains("Brackwell Oxhide Tanneries SA on register, score 0."), "the near miss: {text}");
    assert!(text.contains("Not raised: the run reports scores from 0.7000 on."), "{text}");
    assert!(text.contains("| register | 2026-10-01"), "the list versions: {text}");

    let ran = screen(&office, &["paid.csv", "--certificate", "audit.html", "--subject", "Someone Else Ltd"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(office.read("audit.html").contains("<h1 class=\"alarm\">Not screened: Someone Else Ltd</h1>"));
    for (wrong, says) in [
        (&["paid.csv", "--certificate", "audit.md"][..], "--subject"),
        (&["paid.csv", "--certificate", "audit.pdf", "--subject", "x"], ".html or .md"),
        (
            &["paid.csv", "--certificate", "a.md", "--subject", "x", "--audience", "public"],
            "no public version",
        ),
    ] {
        let ran = screen(&office, wrong);
        assert_eq!(ran.code, 2, "{wrong:?}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

#[test]
fn one_name_can_be_certified() {
    let office = Office::new();
    let ran = office.run(&[
        "check",
        "Ostervane",
        "Kilnhouse",
        "--no-bundled",
        "--watchlists",
        "register.csv",
        "--as-of",
        "2026-10-20",
        "--certificate",
        "one.html",
        "--format",
        "none",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = office.read("one.html");
    assert!(page.contains("<h1>Certificate of screening: Ostervane Kilnhouse</h1>"), "{page}");
    assert!(page.contains("Possible match to the entry Ostervane Kilnhouse Limited on register"), "{page}");
}

/// The names of run and result in a report, whatever its format.
fn names_of_the_run(office: &Office, file: &str, json: &serde_json::Value) {
    let text = if std::path::Path::new(file).extension().is_some_and(|e| e == "xlsx") {
        let mut book: Xlsx<_> = open_workbook(office.path(file)).unwrap();
        let summary = book.worksheet_range("Summary").unwrap();
        summary.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    } else {
        office.read(file)
    };
    let run = json["run"]["id"].as_str().unwrap();
    assert!(text.contains(run), "{file} names the run {run}");
}

#[test]
fn two_versions_of_one_run_in_every_format() {
    const ENDINGS: [&str; 8] = ["html", "xlsx", "csv", "json", "jsonl", "sarif", "xml", "md"];
    let office = Office::new();
    office.write("wharfinger.toml", "[report]\ncontact = \"fairness@council.example\"\n");
    for audience in ["exempt", "public"] {
        let names: Vec<String> = ENDINGS.iter().map(|ending| format!("{audience}.{ending}")).collect();
        let mut arguments = vec!["paid.csv", "--audience", audience];
        arguments.extend(names.iter().flat_map(|name| ["-o", name]));
        let ran = screen(&office, &arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let json = |audience: &str| -> serde_json::Value {
        serde_json::from_str(&office.read(&format!("{audience}.json"))).unwrap()
    };
    let (exempt, public) = (json("exempt"), json("public"));
    for name in ["id", "results_sha256", "policy_sha256", "contact"] {
        assert!(exempt["run"][name].is_string(), "{name}");
        assert_eq!(exempt["run"][name], public["run"][name], "{name}");
    }
    for ending in ENDINGS {
        let (ours, theirs) = (format!("exempt.{ending}"), format!("public.{ending}"));
        if !matches!(ending, "csv" | "jsonl") {
            names_of_the_run(&office, &ours, &exempt);
            names_of_the_run(&office, &theirs, &exempt);
        }
        let bytes = std::fs::read(office.path(&theirs)).unwrap();
        let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        assert!(!holds(b"Quellmoor") && !holds(b"Ostervane"), "{theirs} names nobody unconfirmed");
    }
    assert!(office.read("public.html").contains("fairness@council.example"));
    let mut book: Xlsx<_> = open_workbook(office.path("public.xlsx")).unwrap();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let named = range.rows().flatten().any(|cell| cell.to_string().contains("Quellmoor"));
        assert!(!named, "{sheet} of the public workbook");
    }

    // The policy may allow it, and says so in its own hash.
    office.write("wharfinger.toml", "[report]\npublic_names = true\n");
    let ran = screen(&office, &["paid.csv", "--audience", "public", "-o", "named.json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(office.read("named.json").contains("Quellmoor"));
    let verified = office.run(&["verify", "named.json", "--watchlists", "register.csv"]);
    assert!(verified.out.contains("is what its inputs give"), "{}", verified.out);
}
