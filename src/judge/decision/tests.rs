//! The life of a decision, from the sheet to the day it no longer stands.

use std::path::Path;

use super::*;
use crate::judge::{Finding, Judged, Policy, Scored, Terms, judge_all, samples};
use crate::record::Subject;
use crate::vocab::{Authority, Band, Flag, Ground, ListingStatus, Outcome, Proof, State, Track};
use crate::watchlist::{Entry, List};

/// Two suppliers, each matched to an entry of its own.
struct World {
    subjects: Vec<Subject>,
    lists: Vec<List>,
    policy: Policy,
}

fn world() -> World {
    let entries = vec![samples::entry("e1", "Northgate Textiles"), samples::entry("e2", "Quellmoor Solar")];
    World {
        subjects: vec![samples::subject("Northgate Textiles Ltd"), samples::subject("Quellmoor Solar plc")],
        lists: vec![samples::list(
            "xx-list",
            samples::facts(Authority::B, Proof::AdministrativeFinal),
            entries,
        )],
        policy: Policy::default(),
    }
}

impl World {
    fn run(&self, decisions: &[Record], as_of: &str) -> Judged {
        let scored = |subject, entry| Scored {
            subject,
            list: 0,
            entry,
            matched: samples::matched("", "", Band::Strong),
        };
        let terms = Terms::new(&self.policy, samples::date(as_of)).decisions(decisions);
        let matches = (0..self.subjects.len()).map(|i| scored(i, i)).collect();
        judge_all(matches, &self.subjects, &self.lists, &terms)
    }

    /// The report that reviewers see of a run.
    fn report(&self, judged: &Judged, as_of: &str) -> EarlierReport {
        samples::report(&judged.findings, &self.subjects, &self.lists, as_of)
    }
}

const HEADER: &str = "finding_id,outcome,reason_code,reason,decided_by,checked_by,decided_on,review_by";

fn filed(world: &World, report: &EarlierReport, lines: &str, as_of: &str) -> Accepted {
    let sheet = read_sheet(Path::new("sheet.csv"), format!("{HEADER}\n{lines}").as_bytes()).unwrap();
    accept(&sheet, report, &world.policy, samples::date(as_of))
}

fn states(judged: &Judged) -> Vec<(usize, State)> {
    let mut states: Vec<(usize, State)> = judged.findings.iter().map(|f| (f.subject, f.state)).collect();
    states.sort_unstable();
    states
}

fn of_subject(judged: &Judged, subject: usize) -> &Finding {
    judged.findings.iter().find(|finding| finding.subject == subject).unwrap()
}

#[test]
fn a_month_told() {
    let mut world = world();
    // The first run finds both; both fail a job that fails from `exclude` on.
    let first = world.run(&[], "2026-10-01");
    assert_eq!(states(&first), [(0, State::New), (1, State::New)]);
    assert!(first.findings.iter().all(|finding| finding.fails_at(Flag::Exclude)));

    // An officer dismisses one and confirms the other.
    let report = world.report(&first, "2026-10-01");
    let (northgate, quellmoor) = (&of_subject(&first, 0).id, &of_subject(&first, 1).id);
    let lines = format!(
        "{northgate},not_same,different_business,makes curtains in Leeds,A. Clerk,,2026-10-02,2027-03-31\n\
         {quellmoor},same,,group number agrees,A. Clerk,B. Keeper,02/10/2026,31/03/2027\n"
    );
    let accepted = filed(&world, &report, &lines, "2026-10-02");
    assert_eq!((accepted.refused.as_slice(), accepted.records.len()), (&[][..], 2));
    let decided = accepted.records;

    // The second run shows only what is new: nothing fails, and each decision is in its place.
    let second = world.run(&decided, "2026-11-01");
    assert_eq!(states(&second), [(0, State::Standing), (1, State::Standing)]);
    assert!(second.findings.iter().all(|finding| !finding.fails_at(Flag::Exclude)));
    assert_eq!(of_subject(&second, 0).next_step.text, "none: dismissed by decision");
    assert_eq!(of_subject(&second, 1).next_step.text, "assess severity", "two people confirmed it");
    assert_eq!(second.decisions, []);

    // The listed entity gains an alias: the dismissal reopens and says why.
    world.lists[0].entries[0].aliases.push("Leeds Curtain Works".to_owned());
    let third = world.run(&decided, "2026-12-01");
    assert_eq!(states(&third), [(0, State::Reopened), (1, State::Standing)]);
    assert_eq!(
        of_subject(&third, 0).state_reason.as_deref(),
        Some(
            "the decision `not_same` of 2026-10-02 by A. Clerk is reopened: the listed entity gained the name `Leeds Curtain Works`"
        )
    );
    assert!(of_subject(&third, 0).fails_at(Flag::Exclude));
    assert_eq!(third.decisions[0].fate, Fate::Reopened);

    // Its last day is still inside; the day after, it has expired.
    world.lists[0].entries[0].aliases.clear();
    assert_eq!(states(&world.run(&decided, "2027-03-31"))[0], (0, State::Standing));
    let last = world.run(&decided, "2027-04-01");
    assert_eq!(states(&last)[0], (0, State::ExpiredDecision));
    assert!(last.rests_on_expired());
    assert_eq!(
        of_subject(&last, 0).state_reason.as_deref(),
        Some("the decision `not_same` of 2026-10-02 by A. Clerk stood until 2027-03-31 and has expired")
    );
    assert!(of_subject(&last, 0).decision.is_none(), "an expired decision is never used");
}

