//! The worker processes: each has one query at a time, and is ended when that is late or its client has gone.

use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::Options;
use super::accept::{self, RDF, RESULTS};
use super::reply::Problem;
use super::worker::{Ask, Head};

/// As many workers as may run at a time; they start when they are needed.
pub struct Pool {
    places: Semaphore,
    idle: Mutex<Vec<Worker>>,
    options: Options,
    /// Which graph new workers open; those of another are not used again.
    graph: AtomicU64,
    /// Workers that were started, and that were ended in the midst of a query.
    pub started: AtomicU64,
    pub stopped: AtomicU64,
}

/// A child process; dropping it ends it.
struct Worker {
    _child: Child,
    graph: u64,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// An answer as it goes to the client.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub media: String,
    pub rows: usize,
    pub document: Vec<u8>,
}

/// A worker that took longer than this for a query may hold much memory, and is not used again.
const SLOW: Duration = Duration::from_secs(1);

/// How long a query waits for a worker.
const PATIENCE: Duration = Duration::from_secs(5);

impl Pool {
    pub fn new(options: &Options) -> Self {
        Self {
            places: Semaphore::new(options.workers),
            idle: Mutex::default(),
            options: options.clone(),
            graph: AtomicU64::new(0),
            started: AtomicU64::new(0),
            stopped: AtomicU64::new(0),
        }
    }

    /// How many queries run.
    pub fn running(&self) -> usize {
        self.options.workers - self.places.available_permits()
    }

    /// Has a worker answer. Whoever drops the future stops the query.
    pub async fn ask(&self, ask: &Ask) -> Result<Answer, Problem> {
        let (timeout, start) = (self.options.timeout, Instant::now());
        let place = timeout_at(start + PATIENCE.min(timeout), self.places.acquire()).await;
        let Ok(Ok(_place)) = place else { return Err(Problem::busy()) };
        let mut worker = Running { pool: self, worker: Some(self.take()?) };
        let begun = Instant::now();
        match timeout_at(start + timeout, worker.exchange(ask)).await {
            Err(_) => Err(Problem::timeout(timeout.as_secs_f64())),
            Ok(Err(e)) => Err(broken(&e)),
            Ok(Ok((head, document))) => {
                worker.put_back(begun.elapsed() < SLOW);
                told(head, document, self.options.max_rows)
            }
        }
    }

    /// Ends idle workers, and those that run when they are done: the graph is another.
    pub fn renew(&self) {
        self.graph.fetch_add(1, Ordering::SeqCst);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn take(&self) -> Result<Worker, Problem> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|w| w.graph == self.graph.load(Ordering::SeqCst));
        let free = idle.pop();
        drop(idle);
        match free {
            Some(worker) => Ok(worker),
            None => self.start().map_err(|e| Problem::failed(format!("no worker could be started: {e}"))),
        }
    }

    fn start(&self) -> std::io::Result<Worker> {
        self.started.fetch_add(1, Ordering::Relaxed);
        let graph = self.graph.load(Ordering::SeqCst);
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").arg("--worker").arg("--graph").arg(&self.options.graph);
        command.arg("--timeout").arg(self.options.timeout.as_secs_f64().to_string());
        command.arg("--max-memory").arg(self.options.max_memory.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        command.env("RUST_BACKTRACE", "0"); // whoever runs out of memory is not to read its own symbols
        #[cfg(unix)]
        command.process_group(0); // an interrupt at the terminal is for the server alone
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::Error::other("it has no pipes"));
        };
        Ok(Worker { _child: child, graph, input, output: BufReader::new(output) })
    }
}

/// A worker with a query. Dropped before its answer is there, it is ended, for nothing else would stop it.
struct Running<'a> {
    pool: &'a Pool,
    worker: Option<Worker>,
}

impl Running<'_> {
    async fn exchange(&mut self, ask: &Ask) -> std::io::Result<(Head, Vec<u8>)> {
        let Some(worker) = &mut self.worker else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
        worker.input.write_all(format!("{}\n", serde_json::to_string(ask)?).as_bytes()).await?;
        let mut line = String::new();
        if worker.output.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let head: Head = serde_json::from_str(&line)?;
        let length = if let Head::Done { length, .. } = &head { *length } else { 0 };
        // an end of line follows
        let mut document = vec![0; length + 1];
        worker.output.read_exact(&mut document).await?;
        document.pop();
        Ok((head, document))
    }

    fn put_back(&mut self, fresh: bool) {
        let of_now = |w: &Worker| w.graph == self.pool.graph.load(Ordering::SeqCst);
        let worker = self.worker.take().filter(|w| fresh && of_now(w));
        self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(worker);
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if self.worker.is_some() {
            self.pool.stopped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn broken(e: &std::io::Error) -> Problem {
    let detail = format!("the query ended its process: it took too much memory, or is nested too deep ({e})");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "out-of-memory", "The query took too much memory", detail)
        .next("ask for less: a LIMIT, fewer patterns, fewer brackets")
}

/// What the client is told of it.
pub fn told(head: Head, document: Vec<u8>, max_rows: usize) -> Result<Answer, Problem> {
    match head {
        Head::Done { media, rows, .. } => Ok(Answer { media, rows, document }),
        Head::Wrong(what, next) => {
            let problem = Problem::new(StatusCode::BAD_REQUEST, "wrong-query", "The query is wrong", what);
            Err(Problem { next, ..problem })
        }
        Head::NotAcceptable { graph } => Err(not_acceptable(if graph { RDF } else { RESULTS })),
        Head::TooMany => {
            let detail = format!("the answer has more than {max_rows} rows or triples");
            let title = "The answer is too large";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-rows", title, detail)
                .next("ask for a part of it: LIMIT and OFFSET"))
        }
        Head::Failed(what) => {
            Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "query-failed", "The query could not be run", what))
        }
    }
}

/// The client takes none of the formats.
pub fn not_acceptable(offers: &[accept::Offer]) -> Problem {
    let detail = format!("there are: {}", accept::list(offers));
    Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", "No format that the client takes", detail)
}
