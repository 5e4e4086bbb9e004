//! Names to entities: who is meant by "Assad", "the Syrian president", "Damascus", "he", and when is "last Tuesday".
//!
//! Reads the tables of `data/gazetteer`; knows nothing of what the actors do.

mod bodies;
mod cast;
mod coref;
pub mod dates;
mod folds;
mod gazetteer;
mod line;
mod offices;
mod persons;
mod table;
mod titles;
mod words;

pub use folds::folds;
pub use gazetteer::{Gazetteer, Name, NameKind, Publisher};
pub use offices::{Offices, Term};
pub use words::{key, slug};

use cast::{Cast, Context, role_of};
use coref::{Known, Memory};
use line::Line;
use persons::{Phrase, phrases};
use titles::TitleWord;

use crate::model::{Actor, Deprel, Document, EntityKind, Links, Mention, MentionKind, Place, Upos};

/// Finds every mention of an actor in the document, with the times and places that it names. Linear in its length.
pub fn link(doc: &Document, gazetteer: &Gazetteer) -> Links {
    let printed = [doc.article.source.as_deref(), doc.article.url.as_deref()];
    let publisher = printed.into_iter().flatten().find_map(|s| gazetteer.publisher(s));
    let home = publisher.and_then(|p| gazetteer.actor(p.country.as_deref()?)).cloned();
    let cx = Context { gazetteer, date: doc.article.date, home };
    let lines: Vec<Line<'_>> = (0..doc.sentences.len()).map(|i| Line::new(doc, i, gazetteer)).collect();
    let found: Vec<Vec<Phrase>> = lines.iter().map(|l| phrases(l, gazetteer)).collect();
    let mut cast = introduce(&lines, &found, &cx);
    let we = cx.home.clone().filter(|_| publisher.is_some_and(|p| p.government));
    let mut memory = Memory::new(we);
    let mut out = Links::default();
    for (line, phrases) in lines.iter().zip(found) {
        let mut linker = Linker { line, cx: &cx, taken: vec![false; line.len()], mentions: Vec::new() };
        linker.bodies(gazetteer);
        linker.people(phrases, &mut cast);
        linker.names();
        let woman = |a: &Actor| cast.woman(a);
        let home = |a: &Actor| gazetteer.home(a).cloned();
        memory.resolve(line, &mut linker.mentions, &Known { woman: &woman, home: &home });
        out.homes.extend(
            linker.mentions.iter().flat_map(|m| &m.actors).filter_map(|a| Some((a.country.clone()?, home(a)?))),
        );
        out.mentions.append(&mut linker.mentions);
        out.times.extend(dates::times(line, cx.date));
        out.places.extend(places(line));
    }
    out
}

