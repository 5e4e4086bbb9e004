use std::collections::BTreeSet;

use super::Period;

/// What a source has looked at, whether it found something or not: without it, that nothing is told is no zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coverage {
    /// The name of the data set.
    pub source: String,
    pub period: Period,
    /// The ids of the relations that it looks for; `None` for all.
    pub acts: Option<BTreeSet<String>>,
    /// The ids of the states that were looked at; `None` for all.
    pub states: Option<BTreeSet<String>>,
}
