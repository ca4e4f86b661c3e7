//! Spellings of one party become one subject.
//!
//! Merged are names that differ only in case, blanks, punctuation, `&` for `and`, a leading or trailing `the`, the
//! spelling of the legal form, or what a ledger added; and a name without a legal form with the one that has it. Nothing is
//! merged on likeness: `Abbots Wood` and `Abbey Wood` are two. Where members of such a group contradict each other in a
//! country, a register number or the legal form, only those that agree in all of these are merged, and those that state
//! none stay by themselves. Every spelling is kept and amounts are summed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::{SmallVec, smallvec};
use smol_str::{SmolStr, format_smolstr};
use thin_vec::ThinVec;

use crate::ident::Identifier;
use crate::normalise::{ledger, security};
use crate::record::{Country, Spelling, Subject};
use crate::vocab::EntityKind;

/// Takes together the subjects that are certainly one party, in the order in which each is first met.
///
/// # Examples
/// See `tests` of this room: `VEOLIA ES (UK) LIMITED` and `Veolia (ES) UK Ltd` are one, with `... PLC` another.
pub fn merge(subjects: Vec<Subject>) -> Vec<Subject> {
    let keys: Vec<Key> = subjects.par_iter().map(key_of).collect();
    let groups = Groups::of(&keys);
    let mut clusters: Vec<Cluster> = (0..groups.count())
        .into_par_iter()
        .flat_map_iter(|group| cluster(groups.members(group), &subjects, &keys))
        .collect();
    // In the order in which each is first met.
    clusters.par_sort_unstable_by_key(|cluster| cluster.members.first().copied());
    drop((groups, keys));
    let mut merged = join(subjects, &mut clusters);
    merged.par_iter_mut().zip(clusters).for_each(|(subject, cluster)| {
        // A given id is kept where all agree on it; one made of the name is the same whether one spelling or several
        // were met this month.
        let made = subject.id.starts_with(MADE_OF_NAME) || !cluster.one_id;
        if made && !cluster.name.is_empty() {
            subject.id = format_smolstr!("{MADE_OF_NAME}{}", cluster.name);
        }
        tidy(subject);
    });
    tell_ids_apart(&mut merged);
    merged
}

/// How an id begins that is no id of the file's own.
const MADE_OF_NAME: &str = "name:";

/// Puts all members of a cluster into its first, in the memory of the subjects.
fn join(subjects: Vec<Subject>, clusters: &mut [Cluster]) -> Vec<Subject> {
    let mut of = vec![0_u32; subjects.len()];
    for (cluster, number) in clusters.iter().zip(0..) {
        for member in &cluster.members {
            if let Some(of) = of.get_mut(*member as usize) {
                *of = number;
            }
        }
    }
    let mut others: Vec<(u32, Subject)> = Vec::new();
    let firsts = |(at, cluster): (u32, u32)| {
        clusters.get(cluster as usize).is_some_and(|cluster| cluster.members.first() == Some(&at))
    };
    let mut merged: Vec<Subject> = subjects
        .into_iter()
        .zip((0..).zip(of))
        .filter_map(|(subject, place)| {
            if firsts(place) {
                return Some(subject);
            }
            others.push((place.1, subject));
            None
        })
        .collect();
    for (number, part) in others {
        let Some(cluster) = clusters.get_mut(number as usize) else { continue };
        if let Some(whole) = merged.get_mut(number as usize) {
            cluster.take(whole, part);
        }
    }
    merged
}

/// A file may give one id to several parties: all but the first get a number behind it.
fn tell_ids_apart(subjects: &mut [Subject]) {
    let order = by_hash(subjects, |subject| &subject.id);
    let mut numbered: Vec<(u32, u32)> = Vec::new();
    for alike in order.chunk_by(|one, two| one.0 == two.0).filter(|alike| alike.len() > 1) {
        let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
        for (_, at) in alike {
            let Some(subject) = subjects.get(*at as usize) else { continue };
            let uses = uses.entry(&subject.id).or_default();
            *uses += 1;
            if *uses > 1 {
                numbered.push((*at, *uses));
            }
        }
    }
    for (at, number) in numbered {
        if let Some(subject) = subjects.get_mut(at as usize) {
            subject.id = format_smolstr!("{}#{number}", subject.id);
        }
    }
}

