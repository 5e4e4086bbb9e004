//! Pronouns and descriptions that point back: "he", "its", "the two leaders", "both sides".
//!
//! A sieve of few, precise steps in the spirit of Lee et al. (2013); where two answers fit, it gives none.

use super::line::Line;
use crate::model::{Actor, Deprel, EntityKind, Mention, MentionKind};

/// What a pronoun or description may stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Man,
    Woman,
    Thing,
    Several,
}

/// An actor that was mentioned, for later reference.
#[derive(Clone)]
struct Seen {
    actor: Actor,
    subject: bool,
    woman: bool,
}

/// What the cast knows of an actor.
pub struct Known<'a> {
    pub woman: &'a dyn Fn(&Actor) -> bool,
    /// Its state or organisation.
    pub home: &'a dyn Fn(&Actor) -> Option<Actor>,
}

/// What the sentences so far leave to refer to.
#[derive(Default)]
pub struct Memory {
    before: Vec<Seen>,
    pair: Vec<Actor>,
    /// The publisher's government, that "we" and "our" stand for outside of quotations.
    we: Option<Actor>,
}

impl Memory {
    pub fn new(we: Option<Actor>) -> Self {
        Self { we, ..Self::default() }
    }

    /// Adds the mentions of one sentence that point back.
    pub fn resolve(&mut self, line: &Line<'_>, mentions: &mut Vec<Mention>, known: &Known<'_>) {
        mentions.sort_by_key(|m| m.tokens.start);
        let mut here: Vec<Seen> = Vec::new();
        let mut added = Vec::new();
        let mut next = mentions.iter().peekable();
        for t in 0..line.len() {
            while let Some(m) = next.next_if(|m| m.tokens.start <= t) {
                here.extend(seen(line, m, known));
            }
            if mentions.iter().any(|m| m.tokens.contains(&t)) {
                continue;
            }
            let found = self.pronoun(line, t, &here).or_else(|| self.pair_at(line, t, known));
            if let Some(m) = found {
                here.extend(seen(line, &m, known));
                added.push(m);
            }
        }
        mentions.extend(added);
        mentions.sort_by_key(|m| m.tokens.start);
        self.advance(here);
    }

    fn pronoun(&self, line: &Line<'_>, t: usize, here: &[Seen]) -> Option<Mention> {
        let wanted = match line.low(t) {
            "he" | "him" | "his" | "himself" => Wanted::Man,
            "she" | "her" | "herself" => Wanted::Woman,
            "it" | "its" | "itself" => Wanted::Thing,
            "they" | "their" | "them" => Wanted::Several,
            "we" | "our" | "us" => {
                let we = self.we.clone().filter(|_| !quoted(line, t))?;
                return Some(mention(line, t..t + 1, vec![we], MentionKind::Pronoun, "the publisher speaks", 0.7));
            }
            _ => return None,
        };
        let actors = match wanted {
            Wanted::Several => self.several(here)?,
            _ => vec![self.single(wanted, here)?],
        };
        Some(mention(line, t..t + 1, actors, MentionKind::Pronoun, "pronoun", 0.7))
    }

    /// The subject before it in the sentence, else the only one there, else the same in the sentence before.
    fn single(&self, wanted: Wanted, here: &[Seen]) -> Option<Actor> {
        let fits = |s: &&Seen| match wanted {
            Wanted::Man => s.actor.kind == EntityKind::Person && !s.woman,
            Wanted::Woman => s.actor.kind == EntityKind::Person && (s.woman || level_has_no_woman(here, &self.before)),
            _ => s.actor.kind != EntityKind::Person,
        };
        for level in [here, &self.before] {
            let fitting: Vec<&Seen> = level.iter().filter(fits).collect();
            let subjects: Vec<&Seen> = fitting.iter().copied().filter(|s| s.subject).collect();
            if let Some(last) = subjects.last() {
                let guess = wanted == Wanted::Thing || (wanted == Wanted::Woman && !last.woman);
                let unique = !guess || fitting.iter().all(|s| s.actor == last.actor);
                return unique.then(|| last.actor.clone());
            }
            if let Some(first) = fitting.first() {
                return fitting.iter().all(|s| s.actor == first.actor).then(|| first.actor.clone());
            }
        }
        None
    }

