//! The work done for a name is counted and held to bounds: a count that grows fails here, whatever the machine.
//!
//! The names are made by the generator of the benches from a fixed seed, so the counts are the same every time. Each bound
//! is a tenth or so above what is counted today; who lowers a count lowers its bound.

use wharfinger::index::{Index, Scratch, Stats};
use wharfinger::matching::{NameStrength, Party, weights};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;
use wharfinger_bench::{Model, Plan};

fn parties(names: &[String], make: fn(&str, EntityKind) -> Name) -> Vec<Party> {
    let kind = EntityKind::Organisation;
    let party = |name: &String| Party {
        names: vec![(make(name, kind), NameStrength::Primary)],
        kind,
        countries: vec![],
        identifiers: vec![],
    };
    names.iter().map(party).collect()
}

/// The counts of searching 500 subjects among so many names, at the threshold that is the default.
fn counted(listed: usize) -> Stats {
    let plan = Plan::new(&Model::built_in(), listed, 500, 11);
    let (entries, subjects) = (parties(&plan.listed, Name::entry), parties(&plan.subjects, Name::subject));
    let index = Index::build(&entries);
    let mut scratch = Scratch::default();
    for subject in &subjects {
        index.search(subject, weights::POSSIBLE, &mut scratch, &entries[..]);
    }
    let mut stats = index.stats();
    stats.add(&scratch.take_stats());
    stats
}

#[test]
fn the_work_for_a_name_stays_small() {
    let bounds = [(2_000, [1_900, 850, 22, 750], 400), (20_000, [20_300, 8_300, 216, 750], 325)];
    for (listed, most, bytes) in bounds {
        let stats = counted(listed);
        assert_eq!(stats.subjects, 500, "{stats}");
        // The planted variants are found, so the work was not saved by leaving it undone.
        assert!(stats.matches >= 5, "{stats}");
        let counts = [stats.postings, stats.looked_at, stats.pairs, stats.words];
        for (count, most) in counts.into_iter().zip(most) {
            assert!(count <= most, "more than {most} of {counts:?} among {listed} names:\n{stats}");
        }
        let a_name = stats.index_bytes / listed as u64;
        assert!(a_name <= bytes, "{a_name} bytes a listed name, of {listed}");
    }
}
