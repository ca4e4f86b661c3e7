//! The report on a terminal: candidates first, then the lists' health, and last who was not screened.
//!
//! Fits 80 columns and uses wider ones. Colour repeats what the words say and is left out where nobody sees it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::escape::{one_line, web_address};
use super::layout::{Cell, GAP, link, paragraph, row, styled};
use super::wording::{self, counted, money};
use super::{Candidate, Report, SECTIONS, columns, health};
use crate::vocab::{Band, Flag};

/// Narrower than this, cells hold a few letters a line: a smaller terminal wraps by itself.
const NARROWEST: usize = 60;
/// Wider than this, the eye loses the line.
const WIDEST: usize = 180;
/// From here on the list has a column of its own.
const ROOMY: usize = 110;

/// The answer to one name that nothing on the lists comes near.
const NO_CANDIDATE_FOR_THE_NAME: &str = "No candidate for this name on these list versions. That is not clearance: it says that \
    no listed name came near enough to this spelling.";

/// Writes the report.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(report);
    page.opening(report, out)?;
    for flag in SECTIONS {
        page.section(report, flag, out)?;
    }
    if report.options.brief {
        return page.lists_in_brief(report, out);
    }
    page.changes(report, out)?;
    page.lists(report, out)?;
    page.not_screened(report, out)?;
    page.closing(report, out)
}

/// The width and the styles of one report.
struct Page {
    width: usize,
    colour: bool,
    title: Style,
    quiet: Style,
    strong: Style,
    alarm: Style,
}

impl Page {
    fn of(report: &Report<'_>) -> Self {
        let colour = report.options.colour;
        let style = |style: Style| if colour { style } else { Style::new() };
        Self {
            width: report.options.width.clamp(NARROWEST, WIDEST),
            colour,
            title: style(Style::new().bold().underline()),
            quiet: style(Style::new().dimmed()),
            strong: style(Style::new().bold()),
            alarm: style(Style::new().bold().fg_color(Some(AnsiColor::Red.into()))),
        }
    }

    fn opening(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let screening = report.screening;
        if !screening.completed {
            writeln!(out, "{}", styled(wording::NOT_COMPLETE, self.alarm))?;
            let why = "A critical list or an input is unfit: what follows is not the whole answer.";
            write!(out, "{}", paragraph(why, 0, self.width, self.alarm))?;
        }
        if report.options.brief {
            let said =
                if report.candidates.is_empty() { NO_CANDIDATE_FOR_THE_NAME } else { wording::CAUTION };
            return write!(out, "{}", paragraph(said, 0, self.width, self.strong));
        }
        write!(out, "{}", paragraph(&wording::summary(screening), 0, self.width, self.strong))?;
        for warning in health::warnings(screening) {
            write!(out, "{}", paragraph(&one_line(&warning), 0, self.width, Style::new()))?;
        }
        let said = if report.candidates.is_empty() {
            format!("For all of them: {}.", wording::NO_CANDIDATE)
        } else {
            write!(out, "{}", paragraph(&wording::outcome(report), 0, self.width, self.strong))?;
            wording::CAUTION.to_owned()
        };
        write!(out, "{}", paragraph(&said, 0, self.width, Style::new()))
    }

    fn section(&self, report: &Report<'_>, flag: Flag, out: &mut dyn Write) -> io::Result<()> {
        let candidates = report.flagged(flag);
        if candidates.is_empty() {
            return Ok(());
        }
        let style = if flag == Flag::LegalCheck { self.alarm } else { self.title };
        let heading = format!("{} ({})", wording::heading(flag), candidates.len());
        writeln!(out, "\n{}", styled(&heading, style))?;
        writeln!(out, "{}", paragraph(wording::meaning(flag), 0, self.width, self.quiet))?;
        let grid = Grid::of(&candidates, self.width);
        write!(out, "{}", self.head(&grid))?;
        for candidate in &candidates {
            write!(out, "{}", self.candidate(candidate, &grid))?;
            if flag.severity() >= Flag::Engage.severity() {
                write!(out, "{}", self.reasons(candidate, &grid, report.options.brief))?;
            }
        }
        Ok(())
    }

    fn head(&self, grid: &Grid) -> String {
        let mut titles = vec!["Exposure", "Subject", "Possible match to the entry"];
        if grid.list.is_some() {
            titles.push("List");
        }
        titles.push("Identity");
        let cells: Vec<Cell> = grid
            .widths()
            .into_iter()
            .zip(titles)
            .enumerate()
            .map(|(place, (width, title))| Cell {
                paragraphs: vec![(title.to_owned(), self.quiet)],
                width,
                right: place == 0,
            })
            .collect();
        row(&cells, 0)
    }

