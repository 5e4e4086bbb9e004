//! CAMEO's actor codes: three-letter parts, of which the tables say what sort they are.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::actors::Found;
use super::numbers::rows;
use crate::link::Gazetteer;
use crate::model::{Actor, EntityKind};

/// What a part of a code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A state of another code than its id.
    State(&'static str),
    Body(&'static str),
    /// Does what its state does: government, army, police, parliament, courts.
    Acts,
    /// Somebody else.
    Other,
    Region,
    /// A faith or a people.
    People,
    /// Says only what sort a body is.
    Class,
}

static PARTS: LazyLock<FxHashMap<&'static [u8], Part>> = LazyLock::new(|| {
    let table = include_str!("../../../data/datasets/cameo-actors.tsv");
    let row = |[code, sort, entity]: [&'static str; 3]| Some((code.as_bytes(), part(sort, entity)?));
    rows(table, ["code", "sort", "entity"]).filter_map(row).collect()
});

fn part(sort: &str, entity: &'static str) -> Option<Part> {
    Some(match sort {
        "state" => Part::State(entity),
        "body" => Part::Body(entity),
        "acts" => Part::Acts,
        "other" => Part::Other,
        "region" => Part::Region,
        "faith" => Part::People,
        "class" => Part::Class,
        _ => return None,
    })
}

/// Who is meant by the whole code.
pub(super) fn actor(code: &[u8], gazetteer: &Gazetteer) -> Found {
    let (mut state, mut body): (Option<Actor>, Option<Actor>) = (None, None);
    let (mut acts, mut other, mut region, mut people) = (false, false, false, false);
    for chunk in code.chunks(3) {
        match of(chunk) {
            Some(Part::Acts) => acts = true,
            Some(Part::Other) => other = true,
            Some(Part::Region) => region = true,
            Some(Part::People) => people = true,
            Some(Part::Class) => {}
            Some(Part::Body(id)) => body = gazetteer.actor(id).cloned().or(body),
            Some(Part::State(id)) => state = state.or_else(|| gazetteer.actor(id).cloned()),
            None => match self::state(chunk, gazetteer) {
                Some(found) => state = state.or(Some(found)),
                None => return Found::Unknown,
            },
        }
    }
    match (body, state) {
        (Some(body), _) => Found::one(body),
        (None, Some(_)) if people => Found::Outside("an actor is a people or faith"),
        (None, Some(_)) if other && !acts => Found::Outside("an actor is no organ of a state"),
        (None, Some(state)) => Found::one(state),
        (None, None) if people => Found::Outside("an actor is a people or faith"),
        (None, None) if region => Found::Outside("an actor is a region"),
        (None, None) => Found::Outside("an actor is of no state"),
    }
}

/// What the part says; lower-case parts are peoples, figures refine a faith.
pub(super) fn of(chunk: &[u8]) -> Option<Part> {
    if chunk.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Some(Part::People);
    }
    PARTS.get(chunk).copied()
}

/// The state or territory of an ISO 3166-1 alpha-3 code.
pub(super) fn state(code: &[u8], gazetteer: &Gazetteer) -> Option<Actor> {
    let actor = gazetteer.actor(std::str::from_utf8(code).ok()?)?;
    matches!(actor.kind, EntityKind::State | EntityKind::Territory).then(|| actor.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(code: &str) -> String {
        let gazetteer = Gazetteer::embedded().expect("our tables");
        match actor(code.as_bytes(), &gazetteer) {
            Found::One(actor) => actor.id.clone(),
            Found::Outside(why) => why.to_owned(),
            Found::Unknown => "unknown".to_owned(),
            Found::ByYear(_) => "by year".to_owned(),
        }
    }

    #[test]
    fn codes_by_their_parts() {
        let cases = [
            ("IRN", "IRN"),
            ("IRNGOV", "IRN"),
            ("USAMIL", "USA"),
            ("ISRGOVBUS", "ISR"),
            ("ROMGOV", "ROU"),
            ("IGOEUREEC", "org-eu"),
            ("IGOUNODEVWBK", "org-wb"),
            ("AFGINSTAL", "group-taliban"),
            ("USAEDU", "an actor is no organ of a state"),
            ("MNCUSA", "an actor is no organ of a state"),
            ("COP", "an actor is of no state"),
            ("EUR", "an actor is a region"),
            ("catSEP", "an actor is a people or faith"),
            ("CHROFF032", "an actor is a people or faith"),
            ("QQQGOV", "unknown"),
        ];
        for (code, expected) in cases {
            assert_eq!(who(code), expected, "{code}");
        }
    }

    #[test]
    fn every_body_and_state_of_the_table_is_known() {
        let gazetteer = Gazetteer::embedded().expect("our tables");
        for (code, part) in PARTS.iter() {
            if let Part::Body(id) | Part::State(id) = part {
                assert!(gazetteer.actor(id).is_some(), "{} {id}", String::from_utf8_lossy(code));
            }
        }
    }
}
