//! The state or organisation that an actor counts for when persons and organs roll up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Entity, EntityKind};

static STATES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let table = include_str!("../../data/ontology/states.tsv");
    table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t')).collect()
});

/// The entity id behind a `country`: an ISO 3166-1 alpha-3 code is a state's own id, an acronym that of its organisation.
pub fn of_country(country: &str) -> String {
    if STATES.contains_key(country) { country.to_owned() } else { format!("org-{}", country.to_lowercase()) }
}

/// The entity id of the state or organisation that the actor is or belongs to.
pub fn of(actor: &Entity) -> Option<String> {
    match (actor.kind, &actor.country) {
        (EntityKind::State | EntityKind::Igo, _) => Some(actor.id.clone()),
        (_, Some(country)) => Some(of_country(country)),
        (EntityKind::Territory, None) => Some(actor.id.clone()),
        _ => None,
    }
}

/// The same, and the actor itself where it has no home: the key that look-ups between two sides use.
pub fn or_self(actor: &Entity) -> String {
    of(actor).unwrap_or_else(|| actor.id.clone())
}

/// The bare record of a home that nothing else describes: a state by its usual name, an organisation by its acronym.
pub fn record(country: &str) -> Entity {
    let state = STATES.get(country);
    Entity {
        id: of_country(country),
        kind: if state.is_some() { EntityKind::State } else { EntityKind::Igo },
        name: state.copied().unwrap_or(country).to_owned(),
        country: Some(country.to_owned()),
        wikidata: None,
    }
}
