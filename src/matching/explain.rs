//! The evidence and the sentence: what agrees, what differs, what is missing, from the alignment that was scored.

use std::sync::Arc;

use smallvec::SmallVec;
use smol_str::{SmolStr, format_smolstr};

use super::align::Edge;
use super::likeness::Kinship;
use super::score::{How, Weighed};
use super::{Evidence, NameStrength, initials, measures};
use crate::normalise::{Form, Token, WordClass};

/// The kind of the fact that a word of one side is the first letters of words of the other.
const INITIALS: &str = "initials";

/// The facts about the names, in the order of the subject's words.
pub(crate) fn evidence(weighed: &Weighed<'_>) -> Vec<Evidence> {
    let (subject, entry) = (weighed.subject.1, weighed.entry.1);
    let How::Words(alignment) = &weighed.how else {
        let kind = if matches!(weighed.how, How::Initials) { INITIALS } else { "characters" };
        return vec![Evidence {
            kind,
            subject: subject.text.as_str().into(),
            entry: entry.text.as_str().into(),
            weight: weighed.log_odds,
        }];
    };
    // What initials explain is not left over.
    let spelt = initials::explained(subject, entry, alignment);
    let (subject_left, entry_left) = (alignment.subject_left & !spelt.0, alignment.entry_left & !spelt.1);
    let left = |tokens: &'_ [Arc<Token>], at: u8, bits: u64| {
        tokens
            .get(usize::from(at))
            .map(AsRef::as_ref)
            .filter(|token: &&Token| bits >> at & 1 == 1 && token.class != WordClass::Small)
            .map(|token| (SmolStr::from(token.text()), -token.weight))
    };
    // Edges stand in the order of the subject's words, of which each is left over or at the beginning of one edge, or within one.
    let mut facts = Vec::with_capacity(subject.tokens.len() + entry.tokens.len() + 1);
    let mut edges = alignment.edges.iter().peekable();
    for at in (0..=u8::MAX).take(subject.tokens.len()) {
        while let Some(edge) = edges.next_if(|edge| edge.subject.from <= at) {
            facts.push(agreeing(edge, subject, entry));
        }
        if u32::from(at) == spelt.0.trailing_zeros() {
            facts.push(Evidence {
                kind: INITIALS,
                subject: words_at(&subject.tokens, spelt.0),
                entry: words_at(&entry.tokens, spelt.1),
                weight: measures::initials_weigh(
                    weighed.is_of_persons(),
                    subject.is_foreign != entry.is_foreign,
                ),
            });
        }
        if let Some((text, weight)) = left(&subject.tokens, at, subject_left) {
            facts.push(Evidence {
                kind: "only in subject",
                subject: text,
                entry: SmolStr::default(),
                weight,
            });
        }
    }
    for at in (0..=u8::MAX).take(entry.tokens.len()) {
        if let Some((text, weight)) = left(&entry.tokens, at, entry_left) {
            facts.push(Evidence { kind: "only in entry", subject: SmolStr::default(), entry: text, weight });
        }
    }
    if let Some((ours, theirs)) = subject.legal.zip(entry.legal) {
        let kind = if ours.contradicts(theirs) { "other legal form" } else { "legal form" };
        facts.push(Evidence {
            kind,
            subject: format_smolstr!("{ours:?}"),
            entry: format_smolstr!("{theirs:?}"),
            weight: 0.0,
        });
    }
    facts
}

/// The words at these places, a bit each, with blanks between them.
fn words_at(tokens: &[Arc<Token>], places: u64) -> SmolStr {
    let words = tokens.iter().enumerate().filter(|(at, _)| places >> at & 1 == 1);
    words.map(|(_, token)| token.text()).collect::<Vec<_>>().join(" ").into()
}

fn agreeing(edge: &Edge, subject: &Form, entry: &Form) -> Evidence {
    let text = |run: &[Arc<Token>]| match run {
        [one] => SmolStr::from(one.text()),
        several => several.iter().map(|token| token.text()).collect::<Vec<_>>().join(" ").into(),
    };
    let (ours, theirs) = (edge.subject.words(&subject.tokens), edge.entry.words(&entry.tokens));
    let weight = |run: &[Arc<Token>]| run.iter().map(|token| token.weight).sum::<f64>();
    Evidence {
        kind: kind(edge.likeness.kinship),
        subject: text(ours),
        entry: text(theirs),
        weight: weight(ours).min(weight(theirs)) * edge.likeness.value,
    }
}

const fn kind(kinship: Kinship) -> &'static str {
    match kinship {
        Kinship::Same => "same",
        Kinship::Concept => "same meaning",
        Kinship::Joined => "joined",
        Kinship::Sound => "same sound",
        Kinship::Cut => "cut short",
        Kinship::Typo => "near spelling",
    }
}

