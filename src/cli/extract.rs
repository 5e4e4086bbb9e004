//! `extract`: articles in, or rows of event data sets; facts out as JSON Lines or Parquet.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::input::InputArgs;
use super::output::note;
use super::rows::{self, RowArgs};
use crate::error::{Error, Result};
use crate::export::parquet::Facts;
use crate::model::{Fact, FactLine};
use crate::pipeline::datasets::Mapper;

/// Print the facts of articles, or of rows of event data sets, as JSON Lines, or write them as Parquet, storing nothing
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  diplograph extract data/articles --min-confidence 0.7 > facts.jsonl\n  \
    diplograph extract 20191024143000.export.CSV.zip > facts.jsonl\n  \
    diplograph extract gdelt/ --output facts.parquet")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Leave out facts below this confidence (0 to 1)
    #[arg(long, default_value_t = 0.0, value_name = "P")]
    min_confidence: f64,
    /// Write the facts to this file in place of printing them: Parquet, a row a fact
    #[arg(long, short, value_name = "FILE.parquet")]
    output: Option<PathBuf>,
    #[command(flatten)]
    rows: RowArgs,
}

/// Where facts go.
enum Sink<'a> {
    Lines(&'a mut dyn Write),
    Parquet(Box<Facts<File>>),
}

impl Sink<'_> {
    fn add(&mut self, fact: &Fact) -> Result<()> {
        match self {
            Self::Parquet(facts) => facts.add(&FactLine::new(fact)),
            Self::Lines(out) => {
                let line = serde_json::to_string(&FactLine::new(fact)).map_err(|e| Error::new(e.to_string()))?;
                Ok(writeln!(out, "{line}")?)
            }
        }
    }
}

pub fn run(mut args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let Some(file) = args.output.take() else { return into(args, &mut Sink::Lines(out)) };
    if file.extension().is_none_or(|e| e != "parquet") {
        let e = Error::new("--output writes Parquet, and this file has another name").at(file.display());
        return Err(e.hint("--output facts.parquet, or print the facts: diplograph extract INPUT > facts.jsonl"));
    }
    let at = |e: Error| e.at(file.display());
    let part = file.with_extension("parquet.part");
    let facts = Facts::new(File::create(&part).map_err(|e| at(e.into()))?).map_err(at)?;
    let mut sink = Sink::Parquet(Box::new(facts));
    let written = into(args, &mut sink).and_then(|outcome| match sink {
        Sink::Parquet(facts) => facts.close().map_err(at).map(|()| outcome),
        Sink::Lines(_) => Ok(outcome),
    });
    match &written {
        Ok(_) => std::fs::rename(&part, &file).map_err(|e| at(e.into()))?,
        Err(_) => drop(std::fs::remove_file(&part)),
    }
    written
}

fn into(mut args: Args, sink: &mut Sink<'_>) -> Result<Outcome> {
    args.input.check()?;
    let inputs = args.input.take_rows();
    let least = args.min_confidence;
    let mut outcome = Outcome::Done;
    if !inputs.is_empty() {
        let mut mapper = Mapper::new(args.input.data())?;
        let print = |batch: Vec<rows::Told>| {
            let mut facts = batch.iter().flat_map(|(_, facts)| facts).filter(|f| f.confidence >= least);
            facts.try_for_each(|fact| sink.add(fact))
        };
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
            let mut facts = batch.iter().flat_map(|r| &r.facts).filter(|f| f.confidence >= least);
            facts.try_for_each(|fact| sink.add(fact))
        },
    )?;
    Ok(outcome.and(account.close()?))
}
