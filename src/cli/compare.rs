//! `compare`: what differs between two graphs, or how far two sources of one graph agree.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::agreement::{self, Question};
use super::output::note;
use super::projection::{EdgeArgs, ProjectionArgs};
use super::table::{Rows, json};
use super::time::TimeArgs;
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::network::Step;
use crate::network::compare::{Change, Difference, compare};

/// What differs between the networks of two graphs, or how far two sources of one graph agree
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph compare graph-of-may graph-of-june --since 2022\n  \
    diplograph compare text gdelt --by dyad-month --output agreement.svg")]
pub struct Args {
    /// The folder of the first graph; with --by a source: text, or a data set such as gdelt, icews, cow-mids
    before: PathBuf,
    /// The folder of the second graph, or the second source
    after: PathBuf,
    /// Compare two sources of one graph by pairs of states in slices of time
    #[arg(long, value_enum)]
    by: Option<Cells>,
    /// With --by: draw the counts of the two against each other (.svg or .png)
    #[arg(short, long, value_name = "FILE", requires = "by")]
    output: Option<PathBuf>,
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
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: GraphArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum Cells {
    DyadMonth,
    DyadYear,
}

/// Compares two sources.
fn sources(args: Args, by: Cells, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.open(&args.graph)?;
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let [first, second] = [&args.before, &args.after].map(|p| p.to_string_lossy().into_owned());
    let question = Question {
        names: [&first, &second],
        store: &store,
        projection,
        step: if matches!(by, Cells::DyadMonth) { Step::Month } else { Step::Year },
        top: args.top,
        json: args.json,
        plot: args.output.as_deref(),
    };
    agreement::run(question, out)
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if let Some(by) = args.by {
        return sources(args, by, out);
    }
    let [before, after] = [args.before, args.after].map(|dir| args.time.network(&GraphArg { dir }));
    let (before, after) = (before?, after?);
    let Some(projection) = args.network.projection(&after)? else { return Ok(Outcome::Nothing) };
    let projection = args.edges.apply(projection);
    let network = |store| args.time.record(store).map(|record| projection.of(&record));
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
