//! How a listed name comes to look different in a ledger.

use crate::dice::Dice;

/// What was done to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Only the case.
    Case,
    /// A letter replaced, left out, doubled or swapped in its longest word.
    Typo,
    /// Its last word left out.
    Shortened,
    /// The first two words swapped.
    Turned,
    /// The blank between the first two words left out.
    Joined,
    /// A ledger's own mark at its end.
    Marked,
}

impl Edit {
    /// Every edit.
    pub const ALL: [Self; 6] =
        [Self::Case, Self::Typo, Self::Shortened, Self::Turned, Self::Joined, Self::Marked];

    /// The word in the truth file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Typo => "typo",
            Self::Shortened => "shortened",
            Self::Turned => "turned",
            Self::Joined => "joined",
            Self::Marked => "marked",
        }
    }
}

/// An edited variant of a name; the edit falls back to [`Edit::Case`] where the name is too short for it.
pub fn edited(name: &str, edit: Edit, dice: &mut Dice) -> (String, Edit) {
    let words: Vec<&str> = name.split_whitespace().collect();
    let variant = match (edit, words.as_slice()) {
        (Edit::Typo, words) => typo(words, dice),
        (Edit::Shortened, [first @ .., _]) if first.len() > 1 => Some(first.join(" ")),
        (Edit::Turned, [one, two, rest @ ..]) => Some([&[*two, *one], rest].concat().join(" ")),
        (Edit::Joined, [one, two, ..]) => {
            Some(name.replacen(&format!("{one} {two}"), &format!("{one}{two}"), 1))
        }
        (Edit::Marked, _) => {
            let marks = [" - BACS", " (GBP)", " A/C 40312", " *DO NOT USE*"];
            dice.pick(&marks).map(|mark| format!("{name}{mark}"))
        }
        _ => None,
    };
    variant.map_or_else(|| (other_case(name), Edit::Case), |variant| (variant, edit))
}

fn other_case(name: &str) -> String {
    let upper = name.to_uppercase();
    if upper == name { name.to_lowercase() } else { upper }
}

/// One slip of the finger in the longest word, which must have six letters.
fn typo(words: &[&str], dice: &mut Dice) -> Option<String> {
    let (at, word) = words.iter().enumerate().max_by_key(|(at, word)| (word.chars().count(), *at))?;
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 6 {
        return None;
    }
    let place = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => letters.swap(place, place + 1),
        1 => drop(letters.remove(place)),
        2 => letters.insert(place, *letters.get(place)?),
        _ => *letters.get_mut(place)? = *dice.pick(&['a', 'e', 'i', 'o', 'u', 'n', 'r', 's', 't'])?,
    }
    let changed: String = letters.into_iter().collect();
    let mut words = words.to_vec();
    *words.get_mut(at)? = &changed;
    Some(words.join(" ")).filter(|variant| *variant != words_of(word, at, &words))
}

/// The words with one put back: what the name was before.
fn words_of(word: &str, at: usize, words: &[&str]) -> String {
    let back = words.iter().enumerate().map(|(i, other)| if i == at { word } else { other });
    back.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_edit_changes_a_long_name_and_short_ones_change_case() {
        for edit in Edit::ALL {
            for seed in 0..50 {
                let (variant, done) = edited("Orrinmoor Ruddlecombe Trading Ltd", edit, &mut Dice::new(seed));
                assert_ne!(variant, "Orrinmoor Ruddlecombe Trading Ltd");
                assert!(done == edit || (edit == Edit::Typo && done == Edit::Case), "{variant}");
            }
        }
        assert_eq!(edited("Ab", Edit::Turned, &mut Dice::new(1)), ("AB".to_owned(), Edit::Case));
    }
}
