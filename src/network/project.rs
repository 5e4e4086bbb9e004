use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::node::actor_node;
use super::tally::{Dates, Tally};
use super::{Event, Network, Node, Record, events};
use crate::model::{Period, Relation};

/// Who the nodes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// States and organisations; persons and organs count for theirs.
    #[default]
    State,
    /// States, organisations, organs and groups each for itself; only persons count for theirs.
    Organisation,
    /// Every actor for himself.
    Person,
    /// The actors of [`Level::State`] and, between them, every event as a node of its own. Knows no kinds of edges and
    /// no least number of events.
    Event,
}

/// Which events count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layer {
    #[default]
    All,
    /// Quad classes 1 and 2.
    Cooperation,
    /// Quad classes 3 and 4.
    Conflict,
}

/// Whether a dyad is one edge or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kinds {
    #[default]
    Together,
    /// One edge a relation.
    Relation,
    /// One edge a quad class.
    QuadClass,
}

/// The part of the network around one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ego {
    /// The id of the node.
    pub node: String,
    /// How many steps away an actor may be; 1 keeps the neighbours and the edges between them.
    pub depth: usize,
}

/// Which network to make of the events.
#[derive(Debug, Clone, Default)]
pub struct Projection {
    pub level: Level,
    pub layer: Layer,
    /// Only these relations; empty for all.
    pub relations: Vec<Relation>,
    pub kinds: Kinds,
    /// Joins the two directions of a dyad.
    pub undirected: bool,
    /// Only events that may have happened on or after this day; leaves out those without a date.
    pub since: Option<Date>,
    /// Only events that may have happened on or before this day; leaves out those without a date.
    pub until: Option<Date>,
    /// Only events that wholly lie in this slice of time.
    pub slice: Option<Period>,
    /// Edges of fewer events are left out.
    pub min_events: u32,
    pub ego: Option<Ego>,
    /// The statuses that count; empty for those that the graph vouches for, `Reported` and `Corroborated`.
    pub statuses: Vec<String>,
    /// Events below are left out.
    pub min_confidence: f64,
    /// Nodes that keep their own name on the level of states.
    pub apart: Vec<String>,
}

const PERSON: &str = "person";
const VOUCHED: [&str; 2] = ["Reported", "Corroborated"];

/// A dyad: the numbers of its nodes, and the kind of its edges.
type Key = (u32, u32, Option<&'static str>);

/// The nodes that stand for actors, by number, so that each name is compared once and not with every event.
#[derive(Default)]
struct Numbers<'a> {
    of_actor: FxHashMap<&'a str, u32>,
    of_node: FxHashMap<&'a str, u32>,
    names: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    fn node(&mut self, projection: &Projection, record: &'a Record, actor: &'a str) -> u32 {
        if let Some(known) = self.of_actor.get(actor) {
            return *known;
        }
        let name = projection.node(record, actor);
        let number = *self.of_node.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() as u32 - 1
        });
        self.of_actor.insert(actor, number);
        number
    }
}

impl Projection {
    /// The network of the events that pass, without self-loops and without actors that no edge touches.
    pub fn of(&self, record: &Record) -> Network {
        match self.level {
            Level::Event => events::network(self, record),
            _ => self.counted(record, Tally::add),
        }
    }

    /// The same network for who looks for ways through it: of its edges no more is known than the number of events.
    pub fn outline(&self, record: &Record) -> Network {
        match self.level {
            Level::Event => events::network(self, record),
            _ => self.counted(record, |tally, _| tally.events += 1),
        }
    }

    fn counted(&self, record: &Record, count: fn(&mut Tally, &Event)) -> Network {
        let mut numbers = Numbers::default();
        let mut told: Vec<(&Event, Key)> = Vec::new();
        for event in record.events.iter().filter(|e| self.counts(e)) {
            self.dyads(record, &mut numbers, event, &mut told);
        }
        let mut dyads = tallied(&told, count);
        let all = dyads.len();
        dyads.retain(|_, tally| tally.events >= self.min_events);
        if let Some(ego) = &self.ego {
            let near = within(&dyads, numbers.of_node.get(&*ego.node).copied(), ego.depth);
            dyads.retain(|(a, b, _), _| near.contains(a) && near.contains(b));
        }
        let whole = dyads.len() == all;
        self.network(record, &numbers.names, (&told, whole), dyads)
    }

    /// Whether the event belongs to this network.
    pub fn counts(&self, event: &Event) -> bool {
        self.of_layer(event)
            && (self.relations.is_empty() || self.relations.contains(&event.relation))
            && self.of_status(&event.status)
            && event.confidence >= self.min_confidence
            && self.in_time(event.period)
    }

    fn of_layer(&self, event: &Event) -> bool {
        match (self.layer, event.relation.quad_class()) {
            (_, None) => false,
            (Layer::All, _) => true,
            (Layer::Cooperation, Some(class)) => class <= 2,
            (Layer::Conflict, Some(class)) => class >= 3,
        }
    }

    fn of_status(&self, status: &str) -> bool {
        match self.statuses.as_slice() {
            [] => VOUCHED.contains(&status),
            some => some.iter().any(|s| s.eq_ignore_ascii_case(status)),
        }
    }

    fn in_time(&self, period: Option<Period>) -> bool {
        let after = |since: Date| period.is_some_and(|p| p.last() >= since);
        let before = |until: Date| period.is_some_and(|p| p.first() <= until);
        let inside = |slice: Period| period.is_some_and(|p| slice.contains(p.first()) && slice.contains(p.last()));
        self.since.is_none_or(after) && self.until.is_none_or(before) && self.slice.is_none_or(inside)
    }

