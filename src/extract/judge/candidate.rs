//! What a rule finds: a word of a sentence and two actors.

use crate::extract::walk::Filler;
use crate::model::Relation;

/// Where an actor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The sentence names him.
    Here,
    /// Another sentence does: the speaker, whom somebody met, what a noun points back to.
    Beyond,
}

/// One side of a candidate.
#[derive(Debug, Clone)]
pub struct Party<'a> {
    pub filler: Filler<'a>,
    pub origin: Origin,
}

/// A word of a sentence and two actors.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    pub relation: Relation,
    pub token: usize,
    pub source: Party<'a>,
    pub target: Party<'a>,
    /// The rule that finds it, by its place in the list of rules.
    pub rule: usize,
}
