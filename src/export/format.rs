use std::path::Path;

use crate::error::{Error, Result};
use crate::store::{RdfFormat, format_of};

/// A format of files that we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The network as GraphML.
    Graphml,
    /// The network as a table of edges and one of nodes.
    Csv,
    /// The facts as a table that `import` reads.
    Facts,
    /// The whole graph.
    Rdf(RdfFormat),
}

const NAMES: &str = "graphml, csv, facts.csv, ttl, trig, nt, nq, jsonld, rdfxml";

impl Format {
    /// The format of a name. The error is a sentence for a person.
    pub fn named(name: &str) -> Result<Self, String> {
        match name.to_ascii_lowercase().as_str() {
            "graphml" => Ok(Self::Graphml),
            "csv" => Ok(Self::Csv),
            "facts.csv" | "facts" => Ok(Self::Facts),
            rdf => format_of(rdf).map(Self::Rdf).ok_or_else(|| format!("'{name}' is no format: {NAMES}")),
        }
    }

    /// The format that a file's ending means.
    pub fn of(file: &Path) -> Result<Self> {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_ascii_lowercase();
        let extension = if name.ends_with("facts.csv") { "facts.csv" } else { name.rsplit('.').next().unwrap_or("") };
        let known = name.contains('.').then(|| Self::named(extension).ok()).flatten();
        known.ok_or_else(|| {
            let what = "the file's ending tells no format";
            Error::new(what).at(file.display()).hint(format!("--format with one of {NAMES}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_format() {
        let of = |file: &str| Format::of(Path::new(file));
        assert_eq!(of("a/b.graphml"), Ok(Format::Graphml));
        assert_eq!(of("x.facts.csv"), Ok(Format::Facts));
        assert_eq!(of("facts.csv"), Ok(Format::Facts));
        assert_eq!(of("edges.CSV"), Ok(Format::Csv));
        assert_eq!(of("g.nq"), Ok(Format::Rdf(RdfFormat::NQuads)));
        assert_eq!(of("g.rdfxml"), Ok(Format::Rdf(RdfFormat::RdfXml)));
        assert!(of("ttl").is_err(), "a name without an ending");
        assert!(of("g.docx").is_err());
    }
}
