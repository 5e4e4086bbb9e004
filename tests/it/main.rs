//! The one integration binary: a module a feature.
mod corpus;
mod curation;
mod data;
mod report;
mod score;
mod sentences;
mod source;

mod ask;
mod cli;
mod export;
mod graph;
mod house;
mod link;
mod ontology;
mod queries;
mod serve;
mod world;

mod network;
mod nlp;
mod syntax;
mod treebanks;
