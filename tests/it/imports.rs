//! Official files as people really have them: packed, re-saved, in another encoding, cut, or not the file at all.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::Path;

use wharfinger::error::Hint;
use wharfinger::vocab::{EntityKind, Ground, ListingStatus};
use wharfinger::watchlist::Entry;
use wharfinger::watchlist::import::{Format, ImportError, Imported, Options, import_bytes};

/// Every file of ours that is a list by itself, with its format.
const FILES: &[(Format, &str)] = &[
    (Format::OfacSdn, "sdn.csv"),
    (Format::OfacSdn, "sdn.xml"),
    (Format::OfacSdn, "sdn-enhanced.xml"),
    (Format::UkSanctions, "uk-sanctions.csv"),
    (Format::UkSanctions, "uk-sanctions-2026.csv"),
    (Format::UkSanctions, "uk-sanctions.xml"),
    (Format::UkSanctions, "conlist.csv"),
    (Format::EuFsf, "eu-fsf-1.1.csv"),
    (Format::EuFsf, "eu-fsf-1.1-whole.csv"),
    (Format::EuFsf, "eu-fsf-1.1.xml"),
    (Format::EuFsf, "eu-fsf-prefixed.xml"),
    (Format::UnSc, "un-sc.xml"),
    (Format::UnSc, "un-sc-2026-09.xml"),
    (Format::UnSc, "un-sc-2026-11.xml"),
    (Format::WorldBank, "world-bank.json"),
    (Format::WorldBank, "world-bank-2026.json"),
    (Format::WorldBank, "world-bank.csv"),
    (Format::OpenSanctions, "targets.simple.csv"),
    (Format::OpenSanctions, "entities.ftm.json"),
    (Format::OpenSanctions, "targets.nested.json"),
    (Format::Uflpa, "uflpa.html"),
    (Format::Uflpa, "uflpa.csv"),
    (Format::Csl, "csl.csv"),
];

