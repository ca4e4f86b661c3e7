//! Makes the names of the bundled lists ready, so that the program need not do it each time it starts.
//!
//! The names are made by the same code as in the program, which is compiled into this script too: what it writes cannot differ from what
//! the program would make itself, and a test compares the two.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "modules of the library, of which little is used here"
)]
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a build script speaks to cargo through its output, and ends a build by a panic"
)]

#[path = "src/country.rs"]
mod country;
#[path = "src/normalise/mod.rs"]
mod normalise;
#[path = "src/vocab.rs"]
mod vocab;

use std::path::{Path, PathBuf};
use std::{env, fs};

use vocab::EntityKind;

fn main() {
    for path in
        ["build.rs", "src/country.rs", "src/country.csv", "src/normalise", "src/vocab.rs", "watchlists"]
    {
        println!("cargo::rerun-if-changed={path}");
    }
    let mut lists: Vec<PathBuf> = fs::read_dir("watchlists")
        .expect("the bundled lists stand in `watchlists`")
        .map(|file| file.expect("the folder of the bundled lists can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    lists.sort();
    let names: Vec<(String, EntityKind)> = lists.iter().flat_map(|path| names_of(path)).collect();
    let written = normalise::prepared::write(names.iter().map(|(name, kind)| (name.as_str(), *kind)))
        .expect("there is memory for some thousand names");
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write"));
    fs::write(target.join("prepared.bin"), written).expect("cargo's folder can be written to");
}

/// Every name and alias of a list; a name that the program reads otherwise is not found there, and made when it is asked for.
fn names_of(path: &Path) -> Vec<(String, EntityKind)> {
    let mut reader = csv::Reader::from_path(path).expect("a bundled list can be read");
    let header = reader.headers().expect("a bundled list has a header").clone();
    let column = |name: &str| header.iter().position(|column| column == name);
    let (name, kind) = (column("name"), column("kind"));
    let others = [column("aliases"), column("weak_aliases")];
    let mut names = Vec::new();
    for record in reader.records() {
        let record = record.expect("a bundled list is a good list");
        let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).map_or("", str::trim);
        let kind = cell(kind).parse().unwrap_or(EntityKind::Organisation);
        let aliases = others.iter().flat_map(|column| cell(*column).split(';')).map(str::trim);
        let all = [cell(name)].into_iter().chain(aliases).filter(|name| !name.is_empty());
        names.extend(all.map(|name| (name.to_owned(), kind)));
    }
    names
}
