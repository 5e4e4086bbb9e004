//! The CSV pair that Gephi's spreadsheet import reads: a table of edges and one of nodes.

use std::io::Write;

use super::columns::{Column, EDGE, NODE};
use crate::error::Result;
use crate::network::Network;

/// One row a dyad: `Source,Target,Type,Kind,Id,Label,Weight`, then the columns of the GraphML.
pub fn edges(network: &Network, out: impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let rest: Vec<_> = EDGE.iter().filter(|c| !["weight", "label"].contains(&c.name)).collect();
    let head = ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight"];
    row(&mut csv, head.into_iter().chain(rest.iter().map(|c| c.name)))?;
    let direction = if network.directed { "Directed" } else { "Undirected" };
    for edge in &network.edges {
        let [source, target] = [edge.source, edge.target].map(|i| network.nodes[i].id.clone());
        let kind = edge.kind.clone().unwrap_or_default();
        let label = edge.kind.clone().unwrap_or_else(|| edge.top_relation.clone());
        let first = [source, target, direction.to_owned(), kind, network.edge_id(edge), label, edge.weight.to_string()];
        row(&mut csv, first.into_iter().chain(rest.iter().map(|c| cell(c, network, edge))))?;
    }
    Ok(csv.flush()?)
}

/// One row a node: `Id,Label`, then the columns of the GraphML.
pub fn nodes(network: &Network, out: impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let rest: Vec<_> = NODE.iter().filter(|c| c.name != "label").collect();
    row(&mut csv, ["Id", "Label"].into_iter().chain(rest.iter().map(|c| c.name)))?;
    for node in &network.nodes {
        let first = [node.id.clone(), node.label.clone()];
        row(&mut csv, first.into_iter().chain(rest.iter().map(|c| cell(c, network, node))))?;
    }
    Ok(csv.flush()?)
}

fn cell<T>(column: &Column<T>, network: &Network, item: &T) -> String {
    (column.of)(network, item).map(|v| v.text().into_owned()).unwrap_or_default()
}

fn row<W: Write>(csv: &mut csv::Writer<W>, cells: impl Iterator<Item = impl AsRef<[u8]>>) -> Result<()> {
    csv.write_record(cells).map_err(super::plain)
}
