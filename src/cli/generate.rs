//! `bench generate`: a graph of synthetic facts, and what it cost.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::Outcome;
use super::bench::peak_memory;
use crate::error::Result;
use crate::pipeline::made;
use crate::store::{Mode, Store};

/// Build a graph of synthetic facts, the same for the same seed, and tell what it cost
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph bench generate --facts 100000 --graph made\n\nThe facts are about real states, and \
nothing in them happened. Give a folder of its own."
)]
pub struct Args {
    /// How many facts; ten make a document
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    facts: u64,
    /// Another seed gives other facts
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The folder of the graph
    #[arg(long = "graph", value_name = "DIR")]
    dir: PathBuf,
}

/// Documents that are made and stored at a time.
const BATCH: u64 = 1000;

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let documents = args.facts.div_ceil(made::FACTS as u64);
    let version = format!("made-{}", args.seed);
    let start = Instant::now();
    let mut store = Store::open(&args.dir, Mode::ReadWrite)?;
    let mut steps = Vec::new();
    for first in (0..documents).step_by(BATCH as usize) {
        let numbers = first..documents.min(first + BATCH);
        let count = numbers.end - first;
        let batch: Vec<_> = numbers.into_par_iter().map(|n| made::document(args.seed, n)).collect();
        let start = Instant::now();
        store.insert_all(batch.iter().map(|(a, f)| (a, &f[..])), &version)?;
        steps.push(start.elapsed() / count as u32);
    }
    let inserted = start.elapsed();
    store.derive()?;
    let derived = start.elapsed();
    store.close()?;
    let closed = start.elapsed();
    let quads = Store::open(&args.dir, Mode::ReadOnly)?.len()?;
    let bytes = size(&args.dir);
    let second = |d: Duration| d.as_secs_f64();
    writeln!(out, "documents      {documents}, facts {}, quads {quads}", documents * made::FACTS as u64)?;
    writeln!(
        out,
        "seconds        {:.1}: documents {:.1}, events {:.1}, closing {:.1}",
        second(closed),
        second(inserted),
        second(derived - inserted),
        second(closed - derived)
    )?;
    writeln!(out, "quads a second {:.0}", quads as f64 / second(closed))?;
    let (first, last) = (median(&steps[..steps.len().min(10)]), median(&steps[steps.len().saturating_sub(10)..]));
    writeln!(out, "ms a document  {:.2} at first, {:.2} at last", second(first) * 1e3, second(last) * 1e3)?;
    writeln!(out, "disk           {} MB, {:.0} bytes a quad", bytes / 1_000_000, bytes as f64 / quads.max(1) as f64)?;
    if let Some(peak) = peak_memory() {
        writeln!(out, "peak memory    {} MB", peak / 1024)?;
    }
    Ok(Outcome::Done)
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The bytes of all files in a folder.
fn size(dir: &Path) -> u64 {
    let files = walkdir::WalkDir::new(dir).into_iter().flatten().filter_map(|e| e.metadata().ok());
    files.filter(std::fs::Metadata::is_file).map(|m| m.len()).sum()
}
