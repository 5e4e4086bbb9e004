//! Pronouns that point back ("he", "its", "they"), and the frame of it; descriptions are in `descriptions`.
//!
//! A sieve of few, precise steps in the spirit of Lee et al. (2013); where two answers fit, it gives none.

use super::clause::{bound, controlled, plural, possessor, rival, trailing};
use super::line::Line;
use super::memory::{Known, Memory, Seen, Stranger, Talker, distinct, seen, strangers};
use super::references::{Pointer, References};
use super::talk::{sayer, says};
use crate::model::{Actor, Deprel, EntityKind, Mention, MentionKind};

/// The sentence up to the word that points back.
struct Scene {
    seen: Vec<Seen>,
    strangers: Vec<Stranger>,
    /// For each token whether it stands in a quotation.
    quoted: Vec<bool>,
    /// Who says what the sentence tells.
    sayer: Option<usize>,
}

impl Scene {
    /// Nouns between two tokens that are no actors.
    fn others(&self, before: usize, after: usize) -> impl Iterator<Item = &Stranger> {
        self.strangers.iter().filter(move |o| o.token < before && o.token >= after)
    }
}

/// Resolves what points back, sentence by sentence.
pub struct Sieve<'a> {
    pub words: &'a References,
    pub known: Known<'a>,
    pub memory: Memory,
    /// The publisher's own organ: "the Department".
    pub body: Option<&'a Actor>,
}

