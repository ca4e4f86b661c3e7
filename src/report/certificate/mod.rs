//! A certificate for one subject: what it was screened against, what was found, and what came nearest.
//!
//! For auditors, who ask of a party without a candidate whether it was looked at at all. Three results, never merged:
//! a candidate, no candidate on these list versions, not screened. The nearest names are compared again with the
//! scorer of the run and every entry, so that nothing that the index passed over is left out.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Candidate, Report, ReportOptions, columns, health, put, run, wording};
use crate::error::Hint;
use crate::judge::Scored;
use crate::matching::compare;
use crate::parties::{party_of_entry, party_of_subject};
use crate::screen::Screening;

mod page;

use page::Piece;

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

/// How a certificate is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Markdown.
    Markdown,
    /// One HTML page.
    Html,
}

impl Form {
    /// The form that the ending of a file name asks for.
    ///
    /// # Errors
    /// [`CertificateError::Ending`] where it is neither.
    pub fn from_path(path: &Path) -> Result<Self, CertificateError> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "md" | "markdown" => Ok(Self::Markdown),
            "html" | "htm" => Ok(Self::Html),
            _ => Err(CertificateError::Ending { path: path.to_owned() }),
        }
    }
}

/// Why a certificate could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The ending names neither form.
    #[error("a certificate is .html or .md, and `{}` is neither", path.display())]
    Ending {
        /// The path as given.
        path: PathBuf,
    },
    /// The file could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The path as given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Hint for CertificateError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Ending { .. } => Some("end the name in .html to print it, in .md to paste it".to_owned()),
            Self::Write { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                Some("make the folder first".to_owned())
            }
            Self::Write { .. } => None,
        }
    }
}

