//! Events as nodes of their own: the two-mode network, from those who act to the event, from the event to those it meets.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::node::actor_node;
use super::tally::{Dates, Tally};
use super::{Edge, Event, Network, Node, Projection, Record};

/// An event and the actors on its two sides.
type Told<'a> = (&'a Event, BTreeSet<&'a str>, BTreeSet<&'a str>);

/// The bipartite network of the events that pass, and that join at least two actors.
pub(super) fn network(projection: &Projection, record: &Record) -> Network {
    let mut told: Vec<Told> = record.events.iter().filter_map(|e| sides(projection, record, e)).collect();
    if let Some(ego) = &projection.ego {
        let near = within(&told, &ego.node, ego.depth);
        told.retain(|(_, a, b)| a.iter().chain(b).any(|actor| near.contains(actor)));
    }
    let actors: BTreeSet<&str> = told.iter().flat_map(|(_, a, b)| a.iter().chain(b).copied()).collect();
    let mut nodes: Vec<Node> = actors.iter().map(|id| actor_node(record, id)).collect();
    nodes.extend(told.iter().map(|(event, _, _)| event_node(record, event)));
    nodes.sort_by(|a, b| a.id.cmp(&b.id));
    let index: BTreeMap<String, usize> = nodes.iter().enumerate().map(|(i, n)| (n.id.clone(), i)).collect();
    let mut edges = Vec::new();
    for (event, sources, targets) in &told {
        let node = index[event.id.as_str()];
        for actor in sources {
            edges.push(edge(event, index[*actor], node));
        }
        for actor in targets {
            let (a, b) = if event.symmetric { (index[*actor], node) } else { (node, index[*actor]) };
            edges.push(edge(event, a, b));
        }
        for actor in sources.union(targets) {
            count(&mut nodes[index[*actor]], event);
        }
    }
    edges.sort_by_key(|e| (e.source, e.target));
    edges.dedup_by_key(|e| (e.source, e.target));
    Network { directed: !projection.undirected, nodes, edges, measures: Vec::new() }
}

fn sides<'a>(projection: &Projection, record: &'a Record, event: &'a Event) -> Option<Told<'a>> {
    let homes = |ids: &'a [SmolStr]| ids.iter().map(|id| projection.node(record, id)).collect::<BTreeSet<_>>();
    let (a, b) = (homes(&event.sources), homes(&event.targets));
    (projection.counts(event) && a.union(&b).count() > 1).then_some((event, a, b))
}

/// The actors of which an event counts as near: the ego and, of each further step, all who share an event with them.
fn within<'a>(told: &[Told<'a>], ego: &str, depth: usize) -> BTreeSet<&'a str> {
    let all = |t: &Told<'a>| t.1.iter().chain(&t.2).copied().collect::<Vec<_>>();
    let mut near: BTreeSet<&str> = told.iter().flat_map(all).filter(|id| *id == ego).collect();
    for _ in 1..depth {
        let reached: Vec<&str> =
            told.iter().map(all).filter(|ids| ids.iter().any(|id| near.contains(id))).flatten().collect();
        near.extend(reached);
    }
    near
}

fn edge(event: &Event, source: usize, target: usize) -> Edge {
    let mut tally = Tally::default();
    tally.add(event);
    tally.edge(source, target, None)
}

fn event_node(record: &Record, event: &Event) -> Node {
    let date = event.period.map(|p| format!(" {p}")).unwrap_or_default();
    let mut node = Node {
        id: event.id.to_string(),
        label: format!("{}{date}", event.relation.id().replace('_', " ")),
        iri: record.event_iri(event),
        entity_type: "event".to_owned(),
        color: "#999999",
        ..Node::default()
    };
    count(&mut node, event);
    node
}

fn count(node: &mut Node, event: &Event) {
    let mut dates = Dates { first: node.first_date, last: node.last_date };
    dates.add(event);
    (node.first_date, node.last_date) = (dates.first, dates.last);
    node.events += 1;
}
