//! The one integration binary: a module a feature.
mod corpus;
mod curating;
mod curation;
mod data;
mod datasets;
mod program;
mod report;
mod safety;
mod score;
mod sentences;
mod sharing;
mod source;
mod speech;

mod ask;
mod cli;
mod export;
mod graph;
mod house;
mod learn;
mod link;
mod ontology;
mod queries;
mod serve;
mod voices;
mod world;

mod narrative;
mod network;
mod nlp;
mod syntax;
mod treebanks;
