//! `wharfinger screen`: the main job.

use std::io::Write;
use std::path::Path;

use super::args::{Kind, LoadArgs, ScreenArgs};
use super::console::Console;
use super::exit::{Exit, Failure, both, unless_reader_left};
use super::lists::{self, Lists};
use super::progress::{self, Progress};
use super::reading;
use super::settings::{Known, PolicyInForce};
use super::stream;
use crate::index::Stats;
use crate::judge::decision::Fate;
use crate::load::{self, LoadError, LoadOptions, Loaded, Source};
use crate::report::{self, Audience, Format, ReportOptions, Standing, annotate, certificate, escape};
use crate::screen::{self, Options, Request, Screening};
use crate::vocab::Flag;

/// Runs the command.
pub(super) fn run(args: &ScreenArgs, console: Console) -> Result<Exit, Failure> {
    match args.run.threads {
        None => run_here(args, console),
        // A pool of its own: the global one can be set only once a process.
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let pool =
                pool.map_err(|e| Failure::said(Exit::Usage, e.to_string(), "try a smaller `--threads`"))?;
            pool.install(|| run_here(args, console))
        }
    }
}

fn run_here(args: &ScreenArgs, console: Console) -> Result<Exit, Failure> {
    let format = args.format.as_deref().map(Format::from_name).transpose();
    let format = format.map_err(|e| Failure::new(Exit::Usage, e))?;
    check_outputs(args)?;
    let policy = PolicyInForce::read(args.judge.policy.as_deref());
    let (policy, known) = both(policy, Known::read(&args.judge, console), console)?;
    if stream::is_meant(args, format) {
        return stream::run(args, &policy, &known, console);
    }
    if args.allow_empty {
        return Err(Failure::said(
            Exit::Usage,
            "`--allow-empty` is for a stream alone",
            "screen `-` with `--no-merge`, to JSON lines on standard output",
        ));
    }
    let format = format.unwrap_or(Format::Table);
    let Screened { screening, stats, unfit } = screen_files(args, &policy, &known, console)?;
    if args.stats {
        console.note(&stats.to_string());
    }
    let fail_on = policy.fail_on(args.fail_on);
    let options = policy.report_options(console, args.audience, fail_on);
    let beside = write_beside(args, &screening, &options, console);
    let written = write(&screening, format, &args.output, &options, console);
    beside?;
    let exit = unfit
        .and(decisions_exit(&screening, args.run.quiet, console))
        .and(findings_exit(&screening, fail_on))
        .and(written);
    // The process ends here: to let go of every subject one by one would only make the officer wait.
    std::mem::forget(screening);
    Ok(exit)
}

/// Refuses what cannot be written before any work is done.
fn check_outputs(args: &ScreenArgs) -> Result<(), Failure> {
    for path in &args.output {
        Format::from_path(path).map_err(|e| Failure::new(Exit::Usage, e))?;
    }
    if let Some(path) = &args.annotate {
        annotate::check(path).map_err(|e| Failure::new(Exit::Usage, e))?;
    }
    if let Some(path) = &args.certificate {
        certificate::Form::from_path(path).map_err(|e| Failure::new(Exit::Usage, e))?;
    }
    let beside = args.annotate.is_some() || args.certificate.is_some();
    if beside && args.audience == Audience::Public {
        return Err(Failure::said(
            Exit::Usage,
            "`--annotate` and `--certificate` name everybody and have no public version",
            "write them in a run of their own, without `--audience public`",
        ));
    }
    Ok(())
}

/// Writes what is no report: the officer's own rows with the answers, and certificates.
fn write_beside(
    args: &ScreenArgs,
    screening: &Screening,
    options: &ReportOptions,
    console: Console,
) -> Result<(), Failure> {
    if let Some(path) = &args.annotate {
        annotate::annotate(screening, path).map_err(|e| Failure::new(Exit::Usage, e))?;
    }
    let Some(path) = &args.certificate else { return Ok(()) };
    let names: Vec<&str> = args.subject.iter().map(String::as_str).collect();
    let standings = certificate::write_file(screening, &names, path, options)
        .map_err(|e| Failure::new(Exit::Usage, e))?;
    for (name, _) in names.iter().zip(standings).filter(|(_, found)| *found == Standing::NotScreened) {
        console.warn(&format!(
            "`{}` was not screened: no subject has this name or id, and its certificate says so",
            escape::one_line(name)
        ));
    }
    Ok(())
}

