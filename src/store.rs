//! The graph on disk: the only module that opens Oxigraph.
//!
//! Documents go in and out whole, each in one transaction. What follows from them (events, relations, edges) is rebuilt
//! by [`Store::derive`] for the pairs of sides that changed. It does not read articles or resolve names.

mod accept;
mod answer;
mod bulk;
mod check;
mod coverage;
mod curate;
mod derive;
mod disk;
mod dump;
mod elsewhere;
mod events;
mod fresh;
mod manifest;
#[cfg(feature = "rocksdb")]
mod pack;
mod quick;
mod read;
mod scope;
mod sort;
mod versions;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
    TermRef,
};
use oxigraph::store::Transaction;
use tempfile::TempDir;

pub use crate::rdf::decode::Passages;
pub use accept::{Reading, read as read_rdf};
pub use answer::{Answers, Question, Table};
pub use check::{Finding, Report};
pub use disk::Mode;
pub use dump::{Dumping, format_of};
pub use elsewhere::Asks;
pub use events::EventRow;
pub use manifest::Manifest;
pub use oxigraph::io::RdfFormat;
pub use oxigraph::sparql::CancellationToken;
pub use oxigraph::sparql::results::QueryResultsFormat;
pub use quick::depth;
pub use scope::Scope;
pub use view::Horizon;

use crate::cluster::{home, id};
use crate::error::{Error, Result};
use crate::model::{Actor, Article, Entity, Fact, Run};
use crate::rdf::vocab::{dg, prov};
use crate::rdf::{decode, encode, manifest as model, name};
use disk::Disk;
use fresh::Fresh;
use read::RECORD;

/// An open graph.
pub struct Store {
    inner: oxigraph::store::Store,
    /// Who is asked in place of `inner`, if anybody.
    elsewhere: Option<elsewhere::Elsewhere>,
    disk: Option<Disk>,
    authority: Option<Authority>,
    /// The records of entities that this store has written, so that each is compared once.
    written: HashMap<String, Actor>,
    /// What this store has taken in of pairs that are new.
    fresh: Fresh,
    /// The table of events, where it is kept in memory.
    events: OnceLock<Option<events::Kept>>,
    /// Of a view: events and relations after that day are left out.
    as_of: Option<Date>,
    /// What reads the documents that come in.
    run: Run,
    /// Whether hashes are kept in place of words.
    textless: bool,
    /// Of a view on disk: its folder. Last, so that it goes when the store is closed.
    temporary: Option<TempDir>,
}

/// Where to look up the state or organisation that an actor belongs to, by its entity id.
pub type Authority = Box<dyn Fn(&str) -> Option<Actor> + Send + Sync>;

/// What became of a document that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Added,
    Replaced,
    Unchanged,
}

/// Documents that one transaction may hold: more is faster, but all of them stay in memory until it ends.
const BATCH: usize = 200;

impl Store {
    /// A graph in memory only.
    pub fn memory() -> Result<Self> {
        Ok(Self::of(oxigraph::store::Store::new().map_err(plain)?, None))
    }

    fn of(inner: oxigraph::store::Store, disk: Option<Disk>) -> Self {
        let (authority, written, fresh) = (None, HashMap::new(), Fresh::default());
        Self {
            inner,
            elsewhere: None,
            disk,
            authority,
            written,
            fresh,
            events: OnceLock::new(),
            as_of: None,
            run: Run::default(),
            textless: false,
            temporary: None,
        }
    }

