//! A graph in a store elsewhere, read pattern by pattern with SPARQL, so that every look-up works on it.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};

use super::read::RECORD;
use super::{Answers, Store, Table, plain};
use crate::error::{Error, Result};

/// Who answers queries there. They are asked over whatever the store takes for its default graph.
pub trait Asks: Send + Sync {
    /// Answers a query, of which no more than `rows` rows are wanted.
    ///
    /// # Errors
    /// Nobody answers, the query is refused, or the answer cannot be read.
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

/// Patterns of one request.
const BATCH: usize = 200;

impl Pattern {
    /// A pattern of terms; a graph of `None` stands for any, the default graph for what lies in no named one.
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

    /// The parts by which patterns of one request differ, with their variables: subject and predicate, or the object.
    fn varies(&self) -> Vec<(&'static str, &str)> {
        match (&self.subject, &self.predicate, &self.object) {
            (Some(s), Some(p), _) => vec![("?s", s), ("?p", p)],
            (Some(s), None, _) => vec![("?s", s)],
            (None, _, Some(o)) => vec![("?o", o)],
            (None, ..) => Vec::new(),
        }
    }

    /// The same without those parts, but with the mark that they are there.
    fn shape(&self) -> Self {
        let mut shape = self.clone();
        for (variable, _) in self.varies() {
            *shape.part(variable) = Some(variable.to_owned());
        }
        shape
    }

    fn part(&mut self, variable: &str) -> &mut Option<String> {
        match variable {
            "?s" => &mut self.subject,
            "?p" => &mut self.predicate,
            _ => &mut self.object,
        }
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
            let quad = self.quad(first, &table, row)?;
            let mut pattern = (*first).clone();
            for (variable, _) in first.varies() {
                *pattern.part(variable) = Some(match variable {
                    "?s" => quad.subject.to_string(),
                    "?p" => quad.predicate.to_string(),
                    _ => quad.object.to_string(),
                });
            }
            found.entry(pattern).or_default().push(quad);
        }
        self.said().extend(found);
        Ok(())
    }

    fn sparql(&self, of: &Pattern, patterns: &[&Pattern]) -> String {
        let varying: Vec<&str> = of.varies().into_iter().map(|(variable, _)| variable).collect();
        let alone = patterns.len() == 1;
        let term = |variable: &str, part: &Option<String>| match part {
            Some(part) if alone || !varying.contains(&variable) => part.clone(),
            _ => variable.to_owned(),
        };
        let triple = [("?s", &of.subject), ("?p", &of.predicate), ("?o", &of.object)].map(|(v, part)| term(v, part));
        let row =
            |p: &&Pattern| format!("({})", p.varies().iter().map(|(_, part)| *part).collect::<Vec<_>>().join(" "));
        let values = match alone {
            true => String::new(),
            false => {
                let rows = patterns.iter().map(row).collect::<Vec<_>>().join(" ");
                format!("VALUES ({}) {{ {rows} }} ", varying.join(" "))
            }
        };
        format!("SELECT * WHERE {{ {} }}", self.found_in(&of.graph, &values, &triple.join(" ")))
    }

    /// What lies in named graphs, and what does not: a store may take the union of all for its default graph. The values stand
    /// beside the triple, or a store might read all triples first.
    fn found_in(&self, graph: &Graph, values: &str, triple: &str) -> String {
        let within = |graph: &str| format!("{{ {values}GRAPH {graph} {{ {triple} }} }}");
        let rest = || format!("{{ {values}{triple} FILTER NOT EXISTS {{ GRAPH ?any {{ {triple} }} }} }}");
        match (graph, &self.default) {
            (Graph::Any, None) => format!("{} UNION {}", within("?g"), rest()),
            (Graph::Any, Some(_)) => within("?g"),
            (Graph::Default, None) => rest(),
            (Graph::Default, Some(graph)) => within(&graph.to_string()),
            (Graph::Named(graph), _) => within(graph),
        }
    }

    /// A query that counts all quads.
    pub fn counting(&self) -> String {
        format!("SELECT (COUNT(*) AS ?n) WHERE {{ {} }}", self.found_in(&Graph::Any, "", "?s ?p ?o"))
    }

    /// The quad of a row, in which what the pattern says itself is left out.
    fn quad(&self, of: &Pattern, table: &Table, row: &[Option<Term>]) -> Result<Quad> {
        let cell = |name: &str, said: &Option<String>| match table.column(name).and_then(|i| row.get(i)?.clone()) {
            None => said.as_deref().and_then(|term| Term::from_str(term).ok()),
            found => found,
        };
        let iri = |term: Option<Term>| match term {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        };
        let subject = match cell("s", &of.subject) {
            Some(Term::NamedNode(node)) => Some(NamedOrBlankNode::from(node)),
            Some(Term::BlankNode(node)) => Some(node.into()),
            _ => None,
        };
        let named = match &of.graph {
            Graph::Named(graph) => Some(graph.clone()),
            _ => None,
        };
        let graph = match iri(cell("g", &named)).filter(|g| Some(g) != self.default.as_ref()) {
            Some(graph) => GraphName::from(graph),
            None => GraphName::DefaultGraph,
        };
        let parts = subject.zip(iri(cell("p", &of.predicate))).zip(cell("o", &of.object));
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

    /// Whether another store answers for the graph.
    pub fn is_elsewhere(&self) -> bool {
        self.elsewhere.is_some()
    }

    /// Has a store elsewhere say in few requests what [`Store::node`] will be asked of each; one here need not be told.
    pub fn fetch_nodes<'n>(&self, subjects: impl IntoIterator<Item = &'n NamedNode>) -> Result<()> {
        let Some(there) = &self.elsewhere else { return Ok(()) };
        let of = |s: &NamedNode| Pattern::new(Some(s.as_ref()), None, None, None);
        there.fetch(&subjects.into_iter().map(of).collect::<Vec<_>>())
    }

    /// The same for [`Store::record`].
    pub fn fetch_records<'n>(&self, entities: impl IntoIterator<Item = &'n NamedNode>) -> Result<()> {
        let Some(there) = &self.elsewhere else { return Ok(()) };
        let default = Some(GraphNameRef::DefaultGraph);
        let of = |s: &'n NamedNode| RECORD.map(|p| Pattern::new(Some(s.as_ref()), Some(p), None, default));
        there.fetch(&entities.into_iter().flat_map(of).collect::<Vec<_>>())
    }

    /// The same for the subjects in the default graph that a predicate leads from to each.
    pub fn fetch_subjects<'n>(
        &self,
        predicate: NamedNodeRef<'_>,
        objects: impl IntoIterator<Item = &'n NamedNode>,
    ) -> Result<()> {
        let Some(there) = &self.elsewhere else { return Ok(()) };
        let default = Some(GraphNameRef::DefaultGraph);
        let of = |o: &NamedNode| Pattern::new(None, Some(predicate), Some(o.as_ref().into()), default);
        there.fetch(&objects.into_iter().map(of).collect::<Vec<_>>())
    }
}
