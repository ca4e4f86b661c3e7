//! Spellings of one party become one subject.
//!
//! Merged are names that differ only in case, blanks, punctuation, `&` for `and`, a leading or trailing `the`, the
//! spelling of the legal form, or what a ledger added; and a name without a legal form with the one that has it. Nothing is
//! merged on likeness: `Abbots Wood` and `Abbey Wood` are two. Where members of such a group contradict each other in a
//! country, a register number or the legal form, only those that agree in all of these are merged, and those that state
//! none stay by themselves. Every spelling is kept and amounts are summed.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::ident::Identifier;
use crate::normalise::{ledger, security};
use crate::record::{Country, Subject};
use crate::vocab::EntityKind;

/// Takes together the subjects that are certainly one party, in the order in which each is first met.
///
/// # Examples
/// See `tests` of this room: `VEOLIA ES (UK) LIMITED` and `Veolia (ES) UK Ltd` are one, with `... PLC` another.
pub fn merge(subjects: Vec<Subject>) -> Vec<Subject> {
    let keys: Vec<Key> = subjects.par_iter().map(key_of).collect();
    let mut groups: FxHashMap<&Key, Vec<usize>> = FxHashMap::default();
    let mut order: Vec<&Key> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let members = groups.entry(key).or_default();
        if members.is_empty() {
            order.push(key);
        }
        members.push(at);
    }
    let mut clusters: Vec<(Vec<usize>, String)> = Vec::with_capacity(order.len());
    for key in order {
        let members = groups.remove(key).unwrap_or_default();
        clusters.extend(cluster(&members, &subjects, key));
    }
    clusters.sort_by_key(|(members, _)| members.first().copied());
    let mut taken: Vec<Option<Subject>> = subjects.into_iter().map(Some).collect();
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut merged = Vec::with_capacity(clusters.len());
    for (members, name) in clusters {
        let parts: Vec<Subject> =
            members.iter().filter_map(|at| taken.get_mut(*at).and_then(Option::take)).collect();
        let Some(mut subject) = join(parts, &name) else { continue };
        // Ids are told apart even where a file gives one id to several parties.
        let uses = ids.entry(subject.id.clone()).or_default();
        *uses += 1;
        if *uses > 1 {
            subject.id = format!("{}#{uses}", subject.id);
        }
        merged.push(subject);
    }
    merged
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
        EntityKind::Person => letters(&words(&subject.name)),
        _ => letters(&core_words(subject).0),
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
fn core_words(subject: &Subject) -> (Vec<String>, Option<&'static str>) {
    let name = if subject.track.is_investment() {
        security::issuer(&subject.name)
    } else {
        legal_name(&subject.name)
    };
    let mut words = words(&name);
    trim_article(&mut words);
    let form = words
        .last()
        .and_then(|last| FORMS.iter().find(|(written, _)| written == last))
        .map(|(_, form)| *form);
    if form.is_some() && words.len() > 1 {
        words.pop();
        trim_article(&mut words);
        return (words, form);
    }
    (words, None)
}

/// The first name of a ledger's string. A trading name is dropped only after a legal form: `J Plainname T/A Foods` and
/// `J Plainname T/A Taxis` may be two people.
fn legal_name(raw: &str) -> String {
    let mut names = ledger::clean(raw).names;
    let first = names.first().cloned().unwrap_or_default();
    let has_form = words(&first).last().is_some_and(|last| FORMS.iter().any(|(written, _)| written == last));
    if names.len() < 2 || has_form { first } else { std::mem::take(&mut names).join(" ") }
}

/// Lower-case words: apostrophes dropped, `&` as `and`, single letters in a row joined (`P H S` is `phs`).
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut initials = false;
    let mut close = |word: &mut String| {
        if word.is_empty() {
            return;
        }
        let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut() {
            Some(last) if single && initials => last.push_str(word),
            _ => words.push(word.clone()),
        }
        initials = single;
        word.clear();
    };
    for c in text.chars() {
        match c {
            '\'' | '’' | '‘' | '`' => {}
            '&' | '+' => {
                close(&mut word);
                word.push_str("and");
                close(&mut word);
            }
            c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            _ => close(&mut word),
        }
    }
    close(&mut word);
    words
}

