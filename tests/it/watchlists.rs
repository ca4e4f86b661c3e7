//! `wharfinger watchlists`: what a person sees, command by command.

use crate::imports::fixture;
use crate::office::{Office, Ran};

/// An office with files of ours of every format.
fn office(files: &[&str]) -> Office {
    let office = Office::new();
    for name in files {
        std::fs::write(office.path(name), fixture(name)).unwrap();
    }
    office
}

/// Runs `watchlists` as of the day of these tests.
fn run(office: &Office, arguments: &[&str]) -> Ran {
    let dated = ["list", "check", "import"].contains(&arguments[0]);
    let day: &[&str] = if dated { &["--as-of", "2026-11-24"] } else { &[] };
    office.run(&[&["watchlists"], arguments, day].concat())
}

const REGISTER: [&str; 3] = ["--no-bundled", "--watchlists", "register.csv"];

#[test]
fn list_says_how_old_and_how_whole_each_list_is() {
    let office = Office::new();
    let all = run(&office, &["list"]);
    assert_eq!(all.code, 0, "{}", all.err);
    for slug in ["us-uflpa", "uk-sanctions-human-rights", "un-ohchr-settlements"] {
        assert!(all.out.contains(slug), "{}", all.out);
    }
    assert!(all.out.contains("no, of 144"), "{}", all.out);
    assert!(all.err.contains("labour-goods"), "{}", all.err);
    let own = run(&office, &[&["list"], &REGISTER[..]].concat());
    let row = own.out.lines().find(|line| line.trim_start().starts_with("register")).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        "register Register of made-up employers 3 2026-10-01 54 d yes yes".split(' ').collect::<Vec<_>>()
    );
}

