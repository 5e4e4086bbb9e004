//! Builds dependency trees from left to right, one transition at a time, in linear time.

pub mod arc_hybrid;
pub mod decode;
pub mod oracle;
pub mod punctuation;
pub mod view;
