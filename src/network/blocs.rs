//! Blocs: who stands together, slice by slice of time, and who moved. A bloc keeps its number as long as most of it stays.

use std::collections::{BTreeMap, BTreeSet};

use super::communities::{self, Communities};
use super::signed::Signed;
use super::{Layer, Projection, Record};
use crate::model::Period;

/// The blocs of one slice of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocs {
    /// `None` for the whole time.
    pub slice: Option<Period>,
    /// Modularity of the partition, at most 1.
    pub quality: f64,
    /// By number, from 1.
    pub blocs: BTreeMap<usize, Bloc>,
}

/// Some who stand together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bloc {
    /// Ids and names of its members, the one of most events first.
    pub members: Vec<(String, String)>,
}

/// Someone who was in one bloc and then in another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Move {
    /// The slice in which it is first seen in the new bloc.
    pub slice: String,
    /// The slice in which it was last seen before.
    pub since: String,
    pub id: String,
    pub name: String,
    pub from: usize,
    pub to: usize,
    /// Its companions before and after, as names.
    pub left: Vec<String>,
    pub joined: Vec<String>,
}

/// The blocs of a projection: of cooperation alone, or with `signed` of cooperation and conflict.
pub fn of(projection: &Projection, record: &Record, signed: bool) -> Blocs {
    let layer = if signed { projection.layer } else { Layer::Cooperation };
    let found = Signed::of(&Projection { layer, ..projection.clone() }, record);
    let Communities { membership, quality } =
        if signed { found.communities() } else { communities::of(&found.layers()[0]) };
    let mut order: Vec<usize> = (0..membership.len()).collect();
    let nodes = &found.network.nodes;
    order.sort_by_key(|i| (std::cmp::Reverse(nodes[*i].events), &nodes[*i].id));
    let mut blocs: BTreeMap<usize, Bloc> = BTreeMap::new();
    for i in order {
        let bloc = blocs.entry(membership[i] + 1).or_default();
        bloc.members.push((nodes[i].id.clone(), nodes[i].label.clone()));
    }
    Blocs { slice: projection.slice, quality, blocs }
}

/// The blocs of each slice that has any, numbered alike where they share most members.
pub fn by_slice(projection: &Projection, record: &Record, slices: &[Period], signed: bool) -> Vec<Blocs> {
    let one = |slice: &Period| of(&Projection { slice: Some(*slice), ..projection.clone() }, record, signed);
    let mut all: Vec<Blocs> = slices.iter().map(one).filter(|b| !b.blocs.is_empty()).collect();
    let mut last_seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = 1;
    for slice in &mut all {
        let blocs = std::mem::take(&mut slice.blocs);
        slice.blocs = carried(blocs.into_values().collect(), &last_seen, &mut next);
        for (number, bloc) in &slice.blocs {
            last_seen.extend(bloc.members.iter().map(|(id, _)| (id.clone(), *number)));
        }
    }
    all
}

/// Gives each bloc the number under which most of its members were seen last; each number once, the largest overlap
/// first.
fn carried(blocs: Vec<Bloc>, before: &BTreeMap<String, usize>, next: &mut usize) -> BTreeMap<usize, Bloc> {
    let mut overlaps = Vec::new();
    for (i, bloc) in blocs.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        bloc.members.iter().filter_map(|(id, _)| before.get(id)).for_each(|n| *shared.entry(*n).or_default() += 1);
        overlaps.extend(shared.into_iter().map(|(number, count)| (std::cmp::Reverse(count), number, i)));
    }
    overlaps.sort_unstable();
    let (mut number_of, mut taken) = (vec![None; blocs.len()], BTreeSet::new());
    for (_, number, i) in overlaps {
        if number_of[i].is_none() && taken.insert(number) {
            number_of[i] = Some(number);
        }
    }
    let mut fresh = || {
        *next += 1;
        *next - 1
    };
    blocs.into_iter().zip(number_of).map(|(bloc, number)| (number.unwrap_or_else(&mut fresh), bloc)).collect()
}

/// Everyone whose bloc is another one than in the slice where it was seen last.
pub fn moves(slices: &[Blocs]) -> Vec<Move> {
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut moves = Vec::new();
    for (at, slice) in slices.iter().enumerate() {
        for (number, bloc) in &slice.blocs {
            for (id, name) in &bloc.members {
                if let Some((then, from)) = seen.insert(id, (at, *number)).filter(|(_, from)| from != number) {
                    let named = |s: &Blocs| s.slice.map(|p| p.to_string()).unwrap_or_default();
                    moves.push(Move {
                        slice: named(slice),
                        since: named(&slices[then]),
                        id: id.clone(),
                        name: name.clone(),
                        from,
                        to: *number,
                        left: others(&slices[then], from, id),
                        joined: others(slice, *number, id),
                    });
                }
            }
        }
    }
    moves.sort_by(|a, b| (&a.slice, &a.name, &a.id).cmp(&(&b.slice, &b.name, &b.id)));
    moves
}

fn others(slice: &Blocs, number: usize, id: &str) -> Vec<String> {
    let members = slice.blocs.get(&number).into_iter().flat_map(|b| &b.members);
    members.filter(|(other, _)| other != id).map(|(_, name)| name.clone()).collect()
}
