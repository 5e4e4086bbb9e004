//! What a rule knows beside its sentence's tree: whose words the sentence is in, and who meets whom in the report.

use super::certainty::Certainty;
use super::rules::{Path, Pos, Step};
use super::speech::Speech;
use super::walk::{Filler, Scene, Want};
use crate::model::{Actor, Deprel, Mention, Upos};

/// A meeting or call that the report has told of so far.
#[derive(Debug, Clone)]
pub struct Meeting {
    pub sentence: usize,
    pub sides: [Mention; 2],
}

/// The surroundings of one sentence.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub sentence: usize,
    pub speech: &'a Speech,
    pub words: &'a Certainty,
    pub meetings: &'a [Meeting],
}

/// A meeting told more sentences ago than this is over, unless the report knows no other.
const RECENT: usize = 6;

impl<'a> Context<'a> {
    /// Who says, wants or asks what the token tells: the subject of the word above it that means so, else the one in
    /// whose words it stands. With the word above, if there is one.
    pub fn speaker(&self, scene: &Scene<'a>, token: usize) -> (Vec<Filler<'a>>, Option<usize>) {
        let g = &scene.graph;
        let subject = Path(vec![Step::Subj]);
        let mut t = token;
        while let Some(head) = g.head(t) {
            if matches!(g.deprel(t), Deprel::AclRelcl | Deprel::AdvclRelcl) {
                break;
            }
            let speaks = self.words.speaks(g.lemma(head)) && !matches!(g.deprel(t), Deprel::Nsubj | Deprel::NsubjPass);
            if speaks {
                let found = match g.token(head).upos {
                    Upos::Verb => scene.fill(head, Pos::Verb, &subject, Want::default()),
                    _ => scene.fill(head, Pos::Noun, &Path(vec![Step::Clause]), Want::default()),
                };
                if !found.is_empty() {
                    return (found, Some(head));
                }
                if g.token(head).upos == Upos::Verb && !g.subjects(head).is_empty() {
                    return (Vec::new(), Some(head));
                }
            }
            t = head;
        }
        let quoted = self.words.quoted(scene, token).or_else(|| self.turn(token));
        (quoted.into_iter().collect(), None)
    }

    /// The one in whose words the token stands.
    pub fn turn(&self, token: usize) -> Option<Filler<'a>> {
        let mention = self.speech.speaker(self.sentence, token)?;
        Some(Filler { actor: mention.actors.first()?.clone(), mention })
    }

    /// Whom somebody of that country met last in this report.
    pub fn counterparts(&self, country: &str) -> Vec<Filler<'a>> {
        let of = |m: &Mention, home: bool| m.actors.iter().all(|a| (a.country.as_deref() == Some(country)) == home);
        let other = |m: &'a Meeting| match (of(&m.sides[0], true), of(&m.sides[1], true)) {
            (true, false) if of(&m.sides[1], false) => Some(&m.sides[1]),
            (false, true) if of(&m.sides[0], false) => Some(&m.sides[0]),
            _ => None,
        };
        let told: Vec<(usize, &'a Mention)> = self
            .meetings
            .iter()
            .filter(|m| m.sentence <= self.sentence)
            .filter_map(|m| Some((m.sentence, other(m)?)))
            .collect();
        let Some(&(last, _)) = told.last() else { return Vec::new() };
        let one = told.iter().all(|(_, m)| same_home(m, told[0].1));
        let mut out: Vec<Filler<'a>> = Vec::new();
        for (_, m) in told.iter().filter(|(s, _)| *s == last && (one || self.sentence - last <= RECENT)) {
            for a in &m.actors {
                if !out.iter().any(|f| f.actor == *a) {
                    out.push(Filler { actor: a.clone(), mention: m });
                }
            }
        }
        out
    }
}

fn same_home(a: &Mention, b: &Mention) -> bool {
    let home = |m: &Mention| m.actors.first().and_then(|a: &Actor| a.country.clone());
    home(a) == home(b)
}
