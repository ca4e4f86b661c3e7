//! Which encoding a text is in, and cells decoded from it.
//!
//! Order of belief: a byte-order mark; zero bytes at every other place (UTF-16 without a mark); valid UTF-8;
//! then the detector, where much of the text is not Latin; else Windows-1252, which is what British finance
//! systems write. Source: WHATWG Encoding Standard, through `encoding_rs`.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding {
    /// What cells that are not valid UTF-8 are decoded with.
    fallback: &'static Encoding,
    /// The encoding as reported.
    pub found: &'static Encoding,
    /// Length of the byte-order mark.
    pub mark: usize,
}

impl TextEncoding {
    /// UTF-8 without a mark, as JSON and workbooks have it.
    pub const UTF_8: Self = Self { fallback: WINDOWS_1252, found: UTF_8, mark: 0 };

    /// The same encoding after its text was turned into UTF-8 on the way in.
    #[must_use]
    pub const fn transcoded(self) -> Self {
        Self { fallback: WINDOWS_1252, found: self.found, mark: 0 }
    }

    /// Its name in lower case: `utf-8`, `windows-1252`.
    pub fn name(self) -> String {
        self.found.name().to_lowercase()
    }

    /// Whether records can be cut in the bytes themselves, cells being decoded one by one.
    pub fn keeps_ascii(self) -> bool {
        self.found == UTF_8 || self.found.is_single_byte()
    }

    /// Decodes one cell: as UTF-8 where it is valid, else in the encoding found; nothing is lost twice.
    pub fn decode(self, cell: &[u8]) -> Cow<'_, str> {
        match std::str::from_utf8(cell) {
            Ok(text) if text.is_ascii() => Cow::Borrowed(text),
            Ok(text) => repair(text),
            Err(_) => {
                let (text, _) = self.fallback.decode_without_bom_handling(cell);
                Cow::Owned(dos_pound(&text))
            }
        }
    }
}

/// Guesses the encoding from the first part of a text; `given` overrides all but the mark's length.
pub fn guess(sample: &[u8], given: Option<&'static Encoding>) -> TextEncoding {
    let marked = Encoding::for_bom(sample);
    let mark = marked.map_or(0, |(_, length)| length);
    let found = given.or(marked.map(|(found, _)| found)).unwrap_or_else(|| guess_unmarked(sample));
    let fallback = if found == UTF_8 || !found.is_single_byte() { WINDOWS_1252 } else { found };
    TextEncoding { fallback, found, mark }
}

fn guess_unmarked(sample: &[u8]) -> &'static Encoding {
    if let Some(wide) = guess_wide(sample) {
        return wide;
    }
    match std::str::from_utf8(sample) {
        Ok(_) => return UTF_8,
        // The sample may end inside a character.
        Err(error) if error.error_len().is_none() && error.valid_up_to() + 4 > sample.len() => return UTF_8,
        Err(_) => {}
    }
    // One stray byte does not make a UTF-8 file another: cells are decoded one by one.
    let (good, bad) = sequences(sample);
    if good > bad * 4 {
        return UTF_8;
    }
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    // In Latin text few bytes are high, and the detector would be guessing; in another script many are.
    if high * 4 < letters {
        return WINDOWS_1252;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Counts the valid multi-byte sequences of UTF-8 and the bytes that fit none.
fn sequences(sample: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// UTF-16 without a mark: zero bytes at nearly all even places, or at nearly all odd ones.
fn guess_wide(sample: &[u8]) -> Option<&'static Encoding> {
    let sample = sample.get(..sample.len().min(4096))?;
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |skip| sample.iter().skip(skip).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Byte 0x9C is the pound sign in DOS code pages 437 and 850, and `œ` in Windows-1252: beside a digit, a
/// bracket or the end of a header it can only be the former.
fn dos_pound(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let money =
            |c: Option<char>| c.is_none_or(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | ' ' | '-'));
        if c == 'œ' && money(before) && money(chars.peek().copied()) {
            out.push('£');
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out
}

/// Text that was UTF-8, was read as Windows-1252 and written as UTF-8 again, is read back; C1 controls become
/// the Windows-1252 characters they stand for; `¿` between letters is an apostrophe that a converter lost.
fn repair(text: &str) -> Cow<'_, str> {
    if let Some(original) = undo_double_encoding(text) {
        return Cow::Owned(original);
    }
    let damaged = |c: char| matches!(c, '\u{80}'..='\u{9f}' | '¿');
    if !text.contains(damaged) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        match u8::try_from(u32::from(*c)) {
            Ok(byte @ 0x80..=0x9f) => out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0),
            Ok(0xbf) if letter(at.checked_sub(1)) && letter(Some(at + 1)) => out.push('\u{2019}'),
            _ => out.push(*c),
        }
    }
    Cow::Owned(out)
}