/// The hashes of things and where these stand, equal ones together in the order of the things.
///
/// Sorting is done on every core; a table of so many keys would be filled by one, which waits for memory at every key.
fn by_hash<'a, T: Sync, K: Hash + ?Sized + 'a>(
    things: &'a [T],
    key: impl Fn(&'a T) -> &'a K + Sync,
) -> Vec<(u64, u32)> {
    let mut order: Vec<(u64, u32)> = things
        .par_iter()
        .enumerate()
        .map(|(at, thing)| (FxBuildHasher.hash_one(key(thing)), u32::try_from(at).unwrap_or(u32::MAX)))
        .collect();
    order.par_sort_unstable();
    order
}

/// Subjects by their keys, the members of each group in the order of the subjects.
struct Groups {
    /// Where the members of each group end in `members`.
    ends: Vec<usize>,
    members: Vec<u32>,
}

impl Groups {
    fn of(keys: &[Key]) -> Self {
        let order = by_hash(keys, |key| key);
        let mut groups =
            Self { ends: Vec::with_capacity(keys.len()), members: Vec::with_capacity(keys.len()) };
        for alike in order.chunk_by(|one, two| one.0 == two.0) {
            let mut left: SmallVec<[u32; 4]> = alike.iter().map(|(_, at)| *at).collect();
            // Two keys of one hash are next to never two.
            while let Some(first) = left.first().and_then(|first| keys.get(*first as usize)) {
                left.retain(|at| {
                    let same = alike.len() == 1 || keys.get(*at as usize) == Some(first);
                    if same {
                        groups.members.push(*at);
                    }
                    !same
                });
                groups.ends.push(groups.members.len());
            }
        }
        groups
    }

    fn count(&self) -> usize {
        self.ends.len()
    }

    fn members(&self, group: usize) -> &[u32] {
        let start = group.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(group).copied().unwrap_or(start);
        self.members.get(start..end).unwrap_or_default()
    }
}

/// What members of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    /// The name without its form, letters and digits only.
    core: String,
    investment: bool,
    kind: EntityKind,
}

fn key_of(subject: &Subject) -> Key {
    let core = match subject.kind {
        EntityKind::Person => Words::of(&subject.name).letters(),
        _ => core_words(subject).0.letters(),
    };
    Key { core, investment: subject.track.is_investment(), kind: subject.kind }
}

/// Legal forms and how they are written; merged are only those that mean the same.
#[rustfmt::skip]
const FORMS: [(&str, &str); 22] = [
    ("ltd", "ltd"), ("limited", "ltd"), ("plc", "plc"), ("llp", "llp"), ("lp", "lp"), ("inc", "inc"), ("incorporated", "inc"), ("corp", "corp"),
    ("corporation", "corp"), ("llc", "llc"), ("gmbh", "gmbh"), ("ag", "ag"), ("sa", "sa"), ("nv", "nv"), ("bv", "bv"), ("spa", "spa"), ("srl", "srl"),
    ("cic", "cic"), ("cio", "cio"), ("ab", "ab"), ("asa", "asa"), ("oyj", "oyj"),
];

/// The words of a subject's name without its legal form, and the form.
fn core_words(subject: &Subject) -> (Words, Option<&'static str>) {
    let name = if subject.track.is_investment() {
        Cow::Owned(security::issuer(&subject.name))
    } else if let Some(name) = ledger::as_written(&subject.name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(legal_name(&subject.name))
    };
    let mut words = Words::of(&name);
    words.trim_article();
    let form = words.form();
    if form.is_some() && words.len() > 1 {
        words.pop();
        words.trim_article();
        return (words, form);
    }
    (words, None)
}

/// The first name of a ledger's string. A trading name is dropped only after a legal form: `J Plainname T/A Foods` and
/// `J Plainname T/A Taxis` may be two people.
fn legal_name(raw: &str) -> String {
    let mut names = ledger::clean(raw).names;
    if names.len() > 1 && names.first().is_some_and(|first| Words::of(first).form().is_none()) {
        return names.join(" ");
    }
    if names.is_empty() { String::new() } else { names.swap_remove(0) }
}

