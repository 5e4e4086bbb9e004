//! The only place that joins the stages: article -> document -> links -> facts.

pub mod coded;
pub mod datasets;
pub mod learn;
pub mod made;
pub mod sources;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::extract::judge::Weights;
use crate::extract::pairs::Network;
use crate::extract::{Extractor, RuleExtractor, merge};
use crate::link::{Gazetteer, folds, link, mend};
use crate::model::{Article, Document, Fact, Links, Run, fingerprint_of};
use crate::nlp::Nlp;

/// A folder of that name inside `data`, if there is one.
fn folder(data: Option<&Path>, name: &str) -> Option<PathBuf> {
    data.map(|d| d.join(name)).filter(|d| d.is_dir())
}

/// The names that the program carries, or those of `data/gazetteer`; and the user's own tables, which win.
pub fn gazetteer(data: Option<&Path>, own: &[PathBuf]) -> Result<Gazetteer> {
    let mut gazetteer = folder(data, "gazetteer").map_or_else(Gazetteer::embedded, |d| Gazetteer::from_dir(&d))?;
    own.iter().try_for_each(|path| gazetteer.add_own(path))?;
    Ok(gazetteer)
}

/// The states, organisations and groups among the names that the program carries, or those of `data/gazetteer`.
pub fn bodies(data: Option<&Path>) -> Result<Gazetteer> {
    folder(data, "gazetteer").map_or_else(Gazetteer::embedded_bodies, |d| Gazetteer::bodies_from_dir(&d))
}

/// The rules that the program carries, or those of `data/rules`, with the network that reads pairs of actors.
pub fn rules(data: Option<&Path>) -> Result<RuleExtractor> {
    let rules = folder(data, "rules").map_or_else(RuleExtractor::embedded, |d| RuleExtractor::from_dir(&d))?;
    Ok(rules.with_network(network(data)?))
}

/// What was learnt: the program's own, or that file of `data/models`; an empty file holds nothing.
fn learnt(data: Option<&Path>, name: &str, own: &[u8]) -> Result<Option<Weights>> {
    let bytes = model(data, name)?.unwrap_or_else(|| own.to_vec());
    if bytes.is_empty() { Ok(None) } else { Weights::from_bytes(&bytes).map(Some).map_err(|e| e.at(name)) }
}

/// What reads pairs of actors: the program's own, or `data/models/pairs.bin`; an empty file leaves it out.
fn network(data: Option<&Path>) -> Result<Option<Network>> {
    let bytes = model(data, "pairs.bin")?.unwrap_or_else(|| include_bytes!("../data/models/pairs.bin").to_vec());
    if bytes.is_empty() { Ok(None) } else { Network::from_bytes(&bytes).map(Some) }
}

/// A file of `data/models`, if the folder has it.
fn model(data: Option<&Path>, name: &str) -> Result<Option<Vec<u8>>> {
    let file = data.map(|d| d.join("models").join(name)).filter(|f| f.is_file());
    file.map(|f| std::fs::read(&f).map_err(|e| Error::from(e).at(f.display()))).transpose()
}

static MODEL: &[u8] = include_bytes!("../data/models/english.bin");

/// The fingerprint of the language model.
static MODEL_HASH: LazyLock<u64> = LazyLock::new(|| fingerprint_of(0, MODEL));

/// The language stages with the model that the program carries.
pub fn language() -> Result<Nlp> {
    Nlp::from_bytes(MODEL).map_err(|e| e.at("data/models/english.bin"))
}

/// Everything that reads an article. Loaded once, shared by all threads.
pub struct Reader {
    nlp: Nlp,
    gazetteer: Arc<Gazetteer>,
    extractor: Box<dyn Extractor>,
    /// The fingerprint of the rules with what was learnt of them.
    rules: u64,
}

/// An article with what was read in it.
pub struct Reading {
    pub article: Article,
    pub facts: Vec<Fact>,
}

impl Reader {
    /// The language model, the names and the rules that the program carries; from `data` what that folder has of
    /// `gazetteer/` and `rules/`.
    pub fn new(data: Option<&Path>) -> Result<Self> {
        Self::with_actors(data, &[])
    }

    /// The same with tables of the user's own, CSV files whose columns [`Gazetteer::add_own`] explains.
    pub fn with_actors(data: Option<&Path>, own: &[PathBuf]) -> Result<Self> {
        let (gazetteer, nlp) = rayon::join(|| gazetteer(data, own), language);
        let (gazetteer, nlp) = (gazetteer?, nlp?);
        let weights = learnt(data, "judge.bin", include_bytes!("../data/models/judge.bin"))?;
        let dates = learnt(data, "dates.bin", include_bytes!("../data/models/dates.bin"))?;
        let rules = rules(data)?.with_weights(weights).with_dates(dates);
        let fingerprint = rules.fingerprint();
        Ok(Self { nlp, gazetteer: Arc::new(gazetteer), extractor: Box::new(rules), rules: fingerprint })
    }

    /// A reader with the rules of one file alone.
    pub fn trying(data: Option<&Path>, rules: &Path) -> Result<Self> {
        let tables = folder(data, "rules");
        let extractor = RuleExtractor::only(rules, tables.as_deref())?;
        Ok(Self { rules: extractor.fingerprint(), extractor: Box::new(extractor), ..Self::new(data)? })
    }

    /// What the readings depend on besides the article: the program's version and its data, as a hash.
    pub fn version(&self) -> String {
        self.run().version
    }

    /// The same in its parts.
    pub fn run(&self) -> Run {
        let parts = [self.gazetteer.fingerprint(), self.rules, *MODEL_HASH];
        let data = parts.iter().fold(0, |all: u64, part| all.rotate_left(1) ^ part);
        let [names, rules, model] = parts.map(|part| Some(format!("{part:016x}")));
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Run { version: format!("{program}-{data:016x}"), program: Some(program), names, rules, model }
    }

    pub fn gazetteer(&self) -> &Arc<Gazetteer> {
        &self.gazetteer
    }

    /// Reads and links one article, without looking for facts.
    pub fn link(&self, article: Article) -> (Document, Links) {
        let mut doc = self.nlp.read(article);
        let first = link(&doc, &self.gazetteer);
        let names = folds(&doc, &first);
        self.nlp.refold(&mut doc, &names);
        mend(&mut doc, &first);
        let links = link(&doc, &self.gazetteer);
        (doc, links)
    }

    /// The facts of a linked document. Who belongs to a part of a state counts for that state.
    pub fn facts(&self, doc: &Document, links: &Links) -> Vec<Fact> {
        let mut facts = merge(self.extractor.extract(doc, links));
        for claim in facts.iter_mut().map(|f| &mut f.claim) {
            let actors = [&mut claim.source, &mut claim.target].into_iter().chain(&mut claim.attribution);
            actors.for_each(|a| *a = self.gazetteer.of_its_state(a.clone()));
        }
        facts
    }

    /// Reads one article. A pure function of the article and the data.
    pub fn read(&self, article: Article) -> Reading {
        let (doc, links) = self.link(article);
        let facts = self.facts(&doc, &links);
        Reading { article: doc.article, facts }
    }

    /// Reads a batch on all cores; the order of the results is that of the articles.
    pub fn read_all(&self, articles: Vec<Article>) -> Vec<Reading> {
        articles.into_par_iter().map(|a| self.read(a)).collect()
    }
}
