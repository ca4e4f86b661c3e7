//! Text laid out in a terminal's columns: wrapping by display width, and cells side by side.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A cell of a row: its text, its width on the screen, how it is set.
pub(super) struct Cell {
    /// What stands in it, one or more paragraphs.
    pub(super) paragraphs: Vec<(String, Style)>,
    /// How many columns of the screen it may take.
    pub(super) width: usize,
    /// Whether it is set to the right, as sums are.
    pub(super) right: bool,
}

/// The blank columns between two cells.
pub(super) const GAP: usize = 2;

/// Breaks text into lines of at most `width` columns: at blanks, and inside a word only where it is longer than a line.
///
/// East Asian characters take two columns (Unicode Standard Annex 11).
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let needed = word.width();
        if used > 0 && used + 1 + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for c in word.chars() {
            let columns = c.width().unwrap_or(0);
            if used + columns > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += columns;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A paragraph with every line indented, wrapped to `width` columns in all.
pub(super) fn paragraph(text: &str, indent: usize, width: usize, style: Style) -> String {
    let mut shown = String::new();
    for line in wrap(text, width.saturating_sub(indent)) {
        shown.push_str(&" ".repeat(indent));
        shown.push_str(&styled(&line, style));
        shown.push('\n');
    }
    shown
}

/// An address as a link on one line, cut to `width` columns where it is longer; the link itself is whole.
///
/// Source: Egmont Koblinger, *Hyperlinks in Terminal Emulators* (OSC 8). Terminals that do not know it show the text.
pub(super) fn link(address: &str, indent: usize, width: usize, style: Style) -> String {
    let room = width.saturating_sub(indent).max(2);
    let mut text = wrap(address, room);
    let shown = match text.as_mut_slice() {
        [] => String::new(),
        [whole] => std::mem::take(whole),
        [first, ..] => {
            first.pop();
            format!("{first}…")
        }
    };
    let shown = styled(&shown, style);
    format!("{}\u{1b}]8;;{address}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\\n", " ".repeat(indent))
}

/// Cells side by side, each wrapped in its own width; trailing blanks are left out.
pub(super) fn row(cells: &[Cell], indent: usize) -> String {
    let columns: Vec<Vec<(String, Style)>> = cells.iter().map(cell_lines).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut shown = String::new();
    for line in 0..height {
        let mut pending = indent;
        for (cell, lines) in cells.iter().zip(&columns) {
            let (text, style) =
                lines.get(line).map_or(("", Style::new()), |(text, style)| (text.as_str(), *style));
            let spare = cell.width.saturating_sub(text.width());
            let (before, after) = if cell.right { (spare, 0) } else { (0, spare) };
            if text.is_empty() {
                pending += cell.width + GAP;
            } else {
                shown.push_str(&" ".repeat(pending + before));
                shown.push_str(&styled(text, style));
                pending = after + GAP;
            }
        }
        shown.push('\n');
    }
    shown
}

fn cell_lines(cell: &Cell) -> Vec<(String, Style)> {
    cell.paragraphs
        .iter()
        .flat_map(|(text, style)| wrap(text, cell.width).into_iter().map(|line| (line, *style)))
        .collect()
}

/// Text between the codes of a style; plain styles add nothing.
pub(super) fn styled(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_at_blanks_and_long_words_break_too() {
        for (text, width, lines) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("abcdefghij", 4, vec!["abcd", "efgh", "ij"]),
            ("a abcdefghij", 4, vec!["a", "abcd", "efgh", "ij"]),
            ("", 10, vec![""]),
            ("乌鲁木齐 纺织", 8, vec!["乌鲁木齐", "纺织"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_and_no_letter_is_lost(text in "\\PC{0,80}", width in 2_usize..40) {
            let lines = wrap(&text, width);
            for line in &lines {
                prop_assert!(line.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>() <= width, "{line:?}");
            }
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
