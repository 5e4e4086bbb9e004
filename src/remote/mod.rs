//! Graphs in stores elsewhere, by the SPARQL 1.1 Protocol: the only module that goes to the network, and only to the
//! endpoint that a person has named.

mod http;
mod publish;

use std::io::Cursor;

use oxigraph::model::Triple;
use oxigraph::sparql::results::{QueryResultsParser, ReaderQueryResultsParserOutput};

pub use http::Endpoint;
pub use publish::{Clearing, Done, publish};

use crate::error::{Error, Result};
use crate::rdf::vocab::PREFIXES;
use crate::store::{Answers, Asks, QueryResultsFormat, RdfFormat, Table, read_rdf};

/// The formats of answers that are read, for the header Accept.
const TAKEN: &str = "application/sparql-results+json, application/n-triples;q=0.9";

impl Endpoint {
    /// Asks a query. The prefixes that need no declaration here are declared.
    ///
    /// # Errors
    /// No connection after all retries; what the server has to say against the query; an answer that is none.
    pub fn query(&self, sparql: &str, rows: usize) -> Result<Answers> {
        let prefixes: String = PREFIXES.iter().map(|(p, n)| format!("PREFIX {p}: <{n}>\n")).collect();
        // as a form: Virtuoso 7 never answers a query that is the body itself
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("query", &(prefixes + sparql)).finish();
        let (media, body) = self.post("application/x-www-form-urlencoded", TAKEN, &form)?;
        let answers = if media.contains("json") { results(&body, rows) } else { triples(&body, rows) };
        answers.map_err(|e| e.at(self.url()))
    }
}

impl Asks for Endpoint {
    fn ask(&self, sparql: &str, rows: usize) -> Result<Answers> {
        self.query(sparql, rows)
    }
}

fn results(body: &[u8], rows: usize) -> Result<Answers> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    Ok(match parser.for_reader(body).map_err(wrong)? {
        ReaderQueryResultsParserOutput::Boolean(truth) => Answers::Truth(truth),
        ReaderQueryResultsParserOutput::Solutions(solutions) => {
            let names = solutions.variables().to_vec();
            let rows = solutions.take(rows).map(|row| {
                let row = row.map_err(wrong)?;
                Ok(names.iter().map(|name| row.get(name).cloned()).collect())
            });
            let rows = rows.collect::<Result<_>>()?;
            Answers::Table(Table { columns: names.iter().map(|n| n.as_str().to_owned()).collect(), rows })
        }
    })
}

fn triples(body: &[u8], rows: usize) -> Result<Answers> {
    let quads = read_rdf(RdfFormat::NTriples, Cursor::new(body.to_vec())).take(rows);
    let mut triples: Vec<Triple> = quads.map(|quad| Ok(Triple::from(quad?))).collect::<Result<_>>()?;
    triples.sort_by_cached_key(Triple::to_string);
    triples.dedup();
    Ok(Answers::Triples(triples))
}

fn wrong(e: impl std::fmt::Display) -> Error {
    Error::new(format!("the answer cannot be read: {e}"))
}
