//! A word of a name, with what it is worth.

use serde::{Deserialize, Serialize};

use super::frequency::surprise;
use super::words::{self, WordClass};

/// The most that one word may weigh, in nats: one word that no register holds must not carry a match alone.
const HEAVIEST: f64 = 9.0;
/// The most that a word of so many letters may weigh: two short words are the same by chance more often than the registers show.
fn heaviest(text: &str) -> f64 {
    match text.chars().count() {
        0..=2 => 3.5,
        3 => 5.0,
        4 => 7.0,
        _ => HEAVIEST,
    }
}

/// A word of trade (`construction`, `zavod`) weighs at most this, however rare its spelling is in the registers.
const HEAVIEST_GENERIC: f64 = 3.5;
/// A place weighs at most this: `Xinjiang` is rare among register names and common where forced labour is listed.
const HEAVIEST_PLACE: f64 = 4.5;
/// A number weighs this: it tells two plants of one name apart, and says little by itself.
const NUMBER: f64 = 3.5;
/// A given name is shared by many; the family name tells persons apart.
const HEAVIEST_GIVEN: f64 = 5.0;
/// Articles and prepositions.
const SMALL: f64 = 0.2;
/// A single letter.
const LETTER: f64 = 1.5;

/// A word of a name, ready to be compared: small, since a list has tens of thousands of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// The word, what it stands for and how it sounds, in one.
    letters: Box<str>,
    /// Where the second begins and where the third does.
    ends: [u32; 2],
    has_concept: bool,
    has_skeleton: bool,
    /// What sort of word it is.
    pub class: WordClass,
    /// What it is worth, in nats of surprise.
    pub weight: f64,
    /// Whether it is a word of a person's name.
    pub is_person: bool,
}

/// Words shorter than this are not told by sound: `gazi` and `qasi` would be one.
const SHORTEST_BY_SOUND: usize = 5;

impl Token {
    /// A word that no table knows, or a word or run of words that stands for a concept.
    pub fn new(text: &str, known: Option<words::Word>) -> Self {
        let class = known.map_or_else(|| class_of(text), |word| word.class);
        let rarity = surprise(text);
        let weight = match class {
            WordClass::Small => SMALL,
            WordClass::Number => NUMBER,
            WordClass::Generic => rarity.min(HEAVIEST_GENERIC),
            WordClass::Place => rarity.min(HEAVIEST_PLACE),
            WordClass::Ordinary if text.chars().count() == 1 => LETTER,
            WordClass::Ordinary => rarity.min(heaviest(text)),
        };
        let spoken = class == WordClass::Ordinary || class == WordClass::Place;
        let skeleton = (spoken && text.len() >= SHORTEST_BY_SOUND).then(|| super::latinise::skeleton(text));
        let concept = concept(text, class, known).filter(|concept| concept != text);
        Self::of(text, concept.as_deref(), skeleton.as_deref(), class, weight)
    }

    fn of(text: &str, concept: Option<&str>, skeleton: Option<&str>, class: WordClass, weight: f64) -> Self {
        let letters = [text, concept.unwrap_or_default(), skeleton.unwrap_or_default()].concat();
        let end = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Self {
            ends: [end(text.len()), end(text.len() + concept.map_or(0, str::len))],
            letters: letters.into_boxed_str(),
            has_concept: concept.is_some(),
            has_skeleton: skeleton.is_some(),
            class,
            weight,
            is_person: false,
        }
    }

    /// A word of a person's name: given names have their equals in other languages, particles weigh little.
    pub fn of_person(text: &str) -> Self {
        let plain = Self::new(text, None);
        let with = |concept: Option<&str>, skeleton: Option<&str>, class, weight| Self {
            is_person: true,
            ..Self::of(text, concept, skeleton, class, weight)
        };
        let (concept, skeleton) = (plain.concept(), plain.skeleton());
        if words::is_particle(text) {
            with(concept, skeleton, WordClass::Small, SMALL)
        } else if let Some(group) = words::given_name(text) {
            let given = format!("given name {group}");
            with(Some(&given), skeleton, plain.class, plain.weight.min(HEAVIEST_GIVEN))
        } else if let Some(group) = words::patronymic(text) {
            with(Some(&format!("child of {group}")), skeleton, plain.class, plain.weight)
        } else if skeleton.is_some() {
            let sound = super::latinise::skeleton(&words::family_name(text));
            with(concept, Some(&sound), plain.class, plain.weight)
        } else {
            with(concept, None, plain.class, plain.weight)
        }
    }

    /// The word in Latin letters, folded.
    #[inline]
    pub fn text(&self) -> &str {
        self.letters.get(..self.length()).unwrap_or_default()
    }

    /// What it stands for, where a table says so: `zavod` and `works` both stand for `plant`.
    pub fn concept(&self) -> Option<&str> {
        let [from, to] = self.ends;
        self.has_concept.then(|| self.letters.get(from as usize..to as usize).unwrap_or_default())
    }

    /// How it sounds, for words long enough to be told by sound.
    pub fn skeleton(&self) -> Option<&str> {
        let [_, from] = self.ends;
        self.has_skeleton.then(|| self.letters.get(from as usize..).unwrap_or_default())
    }

    /// How many bytes the word has; its letters are not read for it.
    #[inline]
    pub const fn length(&self) -> usize {
        let [end, _] = self.ends;
        end as usize
    }

    /// How many bytes it takes.
    pub(crate) const fn bytes(&self) -> usize {
        size_of::<Self>() + self.letters.len()
    }

    /// The word that stands for all that mean the same.
    pub fn meaning(&self) -> &str {
        self.concept().unwrap_or(self.text())
    }

    /// Whether the word tells one party from another.
    pub fn is_distinctive(&self) -> bool {
        self.class == WordClass::Ordinary && self.weight >= DISTINCTIVE
    }
}

/// From this weight on a word tells parties apart: it stands in fewer than one register name in 400.
pub const DISTINCTIVE: f64 = 6.0;

/// What a word stands for; a number with an ending stands for its digits.
fn concept(text: &str, class: WordClass, known: Option<words::Word>) -> Option<String> {
    match known {
        Some(word) if word.concept.is_empty() && class == WordClass::Number => {
            Some(text.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned())
        }
        Some(word) => Some(word.concept.to_owned()),
        None if class == WordClass::Number => {
            Some(text.trim_start_matches('0').to_owned()).filter(|digits| !digits.is_empty())
        }
        None => None,
    }
}

/// Mostly digits is a number; a digit in a word (`SUTT0N`, `G4S`) is a letter of it.
fn class_of(text: &str) -> WordClass {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits * 2 > text.len() { WordClass::Number } else { WordClass::Ordinary }
}
