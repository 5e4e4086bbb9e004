//! The Graph Store HTTP Protocol (W3C Recommendation of 21 March 2013), for reading.

use axum::extract::{Request, State};
use axum::http::header;
use oxigraph::model::NamedNode;

use super::Shared;
use super::accept::{self, RDF};
use super::params::Params;
use super::pool::not_acceptable;
use super::query::with_charset;
use super::reply::{Problem, Reply, document};
use super::worker::{Ask, Graphs};

const ALL: &str = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }";

/// `?default`, or `?graph=IRI`, the graph of a document.
pub async fn graph(State(app): State<Shared>, request: Request) -> Reply {
    let params = Params::read(request.uri().query().unwrap_or_default().as_bytes())?;
    params.only(&["default", "graph"])?;
    let graphs = match (params.one("default")?, params.one("graph")?) {
        (Some(_), None) => Graphs::Derived,
        (None, Some(iri)) => Graphs::Given(vec![absolute(iri)?], Vec::new()),
        _ => return Err(Problem::wrong("which graph?").next("?default or ?graph=IRI")),
    };
    let accept = request.headers().get(header::ACCEPT).and_then(|h| h.to_str().ok());
    let rdf = accept::best(accept, RDF).ok_or_else(|| not_acceptable(RDF))?;
    let named = graphs != Graphs::Derived;
    let ask =
        Ask { query: ALL.to_owned(), graphs, rdf: Some(rdf.to_owned()), results: None, max_rows: app.options.max_rows };
    let answer = app.pool.ask(&ask).await?;
    if named && answer.rows == 0 {
        return Err(Problem::not_found("the store has no graph of that name"));
    }
    Ok(document(&with_charset(&answer.media), answer.document))
}

fn absolute(iri: &str) -> Result<String, Problem> {
    NamedNode::new(iri).map(NamedNode::into_string).map_err(|e| Problem::wrong(format!("'{iri}' is no IRI: {e}")))
}
