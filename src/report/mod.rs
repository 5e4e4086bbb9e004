//! A report as one HTML page that needs nothing else: no script, no network, pictures inside. What it shows are values of
//! [`crate::lookup`] and [`crate::network`], pictures of [`crate::plot`]; every event has its quotes, each with its source.

mod actor;
mod dyad;
mod html;

pub use actor::{Actor, actor};
pub use dyad::{Dyad, dyad};
