use std::path::Path;

use crate::error::{Error, Result};
use crate::store::{RdfFormat, format_of};

/// A format of files that we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Network(Network),
    Table(Table),
    /// The facts as a table that `import` reads.
    Facts,
    /// The whole graph.
    Rdf(RdfFormat),
}

/// A format of networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    Graphml,
    /// GEXF 1.3 with a timeline.
    Gexf,
    /// A table of edges and one of nodes.
    Csv,
    /// Node-link JSON, as networkx and d3 read it.
    Json,
    Cytoscape,
    /// Graphviz.
    Dot,
    Geojson,
    /// The adjacency matrix as CSV.
    Matrix,
}

/// A table of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row an event and pair of actors.
    Events,
    /// One row a dyad and slice of time.
    Dyads,
}

/// All names of formats, for messages.
pub const NAMES: &str = "graphml, gexf, csv, json, cyjs, dot, geojson, matrix.csv, dyads.csv, events.csv, facts.csv, \
                         ttl, trig, nt, nq, jsonld, rdfxml";

impl Format {
    /// The format of a name. The error is a sentence for a person.
    pub fn named(name: &str) -> Result<Self, String> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "graphml" => Self::Network(Network::Graphml),
            "gexf" => Self::Network(Network::Gexf),
            "csv" => Self::Network(Network::Csv),
            "json" => Self::Network(Network::Json),
            "cyjs" => Self::Network(Network::Cytoscape),
            "dot" | "gv" => Self::Network(Network::Dot),
            "geojson" => Self::Network(Network::Geojson),
            "matrix.csv" | "matrix" => Self::Network(Network::Matrix),
            "dyads.csv" | "dyads" => Self::Table(Table::Dyads),
            "events.csv" | "events" => Self::Table(Table::Events),
            "facts.csv" | "facts" => Self::Facts,
            rdf => return format_of(rdf).map(Self::Rdf).ok_or_else(|| format!("'{name}' is no format: {NAMES}")),
        })
    }

    /// The format that a file's ending means: `facts.csv`, also in `x.facts.csv`, before `csv`.
    pub fn of(file: &Path) -> Result<Self> {
        const TABLES: [&str; 4] = ["facts.csv", "events.csv", "dyads.csv", "matrix.csv"];
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_ascii_lowercase();
        let table = TABLES.into_iter().find(|table| name.ends_with(table));
        let extension = table.unwrap_or_else(|| name.rsplit('.').next().unwrap_or_default());
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
        assert_eq!(of("a/b.graphml"), Ok(Format::Network(Network::Graphml)));
        assert_eq!(of("x.facts.csv"), Ok(Format::Facts));
        assert_eq!(of("facts.csv"), Ok(Format::Facts));
        assert_eq!(of("2020.dyads.csv"), Ok(Format::Table(Table::Dyads)));
        assert_eq!(of("edges.CSV"), Ok(Format::Network(Network::Csv)));
        assert_eq!(of("g.nq"), Ok(Format::Rdf(RdfFormat::NQuads)));
        assert_eq!(of("g.rdfxml"), Ok(Format::Rdf(RdfFormat::RdfXml)));
        assert!(of("ttl").is_err(), "a name without an ending");
        assert!(of("g.docx").is_err());
    }
}
