//! What names are made of: words by frequency, shapes, and letters for new words.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use anyhow::Context;

use crate::dice::{Dice, Urn};
use crate::shape::{self, Piece};

/// The words of register names and how many names hold each: words and counts only, nobody's name.
const BUILT_IN_WORDS: &str = include_str!("../../../src/normalise/tables/frequency.txt");
/// Shapes of our own: a weight, and a name in which `_` is drawn.
const BUILT_IN_SHAPES: &str = include_str!("shapes.txt");

/// A word that stands in at least one name in so many is frequent: it stays where a real name has it.
const FREQUENT: u64 = 2_000;

/// Words, shapes and letters.
#[derive(Debug)]
pub struct Model {
    shapes: Urn<Vec<Piece>>,
    rare: Urn<String>,
    letters: BTreeMap<[char; 2], Urn<char>>,
    /// Of ten words drawn, how many are newly coined.
    coined: usize,
}

/// Marks both ends of a word where letters are counted.
const EDGE: char = '\0';
/// Coined words have at least so many letters: shorter ones are too often words.
const SHORTEST_COINED: usize = 4;
/// And at most so many.
const LONGEST_COINED: usize = 12;

impl Model {
    /// From the tables compiled in.
    ///
    /// The table of words leaves out all that stand in fewer than three names, which are half of what a register
    /// holds; so half of the words drawn are coined.
    pub fn built_in() -> Self {
        let lines = || BUILT_IN_WORDS.lines();
        let names = lines().find_map(|line| line.strip_prefix("# names: ")?.parse().ok()).unwrap_or(FREQUENT);
        let counts: BTreeMap<String, u64> = lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(word, count)| Some((word.to_owned(), count.parse().ok()?)))
            .collect();
        let shapes = Urn::new(BUILT_IN_SHAPES.lines().filter_map(shape::parse));
        Self::new(shapes, &counts, names, 5)
    }

    /// From registers of company names, each given as `FILE.csv[.gz]:COLUMN`.
    ///
    /// # Errors
    /// A file that cannot be read, or lacks the column.
    pub fn from_registers(registers: &[String]) -> anyhow::Result<Self> {
        let mut names = BTreeSet::new();
        for register in registers {
            read_names(register, &mut names).with_context(|| format!("cannot read `{register}`"))?;
        }
        let mut counts = BTreeMap::new();
        for name in &names {
            for word in shape::words(name).collect::<BTreeSet<_>>() {
                *counts.entry(word).or_insert(0) += 1;
            }
        }
        let frequent = frequent(names.len() as u64);
        let shapes = Urn::new(
            names.iter().filter_map(|name| shape::of(name, &counts, frequent)).map(|shape| (shape, 1)),
        );
        Ok(Self::new(shapes, &counts, names.len() as u64, 2))
    }

    fn new(shapes: Urn<Vec<Piece>>, counts: &BTreeMap<String, u64>, names: u64, coined: usize) -> Self {
        let limit = frequent(names);
        let rare: Vec<(String, u64)> = counts
            .iter()
            .filter(|(word, count)| **count < limit && is_drawable(word))
            .map(|(word, count)| (word.clone(), *count))
            .collect();
        let letters = letters_of(rare.iter().map(|(word, _)| word.as_str()));
        Self { shapes, rare: Urn::new(rare), letters, coined }
    }

    /// A name.
    pub fn name(&self, dice: &mut Dice) -> String {
        let Some(shape) = self.shapes.draw(dice) else { return String::new() };
        let mut name = String::new();
        for piece in shape {
            match piece {
                Piece::Text(text) => name.push_str(text),
                Piece::Slot(case) => name.push_str(&case.write(&self.word(dice))),
            }
        }
        name
    }

    /// So many names, each once, in the order drawn.
    pub fn names(&self, how_many: usize, dice: &mut Dice, taken: &mut BTreeSet<String>) -> Vec<String> {
        let mut names = Vec::with_capacity(how_many);
        while names.len() < how_many {
            let name = self.name(dice);
            if taken.insert(name.to_lowercase()) {
                names.push(name);
            }
        }
        names
    }

    /// A word that is not frequent: a known one by its frequency, or a new one.
    fn word(&self, dice: &mut Dice) -> String {
        if !dice.chance(self.coined, 10)
            && let Some(word) = self.rare.draw(dice)
        {
            return word.clone();
        }
        self.coin(dice)
    }

    /// A word that sounds like those known, letter after letter from the two before it.
    fn coin(&self, dice: &mut Dice) -> String {
        loop {
            let mut last = [EDGE, EDGE];
            let mut word = String::new();
            while let Some(letter) = self.letters.get(&last).and_then(|urn| urn.draw(dice)) {
                if *letter == EDGE || word.len() > LONGEST_COINED {
                    break;
                }
                word.push(*letter);
                last = [last[1], *letter];
            }
            if (SHORTEST_COINED..=LONGEST_COINED).contains(&word.len()) {
                return word;
            }
        }
    }
}

fn frequent(names: u64) -> u64 {
    (names / FREQUENT).max(2)
}

/// Plain words: no digits, no letters beyond a to z, three letters at least.
fn is_drawable(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase())
}

fn letters_of<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<[char; 2], Urn<char>> {
    let mut counts: BTreeMap<[char; 2], BTreeMap<char, u64>> = BTreeMap::new();
    for word in words {
        let mut last = [EDGE, EDGE];
        for letter in word.chars().chain([EDGE]) {
            *counts.entry(last).or_default().entry(letter).or_insert(0) += 1;
            last = [last[1], letter];
        }
    }
    counts.into_iter().map(|(last, next)| (last, Urn::new(next))).collect()
}

fn read_names(register: &str, names: &mut BTreeSet<String>) -> anyhow::Result<()> {
    let (path, column) = register.rsplit_once(':').context("expected FILE:COLUMN")?;
    let file = std::fs::File::open(path)?;
    let unpacked: Box<dyn Read> =
        if std::path::Path::new(path).extension().is_some_and(|ending| ending == "gz") {
            Box::new(flate2::read::MultiGzDecoder::new(file))
        } else {
            Box::new(file)
        };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(unpacked);
    let at = reader.byte_headers()?.iter().position(|name| name == column.as_bytes());
    let at = at.with_context(|| format!("no column `{column}`"))?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let name = String::from_utf8_lossy(record.get(at).unwrap_or_default());
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            names.insert(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_grow_with_the_list_as_in_registers() {
        let model = Model::built_in();
        let names = model.names(20_000, &mut Dice::new(3), &mut BTreeSet::new());
        let vocabulary =
            |names: &[String]| names.iter().flat_map(|n| shape::words(n)).collect::<BTreeSet<_>>().len();
        let (few, many) = (vocabulary(names.get(..2_000).unwrap()), vocabulary(&names));
        // Heaps: ten times the names, five to nine times the words (registers: 15,000 words in 10,000 names, 90,000 in 100,000).
        assert!((1_500..4_500).contains(&few) && few * 5 < many && many < few * 9, "{few} {many}");
    }

    #[test]
    fn registers_give_shapes_and_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.csv");
        let rows: Vec<String> =
            (0..40).map(|i| format!("{i},Orrin{} Works Ltd", "abcd".repeat(i % 3))).collect();
        std::fs::write(&path, format!("id,name\n{}\n", rows.join("\n"))).unwrap();
        let model = Model::from_registers(&[format!("{}:name", path.display())]).unwrap();
        let name = model.name(&mut Dice::new(5));
        assert!(name.ends_with(" Works Ltd"), "{name}");
        assert!(Model::from_registers(&[format!("{}:title", path.display())]).is_err());
    }
}
