//! SARIF through the program: where a result stands, and what stays when rows move.

use crate::office::{Office, PAID};

/// The fingerprint and the line of each result.
fn results(office: &Office) -> Vec<(String, u64)> {
    office.screen("2026-10-20", &["-o", "report.sarif", "--format", "none"]);
    let log: serde_json::Value = serde_json::from_str(&office.read("report.sarif")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let told = results.iter().map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "paid.csv");
        let print = result["partialFingerprints"]["findingId/v1"].as_str().unwrap().to_owned();
        (print, place["region"]["startLine"].as_u64().unwrap())
    });
    told.collect()
}

#[test]
fn fingerprints_stay_and_lines_follow_when_rows_move() {
    let office = Office::new();
    let before = results(&office);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0].0, before[1].0);
    let mut lines: Vec<u64> = before.iter().map(|(_, line)| *line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 3]);
    // Two rows above, in another case, and with another amount.
    let moved = PAID.replacen(
        "Quellmoor Zwirnworks GmbH,1200.00",
        "Ambleforth Tyre & Exhaust Ltd,5.00,01/10/2026\nSaltmarsh Catering Ltd,7.00,01/10/2026\nQUELLMOOR ZWIRNWORKS GMBH,1.00",
        1,
    );
    office.write("paid.csv", &moved);
    let after = results(&office);
    for (print, line) in before {
        assert!(after.contains(&(print, line + 2)), "{after:?}");
    }
}
