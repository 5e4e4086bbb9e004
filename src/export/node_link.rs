//! Node-link JSON, as `networkx.node_link_graph` (3.4 or later, where the list is called `edges`) and d3 read it.

use std::io::Write;

use serde_json::json;

use super::columns::{self, object};
use crate::error::Result;
use crate::network::Network;

/// Writes one node or edge a line.
pub fn write(network: &Network, mut out: impl Write) -> Result<()> {
    let (nodes, edges) = (columns::nodes(network), columns::edges(network));
    let multigraph = network.parallel();
    writeln!(out, "{{\"directed\": {}, \"multigraph\": {multigraph}, \"graph\": {{}},", network.directed)?;
    list(&mut out, "nodes", network.nodes.len(), |i| {
        let mut row = object(&nodes, i);
        row.insert("id".into(), network.nodes[i].id.as_str().into());
        json!(row)
    })?;
    writeln!(out, ",")?;
    list(&mut out, "edges", network.edges.len(), |i| {
        let (edge, mut row) = (&network.edges[i], object(&edges, i));
        row.insert("id".into(), network.edge_id(edge).into());
        row.insert("source".into(), network.nodes[edge.source].id.as_str().into());
        row.insert("target".into(), network.nodes[edge.target].id.as_str().into());
        if multigraph {
            row.insert("key".into(), edge.label().into());
        }
        json!(row)
    })?;
    Ok(writeln!(out, "}}")?)
}

/// A named list of JSON values, one a line.
pub(super) fn list(
    out: &mut impl Write,
    name: &str,
    count: usize,
    value: impl Fn(usize) -> serde_json::Value,
) -> Result<()> {
    write!(out, "\"{name}\": [")?;
    for i in 0..count {
        write!(out, "{}{}", if i == 0 { "\n" } else { ",\n" }, value(i))?;
    }
    Ok(write!(out, "\n]")?)
}
