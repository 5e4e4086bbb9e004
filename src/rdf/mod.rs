//! Facts, events and relations as RDF quads, and the way back. The only module that knows IRIs.
//!
//! It does not open a store, decide which claims are one event, or read files.

pub mod coverage;
pub mod decision;
pub mod decode;
pub mod derived;
pub mod encode;
pub mod manifest;
pub mod name;
pub mod page;
mod quads;
pub mod terms;
mod totals;
pub mod vocab;
