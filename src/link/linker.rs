//! The mentions of one sentence that need no memory: bodies, people by name or office, names of the tables.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::called::shortens;
use super::cast::Cast;
use super::gazetteer::{Gazetteer, NameKind};
use super::line::{Hit, Line};
use super::persons::Phrase;
use super::references::Pointer;
use super::roles::{Context, last_word, role_of};
use super::title::Title;
use super::titles::TitleWord;
use crate::model::{Actor, Deprel, EntityKind, Mention, MentionKind, Upos};

/// An office in the plural whose holders are being read.
struct Group {
    tokens: Range<usize>,
    actors: Vec<Actor>,
    left: usize,
}

/// Collects the mentions of one sentence; what is taken once stays.
pub struct Linker<'a, 'l> {
    line: &'l Line<'a>,
    cx: &'l Context<'l>,
    taken: Vec<bool>,
    pub mentions: Vec<Mention>,
}

impl<'a, 'l> Linker<'a, 'l> {
    pub fn new(line: &'l Line<'a>, cx: &'l Context<'l>) -> Self {
        Self { line, cx, taken: vec![false; line.len()], mentions: Vec::new() }
    }

    fn add(
        &mut self,
        tokens: Range<usize>,
        actors: Vec<Actor>,
        kind: MentionKind,
        reason: String,
        confidence: f64,
    ) -> Option<&mut Mention> {
        if self.taken[tokens.clone()].iter().any(|t| *t) {
            return None;
        }
        self.taken[tokens.clone()].fill(true);
        let head = self.line.head_of(&tokens);
        self.mentions.push(Mention {
            sentence: self.line.index,
            tokens,
            head,
            actors,
            kind,
            role: None,
            reason,
            confidence,
        });
        self.mentions.last_mut()
    }

    /// Persons by name and office.
    pub fn people(&mut self, phrases: Vec<Phrase>, cast: &mut Cast, last_role: &mut Option<String>) {
        let mut open: Option<Group> = None;
        let (mut before, mut last): (_, Option<(Range<usize>, Actor)>) = (None, None);
        for mut phrase in phrases {
            if phrase.whose && !self.lent(&mut phrase, last.as_ref()) {
                continue;
            }
            if self.serves(&phrase) {
                // "X, Putin's spokesman," is X; else only the words know who he is
                let start = last.as_ref().map_or(0, |(tokens, _)| tokens.start);
                let near = |end: usize| self.line.low(end) == "," && end + 1 == start;
                let apposed = before.filter(|(tokens, _): &(Range<usize>, Actor)| near(tokens.end));
                if let Some((_, actor)) = apposed {
                    self.add(phrase.tokens, vec![actor], MentionKind::Description, "in apposition".to_owned(), 0.8);
                }
                before = None;
                continue;
            }
            if let Some(title) = phrase.title.as_mut()
                && self.cx.gazetteer.titles.is(&title.text, TitleWord::Mirror)
            {
                match last_role {
                    Some(role) if title.of.is_some() || phrase.name.is_some() => title.text.clone_from(role),
                    _ if phrase.name.is_none() => continue,
                    _ => {}
                }
            }
            if phrase.holders > 1 {
                open = Some(Group { tokens: phrase.tokens, actors: Vec::new(), left: phrase.holders });
                continue;
            }
            if let Some((tokens, actors)) = self.several(&phrase) {
                self.add(tokens, actors, MentionKind::Description, Mention::SEVERAL.to_owned(), 0.8);
                continue;
            }
            let kind = if phrase.name.is_some() { MentionKind::Name } else { MentionKind::Description };
            if let Some(found) = cast.resolve(self.line, &phrase, self.cx) {
                let role = role_of(&phrase, &found.actor, self.cx).filter(|_| !found.described);
                *last_role = role.as_ref().map(|r| r.title.clone()).or(last_role.take());
                self.close(&mut open, &found.actor);
                before = last.replace((phrase.tokens.clone(), found.actor.clone()));
                self.swallow(&phrase);
                if let Some(m) = self.add(phrase.tokens, vec![found.actor], kind, found.reason, found.confidence) {
                    m.role = role;
                }
            } else if let Some(title) = phrase.title
                && let Some(of) = title.of
                && phrase.name.is_none()
            {
                // of whom nobody says who he is: the body ("the Hezbollah leader"), and of an organ its state
                let state = |a: Actor| self.cx.gazetteer.state_of(&a);
                let states = std::iter::once(of).chain(title.more).map(state).collect();
                self.add(phrase.tokens, states, MentionKind::Description, "an office of the state".to_owned(), 0.6);
            }
        }
    }

