//! A list's CSV: `SLUG.csv` becomes entries, or an error that names every cell to mend.
//!
//! The columns are those of `watchlists/README.md`; only `name` is needed. Nothing is guessed and nothing is
//! dropped: a word, date, country or column that is not known is an error with its line, what was found and
//! what was probably meant. A row whose cells are all blank is no row.

use std::borrow::Cow;
use std::str::FromStr;

use csv::StringRecord;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};
use thin_vec::ThinVec;

use super::error::RowProblem;
use super::{Entry, List, ListFacts, PartialDate, WatchlistError};
use crate::country;
use crate::ident::Identifier;
use crate::record::Country;
use crate::vocab::{Affected, EntityKind, ListingStatus, Scope, UnknownWord, nearest_word};

/// The columns of a list, in the order in which they are written.
pub const COLUMNS: [&str; 17] = [
    "id",
    "name",
    "aliases",
    "weak_aliases",
    "kind",
    "country",
    "identifiers",
    "ground",
    "measure",
    "status",
    "listed_on",
    "delisted_on",
    "scope",
    "products",
    "affected",
    "source_url",
    "note",
];

/// As many problems as are shown: enough to mend a list in one sitting, few enough to read.
const SHOWN: usize = 20;

/// No name is longer, in letters: the longest of the official lists have about 400.
pub(super) const LONGEST_NAME: usize = 2000;

/// Whether a name has more letters than any name.
pub(super) fn is_overlong(name: &str) -> bool {
    name.len() > LONGEST_NAME && name.chars().count() > LONGEST_NAME
}

/// Reads a list from the bytes of its CSV.
pub(super) fn read(
    slug: &str,
    file: &str,
    bytes: &[u8],
    facts: ListFacts,
    bundled: bool,
) -> Result<List, WatchlistError> {
    let text = text_of(file, bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    if !next(&mut reader, &mut record, file)? {
        return Err(WatchlistError::Empty { file: file.to_owned() });
    }
    let columns = Columns::read(file, &record)?;
    let mut rows = Rows::new(columns, &facts, text);
    while next(&mut reader, &mut record, file)? {
        rows.take(&record);
        let is_last = reader.position().byte() >= text.len() as u64;
        if is_last && record.len() < rows.columns.count && !text.ends_with(['\n', '\r']) {
            let message = format!(
                "the file ends in the middle of this row, after {} of {} cells",
                record.len(),
                rows.columns.count
            );
            rows.problem(&record, None, message);
        }
    }
    let Rows { entries, problems, hidden, .. } = rows;
    if !problems.is_empty() {
        return Err(WatchlistError::BadRows { file: file.to_owned(), problems, more: hidden });
    }
    if entries.is_empty() {
        return Err(WatchlistError::Empty { file: file.to_owned() });
    }
    Ok(List { slug: slug.to_owned(), facts, entries, sha256: hex(&Sha256::digest(bytes)), bundled })
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, WatchlistError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        WatchlistError::NotUtf8 { file: file.to_owned(), line: 1 + newlines(good) }
    })
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// The next record; the text is UTF-8 and records may be of any length, so that nothing can fail but the memory.
fn next(
    reader: &mut csv::Reader<&[u8]>,
    record: &mut StringRecord,
    file: &str,
) -> Result<bool, WatchlistError> {
    reader.read_record(record).map_err(|error| WatchlistError::Unreadable {
        path: file.into(),
        cause: std::io::Error::other(error.to_string()),
    })
}

/// Where each column stands in the file.
struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    count: usize,
}

impl Columns {
    fn read(file: &str, header: &StringRecord) -> Result<Self, WatchlistError> {
        let mut places = [None; COLUMNS.len()];
        let own = || file.to_owned();
        if !header.iter().any(|cell| cell.trim().eq_ignore_ascii_case("name")) {
            let found = header.iter().map(str::to_owned).collect();
            return Err(WatchlistError::NoNameColumn { file: own(), found });
        }
        for (place, cell) in header.iter().enumerate() {
            let found = cell.trim().to_ascii_lowercase();
            let Some(known) = COLUMNS.iter().position(|column| *column == found) else {
                let nearest = nearest_word(&found, COLUMNS).map(str::to_owned);
                return Err(WatchlistError::UnknownColumn { file: own(), found: cell.to_owned(), nearest });
            };
            if let Some(column) = places.get_mut(known)
                && column.replace(place).is_some()
            {
                let column = COLUMNS.get(known).copied().unwrap_or_default();
                return Err(WatchlistError::RepeatedColumn { file: own(), column });
            }
        }
        Ok(Self { places, count: header.len() })
    }
}

