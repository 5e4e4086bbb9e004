//! Nouns that stand for a state or one of its organs: "Iranian officials", "the Turkish Foreign Ministry", "Ministry of
//! Defence of Russia". Which nouns: `data/gazetteer/heads.tsv`.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::gazetteer::{Gazetteer, NameKind};
use super::line::Line;
use super::table::Row;
use super::words::slug;
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind, Upos};

/// The table of nouns.
#[derive(Default)]
pub struct Heads {
    nouns: FxHashMap<String, Head>,
}

#[derive(Clone)]
struct Head {
    /// The name of the organ, with ADJ for the adjective; `None` if the state is meant.
    organ: Option<String>,
    alone: bool,
}

/// A noun phrase for a state or its organ.
pub struct Body {
    pub tokens: Range<usize>,
    pub actor: Actor,
}

const LONGEST: usize = 4;

impl Heads {
    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let organ = match row.get("kind") {
            "state" => None,
            "organ" => row.some("name"),
            other => return Err(Error::new(format!("'{other}' is no kind: state, organ"))),
        };
        self.nouns.insert(row.get("noun").to_owned(), Head { organ, alone: row.get("alone") == "alone" });
        Ok(())
    }

    /// The longest noun of the table that begins at the token (the last word compared by lemma), and its end.
    fn noun(&self, line: &Line<'_>, at: usize) -> Option<(&Head, usize)> {
        let mut found = None;
        let mut key = String::new();
        for end in at + 1..=(at + LONGEST).min(line.len()) {
            let stem = key.clone();
            key.push_str(line.low(end - 1));
            let lemma = stem + &line.graph.lemma(end - 1).to_lowercase();
            let noun = !matches!(line.upos(end - 1), Some(Upos::Verb | Upos::Aux | Upos::Adp));
            if let Some(head) = self.nouns.get(&lemma).or_else(|| self.nouns.get(&key)).filter(|_| noun) {
                found = Some((head, end));
            }
            key.push(' ');
        }
        found
    }

    /// The phrase that begins with a state or its adjective at the token.
    pub fn after_state(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        let hit = line.hit_from(at)?;
        let state = &hit
            .find(|n| {
                n.kind != NameKind::Place
                    && matches!(n.actor.kind, EntityKind::State | EntityKind::Territory | EntityKind::Igo)
            })?
            .actor;
        let mut start = hit.tokens.end;
        start += usize::from(matches!(line.low(start), "'s" | "'"));
        // up to two further modifiers: "Israeli occupation forces"
        let (head, end) = (start..start + 3).find_map(|t| self.noun(line, t))?;
        let modifiers = start..end - 1;
        let noun = end - 1;
        let ours = modifiers.clone().all(|t| line.graph.up(t).take(4).any(|u| u == noun)) || head.organ.is_some();
        (ours && line.graph.up(at).take(6).any(|u| (start..end).contains(&u)))
            .then(|| Body { tokens: at..end, actor: named(head, state, gazetteer) })
    }

    /// The phrase "NOUN of STATE" that begins at the token, or a noun that stands alone for the organ of `home`.
    pub fn before_state(
        &self,
        line: &Line<'_>,
        at: usize,
        home: Option<&Actor>,
        gazetteer: &Gazetteer,
    ) -> Option<Body> {
        let (head, end) = self.noun(line, at)?;
        let person = || line.hit_from(end + 1).and_then(|h| gazetteer.home(h.people().next()?).cloned());
        if head.organ.is_none() {
            // "the government of Abdrabbuh Mansur Hadi"
            let state = person().filter(|_| line.low(end) == "of")?;
            return Some(Body { tokens: at..end, actor: state });
        }
        if line.low(end) == "of" {
            let skip = end + 1 + usize::from(line.low(end + 1) == "the");
            let state = line.hit_from(skip).and_then(|h| Some((h.body()?, h.tokens.end)));
            if let Some((state, end)) = state {
                return Some(Body { tokens: at..end, actor: named(head, state, gazetteer) });
            }
        }
        let start = at - usize::from(at > 0 && line.low(at - 1) == "the");
        let home = home.filter(|_| head.alone && line.capital(at))?;
        Some(Body { tokens: start..end, actor: named(head, home, gazetteer) })
    }
}

fn named(head: &Head, state: &Actor, gazetteer: &Gazetteer) -> Actor {
    let Some(pattern) = &head.organ else { return state.clone() };
    let name = pattern.replace("ADJ", gazetteer.adjective(state));
    let id = format!("organ-{}-{}", state.id.to_lowercase(), slug(&pattern.replace("ADJ", "")));
    let country = state.country.clone().or_else(|| Some(state.id.clone()));
    Arc::new(Entity { id, kind: EntityKind::Organ, name, country, wikidata: None })
}
