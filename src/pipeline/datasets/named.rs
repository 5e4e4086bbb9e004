//! Actors that a data set names, with their state and what they do: ICEWS and POLECAT.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::actors::Found;
use super::cameo::{self, Part};
use super::numbers::rows;
use crate::link::Gazetteer;
use crate::model::{Actor, Entity, EntityKind};

/// For whom a generic actor of ICEWS stands.
#[derive(Debug, Clone, Copy)]
enum Role {
    State,
    Organ { noun: &'static str, pattern: &'static str },
}

static ROLES: LazyLock<FxHashMap<&'static str, Role>> = LazyLock::new(|| {
    let table = include_str!("../../../data/datasets/icews-roles.tsv");
    let role = |sort, noun, pattern| if sort == "organ" { Role::Organ { noun, pattern } } else { Role::State };
    rows(table, ["name", "sort", "noun", "pattern"]).map(|[name, sort, noun, p]| (name, role(sort, noun, p))).collect()
});

static SECTORS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../../../data/datasets/icews-sectors.tsv"), ["sector"]).map(|[s]| s).collect());

static COUNTRIES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/datasets/countries.tsv"), ["name", "id"]).map(|[name, id]| (name, id)).collect()
});

/// The state or territory of that name.
fn country(name: &str, gazetteer: &Gazetteer) -> Option<Actor> {
    if let Some(id) = COUNTRIES.get(name) {
        return gazetteer.actor(id).cloned();
    }
    let place = |a: &Actor| matches!(a.kind, EntityKind::State | EntityKind::Territory);
    gazetteer.lookup(name).into_iter().find(place)
}

/// The only one of that name whom the state can mean; a body that is of no state counts too.
fn called(name: &str, state: Option<&Actor>, gazetteer: &Gazetteer) -> Option<Actor> {
    let fits = |a: &Actor| match (&a.country, state) {
        (Some(country), Some(state)) => *country == state.id || a.kind == EntityKind::Igo,
        (None, _) => true,
        (Some(_), None) => !matches!(a.kind, EntityKind::Person | EntityKind::State | EntityKind::Territory),
    };
    let mut all = gazetteer.lookup(name);
    all.retain(fits);
    <[Actor; 1]>::try_from(all).ok().map(|[one]| one)
}

/// An actor of ICEWS: `Foreign Affairs (Iran)`, a person, a body or a state, with its country and sectors.
pub(super) fn icews(name: &str, of: &str, sectors: &str, gazetteer: &Gazetteer) -> Found {
    let state = country(of, gazetteer);
    if let Some((role, _)) = name.strip_suffix(')').and_then(|n| n.split_once(" (")) {
        return match (ROLES.get(role), state) {
            (Some(Role::State), Some(state)) => Found::one(state),
            (Some(Role::Organ { noun, pattern }), Some(state)) => Found::one(organ(&state, noun, pattern)),
            (Some(_), None) => Found::Unknown,
            (None, _) => Found::Outside("an actor is no organ of a state"),
        };
    }
    if let Some(itself) = country(name, gazetteer) {
        return Found::one(itself);
    }
    if let Some(known) = called(name, state.as_ref(), gazetteer) {
        return Found::one(known);
    }
    let mut sectors = sectors.split(',').map(str::trim);
    match state {
        Some(state) if sectors.clone().any(|s| SECTORS.contains(s)) => Found::one(state),
        None if sectors.any(|s| s == "International Government Organization") => Found::Unknown,
        _ => Found::Outside("an actor is no organ of a state"),
    }
}

/// An actor of POLECAT: its state, what it does there, and its name.
pub(super) fn polecat(code: &[u8], sector: &[u8], name: &str, gazetteer: &Gazetteer) -> Found {
    let state = cameo::state(code, gazetteer);
    let apart = |a: &Actor| !matches!(a.kind, EntityKind::State | EntityKind::Territory);
    if let Some(known) = called(name, state.as_ref(), gazetteer).filter(apart) {
        return Found::one(known);
    }
    match (state, cameo::of(sector)) {
        (Some(state), Some(Part::Acts)) => Found::one(state),
        (Some(state), None) if sector.is_empty() => Found::one(state),
        (_, Some(Part::Other | Part::People)) => Found::Outside("an actor is no organ of a state"),
        (None, _) if code.is_empty() => Found::Outside("an actor is of no state"),
        _ => Found::Unknown,
    }
}

fn organ(state: &Actor, noun: &str, pattern: &str) -> Actor {
    Arc::new(Entity {
        id: format!("organ-{}-{noun}", state.id.to_lowercase()),
        kind: EntityKind::Organ,
        name: pattern.replace("NAME", &state.name),
        country: Some(state.id.clone()),
        wikidata: None,
    })
}
