//! Files for other programs: one small file a format, behind one enum and one match. What goes into them is a
//! [`Network`], the facts, or the whole graph; nothing is computed here.

mod columns;
pub mod dyads;
pub mod facts;
mod format;
pub mod graphml;
mod places;
mod xml;

use std::fmt;
use std::io::Write;

pub use format::Format;

use crate::error::{Error, Result};
use crate::lookup;
use crate::network::{Network, Projection};
use crate::store::Store;

/// What was written, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Summary {
    Network { nodes: usize, edges: usize },
    Facts(usize),
    Graph,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network { nodes, edges } => write!(f, "{nodes} nodes, {edges} edges"),
            Self::Facts(n) => write!(f, "{n} facts"),
            Self::Graph => f.write_str("the whole graph"),
        }
    }
}

/// Writes the graph, or the network that `projection` makes of it, in that format.
pub fn write(store: &Store, format: Format, projection: &Projection, out: &mut dyn Write) -> Result<Summary> {
    match format {
        Format::Graphml => network(store, projection, |n| graphml::write(n, out).map_err(Error::from)),
        Format::Csv => network(store, projection, |n| dyads::edges(n, out)),
        Format::Facts => facts::write(store, out).map(Summary::Facts),
        Format::Rdf(format) => store.dump(format, out).map(|()| Summary::Graph),
    }
}

/// Writes the table of nodes that goes with [`Format::Csv`].
pub fn write_nodes(store: &Store, projection: &Projection, out: &mut dyn Write) -> Result<Summary> {
    network(store, projection, |n| dyads::nodes(n, out))
}

fn network(store: &Store, projection: &Projection, write: impl FnOnce(&Network) -> Result<()>) -> Result<Summary> {
    let mut record = lookup::record(store)?;
    places::add(&mut record);
    let network = projection.of(&record);
    write(&network)?;
    Ok(Summary::Network { nodes: network.nodes.len(), edges: network.edges.len() })
}

fn plain(e: csv::Error) -> Error {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => e.into(),
        other => Error::new(format!("{other:?}")),
    }
}
