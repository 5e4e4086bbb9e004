use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;
use rayon::prelude::*;

use super::event::{Raw, Teller, of_actor};
use super::read::{derived, id, local, text, thing, things};
use super::{Partner, Profile, Standing, Who};
use crate::error::Result;
use crate::rdf::decode::Node;
use crate::rdf::name;
use crate::rdf::vocab::{RDF_TYPE, dg, owl, sem};
use crate::store::Store;

/// Who somebody is, whom he deals with, and the `recent` latest events.
pub fn profile(store: &Store, who: &Who, recent: usize) -> Result<Profile> {
    let teller = Teller::new(store);
    let entity = name::entity(&who.id);
    let of = store.record(&entity)?;
    let events = events(store, &entity)?;
    teller.actors.learn(events.iter().flat_map(|e| e.sources.iter().chain(&e.targets)))?;
    let is_own = |side: &NamedNode| *side == entity || teller.actors.home(side).is_ok_and(|home| home == entity);
    let mut dated: Vec<&Raw> = events.iter().filter(|e| e.period.is_some()).collect();
    let last = |e: &Raw| Reverse(e.period.map(|p| (p.last(), p.first())));
    dated.sort_by(|a, b| last(a).cmp(&last(b)).then_with(|| a.iri.cmp(&b.iri)));
    let mut latest = Vec::new();
    teller.ahead(dated.iter().take(recent).copied())?;
    for event in dated.into_iter().take(recent) {
        latest.push(teller.tell(&event.clone().facing(&is_own))?);
    }
    Ok(Profile {
        who: who.clone(),
        iri: entity.as_str().to_owned(),
        wikidata: of.iri(owl::SAME_AS).map(|iri| local(iri).to_owned()),
        iso3: text(&of, dg::ISO3),
        home: thing(&of, dg::COUNTRY).map(|home| teller.actors.who(&home)).transpose()?,
        standing: standing(&teller, &entity)?,
        partners: partners(&teller, &entity, &events)?,
        events: events.len(),
        recent: latest,
    })
}

/// The events of the actor and of its own: from the table if there is one, as a large state has thousands.
fn events(store: &Store, entity: &NamedNode) -> Result<Vec<Raw>> {
    let own = derived(store, dg::COUNTRY, entity)?.into_iter().chain([entity.clone()]);
    if let Some(rows) = store.event_rows_of(&own.map(|n| id(&n, "entity")).collect())? {
        return Ok(rows.into_iter().map(Raw::of_row).collect());
    }
    let (mut events, found) = (Vec::new(), of_actor(store, entity)?);
    store.fetch_nodes(&found)?;
    for event in found {
        events.extend(Raw::of(store, &event)?);
    }
    Ok(events)
}

/// The durable relations that the actor is a party of, in order of kind and time.
fn standing(teller: &Teller, entity: &NamedNode) -> Result<Vec<Standing>> {
    let mut relations = BTreeSet::new();
    for role in [dg::HOLDER, dg::REPRESENTS, dg::MEMBER, dg::ORGANIZATION, dg::PARTY, dg::SENDER, dg::TARGET] {
        let found = derived(teller.store, role, entity)?;
        relations.extend(found.into_iter().filter(|r| name::id_of(r.as_str(), "relation").is_some()));
    }
    let store = teller.store;
    store.fetch_nodes(&relations)?;
    let read = relations.into_par_iter().map(|relation| store.node(&relation));
    let told = read.collect::<Result<Vec<_>>>()?.into_iter().map(|of| one_standing(teller, &of, entity));
    let mut standing = told.collect::<Result<Vec<_>>>()?;
    standing.sort_by(|a, b| (&a.what, &a.begin, &a.parties).cmp(&(&b.what, &b.begin, &b.parties)));
    Ok(standing)
}

fn one_standing(teller: &Teller, of: &Node, entity: &NamedNode) -> Result<Standing> {
    let roles = [dg::HOLDER, dg::MEMBER, dg::PARTY, dg::REPRESENTS, dg::ORGANIZATION, dg::SENDER, dg::TARGET];
    let others: Vec<NamedNode> = roles.iter().flat_map(|r| things(of, *r)).filter(|n| n != entity).collect();
    let what = things(of, RDF_TYPE).iter().map(|class| spaced(local(class.as_str()))).find(|what| what != "relation");
    Ok(Standing {
        what: what.unwrap_or_default(),
        parties: teller.whos(&others)?,
        office: text(of, dg::OFFICE),
        begin: (text(of, sem::EARLIEST_BEGIN), text(of, sem::LATEST_BEGIN)),
        end: (text(of, sem::EARLIEST_END), text(of, sem::LATEST_END)),
        held: text(of, dg::HELD),
    })
}

/// `DiplomaticRelation` as `diplomatic relation`.
fn spaced(class: &str) -> String {
    let mut words = String::new();
    for c in class.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

#[derive(Default)]
struct Tally {
    events: u32,
    cooperation: u32,
    conflict: u32,
    scores: Vec<f64>,
    last: Option<String>,
}

/// The states and organisations on the other side of the events that the graph vouches for.
fn partners(teller: &Teller, entity: &NamedNode, events: &[Raw]) -> Result<Vec<Partner>> {
    let mut tallies: BTreeMap<NamedNode, Tally> = BTreeMap::new();
    for raw in events.iter().filter(|e| e.vouched()) {
        for other in other_sides(teller, entity, raw)? {
            tallies.entry(other).or_default().add(raw);
        }
    }
    let mut partners = Vec::new();
    for (other, tally) in tallies {
        partners.push(tally.partner(teller.actors.who(&other)?));
    }
    partners.sort_by_key(|p| (Reverse(p.events), p.who.clone()));
    Ok(partners)
}

/// Where the actor (or for a state one of its own) stands on one side, the homes of the other.
fn other_sides(teller: &Teller, entity: &NamedNode, raw: &Raw) -> Result<BTreeSet<NamedNode>> {
    let own_home = teller.actors.home(entity)?;
    let mut others = BTreeSet::new();
    for (here, there) in [(&raw.sources, &raw.targets), (&raw.targets, &raw.sources)] {
        let mut is_here = false;
        for side in here {
            is_here |= side == entity || teller.actors.home(side)? == *entity;
        }
        for side in there.iter().filter(|_| is_here) {
            let home = teller.actors.home(side)?;
            if home != *entity && home != own_home {
                others.insert(home);
            }
        }
    }
    Ok(others)
}

impl Tally {
    fn add(&mut self, raw: &Raw) {
        self.events += 1;
        match raw.relation.quad_class() {
            Some(1 | 2) => self.cooperation += 1,
            Some(_) => self.conflict += 1,
            None => {}
        }
        self.scores.extend(raw.relation.goldstein());
        self.last = self.last.take().max(raw.period.map(|p| p.last().to_string()));
    }

    fn partner(self, who: Who) -> Partner {
        let mean = self.scores.iter().sum::<f64>() / self.scores.len() as f64;
        let (events, cooperation, conflict) = (self.events, self.cooperation, self.conflict);
        let goldstein_mean = (!self.scores.is_empty()).then(|| (mean * 100.0).round() / 100.0);
        Partner { who, events, cooperation, conflict, goldstein_mean, last: self.last }
    }
}
