//! The one integration binary: a module a feature.

mod graph;
mod ontology;
mod queries;
mod world;
