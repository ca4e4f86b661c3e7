//! A workbook's sheets, of which those that are lists of parties are read.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use super::count::{self, Watch};
use super::error::damaged;
use super::finish::{self, Meta};
use super::given::{overridden, plan_of};
use super::header::{self, Layout, SAMPLE_ROWS};
use super::options::Run;
use super::party::Origin;
use super::plan::fold;
use super::{Confidence, Field, LoadError, Loaded, doubt, words};
use crate::read::Row;
use crate::read::encoding::TextEncoding;
use crate::read::open::Shape;
use crate::read::sheet::Workbook;

struct Sheet {
    name: String,
    rows: Vec<Row>,
    layout: Layout,
}

/// Reads the sheets of a workbook that are lists of parties.
pub(super) fn load_workbook(
    name: &str,
    bytes: Vec<u8>,
    shape: Shape,
    run: &Run<'_>,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    let unreadable = |cause: io::Error| damaged(name, "a workbook", &cause);
    let options = run.options;
    let mut book = Workbook::open(bytes, shape).map_err(unreadable)?;
    let names = book.sheets();
    let wanted: Vec<String> = match &options.sheet {
        None => names,
        Some(wanted) => {
            let found = names.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(wanted.trim()));
            vec![found.cloned().ok_or_else(|| LoadError::NoSheet {
                path: name.to_owned(),
                wanted: wanted.clone(),
                found: names,
            })?]
        }
    };
    let mut sheets = Vec::new();
    for sheet in wanted {
        let rows = book.rows(&sheet).map_err(unreadable)?;
        let sample = rows.get(..rows.len().min(SAMPLE_ROWS)).unwrap_or_default();
        let layout = header::find(sample, TextEncoding::UTF_8, options.header_record);
        sheets.push(Sheet { name: sheet, rows, layout });
    }
    // What the officer says of columns is said of one table.
    let only_alike = !options.map.is_empty() || options.header_record.is_some();
    let chosen = choose_sheets(&sheets, only_alike);
    if chosen.is_empty() {
        return Err(LoadError::NothingToScreen {
            path: name.to_owned(),
            why: "every sheet is empty".to_owned(),
        });
    }
    let left: Vec<String> = sheets
        .iter()
        .enumerate()
        .filter(|(at, _)| !chosen.contains(at))
        .map(|(_, sheet)| format!("`{}`", sheet.name))
        .collect();
    for sheet in chosen.iter().filter_map(|at| sheets.get(*at)) {
        let sample = sheet.rows.get(..sheet.rows.len().min(SAMPLE_ROWS)).unwrap_or_default();
        let layout = overridden(sheet.layout.clone(), sample, TextEncoding::UTF_8, options, name)?;
        doubt::check(&layout, sample, TextEncoding::UTF_8, name)?;
        let meta = Meta {
            origin: Origin { file: Arc::from(name), sheet: Some(Arc::from(sheet.name.as_str())) },
            format: match shape {
                Shape::Xlsx => "xlsx",
                Shape::Xlsb => "xlsb",
                Shape::Ods => "ods",
                _ => "xls",
            },
            encoding: None,
            delimiter: None,
            remarks: if left.is_empty() {
                Vec::new()
            } else {
                vec![format!("sheets left out: {}", left.join(", "))]
            },
        };
        let watch = Watch { name, size: None, progress: run.progress };
        let plan = plan_of(&layout, TextEncoding::UTF_8, options);
        let tally = plan.map(|plan| count::rows(&plan, &sheet.rows, layout.header_record, &watch));
        finish::finish(layout, tally, meta, options, loaded)?;
    }
    Ok(())
}

/// The sheet that fits best, with it those that have the same columns (a sheet for each month), and tables of their own about other
/// parties (bonds beside shares); sheets of prose, summaries, look-ups and extracts of another sheet are left out.
fn choose_sheets(sheets: &[Sheet], only_alike: bool) -> Vec<usize> {
    let points = |sheet: &Sheet| {
        let body = sheet.rows.len().saturating_sub(sheet.layout.body);
        let size = i32::try_from(body.max(1).ilog2()).unwrap_or(0) * 4;
        sheet.layout.fit.quality + size + sheet_name_points(&sheet.name)
    };
    let filled = || sheets.iter().enumerate().filter(|(_, sheet)| !sheet.rows.is_empty());
    let Some((best, main)) = filled().max_by(|a, b| points(a.1).cmp(&points(b.1)).then(b.0.cmp(&a.0))) else {
        return Vec::new();
    };
    let column =
        |sheet: &Sheet, field| sheet.layout.fit.choices.get(&field).map(|choice| fold(&choice.column));
    let alike = |sheet: &Sheet| {
        [Field::Name, Field::Amount].iter().all(|field| column(sheet, *field) == column(main, *field))
            && column(sheet, Field::Name).is_some()
            && sheet_name_points(&sheet.name) >= 0
    };
    let mut chosen: Vec<usize> =
        filled().filter(|(at, sheet)| *at == best || alike(sheet)).map(|(at, _)| at).collect();
    let mut met: HashSet<String> =
        chosen.iter().filter_map(|at| sheets.get(*at)).flat_map(Sheet::names).collect();
    if only_alike || met.is_empty() {
        return chosen;
    }
    for (at, sheet) in filled() {
        if chosen.contains(&at) || sheet_name_points(&sheet.name) < 0 || !sheet.stands_alone() {
            continue;
        }
        let names: HashSet<String> = sheet.names().collect();
        let new = names.iter().filter(|name| !met.contains(*name)).count();
        if new * 2 > names.len() {
            chosen.push(at);
            met.extend(names);
        }
    }
    chosen.sort_unstable();
    chosen
}

impl Sheet {
    /// The names of its parties, case and blanks apart.
    fn names(&self) -> impl Iterator<Item = String> {
        let column = self.layout.fit.column(Field::Name);
        let body = self.rows.get(self.layout.body..).unwrap_or_default().iter();
        let cells = body.filter_map(move |row| row.cells.get(column?));
        cells.map(|cell| fold(&TextEncoding::UTF_8.decode(cell))).filter(|name| !name.is_empty())
    }

    /// Whether it is a list of parties with sums or identifiers, whatever other sheets are.
    fn stands_alone(&self) -> bool {
        let fit = &self.layout.fit;
        let sure = fit.choices.get(&Field::Name).is_some_and(|name| name.confidence > Confidence::Low);
        let speaks = |field: &Field| matches!(field, Field::Amount | Field::Isin | Field::Sedol | Field::Lei);
        sure && fit.witnesses.iter().any(speaks)
    }
}

/// What the name of a sheet says about it.
fn sheet_name_points(name: &str) -> i32 {
    const ASIDE: [&str; 21] = [
        "summary",
        "pivot",
        "explanation",
        "explanatory",
        "note",
        "guidance",
        "cover",
        "content",
        "analysis",
        "chart",
        "total",
        "lookup",
        "readme",
        "glossary",
        "definition",
        "instruction",
        "metadata",
        "legend",
        "top",
        "pooled",
        "direct",
    ];
    const DATA: [&str; 14] = [
        "data",
        "upload",
        "holding",
        "transaction",
        "payment",
        "spend",
        "register",
        "report",
        "publish",
        "published",
        "supplier",
        "contract",
        "full",
        "final",
    ];
    let words = words::split(name);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    // A list of contents, but not index-linked bonds.
    let contents = matches!(words.as_slice(), [only] if only == "index");
    match (any(&ASIDE) || contents, any(&DATA)) {
        (true, _) => -60,
        (false, true) => 20,
        (false, false) => 0,
    }
}