    /// A graph on disk that goes when it is dropped.
    fn temporary() -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("diplograph-").tempdir()?;
        let mut store = Self::open(&dir.path().join("view"), Mode::ReadWrite)?;
        store.temporary = Some(dir);
        Ok(store)
    }

    /// Opens the graph of a directory; for writing, a missing one is made.
    ///
    /// # Errors
    /// No graph to read, another writer, another format version, or a folder that cannot be used.
    pub fn open(dir: &Path, mode: Mode) -> Result<Self> {
        let (inner, disk) = Disk::open(dir, mode)?;
        let mut store = Self::of(inner, Some(disk));
        store.textless = store.says_textless()?;
        Ok(store)
    }

    /// Says where the states and organisations behind actors are described; without it they have a name only.
    pub fn set_authority(&mut self, authority: Authority) {
        self.authority = Some(authority);
    }

    /// Makes what was written the graph that readers see, and lets the next writer in. A store that is dropped without
    /// it leaves the graph as it was; the next writer of a directory goes on with what was committed.
    pub fn close(self) -> Result<()> {
        match self.disk {
            Some(disk) => disk.publish(self.inner),
            None => Ok(()),
        }
    }

    /// Forgets everything since the store was opened; the graph in its directory is what it was.
    pub fn abandon(self) -> Result<()> {
        match self.disk {
            Some(disk) => disk.abandon(self.inner),
            None => Ok(()),
        }
    }

    /// Whether that very article, read by that version, is stored, so that it need not be read again.
    pub fn holds(&self, article: &Article, version: &str) -> Result<bool> {
        let doc = name::document(&article.id);
        let hash = Literal::new_simple_literal(encode::input_hash(article, version));
        let quad = Quad::new(doc.clone(), dg::INPUT_HASH.into_owned(), hash, doc);
        self.inner.contains(&quad).map_err(plain)
    }

    /// Whether a document of that id and text, read by that version, is stored, wherever the text was found: a row of a
    /// data set is the same row in whichever file and line.
    pub fn holds_text(&self, article: &Article, version: &str) -> Result<bool> {
        let doc = name::document(&article.id);
        let says = |predicate: NamedNodeRef<'static>, text: &str| {
            let text = Literal::new_simple_literal(text);
            self.inner.contains(&Quad::new(doc.clone(), predicate.into_owned(), text, doc.clone())).map_err(plain)
        };
        Ok(says(dg::EXTRACTOR_VERSION, version)? && says(dg::SHA256, &id::sha256(&article.text))?)
    }

    /// Stores a document with its facts, in place of what was stored of it. Call [`Store::derive`] when all are in.
    ///
    /// # Errors
    /// A quote that is not in the article; a failing disk. The store then holds what it held before.
    pub fn insert(&mut self, article: &Article, facts: &[Fact], version: &str) -> Result<Change> {
        let changes = self.insert_all([(article, facts)], version)?;
        Ok(changes.first().copied().unwrap_or(Change::Unchanged))
    }

    /// Stores many documents, some hundreds in a transaction, each of them whole or not at all.
    pub fn insert_all<'a>(
        &mut self,
        documents: impl IntoIterator<Item = (&'a Article, &'a [Fact])>,
        version: &str,
    ) -> Result<Vec<Change>> {
        self.writable()?;
        let mut changes = Vec::new();
        let documents: Vec<_> = documents.into_iter().collect();
        for documents in bulk::chunks(&documents) {
            changes.extend(self.insert_chunk(documents, version)?);
        }
        Ok(changes)
    }

    /// Stores documents one by one, in one transaction.
    fn insert_each(&mut self, documents: &[(&Article, &[Fact])], version: &str) -> Result<Vec<Change>> {
        self.fresh = Fresh::default();
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        let run = self.run_of(version);
        let put = |(article, facts): &(&Article, &[Fact])| {
            let quads = self.encoded(article, facts, version)?;
            put(&mut transaction, &name::document(&article.id), (quads, facts), &run, self.authority.as_ref())
        };
        let changes = documents.iter().map(put).collect::<Result<Vec<_>>>()?;
        transaction.commit().map_err(plain)?;
        Ok(changes)
    }

    /// The quads of a document, without words if the graph keeps none.
    fn encoded(&self, article: &Article, facts: &[Fact], version: &str) -> Result<Vec<Quad>> {
        let quads = encode::document(article, facts, version)?;
        Ok(if self.textless { model::without_text(quads) } else { quads })
    }

    /// What reads the documents of that version, as quads.
    fn run_of(&self, version: &str) -> Vec<Quad> {
        if self.run.version == version { model::run(&self.run) } else { model::run(&Run::of(version)) }
    }

    /// Takes a document out, whole; false if there is none of that id. Call [`Store::derive`] afterwards.
    pub fn retract(&mut self, article: &str) -> Result<bool> {
        self.writable()?;
        self.written.clear();
        self.fresh = Fresh::default();
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        let found = remove(&mut transaction, &name::document(article))?;
        transaction.commit().map_err(plain)?;
        Ok(found)
    }

    fn writable(&self) -> Result<()> {
        match &self.disk {
            _ if self.elsewhere.is_some() => Err(Error::new("a graph elsewhere is for reading only")),
            Some(disk) if disk.mode() == Mode::ReadOnly => Err(Error::new("the graph is open for reading only")),
            _ => Ok(()),
        }
    }
}

/// Writes a document in place of its former self, with the entities and the run that it names.
fn put(
    t: &mut Transaction<'_>,
    doc: &NamedNode,
    (quads, facts): (Vec<Quad>, &[Fact]),
    run: &[Quad],
    authority: Option<&Authority>,
) -> Result<Change> {
    let former: BTreeSet<String> = collect(t, None, None, None, Some(doc))?.iter().map(Quad::to_string).collect();
    if former.len() == quads.iter().map(Quad::to_string).filter(|q| former.contains(q)).count() && !former.is_empty() {
        return Ok(Change::Unchanged);
    }
    let replaced = remove(t, doc)?;
    mark_stale(t, &quads, &[dg::PAIR_OF]);
    t.extend(&quads);
    t.extend(run);
    for actor in actors(facts) {
        put_entity(t, actor, authority)?;
        put_home(t, actor, authority)?;
    }
    Ok(if replaced { Change::Replaced } else { Change::Added })
}

