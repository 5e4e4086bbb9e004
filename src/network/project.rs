use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::node::actor_node;
use super::tally::{Dates, Tally};
use super::{Edge, Event, Network, Node, Record, events};
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

type Key<'a> = (&'a str, &'a str, Option<&'static str>);

impl Projection {
    /// The network of the events that pass, without self-loops and without actors that no edge touches.
    pub fn of(&self, record: &Record) -> Network {
        if self.level == Level::Event {
            return events::network(self, record);
        }
        let mut dyads: BTreeMap<Key, Tally> = BTreeMap::new();
        for event in record.events.iter().filter(|e| self.counts(e)) {
            for key in self.keys(record, event) {
                dyads.entry(key).or_default().add(event);
            }
        }
        dyads.retain(|_, tally| tally.events >= self.min_events);
        if let Some(ego) = &self.ego {
            let near = within(&dyads, ego);
            dyads.retain(|(a, b, _), _| near.contains(a) && near.contains(b));
        }
        self.network(record, dyads)
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
        let has = |ids: &[String], node: &str| ids.iter().any(|id| self.node(record, id) == node);
        (has(&event.sources, a) && has(&event.targets, b)) || (has(&event.sources, b) && has(&event.targets, a))
    }

    /// The dyads that an event adds to, each once.
    fn keys<'a>(&self, record: &'a Record, event: &'a Event) -> BTreeSet<Key<'a>> {
        let kind = match self.kinds {
            Kinds::Together => None,
            Kinds::Relation => Some(event.relation.id()),
            Kinds::QuadClass => event.relation.quad_class().and_then(class_name),
        };
        let mut keys = BTreeSet::new();
        for source in &event.sources {
            for target in &event.targets {
                let (a, b) = (self.node(record, source), self.node(record, target));
                if a == b {
                    continue;
                }
                if self.undirected {
                    keys.insert((a.min(b), a.max(b), kind));
                    continue;
                }
                keys.insert((a, b, kind));
                if event.symmetric {
                    keys.insert((b, a, kind));
                }
            }
        }
        keys
    }

    fn network(&self, record: &Record, dyads: BTreeMap<Key, Tally>) -> Network {
        let ids: BTreeSet<&str> = dyads.keys().flat_map(|(a, b, _)| [*a, *b]).collect();
        let index: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let pairs: BTreeSet<Key> = dyads.keys().copied().collect();
        let mut nodes: Vec<Node> = ids.iter().map(|id| actor_node(record, id)).collect();
        self.count_events(record, &pairs, &index, &mut nodes);
        let edges: Vec<Edge> = dyads
            .into_iter()
            .map(|((a, b, kind), tally)| tally.edge(index[a], index[b], kind.map(str::to_owned)))
            .collect();
        Network { directed: !self.undirected, nodes, edges, measures: Vec::new() }
    }

    /// Counts for each node the events of the edges that were kept, each event once.
    fn count_events(&self, record: &Record, kept: &BTreeSet<Key>, index: &BTreeMap<&str, usize>, nodes: &mut [Node]) {
        for event in record.events.iter().filter(|e| self.counts(e)) {
            let keys = self.keys(record, event);
            let touched: BTreeSet<&str> = keys.intersection(kept).flat_map(|(a, b, _)| [*a, *b]).collect();
            for node in touched.into_iter().filter_map(|id| index.get(id)) {
                let node = &mut nodes[*node];
                let mut dates = Dates { first: node.first_date, last: node.last_date };
                dates.add(event);
                (node.first_date, node.last_date) = (dates.first, dates.last);
                node.events += 1;
            }
        }
    }
}

fn class_name(class: u8) -> Option<&'static str> {
    let names = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
    names.get(usize::from(class).checked_sub(1)?).copied()
}

/// The nodes at most `depth` steps from the ego, whichever way the edges point.
fn within<'a>(dyads: &BTreeMap<Key<'a>, Tally>, ego: &Ego) -> BTreeSet<&'a str> {
    let mut near: BTreeSet<&str> = dyads.keys().flat_map(|(a, b, _)| [*a, *b]).filter(|id| *id == ego.node).collect();
    for _ in 0..ego.depth {
        let next: Vec<&str> = dyads
            .keys()
            .filter(|(a, b, _)| near.contains(a) || near.contains(b))
            .flat_map(|(a, b, _)| [*a, *b])
            .collect();
        near.extend(next);
    }
    near
}