#[test]
fn show_gives_a_list_an_entry_or_the_nearest_name() {
    let office = Office::new();
    let list = run(&office, &[&["show", "register"], &REGISTER[..]].concat());
    assert!(
        list.out.contains("A made-up ministry") && list.out.contains("Quellmoor Zwirnworks"),
        "{}",
        list.out
    );
    let german = run(&office, &[&["show", "register", "--country", "DE"], &REGISTER[..]].concat());
    assert!(german.out.contains("Quellmoor") && !german.out.contains("Ostervane"), "{}", german.out);
    let entry = run(&office, &[&["show", "q3"], &REGISTER[..]].concat());
    assert_eq!(entry.code, 0);
    for part in ["Brackwell Oxhide Tanneries SA", "child_labour_worst_forms", "removed", "2023-01-10", "PT"] {
        assert!(entry.out.contains(part), "{part}: {}", entry.out);
    }
    let wrong = run(&office, &["show", "us-uflpq"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `us-uflpa`?"), "{}", wrong.err);
    let nowhere = run(&office, &["show", "register", "--watchlists", "nowhere.csv"]);
    assert_eq!(nowhere.code, 3, "{}", nowhere.err);
}

#[test]
fn context_can_be_looked_up_and_never_becomes_a_ground() {
    let office = Office::new();
    let goods = run(&office, &["show", "labour-goods", "--country", "CN"]);
    assert_eq!(goods.code, 0, "{}", goods.err);
    assert!(goods.out.contains("never a ground") && goods.out.contains("Cotton"), "{}", goods.out);
    assert!(!goods.out.contains("Brazil"), "{}", goods.out);
    let tiers = run(&office, &["show", "trafficking-tiers"]);
    assert_eq!(tiers.out.matches("Tier 3").count(), 1 + 20, "the title, and twenty rows: {}", tiers.out);
    let none = run(&office, &["show", "us-state-trafficking-tiers", "--country", "Portugal"]);
    assert!(none.code == 0 && none.err.contains("says nothing of this country"), "{}", none.err);
    assert_eq!(run(&office, &["show", "labour-goods", "--country", "Ruritania"]).code, 2);

    // Suppliers from the countries and in the trades of the tables, and of no list: nothing is found.
    office.write(
        "paid.csv",
        "Supplier Name,Country,Description,Net Amount\nPellworth Kerb & Paving Ltd,CN,Cotton,10.00\nFenwolde Yarns Ltd,ER,Gold,9.00\n",
    );
    let screened = office.run(&["screen", "paid.csv", "--format", "json", "--as-of", "2026-11-24"]);
    let report: serde_json::Value = serde_json::from_str(&screened.out).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 0, "{}", screened.out);
    assert!(!screened.out.contains("us-dol-goods") && !screened.out.contains("trafficking-tiers"));
}

#[test]
fn search_looks_into_names_aliases_ids_and_numbers() {
    let office = office(&["uk-sanctions-2026.csv"]);
    run(&office, &["import", "--format", "uk-sanctions", "uk-sanctions-2026.csv", "-o", "lists"]);
    let lists = ["--no-bundled", "--watchlists", "lists"];
    for (text, found) in [
        (vec!["prison", "farms"], 1),
        (vec!["krastiva agro"], 1),
        (vec!["ферми"], 1),
        (vec!["GHR9101"], 1),
        (vec!["201000002"], 1),
        (vec!["imo:9000001"], 1),
        (vec!["ostervane"], 0),
    ] {
        let ran = run(&office, &[&["search"], text.as_slice(), &lists].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains(&format!("{found} entries hold this text")), "{text:?}: {}", ran.err);
        assert_eq!(
            ran.out.lines().filter(|line| line.trim_start().starts_with("uk-sanctions")).count(),
            found,
            "{}",
            ran.out
        );
    }
}

#[test]
fn check_puts_lists_through_the_gates_and_ends_with_3() {
    let office = Office::new();
    let fit = run(&office, &[&["check"], &REGISTER[..]].concat());
    assert_eq!(fit.code, 0, "{}", fit.out);
    assert!(fit.err.contains("0 of 1 lists are unfit on 2026-11-24"), "{}", fit.err);
    let old = run(&office, &[&["check", "--max-age-days", "30"], &REGISTER[..]].concat());
    assert_eq!(old.code, 3);
    assert!(old.out.split_whitespace().collect::<Vec<_>>().join(" ").contains("54 days old"), "{}", old.out);
    office.edit("register.toml", "min_entries = 1", "min_entries = 4");
    assert_eq!(run(&office, &[&["check"], &REGISTER[..]].concat()).code, 3);
    office.edit("register.toml", "published_on = \"2026-10-01\"", "published_on = \"2026-12-01\"");
    let future = run(&office, &[&["check"], &REGISTER[..]].concat());
    assert!(future.code == 3 && future.out.contains("future"), "{}", future.out);
    assert_eq!(run(&office, &["check"]).code, 3, "bundled lists are older than they may be");
    assert_eq!(run(&office, &["check", "--list", "nothing"]).code, 2);
}

/// Each format through the program: exit code, what it is called, entries, and that the next command reads what was written.
#[test]
fn import_takes_every_format() {
    for (format, files, slug, entries) in [
        ("ofac-sdn", vec!["sdn.csv", "alt.csv", "add.csv"], "us-ofac-sdn", 3),
        ("ofac-sdn", vec!["sdn.xml"], "us-ofac-sdn", 2),
        ("ofac-sdn", vec!["sdn-enhanced.xml"], "us-ofac-sdn", 1),
        ("uk-sanctions", vec!["uk-sanctions-2026.csv"], "uk-sanctions", 4),
        ("uk-sanctions", vec!["uk-sanctions.xml"], "uk-sanctions", 2),
        ("eu-fsf", vec!["eu-fsf-1.1-whole.csv"], "eu-fsf", 3),
        ("eu-fsf", vec!["eu-fsf-prefixed.xml"], "eu-fsf", 2),
        ("un-sc", vec!["un-sc-2026-09.xml"], "un-sc", 10),
        ("world-bank", vec!["world-bank-2026.json"], "world-bank-debarred", 3),
        ("world-bank", vec!["world-bank.csv"], "world-bank-debarred", 3),
        ("opensanctions", vec!["targets.simple.csv"], "opensanctions-made-up-list", 2),
        ("opensanctions", vec!["entities.ftm.json"], "opensanctions-made-up", 1),
        ("uflpa", vec!["uflpa.html"], "us-uflpa", 5),
        ("csl", vec!["csl.csv"], "us-csl", 3),
    ] {
        let office = office(&files);
        let arguments = [&["import", "--format", format, "-o", "lists"], files.as_slice()].concat();
        let ran = run(&office, &arguments);
        assert_eq!(ran.code, 0, "{format} {files:?}: {}", ran.err);
        let account = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(account.contains(&format!("{entries} entries in the list")), "{format} {files:?}: {account}");
        assert!(ran.err.contains(&format!("{slug}.csv")), "{}", ran.err);
        let shown = run(&office, &["show", slug, "--no-bundled", "--watchlists", "lists"]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        let names = shown.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(names.contains("cut short, filtered or a sample") || format == "opensanctions", "{names}");
    }
}

#[test]
fn import_refuses_with_3_and_writes_nothing() {
    let office = office(&[
        "error-page.html",
        "eu-fsf-1.1-whole.csv",
        "sdn-enhanced-filtered.xml",
        "un-sc-2026-09.xml",
    ]);
    let cut: Vec<u8> = fixture("un-sc-2026-09.xml")[..900].to_vec();
    std::fs::write(office.path("cut.xml"), cut).unwrap();
    office.write("empty.csv", "");
    for (format, file, says, advises) in [
        (
            "uk-sanctions",
            "error-page.html",
            "is a web page (`503 Service Unavailable`)",
            "open the address in a browser",
        ),
        (
            "uk-sanctions",
            "eu-fsf-1.1-whole.csv",
            "looks like the EU financial sanctions file",
            "--format eu-fsf",
        ),
        ("un-sc", "cut.xml", "ends in the middle of an entry, line", "download the file again"),
        ("ofac-sdn", "sdn-enhanced-filtered.xml", "is only part of the list", "--partial"),
        ("csl", "empty.csv", "without a single entry", "download the file again"),
        ("csl", "nowhere.csv", "cannot read", ""),
    ] {
        let ran = run(&office, &["import", "--format", format, file, "-o", "lists"]);
        assert_eq!(ran.code, 3, "{file}: {}", ran.err);
        assert!(ran.err.contains(says) && ran.err.contains(advises), "{file}: {}", ran.err);
        assert!(!office.path("lists").exists(), "{file}");
    }
    for arguments in [
        vec!["import", "--format", "pdf", "un-sc-2026-09.xml"],
        vec!["import", "--format", "un-sc"],
        vec!["import", "--format", "un-sc", "un-sc-2026-09.xml", "eu-fsf-1.1-whole.csv"],
        vec!["import", "--format", "generic", "--map", "nome=Company", "un-sc-2026-09.xml"],
    ] {
        assert_eq!(run(&office, &arguments).code, 2, "{arguments:?}");
    }
    let partial = ["import", "--format", "ofac-sdn", "sdn-enhanced-filtered.xml", "-o", "lists", "--partial"];
    assert_eq!(run(&office, &partial).code, 0);
    let shown = run(&office, &["show", "us-ofac-sdn", "--no-bundled", "--watchlists", "lists"]);
    assert!(shown.out.contains("everything outside the publisher's filter"), "{}", shown.out);
}

/// A cut that leaves a well-formed file is seen where the list was there before.
#[test]
fn import_holds_back_a_list_that_has_shrunk() {
    let office = office(&["uk-sanctions-2026.csv"]);
    let import = ["import", "--format", "uk-sanctions", "uk-sanctions-2026.csv", "-o", "lists"];
    assert_eq!(run(&office, &import).code, 0);
    let written = office.read("lists/uk-sanctions.csv");
    let text = office.read("uk-sanctions-2026.csv");
    let cut: String = text.split_inclusive("\r\n").take(11).collect();
    office.write("uk-sanctions-2026.csv", &cut);
    let ran = run(&office, &import);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("1 entry, 4 before: shrunk by more than 30 %"), "{}", ran.err);
    assert_eq!(office.read("lists/uk-sanctions.csv"), written, "the list is still the old one");
    let forced = run(&office, &[&import[..], &["--force"]].concat());
    assert_eq!(forced.code, 0, "{}", forced.err);
    assert!(
        forced.out.contains("against the version that was there: 0 added, 3 removed, 0 changed"),
        "{}",
        forced.out
    );
    assert_eq!(office.read("lists/uk-sanctions.csv.old"), written);
}

/// A list that was damaged on the disk after it was imported is unfit, or refused: at whatever byte it ends.
#[test]
fn a_list_that_is_cut_on_the_disk_is_not_taken_for_whole() {
    let office = office(&["un-sc-2026-09.xml"]);
    run(&office, &["import", "--format", "un-sc", "un-sc-2026-09.xml", "-o", "lists"]);
    let whole = std::fs::read(office.path("lists/un-sc.csv")).unwrap();
    let path = office.path("lists/un-sc.csv");
    let before = wharfinger::watchlist::load(&path).unwrap().remove(0);
    let day = jiff::civil::date(2026, 9, 30);
    for cut in 0..whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let Ok(mut lists) = wharfinger::watchlist::load(&path) else { continue };
        let list = lists.remove(0);
        let fit = wharfinger::watchlist::fitness::check(&list, day, None).is_fit();
        // Only the end of the last cell, a note, can be missing without a trace.
        let same = list
            .entries
            .iter()
            .zip(&before.entries)
            .all(|(now, then)| now.name == then.name && now.id == then.id);
        assert!(!fit || same && list.entries.len() == before.entries.len(), "cut at {cut}");
    }
}

