//! Claims -> events and durable relations, across documents.
//!
//! A block holds the claims of one action between the same two actors; inside it they are sorted by date and put
//! together (near-linear in the number of claims). Events are rebuilt, never edited: the same claims give the same
//! events, in whatever order they come. It reads no text and knows no IRI.

pub mod action;
mod curation;
mod event;
mod group;
mod held;
pub mod home;
pub mod id;
mod item;
mod signature;
mod standing;
pub mod tally;
mod tie;
mod voices;

use std::collections::BTreeMap;

use group::Group;
use item::{Class, Item};

pub use action::Action;
pub use curation::Curation;
pub use event::{Event, Standing, Tie};
pub use held::Held;
pub use item::Report;
pub use signature::Signature;
pub use tally::Tally;
pub use voices::is_long;

use crate::model::{Fact, Period, Relation};

/// A plan that is carried out this many days after it was reported is still that plan, where it names no time.
const PLAN_DAYS: i32 = 60;

/// What follows from a set of claims.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Derived {
    /// In order of ids.
    pub events: Vec<Event>,
    pub ties: Vec<Tie>,
}

/// The events that the facts tell of. `reports` has the article of each, by its id.
pub fn events(facts: &[Fact], reports: &BTreeMap<String, Report>) -> Vec<Event> {
    derive(facts, reports, &Curation::default()).events
}

/// Events and durable relations, under what people have decided about the claims.
pub fn derive(facts: &[Fact], reports: &BTreeMap<String, Report>, curation: &Curation) -> Derived {
    let mut items: Vec<_> = facts.iter().map(|f| Item::new(f, reports, curation)).collect();
    items.retain(|i| !curation.rejected.contains(&i.id) && i.actors.0.id != i.actors.1.id);
    let (standing, acts): (Vec<&Item<'_>>, Vec<_>) = items.iter().partition(|i| i.fact.claim.relation.standing());
    let mut blocks: BTreeMap<(Relation, &str, &str), Vec<&Item<'_>>> = BTreeMap::new();
    for item in acts {
        blocks.entry((item.fact.claim.relation, &item.actors.0.id, &item.actors.1.id)).or_default().push(item);
    }
    let mut events: Vec<_> =
        blocks.into_iter().flat_map(|((relation, ..), items)| block(relation, &items, curation)).collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    let ties = tie::ties(&events, &standing);
    Derived { events, ties }
}

/// The events of one block, plans linked to what fulfils them.
fn block(relation: Relation, items: &[&Item<'_>], curation: &Curation) -> Vec<Event> {
    let Some(action) = Action::of(relation) else {
        return Vec::new();
    };
    let mut events = Vec::new();
    for class in [Class::Factual, Class::Planned, Class::Possible] {
        let items: Vec<_> = items.iter().copied().filter(|i| i.class == class).collect();
        let mut groups = group::curated(action, &items, curation);
        groups.iter_mut().for_each(|g| g.items.sort_by(|a, b| a.id.cmp(&b.id)));
        groups.sort_by(|a, b| a.items[0].id.cmp(&b.items[0].id));
        let mut seen = BTreeMap::new();
        events.extend(groups.iter().map(|g| event(relation, class, g, &mut seen)));
    }
    link_plans(&mut events);
    events
}

/// The event of a group. Its id is made of what, who and when; a second one of the same gets its number.
fn event(relation: Relation, class: Class, group: &Group<'_, '_>, seen: &mut BTreeMap<String, usize>) -> Event {
    let items = &group.items;
    let (source, target) = items[0].actors;
    let reported = items.iter().filter_map(|i| i.issued);
    let reported = reported.clone().min().zip(reported.max());
    let when = match (group.bounds, reported) {
        (Some(bounds), _) => bounds.to_string(),
        (None, Some((first, _))) => format!("reported {first}"),
        (None, None) => String::new(),
    };
    let nth = seen.entry(when.clone()).and_modify(|n| *n += 1).or_insert(1);
    let parts = [relation.id(), &source.id, &target.id, &format!("{class:?}"), &when, &nth.to_string()];
    let voices = standing::voices(items);
    Event {
        id: id::hash(parts),
        action: relation,
        source: source.clone(),
        target: target.clone(),
        mutual: relation.symmetric() || items.iter().any(|i| i.fact.claim.mutual),
        bounds: group.bounds,
        place: place(&voices).or_else(|| place(items)),
        standing: standing::of(items),
        claims: items.iter().map(|i| i.id.clone()).collect(),
        sources: voices::count(voices.iter().copied()),
        confidence: confidence(items),
        reported,
        fulfils: Vec::new(),
    }
}

/// The most precise place (the longest name) that a claim gives, as its text writes it.
fn place(items: &[&Item<'_>]) -> Option<String> {
    let places = items.iter().filter_map(|i| i.fact.claim.place.as_deref()).map(str::trim).filter(|p| !p.is_empty());
    places.max_by_key(|p| (p.chars().count(), std::cmp::Reverse(*p))).map(str::to_owned)
}

/// The best claim that says so; of an event that is only denied, the best denial.
fn confidence(items: &[&Item<'_>]) -> f64 {
    let best = |items: &mut dyn Iterator<Item = &&Item<'_>>| items.map(|i| i.confidence).fold(0.0, f64::max);
    let said = best(&mut items.iter().filter(|i| !i.denied()));
    if said > 0.0 { said } else { best(&mut items.iter()) }
}

/// What happened fulfils a plan of the same act that names its time, or that was reported shortly before.
fn link_plans(events: &mut [Event]) {
    let plans: Vec<_> = events.iter().filter(|e| e.standing == Standing::Intended).cloned().collect();
    for event in events.iter_mut().filter(|e| e.standing.holds()) {
        event.fulfils = plans.iter().filter(|p| fulfils(event, p)).map(|p| p.id.clone()).collect();
        event.fulfils.sort_unstable();
    }
}

fn fulfils(event: &Event, plan: &Event) -> bool {
    let Some(happened) = event.bounds.or(event.reported.and_then(|(a, b)| Period::new(a, b))) else {
        return false;
    };
    match (plan.bounds, plan.reported) {
        (Some(planned), _) => planned.overlaps(happened),
        (None, Some((said, _))) => said <= happened.last() && (happened.first() - said).get_days() <= PLAN_DAYS,
        (None, None) => false,
    }
}
