//! `serve`: the graph over HTTP.

use std::cell::OnceCell;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::asking::namesakes;
use super::endpoint::Opens;
use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::serve::{self, Options, WorkerLimits};
use crate::store::{Mode, Store};

/// Serve the graph over HTTP: a page, a SPARQL endpoint and a JSON API; for reading, unless told otherwise
#[derive(clap::Args)]
#[command(
    after_help = "/ is the page, /query the SPARQL 1.1 Protocol, /store the Graph Store Protocol, /api/openapi.json tells of \
    the API,\n/health and /metrics are for those who watch. What another command makes of the graph is shown\na second later.\n\n\
    Examples:\n  diplograph serve\n  diplograph serve --graph mine --bind 0.0.0.0:8080 --timeout 10 --cors '*'\n  \
    diplograph serve --writable --watch inbox      # reads what comes into the folder, and lets people curate"
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
    /// Also let those change the graph who know the token
    #[arg(long)]
    writable: bool,
    /// A file with the token, 16 letters at least; without it one is made and told
    #[arg(long, value_name = "FILE", requires = "writable")]
    token_file: Option<PathBuf>,
    /// Read the articles of a folder, and new ones as they come
    #[arg(long, value_name = "FOLDER")]
    watch: Option<PathBuf>,
    /// Tell each request on the standard error, as a line of JSON
    #[arg(long)]
    log: bool,
    /// Evaluate queries for a server
    #[arg(long, hide = true)]
    worker: bool,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, _: &mut dyn Write) -> Result<Outcome> {
    if let Some(folder) = &args.watch {
        begin(folder, &args.graph.dir)?;
    }
    let store = args.graph.open()?;
    let timeout = Duration::from_secs_f64(args.timeout);
    if args.worker {
        let limits = WorkerLimits { timeout, memory: args.max_memory };
        serve::work(store, limits, std::io::BufReader::new(std::io::stdin()), std::io::stdout())?;
        return Ok(Outcome::Done);
    }
    let gazetteer = Mutex::new(OnceCell::new());
    let names = move |name: &str| {
        let gazetteer = gazetteer.lock().map_err(|_| Error::new("the names could not be read"))?;
        namesakes(&gazetteer, name)
    };
    let token = args.writable.then(|| token(args.token_file.as_deref())).transpose()?;
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
        token,
        watch: args.watch,
        log: args.log,
    };
    serve::run(store, Arc::new(names), options, |at| note(format_args!("serving at http://{at}/")))?;
    Ok(Outcome::Done)
}

/// What is watched must be there; the graph need not.
fn begin(folder: &Path, graph: &Path) -> Result<()> {
    if !folder.is_dir() {
        return Err(Error::new("no folder").at(folder.display()).hint("mkdir it, and put articles into it"));
    }
    if graph.join("FORMAT").exists() { Ok(()) } else { Store::open(graph, Mode::ReadWrite)?.close() }
}

fn token(file: Option<&Path>) -> Result<String> {
    let token = match file {
        Some(file) => std::fs::read_to_string(file).map_err(|e| Error::from(e).at(file.display()))?.trim().to_owned(),
        None => made()?,
    };
    if token.len() < 16 || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::new("a token has 16 letters or more, and no spaces").hint("openssl rand -hex 16 > token"));
    }
    if file.is_none() {
        note(format_args!("the token for writing is {token}"));
    }
    Ok(token)
}

/// 16 bytes of chance.
fn made() -> Result<String> {
    let mut bytes = [0u8; 16];
    let read = std::fs::File::open("/dev/urandom").and_then(|mut f| f.read_exact(&mut bytes));
    read.map_err(|e| Error::from(e).hint("give a token: --token-file FILE"))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|s| (0.05..=86_400.0).contains(s));
    number.ok_or_else(|| format!("'{text}' is no number of seconds from 0.05 to 86400"))
}
