//! Nouns that point back to what was told: "the attack", "this decision".

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::model::Relation;

/// Noun -> the relations of the facts that it can stand for; none for any relation.
#[derive(Debug, Default)]
pub struct Anaphora(FxHashMap<String, Vec<Relation>>);

impl Anaphora {
    /// Reads `NOUN<tab>RELATION RELATION ...` rows; `*` stands for any relation.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let mut out = FxHashMap::default();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let (noun, ids) = line.split_once('\t').unwrap_or((line, ""));
            let relation = |id: &str| {
                let unknown = || Error::new(format!("no relation is called '{id}'")).at(format!("{name}:{}", n + 1));
                Relation::named(id).ok_or_else(unknown)
            };
            let relations: Result<Vec<Relation>> =
                ids.split_whitespace().filter(|id| *id != "*").map(relation).collect();
            out.insert(noun.to_owned(), relations?);
        }
        Ok(Self(out))
    }

    /// Whether the noun can stand for a fact of that relation.
    pub fn refers(&self, noun: &str, relation: Relation) -> bool {
        self.0.get(noun).is_some_and(|r| r.is_empty() || r.contains(&relation))
    }
}
