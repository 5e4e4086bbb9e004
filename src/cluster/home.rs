//! The state or organisation that an actor counts for when persons and organs roll up.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::model::{Entity, EntityKind};

static STATES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let codes = include_str!("../../data/ontology/states.txt");
    codes.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// The entity id behind a `country`: an ISO 3166-1 alpha-3 code is a state's own id, an acronym that of its organisation.
pub fn of_country(country: &str) -> String {
    if STATES.contains(country) { country.to_owned() } else { format!("org-{}", country.to_lowercase()) }
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
