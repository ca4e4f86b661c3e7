//! What the parts of an Excel workbook claim to hold, against what they can.
//!
//! The reader of workbooks makes room for as many texts, or for as long a record, as a part says. Memory that cannot be had
//! ends the program and is no panic that could be caught, so the numbers are looked at before that reader sees them.
//!
//! Parts are found by how their names end, whatever their folder and capitals: these are all that the reader can take for
//! them, whichever folder the package names.
//!
//! Sources: ECMA-376, Office Open XML, part 1, sections 18.4.9 and 18.8; MS-XLSB, sections 2.1.4 and 2.5.168; for what is
//! trusted, calamine 0.38.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::guarded::damaged;

/// The shortest text of a table of shared texts, `<si/>`, in bytes.
const SHORTEST_TEXT: u64 = 5;

/// How many fonts, fills, borders and formats a workbook may have. Excel writes 65,490 formats at most.
const STYLE_LIMIT: u64 = 500_000;

/// What the names of fonts and codes of numbers may take in bytes, once each format has its own copy.
const STYLE_TEXT_LIMIT: u64 = 256 << 20;

/// A record is given its room before it is read: up to this many bytes there is always some.
const SMALL_RECORD: u64 = 1 << 20;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Looks at the parts of an `.xlsx`.
///
/// # Errors
/// A part that claims more than it can hold.
pub(super) fn check_xlsx(bytes: &[u8]) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    for name in names(&archive) {
        let lower = name.to_ascii_lowercase();
        // What cannot be opened, the reader cannot open either, and says so.
        let Ok(part) = archive.by_name(&name) else { continue };
        if lower.ends_with("sharedstrings.xml") {
            check_texts(&name, BufReader::new(part))?;
        } else if lower.ends_with("styles.xml") {
            check_styles(&name, BufReader::new(part))?;
        }
    }
    check_sheets(&mut archive)
}

/// Any number of sheets may be one part, which is then read as often.
fn check_sheets(archive: &mut Archive<'_>) -> io::Result<()> {
    let document = "/relationships/officeDocument";
    let target = tags(archive, "_rels/.rels", "Relationship")
        .iter()
        .filter(|relation| relation.iter().any(|(key, kind)| key == "Type" && kind.ends_with(document)))
        .filter_map(|relation| value(relation, "Target"))
        .next_back();
    let Some(target) = target else { return Ok(()) };
    let target = target.trim_start_matches('/');
    let (folder, name) = target.split_at(target.rfind('/').map_or(0, |slash| slash + 1));
    let parts: BTreeMap<String, String> =
        tags(archive, &format!("{folder}_rels/{name}.rels"), "Relationship")
            .iter()
            .filter_map(|relation| Some((value(relation, "Id")?, value(relation, "Target")?)))
            .collect();
    let mut seen = BTreeSet::new();
    for sheet in tags(archive, target, "sheet") {
        let id = sheet.iter().rfind(|(key, _)| key == "id" || key.ends_with(":id"));
        let Some(part) = id.and_then(|(_, id)| parts.get(id)) else { continue };
        if !seen.insert(part.to_ascii_lowercase()) {
            return Err(damaged(format!("two of its sheets are one part, `{part}`")));
        }
    }
    Ok(())
}

/// The attributes of an element, with entities resolved.
type Attributes = Vec<(String, String)>;

fn value(attributes: &Attributes, name: &str) -> Option<String> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

/// The elements of a name in a part, which is found whatever its capitals.
fn tags(archive: &mut Archive<'_>, part: &str, element: &str) -> Vec<Attributes> {
    let mut found = Vec::new();
    let named = |name: &String| name.replace('\\', "/").eq_ignore_ascii_case(part);
    let Some(name) = names(archive).into_iter().rfind(named) else { return found };
    let Ok(part) = archive.by_name(&name) else { return found };
    let (mut reader, mut buffer) = (xml(BufReader::new(part)), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == element => {
                let text = |value: &str| {
                    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned)
                };
                let mut attributes = tag.attributes();
                let attributes = attributes.with_checks(false).flatten();
                let attributes = attributes.map(|one| (one.key.as_ref().to_owned(), text(&one.value)));
                found.push(attributes.collect());
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn names(archive: &Archive<'_>) -> Vec<String> {
    archive.file_names().filter_map(Result::ok).map(Cow::into_owned).collect()
}

/// XML as the reader of workbooks reads it; what is wrong with it is left for that to say.
fn xml<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader
}

fn check_texts(name: &str, part: impl BufRead) -> io::Result<()> {
    let (mut reader, mut buffer) = (xml(part), Vec::new());
    let claimed = loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "sst" => {
                break attribute(&tag, "uniqueCount").and_then(|count| count.parse::<u64>().ok());
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    };
    let Some(claimed) = claimed else { return Ok(()) };
    let read = reader.buffer_position();
    let size = read.saturating_add(io::copy(&mut reader.into_inner(), &mut io::sink())?);
    if claimed > size / SHORTEST_TEXT {
        return Err(damaged(format!("`{name}` claims to hold {claimed} texts in {size} bytes")));
    }
    Ok(())
}

/// An attribute as it is written.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false).flatten().find(|a| a.key.as_ref() == name).map(|a| a.value.into_owned())
}

