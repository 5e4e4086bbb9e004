//! The terms of the ontology as a query names them, for editors that complete words.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde::Serialize;

use super::decode;
use super::vocab::{PREFIXES, rdfs, skos};
use crate::error::{Error, Result};

/// The classes and properties, then the actions; each file stands alone, and so do both together.
pub const ONTOLOGY: [&str; 2] =
    [include_str!("../../data/ontology/diplograph.ttl"), include_str!("../../data/ontology/actions.ttl")];

/// A word of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Term {
    /// `dg:actor`
    pub term: String,
    /// What it is called in English.
    pub label: Option<String>,
}

/// All of them in the order of the alphabet, and the prefixes alone: `dg:`.
///
/// # Errors
/// Turtle of ours that cannot be read.
pub fn terms() -> Result<Vec<Term>> {
    let text = ONTOLOGY.join("\n");
    let parsed = RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
    let quads = parsed.collect::<Result<Vec<Quad>, _>>().map_err(|e| Error::new(format!("the ontology: {e}")))?;
    let named = decode::nodes(quads).into_iter().filter_map(|(iri, node)| {
        let label = node.text(rdfs::LABEL).or_else(|| node.text(skos::PREF_LABEL)).map(str::to_owned);
        Some(Term { term: short(&iri)?, label })
    });
    let mut terms: Vec<_> = named.collect();
    terms.extend(PREFIXES.iter().map(|(prefix, _)| Term { term: format!("{prefix}:"), label: None }));
    terms.sort();
    Ok(terms)
}

fn short(iri: &str) -> Option<String> {
    let fits = PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    fits.filter(|(_, local)| !local.is_empty() && !local.contains(['/', '#']))
        .map(|(prefix, local)| format!("{prefix}:{local}"))
}
