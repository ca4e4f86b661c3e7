//! Data goes one way: a room uses the rooms below it, never one above or beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The floors, lowest first. Rooms on one floor do not know each other, but for the pairs in [`NEIGHBOURS`].
const FLOORS: &[&[&str]] = &[
    &["error", "vocab", "country"],
    &["ident", "record"],
    &["read"],
    &["load", "watchlist", "normalise"],
    &["index", "matching", "merge"],
    &["judge", "parties"],
    &["screen", "baseline", "stream"],
    &["report"],
    &["cli"],
];

/// Neighbours that may look at each other, and why.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("record", "ident"),    // a subject carries its identifiers
    ("index", "matching"),  // the index proposes what matching scores
    ("merge", "matching"),  // spellings are compared as names are
    ("baseline", "screen"), // a screening is compared with an earlier one
    ("screen", "baseline"), // and shows what became of each finding
];

#[test]
fn no_room_uses_one_above_or_beside_it() {
    let mut edges = BTreeSet::new();
    collect(&root().join("src"), &mut edges);
    assert!(edges.len() > 10, "the source was read");
    let floor = |room: &str| FLOORS.iter().position(|rooms| rooms.contains(&room));
    let wrong: Vec<String> = edges
        .iter()
        .filter(|(from, to)| from != to)
        .filter_map(|(from, to)| {
            let (Some(above), Some(below)) = (floor(from), floor(to)) else {
                return Some(format!("{from} -> {to}: a room that is on no floor"));
            };
            let neighbours = NEIGHBOURS.contains(&(from.as_str(), to.as_str()));
            (below > above || (below == above && !neighbours)).then(|| format!("{from} -> {to}"))
        })
        .collect();
    assert!(wrong.is_empty(), "upward or sideways:\n{}", wrong.join("\n"));
}

/// Every `crate::room` in the code below a folder, tests included, as (room of the file, room named).
fn collect(folder: &Path, edges: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, edges);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let room = room_of(&path);
            if matches!(room.as_str(), "lib" | "main") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
                for found in line.split("crate::").skip(1) {
                    let name: String =
                        found.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                    if !name.is_empty() {
                        edges.insert((room.clone(), name));
                    }
                }
            }
        }
    }
}

fn room_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}
