//! The one integration binary: a module a feature.

mod graph;
mod queries;
mod world;