    fn candidate(&self, candidate: &Candidate<'_>, grid: &Grid) -> String {
        let Candidate { finding, subject, list, entry } = candidate;
        let cell = |text: &str, width, style| Cell {
            paragraphs: vec![(one_line(text).into_owned(), style)],
            width,
            right: false,
        };
        let mut listed = cell(&entry.name, grid.entry, Style::new());
        let on = format!("on {}", one_line(&list.slug));
        let mut cells = vec![
            Cell { right: true, ..cell(&exposure(candidate), grid.exposure, Style::new()) },
            cell(&subject.name, grid.subject, self.strong),
        ];
        if let Some(width) = grid.list {
            cells.push(listed);
            cells.push(cell(&on, width, Style::new()));
        } else {
            listed.paragraphs.push((on, self.quiet));
            cells.push(listed);
        }
        let band = wording::band(finding.matched.band);
        let mut identity = cell(band, grid.identity, self.band(finding.matched.band));
        identity.paragraphs.push((finding.matched.score.to_string(), Style::new()));
        cells.push(identity);
        row(&cells, 0)
    }

    /// What a row of the table has no room for: the sentence, the listing, what to do now, where it stands.
    fn reasons(&self, candidate: &Candidate<'_>, grid: &Grid, brief: bool) -> String {
        let Candidate { finding, subject, entry, .. } = candidate;
        let indent = if self.width < ROOMY { GAP } else { grid.exposure + GAP };
        let since = entry.listed_on.map_or_else(String::new, |date| format!(" since {date}"));
        let listing = format!("{}, {}{since}", wording::ground(entry.ground), wording::status(entry.status));
        let mut shown = paragraph(&one_line(&finding.matched.why), indent, self.width, Style::new());
        shown.push_str(&paragraph(&format!("listed for {listing}"), indent, self.width, self.quiet));
        if let Some(address) = web_address(&entry.source_url).filter(|_| self.colour) {
            shown.push_str(&link(address, indent, self.width, self.quiet));
        }
        let rows = counted(subject.rows, "row", "rows");
        let rules = columns::rules(candidate).replace(';', " ");
        // A name that was typed stands in no row.
        let place = if brief { String::new() } else { format!("; {rows}, first {}", subject.first) };
        let next = format!("next: {} ({rules}){place}", finding.next_step.text);
        shown.push_str(&paragraph(&one_line(&next), indent, self.width, Style::new()));
        if let Some(decision) = &finding.decision {
            let (outcome, on, until) = (decision.outcome, decision.decided_on, decision.review_by);
            let decided = format!("decided: {outcome} by {} on {on}, until {until}", decision.decided_by);
            shown.push_str(&paragraph(&one_line(&decided), indent, self.width, Style::new()));
        }
        if let Some(reason) = &finding.state_reason {
            let since = format!("{}: {reason}", wording::state(finding.state));
            shown.push_str(&paragraph(&one_line(&since), indent, self.width, Style::new()));
        }
        shown.push('\n');
        shown
    }

    /// The colour of a band: never the only sign, the word stands beside it.
    fn band(&self, band: Band) -> Style {
        let colour = match band {
            Band::ConfirmedId | Band::Strong => AnsiColor::Red,
            Band::Probable => AnsiColor::Yellow,
            Band::Possible | Band::Weak => AnsiColor::Cyan,
            Band::Contradicted => AnsiColor::Magenta,
        };
        if self.colour { Style::new().fg_color(Some(colour.into())) } else { Style::new() }
    }

    fn changes(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let changes = wording::changes(report.screening);
        if changes.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", styled(wording::CHANGES, self.title))?;
        for line in changes {
            write!(out, "{}", paragraph(&one_line(&line), GAP, self.width, Style::new()))?;
        }
        Ok(())
    }

    fn lists(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = health::lines(report.screening);
        writeln!(out, "\n{}", styled(&format!("Lists ({})", lines.len()), self.title))?;
        for line in lines {
            let style = if line.fit { Style::new() } else { self.alarm };
            let said = format!("{}: {} entries, {}; {}", line.slug, line.entries, line.dated, line.state);
            write!(out, "{}", paragraph(&one_line(&said), GAP, self.width, style))?;
        }
        let more = "What a list lacks, and why one is unfit: `wharfinger watchlists show LIST`.";
        write!(out, "{}", paragraph(more, GAP, self.width, self.quiet))
    }

    fn lists_in_brief(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = health::lines(report.screening);
        let names: Vec<&str> = lines.iter().map(|line| line.slug).collect();
        let said = format!(
            "Asked: {}. How old and how complete each is: `wharfinger watchlists list`.",
            names.join(", ")
        );
        write!(out, "\n{}", paragraph(&one_line(&said), 0, self.width, self.quiet))
    }

