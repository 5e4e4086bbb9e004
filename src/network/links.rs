//! A network as rows of neighbours, for measures: parallel edges joined, loops left out, a node known by its index.

use super::Network;

/// Who is linked to whom, and how strongly; the neighbours of a node in order of their indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjacency {
    first: Vec<usize>,
    to: Vec<u32>,
    weight: Vec<f64>,
}

/// The same network, looked at from three sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Links {
    pub directed: bool,
    /// From source to target; both ways if the network is undirected.
    pub out: Adjacency,
    /// From target to source.
    pub into: Adjacency,
    /// Without direction; the weights of the two directions are summed.
    pub both: Adjacency,
}

impl Adjacency {
    /// The rows of `nodes` nodes. The weights of equal arcs are summed, in the order in which they come.
    pub fn new(nodes: usize, arcs: impl IntoIterator<Item = (usize, usize, f64)>) -> Self {
        let mut arcs: Vec<_> = arcs.into_iter().filter(|(a, b, _)| a != b).collect();
        arcs.sort_by_key(|(a, b, _)| (*a, *b));
        arcs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 += if same { next.2 } else { 0.0 };
            same
        });
        let mut first = vec![0; nodes + 1];
        for (a, _, _) in &arcs {
            first[a + 1] += 1;
        }
        for i in 0..nodes {
            first[i + 1] += first[i];
        }
        Self { first, to: arcs.iter().map(|a| a.1 as u32).collect(), weight: arcs.iter().map(|a| a.2).collect() }
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.first.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of a node.
    pub fn to(&self, node: usize) -> &[u32] {
        &self.to[self.first[node]..self.first[node + 1]]
    }

    /// The neighbours of a node and the weights of the links to them.
    pub fn of(&self, node: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.first[node]..self.first[node + 1];
        self.to[range.clone()].iter().map(|t| *t as usize).zip(self.weight[range].iter().copied())
    }

    /// How many neighbours a node has.
    pub fn degree(&self, node: usize) -> usize {
        self.first[node + 1] - self.first[node]
    }

    /// The sum of the weights of a node's links.
    pub fn strength(&self, node: usize) -> f64 {
        self.weight[self.first[node]..self.first[node + 1]].iter().sum()
    }

    /// All arcs, in order.
    pub fn arcs(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        (0..self.len()).flat_map(|a| self.of(a).map(move |(b, w)| (a, b, w)))
    }
}

impl Links {
    pub fn of(network: &Network) -> Self {
        let n = network.nodes.len();
        let forth = || network.edges.iter().map(|e| (e.source, e.target, e.weight));
        let back = || forth().map(|(a, b, w)| (b, a, w));
        let both = Adjacency::new(n, forth().chain(back()));
        match network.directed {
            true => Self { directed: true, out: Adjacency::new(n, forth()), into: Adjacency::new(n, back()), both },
            false => Self { directed: false, out: both.clone(), into: both.clone(), both },
        }
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.both.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
