//! A job summary in Markdown: what a CI page or a pull request shows.

use std::io::{self, Write};

use super::escape::{markdown, web_address};
use super::wording::{self, counted, money};
use super::{Candidate, Report, SECTIONS, health};
use crate::vocab::Flag;

/// The most rows that a table shows: a job summary may hold 1 MiB, and nobody reads the two hundredth row there.
const MOST_ROWS: usize = 200;

/// Writes the summary.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let screening = report.screening;
    if screening.completed {
        writeln!(out, "# Screening of {}\n", wording::day(screening.as_of))?;
    } else {
        writeln!(out, "# {}\n", wording::NOT_COMPLETE)?;
        writeln!(out, "A critical list or an input is unfit: what follows is not the whole answer.\n")?;
    }
    writeln!(out, "{}\n", wording::summary(screening))?;
    for warning in health::warnings(screening) {
        writeln!(out, "> {}\n", markdown(&warning))?;
    }
    if report.candidates.is_empty() {
        writeln!(out, "For all of them: {}.\n", wording::NO_CANDIDATE)?;
    } else {
        overview(report, out)?;
        for flag in SECTIONS {
            section(report, flag, out)?;
        }
        writeln!(out, "{}\n", wording::CAUTION)?;
    }
    changes(report, out)?;
    lists(report, out)?;
    not_screened(report, out)?;
    writeln!(out, "{}\n", markdown(&wording::corrections(report.options.contact.as_deref())))?;
    writeln!(out, "Run `{}`, wharfinger {}.", report.run_id, super::run::VERSION)
}

fn overview(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let figures = &report.figures;
    writeln!(out, "| Where it leads if the identity is confirmed | Candidates | Subjects | Exposure |")?;
    writeln!(out, "|:--|--:|--:|--:|")?;
    for flag in SECTIONS {
        if let Some(tally) = figures.flags.get(&flag) {
            let exposure = wording::exposure(&tally.exposure);
            let title = wording::heading(flag);
            writeln!(out, "| {title} | {} | {} | {exposure} |", tally.findings, tally.subjects())?;
        }
    }
    writeln!(out)
}

fn section(report: &Report<'_>, flag: Flag, out: &mut dyn Write) -> io::Result<()> {
    let candidates = report.flagged(flag);
    if candidates.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {} ({})\n\n{}\n", wording::heading(flag), candidates.len(), wording::meaning(flag))?;
    writeln!(out, "| Exposure | Subject | Possible match to the entry | Identity | Next step | Where |")?;
    writeln!(out, "|--:|:--|:--|:--|:--|:--|")?;
    for candidate in candidates.iter().take(MOST_ROWS) {
        writeln!(out, "{}", row(candidate))?;
    }
    if let Some(more) = candidates.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        writeln!(out, "\n{more} more are in the full report.")?;
    }
    writeln!(out)
}

fn row(candidate: &Candidate<'_>) -> String {
    let Candidate { finding, subject, list, entry } = candidate;
    let sum = subject.exposure.main().map_or_else(String::new, |(currency, sum)| money(currency, sum));
    let listed = web_address(&entry.source_url).map_or_else(
        || markdown(&entry.name),
        |address| format!("[{}](<{}>)", markdown(&entry.name), address.replace('|', "%7C")),
    );
    format!(
        "| {sum} | {} | {listed} on {} | {} {} | {} | {} |",
        markdown(&subject.name),
        markdown(&list.slug),
        wording::band(finding.matched.band),
        finding.matched.score,
        markdown(&finding.next_step.text),
        markdown(&subject.first.to_string()),
    )
}

fn changes(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let changes = wording::changes(report.screening);
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {}\n", wording::CHANGES)?;
    for line in changes {
        writeln!(out, "- {}", markdown(&line))?;
    }
    writeln!(out)
}

fn lists(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Lists\n\n| List | Authority | Entries | As of | Health |\n|:--|:--|--:|:--|:--|")?;
    for line in health::lines(report.screening) {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            markdown(line.slug),
            line.authority,
            line.entries,
            markdown(&line.dated),
            markdown(&line.remark)
        )?;
    }
    writeln!(out)
}

fn not_screened(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Not screened\n")?;
    if report.screening.not_screened.is_empty() {
        return writeln!(out, "Every row was screened.\n");
    }
    for some in &report.screening.not_screened {
        let rows = counted(some.rows, "row", "rows");
        let exposure = wording::exposure(&some.exposure);
        let reason = wording::not_screened(some.reason);
        writeln!(out, "- {rows} ({exposure}): {reason}; the first is {}", markdown(&some.first.to_string()))?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReportOptions, fixture};

    #[test]
    fn a_job_summary() {
        insta::assert_snapshot!(fixture::written(Format::Markdown, &ReportOptions::default()));
    }

    #[test]
    fn an_unfit_run_says_so_first() {
        let mut screening = fixture::screening();
        screening.completed = false;
        let text = fixture::bytes(&screening, Format::Markdown, &ReportOptions::default());
        assert!(text.starts_with(b"# SCREENING NOT COMPLETE\n"));
    }

    #[test]
    fn hostile_text_makes_no_markup() {
        let screening = fixture::hostile("|<script>`[x](javascript:1)\n# y");
        let text = String::from_utf8(fixture::bytes(&screening, Format::Markdown, &ReportOptions::default()))
            .unwrap();
        assert!(!text.contains("<script>"));
        assert!(!text.lines().any(|line| line.starts_with("# y")));
        for row in text.lines().filter(|line| line.starts_with("| ") && line.contains("script")) {
            let bars = row.replace("\\|", "").matches('|').count();
            assert!(bars == 6 || bars == 7, "{row}");
        }
    }
}
