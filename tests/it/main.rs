//! The one integration binary: a module a feature.
mod score;
mod source;

mod ask;
mod cli;
mod export;
mod graph;
mod house;
mod ontology;
mod queries;
mod world;

mod nlp;
