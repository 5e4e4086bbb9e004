//! GEXF 1.3 (gexf.net) with Gephi's timeline: each edge stands in the years of its events, with its weight and mean score in
//! each. Edges whose events no single year holds cannot be placed and are left out.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};

use super::columns::{self, Column, Type, Value};
use super::xml::permitted;
use crate::network::{Edge, Network, Yearly};

const NAMESPACE: &str = "http://gexf.net/1.3";

/// Columns that have a value a year; in Gephi the weight must be one of them. networkx keeps only the last year's weight: there
/// `events` is the number of all.
const DYNAMIC: [&str; 2] = ["weight", "goldstein_mean"];

type Xml<W> = Writer<W>;

/// Writes the network, node by node and edge by edge. Returns how many edges were left out.
pub fn write(network: &Network, out: impl Write) -> io::Result<usize> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    start(
        &mut xml,
        "gexf",
        &[
            ("xmlns", NAMESPACE),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
            ("version", "1.3"),
        ],
    )?;
    let direction = if network.directed { "directed" } else { "undirected" };
    start(
        &mut xml,
        "graph",
        &[
            ("defaultedgetype", direction),
            ("mode", "dynamic"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ],
    )?;
    let mut nodes = columns::nodes(network);
    nodes.retain(|c| !["label", "color"].contains(&c.name));
    let mut edges = columns::edges(network);
    edges.retain(|c| c.name != "label");
    attributes(&mut xml, "node", "static", nodes.iter())?;
    attributes(&mut xml, "edge", "dynamic", edges.iter().filter(|c| DYNAMIC.contains(&c.name)))?;
    edges.retain(|c| !DYNAMIC.contains(&c.name));
    attributes(&mut xml, "edge", "static", edges.iter())?;
    all_nodes(&mut xml, network, &nodes)?;
    let undated = all_edges(&mut xml, network, &edges)?;
    end(&mut xml, "graph")?;
    end(&mut xml, "gexf")?;
    xml.into_inner().write_all(b"\n")?;
    Ok(undated)
}

fn start(xml: &mut Xml<impl Write>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(element(name, attributes)))
}

fn empty(xml: &mut Xml<impl Write>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Empty(element(name, attributes)))
}

fn end(xml: &mut Xml<impl Write>, name: &str) -> io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, permitted(value).as_ref()));
    }
    element
}

fn attributes<'a, 'b: 'a>(
    xml: &mut Xml<impl Write>,
    class: &str,
    mode: &str,
    columns: impl Iterator<Item = &'a Column<'b>>,
) -> io::Result<()> {
    start(xml, "attributes", &[("class", class), ("mode", mode)])?;
    for column in columns {
        let kind = match column.kind {
            Type::Text => "string",
            Type::Int => "integer",
            Type::Double => "double",
        };
        empty(xml, "attribute", &[("id", column.name), ("title", column.name), ("type", kind)])?;
    }
    end(xml, "attributes")
}

fn all_nodes(xml: &mut Xml<impl Write>, network: &Network, columns: &[Column]) -> io::Result<()> {
    start(xml, "nodes", &[])?;
    for (i, node) in network.nodes.iter().enumerate() {
        let label = if node.label.is_empty() { &node.id } else { &node.label };
        start(xml, "node", &[("id", &node.id), ("label", label)])?;
        values(xml, columns, i, &[])?;
        if let Some([r, g, b]) = rgb(node.color) {
            let [r, g, b] = [r, g, b].map(|x| x.to_string());
            empty(xml, "viz:color", &[("r", &r), ("g", &g), ("b", &b)])?;
        }
        end(xml, "node")?;
    }
    end(xml, "nodes")
}

/// The three parts of `#rrggbb`.
fn rgb(color: &str) -> Option<[u8; 3]> {
    let part = |at: usize| u8::from_str_radix(color.get(at..at + 2)?, 16).ok();
    Some([part(1)?, part(3)?, part(5)?])
}

/// The edges that years hold; returns how many there are besides.
fn all_edges(xml: &mut Xml<impl Write>, network: &Network, columns: &[Column]) -> io::Result<usize> {
    start(xml, "edges", &[])?;
    let mut undated = 0;
    for (i, edge) in network.edges.iter().enumerate() {
        if edge.years.is_empty() {
            undated += 1;
            continue;
        }
        let (id, [source, target]) = (network.edge_id(edge), [edge.source, edge.target].map(|i| &network.nodes[i].id));
        let mut attributes = vec![("id", id.as_str()), ("source", source), ("target", target), ("label", edge.label())];
        if let Some(kind) = &edge.kind {
            attributes.push(("kind", kind));
        }
        start(xml, "edge", &attributes)?;
        values(xml, columns, i, &edge.years)?;
        spells(xml, edge)?;
        end(xml, "edge")?;
    }
    end(xml, "edges")?;
    Ok(undated)
}

/// The static values, and those of each year.
fn values(xml: &mut Xml<impl Write>, columns: &[Column], index: usize, years: &[Yearly]) -> io::Result<()> {
    start(xml, "attvalues", &[])?;
    for column in columns {
        if let Some(value) = (column.of)(index) {
            empty(xml, "attvalue", &[("for", column.name), ("value", &value.text())])?;
        }
    }
    for year in years {
        let (first, last) = bounds(year.year, year.year);
        let mut dynamic = |name: &str, value: f64| {
            let value = Value::Double(value);
            empty(xml, "attvalue", &[("for", name), ("value", &value.text()), ("start", &first), ("end", &last)])
        };
        dynamic(DYNAMIC[0], f64::from(year.events))?;
        year.goldstein_mean.map_or(Ok(()), |mean| dynamic(DYNAMIC[1], mean))?;
    }
    end(xml, "attvalues")
}

/// First and last day of a span of years: Gephi takes no shorter form of dates.
fn bounds(first: i16, last: i16) -> (String, String) {
    (format!("{first:04}-01-01"), format!("{last:04}-12-31"))
}

/// The spans of years without a gap.
fn spells(xml: &mut Xml<impl Write>, edge: &Edge) -> io::Result<()> {
    start(xml, "spells", &[])?;
    for span in edge.years.chunk_by(|a, b| a.year + 1 == b.year) {
        let (first, last) = bounds(span[0].year, span[span.len() - 1].year);
        empty(xml, "spell", &[("start", &first), ("end", &last)])?;
    }
    end(xml, "spells")
}
