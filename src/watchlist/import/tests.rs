//! Official files: our own small ones of every format, and the publishers' own where they lie beside the checkout.

use std::path::{Path, PathBuf};

use super::*;
use crate::error::Hint;
use crate::vocab::EntityKind;

fn options() -> Options {
    Options::new(jiff::civil::date(2026, 11, 24))
}

fn official(parts: &[&str]) -> Option<Vec<PathBuf>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/watchlists"));
    let paths: Vec<PathBuf> = parts.iter().map(|part| folder.join(part)).collect();
    if paths.iter().all(|path| path.exists()) {
        Some(paths)
    } else {
        println!("skipped: {parts:?} is not beside the checkout");
        None
    }
}

fn kinds(imported: &Imported) -> (usize, usize, usize) {
    let of = |kind| imported.list.entries.iter().filter(|entry| entry.kind == kind).count();
    (of(EntityKind::Organisation), of(EntityKind::Person), of(EntityKind::Vessel))
}

/// Every official file: entries at the source, and organisations, persons, vessels in the list. Two persons of the UK file have a
/// blank name there, and are skipped.
#[test]
fn official_files_give_the_counts_of_their_publishers() {
    for (format, parts, partial, at_source, kinds_want) in [
        (Format::OfacSdn, vec!["us-ofac-sdn-2021"], false, 8976, None),
        (
            Format::OfacSdn,
            vec![
                "us-ofac-consolidated-nonsdn/cons_prim.csv",
                "us-ofac-consolidated-nonsdn/cons_alt.csv",
                "us-ofac-consolidated-nonsdn/cons_add.csv",
                "us-ofac-consolidated-nonsdn/cons_comments.csv",
            ],
            false,
            442,
            None,
        ),
        (Format::OfacSdn, vec!["us-ofac-consolidated-nonsdn/consolidated-2024-05-06.xml"], false, 443, None),
        (
            Format::OfacSdn,
            vec!["us-ofac-enhanced-xml-sample/enhanced-irgc-filter-2024-08-28.xml"],
            true,
            293,
            Some((84, 165, 44)),
        ),
        (
            Format::UnSc,
            vec!["un-sc-consolidated/consolidated-2024-09-26.xml"],
            false,
            875,
            Some((193, 682, 0)),
        ),
        (
            Format::UnSc,
            vec!["un-sc-consolidated/consolidated-2026-02-27.xml"],
            false,
            1003,
            Some((273, 730, 0)),
        ),
        (
            Format::UkSanctions,
            vec!["uk-fcdo-sanctions-list/FCDO_SL_Mon_Aug_11_2025.ods"],
            false,
            5302,
            Some((1087, 3752, 461)),
        ),
        (Format::UkSanctions, vec!["uk-ofsi-conlist/sanctionsconlist-2014-04-02.csv"], false, 2297, None),
        (Format::UkSanctions, vec!["uk-ofsi-conlist/sanctionsconlist-2018-04-13.csv"], false, 2106, None),
        (
            Format::OpenSanctions,
            vec!["opensanctions-formats/ua_war_sanctions-targets.simple-2026-03-13.csv"],
            false,
            5600,
            Some((2717, 1543, 1340)),
        ),
        (
            Format::OpenSanctions,
            vec!["opensanctions-formats/opensanctions-sample-entities.ftm.json"],
            false,
            6,
            None,
        ),
        (
            Format::OpenSanctions,
            vec!["opensanctions-formats/wd_persons-2024-03-10-targets.nested.json"],
            false,
            5,
            Some((0, 5, 0)),
        ),
        (Format::Csl, vec!["us-trade-csl-excerpt/csl-2019-12-excerpt.csv"], false, 115, None),
        (Format::Uflpa, vec!["us-dhs-uflpa/uflpa-entity-list-partial.csv"], false, 62, None),
    ] {
        let Some(paths) = official(&parts) else { continue };
        let options = Options { partial, ..options() };
        let imported = import(format, &paths, &options).unwrap_or_else(|error| panic!("{parts:?}: {error}"));
        assert!(imported.adds_up(), "{parts:?}");
        println!(
            "{parts:?}: {} rows, {} at source, {} entries, {} names, {:?}, published {:?}, skipped {:?}, {:?}",
            imported.rows,
            imported.at_source,
            imported.list.entries.len(),
            imported.names(),
            kinds(&imported),
            imported.list.facts.published_on,
            imported.skipped.iter().take(3).collect::<Vec<_>>(),
            imported.remarks
        );
        assert_eq!(imported.at_source, at_source, "{parts:?}");
        if let Some(want) = kinds_want {
            assert_eq!(kinds(&imported), want, "{parts:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = super::super::write(folder.path(), &imported.list).unwrap();
        let read = super::super::load(&path).unwrap_or_else(|error| panic!("{parts:?}: {error}"));
        assert_eq!(read, [imported.list]);
    }
}

#[test]
fn damaged_and_partial_official_files_are_refused() {
    if let Some(paths) = official(&["eu-fsf/eu-fsf-csv1.0-excel-mangled-first999-2018-07-04.csv"]) {
        let error = import(Format::EuFsf, &paths, &options()).unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("version 1.0")
                && message.contains("a spreadsheet has put every line between quotes"),
            "{message}"
        );
        assert!(error.hint().is_some());
    }
    if let Some(paths) = official(&["us-ofac-enhanced-xml-sample/enhanced-irgc-filter-2024-08-28.xml"]) {
        let message = import(Format::OfacSdn, &paths, &options()).unwrap_err().to_string();
        assert!(message.contains("filter is programme IRGC; 8 lists"), "{message}");
    }
}

fn fixture(names: &[&str]) -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lists"));
    names.iter().map(|name| folder.join(name)).collect()
}

