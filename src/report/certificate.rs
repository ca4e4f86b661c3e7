//! A certificate for one subject: what it was screened against, what was found, and what came nearest.
//!
//! For auditors, who ask of a party without a candidate whether it was looked at at all. Three results, never merged:
//! a candidate, no candidate on these list versions, not screened. The nearest names are compared again with the
//! scorer of the run and every entry, so that nothing that the index passed over is left out.

use std::io::{self, Write};

use super::columns;
use super::escape::markdown;
use super::{Report, ReportOptions, health, run, wording};
use crate::judge::Scored;
use crate::matching::compare;
use crate::screen::{Screening, party_of_entry, party_of_subject};

/// How many names that were not raised a certificate shows.
const NEAREST: usize = 3;

/// What became of a party in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has at least one candidate.
    Candidate,
    /// It was screened and has none on these list versions.
    NoCandidate,
    /// It is not among the subjects that were screened.
    NotScreened,
}

/// Writes the certificates of every subject that has `who` as its id or writes its name so, in Markdown.
///
/// Case and blanks do not matter. Where there is no such subject, the certificate says that the party was not
/// screened, and which rows were not.
///
/// # Errors
/// What `out` says.
pub fn write_certificate(
    screening: &Screening,
    who: &str,
    options: &ReportOptions,
    out: &mut dyn Write,
) -> io::Result<Standing> {
    let report = Report::new(screening, options);
    let subjects = find(screening, who);
    let mut standing = if subjects.is_empty() { Standing::NotScreened } else { Standing::NoCandidate };
    if subjects.is_empty() {
        not_screened(&report, who, out)?;
    }
    for subject in subjects {
        if certify(&report, subject, out)? {
            standing = Standing::Candidate;
        }
    }
    basis(&report, out)?;
    Ok(standing)
}

/// The subjects with an id or a spelling.
fn find(screening: &Screening, who: &str) -> Vec<usize> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(who);
    let is_meant = |subject: &crate::record::Subject| {
        plain(&subject.id) == wanted
            || subject.spellings.iter().any(|spelling| plain(&spelling.name) == wanted)
    };
    let subjects = screening.subjects.iter().enumerate();
    subjects.filter(|(_, subject)| is_meant(subject)).map(|(at, _)| at).collect()
}

fn not_screened(report: &Report<'_>, who: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Not screened: {}\n", markdown(who))?;
    writeln!(
        out,
        "No subject of this run has this id or writes its name so. It was compared with no list, and this page \
         says nothing about it.\n"
    )?;
    for some in &report.screening.not_screened {
        let rows = wording::counted(some.rows, "row", "rows");
        writeln!(out, "- {rows} not screened: {}", wording::not_screened(some.reason))?;
    }
    writeln!(out)
}

/// Writes one certificate; whether the subject has a candidate.
fn certify(report: &Report<'_>, at: usize, out: &mut dyn Write) -> io::Result<bool> {
    let Some(subject) = report.screening.subjects.get(at) else { return Ok(false) };
    let candidates: Vec<_> = report.candidates.iter().filter(|c| c.finding.subject == at).collect();
    writeln!(out, "# Certificate of screening: {}\n", markdown(&subject.name))?;
    if !report.screening.completed {
        writeln!(
            out,
            "**{}.** A critical list or an input was unfit: this certifies nothing.\n",
            wording::NOT_COMPLETE
        )?;
    }
    let result = match candidates.len() {
        0 => format!("{}. That is not clearance", wording::NO_CANDIDATE),
        _ => wording::counted(wording::length(&candidates), "candidate", "candidates"),
    };
    writeln!(out, "Result: **{result}.**\n")?;
    let rows = wording::counted(subject.rows, "row", "rows");
    let sum = wording::exposure(&subject.exposure);
    writeln!(
        out,
        "Subject `{}`, {rows}, first {}{}{sum}. Compared under these spellings:\n",
        markdown(&subject.id).replace('`', ""),
        markdown(&subject.first.to_string()),
        if sum.is_empty() { "" } else { ", " }
    )?;
    for spelling in &subject.spellings {
        writeln!(out, "- {}", markdown(&spelling.name))?;
    }
    writeln!(out)?;
    for candidate in &candidates {
        let matched = &candidate.finding.matched;
        writeln!(
            out,
            "- {} on {}: {} {}. {} Next: {} ({}).",
            markdown(&candidate.entry.name),
            markdown(&candidate.list.slug),
            wording::band(matched.band),
            matched.score,
            markdown(&matched.why),
            markdown(&candidate.finding.next_step.text),
            columns::rules(candidate).replace(';', " ")
        )?;
    }
    nearest(report, at, out)?;
    Ok(!candidates.is_empty())
}

