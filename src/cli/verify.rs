//! `wharfinger verify`: does a report still follow from its inputs, lists, policy and decisions?
//!
//! Every hash that the report carries is computed again, the run is replayed as of its own day, and what differs is said.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Parser};
use serde_json::{Map, Value};

use super::args::{Cli, Command, ScreenArgs};
use super::console::Console;
use super::exit::{Exit, Failure};
use super::screen::{Screened, screen_files};
use super::settings::{Known, PolicyInForce};
use crate::judge::decision::EarlierReport;
use crate::load::Field;
use crate::report::{self, Format, ReportOptions, escape};

/// `wharfinger verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The JSON report to verify
    #[arg(value_name = "RUN.json")]
    pub(super) report: PathBuf,
    /// The folder that the paths of its inputs are seen from (default: the current one)
    #[arg(long, value_name = "FOLDER")]
    pub(super) inputs: Option<PathBuf>,
    /// A list file or folder that the run added to the bundled ones; repeatable
    #[arg(long, value_name = "PATH")]
    pub(super) watchlists: Vec<PathBuf>,
    /// The policy of the run (default: `wharfinger.toml` in the current folder, if the run had one)
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// The log of decisions, which may have grown since
    #[arg(long, value_name = "LOG")]
    pub(super) decisions: Option<PathBuf>,
    /// The baseline of the run
    #[arg(long, value_name = "REPORT.json")]
    pub(super) baseline: Option<PathBuf>,
}

/// One thing that differs, and the exit code that it stands for.
struct Difference {
    exit: Exit,
    text: String,
}

/// What was checked, line by line, and what differs.
#[derive(Default)]
struct Findings {
    same: Vec<String>,
    differ: Vec<Difference>,
}

impl Findings {
    fn compare(&mut self, exit: Exit, what: &str, reported: &str, found: &str) {
        if reported == found {
            self.same.push(what.to_owned());
        } else {
            self.differ(exit, format!("{what}: the report says `{reported}`, it is `{found}`"));
        }
    }

    fn differ(&mut self, exit: Exit, text: String) {
        self.differ.push(Difference { exit, text });
    }
}

/// Runs the command.
pub(super) fn run(args: &VerifyArgs, console: Console) -> Result<Exit, Failure> {
    let report = read_report(&args.report)?;
    let run = report
        .get("run")
        .and_then(Value::as_object)
        .ok_or_else(|| not_a_report(&args.report, "it has no `run`"))?;
    let mut found = Findings::default();
    let files_are_there = check_inputs(run, args, &mut found);
    let (policy, known) = check_settings(run, args, console, &mut found)?;
    if files_are_there {
        let typed = replay_args(run, args)?;
        let Screened { screening, .. } = screen_files(&typed, &policy, &known, console)?;
        let mut bytes = Vec::new();
        report::write(&screening, Format::Json, &replay_options(run, &policy), &mut bytes)
            .map_err(|e| Failure::new(Exit::Usage, e))?;
        let replayed: Value =
            serde_json::from_slice(&bytes).map_err(|error| not_a_report(&args.report, &error.to_string()))?;
        check_results(&report, &replayed, &mut found);
    }
    tell(&args.report, &found, console)
}

fn read_report(path: &Path) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::said(
            Exit::Usage,
            format!("cannot read `{}`: {error}", path.display()),
            "name the JSON report of a run",
        )
    })?;
    EarlierReport::parse(path, &text).map_err(|error| Failure::new(Exit::Usage, error))?;
    serde_json::from_str(&text).map_err(|error| not_a_report(path, &error.to_string()))
}

fn not_a_report(path: &Path, what: &str) -> Failure {
    Failure::said(
        Exit::Usage,
        format!("`{}` is not a JSON report of this program: {what}", path.display()),
        "give the file that `wharfinger screen -o report.json` wrote",
    )
}

fn text<'a>(object: &'a Map<String, Value>, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn objects<'a>(object: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// The file of an input: an archive's member stands after a `!`.
fn input_file(path: &str, args: &VerifyArgs) -> PathBuf {
    let given = args.inputs.as_deref().unwrap_or(Path::new("")).join(path);
    match path.split_once('!') {
        Some((archive, _)) if !given.exists() => {
            args.inputs.as_deref().unwrap_or(Path::new("")).join(archive)
        }
        _ => given,
    }
}

