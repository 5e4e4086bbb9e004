//! From dated events to a network of actors, and what can be measured of it. The only module that names petgraph. It does
//! no IO and cannot fail; it draws nothing and writes no file (that is [`crate::export`] and [`crate::plot`]).
//!
//! ```text
//!  Record (actors, events) -- Projection --> Network (nodes, edges) -- Links --> measure, communities
//!      +-- Series (a dyad by time), changes                    +-- Signed --> signed: triads, walks, frustration, blocs
//! ```

pub mod agreement;
pub mod blocs;
pub mod common;
pub mod communities;
pub mod compare;
mod events;
mod links;
pub mod measure;
mod model;
mod node;
mod path;
pub mod portfolio;
mod project;
mod record;
pub mod series;
pub mod signed;
mod slice;
mod tally;

pub use links::{Adjacency, Links};
pub use measure::{Measured, Scores};
pub use model::{Edge, Network, Node, Yearly};
pub use path::{Route, components, shortest};
pub use project::{Ego, Kinds, Layer, Level, Projection};
pub use record::{Actor, Event, Record, Sides};
pub use slice::Step;
pub use tally::rounded;
