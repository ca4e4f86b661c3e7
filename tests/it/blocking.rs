//! What the index leaves out could not have reached the threshold: a search finds what comparing all with all finds.

use std::path::Path;

use wharfinger::index::{Index, Scratch};
use wharfinger::matching::{Match, NameStrength, Party, Score, compare};
use wharfinger::normalise::Name;
use wharfinger::parties::party_of_entry;
use wharfinger::vocab::EntityKind;
use wharfinger::watchlist;

/// Names as ledgers write them, near to and far from listed ones.
const SUBJECTS: &[&str] = &[
    "HANGZHOU HIKVISION DIGITAL TECH",
    "Hotan Haolin Hair Accesories",
    "Hoshine Silicon Industry (Shanshan) Co",
    "NINESTAR CORP",
    "Merrowby Ltd T/A Xinjiang Daqo New Energy",
    "新疆中泰(集团)有限责任公司",
    "ООО «Меркурий»",
    "INSURANCE",
    "THE SUPPLY COMPANY",
    "33rd Light Infantry Division",
    "Myanmar Gem Enterprises",
    "XPCC",
    "SAFETYPRODUCTS SHANGHAI SELECT",
    "Bezeq Israeli Telecomunication",
    "BANK OF CHINA (HONG KONG)",
    "Norfolk & Suffolk Care Homes LLP",
    "A",
    "2020",
];

#[test]
fn the_index_finds_what_comparing_all_with_all_finds() {
    let entries: Vec<Party> = watchlist::bundled()
        .iter()
        .flat_map(|list| list.entries.iter().step_by(3).map(party_of_entry))
        .collect();
    let subjects: Vec<Party> = SUBJECTS.iter().map(|name| subject(name, EntityKind::Organisation)).collect();
    assert!(differing_in_nothing(&subjects, &entries) > 10, "the subjects come near some entries");
}

/// The same on the development set of screening, where that is beside the checkout: every hundredth query against every entry.
#[test]
fn so_it_does_on_the_development_set() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/eval"));
    let Ok(list) = std::fs::read_to_string(folder.join("screen_watchlist.jsonl")) else {
        println!("skipped: no development set beside the checkout");
        return;
    };
    let kind = |schema: &str| if schema == "person" { EntityKind::Person } else { EntityKind::Organisation };
    let entries = list.lines().map(|line| {
        let entity: serde_json::Value = serde_json::from_str(line).unwrap();
        let kind = kind(entity["schema"].as_str().unwrap());
        let names = entity["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        let strengths = std::iter::once(NameStrength::Primary).chain(std::iter::repeat(NameStrength::Alias));
        let names = names.map(|name| Name::entry(name, kind)).zip(strengths).collect();
        Party { names, kind, countries: Vec::new(), identifiers: Vec::new() }
    });
    let mut queries = csv::Reader::from_path(folder.join("screen_queries.csv")).unwrap();
    let subjects: Vec<Party> = queries
        .records()
        .map(Result::unwrap)
        .step_by(100)
        .map(|query| subject(&query[1], kind(&query[3])))
        .collect();
    assert!(differing_in_nothing(&subjects, &entries.collect::<Vec<Party>>()) > 20);
}

fn subject(name: &str, kind: EntityKind) -> Party {
    let names = vec![(Name::subject(name, kind), NameStrength::Primary)];
    Party { names, kind, countries: Vec::new(), identifiers: Vec::new() }
}

/// Searches for every subject, asserts that comparing it with all entries gives the same, and counts what was found.
fn differing_in_nothing(subjects: &[Party], entries: &[Party]) -> usize {
    let index = Index::build(entries);
    let mut scratch = Scratch::default();
    let mut found_any = 0;
    for subject in subjects {
        let name = subject.names[0].0.raw();
        let compared: Vec<(u32, Match)> =
            (0_u32..).zip(entries.iter().map(|entry| compare(subject, entry))).collect();
        for min in [0.2, 0.5, 0.85].map(Score::new) {
            let all: Vec<(u32, Match)> =
                compared.iter().filter(|(_, found)| found.score >= min).cloned().collect();
            let searched = index.search(subject, min, &mut scratch, entries);
            found_any += all.len();
            assert_eq!(searched, all, "{name} at {min}");
        }
    }
    found_any
}
