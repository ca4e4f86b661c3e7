//! `wharfinger init`: writes a commented policy file.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::exit::{Exit, Failure};
use crate::judge::Policy;
use crate::report;

/// `wharfinger init`.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Where to write it; `-` for standard output
    #[arg(value_name = "FILE", default_value = "wharfinger.toml")]
    pub(super) file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub(super) force: bool,
}

/// Runs the command.
pub(super) fn run(args: &InitArgs, console: Console) -> Result<Exit, Failure> {
    if args.file.as_os_str() == "-" {
        let mut out = console.out();
        out.write_all(Policy::TEMPLATE.as_bytes())?;
        out.flush()?;
        return Ok(Exit::Done);
    }
    let shown = args.file.display();
    if args.file.exists() && !args.force {
        return Err(Failure::said(
            Exit::Usage,
            format!("`{shown}` is there already"),
            "name another file, or write over it with `--force`",
        ));
    }
    report::put(&args.file, Policy::TEMPLATE.as_bytes()).map_err(|error| {
        Failure::unwritable(&args.file, &error, "name a file in a folder that you may write to")
    })?;
    console.note(&format!("wrote `{shown}`: every setting at its default, with comments"));
    Ok(Exit::Done)
}