fn trim_article(words: &mut Vec<String>) {
    if words.len() > 2 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    if words.len() > 2 && words.last().is_some_and(|word| word == "the") {
        words.pop();
    }
}

/// All in one, a blank only between two numbers, which are not one number.
fn letters(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        if out.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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

/// The members that are one party, with the key of each cluster's name.
fn cluster(members: &[usize], subjects: &[Subject], key: &Key) -> Vec<(Vec<usize>, String)> {
    if members.len() < 2 || key.core.is_empty() {
        return members.iter().map(|at| (vec![*at], key.core.clone())).collect();
    }
    let facts: Vec<(usize, Facts)> =
        members.iter().filter_map(|at| Some((*at, Facts::of(subjects.get(*at)?)))).collect();
    let mut all = Facts::default();
    let agree = facts.iter().fold(true, |agree, (_, facts)| all.take(facts) && agree);
    if agree {
        return vec![(members.to_vec(), key.core.clone())];
    }
    let mut apart: BTreeMap<Facts, Vec<usize>> = BTreeMap::new();
    for (at, facts) in facts {
        apart.entry(facts).or_default().push(at);
    }
    apart
        .into_iter()
        .map(|(facts, members)| {
            (members, format!("{} {}", key.core, facts.form.unwrap_or("")).trim_end().to_owned())
        })
        .collect()
}

/// One subject of several: the spelling with most rows stands for it.
fn join(parts: Vec<Subject>, name: &str) -> Option<Subject> {
    let id = match common_id(&parts) {
        Some(given) => given,
        // The same whether one spelling or several were met this month.
        None if !name.is_empty() => format!("name:{name}"),
        None => parts.first()?.id.clone(),
    };
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    let mut most = whole.rows;
    for part in parts {
        if part.rows > most && part.category.is_some() {
            most = part.rows;
            whole.category = part.category;
        }
        // A sum past 28 digits stays at its limit, which no public body reaches.
        let _ = whole.exposure.merge(&part.exposure);
        whole.rows += part.rows;
        whole.spellings.extend(part.spellings);
        whole.aliases.extend(part.aliases);
        whole.countries.extend(part.countries);
        whole.identifiers.extend(part.identifiers);
        whole.contract_end = whole.contract_end.max(part.contract_end);
    }
    whole.id = id;
    tidy(&mut whole);
    Some(whole)
}

/// The id that all parts share, unless it was made of the name.
fn common_id(parts: &[Subject]) -> Option<String> {
    let first = parts.first()?;
    let shared = parts.iter().all(|part| part.id == first.id);
    (shared && !first.id.starts_with("name:")).then(|| first.id.clone())
}

/// Equal spellings counted together, the commonest first; lists without doubles.
fn tidy(subject: &mut Subject) {
    let mut spellings: Vec<crate::record::Spelling> = Vec::with_capacity(subject.spellings.len());
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
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
    let mut seen = BTreeSet::new();
    subject.aliases.retain(|alias| seen.insert(alias.clone()));
    subject.countries.sort();
    subject.countries.dedup();
    subject.identifiers.sort();
    subject.identifiers.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident;
    use crate::record::{Currency, Exposure, Place, Spelling};
    use crate::vocab::Track;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn subject(name: &str, rows: u64) -> Subject {
        let first = Place { file: "a.csv".into(), sheet: None, record: rows, line: None };
        let mut exposure = Exposure::default();
        assert!(exposure.add(Decimal::from(rows), Currency::GBP));
        Subject {
            id: format!("name:{}", name.to_lowercase()),
            track: Track::Suppliers,
            kind: EntityKind::Organisation,
            name: name.to_owned(),
            spellings: vec![Spelling { name: name.to_owned(), rows, first: first.clone() }],
            aliases: Vec::new(),
            countries: Vec::new(),
            identifiers: Vec::new(),
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
            .map(|s| s.spellings.into_iter().map(|spelling| spelling.name).collect())
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
