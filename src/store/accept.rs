//! RDF of the same model from elsewhere -> the graph: documents, claims, entities and runs as they are; what follows from
//! claims is left out, and derived here.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::{RECORD, RdfFormat, Store, plain, remove};
use crate::error::{Error, Result};
use crate::rdf::vocab::{dg, prov};
use crate::rdf::{manifest, name};

/// Kinds of things that follow from claims.
const DERIVED: [&str; 5] = ["event", "relation", "pair", "place", "action"];

/// The quads of a file.
///
/// # Errors
/// The first line that is no RDF of that format.
pub fn read(format: RdfFormat, file: impl std::io::Read) -> Result<Vec<Quad>> {
    let quads = RdfParser::from_format(format).for_reader(file);
    quads.collect::<Result<_, _>>().map_err(|e| Error::new(format!("no {format}: {e}")))
}

impl Store {
    /// Takes in RDF of our model, with or without named graphs; documents that it holds replace those of the same id.
    /// Returns how many there were. Then call [`Store::derive_all`] (a log of curation may have come with them), and
    /// [`Store::check`] whether it is sound.
    ///
    /// # Errors
    /// What comes keeps no text, and the graph does; or both have a log of curation, and not the same.
    pub fn accept(&mut self, quads: Vec<Quad>) -> Result<usize> {
        self.writable()?;
        self.written.clear();
        self.fresh = super::fresh::Fresh::default();
        if quads.iter().any(manifest::is_textless) {
            self.leave_text_out()?;
        }
        let quads = if self.textless { manifest::without_text(quads) } else { quads };
        let documents = documents_of_claims(&quads);
        let mut quads: Vec<_> = quads.into_iter().filter(is_given).map(|q| placed(q, &documents)).collect();
        let graphs = graphs(&quads);
        self.one_log(&quads)?;
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for graph in graphs.keys() {
            remove(&mut transaction, graph)?;
        }
        for quad in quads.iter().filter(|q| RECORD.contains(&q.predicate.as_ref())) {
            if let NamedOrBlankNode::NamedNode(entity) = &quad.subject
                && name::id_of(entity.as_str(), "entity").is_some()
            {
                super::record(&transaction, entity)?.iter().for_each(|former| transaction.remove(former));
            }
        }
        transaction.commit().map_err(plain)?;
        let pairs: Vec<_> = quads.iter().filter_map(super::bulk::pair).collect();
        quads.extend(pairs.into_iter().map(|p| Quad::new(p, dg::STALE, Literal::from(true), GraphName::DefaultGraph)));
        self.load(quads)?;
        Ok(graphs.keys().filter(|g| **g != name::curation()).count())
    }

    /// Whether a log of curation that comes is the graph's own, or the first: two are never mixed.
    fn one_log(&self, quads: &[Quad]) -> Result<()> {
        let log = name::curation();
        let own = self.quads(None, None, None, Some(log.as_ref().into()))?;
        let of_log = |q: &&Quad| q.graph_name.as_ref() == log.as_ref().into();
        let come: HashSet<&Quad> = quads.iter().filter(of_log).collect();
        if come.is_empty() || own.is_empty() || come == own.iter().collect() {
            return Ok(());
        }
        let hint =
            "load it into another folder, and move the decisions: diplograph log --json, diplograph log --apply FILE";
        Err(Error::new("both the graph and what comes have decisions of curation, and not the same").hint(hint))
    }
}

/// Claim -> the document that it was read in.
fn documents_of_claims(quads: &[Quad]) -> HashMap<String, NamedNode> {
    let derived = quads.iter().filter(|q| q.predicate.as_ref() == prov::WAS_DERIVED_FROM);
    derived
        .filter_map(|q| match (&q.subject, &q.object) {
            (NamedOrBlankNode::NamedNode(claim), Term::NamedNode(doc)) => {
                Some((claim.as_str().to_owned(), doc.clone()))
            }
            _ => None,
        })
        .collect()
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

fn graphs(quads: &[Quad]) -> BTreeMap<NamedNode, ()> {
    let named = |q: &Quad| if let GraphName::NamedNode(g) = &q.graph_name { Some((g.clone(), ())) } else { None };
    quads.iter().filter_map(named).collect()
}
