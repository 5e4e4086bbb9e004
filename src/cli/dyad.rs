//! `dyad`: two actors through time.

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::asking::{called, who};
use super::endpoint::AskedArg;
use super::output::{into_file, note};
use super::projection::{ProjectionArgs, StepArg};
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::lookup::Who;
use crate::network::series::{self, Series};
use crate::network::signed::{CERTAINTY, Sign, Signed};
use crate::network::{Projection, Step};
use crate::plot;

/// Two actors through time: cooperation, conflict, and where it changed; with --output as a picture
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph dyad Iran 'Saudi Arabia' --by year\n  \
    diplograph dyad USA CHN --by month --since 2022 -o usa-china.svg")]
pub struct Args {
    /// One side: a name, ISO code or Wikidata id
    a: String,
    /// The other side
    b: String,
    /// Count by year or month
    #[arg(long, value_enum, default_value = "month")]
    by: StepArg,
    /// Draw it into this file
    #[arg(long, short, value_name = "FILE.svg|png")]
    output: Option<PathBuf>,
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
    let (Some(a), Some(b)) = (who(&store, &args.a)?, who(&store, &args.b)?) else { return Ok(Outcome::Nothing) };
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let projection = Projection { apart: vec![a.id.clone(), b.id.clone()], ..projection };
    let record = args.time.record(&store)?;
    let step = Step::from(args.by);
    let series = series::of(&projection, &record, &a.id, &b.id, step);
    let signed = Signed::of(&projection, &record);
    let Some(sign) = signed.dyad(&a.id, &b.id).map(|d| d.sign) else {
        note(format_args!("nothing between {} and {} that fits", called(&a), called(&b)));
        return Ok(Outcome::Nothing);
    };
    let changes = series::changes(&series.points);
    if args.json {
        json(&as_json(&a, &b, &series, &changes, sign), out)?;
    } else {
        print(&a, &b, &series, &changes, sign, out)?;
    }
    if let Some(file) = &args.output {
        let title = format!("{} and {}", a.name, b.name);
        let svg = plot::timeline(&title, &series, &changes);
        into_file(file, |out| plot::write(&svg, file, out))?;
        note(format_args!("{}: {} slices of time", file.display(), series.points.len()));
    }
    if series.unplaced > 0 {
        let events = if series.unplaced == 1 { "event is" } else { "events are" };
        note(format_args!("{} {events} in no slice of time: undated, or too vaguely dated", series.unplaced));
    }
    Ok(Outcome::Done)
}

fn as_json(a: &Who, b: &Who, series: &Series, changes: &[usize], sign: Sign) -> serde_json::Value {
    let point = |p: &series::Point| {
        serde_json::json!({ "time": p.slice.to_string(), "cooperation": p.cooperation, "conflict": p.conflict,
            "goldstein": p.goldstein })
    };
    let changes: Vec<String> = changes.iter().map(|i| series.points[*i].slice.to_string()).collect();
    let (low, high) = sign.interval(0.9);
    serde_json::json!({
        "a": a, "b": b, "sign": sign, "cooperation_share_90": [low, high], "unplaced": series.unplaced,
        "changes": changes, "points": series.points.iter().map(point).collect::<Vec<_>>(),
    })
}

fn print(a: &Who, b: &Who, series: &Series, changes: &[usize], sign: Sign, out: &mut dyn Write) -> Result<()> {
    let (low, high) = sign.interval(0.9);
    let ((leaning, chance), word) = (sign.leaning(), sign.word(CERTAINTY));
    writeln!(out, "{} – {}: {word} ({leaning} with probability {chance:.2})", a.name, b.name)?;
    writeln!(out, "share of cooperation {low:.2} to {high:.2} (90 % interval)")?;
    if let (Some(first), Some(last)) = (series.points.first(), series.points.last()) {
        writeln!(out)?;
        let line = |of: fn(&series::Point) -> u32| series::sparkline(series.points.iter().map(of));
        writeln!(out, "cooperation │{}│", line(|p| p.cooperation))?;
        writeln!(out, "conflict    │{}│", line(|p| p.conflict))?;
        writeln!(out, "            {} to {}", first.slice, last.slice)?;
        writeln!(out)?;
    }
    let mut rows = Rows::new(&["time", "cooperation", "conflict", "goldstein", ""]);
    for (i, p) in series.points.iter().enumerate().filter(|(i, p)| p.events() > 0 || changes.contains(i)) {
        let [plus, minus] = [p.cooperation, p.conflict].map(|n| n.to_string());
        let mark = if changes.contains(&i) { "another phase begins" } else { "" };
        rows.push([&p.slice.to_string(), &plus, &minus, &format!("{:+.1}", p.goldstein), mark]);
    }
    rows.print(out)
}
