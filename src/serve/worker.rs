//! The process that evaluates SPARQL for the server: a line of JSON in, a line of JSON and a document with an end of line
//! out. It ends when its input does, and when it passes a limit.

use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::store::{Answers, QueryResultsFormat, Question, RdfFormat, Scope, Store};

/// A query, and in which formats its answer may be.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ask {
    pub query: String,
    pub graphs: Graphs,
    /// The media type of rows and truth values; `None` if the client takes none.
    pub results: Option<String>,
    /// The media type of triples.
    pub rdf: Option<String>,
    pub max_rows: usize,
}

/// Which graphs are asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Graphs {
    /// All of them, or as the query says.
    #[default]
    Union,
    /// The default graph alone.
    Derived,
    /// IRIs of the graphs that make the default graph, and of the named ones.
    Given(Vec<String>, Vec<String>),
}

/// What became of it; of an answer its document follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Head {
    Done {
        media: String,
        rows: usize,
        length: usize,
    },
    /// The query has a fault; what to do next.
    Wrong(String, Option<String>),
    /// The answer is a graph, or is none, and the client takes no format of that.
    NotAcceptable {
        graph: bool,
    },
    TooMany,
    Failed(String),
}

/// What a worker may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest time for one query; the server ends the process sooner.
    pub timeout: Duration,
    /// Memory in MB.
    pub memory: u64,
}

/// Deep queries are evaluated by recursion.
const STACK: usize = 256 << 20;

/// When the query was begun that is evaluated, if one is.
type Begun = Mutex<Option<Instant>>;

/// How often it is looked whether a query outlasts its time.
const LOOK: Duration = Duration::from_millis(250);

/// Answers queries until the input ends, in a thread with room for deep ones. It reads and writes itself, so that no
/// other thread has to be woken for each.
///
/// # Errors
/// A pipe that breaks; a query that outlasts its time, which the server was to stop.
pub fn work(
    store: Store,
    limits: Limits,
    input: impl BufRead + Send + 'static,
    out: impl Write + Send + 'static,
) -> Result<()> {
    limit_memory(limits.memory)?;
    let begun = Arc::new(Begun::default());
    let watched = Arc::clone(&begun);
    let evaluation =
        std::thread::Builder::new().stack_size(STACK).spawn(move || answer_all(&store, &watched, input, out))?;
    while !evaluation.is_finished() {
        std::thread::sleep(LOOK);
        let since = begun.lock().unwrap_or_else(PoisonError::into_inner).map(|at| at.elapsed());
        if since.is_some_and(|time| time > limits.timeout + Duration::from_secs(5)) {
            return Err(Error::new("a query was not stopped in time"));
        }
    }
    evaluation.join().unwrap_or_else(|_| Err(Error::new("the evaluation broke off")))
}

fn answer_all(store: &Store, begun: &Begun, input: impl BufRead, mut out: impl Write) -> Result<()> {
    let begin = |at| *begun.lock().unwrap_or_else(PoisonError::into_inner) = at;
    for line in input.lines() {
        let ask: Ask = serde_json::from_str(&line?).map_err(|e| Error::new(format!("a request: {e}")))?;
        begin(Some(Instant::now()));
        let (head, document) = answer(store, &ask);
        begin(None);
        let mut reply = serde_json::to_vec(&head).map_err(|e| Error::new(e.to_string()))?;
        reply.push(b'\n');
        reply.extend(document);
        // the standard output is written at once up to the last end of a line
        reply.push(b'\n');
        out.write_all(&reply)?;
        out.flush()?;
    }
    Ok(())
}

/// Writable memory, so that a query which takes too much ends its process and nothing else.
#[cfg(unix)]
fn limit_memory(mb: u64) -> Result<()> {
    let bytes = (mb << 20) + STACK as u64;
    if mb > 0 {
        rlimit::setrlimit(rlimit::Resource::DATA, bytes, bytes)?;
        rlimit::setrlimit(rlimit::Resource::CORE, 0, 0)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit_memory(_: u64) -> Result<()> {
    Ok(())
}

fn answer(store: &Store, ask: &Ask) -> (Head, Vec<u8>) {
    evaluate(store, ask).unwrap_or_else(|head| (head, Vec::new()))
}

fn evaluate(store: &Store, ask: &Ask) -> Result<(Head, Vec<u8>), Head> {
    let wrong = |e: Error| Head::Wrong(e.to_string(), e.next_step().map(str::to_owned));
    let failed = |e: Error| Head::Failed(e.to_string());
    let question = Question::read(&ask.query).map_err(wrong)?;
    let scope = scope(&ask.graphs).map_err(wrong)?;
    told(ask, &store.query_over(question, &scope, ask.max_rows.saturating_add(1)).map_err(failed)?)
}

/// The answers as the client takes them, if there are not too many.
pub fn told(ask: &Ask, answers: &Answers) -> Result<(Head, Vec<u8>), Head> {
    if answers.len() > ask.max_rows {
        return Err(Head::TooMany);
    }
    let graph = matches!(answers, Answers::Triples(_));
    let wanted = if graph { &ask.rdf } else { &ask.results };
    let Some(media) = wanted else { return Err(Head::NotAcceptable { graph }) };
    let document = write(answers, media).map_err(|e| Head::Failed(e.to_string()))?;
    Ok((Head::Done { media: media.clone(), rows: answers.len(), length: document.len() }, document))
}

/// The graphs that are asked, as the store takes them.
pub fn scope(graphs: &Graphs) -> Result<Scope> {
    let nodes = |iris: &[String]| iris.iter().map(|i| node(i)).collect::<Result<Vec<_>>>();
    Ok(match graphs {
        Graphs::Union => Scope::Union,
        Graphs::Derived => Scope::Derived,
        Graphs::Given(default, named) => Scope::Given { default: nodes(default)?, named: nodes(named)? },
    })
}

fn node(iri: &str) -> Result<NamedNode> {
    NamedNode::new(iri).map_err(|e| Error::new(format!("'{iri}' is no IRI of a graph: {e}")))
}

fn write(answers: &Answers, media: &str) -> Result<Vec<u8>> {
    let unknown = || Error::new(format!("no format has the media type {media}"));
    let mut document = Vec::new();
    match answers {
        Answers::Triples(_) => {
            answers.write_rdf(RdfFormat::from_media_type(media).ok_or_else(unknown)?, &mut document)?;
        }
        _ => {
            answers.write_results(QueryResultsFormat::from_media_type(media).ok_or_else(unknown)?, &mut document)?;
        }
    }
    Ok(document)
}
