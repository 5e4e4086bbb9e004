//! `serve`: the graph over HTTP.

use std::cell::OnceCell;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use super::asking::{namesakes, open};
use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::serve::{self, Options, WorkerLimits};

/// Serve the graph over HTTP: a page, a SPARQL endpoint and a JSON API, for reading
#[derive(clap::Args)]
#[command(
    after_help = "/ is the page, /query the SPARQL 1.1 Protocol, /store the Graph Store Protocol, /api/openapi.json tells of \
    the API,\n/health and /metrics are for those who watch. It shows the graph as it was when the server started.\n\n\
    Examples:\n  diplograph serve\n  diplograph serve --graph mine --bind 0.0.0.0:8080 --timeout 10 --cors '*'"
)]
pub struct Args {
    /// Address and port; port 0 for any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Stop a query after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    timeout: f64,
    /// Rows or triples of an answer, at most
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    max_rows: usize,
    /// Memory of a query in MB; 0 for no limit (Unix)
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    max_memory: u64,
    /// SPARQL queries at a time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=256))]
    workers: u16,
    /// Connections at a time; more wait
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u16).range(1..))]
    connections: u16,
    /// Size of a request's body in kB, at most
    #[arg(long, value_name = "KB", default_value_t = 1024)]
    max_body: usize,
    /// The origin whose pages may read from here; * for all
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<String>,
    /// A name by which the server is called, where it stands behind another; may be given again
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Tell each request on the standard error, as a line of JSON
    #[arg(long)]
    log: bool,
    /// Evaluate queries for a server
    #[arg(long, hide = true)]
    worker: bool,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = open(&args.graph)?;
    let timeout = Duration::from_secs_f64(args.timeout);
    if args.worker {
        let limits = WorkerLimits { timeout, memory: args.max_memory };
        serve::work(store, limits, std::io::stdin().lock(), out)?;
        return Ok(Outcome::Done);
    }
    let gazetteer = Mutex::new(OnceCell::new());
    let names = move |name: &str| {
        let gazetteer = gazetteer.lock().map_err(|_| Error::new("the names could not be read"))?;
        namesakes(&gazetteer, name)
    };
    let options = Options {
        bind: args.bind,
        graph: args.graph.dir,
        timeout,
        max_rows: args.max_rows,
        max_memory: args.max_memory,
        workers: args.workers.into(),
        connections: args.connections.into(),
        max_body: args.max_body << 10,
        cors: args.cors,
        hosts: args.host,
        log: args.log,
    };
    serve::run(store, Box::new(names), options, |at| note(format_args!("serving at http://{at}/")))?;
    Ok(Outcome::Done)
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|s| (0.05..=86_400.0).contains(s));
    number.ok_or_else(|| format!("'{text}' is no number of seconds from 0.05 to 86400"))
}
