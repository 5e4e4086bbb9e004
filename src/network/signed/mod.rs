//! Networks whose ties have signs: friends, enemies, and those of whom it cannot be told. A sign follows from the events of
//! a dyad and is as certain as these make it.

mod eigen;
mod frustration;
mod triads;
mod walks;

pub use frustration::{Frustration, frustration};
pub use triads::{Triads, triads};
pub use walks::walk_balance;

use super::communities::{self, Communities};
use super::{Adjacency, Edge, Kinds, Level, Measured, Network, Projection, Record, Scores};

/// An undirected network and the sign of each of its dyads.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Without direction; edge and dyad of an index are the same.
    pub network: Network,
    pub dyads: Vec<Dyad>,
}

/// Two actors, and what their events say of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dyad {
    /// Indices into the nodes; the first is smaller.
    pub a: usize,
    pub b: usize,
    pub sign: Sign,
}

/// The sign of a dyad with its uncertainty.
///
/// Events of cooperation (quad classes 1 and 2) and of conflict (3 and 4), each counted by its confidence, are taken for
/// draws from the dyad's share of cooperation, of which nothing is known before (Jeffreys' prior, Beta(1/2, 1/2)).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Sign {
    /// Events of cooperation, each weighted by its confidence.
    pub cooperation: f64,
    /// Events of conflict, likewise.
    pub conflict: f64,
    /// The probability that the dyad's share of cooperation is above one half, 0 to 1.
    pub friendly: f64,
}

/// How probable a sign must be to count, unless said otherwise.
pub const CERTAINTY: f64 = 0.75;

impl Sign {
    pub fn of(cooperation: f64, conflict: f64) -> Self {
        let friendly = 1.0 - puruspe::betai(0.5 + cooperation, 0.5 + conflict, 0.5);
        Self { cooperation, conflict, friendly }
    }

    /// 1 friendly, -1 hostile, 0 where neither is as probable as `certainty` (0.5 to 1).
    pub fn value(self, certainty: f64) -> i8 {
        match self.friendly {
            p if p >= certainty && p > 0.5 => 1,
            p if p <= 1.0 - certainty && p < 0.5 => -1,
            _ => 0,
        }
    }

    /// The same as a word: `friendly`, `hostile` or `unclear`.
    pub fn word(self, certainty: f64) -> &'static str {
        match self.value(certainty) {
            1 => "friendly",
            -1 => "hostile",
            _ => "unclear",
        }
    }

    /// What it is rather than not, and how probable that is: `("hostile", 0.64)`.
    pub fn leaning(self) -> (&'static str, f64) {
        if self.friendly >= 0.5 { ("friendly", self.friendly) } else { ("hostile", 1.0 - self.friendly) }
    }

    /// Between which shares of cooperation the true one lies with that probability (equal tails).
    pub fn interval(self, probability: f64) -> (f64, f64) {
        let (a, b) = (0.5 + self.cooperation, 0.5 + self.conflict);
        let tail = (1.0 - probability) / 2.0;
        let quantile = |p: f64| {
            let (mut low, mut high) = (0.0f64, 1.0f64);
            for _ in 0..60 {
                let middle = f64::midpoint(low, high);
                if puruspe::betai(a, b, middle) < p { low = middle } else { high = middle }
            }
            low
        };
        (quantile(tail), quantile(1.0 - tail))
    }
}

impl Signed {
    /// The signs of the network that the projection makes, its directions and kinds of edges joined.
    pub fn of(projection: &Projection, record: &Record) -> Self {
        let level = if projection.level == Level::Event { Level::State } else { projection.level };
        let joined = Projection { level, undirected: true, kinds: Kinds::Together, ..projection.clone() };
        let network = joined.of(record);
        let sign = |e: &Edge| Sign::of(e.cooperation, e.conflict);
        let dyad = |e: &Edge| Dyad { a: e.source.min(e.target), b: e.source.max(e.target), sign: sign(e) };
        let dyads = network.edges.iter().map(dyad).collect();
        Self { network, dyads }
    }

    /// The dyad of two actors, whichever comes first.
    pub fn dyad(&self, a: &str, b: &str) -> Option<&Dyad> {
        let (a, b) = (self.network.node(a)?, self.network.node(b)?);
        self.dyads.iter().find(|d| (d.a, d.b) == (a.min(b), a.max(b)))
    }

    /// Only the actors of most events and what is between them.
    pub fn top(mut self, count: usize) -> Self {
        let nodes = &self.network.nodes;
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(nodes[*i].events), *i));
        let mut place = vec![None; nodes.len()];
        let mut kept: Vec<usize> = order.into_iter().take(count).collect();
        kept.sort_unstable();
        kept.iter().enumerate().for_each(|(new, old)| place[*old] = Some(new));
        self.network.nodes = kept.iter().map(|i| self.network.nodes[*i].clone()).collect();
        let edges = self.network.edges.into_iter().zip(self.dyads);
        (self.network.edges, self.dyads) = edges
            .filter_map(|(edge, dyad)| {
                let (source, target) = (place[edge.source]?, place[edge.target]?);
                Some((Edge { source, target, ..edge }, Dyad { a: place[dyad.a]?, b: place[dyad.b]?, ..dyad }))
            })
            .unzip();
        self
    }

    /// The ties of one sign, each of weight 1.
    pub fn ties(&self, sign: i8, certainty: f64) -> Adjacency {
        let of_sign = self.dyads.iter().filter(|d| d.sign.value(certainty) == sign);
        Adjacency::new(self.network.nodes.len(), of_sign.flat_map(|d| [(d.a, d.b, 1.0), (d.b, d.a, 1.0)]))
    }

    /// Friendly ties with weight 1 and hostile ones with weight -1.
    pub fn both(&self, certainty: f64) -> Adjacency {
        let n = self.network.nodes.len();
        let signs = self.dyads.iter().map(|d| (d, f64::from(d.sign.value(certainty))));
        let told = signs.filter(|(_, s)| *s != 0.0);
        Adjacency::new(n, told.flat_map(|(d, s)| [(d.a, d.b, s), (d.b, d.a, s)]))
    }

    /// Events of cooperation and of conflict as two layers, each weighted by its events' confidence.
    pub fn layers(&self) -> [Adjacency; 2] {
        let layer = |weight: fn(&Sign) -> f64| {
            let heavy = self.dyads.iter().map(|d| (d.a, d.b, weight(&d.sign))).filter(|(_, _, w)| *w > 0.0);
            Adjacency::new(self.network.nodes.len(), heavy.flat_map(|(a, b, w)| [(a, b, w), (b, a, w)]))
        };
        [layer(|s| s.cooperation), layer(|s| s.conflict)]
    }

    /// Measures of the nodes, for the columns of a network of the same actors: `community_signed`, the number of the signed
    /// community, and `balance`, the share of balanced ones among the node's triads (not a number without triads).
    pub fn measures(&self, certainty: f64) -> Vec<Measured> {
        let communities = self.communities().membership.iter().map(|c| *c as i64 + 1).collect();
        let share = |(all, balanced): &(usize, usize)| *balanced as f64 / *all as f64;
        let balance = triads(self, certainty).of_node.iter().map(share).collect();
        vec![
            Measured { name: "community_signed", scores: Scores::Count(communities) },
            Measured { name: "balance", scores: Scores::Number(balance) },
        ]
    }

    /// Communities in which cooperation is more and conflict less frequent than by chance.
    pub fn communities(&self) -> Communities {
        let [friendly, hostile] = self.layers();
        communities::signed(&friendly, &hostile)
    }
}
