//! What the events of a pair add up to -> quads of the default graph: on the pair's key node how often the two were
//! friendly or hostile, and a tally for each way between two homes.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode};

use super::name;
use super::quads::{Quads, decimal};
use super::vocab::dg;
use crate::cluster::{Event, Tally, home, tally};

/// Nothing for a pair without an event that counts.
pub fn write(quads: &mut Quads, pair: &NamedNode, events: &[Event]) {
    let mut ways: BTreeMap<(String, String), Vec<&Event>> = BTreeMap::new();
    for event in events {
        if let Some(way) = way(event) {
            ways.entry(way).or_default().push(event);
        }
    }
    for ((from, to), events) in &ways {
        if let Some(tally) = Tally::of(events.iter().copied()) {
            write_tally(quads, pair, (from, to), &tally);
        }
    }
    if let Some(event) = events.iter().find(|e| tally::score(e).is_some()) {
        write_pair(quads, pair, event, events);
    }
}

/// The sides of a pair of two in order of their IRIs, as any of its events names them, and its counts.
fn write_pair(quads: &mut Quads, pair: &NamedNode, any: &Event, events: &[Event]) {
    let mut sides = [&any.source, &any.target].map(|actor| name::entity(&home::or_self(actor)));
    sides.sort();
    let [first, second] = sides;
    if first == second {
        return;
    }
    let those = |fits: fn(f64) -> bool| Tally::of(events.iter().filter(|e| tally::score(e).is_some_and(fits)));
    let (friendly, hostile) = (those(|score| score > 0.0), those(|score| score < 0.0));
    let mediating = Tally::of(events.iter().filter(|e| tally::mediates(e.action)));
    quads
        .subject(pair.clone(), &[])
        .add(dg::FIRST, first)
        .add(dg::SECOND, second)
        .count(dg::FRIENDLY_EVENTS, friendly.map_or(0, |t| t.events))
        .count(dg::HOSTILE_EVENTS, hostile.map_or(0, |t| t.events))
        .maybe(dg::MEDIATING_EVENTS, mediating.map(|t| Literal::from(t.events as i64)))
        .maybe(dg::FRIENDLY_SUCH_AS, friendly.map(|t| name::event(t.such_as)));
}

/// From which home to which; what two do together goes from the first to the second by IRI.
fn way(event: &Event) -> Option<(String, String)> {
    let (from, to) = (home::of(&event.source)?, home::of(&event.target)?);
    let swap = event.mutual && name::entity(&from).as_str() > name::entity(&to).as_str();
    let way = if swap { (to, from) } else { (from, to) };
    (way.0 != way.1).then_some(way)
}

fn write_tally(quads: &mut Quads, pair: &NamedNode, (from, to): (&str, &str), tally: &Tally<'_>) {
    quads
        .subject(name::tally(from, to), &[dg::TALLY])
        .add(dg::TALLY_OF, pair.clone())
        .add(dg::FROM, name::entity(from))
        .add(dg::TO, name::entity(to))
        .count(dg::EVENT_COUNT, tally.events)
        .add(dg::SCORE_SUM, decimal(tally.sum))
        .add(dg::LOWEST_SCORE, decimal(tally.lowest))
        .add(dg::SUCH_AS, name::event(tally.such_as));
}