#[test]
fn whatever_is_material_reopens_and_formatting_does_not() {
    type Change = fn(&mut World);
    let changes: &[(&str, Change, Option<&str>)] = &[
        ("nothing", |_| (), None),
        ("case of the subject", |w| w.subjects[0] = samples::subject("NORTHGATE TEXTILES LIMITED"), None),
        (
            "case of the entry",
            |w| w.lists[0].entries[0].name = "NORTHGATE-TEXTILES CO., LTD.".to_owned(),
            None,
        ),
        ("note of the entry", |w| w.lists[0].entries[0].note = "moved".to_owned(), None),
        (
            "status",
            |w| w.lists[0].entries[0].status = ListingStatus::Removed,
            Some("status was `current` and is `removed`"),
        ),
        (
            "ground",
            |w| w.lists[0].entries[0].ground = Ground::Trafficking,
            Some("ground was `forced_labour` and is `trafficking`"),
        ),
        (
            "a country of the subject",
            |w| w.subjects[0].countries = w.lists[0].entries[0].countries.clone(),
            Some("the subject gained the country `CN`"),
        ),
        (
            "a number of the subject",
            |w| w.subjects[0].identifiers = [samples::identifier("gb-coh", "00000001")].into(),
            Some("the subject gained the identifier `gb-coh:00000001`"),
        ),
        (
            "a country of the entry",
            |w| w.lists[0].entries[0].countries.clear(),
            Some("the listed entity lost a country"),
        ),
        ("a new id of the entry", |w| w.lists[0].entries[0].id = "e1-bis".to_owned(), None),
    ];
    let decided = decided_on_first();
    for (what, change, says) in changes {
        let mut world = world();
        change(&mut world);
        let judged = world.run(&decided, "2026-11-01");
        let finding = of_subject(&judged, 0);
        match says {
            None => {
                assert_eq!((finding.state, finding.decision.is_some()), (State::Standing, true), "{what}");
            }
            Some(says) => {
                assert_eq!(finding.state, State::Reopened, "{what}");
                let reason = finding.state_reason.as_deref().unwrap();
                assert!(reason.ends_with(says), "{what}: {reason}");
                assert_eq!(finding.decision, None, "{what}");
            }
        }
    }
}

/// The dismissal of the first supplier.
fn decided_on_first() -> Vec<Record> {
    let world = world();
    let first = world.run(&[], "2026-10-01");
    let id = &of_subject(&first, 0).id;
    let line = format!("{id},not_same,,makes curtains,A. Clerk,,2026-10-01,2027-03-31");
    filed(&world, &world.report(&first, "2026-10-01"), &line, "2026-10-01").records
}