    /// The conjoined subject of this sentence or the one before.
    fn several(&self, here: &[Seen]) -> Option<Vec<Actor>> {
        for level in [here, &self.before[..]] {
            let mut subjects: Vec<Actor> = Vec::new();
            for s in level.iter().filter(|s| s.subject) {
                if !subjects.contains(&s.actor) {
                    subjects.push(s.actor.clone());
                }
            }
            if subjects.len() > 1 {
                return Some(subjects);
            }
        }
        None
    }

    /// "the two leaders", "both sides", "the sides".
    fn pair_at(&self, line: &Line<'_>, t: usize, known: &Known<'_>) -> Option<Mention> {
        let (noun, counted) = match (line.low(t), line.low(t + 1)) {
            ("the" | "these", "two") => (t + 2, true),
            ("both", "the") => (t + 2, true),
            ("both" | "two", _) => (t + 1, true),
            ("the", _) => (t + 1, false),
            _ => return None,
        };
        let noun = (noun..(noun + 2).min(line.len())).find(|&n| plural_noun(line.low(n)).is_some())?;
        let (states, needs_count) = plural_noun(line.low(noun))?;
        if self.pair.len() < 2 || (needs_count && !counted) {
            return None;
        }
        let actors = self.pair.iter().filter_map(|a| if states { (known.home)(a) } else { Some(a.clone()) }).collect();
        Some(mention(line, t..noun + 1, actors, MentionKind::Description, "the two named last", 0.75))
    }

    fn advance(&mut self, here: Vec<Seen>) {
        let mut pair: Vec<Actor> = Vec::new();
        for s in &here {
            let new = pair.iter().all(|p| p.country != s.actor.country);
            if new && s.actor.country.is_some() && pair.len() < 3 && s.actor.kind == EntityKind::Person {
                pair.push(s.actor.clone());
            }
        }
        if pair.len() == 2 {
            self.pair = pair;
        }
        if !here.is_empty() {
            self.before = here;
        }
    }
}

/// Without a woman known as such, "she" may be any of the people.
fn level_has_no_woman(here: &[Seen], before: &[Seen]) -> bool {
    !here.iter().chain(before).any(|s| s.woman)
}

/// For a noun that takes up two actors: whether states are meant, and whether it needs "two" or "both" before it.
fn plural_noun(low: &str) -> Option<(bool, bool)> {
    Some(match low {
        "sides" | "parties" | "counterparts" => (false, false),
        "leaders" | "presidents" | "ministers" | "officials" | "diplomats" | "men" | "negotiators" | "statesmen" => {
            (false, true)
        }
        "countries" | "nations" | "states" | "governments" | "capitals" | "neighbors" | "neighbours" => (true, true),
        _ => return None,
    })
}

fn seen(line: &Line<'_>, m: &Mention, known: &Known<'_>) -> Vec<Seen> {
    if m.kind == MentionKind::Place || m.kind == MentionKind::Adjective {
        return Vec::new();
    }
    let subject = matches!(line.graph.deprel(m.head), Deprel::Nsubj | Deprel::NsubjPass)
        || (line.graph.deprel(m.head) == Deprel::Conj
            && line.graph.head(m.head).is_some_and(|h| line.graph.deprel(h).is(Deprel::Nsubj)));
    m.actors.iter().map(|a| Seen { actor: a.clone(), subject, woman: (known.woman)(a) }).collect()
}

/// Whether an odd count of quotation marks stands before the token in its sentence.
fn quoted(line: &Line<'_>, t: usize) -> bool {
    let open = (0..t).filter(|&i| matches!(line.word(i), "“" | "\"" | "``" | "«")).count();
    let close = (0..t).filter(|&i| matches!(line.word(i), "”" | "''" | "»")).count();
    let plain = (0..t).filter(|&i| line.word(i) == "\"").count();
    open - plain > close || plain % 2 == 1
}

fn mention(
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
