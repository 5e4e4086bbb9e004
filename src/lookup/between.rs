use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use oxigraph::model::NamedNode;
use rayon::prelude::*;

use super::event::{Raw, Teller, of_actor, of_actor_alone};
use super::read::{derived, id, local, things};
use super::{Happening, Timeline, Who};
use crate::error::Result;
use crate::model::{Period, Relation};
use crate::rdf::name;
use crate::rdf::vocab::dg;
use crate::store::Store;

/// Which events of two actors are asked for.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// Only what may have happened on or after this day; leaves out what has no date.
    pub since: Option<Date>,
    /// Only what may have happened on or before this day; leaves out what has no date.
    pub until: Option<Date>,
    /// Only these relations; empty for all.
    pub relations: Vec<Relation>,
    /// Only events that name the two themselves, not their persons and organs.
    pub exact: bool,
}

impl Window {
    fn shows(&self, raw: &Raw) -> bool {
        let after = |day: Date| raw.period.is_some_and(|p: Period| p.last() >= day);
        let before = |day: Date| raw.period.is_some_and(|p: Period| p.first() <= day);
        self.since.is_none_or(after)
            && self.until.is_none_or(before)
            && (self.relations.is_empty() || self.relations.contains(&raw.relation))
    }
}

/// Everything that passed between two actors, in order of time. A state or organisation includes its persons and
/// organs unless the window says `exact`.
pub fn between(store: &Store, a: &Who, b: &Who, window: &Window) -> Result<Timeline> {
    between_part(store, a, b, window, 0..usize::MAX).map(|(timeline, _)| timeline)
}

/// Of the same only the events in those places, from 0, and how many there are in all; what is said of the others is not
/// read.
pub fn between_part(
    store: &Store,
    a: &Who,
    b: &Who,
    window: &Window,
    places: Range<usize>,
) -> Result<(Timeline, usize)> {
    let teller = Teller::new(store);
    let events = dyad(&teller, a, b, window)?;
    let part = events.iter().skip(places.start).take(places.len());
    teller.ahead(part.clone())?;
    let told = part.map(|raw| teller.tell(raw)).collect::<Result<Vec<Happening>>>()?;
    Ok((Timeline { a: a.clone(), b: b.clone(), events: told }, events.len()))
}

/// The pairs of sides to which all claims between the two belong.
pub fn pairs_between(store: &Store, a: &Who, b: &Who) -> Result<Vec<NamedNode>> {
    let teller = Teller::new(store);
    let home = |who: &Who| Ok::<_, crate::error::Error>(id(&teller.actors.home(&name::entity(&who.id))?, "entity"));
    Ok(vec![name::pair(&home(a)?, &home(b)?)])
}

/// The pairs of sides to which the claims about an actor, and for a state or organisation about its own, belong.
pub fn pairs_of(store: &Store, who: &Who) -> Result<Vec<NamedNode>> {
    let entity = name::entity(&who.id);
    let mut pairs = BTreeSet::new();
    for own in derived(store, dg::COUNTRY, &entity)?.into_iter().chain([entity]) {
        for role in [dg::ACTOR, dg::RECIPIENT] {
            for claim in store.subjects(role, (&own).into())? {
                pairs.extend(things(&store.node(&claim)?, dg::PAIR_OF));
            }
        }
    }
    Ok(pairs.into_iter().collect())
}

/// The events alone, `a` on the left where both sides do the same.
pub(super) fn dyad(teller: &Teller, a: &Who, b: &Who, window: &Window) -> Result<Vec<Raw>> {
    let (x, y) = (name::entity(&a.id), name::entity(&b.id));
    let stands_for = |side: &NamedNode, whole: &NamedNode| -> Result<bool> {
        Ok(side == whole || (!window.exact && teller.actors.home(side)? == *whole))
    };
    let mut found = Vec::new();
    for raw in candidates(teller, &x, &y, window.exact)?.into_iter().filter(|raw| window.shows(raw)) {
        let mut meets = [false; 2];
        let mut left = BTreeSet::new();
        for source in &raw.sources {
            for target in &raw.targets {
                let forth = stands_for(source, &x)? && stands_for(target, &y)?;
                let back = stands_for(source, &y)? && stands_for(target, &x)?;
                if back && !forth {
                    left.insert(target.clone());
                }
                meets = [meets[0] || forth, meets[1] || back];
            }
        }
        if meets[0] || meets[1] {
            found.push(raw.facing(&|side| left.contains(side)));
        }
    }
    found.sort_by(|p, q| (p.moment(), p.relation, &p.iri).cmp(&(q.moment(), q.relation, &q.iri)));
    Ok(found)
}

/// Events that may be of the two: by the key of their pair where both are whole states or organisations, else those
/// of the one with fewer.
fn candidates(teller: &Teller, x: &NamedNode, y: &NamedNode, exact: bool) -> Result<Vec<Raw>> {
    let (store, whole) = (teller.store, |n: &NamedNode| Ok::<_, crate::error::Error>(teller.actors.home(n)? == *n));
    if whole(x)? && whole(y)? {
        let ids = [x, y].map(|n| id(n, "entity"));
        let key = name::pair(&ids[0], &ids[1]);
        return match store.event_rows_between(local(key.as_str())) {
            Some(rows) => Ok(rows.into_iter().map(Raw::of_row).collect()),
            None => read(store, derived(store, dg::PAIR_OF, &key)?.into_iter().collect()),
        };
    }
    let events = |n: &NamedNode| match exact {
        true => of_actor_alone(store, n),
        false => of_actor(store, n),
    };
    let (of_x, of_y) = (events(x)?, events(y)?);
    read(store, if of_x.len() <= of_y.len() { of_x } else { of_y })
}

/// A few pairs have a thousand events, and each is a search in the store.
fn read(store: &Store, events: BTreeSet<NamedNode>) -> Result<Vec<Raw>> {
    store.fetch_nodes(&events)?;
    let read = events.into_par_iter().map(|event| Raw::of(store, &event)).collect::<Result<Vec<_>>>()?;
    Ok(read.into_iter().flatten().collect())
}

/// The relations behind a word: a relation's id, a heading such as `verbal conflict`, or a PLOVER type.
pub fn relations(word: &str) -> Vec<Relation> {
    let same = |name: &str| name.eq_ignore_ascii_case(word) || name.replace(' ', "_").eq_ignore_ascii_case(word);
    let exact: Vec<_> = Relation::all().filter(|r| same(r.id())).collect();
    if !exact.is_empty() {
        return exact;
    }
    Relation::all().filter(|r| same(r.group()) || (!r.plover().is_empty() && same(r.plover()))).collect()
}