/// The entries so far, and what must be mended.
struct Rows<'a> {
    columns: Columns,
    facts: &'a ListFacts,
    text: &'a str,
    entries: Vec<Entry>,
    /// The line of each id.
    ids: FxHashMap<String, u64>,
    /// The last number given to an id that was taken.
    copies: FxHashMap<String, u32>,
    problems: Vec<RowProblem>,
    hidden: usize,
}

impl<'a> Rows<'a> {
    fn new(columns: Columns, facts: &'a ListFacts, text: &'a str) -> Self {
        // At most one entry a line, so that a list of a million names is never moved while it grows.
        let likely = usize::try_from(newlines(text.as_bytes())).unwrap_or_default();
        Self {
            columns,
            facts,
            text,
            entries: Vec::with_capacity(likely),
            copies: FxHashMap::default(),
            ids: FxHashMap::with_capacity_and_hasher(likely, FxBuildHasher),
            problems: Vec::new(),
            hidden: 0,
        }
    }

    fn take(&mut self, record: &StringRecord) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if record.len() > self.columns.count
            && record.iter().skip(self.columns.count).any(|cell| !cell.trim().is_empty())
        {
            let message = format!(
                "{} cells under {} columns; a cell with a comma in it needs quotes",
                record.len(),
                self.columns.count
            );
            self.problem(record, None, message);
            return;
        }
        if [1, 2, 3].iter().any(|column| several(self.cell(record, *column)).any(is_overlong)) {
            let message = format!("a name has more than {LONGEST_NAME} letters; no name has so many");
            self.problem(record, Some("name"), message);
            return;
        }
        let before = self.problems.len() + self.hidden;
        let entry = self.entry(record);
        if self.problems.len() + self.hidden == before {
            self.entries.push(entry);
        }
    }

    fn entry(&mut self, record: &StringRecord) -> Entry {
        let name = self.cell(record, 1).to_owned();
        if name.is_empty() {
            self.problem(
                record,
                Some("name"),
                "is empty; a row without a name would match nothing".to_owned(),
            );
        }
        let countries = self.countries(record);
        let id = self.id(record, &name, &countries);
        let measure = match self.cell(record, 8) {
            "" => self.facts.measure.clone(),
            said => said.to_owned(),
        };
        Entry {
            id,
            aliases: self.names(record, 2, &name),
            weak_aliases: self.names(record, 3, &name),
            name,
            kind: self.word(record, 4, EntityKind::Organisation),
            countries,
            identifiers: self.identifiers(record),
            ground: self.word(record, 7, self.facts.default_ground),
            measure,
            status: self.word(record, 9, ListingStatus::Current),
            listed_on: self.date(record, 10),
            delisted_on: self.date(record, 11),
            scope: self.word(record, 12, Scope::Named),
            products: several(self.cell(record, 13)).map(str::to_owned).collect(),
            affected: self.affected(record),
            source_url: self.cell(record, 15).to_owned(),
            note: self.cell(record, 16).to_owned(),
        }
    }

    /// The cell of a column, by its place in [`COLUMNS`]; empty where the file has no such column.
    fn cell<'r>(&self, record: &'r StringRecord, column: usize) -> &'r str {
        let place = self.columns.places.get(column).copied().flatten();
        place.and_then(|place| record.get(place)).map_or("", str::trim)
    }

    fn id(&mut self, record: &StringRecord, name: &str, countries: &[Country]) -> String {
        let said = self.cell(record, 0);
        if said.is_empty() {
            let id = self.free_id(name, countries);
            self.ids.insert(id.clone(), 0);
            return id;
        }
        if let Some(&line) = self.ids.get(said) {
            let message = if line == 0 {
                format!("`{said}` is what an earlier row without an id is called by; give that row an id")
            } else {
                format!("`{said}` stands on line {line} already")
            };
            self.problem(record, Some("id"), message);
        } else {
            let line = self.line(record);
            self.ids.insert(said.to_owned(), line);
        }
        said.to_owned()
    }

    /// An id made of the name, then the country, then a number: stable as long as the earlier rows of that name stay.
    fn free_id(&mut self, name: &str, countries: &[Country]) -> String {
        let mut id = slug_of(name);
        if let Some(country) = countries.first().filter(|_| self.ids.contains_key(&id)) {
            id = format!("{id}-{}", country.as_str().to_ascii_lowercase());
        }
        let base = id.clone();
        while self.ids.contains_key(&id) {
            // Counted per base, since a list may well hold one name a thousand times.
            let copies = self.copies.entry(base.clone()).or_insert(1);
            *copies += 1;
            id = format!("{base}-{copies}");
        }
        id
    }

    fn names(&self, record: &StringRecord, column: usize, name: &str) -> ThinVec<String> {
        let mut known: FxHashSet<&str> = FxHashSet::default();
        let others = several(self.cell(record, column));
        others.filter(|other| *other != name && known.insert(*other)).map(str::to_owned).collect()
    }

    fn word<T: FromStr<Err = UnknownWord>>(&mut self, record: &StringRecord, column: usize, default: T) -> T {
        match self.cell(record, column) {
            "" => default,
            said => said.parse().unwrap_or_else(|error: UnknownWord| {
                self.problem(record, COLUMNS.get(column).copied(), error.to_string());
                default
            }),
        }
    }

    fn date(&mut self, record: &StringRecord, column: usize) -> Option<PartialDate> {
        let said = self.cell(record, column);
        let date = PartialDate::parse(said);
        if date.is_none() && !said.is_empty() {
            let message = format!("`{said}` is not a date; write `2022-06-21`, `2022-06` or `2022`");
            self.problem(record, COLUMNS.get(column).copied(), message);
        }
        date
    }

    fn countries(&mut self, record: &StringRecord) -> ThinVec<Country> {
        let mut countries = ThinVec::new();
        for said in several(self.cell(record, 5)) {
            match country::by_code(said) {
                Some(known) if !countries.contains(&known) => countries.push(known),
                Some(_) => {}
                None => {
                    let advice = code_advice(said);
                    let message = format!("`{said}` is not an ISO 3166-1 country code; {advice}");
                    self.problem(record, Some("country"), message);
                }
            }
        }
        countries
    }

    fn identifiers(&mut self, record: &StringRecord) -> ThinVec<Identifier> {
        let mut identifiers = ThinVec::new();
        for said in several(self.cell(record, 6)) {
            match identifier(said) {
                Some(known) if !identifiers.contains(&known) => identifiers.push(known),
                Some(_) => {}
                None => {
                    let message = format!("`{said}` is not `scheme:value`, as in `gb-coh:01234567`");
                    self.problem(record, Some("identifiers"), message);
                }
            }
        }
        identifiers
    }

    fn affected(&mut self, record: &StringRecord) -> ThinVec<Affected> {
        let mut groups = ThinVec::new();
        for said in several(self.cell(record, 14)) {
            match said.parse() {
                Ok(group) if !groups.contains(&group) => groups.push(group),
                Ok(_) => {}
                Err(error) => {
                    let error: UnknownWord = error;
                    self.problem(record, Some("affected"), error.to_string());
                }
            }
        }
        groups
    }

    fn problem(&mut self, record: &StringRecord, column: Option<&'static str>, message: String) {
        if self.problems.len() < SHOWN {
            let line = self.line(record);
            self.problems.push(RowProblem { line, column, message });
        } else {
            self.hidden += 1;
        }
    }

    /// The line on which a record starts. The reader counts blank lines before a record as part of it.
    fn line(&self, record: &StringRecord) -> u64 {
        let Some(position) = record.position() else { return 0 };
        let rest = usize::try_from(position.byte()).ok().and_then(|at| self.text.as_bytes().get(at..));
        let blank = rest.unwrap_or_default().iter().take_while(|b| matches!(b, b'\n' | b'\r'));
        position.line() + blank.filter(|b| **b == b'\n').count() as u64
    }
}

