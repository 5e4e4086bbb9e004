use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxigraph::model::NamedNode;

use super::read::{derived, id, local, maybe_node, source, text, thing, things, word};
use super::who::Actors;
use super::{Happening, Said, Source, Who};
use crate::error::Result;
use crate::model::{Period, Relation};
use crate::network::Sides;
use crate::rdf::decode::Node;
use crate::rdf::name;
use crate::rdf::vocab::{dg, oa, prov, rdfs, sem};
use crate::store::{EventRow, Store};

/// An event as its own triples tell it.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub iri: NamedNode,
    pub relation: Relation,
    pub sources: Vec<NamedNode>,
    pub targets: Vec<NamedNode>,
    /// Whether both sides do the same.
    pub symmetric: bool,
    pub period: Option<Period>,
    /// The graph's word, such as `Reported`.
    pub status: String,
    pub place: Option<NamedNode>,
    pub confidence: f64,
    pub publishers: u32,
    pub held: Option<String>,
    /// Whether the store has more of it than is said here: its place, and what only a view knows.
    pub short: bool,
}

/// How a place in time sorts: the earliest day, the latest day; what has none comes last.
pub(super) type Moment = (bool, Option<Date>, Option<Date>);

impl Raw {
    /// `None` for what is no event, or has an action that this version does not know.
    pub fn of(store: &Store, iri: &NamedNode) -> Result<Option<Self>> {
        Ok(Self::from(iri, &store.node(iri)?))
    }

    fn from(iri: &NamedNode, of: &Node) -> Option<Self> {
        let relation = action(of)?;
        if !of.is(dg::EVENT) {
            return None;
        }
        let (sources, targets, symmetric) = sides(of);
        Some(Self {
            iri: iri.clone(),
            relation,
            sources,
            targets,
            symmetric,
            period: period(of),
            status: local(of.iri(dg::STATUS)?).to_owned(),
            place: thing(of, dg::PLACE),
            confidence: of.number(dg::CONFIDENCE).unwrap_or_default(),
            publishers: of.number(dg::SOURCE_COUNT).unwrap_or(1),
            held: text(of, dg::HELD),
            short: false,
        })
    }

    /// What the table of events says of it.
    pub fn of_row(row: EventRow) -> Self {
        Self {
            iri: name::event(&row.id),
            relation: row.relation,
            sources: vec![name::entity(&row.source)],
            targets: vec![name::entity(&row.target)],
            symmetric: row.symmetric,
            period: row.period,
            status: row.status.into_owned(),
            place: None,
            confidence: row.confidence,
            publishers: row.publishers,
            held: None,
            short: true,
        }
    }

    /// With all that the store has of it.
    fn whole(&self, store: &Store) -> Result<Cow<'_, Self>> {
        if !self.short {
            return Ok(Cow::Borrowed(self));
        }
        let of = store.node(&self.iri)?;
        let (place, held) = (thing(&of, dg::PLACE), text(&of, dg::HELD));
        Ok(Cow::Owned(Self { place, held, short: false, ..self.clone() }))
    }

    pub fn moment(&self) -> Moment {
        (self.period.is_none(), self.period.map(Period::first), self.period.map(Period::last))
    }

    /// Whether the graph vouches for it.
    pub fn vouched(&self) -> bool {
        [dg::REPORTED, dg::CORROBORATED].iter().any(|vouched| local(vouched.as_str()) == self.status)
    }

    /// The two sides, `first` being on the left if both do the same.
    pub fn facing(mut self, first: &dyn Fn(&NamedNode) -> bool) -> Self {
        if self.symmetric && !self.sources.iter().any(first) && self.targets.iter().any(first) {
            std::mem::swap(&mut self.sources, &mut self.targets);
        }
        self
    }
}

/// The relation of an event or a claim.
pub(super) fn action(of: &Node) -> Option<Relation> {
    Relation::named(&name::id_of(of.iri(dg::ACTION_OF)?, "action")?)
}

/// Who stands on either side, and whether both do the same. Of participants the first by IRI stands left.
fn sides(of: &Node) -> (Vec<NamedNode>, Vec<NamedNode>, bool) {
    let all = |p| things(of, p).into_iter().collect::<BTreeSet<_>>().into_iter();
    let mut both = all(dg::PARTICIPANT);
    match both.next() {
        Some(first) => (vec![first], both.collect(), true),
        None => (all(dg::ACTOR).collect(), all(dg::RECIPIENT).collect(), false),
    }
}

fn period(of: &Node) -> Option<Period> {
    Period::new(of.date(sem::EARLIEST_BEGIN)?, of.date(sem::LATEST_END)?)
}

/// The events that an actor, or for a state or organisation one of its persons and organs, takes part in.
pub(super) fn of_actor(store: &Store, entity: &NamedNode) -> Result<BTreeSet<NamedNode>> {
    let mut events = of_actor_alone(store, entity)?;
    for role in [dg::ACTOR_STATE, dg::RECIPIENT_STATE, dg::PARTICIPANT_STATE] {
        events.extend(derived(store, role, entity)?);
    }
    Ok(events)
}