fn check_styles(name: &str, part: impl BufRead) -> io::Result<()> {
    let (mut reader, mut buffer) = (xml(part), Vec::new());
    let (mut styles, mut formats, mut longest) = (0_u64, 0_u64, 0_u64);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                "font" | "fill" | "border" => styles += 1,
                "xf" => formats += 1,
                "numFmt" | "name" => longest = longest.max(tag.attributes_raw().len() as u64),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if styles + formats > STYLE_LIMIT {
            return Err(damaged(format!("`{name}` has over {STYLE_LIMIT} styles of cells")));
        }
    }
    if formats.saturating_mul(longest) > STYLE_TEXT_LIMIT {
        return Err(damaged(format!("`{name}` has {formats} formats with names of {longest} bytes")));
    }
    Ok(())
}

/// Looks at the records of an `.xlsb`.
///
/// # Errors
/// A record that claims to be longer than what is left of its part, or than any of its kind.
pub(super) fn check_xlsb(bytes: &[u8]) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let sheets = targets(&mut archive);
    for name in names(&archive) {
        let lower = name.replace('\\', "/").to_ascii_lowercase();
        let Ok(part) = archive.by_name(&name) else { continue };
        let mut records = Records { name: &name, part: BufReader::new(part), names: 0 };
        match lower.as_str() {
            "xl/styles.bin" => records.check_styles()?,
            "xl/workbook.bin" => while records.check_next(LIMITS)?.is_some() {},
            "xl/sharedstrings.bin" => while records.check_next(&[])?.is_some() {},
            _ if sheets.contains(&lower) => while records.check_next(&[])?.is_some() {},
            _ => {}
        }
    }
    Ok(())
}

