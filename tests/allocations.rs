//! Reading a row of a known name takes no memory: counted with an allocator of its own, which is why this is a program apart.
#![expect(
    unsafe_code,
    clippy::unwrap_used,
    reason = "an allocator is unsafe by nature; a test that fails should stop"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use wharfinger::index::{Index, Scratch};
use wharfinger::load::{LoadOptions, Source, load};
use wharfinger::matching::{NameStrength, Party, weights};
use wharfinger::normalise::Name;
use wharfinger::vocab::EntityKind;
use wharfinger_bench::{Model, Plan};

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
/// Only one test counts at a time.
static COUNTS: Mutex<()> = Mutex::new(());

// SAFETY: every call is handed to the system's allocator unchanged; only counters are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Relaxed);
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(held, Relaxed);
        // SAFETY: as the caller promises of `layout`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as the caller promises of `at` and `layout`.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const NAMES: usize = 500;

/// A ledger of the same names, whatever the number of rows.
fn ledger(rows: usize) -> tempfile::NamedTempFile {
    let mut text = String::from("Supplier Name,Payment Date,Expense Type,Supplier ID,Amount\n");
    for row in 0..rows {
        let party = row % NAMES;
        writeln!(text, "Orrinmoor {party} Ltd,{:02}/04/2026,Kerbs and roads,{party},{row}.50", row % 28 + 1)
            .unwrap();
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

/// Calls to the allocator while a file is loaded, and the most bytes held at once beyond those before.
fn measure(file: &tempfile::NamedTempFile, rows: usize) -> (usize, usize) {
    let (calls, held) = (CALLS.load(Relaxed), HELD.load(Relaxed));
    MOST.store(held, Relaxed);
    let loaded = load(&[Source::Path(file.path().to_owned())], &LoadOptions::default(), &|_| {}).unwrap();
    let seen = (CALLS.load(Relaxed) - calls, MOST.load(Relaxed) - held);
    let input = loaded.inputs.first().unwrap();
    assert_eq!((input.records_read, loaded.subjects.len()), (rows as u64, NAMES));
    seen
}

#[test]
fn rows_of_known_names_take_no_memory() {
    let _counts = COUNTS.lock().unwrap();
    // Both are larger than what is looked at before reading begins.
    let (few, many) = (150_000, 600_000);
    let (small, large) = (ledger(few), ledger(many));
    measure(&small, few);
    let (calls_few, held_few) = measure(&small, few);
    let (calls_many, held_many) = measure(&large, many);
    // A block of a megabyte has some 18,000 rows and costs a few calls; a row costs none.
    let calls = calls_many.saturating_sub(calls_few);
    assert!(calls < (many - few) / 500, "{calls} calls for {} rows more", many - few);
    let grown = held_many.saturating_sub(held_few);
    assert!(grown < 4 << 20, "{grown} bytes more for {} rows more of the same names", many - few);
}

#[test]
fn a_pair_that_is_no_match_takes_no_memory() {
    let _counts = COUNTS.lock().unwrap();
    let plan = Plan::new(&Model::built_in(), 20_000, 500, 11);
    let party = |name: Name| Party {
        names: vec![(name, NameStrength::Primary)],
        kind: EntityKind::Organisation,
        countries: vec![],
        identifiers: vec![],
    };
    let kind = EntityKind::Organisation;
    let entries: Vec<Party> = plan.listed.iter().map(|name| party(Name::entry(name, kind))).collect();
    let subjects: Vec<Party> = plan.subjects.iter().map(|name| party(Name::subject(name, kind))).collect();
    let index = Index::build(&entries);
    let mut scratch = Scratch::default();
    // What words are like is found in the first round; the second finds all memory that it needs at hand.
    let mut of_no_match = 0;
    for _ in 0..2 {
        of_no_match = 0;
        for subject in &subjects {
            let calls = CALLS.load(Relaxed);
            let found = index.search(subject, weights::POSSIBLE, &mut scratch, &entries[..]);
            if found.is_empty() {
                of_no_match += CALLS.load(Relaxed) - calls;
            }
        }
    }
    let stats = scratch.take_stats();
    // Pairs were looked at, and some were scored that are no match.
    assert!(stats.looked_at > 10_000 && stats.pairs > stats.matches, "{stats}");
    assert_eq!(of_no_match, 0, "calls to the allocator for subjects without a match: {stats}");
}
