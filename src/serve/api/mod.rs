//! The JSON API: a table of look-ups, which is also its OpenAPI document.

mod asks;
pub mod named;
mod network;
mod openapi;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header;
use axum::response::Response;
use tokio::runtime::Handle;

pub use openapi::openapi;

use super::Shared;
use super::graph::{Answer, Graph};
use super::params::Params;
use super::reply::{Problem, Reply, document};
use crate::lookup::{Resolved, Who, resolve};

/// A path that answers.
pub struct Endpoint {
    pub path: &'static str,
    /// What it tells, in a sentence.
    pub about: &'static str,
    pub params: &'static [Param],
    run: fn(&Graph, &Params) -> Reply,
}

/// What may be asked of it.
pub struct Param {
    pub name: &'static str,
    pub required: bool,
    pub about: &'static str,
    pub example: &'static str,
}

const fn needs(name: &'static str, about: &'static str, example: &'static str) -> Param {
    Param { name, required: true, about, example }
}

const fn takes(name: &'static str, about: &'static str, example: &'static str) -> Param {
    Param { name, required: false, about, example }
}

const NAME: &str = "a name, ISO code or Wikidata id";
const A: Param =
    needs("a", "one side: a name, ISO code or Wikidata id; a state includes its persons and organs", "Iran");
const B: Param = needs("b", "the other side", "Syria");
const SINCE: Param = takes("since", "from this day on: 2022-05-08, 2022-05 or 2022", "2016");
const UNTIL: Param = takes("until", "up to this day", "2023");
const RELATION: Param =
    takes("relation", "only these relations, headings or PLOVER types, several with commas", "meet");
const LIMIT: Param = takes("limit", "how many at most, up to 1000", "50");
const CURSOR: Param = takes("cursor", "where the last page ended: its `next`", "50");

/// All of them.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint { path: "/api/stats", about: "How much the graph holds.", params: &[], run: asks::stats },
    Endpoint {
        path: "/api/search",
        about: "Who is meant by a text, and the actors whose name and the facts whose quote hold it.",
        params: &[needs("q", "the text; upper case and accents make no difference", "tehran"), LIMIT, CURSOR],
        run: asks::search,
    },
    Endpoint {
        path: "/api/show",
        about: "Who somebody is, whom he deals with, and what happened last.",
        params: &[needs("name", NAME, "Iran"), takes("recent", "how many of the latest events", "10")],
        run: asks::show,
    },
    Endpoint {
        path: "/api/between",
        about: "The events between two, in order of time, with their sentences.",
        params: &[
            A,
            B,
            SINCE,
            UNTIL,
            RELATION,
            takes("exact", "true: only events that name the two themselves", "true"),
            LIMIT,
            CURSOR,
        ],
        run: asks::between,
    },
    Endpoint {
        path: "/api/timeline",
        about: "Cooperation, conflict and Goldstein's score of two by year or month.",
        params: &[A, B, SINCE, UNTIL, takes("by", "year or month", "year")],
        run: network::timeline,
    },
    Endpoint {
        path: "/api/path",
        about: "The shortest chain of evidenced edges from one to another.",
        params: &[needs("from", NAME, "Iran"), needs("to", NAME, "Syria")],
        run: asks::path,
    },
    Endpoint {
        path: "/api/why",
        about: "The sentence, the rule and the article behind a fact, or behind every fact of an event.",
        params: &[needs("id", "the id of a fact or an event", "e3f2fc610d5d4e11")],
        run: asks::why,
    },
    Endpoint {
        path: "/api/network",
        about: "Actors and what they did to each other, for drawing.",
        params: &[
            takes("level", "state, organisation or person", "state"),
            takes("layer", "all, cooperation or conflict", "all"),
            SINCE,
            UNTIL,
            RELATION,
            takes("min_events", "leave out edges of fewer events", "1"),
            takes("min_confidence", "leave out events below, 0 to 1", "0.5"),
            takes("ego", "only the surroundings of this actor", "Iran"),
            takes("depth", "how many steps they reach", "1"),
            takes("measures", "true: what is measured of the actors, communities too", "true"),
            takes("format", "json, graphml, gexf, csv, cyjs, dot, geojson or matrix", "json"),
        ],
        run: network::network,
    },
    Endpoint { path: "/api/log", about: "What people have decided on the graph.", params: &[], run: asks::log },
    Endpoint {
        path: "/api/terms",
        about: "The terms of the ontology, as a query names them, and the prefixes that need no declaration.",
        params: &[],
        run: asks::terms,
    },
    Endpoint { path: "/api/relations", about: "The relations that there are.", params: &[], run: asks::relations },
    Endpoint { path: "/api/queries", about: "The questions that have a name.", params: &[], run: named::list },
];

/// Answers within the gate.
pub async fn answer(endpoint: &'static Endpoint, app: Shared, request: Request) -> Result<Response, Problem> {
    let graph = app.current.graph();
    let asked = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    if let Some((media, body)) = graph.answered(&asked) {
        return Ok(document(&media, body));
    }
    let params = Params::read(request.uri().query().unwrap_or_default().as_bytes())?;
    params.only(&endpoint.params.iter().map(|p| p.name).collect::<Vec<_>>())?;
    let (media, body) = app.gate.run(move || kept(endpoint, &graph, &params, asked)).await?;
    Ok(document(&media, body))
}

/// Answers and keeps the answer, even one that comes too late for who asked.
fn kept(endpoint: &Endpoint, graph: &Graph, params: &Params, asked: String) -> Result<Answer, Problem> {
    let reply = (endpoint.run)(graph, params)?;
    let media = reply.headers().get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default().to_owned();
    let body = Handle::current().block_on(to_bytes(reply.into_body(), usize::MAX));
    let answer = (media, body.map_err(|e| Problem::failed(e.to_string()))?);
    graph.keep(asked, answer.clone());
    Ok(answer)
}

/// What the first views ask for; it takes longest, as it reads all events.
const FIRST: [&str; 2] = ["/api/stats", "/api/network"];

/// Has the answers to the first views ready before anybody asks.
pub async fn warm(app: Shared) {
    let graph = app.current.graph();
    _ = app.gate.run(move || Ok(graph.store.keep_events()?)).await;
    for endpoint in ENDPOINTS.iter().filter(|e| FIRST.contains(&e.path)) {
        if let Ok(request) = Request::builder().uri(endpoint.path).body(Body::empty()) {
            _ = answer(endpoint, Arc::clone(&app), request).await;
        }
    }
    let graph = app.current.graph();
    _ = app.gate.run(move || Ok((graph.names)("")?)).await;
}

/// The actor that a parameter names.
fn who(graph: &Graph, name: &str) -> Result<Who, Problem> {
    match resolve(&graph.store, name, &*graph.names)? {
        Resolved::Found { who, .. } => Ok(who),
        Resolved::Unknown { near } => {
            let problem = Problem::not_found(format!("the graph has nobody called '{name}'"));
            Err(match near.is_empty() {
                true => problem.next("GET /api/search?q=..."),
                false => problem.next(format!("did you mean {}?", near.join(" or "))),
            })
        }
    }
}
