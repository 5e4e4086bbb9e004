use jiff::civil::Date;

use crate::model::{Actor, Period, Precision, Relation};

/// How far an event can be trusted, as its claims together say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// One publisher vouches for it.
    Reported,
    /// Two publishers or more do, in words of their own.
    Corroborated,
    /// Only a speaker says so, whom no publisher vouches for.
    Claimed,
    /// Planned or announced only.
    Intended,
    /// Only denied.
    Denied,
    /// Said by some, denied by others.
    Disputed,
    /// Thought possible.
    Hypothetical,
}

impl Standing {
    pub const ALL: [Self; 7] = [
        Self::Reported,
        Self::Corroborated,
        Self::Claimed,
        Self::Intended,
        Self::Denied,
        Self::Disputed,
        Self::Hypothetical,
    ];

    /// The local name in the ontology.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "Reported",
            Self::Corroborated => "Corroborated",
            Self::Claimed => "Claimed",
            Self::Intended => "Intended",
            Self::Denied => "Denied",
            Self::Disputed => "Disputed",
            Self::Hypothetical => "Hypothetical",
        }
    }

    /// Whether plain edges and durable relations may be drawn from it.
    pub fn holds(self) -> bool {
        matches!(self, Self::Reported | Self::Corroborated)
    }
}

/// One happening, put together from claims. Rebuilt whenever they change.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: String,
    pub action: Relation,
    pub source: Actor,
    pub target: Actor,
    /// Both do the same; the two then stand in order of their ids.
    pub mutual: bool,
    /// When, as the finest of its claims says.
    pub bounds: Option<Period>,
    pub place: Option<String>,
    pub standing: Standing,
    /// Ids of the claims, in order.
    pub claims: Vec<String>,
    /// Publishers among them who tell in words of their own.
    pub sources: usize,
    /// The highest among the claims that made its standing.
    pub confidence: f64,
    /// The first and last day of publication.
    pub reported: Option<(Date, Date)>,
    /// Ids of the intended events that this one brings about.
    pub fulfils: Vec<String>,
}

/// A durable relation (diplomatic relations, alliance, membership, office), with four time bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// Readable and stable: `diplomatic-relation-ARE-ISR`, with `-2` for a later spell.
    pub id: String,
    /// The local name of its class: `DiplomaticRelation`, `Alliance`, `Membership`, `Affiliation`,
    /// `Tenure`, `War`, `SanctionsRegime`.
    pub class: &'static str,
    /// Entity ids. Holder and what he represents, member and organisation; for mutual relations in order of ids.
    pub parties: (String, String),
    /// The office of a tenure.
    pub office: Option<String>,
    /// The first and the last day on which it may have begun; `None` if unknown.
    pub begin: (Option<Date>, Option<Date>),
    pub end: (Option<Date>, Option<Date>),
    /// Ids of events.
    pub started_by: Vec<String>,
    pub ended_by: Vec<String>,
    /// Ids of the claims that tell of it without an event.
    pub claims: Vec<String>,
    pub confidence: f64,
}

impl Event {
    /// Days from an event that can be relied on, and whose day is known, to its first report.
    pub fn lag(&self) -> Option<i32> {
        let bounds = self.bounds.filter(|b| self.standing.holds() && b.precision() == Precision::Day)?;
        Some((self.reported?.0 - bounds.last()).get_days())
    }
}

impl Tie {
    /// Whether the two sides are alike, so that their order means nothing.
    pub fn mutual(&self) -> bool {
        matches!(self.class, "DiplomaticRelation" | "Alliance" | "War")
    }

    /// Whether nothing tells of an end.
    pub fn open(&self) -> bool {
        self.end.1.is_none() && self.ended_by.is_empty()
    }
}
