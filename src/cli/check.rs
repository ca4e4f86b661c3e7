//! `wharfinger check`: is this name listed anywhere?

use std::io::Write;
use std::sync::Arc;

use thin_vec::{ThinVec, thin_vec};

use super::args::CheckArgs;
use super::console::Console;
use super::exit::{Exit, Failure, unless_reader_left};
use super::lists;
use super::screen::findings_exit;
use super::settings::PolicyInForce;
use crate::record::{Exposure, Place, Spelling, Subject};
use crate::report::{self, Audience, Format, ReportOptions, certificate};
use crate::screen::{self, Request};
use crate::vocab::Track;

/// Runs the command.
pub(super) fn run(args: &CheckArgs, console: Console) -> Result<Exit, Failure> {
    let format = Format::from_name(&args.format).map_err(|e| Failure::new(Exit::Usage, e))?;
    let name = args.name.join(" ");
    if name.trim().is_empty() {
        return Err(Failure::said(Exit::Usage, "the name is empty", "write it as it stands on the invoice"));
    }
    if name.len() > LONGEST_NAME {
        let message = format!("the name has {} bytes, and no name has more than {LONGEST_NAME}", name.len());
        return Err(Failure::said(Exit::Usage, message, "write it as it stands on the invoice"));
    }
    if let Some(path) = &args.certificate {
        certificate::Form::from_path(path).map_err(|e| Failure::new(Exit::Usage, e))?;
    }
    let as_of = super::today(args.as_of);
    let policy = PolicyInForce::read(args.policy.as_deref())?;
    let choose = || lists::choose(&args.lists, as_of, &policy.policy, None);
    let (lists, ()) = rayon::join(choose, lists::read_tables);
    let lists = lists?;
    lists.warn(console);
    let unfit = lists.exit();
    let (lists, health) = lists.into_parts();
    let request = Request {
        as_of,
        inputs: Vec::new(),
        subjects: vec![subject(name.trim(), args)],
        not_screened: Vec::new(),
        lists,
        health,
        completed: unfit == Exit::Done,
        min_score: policy.min_score(args.lists.min_score),
        policy: &policy.policy,
        policy_sha256: policy.sha256(),
        options: policy.thresholds(args.lists.min_score),
        decisions: &[],
        decisions_sha256: None,
    };
    let (screening, _) = screen::screen(request, &|_, _| ());
    let fail_on = policy.fail_on(args.fail_on);
    let options = ReportOptions { brief: true, ..policy.report_options(console, Audience::Exempt, fail_on) };
    if let Some(path) = &args.certificate {
        certificate::write_file(&screening, &[name.trim()], path, &options)
            .map_err(|e| Failure::new(Exit::Usage, e))?;
    }
    let print = || {
        let mut out = console.out();
        report::write(&screening, format, &options, &mut out).map_err(|e| Failure::new(Exit::Usage, e))?;
        Ok(out.flush()?)
    };
    unless_reader_left(print())?;
    Ok(unfit.and(findings_exit(&screening, fail_on)))
}

/// As in a file: what is longer is no name.
const LONGEST_NAME: usize = 2_000;

/// The name as a subject: one row of a file called `command line`.
fn subject(name: &str, args: &CheckArgs) -> Subject {
    let first = Place { file: Arc::from("command line"), sheet: None, record: 1, line: None };
    Subject {
        id: name.into(),
        track: if args.holding { Track::Holdings } else { Track::Suppliers },
        kind: args.kind,
        name: name.into(),
        spellings: thin_vec![Spelling { name: name.into(), rows: 1, first: first.clone() }],
        aliases: ThinVec::new(),
        countries: args.country.into_iter().collect(),
        identifiers: ThinVec::new(),
        exposure: Exposure::default(),
        rows: 1,
        first,
        category: None,
        contract_end: None,
    }
}