    /// Whether the words name the servant of a person: "Putin's spokesman", of whom no table of offices tells.
    fn serves(&self, phrase: &Phrase) -> bool {
        let noun = phrase.title.as_ref().filter(|_| phrase.whose && phrase.name.is_none()).map(|t| last_word(&t.text));
        // but a national security adviser is one whom the tables know
        let known = |t: &Title| {
            let offices = &self.cx.gazetteer.offices;
            t.text.contains(' ') && t.of.as_ref().is_some_and(|s| offices.is_known(&self.cx.office(t, &s.id)))
        };
        noun.is_some_and(|n| self.cx.gazetteer.titles.is(n, TitleWord::Personal))
            && !phrase.title.as_ref().is_some_and(known)
    }

    /// Gives an office after a possessive to the state of the person who stands there.
    fn lent(&self, phrase: &mut Phrase, last: Option<&(Range<usize>, Actor)>) -> bool {
        let person = last.filter(|(tokens, _)| tokens.end + 1 == phrase.tokens.start).map(|(_, a)| a);
        let home = person.and_then(|a| self.cx.gazetteer.home(a)).cloned();
        if let (Some(title), Some(home)) = (&mut phrase.title, &home) {
            title.of = Some(home.clone());
        }
        home.is_some() || phrase.name.as_ref().is_some_and(|n| n.len() > 1)
    }

    /// A body inside a person's office is a part of it: "the envoy of the Iranian Foreign Ministry".
    fn swallow(&mut self, phrase: &Phrase) {
        let inside = |m: &Mention| within(&m.tokens, &phrase.tokens) && m.tokens != phrase.tokens;
        let taken = &mut self.taken;
        self.mentions.retain(|m| {
            let inside = inside(m) && m.actors.iter().all(|a| a.kind != EntityKind::Person);
            if inside {
                taken[m.tokens.clone()].fill(false);
            }
            !inside
        });
    }

    /// Counts a holder named after an office in the plural; after the last of them the office stands for them all.
    fn close(&mut self, open: &mut Option<Group>, actor: &Actor) {
        let Some(group) = open.as_mut() else { return };
        group.actors.push(actor.clone());
        if group.actors.len() == group.left
            && let Some(Group { tokens, actors, .. }) = open.take()
        {
            self.add(tokens, actors, MentionKind::Description, "the people named after it".to_owned(), 0.85);
        }
    }

    /// "the presidents of Russia, Kazakhstan and Armenia": the holders on the day of the report, if all are known.
    fn several(&self, phrase: &Phrase) -> Option<(Range<usize>, Vec<Actor>)> {
        let title = phrase.title.as_ref().filter(|t| t.plural && phrase.name.is_none())?;
        let day = self.cx.date?;
        let mut states: Vec<Actor> = title.of.iter().chain(&title.more).cloned().collect();
        let mut end = phrase.tokens.end;
        // "energy ministers from Iran, Saudi Arabia and Iraq"
        let high = self.cx.gazetteer.titles.is(last_word(&title.text), TitleWord::Top);
        let from = states.is_empty() && high && self.line.low(end) == "from";
        (from || !states.is_empty()).then_some(())?;
        loop {
            let mut at = end + usize::from(states.is_empty());
            while matches!(self.line.low(at), "," | "and" | "the") {
                at += 1;
            }
            match self
                .line
                .hit_from(at)
                .filter(|_| at > end && title.more.is_empty())
                .and_then(|h| Some((h.body()?.clone(), h.tokens.end)))
            {
                Some((state, stop)) if state.kind == EntityKind::State => {
                    states.push(state);
                    end = stop;
                }
                _ => break,
            }
        }
        let titles = &self.cx.gazetteer.titles;
        let holder =
            |s: &Actor| self.cx.gazetteer.offices.holder(&s.id, titles.canonical(&title.text, &s.id), day).cloned();
        let people: Option<Vec<Actor>> = states.iter().map(holder).collect();
        Some((phrase.tokens.start..end, people.filter(|p| p.len() > 1)?))
    }

