//! The graph in the RDF syntaxes, always in the same order.

use std::collections::HashSet;
use std::io::Write;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, Quad, Triple};
use oxigraph::store::Store as Oxigraph;

use super::{Store, plain};
use crate::error::{Error, Result};
use crate::rdf::vocab::PREFIXES;
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
        if format == RdfFormat::NQuads && how == Dumping::default() {
            return sorted_nquads(&self.inner, &mut to);
        }
        let mut quads = self.quads(None, None, None, None)?;
        if how.annotated {
            quads.extend(annotations(&quads));
        }
        if how.no_text {
            quads = manifest::without_text(quads);
        }
        if format == RdfFormat::NQuads {
            return write_lines(quads.iter().map(|q| format!("{q} .\n")).collect(), &mut to);
        }
        if !format.supports_datasets() {
            quads.iter_mut().for_each(|q| q.graph_name = GraphName::DefaultGraph);
        }
        write_sorted(quads, format, to)
    }
}

fn write_sorted(mut quads: Vec<Quad>, format: RdfFormat, to: impl Write) -> Result<()> {
    quads.sort_by_cached_key(|q| {
        (q.graph_name.to_string(), q.subject.to_string(), predicate_key(q), q.object.to_string())
    });
    quads.dedup();
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *iri).map_err(plain)?;
    }
    let mut writer = serializer.for_writer(to);
    for quad in &quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()?.flush().map_err(Error::from)
}

/// The formats of RDF 1.2 that write triple terms.
fn annotates(format: RdfFormat) -> bool {
    matches!(format, RdfFormat::NQuads | RdfFormat::TriG | RdfFormat::NTriples | RdfFormat::Turtle)
}

/// What follows from an event or relation, said of the edge itself.
fn annotations(quads: &[Quad]) -> Vec<Quad> {
    let nodes = decode::nodes(quads.iter().filter(|q| q.graph_name.is_default_graph()).cloned());
    let edges = quads.iter().filter(|q| name::is_edge(q.predicate.as_ref()));
    let edges: HashSet<Triple> = edges.map(|q| q.clone().into()).collect();
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

/// Classes first, as people write them.
fn predicate_key(quad: &Quad) -> String {
    let predicate = quad.predicate.as_str();
    if quad.predicate.as_ref() == crate::rdf::vocab::RDF_TYPE { String::new() } else { predicate.to_owned() }
}

/// All quads, a line each, in order of their bytes.
pub fn sorted_nquads(inner: &Oxigraph, to: &mut dyn Write) -> Result<()> {
    let mut lines = Vec::new();
    for quad in inner.iter() {
        lines.push(format!("{} .\n", quad.map_err(plain)?));
    }
    write_lines(lines, to)
}

fn write_lines(mut lines: Vec<String>, to: &mut dyn Write) -> Result<()> {
    lines.sort_unstable();
    for line in &lines {
        to.write_all(line.as_bytes())?;
    }
    to.flush().map_err(Error::from)
}
