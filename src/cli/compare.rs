//! `compare`: what differs between two graphs.

use std::io::Write;
use std::path::PathBuf;

use super::asking::open;
use super::output::note;
use super::projection::{EdgeArgs, ProjectionArgs};
use super::table::{Rows, json};
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::export;
use crate::network::compare::{Change, Difference, compare};

/// What differs between the networks of two graphs: actors, dyads, scores
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph compare graph-of-may graph-of-june --since 2022")]
pub struct Args {
    /// The folder of the first graph
    before: PathBuf,
    /// The folder of the second graph
    after: PathBuf,
    /// How many dyads to show
    #[arg(long, value_name = "N", default_value_t = 30)]
    top: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: ProjectionArgs,
    #[command(flatten)]
    edges: EdgeArgs,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let [before, after] = [args.before, args.after].map(|dir| open(&GraphArg { dir }));
    let (before, after) = (before?, after?);
    let Some(projection) = args.network.projection(&after)? else { return Ok(Outcome::Nothing) };
    let projection = args.edges.apply(projection);
    let network = |store| export::record(store).map(|record| projection.of(&record));
    let found = compare(&network(&before)?, &network(&after)?);
    if args.json {
        json(&found, out)?;
    } else {
        print(&found, args.top, out)?;
    }
    let Difference { new_actors, gone_actors, changes } = &found;
    note(format_args!("{} dyads differ; {} actors new, {} gone", changes.len(), new_actors.len(), gone_actors.len()));
    let same = changes.is_empty() && new_actors.is_empty() && gone_actors.is_empty();
    Ok(if same { Outcome::Nothing } else { Outcome::Done })
}

fn print(found: &Difference, top: usize, out: &mut dyn Write) -> Result<()> {
    let names = |list: &[(String, String)]| list.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
    for (word, list) in [("new", &found.new_actors), ("gone", &found.gone_actors)] {
        if !list.is_empty() {
            writeln!(out, "{word}: {}", names(list))?;
        }
    }
    if found.changes.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["dyad", "events", "goldstein", ""]);
    for c in found.changes.iter().take(top) {
        let score = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:+.1}"));
        let dyad = format!("{} → {}", c.source_name, c.target_name);
        let events = format!("{} → {}", c.events[0], c.events[1]);
        let goldstein = format!("{} → {}", score(c.goldstein_mean[0]), score(c.goldstein_mean[1]));
        rows.push([&dyad, &events, &goldstein, word(c)]);
    }
    rows.print(out)
}

fn word(change: &Change) -> &'static str {
    match (change.events, change.sign) {
        ([0, _], _) => "new",
        ([_, 0], _) => "gone",
        (_, [a, b]) if a * b < 0 => "turned",
        _ => "",
    }
}