#[test]
fn decisions_that_nothing_asks_for_are_told() {
    let decided = decided_on_first();
    let fate = |world: &World, as_of: &str| {
        let judged = world.run(&decided, as_of);
        let note = judged.decisions.first().cloned();
        note.map(|note| (note.fate, note.text))
    };
    let mut gone = world();
    gone.lists[0].entries[0] = samples::entry("e9", "Somebody Else");
    let orphaned = (Fate::Orphaned, "entry `e1` is no longer on list `xx-list`".to_owned());
    assert_eq!(fate(&gone, "2026-11-01"), Some(orphaned));
    let mut renamed = world();
    renamed.lists[0].slug = "yy-list".to_owned();
    let unused = (Fate::Unused, "list `xx-list` was not screened against".to_owned());
    assert_eq!(fate(&renamed, "2026-11-01"), Some(unused));
    let mut left = world();
    left.subjects[0] = samples::subject("Another Supplier");
    let unused = (Fate::Unused, "no such candidate in this run".to_owned());
    assert_eq!(fate(&left, "2026-11-01"), Some(unused));
    let (fate_then, text) = fate(&left, "2027-04-01").unwrap();
    assert_eq!(
        (fate_then, text.as_str()),
        (Fate::Unused, "no such candidate in this run; expired on 2027-03-31")
    );
    let (fate_before, text) = fate(&world(), "2026-09-30").unwrap();
    assert_eq!(fate_before, Fate::Unused);
    assert_eq!(text, "decided on 2026-10-01, after the day of the run");
    assert_eq!(fate(&world(), "2026-11-01"), None);
}

#[test]
fn the_latest_line_speaks_and_a_withdrawal_ends_it() {
    let mut decided = decided_on_first();
    let mut again = decided[0].clone();
    again.decision.outcome = Outcome::Refer;
    decided.push(again.clone());
    let judged = world().run(&decided, "2026-11-01");
    let finding = of_subject(&judged, 0);
    assert_eq!(finding.decision.as_ref().unwrap().outcome, Outcome::Refer);
    assert_eq!(finding.state, State::New, "passed on is work still to be done");
    assert!(finding.fails_at(Flag::Exclude));
    again.decision.outcome = Outcome::Withdrawn;
    decided.push(again);
    let judged = world().run(&decided, "2026-11-01");
    assert_eq!((of_subject(&judged, 0).state, of_subject(&judged, 0).decision.as_ref()), (State::New, None));
    assert_eq!(judged.decisions, []);
}

#[test]
fn a_changed_policy_reopens_only_where_the_policy_says_so() {
    let decided = decided_on_first();
    let mut world = world();
    world.policy.fail_on = Some(Flag::Exclude);
    assert_eq!(states(&world.run(&decided, "2026-11-01"))[0].1, State::Standing);
    world.policy.decisions.reopen_on_policy_change = true;
    let judged = world.run(&decided, "2026-11-01");
    assert!(of_subject(&judged, 0).state_reason.as_deref().unwrap().ends_with("the policy has changed"));
}

#[test]
fn a_dismissal_by_one_person_does_not_outlive_a_legal_check() {
    let decided = decided_on_first();
    let mut world = world();
    world.lists[0].facts.authority = Authority::A1;
    let judged = world.run(&decided, "2026-11-01");
    let finding = of_subject(&judged, 0);
    assert_eq!((finding.flag, &*finding.next_step.text), (Flag::LegalCheck, "ask legal; second reviewer"));
    assert!(finding.fails_at(Flag::Exclude) && finding.fails_at(Flag::LegalCheck));
    let mut two = decided.clone();
    two[0].decision.checked_by = Some("B. Keeper".to_owned());
    assert!(!of_subject(&world.run(&two, "2026-11-01"), 0).fails_at(Flag::Exclude));
}

