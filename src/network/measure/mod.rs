//! What can be measured of the nodes of a network, each defined as networkx and igraph define it, so that a figure can be
//! compared across programs. Source and unit stand at each measure.

mod betweenness;
mod closeness;
mod local;
mod parts;
mod spectral;

pub use local::reciprocity;
pub use parts::strong;

use super::communities;
use super::{Adjacency, Links, Network};

/// One figure a node, in the order of the nodes.
#[derive(Debug, Clone, PartialEq)]
pub enum Scores {
    Number(Vec<f64>),
    Count(Vec<i64>),
}

/// A measure and what it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub name: &'static str,
    pub scores: Scores,
}

/// A measure of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Neighbours, whichever way the edges point.
    Degree,
    /// Those from whom an edge comes.
    InDegree,
    /// Those to whom an edge goes.
    OutDegree,
    /// Weights of all edges, in events.
    Strength,
    /// Weights of the edges that come, in events.
    InStrength,
    /// Weights of the edges that go, in events.
    OutStrength,
    /// The share of shortest paths (fewest edges) between two others that lead through the node, 0 to 1: Freeman (1977),
    /// computed after Brandes (2001), "A faster algorithm for betweenness centrality".
    Betweenness,
    /// How few steps others need to reach the node, 0 to 1: Freeman (1979), scaled by the share of nodes that reach it
    /// (Wasserman and Faust 1994).
    Closeness,
    /// Being linked to those who are well linked: the leading eigenvector of the weights without direction, of length 1
    /// (Bonacich 1972).
    Eigenvector,
    /// The share of time that a walker spends here who follows weights and jumps with probability 0.15; the sum is 1
    /// (Page, Brin, Motwani and Winograd 1999).
    Pagerank,
    /// Pointing to those who are pointed to; the sum is 1 (Kleinberg 1999).
    Hub,
    /// Being pointed to by hubs; the sum is 1 (Kleinberg 1999).
    Authority,
    /// The largest k of which the node is in the k-core: a part where everyone has k neighbours (Seidman 1983; computed
    /// after Batagelj and Zaversnik 2003).
    Core,
    /// The share of pairs of neighbours that are linked themselves, 0 to 1, without direction (Watts and Strogatz 1998).
    Clustering,
    /// The share of a node's edges that are returned, 0 to 1.
    Reciprocity,
    /// The number of its weakly connected part, from 0 in the order of the nodes.
    Component,
    /// The number of its community, from 1, the largest first: the partition of greatest modularity found by the Leiden
    /// algorithm (Traag, Waltman and van Eck 2019), without direction.
    Community,
}

use Measure::*;

impl Measure {
    pub const ALL: [Self; 17] = [
        Degree,
        InDegree,
        OutDegree,
        Strength,
        InStrength,
        OutStrength,
        Betweenness,
        Closeness,
        Eigenvector,
        Pagerank,
        Hub,
        Authority,
        Core,
        Clustering,
        Reciprocity,
        Component,
        Community,
    ];

    /// The name of its column.
    pub fn name(self) -> &'static str {
        match self {
            Degree => "degree",
            InDegree => "in_degree",
            OutDegree => "out_degree",
            Strength => "strength",
            InStrength => "in_strength",
            OutStrength => "out_strength",
            Betweenness => "betweenness",
            Closeness => "closeness",
            Eigenvector => "eigenvector",
            Pagerank => "pagerank",
            Hub => "hub",
            Authority => "authority",
            Core => "core",
            Clustering => "clustering",
            Reciprocity => "reciprocity",
            Component => "component",
            Community => "community",
        }
    }

    /// The measure of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }

    /// The figure of every node.
    pub fn of(self, links: &Links) -> Scores {
        let degrees = |a: &Adjacency| Scores::Count((0..a.len()).map(|i| a.degree(i) as i64).collect());
        let strengths = |a: &Adjacency| Scores::Number((0..a.len()).map(|i| a.strength(i)).collect());
        match self {
            Degree => degrees(&links.both),
            InDegree => degrees(&links.into),
            OutDegree => degrees(&links.out),
            Strength => strengths(&links.both),
            InStrength => strengths(&links.into),
            OutStrength => strengths(&links.out),
            Betweenness => Scores::Number(betweenness::of(links)),
            Closeness => Scores::Number(closeness::of(links)),
            Eigenvector => Scores::Number(spectral::eigenvector(&links.both)),
            Pagerank => Scores::Number(spectral::pagerank(&links.out)),
            Hub => Scores::Number(spectral::hits(links).0),
            Authority => Scores::Number(spectral::hits(links).1),
            Core => Scores::Count(local::cores(&links.both)),
            Clustering => Scores::Number(local::clustering(&links.both)),
            Reciprocity => Scores::Number(local::returned(links)),
            Component => Scores::Count(parts::weak(&links.both)),
            Community => {
                let found = communities::of(&links.both);
                Scores::Count(found.membership.iter().map(|c| *c as i64 + 1).collect())
            }
        }
    }
}

impl Scores {
    /// The figure of one node.
    pub fn get(&self, node: usize) -> f64 {
        match self {
            Self::Number(x) => x[node],
            Self::Count(n) => n[node] as f64,
        }
    }
}

/// All measures of a network, in the order of [`Measure::ALL`].
pub fn all(network: &Network) -> Vec<Measured> {
    let links = Links::of(network);
    Measure::ALL.iter().map(|m| Measured { name: m.name(), scores: m.of(&links) }).collect()
}
