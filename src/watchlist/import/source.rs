//! An official file as bytes, and what its first bytes say that it is.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::ImportError;
use crate::watchlist::steady;

/// What a file, or all of an archive, may unpack to. The largest official list (OFAC's advanced XML) has about 120 MB.
pub(super) const LIMIT: u64 = 512 << 20;

/// Lists pack to a thirtieth at best; what unpacks to far more than that, and to more than [`SMALL`], is there to fill the
/// memory.
const RATIO: u64 = 100;

/// What any archive may unpack to.
const SMALL: u64 = 64 << 20;

/// How deep archives may lie in one another: a `.zip` of `.csv.gz` is in use, deeper is an attack.
const DEPTH: u8 = 3;

/// How many members of an archive are looked at.
const MEMBERS: usize = 1000;

/// One file, read whole and unpacked.
pub(super) struct Source {
    /// The path as given, with `!member` for a member of an archive.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What a file is, by its first bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// XML, with the local name of its root element.
    Xml(String),
    /// A web page, with its title.
    WebPage(String),
    /// JSON or JSON lines.
    Json,
    /// A workbook.
    Workbook,
    /// Text, probably delimited.
    Text,
    /// Nothing but blanks.
    Empty,
    /// Something that holds no list.
    Foreign(&'static str),
}

impl Source {
    /// Opens the files; a folder stands for the files in it, an archive for its members.
    pub(super) fn open_all(paths: &[PathBuf]) -> Result<Vec<Self>, ImportError> {
        let mut sources = Vec::new();
        for path in paths {
            let unreadable = |cause| ImportError::Unreadable { path: path.clone(), cause };
            if path.is_dir() {
                for file in files_of(path).map_err(unreadable)? {
                    sources.extend(open(&file).map_err(unreadable)?);
                }
            } else {
                sources.extend(open(path).map_err(unreadable)?);
            }
        }
        Ok(sources)
    }

    /// A file that is in memory already: an archive gives its members.
    pub(super) fn unpacked(name: String, bytes: Vec<u8>) -> Result<Vec<Self>, ImportError> {
        let path = PathBuf::from(&name);
        let mut left = limit_for(bytes.len() as u64);
        unpack(name, bytes, 0, &mut left).map_err(|cause| ImportError::Unreadable { path, cause })
    }

    /// The text, in UTF-8. Order of belief: a byte-order mark, what an XML declaration says, strict UTF-8, UTF-16 that
    /// has lost its mark, then Windows-1252, which is what publishers mean where they say Latin-1.
    pub(super) fn text(&self) -> Cow<'_, str> {
        self.decoded().0
    }

    /// The text, the encoding that it was read in, and whether bytes had to be replaced.
    fn decoded(&self) -> (Cow<'_, str>, &'static encoding_rs::Encoding, bool) {
        let unmarked = || {
            let declared = declared_encoding(&self.bytes);
            // What says that it is UTF-8 and is not is what Windows wrote.
            let believed = declared.filter(|encoding| *encoding != encoding_rs::UTF_8);
            (believed.unwrap_or_else(|| guessed(&self.bytes)), 0)
        };
        let (encoding, mark) = encoding_rs::Encoding::for_bom(&self.bytes).unwrap_or_else(unmarked);
        let bytes = self.bytes.get(mark..).unwrap_or_default();
        let (text, replaced) = encoding.decode_without_bom_handling(bytes);
        (text, encoding, replaced)
    }

    /// What is to be doubted of the text, if anything.
    pub(super) fn doubt(&self) -> Option<String> {
        if self.shape() == Shape::Workbook {
            return None;
        }
        let (_, encoding, replaced) = self.decoded();
        if replaced {
            return Some(format!(
                "`{}` holds bytes that are not {}; they were replaced, so that names with them cannot be relied on",
                self.name,
                encoding.name()
            ));
        }
        (encoding == encoding_rs::WINDOWS_1252)
            .then(|| "the text is not UTF-8; it was read as Windows-1252".to_owned())
    }

    pub(super) fn shape(&self) -> Shape {
        shape(&self.bytes)
    }

