//! `path`: the shortest chain of evidenced edges between two actors.

use std::io::Write;

use super::Outcome;
use super::asking::{called, day, sparql, story, who};
use super::endpoint::AskedArg;
use super::output::note;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::lookup;

/// The shortest chain of reported events from one actor to another, each step with its sentence
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph path Bahrain 'North Korea'")]
pub struct Args {
    /// Where it begins: a name, ISO code or Wikidata id
    from: String,
    /// Where it ends
    to: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the SPARQL that finds the same, instead of the answer
    #[arg(long)]
    show_sparql: bool,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: AskedArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.open(&args.graph)?;
    let (Some(from), Some(to)) = (who(&store, &args.from)?, who(&store, &args.to)?) else {
        return Ok(Outcome::Nothing);
    };
    if args.show_sparql {
        return sparql("path", &[], out);
    }
    let Some(chain) = lookup::path(&store, &from, &to)? else {
        note(format_args!("no chain of reported events joins {} and {}", called(&from), called(&to)));
        return Ok(Outcome::Nothing);
    };
    if args.json {
        json(&chain, out)?;
        return Ok(Outcome::Done);
    }
    let mut rows = Rows::new(&["step", "events", "date", "best attested"]);
    for step in &chain.steps {
        let names = format!("{} – {}", step.from.name, step.to.name);
        rows.push([&names, &step.events.to_string(), day(&step.evidence.date), &story(&step.evidence, 1)]);
    }
    rows.print(out)?;
    Ok(Outcome::Done)
}
