//! Weighs what rules find: how likely a careful reader takes it for a fact.
//!
//! Learnt from annotated articles, by a logistic regression over few features of the sentence graph: which rule it was, how
//! the actors stand to the word, who they are, how certain the clause is. The probability is the fact's confidence.

pub mod candidate;
pub mod features;
pub mod learn;
mod path;
pub mod weights;

pub use candidate::{Candidate, Origin, Party};
pub use weights::Weights;