    /// Which kind of workbook it is.
    pub(super) fn workbook_shape(&self) -> crate::read::open::Shape {
        use crate::read::open::Shape;
        let holds = |part: &[u8]| memchr::memmem::find(&self.bytes, part).is_some();
        if !self.bytes.starts_with(b"PK") {
            Shape::Xls
        } else if holds(b"xl/workbook.bin") {
            Shape::Xlsb
        } else if holds(b"xl/workbook.xml") {
            Shape::Xlsx
        } else {
            Shape::Ods
        }
    }

    /// The file's own name, without folders, in lower case.
    pub(super) fn file_name(&self) -> String {
        self.name.rsplit(['/', '\\', '!']).next().unwrap_or_default().to_lowercase()
    }

    pub(super) fn damaged(&self, what: impl Into<String>) -> ImportError {
        ImportError::Damaged { file: self.name.clone(), what: what.into() }
    }
}

fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.retain(|file| {
        file.is_file() && !file.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
    });
    files.sort();
    Ok(files)
}

fn open(path: &Path) -> io::Result<Vec<Source>> {
    let bytes = steady::read(path, LIMIT)?;
    let mut left = limit_for(bytes.len() as u64);
    unpack(path.display().to_string(), bytes, 0, &mut left)
}

pub(super) fn limit_for(packed: u64) -> u64 {
    packed.saturating_mul(RATIO).clamp(SMALL, LIMIT)
}

/// Takes `.gz` and `.zip` apart; a workbook is a zip archive too, and stays whole. Nothing is ever written to the disk, so that a
/// member may be called what it likes; links among the members are left alone.
fn unpack(name: String, bytes: Vec<u8>, depth: u8, left: &mut u64) -> io::Result<Vec<Source>> {
    if depth > DEPTH {
        return Err(io::Error::other("its archives lie too deep in one another"));
    }
    if bytes.starts_with(b"\x1f\x8b") {
        let bytes = unpack_one(flate2::read::MultiGzDecoder::new(bytes.as_slice()), left)?;
        return unpack(name, bytes, depth + 1, left);
    }
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return Ok(vec![Source { name, bytes }]);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).map_err(io::Error::other)?;
    let has = |part: &str| archive.index_for_name(part).is_some();
    if has("mimetype") && has("content.xml") || has("xl/workbook.xml") || has("xl/workbook.bin") {
        drop(archive);
        return Ok(vec![Source { name, bytes }]);
    }
    if archive.len() > MEMBERS {
        return Err(io::Error::other(format!("the archive has {} members", archive.len())));
    }
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(io::Error::other)?;
        let inner = member.name().map_err(io::Error::other)?.into_owned();
        if member.is_file() && !is_hidden(&inner) {
            let bytes = unpack_one(member, left)?;
            members.extend(unpack(format!("{name}!{inner}"), bytes, depth + 1, left)?);
        }
    }
    if members.is_empty() { Err(io::Error::other("the archive holds no file")) } else { Ok(members) }
}

/// What a system puts into an archive for itself.
fn is_hidden(member: &str) -> bool {
    member.split('/').any(|part| part.starts_with('.') && part != ".." || part == "__MACOSX")
}

/// One packed file, as far as the limit still allows.
fn unpack_one(source: impl Read, left: &mut u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(*left + 1).read_to_end(&mut bytes)?;
    *left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
        io::Error::other("it unpacks to far more than any list has: it is refused before it fills the memory")
    })?;
    Ok(bytes)
}

fn shape(bytes: &[u8]) -> Shape {
    for (magic, what) in [
        (b"%PDF".as_slice(), "a PDF"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"{\\rtf", "a word-processor file"),
    ] {
        if bytes.starts_with(magic) {
            return Shape::Foreign(what);
        }
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Shape::Workbook;
    }
    let head = Source {
        name: String::new(),
        bytes: bytes.get(..bytes.len().min(4096)).unwrap_or_default().to_vec(),
    };
    // A sample may end inside a letter: the replacement that this makes at its end is not looked at.
    let head = head.text();
    let start = head.trim_start_matches('\u{feff}').trim_start();
    match start.chars().next() {
        None => Shape::Empty,
        Some('<') => markup(start),
        Some('{') => Shape::Json,
        Some('[') if start[1..].trim_start().starts_with(['{', '[', ']', '"']) => Shape::Json,
        Some(_) => Shape::Text,
    }
}