#[test]
fn lines_are_refused_with_reasons_and_the_others_go_on() {
    let mut world = world();
    world.lists[0].facts.authority = Authority::A1;
    let first = world.run(&[], "2026-10-01");
    let report = world.report(&first, "2026-10-01");
    let id = &of_subject(&first, 1).id;
    let refused = |line: &str| {
        let accepted = filed(&world, &report, line, "2026-10-02");
        assert_eq!(accepted.records.len() + accepted.refused.len() + accepted.undecided, 1, "{line}");
        accepted.refused.into_iter().next().map(|refused| refused.reason)
    };
    for (line, says) in [
        ("wf-0,not_same,,r,A,B,2026-10-01,2027-01-01", "not in the report"),
        ("ID,not_smae,,r,A,B,2026-10-01,2027-01-01", "did you mean `not_same`?"),
        ("ID,not_same,elsewhere,r,A,B,2026-10-01,2027-01-01", "not a reason code"),
        ("ID,not_same,,,A,B,2026-10-01,2027-01-01", "`reason` is missing"),
        ("ID,not_same,,r,,B,2026-10-01,2027-01-01", "`decided_by` is missing"),
        ("ID,not_same,,r,A,B,2026-10-01,", "`review_by` is missing"),
        ("ID,not_same,,r,A,B,yesterday,2027-01-01", "`decided_on` is `yesterday`"),
        ("ID,not_same,,r,A,B,2026-10-01,31/02/2027", "`review_by` is `31/02/2027`"),
        ("ID,not_same,,r,A,B,2026-10-03,2027-01-01", "after the day of the import"),
        ("ID,not_same,,r,A,B,2026-09-01,2026-10-01", "before the day of the import"),
        ("ID,not_same,,r,A,B,2026-10-01,2027-10-03", "the policy allows 366 days"),
        ("ID,same,different_country,r,A,B,2026-10-01,2027-01-01", "section 17"),
        ("ID,same,formed_after,r,A,B,2026-10-01,2027-01-01", "reason for `not_same`"),
        ("ID,not_same,,r,A,,2026-10-01,2027-01-01", "dismissed by two people"),
        ("ID,not_same,,r,A, a ,2026-10-01,2027-01-01", "dismissed by two people"),
    ] {
        let reason = refused(&line.replace("ID", id)).unwrap_or_else(|| panic!("accepted: {line}"));
        assert!(reason.contains(says), "{line}: {reason}");
    }
    for line in [
        "ID,not_same,different_country,r,A,B,2026-10-01,2027-10-02",
        "ID,,,,,,,",
        "ID,same,,r,A,,2026-10-02,2026-10-02",
    ] {
        assert_eq!(refused(&line.replace("ID", id)), None, "{line}");
    }
}

#[test]
fn what_must_be_on_record_is_read_or_refused() {
    let world = world();
    let first = world.run(&[], "2026-10-01");
    let report = world.report(&first, "2026-10-01");
    let id = &of_subject(&first, 0).id;
    let accept_with = |column: &str, cell: &str| {
        let sheet = format!("{HEADER},{column}\n{id},same,,r,A,B,2026-10-01,2027-01-01,\"{cell}\"\n");
        let lines = read_sheet(Path::new("sheet.csv"), sheet.as_bytes()).unwrap();
        accept(&lines, &report, &world.policy, samples::date("2026-10-01"))
    };
    let record = |column, cell| accept_with(column, cell).records.remove(0).decision.on_record;
    assert_eq!(record("severity", "3/2/1").severity.unwrap().worst(), 3);
    assert_eq!(
        record("representations", "none came; J. Clerk; 2026-09-30").representations.unwrap().by,
        "J. Clerk"
    );
    assert_eq!(
        record("ownership", "51 % (annual report)").ownership.as_deref(),
        Some("51 % (annual report)")
    );
    assert!(accept_with("severity", "high").refused[0].reason.contains("`3/2/3`"));
    assert!(accept_with("support_test", "members wrote").refused[0].reason.contains("`text; name; date`"));
    let tomorrow = "none came; J. Clerk; 2026-10-02";
    assert!(
        accept_with("representations", tomorrow).refused[0].reason.contains("after the day of the import")
    );
    assert_eq!(
        record("ownership", "50.5 per cent, filing of May").ownership.as_deref().map(str::len),
        Some(28)
    );
    for cell in [
        "majority",
        "51 %",
        "51 (annual report)",
        "151 % (annual report)",
        "% (annual report)",
        "1.2.3 % (x)",
    ] {
        assert!(
            accept_with("ownership", cell).refused[0].reason.contains("a share and its source"),
            "{cell}"
        );
    }
}

