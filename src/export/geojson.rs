//! GeoJSON (RFC 7946): actors as points, dyads as lines. What has no place on the map has a null geometry, so that nothing is
//! lost; a line that would cross the antimeridian is cut there (section 3.1.9).

use std::io::Write;

use serde_json::{Map, Value, json};

use super::columns::{self, object};
use super::node_link::list;
use crate::error::Result;
use crate::network::{Network, Node};

/// Writes one feature a line: the dyads, then the actors.
pub fn write(network: &Network, mut out: impl Write) -> Result<()> {
    let (nodes, edges) = (columns::nodes(network), columns::edges(network));
    let dyads = network.edges.len();
    write!(out, "{{\"type\": \"FeatureCollection\", ")?;
    list(&mut out, "features", dyads + network.nodes.len(), |i| match i.checked_sub(dyads) {
        None => {
            let (edge, mut row) = (&network.edges[i], object(&edges, i));
            let [a, b] = [edge.source, edge.target].map(|i| &network.nodes[i]);
            row.insert("source".into(), a.id.as_str().into());
            row.insert("target".into(), b.id.as_str().into());
            feature(&network.edge_id(edge), line(a, b), row)
        }
        Some(i) => feature(&network.nodes[i].id, point(&network.nodes[i]), object(&nodes, i)),
    })?;
    Ok(writeln!(out, "}}")?)
}

fn feature(id: &str, geometry: Value, properties: Map<String, Value>) -> Value {
    json!({ "type": "Feature", "id": id, "geometry": geometry, "properties": properties })
}

/// Degrees east, then north.
fn place(node: &Node) -> Option<(f64, f64)> {
    Some((node.longitude?, node.latitude?))
}

fn point(node: &Node) -> Value {
    place(node).map_or(Value::Null, |(x, y)| json!({ "type": "Point", "coordinates": [x, y] }))
}

fn line(a: &Node, b: &Node) -> Value {
    let (Some((x, y)), Some((u, v))) = (place(a), place(b)) else { return Value::Null };
    if (x - u).abs() <= 180.0 {
        return json!({ "type": "LineString", "coordinates": [[x, y], [u, v]] });
    }
    // Over the date line: the side of the first, then that of the second.
    let edge = 180f64.copysign(x);
    let far = u + 2.0 * edge;
    let middle = y + (v - y) * (edge - x) / (far - x);
    let parts = [[[x, y], [edge, middle]], [[-edge, middle], [u, v]]];
    json!({ "type": "MultiLineString", "coordinates": parts })
}
