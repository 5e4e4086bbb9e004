//! `extract`: articles in, or rows of event data sets; facts out as JSON Lines.

use std::io::Write;

use super::Outcome;
use super::input::InputArgs;
use super::output::note;
use super::rows::{self, RowArgs};
use crate::error::{Error, Result};
use crate::model::FactLine;
use crate::pipeline::datasets::Mapper;

/// Print the facts of articles, or of rows of event data sets, as JSON Lines, storing nothing
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  diplograph extract data/articles --min-confidence 0.7 > facts.jsonl\n  \
    diplograph extract 20191024143000.export.CSV.zip > facts.jsonl")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Leave out facts below this confidence (0 to 1)
    #[arg(long, default_value_t = 0.0, value_name = "P")]
    min_confidence: f64,
    #[command(flatten)]
    rows: RowArgs,
}

pub fn run(mut args: Args, out: &mut dyn Write) -> Result<Outcome> {
    args.input.check()?;
    let inputs = args.input.take_rows();
    let mut outcome = Outcome::Done;
    if !inputs.is_empty() {
        let mut mapper = Mapper::new(args.input.data())?;
        let print = |batch: Vec<rows::Told>| rows::print(&batch, args.min_confidence, out);
        let account = rows::read(&inputs, &args.rows, &mut mapper, print)?;
        note(account.line());
        outcome = account.close();
    }
    if args.input.is_empty() {
        return Ok(outcome);
    }
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
    Ok(outcome.and(account.close()?))
}
