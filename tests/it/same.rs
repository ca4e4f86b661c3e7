//! What must not change a subject's findings: the order of rows, repeated rows, capitals, rows about others, the order of lists,
//! the format of the file, and whether it is screened in a run or compared alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use wharfinger::judge::Policy;
use wharfinger::load::{LoadOptions, Source, load};
use wharfinger::matching::{Score, compare};
use wharfinger::parties::{Indexed, party_of_entry, party_of_subject};
use wharfinger::screen::{Request, Screening, screen};
use wharfinger::watchlist::{self, List};

use crate::office::Office;

/// Two lists of companies and people that nobody has, in several scripts.
const LISTS: [(&str, &str); 2] = [
    (
        "mills",
        "id,name,aliases,weak_aliases,kind,country,ground,status\n\
         m1,Quellmoor Zwirnworks GmbH,Quellmoor Garnfabrik;Квельмор Цвирн,QZ,organisation,DE,forced_labour,current\n\
         m2,Xinjiang Tharnock Cotton Co. Ltd.,新疆塔诺克棉业有限公司,,organisation,CN,state_imposed_forced_labour,current\n\
         m3,OOO Merowby Torgovyy Dom,ООО «Торговый Дом Меровби»,,organisation,RU,conflict_abuse,current\n\
         m4,Brackwell Oxhide Tanneries SA,,,organisation,PT,child_labour_worst_forms,removed\n",
    ),
    (
        "kilns",
        "id,name,aliases,weak_aliases,kind,country,ground,status\n\
         k1,Ostervane Kilnhouse Limited,Ostervane Brick Works,,organisation,GB,debt_bondage,current\n\
         k2,Quellmoor Zwirnworks,,,organisation,AT,forced_labour,current\n\
         k3,Tessaryk Mining Corporation,Tessaryk Mining;Tessarik Madencilik A.Ş.,,organisation,TR,forced_labour,current\n\
         k4,Ruddlecombe & Sons Textile Industries (Pvt) Ltd,,,organisation,PK,debt_bondage,suspended\n",
    ),
];

/// Rows near to the lists and far from them, as ledgers write them.
const ROWS: [&str; 16] = [
    "Quellmoor Zwirnworks GmbH,Germany",
    "Quelmoor Zwirnworks Gesellschaft mbH,",
    "Квельмор Цвирн,",
    "Tharnock Cotton Xinjiang,CN",
    "新疆塔诺克棉业有限公司,CN",
    "Merowby Trading House LLC,",
    "Brackwell Oxhide Tanneries,",
    "Ostervane Kilnhouse Ltd T/A Ostervane Bricks,GB",
    "Ostervane Brickworks Ltd,GB",
    "Tessarik Madencilik AS,TR",
    "Ruddlecombe and Sons Textiles,",
    "Pellworth Kerb & Paving Ltd,GB",
    "Tharnock Academy Trust,GB",
    "Kilnhouse Dental Care,GB",
    "Norrisby Cotton Buds Ltd,GB",
    "Merowby Primary School,GB",
];

const HEADER: &str = "Supplier Name,Country,Net Amount\n";

fn lists() -> Vec<List> {
    let folder = tempfile::tempdir().unwrap();
    for (slug, text) in LISTS {
        std::fs::write(folder.path().join(format!("{slug}.csv")), text).unwrap();
    }
    watchlist::load(folder.path()).unwrap()
}

fn screened(rows: &[String], lists: Vec<List>) -> Screening {
    let text = HEADER.to_owned() + &rows.iter().map(|row| format!("{row},5.00\n")).collect::<String>();
    let source = Source::Bytes { name: "paid.csv".to_owned(), bytes: text.into_bytes() };
    let loaded = load(&[source], &LoadOptions::default(), &|_| {}).unwrap();
    let policy = Policy::default();
    let request = Request {
        as_of: jiff::civil::date(2026, 11, 24),
        inputs: loaded.inputs,
        subjects: wharfinger::merge::merge(loaded.subjects),
        not_screened: loaded.not_screened,
        lists: Indexed::new(lists),
        health: Vec::new(),
        completed: true,
        min_score: Score::new(0.3),
        policy: &policy,
        policy_sha256: None,
        options: BTreeMap::new(),
        decisions: &[],
        decisions_sha256: None,
    };
    screen(request, &|_, _| {}).0
}

/// The findings about each subject, told by its spellings in lower case: list, entry, score, band, flag.
type Findings = BTreeMap<BTreeSet<String>, BTreeSet<String>>;

