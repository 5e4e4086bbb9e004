//! The events as a table: one row an event and pair of actors who stand on its two sides.

use std::io::Write;

use super::plain;
use crate::error::Result;
use crate::network::{Event, Projection, Record};

const HEAD: [&str; 18] = [
    "event",
    "date",
    "first_date",
    "last_date",
    "relation",
    "plover",
    "cameo",
    "quad_class",
    "goldstein",
    "symmetric",
    "source",
    "source_label",
    "source_home",
    "target",
    "target_label",
    "target_home",
    "status",
    "confidence",
];

/// Writes the events that the projection takes, in order of their first day; those without a date last. Returns the rows.
pub fn write(record: &Record, projection: &Projection, out: impl Write) -> Result<usize> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEAD.iter().chain(&["sources"])).map_err(plain)?;
    let mut events: Vec<&Event> = record.events.iter().filter(|e| projection.counts(e)).collect();
    events.sort_by_key(|e| (e.period.is_none(), e.period, &e.id));
    let mut rows = 0;
    for event in events {
        for source in &event.sources {
            for target in &event.targets {
                csv.write_record(row(record, event, source, target)).map_err(plain)?;
                rows += 1;
            }
        }
    }
    csv.flush()?;
    Ok(rows)
}

fn row(record: &Record, event: &Event, source: &str, target: &str) -> Vec<String> {
    let relation = event.relation;
    let label = |id: &str| record.actors.get(id).map(|a| a.label.clone()).unwrap_or_default();
    let mut row = vec![event.id.to_string(), event.period.map(|p| p.to_string()).unwrap_or_default()];
    row.extend(
        [event.period.map(|p| p.first().to_string()), event.period.map(|p| p.last().to_string())]
            .map(Option::unwrap_or_default),
    );
    row.extend([relation.id(), relation.plover(), relation.cameo()].map(str::to_owned));
    row.push(relation.quad_class().map(|q| q.to_string()).unwrap_or_default());
    row.push(relation.goldstein().map(|g| g.to_string()).unwrap_or_default());
    row.push(if event.symmetric { "yes" } else { "no" }.to_owned());
    for id in [source, target] {
        row.extend([id.to_owned(), label(id), record.home(id).to_owned()]);
    }
    row.extend([event.status.to_lowercase(), event.confidence.to_string(), event.source_count.to_string()]);
    row
}
