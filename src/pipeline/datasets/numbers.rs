//! Numbers of states: those of the gazetteer's table, and what `data/datasets/numbers.tsv` says of numbers that passed from
//! one state to the next, and of states of the past.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use crate::link::Gazetteer;
use crate::model::{Actor, Entity, EntityKind};
use crate::source::datasets::Scheme;

/// Who has a number from one year to another, both included.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub from: i16,
    pub to: i16,
    id: &'static str,
    /// Of a state that the gazetteer lacks.
    name: &'static str,
}

type Numbers = FxHashMap<(Scheme, &'static str), Vec<Holder>>;

static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
    let mut numbers = Numbers::default();
    for [scheme, number, from, to, id, name] in
        rows(include_str!("../../../data/datasets/numbers.tsv"), ["scheme", "number", "from", "to", "id", "name"])
    {
        let year = |cell: &str, default| cell.parse().unwrap_or(default);
        let holder = Holder { from: year(from, i16::MIN), to: year(to, i16::MAX), id, name };
        numbers.entry((if scheme == "cow" { Scheme::Cow } else { Scheme::Gw }, number)).or_default().push(holder);
    }
    let settled: Vec<_> = numbers.keys().copied().collect();
    for [id, cow, gw] in rows(include_str!("../../../data/gazetteer/states.tsv"), ["id", "cow", "gw"]) {
        for key in [(Scheme::Cow, cow), (Scheme::Gw, gw)] {
            if !key.1.is_empty() && !settled.contains(&key) {
                numbers.entry(key).or_default().push(Holder { from: i16::MIN, to: i16::MAX, id, name: "" });
            }
        }
    }
    numbers
});

/// The cells of those columns, row by row.
pub(super) fn rows<const N: usize>(
    text: &'static str,
    columns: [&str; N],
) -> impl Iterator<Item = [&'static str; N]> + use<N> {
    let mut lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let places = columns.map(|c| header.iter().position(|h| *h == c));
    lines.map(move |line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        places.map(|p| p.and_then(|at| cells.get(at).copied()).unwrap_or_default())
    })
}

/// Who has that number; empty if nobody does.
pub(super) fn holders(scheme: Scheme, number: &str) -> &'static [Holder] {
    NUMBERS.iter().find(|((s, n), _)| *s == scheme && *n == number).map_or(&[], |(_, holders)| holders)
}

impl Holder {
    /// The state: of the gazetteer, or as the table describes it.
    pub fn state(&self, gazetteer: &Gazetteer) -> Actor {
        gazetteer.actor(self.id).cloned().unwrap_or_else(|| {
            let name = if self.name.is_empty() { self.id } else { self.name };
            Arc::new(Entity {
                id: self.id.to_owned(),
                kind: EntityKind::State,
                name: name.to_owned(),
                country: None,
                wikidata: None,
            })
        })
    }
}
