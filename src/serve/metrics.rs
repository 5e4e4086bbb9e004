//! Counts of what the server did, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::App;

/// Upper bounds of the classes of durations, in seconds.
const BOUNDS: [f64; 7] = [0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 60.0];

#[derive(Default)]
pub struct Metrics(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    requests: BTreeMap<(&'static str, u16), u64>,
    times: BTreeMap<&'static str, Times>,
}

#[derive(Default)]
struct Times {
    below: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Metrics {
    pub fn count(&self, route: &'static str, status: u16, time: Duration) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *seen.requests.entry((route, status)).or_default() += 1;
        let (times, seconds) = (seen.times.entry(route).or_default(), time.as_secs_f64());
        times.count += 1;
        times.sum += seconds;
        for (below, _) in times.below.iter_mut().zip(BOUNDS).filter(|(_, bound)| seconds <= *bound) {
            *below += 1;
        }
    }
}

/// The document of `/metrics`.
pub fn page(app: &App) -> String {
    let mut out = String::new();
    let mut number = |name: &str, kind: &str, help: &str, value: u64| {
        _ = write!(
            out,
            "# HELP diplograph_{name} {help}\n# TYPE diplograph_{name} {kind}\ndiplograph_{name} {value}\n"
        );
    };
    let pool = &app.pool;
    let help = "SPARQL queries answered without a worker process.";
    number("sparql_quick_total", "counter", help, app.quick.answered.load(Ordering::Relaxed));
    number("sparql_running", "gauge", "SPARQL queries that run.", pool.running() as u64);
    number(
        "sparql_workers_started_total",
        "counter",
        "Worker processes started.",
        pool.started.load(Ordering::Relaxed),
    );
    let help = "Worker processes ended in the midst of a query.";
    number("sparql_workers_stopped_total", "counter", help, pool.stopped.load(Ordering::Relaxed));
    let seen = app.metrics.0.lock().unwrap_or_else(PoisonError::into_inner);
    out += "# HELP diplograph_requests_total Requests answered.\n# TYPE diplograph_requests_total counter\n";
    for ((route, status), n) in &seen.requests {
        _ = writeln!(out, "diplograph_requests_total{{route=\"{route}\",status=\"{status}\"}} {n}");
    }
    out += "# HELP diplograph_request_seconds Time to answer.\n# TYPE diplograph_request_seconds histogram\n";
    for (route, times) in &seen.times {
        let name = "diplograph_request_seconds";
        for (bound, below) in BOUNDS.iter().zip(times.below) {
            _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {below}");
        }
        let (sum, count) = (times.sum, times.count);
        _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
        _ = writeln!(out, "{name}_sum{{route=\"{route}\"}} {sum}\n{name}_count{{route=\"{route}\"}} {count}");
    }
    out
}
