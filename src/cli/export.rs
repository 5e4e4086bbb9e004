//! `export`: the network for Gephi and its kind, tables of events, or the graph in an RDF syntax.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::output::{into_file, note};
use super::projection::{EdgeArgs, ProjectionArgs, StepArg};
use super::time::TimeArgs;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::export::{self, Format, Summary};
use crate::model::Period;
use crate::network::signed::{CERTAINTY, Signed};
use crate::network::{Level, Network, Projection, Record, Step, measure};
use crate::store::Dumping;

/// Write the network (GraphML, GEXF, CSV, JSON, ...), its events (CSV), the facts (CSV) or the whole graph (RDF) to a file
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph export relations.graphml\n  \
    diplograph export conflict.gexf --layer conflict --since 2022 --min-events 2\n  \
    diplograph export year.graphml --split year --measures\n  \
    diplograph export dyads.csv --undirected    # every pair of states in every year\n  \
    diplograph export - --format ttl | less\n  \
    diplograph export shared.trig --no-text     # no words of the articles\n  \
    diplograph export graph.ttl --annotate      # edges that name their events (RDF 1.2)")]
pub struct Args {
    /// The file; - for the standard output
    file: PathBuf,
    /// The format, where the file's ending does not tell: graphml, gexf, csv (edges, and nodes beside them), json
    /// (node-link), cyjs (Cytoscape), dot, geojson, matrix.csv, dyads.csv (by year or month), events.csv, facts.csv, ttl, trig,
    /// nt, nq, jsonld, rdfxml
    #[arg(long, value_name = "FORMAT", value_parser = Format::named)]
    format: Option<Format>,
    /// One file a year or month, FILE.2022.ENDING; of dyads.csv the slices of time that its rows are
    #[arg(long, value_enum)]
    split: Option<StepArg>,
    /// Add columns of measures to the nodes: degrees, betweenness, PageRank, communities, balance, ...
    #[arg(long)]
    measures: bool,
    /// RDF: hashes and offsets in place of the articles' words, to share what was read in news that may not be copied
    #[arg(long)]
    no_text: bool,
    /// RDF 1.2: say of each plain edge which events it follows from (nq, trig, nt, ttl)
    #[arg(long)]
    annotate: bool,
    #[command(flatten)]
    network: ProjectionArgs,
    #[command(flatten)]
    edges: EdgeArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let file = (args.file.as_os_str() != "-").then_some(args.file.as_path());
    let format = match (args.format, file) {
        (Some(format), _) => format,
        (None, None) => return Err(Error::new("the standard output has no ending").hint("give --format graphml")),
        (None, Some(file)) => Format::of(file)?,
    };
    if (args.no_text || args.annotate) && !matches!(format, Format::Rdf(_)) {
        return Err(Error::new("--no-text and --annotate are for RDF").hint("diplograph export graph.trig --no-text"));
    }
    let store = match format {
        Format::Facts | Format::Rdf(_) => args.time.open(&args.graph)?,
        Format::Table(_) | Format::Network(_) => args.time.network(&args.graph)?,
    };
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let projection = args.edges.apply(projection);
    let step = args.split.map(Step::from);
    match (format, step) {
        (Format::Facts | Format::Rdf(_), _) => {
            let how = Dumping { no_text: args.no_text, annotated: args.annotate };
            put(file, out, |out| export::write_graph(&store, format, how, out))?;
        }
        (Format::Table(table), _) => {
            let record = args.time.record(&store)?;
            let step = step.unwrap_or_default();
            put(file, out, |out| export::write_table(&record, table, &projection, step, out).map(Some))?;
        }
        (Format::Network(format), None) => {
            let record = args.time.record(&store)?;
            one(file, out, format, &network(&record, &projection, args.measures))?;
        }
        (Format::Network(format), Some(step)) => {
            let Some(file) = file else {
                return Err(Error::new("--split writes several files").hint("a file instead of -"));
            };
            let record = args.time.record(&store)?;
            split(
                file,
                out,
                format,
                step,
                &|slice| network(&record, &Projection { slice: Some(slice), ..projection.clone() }, args.measures),
                &record,
            )?;
        }
    }
    Ok(Outcome::Done)
}

fn network(record: &Record, projection: &Projection, measures: bool) -> Network {
    let mut network = projection.of(record);
    if measures {
        network.measures = measure::all(&network);
        if projection.level != Level::Event {
            network.measures.extend(Signed::of(projection, record).measures(CERTAINTY));
        }
    }
    network
}

/// Writes to the file, or to the standard output, and says what.
fn put(
    file: Option<&Path>,
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<Option<Summary>>,
) -> Result<()> {
    let Some(file) = file else { return write(out).map(|_| ()) };
    if let Some(summary) = into_file(file, write)? {
        note(format_args!("{}: {summary}", file.display()));
    }
    Ok(())
}

/// Writes one network; to a CSV file of edges that of its nodes.
fn one(file: Option<&Path>, out: &mut dyn Write, format: export::NetworkFormat, network: &Network) -> Result<()> {
    put(file, out, |out| export::write_network(network, format, out).map(Some))?;
    if let (Some(file), export::NetworkFormat::Csv) = (file, format) {
        let nodes = file.with_extension("nodes.csv");
        into_file(&nodes, |out| export::pair::nodes(network, out))?;
        note(format_args!("{}: its nodes", nodes.display()));
    }
    Ok(())
}

/// Writes a file for each slice of time that has edges; says how many events belong to none.
fn split(
    file: &Path,
    out: &mut dyn Write,
    format: export::NetworkFormat,
    step: Step,
    network: &dyn Fn(Period) -> Network,
    record: &Record,
) -> Result<()> {
    let ending = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    for slice in record.slices(step) {
        let network = network(slice);
        if !network.edges.is_empty() {
            one(Some(&file.with_extension(format!("{slice}.{ending}"))), out, format, &network)?;
        }
    }
    let nowhere = record.events.iter().filter(|e| e.period.and_then(|p| step.slice(p)).is_none()).count();
    if nowhere > 0 {
        note(format_args!("{nowhere} events stand in no file: undated, or too vague for one"));
    }
    Ok(())
}