    /// "Iranian officials", "the Turkish Foreign Ministry".
    pub fn bodies(&mut self, gazetteer: &Gazetteer) {
        let mut home = self.cx.home.clone();
        let mut near = None;
        let heads = &gazetteer.heads;
        for t in 0..self.line.len() {
            for body in heads.called(self.line, t, gazetteer) {
                self.add(body.tokens, vec![body.actor], MentionKind::Name, "called so by the text".to_owned(), 0.8);
            }
            let body = heads
                .listed(self.line, t, gazetteer)
                .or_else(|| heads.after_state(self.line, t, gazetteer))
                .or_else(|| heads.before_state(self.line, t, home.as_ref(), gazetteer))
                .or_else(|| heads.of_one_state(self.line, t, gazetteer))
                .or_else(|| heads.beside_government(self.line, t, near.as_ref(), gazetteer))
                .or_else(|| heads.abbreviated(self.line, t, gazetteer))
                .or_else(|| heads.lone(self.line, t, gazetteer));
            let Some(body) = body else { continue };
            // the noun may be part of a person's office: "Foreign Ministry spokesman Nasser Kanaani"
            let follows = body.tokens.end;
            let office = follows < self.line.len()
                && (gazetteer.titles.is(self.line.low(follows), TitleWord::Office)
                    || self.line.upos(follows) == Some(Upos::Propn) && body.actor.kind == EntityKind::State);
            if office || self.somebody(&body.tokens) {
                continue;
            }
            near = Some(&body.actor).filter(|a| a.kind == EntityKind::State).cloned().or(near);
            if body.actor.kind == EntityKind::Organ {
                home = gazetteer.home(&body.actor).cloned().or(home);
            }
            let kind = if body.actor.kind == EntityKind::Organ { MentionKind::Name } else { MentionKind::Description };
            let stateless = body.actor.country.is_none() && body.actor.kind != EntityKind::Igo;
            let actors = std::iter::once(body.actor).chain(body.more).collect();
            let reason = if stateless { "called so by the text" } else { "noun after a state" };
            self.add(body.tokens, actors, kind, reason.to_owned(), 0.85);
        }
    }

    /// "the Armenian official", "Armenia's senior diplomat": one person, perhaps named before.
    fn somebody(&self, tokens: &Range<usize>) -> bool {
        let (noun, the) = (tokens.end - 1, tokens.start > 0 && self.line.low(tokens.start - 1) == "the");
        // "Armenia's representative for trade" is another one
        let more = matches!(self.line.low(tokens.end), "for" | "to" | "at" | "in" | "on");
        let owned = tokens.clone().any(|t| self.line.possessive(t)) && !more;
        (the || owned)
            && self.line.sentence.tokens[noun].xpos == "NN"
            && self.cx.gazetteer.titles.is(self.line.low(noun), TitleWord::Office)
    }

    /// "the Obama administration": the state of the person.
    pub fn governments(&mut self) {
        let persons = self.mentions.iter().filter(|m| m.actors.len() == 1 && m.actors[0].kind == EntityKind::Person);
        let found = persons.filter_map(|m| {
            let noun = self.cx.gazetteer.heads.after_person(self.line, m.tokens.end)?;
            Some((noun, self.cx.gazetteer.home(&m.actors[0])?.clone()))
        });
        for (noun, state) in found.collect::<Vec<_>>() {
            self.add(noun, vec![state], MentionKind::Description, "government of a person".to_owned(), 0.8);
        }
    }

