//! SPARQL: questions and their answers.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{Literal, NamedNodeRef, Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter, SparqlEvaluator};
use spargebra::{Query, SparqlParser};

use super::scope::Scope;
use super::{Store, plain};
use crate::error::{Error, Result};
use crate::rdf::vocab::PREFIXES;

/// A function of our own, for one query.
const FITS: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:diplograph:fits");

/// What a query came to.
#[derive(Debug, Clone)]
pub enum Answers {
    /// SELECT
    Table(Table),
    /// ASK
    Truth(bool),
    /// CONSTRUCT, DESCRIBE
    Triples(Vec<Triple>),
}

/// Rows of a SELECT.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Option<Term>>>,
}

impl Table {
    /// The rows as words for a person: literals without their types, our own IRIs with their prefix.
    pub fn words(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        self.rows.iter().map(|row| row.iter().map(|cell| cell.as_ref().map(word).unwrap_or_default()).collect())
    }

    /// Which column has that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }
}

/// A term as a person reads it.
pub fn word(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(iri) => short(iri.as_str()),
        other => other.to_string(),
    }
}

/// `entity:SYR` for an IRI of a known namespace, else the IRI.
pub fn short(iri: &str) -> String {
    let fits = PREFIXES.iter().filter_map(|(p, n)| Some((p, iri.strip_prefix(n)?)));
    let whole = |local: &str| !local.is_empty() && !local.contains(['/', '#']);
    fits.into_iter()
        .find(|(_, local)| whole(local))
        .map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
}

impl Store {
    /// Answers a SPARQL 1.1 query over the union of all graphs, unless it has a FROM of its own. The prefixes of
    /// [`PREFIXES`] need no declaration.
    ///
    /// # Errors
    /// A query that is wrong; an update, which is none; a SERVICE, since nothing here goes to the network.
    pub fn query(&self, sparql: &str) -> Result<Answers> {
        self.query_up_to(sparql, usize::MAX)
    }

    /// The same, of which no more than `rows` rows or triples are read.
    pub fn query_up_to(&self, sparql: &str, rows: usize) -> Result<Answers> {
        if let Some(there) = &self.elsewhere {
            return there.query(sparql, rows);
        }
        self.query_over(Question::read(sparql)?, &Scope::default(), rows)
    }

    /// The same over given graphs, which take the place of the query's own FROM.
    pub fn query_over(&self, question: Question, scope: &Scope, rows: usize) -> Result<Answers> {
        self.evaluate(SparqlEvaluator::new(), question, scope, rows).map_err(plain)
    }

    /// The same, until it is told to stop; `None` if that came first. The stop is seen at the next quad that is read.
    pub fn query_until(
        &self,
        stop: CancellationToken,
        question: Question,
        scope: &Scope,
        rows: usize,
    ) -> Result<Option<Answers>> {
        let evaluator = SparqlEvaluator::new().with_cancellation_token(stop);
        match self.evaluate(evaluator, question, scope, rows) {
            Err(QueryEvaluationError::Cancelled) => Ok(None),
            answers => answers.map(Some).map_err(plain),
        }
    }

    /// The texts that a predicate leads to and that `fits`, each with its subject and its named graph, of the first `most` in
    /// the order of the store; and whether there are more than those.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn texts(
        &self,
        predicate: NamedNodeRef<'_>,
        most: usize,
        fits: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Result<(Table, bool)> {
        let fits = move |args: &[Term]| match args {
            [Term::Literal(text)] => Some(Literal::from(fits(text.value())).into()),
            _ => None,
        };
        let limit = if most == usize::MAX { String::new() } else { format!("LIMIT {most}") };
        let each = format!("SELECT ?s ?o ?g WHERE {{ GRAPH ?g {{ ?s {predicate} ?o }} }} {limit}");
        if self.elsewhere.is_some() {
            let Answers::Table(mut table) = self.query(&each)? else { return Ok((Table::default(), false)) };
            let (all, column) = (table.rows.len(), table.column("o"));
            table.rows.retain(|row| {
                let text = column.and_then(|i| row.get(i)?.clone());
                text.and_then(|text| fits(&[text])).is_some_and(|held| held == Literal::from(true).into())
            });
            return Ok((table, all == most));
        }
        // the engine reads of a row but the text, unless that fits
        let evaluator = SparqlEvaluator::new().with_custom_function(FITS.into_owned(), fits);
        let fitting = format!("SELECT ?s ?o ?g WHERE {{ {{ {each} }} FILTER({FITS}(?o)) }}");
        let more =
            format!("ASK {{ {{ SELECT ?s WHERE {{ GRAPH ?g {{ ?s {predicate} ?o }} }} OFFSET {most} LIMIT 1 }} }}");
        let found =
            self.evaluate(evaluator, Question::read(&fitting)?, &Scope::default(), usize::MAX).map_err(plain)?;
        let Answers::Table(table) = found else { return Ok((Table::default(), false)) };
        Ok((table, most < usize::MAX && matches!(self.query(&more)?, Answers::Truth(true))))
    }