/// Hashes every input again; says whether all are there to be replayed.
fn check_inputs(run: &Map<String, Value>, args: &VerifyArgs, found: &mut Findings) -> bool {
    let mut all_there = true;
    for input in objects(run, "inputs") {
        let path = text(input, "path");
        match hash(&input_file(path, args)) {
            Ok(hash) => {
                found.compare(Exit::InputUnfit, &format!("input `{path}`"), text(input, "sha256"), &hash);
            }
            Err(error) => {
                all_there = false;
                found.differ(Exit::InputUnfit, format!("input `{path}` cannot be read: {error}"));
            }
        }
    }
    all_there
}

/// The hash of a file. What a report names may be a device without end or a pipe that never answers: only files are read.
fn hash(path: &Path) -> std::io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is not a file"));
    }
    std::fs::File::open(path).and_then(crate::read::open::sha256)
}

/// Reads policy, decisions and baseline, and compares their hashes.
fn check_settings(
    run: &Map<String, Value>,
    args: &VerifyArgs,
    console: Console,
    found: &mut Findings,
) -> Result<(PolicyInForce, Known), Failure> {
    let reported = text(run, "policy_sha256");
    let policy = if reported.is_empty() && args.policy.is_none() {
        PolicyInForce::default()
    } else {
        PolicyInForce::read(args.policy.as_deref())?
    };
    found.compare(Exit::Usage, "policy", reported, &policy.sha256().unwrap_or_default());
    let mut known = Known::read_files(args.decisions.as_deref(), args.baseline.as_deref(), console)?;
    let head = text(run, "decisions_sha256");
    match known.log.until(head) {
        Some(then) if known.has_log => {
            found.same.push("log of decisions".to_owned());
            known.log = then;
        }
        _ => {
            found.compare(
                Exit::DecisionsUnfit,
                "log of decisions",
                head,
                &known.sha256().unwrap_or_default(),
            );
        }
    }
    Ok((policy, known))
}

/// The options of a run that a replay takes over: what they change is the result. None names a file to be written.
const REPLAYED: &[&str] = &[
    "delimiter",
    "encoding",
    "ground",
    "header_row",
    "include_persons",
    "kind",
    "list",
    "map",
    "min_score",
    "no_bundled",
    "no_merge",
    "sheet",
];

/// The command line that the run stands for, on the day that it was judged by.
///
/// The report may be anybody's: an option that no report has is refused, and what it calls an input is never an option.
fn replay_args(run: &Map<String, Value>, args: &VerifyArgs) -> Result<ScreenArgs, Failure> {
    let mut typed: Vec<OsString> = vec!["wharfinger".into(), "screen".into()];
    let mut option = |name: &str, value: &str| {
        let flag = format!("--{}", name.replace('_', "-"));
        typed.push(if value == "true" { flag.into() } else { format!("{flag}={value}").into() });
    };
    option("as_of", text(run, "as_of"));
    for list in &args.watchlists {
        option("watchlists", &list.to_string_lossy());
    }
    for (name, value) in run.get("options").and_then(Value::as_object).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        match name.as_str() {
            // The policy says these again.
            _ if name.starts_with("policy.") => {}
            unknown if !REPLAYED.contains(&unknown) => {
                return Err(not_a_report(&args.report, &format!("no run has the option `{unknown}`")));
            }
            "map" => split_map(value).iter().for_each(|one| option(name, one)),
            "list" | "ground" => value.split(", ").for_each(|one| option(name, one)),
            _ => option(name, value),
        }
    }
    let mut files: Vec<PathBuf> =
        objects(run, "inputs").map(|input| input_file(text(input, "path"), args)).collect();
    files.dedup();
    typed.push("--".into());
    typed.extend(files.into_iter().map(PathBuf::into_os_string));
    let cli = Cli::try_parse_from(typed).map_err(|error| {
        Failure::said(
            Exit::Usage,
            format!("the options of the run are not understood: {error}"),
            "use the version that wrote the report",
        )
    })?;
    match cli.command {
        Command::Screen(mut args) => {
            args.run.quiet = true;
            Ok(*args)
        }
        _ => Err(not_a_report(&args.report, "it is not of a screening")),
    }
}

