//! The graph over HTTP: the SPARQL 1.1 Protocol at `/query`, the Graph Store Protocol at `/store`, a JSON API
//! under `/api`, and a page at `/` that is made of them.
//!
//! ```text
//!  listen -> frame (host, headers, gzip, count) -> query, graphs -> quick, or pool -> worker processes
//!                                               -> api -> gate -> lookup
//!                                               -> page
//!                                               -> change -> a command of ours -> the graph's folder <- watch
//! ```
//!
//! What is asked in SPARQL runs in child processes, since only a process can be stopped in the midst of a sort and kept to
//! its memory; a plain look-up is tried here first, for a few milliseconds. Our own look-ups run in threads. Changes are
//! runs of our own commands, with a token or by a watched folder. It fetches nothing.

mod accept;
mod api;
mod change;
mod frame;
mod gate;
mod graph;
mod graphs;
mod listen;
mod metrics;
mod page;
mod params;
mod pool;
mod query;
mod quick;
mod reply;
mod routes;
mod watch;
mod worker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use listen::run;
pub use worker::{Limits as WorkerLimits, work};

use crate::error::Result;
use crate::lookup::Namesakes;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    pub bind: SocketAddr,
    /// Where the graph lies, for the worker processes.
    pub graph: PathBuf,
    /// How long a request may be worked on.
    pub timeout: Duration,
    /// Rows or triples of an answer.
    pub max_rows: usize,
    /// Memory of a worker process, in MB.
    pub max_memory: u64,
    /// SPARQL queries at a time.
    pub workers: usize,
    /// Connections at a time; more wait.
    pub connections: usize,
    /// Bytes of a request's body.
    pub max_body: usize,
    /// The origin that pages of other sites may read from; `*` for all.
    pub cors: Option<String>,
    /// Names by which the server may be called; empty for those of the loopback, or all where it is bound elsewhere.
    pub hosts: Vec<String>,
    /// Who knows it may write; `None` for reading only.
    pub token: Option<String>,
    /// A folder whose new files are read.
    pub watch: Option<PathBuf>,
    /// Whether each request is told on the standard error, as a line of JSON.
    pub log: bool,
}

/// Whom names outside the graph stand for.
pub type Names = Arc<dyn Fn(&str) -> Result<Namesakes> + Send + Sync>;

/// What all requests share.
struct App {
    current: Arc<graph::Current>,
    change: change::Change,
    options: Options,
    gate: gate::Gate,
    quick: quick::Quick,
    pool: pool::Pool,
    metrics: metrics::Metrics,
}

type Shared = Arc<App>;
