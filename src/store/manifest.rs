//! What the graph says of itself, and whether it keeps the articles' words.

use oxigraph::model::{Literal, TermRef};

use super::{Store, plain, remove_subject};
use crate::error::{Error, Result};
use crate::model::Run;
use crate::rdf::vocab::{dg, prov};
use crate::rdf::{manifest, name};

/// What a graph was made by and from. It holds no time: the same articles, program and data give the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The version of the model that the graph follows.
    pub model: String,
    /// Whether quotes are kept, or hashes of them.
    pub keeps_text: bool,
    /// What read the documents, and how many of them, in order of versions.
    pub runs: Vec<(Run, usize)>,
    /// Decisions of curation that hold.
    pub decisions: usize,
}

impl Store {
    /// The graph's manifest.
    pub fn manifest(&self) -> Result<Manifest> {
        let mut runs = Vec::new();
        for iri in self.subjects_of(dg::EXTRACTION_RUN)? {
            let documents = self.subjects(prov::WAS_GENERATED_BY, (&iri).into())?.len();
            runs.push((manifest::read_run(&self.node(&iri)?), documents));
        }
        runs.sort_by(|a, b| a.0.version.cmp(&b.0.version));
        let decisions = self.decisions()?.iter().filter(|d| !d.undone).count();
        let node = self.node(&name::graph())?;
        let model = node.text(dg::MODEL_VERSION).unwrap_or(manifest::MODEL).to_owned();
        Ok(Manifest { model, keeps_text: !self.textless, runs, decisions })
    }

    /// Describes what reads the documents of its version, for the manifest; without it only the version is known.
    pub fn set_run(&mut self, run: Run) {
        self.run = run;
    }

    /// Whether the graph keeps hashes in place of quotes.
    pub fn is_textless(&self) -> bool {
        self.textless
    }

    /// From now on hashes and offsets are kept in place of the articles' words.
    ///
    /// # Errors
    /// The graph holds words already.
    pub fn leave_text_out(&mut self) -> Result<()> {
        self.writable()?;
        if self.textless {
            return Ok(());
        }
        if !self.subjects_of(dg::DOCUMENT)?.is_empty() {
            let hint =
                "give another folder with --graph DIR, or export a copy with: diplograph export copy.trig --no-text";
            return Err(Error::new("the graph holds the text of its articles already").hint(hint));
        }
        self.textless = true;
        self.write_manifest()
    }

    /// Writes the graph's own node, if it is not there as it should be.
    pub(super) fn write_manifest(&mut self) -> Result<()> {
        let node = name::graph();
        let (wanted, present) = (manifest::graph(!self.textless), self.quads(Some(node.as_ref()), None, None, None)?);
        if wanted.len() == present.len() && wanted.iter().all(|q| present.contains(q)) {
            return Ok(());
        }
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        remove_subject(&mut transaction, &node)?;
        transaction.extend(&wanted);
        transaction.commit().map_err(plain)
    }

    /// What the graph says of that itself.
    pub(super) fn says_textless(&self) -> Result<bool> {
        let (node, no) = (name::graph(), Literal::from(false));
        let found = self.quads(Some(node.as_ref()), Some(dg::KEEPS_TEXT), Some(TermRef::from(&no)), None)?;
        Ok(!found.is_empty())
    }
}
