//! `--as-of` and `--known-by`: the graph as it was.

use jiff::civil::Date;
use oxigraph::model::NamedNode;

use super::asking::last_day;
use super::endpoint::Opens;
use crate::error::Result;
use crate::export;
use crate::network::Record;
use crate::store::{Horizon, Store};

/// When the graph is looked at; shared by every command that asks or exports.
#[derive(clap::Args, Debug, Clone, Copy, Default)]
#[command(next_help_heading = "Time travel")]
pub struct TimeArgs {
    /// Only what had happened by this day, or held on it, certainly or possibly: 2022-05-08, 2022-05 or 2022
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub as_of: Option<Date>,
    /// Only what articles up to this day had reported, with the status that they gave it
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub known_by: Option<Date>,
}

impl TimeArgs {
    /// The graph as it was, for reading.
    pub fn open(self, graph: &impl Opens) -> Result<Store> {
        let store = graph.open()?;
        let horizon = self.horizon();
        if horizon.is_open() { Ok(store) } else { store.view(&horizon) }
    }

    /// The graph for commands on networks, which read it by [`TimeArgs::record`]: of what they need, `--as-of` only hides
    /// events, so that nothing is derived anew.
    pub fn network(self, graph: &impl Opens) -> Result<Store> {
        Self { as_of: None, ..self }.open(graph)
    }

    /// The events of that graph, as they were.
    pub fn record(self, store: &Store) -> Result<Record> {
        let mut record = export::record(store)?;
        if let Some(day) = self.as_of {
            record.look_back_from(day);
        }
        Ok(record)
    }

    /// Of an open graph what those pairs of sides were, as far as look-ups between them go.
    pub fn of_pairs(self, store: Store, pairs: impl FnOnce(&Store) -> Result<Vec<NamedNode>>) -> Result<Store> {
        let horizon = self.horizon();
        if horizon.is_open() { Ok(store) } else { store.view_of_pairs(&horizon, &pairs(&store)?) }
    }

    fn horizon(self) -> Horizon {
        Horizon { as_of: self.as_of, known_by: self.known_by }
    }
}
