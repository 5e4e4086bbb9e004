//! What the sources of the graph have looked at.

use super::{Store, plain};
use crate::error::Result;
use crate::model::Coverage;
use crate::rdf::coverage;
use crate::rdf::vocab::dg;

impl Store {
    /// Adds to what is known to have been looked at.
    pub fn add_coverage(&mut self, all: &[Coverage]) -> Result<()> {
        self.writable()?;
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        all.iter().for_each(|c| transaction.extend(&coverage::quads(c)));
        transaction.commit().map_err(plain)
    }

    /// What the sources have looked at, by source and time. Articles leave no such record: nobody knows what they looked at.
    pub fn coverage(&self) -> Result<Vec<Coverage>> {
        let mut all = Vec::new();
        for iri in self.subjects_of(dg::COVERAGE)? {
            all.extend(coverage::decode(&self.node(&iri)?));
        }
        all.sort();
        Ok(all)
    }
}
