use jiff::civil::Date;

use super::Measured;

/// Actors and what they did to each other, ready to be written or measured.
///
/// Nodes stand in the order of their ids, edges in that of (source, target, kind), so that the same events give the
/// same bytes in every format.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network {
    /// Whether an edge from A to B says something else than one from B to A.
    pub directed: bool,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// What was measured of the nodes, in the order of the columns to write; empty unless asked for.
    pub measures: Vec<Measured>,
}

/// An actor of the network.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    /// A slug, unique in the network: `USA`, `org-eu`, `Q44329`.
    pub id: String,
    pub label: String,
    pub iri: String,
    /// Wikidata's id, `Q...`.
    pub wikidata: Option<String>,
    /// ISO 3166-1 alpha-3, of states.
    pub iso3: Option<String>,
    /// `state`, `igo`, `person`, ... as [`crate::model::EntityKind`] spells it.
    pub entity_type: String,
    pub region: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// The state's number in the Correlates of War.
    pub cow: Option<u16>,
    /// The state's number after Gleditsch and Ward (1999).
    pub gw: Option<u16>,
    /// `#rrggbb`, by the type of actor.
    pub color: &'static str,
    /// Events that it takes part in, each counted once.
    pub events: u32,
    /// The earliest day of its events, where one is dated.
    pub first_date: Option<Date>,
    pub last_date: Option<Date>,
}

/// What the source did to the target, over all events of the dyad (and of the kind, where kinds are kept apart).
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Index into the nodes.
    pub source: usize,
    /// Index into the nodes.
    pub target: usize,
    /// The relation or quad class that this edge is restricted to; `None` for all of them together.
    pub kind: Option<String>,
    /// The number of events: always above zero, as Gephi and the measures need it.
    pub weight: f64,
    pub events: u32,
    /// The mean of the events' Goldstein scores, -10 to 10.
    pub goldstein_mean: Option<f64>,
    /// The worst of them.
    pub goldstein_min: Option<f64>,
    /// -1, 0 or 1: the sign of the mean score.
    pub sign: i8,
    /// Events by quad class: verbal and material cooperation, verbal and material conflict.
    pub quad_classes: [u32; 4],
    pub first_date: Option<Date>,
    pub last_date: Option<Date>,
    /// The most frequent relation; of equals the first in the alphabet.
    pub top_relation: String,
    /// The largest number of independent sources behind one of the events.
    pub sources: u32,
    /// The mean of the events' confidences, 0 to 1.
    pub confidence_mean: f64,
    /// Events of cooperation (quad classes 1 and 2), each counted by its confidence.
    pub cooperation: f64,
    /// Events of conflict (3 and 4), likewise.
    pub conflict: f64,
    /// What is known by year, in order of years; events that no single year holds are left out.
    pub years: Vec<Yearly>,
}

/// The events of a dyad that lie in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Yearly {
    pub year: i16,
    pub events: u32,
    /// The mean of their Goldstein scores, -10 to 10.
    pub goldstein_mean: Option<f64>,
}

impl Edge {
    /// Its kind, or the most frequent relation where kinds are together.
    pub fn label(&self) -> &str {
        self.kind.as_deref().unwrap_or(&self.top_relation)
    }
}

impl Network {
    /// Whether a pair may have several edges, told apart by their kinds.
    pub fn parallel(&self) -> bool {
        self.edges.iter().any(|e| e.kind.is_some())
    }

    /// The name of an edge, unique in the network: `SOURCE-TARGET`, then its kind.
    pub fn edge_id(&self, edge: &Edge) -> String {
        let (a, b) = (&self.nodes[edge.source].id, &self.nodes[edge.target].id);
        match &edge.kind {
            Some(kind) => format!("{a}-{b}-{kind}"),
            None => format!("{a}-{b}"),
        }
    }

    /// The index of the node of that id.
    pub fn node(&self, id: &str) -> Option<usize> {
        self.nodes.binary_search_by(|n| n.id.as_str().cmp(id)).ok()
    }
}
