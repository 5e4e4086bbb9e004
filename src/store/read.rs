//! What a graph holds: articles, facts, entities, nodes and quads, and how many.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::Arc;

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef};
use rayon::prelude::*;

use super::elsewhere::Pattern;
use super::{Disk, Mode, Passages, Store, plain, subject_iri, versions};
use crate::cluster::Report as Told;
use crate::error::{Error, Result};
use crate::model::{Actor, Article, Fact};
use crate::rdf::vocab::{RDF_TYPE, dg, owl, rdfs};
use crate::rdf::{decode, name};

/// The predicates of an authority record; the other triples of an entity are edges.
pub(super) const RECORD: [NamedNodeRef<'static>; 7] =
    [RDF_TYPE, rdfs::LABEL, dg::SLUG, dg::COUNTRY, dg::COUNTRY_CODE, dg::ISO3, owl::SAME_AS];

impl Store {
    /// The stored articles without their texts, in order of ids.
    pub fn articles(&self) -> Result<Vec<Article>> {
        let mut articles = Vec::new();
        for doc in self.subjects_of(dg::DOCUMENT)? {
            articles.extend(decode::article(&self.node(&doc)?));
        }
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(articles)
    }

    /// What clustering has to know of every article, by its id.
    pub fn reports(&self) -> Result<BTreeMap<String, Told>> {
        let documents = self.subjects_of(dg::DOCUMENT)?.into_iter();
        let read = documents.filter_map(|doc| Some((name::id_of(doc.as_str(), "doc")?, doc)));
        read.map(|(id, doc)| Ok((id, decode::report(&self.node(&doc)?)))).collect()
    }

    /// Every entity of the graph, by id.
    pub fn entities(&self) -> Result<BTreeMap<String, Actor>> {
        let mut entities = BTreeMap::new();
        for iri in self.subjects_of(dg::ACTOR_CLASS)? {
            if let Some(entity) = decode::entity(&self.record(&iri)?) {
                entities.insert(entity.id.clone(), Arc::new(entity));
            }
        }
        Ok(entities)
    }

    /// The facts of one article, or of all, in order of article and place in it.
    pub fn facts(&self, article: Option<&str>) -> Result<Vec<Fact>> {
        let entities = self.entities()?;
        let documents = match article {
            Some(id) => vec![name::document(id)],
            None => self.subjects_of(dg::DOCUMENT)?,
        };
        let mut facts = Vec::new();
        for doc in documents {
            let quads = self.quads(None, None, None, Some(doc.as_ref().into()))?;
            facts.extend(decode::facts(&decode::nodes(quads), &entities).into_iter().map(|(_, fact)| fact));
        }
        facts.sort_by(|a, b| (&a.evidence, &a.claim).cmp(&(&b.evidence, &b.claim)));
        Ok(facts)
    }

    /// The sentences and quotes that are kept of an article.
    pub fn passages(&self, article: &str) -> Result<Passages> {
        let doc = name::document(article);
        let quads = self.quads(None, None, None, Some(doc.as_ref().into()))?;
        Ok(decode::passages(&decode::nodes(quads)))
    }

    /// Everything that is said of one subject, in whichever graph.
    pub fn node(&self, subject: &NamedNode) -> Result<decode::Node> {
        let quads = self.quads(Some(subject.as_ref()), None, None, None)?;
        Ok(decode::nodes(quads).remove(subject.as_str()).unwrap_or_default())
    }

    /// The authority record of an entity: what describes it, without the edges that it may have thousands of.
    pub fn record(&self, entity: &NamedNode) -> Result<decode::Node> {
        Ok(decode::nodes(self.record_quads(entity)?).remove(entity.as_str()).unwrap_or_default())
    }

    /// What the records of all actors say of their kind, name, home, code and identity, by IRI: read property by property, as
    /// reading them one by one takes a search for each.
    pub fn records(&self) -> Result<HashMap<String, decode::Node>> {
        let classes = name::KINDS.iter().map(|kind| (RDF_TYPE, Some(name::class(*kind))));
        let said = [rdfs::LABEL, dg::COUNTRY, dg::ISO3, owl::SAME_AS].map(|predicate| (predicate, None));
        let patterns: Vec<_> = classes.chain(said).collect();
        let read = patterns.into_par_iter().map(|(predicate, object)| {
            self.quads(None, Some(predicate), object.map(TermRef::from), Some(GraphNameRef::DefaultGraph))
        });
        let quads = read.collect::<Result<Vec<_>>>()?.concat();
        Ok(decode::nodes(quads).into_iter().filter(|(iri, _)| name::id_of(iri, "entity").is_some()).collect())
    }

    pub(super) fn record_quads(&self, entity: &NamedNode) -> Result<Vec<Quad>> {
        self.fetch_records([entity])?;
        let mut quads = Vec::new();
        for predicate in RECORD {
            quads.extend(self.quads(Some(entity.as_ref()), Some(predicate), None, Some(GraphNameRef::DefaultGraph))?);
        }
        Ok(quads)
    }

    /// The quads of a pattern; `None` stands for any.
    pub fn quads(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Result<Vec<Quad>> {
        if let Some(there) = &self.elsewhere {
            return there.quads(&Pattern::new(subject, predicate, object, graph));
        }
        let subject = subject.map(NamedOrBlankNodeRef::from);
        self.inner.quads_for_pattern(subject, predicate, object, graph).collect::<Result<_, _>>().map_err(plain)
    }

    /// How many quads there are. A published version never changes: its first reader counts (0.2 seconds of a core a million) and
    /// leaves the number beside it, if he may write there.
    pub fn len(&self) -> Result<usize> {
        if let Some(there) = &self.elsewhere {
            return self.count(&there.counting());
        }
        let version = self.disk.as_ref().filter(|d| d.mode() == Mode::ReadOnly).and_then(Disk::folder);
        let Some(note) = version.map(|folder| folder.join(versions::COUNT)) else {
            return self.inner.len().map_err(plain);
        };
        if let Some(known) = fs::read_to_string(&note).ok().and_then(|text| text.trim_end().parse().ok()) {
            return Ok(known);
        }
        let counted = self.inner.len().map_err(plain)?;
        let part = note.with_extension(std::process::id().to_string());
        _ = fs::write(&part, format!("{counted}\n")).and_then(|()| fs::rename(&part, &note));
        Ok(counted)
    }

    /// How many subjects have that class, in whichever graph.
    pub fn count_of(&self, class: NamedNodeRef<'_>) -> Result<usize> {
        self.count(&format!("SELECT (COUNT(?s) AS ?n) {{ ?s a {class} }}"))
    }

    /// The number in the first cell of what a query finds. Counting takes no reading of terms: half a second a million.
    ///
    /// # Errors
    /// A query that is wrong, or finds no number.
    pub fn count(&self, sparql: &str) -> Result<usize> {
        let number = match self.select(sparql)?.rows.first().and_then(|row| row.first()) {
            Some(Some(Term::Literal(number))) => number.value().parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| Error::new("the query counts nothing"))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> Result<bool> {
        if self.elsewhere.is_some() {
            return Ok(self.len()? == 0);
        }
        self.inner.is_empty().map_err(plain)
    }

    /// The instances of a class.
    pub fn subjects_of(&self, class: NamedNodeRef<'_>) -> Result<Vec<NamedNode>> {
        self.subjects(RDF_TYPE, class.into())
    }

    /// The subjects of which a predicate has that object.
    pub fn subjects(&self, predicate: NamedNodeRef<'_>, object: TermRef<'_>) -> Result<Vec<NamedNode>> {
        let quads = self.quads(None, Some(predicate), Some(object), None)?;
        Ok(quads.into_iter().filter_map(|q| subject_iri(&q)).collect())
    }
}
