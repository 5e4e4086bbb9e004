//! `publish`: the whole graph into a store elsewhere.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use oxigraph::model::{GraphName, NamedNode, Quad};

use super::endpoint::{EndpointArgs, Opens};
use super::output::into_file;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::rdf::manifest;
use crate::remote::{self, Clearing, Done};

/// Write the whole graph to a SPARQL 1.1 store elsewhere: Oxigraph, Fuseki, GraphDB, Virtuoso, another diplograph
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph publish --endpoint http://127.0.0.1:7878/update\n  \
    diplograph publish --endpoint https://store.example/update --token-file token --clear\n  \
    diplograph publish --endpoint http://127.0.0.1:8890/sparql --default-graph https://w3id.org/diplograph/default\n\n\
    What broke off goes on where it was when the same command is given again. How far a graph was published is kept in its \
    folder.")]
pub struct Args {
    /// Where updates are posted to
    #[arg(long, value_name = "URL")]
    endpoint: String,
    /// Empty the store before (CLEAR ALL); else what it holds stays, and so does what an older graph has told it
    #[arg(long)]
    clear: bool,
    /// Begin anew, even if that very graph was published there
    #[arg(long)]
    again: bool,
    /// Hashes and offsets in place of the articles' words
    #[arg(long)]
    no_text: bool,
    /// The graph for what lies in no named one, for stores that have no other place for it (Virtuoso)
    #[arg(long, value_name = "IRI")]
    default_graph: Option<String>,
    /// Size of a batch in kB
    #[arg(long, value_name = "KB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    batch: u32,
    /// Give a batch up after so many seconds; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0)]
    timeout: f64,
    #[command(flatten)]
    remote: EndpointArgs,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let endpoint = args.remote.endpoint(&args.endpoint, args.timeout)?;
    let store = args.graph.open()?;
    let mut quads = store.quads(None, None, None, None)?;
    if args.no_text {
        quads = manifest::without_text(quads);
    }
    drop(store);
    if let Some(iri) = &args.default_graph {
        move_unnamed(&mut quads, iri)?;
    }
    let file = args.graph.dir.join("published");
    let mut progress = progress(&file)?;
    let known = if args.again { None } else { progress.get(&args.endpoint).cloned() };
    let clearing = if args.clear { Clearing::All } else { Clearing::Keep };
    let sent = |graph: &str| known.filter(|(of, _)| of == graph).map_or(0, |(_, quads)| quads);
    let done = remote::publish(quads, &endpoint, (args.batch << 10) as usize, clearing, sent, |graph, quads| {
        progress.insert(args.endpoint.clone(), (graph.to_owned(), quads));
        keep(&file, &progress)
    })?;
    writeln!(out, "{}", told(done, &args.endpoint))?;
    Ok(Outcome::Done)
}

/// Puts what lies in no named graph into that one.
fn move_unnamed(quads: &mut [Quad], iri: &str) -> Result<()> {
    let graph = NamedNode::new(iri).map_err(|e| Error::new(format!("--default-graph: '{iri}' is no IRI: {e}")))?;
    let unnamed = quads.iter_mut().filter(|q| q.graph_name == GraphName::DefaultGraph);
    unnamed.for_each(|q| q.graph_name = graph.clone().into());
    Ok(())
}

fn told(done: Done, endpoint: &str) -> String {
    let Done { quads, before, batches } = done;
    if before == quads {
        return format!("{quads} quads: {endpoint} has had them all; --again sends them anew");
    }
    let resumed = if before == 0 { String::new() } else { format!(", {before} of them before") };
    format!("{quads} quads published to {endpoint}{resumed}; {batches} batches now")
}

/// Of each endpoint the fingerprint of the graph that it got, and how many of its quads.
type Progress = BTreeMap<String, (String, usize)>;

fn progress(file: &Path) -> Result<Progress> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Progress::new()),
        Err(e) => return Err(Error::from(e).at(file.display())),
    };
    let line = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        Some((cells.next()?, (cells.next()?, cells.next()?.parse().ok()?)))
    };
    Ok(text.lines().filter_map(line).collect())
}

fn keep(file: &Path, progress: &Progress) -> Result<()> {
    into_file(file, |out| {
        for (endpoint, (graph, quads)) in progress {
            writeln!(out, "{endpoint}\t{graph}\t{quads}")?;
        }
        Ok(())
    })
}