fn findings(screening: &Screening) -> Findings {
    let mut all = Findings::new();
    for finding in &screening.findings {
        let (subject, list, entry) = screening.parts(finding).unwrap();
        let spellings: BTreeSet<String> =
            subject.spellings.iter().map(|spelling| spelling.name.to_lowercase()).collect();
        let found = [
            list.slug.clone(),
            entry.id.clone(),
            finding.matched.score.to_string(),
            finding.matched.band.to_string(),
            format!("{:?}", finding.flag),
        ];
        all.entry(spellings).or_default().insert(found.join(" "));
    }
    all
}

fn rows() -> Vec<String> {
    ROWS.iter().map(|row| (*row).to_owned()).collect()
}

#[test]
fn the_rows_find_what_they_are_there_to_find() {
    let found = findings(&screened(&rows(), lists()));
    let entries: BTreeSet<&str> =
        found.values().flatten().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(entries.len(), 8, "every entry is found by some row: {found:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_repetition_and_the_order_of_lists_change_nothing(
        order in Just((0..ROWS.len()).collect::<Vec<_>>()).prop_shuffle(),
        again in prop::collection::vec(0..ROWS.len(), 0..12),
        turned in any::<bool>(),
    ) {
        let expected = findings(&screened(&rows(), lists()));
        let mixed: Vec<String> = order.iter().chain(&again).map(|at| ROWS[*at].to_owned()).collect();
        let mut given = lists();
        if turned {
            given.reverse();
            for list in &mut given {
                list.entries.reverse();
            }
        }
        prop_assert_eq!(findings(&screened(&mixed, given)), expected);
    }

    #[test]
    fn rows_about_others_change_nothing(
        others in prop::collection::vec("[A-Z][a-z]{3,8} [A-Z][a-z]{3,8} (Ltd|Limited|School|Council)", 1..60),
        at in 0..ROWS.len(),
    ) {
        let expected = findings(&screened(&rows(), lists()));
        let mut mixed = rows();
        mixed.splice(at..at, others.iter().map(|name| format!("{name},")));
        let mut found = findings(&screened(&mixed, lists()));
        // Chance may bring one of the others near an entry; what is found of the rest stays.
        found.retain(|spellings, _| expected.contains_key(spellings));
        prop_assert_eq!(found, expected);
    }
}

/// Ledgers write in capitals. An acronym is told by them; no name here is one.
#[test]
fn capitals_change_nothing() {
    let expected = findings(&screened(&rows(), lists()));
    let shouted: Vec<String> = ROWS.iter().map(|row| row.to_uppercase()).collect();
    assert_eq!(findings(&screened(&shouted, lists())), expected);
    let whispered: Vec<String> = ROWS
        .iter()
        .map(|row| {
            row.split_once(',').map(|(name, country)| format!("{},{country}", name.to_lowercase())).unwrap()
        })
        .collect();
    assert_eq!(findings(&screened(&whispered, lists())), expected);
}

/// A run finds, by way of its index and in blocks, what a comparison of the two parties gives.
#[test]
fn a_finding_is_what_comparing_the_two_gives() {
    let screening = screened(&rows(), lists());
    assert!(screening.findings.len() > 8);
    for finding in &screening.findings {
        let (subject, _, entry) = screening.parts(finding).unwrap();
        assert_eq!(
            finding.matched,
            compare(&party_of_subject(subject), &party_of_entry(entry)),
            "{}",
            subject.name
        );
    }
}

