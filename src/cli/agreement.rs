//! `compare A B --by dyad-month`: how far two sources agree.

use std::io::Write;
use std::path::Path;

use super::Outcome;
use super::output::{into_file, note};
use super::table::{Rows, json};
use crate::cluster::Event;
use crate::error::{Error, Result};
use crate::network::agreement::{Agreement, Pair, Series, agree, series};
use crate::network::{Event as NetworkEvent, Projection, Record, Step};
use crate::pipeline::sources::{Claims, Source};
use crate::store::Store;
use crate::{export, plot};

/// What is asked.
pub struct Question<'q> {
    pub names: [&'q str; 2],
    pub store: &'q Store,
    pub projection: Projection,
    pub step: Step,
    pub top: usize,
    pub json: bool,
    pub plot: Option<&'q Path>,
}

pub fn run(question: Question<'_>, out: &mut dyn Write) -> Result<Outcome> {
    let (record, claims) = (export::record(question.store)?, Claims::of(question.store)?);
    let side = |name: &str| -> Result<Series> {
        let source = Source::named(name).ok_or_else(|| unknown(name))?;
        let events = claims.events(&source).iter().map(event).collect();
        let record = Record { events, actors: record.actors.clone(), ..Record::default() };
        Ok(series(&record, &question.projection, question.step))
    };
    let [first, second] = question.names;
    let (ours, theirs) = (side(first)?, side(second)?);
    for (name, series) in [(first, &ours), (second, &theirs)] {
        if series.is_empty() {
            note(format_args!("{name} tells of no event between states that a slice of time holds"));
        }
    }
    let found = agree(&ours, &theirs);
    if let Some(file) = question.plot {
        let points: Vec<_> = found.pairs.iter().map(|p| (p.first.events(), p.second.events())).collect();
        let svg = plot::scatter(&format!("{first} and {second}"), question.names, &points);
        into_file(file, |out| plot::write(&svg, file, out))?;
        note(format_args!("{}: {} dyads", file.display(), points.len()));
    }
    if question.json {
        json(&found, out)?
    } else {
        print(&found, &question, out)?
    }
    Ok(if found.pairs.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn unknown(name: &str) -> Error {
    Error::new(format!("'{name}' is no source"))
        .hint("text, or a data set of the graph: gdelt, icews, cow-mids, atop, ...")
}

/// An event of one source as networks take it.
fn event(e: &Event) -> NetworkEvent {
    NetworkEvent {
        id: e.id.as_str().into(),
        relation: e.action,
        sources: [e.source.id.as_str().into()].into(),
        targets: [e.target.id.as_str().into()].into(),
        symmetric: e.mutual,
        period: e.bounds,
        status: e.standing.as_str().into(),
        source_count: u32::try_from(e.sources).unwrap_or(u32::MAX),
        confidence: e.confidence,
    }
}

fn print(found: &Agreement, question: &Question<'_>, out: &mut dyn Write) -> Result<()> {
    let [first, second] = question.names;
    let shown = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.3}"));
    let mut rows = Rows::new(&[]);
    let [both, ours, theirs] = found.slices.map(|n| n.to_string());
    rows.push([
        "slices of time".to_owned(),
        format!("{both} in both, {ours} only in {first}, {theirs} only in {second}"),
    ]);
    let [both, ours, theirs] = found.dyads.map(|n| n.to_string());
    rows.push([
        "dyads in those".to_owned(),
        format!("{both} in both, {ours} only in {first}, {theirs} only in {second}"),
    ]);
    rows.push(["overlap".to_owned(), shown(found.overlap)]);
    rows.push([
        "correlation of counts".to_owned(),
        format!("{} (ranks {})", shown(found.pearson), shown(found.spearman)),
    ]);
    rows.push([
        "of Goldstein scores".to_owned(),
        format!("{}; same sign {}", shown(found.goldstein), shown(found.same_sign)),
    ]);
    rows.print(out)?;
    if found.pairs.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let mut rows = Rows::new(&["time", "dyad", first, second, "goldstein"]);
    for p in found.pairs.iter().take(question.top) {
        rows.push(row(p));
    }
    rows.print(out)
}

fn row(p: &Pair) -> [String; 5] {
    let score = |t: &crate::network::agreement::Told| {
        if t.events() == 0 { "-".to_owned() } else { format!("{:+.1}", t.goldstein) }
    };
    [
        p.time.clone(),
        format!("{} – {}", p.a, p.b),
        p.first.events().to_string(),
        p.second.events().to_string(),
        format!("{} / {}", score(&p.first), score(&p.second)),
    ]
}
