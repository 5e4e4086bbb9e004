//! How the answers to a query are written: a table for people, every standard format for programs.

use std::io::Write;

use super::table::Rows;
use crate::error::Result;
use crate::store::{Answers, QueryResultsFormat, RdfFormat, format_of};

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Format {
    /// A table for people, and Turtle for triples.
    Table,
    /// Of rows and truth values.
    Results(QueryResultsFormat),
    /// Of triples.
    Rdf(RdfFormat),
    /// The one of rows and the one of triples that share a name.
    Either(QueryResultsFormat, RdfFormat),
}

/// The format of a name.
pub fn format(name: &str) -> Result<Format, String> {
    let rdf = format_of(name);
    let results = match name {
        "table" => return Ok(Format::Table),
        "csv" => Some(QueryResultsFormat::Csv),
        "tsv" => Some(QueryResultsFormat::Tsv),
        "json" => Some(QueryResultsFormat::Json),
        "xml" => Some(QueryResultsFormat::Xml),
        _ => None,
    };
    match (results, rdf) {
        (Some(results), Some(rdf)) => Ok(Format::Either(results, rdf)),
        (Some(results), None) => Ok(Format::Results(results)),
        (None, Some(rdf)) => Ok(Format::Rdf(rdf)),
        (None, None) => {
            Err(format!("'{name}' is no format: table, csv, tsv, json, xml; ttl, nt, nq, trig, rdf, jsonld"))
        }
    }
}

/// Writes the answers.
///
/// # Errors
/// Rows in a format of triples, or the other way round.
pub fn write(answers: &Answers, format: Format, out: &mut dyn Write) -> Result<()> {
    let triples = matches!(answers, Answers::Triples(_));
    match (format, answers) {
        (Format::Table, Answers::Table(table)) if table.rows.is_empty() => Ok(()),
        (Format::Table, Answers::Table(table)) => {
            let mut rows = Rows::new(&table.columns.iter().map(String::as_str).collect::<Vec<_>>());
            table.words().for_each(|cells| rows.push(cells));
            rows.print(out)
        }
        (Format::Table, Answers::Truth(truth)) => Ok(writeln!(out, "{}", if *truth { "yes" } else { "no" })?),
        (Format::Table, Answers::Triples(_)) => answers.write_rdf(RdfFormat::Turtle, out),
        (Format::Either(_, rdf), _) if triples => answers.write_rdf(rdf, out),
        (Format::Rdf(rdf), _) => answers.write_rdf(rdf, out),
        (Format::Results(QueryResultsFormat::Json) | Format::Either(QueryResultsFormat::Json, _), _) => {
            answers.write_results(QueryResultsFormat::Json, &mut *out)?;
            Ok(writeln!(out)?)
        }
        (Format::Results(results) | Format::Either(results, _), _) => answers.write_results(results, out),
    }
}
