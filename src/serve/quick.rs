//! Plain look-ups in SPARQL that the server answers itself: to hand one to a worker process costs as much as to answer it.
//! One that takes longer than a few milliseconds, or has many rows, is given up here and goes to a worker after all.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::pool::{self, Answer};
use super::reply::Problem;
use super::worker::{self, Ask};
use crate::error::Result;
use crate::store::{CancellationToken, Question, Store};

/// How long one may take. It holds up a thread that serves other clients too.
const TIME: Duration = Duration::from_millis(10);

/// Rows of an answer.
const ROWS: usize = 1000;

/// Answers plain look-ups.
pub struct Quick {
    watch: Arc<Watch>,
    /// How many were answered.
    pub answered: AtomicU64,
}

/// The look-ups that run, and a thread that stops those which are late.
#[derive(Default)]
struct Watch {
    running: Mutex<Vec<Running>>,
    /// Whether the thread waits to be told.
    idle: AtomicBool,
    /// How many have begun.
    count: AtomicU64,
    /// Told when there is something to watch again.
    begun: Condvar,
}

struct Running {
    number: u64,
    since: Instant,
    stop: CancellationToken,
}

impl Quick {
    /// Starts the thread that watches.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn start() -> Result<Self> {
        let watch = Arc::new(Watch::default());
        let watching = Arc::clone(&watch);
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || watching.stop_the_late())?;
        Ok(Self { watch, answered: AtomicU64::new(0) })
    }

    /// The answer; `None` if it is for a worker to find.
    pub fn answer(&self, store: &Store, ask: &Ask) -> Option<Result<Answer, Problem>> {
        let (question, scope) = (Question::look_up(&ask.query)?, worker::scope(&ask.graphs).ok()?);
        let answers = self.watch.during(|stop| store.query_until(stop, question, &scope, ROWS + 1));
        let answers = answers.ok().flatten().filter(|a| a.len() <= ROWS)?;
        self.answered.fetch_add(1, Ordering::Relaxed);
        let (head, document) = worker::told(ask, &answers).unwrap_or_else(|head| (head, Vec::new()));
        Some(pool::told(head, document, ask.max_rows))
    }
}

/// Dropped, it ends the watch of a job, however that came to its end.
struct Over<'w>(&'w Watch, u64);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.running().retain(|r| r.number != self.1);
    }
}

impl Watch {
    /// Runs a job with what will stop it.
    fn during<T>(&self, job: impl FnOnce(CancellationToken) -> T) -> T {
        let (stop, number) = (CancellationToken::new(), self.count.fetch_add(1, Ordering::Relaxed));
        let mut running = self.running();
        running.push(Running { number, since: Instant::now(), stop: stop.clone() });
        drop(running);
        if self.idle.load(Ordering::Relaxed) {
            self.begun.notify_one();
        }
        let _over = Over(self, number);
        job(stop)
    }

    fn stop_the_late(&self) -> ! {
        loop {
            let mut running = self.running();
            while running.is_empty() {
                self.idle.store(true, Ordering::Relaxed); // seen by whoever takes the lock next
                running = self.begun.wait(running).unwrap_or_else(PoisonError::into_inner);
            }
            self.idle.store(false, Ordering::Relaxed);
            for late in running.iter().filter(|r| r.since.elapsed() > TIME) {
                late.stop.cancel();
            }
            drop(running);
            std::thread::sleep(TIME / 2);
        }
    }

    fn running(&self) -> MutexGuard<'_, Vec<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