/// `PRÃ‰` to `PRÉ`, or `None` where the text cannot have come about so.
fn undo_double_encoding(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        // Both Latin-1 controls and Windows-1252 characters occur as the second half.
        if let Ok(byte) = u8::try_from(u32::from(c)) {
            bytes.push(byte);
            continue;
        }
        let mut buffer = [0; 4];
        let (encoded, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
        if lost {
            return None;
        }
        bytes.extend_from_slice(&encoded);
    }
    let original = String::from_utf8(bytes).ok()?;
    (original != text).then_some(original)
}

/// Text in an encoding in which commas and line ends are not single ASCII bytes, turned into UTF-8 as it is read.
pub struct Transcoder<R> {
    source: R,
    /// `None` once the source has ended.
    decoder: Option<encoding_rs::Decoder>,
    input: Vec<u8>,
    output: Vec<u8>,
    /// What of `output` is not read yet.
    ready: std::ops::Range<usize>,
}

impl<R: Read> Transcoder<R> {
    /// Decodes `source` from `encoding`; a byte-order mark must be gone.
    pub fn new(source: R, encoding: &'static Encoding) -> Self {
        const INPUT: usize = 1 << 16;
        let decoder = encoding.new_decoder_without_bom_handling();
        let most = decoder.max_utf8_buffer_length(INPUT).unwrap_or(INPUT * 4);
        Self { source, decoder: Some(decoder), input: vec![0; INPUT], output: vec![0; most], ready: 0..0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        while self.ready.is_empty()
            && let Some(decoder) = &mut self.decoder
        {
            let read = self.source.read(&mut self.input)?;
            let pending = self.input.get(..read).unwrap_or_default();
            let (_, _, written, _) = decoder.decode_to_utf8(pending, &mut self.output, read == 0);
            self.ready = 0..written;
            if read == 0 {
                self.decoder = None;
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.refill()?;
        let mut ready = self.output.get(self.ready.clone()).unwrap_or_default();
        let read = ready.read(out)?;
        self.ready.start += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let wide: Vec<u8> = "Region;Country\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(&[u8], &str); 7] = [
            (b"Supplier,Amount\n", "utf-8"),
            ("Café,1\n".as_bytes(), "utf-8"),
            (b"\xef\xbb\xbfSupplier\n", "utf-8"),
            (b"Supplier,Amount (\xa3)\nCaf\xe9 Ltd,1\n", "windows-1252"),
            (b"Name,Net Amount(\x9c)\n", "windows-1252"),
            (&wide, "utf-16le"),
            (b"Soci\xc3\xa9t\xc3\xa9, \xc3\xa9, \xc3\xa8, \xc3\xa8, \xc3\xa8 stray \x92\n", "utf-8"),
        ];
        for (bytes, name) in cases {
            assert_eq!(guess(bytes, None).name(), name, "{bytes:?}");
        }
    }

    #[test]
    fn cells_are_repaired_where_that_can_be_done() {
        let latin = guess(b"Net Amount (\xa3)", None);
        let cases: [(&[u8], &str); 8] = [
            (b"Net Amount(\x9c)", "Net Amount(£)"),
            (b"C\x9cur", "Cœur"),
            (b"\xa3880.00", "£880.00"),
            ("DU PRÃ\u{89} PLC".as_bytes(), "DU PRÉ PLC"),
            ("Donâ€™t".as_bytes(), "Don’t"),
            ("LEADERS\u{92} ACADEMY".as_bytes(), "LEADERS’ ACADEMY"),
            ("Women¿s Aid".as_bytes(), "Women’s Aid"),
            ("JULIE\u{fffd}S".as_bytes(), "JULIE\u{fffd}S"),
        ];
        for (bytes, text) in cases {
            assert_eq!(latin.decode(bytes), text);
        }
        assert_eq!(latin.decode("São Âmbar Ltda".as_bytes()), "São Âmbar Ltda");
    }

    #[test]
    fn wide_text_is_decoded_as_it_is_read() {
        let wide: Vec<u8> = "Prologis;£42;新疆\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut out = String::new();
        let mut reader = Transcoder::new(wide.as_slice(), UTF_16BE);
        // Room for less than one character: nothing may be taken for the end.
        let mut buffer = [0; 2];
        let mut bytes = Vec::new();
        loop {
            let read = reader.read(&mut buffer).unwrap();
            if read == 0 {
                break;
            }
            bytes.extend_from_slice(&buffer[..read]);
        }
        out.push_str(std::str::from_utf8(&bytes).unwrap());
        assert_eq!(out, "Prologis;£42;新疆\n");
    }
}
