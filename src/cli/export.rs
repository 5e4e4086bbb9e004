//! `export`: the network for Gephi and its kind, or the graph in an RDF syntax.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use super::asking::{first_day, last_day, open, who};
use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::export::{self, Format};
use crate::network::{Ego, Kinds, Layer, Level, Projection};
use crate::store::Store;

/// Write the network (GraphML, CSV), the facts (CSV) or the whole graph (RDF) to a file
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph export relations.graphml\n  \
    diplograph export conflict.graphml --layer conflict --since 2022 --min-events 2\n  \
    diplograph export - --format ttl | less")]
pub struct Args {
    /// The file; - for the standard output
    file: PathBuf,
    /// The format, where the file's ending does not tell: graphml, csv, facts.csv, ttl, trig, nt, nq, jsonld, rdfxml
    #[arg(long, value_name = "FORMAT", value_parser = Format::named)]
    format: Option<Format>,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    graph: GraphArg,
}

/// Which network; means nothing to the other formats.
#[derive(clap::Args)]
#[command(next_help_heading = "Network (GraphML and CSV)")]
struct NetworkArgs {
    /// Who the nodes are
    #[arg(long, value_enum, default_value = "state")]
    level: LevelArg,
    /// Only cooperation (quad classes 1, 2) or conflict (3, 4)
    #[arg(long, value_enum, default_value = "all")]
    layer: LayerArg,
    /// One edge a dyad, or parallel edges
    #[arg(long, value_enum, default_value = "none")]
    kinds: KindsArg,
    /// Join the two directions of a dyad
    #[arg(long)]
    undirected: bool,
    /// Only events from this day on: 2022-05-08, 2022-05 or 2022
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,
    /// Only events up to this day
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,
    /// Leave out edges of fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_events: u32,
    /// Leave out events below this confidence
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    min_confidence: f64,
    /// Only the surroundings of this actor
    #[arg(long, value_name = "NAME")]
    ego: Option<String>,
    /// How many steps the surroundings reach
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
    /// Only events of this status (default: reported and corroborated)
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LevelArg {
    /// States and organisations; persons and organs count for theirs
    State,
    /// Every actor for himself
    Person,
}

#[derive(Clone, Copy, ValueEnum)]
enum LayerArg {
    All,
    Cooperation,
    Conflict,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindsArg {
    None,
    Relation,
    Quad,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let to_stdout = args.file.as_os_str() == "-";
    let format = match (args.format, to_stdout) {
        (Some(format), _) => format,
        (None, true) => return Err(Error::new("the standard output has no ending").hint("give --format graphml")),
        (None, false) => Format::of(&args.file)?,
    };
    let store = open(&args.graph)?;
    let Some(projection) = projection(&store, args.network)? else { return Ok(Outcome::Nothing) };
    if to_stdout {
        export::write(&store, format, &projection, out)?;
        return Ok(Outcome::Done);
    }
    let summary = into_file(&args.file, |file| export::write(&store, format, &projection, file))?;
    note(format_args!("{}: {summary}", args.file.display()));
    if format == Format::Csv {
        let nodes = nodes_file(&args.file);
        into_file(&nodes, |file| export::write_nodes(&store, &projection, file))?;
        note(format_args!("{}: its nodes", nodes.display()));
    }
    Ok(Outcome::Done)
}

/// Which network is meant; `None` if the ego is nobody, which has been said by then.
fn projection(store: &Store, args: NetworkArgs) -> Result<Option<Projection>> {
    let ego = match args.ego {
        None => None,
        Some(name) => match who(store, &name)? {
            None => return Ok(None),
            Some(who) => Some(Ego { node: who.id, depth: args.depth }),
        },
    };
    Ok(Some(Projection {
        level: match args.level {
            LevelArg::State => Level::State,
            LevelArg::Person => Level::Person,
        },
        layer: match args.layer {
            LayerArg::All => Layer::All,
            LayerArg::Cooperation => Layer::Cooperation,
            LayerArg::Conflict => Layer::Conflict,
        },
        kinds: match args.kinds {
            KindsArg::None => Kinds::Together,
            KindsArg::Relation => Kinds::Relation,
            KindsArg::Quad => Kinds::QuadClass,
        },
        undirected: args.undirected,
        since: args.since,
        until: args.until,
        min_events: args.min_events,
        ego,
        statuses: args.status,
        min_confidence: args.min_confidence,
        apart: Vec::new(),
    }))
}

/// Writes a file whole or not at all: beside it, then renamed.
fn into_file<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let at = |e: Error| e.at(path.display());
    let mut file = BufWriter::new(File::create(&part).map_err(|e| at(e.into()))?);
    let written = write(&mut file).and_then(|done| file.flush().map(|()| done).map_err(Error::from));
    match written {
        Ok(done) => std::fs::rename(&part, path).map(|()| done).map_err(|e| at(e.into())),
        Err(e) => {
            let _ = std::fs::remove_file(&part);
            Err(at(e))
        }
    }
}

/// `edges.csv` has its nodes in `edges.nodes.csv`.
fn nodes_file(edges: &Path) -> PathBuf {
    edges.with_extension("nodes.csv")
}
