//! `report`: one page on an actor or on two.

use std::io::Write;
use std::path::PathBuf;

use super::asking::{called, who};
use super::output::{into_file, note};
use super::projection::StepArg;
use super::time::TimeArgs;
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::export;
use crate::lookup::{self, Who, Window};
use crate::network::common::Thirds;
use crate::network::portfolio::Portfolios;
use crate::network::series::{self, Series};
use crate::network::signed::{CERTAINTY, Sign, Signed};
use crate::network::{Ego, Projection, Record};
use crate::report;
use crate::store::Store;

/// One self-contained HTML page on an actor or on two: timeline, pictures, quotes with their sources
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  diplograph report Iran 'Saudi Arabia' -o report.html\n  diplograph report Qatar -o qatar.html"
)]
pub struct Args {
    /// A name, ISO code or Wikidata id
    a: String,
    /// A second one: the report is on what passed between the two
    b: Option<String>,
    /// The page to write
    #[arg(long, short, value_name = "FILE.html")]
    output: PathBuf,
    /// Count the timeline by year or month
    #[arg(long, value_enum, default_value = "month")]
    by: StepArg,
    /// How many of the latest events of one actor to show
    #[arg(long, value_name = "N", default_value_t = 100)]
    recent: usize,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: GraphArg,
}

/// Neighbours to draw, and similar actors to name.
const NEIGHBOURS: usize = 40;
const ALIKE: usize = 10;

pub fn run(args: Args, _out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.open(&args.graph)?;
    let Some(a) = who(&store, &args.a)? else { return Ok(Outcome::Nothing) };
    let page = match &args.b {
        None => Some(on_actor(&store, &a, args.recent)?),
        Some(name) => match who(&store, name)? {
            None => return Ok(Outcome::Nothing),
            Some(b) => on_dyad(&store, &a, &b, args.by)?,
        },
    };
    let Some(page) = page else { return Ok(Outcome::Nothing) };
    into_file(&args.output, |out| Ok(out.write_all(page.as_bytes())?))?;
    note(format_args!("{}: {} KB", args.output.display(), page.len().div_ceil(1000)));
    Ok(Outcome::Done)
}

fn on_actor(store: &Store, a: &Who, recent: usize) -> Result<String> {
    let record = export::record(store)?;
    let projection = Projection { apart: vec![a.id.clone()], ..Projection::default() };
    let ego = Some(Ego { node: a.id.clone(), depth: 1 });
    let around = Signed::of(&Projection { ego, ..projection.clone() }, &record).top(NEIGHBOURS);
    let mut alike = Portfolios::new(&projection, &record).alike(&a.id);
    alike.truncate(ALIKE);
    let profile = lookup::profile(store, a, recent)?;
    Ok(report::actor(&report::Actor { profile: &profile, around: &around, alike: &alike }))
}

/// `None`, and a note, if nothing passed between the two.
fn on_dyad(store: &Store, a: &Who, b: &Who, by: StepArg) -> Result<Option<String>> {
    let timeline = lookup::between(store, a, b, &Window::default())?;
    if timeline.events.is_empty() {
        note(format_args!("nothing between {} and {}", called(a), called(b)));
        return Ok(None);
    }
    let record = export::record(store)?;
    let projection = Projection { apart: vec![a.id.clone(), b.id.clone()], ..Projection::default() };
    let thirds = Thirds::new(&projection, &record);
    let series: Series = series::of(&projection, &record, &a.id, &b.id, by.into());
    Ok(Some(report::dyad(&report::Dyad {
        timeline: &timeline,
        series: &series,
        sign: sign(&projection, &record, a, b),
        common: &thirds.common(&a.id, &b.id),
        mediators: &thirds.mediators(&a.id, &b.id, CERTAINTY),
    })))
}

fn sign(projection: &Projection, record: &Record, a: &Who, b: &Who) -> Option<Sign> {
    Signed::of(projection, record).dyad(&a.id, &b.id).map(|d| d.sign)
}
