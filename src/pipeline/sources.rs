//! The part of a graph that one source tells: its claims, and the events that follow from them alone.

use std::collections::BTreeMap;

use crate::cluster::{self, Curation, Event, Report};
use crate::error::Result;
use crate::model::Fact;
use crate::source::datasets;
use crate::store::Store;

/// Which claims of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Those that were read in articles or coded by hand.
    Text,
    /// Those of data sets whose name begins so: `gdelt` is both editions.
    Data(String),
}

impl Source {
    /// `text`, or the name of a data set or of several: `gdelt2`, `cow`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::Text),
            _ if name.is_empty() || !datasets::all().iter().any(|s| s.name.starts_with(name)) => None,
            _ => Some(Self::Data(name.to_owned())),
        }
    }

    fn has(&self, fact: &Fact) -> bool {
        let set = fact.evidence.extractor.strip_prefix("machine/").or(fact.evidence.extractor.strip_prefix("data/"));
        match (self, set) {
            (Self::Text, set) => set.is_none(),
            (Self::Data(name), Some(set)) => set.starts_with(name.as_str()),
            (Self::Data(_), None) => false,
        }
    }
}

/// All claims of a graph, and what decides of their articles, read once.
pub struct Claims {
    facts: Vec<Fact>,
    reports: BTreeMap<String, Report>,
    curation: Curation,
}

impl Claims {
    /// Reads the graph.
    pub fn of(store: &Store) -> Result<Self> {
        let reports = store.reports()?;
        Ok(Self { facts: store.facts(None)?, reports, curation: store.curation()? })
    }

    /// The events that the claims of one source tell of.
    pub fn events(&self, source: &Source) -> Vec<Event> {
        let facts: Vec<Fact> = self.facts.iter().filter(|f| source.has(f)).cloned().collect();
        cluster::derive(&facts, &self.reports, &self.curation).events
    }
}
