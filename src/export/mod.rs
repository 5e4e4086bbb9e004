//! Files for other programs: one small file a format, behind one enum and one match. What goes into them is a
//! [`Network`], the events, the facts, or the whole graph; nothing is computed here.

mod columns;
pub mod cytoscape;
pub mod dot;
pub mod dyads;
pub mod events;
pub mod facts;
mod format;
pub mod geojson;
pub mod gexf;
pub mod graphml;
mod looked;
pub mod matrix;
pub mod node_link;
pub mod pair;
pub mod parquet;
mod places;
mod xml;

use std::fmt;
use std::io::Write;

pub use format::{Format, Network as NetworkFormat, Table};

use crate::error::{Error, Result};
use crate::lookup;
use crate::network::{Network, Projection, Record, Step};
use crate::store::{Dumping, Store};

/// What was written, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Summary {
    /// `undated` edges were left out, where only edges with dates can be told.
    Network {
        nodes: usize,
        edges: usize,
        undated: usize,
    },
    Rows(usize, &'static str),
    Graph,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network { nodes, edges, undated: 0 } => write!(f, "{nodes} nodes, {edges} edges"),
            Self::Network { nodes, edges, undated } => {
                write!(f, "{nodes} nodes, {edges} edges; {undated} edges left out whose events no single year holds")
            }
            Self::Rows(n, what) => write!(f, "{n} {what}"),
            Self::Graph => f.write_str("the whole graph"),
        }
    }
}

/// The actors and events of the graph, states with their place on the map and their numbers.
pub fn record(store: &Store) -> Result<Record> {
    let mut record = lookup::record(store)?;
    places::add(&mut record);
    Ok(record)
}

/// Writes what does not depend on a projection: the facts or the whole graph.
pub fn write_graph(store: &Store, format: Format, how: Dumping, out: &mut dyn Write) -> Result<Option<Summary>> {
    match format {
        Format::Facts => facts::write(store, out).map(|n| Some(Summary::Rows(n, "facts"))),
        Format::Rdf(format) => store.dump_as(format, how, out).map(|()| Some(Summary::Graph)),
        Format::Network(_) | Format::Table(_) => Ok(None),
    }
}

/// Writes the rows of the events that the projection takes.
pub fn write_table(
    record: &Record,
    table: Table,
    projection: &Projection,
    step: Step,
    out: &mut dyn Write,
) -> Result<Summary> {
    match table {
        Table::Events => events::write(record, projection, out).map(|n| Summary::Rows(n, "rows")),
        Table::Dyads => dyads::write(record, projection, step, out).map(|n| Summary::Rows(n, "rows")),
    }
}

/// Writes a network.
pub fn write_network(network: &Network, format: NetworkFormat, out: &mut dyn Write) -> Result<Summary> {
    use NetworkFormat as F;
    let mut undated = 0;
    match format {
        F::Graphml => graphml::write(network, out)?,
        F::Gexf => undated = gexf::write(network, out)?,
        F::Csv => pair::edges(network, out)?,
        F::Json => node_link::write(network, out)?,
        F::Cytoscape => cytoscape::write(network, out)?,
        F::Dot => dot::write(network, out)?,
        F::Geojson => geojson::write(network, out)?,
        F::Matrix => matrix::write(network, out)?,
    }
    Ok(Summary::Network { nodes: network.nodes.len(), edges: network.edges.len() - undated, undated })
}

fn plain(e: csv::Error) -> Error {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => e.into(),
        other => Error::new(format!("{other:?}")),
    }
}