fn shown(format: Format, names: &[&str], options: &Options) -> String {
    let imported = match import(format, &fixture(names), options) {
        Ok(imported) => imported,
        Err(error) => {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lists/");
            return format!("refused: {error}").replace(folder, "");
        }
    };
    assert!(imported.adds_up(), "{names:?}");
    let facts = &imported.list.facts;
    let csv = String::from_utf8(super::super::write::csv_of(&imported.list)).unwrap();
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    let skipped: Vec<String> =
        imported.skipped.iter().map(|s| format!("skipped {}: {}", s.what, s.reason)).collect();
    let head = format!(
        "{} as {}: {} records, {} at the source, {} names; published {}; whole {}; missing `{}`",
        imported.what,
        imported.list.slug,
        imported.rows,
        imported.at_source,
        imported.names(),
        facts.published_on.as_deref().unwrap_or("-"),
        facts.complete,
        facts.missing
    );
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lists/");
    let all = [vec![head], rows.into_iter().map(str::to_owned).collect(), skipped, imported.remarks].concat();
    all.join("\n").replace(folder, "")
}

#[test]
fn every_format_has_a_file_of_ours() {
    let plain = options();
    let generic = Options {
        map: [
            ("name", "Company"),
            ("country", "Country of origin"),
            ("listed_on", "Since"),
            ("ground", "Why"),
            ("reg", "Reg no"),
        ]
        .map(|(field, column)| (field.to_owned(), column.to_owned()))
        .into(),
        ..options()
    };
    let mut all = Vec::new();
    for (format, names, options) in [
        (Format::OfacSdn, vec!["sdn.csv", "alt.csv", "add.csv"], &plain),
        (Format::OfacSdn, vec!["sdn.csv"], &plain),
        (Format::OfacSdn, vec!["sdn.xml"], &plain),
        (Format::OfacSdn, vec!["sdn-enhanced.xml"], &plain),
        (Format::UkSanctions, vec!["uk-sanctions.csv"], &plain),
        (Format::UkSanctions, vec!["uk-sanctions.xml"], &plain),
        (Format::UkSanctions, vec!["conlist.csv"], &plain),
        (Format::EuFsf, vec!["eu-fsf-1.1.csv"], &plain),
        (Format::EuFsf, vec!["eu-fsf-1.1.xml"], &plain),
        (Format::UnSc, vec!["un-sc.xml"], &plain),
        (Format::WorldBank, vec!["world-bank.json"], &plain),
        (Format::OpenSanctions, vec!["targets.simple.csv"], &plain),
        (Format::OpenSanctions, vec!["entities.ftm.json"], &plain),
        (Format::OpenSanctions, vec!["targets.nested.json"], &plain),
        (Format::Uflpa, vec!["uflpa.html"], &plain),
        (Format::Uflpa, vec!["uflpa.csv"], &plain),
        (Format::Csl, vec!["csl.csv"], &plain),
        (Format::Generic, vec!["own.csv"], &generic),
    ] {
        all.push(format!("== {format} {names:?}\n{}\n", shown(format, &names, options)));
    }
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn the_wrong_file_is_refused_with_what_it_is() {
    let mut all = Vec::new();
    for (format, names) in [
        (Format::UkSanctions, vec!["error-page.html"]),
        (Format::Uflpa, vec!["error-page.html"]),
        (Format::UkSanctions, vec!["eu-fsf-1.1.csv"]),
        (Format::EuFsf, vec!["sdn.xml"]),
        (Format::OfacSdn, vec!["uk-sanctions.csv"]),
        (Format::OfacSdn, vec!["alt.csv"]),
        (Format::OfacSdn, vec!["sdn-enhanced-filtered.xml"]),
        (Format::UnSc, vec!["uk-sanctions.xml"]),
        (Format::Csl, vec!["targets.simple.csv"]),
        (Format::OpenSanctions, vec!["world-bank.json"]),
        (Format::WorldBank, vec!["own.csv"]),
        (Format::Generic, vec!["own.csv"]),
        (Format::UnSc, vec!["un-sc.xml", "sdn.xml"]),
    ] {
        all.push(format!("{format} {names:?}: {}", shown(format, &names, &options())));
    }
    insta::assert_snapshot!(all.join("\n"));
}

/// Cut anywhere, a file of any format is refused or, cut between two records, gives fewer entries; it never panics.
#[test]
fn a_cut_file_never_passes_for_a_whole_one() {
    for (format, name) in [
        (Format::OfacSdn, "sdn.xml"),
        (Format::OfacSdn, "sdn-enhanced.xml"),
        (Format::UkSanctions, "uk-sanctions.xml"),
        (Format::EuFsf, "eu-fsf-1.1.xml"),
        (Format::UnSc, "un-sc.xml"),
        (Format::WorldBank, "world-bank.json"),
    ] {
        let bytes = std::fs::read(&fixture(&[name])[0]).unwrap();
        let whole = bytes.trim_ascii_end().len();
        for cut in (0..whole).step_by(7) {
            let part = vec![(name.to_owned(), bytes[..cut].to_vec())];
            assert!(import_bytes(format, part, &options()).is_err(), "{name} cut at {cut}");
        }
    }
    for (format, name) in [
        (Format::UkSanctions, "uk-sanctions.csv"),
        (Format::EuFsf, "eu-fsf-1.1.csv"),
        (Format::OpenSanctions, "targets.simple.csv"),
        (Format::OpenSanctions, "entities.ftm.json"),
        (Format::Uflpa, "uflpa.html"),
        (Format::Csl, "csl.csv"),
    ] {
        let bytes = std::fs::read(&fixture(&[name])[0]).unwrap();
        for cut in (0..bytes.len()).step_by(11) {
            let part = vec![(name.to_owned(), bytes[..cut].to_vec())];
            let _ = import_bytes(format, part, &options());
        }
    }
}

#[test]
fn an_entry_without_a_measure_has_the_lists_and_reads_back_so() {
    let text = "Unique ID,Name 6,Regime Name\nGHR1,Krastiva,x\n";
    let imported =
        import_bytes(Format::UkSanctions, vec![("uk.csv".to_owned(), text.into())], &options()).unwrap();
    assert_eq!(imported.list.entries[0].measure, "sanctions");
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = crate::watchlist::write(folder.path(), &imported.list).unwrap();
    assert_eq!(crate::watchlist::load(&path).unwrap()[0].entries, imported.list.entries);
}

#[test]
fn part_of_a_list_is_taken_where_it_is_asked_for() {
    let options = Options { partial: true, ..options() };
    let imported = import(Format::OfacSdn, &fixture(&["sdn-enhanced-filtered.xml"]), &options).unwrap();
    assert!(!imported.list.facts.complete);
    assert!(imported.list.facts.missing.contains("BURMA-EO14014"));
}