/// The parts that the workbook names, in small letters.
fn targets(archive: &mut Archive<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(part) = archive.by_name("xl/_rels/workbook.bin.rels") else { return found };
    let (mut reader, mut buffer) = (xml(BufReader::new(part)), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let target = attribute(&tag, "Target").unwrap_or_default();
                let target = quick_xml::escape::unescape(&target).map(Cow::into_owned);
                let target = format!("xl/{}", target.unwrap_or_default()).to_ascii_lowercase();
                if target.starts_with("xl/worksheets/") {
                    found.push(target);
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The longest that some kinds of record may be: names of sheets and of ranges are copied to wherever they are used.
const LIMITS: &[(u16, u64)] = &[(BUNDLE_SHEET, 8 << 10), (EXTERN_SHEET, 1 << 20), (NAME, 24 << 10)];

const BUNDLE_SHEET: u16 = 0x009C;
const EXTERN_SHEET: u16 = 0x016A;
const NAME: u16 = 0x0027;

/// What all names of ranges with their formulas may take in bytes.
const NAMES_LIMIT: u64 = 4 << 20;

/// The records of one part: a type and a length, each of as many bytes as it needs, and so many bytes.
struct Records<'a, R> {
    name: &'a str,
    part: R,
    names: u64,
}

impl<R: Read> Records<'_, R> {
    /// Reads over a record and gives its kind; nothing at the end of the part.
    fn check_next(&mut self, limits: &[(u16, u64)]) -> io::Result<Option<u16>> {
        let Some(kind) = self.kind()? else { return Ok(None) };
        Ok(self.check_body(kind, limits)?.map(|_| kind))
    }

    /// Reads over the rest of a record and gives its first eight bytes.
    fn check_body(&mut self, kind: u16, limits: &[(u16, u64)]) -> io::Result<Option<[u8; 8]>> {
        let Some(length) = self.length()? else { return Ok(None) };
        let limit = limits.iter().find(|limit| limit.0 == kind).map_or(u64::MAX, |limit| limit.1);
        if kind == NAME && !limits.is_empty() {
            self.names += length;
        }
        let mut first = [0; 8];
        let mut read = 0;
        for byte in first.iter_mut().take(usize::try_from(length).unwrap_or(usize::MAX)) {
            let Some(found) = self.byte()? else { break };
            (*byte, read) = (found, read + 1);
        }
        read += io::copy(&mut self.part.by_ref().take(length.saturating_sub(read)), &mut io::sink())?;
        if length > limit || self.names > NAMES_LIMIT || (read < length && length > SMALL_RECORD) {
            return Err(damaged(format!("`{}` has a record that claims {length} bytes", self.name)));
        }
        Ok((read == length).then_some(first))
    }

    /// Styles are looked for byte by byte, so that what is taken for a record may be none.
    fn check_styles(&mut self) -> io::Result<()> {
        while let Some(kind) = self.kind()? {
            let inner = match kind {
                0x0267 => 0x002C,
                0x0269 => 0x002F,
                _ => continue,
            };
            let Some([a, b, c, d, ..]) = self.check_body(kind, &[])? else { return Ok(()) };
            for _ in 0..u32::from_le_bytes([a, b, c, d]) {
                loop {
                    match self.check_next(&[])? {
                        Some(kind) if kind == inner => break,
                        Some(_) => {}
                        None => return Ok(()),
                    }
                }
            }
        }
        Ok(())
    }

    fn kind(&mut self) -> io::Result<Option<u16>> {
        let Some(first) = self.byte()? else { return Ok(None) };
        if first & 0x80 == 0 {
            return Ok(Some(u16::from(first)));
        }
        let second = self.byte()?;
        Ok(second.map(|second| u16::from(first & 0x7F) + (u16::from(second & 0x7F) << 7)))
    }

    fn length(&mut self) -> io::Result<Option<u64>> {
        let mut length = 0;
        for place in 0..4 {
            let Some(byte) = self.byte()? else { return Ok(None) };
            length += u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(Some(length))
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        Ok((self.part.read(&mut byte)? == 1).then_some(byte[0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_texts_than_bytes_are_refused() {
        let part = |count: &str, texts: usize| {
            format!("<?xml version=\"1.0\"?><sst {count}>{}</sst>", "<si><t>x</t></si>".repeat(texts))
        };
        for (count, texts, sound) in [
            ("uniqueCount=\"2\"", 2, true),
            ("count='9' uniqueCount='3'", 2, true),
            ("", 2, true),
            ("uniqueCount=\"-1\"", 2, true),
            ("uniqueCount=\"1000\"", 2, false),
            ("uniqueCount=\"10000000000000\"", 2, false),
            ("uniqueCount=\"18446744073709551615\"", 2, false),
            ("uniqueCount=\"1000\"", 1000, true),
        ] {
            let checked = check_texts("xl/sharedStrings.xml", part(count, texts).as_bytes());
            assert_eq!(checked.is_ok(), sound, "{count}: {checked:?}");
        }
        assert!(check_texts("x", b"<sst uniqueCount='99999'/>".as_slice()).is_err());
        assert!(check_texts("x", b"<sst uniqueCount='0'/>".as_slice()).is_ok());
        assert!(check_texts("x", b"<nothing".as_slice()).is_ok());
    }

    #[test]
    fn two_sheets_that_are_one_part_are_refused() {
        use std::io::Write;
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet();
        book.add_worksheet();
        let bytes = book.save_to_buffer().unwrap();
        check_xlsx(&bytes).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        for (part, second, first) in
            [("xl/workbook.xml", "rId2", "rId1"), ("xl/_rels/workbook.xml.rels", "sheet2.xml", "Sheet1.xml")]
        {
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for name in names(&archive) {
                let mut text = String::new();
                archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
                if name == part {
                    assert!(text.contains(second), "{text}");
                    text = text.replace(second, first);
                }
                out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                out.write_all(text.as_bytes()).unwrap();
            }
            let error = check_xlsx(&out.finish().unwrap().into_inner()).unwrap_err();
            assert!(error.to_string().contains("are one part"), "{error}");
        }
    }

    #[test]
    fn styles_without_end_are_refused() {
        let check = |text: String| check_styles("xl/styles.xml", text.as_bytes());
        let formats = |count: usize| format!("<cellXfs>{}</cellXfs>", "<xf numFmtId='164'/>".repeat(count));
        let code = |length: usize| format!("<numFmt numFmtId='164' formatCode='{}'/>", "0".repeat(length));
        assert!(check(format!("<styleSheet>{}{}</styleSheet>", code(255), formats(65_490))).is_ok());
        assert!(check(formats(500_001)).is_err());
        assert!(check(code(1 << 20) + &formats(1000)).is_err());
    }

    #[test]
    fn a_record_longer_than_its_part_is_refused() {
        let check = |bytes: &[u8]| -> io::Result<()> {
            let mut records = Records { name: "xl/sharedStrings.bin", part: bytes, names: 0 };
            while records.check_next(LIMITS)?.is_some() {}
            Ok(())
        };
        check(&[0x9F, 0x01, 0x08, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap();
        // Cut off: the reader meets the end in good time.
        check(&[0x9F, 0x01, 0x08, 0]).unwrap();
        assert!(check(&[0x13, 0xFF, 0xFF, 0xFF, 0x7F, 0]).is_err());
        // The name of a sheet of nine thousand bytes.
        let long = [vec![0x9C, 0x01, 0xA8, 0x46], vec![0; 9000]].concat();
        assert!(check(&long).is_err());
    }
}
