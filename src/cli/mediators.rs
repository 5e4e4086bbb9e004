//! `mediators`: who stands between those who are hostile.

use std::io::Write;

use super::Outcome;
use super::asking::who;
use super::common::table;
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::ProjectionArgs;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::{Error, Result};
use crate::network::Projection;
use crate::network::common::{Pair, Thirds};
use crate::network::signed::CERTAINTY;

/// Who stands between two, or between all pairs that are hostile: they mediate, or are friendly with both
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph mediators Iran 'Saudi Arabia'\n  diplograph mediators")]
pub struct Args {
    /// One: a name, ISO code or Wikidata id; without the two all hostile pairs are shown
    a: Option<String>,
    /// The other
    b: Option<String>,
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

/// Mediators to name of each pair.
const NAMES: usize = 5;

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let found = match (&args.a, &args.b) {
        (None, None) => {
            let pairs = Thirds::new(&projection, &args.time.record(&store)?).hostile(args.certainty);
            if args.json {
                json(&pairs, out)?
            } else {
                print(&pairs, out)?
            }
            !pairs.is_empty()
        }
        (Some(a), Some(b)) => {
            let (Some(a), Some(b)) = (who(&store, a)?, who(&store, b)?) else { return Ok(Outcome::Nothing) };
            let projection = Projection { apart: vec![a.id.clone(), b.id.clone()], ..projection };
            let thirds = Thirds::new(&projection, &args.time.record(&store)?).mediators(&a.id, &b.id, args.certainty);
            if args.json {
                json(&thirds, out)?;
            } else if !thirds.is_empty() {
                table(&thirds, [&a.name, &b.name]).print(out)?;
            }
            !thirds.is_empty()
        }
        _ => return Err(Error::new("one actor has no mediators").hint("a second name, or none at all")),
    };
    if !found {
        note(format_args!("nobody stands between"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn print(pairs: &[Pair], out: &mut dyn Write) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["hostile", "probability", "between"]);
    for p in pairs {
        let name = |t: &crate::network::common::Third| match t.mediations {
            [0, 0] => t.name.clone(),
            [m, n] => format!("{} (mediates {})", t.name, m + n),
        };
        let more = p.mediators.len().saturating_sub(NAMES);
        let mut names: Vec<String> = p.mediators.iter().take(NAMES).map(name).collect();
        names.extend((more > 0).then(|| format!("{more} more")));
        let pair = format!("{} – {}", p.a_name, p.b_name);
        rows.push([&pair, &format!("{:.2}", 1.0 - p.sign.friendly), &names.join(", ")]);
    }
    rows.print(out)
}
