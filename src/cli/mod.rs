//! The command line: the only room that prints, reads the clock or the environment, or exits.

mod args;
mod check;
mod compare;
mod completions;
mod console;
mod decisions;
mod exit;
mod init;
mod lists;
mod progress;
mod reading;
mod screen;
mod settings;
mod stream;
mod verify;
mod watchlists;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use jiff::tz::TimeZone;

use args::{Cli, Command};
use console::Console;
use exit::{Exit, Failure};

/// Runs the program on the arguments of a process and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let console = Console::new(cli.color);
    match dispatch(cli.command, console) {
        Ok(exit) => exit.into(),
        Err(failure) if failure.is_broken_pipe() => Exit::Done.into(),
        Err(failure) => {
            console.report(&failure);
            failure.exit.into()
        }
    }
}

fn dispatch(command: Command, console: Console) -> Result<Exit, Failure> {
    match command {
        Command::Screen(args) => screen::run(&args, console),
        Command::Check(args) => check::run(&args, console),
        Command::Compare(args) => compare::run(&args, console),
        Command::Watchlists(args) => watchlists::run(&args, console),
        Command::Decisions(args) => decisions::run(&args, console),
        Command::Verify(args) => verify::run(&args, console),
        Command::Init(args) => init::run(&args, console),
        Command::Completions { shell } => completions::completions(shell, console),
        Command::Man => completions::man(console),
    }
}

/// Help and version are answers (0); anything else is wrong usage (2).
fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done where even the message cannot be printed.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() }
}

/// The day a command is judged by: the one given, or the machine's.
fn today(given: Option<jiff::civil::Date>) -> jiff::civil::Date {
    given.unwrap_or_else(|| jiff::Timestamp::now().to_zoned_datetime(time_zone()).date())
}

/// The machine's time zone. Where nothing but `/etc/localtime` says which it is, that file says all that is needed: to look its name up
/// would walk every folder of the time zone database first.
fn time_zone() -> TimeZone {
    let of_the_file = || TimeZone::tzif("local", &std::fs::read("/etc/localtime").ok()?).ok();
    std::env::var_os("TZ").is_none().then(of_the_file).flatten().unwrap_or_else(TimeZone::system)
}
