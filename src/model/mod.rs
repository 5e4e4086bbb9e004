//! The plain data that travels between the stages. Uses nothing else of the crate.

mod article;
mod coverage;
mod decision;
mod document;
mod entity;
mod fact;
mod fingerprint;
mod fold;
mod graph;
mod label;
mod line;
mod mention;
mod period;
mod relation;
mod run;
mod span;
mod ud;

pub use article::Article;
pub use coverage::Coverage;
pub use decision::{Decision, Verdict};
pub use document::{Document, Field, Sentence, Token};
pub use entity::{Actor, Entity, EntityKind};
pub use fact::{Claim, Evidence, Fact, Status};
pub use fingerprint::{fingerprint, fingerprint_of};
pub use fold::Fold;
pub use graph::{Graph, asks_with};
pub use label::Label;
pub use line::{ActorLine, EvidenceLine, FactLine};
pub use mention::{Links, Mention, MentionKind, Place, Role, Time};
pub use period::{Period, Precision};
pub use relation::Relation;
pub use run::Run;
pub use span::{CodePoints, Span};
pub use ud::{Deprel, Upos, XPOS};