    fn not_screened(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let some = &report.screening.not_screened;
        if some.is_empty() {
            return writeln!(out, "\nEvery row was screened.");
        }
        let rows: u64 = some.iter().map(|group| group.rows).fold(0, u64::saturating_add);
        let heading = format!("Not screened ({})", counted(rows, "row", "rows"));
        writeln!(out, "\n{}", styled(&heading, self.title))?;
        for group in some {
            let sum = wording::exposure(&group.exposure);
            let said = format!(
                "{}{}: {}; first {}",
                counted(group.rows, "row", "rows"),
                if sum.is_empty() { sum } else { format!(", {sum}") },
                wording::not_screened(group.reason),
                group.first
            );
            write!(out, "{}", paragraph(&one_line(&said), GAP, self.width, Style::new()))?;
        }
        Ok(())
    }

    /// What names the run, and how near a name had to come.
    fn closing(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lowest = report.screening.options.get("min_score");
        let lowest = lowest.map_or_else(String::new, |score| format!(", scores from {score} on"));
        let rules = "What the rules (R01 and on) say stands at the end of `-o report.html`.";
        let rules = if report.candidates.is_empty() { "" } else { rules };
        let said = format!("Run {}{lowest}. {rules}", report.run_id);
        write!(out, "\n{}", paragraph(&one_line(&said), 0, self.width, self.quiet))
    }
}

fn exposure(candidate: &Candidate<'_>) -> String {
    let main = candidate.subject.exposure.main();
    main.map_or_else(|| "not stated".to_owned(), |(currency, sum)| money(currency, sum))
}

/// The widths of a table's columns.
struct Grid {
    exposure: usize,
    subject: usize,
    entry: usize,
    list: Option<usize>,
    identity: usize,
}

impl Grid {
    /// Gives the sums what they need and shares the rest between the two names.
    fn of(candidates: &[Candidate<'_>], width: usize) -> Self {
        let widest =
            |texts: &mut dyn Iterator<Item = usize>, least, most| texts.max().unwrap_or(0).clamp(least, most);
        let sums = widest(&mut candidates.iter().map(|c| exposure(c).chars().count()), 10, 20);
        let identity =
            widest(&mut candidates.iter().map(|c| wording::band(c.finding.matched.band).len()), 8, 15);
        let list = (width >= ROOMY)
            .then(|| widest(&mut candidates.iter().map(|c| c.list.slug.chars().count() + 3), 6, 24));
        let taken = sums + identity + list.map_or(0, |list| list + GAP) + 3 * GAP;
        let names = width.saturating_sub(taken);
        Self { exposure: sums, subject: names / 2, entry: names - names / 2, list, identity }
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![self.exposure, self.subject, self.entry];
        widths.extend(self.list);
        widths.push(self.identity);
        widths
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::super::{Format, ReportOptions, fixture};

    fn at(width: usize) -> String {
        fixture::written(Format::Table, &ReportOptions { width, ..ReportOptions::default() })
    }

    #[test]
    fn eighty_columns() {
        insta::assert_snapshot!(at(80));
    }

    #[test]
    fn wide() {
        insta::assert_snapshot!(at(140));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [60, 80, 100, 120, 180] {
            for line in at(width).lines() {
                assert!(line.width() <= width, "{width}: {line}");
                assert_eq!(line.trim_end(), line, "no blanks at the end");
            }
        }
    }

    #[test]
    fn colour_is_all_that_colour_adds() {
        let options = ReportOptions { colour: true, ..ReportOptions::default() };
        let coloured = fixture::written(Format::Table, &options);
        assert!(coloured.contains("\u{1b}["));
        assert!(coloured.contains("\u{1b}]8;;https://"), "addresses are links");
        assert!(!at(80).contains('\u{1b}'));
    }

    #[test]
    fn an_unfit_run_says_so_first() {
        let mut screening = fixture::screening();
        screening.completed = false;
        let text = fixture::bytes(&screening, Format::Table, &ReportOptions::default());
        assert!(text.starts_with(b"SCREENING NOT COMPLETE\n"));
    }

    #[test]
    fn without_candidates_nobody_is_called_clear() {
        let mut screening = fixture::screening();
        screening.findings.clear();
        let text =
            String::from_utf8(fixture::bytes(&screening, Format::Table, &ReportOptions::default())).unwrap();
        assert!(text.contains("no candidate on these list versions"));
        assert!(!text.to_lowercase().contains("clear"));
    }

    #[test]
    fn hostile_text_steers_no_terminal() {
        let screening = fixture::hostile("\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}2J\u{202e}\r\n\u{8}name");
        let text =
            String::from_utf8(fixture::bytes(&screening, Format::Table, &ReportOptions::default())).unwrap();
        assert!(text.contains("owned"));
        assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'));
    }
}