/// The same through the program: `screen` and `compare --pairs` say one score, band and sentence.
#[test]
fn screen_and_compare_say_the_same() {
    let office = Office::new();
    office.write("list.csv", "id,name,country,ground\nm1,Quellmoor Zwirnworks GmbH,DE,forced_labour\nm2,Tharnock Cotton Mills,CN,forced_labour\n");
    office.write("paid.csv", "Supplier Name,Country,Net Amount\nQuelmoor Zwirnwork,GB,1.00\nTharnock Cotton,CN,2.00\nThe Quellmoor Company,,3.00\n");
    let lists = ["--no-bundled", "--watchlists", "list.csv", "--min-score", "0.1", "--as-of", "2026-11-24"];
    let ran = office.run(&[&["screen", "paid.csv", "--format", "json", "--quiet"], &lists[..]].concat());
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found = report["findings"].as_array().unwrap();
    assert!(found.len() >= 3, "{}", ran.out);
    let mut pairs = csv::Writer::from_writer(Vec::new());
    pairs.write_record(["id", "left", "right", "left_country", "right_country"]).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let country = |value: &serde_json::Value| text(value.get(0).unwrap_or(&serde_json::Value::Null));
    for finding in found {
        let (left, right) = (text(&finding["subject_name"]), text(&finding["listed_name"]));
        let countries = [country(&finding["subject_country"]), country(&finding["listed_country"])];
        pairs
            .write_record([&text(&finding["finding_id"]), &left, &right, &countries[0], &countries[1]])
            .unwrap();
    }
    office.write("pairs.csv", &String::from_utf8(pairs.into_inner().unwrap()).unwrap());
    let compared = office.run(&["compare", "--pairs", "pairs.csv"]);
    let mut lines = csv::Reader::from_reader(compared.out.as_bytes());
    for (line, finding) in lines.records().map(Result::unwrap).zip(found) {
        let said = [&finding["finding_id"], &finding["score"], &finding["band"], &finding["why"]];
        let said = said.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        // One writes four decimals, the other drops the zeros at their end.
        assert_eq!(line[1].trim_end_matches('0'), said[1].trim_end_matches('0'), "{line:?}");
        assert_eq!((&line[0], &line[2], &line[3]), (said[0].as_str(), said[2].as_str(), said[3].as_str()));
    }
    assert_eq!(compared.out.lines().count(), found.len() + 1);
}

/// One table as text, as a workbook and as JSON: the same subjects, amounts and findings. No amount ends in a zero: a workbook keeps none.
#[test]
fn one_table_gives_the_same_findings_in_every_format() {
    let office = Office::new();
    let table: Vec<[&str; 4]> = vec![
        ["Supplier Name", "Net Amount", "Payment Date", "Company Number"],
        ["Quellmoor Zwirnworks GmbH", "1200", "2026-10-02", "01234567"],
        ["Ostervane Kilnhouse Ltd", "80400.55", "2026-10-05", ""],
        ["OSTERVANE KILNHOUSE LIMITED", "-400.5", "2026-10-06", ""],
        ["Café Pellworth & Søn", "0.1", "2026-10-09", "SC123456"],
    ];
    office.write("paid.csv", &table.iter().map(|row| row.join(",") + "\n").collect::<String>());
    office.write("paid.tsv", &table.iter().map(|row| row.join("\t") + "\r\n").collect::<String>());
    let objects: Vec<serde_json::Value> = table[1..]
        .iter()
        .map(|row| {
            table[0].iter().zip(row).map(|(key, value)| ((*key).to_owned(), (*value).into())).collect()
        })
        .map(serde_json::Value::Object)
        .collect();
    office.write("paid.json", &serde_json::Value::from(objects).to_string());
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (at, row) in (0_u32..).zip(&table) {
        for (column, cell) in (0_u16..).zip(row) {
            match (at, column) {
                (1.., 1) => sheet.write_number(at, column, cell.parse::<f64>().unwrap()).unwrap(),
                (1.., 2) => {
                    let date = rust_xlsxwriter::ExcelDateTime::parse_from_str(cell).unwrap();
                    sheet.write_datetime_with_format(at, column, &date, &day).unwrap()
                }
                _ => sheet.write_string(at, column, *cell).unwrap(),
            };
        }
    }
    book.save(office.path("paid.xlsx")).unwrap();
    let said = |file: &str| {
        let lists = ["--no-bundled", "--watchlists", "register.csv", "--as-of", "2026-10-20", "--quiet"];
        let ran = office.run(&[&["screen", file, "--format", "json"], &lists[..]].concat());
        let report: serde_json::Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{file}: {}", ran.err));
        let input = &report["run"]["inputs"][0];
        let counts = ["records_read", "screened", "rejected", "amount_total"].map(|key| input[key].clone());
        let mut findings = report["findings"].clone();
        for finding in findings.as_array_mut().unwrap() {
            for place in ["source_file", "source_row", "finding_id", "subject_id"] {
                finding.as_object_mut().unwrap().remove(place);
            }
            finding["subject"]
                .as_object_mut()
                .unwrap()
                .retain(|key, _| matches!(key.as_str(), "aliases" | "identifiers"));
        }
        (counts, findings)
    };
    let expected = said("paid.csv");
    assert_eq!(expected.1.as_array().unwrap().len(), 2, "{expected:?}");
    for file in ["paid.tsv", "paid.json", "paid.xlsx"] {
        assert_eq!(said(file), expected, "{file}");
    }
}
