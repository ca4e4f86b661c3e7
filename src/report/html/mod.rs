//! The report as one HTML page: for officers, committees, auditors, and the listed company's lawyer.
//!
//! One file without network, font or script of others. A content-security policy lets in exactly the style and the
//! script that stand in it, by their hashes; the page reads in full without scripts, which add search, sorting and
//! review. Text of unknown origin goes through the template's escaping and [`one_line`], addresses through
//! [`web_address`].
//!
//! Sources: WCAG 2.2, level AA; W3C, *Content Security Policy Level 3*.

use std::io::{self, Write};

use askama::Template;

use super::escape::{one_line, web_address};
use super::glossary::GLOSSARY;
use super::wording::{self, counted, grouped, length};
use super::{Audience, Report, SECTIONS, health, run};
use crate::judge::rules::RULES;
use crate::vocab::Flag;

mod card;
mod charts;
mod marks;
mod security;

use card::{Card, anchor};
use charts::Chart;
pub(super) use security::policy;

/// The style of the page.
pub(super) const CSS: &str = include_str!("report.css");
/// The script of the page.
const JS: &str = include_str!("report.js");

/// Writes the page.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    Page::of(report).write_into(&mut *out).map_err(io::Error::other)?;
    out.write_all(b"\n")
}

#[derive(Template)]
#[template(path = "report.html", config = "src/report/html/askama.toml")]
struct Page {
    policy: String,
    version: &'static str,
    css: &'static str,
    js: &'static str,
    run_id: String,
    results_sha256: String,
    policy_sha256: String,
    as_of: String,
    day: String,
    audience: &'static str,
    completed: bool,
    not_complete: &'static str,
    no_candidate: &'static str,
    caution: &'static str,
    summary: String,
    warnings: Vec<String>,
    figures: Vec<Figure>,
    first: Vec<Todo>,
    sections: Vec<Section>,
    charts: Vec<Chart>,
    changes_title: &'static str,
    changes: Vec<String>,
    lists: Vec<ListRow>,
    not_screened: Vec<NotScreenedRow>,
    not_screened_rows: String,
    inputs: Vec<InputRow>,
    options: Vec<(String, String)>,
    corrections: String,
    glossary: &'static [(&'static str, &'static str)],
    rules: Vec<(String, String)>,
}

/// A figure at the head of the page.
struct Figure {
    label: &'static str,
    value: String,
    note: String,
}

/// One thing to do, with a link to where.
struct Todo {
    text: String,
    target: &'static str,
    more: String,
}

/// The candidates of one flag.
struct Section {
    id: &'static str,
    flag: &'static str,
    tone: &'static str,
    title: &'static str,
    count: String,
    meaning: &'static str,
    exposure: String,
    cards: Vec<Card>,
}

struct ListRow {
    anchor: String,
    slug: String,
    title: String,
    url: String,
    publisher: String,
    authority: String,
    entries: String,
    dated: String,
    remark: String,
    licence: String,
    fit: bool,
}

struct NotScreenedRow {
    reason: &'static str,
    rows: String,
    sum: String,
    first: String,
}

struct InputRow {
    name: String,
    sha256: String,
    read: String,
    screened: String,
    persons: String,
    redacted: String,
    blank: String,
    rejected: String,
    read_as: String,
}

impl Page {
    fn of(report: &Report<'_>) -> Self {
        let screening = report.screening;
        let rows = screening.not_screened.iter().map(|some| some.rows).fold(0, u64::saturating_add);
        Self {
            policy: policy(CSS, JS),
            version: run::VERSION,
            css: CSS,
            js: JS,
            run_id: report.run_id.clone(),
            results_sha256: report.results_sha256.clone(),
            policy_sha256: screening.policy_sha256.as_deref().map(clean).unwrap_or_default(),
            as_of: screening.as_of.to_string(),
            day: wording::day(screening.as_of),
            audience: match report.options.audience {
                Audience::Exempt => "For those who decide: not for publication",
                Audience::Public => "Public version: names are withheld until a person has confirmed them",
            },
            completed: screening.completed,
            not_complete: wording::NOT_COMPLETE,
            no_candidate: wording::NO_CANDIDATE,
            caution: wording::CAUTION,
            summary: wording::summary(screening),
            warnings: health::warnings(screening).iter().map(|warning| clean(warning)).collect(),
            figures: figures(report, rows),
            first: first_steps(report, rows),
            sections: sections(report),
            charts: charts::charts(report),
            changes_title: wording::CHANGES,
            changes: wording::changes(screening).iter().map(|line| clean(line)).collect(),
            lists: health::lines(screening).iter().map(ListRow::of).collect(),
            not_screened: not_screened(report),
            not_screened_rows: grouped(&rows.to_string()),
            inputs: inputs(report),
            options: screening
                .options
                .iter()
                .map(|(name, value)| (clean(wording::option(name)), clean(value)))
                .collect(),
            corrections: clean(&wording::corrections(report.options.contact.as_deref())),
            glossary: GLOSSARY,
            rules: RULES.iter().map(|rule| (rule.id.to_string(), rule.what.to_owned())).collect(),
        }
    }
}

