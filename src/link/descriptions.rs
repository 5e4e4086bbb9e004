//! Descriptions that point back: "the two leaders", "both sides", "the three countries", "the government", "the bloc".

use super::clause::rival;
use super::coref::{Sieve, mention};
use super::line::Line;
use super::memory::{Seen, distinct};
use super::references::Pointer;
use crate::model::{Actor, Deprel, EntityKind, Mention, MentionKind, Upos};

/// How many sentences back a description looks.
const REACH: usize = 6;
/// And how many "the government" does.
const NEAR: usize = 3;
/// So many of those named last may be one of a row.
const MOST: usize = 60;

impl Sieve<'_> {
    /// "the two leaders", "both sides", "the sides", "the bloc".
    pub(super) fn description(&self, line: &Line<'_>, t: usize, here: &[Seen]) -> Option<Mention> {
        let (start, count) = match (line.low(t), line.low(t + 1)) {
            ("both", "the") => (t + 2, Some(2)),
            ("the" | "these", count) if self.words.number(count).is_some() => (t + 2, self.words.number(count)),
            ("both" | "two", _) => (t + 1, Some(2)),
            ("all", "sides" | "parties") if line.graph.deprel(t + 1).is(Deprel::Nsubj) => (t + 1, None),
            ("all", count) if self.words.number(count).is_some() => (t + 1, None),
            ("the" | "these" | "that" | "this", _) => (t + 1, None),
            _ => return None,
        };
        if let Some(alone) = self.alone(line, t) {
            return Some(alone);
        }
        if let Some(government) = self.government(line, t, here) {
            return Some(government);
        }
        let noun = self.head_noun(line, start)?;
        let pointer =
            self.words.noun(line.low(noun)).map(|p| if self.bound(line, t, p) { Pointer::States } else { p })?;
        if matches!(pointer, Pointer::Last(_) | Pointer::Called) {
            let kind = if let Pointer::Last(kind) = pointer { Some(kind) } else { None };
            let single = count.is_none() && matches!(line.low(t), "the" | "that" | "this");
            let vague = (start..noun).any(|t| self.words.is(line.low(t), Pointer::Vague));
            let own =
                self.body.filter(|b| pointer == Pointer::Called && line.capital(noun) && called(b, line.low(noun)));
            let actor = own.cloned().or_else(|| self.last(line, kind, noun, here)).filter(|_| single && !vague)?;
            let kind = MentionKind::Description;
            return Some(mention(line, t..noun + 1, vec![actor], kind, "the last of its kind", 0.7));
        }
        // "it is critical that countries work together"
        if matches!(line.low(t), "that" | "this") {
            return None;
        }
        let (people, states) = (self.memory.people(line.index), self.memory.states(line.index));
        // "neighbouring countries" are some others; "the two neighbouring countries" are those two
        if count.is_none() && (start..noun).any(|t| self.words.is(line.low(t), Pointer::Vague)) {
            return None;
        }
        let (noun, pointer) = self.widened(line, noun, pointer);
        let count = count.or_else(|| (start..=noun).find_map(|t| self.words.number(line.low(t))));
        if let Some(pair) = self.pair(here, pointer, count).or_else(|| self.two_states(here, pointer, count)) {
            let kind = MentionKind::Description;
            return Some(mention(line, t..noun + 1, pair, kind, "the two of the sentence", 0.75));
        }
        let group = match pointer {
            Pointer::States => states,
            Pointer::Parties if people.is_empty() => states,
            _ => people,
        };
        let all = group.len() > 1 && count.is_none_or(|n| n == group.len());
        let listed = count
            .filter(|&n| !all && (n > 2 || pointer == Pointer::States))
            .and_then(|n| self.listed(here, pointer, n, line.index));
        let group = listed.unwrap_or_else(|| group.to_vec());
        let fits = count.map_or(group.len() > 1, |n| n == group.len()) && !self.outsider(line, noun, here, &group);
        let kind = MentionKind::Description;
        fits.then(|| mention(line, t..noun + 1, group, kind, "the ones named together last", 0.75))
    }

    /// "Syldavia, Borduria and Ruritania told Molvania ... The three countries": the last of so many that were named in a row,
    /// whoever else their sentence names.
    fn listed(&self, here: &[Seen], pointer: Pointer, count: usize, index: usize) -> Option<Vec<Actor>> {
        let earlier = self.memory.all.iter().filter(|s| s.sentence + REACH >= index);
        let near: Vec<&Seen> = earlier.chain(here).rev().take(MOST).collect();
        let row = |kind: EntityKind| {
            let of_kind = || near.iter().filter(|s| s.actor.kind == kind && !s.weak);
            let same = |s: &Seen, o: &Seen| (s.sentence, s.coordination) == (o.sentence, o.coordination);
            let members = |s: &Seen| distinct(of_kind().rev().filter(|o| same(s, o)).map(|o| o.actor.clone()));
            let last = of_kind().find(|s| members(s).len() == count)?;
            Some((last.sentence, members(last)))
        };
        let (states, people) = (row(EntityKind::State), row(EntityKind::Person));
        let found = match pointer {
            Pointer::Persons => people?.1,
            _ => states.filter(|(s, _)| people.as_ref().is_none_or(|(p, _)| p <= s)).or(people)?.1,
        };
        let home = |a: &Actor| if pointer == Pointer::States { (self.known.home)(a) } else { Some(a.clone()) };
        Some(distinct(found.iter().filter_map(home)))
    }

    /// "In a meeting with X, Y hailed the ties between the two countries": the two people of the sentence so far, or their states;
    /// nobody if the sentence names a third state, or counts others. "The sides" may be those of the sentences before.
    fn pair(&self, here: &[Seen], pointer: Pointer, count: Option<usize>) -> Option<Vec<Actor>> {
        let certain = || here.iter().filter(|s| !s.weak && !s.owner);
        let people = distinct(certain().filter(|s| s.actor.kind == EntityKind::Person).map(|s| s.actor.clone()));
        let fits = count.map_or(pointer != Pointer::Parties, |n| n == 2);
        (people.len() == 2 && fits).then_some(())?;
        let homes = distinct(people.iter().filter_map(|a| (self.known.home)(a)));
        let third = |s: &Seen| s.actor.kind == EntityKind::State && !homes.contains(&s.actor);
        let pair = if pointer == Pointer::States { homes.clone() } else { people };
        (pair.len() == 2 && !here.iter().any(third)).then_some(pair)
    }

    /// "As Syldavia and Borduria draw closer, the two countries ...": the only two states that the sentence names before, if
    /// no more than one person is named, who is of one of them.
    fn two_states(&self, here: &[Seen], pointer: Pointer, count: Option<usize>) -> Option<Vec<Actor>> {
        (count == Some(2) && matches!(pointer, Pointer::States | Pointer::Parties)).then_some(())?;
        let of = |kind: EntityKind| distinct(here.iter().filter(|s| s.actor.kind == kind).map(|s| s.actor.clone()));
        let (states, people) = (of(EntityKind::State), of(EntityKind::Person));
        let named = states.iter().all(|a| here.iter().any(|s| s.actor == *a && !s.weak));
        let native = people.iter().all(|p| (self.known.home)(p).is_some_and(|h| states.contains(&h)));
        (states.len() == 2 && named && people.len() < 2 && native).then_some(states)
    }

    /// Whether one of the group asks the others: in "we call on the parties" the speaker is none of them.
    fn outsider(&self, line: &Line<'_>, noun: usize, here: &[Seen], group: &[Actor]) -> bool {
        let Some(subject) = rival(line, noun) else { return false };
        let publisher = self.body.and_then(|b| (self.known.home)(b));
        let we = self.words.pronoun(line.low(subject)) == Some(Pointer::Speakers);
        here.iter().any(|s| s.coordination == subject && group.contains(&s.actor))
            || we && publisher.is_some_and(|p| group.contains(&p))
    }

    /// "the government": the only one that was named so a short while ago, and no other.
    fn government(&self, line: &Line<'_>, t: usize, here: &[Seen]) -> Option<Mention> {
        let noun = t + 1;
        let g = &line.graph;
        let bare =
            line.low(t) == "the" && self.words.is(line.low(noun), Pointer::Own) && g.deprel(noun) != Deprel::Compound;
        let more = matches!(line.low(noun + 1), "of" | "in" | "that" | "which" | "-" | "and")
            || line.upos(noun + 1) == Some(Upos::Noun);
        (bare && !more).then_some(())?;
        let near = self.memory.all.iter().filter(|s| s.sentence + NEAR >= line.index).chain(here);
        // "the administration" is the American one, whatever governments are named
        let noun_fits = |word: &str| word == line.low(noun) || line.low(noun) != "administration";
        let governments = near.filter(|s| s.governs.as_deref().is_some_and(noun_fits));
        let actors = distinct(governments.map(|s| s.actor.clone()));
        let [one] = actors.as_slice() else { return None };
        Some(mention(
            line,
            t..noun + 1,
            vec![one.clone()],
            MentionKind::Description,
            "the government named before",
            0.7,
        ))
    }

    /// "the ties between the two sides": those are the states, whoever speaks.
    fn bound(&self, line: &Line<'_>, t: usize, pointer: Pointer) -> bool {
        let bond = |n: usize| self.words.is(line.low(n), Pointer::Bond);
        pointer == Pointer::Parties && t > 1 && line.low(t - 1) == "between" && (t.saturating_sub(4)..t - 1).any(bond)
    }

    /// "the two countries' leaders", "the presidents of the two countries": people, and the end of the phrase.
    fn widened(&self, line: &Line<'_>, noun: usize, pointer: Pointer) -> (usize, Pointer) {
        let is = |t: usize, wanted: Pointer| self.words.is(line.low(t), wanted);
        if pointer == Pointer::States && line.possessive(noun + 1) {
            let head = (noun + 2..noun + 4).find(|&n| is(n, Pointer::Persons));
            return head.map_or((noun, pointer), |n| (n, Pointer::Persons));
        }
        let of = pointer == Pointer::Persons && line.low(noun + 1) == "of";
        if of && self.words.is(line.low(noun + 2), Pointer::Rank) {
            return (noun + 2, pointer);
        }
        let states = (noun + 2..noun + 6).find(|&n| is(n, Pointer::States) || is(n, Pointer::Parties)).filter(|_| of);
        states.map_or((noun, pointer), |n| (n, pointer))
    }

    /// Whether "of the two countries" follows.
    fn of_the_states(&self, line: &Line<'_>, noun: usize) -> bool {
        let counted = matches!(line.low(noun + 2), "the" | "both" | "these" | "two") && line.low(noun + 1) == "of";
        counted && self.widened(line, noun, Pointer::Persons).0 > noun
    }

    /// "Both reaffirmed", "the two discussed": the people named together, if they are two.
    fn alone(&self, line: &Line<'_>, t: usize) -> Option<Mention> {
        let last = match (line.low(t), line.low(t + 1)) {
            ("both", _) => t,
            ("the", "two") => t + 1,
            _ => return None,
        };
        let verb = line.graph.head(last).filter(|&v| v > last && line.upos(v) == Some(Upos::Verb))?;
        let group = self.memory.people(line.index);
        let subject = line.graph.deprel(last).is(Deprel::Nsubj) && verb <= last + 3 && group.len() == 2;
        let reason = "the ones named together last";
        subject.then(|| mention(line, t..last + 1, group.to_vec(), MentionKind::Description, reason, 0.75))
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
            matches!(line.low(noun + 1), "of" | "that" | "which" | "where" | "between" | "with" | "who" | "whose")
                || line.graph.by(noun, Deprel::Acl).any(|a| a == noun + 1);
        // "the three heads of state"
        let rank = line.low(noun + 1) == "of" && self.words.is(line.low(noun + 2), Pointer::Rank);
        (adjectives && head && (!open || rank || self.of_the_states(line, noun))).then_some(noun)
    }

    /// The last actor of that kind, if no other of its sentence is of that kind, too; without a kind the last body that
    /// is called so.
    fn last(&self, line: &Line<'_>, kind: Option<EntityKind>, noun: usize, here: &[Seen]) -> Option<Actor> {
        let fits = |s: &&Seen| kind.map_or_else(|| called(&s.actor, line.low(noun)), |k| s.actor.kind == k);
        let earlier = self.memory.all.iter().filter(|s| s.sentence + REACH >= line.index);
        let all: Vec<&Seen> = earlier.chain(here).filter(fits).collect();
        let last = all.last()?;
        let mut level = all.iter().filter(|s| s.sentence == last.sentence);
        level.all(|s| s.actor == last.actor).then(|| last.actor.clone())
    }
}

/// Whether it is a body whose name has the word.
fn called(a: &Actor, word: &str) -> bool {
    let body = !matches!(a.kind, EntityKind::Person | EntityKind::State | EntityKind::Territory);
    body && a.name.to_lowercase().split(' ').any(|w| w == word)
}
