//! Third parties: partners that two actors share, and those who stand between pairs that are hostile.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use serde::Serialize;

use super::signed::{Sign, Signed};
use super::{Projection, Record};

/// The relation of those who bring two others together.
const MEDIATE: &str = "mediate";

/// Someone with ties to both of two others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Third {
    pub id: String,
    pub name: String,
    /// Events with the one and with the other.
    pub events: [u32; 2],
    pub signs: [Sign; 2],
    /// Events in which it mediates for the one and for the other.
    pub mediations: [u32; 2],
}

/// Two who are hostile to each other, and who stands between them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub a: String,
    pub b: String,
    pub a_name: String,
    pub b_name: String,
    pub sign: Sign,
    /// Who mediates for both comes first, then who cooperates most with the one that it cooperates less with.
    pub mediators: Vec<Third>,
}

/// Ties and mediations of everyone, ready to be asked.
pub struct Thirds {
    signed: Signed,
    /// For each node its dyads: the other, then the index of the dyad.
    near: Vec<BTreeMap<usize, usize>>,
    mediations: BTreeMap<(usize, usize), u32>,
}

impl Thirds {
    pub fn new(projection: &Projection, record: &Record) -> Self {
        let signed = Signed::of(projection, record);
        let mut near = vec![BTreeMap::new(); signed.network.nodes.len()];
        for (i, d) in signed.dyads.iter().enumerate() {
            near[d.a].insert(d.b, i);
            near[d.b].insert(d.a, i);
        }
        let mut mediations = BTreeMap::new();
        let mediating = record.events.iter().filter(|e| e.relation.id() == MEDIATE && projection.counts(e));
        for event in mediating {
            let nodes = |ids: &[SmolStr]| -> Vec<usize> {
                let mut nodes: Vec<_> =
                    ids.iter().filter_map(|id| signed.network.node(projection.node(record, id))).collect();
                nodes.sort_unstable();
                nodes.dedup();
                nodes
            };
            for m in nodes(&event.sources) {
                nodes(&event.targets).into_iter().for_each(|t| *mediations.entry((m, t)).or_default() += 1);
            }
        }
        Self { signed, near, mediations }
    }

    /// Everyone who has ties to both, most events first.
    pub fn common(&self, a: &str, b: &str) -> Vec<Third> {
        let (Some(a), Some(b)) = (self.signed.network.node(a), self.signed.network.node(b)) else { return Vec::new() };
        let mut thirds = self.between(a, b);
        thirds.sort_by_key(|t| (std::cmp::Reverse(t.events[0].min(t.events[1])), t.name.clone()));
        thirds
    }

    fn between(&self, a: usize, b: usize) -> Vec<Third> {
        let shared = self.near[a].iter().filter_map(|(m, with_a)| Some((*m, *with_a, *self.near[b].get(m)?)));
        shared.map(|(m, with_a, with_b)| self.third(m, [a, b], [with_a, with_b])).collect()
    }

    fn third(&self, m: usize, sides: [usize; 2], ties: [usize; 2]) -> Third {
        let node = &self.signed.network.nodes[m];
        Third {
            id: node.id.clone(),
            name: node.label.clone(),
            events: ties.map(|d| self.signed.network.edges[d].events),
            signs: ties.map(|d| self.signed.dyads[d].sign),
            mediations: sides.map(|side| self.mediations.get(&(m, side)).copied().unwrap_or(0)),
        }
    }

    /// Those between two: they mediate for one of them at least, or are friendly with both as certainly as asked.
    pub fn mediators(&self, a: &str, b: &str, certainty: f64) -> Vec<Third> {
        let mut thirds = self.common(a, b);
        let friendly = |t: &Third| t.signs.iter().all(|s| s.value(certainty) > 0);
        thirds.retain(|t| t.mediations.iter().any(|m| *m > 0) || friendly(t));
        let least = |x: [f64; 2]| x[0].min(x[1]);
        let strength = |t: &Third| {
            let mediates = t.mediations.map(f64::from);
            (least(mediates), mediates[0] + mediates[1], least(t.signs.map(|s| s.cooperation)))
        };
        thirds.sort_by(|x, y| {
            let (x_s, y_s) = (strength(x), strength(y));
            y_s.partial_cmp(&x_s).unwrap_or(std::cmp::Ordering::Equal).then_with(|| x.name.cmp(&y.name))
        });
        thirds
    }

    /// The dyads that are hostile as certainly as asked and have somebody between them; the most hostile first.
    pub fn hostile(&self, certainty: f64) -> Vec<Pair> {
        let nodes = &self.signed.network.nodes;
        let hostile = self.signed.dyads.iter().filter(|d| d.sign.value(certainty) < 0);
        let mut pairs: Vec<Pair> = hostile
            .map(|d| {
                let (a, b) = (&nodes[d.a], &nodes[d.b]);
                let (a_name, b_name) = (a.label.clone(), b.label.clone());
                let mediators = self.mediators(&a.id, &b.id, certainty);
                Pair { a: a.id.clone(), b: b.id.clone(), a_name, b_name, sign: d.sign, mediators }
            })
            .filter(|p| !p.mediators.is_empty())
            .collect();
        pairs.sort_by(|x, y| y.sign.conflict.total_cmp(&x.sign.conflict).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
        pairs
    }
}
