//! `wharfinger completions` and `wharfinger man`: both are made from the command line itself.

use std::io::Write;

use clap::CommandFactory;

use super::args::Cli;
use super::console::Console;
use super::exit::{Exit, Failure};

/// Writes a completion script.
pub(super) fn completions(shell: clap_complete::Shell, console: Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wharfinger", &mut script);
    write(&script, console)
}

/// Writes the manual page, in roff.
pub(super) fn man(console: Console) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    write(&page, console)
}

fn write(text: &[u8], console: Console) -> Result<Exit, Failure> {
    let mut out = console.out();
    out.write_all(text)?;
    out.flush()?;
    Ok(Exit::Done)
}
