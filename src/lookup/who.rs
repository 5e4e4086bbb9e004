use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, Literal, NamedNode, Term};
use rayon::prelude::*;

use super::event::of_actor;
use super::names::{fold, nearest};
use super::read::{derived, id, subject, text, thing};
use super::{Resolved, Who};
use crate::error::Result;
use crate::model::EntityKind;
use crate::rdf::decode::Node;
use crate::rdf::name;
use crate::rdf::vocab::{dg, owl, rdfs};
use crate::store::Store;

/// Names entities, each looked up once.
pub(super) struct Actors<'a> {
    store: &'a Store,
    known: RefCell<BTreeMap<NamedNode, (Who, Option<NamedNode>)>>,
}

impl<'a> Actors<'a> {
    pub fn new(store: &'a Store) -> Self {
        Self { store, known: RefCell::default() }
    }

    pub fn who(&self, entity: &NamedNode) -> Result<Who> {
        Ok(self.with_home(entity)?.0)
    }

    /// The state or organisation that it counts for, or itself.
    pub fn home(&self, entity: &NamedNode) -> Result<NamedNode> {
        Ok(self.with_home(entity)?.1.unwrap_or_else(|| entity.clone()))
    }

    /// Looks up those that are not known yet, at once.
    pub fn learn<'n>(&self, entities: impl Iterator<Item = &'n NamedNode>) -> Result<()> {
        let new: BTreeSet<&NamedNode> = entities.filter(|e| !self.known.borrow().contains_key(*e)).collect();
        let store = self.store;
        store.fetch_records(new.iter().copied())?;
        let read = new.into_par_iter().map(|entity| Ok((entity.clone(), read(store, entity)?)));
        self.known.borrow_mut().extend(read.collect::<Result<Vec<_>>>()?);
        Ok(())
    }

    fn with_home(&self, entity: &NamedNode) -> Result<(Who, Option<NamedNode>)> {
        if let Some(known) = self.known.borrow().get(entity) {
            return Ok(known.clone());
        }
        let found = read(self.store, entity)?;
        self.known.borrow_mut().insert(entity.clone(), found.clone());
        Ok(found)
    }
}

fn read(store: &Store, entity: &NamedNode) -> Result<(Who, Option<NamedNode>)> {
    let of = store.record(entity)?;
    Ok((who(entity, &of), thing(&of, dg::COUNTRY)))
}

fn who(entity: &NamedNode, of: &Node) -> Who {
    let id = id(entity, "entity");
    Who { name: text(of, rdfs::LABEL).unwrap_or_else(|| id.clone()), kind: kind(of).to_owned(), id }
}

/// The kind's word, as [`EntityKind`] spells it; empty for what is no actor.
pub(super) fn kind(of: &Node) -> &'static str {
    name::KINDS.into_iter().find(|k| of.is(name::class(*k))).map_or("", EntityKind::as_str)
}

/// Whom a list of names outside the graph knows by a name, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Namesakes {
    /// Of those who are called just so.
    pub whole: Vec<String>,
    /// Of those whose family is called so.
    pub family: Vec<String>,
}

/// How to ask such a list.
pub type Aliases<'a> = &'a dyn Fn(&str) -> Result<Namesakes>;

/// Who is meant by a name, a code or an id: by id, Wikidata id or ISO code, then by the name as it stands, then by the
/// name whatever its case and accents, then by the last words of a person's name, then by an alias, then by whole words
/// of any name or a family name. Of several, the one with most events. `aliases` is asked only where the graph's own names
/// do not settle it: it may be slow.
pub fn resolve(store: &Store, name: &str, aliases: Aliases) -> Result<Resolved> {
    let name = name.trim();
    let mut found = by_code(store, name)?;
    if found.is_empty() {
        let label = Literal::new_language_tagged_literal_unchecked(name, "en");
        found = derived(store, rdfs::LABEL, &label)?;
        found.retain(is_entity);
    }
    if found.is_empty() { by_likeness(store, name, aliases) } else { ranked(store, found) }
}