/// A screening, the counts of its work, and the code of what was unfit in it.
pub(super) struct Screened {
    /// The screening.
    pub(super) screening: Screening,
    /// The counts.
    pub(super) stats: Stats,
    /// 0 where all that it stood on was fit.
    pub(super) unfit: Exit,
}

/// Reads the files and the lists and screens the one against the other.
pub(super) fn screen_files(
    args: &ScreenArgs,
    policy: &PolicyInForce,
    known: &Known,
    console: Console,
) -> Result<Screened, Failure> {
    let as_of = super::today(args.run.as_of);
    // Lists and files have nothing to do with each other, and a small file takes no longer than the bundled lists.
    let choose = || lists::choose(&args.lists, as_of, &policy.policy, known.baseline.as_ref());
    let ((lists, ()), loaded) =
        rayon::join(|| rayon::join(choose, lists::read_tables), || read(args, policy, console));
    let (lists, loaded) = both(lists, loaded, console)?;
    warn_of_persons(args, policy, console);
    if !args.run.quiet {
        reading::report(&loaded, console);
        lists.warn(console);
    }
    if let Some(path) = &args.rejects {
        reading::write_rejects(&loaded.rejects, path)?;
    }
    let unfit = lists.exit();
    let bar = Progress::names("matching", progress::wanted(args.run.quiet, args.run.no_progress));
    let request = request(args, loaded, lists, as_of, policy, known);
    let (mut screening, stats) = screen::screen(request, &|done, all| bar.set(done as u64, all as u64));
    drop(bar);
    if let Some(earlier) = &known.baseline {
        screening.compare_with(earlier, &policy.policy);
    }
    Ok(Screened { screening, stats, unfit })
}

/// Reads the files, and takes spellings together unless told not to.
fn read(args: &ScreenArgs, policy: &PolicyInForce, console: Console) -> Result<Loaded, Failure> {
    let sources: Vec<Source> = args.files.iter().map(|path| source(path)).collect();
    let options = load_options(&args.load, policy.include_persons(args.include_persons), !args.no_merge);
    let bar = Progress::bytes("reading", progress::wanted(args.run.quiet, args.run.no_progress));
    let mut loaded = load::load(&sources, &options, &|p| bar.set(p.bytes, p.bytes_total.unwrap_or(p.bytes)))
        .map_err(|error| unfit_rows(error, args, console))?;
    drop(bar);
    if options.merge {
        loaded.subjects = crate::merge::merge(loaded.subjects);
    }
    Ok(loaded)
}

/// An input that cannot be screened: 4, or 2 where the command line is at fault.
pub(super) fn unfit_input(error: LoadError) -> Failure {
    let exit = if error.is_usage() { Exit::Usage } else { Exit::InputUnfit };
    Failure::new(exit, error)
}

/// As [`unfit_input`]; the rows that could not be read are written all the same, where they are asked for.
pub(super) fn unfit_rows(error: LoadError, args: &ScreenArgs, console: Console) -> Failure {
    let rejects = error.rejects();
    if let Some(path) = args.rejects.as_ref().filter(|_| !rejects.is_empty())
        && let Err(failure) = reading::write_rejects(rejects, path)
    {
        console.report(&failure);
    }
    unfit_input(error)
}

/// Says where natural persons are screened without a lawful basis on record.
pub(super) fn warn_of_persons(args: &ScreenArgs, policy: &PolicyInForce, console: Console) {
    if args.include_persons && !policy.policy.persons.screen {
        console.warn(
            "natural persons are screened and no policy states the lawful basis: set `persons.lawful_basis`",
        );
    }
}

fn source(path: &Path) -> Source {
    if path.as_os_str() == "-" { Source::Stdin } else { Source::Path(path.to_owned()) }
}

/// What was typed, as loading wants it.
pub(super) fn load_options(args: &LoadArgs, include_persons: bool, merge: bool) -> LoadOptions {
    LoadOptions {
        kind: match args.kind {
            Kind::Auto => None,
            Kind::Given(track) => Some(track),
        },
        map: args.map.iter().cloned().collect(),
        sheet: args.sheet.clone(),
        header_record: args.header_row,
        encoding: args.encoding.clone(),
        delimiter: args.delimiter,
        include_persons,
        merge,
    }
}

