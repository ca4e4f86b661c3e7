//! How the tables of words are read: they are read whole at every start, so no letter is looked at more often than it must.

use memchr::memchr_iter;

/// The rows of a table, but for blank ones and comments.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    let mut from = 0;
    let ends = memchr_iter(b'\n', table.as_bytes()).chain([table.len()]);
    let all = ends.filter_map(move |end| table.get(std::mem::replace(&mut from, end + 1)..end));
    all.filter(|row| !row.is_empty() && !row.starts_with('#'))
}

/// What stands between marks, which are plain characters; blank cells too.
pub(super) fn cells(row: &'static str, mark: u8) -> impl Iterator<Item = &'static str> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let Some((cell, behind)) = at_mark(rest?, mark) else { return rest.take() };
        rest = Some(behind);
        Some(cell)
    })
}

/// What stands before and behind the first of a plain character. Cells are short: to ask byte by byte is quicker than to set out to look
/// at many together.
pub(super) fn at_mark(text: &str, mark: u8) -> Option<(&str, &str)> {
    let (cell, behind) = text.split_at_checked(text.bytes().position(|byte| byte == mark)?)?;
    Some((cell, behind.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_cells_are_as_lines_and_splits() {
        let table = "# made up\nplace,north;nord,\n\ngeneric,завод;zavod\n;\n";
        let read: Vec<Vec<&str>> = rows(table).map(|row| cells(row, b';').collect()).collect();
        assert_eq!(read, [vec!["place,north", "nord,"], vec!["generic,завод", "zavod"], vec!["", ""]]);
        let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let split: Vec<Vec<&str>> = lines.map(|line| line.split(';').collect()).collect();
        assert_eq!(read, split);
        assert_eq!(rows("").count() + rows("# nothing").count(), 0);
    }
}
