//! `stats`: how much the graph holds.

use std::io::Write;

use super::Outcome;
use super::asking::{called, sparql};
use super::endpoint::AskedArg;
use super::output::note;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::lookup::{self, Stats};

/// How much the graph holds
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph stats --json")]
pub struct Args {
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
    if args.show_sparql {
        return sparql("stats", &[], out);
    }
    let stats = lookup::stats(&args.time.open(&args.graph)?)?;
    if args.json {
        json(&stats, out)?;
    } else {
        totals(&stats, out)?;
    }
    if stats.facts == 0 {
        note("the graph is empty");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn totals(stats: &Stats, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(&[]);
    let span = match (&stats.earliest, &stats.latest) {
        (Some(first), Some(last)) => format!("{} from {first} to {last}", stats.events),
        _ => stats.events.to_string(),
    };
    rows.push(["articles", &format!("{} of {} publishers", stats.articles, stats.publishers)]);
    rows.push(["facts", &stats.facts.to_string()]);
    rows.push(["events", &span]);
    rows.push(["quads", &stats.quads.to_string()]);
    let active = stats.most_active.iter().map(|(who, n)| format!("{n} {}", called(who)));
    let lists = [
        ("actors", counts(&stats.actors)),
        ("statuses", counts(&stats.statuses)),
        ("relations", counts(&stats.relations)),
        ("most active", active.collect::<Vec<_>>().join("\n")),
    ];
    lists.iter().filter(|(_, list)| !list.is_empty()).for_each(|(head, list)| rows.push([*head, list]));
    rows.print(out)
}

fn counts(items: &[(String, usize)]) -> String {
    items.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join(", ")
}
