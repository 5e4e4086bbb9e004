//! Weighs candidates: how likely a careful reader takes a word and two actors for a fact of a relation.
//!
//! Rules say where a fact can stand; which of the candidates are facts is learnt from annotated articles, by a logistic
//! regression over features of the sentence graph. Its probability is the fact's confidence.

pub mod candidate;
pub mod cues;
pub mod features;
pub mod learn;
mod path;
pub mod weights;

pub use candidate::{Candidate, Origin, Party};
pub use cues::Cues;
pub use weights::Weights;