/// The nearest names that are no candidates, and why not.
fn nearest(report: &Report<'_>, at: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Nearest names that were not raised\n")?;
    let near = near_misses(report.screening, at);
    if near.is_empty() {
        return writeln!(out, "No listed name has anything in common with it.\n");
    }
    for miss in &near {
        let Some(list) = report.screening.lists.get(miss.list) else { continue };
        let Some(entry) = list.entries.get(miss.entry) else { continue };
        writeln!(
            out,
            "- {} on {}: score {}, {}. {} Not raised, since that is less than this run reports{}.",
            markdown(&entry.name),
            markdown(&list.slug),
            miss.matched.score,
            wording::band(miss.matched.band),
            markdown(&miss.matched.why),
            lowest(report.screening)
        )?;
    }
    writeln!(out)
}

fn lowest(screening: &Screening) -> String {
    screening
        .options
        .get("min_score")
        .map_or_else(String::new, |score| format!(" (at least {})", markdown(score)))
}

/// The entries that score highest among those that are no finding of the subject.
fn near_misses(screening: &Screening, at: usize) -> Vec<Scored> {
    let Some(subject) = screening.subjects.get(at) else { return Vec::new() };
    let party = party_of_subject(subject);
    let is_finding = |list: usize, entry: usize| {
        screening.findings.iter().any(|f| f.subject == at && f.list == list && f.entry == entry)
    };
    let mut near: Vec<Scored> = Vec::new();
    for (list, facts) in screening.lists.iter().enumerate() {
        for (entry, listed) in facts.entries.iter().enumerate().filter(|(entry, _)| !is_finding(list, *entry))
        {
            let matched = compare(&party, &party_of_entry(listed));
            if matched.score > crate::matching::Score::ZERO {
                near.push(Scored { subject: at, list, entry, matched });
            }
        }
    }
    near.sort_by(|a, b| {
        b.matched.score.cmp(&a.matched.score).then((a.list, a.entry).cmp(&(b.list, b.entry)))
    });
    near.truncate(NEAREST);
    near
}

/// What the certificate rests on.
fn basis(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "## What it rests on\n\n| List | As of | Entries | SHA-256 | Health |\n|:--|:--|--:|:--|:--|"
    )?;
    for line in health::lines(report.screening) {
        writeln!(
            out,
            "| {} | {} | {} | `{}` | {} |",
            markdown(line.slug),
            markdown(&line.dated),
            line.entries,
            line.list.sha256.chars().filter(char::is_ascii_hexdigit).collect::<String>(),
            markdown(&line.remark)
        )?;
    }
    writeln!(
        out,
        "\nScreened as of {}. Run `{}`, results `{}`, wharfinger {}.",
        wording::day(report.screening.as_of),
        report.run_id,
        report.results_sha256,
        run::VERSION
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn certificate(screening: &Screening, who: &str) -> (Standing, String) {
        let mut bytes = Vec::new();
        let standing = write_certificate(screening, who, &ReportOptions::default(), &mut bytes).unwrap();
        (standing, String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn the_three_results_are_told_apart() {
        let screening = fixture::screening();
        for (who, standing, said) in [
            ("vorstellank  loomery limited", Standing::Candidate, "**1 candidate.**"),
            ("s5", Standing::NoCandidate, "**no candidate on these list versions. That is not clearance.**"),
            ("Nobody We Know", Standing::NotScreened, "# Not screened: Nobody We Know"),
        ] {
            let (found, text) = certificate(&screening, who);
            assert_eq!(found, standing, "{who}");
            assert!(text.contains(said), "{text}");
            assert!(text.contains(&"ab".repeat(32)), "the list versions are named");
        }
    }

    #[test]
    fn nearest_names_are_no_candidates_of_the_subject() {
        let screening = fixture::screening();
        for at in 0..screening.subjects.len() {
            let near = near_misses(&screening, at);
            assert!(near.len() <= NEAREST);
            assert!(near.windows(2).all(|pair| pair[0].matched.score >= pair[1].matched.score));
            for miss in near {
                let found =
                    |f: &&crate::judge::Finding| (f.subject, f.list, f.entry) == (at, miss.list, miss.entry);
                assert_eq!(screening.findings.iter().find(found), None);
            }
        }
    }

    #[test]
    fn an_unfit_run_certifies_nothing() {
        let mut screening = fixture::screening();
        screening.completed = false;
        assert!(certificate(&screening, "s5").1.contains("**SCREENING NOT COMPLETE.**"));
    }

    #[test]
    fn hostile_text_makes_no_markup() {
        let screening = fixture::hostile("x|<script>\n# y");
        let (standing, text) = certificate(&screening, "x|<script> # y");
        assert_eq!(standing, Standing::Candidate);
        assert!(!text.contains("<script>") && !text.lines().any(|line| line.starts_with("# y")));
    }
}
