//! Of whom a report speaks: its title's actors, those of the sentence before, the one named most. Sentences that leave a side
//! unsaid are about them.

use crate::model::{Document, EntityKind, Field, Links, Mention, MentionKind};

/// Actors of a title or sentence beyond these are left aside.
const MOST: usize = 3;

/// The actors in the background of each sentence, as mentions of other sentences.
#[derive(Debug, Default)]
pub struct Scenery {
    title: Vec<Mention>,
    before: Vec<Vec<Mention>>,
    chief: Vec<Mention>,
}

impl Scenery {
    pub fn new(doc: &Document, links: &Links) -> Self {
        let able = |m: &&Mention| m.actors.len() == 1 && !matches!(m.kind, MentionKind::Place | MentionKind::Adjective);
        let able = |m: &&Mention| able(m) && !matches!(m.actors[0].kind, EntityKind::Media | EntityKind::Treaty);
        let mut out = Self { before: vec![Vec::new(); doc.sentences.len()], ..Self::default() };
        let mut counts: Vec<(usize, &Mention)> = Vec::new();
        let mut last: (usize, Vec<&Mention>) = (0, Vec::new());
        for (s, sentence) in doc.sentences.iter().enumerate() {
            let here: Vec<&Mention> = links.mentions.iter().filter(|m| m.sentence == s).filter(able).collect();
            if sentence.field == Field::Title {
                out.title.extend(distinct(&here));
                continue;
            }
            if s - last.0 <= 2 {
                out.before[s] = distinct(&last.1);
            }
            for m in &here {
                match counts.iter_mut().find(|(_, o)| o.actors == m.actors) {
                    Some((n, _)) => *n += 1,
                    None => counts.push((1, m)),
                }
            }
            if !here.is_empty() {
                last = (s, here);
            }
        }
        let people = counts.iter().filter(|(_, m)| m.actors[0].kind == EntityKind::Person);
        let chief = people.rev().max_by_key(|(n, _)| *n).filter(|(n, _)| *n > 1);
        out.chief = chief.map(|(_, m)| (*m).clone()).into_iter().collect();
        out
    }

    pub fn title(&self) -> &[Mention] {
        &self.title
    }

    pub fn before(&self, sentence: usize) -> &[Mention] {
        self.before.get(sentence).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn chief(&self) -> &[Mention] {
        &self.chief
    }
}

fn distinct(mentions: &[&Mention]) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for m in mentions {
        if out.len() < MOST && !out.iter().any(|o| o.actors == m.actors) {
            out.push((*m).clone());
        }
    }
    out
}
