//! The files: a watchlist, ledgers, and the truth about the variants planted in them.

use std::collections::BTreeSet;
use std::io::Write;

use crate::dice::{Dice, Urn};
use crate::edit::{Edit, edited};
use crate::model::Model;

/// Names of a list and of subjects, some of which are variants of listed names.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// The names of the list's entries; a prefix of them is a smaller list of the same kind.
    pub listed: Vec<String>,
    /// The subjects' names, each once.
    pub subjects: Vec<String>,
    /// (subject, entry, edit): which subject is a variant of which entry.
    pub planted: Vec<(usize, usize, Edit)>,
}

/// Of so many subjects one is a variant of a listed name.
const PLANTED: usize = 100;

impl Plan {
    /// Draws names; the same seed gives the same names, and more subjects leave the list as it was.
    pub fn new(model: &Model, listed: usize, subjects: usize, seed: u64) -> Self {
        let mut taken = BTreeSet::new();
        let listed = model.names(listed, &mut Dice::stream(seed, 1), &mut taken);
        let variants = if listed.is_empty() { 0 } else { subjects.div_ceil(PLANTED) };
        let mut dice = Dice::stream(seed, 2);
        let mut named: Vec<(String, Option<(usize, Edit)>)> = Vec::with_capacity(subjects);
        while named.len() < variants {
            let entry = dice.below(listed.len());
            let (Some(name), Some(edit)) = (listed.get(entry), dice.pick(&Edit::ALL)) else { break };
            let (variant, edit) = edited(name, *edit, &mut dice);
            // A mere change of case is a known name; it is planted all the same, once.
            if taken.insert(variant.clone()) {
                named.push((variant, Some((entry, edit))));
            }
        }
        let clean = model.names(subjects - named.len(), &mut dice, &mut taken);
        named.extend(clean.into_iter().map(|name| (name, None)));
        dice.shuffle(&mut named);
        let planted = named
            .iter()
            .enumerate()
            .filter_map(|(subject, (_, planted))| planted.map(|(entry, edit)| (subject, entry, edit)))
            .collect();
        Self { listed, subjects: named.into_iter().map(|(name, _)| name).collect(), planted }
    }
}

/// Writes names as a watchlist in Wharfinger's own form.
///
/// # Errors
/// What writing gives.
pub fn write_list(names: &[String], out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["id", "name", "kind", "country", "ground", "status"])?;
    for (at, name) in names.iter().enumerate() {
        writer.write_record([&entry_id(at), name, "organisation", "", "forced_labour", "current"])?;
    }
    Ok(writer.flush()?)
}

/// Writes which subject is a variant of which entry.
///
/// # Errors
/// What writing gives.
pub fn write_truth(plan: &Plan, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["subject_name", "entry_id", "listed_name", "edit"])?;
    for (subject, entry, edit) in &plan.planted {
        let name = |names: &[String], at: usize| names.get(at).cloned().unwrap_or_default();
        let (subject, listed) = (name(&plan.subjects, *subject), name(&plan.listed, *entry));
        writer.write_record([&subject, &entry_id(*entry), &listed, edit.as_str()])?;
    }
    Ok(writer.flush()?)
}

fn entry_id(at: usize) -> String {
    format!("G{:07}", at + 1)
}

/// How often the names of a ledger come: each once, the other rows log-uniformly, as some suppliers are paid daily.
#[derive(Debug)]
pub struct Repeats(Urn<usize>);

/// The busiest supplier has so many times the rows of the idlest.
const BUSIEST: f64 = 1_000.0;

impl Repeats {
    /// For so many names.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to a million")]
    pub fn new(names: usize, seed: u64) -> Self {
        let mut dice = Dice::stream(seed, 3);
        Self(Urn::new((0..names).map(|name| (name, (1_000.0 * BUSIEST.powf(dice.unit())) as u64))))
    }
}

/// Writes a ledger as councils publish what they spend: so many rows, every name at least once.
///
/// # Errors
/// What writing gives.
pub fn write_ledger(names: &[String], rows: usize, seed: u64, out: impl Write) -> csv::Result<()> {
    let mut dice = Dice::stream(seed, 4);
    let repeats = Repeats::new(names.len(), seed);
    let mut order: Vec<usize> = (0..names.len().min(rows)).collect();
    while order.len() < rows {
        let Some(name) = repeats.0.draw(&mut dice) else { break };
        order.push(*name);
    }
    dice.shuffle(&mut order);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "Body Name",
        "Directorate",
        "Service Area",
        "Expense Type",
        "Payment Date",
        "Transaction No",
        "Supplier Name",
        "Supplier ID",
        "Net Amount",
    ])?;
    for (row, name) in order.into_iter().enumerate() {
        let supplier = names.get(name).map_or("", String::as_str);
        writer.write_record(ledger_row(row, name, supplier, &mut dice))?;
    }
    Ok(writer.flush()?)
}

fn ledger_row(row: usize, name: usize, supplier: &str, dice: &mut Dice) -> [String; 9] {
    let mut pick =
        |choices: &[&str]| dice.pick(choices).map_or_else(String::new, |choice| (*choice).to_owned());
    let directorate =
        pick(&["Adult Social Care", "Children's Services", "Environment and Highways", "Resources"]);
    let area = pick(&[
        "Residential Placements",
        "Waste, Recycling and Streets",
        "Property Services",
        "Schools",
        "ICT",
    ]);
    let expense =
        pick(&["Private Contractors", "Agency Staff", "Repairs and Maintenance", "Equipment, Furniture"]);
    let (day, pence) = (1 + dice.below(28), 50_000 + dice.below(5_000_000));
    [
        "Example Borough Council".to_owned(),
        directorate,
        area,
        expense,
        format!("{day:02}/10/2026"),
        format!("TR{:08}", row + 1),
        supplier.to_owned(),
        format!("S{:06}", name + 1),
        format!("{}.{:02}", pence / 100, pence % 100),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(seed: u64) -> [Vec<u8>; 3] {
        let plan = Plan::new(&Model::built_in(), 500, 1_000, seed);
        let mut out = [Vec::new(), Vec::new(), Vec::new()];
        let [list, ledger, truth] = &mut out;
        write_list(&plan.listed, list).unwrap();
        write_ledger(&plan.subjects, 5_000, seed, ledger).unwrap();
        write_truth(&plan, truth).unwrap();
        out
    }

    #[test]
    fn a_seed_gives_the_same_bytes_and_another_gives_others() {
        assert_eq!(files(7), files(7));
        assert_ne!(files(7), files(8));
    }

    #[test]
    fn a_larger_list_begins_with_the_smaller() {
        let model = Model::built_in();
        let (small, large) = (Plan::new(&model, 300, 10, 7), Plan::new(&model, 600, 10, 7));
        assert_eq!(large.listed.get(..300), Some(small.listed.as_slice()));
    }

    #[test]
    fn the_truth_is_one_in_a_hundred_and_every_name_is_in_the_ledger() {
        let [_, ledger, truth] = files(7);
        assert_eq!(csv::Reader::from_reader(truth.as_slice()).records().count(), 10);
        let mut rows = csv::Reader::from_reader(ledger.as_slice());
        let names: Vec<String> = rows.records().map(|row| row.unwrap().get(6).unwrap().to_owned()).collect();
        assert_eq!(names.len(), 5_000);
        assert_eq!(names.into_iter().collect::<BTreeSet<_>>().len(), 1_000);
    }
}
