//! `rank`: who stands out, by a measure of the network.

use std::io::Write;

use super::Outcome;
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::{EdgeArgs, ProjectionArgs};
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::network::Links;
use crate::network::measure::{Measure, reciprocity};

/// Who stands out in the network: by betweenness, PageRank, strength and other measures
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph rank --by betweenness\n  \
    diplograph rank --by in_strength --layer conflict --since 2022 --top 5")]
pub struct Args {
    /// The measure: degree, in_degree, out_degree, strength, in_strength, out_strength, betweenness, closeness,
    /// eigenvector, pagerank, hub, authority, core, clustering, reciprocity, component, community
    #[arg(long, value_name = "MEASURE", default_value = "betweenness", value_parser = measure)]
    by: Measure,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: ProjectionArgs,
    #[command(flatten)]
    edges: EdgeArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: AskedArg,
}

fn measure(name: &str) -> Result<Measure, String> {
    let names = || Measure::ALL.map(Measure::name).join(", ");
    Measure::named(&name.to_lowercase()).ok_or_else(|| format!("'{name}' is no measure: {}", names()))
}

#[derive(serde::Serialize)]
struct Ranked<'a> {
    rank: usize,
    id: &'a str,
    name: &'a str,
    score: f64,
    events: u32,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let network = args.edges.apply(projection).of(&args.time.record(&store)?);
    let links = Links::of(&network);
    let scores = args.by.of(&links);
    let mut order: Vec<usize> = (0..network.nodes.len()).collect();
    order.sort_by(|a, b| scores.get(*b).total_cmp(&scores.get(*a)).then(a.cmp(b)));
    let ranked: Vec<Ranked> = order
        .iter()
        .take(args.top)
        .enumerate()
        .map(|(at, i)| {
            let node = &network.nodes[*i];
            Ranked { rank: at + 1, id: &node.id, name: &node.label, score: scores.get(*i), events: node.events }
        })
        .collect();
    if args.json {
        json(&ranked, out)?;
    } else if !ranked.is_empty() {
        let mut rows = Rows::new(&["rank", args.by.name(), "events", "actor", "id"]);
        for r in &ranked {
            let score = if r.score.fract() == 0.0 { r.score.to_string() } else { format!("{:.4}", r.score) };
            rows.push([&r.rank.to_string(), &score, &r.events.to_string(), r.name, r.id]);
        }
        rows.print(out)?;
    }
    let returned = reciprocity(&links).map(|r| format!("; {:.0} % of edges returned", r * 100.0)).unwrap_or_default();
    note(format_args!("{} nodes, {} edges{returned}", network.nodes.len(), network.edges.len()));
    Ok(if ranked.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