    /// Short forms in brackets after a body's name, and the places where they stand alone: "the IRCS".
    pub fn acronyms(&mut self, known: &mut FxHashMap<String, Actor>) {
        let body = |a: &Actor| !matches!(a.kind, EntityKind::Person | EntityKind::State | EntityKind::Territory);
        for m in self.mentions.iter().filter(|m| matches!(m.actors.as_slice(), [a] if a.kind != EntityKind::Person)) {
            let end = m.tokens.end + usize::from(self.line.possessive(m.tokens.end));
            let Some(short) = self.line.short_form(end) else { continue };
            let word = self.line.name(&short);
            let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
            // an acronym may be that of the name in another language
            let called = acronym && (m.kind == MentionKind::Name || body(&m.actors[0]))
                || body(&m.actors[0]) && shortens(&word, self.line.text(&m.tokens));
            if called && short.clone().all(|t| self.line.hit(t).is_none()) {
                known.insert(word, m.actors[0].clone());
            }
        }
        for t in 0..self.line.len() {
            let free = |end: &usize| *end <= self.line.len() && self.line.capital(t) && self.line.hit(t).is_none();
            let actor = (t + 1..t + 4)
                .rev()
                .filter(free)
                .find_map(|end| Some((end, known.get(&self.line.name(&(t..end)))?.clone())));
            if let Some((end, actor)) = actor {
                self.add(t..end, vec![actor], MentionKind::Name, "short form given before".to_owned(), 0.85);
            }
        }
    }

    /// What else the gazetteer names: states, organisations, adjectives, capitals.
    pub fn names(&mut self) {
        for hit in &self.line.hits {
            let own = hit
                .find(|n| n.actor.kind != EntityKind::Person && matches!(n.kind, NameKind::Own | NameKind::Adjective));
            let tokens = hit.tokens.clone();
            if let Some((token, actor)) = self.elliptical(hit) {
                self.add(
                    token..token + 1,
                    vec![actor],
                    MentionKind::Name,
                    "name, shared with the next".to_owned(),
                    0.9,
                );
            }
            if self.no_actor(hit) {
                continue;
            }
            let inner = self.modifier_only(&tokens);
            if let Some(actor) = inner.filter(|_| own.is_some_and(|n| n.actor.kind == EntityKind::Organ)) {
                self.add(tokens.start..tokens.start + 1, vec![actor], MentionKind::Adjective, "name".to_owned(), 0.9);
            } else if let Some(name) = own {
                let kind = if name.kind == NameKind::Own { MentionKind::Name } else { MentionKind::Adjective };
                self.add(tokens, vec![name.actor.clone()], kind, "name".to_owned(), 0.95);
            } else if let Some(name) = hit.find(|n| n.kind == NameKind::Seat) {
                let place = self.just_a_place(&tokens);
                let kind = if place { MentionKind::Place } else { MentionKind::Name };
                let reason = if place { "place" } else { "seat of government" };
                self.add(tokens, vec![name.actor.clone()], kind, reason.to_owned(), 0.85);
            } else if let Some(name) = hit.find(|n| n.kind == NameKind::Place).filter(|_| !self.addressed(&tokens)) {
                self.add(tokens, vec![name.actor.clone()], MentionKind::Place, "place".to_owned(), 0.9);
            }
        }
    }

    /// "North" in "North and South Ruritania": the first word of a name whose others stand once, in the name joined to it.
    fn elliptical(&self, hit: &Hit<'_>) -> Option<(usize, Actor)> {
        let line = self.line;
        let first = hit.tokens.start.checked_sub(2).filter(|&t| line.capital(t) && line.low(t + 1) == "and")?;
        let rest: Vec<&str> = (hit.tokens.start + 1..hit.tokens.end).map(|t| line.low(t)).collect();
        (!rest.is_empty() && line.hit(first).is_none()).then_some(())?;
        let name = format!("{} {}", line.low(first), rest.join(" "));
        let known = self.cx.gazetteer.names(&name).find(|n| n.kind == NameKind::Own && !n.capitals)?;
        (known.actor.kind != EntityKind::Person).then(|| (first, known.actor.clone()))
    }

    /// For "Russian military" in "Russian military support": the state of its adjective.
    fn modifier_only(&self, tokens: &Range<usize>) -> Option<Actor> {
        let head = self.line.head_of(tokens);
        let last = tokens.end - 1;
        let modifier = |t: usize| {
            matches!(self.line.graph.deprel(t), Deprel::Amod | Deprel::Compound)
                && self.line.graph.head(t).is_some_and(|h| h > last)
        };
        let state = self.cx.gazetteer.names(self.line.low(tokens.start)).find(|n| n.kind == NameKind::Adjective)?;
        (tokens.len() > 1 && modifier(head) && modifier(last)).then(|| state.actor.clone())
    }

