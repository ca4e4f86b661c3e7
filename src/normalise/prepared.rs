//! Names made ready before they are asked for, in few bytes: those of the bundled lists are made when the program is built.
//!
//! A name that was made ready is the same as [`Name::entry`] makes of its text, but costs a quarter of it and asks no table of words.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kept::{Kept, Rare};
use super::{Form, Name, Token};
use crate::vocab::EntityKind;

/// Names, made ready.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    words: Vec<Arc<Token>>,
    places: Vec<Hashed>,
    names: &'a [u8],
}

/// The [`hash`] of a name, and where it begins among all; in their order.
type Hashed = (u32, u32);

/// All of them, written down.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    words: Vec<Token>,
    places: Vec<Hashed>,
    #[serde(borrow)]
    names: &'a [u8],
}

/// A name, written down.
#[derive(Serialize, Deserialize)]
struct Entry<'a> {
    raw: &'a str,
    kind: &'a str,
    #[serde(borrow)]
    forms: Vec<Reading<'a>>,
}

/// A form of a name, written down.
#[derive(Serialize, Deserialize)]
struct Reading<'a> {
    /// The part that it is of, where that is not the whole.
    part: Option<&'a str>,
    kept: Kept,
    rare: Option<Rare>,
    /// The numbers of its words.
    words: Vec<u32>,
}

impl<'a> Prepared<'a> {
    /// Reads what [`write`] wrote.
    ///
    /// # Errors
    /// Where it did not write it.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, postcard::Error> {
        let Written { words, places, names } = postcard::from_bytes(bytes)?;
        Ok(Self { words: words.into_iter().map(Arc::new).collect(), places, names })
    }

    /// The name of an entry, as [`Name::entry`] makes it; `None` for one that was not made ready.
    pub(crate) fn entry(&self, raw: &str, kind: EntityKind) -> Option<Name> {
        let wanted = hash(raw, kind.as_str());
        let first = self.places.partition_point(|(hash, _)| *hash < wanted);
        let same = self.places.get(first..)?.iter().take_while(|(hash, _)| *hash == wanted);
        let mut entries = same.filter_map(|(_, begin)| {
            postcard::from_bytes::<Entry<'_>>(self.names.get(*begin as usize..)?).ok()
        });
        let entry = entries.find(|entry| entry.raw == raw && entry.kind == kind.as_str())?;
        let forms: Option<Vec<Form>> = entry.forms.iter().map(|form| self.form(raw, form)).collect();
        Some(Name::of(raw, kind, forms?, Vec::new()))
    }

    /// A form, whole again; `None` where it has a word that there is not.
    fn form(&self, raw: &str, Reading { part, kept, rare, words }: &Reading<'_>) -> Option<Form> {
        let words: Option<Vec<&Arc<Token>>> =
            words.iter().map(|word| self.words.get(*word as usize)).collect();
        let mut form = Form { text: part.unwrap_or_else(|| raw.trim()).to_owned(), ..Form::default() };
        kept.restore(rare.as_ref(), words?.into_iter(), true, &mut form);
        Some(form)
    }
}

/// Makes names of entries ready and writes them down, to be read by [`Prepared::read`].
///
/// # Errors
/// Where there is no memory for it.
#[allow(dead_code, reason = "the build script calls it")]
pub(crate) fn write<'n>(
    names: impl Iterator<Item = (&'n str, EntityKind)>,
) -> Result<Vec<u8>, postcard::Error> {
    // In order, and each once.
    let made: BTreeMap<(&str, &str), Name> =
        names.map(|(raw, kind)| ((raw, kind.as_str()), Name::entry(raw, kind))).collect();
    let mut words: Vec<Token> = Vec::new();
    let mut numbers: BTreeMap<(bool, String), u32> = BTreeMap::new();
    let (mut places, mut all) = (Vec::new(), Vec::new());
    for ((raw, kind), name) in &made {
        let forms = name.forms().iter().map(|form| {
            let (kept, rare) = Kept::of(form);
            let number = |token: &Arc<Token>| {
                *numbers.entry((token.is_person, token.text().to_owned())).or_insert_with(|| {
                    words.push(Token::clone(token));
                    u32::try_from(words.len() - 1).unwrap_or(u32::MAX)
                })
            };
            let part = (form.text != raw.trim()).then_some(form.text.as_str());
            Reading { part, kept, rare, words: form.tokens.iter().map(number).collect() }
        });
        let entry = Entry { raw, kind, forms: forms.collect() };
        places.push((hash(raw, kind), u32::try_from(all.len()).unwrap_or(u32::MAX)));
        all = postcard::to_extend(&entry, all)?;
    }
    places.sort_unstable();
    postcard::to_allocvec(&Written { words, places, names: &all })
}

/// The same on every machine: FNV-1a of 32 bits (Fowler, Noll and Vo; draft-eastlake-fnv).
fn hash(raw: &str, kind: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    raw.bytes().chain([0]).chain(kind.bytes()).fold(0x811C_9DC5, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[(&str, EntityKind)] = &[
        ("Merrowby Silicon Co., Ltd.", EntityKind::Organisation),
        ("Merrowby Silicon Co., Ltd.", EntityKind::Person),
        ("MERROWBY", EntityKind::Organisation),
        ("MQT", EntityKind::Organisation),
        ("  Quellington (Hong Kong) Textile, formerly Tharnock ", EntityKind::Organisation),
        ("新疆塔诺克棉业有限公司", EntityKind::Organisation),
        ("ООО «Завод Меровби»", EntityKind::Organisation),
        ("Müllerhaus GmbH & Co. KG", EntityKind::Organisation),
        ("Dr Ivan Ivanovich Quelov", EntityKind::Person),
        ("140th Regiment", EntityKind::Organisation),
        ("", EntityKind::Organisation),
    ];

    #[test]
    fn what_was_made_ready_is_what_is_made_now() {
        let bytes = write(NAMES.iter().chain(NAMES).copied()).unwrap();
        let prepared = Prepared::read(&bytes).unwrap();
        assert_eq!(prepared.places.len(), NAMES.len());
        for (raw, kind) in NAMES {
            assert_eq!(prepared.entry(raw, *kind), Some(Name::entry(raw, *kind)), "{raw}");
        }
        assert_eq!(prepared.entry("Merrowby", EntityKind::Organisation), None);
        assert_eq!(prepared.entry("MERROWBY", EntityKind::Vessel), None);
    }

    #[test]
    fn what_is_cut_short_is_not_read() {
        let bytes = write(NAMES.iter().copied()).unwrap();
        assert!((0..bytes.len()).all(|end| Prepared::read(&bytes[..end]).is_err()));
    }
}
