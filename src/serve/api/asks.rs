//! Look-ups, as `lookup` answers them.

use serde_json::{Value, json};

use super::super::App;
use super::super::params::Params;
use super::super::reply::{Problem, Reply, json as reply};
use super::who;
use crate::lookup::{self, Resolved, Window};
use crate::model::Relation;

/// How many items a page has, unless the client says.
const PAGE: usize = 50;
const MOST: usize = 1000;

pub fn stats(app: &App, _: &Params) -> Reply {
    reply(&lookup::stats(&app.store)?)
}

pub fn search(app: &App, params: &Params) -> Reply {
    let q = params.required("q")?;
    let meant = match lookup::resolve(&app.store, q, &*app.names)? {
        Resolved::Found { who, .. } => Some(who),
        Resolved::Unknown { .. } => None,
    };
    let found = lookup::search(&app.store, q)?;
    let (facts, paging) = page(found.facts, params)?;
    let (actors, more) = (found.actors.len(), found.actors.len() > MOST);
    let shown: Vec<_> = found.actors.into_iter().take(MOST).collect();
    reply(&json!({ "meant": meant, "actors": shown, "actors_total": actors, "actors_cut": more, "facts": facts, "total": paging.0,
        "next": paging.1 }))
}

pub fn show(app: &App, params: &Params) -> Reply {
    let recent = params.parsed("recent", 10usize)?.min(MOST);
    let who = who(app, params.required("name")?)?;
    reply(&lookup::profile(&app.store, &who, recent)?)
}

pub fn between(app: &App, params: &Params) -> Reply {
    let window = Window {
        since: params.since()?,
        until: params.until()?,
        relations: params.relations()?,
        exact: params.parsed("exact", false)?,
    };
    let [a, b] = [who(app, params.required("a")?)?, who(app, params.required("b")?)?];
    let timeline = lookup::between(&app.store, &a, &b, &window)?;
    let (events, (total, next)) = page(timeline.events, params)?;
    reply(&json!({ "a": a, "b": b, "events": events, "total": total, "next": next }))
}

pub fn path(app: &App, params: &Params) -> Reply {
    let [from, to] = [who(app, params.required("from")?)?, who(app, params.required("to")?)?];
    match lookup::path(&app.store, &from, &to)? {
        Some(chain) => reply(&chain),
        None => Err(Problem::not_found(format!("no chain of reported events joins {} and {}", from.name, to.name))),
    }
}

pub fn why(app: &App, params: &Params) -> Reply {
    let id = params.required("id")?;
    let reasons = lookup::why(&app.store, id)?;
    if reasons.is_empty() {
        return Err(Problem::not_found(format!("the graph has no fact and no event '{id}'")));
    }
    reply(&json!({ "reasons": reasons }))
}

pub fn relations(_: &App, _: &Params) -> Reply {
    let of =
        |r: Relation| json!({ "id": r.id(), "heading": r.group(), "plover": r.plover(), "quad_class": r.quad_class() });
    reply(&json!({ "relations": Relation::all().map(of).collect::<Vec<Value>>() }))
}

/// A page of a list, how long the list is, and where the next page begins.
fn page<T>(items: Vec<T>, params: &Params) -> Result<(Vec<T>, (usize, Option<String>)), Problem> {
    let (limit, start) = (params.parsed("limit", PAGE)?.min(MOST), params.parsed("cursor", 0usize)?);
    let total = items.len();
    let end = start.saturating_add(limit);
    let next = (end < total && limit > 0).then(|| end.to_string());
    Ok((items.into_iter().skip(start).take(limit).collect(), (total, next)))
}
