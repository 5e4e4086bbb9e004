//! Reads what stands between two actors of a sentence with a small network: what no rule has a path for.
//!
//! The network sees the words (their vectors, tags, relations and heads), where the two actors stand, and the way between
//! them through the tree; names are hidden from it, so that it learns wordings and not who is whose friend. It gives each
//! relation in each direction a probability. After the position-aware attention of Zhang, Zhong, Chen, Angeli and Manning
//! (2017), over convolutions. It is taught by `scripts/pairs.py`: first by what the rules find in plain news, then by
//! annotated articles.

mod file;
mod input;
mod network;

pub use input::{Input, Pair, Seen};
pub use network::{Network, Reading, spellings};
