//! The words that can tell of a relation: the triggers of its rules, and rows of `data/rules/cues.tsv`.

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::model::Relation;

/// Lemma -> the relations that it can tell of.
#[derive(Debug, Default)]
pub struct Cues(FxHashMap<String, Vec<Relation>>);

impl Cues {
    /// Reads `RELATION<tab>LEMMA LEMMA ...` rows.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let mut out = Self::default();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let at = || format!("{name}:{}", n + 1);
            let (id, lemmas) = line.split_once('\t').ok_or_else(|| Error::new("a row is RELATION, tab, lemmas").at(at()))?;
            let relation = Relation::named(id).ok_or_else(|| Error::new(format!("no relation is called '{id}'")).at(at()))?;
            lemmas.split_whitespace().for_each(|l| out.add(l, relation));
        }
        Ok(out)
    }

    pub fn add(&mut self, lemma: &str, relation: Relation) {
        let list = self.0.entry(lemma.to_owned()).or_default();
        if !list.contains(&relation) {
            list.push(relation);
        }
    }

    pub fn of(&self, lemma: &str) -> &[Relation] {
        self.0.get(lemma).map(Vec::as_slice).unwrap_or_default()
    }
}