/// The sentence, written in one piece: a run may have hundreds of thousands.
pub(crate) fn sentence(weighed: &Weighed<'_>, facts: &[Evidence], more: &[String]) -> String {
    let (name, form, strength) = weighed.entry;
    let listed = match strength {
        NameStrength::Primary => "the listed name",
        NameStrength::Alias => "the alias",
        NameStrength::Weak => "the weak alias",
    };
    let mut text = String::with_capacity(LONG_ENOUGH);
    put(&mut text, &["Set against ", listed, " \"", name.raw(), "\""]);
    if form.text.trim() != name.raw().trim() {
        put(&mut text, &[" (its part \"", &form.text, "\")"]);
    }
    if weighed.subject.1.text.trim() != weighed.subject.0.raw().trim() {
        put(&mut text, &[" in the part \"", &weighed.subject.1.text, "\""]);
    }
    text.push_str(": ");
    let mut clauses = Clauses { text, is_first: true };
    match weighed.how {
        How::Initials => clauses.put(&["the one is the initials of the other"]),
        How::Characters => clauses.put(&["compared as Chinese characters"]),
        How::Words(_) => word_clauses(facts, &mut clauses),
    }
    for clause in more {
        clauses.put(&[clause]);
    }
    let mut text = clauses.text;
    text.push('.');
    text
}

/// Most sentences are no longer, in bytes.
const LONG_ENOUGH: usize = 256;

fn put(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

/// What a sentence says, clause by clause.
struct Clauses {
    text: String,
    is_first: bool,
}

impl Clauses {
    /// Begins another clause.
    fn begin(&mut self) {
        if !std::mem::replace(&mut self.is_first, false) {
            self.text.push_str("; ");
        }
    }

    /// Puts a whole one.
    fn put(&mut self, parts: &[&str]) {
        self.begin();
        put(&mut self.text, parts);
    }

    /// Puts what holds of some words, if there are any: of one, or of several.
    fn put_words<'a>(
        &mut self,
        words: impl ExactSizeIterator<Item = &'a str>,
        of_one: &str,
        of_several: &str,
    ) {
        let count = words.len();
        if count == 0 {
            return;
        }
        self.begin();
        for (at, word) in words.enumerate() {
            let before = match at {
                0 => "`",
                _ if at + 1 == count => " and `",
                _ => ", `",
            };
            put(&mut self.text, &[before, word, "`"]);
        }
        self.text.push_str(if count == 1 { of_one } else { of_several });
    }
}

fn word_clauses(facts: &[Evidence], clauses: &mut Clauses) {
    fn of<'a>(facts: &'a [Evidence], kind: &'a str) -> SmallVec<[&'a Evidence; 8]> {
        facts.iter().filter(|fact| fact.kind == kind).collect()
    }
    let same = of(facts, "same");
    clauses.put_words(same.iter().map(|fact| fact.subject.as_str()), " agrees", " agree");
    for (kind, words) in [
        ("same meaning", "` means the same as `"),
        ("same sound", "` sounds like `"),
        ("near spelling", "` is spelt nearly like `"),
        ("cut short", "` is short for, or cut from, `"),
        ("joined", "` is written apart or in one as `"),
    ] {
        for fact in of(facts, kind) {
            clauses.put(&["`", &fact.subject, words, &fact.entry, "`"]);
        }
    }
    for fact in of(facts, INITIALS) {
        // The one word is the initials, whichever side has it.
        let (short, long) = if fact.subject.contains(' ') {
            (&fact.entry, &fact.subject)
        } else {
            (&fact.subject, &fact.entry)
        };
        clauses.put(&["`", short, "` is the initials of `", long, "`"]);
    }
    let ours = of(facts, "only in subject");
    clauses.put_words(ours.iter().map(|fact| fact.subject.as_str()), " is only in ours", " are only in ours");
    let theirs = of(facts, "only in entry");
    clauses.put_words(
        theirs.iter().map(|fact| fact.entry.as_str()),
        " is only in the listed name",
        " are only in the listed name",
    );
    if facts.iter().any(|fact| fact.kind == "other legal form") {
        clauses.put(&["the legal forms are of different kinds"]);
    }
}

#[cfg(test)]
mod tests {
    use crate::matching::{NameStrength, Party, compare};
    use crate::normalise::Name;
    use crate::vocab::EntityKind;

    fn party(name: Name) -> Party {
        let kind = name.kind();
        Party { names: vec![(name, NameStrength::Primary)], kind, countries: vec![], identifiers: vec![] }
    }

    #[test]
    fn words_that_initials_explain_are_told_as_such_and_not_as_left_over() {
        let kind = EntityKind::Organisation;
        for (subject, entry, says, fact) in [
            (
                "Korvath Quellington Tharnock Merrowby",
                "KQT Merrowby Ltd",
                "`kqt` is the initials of `korvath quellington tharnock`",
                ("korvath quellington tharnock", "kqt"),
            ),
            (
                "KQT Merrowby",
                "Merrowby Korvath of Quellington Tharnock",
                "`kqt` is the initials of `korvath quellington tharnock`",
                ("kqt", "korvath quellington tharnock"),
            ),
        ] {
            let found = compare(&party(Name::subject(subject, kind)), &party(Name::entry(entry, kind)));
            assert!(found.why.contains(says) && !found.why.contains("only in"), "{}", found.why);
            let initials: Vec<_> = found.evidence.iter().filter(|fact| fact.kind == "initials").collect();
            let [told] = initials.as_slice() else { panic!("told once: {:?}", found.evidence) };
            assert_eq!((told.subject.as_str(), told.entry.as_str()), fact);
            assert!(told.weight > 0.0 && found.evidence.iter().all(|fact| fact.weight >= 0.0));
        }
    }
}
