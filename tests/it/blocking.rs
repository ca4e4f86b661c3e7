//! What the index leaves out could not have reached the threshold: a search finds what comparing all with all finds.

use wharfinger::index::{Index, Scratch};
use wharfinger::matching::{NameStrength, Party, Score, compare};
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
    let index = Index::build(&entries);
    let mut scratch = Scratch::default();
    let mut found_any = 0;
    for name in SUBJECTS {
        let subject = Party {
            names: vec![(Name::subject(name, EntityKind::Organisation), NameStrength::Primary)],
            kind: EntityKind::Organisation,
            countries: Vec::new(),
            identifiers: Vec::new(),
        };
        for min in [0.2, 0.5, 0.85].map(Score::new) {
            let all: Vec<(u32, Score)> = (0_u32..)
                .zip(&entries)
                .map(|(at, entry)| (at, compare(&subject, entry).score))
                .filter(|(_, score)| *score >= min)
                .collect();
            let searched: Vec<(u32, Score)> = index
                .search(&subject, min, &mut scratch, &entries[..])
                .into_iter()
                .map(|(at, found)| (at, found.score))
                .collect();
            found_any += all.len();
            assert_eq!(searched, all, "{name} at {min}");
        }
    }
    assert!(found_any > 10, "the subjects come near some entries");
}
