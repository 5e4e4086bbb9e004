//! The CSV pair that Gephi's spreadsheet import reads: a table of edges and one of nodes.

use std::io::Write;

use super::columns::{self, Column};
use super::plain;
use crate::error::Result;
use crate::network::{Edge, Network};

/// One row a dyad: `Source,Target,Type,Kind,Id,Label,Weight,timeset`, then the columns of the GraphML.
pub fn edges(network: &Network, out: impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut rest = columns::edges(network);
    rest.retain(|c| !["weight", "label"].contains(&c.name));
    let head = ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight", "timeset"];
    row(&mut csv, head.into_iter().chain(rest.iter().map(|c| c.name)))?;
    let direction = if network.directed { "Directed" } else { "Undirected" };
    for (i, edge) in network.edges.iter().enumerate() {
        let [source, target] = [edge.source, edge.target].map(|i| network.nodes[i].id.clone());
        let kind = edge.kind.clone().unwrap_or_default();
        let first = [
            source,
            target,
            direction.to_owned(),
            kind,
            network.edge_id(edge),
            edge.label().to_owned(),
            edge.weight.to_string(),
            timeset(edge),
        ];
        row(&mut csv, first.into_iter().chain(cells(&rest, i)))?;
    }
    Ok(csv.flush()?)
}

/// One row a node: `Id,Label`, then the columns of the GraphML.
pub fn nodes(network: &Network, out: impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut rest = columns::nodes(network);
    rest.retain(|c| c.name != "label");
    row(&mut csv, ["Id", "Label"].into_iter().chain(rest.iter().map(|c| c.name)))?;
    for (i, node) in network.nodes.iter().enumerate() {
        row(&mut csv, [node.id.clone(), node.label.clone()].into_iter().chain(cells(&rest, i)))?;
    }
    Ok(csv.flush()?)
}

/// When the edge stands, as Gephi spells a set of intervals; empty without a date.
fn timeset(edge: &Edge) -> String {
    match (edge.first_date, edge.last_date) {
        (Some(first), Some(last)) => format!("<[{first}, {last}]>"),
        _ => String::new(),
    }
}

fn cells(columns: &[Column], index: usize) -> impl Iterator<Item = String> {
    columns.iter().map(move |c| c.text(index))
}

fn row<W: Write>(csv: &mut csv::Writer<W>, cells: impl Iterator<Item = impl AsRef<[u8]>>) -> Result<()> {
    csv.write_record(cells).map_err(plain)
}
