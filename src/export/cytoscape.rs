//! Cytoscape's JSON (`.cyjs`), as Cytoscape, Cytoscape.js and `networkx.cytoscape_graph` read it.

use std::io::Write;

use serde_json::json;

use super::columns::{self, object};
use super::node_link::list;
use crate::error::Result;
use crate::network::Network;

/// Writes one element a line.
pub fn write(network: &Network, mut out: impl Write) -> Result<()> {
    let (nodes, edges) = (columns::nodes(network), columns::edges(network));
    let (directed, multigraph) = (network.directed, network.parallel());
    writeln!(out, "{{\"format_version\": \"1.0\", \"generated_by\": \"diplograph\", \"data\": [],")?;
    writeln!(out, "\"directed\": {directed}, \"multigraph\": {multigraph}, \"elements\": {{")?;
    list(&mut out, "nodes", network.nodes.len(), |i| {
        let mut data = object(&nodes, i);
        for key in ["id", "value"] {
            data.insert(key.into(), network.nodes[i].id.as_str().into());
        }
        json!({ "data": data })
    })?;
    writeln!(out, ",")?;
    list(&mut out, "edges", network.edges.len(), |i| {
        let (edge, mut data) = (&network.edges[i], object(&edges, i));
        data.insert("id".into(), network.edge_id(edge).into());
        data.insert("source".into(), network.nodes[edge.source].id.as_str().into());
        data.insert("target".into(), network.nodes[edge.target].id.as_str().into());
        data.insert("interaction".into(), edge.label().into());
        if multigraph {
            data.insert("key".into(), edge.label().into());
        }
        json!({ "data": data })
    })?;
    Ok(writeln!(out, "}}}}")?)
}
