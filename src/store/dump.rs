//! The graph in the RDF syntaxes, always in the same order; sorted on disk where memory does not hold it.

use std::collections::HashSet;
use std::io::Write;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, Triple};
use oxigraph::store::Store as Oxigraph;

use super::sort::Sorter;
use super::{Store, plain};
use crate::error::{Error, Result};
use crate::rdf::vocab::{PREFIXES, RDF_TYPE};
use crate::rdf::{decode, manifest, name};

/// The RDF format of a name or file extension: nq, nt, ttl, trig, rdf (or rdfxml), jsonld.
pub fn format_of(name: &str) -> Option<RdfFormat> {
    match name {
        "nquads" => Some(RdfFormat::NQuads),
        "ntriples" => Some(RdfFormat::NTriples),
        "turtle" => Some(RdfFormat::Turtle),
        "rdfxml" | "rdf" | "xml" => Some(RdfFormat::RdfXml),
        "jsonld" => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        _ => RdfFormat::from_extension(name),
    }
}

/// What a dump leaves out or adds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dumping {
    /// Hashes and offsets in place of the articles' words.
    pub no_text: bool,
    /// Each plain edge is annotated with the events and relations that it follows from: they are its reifiers, as RDF 1.2
    /// calls it.
    pub annotated: bool,
}

impl Store {
    /// Writes the whole graph, sorted, so that the same graph gives the same bytes. A format without named graphs gets
    /// the union of all graphs.
    pub fn dump(&self, format: RdfFormat, to: impl Write) -> Result<()> {
        self.dump_as(format, Dumping::default(), to)
    }

    /// The same with less or more.
    ///
    /// # Errors
    /// A format that has no way to write annotated edges.
    pub fn dump_as(&self, format: RdfFormat, how: Dumping, mut to: impl Write) -> Result<()> {
        if how.annotated && !annotates(format) {
            let what = format!("{format} has no annotated edges");
            return Err(Error::new(what).hint("take one of the formats nq, trig, nt, ttl"));
        }
        let added = if how.annotated { annotations(self.quads(None, None, None, Some(DEFAULT))?) } else { Vec::new() };
        let stored = self.inner.iter().map(|quad| quad.map_err(plain));
        let mut sorter = Sorter::default();
        for quad in stored.chain(added.into_iter().map(Ok)) {
            let Some(mut quad) = (if how.no_text { manifest::wordless(quad?) } else { Some(quad?) }) else { continue };
            if format == RdfFormat::NQuads {
                sorter.push(format!("{quad} ."))?;
                continue;
            }
            if !format.supports_datasets() {
                quad.graph_name = GraphName::DefaultGraph;
            }
            sorter.push(keyed(&quad))?;
        }
        match format {
            RdfFormat::NQuads => write_lines(sorter, &mut to),
            _ => write_keyed(sorter, format, to),
        }
    }
}

const DEFAULT: GraphNameRef<'static> = GraphNameRef::DefaultGraph;

/// A quad as a line that sorts by graph, subject, predicate (classes first, as people write them) and object. Terms in N-Quads
/// hold no tabs.
fn keyed(quad: &Quad) -> String {
    let graph = if quad.graph_name.is_default_graph() { String::new() } else { quad.graph_name.to_string() };
    let predicate = if quad.predicate.as_ref() == RDF_TYPE { "" } else { quad.predicate.as_str() };
    format!("{graph}\t{}\t{predicate}\t{}", quad.subject, quad.object)
}

/// The way back of [`keyed`].
fn unkeyed(line: &str) -> Result<Quad> {
    let broken = || Error::new(format!("no quad: {line}"));
    let [graph, subject, predicate, object] = line.split('\t').collect::<Vec<_>>()[..] else { return Err(broken()) };
    let predicate = if predicate.is_empty() { RDF_TYPE.as_str() } else { predicate };
    let text = format!("{subject} <{predicate}> {object} {graph} .");
    let quad = RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).next().ok_or_else(broken)?;
    quad.map_err(plain)
}

fn write_keyed(sorter: Sorter, format: RdfFormat, to: impl Write) -> Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *iri).map_err(plain)?;
    }
    let mut writer = serializer.for_writer(to);
    sorter.each(|line| Ok(writer.serialize_quad(&unkeyed(line)?)?))?;
    writer.finish()?.flush().map_err(Error::from)
}

/// The formats of RDF 1.2 that write triple terms.
fn annotates(format: RdfFormat) -> bool {
    matches!(format, RdfFormat::NQuads | RdfFormat::TriG | RdfFormat::NTriples | RdfFormat::Turtle)
}

/// What follows from an event or relation, said of the edge itself.
fn annotations(quads: Vec<Quad>) -> Vec<Quad> {
    let edges = quads.iter().filter(|q| name::is_edge(q.predicate.as_ref()));
    let edges: HashSet<Triple> = edges.map(|q| q.clone().into()).collect();
    let nodes = decode::nodes(quads);
    let iri = NamedNode::new_unchecked;
    let mut found = Vec::new();
    for (thing, node) in &nodes {
        for (from, property, to) in decode::edges(node, &nodes) {
            let edge = Triple::new(iri(from), iri(property), iri(to));
            if edges.contains(&edge) {
                found.push(Quad::new(iri(thing.clone()), rdf::REIFIES, edge, GraphName::DefaultGraph));
            }
        }
    }
    found
}

/// All quads, a line each, in order of their bytes.
pub fn sorted_nquads(inner: &Oxigraph, to: &mut dyn Write) -> Result<()> {
    let mut sorter = Sorter::default();
    for quad in inner.iter() {
        sorter.push(format!("{} .", quad.map_err(plain)?))?;
    }
    write_lines(sorter, to)
}

fn write_lines(sorter: Sorter, to: &mut dyn Write) -> Result<()> {
    sorter.each(|line| Ok(writeln!(to, "{line}")?))?;
    to.flush().map_err(Error::from)
}
