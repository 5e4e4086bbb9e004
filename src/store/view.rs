//! The graph as it was: what had been reported by a day, and what of it held on a day. A view is a graph of its own in
//! memory, derived anew from the articles that count, so that every look-up, query and export works on it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term};

use super::{RECORD, Store, plain};
use crate::error::Result;
use crate::model::Article;
use crate::rdf::vocab::{dg, prov};
use crate::rdf::{decode, name};

/// From where the graph is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Horizon {
    /// Only what happened or held on or before that day, certainly or possibly; each such thing is marked which.
    pub as_of: Option<Date>,
    /// Only what articles up to that day tell; articles without a date tell nothing by then.
    pub known_by: Option<Date>,
}

impl Horizon {
    /// Whether it hides nothing.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn knows(&self, article: &Article) -> bool {
        self.known_by.is_none_or(|day| article.date.is_some_and(|d| d <= day))
    }
}

impl Store {
    /// The graph seen from there, in memory: events, relations and their statuses are derived anew from the claims that
    /// had been reported. Costs time and memory in proportion to those.
    pub fn view(&self, horizon: &Horizon) -> Result<Self> {
        let mut view = Self { as_of: horizon.as_of, ..Self::memory()? };
        let mut entities = BTreeSet::new();
        let mut others: BTreeSet<NamedNode> = [name::curation()].into();
        let mut transaction = view.inner.start_transaction().map_err(plain)?;
        for doc in self.subjects_of(dg::DOCUMENT)? {
            if !decode::article(&self.node(&doc)?).is_some_and(|a| horizon.knows(&a)) {
                continue;
            }
            let quads = self.quads(None, None, None, Some(doc.as_ref().into()))?;
            for quad in &quads {
                note(quad, &mut entities, &mut others);
            }
            transaction.extend(&quads);
        }
        for quad in self.quads(None, None, None, Some(name::curation().as_ref().into()))? {
            note(&quad, &mut entities, &mut others);
            transaction.insert(&quad);
        }
        transaction.extend(&self.pointed_at(entities)?);
        for run in others {
            transaction.extend(&self.quads(Some(run.as_ref()), None, None, Some(GraphNameRef::DefaultGraph))?);
        }
        transaction.commit().map_err(plain)?;
        view.derive_all()?;
        if horizon.as_of.is_some() {
            view.drop_claims_of_nothing()?;
        }
        Ok(view)
    }

    /// The authority records of those actors and of whatever they belong to.
    fn pointed_at(&self, mut wanted: BTreeSet<NamedNode>) -> Result<Vec<Quad>> {
        let (mut quads, mut seen) = (Vec::new(), BTreeSet::new());
        while let Some(entity) = wanted.pop_first() {
            if !seen.insert(entity.clone()) {
                continue;
            }
            for quad in self.quads(Some(entity.as_ref()), None, None, Some(GraphNameRef::DefaultGraph))? {
                if quad.predicate.as_ref() == dg::COUNTRY
                    && let Term::NamedNode(home) = &quad.object
                {
                    wanted.insert(home.clone());
                }
                if RECORD.contains(&quad.predicate.as_ref()) {
                    quads.push(quad);
                }
            }
        }
        Ok(quads)
    }

    /// Removes the claims that tell of what had not happened yet.
    fn drop_claims_of_nothing(&mut self) -> Result<()> {
        let aside = self.set_aside()?;
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for claim in self.subjects_of(dg::CLAIM)? {
            let kept = name::id_of(claim.as_str(), "claim").is_some_and(|id| aside.contains(&id));
            if !kept && self.quads(Some(claim.as_ref()), Some(dg::ABOUT), None, None)?.is_empty() {
                super::remove_subject(&mut transaction, &claim)?;
            }
        }
        transaction.commit().map_err(plain)
    }
}

/// Remembers the actors and the run that a quad names.
fn note(quad: &Quad, entities: &mut BTreeSet<NamedNode>, runs: &mut BTreeSet<NamedNode>) {
    let Term::NamedNode(object) = &quad.object else { return };
    if name::id_of(object.as_str(), "entity").is_some() {
        entities.insert(object.clone());
    } else if quad.predicate.as_ref() == prov::WAS_GENERATED_BY
        && matches!(quad.subject, NamedOrBlankNode::NamedNode(_))
    {
        runs.insert(object.clone());
    }
}
