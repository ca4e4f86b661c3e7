//! `wharfinger screen - --no-merge`: rows in, JSON lines out, as they come.

use std::io::{self, Write};

use rayon::prelude::*;

use super::args::ScreenArgs;
use super::console::Console;
use super::exit::{Exit, Failure, both};
use super::lists;
use super::reading;
use super::screen::{expired_exit, load_options, unfit_input, unfit_rows, warn_of_persons};
use super::settings::{Known, PolicyInForce};
use crate::judge::Terms;
use crate::load::{RowStream, STREAM_BLOCK};
use crate::report::{self, Audience, Format};
use crate::stream::{Passed, Stream};
use crate::vocab::Flag;
use crate::watchlist::List;

/// Whether rows are to be answered as they come: standard input alone, unmerged, to JSON lines on standard output, and
/// nothing asked for that needs the whole run.
pub(super) fn is_meant(args: &ScreenArgs, format: Option<Format>) -> bool {
    let alone = matches!(args.files.as_slice(), [only] if only.as_os_str() == "-");
    let whole = !args.output.is_empty()
        || args.annotate.is_some()
        || args.certificate.is_some()
        || args.judge.baseline.is_some()
        || args.audience == Audience::Public;
    alone && args.no_merge && !whole && matches!(format, None | Some(Format::Jsonl))
}

/// Runs the command.
pub(super) fn run(
    args: &ScreenArgs,
    policy: &PolicyInForce,
    known: &Known,
    console: Console,
) -> Result<Exit, Failure> {
    let as_of = crate::cli::today(args.run.as_of);
    let options = load_options(&args.load, policy.include_persons(args.include_persons), false);
    let (lists, rows) = rayon::join(
        || lists::choose(&args.lists, as_of, &policy.policy, None),
        || RowStream::open("-", Box::new(io::stdin()), &options, STREAM_BLOCK, args.allow_empty),
    );
    let (lists, mut rows) = both(lists, rows.map_err(unfit_input), console)?;
    warn_of_persons(args, policy, console);
    if !args.run.quiet {
        lists.warn(console);
    }
    let terms =
        Terms::new(&policy.policy, as_of).fit(lists.exit() == Exit::Done).decisions(known.log.records());
    let mut stream = Stream::new(&lists.chosen, policy.min_score(args.lists.min_score), terms);
    let mut seen = Seen { fail_on: policy.fail_on(args.fail_on), ..Seen::default() };
    let passed = pass(&mut rows, &mut stream, lists.chosen.lists(), &mut seen);
    if args.stats {
        console.note(&stream.stats().to_string());
    }
    let decisions = seen.decisions(args.run.quiet, console);
    let exit = lists.exit().and(decisions).and(seen.exit);
    let read = match passed {
        Ok(Pass::Whole) => close(rows, args, console),
        // The reader has seen what it wanted; rows that were not read prove nothing.
        Ok(Pass::ReaderLeft) => Ok(()),
        Err(failure) => Err(failure),
    };
    // What was found before an input turned out unfit is printed already, and the graver code wins.
    Ok(match read {
        Ok(()) => exit,
        Err(failure) => {
            console.report(&failure);
            exit.and(failure.exit)
        }
    })
}

/// How a stream ended.
enum Pass {
    /// All rows were read.
    Whole,
    /// Nobody reads the results any more.
    ReaderLeft,
}

fn pass(
    rows: &mut RowStream<'_>,
    stream: &mut Stream<'_>,
    lists: &[List],
    seen: &mut Seen,
) -> Result<Pass, Failure> {
    // JSON has no byte that a terminal would take for a command: nothing needs to be taken out on the way.
    let mut out = io::stdout().lock();
    while let Some(blocks) = rows.advance().map_err(unfit_input)? {
        let passed = stream.screen(blocks);
        for (passed, lines) in passed.iter().zip(lines(&passed, lists)?) {
            seen.note(passed);
            match out.write_all(&lines).and_then(|()| out.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Pass::ReaderLeft),
                written => written?,
            }
        }
    }
    Ok(Pass::Whole)
}

/// The findings of each block as JSON lines.
fn lines(passed: &[Passed], lists: &[List]) -> Result<Vec<Vec<u8>>, Failure> {
    let written = passed.par_iter().map(|passed| {
        let mut lines = Vec::new();
        report::write_lines(&passed.findings, &passed.subjects, lists, &mut lines).map(|()| lines)
    });
    written.collect::<Result<_, _>>().map_err(|e| Failure::new(Exit::Usage, e))
}

/// What of the findings outlives their block.
#[derive(Default)]
struct Seen {
    fail_on: Option<Flag>,
    exit: Exit,
    expired: usize,
    reopened: usize,
}

impl Seen {
    fn note(&mut self, passed: &Passed) {
        self.expired += passed.expired;
        self.reopened += passed.reopened;
        let fails = |threshold: Flag| passed.findings.iter().any(|finding| finding.fails_at(threshold));
        if self.fail_on.is_some_and(fails) {
            self.exit = self.exit.and(Exit::Findings);
        }
    }

    fn decisions(&self, quiet: bool, console: Console) -> Exit {
        if self.reopened > 0 && !quiet {
            console.note(&format!("decisions that did not simply stand: {} reopened", self.reopened));
        }
        expired_exit(self.expired, console)
    }
}

/// Tells how the rows were read, and writes those that could not be.
fn close(rows: RowStream<'_>, args: &ScreenArgs, console: Console) -> Result<(), Failure> {
    let loaded = rows.close().map_err(|error| unfit_rows(error, args, console))?;
    if !args.run.quiet {
        reading::report(&loaded, console);
    }
    args.rejects.as_ref().map_or(Ok(()), |path| reading::write_rejects(&loaded.rejects, path))
}