    fn evaluate(
        &self,
        evaluator: SparqlEvaluator,
        Question(query): Question,
        scope: &Scope,
        rows: usize,
    ) -> Result<Answers, QueryEvaluationError> {
        let mut query = evaluator.for_query(query);
        scope.apply(query.dataset_mut());
        match query.on_store(&self.inner).execute()? {
            QueryResults::Solutions(solutions) => Ok(Answers::Table(table(solutions, rows)?)),
            QueryResults::Boolean(truth) => Ok(Answers::Truth(truth)),
            QueryResults::Graph(triples) => {
                let mut triples = triples.take(rows).collect::<Result<Vec<_>, _>>()?;
                triples.sort_by_cached_key(Triple::to_string);
                triples.dedup();
                Ok(Answers::Triples(triples))
            }
        }
    }

    /// The rows of a SELECT.
    ///
    /// # Errors
    /// A query that is wrong, or of another form.
    pub fn select(&self, sparql: &str) -> Result<Table> {
        match self.query(sparql)? {
            Answers::Table(table) => Ok(table),
            _ => Err(Error::new("the query is no SELECT")),
        }
    }

    /// Changes the graph by SPARQL 1.1 Update.
    pub fn update(&mut self, sparql: &str) -> Result<()> {
        self.writable()?;
        self.written.clear();
        self.fresh = super::fresh::Fresh::default();
        self.forget_events();
        let update = parser(sparql)?.parse_update(sparql).map_err(|e| Error::new(format!("the update: {e}")))?;
        SparqlEvaluator::new().for_update(update).on_store(&self.inner).execute().map_err(plain)
    }
}

/// A query that was read and is not asked yet.
pub struct Question(pub(super) Query);

impl Question {
    /// The same without words for what is wrong.
    pub(super) fn read_quickly(sparql: &str) -> Option<Self> {
        parser(sparql).ok()?.parse_query(sparql).ok().map(Self)
    }

    /// Reads SPARQL 1.1.
    ///
    /// # Errors
    /// An update, which is no query; a fault.
    pub fn read(sparql: &str) -> Result<Self> {
        parser(sparql)?.parse_query(sparql).map(Self).map_err(|e| {
            match parser(sparql).is_ok_and(|p| p.parse_update(sparql).is_ok()) {
                true => Error::new("this is an update, and no query").hint("diplograph update changes the graph"),
                false => Error::new(format!("the query: {e}")),
            }
        })
    }
}

/// Knows those of our prefixes that the text may use: to take all of them over costs as much as to read a short query.
fn parser(sparql: &str) -> Result<SparqlParser> {
    let word = |at: usize| sparql[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let named: Vec<&str> = memchr::memchr_iter(b':', sparql.as_bytes()).map(word).collect();
    // a backslash may spell any character
    let any = sparql.contains('\\');
    let used = |prefix: &str| any || named.contains(&prefix);
    let add = |parser: SparqlParser, (prefix, iri): &(&str, &str)| parser.with_prefix(*prefix, *iri);
    PREFIXES.iter().filter(|(prefix, _)| used(prefix)).try_fold(SparqlParser::new(), add).map_err(plain)
}

fn table(solutions: QuerySolutionIter<'_>, most: usize) -> Result<Table, QueryEvaluationError> {
    let columns: Vec<_> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
    let mut rows = Vec::new();
    for solution in solutions.take(most) {
        let solution = solution?;
        rows.push((0..columns.len()).map(|i| solution.get(i).cloned()).collect());
    }
    Ok(Table { columns, rows })
}

impl Answers {
    /// How many rows or triples it has; a truth value is one.
    pub fn len(&self) -> usize {
        match self {
            Self::Table(table) => table.rows.len(),
            Self::Truth(_) => 1,
            Self::Triples(triples) => triples.len(),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Table(table) => table.rows.is_empty(),
            Self::Truth(_) => false,
            Self::Triples(triples) => triples.is_empty(),
        }
    }

    /// Writes rows or a truth value in one of SPARQL's result formats (CSV, TSV, JSON, XML).
    ///
    /// # Errors
    /// Triples, which want an RDF format; a writer that fails.
    pub fn write_results(&self, format: QueryResultsFormat, to: impl Write) -> Result<()> {
        let serializer = QueryResultsSerializer::from_format(format);
        match self {
            Self::Truth(truth) => serializer.serialize_boolean_to_writer(to, *truth)?.flush()?,
            Self::Table(table) => {
                let columns: Vec<_> = table.columns.iter().map(Variable::new_unchecked).collect();
                let mut writer = serializer.serialize_solutions_to_writer(to, columns.clone())?;
                for row in &table.rows {
                    writer.serialize(columns.iter().zip(row).filter_map(|(c, t)| Some((c, t.as_ref()?))))?;
                }
                writer.finish()?.flush()?;
            }
            Self::Triples(_) => {
                return Err(Error::new("the answer is a graph").hint("give an RDF format: ttl, nt, ..."));
            }
        }
        Ok(())
    }

    /// Writes triples in an RDF format.
    ///
    /// # Errors
    /// Rows or a truth value, which want a result format; a writer that fails.
    pub fn write_rdf(&self, format: RdfFormat, to: impl Write) -> Result<()> {
        let Self::Triples(triples) = self else {
            return Err(Error::new("the answer is a table").hint("give a table format: table, csv, tsv, json, xml"));
        };
        let mut serializer = RdfSerializer::from_format(format);
        for (prefix, iri) in PREFIXES {
            serializer = serializer.with_prefix(*prefix, *iri).map_err(plain)?;
        }
        let mut writer = serializer.for_writer(to);
        for triple in triples {
            writer.serialize_triple(triple)?;
        }
        writer.finish()?.flush().map_err(Error::from)
    }
}
