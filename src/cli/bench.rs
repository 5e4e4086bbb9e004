//! `bench`: how fast articles are read, on this machine, now.

use std::io::Write;
use std::time::{Duration, Instant};

use super::input::InputArgs;
use super::{Outcome, generate};
use crate::error::{Error, Result};

/// Measure how fast articles are read on one core: articles, sentences and tokens a second, peak memory
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph bench ../shared/articles/wikinews_2019_2020.jsonl.xz\n\nReading the files is not counted. Compare \
figures of one machine and one minute only.",
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub struct Args {
    #[command(flatten)]
    input: Option<InputArgs>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    Generate(generate::Args),
}

#[derive(Default)]
struct Tally {
    sentences: usize,
    tokens: usize,
    facts: usize,
    language: Duration,
    all: Duration,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    match (&args.what, &args.input) {
        (Some(What::Generate(args)), _) => generate::run(args, out),
        (None, Some(input)) => reading(input, out),
        (None, None) => Err(Error::new("there is nothing to read").hint("diplograph bench data/articles")),
    }
}

/// How fast articles are read.
fn reading(input: &InputArgs, out: &mut dyn Write) -> Result<Outcome> {
    let start = Instant::now();
    let reader = input.reader()?;
    let loaded = start.elapsed();
    let mut t = Tally::default();
    let account = input.each(
        |_| Ok(false),
        |batch| {
            for article in batch {
                let start = Instant::now();
                let (doc, links) = reader.link(article);
                t.language += start.elapsed();
                let facts = reader.facts(&doc, &links).len();
                t.all += start.elapsed();
                t.facts += facts;
                t.sentences += doc.sentences.len();
                t.tokens += doc.sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
            }
            Ok(0)
        },
    )?;
    let rate = |n: usize, time: Duration| (n as f64 / time.as_secs_f64().max(1e-9)).round();
    writeln!(out, "loading the data            {} ms", loaded.as_millis())?;
    writeln!(
        out,
        "articles                    {} ({} sentences, {} tokens, {} facts)",
        account.articles, t.sentences, t.tokens, t.facts
    )?;
    writeln!(out, "articles a second           {}", rate(account.articles, t.all))?;
    writeln!(out, "sentences a second          {}", rate(t.sentences, t.all))?;
    writeln!(out, "tokens a second             {}", rate(t.tokens, t.all))?;
    writeln!(out, "tokens a second, language and linking only  {}", rate(t.tokens, t.language))?;
    if let Some(peak) = peak_memory() {
        writeln!(out, "peak memory                 {} MB", peak / 1024)?;
    }
    account.close()
}

/// Peak resident memory of this process in kB, where the system tells (Linux).
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok())
}