/// `name=A, B, amount=C` as its parts: a column's name may hold the comma, a part begins with a field.
fn split_map(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in text.split(", ") {
        let begins = Field::ALL
            .iter()
            .any(|field| piece.strip_prefix(field.as_str()).is_some_and(|rest| rest.starts_with('=')));
        match parts.last_mut() {
            Some(last) if !begins => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    parts
}

fn replay_options(run: &Map<String, Value>, policy: &PolicyInForce) -> ReportOptions {
    let audience = text(run, "audience").parse().unwrap_or_default();
    let public_names = policy.policy.report.public_names;
    ReportOptions { audience, public_names, ..ReportOptions::default() }
}

/// Compares what the run found with what the replay finds, and the lists that both stood on.
fn check_results(reported: &Value, replayed: &Value, found: &mut Findings) {
    let empty = Map::new();
    let run_of = |value: &Value| value.get("run").and_then(Value::as_object).unwrap_or(&empty).clone();
    let (before, now) = (run_of(reported), run_of(replayed));
    found.compare(Exit::Usage, "program", text(&before, "version"), text(&now, "version"));
    let hash_of = |run: &Map<String, Value>, slug: &str| {
        objects(run, "watchlists")
            .find(|list| text(list, "slug") == slug)
            .map(|list| text(list, "sha256").to_owned())
    };
    for list in objects(&before, "watchlists") {
        let slug = text(list, "slug");
        let what = format!("list `{slug}`");
        match hash_of(&now, slug) {
            Some(hash) => found.compare(Exit::WatchlistsUnfit, &what, text(list, "sha256"), &hash),
            None => found.differ(
                Exit::WatchlistsUnfit,
                format!("{what} is not there: name it with `--watchlists PATH`"),
            ),
        }
    }
    for list in objects(&now, "watchlists").filter(|list| hash_of(&before, text(list, "slug")).is_none()) {
        found.differ(Exit::WatchlistsUnfit, format!("list `{}` is new since the run", text(list, "slug")));
    }
    check_findings(reported, replayed, found);
    for part in ["summary", "not_screened", "gone", "decisions"] {
        if reported.get(part) == replayed.get(part) {
            found.same.push(format!("part `{part}`"));
        } else {
            found.differ(Exit::Findings, format!("part `{part}`"));
        }
    }
}

fn check_findings(reported: &Value, replayed: &Value, found: &mut Findings) {
    let (before, now) = (findings_of(reported), findings_of(replayed));
    let mut differ = |text: String| found.differ(Exit::Findings, text);
    for (id, finding) in &before {
        let Some(again) = now.get(id) else {
            differ(format!("finding {id} ({}) is not found again", text(finding, "subject_name")));
            continue;
        };
        let fields: Vec<&str> = finding
            .iter()
            .filter(|(key, value)| again.get(*key) != Some(value))
            .map(|(key, _)| key.as_str())
            .collect();
        if !fields.is_empty() {
            differ(format!("finding {id} differs in {}", fields.join(", ")));
        }
    }
    for (id, finding) in now.iter().filter(|(id, _)| !before.contains_key(*id)) {
        differ(format!("finding {id} ({}) is not in the report", text(finding, "subject_name")));
    }
    if before == now {
        found.same.push(format!("{} findings", before.len()));
    }
}

/// The findings of a report by their ids.
fn findings_of(report: &Value) -> BTreeMap<&str, &Map<String, Value>> {
    let all = report.get("findings").and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|finding| (text(finding, "finding_id"), finding))
        .collect()
}

fn tell(report: &Path, found: &Findings, console: Console) -> Result<Exit, Failure> {
    let mut out = console.out();
    for same in &found.same {
        writeln!(out, "same      {}", escape::one_line(same))?;
    }
    for difference in &found.differ {
        writeln!(out, "DIFFERENT {}", escape::one_line(&difference.text))?;
    }
    let verdict =
        if found.differ.is_empty() { "is what its inputs give" } else { "is NOT what its inputs give" };
    writeln!(out, "`{}` {verdict}", report.display())?;
    out.flush()?;
    Ok(found.differ.iter().fold(Exit::Done, |exit, difference| exit.and(difference.exit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_split_at_fields_and_nowhere_else() {
        assert_eq!(split_map("name=Supplier, Ltd, amount=Net"), ["name=Supplier, Ltd", "amount=Net"]);
        assert_eq!(split_map("name=#3"), ["name=#3"]);
    }
}