/// The first look: full names make the cast, so that a headline's short name finds its person.
fn introduce(lines: &[Line<'_>], found: &[Vec<Phrase>], cx: &Context<'_>) -> Cast {
    let mut cast = Cast::default();
    for (line, phrases) in lines.iter().zip(found) {
        for p in phrases.iter().filter(|p| p.name.as_ref().is_some_and(|n| n.len() > 1)) {
            cast.resolve(line, p, cx);
        }
    }
    cast
}

struct Linker<'a, 'l> {
    line: &'l Line<'a>,
    cx: &'l Context<'l>,
    taken: Vec<bool>,
    mentions: Vec<Mention>,
}

impl Linker<'_, '_> {
    fn add(
        &mut self,
        tokens: std::ops::Range<usize>,
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

    fn people(&mut self, phrases: Vec<Phrase>, cast: &mut Cast) {
        let mut last_role: Option<String> = None;
        for mut phrase in phrases {
            if let Some(title) = phrase.title.as_mut()
                && self.cx.gazetteer.titles.is(&title.text, TitleWord::Mirror)
                && let Some(role) = &last_role
            {
                title.text.clone_from(role);
            }
            if let Some((tokens, actors)) = self.several(&phrase) {
                self.add(tokens, actors, MentionKind::Description, "offices of several states".to_owned(), 0.8);
                continue;
            }
            let kind = if phrase.name.is_some() { MentionKind::Name } else { MentionKind::Description };
            if let Some(found) = cast.resolve(self.line, &phrase, self.cx) {
                let role = role_of(&phrase, &found.actor, self.cx);
                last_role = role.as_ref().map(|r| r.title.clone()).or(last_role);
                if let Some(m) = self.add(phrase.tokens, vec![found.actor], kind, found.reason, found.confidence) {
                    m.role = role;
                }
            } else if let Some(title) = phrase.title
                && let Some(of) = title.of
                && phrase.name.is_none()
            {
                let state = self.cx.gazetteer.home(&of).cloned().unwrap_or(of);
                self.add(
                    phrase.tokens,
                    vec![state],
                    MentionKind::Description,
                    "an office of the state".to_owned(),
                    0.6,
                );
            }
        }
    }

    /// "the presidents of Russia, Kazakhstan and Armenia": the holders on the day of the report, if all are known.
    fn several(&self, phrase: &Phrase) -> Option<(std::ops::Range<usize>, Vec<Actor>)> {
        let title = phrase.title.as_ref().filter(|t| t.plural && phrase.name.is_none())?;
        let (first, day) = (title.of.clone()?, self.cx.date?);
        let (mut states, mut end) = (vec![first], phrase.tokens.end);
        loop {
            let mut at = end;
            while matches!(self.line.low(at), "," | "and" | "the") {
                at += 1;
            }
            match self.line.hit_from(at).filter(|_| at > end).and_then(|h| Some((h.body()?.clone(), h.tokens.end))) {
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
    fn bodies(&mut self, gazetteer: &Gazetteer) {
        let mut home = self.cx.home.clone();
        let heads = &gazetteer.heads;
        for t in 0..self.line.len() {
            let body = heads
                .after_state(self.line, t, gazetteer)
                .or_else(|| heads.before_state(self.line, t, home.as_ref(), gazetteer));
            let Some(body) = body else { continue };
            // the noun may be part of a person's office: "Foreign Ministry spokesman Nasser Kanaani"
            let follows = body.tokens.end;
            let office = follows < self.line.len()
                && (gazetteer.titles.is(self.line.low(follows), TitleWord::Office)
                    || self.line.upos(follows) == Some(Upos::Propn) && body.actor.kind == EntityKind::State);
            if office {
                continue;
            }
            if body.actor.kind == EntityKind::Organ {
                home = gazetteer.home(&body.actor).cloned().or(home);
            }
            let kind = if body.actor.kind == EntityKind::Organ { MentionKind::Name } else { MentionKind::Description };
            self.add(body.tokens, vec![body.actor], kind, "noun after a state".to_owned(), 0.85);
        }
    }

    /// What else the gazetteer names: states, organisations, adjectives, capitals.
    fn names(&mut self) {
        for hit in &self.line.hits {
            let own = hit
                .find(|n| n.actor.kind != EntityKind::Person && matches!(n.kind, NameKind::Own | NameKind::Adjective));
            let tokens = hit.tokens.clone();
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
            } else if let Some(name) = hit.find(|n| n.kind == NameKind::Place) {
                self.add(tokens, vec![name.actor.clone()], MentionKind::Place, "place".to_owned(), 0.9);
            }
        }
    }

    /// For "Russian military" in "Russian military support": the state of its adjective.
    fn modifier_only(&self, tokens: &std::ops::Range<usize>) -> Option<Actor> {
        let head = self.line.head_of(tokens);
        let last = tokens.end - 1;
        let modifier = |t: usize| {
            matches!(self.line.graph.deprel(t), Deprel::Amod | Deprel::Compound)
                && self.line.graph.head(t).is_some_and(|h| h > last)
        };
        let first = self.cx.gazetteer.names(self.line.low(tokens.start));
        let state = first.iter().find(|n| n.kind == NameKind::Adjective)?;
        (tokens.len() > 1 && modifier(head) && modifier(last)).then(|| state.actor.clone())
    }

    /// Whether a capital is meant as a place: after a locative preposition, or as the modifier of another noun.
    fn just_a_place(&self, tokens: &std::ops::Range<usize>) -> bool {
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

/// Cities and countries that the sentence names, wherever they stand.
fn places(line: &Line<'_>) -> Vec<Place> {
    let mut out = Vec::new();
    for hit in &line.hits {
        let name = match hit.find(|n| n.actor.kind != EntityKind::Person && n.kind != NameKind::Adjective) {
            Some(n) if matches!(n.kind, NameKind::Seat | NameKind::Place) => line.text(&hit.tokens).to_owned(),
            Some(n) if matches!(n.actor.kind, EntityKind::State | EntityKind::Territory) => n.actor.name.clone(),
            _ => continue,
        };
        out.push(Place { sentence: line.index, tokens: hit.tokens.clone(), name });
    }
    out
}
