//! How alike the foreign policies of two actors are: each one's portfolio is the mean Goldstein score (-10 to 10) of what
//! passes between it and every other actor, 0 where nothing does.

use serde::Serialize;

use super::signed::Signed;
use super::{Network, Projection, Record};

/// Two portfolios compared. All figures are at most 1, which means equal portfolios.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similarity {
    pub id: String,
    pub name: String,
    /// Others with whom at least one of the two has events.
    pub partners: usize,
    /// S of Signorino and Ritter (1999), "Tau-b or not tau-b", unweighted, with absolute distances; -1 to 1. Two who deal
    /// with few look alike by S, since having no events with the same others counts as agreement.
    pub s: f64,
    /// Cohen's kappa with squared distances, as Häge (2011), "Choice or circumstance?", proposes it: agreement beyond what
    /// the two ways of spreading scores give by chance. `None` if neither portfolio varies.
    pub kappa: Option<f64>,
    /// Scott's pi, likewise, where both are taken to spread their scores alike.
    pub pi: Option<f64>,
}

/// The difference of the highest and the lowest score.
const RANGE: f64 = 20.0;

/// Everyone's portfolio.
pub struct Portfolios {
    network: Network,
    rows: Vec<Vec<f64>>,
    met: Vec<Vec<bool>>,
}

impl Portfolios {
    pub fn new(projection: &Projection, record: &Record) -> Self {
        let network = Signed::of(projection, record).network;
        let n = network.nodes.len();
        let (mut rows, mut met) = (vec![vec![0.0; n]; n], vec![vec![false; n]; n]);
        for edge in &network.edges {
            for (a, b) in [(edge.source, edge.target), (edge.target, edge.source)] {
                rows[a][b] = edge.goldstein_mean.unwrap_or(0.0);
                met[a][b] = true;
            }
        }
        Self { network, rows, met }
    }

    /// The similarity of two, seen from the first; `None` if one of them is not in the network.
    pub fn compare(&self, a: &str, b: &str) -> Option<Similarity> {
        Some(self.pair(self.network.node(a)?, self.network.node(b)?))
    }

    /// Everyone else by likeness, by kappa and then S.
    pub fn alike(&self, a: &str) -> Vec<Similarity> {
        let Some(a) = self.network.node(a) else { return Vec::new() };
        let mut all: Vec<_> = (0..self.rows.len()).filter(|b| *b != a).map(|b| self.pair(a, b)).collect();
        let key = |s: &Similarity| (s.kappa.unwrap_or(f64::MIN), s.s);
        all.sort_by(|x, y| key(y).partial_cmp(&key(x)).unwrap_or(std::cmp::Ordering::Equal).then(x.id.cmp(&y.id)));
        all
    }

    /// The two compared over all others.
    fn pair(&self, a: usize, b: usize) -> Similarity {
        let others: Vec<usize> = (0..self.rows.len()).filter(|k| *k != a && *k != b).collect();
        let of = |node: usize| others.iter().map(|k| self.rows[node][*k]).collect::<Vec<_>>();
        let node = &self.network.nodes[b];
        let (kappa, pi) = beyond_chance(&of(a), &of(b));
        Similarity {
            id: node.id.clone(),
            name: node.label.clone(),
            partners: others.iter().filter(|k| self.met[a][**k] || self.met[b][**k]).count(),
            s: s(&of(a), &of(b)),
            kappa,
            pi,
        }
    }
}

/// S of two rows of scores; 1 if they are empty.
pub fn s(x: &[f64], y: &[f64]) -> f64 {
    let distance: f64 = x.iter().zip(y).map(|(a, b)| (a - b).abs() / RANGE).sum();
    if x.is_empty() { 1.0 } else { 1.0 - 2.0 * distance / x.len() as f64 }
}

/// Kappa and pi of two rows: 1 - observed / expected squared distance.
pub fn beyond_chance(x: &[f64], y: &[f64]) -> (Option<f64>, Option<f64>) {
    let n = x.len() as f64;
    let mean = |v: &[f64]| v.iter().sum::<f64>() / n;
    let (mx, my) = (mean(x), mean(y));
    let variance = |v: &[f64], m: f64| v.iter().map(|a| (a - m).powi(2)).sum::<f64>() / n;
    let observed = x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / n;
    let spread = variance(x, mx) + variance(y, my);
    // The mean squared distance of all pairs of one's own draws, and of draws from both together.
    let cohen = spread + (mx - my).powi(2);
    let scott = spread + (mx - my).powi(2) / 2.0;
    let agreement = |expected: f64| (expected > 0.0).then(|| 1.0 - observed / expected);
    (agreement(cohen), agreement(scott))
}