#[test]
fn sheets_come_back_as_spreadsheets_save_them() {
    let good = |text: &[u8]| read_sheet(Path::new("s.csv"), text).unwrap();
    let semicolons = format!("\u{feff}{}\r\nwf-1;not_same;;\"a; b\";A;;;\r\n", HEADER.replace(',', ";"));
    let lines = good(semicolons.as_bytes());
    assert_eq!((lines[0].line, lines[0].cells["reason"].as_str()), (2, "a; b"));
    let windows = [HEADER.as_bytes(), b"\nwf-1,not_same,,caf\xe9,'=A,,,\n"].concat();
    let lines = good(&windows);
    assert_eq!((lines[0].cells["reason"].as_str(), lines[0].cells["decided_by"].as_str()), ("café", "=A"));
    let report_columns =
        "finding_id,state,decision,decided_by,decided_on,decision_reason,review_by\nwf-1,new,same,A,,x,\n";
    let lines = good(report_columns.as_bytes());
    assert_eq!((lines[0].cells["outcome"].as_str(), lines[0].cells["reason"].as_str()), ("same", "x"));
    for (bad, says) in [
        ("", "no column `finding_id`"),
        ("name,amount\nx,1\n", "no column `finding_id`"),
        ("finding_id,outcome,reason,decided_by,decided_on,reveiw_by\n", "is `reveiw_by` meant?"),
    ] {
        let error = read_sheet(Path::new("s.csv"), bad.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(says), "{bad:?}: {error}");
    }
}

#[test]
fn a_reports_own_csv_does_not_file_its_decisions_again() {
    let world = world();
    let mut decided = decided_on_first();
    decided[0].decision.checked_by = Some("B. Keeper".to_owned());
    let report = world.report(&world.run(&decided, "2026-11-01"), "2026-11-01");
    let id = &decided[0].finding_id;
    let returned = |reason: &str| {
        let sheet = format!(
            "finding_id,decision,decided_by,decided_on,decision_reason,review_by\n{id},not_same,A. Clerk,2026-10-01,{reason},2027-03-31\n"
        );
        let lines = read_sheet(Path::new("s.csv"), sheet.as_bytes()).unwrap();
        accept(&lines, &report, &world.policy, samples::date("2026-11-01"))
    };
    assert_eq!(returned("other: makes curtains").repeated, 1);
    let changed = returned("different_business: makes blinds").records.remove(0).decision;
    assert_eq!(
        (changed.reason_code.as_str(), changed.reason.as_str()),
        ("different_business", "makes blinds")
    );
}

#[test]
fn the_sheet_to_fill_in_reads_back_as_undecided() {
    let mut world = world();
    world.subjects[0].name = "=HYPERLINK(1)".into();
    let report = world.report(&world.run(&[], "2026-10-01"), "2026-10-01");
    let mut bytes = Vec::new();
    write_sheet(&report, &mut bytes).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("'=HYPERLINK"));
    let lines = read_sheet(Path::new("s.csv"), &bytes).unwrap();
    let accepted = accept(&lines, &report, &world.policy, samples::date("2026-10-01"));
    assert_eq!((accepted.undecided, accepted.records.len()), (2, 0));
}

#[test]
fn an_investment_may_name_a_country_for_any_reason() {
    let mut world = world();
    for subject in &mut world.subjects {
        subject.track = Track::Holdings;
    }
    let first = world.run(&[], "2026-10-01");
    let id = &of_subject(&first, 0).id;
    let line = format!("{id},same,different_country,r,A,B,2026-10-01,2027-01-01");
    let reason = &filed(&world, &world.report(&first, "2026-10-01"), &line, "2026-10-01").refused[0].reason;
    assert!(
        reason.contains("reason for `not_same`"),
        "no section 17, but still no reason for `same`: {reason}"
    );
}

#[test]
fn entries_of_the_same_name_keep_their_own_decisions() {
    let mut world = world();
    let twin = Entry { id: "e1-twin".to_owned(), ..world.lists[0].entries[0].clone() };
    world.lists[0].entries[1] = twin;
    world.subjects[1] = world.subjects[0].clone();
    let judged = world.run(&decided_on_first(), "2026-11-01");
    assert_eq!(states(&judged), [(0, State::Standing), (1, State::New)]);
}