/// Text of unknown origin on one line; the template escapes it.
fn clean(text: &str) -> String {
    one_line(text).into_owned()
}

/// The id of the section of a flag.
const fn section_id(flag: Flag) -> &'static str {
    match flag {
        Flag::LegalCheck => "legal-check",
        Flag::Divest => "divest",
        Flag::Exclude => "exclude",
        Flag::Engage => "engage",
        Flag::DueDiligence => "due-diligence",
        Flag::Monitor => "monitor",
        Flag::None => "out-of-scope",
    }
}

const fn tone(flag: Flag) -> &'static str {
    match flag {
        Flag::LegalCheck => "legal",
        Flag::Divest | Flag::Exclude => "act",
        Flag::Engage | Flag::DueDiligence => "care",
        Flag::Monitor | Flag::None => "watch",
    }
}

fn figures(report: &Report<'_>, not_screened: u64) -> Vec<Figure> {
    let all = &report.figures.all;
    let rows = report.screening.inputs.iter().map(|input| input.screened).fold(0, u64::saturating_add);
    vec![
        Figure {
            label: "Subjects screened",
            value: grouped(&report.screening.subjects.len().to_string()),
            note: format!("from {}", counted(rows, "row", "rows")),
        },
        Figure {
            label: "Candidates",
            value: grouped(&all.findings.to_string()),
            note: format!(
                "about {}, {} undecided",
                counted(all.subjects(), "subject", "subjects"),
                grouped(&report.figures.undecided.to_string())
            ),
        },
        Figure {
            label: "Exposure to candidates",
            value: all
                .exposure
                .main()
                .map_or_else(|| "none stated".to_owned(), |(code, sum)| wording::short_money(code, sum)),
            note: "paid to them or held in them".to_owned(),
        },
        Figure {
            label: "Not screened",
            value: grouped(&not_screened.to_string()),
            note: if not_screened == 1 { "row" } else { "rows" }.to_owned(),
        },
    ]
}

/// What to do first, in the order of doing.
fn first_steps(report: &Report<'_>, not_screened: u64) -> Vec<Todo> {
    let mut steps = Vec::new();
    if !report.screening.completed {
        steps.push(Todo {
            text: "Put the lists and inputs in order and run again".to_owned(),
            target: "lists",
            more: " before anything below is relied on".to_owned(),
        });
    }
    for (flag, verb) in [
        (Flag::LegalCheck, "Ask legal about"),
        (Flag::Divest, "Confirm the identity of"),
        (Flag::Exclude, "Confirm the identity of"),
        (Flag::Engage, "Prepare questions to"),
        (Flag::DueDiligence, "Begin due diligence on"),
    ] {
        let some = report.flagged(flag);
        let Some(largest) = some.first() else { continue };
        let what = match flag {
            Flag::LegalCheck => (
                "possible match under UK sanctions or debarment",
                "possible matches under UK sanctions or debarment",
            ),
            Flag::Divest => ("candidate for divestment", "candidates for divestment"),
            Flag::Exclude => ("candidate for exclusion", "candidates for exclusion"),
            Flag::Engage => ("investment", "investments"),
            _ => ("supplier", "suppliers"),
        };
        let name = clean(&largest.subject.name);
        steps.push(Todo {
            text: format!("{verb} {}", counted(length(&some), what.0, what.1)),
            target: section_id(flag),
            more: if some.len() > 1 { format!(", largest first: {name}") } else { format!(": {name}") },
        });
    }
    if not_screened > 0 {
        steps.push(Todo {
            text: format!(
                "Look at the {} that no list was compared with",
                counted(not_screened, "row", "rows")
            ),
            target: "not-screened",
            more: String::new(),
        });
    }
    if steps.is_empty() {
        steps.push(Todo {
            text: "File this report with its inputs and lists".to_owned(),
            target: "",
            more: String::new(),
        });
    }
    steps
}

fn sections(report: &Report<'_>) -> Vec<Section> {
    let section = |flag: Flag| {
        let candidates = report.flagged(flag);
        let tally = report.figures.flags.get(&flag)?;
        Some(Section {
            id: section_id(flag),
            flag: flag.as_str(),
            tone: tone(flag),
            title: wording::heading(flag),
            count: grouped(&candidates.len().to_string()),
            meaning: wording::meaning(flag),
            exposure: wording::exposure(&tally.exposure),
            cards: candidates.iter().map(Card::of).collect(),
        })
    };
    SECTIONS.into_iter().filter_map(section).collect()
}

impl ListRow {
    fn of(line: &health::Line<'_>) -> Self {
        let facts = &line.list.facts;
        Self {
            anchor: anchor("l-", line.slug),
            slug: clean(line.slug),
            title: clean(&facts.title),
            url: web_address(&facts.url).unwrap_or_default().to_owned(),
            publisher: clean(&facts.publisher),
            authority: format!(
                "{}: {}; {}",
                line.authority,
                wording::authority(line.authority),
                wording::proof(facts.proof)
            ),
            entries: line.entries.clone(),
            dated: clean(&line.dated),
            remark: clean(&line.remark),
            licence: clean(&facts.licence),
            fit: line.fit,
        }
    }
}

