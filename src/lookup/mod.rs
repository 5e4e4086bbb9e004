//! Plain answers from the graph, as values that the command line prints and programs take as JSON. It reads by index
//! (what is said of a thing, who stands in a role), so that an answer costs what it shows and not what the graph
//! holds; [`stats`], [`search`], [`path`] and [`record`] walk over everything. It writes nothing.

mod answer;
mod between;
mod event;
mod names;
mod path;
mod profile;
mod read;
mod record;
mod search;
mod stats;
mod who;
mod why;

pub use answer::*;
pub use between::{Window, between, between_part, pairs_between, pairs_of, relations};
pub use names::{fold, nearest};
pub use path::path;
pub use profile::profile;
pub use record::record;
pub use search::search;
pub use stats::stats;
pub use who::{Aliases, Namesakes, resolve};
pub use why::why;
