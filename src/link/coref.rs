//! Pronouns and descriptions that point back: "he", "its", "the two leaders", "both sides", "the bloc".
//!
//! A sieve of few, precise steps in the spirit of Lee et al. (2013); where two answers fit, it gives none.

use super::line::Line;
use super::memory::{Known, Memory, Seen, distinct, seen};
use super::references::{Pointer, References};
use crate::model::{Actor, Deprel, EntityKind, Mention, MentionKind, Upos};

/// How many sentences back a description looks.
const REACH: usize = 6;

/// Resolves what points back, sentence by sentence.
pub struct Sieve<'a> {
    pub words: &'a References,
    pub known: Known<'a>,
    pub memory: Memory,
}

impl Sieve<'_> {
    /// Adds the mentions of one sentence that point back.
    pub fn resolve(&mut self, line: &Line<'_>, mentions: &mut Vec<Mention>) {
        mentions.sort_by_key(|m| m.tokens.start);
        let mut here: Vec<Seen> = Vec::new();
        let mut added: Vec<Mention> = Vec::new();
        let mut next = mentions.iter().peekable();
        let mut free = 0;
        for t in 0..line.len() {
            while let Some(m) = next.next_if(|m| m.tokens.start <= t) {
                here.extend(seen(line, m, &self.known));
            }
            if t < free || mentions.iter().any(|m| m.tokens.contains(&t)) {
                continue;
            }
            let found = ahead(line, t, self.words.pronoun(line.low(t)), mentions, &self.known).or_else(|| self.pronoun(line, t, &here)).or_else(|| self.description(line, t, &here));
            if let Some(m) = found.filter(|f| !mentions.iter().any(|m| overlap(m, f))) {
                here.extend(seen(line, &m, &self.known));
                free = m.tokens.end;
                added.push(m);
            }
        }
        mentions.extend(added);
        mentions.sort_by_key(|m| m.tokens.start);
        self.memory.advance(here, line.index, &self.known);
    }

    fn pronoun(&self, line: &Line<'_>, t: usize, here: &[Seen]) -> Option<Mention> {
        let actors = match self.words.pronoun(line.low(t))? {
            Pointer::Speaker | Pointer::Speakers => return None,
            Pointer::Several => self.several(line, here)?,
            wanted => vec![self.single(wanted, here)?],
        };
        Some(mention(line, t..t + 1, actors, MentionKind::Pronoun, "pronoun", 0.7))
    }

    /// The subject before it in the sentence, else the only one there, else the same in the sentence before.
    fn single(&self, wanted: Pointer, here: &[Seen]) -> Option<Actor> {
        let before = &self.memory.before;
        let no_woman = !here.iter().chain(before).any(|s| s.woman);
        let fits = |s: &&Seen| {
            let person = s.actor.kind == EntityKind::Person;
            !s.weak
                && match wanted {
                    Pointer::Man => person && !s.woman,
                    Pointer::Woman => person && (s.woman || no_woman),
                    _ => !person,
                }
        };
        for level in [here, before] {
            let fitting: Vec<&Seen> = level.iter().filter(fits).collect();
            if let Some(last) = fitting.iter().copied().rfind(|s| s.subject) {
                let guess = wanted == Pointer::Thing || (wanted == Pointer::Woman && !last.woman);
                let unique = !guess || fitting.iter().all(|s| s.actor == last.actor);
                return unique.then(|| last.actor.clone());
            }
            if let Some(first) = fitting.first() {
                return fitting.iter().all(|s| s.actor == first.actor).then(|| first.actor.clone());
            }
        }
        None
    }

    /// The coordinated subject of this sentence or the one before; a body of many people if it is the only subject.
    fn several(&self, line: &Line<'_>, here: &[Seen]) -> Option<Vec<Actor>> {
        for level in [here, &self.memory.before[..]] {
            let subjects: Vec<&Seen> = level.iter().filter(|s| s.subject).collect();
            let Some(last) = subjects.last() else { continue };
            let group =
                distinct(subjects.iter().filter(|s| s.coordination == last.coordination).map(|s| s.actor.clone()));
            if group.len() > 1 {
                return Some(group);
            }
            let many = matches!(last.actor.kind, EntityKind::Group | EntityKind::Organ | EntityKind::Igo);
            let alone = subjects.iter().all(|s| s.actor == last.actor || s.actor.kind == EntityKind::Person);
            if last.actor.kind != EntityKind::Person {
                return (many && alone).then_some(group);
            }
        }
        // one person is never "they": the people named together are
        let people = self.memory.people(line.index);
        (people.len() > 1).then(|| people.to_vec())
    }

    /// "the two leaders", "both sides", "the sides", "the bloc".
    fn description(&self, line: &Line<'_>, t: usize, here: &[Seen]) -> Option<Mention> {
        let (start, count) = match (line.low(t), line.low(t + 1)) {
            ("the" | "these", "two") | ("both", "the") => (t + 2, Some(2)),
            ("the" | "these", "three") => (t + 2, Some(3)),
            ("the" | "these", "four") => (t + 2, Some(4)),
            ("both" | "two", _) => (t + 1, Some(2)),
            ("the" | "these" | "all" | "that" | "this", _) => (t + 1, None),
            _ => return None,
        };
        let noun = self.head_noun(line, start)?;
        let pointer = self.words.noun(line.low(noun))?;
        if let Pointer::Last(kind) = pointer {
            let single = count.is_none() && matches!(line.low(t), "the" | "that" | "this");
            let actor = self.last(line, kind, line.low(noun), here).filter(|_| single)?;
            let kind = MentionKind::Description;
            return Some(mention(line, t..noun + 1, vec![actor], kind, "the last of its kind", 0.7));
        }
        let (people, states) = (self.memory.people(line.index), self.memory.states(line.index));
        let group = match pointer {
            Pointer::States => states,
            Pointer::Parties if people.is_empty() => states,
            _ => people,
        };
        let fits = group.len() > 1 && count.is_none_or(|n| n == group.len());
        let kind = MentionKind::Description;
        fits.then(|| mention(line, t..noun + 1, group.to_vec(), kind, "the ones named together last", 0.75))
    }

    /// The noun of the phrase that begins there, after at most two adjectives, if nothing more says which one is meant.
    fn head_noun(&self, line: &Line<'_>, start: usize) -> Option<usize> {
        let noun = (start..(start + 3).min(line.len())).find(|&n| self.words.noun(line.low(n)).is_some())?;
        let adjectives = (start..noun).all(|t| {
            line.low(t) == "-"
                || line.hit(t).is_none()
                    && matches!(line.upos(t), Some(Upos::Adj | Upos::Verb | Upos::Noun | Upos::Num))
        });
        let head = line.graph.deprel(noun) != Deprel::Compound && line.upos(noun) != Some(Upos::Verb);
        let open =
            matches!(line.low(noun + 1), "of" | "that" | "which" | "where" | "between" | "with" | "who" | "whose");
        (adjectives && head && !open).then_some(noun)
    }

    /// The last actor of that kind, if no other of its sentence is of that kind, too.
    fn last(&self, line: &Line<'_>, kind: EntityKind, noun: &str, here: &[Seen]) -> Option<Actor> {
        let fits = |s: &&Seen| {
            s.actor.kind == kind && (kind != EntityKind::Organ || s.actor.name.to_lowercase().contains(noun))
        };
        let earlier = self.memory.all.iter().filter(|s| s.sentence + REACH >= line.index);
        let all: Vec<&Seen> = earlier.chain(here).filter(fits).collect();
        let last = all.last()?;
        let mut level = all.iter().filter(|s| s.sentence == last.sentence);
        level.all(|s| s.actor == last.actor).then(|| last.actor.clone())
    }
}