fn by_code(store: &Store, code: &str) -> Result<Vec<NamedNode>> {
    for id in [code.to_owned(), code.to_uppercase(), code.to_lowercase()] {
        let entity = name::entity(&id);
        if store.record(&entity)?.is(dg::ACTOR_CLASS) {
            return Ok(vec![entity]);
        }
    }
    let digits = code.strip_prefix(['Q', 'q']).filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
    let Some(digits) = digits else { return Ok(Vec::new()) };
    let wikidata = NamedNode::new_unchecked(format!("http://www.wikidata.org/entity/Q{digits}"));
    derived(store, owl::SAME_AS, &wikidata)
}

/// Places and actions have labels too.
fn is_entity(thing: &NamedNode) -> bool {
    name::id_of(thing.as_str(), "entity").is_some()
}

/// Every name of an actor of the graph, with its bearer.
pub(super) fn all_names(store: &Store) -> Result<Vec<(String, NamedNode)>> {
    let mut names = Vec::new();
    for quad in store.quads(None, Some(rdfs::LABEL), None, Some(GraphNameRef::DefaultGraph))? {
        if let Term::Literal(label) = &quad.object {
            let label = label.value().to_owned();
            names.extend(subject(quad).filter(is_entity).map(|bearer| (label, bearer)));
        }
    }
    Ok(names)
}

fn by_likeness(store: &Store, text: &str, aliases: Aliases) -> Result<Resolved> {
    let names = all_names(store)?;
    let wanted = fold(text);
    let bearers = |fits: &dyn Fn(&str) -> bool| -> Vec<NamedNode> {
        names.iter().filter(|(n, _)| fits(&fold(n))).map(|(_, bearer)| bearer.clone()).collect()
    };
    let mut same = bearers(&|n| n == wanted);
    if same.is_empty() {
        same = persons(store, bearers(&|n| ends_in(n, &wanted)))?;
    }
    if same.is_empty() {
        let known = aliases(text)?;
        same = in_graph(store, known.whole)?;
        if same.is_empty() {
            same = bearers(&|n| holds_words(n, &wanted));
            same.extend(in_graph(store, known.family)?);
        }
    }
    if same.is_empty() {
        let near = nearest(text, names.iter().map(|(n, _)| n.as_str()), 3);
        return Ok(Resolved::Unknown { near: near.into_iter().map(str::to_owned).collect() });
    }
    ranked(store, same)
}

/// Those who are persons.
fn persons(store: &Store, all: Vec<NamedNode>) -> Result<Vec<NamedNode>> {
    let mut persons = Vec::new();
    for entity in all {
        if kind(&store.record(&entity)?) == EntityKind::Person.as_str() {
            persons.push(entity);
        }
    }
    Ok(persons)
}

/// Those of the ids that the graph has.
fn in_graph(store: &Store, ids: Vec<String>) -> Result<Vec<NamedNode>> {
    let mut found = Vec::new();
    for entity in ids.iter().map(|id| name::entity(id)) {
        if store.record(&entity)?.is(dg::ACTOR_CLASS) {
            found.push(entity);
        }
    }
    Ok(found)
}

/// Whether `wanted` is the last word of the name, or its last words.
fn ends_in(name: &str, wanted: &str) -> bool {
    !wanted.is_empty() && name.strip_suffix(wanted).is_some_and(|rest| rest.ends_with(' '))
}

/// Whether `wanted` is a run of whole words of the name: "Assad" of "Bashar al-Assad".
fn holds_words(name: &str, wanted: &str) -> bool {
    !wanted.is_empty() && format!(" {name} ").contains(&format!(" {wanted} "))
}

/// The one with most events first.
fn ranked(store: &Store, mut found: Vec<NamedNode>) -> Result<Resolved> {
    for entity in &mut found {
        if let Some(other) = store.stands_for(&id(entity, "entity"))? {
            *entity = name::entity(&other.id);
        }
    }
    found.sort();
    found.dedup();
    let alone = found.len() == 1;
    let mut by_events = Vec::new();
    for entity in found {
        let events = if alone { 0 } else { of_actor(store, &entity)?.len() };
        by_events.push((events, entity));
    }
    by_events.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let actors = Actors::new(store);
    let mut whos = by_events.iter().map(|(_, e)| actors.who(e)).collect::<Result<Vec<_>>>()?.into_iter();
    Ok(match whos.next() {
        Some(who) => Resolved::Found { who, others: whos.collect() },
        None => Resolved::Unknown { near: Vec::new() },
    })
}
