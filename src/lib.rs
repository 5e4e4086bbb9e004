//! diplograph reads the news (and event data sets) and builds a knowledge graph of diplomatic relations in which every
//! edge cites its sentence.
//!
//! ```text
//!  files -> source -> Article -> nlp -> Document -> link -> Mentions -+
//!             |                          +----------> extract <-------+
//!             | rows of facts and event data sets        |
//!             +--------------> Fact <--------------------+
//!                               | cluster
//!                               v
//!                    rdf -> quads -> store -> lookup -> answers -> cli, serve
//!                                      +--> network -> export, plot, report
//! ```
//!
//! Where to go: to change what a sentence means, `data/rules` and [`extract`]; who is who, `data/gazetteer` and [`link`];
//! how English is read, [`nlp`]; what a data set's codes mean, `data/datasets` and [`source::datasets`]; what the graph looks like, `data/ontology` and [`rdf`]; what is asked of it, `queries/`
//! and [`lookup`]. [`pipeline`] joins the stages; [`model`] holds the types that travel between them.

pub mod cli;
pub mod cluster;
pub mod error;
pub mod export;
pub mod extract;
pub mod link;
pub mod lookup;
pub mod matrix;
pub mod model;
pub mod network;
pub mod nlp;
pub mod pipeline;
pub mod plot;
pub mod queries;
pub mod rdf;
pub mod remote;
pub mod report;
pub mod score;
pub mod serve;
pub mod source;
pub mod store;