fn markup(start: &str) -> Shape {
    let lower = start.to_lowercase();
    if lower.starts_with("<!doctype html") || lower.contains("<html") || lower.starts_with("<table") {
        let title = lower.find("<title").and_then(|at| {
            let rest = start.get(at..)?;
            let text = rest.split_once('>')?.1.split_once("</").map(|(text, _)| text)?;
            Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        return Shape::WebPage(title.unwrap_or_default());
    }
    let mut rest = start;
    // Past declarations, comments and processing instructions stands the root.
    while let Some(after) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        // A comment may hold `>`, and so may the declarations in a document type.
        let end = if after.starts_with("--") {
            "-->"
        } else if after.split('>').next().is_some_and(|head| head.contains('[')) {
            "]>"
        } else {
            ">"
        };
        let Some((_, next)) = after.split_once(end) else { break };
        rest = next.trim_start();
    }
    let name = rest.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    let local = name.unwrap_or_default().rsplit(':').next().unwrap_or_default();
    Shape::Xml(local.to_owned())
}

/// The encoding of a text that says nothing of it.
fn guessed(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.iter().take(64).any(|byte| *byte == 0) {
        return encoding_rs::UTF_8;
    }
    // In UTF-16, every second byte of Latin text is zero.
    let zeros = |odd: usize| bytes.iter().take(64).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, many) if many > 8 => encoding_rs::UTF_16LE,
        (many, 0) if many > 8 => encoding_rs::UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}

fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = std::str::from_utf8(bytes.get(..bytes.len().min(120))?).ok().or_else(|| {
        bytes.get(..=bytes.iter().position(|b| *b == b'>')?).and_then(|head| std::str::from_utf8(head).ok())
    })?;
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let label = declaration.split_once("encoding")?.1.split(['"', '\'']).nth(1)?;
    encoding_rs::Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_say_what_a_file_is() {
        for (bytes, want) in [
            (b"".as_slice(), Shape::Empty),
            (b" \r\n", Shape::Empty),
            (
                b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x -->\n<ns:export a='b'>",
                Shape::Xml("export".into()),
            ),
            (b"<sdnList>", Shape::Xml("sdnList".into())),
            (b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c 'd'>]>\n<sdnList>", Shape::Xml("sdnList".into())),
            (b"<?xml version='1.0'?><!-- a > b --><export>", Shape::Xml("export".into())),
            (
                b"<!DOCTYPE html>\n<html><head><TITLE>Page\n not found</TITLE>",
                Shape::WebPage("Page not found".into()),
            ),
            (b"<?xml version='1.0'?><html xmlns='x'>", Shape::WebPage(String::new())),
            (b"[ {\"a\": 1} ]", Shape::Json),
            (b"{\"id\":1}\n", Shape::Json),
            (b"[draft],b\n", Shape::Text),
            (b"Last Updated,02/04/2014\n", Shape::Text),
            (b"%PDF-1.7", Shape::Foreign("a PDF")),
            (b"PK\x03\x04", Shape::Workbook),
        ] {
            assert_eq!(shape(bytes), want, "{bytes:?}");
        }
    }

    #[test]
    fn text_is_decoded_by_mark_declaration_or_what_is_valid() {
        let text = |bytes: &[u8]| Source { name: String::new(), bytes: bytes.to_vec() }.text().into_owned();
        assert_eq!(text(b"\xef\xbb\xbfCaf\xc3\xa9"), "Café");
        assert_eq!(text(b"\xff\xfeC\0a\0"), "Ca");
        let unmarked: Vec<u8> = "Last Updated,01/10/2026".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&unmarked), "Last Updated,01/10/2026");
        let unmarked: Vec<u8> = "Last Updated,01/10/2026".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&unmarked), "Last Updated,01/10/2026");
        assert_eq!(text(b"Caf\xe9 \x96 X"), "Café – X");
        assert_eq!(
            text(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Caf\xe9</a>"),
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Café</a>"
        );
    }
}
