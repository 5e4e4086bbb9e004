//! Facts from a linked document: the rules of `data/rules` applied to the sentence graph.
//!
//! What a word means is a row or a rule in data; here is how rules are walked and what a clause does to a fact.

mod anaphora;
mod certainty;
mod context;
pub mod dating;
mod engine;
mod headline;
pub mod judge;
mod merge;
mod narrative;
pub mod pairs;
mod propose;
mod reader;
mod rules;
mod setting;
mod speech;
mod standing;
mod venue;
mod walk;

pub use engine::RuleExtractor;
pub use merge::merge;

use crate::model::{Document, Fact, Links};

/// Something that reads facts from a document whose actors are linked. Pure: the same document gives the same facts.
pub trait Extractor: Send + Sync {
    /// All facts of the document, in order of the text, not yet merged.
    fn extract(&self, doc: &Document, links: &Links) -> Vec<Fact>;
}
