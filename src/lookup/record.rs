use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::event::{Raw, ids};
use super::read::{derived, id, local, text, thing};
use super::who::kind;
use crate::error::Result;
use crate::network::{Actor, Event, Record};
use crate::rdf::decode::Node;
use crate::rdf::name;
use crate::rdf::vocab::{RDF_TYPE, dg, owl, rdfs};
use crate::store::{EventRow, Store};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// All events of the graph and the actors in them, for projections.
pub fn record(store: &Store) -> Result<Record> {
    let event_base = name::event("").into_string();
    let mut record = Record { coverage: store.coverage()?, event_base, ..Record::default() };
    record.events = match store.event_rows(of_row)? {
        Some(events) => events,
        None => events(store)?.into_iter().map(event).collect(),
    };
    record.events.sort_by(|a, b| a.id.cmp(&b.id));
    let named: FxHashSet<&str> =
        record.events.iter().flat_map(|e| e.sources.iter().chain(&e.targets)).map(SmolStr::as_str).collect();
    let (records, unknown) = (store.records()?, Node::default());
    let mut actors: BTreeSet<NamedNode> = named.into_iter().map(name::entity).collect();
    while let Some(next) = actors.pop_first() {
        let of = records.get(next.as_str()).unwrap_or(&unknown);
        let home = thing(of, dg::COUNTRY);
        record.actors.insert(id(&next, "entity"), actor(&next, of, home.as_ref()));
        actors.extend(home.filter(|h| !record.actors.contains_key(&id(h, "entity"))));
    }
    Ok(record)
}

/// Every event, in no order.
fn events(store: &Store) -> Result<Vec<Raw>> {
    let found = derived(store, RDF_TYPE, dg::EVENT)?;
    store.fetch_nodes(&found)?;
    let read = found.iter().map(|iri| Raw::of(store, iri));
    read.filter_map(Result::transpose).collect()
}

fn of_row(row: EventRow) -> Event {
    Event {
        id: row.id,
        relation: row.relation,
        sources: [row.source].into(),
        targets: [row.target].into(),
        symmetric: row.symmetric,
        period: row.period,
        status: row.status,
        source_count: row.publishers,
        confidence: row.confidence,
    }
}

fn event(raw: Raw) -> Event {
    Event {
        id: id(&raw.iri, "event").into(),
        relation: raw.relation,
        sources: ids(&raw.sources),
        targets: ids(&raw.targets),
        symmetric: raw.symmetric,
        period: raw.period,
        status: raw.status.into(),
        source_count: raw.publishers,
        confidence: raw.confidence,
    }
}

fn actor(entity: &NamedNode, of: &Node, home: Option<&NamedNode>) -> Actor {
    Actor {
        iri: entity.as_str().to_owned(),
        label: text(of, rdfs::LABEL).unwrap_or_default(),
        kind: kind(of).to_owned(),
        home: home.map(|h| id(h, "entity")),
        wikidata: of.iri(owl::SAME_AS).map(|iri| local(iri).to_owned()),
        iso3: text(of, dg::ISO3),
        ..Actor::default()
    }
}