/// The actors of facts, each once; of its descriptions the first in order, see [`settled`].
fn actors(facts: &[Fact]) -> impl Iterator<Item = &Actor> {
    let mut actors: BTreeMap<&str, &Actor> = BTreeMap::new();
    let all = facts.iter().flat_map(|f| [Some(&f.claim.source), Some(&f.claim.target), f.claim.attribution.as_ref()]);
    for actor in all.flatten() {
        let kept = actors.entry(&actor.id).or_insert(actor);
        *kept = if actor.described() < kept.described() { actor } else { *kept };
    }
    actors.into_values()
}

/// The last description of an entity holds, unless only texts describe it.
fn put_entity(t: &mut Transaction<'_>, actor: &Actor, authority: Option<&Authority>) -> Result<()> {
    let former = record(t, &name::entity(&actor.id))?;
    let quads = encode::entity(&settled(&former, actor, authority));
    if former.len() != quads.len() || !quads.iter().all(|q| former.contains(q)) {
        former.iter().for_each(|q| t.remove(q));
        t.extend(&quads);
    }
    Ok(())
}

/// Of an actor that no authority knows, texts may give several descriptions: the first in order holds, since which article comes
/// first must make no difference.
fn settled(former: &[Quad], actor: &Actor, authority: Option<&Authority>) -> Actor {
    let node = decode::nodes(former.to_vec()).remove(name::entity(&actor.id).as_str());
    match node.as_ref().and_then(decode::entity) {
        Some(former) if former.described() < actor.described() && !known(actor, authority) => Arc::new(former),
        _ => Arc::clone(actor),
    }
}

fn known(actor: &Actor, authority: Option<&Authority>) -> bool {
    authority.is_some_and(|look_up| look_up(&actor.id).is_some())
}

/// The state or organisation behind an actor has a record too, if only its name.
fn put_home(t: &mut Transaction<'_>, actor: &Entity, authority: Option<&Authority>) -> Result<()> {
    let (Some(home), Some(country)) = (home::of(actor), &actor.country) else {
        return Ok(());
    };
    if !record(t, &name::entity(&home))?.is_empty() {
        return Ok(());
    }
    match authority.and_then(|look_up| look_up(&home)) {
        Some(entity) => put_entity(t, &entity, authority),
        None => put_entity(t, &Arc::new(home::record(country)), authority),
    }
}

/// The authority record of an entity.
fn record(t: &Transaction<'_>, entity: &NamedNode) -> Result<Vec<Quad>> {
    let mut quads = Vec::new();
    for predicate in RECORD {
        quads.extend(collect(t, Some(entity), Some(predicate), None, None)?);
    }
    Ok(quads)
}

/// Removes a document's graph and remembers what hung on it.
fn remove(t: &mut Transaction<'_>, doc: &NamedNode) -> Result<bool> {
    let quads = collect(t, None, None, None, Some(doc))?;
    for claim in quads.iter().filter(|q| q.predicate.as_ref() == dg::QUOTE).filter_map(subject_iri) {
        for pair in curate::pairs_of_events(t, &claim)? {
            t.insert(&Quad::new(pair, dg::STALE, Literal::from(true), GraphName::DefaultGraph));
        }
    }
    mark_stale(t, &quads, &[dg::PAIR_OF, dg::ACTOR, dg::RECIPIENT, dg::SPEAKER, prov::WAS_GENERATED_BY]);
    for quad in &quads {
        t.remove(quad);
    }
    t.remove_named_graph(doc).map_err(plain)?;
    Ok(!quads.is_empty())
}

/// Notes in the graph itself which pairs a change touches, and whose last mention it may take, so that a killed run can
/// be finished.
fn mark_stale(t: &mut Transaction<'_>, quads: &[Quad], watched: &[NamedNodeRef<'_>]) {
    for quad in quads.iter().filter(|q| watched.contains(&q.predicate.as_ref())) {
        if let Term::NamedNode(object) = &quad.object {
            t.insert(&Quad::new(object.clone(), dg::STALE, Literal::from(true), GraphName::DefaultGraph));
        }
    }
}

/// Removes all that is said of a subject.
fn remove_subject(t: &mut Transaction<'_>, subject: &NamedNode) -> Result<()> {
    collect(t, Some(subject), None, None, None)?.iter().for_each(|q| t.remove(q));
    Ok(())
}

/// The quads of a pattern inside a transaction; `graph` is a named graph.
fn collect(
    t: &Transaction<'_>,
    subject: Option<&NamedNode>,
    predicate: Option<NamedNodeRef<'_>>,
    object: Option<TermRef<'_>>,
    graph: Option<&NamedNode>,
) -> Result<Vec<Quad>> {
    let subject = subject.map(|s| NamedOrBlankNodeRef::from(s.as_ref()));
    let graph = graph.map(|g| GraphNameRef::from(g.as_ref()));
    t.quads_for_pattern(subject, predicate, object, graph).collect::<Result<_, _>>().map_err(plain)
}

fn subject_iri(quad: &Quad) -> Option<NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(n) => Some(n.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// An error of Oxigraph in our words.
fn plain(e: impl std::fmt::Display) -> Error {
    Error::new(format!("the graph: {e}"))
}
