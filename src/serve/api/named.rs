//! The questions that have a name: `/api/queries/met?who=Assad`.

use std::collections::BTreeMap;

use axum::extract::{Path, Request, State};
use serde_json::{Value, json};

use super::super::Shared;
use super::super::graph::Graph;
use super::super::params::Params;
use super::super::query;
use super::super::reply::{Problem, Reply, json as reply};
use super::super::worker::Graphs;
use super::who;
use crate::queries::{self, Kind, Param, Query};

pub fn list(_: &Graph, _: &Params) -> Reply {
    reply(&json!({ "queries": queries::list().iter().map(described).collect::<Vec<_>>() }))
}

fn described(query: &Query) -> Value {
    let param =
        |p: &Param| json!({ "name": p.name, "kind": p.kind.as_str(), "required": p.required, "example": p.example });
    json!({ "name": query.name, "question": query.question, "sparql": query.sparql,
        "parameters": query.params.iter().map(param).collect::<Vec<_>>() })
}

/// Answers in the format of results that the client takes.
pub async fn ask(State(app): State<Shared>, Path(name): Path<String>, request: Request) -> Reply {
    let query = queries::named(&name).map_err(|e| {
        let problem = Problem::not_found(e.to_string());
        e.next_step().map_or(problem.clone(), |next| problem.next(next))
    })?;
    let params = Params::read(request.uri().query().unwrap_or_default().as_bytes())?;
    let graph = app.current.graph();
    let sparql = app.gate.run(move || bound(&graph, query, &params)).await?;
    query::ask(&app, sparql, Graphs::Union, request.headers()).await
}

/// The query with its values, names of actors turned into ids.
fn bound(graph: &Graph, query: &Query, params: &Params) -> Result<String, Problem> {
    let mut values = BTreeMap::new();
    for (name, value) in params.without(&[]).filter(|(_, v)| !v.is_empty()) {
        let of = query.params.iter().find(|p| p.name == name);
        let value = match of.map(|p| p.kind) {
            Some(Kind::Entity) => who(graph, value)?.id,
            _ => value.to_owned(),
        };
        values.insert(name.to_owned(), value);
    }
    query.bind(&values).map_err(|e| {
        let problem = Problem::wrong(e.to_string().replace("--", ""));
        problem.next(query.params.iter().map(|p| format!("{}={}", p.name, p.example)).collect::<Vec<_>>().join("&"))
    })
}
