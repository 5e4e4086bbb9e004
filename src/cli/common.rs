//! `common`: the partners that two actors share.

use std::io::Write;

use super::Outcome;
use super::asking::{called, who};
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::ProjectionArgs;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::network::Projection;
use crate::network::common::{Third, Thirds};
use crate::network::signed::CERTAINTY;

/// Who has to do with both of two actors, and how
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph common Iran 'Saudi Arabia'")]
pub struct Args {
    /// One: a name, ISO code or Wikidata id
    a: String,
    /// The other
    b: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: ProjectionArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: AskedArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let (Some(a), Some(b)) = (who(&store, &args.a)?, who(&store, &args.b)?) else { return Ok(Outcome::Nothing) };
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let projection = Projection { apart: vec![a.id.clone(), b.id.clone()], ..projection };
    let thirds = Thirds::new(&projection, &args.time.record(&store)?).common(&a.id, &b.id);
    if args.json {
        json(&thirds, out)?;
    } else if !thirds.is_empty() {
        table(&thirds, [&a.name, &b.name]).print(out)?;
    }
    if thirds.is_empty() {
        note(format_args!("nobody has to do with both {} and {}", called(&a), called(&b)));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// Third parties, with what they have to do with each of the two.
pub fn table(thirds: &[Third], names: [&str; 2]) -> Rows {
    let heads = names.map(|n| format!("with {n}"));
    let mut rows = Rows::new(&["actor", &heads[0], &heads[1], "mediates"]);
    for t in thirds {
        let [x, y] = [0, 1].map(|i| {
            let word = t.signs[i].word(CERTAINTY);
            let events = if t.events[i] == 1 { "event" } else { "events" };
            format!("{} {events}, {word}", t.events[i])
        });
        let mediates = match t.mediations {
            [0, 0] => String::new(),
            [m, n] => format!("{m}, {n}"),
        };
        rows.push([&t.name, &x, &y, &mediates]);
    }
    rows
}
