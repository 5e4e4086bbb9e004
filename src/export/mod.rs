//! Files for other programs: one small file a format, behind one enum. What goes into them is a [`Network`](crate::network::Network) or the
//! whole graph; nothing is computed here.

mod columns;
pub mod dyads;
pub mod graphml;
mod xml;
