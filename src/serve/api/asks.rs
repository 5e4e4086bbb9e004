//! Look-ups, as `lookup` answers them.

use std::ops::Range;

use serde_json::{Value, json};

use super::super::graph::Graph;
use super::super::params::Params;
use super::super::reply::{Problem, Reply, json as reply};
use super::who;
use crate::lookup::{self, Resolved, Window};
use crate::model::Relation;
use crate::rdf::terms;

/// How many items a page has, unless the client says.
const PAGE: usize = 50;
const MOST: usize = 1000;

/// Quotes and sentences that a search looks at, so that it takes a second or two in a large graph.
const QUOTES: usize = 300_000;

pub fn stats(graph: &Graph, _: &Params) -> Reply {
    reply(&lookup::stats(&graph.store)?)
}

pub fn search(graph: &Graph, params: &Params) -> Reply {
    let q = params.required("q")?;
    let meant = match lookup::resolve(&graph.store, q, &*graph.names)? {
        Resolved::Found { who, .. } => Some(who),
        Resolved::Unknown { .. } => None,
    };
    let found = lookup::search(&graph.store, q, QUOTES)?;
    let facts_cut = found.cut;
    let (facts, paging) = page(found.facts, params)?;
    let (actors, more) = (found.actors.len(), found.actors.len() > MOST);
    let shown: Vec<_> = found.actors.into_iter().take(MOST).collect();
    reply(
        &json!({ "meant": meant, "actors": shown, "actors_total": actors, "actors_cut": more, "facts": facts, "total": paging.0,
        "next": paging.1, "facts_cut": facts_cut }),
    )
}

pub fn show(graph: &Graph, params: &Params) -> Reply {
    let recent = params.parsed("recent", 10usize)?.min(MOST);
    let who = who(graph, params.required("name")?)?;
    reply(&lookup::profile(&graph.store, &who, recent)?)
}

pub fn between(graph: &Graph, params: &Params) -> Reply {
    let window = Window {
        since: params.since()?,
        until: params.until()?,
        relations: params.relations()?,
        exact: params.parsed("exact", false)?,
    };
    let [a, b] = [who(graph, params.required("a")?)?, who(graph, params.required("b")?)?];
    let places = places(params)?;
    let (timeline, total) = lookup::between_part(&graph.store, &a, &b, &window, places.clone())?;
    reply(&json!({ "a": a, "b": b, "events": timeline.events, "total": total, "next": next(&places, total) }))
}

pub fn path(graph: &Graph, params: &Params) -> Reply {
    let [from, to] = [who(graph, params.required("from")?)?, who(graph, params.required("to")?)?];
    match lookup::path(&graph.store, &from, &to)? {
        Some(chain) => reply(&chain),
        None => Err(Problem::not_found(format!("no chain of reported events joins {} and {}", from.name, to.name))),
    }
}

pub fn why(graph: &Graph, params: &Params) -> Reply {
    let id = params.required("id")?;
    let reasons = lookup::why(&graph.store, id)?;
    if reasons.is_empty() {
        return Err(Problem::not_found(format!("the graph has no fact and no event '{id}'")));
    }
    reply(&json!({ "reasons": reasons }))
}

pub fn log(graph: &Graph, _: &Params) -> Reply {
    reply(&json!({ "decisions": graph.store.decisions()? }))
}

pub fn terms(_: &Graph, _: &Params) -> Reply {
    reply(&json!({ "terms": terms::terms()? }))
}

pub fn relations(_: &Graph, _: &Params) -> Reply {
    let of =
        |r: Relation| json!({ "id": r.id(), "heading": r.group(), "plover": r.plover(), "quad_class": r.quad_class() });
    reply(&json!({ "relations": Relation::all().map(of).collect::<Vec<Value>>() }))
}

/// How long a list is, and where its next page begins.
type Rest = (usize, Option<String>);

/// A page of a list, how long the list is, and where the next page begins.
fn page<T>(items: Vec<T>, params: &Params) -> Result<(Vec<T>, Rest), Problem> {
    let (places, total) = (places(params)?, items.len());
    let next = next(&places, total);
    Ok((items.into_iter().skip(places.start).take(places.len()).collect(), (total, next)))
}

/// The places in a list, from 0, that a page shows.
fn places(params: &Params) -> Result<Range<usize>, Problem> {
    let (limit, start) = (params.parsed("limit", PAGE)?.min(MOST), params.parsed("cursor", 0usize)?);
    Ok(start..start.saturating_add(limit))
}

/// Where the page after these places begins, if there is one.
fn next(places: &Range<usize>, total: usize) -> Option<String> {
    (places.end < total && !places.is_empty()).then(|| places.end.to_string())
}
