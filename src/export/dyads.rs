//! The dyad-period table that quantitative research works with: every pair of states in every slice of time, whether
//! something happened or not.
//!
//! That nothing was read is no zero where nobody looked: a dyad is `covered` in a slice if events of the graph, of whatever
//! kind and status, name both of its states in that slice, or if a data set of the graph has looked at both throughout it, for all the acts asked for.
//! Covered dyads without events have zeros; the others empty cells.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::looked::Looked;
use super::plain;
use crate::error::Result;
use crate::model::Period;
use crate::network::{Actor, Edge, Projection, Record, Step};

const HEAD: [&str; 20] = [
    "ccode1",
    "ccode2",
    "gwno1",
    "gwno2",
    "iso1",
    "iso2",
    "id1",
    "id2",
    "year",
    "month",
    "coverage",
    "events",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "goldstein_mean",
    "goldstein_min",
    "sources",
    "confidence_mean",
];

/// Who is named by any event of a slice.
type Coverage<'a> = BTreeMap<Period, BTreeSet<&'a str>>;

/// Writes the table, in order of time and pair; from the first to the last slice that events are in, for all states that
/// the graph knows. Pairs have an order if the projection is directed. Returns the rows.
pub fn write(record: &Record, projection: &Projection, step: Step, out: impl Write) -> Result<usize> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEAD).map_err(plain)?;
    let is_state = |a: &Actor| a.kind == "state" || a.kind == "territory";
    let states: Vec<&str> = record.actors.iter().filter(|(_, a)| is_state(a)).map(|(id, _)| id.as_str()).collect();
    let coverage = coverage(record, step);
    let mut rows = 0;
    for slice in step.range(coverage.keys().copied()).into_iter().filter(|s| in_time(projection, *s)) {
        let network = Projection { slice: Some(slice), ..projection.clone() }.of(record);
        let looked = Looked::at(&record.coverage, slice, &projection.relations);
        let id = |i: usize| network.nodes[i].id.as_str();
        let edges: BTreeMap<(&str, &str), &Edge> =
            network.edges.iter().map(|e| ((id(e.source), id(e.target)), e)).collect();
        for a in &states {
            for b in states.iter().filter(|b| if projection.undirected { a < *b } else { a != *b }) {
                let named = |id: &str| coverage.get(&slice).is_some_and(|c| c.contains(id));
                let edge = edges.get(&(*a, *b)).copied();
                let mut row = pair(record, a, b, slice, step);
                row.extend(cells(edge, (named(a) && named(b)) || looked.both(a, b)));
                csv.write_record(row).map_err(plain)?;
                rows += 1;
            }
        }
    }
    csv.flush()?;
    Ok(rows)
}

fn in_time(projection: &Projection, slice: Period) -> bool {
    projection.since.is_none_or(|d| slice.last() >= d) && projection.until.is_none_or(|d| slice.first() <= d)
}

fn coverage(record: &Record, step: Step) -> Coverage<'_> {
    let mut coverage = Coverage::new();
    for event in &record.events {
        let Some(slice) = event.period.and_then(|p| step.slice(p)) else { continue };
        let homes = event.sources.iter().chain(&event.targets).map(|id| record.home(id));
        coverage.entry(slice).or_default().extend(homes);
    }
    coverage
}

fn pair(record: &Record, a: &str, b: &str, slice: Period, step: Step) -> Vec<String> {
    let of = |id: &str| record.actors.get(id);
    let number = |n: Option<u16>| n.map(|n| n.to_string()).unwrap_or_default();
    let iso = |id: &str| of(id).and_then(|x| x.iso3.clone()).unwrap_or_default();
    let mut row = vec![number(of(a).and_then(|x| x.cow)), number(of(b).and_then(|x| x.cow))];
    row.extend([number(of(a).and_then(|x| x.gw)), number(of(b).and_then(|x| x.gw))]);
    row.extend([iso(a), iso(b), a.to_owned(), b.to_owned(), slice.first().year().to_string()]);
    row.push(if step == Step::Month { slice.first().month().to_string() } else { String::new() });
    row
}

/// The cells after the pair: `events`, `no_event` with zeros, or `not_covered` with nothing.
fn cells(edge: Option<&Edge>, covered: bool) -> Vec<String> {
    let shown = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let Some(edge) = edge else {
        let (word, count) = if covered { ("no_event", "0") } else { ("not_covered", "") };
        let mut row = vec![word.to_owned()];
        row.extend([count; 5].map(str::to_owned));
        row.extend([const { String::new() }; 4]);
        return row;
    };
    let mut row = vec!["events".to_owned(), edge.events.to_string()];
    row.extend(edge.quad_classes.map(|n| n.to_string()));
    row.extend([shown(edge.goldstein_mean), shown(edge.goldstein_min)]);
    row.extend([edge.sources.to_string(), edge.confidence_mean.to_string()]);
    row
}
