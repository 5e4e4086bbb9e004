//! GraphML (graphml.graphdrawing.org, 1.0) as Gephi, networkx, igraph and Cytoscape all read it: every key declared
//! before the graph, only the types that all of them know, a weight above zero, no time (which GraphML cannot say).

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::columns::{self, Column};
use super::xml::permitted;
use crate::network::Network;

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";
const SCHEMA: &str = "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";

/// Writes the network, node by node and edge by edge.
pub fn write(network: &Network, out: impl Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = BytesStart::new("graphml").with_attributes([
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", SCHEMA),
    ]);
    xml.write_event(Event::Start(root))?;
    let (nodes, edges) = (keyed("node", columns::nodes(network)), keyed("edge", columns::edges(network)));
    keys(&mut xml, "node", &nodes)?;
    keys(&mut xml, "edge", &edges)?;
    graph(&mut xml, network, &nodes, &edges)?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    xml.into_inner().write_all(b"\n")
}

/// A column, the id of its key, and the tag that begins its cells.
type Keyed<'a> = (String, Column<'a>, BytesStart<'static>);

/// Ids of node and edge keys differ by their first letter: Gephi keeps them in one table.
fn keyed<'a>(class: &str, columns: Vec<Column<'a>>) -> Vec<Keyed<'a>> {
    let keyed = |column: Column<'a>| {
        let id = format!("{}_{}", &class[..1], column.name);
        let tag = BytesStart::new("data").with_attributes([("key", id.as_str())]);
        (id, column, tag)
    };
    columns.into_iter().map(keyed).collect()
}

fn keys(xml: &mut Writer<impl Write>, class: &str, columns: &[Keyed]) -> io::Result<()> {
    for (id, column, _) in columns {
        let key = BytesStart::new("key").with_attributes([
            ("id", id.as_str()),
            ("for", class),
            ("attr.name", column.name),
            ("attr.type", column.kind.as_str()),
        ]);
        xml.write_event(Event::Empty(key))?;
    }
    Ok(())
}

fn graph(xml: &mut Writer<impl Write>, network: &Network, nodes: &[Keyed], edges: &[Keyed]) -> io::Result<()> {
    let default = if network.directed { "directed" } else { "undirected" };
    let start = BytesStart::new("graph").with_attributes([("id", "relations"), ("edgedefault", default)]);
    xml.write_event(Event::Start(start))?;
    for (i, node) in network.nodes.iter().enumerate() {
        let start = BytesStart::new("node").with_attributes([("id", permitted(&node.id).as_ref())]);
        element(xml, start, nodes, i)?;
    }
    for (i, edge) in network.edges.iter().enumerate() {
        let (id, [source, target]) = (network.edge_id(edge), [edge.source, edge.target].map(|i| &network.nodes[i].id));
        let mut start = BytesStart::new("edge").with_attributes([
            ("id", permitted(&id).as_ref()),
            ("source", permitted(source).as_ref()),
            ("target", permitted(target).as_ref()),
        ]);
        if let Some(kind) = &edge.kind {
            // Gephi's own convention for parallel edges.
            start.push_attribute(("label", kind.as_str()));
        }
        element(xml, start, edges, i)?;
    }
    xml.write_event(Event::End(BytesEnd::new("graph")))
}

fn element(xml: &mut Writer<impl Write>, start: BytesStart, columns: &[Keyed], index: usize) -> io::Result<()> {
    let end = start.to_end().into_owned();
    xml.write_event(Event::Start(start))?;
    for (_, column, tag) in columns {
        if let Some(value) = (column.of)(index) {
            data(xml, tag, &value.text())?;
        }
    }
    xml.write_event(Event::End(end))
}

fn data(xml: &mut Writer<impl Write>, tag: &BytesStart, value: &str) -> io::Result<()> {
    let value = permitted(value);
    xml.write_event(Event::Start(tag.borrow()))?;
    if value.contains(['\n', '\r']) {
        for part in BytesCData::escaped(&value) {
            xml.write_event(Event::CData(part))?;
        }
    } else {
        xml.write_event(Event::Text(BytesText::new(&value)))?;
    }
    xml.write_event(Event::End(BytesEnd::new("data")))
}
