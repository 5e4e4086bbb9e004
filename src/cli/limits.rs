//! Limits on a query that is not one's own: how long it may run and how much memory it may take.
//!
//! The store looks for a cancellation only between rows, and a sort or a path may not come to the next row for minutes. So
//! a watchman ends the process itself: a reader holds nothing that would need to be put away.

use std::time::{Duration, Instant};

use super::output::fail;
use crate::error::Error;

#[derive(clap::Args, Debug, Clone, Copy)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Stop the query after so many seconds; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0)]
    pub timeout: f64,
    /// Print so many rows or triples at most
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub max_rows: usize,
    /// Stop the query when the program takes so many MB of memory (Linux); 0 for no limit
    #[arg(long, value_name = "MB", default_value_t = 4096)]
    pub max_memory: u64,
}

/// How often the watchman looks.
const ROUND: Duration = Duration::from_millis(20);

impl Limits {
    /// Ends the process with status 2 when a limit is passed.
    pub fn watch(self) {
        if self.timeout <= 0.0 && self.max_memory == 0 {
            return;
        }
        let start = Instant::now();
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(ROUND);
                if self.timeout > 0.0 && start.elapsed().as_secs_f64() > self.timeout {
                    stop(format!("the query ran longer than {} s", self.timeout), "give more with --timeout SECONDS");
                }
                if self.max_memory > 0 && memory().is_some_and(|kb| kb / 1024 > self.max_memory) {
                    let what = format!("the query took more than {} MB of memory", self.max_memory);
                    stop(what, "give more with --max-memory MB");
                }
            }
        });
    }
}

fn stop(what: String, more: &str) -> ! {
    fail(&Error::new(what).hint(format!("ask for less (fewer patterns, a LIMIT, no ORDER BY), or {more}")));
    std::process::exit(2)
}

/// Resident memory of this process in kB, where the system tells (Linux).
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok())
}