impl Sieve<'_> {
    /// Adds the mentions of one sentence that point back.
    pub fn resolve(&mut self, line: &Line<'_>, mentions: &mut Vec<Mention>) {
        mentions.sort_by_key(|m| m.tokens.start);
        let covered = |t: usize| mentions.iter().any(|m| m.tokens.contains(&t));
        let (quoted, _) = self.memory.quotes.read(line);
        let sayer = sayer(line, &quoted, self.words);
        let mut here = Scene { seen: Vec::new(), strangers: strangers(line, covered), quoted, sayer };
        let mut added: Vec<Mention> = Vec::new();
        let mut next = mentions.iter().peekable();
        let mut free = 0;
        for t in 0..line.len() {
            while let Some(m) = next.next_if(|m| m.tokens.start <= t) {
                here.seen.extend(seen(line, m, &here.quoted, self.words, &self.known));
            }
            if t < free || mentions.iter().any(|m| m.tokens.contains(&t)) {
                continue;
            }
            let found = self
                .ahead(line, t, mentions)
                .or_else(|| self.pronoun(line, t, &here))
                .or_else(|| self.description(line, t, &here.seen));
            if let Some(m) = found.filter(|f| !mentions.iter().any(|m| overlap(m, f))) {
                here.seen.extend(seen(line, &m, &here.quoted, self.words, &self.known));
                here.strangers.retain(|o| !m.tokens.contains(&o.token));
                free = m.tokens.end;
                added.push(m);
            }
        }
        mentions.extend(added);
        let countries: Vec<Mention> =
            mentions.iter().filter_map(|m| country_of(line, m, self.words, &self.known)).collect();
        add_free(mentions, countries);
        if let Some(token) = here.sayer {
            let found = mentions.iter().find(|m| m.tokens.contains(&token) && m.actors.len() == 1);
            let person = found.map(|m| m.actors[0].clone()).filter(|a| a.kind == EntityKind::Person);
            self.memory.talker = Some(Talker { person, sentence: line.index });
        }
        self.memory.advance(here.seen, here.strangers, line.index, &self.known);
    }

    /// "After his meeting with Salehi, Khamenei said": a pronoun in what opens the sentence stands for the subject that
    /// follows.
    fn ahead(&self, line: &Line<'_>, t: usize, mentions: &[Mention]) -> Option<Mention> {
        let wanted = self.words.pronoun(line.low(t))?;
        let g = &line.graph;
        let opening = g.up(t).find(|&u| matches!(g.deprel(u), Deprel::Obl | Deprel::Advcl))?;
        let verb = g.head(opening).filter(|&v| opening < v && g.predicate(v))?;
        let subject = g.by(verb, Deprel::Nsubj).find(|&s| s > t && s < verb)?;
        let actor =
            mentions.iter().find(|m| m.tokens.contains(&subject)).filter(|m| m.actors.len() == 1)?.actors.first()?;
        let person = actor.kind == EntityKind::Person;
        let fits = match wanted {
            Pointer::Man => person && (self.known.woman)(actor) != Some(true),
            Pointer::Woman => person && (self.known.woman)(actor) != Some(false),
            Pointer::Thing => !person,
            _ => false,
        };
        let reason = "the subject that follows";
        fits.then(|| mention(line, t..t + 1, vec![actor.clone()], MentionKind::Pronoun, reason, 0.75))
    }

    fn pronoun(&self, line: &Line<'_>, t: usize, here: &Scene) -> Option<Mention> {
        // "His Excellency"
        if line.capital(t) && self.words.is(line.low(t + 1), Pointer::Style) && line.capital(t + 1) {
            return None;
        }
        let actors = match self.words.pronoun(line.low(t))? {
            Pointer::Speaker | Pointer::Speakers | Pointer::Hearer => return None,
            Pointer::Several => self.several(line, t, here)?,
            Pointer::Thing => vec![self.thing(line, t, here)?],
            wanted => vec![self.person(wanted == Pointer::Woman, line, t, here)?],
        };
        Some(mention(line, t..t + 1, actors, MentionKind::Pronoun, "pronoun", 0.7))
    }

    /// A person: the subject before it in the sentence, else the only one there, else the same in the sentence before.
    fn person(&self, woman: bool, line: &Line<'_>, t: usize, here: &Scene) -> Option<Actor> {
        let before = &self.memory.before;
        if let Some([one]) = possessor(line, t, &here.seen, true).as_deref()
            && one.kind == EntityKind::Person
            && (self.known.woman)(one).is_none_or(|w| w == woman)
        {
            return Some(one.clone());
        }
        if let Some(controlled) = controlled(line, t, &here.seen) {
            let sex = |s: &&Seen| s.actor.kind == EntityKind::Person && s.woman.is_none_or(|w| w == woman);
            return controlled.filter(sex).map(|s| s.actor.clone());
        }
        let rival = rival(line, t);
        let sure = here.seen.iter().chain(before).any(|s| s.woman == Some(woman));
        let quoted = here.quoted[t];
        // outside of a quotation nobody takes up whom only the quotation names; inside, the speaker is not "he"
        let speaker = here.seen.iter().find(|s| Some(s.coordination) == here.sayer).map(|s| &s.actor);
        let apart = |s: &Seen| if quoted { Some(&s.actor) == speaker } else { s.quoted };
        let fits = |s: &&Seen| {
            let sex = s.woman == Some(woman) || s.woman.is_none() && !(woman && sure);
            let other = s.sentence == line.index && rival.is_some_and(|r| s.coordination == r);
            !s.weak && s.actor.kind == EntityKind::Person && sex && !other && !apart(s)
        };
        // "He added ...": whoever spoke before goes on, not whom he spoke of
        let talker = self.memory.talker(line.index).filter(|_| !quoted);
        let goes_on = line.graph.deprel(t) == Deprel::Nsubj
            && line.graph.head(t).is_some_and(|v| says(line, v, &here.quoted, self.words))
            && (trailing(line, t) || !here.seen.iter().any(|s| fits(&s)));
        let known = |k: &Talker| k.person.clone().filter(|a| (self.known.woman)(a).is_none_or(|w| w == woman));
        if let Some(talker) = talker.filter(|_| goes_on) {
            return known(talker);
        }
        for (level, near) in [(&here.seen, true), (before, false)] {
            let fitting: Vec<&Seen> = level.iter().filter(fits).collect();
            let subject = |aside: bool| fitting.iter().copied().rfind(|s| s.subject && s.aside <= aside);
            let found = match subject(near).or_else(|| subject(true)) {
                Some(last) => last,
                None => match fitting.first() {
                    Some(first) if fitting.iter().all(|s| s.actor == first.actor) => first,
                    Some(_) => return None,
                    None => continue,
                },
            };
            let guess = found.woman.is_none() && woman;
            let unique = !guess || fitting.iter().all(|s| s.actor == found.actor);
            // a name that nobody knows may be the one who is meant
            let other = here.others(t, if near { found.token } else { 0 }).any(|o| o.name && o.subject)
                || !near && self.memory.strangers.iter().any(|o| o.name && o.subject);
            let close = near || found.sentence + 2 >= line.index;
            return (unique && close && !other).then(|| found.actor.clone());
        }
        talker.and_then(known)
    }

    /// A body: the only subject of the sentence, or of the one before if "it" is the subject; no other noun may be meant.
    fn thing(&self, line: &Line<'_>, t: usize, here: &Scene) -> Option<Actor> {
        if let Some([one]) = possessor(line, t, &here.seen, false).as_deref()
            && one.kind != EntityKind::Person
        {
            return Some(one.clone());
        }
        if let Some(controlled) = controlled(line, t, &here.seen) {
            return controlled.filter(|s| s.actor.kind != EntityKind::Person).map(|s| s.actor.clone());
        }
        if let Some([one]) = bound(line, t, &here.seen).as_deref()
            && one.kind != EntityKind::Person
        {
            return Some(one.clone());
        }
        let rival = rival(line, t);
        let other = |s: &Seen| s.sentence == line.index && rival.is_some_and(|r| s.coordination == r);
        let fits = |s: &&Seen| !s.weak && s.actor.kind != EntityKind::Person && s.subject && !other(s);
        let possessive = line.graph.deprel(t) == Deprel::NmodPoss;
        if line.graph.deprel(t) == Deprel::Expl {
            return None;
        }
        let only = |level: &[Seen]| {
            let last = level.iter().rfind(fits)?;
            level.iter().filter(fits).all(|s| s.actor == last.actor).then(|| last.clone())
        };
        if let Some(found) = only(&here.seen) {
            let other = here.others(t, found.token).any(|o| !o.plural && o.subject);
            return (!other).then_some(found.actor);
        }
        let subject = line.graph.deprel(t).is(Deprel::Nsubj) || possessive;
        let first = here.others(t, 0).next().is_none() && here.seen.is_empty();
        let found = only(&self.memory.before).filter(|s| s.sentence + 1 == line.index && subject && first)?;
        let other = self.memory.strangers.iter().any(|o| !o.plural && o.subject);
        (!other).then_some(found.actor)
    }

    /// The coordinated subject of this sentence or the one before; a body of many people if it is the only subject.
    fn several(&self, line: &Line<'_>, t: usize, here: &Scene) -> Option<Vec<Actor>> {
        let object = line.low(t) == "them";
        if let Some(group) =
            possessor(line, t, &here.seen, false).filter(|g| g.len() > 1 || g[0].kind == EntityKind::Group)
        {
            return Some(group);
        }
        if let Some(group) = bound(line, t, &here.seen)
            && (group.len() > 1 || plural(line, t) && group[0].kind != EntityKind::Person)
        {
            return Some(group);
        }
        for (level, near) in [(&here.seen, true), (&self.memory.before, false)] {
            let main = !near && level.iter().any(|s| s.subject && !s.aside);
            let subjects: Vec<&Seen> = level.iter().filter(|s| s.subject && !(main && s.aside)).collect();
            let Some(last) = subjects.last().filter(|s| near || s.sentence + 1 == line.index) else { continue };
            let group =
                distinct(subjects.iter().filter(|s| s.coordination == last.coordination).map(|s| s.actor.clone()));
            let other = here.others(t, if near { last.token } else { 0 }).any(|o| o.plural)
                || !near && (object || self.memory.strangers.iter().any(|o| o.plural && o.subject));
            if group.len() > 1 {
                return (!other).then_some(group);
            }
            let many = last.actor.kind == EntityKind::Group || near && last.actor.kind == EntityKind::Organ;
            let alone = subjects.iter().all(|s| s.actor == last.actor);
            if last.actor.kind != EntityKind::Person {
                return (many && alone && !other).then_some(group);
            }
        }
        // one person is never "they": the people named together are
        if let Some(group) = named_together(&here.seen) {
            return Some(group).filter(|g| g.len() > 1);
        }
        let people = self.memory.people(line.index);
        let other = here.others(t, 0).any(|o| o.plural) || self.memory.strangers.iter().any(|o| o.plural && o.subject);
        (people.len() > 1 && !other && !object).then(|| people.to_vec())
    }
}

