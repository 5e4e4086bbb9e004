//! Event data sets of the field: rows of GDELT, ICEWS, POLECAT, UCDP, Correlates of War and ATOP as the acts that they
//! tell of. What the columns are and which codes mean which relation stands in the tables of `data/datasets`.
//!
//! ```text
//!  bytes -> Table (lines or CSV records, by header or by position) -> Row -> Deeds: relation, who, to whom
//! ```
//!
//! It resolves no actor: a [`Party`] is the code as the row has it. Nothing is guessed: a code that no table has is
//! [`Nothing::Unknown`].

mod block;
mod cells;
mod codes;
mod cut;
mod row;
mod rule;
mod set;
mod spans;
mod table;
mod tsv;
pub mod wars;

pub use block::{Block, Blocks};
pub use cells::{Record, number};
pub use codes::Code;
pub use row::{Deed, Nothing, Party, Row, Wrong};
pub use rule::How;
pub use set::{Column, Covers, Dataset, Reads, Scheme, Use, all, named};
pub use table::{Input, Layout, Table, recognise, split};