fn request<'a>(
    args: &ScreenArgs,
    loaded: Loaded,
    lists: Lists,
    as_of: jiff::civil::Date,
    policy: &'a PolicyInForce,
    known: &'a Known,
) -> Request<'a> {
    let completed = lists.exit() == Exit::Done;
    let (lists, health) = lists.into_parts();
    Request {
        as_of,
        inputs: loaded.inputs,
        subjects: loaded.subjects,
        not_screened: loaded.not_screened,
        lists,
        health,
        completed,
        min_score: policy.min_score(args.lists.min_score),
        policy: &policy.policy,
        policy_sha256: policy.sha256(),
        options: options(args, policy),
        decisions: known.log.records(),
        decisions_sha256: known.sha256(),
    }
}

/// The options that could change a result, as they were given.
fn options(args: &ScreenArgs, policy: &PolicyInForce) -> Options {
    let mut options = policy.thresholds(args.lists.min_score);
    let mut note = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            options.insert(name.to_owned(), value);
        }
    };
    let joined = |values: Vec<String>| (!values.is_empty()).then(|| values.join(", "));
    note("no_bundled", args.lists.no_bundled.then(|| "true".to_owned()));
    note("list", joined(args.lists.list.clone()));
    note("ground", joined(args.lists.ground.iter().map(ToString::to_string).collect()));
    note("no_merge", args.no_merge.then(|| "true".to_owned()));
    note("include_persons", args.include_persons.then(|| "true".to_owned()));
    note("map", joined(args.load.map.iter().map(|(f, c)| format!("{}={c}", f.as_str())).collect()));
    note("sheet", args.load.sheet.clone());
    note("header_row", args.load.header_row.map(|n| n.to_string()));
    note("encoding", args.load.encoding.clone());
    note("delimiter", args.load.delimiter.map(String::from));
    if let Kind::Given(track) = args.load.kind {
        note("kind", Some(track.to_string()));
    }
    // What the policy says that a reader of the report must know; `verify` takes it from the policy.
    let persons = &policy.policy.persons;
    note("policy.persons.lawful_basis", persons.screen.then(|| persons.lawful_basis.clone()));
    note("policy.retention.days", policy.path.as_ref().map(|_| policy.policy.retention.days.to_string()));
    options
}

/// Writes every output that can be written, and says which cannot: one full disk does not lose the others.
fn write(
    screening: &Screening,
    format: Format,
    files: &[std::path::PathBuf],
    options: &ReportOptions,
    console: Console,
) -> Exit {
    let to_file = |path: &std::path::PathBuf| {
        report::write_file(screening, path, options).map_err(|e| Failure::new(Exit::Usage, e))
    };
    let printed = || {
        let mut out = console.out();
        report::write(screening, format, options, &mut out).map_err(|e| Failure::new(Exit::Usage, e))?;
        Ok(out.flush()?)
    };
    let mut exit = Exit::Done;
    for written in files.iter().map(to_file).chain([unless_reader_left(printed())]) {
        if let Err(failure) = written {
            console.report(&failure);
            exit = exit.and(failure.exit);
        }
    }
    exit
}

/// 1 where a finding fails at the flag, else 0.
pub(super) fn findings_exit(screening: &Screening, fail_on: Option<Flag>) -> Exit {
    let fails = |threshold: Flag| screening.findings.iter().any(|finding| finding.fails_at(threshold));
    if fail_on.is_some_and(fails) { Exit::Findings } else { Exit::Done }
}

/// 5 where a candidate rests on a decision whose day has passed; how many others do not simply stand is told.
fn decisions_exit(screening: &Screening, quiet: bool, console: Console) -> Exit {
    let count = |fate| screening.decisions.iter().filter(|note| note.fate == fate).count();
    let others: Vec<String> = [Fate::Reopened, Fate::Orphaned, Fate::Unused]
        .into_iter()
        .filter(|fate| count(*fate) > 0)
        .map(|fate| format!("{} {}", count(fate), fate.as_str()))
        .collect();
    if !others.is_empty() && !quiet {
        console.note(&format!("decisions that did not simply stand: {}", others.join(", ")));
    }
    expired_exit(count(Fate::Expired), console)
}

/// 5 where decisions that candidates rest on have expired.
pub(super) fn expired_exit(expired: usize, console: Console) -> Exit {
    if expired == 0 {
        return Exit::Done;
    }
    console.warn(&format!("{expired} decisions have passed their review day and no longer stand"));
    Exit::DecisionsUnfit
}
