//! Reads what stands between two actors of a sentence with a small network: what no rule has a path for.
//!
//! A small transformer reads the words; names are hidden from it, so that it learns wordings and not who is whose friend. Over
//! its vectors a head sees where the two actors stand and the way between them through the tree: the position-aware attention
//! of Zhang, Zhong, Chen, Angeli and Manning (2017). It gives each relation in each direction a probability, and says how it is told.
//! It is taught by `scripts/pairs.py` what readers marked.

mod encoder;
mod file;
mod input;
mod network;
mod pieces;

pub use input::{Input, Pair, Seen};
pub use network::{Network, Reading, shown};