    /// The node that stands for an actor.
    pub(super) fn node<'a>(&self, record: &'a Record, actor: &'a str) -> &'a str {
        match self.level {
            Level::Person => actor,
            _ if self.apart.iter().any(|a| a == actor) => actor,
            Level::Organisation if record.actors.get(actor).is_some_and(|a| a.kind != PERSON) => actor,
            Level::State | Level::Organisation | Level::Event => record.home(actor),
        }
    }

    /// Whether the event passes between the two nodes, in either direction.
    pub fn joins(&self, record: &Record, event: &Event, a: &str, b: &str) -> bool {
        let has = |ids: &[SmolStr], node: &str| ids.iter().any(|id| self.node(record, id) == node);
        (has(&event.sources, a) && has(&event.targets, b)) || (has(&event.sources, b) && has(&event.targets, a))
    }

    /// Adds the dyads that an event counts for, each once.
    fn dyads<'a>(
        &self,
        record: &'a Record,
        numbers: &mut Numbers<'a>,
        event: &'a Event,
        told: &mut Vec<(&'a Event, Key)>,
    ) {
        let kind = match self.kinds {
            Kinds::Together => None,
            Kinds::Relation => Some(event.relation.id()),
            Kinds::QuadClass => event.relation.quad_class().and_then(class_name),
        };
        let first = told.len();
        let mut add = |a: u32, b: u32| {
            let key = (a, b, kind);
            if !told[first..].iter().any(|(_, k)| *k == key) {
                told.push((event, key));
            }
        };
        for source in &event.sources {
            for target in &event.targets {
                let (a, b) = (numbers.node(self, record, source), numbers.node(self, record, target));
                if a == b {
                    continue;
                }
                if self.undirected {
                    add(a.min(b), a.max(b));
                    continue;
                }
                add(a, b);
                if event.symmetric {
                    add(b, a);
                }
            }
        }
    }

    /// Nodes in order of ids, and edges in order of their nodes; `whole` if all that was told of is among the dyads.
    fn network(
        &self,
        record: &Record,
        names: &[&str],
        (told, whole): (&[(&Event, Key)], bool),
        dyads: FxHashMap<Key, Tally>,
    ) -> Network {
        let mut ids: Vec<u32> = dyads.keys().flat_map(|(a, b, _)| [*a, *b]).collect();
        ids.sort_unstable_by_key(|n| names[*n as usize]);
        ids.dedup();
        let mut place = vec![usize::MAX; names.len()];
        for (i, number) in ids.iter().enumerate() {
            place[*number as usize] = i;
        }
        let mut nodes: Vec<Node> = ids.iter().map(|n| actor_node(record, names[*n as usize])).collect();
        count_events(told, |key| whole || dyads.contains_key(key), &place, &mut nodes);
        let edge = |((a, b, kind), tally): (Key, Tally)| {
            let (a, b) = (place[a as usize], place[b as usize]);
            // the numbers of an undirected dyad are not in the order of its names
            let (a, b) = if self.undirected { (a.min(b), a.max(b)) } else { (a, b) };
            (a, b, kind, tally)
        };
        let mut edges: Vec<_> = dyads.into_iter().map(edge).collect();
        edges.sort_unstable_by_key(|(a, b, kind, _)| (*a, *b, *kind));
        let edges = edges.into_iter().map(|(a, b, kind, tally)| tally.edge(a, b, kind.map(str::to_owned))).collect();
        Network { directed: !self.undirected, nodes, edges, measures: Vec::new() }
    }
}

/// The totals of each dyad; those of one are added up in order of the events, by one thread.
fn tallied(told: &[(&Event, Key)], count: fn(&mut Tally, &Event)) -> FxHashMap<Key, Tally> {
    let parts = rayon::current_num_threads();
    let part = |n: usize| {
        let mut dyads: FxHashMap<Key, Tally> = FxHashMap::default();
        for (event, key) in told.iter().filter(|(_, key)| key.0 as usize % parts == n) {
            count(dyads.entry(*key).or_default(), event);
        }
        dyads
    };
    let parts: Vec<_> = (0..parts).into_par_iter().map(part).collect();
    parts.into_iter().flatten().collect()
}

/// Counts for each node the events of the edges that were kept, each event once.
fn count_events(told: &[(&Event, Key)], is_kept: impl Fn(&Key) -> bool, place: &[usize], nodes: &mut [Node]) {
    let mut touched: Vec<u32> = Vec::new();
    for of_event in told.chunk_by(|x, y| std::ptr::eq(x.0, y.0)) {
        touched.clear();
        for (_, key) in of_event.iter().filter(|(_, key)| is_kept(key)) {
            for number in [key.0, key.1] {
                if !touched.contains(&number) {
                    touched.push(number);
                }
            }
        }
        for number in &touched {
            let node = &mut nodes[place[*number as usize]];
            let mut dates = Dates { first: node.first_date, last: node.last_date };
            dates.add(of_event[0].0);
            (node.first_date, node.last_date) = (dates.first, dates.last);
            node.events += 1;
        }
    }
}

fn class_name(class: u8) -> Option<&'static str> {
    let names = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
    names.get(usize::from(class).checked_sub(1)?).copied()
}

/// The nodes at most `depth` steps from the ego, whichever way the edges point.
fn within(dyads: &FxHashMap<Key, Tally>, ego: Option<u32>, depth: usize) -> FxHashSet<u32> {
    let touched = dyads.keys().any(|(a, b, _)| [Some(*a), Some(*b)].contains(&ego));
    let mut near: FxHashSet<u32> = ego.filter(|_| touched).into_iter().collect();
    for _ in 0..depth {
        let on_the_edge = dyads.keys().filter(|(a, b, _)| near.contains(a) || near.contains(b));
        let next: Vec<u32> = on_the_edge.flat_map(|(a, b, _)| [*a, *b]).collect();
        near.extend(next);
    }
    near
}
