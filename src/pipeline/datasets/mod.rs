//! Rows of event data sets -> documents with facts, as the store takes them: joins [`crate::source::datasets`] with the
//! gazetteer.
//!
//! A row is a document of its own: its name is the set's and the row's (`gdelt2-881990832`), its publisher the set's, its
//! text the cells that are read. So the same event in two files is one document, and a later edition replaces it.

mod actors;
mod cameo;
pub mod dyads;
mod looked;
mod mapper;
mod named;
mod numbers;
mod tally;

pub use dyads::{Cell, Dyads};
pub use mapper::{Mapped, Mapper};
pub use tally::{Reasons, Tally};
