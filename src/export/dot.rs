//! Graphviz DOT: names as labels, cooperation blue and solid, conflict vermilion and dashed, lines as wide as their events are
//! many. All columns are attributes, which Graphviz passes over and other readers keep.

use std::io::Write;

use super::columns::{self, Column};
use super::xml::permitted;
use crate::error::Result;
use crate::network::Network;

/// Writes one node or edge a line.
pub fn write(network: &Network, mut out: impl Write) -> Result<()> {
    let (kind, arrow) = if network.directed { ("digraph", "->") } else { ("graph", "--") };
    writeln!(out, "{kind} relations {{")?;
    writeln!(out, "  node [shape=box style=rounded fontname=\"DejaVu Sans\"];")?;
    let nodes = columns::nodes(network);
    for (i, node) in network.nodes.iter().enumerate() {
        writeln!(out, "  {} [{}];", quoted(&node.id), attributes(&nodes, i, &[]))?;
    }
    // A label on each line would hide the picture.
    let mut edges = columns::edges(network);
    edges.retain(|c| c.name != "label");
    for (i, edge) in network.edges.iter().enumerate() {
        let (color, style) = match edge.sign {
            1 => ("#0072b2", "solid"),
            -1 => ("#d55e00", "dashed"),
            _ => ("#999999", "dotted"),
        };
        let width = format!("{:.2}", 1.0 + edge.weight.max(1.0).ln());
        let looks = [("color", color), ("style", style), ("penwidth", &width)];
        let [a, b] = [edge.source, edge.target].map(|i| quoted(&network.nodes[i].id));
        writeln!(out, "  {a} {arrow} {b} [{}];", attributes(&edges, i, &looks))?;
    }
    Ok(writeln!(out, "}}")?)
}

fn attributes(columns: &[Column], index: usize, looks: &[(&str, &str)]) -> String {
    let cell = |c: &Column| Some(format!("{}={}", c.name, quoted(&(c.of)(index)?.text())));
    let looks = looks.iter().map(|(name, value)| format!("{name}={}", quoted(value)));
    columns.iter().filter_map(cell).chain(looks).collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    let text = permitted(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n"))
}
