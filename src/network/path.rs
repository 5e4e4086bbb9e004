use std::collections::BTreeMap;

use petgraph::algo::astar;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;

use super::Network;

/// Steps of a chain, as indices of the network's edges.
pub type Route = Vec<usize>;

/// The chain of fewest edges between two nodes, whichever way they point; of equals the one that rests on more
/// events. Empty if both are one node, `None` if nothing joins them.
pub fn shortest(network: &Network, from: usize, to: usize) -> Option<Route> {
    let mut graph: UnGraph<(), usize> = UnGraph::with_capacity(network.nodes.len(), network.edges.len());
    for _ in &network.nodes {
        graph.add_node(());
    }
    for (i, edge) in network.edges.iter().enumerate() {
        graph.add_edge(NodeIndex::new(edge.source), NodeIndex::new(edge.target), i);
    }
    let goal = NodeIndex::new(to);
    let cost = |edge: usize| 1.0 + 1e-6 / f64::from(network.edges[edge].events.max(1));
    let (_, nodes) = astar(&graph, NodeIndex::new(from), |n| n == goal, |e| cost(*e.weight()), |_| 0.0)?;
    let strongest = |pair: &[NodeIndex]| {
        let between = graph.edges_connecting(pair[0], pair[1]).map(|e| *e.weight());
        between.min_by(|a, b| cost(*a).total_cmp(&cost(*b)).then(a.cmp(b)))
    };
    nodes.windows(2).map(strongest).collect()
}

/// For each node the number of its connected part, counted from 0 in the order of the nodes.
pub fn components(network: &Network) -> Vec<usize> {
    let mut sets = UnionFind::new(network.nodes.len());
    for edge in &network.edges {
        sets.union(edge.source, edge.target);
    }
    let mut numbers = BTreeMap::new();
    let roots = sets.into_labeling();
    roots
        .iter()
        .map(|root| {
            let next = numbers.len();
            *numbers.entry(*root).or_insert(next)
        })
        .collect()
}