fn options() -> Options {
    Options::new(jiff::civil::date(2026, 11, 24))
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lists"));
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn import(format: Format, name: &str, bytes: Vec<u8>) -> Result<Imported, ImportError> {
    import_bytes(format, vec![(name.to_owned(), bytes)], &options())
}

fn imported(format: Format, name: &str) -> Imported {
    import(format, name, fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

fn utf16(text: &str, to: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    mark.encode_utf16().chain(text.encode_utf16()).flat_map(to).collect()
}

/// The same file as other programs and people hand it on.
fn variants(name: &str) -> Vec<(&'static str, String, Vec<u8>)> {
    let bytes = fixture(name);
    let mut all = vec![
        ("gz", format!("{name}.gz"), gzipped(&bytes)),
        ("zip", "x.zip".to_owned(), zipped(&[(name, &bytes)])),
        (
            "zip with a readme",
            "x.zip".to_owned(),
            zipped(&[
                ("../../etc/readme.md", b"# Read me"),
                (&format!("data/{name}"), &bytes),
                ("__MACOSX/._x.csv", b"\0\0"),
            ]),
        ),
        ("gz in zip", "x.zip".to_owned(), zipped(&[(&format!("{name}.gz"), &gzipped(&bytes))])),
    ];
    let Ok(text) = std::str::from_utf8(&bytes) else { return all };
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.replace("\r\n", "\n");
    let plain = || name.to_owned();
    all.extend([
        ("no mark", plain(), text.as_bytes().to_vec()),
        ("a mark", plain(), format!("\u{feff}{text}").into_bytes()),
        ("LF", plain(), lines.clone().into_bytes()),
        ("CRLF", plain(), lines.replace('\n', "\r\n").into_bytes()),
        ("blank lines after it", plain(), format!("{text}\n\n  \n").into_bytes()),
        ("another name", "download (3)".to_owned(), bytes.clone()),
        ("UTF-16 LE", plain(), utf16(text, u16::to_le_bytes, true)),
        ("UTF-16 BE", plain(), utf16(text, u16::to_be_bytes, true)),
        ("UTF-16 without a mark", plain(), utf16(text, u16::to_le_bytes, false)),
    ]);
    all
}

#[test]
fn however_a_file_comes_it_gives_the_same_list() {
    for (format, name) in FILES {
        let want = imported(*format, name);
        assert!(want.adds_up(), "{name}");
        for (what, given, bytes) in variants(name) {
            let got =
                import(*format, &given, bytes).unwrap_or_else(|error| panic!("{name}, {what}: {error}"));
            assert_eq!(got.list.entries, want.list.entries, "{name}, {what}");
            assert_eq!(
                (got.at_source, got.skipped),
                (want.at_source, want.skipped.clone()),
                "{name}, {what}"
            );
        }
    }
}

/// Semicolons and tabs are what spreadsheets of other languages write; `sep=` is what makes Excel open them rightly.
#[test]
fn a_table_that_was_saved_again_gives_the_same_list() {
    for (format, name, delimiter) in [
        (Format::UkSanctions, "uk-sanctions-2026.csv", b','),
        (Format::EuFsf, "eu-fsf-1.1-whole.csv", b';'),
        (Format::WorldBank, "world-bank.csv", b','),
        (Format::Csl, "csl.csv", b','),
        (Format::OpenSanctions, "targets.simple.csv", b','),
        (Format::Uflpa, "uflpa.csv", b','),
        (Format::UkSanctions, "uk-sanctions.csv", b','),
    ] {
        let want = imported(format, name).list.entries;
        let bytes = fixture(name);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
        let records: Vec<csv::ByteRecord> = reader.byte_records().map(Result::unwrap).collect();
        for mark in [b',', b';', b'\t', b'|'] {
            let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(mark).from_writer(Vec::new());
            for record in &records {
                writer.write_record(record).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let again = import(format, name, text.clone());
            assert_eq!(again.unwrap().list.entries, want, "{name}, `{}`", char::from(mark));
            let hinted = [b"sep=", [mark].as_slice(), b"\n", &text].concat();
            assert_eq!(import(format, name, hinted).unwrap().list.entries, want, "{name}, sep=");
        }
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "Notes").unwrap();
        let sheet = book.add_worksheet();
        for (row, record) in records.iter().enumerate() {
            for (column, cell) in record.iter().enumerate() {
                let text = String::from_utf8_lossy(cell).into_owned();
                sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
            }
        }
        let book = book.save_to_buffer().unwrap();
        let again = import(format, "list.xlsx", book).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again.list.entries, want, "{name} as a workbook");
    }
}

/// The UK list as an ODS of all columns, and as the short one, with cells that repeat and are padded.
#[test]
fn the_uk_spreadsheet_is_read_in_both_forms() {
    let bytes = fixture("uk-sanctions-2026.csv");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let long: Vec<Vec<String>> =
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    let want = imported(Format::UkSanctions, "uk-sanctions-2026.csv");
    let got = import(Format::UkSanctions, "UK-Sanctions-List.ods", ods("UK_Sanctions_List", &long)).unwrap();
    assert_eq!(got.list.entries, want.list.entries);
    assert_eq!(got.list.facts.published_on.as_deref(), Some("2026-11-20"));

    let short: Vec<Vec<String>> = [
        "Unique ID|OFSI Group ID|Name|Regime Name|Type|Designation source|Date Designated|Sanctions Imposed",
        "GHR9101|17101|  KRASTIVA PRISON FARMS LIMITED  |Global Human Rights|Entity|UK|09-12-2025|Asset freeze, Trust Services Sanctions",
        "RUS9103||OXBARROW STAR|Russia|Ship|UK|13-06-2024|Transport sanctions: see \"Other information\"",
        "IRN9102|17102|  |Iran|Individual|UK|01-02-2023|Asset freeze",
    ]
    .iter()
    .map(|row| row.split('|').map(str::to_owned).collect())
    .collect();
    let got =
        import(Format::UkSanctions, "FCDO_SL_Mon_Nov 23 2026.ods", ods("UK_Sanction_List", &short)).unwrap();
    assert_eq!((got.at_source, got.list.entries.len(), got.skipped.len()), (3, 2, 1));
    let first = &got.list.entries[0];
    assert_eq!(
        (first.name.as_str(), first.ground),
        ("KRASTIVA PRISON FARMS LIMITED", Ground::OtherHumanRights)
    );
    assert_eq!(first.listed_on.unwrap().to_string(), "2025-12-09");
    assert_eq!(got.list.facts.published_on.as_deref(), Some("2026-11-23"), "{:?}", got.remarks);
    assert!(!got.list.facts.complete, "the short form has no aliases");
}

/// A spreadsheet as office programs write it: indented, with repeated cells and a million blank rows at the end.
fn ods(sheet: &str, rows: &[Vec<String>]) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut body = String::new();
    for row in rows {
        body.push_str("   <table:table-row table:style-name=\"ro1\">\n");
        for cell in row {
            let lines = cell.split('\n').map(|line| format!("<text:p>{}</text:p>", escape(line)));
            writeln!(
                body,
                "    <table:table-cell office:value-type=\"string\">{}</table:table-cell>",
                lines.collect::<String>()
            )
            .unwrap();
        }
        body.push_str("    <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\n");
    }
    body.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>");
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\n <office:body><office:spreadsheet><table:table table:name=\"{sheet}\">\n{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("Configurations2/", b""),
        ("content.xml", content.as_bytes()),
    ])
}