fn not_screened(report: &Report<'_>) -> Vec<NotScreenedRow> {
    let row = |some: &crate::load::NotScreened| NotScreenedRow {
        reason: wording::not_screened(some.reason),
        rows: grouped(&some.rows.to_string()),
        sum: wording::exposure(&some.exposure),
        first: clean(&some.first.to_string()),
    };
    report.screening.not_screened.iter().map(row).collect()
}

fn inputs(report: &Report<'_>) -> Vec<InputRow> {
    let row = |input: &crate::load::InputAccount| {
        let count = |n: u64| grouped(&n.to_string());
        let columns: Vec<String> =
            input.columns.iter().map(|(field, header)| format!("{} = {header}", field.as_str())).collect();
        let parts = [Some(input.format.clone()), input.encoding.clone(), Some(columns.join(", "))];
        InputRow {
            name: clean(
                &input
                    .sheet
                    .as_ref()
                    .map_or_else(|| input.path.clone(), |sheet| format!("{}[{sheet}]", input.path)),
            ),
            sha256: input.sha256.clone(),
            read: count(input.records_read),
            screened: count(input.screened),
            persons: count(input.persons),
            redacted: count(input.redacted),
            blank: count(input.blank_or_total),
            rejected: count(input.rejected),
            read_as: clean(
                &parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "),
            ),
        }
    };
    report.screening.inputs.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ReportOptions, fixture};

    fn page(screening: &crate::screen::Screening) -> String {
        String::from_utf8(fixture::bytes(screening, Format::Html, &ReportOptions::default())).unwrap()
    }

    #[test]
    fn the_page() {
        let page = page(&fixture::screening());
        let (start, end) = (page.find("<body").unwrap(), page.find("<script>").unwrap());
        insta::assert_snapshot!(&page[start..end]);
    }

    #[test]
    fn nothing_is_loaded_from_anywhere() {
        let page = page(&fixture::screening());
        assert!(page.contains("default-src 'none'"));
        for loader in [
            "<img",
            "<iframe",
            "@import",
            "url(",
            "<link rel=\"stylesheet",
            " src=",
            "fetch(",
            "XMLHttpRequest",
        ] {
            assert!(!page.contains(loader), "{loader}");
        }
        assert!(!page.contains(" style=\""), "the policy lets no style attribute in");
        assert!(!page.contains(" onclick"), "nor a handler");
    }

    #[test]
    fn an_unfit_run_says_so_first() {
        let page = page(&fixture::empty());
        assert!(page.contains("<h1 class=\"alarm\">SCREENING NOT COMPLETE</h1>"));
        assert!(page.contains("no candidate on these list versions"));
    }

    #[test]
    fn hostile_text_stays_text() {
        for text in [
            "<script>alert(1)</script>",
            "\"'><svg onload=alert(1)>",
            "</style></title>{{7*7}}\u{202e}\u{1b}[31m",
            "javascript:alert(1)",
        ] {
            let mut screening = fixture::hostile(text);
            let options = ReportOptions { contact: Some(text.to_owned()), ..ReportOptions::default() };
            screening.policy_sha256 = Some(text.to_owned());
            let page = String::from_utf8(fixture::bytes(&screening, Format::Html, &options)).unwrap();
            assert_eq!(page.matches("<script").count(), 1, "{text}");
            assert!(!page.contains("<svg onload"), "{text}");
            assert!(!page.contains("href=\"javascript"), "{text}");
            assert!(!page.chars().any(|c| c == '\u{202e}' || c == '\u{1b}'), "{text}");
        }
    }

    #[test]
    #[ignore = "writes the pages that tests/browser opens, into the folder that WHARFINGER_SAMPLES names"]
    fn samples_for_the_browser() {
        let folder = std::path::PathBuf::from(std::env::var_os("WHARFINGER_SAMPLES").unwrap());
        std::fs::create_dir_all(&folder).unwrap();
        let public = ReportOptions { audience: super::Audience::Public, ..ReportOptions::default() };
        for (name, screening, options) in [
            ("report", fixture::screening(), ReportOptions::default()),
            ("public", fixture::screening(), public),
            ("unfit", fixture::empty(), ReportOptions::default()),
            (
                "hostile",
                fixture::hostile("\"'><svg onload=alert(1)><script>alert(2)</script>"),
                ReportOptions::default(),
            ),
            ("many", fixture::many(5000), ReportOptions::default()),
        ] {
            let path = folder.join(format!("{name}.html"));
            super::super::write_file(&screening, &path, &options).unwrap();
        }
        let (path, options) = (folder.join("certificate.html"), ReportOptions::default());
        let whom = ["s5", "Vorstellank Loomery Limited", "Nobody We Know"];
        super::super::certificate::write_file(&fixture::screening(), &whom, &path, &options).unwrap();
    }

    #[test]
    fn a_finding_takes_two_kilobytes_at_most() {
        let one = fixture::screening();
        let many = fixture::many(1000);
        let extra = page(&many).len() - page(&one).len();
        let each = extra / (many.findings.len() - one.findings.len());
        assert!(each <= 2048, "{each} bytes a finding");
    }
}
