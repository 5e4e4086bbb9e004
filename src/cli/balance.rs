//! `balance`: whether friends of friends are friends.

use std::io::Write;

use super::Outcome;
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::{ProjectionArgs, StepArg};
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::network::signed::{self, CERTAINTY, Signed};
use crate::network::{Projection, Record, Step};

/// Structural balance of the signed network: by triads, by walks, and the frustration index
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph balance\n  diplograph balance --by year --since 2015")]
pub struct Args {
    /// The balance of each year or month
    #[arg(long, value_enum)]
    by: Option<StepArg>,
    /// How probable the sign of a dyad must be to count
    #[arg(long, value_name = "0.5..1", default_value_t = CERTAINTY)]
    certainty: f64,
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

/// The balance of one slice of time, or of all.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Balance {
    pub time: Option<String>,
    actors: usize,
    friendly: usize,
    hostile: usize,
    /// Dyads whose sign is not certain enough.
    unclear: usize,
    /// Triads with 0, 1, 2 and 3 hostile ties.
    triads: [usize; 4],
    pub balanced_share: Option<f64>,
    pub expected_share: Option<f64>,
    pub walk_balance: Option<f64>,
    frustration_lower: usize,
    frustration_upper: usize,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let record = args.time.record(&store)?;
    let found = by_slice(&projection, &record, args.by.map(Step::from), args.certainty);
    if found.is_empty() {
        note(format_args!("no events that fit"));
        return Ok(Outcome::Nothing);
    }
    if args.json {
        json(&found, out)?;
        return Ok(Outcome::Done);
    }
    print(&found, out)?;
    Ok(Outcome::Done)
}

/// The balance of every slice of time that has events, or of all time together.
pub fn by_slice(projection: &Projection, record: &Record, step: Option<Step>, certainty: f64) -> Vec<Balance> {
    let projections = match step {
        None => vec![projection.clone()],
        Some(step) => {
            let sliced = |slice| Projection { slice: Some(slice), ..projection.clone() };
            record.slices(step).into_iter().map(sliced).collect()
        }
    };
    let found = projections.iter().map(|p| balance(p, record, certainty));
    found.filter(|b| b.actors > 0).collect()
}

fn balance(projection: &Projection, record: &Record, certainty: f64) -> Balance {
    let signed = Signed::of(projection, record);
    let of_sign = |sign: i8| signed.dyads.iter().filter(|d| d.sign.value(certainty) == sign).count();
    let triads = signed::triads(&signed, certainty);
    let frustration = signed::frustration(&signed, certainty);
    Balance {
        time: projection.slice.map(|s| s.to_string()),
        actors: signed.network.nodes.len(),
        friendly: of_sign(1),
        hostile: of_sign(-1),
        unclear: of_sign(0),
        triads: triads.counts,
        balanced_share: triads.share(),
        expected_share: triads.expected,
        walk_balance: signed::walk_balance(&signed, certainty),
        frustration_lower: frustration.lower,
        frustration_upper: frustration.upper,
    }
}

fn print(found: &[Balance], out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(&[
        "time",
        "actors",
        "friendly",
        "hostile",
        "unclear",
        "+++",
        "++-",
        "+--",
        "---",
        "balanced",
        "expected",
        "walks",
        "frustration",
    ]);
    for b in found {
        let share = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.3}"));
        let counts = [b.actors, b.friendly, b.hostile, b.unclear].into_iter().chain(b.triads).map(|n| n.to_string());
        let (low, high) = (b.frustration_lower, b.frustration_upper);
        let frustration = if low == high { low.to_string() } else { format!("{low} to {high}") };
        let shares = [share(b.balanced_share), share(b.expected_share), share(b.walk_balance), frustration];
        rows.push(std::iter::once(b.time.clone().unwrap_or("all".to_owned())).chain(counts).chain(shares));
    }
    rows.print(out)
}