    /// A city that names an event ("the Minsk process"), an address ("London-based") or an adjective ("nice"); a language.
    fn no_actor(&self, hit: &Hit<'_>) -> bool {
        let (line, end) = (self.line, hit.tokens.end);
        let words = &self.cx.gazetteer.references;
        let own = hit.is(NameKind::Own) || hit.is(NameKind::Adjective);
        if !own && (hit.body().is_none() || hit.is(NameKind::Seat)) {
            // "Moscow talks to Tehran" is no talks
            let said = line.upos(end) == Some(Upos::Verb) || line.graph.deprel(end - 1).is(Deprel::Nsubj);
            let event = words.is(line.low(end), Pointer::Event) && !said;
            let address = line.low(end) == "-" && words.is(line.low(end + 1), Pointer::Address);
            let common =
                hit.tokens.len() == 1 && matches!(line.upos(end - 1), Some(Upos::Adj | Upos::Intj | Upos::Verb));
            return event || address || common;
        }
        self.language(hit) || self.others(hit)
    }

    /// "He spoke in English": an adjective after "in" of which no noun follows.
    fn language(&self, hit: &Hit<'_>) -> bool {
        let (line, end) = (self.line, hit.tokens.end);
        let nominal = matches!(line.upos(end), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num));
        let modifies = line.graph.head(end - 1).is_some_and(|h| h >= end) || line.joins(end) || line.low(end) == "-";
        let after_in = hit.tokens.start > 0 && line.low(hit.tokens.start - 1) == "in";
        after_in && !nominal && !modifies && hit.is(NameKind::Adjective) && !hit.is(NameKind::Own)
    }

    /// A nationality of people and things that are not the state: "Syldavian refugees", "Irish Americans", "European energy",
    /// "US dollars"; a word that ends the name of a body that nobody knows: "the World Ruritanian Congress".
    fn others(&self, hit: &Hit<'_>) -> bool {
        let (line, end, start) = (self.line, hit.tokens.end, hit.tokens.start);
        let words = &self.cx.gazetteer.references;
        let body = hit.find(|n| n.kind != NameKind::Place).map(|n| n.actor.kind);
        let modifies = hit.is(NameKind::Adjective) || line.graph.head(end - 1) == Some(end);
        let second =
            line.hit_from(end).is_some_and(|h| h.is(NameKind::Adjective)) && words.is(line.low(end), Pointer::Second);
        let union = body == Some(EntityKind::Igo) && words.is(line.low(end), Pointer::Continent);
        if modifies && (words.is(line.low(end), Pointer::Private) || second || union) {
            return true;
        }
        let last = hit.tokens.len() == 1 && body == Some(EntityKind::Organ) && start > 0 && line.capital(start - 1);
        last && line.hit(start - 1).is_none()
            && line.upos(start - 1) == Some(Upos::Propn)
            && line.graph.head(start - 1) == Some(start)
            && !words.is(line.low(start - 1), Pointer::Day)
    }

    /// Whether an honorific stands before it: "Sheikh Sabah".
    fn addressed(&self, tokens: &Range<usize>) -> bool {
        let before = tokens.start.checked_sub(1).filter(|&t| self.line.capital(t));
        before
            .is_some_and(|t| self.cx.gazetteer.titles.is(self.line.low(t).trim_end_matches('.'), TitleWord::Honorific))
    }

    /// Whether a capital is meant as a place: after a locative preposition, or as the modifier of another noun.
    fn just_a_place(&self, tokens: &Range<usize>) -> bool {
        let graph = &self.line.graph;
        let mut head = self.line.head_of(tokens);
        while graph.deprel(head) == Deprel::Conj && graph.head(head).is_some_and(|h| self.line.hit(h).is_some()) {
            head = graph.head(head).unwrap_or(head);
        }
        let case = graph.case(head);
        let locative =
            matches!(case.as_deref(), Some("in" | "at" | "near" | "outside" | "around" | "into" | "through" | "via"));
        locative
            || matches!(graph.deprel(head), Deprel::Compound | Deprel::Appos | Deprel::Amod | Deprel::Flat)
            || (graph.deprel(head).is(Deprel::Root))
    }
}

fn within(a: &Range<usize>, b: &Range<usize>) -> bool {
    b.start <= a.start && a.end <= b.end
}