/// Lower-case words: apostrophes dropped, `&` as `and`, single letters in a row joined (`P H S` is `phs`).
#[derive(Debug, Default)]
struct Words {
    /// All of them, with nothing between.
    text: String,
    /// Where each ends.
    ends: SmallVec<[usize; 12]>,
    /// Words at the front that do not count.
    skipped: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { text: String::with_capacity(text.len()), ..Self::default() };
        let mut initials = false;
        for c in text.chars() {
            match c {
                '\'' | '’' | '‘' | '`' => {}
                '&' | '+' => {
                    words.close(&mut initials);
                    words.text.push_str("and");
                    words.close(&mut initials);
                }
                c if c.is_ascii_alphanumeric() => words.text.push(c.to_ascii_lowercase()),
                c if c.is_alphanumeric() => words.text.extend(c.to_lowercase()),
                _ => words.close(&mut initials),
            }
        }
        words.close(&mut initials);
        words
    }

    /// Ends a word, if one has begun; `initials` says whether the word before was a single letter.
    fn close(&mut self, initials: &mut bool) {
        let start = self.ends.last().copied().unwrap_or(0);
        let word = self.text.get(start..).unwrap_or_default();
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return };
        let single = first.is_alphabetic() && chars.next().is_none();
        let end = self.text.len();
        match self.ends.last_mut() {
            Some(last) if single && *initials => *last = end,
            _ => self.ends.push(end),
        }
        *initials = single;
    }

    fn len(&self) -> usize {
        self.ends.len() - self.skipped
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (self.skipped..self.ends.len()).map(|at| self.word(at))
    }

    fn last(&self) -> &str {
        self.ends.len().checked_sub(1).map_or("", |at| self.word(at))
    }

    fn pop(&mut self) {
        self.ends.pop();
    }

    /// The legal form at the end.
    fn form(&self) -> Option<&'static str> {
        let last = self.last();
        FORMS.iter().find(|(written, _)| *written == last).map(|(_, form)| *form)
    }

    fn trim_article(&mut self) {
        if self.len() > 2 && self.word(self.skipped) == "the" {
            self.skipped += 1;
        }
        if self.len() > 2 && self.last() == "the" {
            self.pop();
        }
    }

    /// All in one, a blank only between two numbers, which are not one number.
    fn letters(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        for word in self.iter() {
            if out.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

/// What may contradict between two members.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Facts {
    form: Option<&'static str>,
    countries: BTreeSet<Country>,
    /// Of each scheme, the identifiers; a company has one number in a register and one LEI, but many securities.
    numbers: BTreeMap<String, String>,
}

impl Facts {
    fn of(subject: &Subject) -> Self {
        let form = if subject.kind == EntityKind::Person { None } else { core_words(subject).1 };
        let single = |id: &&Identifier| {
            matches!(id.scheme.as_str(), "gb-coh" | "lei" | "vat" | "gb-chc" | "uscc" | "inn" | "ogrn")
        };
        let numbers = subject
            .identifiers
            .iter()
            .filter(single)
            .map(|id| (id.scheme.clone(), id.value.clone()))
            .collect();
        Self { form, countries: subject.countries.iter().copied().collect(), numbers }
    }

    /// Takes the facts of another member in; `false` if they contradict.
    fn take(&mut self, other: &Self) -> bool {
        let forms = self.form.is_none() || other.form.is_none() || self.form == other.form;
        let shared: BTreeSet<Country> = self.countries.intersection(&other.countries).copied().collect();
        let countries = self.countries.is_empty() || other.countries.is_empty() || !shared.is_empty();
        let numbers = other
            .numbers
            .iter()
            .all(|(scheme, value)| self.numbers.get(scheme).is_none_or(|own| own == value));
        self.form = self.form.or(other.form);
        if self.countries.is_empty() {
            self.countries.clone_from(&other.countries);
        } else if !shared.is_empty() {
            self.countries = shared;
        }
        self.numbers.extend(other.numbers.clone());
        forms && countries && numbers
    }
}

/// Members of a group that are one party.
struct Cluster {
    members: SmallVec<[u32; 2]>,
    /// The key of the name.
    name: String,
    /// The most rows that a part with a category had so far, or the first part.
    most: u64,
    /// Whether all parts so far have one id.
    one_id: bool,
}

impl Cluster {
    fn new(members: SmallVec<[u32; 2]>, name: String) -> Self {
        Self { members, name, most: 0, one_id: true }
    }

    /// Adds a part to the whole, which is the first part at the beginning.
    fn take(&mut self, whole: &mut Subject, part: Subject) {
        self.most = if self.most == 0 { whole.rows } else { self.most };
        if part.rows > self.most && part.category.is_some() {
            self.most = part.rows;
            whole.category = part.category;
        }
        self.one_id &= whole.id == part.id;
        // A sum past 28 digits stays at its limit, which no public body reaches.
        let _ = whole.exposure.merge(&part.exposure);
        whole.rows += part.rows;
        whole.spellings.extend(part.spellings);
        whole.aliases.extend(part.aliases);
        whole.countries.extend(part.countries);
        whole.identifiers.extend(part.identifiers);
        whole.contract_end = whole.contract_end.max(part.contract_end);
    }
}

/// The members that are one party, cluster by cluster.
fn cluster(members: &[u32], subjects: &[Subject], keys: &[Key]) -> SmallVec<[Cluster; 1]> {
    let core = members.first().and_then(|at| keys.get(*at as usize)).map_or("", |key| key.core.as_str());
    if members.len() < 2 || core.is_empty() {
        let alone = |at: &u32| Cluster::new(SmallVec::from_slice(&[*at]), core.to_owned());
        return members.iter().map(alone).collect();
    }
    let facts: Vec<(u32, Facts)> =
        members.iter().filter_map(|at| Some((*at, Facts::of(subjects.get(*at as usize)?)))).collect();
    let mut all = Facts::default();
    let agree = facts.iter().fold(true, |agree, (_, facts)| all.take(facts) && agree);
    if agree {
        return smallvec![Cluster::new(SmallVec::from_slice(members), core.to_owned())];
    }
    let mut apart: BTreeMap<Facts, SmallVec<[u32; 2]>> = BTreeMap::new();
    for (at, facts) in facts {
        apart.entry(facts).or_default().push(at);
    }
    let named = |facts: &Facts| format!("{core} {}", facts.form.unwrap_or("")).trim_end().to_owned();
    apart.into_iter().map(|(facts, members)| Cluster::new(members, named(&facts))).collect()
}

/// Equal spellings counted together, the commonest first, which then stands for the subject; lists without doubles.
fn tidy(subject: &mut Subject) {
    if subject.spellings.len() > 1 {
        tidy_spellings(subject);
    }
    if subject.aliases.len() > 1 {
        let mut seen = BTreeSet::new();
        subject.aliases.retain(|alias| seen.insert(alias.clone()));
    }
    subject.countries.sort();
    subject.countries.dedup();
    subject.identifiers.sort();
    subject.identifiers.dedup();
}

fn tidy_spellings(subject: &mut Subject) {
    let mut spellings: ThinVec<Spelling> = ThinVec::with_capacity(subject.spellings.len());
    let mut places: FxHashMap<SmolStr, usize> = FxHashMap::default();
    for spelling in std::mem::take(&mut subject.spellings) {
        if let Some(known) = places.get(&spelling.name).and_then(|at| spellings.get_mut(*at)) {
            known.rows += spelling.rows;
        } else {
            places.insert(spelling.name.clone(), spellings.len());
            spellings.push(spelling);
        }
    }
    // A stable sort: of equals the first met stays first.
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.rows));
    if let Some(first) = spellings.first() {
        subject.name.clone_from(&first.name);
    }
    subject.spellings = spellings;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident;
    use crate::record::{Currency, Exposure, Place};
    use crate::vocab::Track;
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use thin_vec::thin_vec;

    fn subject(name: &str, rows: u64) -> Subject {
        let first = Place { file: "a.csv".into(), sheet: None, record: rows, line: None };
        let mut exposure = Exposure::default();
        assert!(exposure.add(Decimal::from(rows), Currency::GBP));
        Subject {
            id: format_smolstr!("name:{}", name.to_lowercase()),
            track: Track::Suppliers,
            kind: EntityKind::Organisation,
            name: name.into(),
            spellings: thin_vec![Spelling { name: name.into(), rows, first: first.clone() }],
            aliases: ThinVec::new(),
            countries: ThinVec::new(),
            identifiers: ThinVec::new(),
            exposure,
            rows,
            first,
            category: None,
            contract_end: None,
        }
    }

    fn merged(names: &[&str]) -> Vec<Vec<String>> {
        let subjects = names.iter().map(|name| subject(name, 1)).collect();
        merge(subjects)
            .into_iter()
            .map(|s| s.spellings.into_iter().map(|spelling| spelling.name.into()).collect())
            .collect()
    }

    #[test]
    fn spellings_of_one_party_are_one() {
        for names in [
            vec!["VEOLIA ES (UK) LIMITED", "VEOLIA (ES) UK LTD", "Veolia ES (UK) Ltd."],
            vec!["Wilf Ward Family Trust", "Wilfward Family Trust", "The Wilf Ward Family Trust"],
            vec!["P H S Group Plc", "Phs Group", "PHS GROUP PLC"],
            vec!["EXWICK ARK THE", "EXWICK ARK LTD THE"],
            vec!["A & V TRANSITIONAL HOMES", "A and V Transitional Homes", "A&V TRANSITIONAL HOMES LTD"],
            vec!["C. I. E. H.", "CIEH"],
            vec![
                "Orrinmoor Ltd",
                "510072 ORRINMOOR LIMITED",
                "Orrinmoor Ltd (GBP)",
                "Orrinmoor Ltd T/A Foods",
            ],
            vec!["Lloyd's Bank", "LLOYDS BANK", "Lloyd’s Bank"],
        ] {
            assert_eq!(merged(&names).len(), 1, "{names:?}");
        }
    }

    #[test]
    fn parties_that_only_look_alike_stay_apart() {
        for names in [
            vec!["ABBOTS WOOD MEDICAL CENTRE", "ABBEY WOOD MEDICAL CENTRE"],
            vec!["EASTGATE LIMITED", "EASTGATE IT LIMITED"],
            vec!["Unit 1 2 Hire", "Unit 12 Hire"],
            vec!["Orrinmoor PLC", "Orrinmoor Ltd"],
            vec!["J Plainname T/A Foods", "J Plainname T/A Taxis"],
            vec!["Limited", "PLC"],
        ] {
            assert_eq!(merged(&names).len(), names.len(), "{names:?}");
        }
        // With two forms, the one without may be either.
        assert_eq!(merged(&["Orrinmoor PLC", "Orrinmoor Ltd", "Orrinmoor", "ORRINMOOR"]).len(), 3);
    }

    #[test]
    fn contradicting_numbers_and_countries_keep_them_apart() {
        let mut one = subject("Orrinmoor Ltd", 1);
        let mut two = subject("ORRINMOOR LIMITED", 2);
        one.identifiers = ident::company_number("1234567").into_iter().collect();
        two.identifiers = ident::company_number("7654321").into_iter().collect();
        assert_eq!(merge(vec![one.clone(), two.clone()]).len(), 2);
        two.identifiers.clone_from(&one.identifiers);
        assert_eq!(merge(vec![one.clone(), two.clone()]).len(), 1);
        one.countries = Country::from_code("GB").into_iter().collect();
        two.countries = Country::from_code("CN").into_iter().collect();
        assert_eq!(merge(vec![one, two]).len(), 2);
    }

    #[test]
    fn the_commonest_spelling_stands_for_all_and_sums_add_up() {
        let all = merge(vec![
            subject("Orrinmoor Ltd", 2),
            subject("Ruddlecombe", 1),
            subject("ORRINMOOR LIMITED", 5),
        ]);
        let first = all.first().unwrap();
        assert_eq!(
            (first.name.as_str(), first.rows, first.id.as_str()),
            ("ORRINMOOR LIMITED", 7, "name:orrinmoor")
        );
        assert_eq!(first.exposure.main(), Some((Currency::GBP, Decimal::from(7))));
        assert_eq!(first.first.record, 2);
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn holdings_are_merged_by_issuer() {
        let holding = |name: &str| Subject { track: Track::Holdings, ..subject(name, 1) };
        let all = merge(vec![
            holding("DRAX GROUP ORD GBP0.1155172"),
            holding("Drax Group 4% 2030"),
            holding("Drax Group PLC"),
        ]);
        assert_eq!(all.len(), 1);
    }

    proptest! {
        #[test]
        fn rows_and_sums_are_kept(names in proptest::collection::vec("[A-C][a-c. ]{0,3}( Ltd| PLC| Limited)?", 1..12)) {
            let subjects: Vec<Subject> = names.iter().zip(1..).map(|(name, rows)| subject(name, rows)).collect();
            let rows: u64 = subjects.iter().map(|s| s.rows).sum();
            let all = merge(subjects);
            prop_assert_eq!(all.iter().map(|s| s.rows).sum::<u64>(), rows);
            prop_assert_eq!(all.iter().flat_map(|s| &s.spellings).map(|s| s.rows).sum::<u64>(), rows);
            let ids: BTreeSet<&str> = all.iter().map(|s| s.id.as_str()).collect();
            prop_assert_eq!(ids.len(), all.len());
        }
    }
}