/// The values of a cell that holds several.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|value| !value.is_empty())
}

/// What to write instead of a country code that is not one.
fn code_advice(found: &str) -> String {
    match country::by_name(found)
        .or_else(|| (found.eq_ignore_ascii_case("EL")).then(|| country::by_code("GR"))?)
    {
        Some(country) => format!("did you mean `{country}`?"),
        None => "write two letters such as `GB` or `CN`".to_owned(),
    }
}

/// Reads `scheme:value`; a value may hold a colon, a scheme may not.
fn identifier(text: &str) -> Option<Identifier> {
    let (scheme, value) = text.split_once(':')?;
    let (scheme, value) = (scheme.trim(), value.trim());
    let good =
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (good && !value.is_empty())
        .then(|| Identifier { scheme: scheme.to_ascii_lowercase(), value: value.to_owned() })
}

/// A name as an id: its letters and digits in Latin lower case, anything between them as one hyphen.
pub(super) fn slug_of(name: &str) -> String {
    let latin = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(any_ascii::any_ascii(name)) };
    let mut slug = String::with_capacity(latin.len());
    for c in latin.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use super::*;

    fn list(text: &str) -> Result<List, WatchlistError> {
        read("ours", "ours.csv", text.as_bytes(), facts::assumed("ours"), false)
    }

    fn message(text: &str) -> String {
        list(text).unwrap_err().to_string()
    }

    #[test]
    fn five_columns_are_enough() {
        let list =
            list("\u{feff}name,country,ground,source_url,note\r\nKrastiva Mills Ltd,bg,forced_labour,,\r\n\r\n,,,,\r\n")
                .unwrap();
        let [entry] = list.entries.as_slice() else { panic!("{list:?}") };
        assert_eq!((entry.id.as_str(), entry.name.as_str()), ("krastiva-mills-ltd", "Krastiva Mills Ltd"));
        assert_eq!(entry.countries, [Country::from_code("BG").unwrap()]);
        assert_eq!(
            (entry.ground, entry.status),
            (crate::vocab::Ground::ForcedLabour, ListingStatus::Current)
        );
        assert_eq!((entry.kind, entry.measure.as_str()), (EntityKind::Organisation, "own list"));
        assert_eq!((list.facts.authority.as_str(), list.sha256.len()), ("F", 64));
    }

    #[test]
    fn every_column_is_read() {
        let list = list(
            "id,name,aliases,weak_aliases,kind,country,identifiers,ground,measure,status,listed_on,delisted_on,scope,products,affected,source_url,note\n\
             7,Krastiva Mills,Kras Mills; KM Textil;;Kras Mills;Krastiva Mills,KM,vessel,BG;RO,lei:529900T8BM49AURSDO55;bg-eik:1:2,trafficking,asset freeze,removed,2019,2021-02,and_subsidiaries,yarn; cloth,women_and_girls;migrants,https://example.org,why\n",
        )
        .unwrap();
        insta::assert_debug_snapshot!(list.entries);
    }

    #[test]
    fn names_without_ids_get_ids_of_their_own() {
        let list = list("name,country\nKrastiva,BG\nKrastiva,RO\nKrastiva,RO\n西部纱厂,CN\n").unwrap();
        let ids: Vec<&str> = list.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["krastiva", "krastiva-ro", "krastiva-ro-2", "xibushachang"]);
    }

    #[test]
    fn every_cell_to_mend_is_named() {
        insta::assert_snapshot!(message(
            "id,name,kind,country,ground,status,listed_on,affected,identifiers,scope\n\
             1,Krastiva,organization,UK,forced_labor,current,21/06/2022,worker,12345,\n\
             \n\
             1,Krastiva Two,,XX,,curent,2022-02-30,,,subsidiaries\n\
             2,,,,,,,,,\n\
             3,Krastiva, Three,,,,,,,,,x\n"
        ), @r"
        `ours.csv` has 13 things to mend
          --> ours.csv:2: column `country`: `UK` is not an ISO 3166-1 country code; did you mean `GB`?
          --> ours.csv:2: column `kind`: `organization` is not a kind; did you mean `organisation`?
          --> ours.csv:2: column `identifiers`: `12345` is not `scheme:value`, as in `gb-coh:01234567`
          --> ours.csv:2: column `ground`: `forced_labor` is not a ground; did you mean `forced_labour`?
          --> ours.csv:2: column `listed_on`: `21/06/2022` is not a date; write `2022-06-21`, `2022-06` or `2022`
          --> ours.csv:2: column `affected`: `worker` is not an affected group; did you mean `workers`?
          --> ours.csv:4: column `country`: `XX` is not an ISO 3166-1 country code; write two letters such as `GB` or `CN`
          --> ours.csv:4: column `id`: `1` stands on line 2 already
          --> ours.csv:4: column `status`: `curent` is not a listing status; did you mean `current`?
          --> ours.csv:4: column `listed_on`: `2022-02-30` is not a date; write `2022-06-21`, `2022-06` or `2022`
          --> ours.csv:4: column `scope`: `subsidiaries` is not a scope; did you mean `and_subsidiaries`?
          --> ours.csv:5: column `name`: is empty; a row without a name would match nothing
          --> ours.csv:6: 12 cells under 10 columns; a cell with a comma in it needs quotes
        ");
    }

    #[test]
    fn a_header_that_is_not_a_lists_is_named() {
        for (header, want) in [
            (
                "name,contry",
                "`ours.csv` has a column that no watchlist has: `contry`; did you mean `country`?",
            ),
            ("name,Reference", "`ours.csv` has a column that no watchlist has: `Reference`"),
            ("name,id,NAME", "`ours.csv` has the column `name` twice"),
            ("Supplier,id", "`ours.csv` has no column `name`; its first row is `Supplier`, `id`"),
            ("name,id", "`ours.csv` has no entries"),
        ] {
            assert_eq!(message(&format!("{header}\n")), want);
        }
        assert_eq!(message(""), "`ours.csv` has no entries");
    }

    #[test]
    fn text_of_another_encoding_is_refused_with_its_line() {
        let error = read("o", "o.csv", b"name\nA\nCaf\xe9\n", facts::assumed("o"), false).unwrap_err();
        assert_eq!(error.to_string(), "`o.csv` is not UTF-8 text: the first bad byte is on line 3");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_a_list_or_an_error(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let mut all = b"name,id,country,kind\n".to_vec();
            all.extend(bytes);
            if let Ok(list) = read("o", "o.csv", &all, facts::assumed("o"), false) {
                proptest::prop_assert!(list.entries.iter().all(|entry| !entry.name.is_empty() && !entry.id.contains('\n')));
            }
        }
    }
}
