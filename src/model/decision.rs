use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What a person has decided about the graph: one line of the log of curation, which every rebuild replays in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its place in the log, from 1.
    pub number: u32,
    pub verdict: Verdict,
    /// Ids of claims; for [`Verdict::Same`] of actors.
    pub about: BTreeSet<String>,
    /// Whom the actors of [`Verdict::Same`] are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// Why, in the words of whoever decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Taken back: it stays in the log and counts for nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
}

/// What sort of decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The sentences do not say so: the claims count for nothing.
    Reject,
    /// They do: the claims are certain, whatever was thought of them before.
    Accept,
    /// The claims tell of one event.
    Together,
    /// The claims tell of an event of their own.
    Apart,
    /// The actors are one and the same.
    Same,
}

impl Verdict {
    pub const ALL: [Self; 5] = [Self::Reject, Self::Accept, Self::Together, Self::Apart, Self::Same];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Accept => "accept",
            Self::Together => "together",
            Self::Apart => "apart",
            Self::Same => "same",
        }
    }
}
