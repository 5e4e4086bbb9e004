//! Our own look-ups in threads: so many at a time, and answered in time or not at all.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::reply::Problem;

/// Lets so many through at a time.
pub struct Gate {
    places: Arc<Semaphore>,
    timeout: Duration,
}

impl Gate {
    pub fn new(places: usize, timeout: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), timeout }
    }

    /// Runs a job in a thread. A job that is late keeps its place until it ends, so that there are never more threads than
    /// places; the client need not wait for it.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let deadline = Instant::now() + self.timeout;
        let place = timeout_at(deadline, Arc::clone(&self.places).acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(Problem::busy()) };
        let running = tokio::task::spawn_blocking(move || {
            let _place = place;
            job()
        });
        match timeout_at(deadline, running).await {
            Ok(Ok(done)) => done,
            Ok(Err(e)) => Err(Problem::failed(format!("a look-up broke off: {e}"))),
            Err(_) => Err(Problem::timeout(self.timeout.as_secs_f64())),
        }
    }
}