fn entry<'a>(imported: &'a Imported, id: &str) -> &'a Entry {
    let found = imported.list.entries.iter().find(|entry| entry.id == id);
    found.unwrap_or_else(|| panic!("no `{id}` in {:#?}", imported.list.entries))
}

fn shown(values: &[impl ToString]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

#[test]
fn the_uk_csv_of_2026_is_read_to_its_last_column() {
    let list = imported(Format::UkSanctions, "uk-sanctions-2026.csv");
    assert_eq!((list.rows, list.at_source, list.list.entries.len()), (14, 5, 4));
    assert_eq!(list.skipped[0].reason, "it has no Unique ID");
    let farms = entry(&list, "GHR9101");
    assert_eq!(farms.name, "KRASTIVA PRISON FARMS LIMITED");
    assert_eq!(farms.aliases, ["KRASTIVA FARMS", "KRASTIVA AGRO", "КРАСТИВА", "КРАСТИВА ФЕРМИ"]);
    assert_eq!(farms.weak_aliases, ["KPF"]);
    assert_eq!(shown(&farms.countries), ["BG", "RO"]);
    assert_eq!(shown(&farms.identifiers), ["bg-reg:201000001", "bg-reg:201000002"]);
    assert_eq!(
        (farms.ground, farms.measure.as_str()),
        (Ground::ForcedLabour, "Asset freeze, Trust Services Sanctions")
    );
    let person = entry(&list, "IRN9102");
    assert_eq!((person.kind, person.name.as_str()), (EntityKind::Person, "Oswin Q TIDEWICK"));
    assert_eq!(shown(&person.countries), ["IR", "IQ"]);
    assert_eq!(person.listed_on.unwrap().to_string(), "2023", "a part of a date stays a part");
    assert!(person.identifiers.is_empty(), "passports are not kept");
    let ship = entry(&list, "RUS9103");
    assert_eq!((ship.kind, shown(&ship.identifiers)), (EntityKind::Vessel, vec!["imo:9000001".to_owned()]));
    assert_eq!(entry(&list, "DRC9104").ground, Ground::ConflictAbuse);
}

#[test]
fn the_whole_eu_csv_is_read_by_its_headers() {
    let list = imported(Format::EuFsf, "eu-fsf-1.1-whole.csv");
    assert_eq!((list.rows, list.at_source, list.list.entries.len()), (14, 3, 3));
    let works = entry(&list, "EU.9001.12");
    assert_eq!(works.name, "Krastiva \"Prison\" Works, East", "`;` parts names in a list");
    assert_eq!(works.aliases, ["Краствива", "KPW"]);
    assert_eq!((works.kind, works.ground), (EntityKind::Organisation, Ground::OtherHumanRights));
    assert_eq!(shown(&works.countries), ["BG"]);
    assert_eq!(shown(&works.identifiers), ["bg-reg:201000001"]);
    assert_eq!(works.listed_on.unwrap().to_string(), "2024-12-10");
    let person = entry(&list, "EU.9002.7");
    assert_eq!((person.kind, person.name.as_str()), (EntityKind::Person, "Oswin Tidewick"));
    assert_eq!(person.listed_on.unwrap().to_string(), "2022-02-25");
    assert_eq!(entry(&list, "EU.9003.1").kind, EntityKind::Vessel);
    assert_eq!(list.list.facts.published_on.as_deref(), Some("2026-11-20"));
}

#[test]
fn the_eu_xml_is_read_under_any_prefix() {
    let list = imported(Format::EuFsf, "eu-fsf-prefixed.xml");
    let person = entry(&list, "904");
    assert_eq!((person.kind, person.name.as_str()), (EntityKind::Person, "Oswin Q Tidewick"));
    assert_eq!(person.weak_aliases, ["The Keeper"]);
    let firm = entry(&list, "EU.9005.2");
    assert_eq!(
        (firm.name.as_str(), shown(&firm.aliases)),
        ("Millbrandt and Sons", vec!["Millbrandt & Sons".to_owned()])
    );
    assert_eq!(firm.listed_on.unwrap().to_string(), "2021-03-22", "the earliest regulation");
}

#[test]
fn world_bank_files_agree_whatever_their_form() {
    for name in ["world-bank-2026.json", "world-bank.csv"] {
        let list = imported(Format::WorldBank, name);
        let [firm, person, other] = list.list.entries.as_slice() else { panic!("{name}: {list:#?}") };
        assert_eq!(
            (firm.name.as_str(), shown(&firm.aliases)),
            ("KRASTIVA BUILDING LTD.", vec!["KRASTIVA WORKS".to_owned()]),
            "{name}"
        );
        assert_eq!(
            (firm.status, shown(&firm.countries)),
            (ListingStatus::Expired, vec!["VN".to_owned()]),
            "{name}"
        );
        assert_eq!((person.kind, person.delisted_on), (EntityKind::Person, None), "{name}: ongoing");
        assert_eq!(person.listed_on.unwrap().to_string(), "2019-08-05", "{name}");
        assert_eq!(
            (other.kind, other.delisted_on, other.ground),
            (EntityKind::Organisation, None, Ground::Corruption),
            "{name}"
        );
    }
    let nested = br#"{"ZPROCSUPP":{"ZPROCSUPP":{"SUPP_NAME":"KRASTIVA","SUPP_ID":7,"SUPP_TYPE_CODE":"F"}}}"#;
    assert_eq!(import(Format::WorldBank, "x.json", nested.to_vec()).unwrap().list.entries.len(), 1);
}

/// OFAC's own text files in their other two forms, and a copy that has gained a header and lost its end mark.
#[test]
fn ofac_text_files_are_read_by_whatever_parts_their_cells() {
    let text = String::from_utf8(fixture("sdn.csv")).unwrap();
    let want = imported(Format::OfacSdn, "sdn.csv").list.entries;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for mark in [b'@', b'|', b';', b'\t'] {
        let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(mark).from_writer(Vec::new());
        for record in &records {
            writer.write_record(record).unwrap();
        }
        let list = import(Format::OfacSdn, "SDN.DEL", writer.into_inner().unwrap()).unwrap();
        assert_eq!(list.list.entries, want, "{}", char::from(mark));
    }
    let header = "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,Vess_owner,Remarks\n";
    let resaved = format!("{header}{}", text.trim_end_matches('\u{1a}').replace("-0- ", "-0-"));
    assert_eq!(import(Format::OfacSdn, "sdn.csv", resaved.into_bytes()).unwrap().list.entries, want);
}

/// Where a file is cut: at every byte of its first and last part, and here and there between.
fn cuts(len: usize) -> impl Iterator<Item = usize> {
    (0..len).filter(move |cut| *cut < 300 || len - cut < 500 || cut % 17 == 0)
}

/// Cut at any byte, a file is refused, or the import says that it may not be whole: never is it taken without a word.
#[test]
fn a_file_that_is_cut_at_any_byte_is_never_taken_without_a_word() {
    for (format, name) in FILES {
        let bytes = fixture(name);
        let whole = bytes.trim_ascii_end().len();
        let all = imported(*format, name).list.entries;
        for cut in cuts(whole) {
            let Ok(list) = import(*format, name, bytes[..cut].to_vec()) else { continue };
            assert!(list.adds_up(), "{name} cut at {cut}");
            let said = list.remarks.iter().any(|remark| {
                remark.contains("shows that it is whole") || remark.contains("does not end with a line end")
            });
            assert!(
                said,
                "{name} cut at {cut}: {} of {} entries, {:?}",
                list.list.entries.len(),
                all.len(),
                list.remarks
            );
            // These are small: a list of thousands that has so few is not whole, and its TOML says so for good.
            if *format != Format::OpenSanctions && *name != "conlist.csv" {
                assert!(
                    !list.list.facts.complete && list.list.facts.missing.contains("cut short"),
                    "{name} cut at {cut}"
                );
            }
        }
    }
}

#[test]
fn xml_and_json_that_are_cut_are_refused() {
    for (format, name) in FILES.iter().filter(|(format, name)| {
        name.ends_with(".xml")
            || name.ends_with(".html")
            || *format == Format::WorldBank && name.ends_with(".json")
    }) {
        let bytes = fixture(name);
        for cut in cuts(bytes.trim_ascii_end().len()) {
            assert!(import(*format, name, bytes[..cut].to_vec()).is_err(), "{name} cut at {cut}");
        }
    }
}

/// Every file under every format but its own: refused, with what it looks like and the format to use.
#[test]
fn a_file_under_the_wrong_format_is_refused_with_the_right_one() {
    for (own, name) in FILES {
        for format in Format::ALL.iter().filter(|format| *format != own && **format != Format::Generic) {
            let error = match import(*format, name, fixture(name)) {
                Err(error) => error,
                Ok(list) => panic!("{name} as {format}: {:?}", list.what),
            };
            let hint = error.hint().unwrap_or_default();
            let names_it =
                hint.contains(&format!("--format {own}")) || matches!(error, ImportError::WebPage { .. });
            assert!(names_it, "{name} as {format}: {error}; {hint}");
        }
    }
}

#[test]
fn what_is_no_list_at_all_is_refused_with_what_it_is() {
    let page =
        b"<!DOCTYPE html><html><head><title>Access denied</title></head><body>403</body></html>".to_vec();
    let header = |name: &str| {
        let bytes = fixture(name);
        let lines: Vec<&[u8]> = bytes.splitn(3, |byte| *byte == b'\n').take(2).collect();
        [lines[0], b"\n", if name.starts_with("uk") { lines[1] } else { b"" }, b"\n"].concat()
    };
    for (format, bytes, want) in [
        (Format::UkSanctions, page.clone(), "is a web page (`Access denied`)"),
        (Format::UnSc, page.clone(), "is a web page (`Access denied`)"),
        (Format::WorldBank, page, "is a web page (`Access denied`)"),
        (Format::UkSanctions, header("uk-sanctions-2026.csv"), "without a single entry"),
        (Format::EuFsf, header("eu-fsf-1.1-whole.csv"), "without a single entry"),
        (Format::OpenSanctions, header("targets.simple.csv"), "without a single entry"),
        (Format::Csl, header("csl.csv"), "without a single entry"),
        (Format::WorldBank, b"{\"response\":{\"ZPROCSUPP\":[]}}".to_vec(), "without a single entry"),
        (
            Format::UnSc,
            b"<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>".to_vec(),
            "without a single entry",
        ),
        (Format::EuFsf, b"".to_vec(), "without a single entry"),
        (Format::EuFsf, b" \r\n\r\n".to_vec(), "without a single entry"),
        (Format::OfacSdn, b"<Sanctions xmlns='x'><DistinctParties/></Sanctions>".to_vec(), "advanced XML"),
        (Format::EuFsf, b"<WHOLE Date='1'></WHOLE>".to_vec(), "version 1.0"),
        (Format::UkSanctions, b"<ArrayOfFinancialSanctionsTarget/>".to_vec(), "ended on 28 January 2026"),
        (Format::UnSc, b"name,country\nKrastiva,BG\n".to_vec(), "a text of another kind"),
        (Format::UnSc, b"{\"a\": 1}".to_vec(), "JSON of another kind"),
        (Format::WorldBank, b"%PDF-1.7 ...".to_vec(), "a PDF"),
        (Format::UkSanctions, zipped(&[]), "the archive holds no file"),
        (
            Format::UkSanctions,
            b"name,ground,weak_aliases\nKrastiva,,\n".to_vec(),
            "as this program writes it",
        ),
        (
            Format::UkSanctions,
            b"Calendar Year,Effective Date,WRO/Finding,Entity,Merchandise\n".to_vec(),
            "withhold release orders",
        ),
    ] {
        let error = import(format, "list", bytes).unwrap_err();
        assert!(error.to_string().contains(want), "{format}: {error}");
    }
}

/// An export of part of the list, in the formats that say so.
#[test]
fn an_export_of_part_of_a_list_is_refused_unless_it_is_asked_for() {
    let page = br#"{"total": 900, "offset": 0, "results": [{"id":"a","source":"Entity List (EL)","name":"Krastiva","alt_names":[]}]}"#;
    for (format, name, bytes) in [
        (Format::OfacSdn, "sdn-enhanced-filtered.xml", fixture("sdn-enhanced-filtered.xml")),
        (Format::Csl, "search.json", page.to_vec()),
    ] {
        assert!(matches!(import(format, name, bytes.clone()), Err(ImportError::Filtered { .. })), "{name}");
        let options = Options { partial: true, ..options() };
        let list = import_bytes(format, vec![(name.to_owned(), bytes)], &options).unwrap();
        assert!(!list.list.facts.complete, "{name}");
    }
}

/// Official files where they lie beside the checkout: the same list whatever they come in, and no cut half of one passes for
/// the whole.
#[test]
fn official_files_give_the_same_list_packed_and_never_a_whole_one_cut() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/watchlists"));
    for (format, path) in [
        (Format::UnSc, "un-sc-consolidated/consolidated-2026-02-27.xml"),
        (Format::OfacSdn, "us-ofac-consolidated-nonsdn/consolidated-2024-05-06.xml"),
        (Format::OfacSdn, "us-ofac-consolidated-nonsdn/cons_prim.csv"),
        (Format::UkSanctions, "uk-ofsi-conlist/sanctionsconlist-2018-04-13.csv"),
        (Format::UkSanctions, "uk-fcdo-sanctions-list/FCDO_SL_Mon_Aug_11_2025.ods"),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(path)) else {
            println!("skipped: {path} is not beside the checkout");
            continue;
        };
        let name = path.rsplit('/').next().unwrap();
        let want = import(format, name, bytes.clone()).unwrap();
        assert!(
            want.remarks.iter().all(|remark| !remark.contains("cut short")),
            "{path}: {:?}",
            want.remarks
        );
        assert_eq!(import(format, name, gzipped(&bytes)).unwrap().list.entries, want.list.entries, "{path}");
        for part in [3, 9, 15] {
            let Ok(cut) = import(format, name, bytes[..bytes.len() * part / 16].to_vec()) else { continue };
            assert!(
                !cut.remarks.is_empty() && cut.list.entries.len() < want.list.entries.len(),
                "{path}, {part}/16"
            );
        }
    }
}