/// The events that name the actor itself.
pub(super) fn of_actor_alone(store: &Store, entity: &NamedNode) -> Result<BTreeSet<NamedNode>> {
    let mut events = BTreeSet::new();
    for role in [dg::ACTOR, dg::RECIPIENT, dg::PARTICIPANT] {
        events.extend(derived(store, role, entity)?);
    }
    Ok(events)
}

/// Turns events into answers, looking every actor and article up once.
pub(super) struct Teller<'a> {
    pub store: &'a Store,
    pub actors: Actors<'a>,
    articles: RefCell<BTreeMap<NamedNode, Source>>,
}

impl<'a> Teller<'a> {
    pub fn new(store: &'a Store) -> Self {
        Self { store, actors: Actors::new(store), articles: RefCell::default() }
    }

    pub fn whos<'n>(&self, entities: impl IntoIterator<Item = &'n NamedNode>) -> Result<Vec<Who>> {
        entities.into_iter().map(|e| self.actors.who(e)).collect()
    }

    /// Has a store elsewhere say what will be told of those events in few requests.
    pub fn ahead<'r>(&self, events: impl Iterator<Item = &'r Raw> + Clone) -> Result<()> {
        if !self.store.is_elsewhere() {
            return Ok(());
        }
        self.actors.learn(events.clone().flat_map(|e| e.sources.iter().chain(&e.targets)))?;
        self.store.fetch_subjects(dg::ABOUT, events.clone().map(|e| &e.iri))?;
        let mut claims = Vec::new();
        for event in events.clone() {
            claims.extend(derived(self.store, dg::ABOUT, &event.iri)?);
        }
        self.store.fetch_nodes(events.filter_map(|e| e.place.as_ref()).chain(&claims))?;
        let mut parts = Vec::new();
        for claim in &claims {
            let of = self.store.node(claim)?;
            parts.extend([dg::QUOTE, prov::WAS_DERIVED_FROM].into_iter().filter_map(|p| thing(&of, p)));
        }
        self.store.fetch_nodes(&parts)
    }

    /// The event with all that was said of it.
    pub fn tell(&self, raw: &Raw) -> Result<Happening> {
        let raw = raw.whole(self.store)?;
        let place = maybe_node(self.store, raw.place.clone())?;
        Ok(Happening {
            event: id(&raw.iri, "event"),
            date: raw.period.map(|p| p.to_string()),
            earliest: raw.period.map(|p| p.first().to_string()),
            latest: raw.period.map(|p| p.last().to_string()),
            relation: raw.relation.id().to_owned(),
            sources: self.whos(&raw.sources)?,
            targets: self.whos(&raw.targets)?,
            symmetric: raw.symmetric,
            place: text(&place, rdfs::LABEL),
            status: raw.status.to_lowercase(),
            quad_class: raw.relation.quad_class(),
            goldstein: raw.relation.goldstein(),
            confidence: raw.confidence,
            publishers: raw.publishers,
            held: raw.held.clone(),
            said: self.said_of(&raw.iri)?,
        })
    }

    fn said_of(&self, event: &NamedNode) -> Result<Vec<Said>> {
        let mut said = Vec::new();
        for claim in derived(self.store, dg::ABOUT, event)? {
            said.extend(self.said(&claim, &self.store.node(&claim)?)?);
        }
        said.sort_by(|a, b| (&a.article.date, &a.article.id, &a.fact).cmp(&(&b.article.date, &b.article.id, &b.fact)));
        Ok(said)
    }

    /// One claim; `None` if it has lost its document.
    pub fn said(&self, claim: &NamedNode, of: &Node) -> Result<Option<Said>> {
        let Some(document) = thing(of, prov::WAS_DERIVED_FROM) else { return Ok(None) };
        let quote = maybe_node(self.store, thing(of, dg::QUOTE))?;
        Ok(Some(Said {
            fact: id(claim, "claim"),
            quote: text(&quote, oa::EXACT),
            stance: word(of, dg::STANCE),
            factuality: word(of, dg::FACTUALITY),
            speaker: thing(of, dg::SPEAKER).map(|s| self.actors.who(&s)).transpose()?,
            confidence: of.number(dg::CONFIDENCE).unwrap_or_default(),
            article: self.article(document)?,
        }))
    }
}

impl Teller<'_> {
    /// The article of a document graph.
    pub fn article(&self, document: NamedNode) -> Result<Source> {
        if let Some(known) = self.articles.borrow().get(&document) {
            return Ok(known.clone());
        }
        let article = source(self.store, &document)?;
        self.articles.borrow_mut().insert(document, article.clone());
        Ok(article)
    }
}

/// The id that ends an entity's IRI, for every one of them.
pub(super) fn ids(entities: &[NamedNode]) -> Sides {
    entities.iter().map(|e| id(e, "entity").into()).collect()
}
