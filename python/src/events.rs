//! Claims -> events, by the same code that derives them in a graph, a pair of sides at a time.

use std::collections::BTreeMap;

use diplograph::cluster::{self, Curation, Derived, Event, home};
use diplograph::error::{Error, Result};
use diplograph::model::{Actor, Fact};
use diplograph::rdf::{self, manifest, name};
use pyo3::prelude::*;
use pyo3::types::PyList;
use pythonize::pythonize;
use serde::Serialize;

use crate::claim::Line;
use crate::raised;

/// An event as a row.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    relation: &'static str,
    source: Side<'a>,
    target: Side<'a>,
    mutual: bool,
    first_date: Option<String>,
    last_date: Option<String>,
    place: Option<&'a str>,
    status: String,
    /// Publishers who tell of it in words of their own.
    sources: usize,
    confidence: f64,
    first_reported: Option<String>,
    last_reported: Option<String>,
    claims: &'a [String],
    fulfils: &'a [String],
}

#[derive(Serialize)]
struct Side<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    country: Option<&'a str>,
    /// The state or organisation that it counts for.
    home: String,
}

impl<'a> Side<'a> {
    fn new(actor: &'a Actor) -> Self {
        let country = actor.country.as_deref();
        Self { id: &actor.id, name: &actor.name, kind: actor.kind.as_str(), country, home: home::or_self(actor) }
    }
}

impl<'a> Row<'a> {
    fn new(event: &'a Event) -> Self {
        Self {
            id: &event.id,
            relation: event.action.id(),
            source: Side::new(&event.source),
            target: Side::new(&event.target),
            mutual: event.mutual,
            first_date: event.bounds.map(|b| b.first().to_string()),
            last_date: event.bounds.map(|b| b.last().to_string()),
            place: event.place.as_deref(),
            status: event.standing.as_str().to_lowercase(),
            sources: event.sources,
            confidence: event.confidence,
            first_reported: event.reported.map(|r| r.0.to_string()),
            last_reported: event.reported.map(|r| r.1.to_string()),
            claims: &event.claims,
            fulfils: &event.fulfils,
        }
    }
}

/// What follows from the claims of one pair of sides, which are lines of [`Line`].
fn derive(lines: &[String]) -> Result<Derived> {
    let (mut reports, mut facts) = (BTreeMap::new(), Vec::<(String, Fact)>::new());
    for line in lines {
        let read = serde_json::from_str::<Line>(line).ok().and_then(Line::read);
        let (article, report, fact) = read.ok_or_else(|| Error::new("a claim that another version has written"))?;
        reports.insert(article, report);
        facts.push((fact.id(), fact));
    }
    // A graph has its claims in this order, each once.
    facts.sort_by(|a, b| a.0.cmp(&b.0));
    facts.dedup_by(|a, b| a.0 == b.0);
    let facts: Vec<Fact> = facts.into_iter().map(|(_, fact)| fact).collect();
    Ok(cluster::derive(&facts, &reports, &Curation::default()))
}

/// The events that the claims of one pair of sides tell of, as dicts.
#[pyfunction]
pub fn events(py: Python<'_>, claims: Vec<String>) -> PyResult<Bound<'_, PyList>> {
    rows(py, &py.detach(|| derive(&claims)).map_err(|e| raised(py, &e))?)
}

/// The same of the sides `a` and `b`, and all that follows from their claims (events, durable relations, edges) as N-Quads.
#[pyfunction]
pub fn derived(py: Python<'_>, a: String, b: String, claims: Vec<String>) -> PyResult<(Bound<'_, PyList>, String)> {
    let derived = py.detach(|| derive(&claims)).map_err(|e| raised(py, &e))?;
    Ok((rows(py, &derived)?, lines(rdf::derived::quads(&name::pair(&a, &b), &derived, None))))
}

fn rows<'py>(py: Python<'py>, derived: &Derived) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for event in &derived.events {
        list.append(pythonize(py, &Row::new(event))?)?;
    }
    Ok(list)
}

/// What stands in every graph, whatever was read: its own node and the table of actions, as N-Quads.
#[pyfunction]
pub fn common_nquads() -> String {
    lines(manifest::graph(true).into_iter().chain(rdf::derived::actions()))
}

/// A line each.
pub fn lines(quads: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    quads.into_iter().map(|q| format!("{q} .\n")).collect()
}
