//! `plot`: pictures of the network.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::balance::{Balance, by_slice};
use super::output::{into_file, note};
use super::projection::{ProjectionArgs, StepArg};
use super::time::TimeArgs;
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::network::signed::{CERTAINTY, Signed};
use crate::network::{Projection, Record, Step};
use crate::plot::{self, Line};

/// Draw the network, its blocs or its balance as SVG or PNG
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  diplograph plot network.svg\n  diplograph plot blocs.svg --what matrix --top 30\n  \
    diplograph plot balance.svg --what balance --since 2010"
)]
pub struct Args {
    /// The file, which ends in .svg or .png
    file: PathBuf,
    /// What to draw; the timeline of a dyad is drawn by `dyad A B --output FILE`
    #[arg(long, value_enum, default_value = "network")]
    what: What,
    /// Only the actors of most events, so that names stay legible
    #[arg(long, value_name = "N", default_value_t = 60)]
    top: usize,
    /// The slices of time of the balance
    #[arg(long, value_enum, default_value = "year")]
    by: StepArg,
    /// How probable the sign of a dyad must be to count
    #[arg(long, value_name = "0.5..1", default_value_t = CERTAINTY)]
    certainty: f64,
    #[command(flatten)]
    network: ProjectionArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: GraphArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Actors and their ties, by bloc
    Network,
    /// Who stands how to whom, in order of blocs
    Matrix,
    /// Structural balance through time
    Balance,
}

pub fn run(args: Args, _out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let record = args.time.record(&store)?;
    let signed = Signed::of(&projection, &record).top(args.top);
    if signed.dyads.is_empty() {
        note(format_args!("no events that fit"));
        return Ok(Outcome::Nothing);
    }
    let blocs = || signed.communities().membership;
    let svg = match args.what {
        What::Network => plot::network(&signed, &blocs(), args.certainty),
        What::Matrix => plot::matrix(&signed, &blocs(), args.certainty),
        What::Balance => balance(&projection, &record, args.by, args.certainty),
    };
    into_file(&args.file, |out| plot::write(&svg, &args.file, out))?;
    let (actors, dyads) = (signed.network.nodes.len(), signed.dyads.len());
    note(format_args!("{}: {actors} actors, {dyads} dyads", args.file.display()));
    Ok(Outcome::Done)
}

fn balance(projection: &Projection, record: &Record, by: StepArg, certainty: f64) -> String {
    let step = Step::from(by);
    let found: BTreeMap<String, Balance> = by_slice(projection, record, Some(step), certainty)
        .into_iter()
        .filter_map(|b| Some((b.time.clone()?, b)))
        .collect();
    // Slices without events have their place too, between the first and the last that has some.
    let mut times: Vec<String> = record.slices(step).iter().map(ToString::to_string).collect();
    times.retain(|t| found.keys().next() <= Some(t) && Some(t) <= found.keys().next_back());
    let line = |name: &str, of: fn(&Balance) -> Option<f64>| Line {
        name: name.to_owned(),
        values: times.iter().map(|t| found.get(t).and_then(of)).collect(),
    };
    let lines = [
        line("balanced share of certain triads", |b| b.balanced_share),
        line("expected share of all triads", |b| b.expected_share),
        line("balance by walks", |b| b.walk_balance),
    ];
    plot::lines("Structural balance", &times, &lines)
}
