//! The fixtures of `tests/fixtures/inputs`, read by the program as an officer would have it read: no flag but the file.

use serde_json::Value;

use crate::office::Office;

/// The report on one fixture, and the rows that could not be read.
fn read(file: &str) -> (Value, String) {
    let office = Office::new();
    let path = format!("{}/tests/fixtures/inputs/{file}", env!("CARGO_MANIFEST_DIR"));
    let arguments =
        ["screen", &path, "--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-31"];
    let more = ["--format", "none", "--rejects", "rejects.csv", "-o", "report.json"];
    let ran = office.run(&[&arguments[..], &more[..]].concat());
    assert_eq!(ran.code, 0, "{file}: {}", ran.err);
    (serde_json::from_str(&office.read("report.json")).unwrap(), office.read("rejects.csv"))
}

/// How an input was read, in lines: form, columns, counts.
fn account(report: &Value) -> Vec<String> {
    let input = &report["run"]["inputs"][0];
    let text = |field: &str| input[field].as_str().unwrap_or("-").to_owned();
    let columns = input["columns"].as_object().unwrap();
    let columns: Vec<String> = columns
        .iter()
        .map(|(field, header)| format!("{field}={}", header.as_str().unwrap_or_default()))
        .collect();
    let counts = ["records_read", "screened", "persons", "redacted", "blank_or_total", "rejected"];
    let counts: Vec<String> = counts.iter().map(|count| input[count].to_string()).collect();
    vec![
        [text("kind"), text("format"), text("encoding"), text("delimiter"), text("sheet")].join(" "),
        format!("header {}: {}", input["header_record"], columns.join(", ")),
        format!(
            "{} rows, {} names, total {}",
            counts.join(" "),
            input["distinct_names"],
            text("amount_total")
        ),
    ]
}

#[test]
fn every_fixture_is_read_right() {
    let cases: [(&str, [&str; 3]); 6] = [
        (
            "spend-windows-1252.csv",
            [
                "suppliers csv windows-1252 , -",
                "header 4: amount=Net Amount (£), date=Date Paid, name=Supplier Name",
                "11 5 1 1 4 0 rows, 6 names, total 642.00",
            ],
        ),
        (
            "payments-utf-16.txt",
            [
                "suppliers tsv utf-16le \t -",
                "header 1: amount=Bedrag excl. BTW, date=Betaaldatum, name=Leverancier",
                "3 3 0 0 0 0 rows, 3 names, total 2072.25",
            ],
        ),
        (
            "holdings-two-line-header.xlsx",
            [
                "holdings xlsx - - Full Data",
                "header 4: amount=Value £000, isin=ISIN, name=Description",
                "5 4 0 0 1 0 rows, 4 names, total 58.465",
            ],
        ),
        (
            "ocds-package.json",
            ["contracts ocds utf-8 - -", "header 0: ", "5 4 0 0 1 0 rows, 4 names, total 120400.5"],
        ),
        (
            "suppliers.jsonl",
            [
                "suppliers jsonl utf-8 - -",
                "header 0: amount=spend, company_number=supplier.companyNumber, country=supplier.country, name=supplier.name",
                "3 2 0 0 1 0 rows, 2 names, total 2084.50",
            ],
        ),
        (
            "contracts-register.csv",
            [
                "contracts csv utf-8 , -",
                "header 1: amount=Total Contract Value, contract_end=End Date, contract_id=Contract Reference, contract_start=Start Date, description=Contract Title, name=Contractor/\nProvider",
                "3 3 0 0 0 0 rows, 3 names, total 2080000.00",
            ],
        ),
    ];
    for (file, expected) in cases {
        let (report, rejects) = read(file);
        let found = account(&report);
        assert_eq!(found[0], expected[0], "{file}");
        assert!(found[1].starts_with(expected[1]), "{file}: {}", found[1]);
        assert_eq!(found[2], expected[2], "{file}");
        assert_eq!(rejects.lines().count(), 1, "{file}: only the header of the rejects: {rejects}");
    }
}

#[test]
fn a_row_that_breaks_off_is_rejected_with_its_place() {
    let office = Office::new();
    office.write(
        "paid.csv",
        "Net Amount,Payment Date,Supplier Name\n4.00,01/10/2026,Orrinmoor Kerbs Ltd\n5.00,02/10\n6.00,03/10/2026,Ruddlecombe Roads plc\n",
    );
    let ran = office.screen("2026-10-20", &["--rejects", "rejects.csv", "--format", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rejects = office.read("rejects.csv");
    let row = rejects.lines().nth(1).unwrap();
    assert!(row.contains("paid.csv") && row.contains('3') && row.contains("breaks off"), "{rejects}");
}
