//! The one integration binary: a module a feature.
mod corpus;
mod data;
mod score;
mod sentences;
mod source;

mod ask;
mod export;
mod graph;
mod ontology;
mod queries;
mod world;

mod nlp;
