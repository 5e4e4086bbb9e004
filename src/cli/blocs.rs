//! `blocs`: who stands together.

use std::io::Write;

use super::Outcome;
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::{ProjectionArgs, StepArg};
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::network::Step;
use crate::network::blocs::{self, Blocs};

/// Who stands together: communities of cooperation, or with --signed of cooperation and conflict
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph blocs --signed\n  diplograph blocs --signed --by year --since 2015")]
pub struct Args {
    /// Conflict counts too: enemies should not be in one bloc
    #[arg(long)]
    signed: bool,
    /// Blocs of each year or month
    #[arg(long, value_enum)]
    by: Option<StepArg>,
    /// Show blocs of one member too
    #[arg(long)]
    all: bool,
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
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let record = args.time.record(&store)?;
    let found = match args.by.map(Step::from) {
        None => vec![blocs::of(&projection, &record, args.signed)],
        Some(step) => blocs::by_slice(&projection, &record, &record.slices(step), args.signed),
    };
    if found.iter().all(|b| b.blocs.is_empty()) {
        note(format_args!("no events that fit"));
        return Ok(Outcome::Nothing);
    }
    if args.json {
        json(&found.iter().map(as_json).collect::<Vec<_>>(), out)?;
        return Ok(Outcome::Done);
    }
    let head: &[&str] =
        if args.by.is_some() { &["time", "bloc", "size", "members"] } else { &["bloc", "size", "members"] };
    let mut rows = Rows::new(head);
    for slice in &found {
        for (number, bloc) in slice.blocs.iter().filter(|(_, b)| args.all || b.members.len() > 1) {
            let names: Vec<&str> = bloc.members.iter().map(|(_, name)| name.as_str()).collect();
            let cells = [number.to_string(), names.len().to_string(), names.join(", ")];
            rows.push(slice.slice.map(|s| s.to_string()).into_iter().chain(cells));
        }
    }
    rows.print(out)?;
    if let [whole] = found.as_slice() {
        note(format_args!("modularity {:.3}", whole.quality));
    }
    Ok(Outcome::Done)
}

fn as_json(blocs: &Blocs) -> serde_json::Value {
    let member = |(id, name): &(String, String)| serde_json::json!({ "id": id, "name": name });
    let bloc = |(number, bloc): (&usize, &blocs::Bloc)| serde_json::json!({ "bloc": number, "members": bloc.members.iter().map(member).collect::<Vec<_>>() });
    serde_json::json!({
        "time": blocs.slice.map(|s| s.to_string()),
        "modularity": blocs.quality,
        "blocs": blocs.blocs.iter().map(bloc).collect::<Vec<_>>(),
    })
}
