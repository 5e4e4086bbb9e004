//! The graph in the RDF syntaxes, always in the same order.

use std::io::Write;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, Quad};
use oxigraph::store::Store as Oxigraph;

use super::{Store, plain};
use crate::error::{Error, Result};
use crate::rdf::vocab::PREFIXES;

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

impl Store {
    /// Writes the whole graph, sorted, so that the same graph gives the same bytes. A format without named graphs gets
    /// the union of all graphs.
    pub fn dump(&self, format: RdfFormat, mut to: impl Write) -> Result<()> {
        if format == RdfFormat::NQuads {
            return sorted_nquads(&self.inner, &mut to);
        }
        let mut quads = self.quads(None, None, None, None)?;
        if !format.supports_datasets() {
            quads.iter_mut().for_each(|q| q.graph_name = GraphName::DefaultGraph);
        }
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
    lines.sort_unstable();
    for line in &lines {
        to.write_all(line.as_bytes())?;
    }
    to.flush().map_err(Error::from)
}