/// Ten entries of two snapshots, changed by hand: what each line must say.
#[test]
fn diff_says_what_changed_between_two_snapshots() {
    let office = office(&["un-sc-2026-09.xml", "un-sc-2026-11.xml"]);
    for (file, folder) in [("un-sc-2026-09.xml", "old"), ("un-sc-2026-11.xml", "new")] {
        assert_eq!(run(&office, &["import", "--format", "un-sc", file, "-o", folder]).code, 0);
    }
    let ran = run(&office, &["diff", "old/un-sc.csv", "new/un-sc.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out, @r"
    1 added, 2 removed, 7 changed, 1 unchanged
    + HTe.909  FENWOLDE ARMS
    - TAi.902  MARLO QUENCHBY
    - IRe.903  OXBARROW TRADING
    ~ CDi.901  OSWIN TIDEWICK
        alias lost: `OSVIN TIDEWYK`
        weak alias gained: `OSVIN TIDEWYK`
    ~ CDe.901  KRASTIVA GOLD REFINERY
        renamed: `KRASTIVA GOLD HOUSE` → `KRASTIVA GOLD REFINERY`
        alias gained: `KRASTIVA GOLD HOUSE`
    ~ KPe.902  MILLBRANDT SHIPPING
        alias lost: `MILLBRANDT LINES`
    ~ QDe.904  HESSELDON FOUNDATION
        country gained: `AT`
    ~ QDe.905  PENNYWHISTLE EXCHANGE
        listed on: 2015-03-02 → 2015-03-20
    ~ CDe.906  SALTERSFORD MINING
        ground: other → conflict_abuse
    ~ LYe.917  LINDENHYTHE BANK
        id: LYe.907 → LYe.917
    ");
    let same = run(&office, &["diff", "old/un-sc.csv", "old/un-sc.csv"]);
    assert_eq!(same.out, "0 added, 0 removed, 0 changed, 10 unchanged\n");
    assert_eq!(run(&office, &["diff", "old", "nowhere.csv"]).code, 3);
}

#[test]
fn diff_names_the_subjects_of_a_report_that_a_change_touches() {
    let office = Office::new();
    office.screen("2026-10-20", &["-o", "run.json", "--format", "none"]);
    for ending in ["csv", "toml"] {
        std::fs::create_dir_all(office.path("new")).unwrap();
        std::fs::copy(
            office.path(&format!("register.{ending}")),
            office.path(&format!("new/register.{ending}")),
        )
        .unwrap();
    }
    office.edit("new/register.csv", "debt_bondage,current", "debt_bondage,suspended");
    let diff = ["diff", "register.csv", "new/register.csv", "--report", "run.json"];
    let ran = run(&office, &diff);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("← ours: Ostervane Kilnhouse Ltd"), "{}", ran.out);
    assert!(ran.out.contains("status: current → suspended"), "{}", ran.out);
    assert!(ran.err.contains("1 subjects of the report are touched"), "{}", ran.err);
    office.write("run.json", "{}");
    assert_eq!(run(&office, &diff).code, 2);
}

/// A council's own list: five columns, and each mistake named with its row.
#[test]
fn an_own_list_is_five_columns_and_its_mistakes_are_named() {
    let office = Office::new();
    let good =
        "name,country,ground,status,listed_on\nQuellmoor Zwirnworks GmbH,DE,forced_labour,current,2025-03\n";
    office.write("ours.csv", good);
    let own = ["--no-bundled", "--watchlists", "ours.csv"];
    let ran =
        office.run(&[&["screen", "paid.csv", "--format", "csv", "--as-of", "2026-11-24"], &own[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Quellmoor Zwirnworks GmbH") && ran.out.contains("ours"), "{}", ran.out);
    for (row, says) in [
        ("Krastiva,XX,,,", "column `country`: `XX`"),
        ("Krastiva,Germany,,,", "`Germany` is not an ISO 3166-1 country code"),
        ("Krastiva,DE,forced_labor,,", "did you mean `forced_labour`?"),
        ("Krastiva,DE,,curent,", "did you mean `current`?"),
        ("Krastiva,DE,,,03/2025", "`03/2025` is not a date"),
        ("Krastiva,DE,,,2025-02-30", "`2025-02-30` is not a date"),
        (",DE,,,", "column `name`"),
        ("Krastiva,DE,,,,,more", "7 cells under 5 columns"),
    ] {
        office.write("ours.csv", &format!("{good}{row}\n"));
        let ran = office.run(&[&["watchlists", "list"], &own[..]].concat());
        assert_eq!(ran.code, 3, "{row}");
        assert!(ran.err.contains(says) && ran.err.contains("ours.csv:3"), "{row}: {}", ran.err);
    }
    for (text, says) in [
        ("id,name\na,Krastiva\na,Millbrandt\n", "ours.csv:3: column `id`: `a` stands on line 2 already"),
        ("name,counrty\nKrastiva,DE\n", "did you mean `country`?"),
        ("Company,Country\nKrastiva,DE\n", "--format generic --map"),
        ("name;country\nKrastiva;DE\n", "separate the columns by commas"),
        ("name,name\nKrastiva,DE\n", "name"),
        ("name\n", "an empty list"),
        ("", "an empty list"),
    ] {
        office.write("ours.csv", text);
        let ran = office.run(&[&["watchlists", "list"], &own[..]].concat());
        assert!(ran.code == 3 && ran.err.contains(says), "{text}: {}", ran.err);
    }
}

/// Any other table, by `--map`; and what its owner has set in the TOML stays set.
#[test]
fn generic_maps_any_table_and_keeps_what_was_set() {
    let office = Office::new();
    let text = "Register of the made-up ministry;;;\nCompany;Country of origin;Since;Reg no\nKrastiva Mills;Bulgaria;21/06/2022;201000001\nMillbrandt;Ruritania;soon;\n;;;\n;France;;\n";
    office.write("register of 2026.csv", text);
    let import = [
        "import",
        "--format",
        "generic",
        "register of 2026.csv",
        "--slug",
        "ministry",
        "-o",
        "lists",
        "--map",
        "name=Company",
        "--map",
        "country=Country of origin",
        "--map",
        "listed_on=Since",
        "--map",
        "reg=Reg no",
    ];
    let ran = run(&office, &import);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let account = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(account.contains("3 entries at the source 2 entries in the list"), "{account}");
    assert!(account.contains("line 6: it has no name"), "{account}");
    for said in ["`country` could not be read", "`Ruritania`", "`listed_on` could not be read", "`soon`"] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    let row = office.read("lists/ministry.csv");
    assert!(
        row.contains("krastiva-mills,Krastiva Mills,,,organisation,BG,bg-reg:201000001,,,current,2022-06-21"),
        "{row}"
    );

    office.edit("lists/ministry.toml", "authority = \"F\"", "authority = \"B\"");
    office.edit(
        "lists/ministry.toml",
        "default_ground = \"other_human_rights\"",
        "default_ground = \"forced_labour\"",
    );
    let shown = ["show", "krastiva-mills", "--no-bundled", "--watchlists", "lists"];
    assert!(run(&office, &shown).out.contains("forced_labour"));
    assert_eq!(run(&office, &import).code, 0);
    assert!(
        office.read("lists/ministry.toml").contains("authority = \"B\""),
        "{}",
        office.read("lists/ministry.toml")
    );
    assert!(run(&office, &shown).out.contains("forced_labour"));

    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "Nothing here").unwrap();
    let sheet = book.add_worksheet().set_name("Register").unwrap();
    for (row, cells) in [["Company", "Origin"], ["Krastiva Mills", "Bulgaria"]].iter().enumerate() {
        sheet.write_row(u32::try_from(row).unwrap(), 0, *cells).unwrap();
    }
    book.save(office.path("register.xlsx")).unwrap();
    let import = [
        "import",
        "--format",
        "generic",
        "register.xlsx",
        "-o",
        "lists",
        "--map",
        "name=Company",
        "--map",
        "country=Origin",
    ];
    assert_eq!(run(&office, &import).code, 0);
    assert_eq!(run(&office, &[&import[..], &["--sheet", "Register"]].concat()).code, 0);
    let wrong = run(&office, &[&import[..], &["--sheet", "Sheet9"]].concat());
    assert!(wrong.code == 2 && wrong.err.contains("it has `Notes`, `Register`"), "{}", wrong.err);
    let wrong = run(&office, &["import", "--format", "generic", "register.xlsx", "--map", "name=Firm"]);
    assert!(wrong.code == 3 && wrong.err.contains("no column `Firm`"), "{}", wrong.err);
}
