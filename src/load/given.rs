//! What the officer says of a table, in place of what was guessed.

use super::fit::Fit;
use super::header::Layout;
use super::plan::{Plan, fold};
use super::{LoadError, LoadOptions};
use crate::read::Row;
use crate::read::encoding::TextEncoding;
use crate::vocab::Track;

/// How the rows of a table are read; `None` where there is no name column.
pub(super) fn plan_of(layout: &Layout, encoding: TextEncoding, options: &LoadOptions) -> Option<Plan> {
    let people = kind_of(&layout.fit, options) != Track::Holdings;
    Plan::new(&layout.fit, encoding, people, options.include_persons, options.merge)
}

/// The track of a table's rows: as given, else as its headers speak, else suppliers.
pub(super) fn kind_of(fit: &Fit, options: &LoadOptions) -> Track {
    options.kind.or(fit.kind).unwrap_or(Track::Suppliers)
}

/// Whether a header is the one that the officer wrote, case and blanks apart.
pub(super) fn is_titled(header: &str, wanted: &str) -> bool {
    fold(header) == fold(wanted)
}

/// Puts the officer's columns in place of the guessed ones.
pub(super) fn overridden(
    mut layout: Layout,
    rows: &[Row],
    encoding: TextEncoding,
    options: &LoadOptions,
    name: &str,
) -> Result<Layout, LoadError> {
    for (&field, wanted) in &options.map {
        let placed = wanted
            .strip_prefix('#')
            .and_then(|place| place.parse::<usize>().ok())
            .and_then(|place| place.checked_sub(1));
        let titled = layout.fit.headers.iter().position(|header| is_titled(header, wanted));
        let Some(column) = titled.or(placed) else {
            return Err(LoadError::NoColumn {
                path: name.to_owned(),
                field,
                wanted: wanted.clone(),
                columns: layout.fit.headers.clone(),
            });
        };
        let values = rows
            .iter()
            .skip(layout.body)
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| !cell.is_empty());
        let samples = values.take(3).map(|cell| encoding.decode(cell).into_owned()).collect();
        layout.fit.give(field, column, samples);
    }
    Ok(layout)
}
