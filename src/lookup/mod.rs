//! Plain answers from the graph.

mod names;

pub use names::{fold, nearest};
