//! RDF of the same model from elsewhere -> the graph: documents, claims, entities and runs as they are; what follows from
//! claims is left out, and derived here.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::fresh::Fresh;
use super::read::RECORD;
use super::{RdfFormat, Store, plain, remove};
use crate::error::{Error, Result};
use crate::rdf::vocab::{dg, prov};
use crate::rdf::{manifest, name};

/// Kinds of things that follow from claims.
const DERIVED: [&str; 5] = ["event", "relation", "pair", "place", "action"];

/// Quads that are taken in at a time.
const AT_ONCE: usize = 500_000;

/// The quads of a file, one after the other.
pub type Reading = Box<dyn Iterator<Item = Result<Quad>>>;

/// The quads of a file.
///
/// # Errors
/// Each item: what is no RDF of that format.
pub fn read(format: RdfFormat, file: impl Read + 'static) -> Reading {
    let quads = RdfParser::from_format(format).for_reader(file);
    Box::new(quads.map(move |quad| quad.map_err(|e| Error::new(format!("no {format}: {e}")))))
}

/// What must be known of all that comes before any of it is taken in.
#[derive(Default)]
struct Outline {
    textless: bool,
    /// Claims outside of their document's graph -> the document.
    documents: HashMap<String, NamedNode>,
    /// The log of curation.
    log: HashSet<Quad>,
}

impl Store {
    /// Takes in RDF of our model, with or without named graphs; documents that it holds replace those of the same id. It is
    /// read twice, and never held whole. Returns how many documents there were. Then call [`Store::derive_all`] (a log of
    /// curation may have come with them), and [`Store::check`] whether it is sound.
    ///
    /// # Errors
    /// What comes is no RDF, or keeps no text, and the graph does; or both have a log of curation, and not the same.
    pub fn accept(&mut self, read: impl Fn() -> Result<Reading>) -> Result<usize> {
        self.writable()?;
        self.written.clear();
        self.fresh = Fresh::default();
        let outline = outline(read()?)?;
        self.one_log(&outline.log)?;
        if outline.textless {
            self.leave_text_out()?;
        }
        let (mut seen, mut waiting) = (HashSet::new(), Vec::new());
        for quad in read()? {
            let Some(quad) = Some(quad?).filter(is_given) else { continue };
            let Some(quad) = (if self.textless { manifest::wordless(quad) } else { Some(quad) }) else { continue };
            waiting.push(placed(quad, &outline.documents));
            if waiting.len() >= AT_ONCE {
                self.take_in(std::mem::take(&mut waiting), &mut seen)?;
            }
        }
        self.take_in(waiting, &mut seen)?;
        Ok(seen.iter().filter(|s| name::id_of(s.as_str(), "doc").is_some()).count())
    }

    /// Takes in some quads. Documents and records of entities that are not among `seen` yet replace those in the store.
    fn take_in(&self, mut quads: Vec<Quad>, seen: &mut HashSet<NamedNode>) -> Result<()> {
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for quad in &quads {
            if let GraphName::NamedNode(graph) = &quad.graph_name
                && !seen.contains(graph)
            {
                seen.insert(graph.clone());
                remove(&mut transaction, graph)?;
            }
            if let NamedOrBlankNode::NamedNode(entity) = &quad.subject
                && RECORD.contains(&quad.predicate.as_ref())
                && name::id_of(entity.as_str(), "entity").is_some()
                && !seen.contains(entity)
            {
                seen.insert(entity.clone());
                super::record(&transaction, entity)?.iter().for_each(|former| transaction.remove(former));
            }
        }
        transaction.commit().map_err(plain)?;
        let pairs: HashSet<_> = quads.iter().filter_map(super::bulk::pair).collect();
        quads.extend(pairs.into_iter().map(|p| Quad::new(p, dg::STALE, Literal::from(true), GraphName::DefaultGraph)));
        self.load(quads)
    }

    /// Whether a log of curation that comes is the graph's own, or the first: two are never mixed.
    fn one_log(&self, come: &HashSet<Quad>) -> Result<()> {
        let log = name::curation();
        let own = self.quads(None, None, None, Some(log.as_ref().into()))?;
        if come.is_empty() || own.is_empty() || *come == own.into_iter().collect() {
            return Ok(());
        }
        let hint =
            "load it into another folder, and move the decisions: diplograph log --json, diplograph log --apply FILE";
        Err(Error::new("both the graph and what comes have decisions of curation, and not the same").hint(hint))
    }
}

fn outline(quads: Reading) -> Result<Outline> {
    let mut outline = Outline::default();
    for quad in quads {
        let quad = quad?;
        outline.textless |= manifest::is_textless(&quad);
        if quad.predicate.as_ref() == prov::WAS_DERIVED_FROM
            && let (NamedOrBlankNode::NamedNode(claim), Term::NamedNode(doc)) = (&quad.subject, &quad.object)
            && quad.graph_name.as_ref() != doc.as_ref().into()
        {
            outline.documents.insert(claim.as_str().to_owned(), doc.clone());
        }
        let log = name::curation();
        let quad = placed(quad, &HashMap::new());
        if quad.graph_name.as_ref() == log.as_ref().into() {
            outline.log.insert(quad);
        }
    }
    Ok(outline)
}

/// Whether it is neither a consequence of claims nor the manifest.
fn is_given(quad: &Quad) -> bool {
    let follows = match &quad.subject {
        NamedOrBlankNode::NamedNode(s) => {
            *s == name::graph() || DERIVED.iter().any(|kind| name::id_of(s.as_str(), kind).is_some())
        }
        NamedOrBlankNode::BlankNode(_) => false,
    };
    let predicate = quad.predicate.as_ref();
    !(follows || predicate == dg::ABOUT || predicate == dg::STALE || name::is_edge(predicate))
}

/// In the graph of its document, or in that of the log, where it belongs to one.
fn placed(mut quad: Quad, documents: &HashMap<String, NamedNode>) -> Quad {
    if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
        let whole = subject.as_str().split('#').next().unwrap_or_default();
        if name::id_of(whole, "doc").is_some() {
            quad.graph_name = NamedNode::new_unchecked(whole).into();
        } else if name::id_of(whole, "decision").is_some() {
            quad.graph_name = name::curation().into();
        } else if let Some(document) = documents.get(subject.as_str()) {
            quad.graph_name = document.clone().into();
        }
    }
    quad
}