/// Writes the certificates of some parties to a file in the form of its ending, and says what became of each.
///
/// # Errors
/// [`CertificateError`]; whatever was at `path` before is then still there.
pub fn write_file(
    screening: &Screening,
    whom: &[&str],
    path: &Path,
    options: &ReportOptions,
) -> Result<Vec<Standing>, CertificateError> {
    let form = Form::from_path(path)?;
    let failed = |source| CertificateError::Write { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let standings = write(screening, whom, form, options, &mut bytes).map_err(failed)?;
    put(path, &bytes).map_err(failed)?;
    Ok(standings)
}

/// Writes the certificates of every subject that has one of `whom` as its id or writes its name so.
///
/// Case and blanks do not matter. Where there is no such subject, the certificate says that the party was not
/// screened, and which rows were not. Returns what became of each, in their order.
///
/// # Errors
/// What `out` says.
pub fn write(
    screening: &Screening,
    whom: &[&str],
    form: Form,
    options: &ReportOptions,
    out: &mut dyn Write,
) -> io::Result<Vec<Standing>> {
    let report = Report::new(screening, options);
    let mut pieces = Vec::new();
    let standings = whom.iter().map(|who| party(&report, who, &mut pieces)).collect();
    basis(&report, &mut pieces);
    match form {
        Form::Markdown => page::write_markdown(&pieces, out)?,
        Form::Html => page::write_html(&pieces, out)?,
    }
    Ok(standings)
}

/// The certificate of one party, or of each that bears its name.
fn party(report: &Report<'_>, who: &str, pieces: &mut Vec<Piece>) -> Standing {
    let subjects = find(report.screening, who);
    if subjects.is_empty() {
        not_screened(report, who, pieces);
        return Standing::NotScreened;
    }
    let raised = subjects.into_iter().map(|at| certify(report, at, pieces)).fold(false, |a, b| a | b);
    if raised { Standing::Candidate } else { Standing::NoCandidate }
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

fn not_screened(report: &Report<'_>, who: &str, pieces: &mut Vec<Piece>) {
    pieces.push(Piece::Title { text: format!("Not screened: {who}"), alarm: true });
    pieces.push(Piece::Strong(
        "Result: not screened. No subject of this run has this id or writes its name so. It was compared with no \
         list, and this page says nothing about it."
            .to_owned(),
    ));
    let groups: Vec<String> = report
        .screening
        .not_screened
        .iter()
        .map(|some| {
            let rows = wording::counted(some.rows, "row", "rows");
            format!("{rows} of this run not screened: {}", wording::not_screened(some.reason))
        })
        .collect();
    if !groups.is_empty() {
        pieces.push(Piece::List(groups));
    }
}

/// Writes one certificate; whether the subject has a candidate.
fn certify(report: &Report<'_>, at: usize, pieces: &mut Vec<Piece>) -> bool {
    let Some(subject) = report.screening.subjects.get(at) else { return false };
    let candidates: Vec<_> = report.candidates.iter().filter(|c| c.finding.subject == at).collect();
    pieces.push(Piece::Title { text: format!("Certificate of screening: {}", subject.name), alarm: false });
    if !report.screening.completed {
        let not_complete = wording::NOT_COMPLETE;
        pieces.push(Piece::Strong(format!(
            "{not_complete}. A critical list or an input was unfit: this certifies nothing."
        )));
    }
    let result = match candidates.len() {
        0 => format!("{}. That is not clearance", wording::NO_CANDIDATE),
        _ => wording::counted(wording::length(&candidates), "candidate", "candidates"),
    };
    pieces.push(Piece::Strong(format!("Result: {result}.")));
    pieces.push(Piece::Text(wording::summary(report.screening)));
    let rows = wording::counted(subject.rows, "row", "rows");
    let sum = wording::exposure(&subject.exposure);
    let sum = if sum.is_empty() { sum } else { format!(", {sum}") };
    let (id, first) = (&subject.id, &subject.first);
    pieces.push(Piece::Text(format!("In {rows}, first {first}{sum}; id {id}. Compared as:")));
    pieces.push(Piece::List(subject.spellings.iter().map(|spelling| spelling.name.to_string()).collect()));
    if !candidates.is_empty() {
        pieces.push(Piece::Heading("Candidates"));
        pieces.push(Piece::List(candidates.iter().map(|candidate| raised(candidate)).collect()));
    }
    nearest(report, at, pieces);
    !candidates.is_empty()
}

/// A candidate in one item.
fn raised(candidate: &Candidate<'_>) -> String {
    let Candidate { finding, list, entry, .. } = candidate;
    format!(
        "Possible match to the entry {} on {}, identity {}, score {}. {} Next: {} ({}).",
        entry.name,
        list.slug,
        wording::band(finding.matched.band),
        finding.matched.score,
        finding.matched.why,
        finding.next_step.text,
        columns::rules(candidate).replace(';', " ")
    )
}

/// The nearest names that are no candidates, and why not.
fn nearest(report: &Report<'_>, at: usize, pieces: &mut Vec<Piece>) {
    pieces.push(Piece::Heading("Nearest names that were not raised"));
    let near = near_misses(report.screening, at);
    if near.is_empty() {
        pieces.push(Piece::Text("No other listed name has a telling word in common with it.".to_owned()));
        return;
    }
    let item = |miss: &Scored| {
        let list = report.screening.lists.get(miss.list)?;
        let entry = list.entries.get(miss.entry)?;
        Some(format!(
            "{} on {}, score {}. {} Not raised: {}.",
            entry.name,
            list.slug,
            miss.matched.score,
            miss.matched.why,
            why_not(report.screening, miss)
        ))
    };
    pieces.push(Piece::List(near.iter().filter_map(item).collect()));
}

/// Why a scored pair is no finding: below the line of the score, or below that of the policy's weakest band.
fn why_not(screening: &Screening, miss: &Scored) -> String {
    let line = screening.options.get("min_score");
    let score = miss.matched.score.to_string();
    match (line, screening.options.get("policy.report.min_band")) {
        // Scores are printed with the same four digits, so the texts compare as the numbers do.
        (Some(line), Some(band)) if score >= *line => {
            format!(
                "the policy reports no identity weaker than {band}, and this is {}",
                wording::band(miss.matched.band)
            )
        }
        (Some(line), _) => format!("the run reports scores from {line} on"),
        (None, _) => "the score is below what the run reports".to_owned(),
    }
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

/// What the certificates rest on.
fn basis(report: &Report<'_>, pieces: &mut Vec<Piece>) {
    pieces.push(Piece::Heading("What it rests on"));
    let row = |line: &health::Line<'_>| {
        [
            line.slug.to_owned(),
            line.dated.clone(),
            line.entries.clone(),
            line.list.sha256.chars().filter(char::is_ascii_hexdigit).collect(),
            line.remark.clone(),
        ]
    };
    pieces.push(Piece::Lists(health::lines(report.screening).iter().map(row).collect()));
    pieces.push(Piece::Text(format!(
        "Screened as of {}. Run {}, results {}, policy {}, wharfinger {}.",
        wording::day(report.screening.as_of),
        report.run_id,
        report.results_sha256,
        report.screening.policy_sha256.as_deref().unwrap_or("built in"),
        run::VERSION
    )));
    pieces.push(Piece::Text(wording::corrections(report.options.contact.as_deref())));
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn written(screening: &Screening, who: &str, form: Form) -> (Standing, String) {
        let mut bytes = Vec::new();
        let standings = write(screening, &[who], form, &ReportOptions::default(), &mut bytes).unwrap();
        (standings[0], String::from_utf8(bytes).unwrap())
    }

    fn certificate(screening: &Screening, who: &str) -> (Standing, String) {
        written(screening, who, Form::Markdown)
    }

    #[test]
    fn the_three_results_are_told_apart() {
        let screening = fixture::screening();
        for (who, standing, said) in [
            ("vorstellank  loomery limited", Standing::Candidate, "**Result: 1 candidate.**"),
            (
                "s5",
                Standing::NoCandidate,
                "**Result: no candidate on these list versions. That is not clearance.**",
            ),
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
        assert!(certificate(&screening, "s5").1.contains("**SCREENING NOT COMPLETE. A critical"));
    }

    #[test]
    fn hostile_text_makes_no_markup() {
        let screening = fixture::hostile("x|<script>\n# y");
        let (standing, text) = certificate(&screening, "x|<script> # y");
        assert_eq!(standing, Standing::Candidate);
        assert!(!text.contains("<script>") && !text.lines().any(|line| line.starts_with("# y")));
        let (_, page) = written(&screening, "x|<script> # y", Form::Html);
        assert!(!page.contains("<script") && page.contains("default-src 'none'"));
    }
}
