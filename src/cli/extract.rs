//! `extract`: articles in, facts out as JSON Lines.

use std::io::Write;

use super::Outcome;
use super::input::InputArgs;
use crate::error::{Error, Result};
use crate::model::FactLine;

/// Print the facts of articles as JSON Lines, storing nothing
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  diplograph extract data/articles --min-confidence 0.7 > facts.jsonl")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Leave out facts below this confidence (0 to 1)
    #[arg(long, default_value_t = 0.0, value_name = "P")]
    min_confidence: f64,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let reader = args.input.reader()?;
    let account = args.input.read(
        &reader,
        |_| Ok(false),
        |batch| {
            for fact in batch.iter().flat_map(|r| &r.facts).filter(|f| f.confidence >= args.min_confidence) {
                let line = serde_json::to_string(&FactLine::new(fact)).map_err(|e| Error::new(e.to_string()))?;
                writeln!(out, "{line}")?;
            }
            Ok(())
        },
    )?;
    account.close()
}