/// "After his meeting with Salehi, Khamenei said": a pronoun in what opens the sentence stands for the subject that follows.
fn ahead(line: &Line<'_>, t: usize, wanted: Option<Pointer>, mentions: &[Mention], known: &Known<'_>) -> Option<Mention> {
    let wanted = wanted.filter(|w| matches!(w, Pointer::Man | Pointer::Woman | Pointer::Thing))?;
    let g = &line.graph;
    let opening = g.up(t).find(|&u| matches!(g.deprel(u), Deprel::Obl | Deprel::Advcl))?;
    let verb = g.head(opening).filter(|&v| opening < v && g.predicate(v))?;
    let subject = g.by(verb, Deprel::Nsubj).find(|&s| s > t && s < verb)?;
    let actor = mentions.iter().find(|m| m.tokens.contains(&subject)).filter(|m| m.actors.len() == 1)?.actors.first()?;
    let person = actor.kind == EntityKind::Person;
    let fits = match wanted {
        Pointer::Man => person && !(known.woman)(actor),
        Pointer::Woman => person,
        _ => !person,
    };
    fits.then(|| mention(line, t..t + 1, vec![actor.clone()], MentionKind::Pronoun, "the subject that follows", 0.75))
}

fn overlap(a: &Mention, b: &Mention) -> bool {
    a.tokens.start < b.tokens.end && b.tokens.start < a.tokens.end
}

pub fn mention(
    line: &Line<'_>,
    tokens: std::ops::Range<usize>,
    actors: Vec<Actor>,
    kind: MentionKind,
    reason: &str,
    confidence: f64,
) -> Mention {
    let head = line.head_of(&tokens);
    Mention { sentence: line.index, tokens, head, actors, kind, role: None, reason: reason.to_owned(), confidence }
}
