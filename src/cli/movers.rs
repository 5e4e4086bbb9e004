//! `movers`: who changed blocs, and when.

use std::io::Write;

use super::Outcome;
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::{ProjectionArgs, StepArg};
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::network::blocs;

/// Who moved from one bloc to another, year by year
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph movers --signed --since 2015")]
pub struct Args {
    /// Conflict counts too: enemies should not be in one bloc
    #[arg(long)]
    signed: bool,
    /// Compare years or months
    #[arg(long, value_enum, default_value = "year")]
    by: StepArg,
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

/// Companions to name; more are counted.
const NAMES: usize = 4;

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let record = args.time.record(&store)?;
    let slices = record.slices(args.by.into());
    let moves = blocs::moves(&blocs::by_slice(&projection, &record, &slices, args.signed));
    if args.json {
        json(&moves, out)?;
    } else if !moves.is_empty() {
        let mut rows = Rows::new(&["time", "actor", "from", "to", "left", "joined"]);
        for m in &moves {
            let from = format!("{} ({})", m.from, m.since);
            rows.push([&m.slice, &m.name, &from, &m.to.to_string(), &few(&m.left), &few(&m.joined)]);
        }
        rows.print(out)?;
    }
    if moves.is_empty() {
        note(format_args!("nobody moved"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn few(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMES);
    let shown = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match (names.is_empty(), more) {
        (true, _) => "nobody".to_owned(),
        (_, 0) => shown,
        _ => format!("{shown} and {more} more"),
    }
}