/// The people of one coordination of the sentence, the last if there are several; nobody if people are named alone.
fn named_together(here: &[Seen]) -> Option<Vec<Actor>> {
    let people = || here.iter().filter(|s| s.actor.kind == EntityKind::Person && !s.subject);
    let last = people().next_back()?;
    let together = |s: &&Seen| people().filter(|o| o.coordination == s.coordination).count() > 1;
    let named = people().rfind(together).unwrap_or(last);
    Some(distinct(people().filter(|s| s.coordination == named.coordination).map(|s| s.actor.clone())))
}

/// "his country", "our nation": the state of those whom the pronoun means.
pub fn country_of(line: &Line<'_>, m: &Mention, words: &References, known: &Known<'_>) -> Option<Mention> {
    let pronoun = m.kind == MentionKind::Pronoun && line.graph.deprel(m.head) == Deprel::NmodPoss;
    let country =
        |n: &usize| words.is(line.low(*n), Pointer::Last(EntityKind::State)) || words.is(line.low(*n), Pointer::Own);
    let noun = (m.tokens.end..m.tokens.end + 3).find(country).filter(|_| pronoun)?;
    let ours = line.graph.head(m.head) == Some(noun);
    let states = distinct(m.actors.iter().filter_map(|a| (known.home)(a)).filter(|s| s.kind == EntityKind::State));
    let tokens = m.tokens.end..noun + 1;
    let kind = MentionKind::Description;
    (ours && !states.is_empty()).then(|| mention(line, tokens, states, kind, "the country of the one named", 0.7))
}

/// Adds those that overlap no other.
pub fn add_free(mentions: &mut Vec<Mention>, more: Vec<Mention>) {
    for m in more {
        if !mentions.iter().any(|o| overlap(o, &m)) {
            mentions.push(m);
        }
    }
    mentions.sort_by_key(|m| m.tokens.start);
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
