//! A graph in a store elsewhere, read pattern by pattern with SPARQL, so that every look-up works on it.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};

use super::{Answers, Store, Table, plain};
use crate::error::{Error, Result};

/// Who answers queries there. They are asked over whatever the store takes for its default graph.
pub trait Asks: Send + Sync {
    /// Answers a query, of which no more than `rows` rows are wanted.
    fn ask(&self, sparql: &str, rows: usize) -> Result<Answers>;
}

/// A store elsewhere, and what it has said.
pub struct Elsewhere {
    asks: Box<dyn Asks>,
    /// The graph there that holds what lies in no named one; `None` for its default graph.
    default: Option<NamedNode>,
    said: Mutex<HashMap<Pattern, Vec<Quad>>>,
}

/// A pattern of quads as SPARQL spells it; `None` stands for any.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    subject: Option<String>,
    predicate: Option<String>,
    object: Option<String>,
    graph: Graph,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Graph {
    Any,
    Default,
    Named(String),
}

/// What lies in named graphs, and what does not: a store may take the union of all for its default graph.
const NAMED: &str = "{ GRAPH ?g { ?s ?p ?o } }";
const REST: &str = "{ ?s ?p ?o FILTER NOT EXISTS { GRAPH ?any { ?s ?p ?o } } }";

/// Patterns of one request.
const BATCH: usize = 200;

impl Pattern {
    pub fn new(
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Self {
        let graph = match graph {
            None => Graph::Any,
            Some(GraphNameRef::DefaultGraph) => Graph::Default,
            Some(named) => Graph::Named(named.to_string()),
        };
        let [subject, predicate] = [subject, predicate].map(|node| node.map(|n| n.to_string()));
        Self { subject, predicate, object: object.map(|o| o.to_string()), graph }
    }

    /// The part by which patterns of one request differ, and its variable.
    fn varies(&self) -> Option<(&str, &'static str)> {
        let subject = self.subject.as_deref().map(|s| (s, "?s"));
        subject.or_else(|| self.object.as_deref().map(|o| (o, "?o")))
    }

    /// The same without that part.
    fn shape(&self) -> Self {
        let mut shape = self.clone();
        if shape.subject.take().is_none() {
            shape.object = None;
        }
        shape
    }
}

impl Elsewhere {
    /// The quads of a pattern, asked for once.
    pub fn quads(&self, pattern: &Pattern) -> Result<Vec<Quad>> {
        self.fetch(std::slice::from_ref(pattern))?;
        Ok(self.said().get(pattern).cloned().unwrap_or_default())
    }

    /// Asks for all of those patterns that are not known, in few requests.
    pub fn fetch(&self, patterns: &[Pattern]) -> Result<()> {
        let mut alike: Vec<(Pattern, Vec<&Pattern>)> = Vec::new();
        let known = self.said();
        for pattern in patterns.iter().filter(|p| !known.contains_key(p)) {
            let shape = pattern.shape();
            match alike.iter_mut().find(|(of, _)| *of == shape) {
                Some((_, those)) => those.push(pattern),
                None => alike.push((shape, vec![pattern])),
            }
        }
        drop(known);
        alike.iter().flat_map(|(_, those)| those.chunks(BATCH)).try_for_each(|some| self.ask(some))
    }

    fn ask(&self, patterns: &[&Pattern]) -> Result<()> {
        let Some(first) = patterns.first() else { return Ok(()) };
        let Answers::Table(table) = self.asks.ask(&self.sparql(first, patterns), usize::MAX)? else {
            return Err(Error::new("the store elsewhere answered a SELECT with no table"));
        };
        let mut found: HashMap<Pattern, Vec<Quad>> = patterns.iter().map(|p| ((*p).clone(), Vec::new())).collect();
        for row in &table.rows {
            let quad = self.quad(&table, row)?;
            let mut pattern = (*first).clone();
            match pattern.varies() {
                Some((_, "?s")) => pattern.subject = Some(quad.subject.to_string()),
                Some(_) => pattern.object = Some(quad.object.to_string()),
                None => {}
            }
            found.entry(pattern).or_default().push(quad);
        }
        self.said().extend(found);
        Ok(())
    }

    fn sparql(&self, of: &Pattern, patterns: &[&Pattern]) -> String {
        let mut query = "SELECT DISTINCT ?s ?p ?o ?g WHERE { ".to_owned();
        let varying = of.varies().map_or("", |(_, variable)| variable);
        for (variable, part) in [("?s", &of.subject), ("?p", &of.predicate), ("?o", &of.object)] {
            let Some(part) = part else { continue };
            let values = if variable == varying {
                patterns.iter().filter_map(|p| p.varies()).map(|(part, _)| part).collect::<Vec<_>>().join(" ")
            } else {
                part.clone()
            };
            _ = write!(query, "VALUES {variable} {{ {values} }} ");
        }
        query + &self.found_in(&of.graph) + " }"
    }

    fn found_in(&self, graph: &Graph) -> String {
        match (graph, &self.default) {
            (Graph::Any, None) => format!("{NAMED} UNION {REST}"),
            (Graph::Any, Some(_)) => NAMED.to_owned(),
            (Graph::Default, None) => REST.to_owned(),
            (Graph::Default, Some(graph)) => format!("VALUES ?g {{ {graph} }} {NAMED}"),
            (Graph::Named(graph), _) => format!("VALUES ?g {{ {graph} }} {NAMED}"),
        }
    }

    /// A query that counts all quads.
    pub fn counting(&self) -> String {
        format!("SELECT (COUNT(*) AS ?n) WHERE {{ {} }}", self.found_in(&Graph::Any))
    }

    fn quad(&self, table: &Table, row: &[Option<Term>]) -> Result<Quad> {
        let cell = |name: &str| table.column(name).and_then(|i| row.get(i)?.clone());
        let iri = |term: Option<Term>| match term {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        };
        let subject = match cell("s") {
            Some(Term::NamedNode(node)) => Some(NamedOrBlankNode::from(node)),
            Some(Term::BlankNode(node)) => Some(node.into()),
            _ => None,
        };
        let graph = match iri(cell("g")).filter(|g| Some(g) != self.default.as_ref()) {
            Some(graph) => GraphName::from(graph),
            None => GraphName::DefaultGraph,
        };
        let parts = subject.zip(iri(cell("p"))).zip(cell("o"));
        let ((subject, predicate), object) = parts.ok_or_else(|| Error::new("the store elsewhere left a part out"))?;
        Ok(Quad { subject, predicate, object, graph_name: graph })
    }

    fn said(&self) -> MutexGuard<'_, HashMap<Pattern, Vec<Quad>>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a query of one's own.
    pub fn query(&self, sparql: &str, rows: usize) -> Result<Answers> {
        self.asks.ask(sparql, rows)
    }
}

impl Store {
    /// A graph that another store answers for; it is only read. `default` is the graph there that holds what lies in no named
    /// one, where that is not the default graph.
    ///
    /// # Errors
    /// An IRI that is none.
    pub fn elsewhere(asks: Box<dyn Asks>, default: Option<&str>) -> Result<Self> {
        let default = default.map(NamedNode::new).transpose().map_err(plain)?;
        let elsewhere = Elsewhere { asks, default, said: Mutex::default() };
        Ok(Self { elsewhere: Some(elsewhere), ..Self::memory()? })
    }

    /// Has a store elsewhere say in few requests what will be asked of it; one here need not be told.
    pub fn fetch(&self, patterns: impl FnOnce() -> Vec<Pattern>) -> Result<()> {
        self.elsewhere.as_ref().map_or(Ok(()), |there| there.fetch(&patterns()))
    }
}
