//! Writes a watchlist, ledgers and the truth about them into a folder.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::Parser;
use wharfinger_bench::{Model, Plan, write_ledger, write_list, write_truth};

/// Writes generated lists (`list-N.csv`), ledgers (`ledger-N.csv`) and `truth.csv` to measure speed with.
#[derive(Parser)]
struct Args {
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Entries of the lists; the smaller lists are prefixes of the largest; separated by commas
    #[arg(long, value_delimiter = ',', default_value = "100000")]
    listed: Vec<usize>,
    /// Distinct subjects
    #[arg(long, default_value_t = 100_000)]
    subjects: usize,
    /// Rows of the ledgers, which hold the same subjects; separated by commas
    #[arg(long, value_delimiter = ',', default_value = "1000000")]
    rows: Vec<usize>,
    /// Registers of company names to take words and shapes from, FILE.csv[.gz]:COLUMN (default: the tables compiled in)
    #[arg(long)]
    names: Vec<String>,
    /// The folder
    #[arg(short, long)]
    output: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let model = if args.names.is_empty() { Model::built_in() } else { Model::from_registers(&args.names)? };
    let plan = Plan::new(&model, args.listed.iter().copied().max().unwrap_or(0), args.subjects, args.seed);
    std::fs::create_dir_all(&args.output)?;
    let create = |name: &str| File::create(Path::new(&args.output).join(name)).map(BufWriter::new);
    for size in &args.listed {
        write_list(plan.listed.get(..*size).unwrap_or_default(), create(&format!("list-{size}.csv"))?)?;
    }
    for rows in &args.rows {
        write_ledger(&plan.subjects, *rows, args.seed, create(&format!("ledger-{rows}.csv"))?)?;
    }
    Ok(write_truth(&plan, create("truth.csv")?)?)
}
