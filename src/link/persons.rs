//! Phrases that stand for a person: offices ("the Syrian president"), names ("Ebrahim Raisi"), and the two together
//! ("Iranian Foreign Minister Mohammad Javad Zarif", "Dennis Hastert, Speaker of the House").

use std::ops::Range;

use super::gazetteer::{Gazetteer, Name, NameKind};
use super::line::Line;
use super::references::Pointer;
use super::roles::last_word;
use super::title::Title;
use super::titles::TitleWord;
use crate::model::{Actor, Deprel, EntityKind, Upos};

/// So many words an office's field may have.
const FIELD: usize = 16;

/// A phrase for a person, before it is known who that is.
#[derive(Debug, Clone, Default)]
pub struct Phrase {
    pub tokens: Range<usize>,
    /// The name's tokens; `None` for an office alone.
    pub name: Option<Range<usize>>,
    pub title: Option<Title>,
    pub woman: bool,
    /// The state in brackets after the name: "Marta Quill (France)".
    pub of: Option<Actor>,
    /// The state of the person named just before: "President Karimov and Foreign Minister Kamilov".
    pub beside: Option<Actor>,
    /// The office is that of whoever stands before it: "Biden's special envoy".
    pub whose: bool,
    /// "Mr", "Sheikh" stands before the name.
    pub honorific: bool,
    /// Only "Mr", "Dr" does, which says nothing of where the person is from.
    pub civil: bool,
    /// What the person is called from here on: "Marta Elena Quill (Elena)".
    pub alias: Option<Range<usize>>,
    /// Whom the text tells elsewhere.
    pub actor: Option<Actor>,
    /// The office goes on with words that say whose it is, and that nobody knows: "the president of the fishermen".
    pub open: bool,
    /// For an office in the plural, how many of the phrases that follow name its holders.
    pub holders: usize,
}

/// All phrases of a sentence that stand for persons, from left to right, none overlapping.
pub fn phrases(line: &Line<'_>, gazetteer: &Gazetteer) -> Vec<Phrase> {
    let finder = Finder { line, gazetteer };
    let mut out = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match finder.phrase(at) {
            Some(phrase) => {
                at = phrase.tokens.end;
                let list = finder.list(&phrase);
                at = list.last().map_or(at, |p| p.tokens.end);
                out.push(Phrase { holders: if phrase.name.is_none() { list.len() } else { 0 }, ..phrase });
                out.extend(list);
            }
            None => at += 1,
        }
    }
    out
}

pub(super) struct Finder<'a, 'l> {
    pub(super) line: &'l Line<'a>,
    pub(super) gazetteer: &'a Gazetteer,
}

impl Finder<'_, '_> {
    fn phrase(&self, at: usize) -> Option<Phrase> {
        let start = if self.determiner(at) { at + 1 } else { at };
        if let Some(title) = self.title(start) {
            let of = title.of.clone().or_else(|| self.shared_owner(&title));
            let (title, whose) = self.possessed(at, Title { of, ..title })?;
            let mut phrase = Phrase { whose, ..self.titled(at, title) };
            phrase.open = phrase.name.is_none() && self.goes_on(phrase.title.as_ref());
            // "Mr President" addresses somebody, "a candidate for president" names an office and nobody
            let alone = at > 0 && phrase.name.is_none();
            let addressed = alone && self.word_is(at - 1, TitleWord::Honorific);
            let sought = alone && self.sought(at, phrase.title.as_ref());
            // "French nationals" are nobody; "the French national Marta Quill" is she, and a matter of France, too
            let sort =
                phrase.title.as_ref().is_some_and(|t| self.gazetteer.titles.is(last_word(&t.text), TitleWord::Sort));
            let nobody = sort && phrase.name.is_none() && self.list(&phrase).is_empty();
            if let Some(name) = phrase.name.as_ref().filter(|_| sort) {
                phrase.tokens.start = name.start;
            }
            return Some(phrase).filter(|_| !addressed && !sought && !nobody);
        }
        if start != at {
            return None;
        }
        self.named(at)
    }

    /// "the President and Prime Minister of Syldavia": the state that follows the second office is that of both.
    fn shared_owner(&self, title: &Title) -> Option<Actor> {
        let and = title.tokens.end;
        (self.line.low(and) == "and").then_some(())?;
        let start = and + 1 + usize::from(self.determiner(and + 1));
        let next = self.title(start).filter(|t| t.plural == title.plural && self.owner(start).is_none())?;
        next.of.filter(|_| self.known_or_run(next.tokens.end).is_none())
    }

    /// Whether the words are about an office and not its holder: "for president", "his election as Prime Minister of Syldavia",
    /// but not "took office as".
    fn sought(&self, at: usize, title: Option<&Title>) -> bool {
        let (g, prep) = (&self.line.graph, self.line.low(at - 1));
        let owned = |noun: usize| g.children(noun).any(|c| matches!(g.deprel(c), Deprel::Det | Deprel::NmodPoss));
        let choice = prep == "as" && at > 1 && self.line.upos(at - 2) == Some(Upos::Noun) && owned(at - 2);
        // "thanks for Leader of the Revolution": the one and only
        let unique = |t: &Title| t.capital && self.gazetteer.titles.is_unique(&t.text);
        let bare = |t: &Title| !t.plural && t.tokens.start == at && (t.of.is_none() && !unique(t) || choice);
        title.is_some_and(bare) && !self.determiner(at) && (choice || matches!(prep, "for" | "as"))
    }

    /// Whether what follows an office without an owner says whose it is: "the adviser to the bishop", but not "of the country".
    fn goes_on(&self, title: Option<&Title>) -> bool {
        let Some(title) = title.filter(|t| t.of.is_none() && !t.plural) else { return false };
        let (end, last) = (title.tokens.end, title.tokens.end - 1);
        let joins = self.line.low(end) == "of" || self.line.low(end) == "to" && self.word_is(last, TitleWord::Sent);
        let country = (end + 1..end + 4).any(|t| self.word_is(t, TitleWord::Country));
        // "told the president of the plan" is of no plan's president
        let g = &self.line.graph;
        let own = (end + 1..self.line.len().min(end + 9))
            .any(|t| g.deprel(t).is(Deprel::Nmod) && g.head(t).is_some_and(|h| title.tokens.contains(&h)));
        let told = g
            .head(self.line.head_of(&title.tokens))
            .is_some_and(|v| self.gazetteer.references.is(g.lemma(v), Pointer::Inform));
        joins && own && !country && !told
    }

    /// The short form in brackets after a name: "(Elena)", "(“Elena”)".
    fn alias(&self, at: usize) -> Option<Range<usize>> {
        let words = self.line.short_form(at)?;
        words.clone().all(|t| self.line.hit(t).is_none_or(|h| h.body().is_none())).then_some(words)
    }

    /// An office right after a possessive is that of a person's state; that of "the country's" is of the state named last;
    /// else it is nobody's that we know.
    fn possessed(&self, at: usize, title: Title) -> Option<(Title, bool)> {
        if at < 2 || title.of.is_some() || !self.line.possessive(at - 1) {
            return Some((title, false));
        }
        if self.line.capital(at - 2) {
            return Some((title, true));
        }
        let country = self.word_is(at - 2, TitleWord::Country);
        let mut states = self.line.hits.iter().filter(|h| h.tokens.end < at).filter_map(|h| h.body());
        let of = states.rfind(|a| a.kind == EntityKind::State).filter(|_| country)?.clone();
        Some((Title { of: Some(of), ..title }, false))
    }

    pub(super) fn determiner(&self, t: usize) -> bool {
        self.word_is(t, TitleWord::Determiner)
    }

    /// An office with the name that follows it, if one does.
    fn titled(&self, start: usize, title: Title) -> Phrase {
        let mut at = self.after_bracket(title.tokens.end);
        let mut phrase =
            Phrase { tokens: start..title.tokens.end, woman: self.woman(&title.tokens), ..Phrase::default() };
        if title.plural && matches!(self.line.low(at), "," | "—" | "–" | "-" | ":") {
            phrase.title = Some(title);
            return phrase;
        }
        if self.line.low(at) == ","
            && (start < title.tokens.start || title.of.is_some())
            && self.known_or_run(self.honorifics(at + 1).end).is_some()
        {
            let (name, known) = self.known_or_run(self.honorifics(at + 1).end).unwrap_or_default();
            // "the president, Ebrahim Raisi, ...": the name is known, or closed by a comma or the sentence's end
            let closed = matches!(self.line.low(name.end), "," | "." | "") || self.line.len() == name.end;
            if closed && !known || known && self.may_hold(&title, &name) {
                phrase.tokens.end = name.end;
                phrase.name = Some(name);
            }
        } else {
            let honorifics = self.honorifics(self.second_title(at));
            at = honorifics.end;
            let named = self.known_or_run(at).map(|(name, _)| name).or_else(|| self.beyond_field(title.tokens.end));
            if let Some(name) = self.with_office(&title).or(named) {
                phrase.woman |= self.woman(&honorifics);
                phrase.tokens.end = name.end;
                phrase.name = Some(name);
            }
        }
        phrase.alias = phrase.name.as_ref().and_then(|n| self.alias(n.end));
        let realm = phrase.name.as_ref().and_then(|n| self.realm(&title, n.end));
        let of = realm.as_ref().map(|(state, _)| state.clone()).or(title.of.clone());
        phrase.tokens.end = realm.map_or(phrase.tokens.end, |(_, end)| end);
        phrase.title = Some(Title { of, ..title });
        phrase
    }

    /// The people who are named after an office in the plural: "his Greek and French counterparts, A and B",
    /// "Senate leaders - A, B and C", "Presidents A and B". Each has the office; with as many states as names, each his own.
    fn list(&self, phrase: &Phrase) -> Vec<Phrase> {
        let Some(title) = phrase.title.as_ref().filter(|t| t.plural) else { return Vec::new() };
        let mut at = phrase.tokens.end;
        let mut out: Vec<Phrase> = Vec::new();
        loop {
            let first = out.is_empty() && phrase.name.is_none();
            let mut start = at;
            while matches!(self.line.low(start), "," | "and")
                || first && matches!(self.line.low(start), "—" | "–" | "-" | "--" | ":")
            {
                start += 1;
            }
            let honorifics = self.honorifics(start);
            match self.known_or_run(honorifics.end).filter(|_| start > at || first) {
                Some((name, _)) => {
                    at = name.end;
                    let title = Some(Title { more: Vec::new(), plural: false, ..title.clone() });
                    let woman = self.woman(&honorifics);
                    out.push(Phrase { tokens: start..at, name: Some(name), title, woman, ..Phrase::default() });
                }
                None => break,
            }
        }
        let mut states: Vec<_> = title.of.iter().chain(&title.more).cloned().collect();
        states.dedup_by(|a, b| a.country == b.country);
        if states.len() == out.len() {
            for (phrase, state) in out.iter_mut().zip(states) {
                phrase.title.iter_mut().for_each(|t| t.of = Some(state.clone()));
            }
        } else if states.len() > 1 {
            return Vec::new();
        }
        out
    }

    /// A name with an honorific before it or an office after it.
    fn named(&self, at: usize) -> Option<Phrase> {
        let honorifics = self.honorifics(at);
        let (name, _) = self.known_or_run(honorifics.end).filter(|(name, _)| !self.bears(name.end))?;
        let mut phrase = Phrase {
            tokens: at..name.end,
            honorific: !honorifics.is_empty(),
            civil: honorifics.clone().all(|t| self.word_is(t, TitleWord::Civil)),
            woman: self.woman(&honorifics),
            ..Phrase::default()
        };
        let after = name.end;
        if self.line.low(after) == "," {
            let start = after + 1 + usize::from(self.determiner(after + 1));
            // "Quill, the president's aide," is no president
            let own = |t: &Title| !self.capital_after(t) && !self.line.possessive(t.tokens.end);
            if let Some(mut title) = self.title(start).filter(|t| own(t) && self.describes(t, &name)) {
                phrase.tokens.end = title.tokens.end;
                // "A and B, the Syldavian and Bordurian presidents": the last of them is of the last state
                title.of = std::mem::take(&mut title.more).pop().or(title.of);
                phrase.title = Some(title);
            }
        }
        phrase.of = self.bracketed(after);
        phrase.alias = self.alias(after);
        phrase.name = Some(name);
        Some(phrase)
    }

    /// The end of a second title before the name: "Cabinet Secretary for Foreign Affairs Ambassador Raychelle Omamo".
    fn second_title(&self, at: usize) -> usize {
        let second = self.title(at).filter(|t| t.of.is_none() && self.line.capital(at) && !t.plural);
        let named = second.filter(|t| self.known_or_run(t.tokens.end).is_some());
        named.map_or(at, |t| t.tokens.end)
    }

    /// The name behind a field that no table knows: "Ambassador at Large for International Religious Freedom Rashad Hussain".
    fn beyond_field(&self, at: usize) -> Option<Range<usize>> {
        let joins =
            |t: usize| matches!(self.line.low(t), "of" | "for" | "at" | "on" | "in" | "and" | "&" | "," | "the" | "-");
        let opens = matches!(self.line.low(at), "of" | "for" | "at" | "on" | "and");
        let end = (at..self.line.len().min(at + FIELD)).find(|&t| !(joins(t) || self.line.capital(t)))?;
        let person = |t: usize| {
            let known = self.line.hit_from(t).is_some_and(|h| h.tokens.len() > 1 && h.people().next().is_some());
            let given = self.gazetteer.given(self.line.low(t)) && self.line.hit(t).is_none();
            known || given && t + 1 < end && self.line.capital(t + 1)
        };
        let start = (at + 1..end).find(|&t| !joins(t) && !joins(t - 1) && person(t)).filter(|_| opens)?;
        // "the Syldavian minister for Arab affairs and UN Special Envoy Marta Quill": what follows "and" is another's office
        let other = |t: usize| self.line.low(t - 1) == "and" && self.owner(t).is_some() && self.title(t).is_some();
        if (at + 1..start).any(other) {
            return None;
        }
        self.known_or_run(start).map(|(name, _)| name)
    }

    /// A name of the tables that has the office in it: "Patriarch Pavle", "the Patriarch of Constantinople".
    fn with_office(&self, title: &Title) -> Option<Range<usize>> {
        let name = self.line.hit(title.tokens.end - 1).filter(|h| h.people().next().is_some())?.tokens.clone();
        let goes_on = self.name_word(name.end) || self.particle(name.end);
        let whole = name.len() > 1 && name.end >= title.tokens.end && name.start >= title.tokens.start && !goes_on;
        (whole && self.office_word(name.start) && self.may_hold(title, &name)).then_some(name)
    }

    /// "Prince Albert of Monaco": the state after the name of somebody who is called by the first name, and the end.
    fn realm(&self, title: &Title, end: usize) -> Option<(Actor, usize)> {
        let first = title.of.is_none() && self.gazetteer.titles.is(last_word(&title.text), TitleWord::Royal);
        let hit = self.line.hit_from(end + 1).filter(|_| first && self.line.low(end) == "of")?;
        let home = |n: &Name| n.kind != NameKind::Adjective && matches!(n.actor.kind, EntityKind::State);
        let home = hit.find(home).filter(|_| !self.line.possessive(hit.tokens.end))?;
        Some((home.actor.clone(), hit.tokens.end))
    }

    /// What follows a short form in brackets: "the Trade Promotion Organization (TPO)".
    fn after_bracket(&self, at: usize) -> usize {
        let short = self.line.low(at) == "(" && self.line.low(at + 2) == ")" && self.line.capital(at + 1);
        if short { at + 3 } else { at }
    }

    /// Whether one of that name can hold an office of that state: in "the Austrian President, Vladimir Putin" none can.
    fn may_hold(&self, title: &Title, name: &Range<usize>) -> bool {
        let Some(state) = title.of.as_ref().filter(|a| a.kind == EntityKind::State) else { return true };
        let people: Vec<_> = self.line.hit_from(name.start).into_iter().flat_map(|h| h.people()).collect();
        people.is_empty() || people.iter().any(|a| a.country.is_none() || a.country == state.country)
    }

    /// The state in brackets that begin at the token.
    fn bracketed(&self, at: usize) -> Option<Actor> {
        let hit = self.line.hit_from(at + 1 + usize::from(self.line.low(at + 1) == "the"))?;
        let closed = self.line.low(at) == "(" && self.line.low(hit.tokens.end) == ")";
        let home = |n: &Name| n.kind == NameKind::Own && matches!(n.actor.kind, EntityKind::State | EntityKind::Igo);
        hit.find(home).filter(|_| closed).map(|n| n.actor.clone())
    }

    /// Whether the office hangs on the name in the tree: else it begins another phrase.
    fn describes(&self, title: &Title, name: &Range<usize>) -> bool {
        let head = self.line.head_of(&title.tokens);
        let closed = matches!(self.line.low(title.tokens.end), "," | ".") && name.len() > 1;
        let written = closed && self.line.capital(title.tokens.start) && title.tokens.len() > 1;
        written || self.line.graph.up(head).skip(1).take(2).any(|t| name.contains(&t))
    }

    /// Whether a name follows the office at once: then the office is that other person's.
    fn capital_after(&self, title: &Title) -> bool {
        self.line.capital(title.tokens.end) && self.line.upos(title.tokens.end) == Some(Upos::Propn)
    }

    pub(super) fn honorifics(&self, at: usize) -> Range<usize> {
        let mut end = at;
        let honorific = |t: usize| self.gazetteer.titles.is(&self.bare(t), TitleWord::Honorific);
        while self.line.capital(end) && honorific(end) && !self.hyphened(end) {
            end += 1;
        }
        // a lone "General" before a comma or at the end is no honorific
        at..if self.line.upos(end) == Some(Upos::Propn) { end } else { at }
    }

    fn woman(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|t| self.gazetteer.titles.woman(&self.bare(t)))
    }

    fn bare(&self, t: usize) -> String {
        self.line.low(t).trim_end_matches('.').to_owned()
    }

    pub(super) fn word_is(&self, t: usize, class: TitleWord) -> bool {
        t < self.line.len() && self.gazetteer.titles.is(&self.bare(t), class)
    }

    pub(super) fn office_word(&self, t: usize) -> bool {
        let titles = &self.gazetteer.titles;
        let many = titles.singular(self.line.low(t));
        let sort = self.word_is(t, TitleWord::Sort) || many.is_some_and(|one| titles.is(one, TitleWord::Sort));
        let office = if sort { !self.line.capital(t) } else { self.word_is(t, TitleWord::Office) || many.is_some() };
        // "at 11 p.m."
        let clock = t > 0 && self.line.word(t - 1).starts_with(|c: char| c.is_ascii_digit());
        office && !clock && !self.family_begins(t) && !self.hyphened(t)
    }

    /// Whether the word is half of a first name: "Amir-Hossein Quill" is no emir.
    fn hyphened(&self, t: usize) -> bool {
        let half = t + 2;
        let joined = self.line.low(t + 1) == "-" && self.line.capital(t) && self.line.capital(half);
        joined && self.gazetteer.given(self.line.low(half)) && !self.word_is(half, TitleWord::Office)
    }

    /// Whether a family name of two words begins here: "Amir Abdollahian" is no emir.
    fn family_begins(&self, t: usize) -> bool {
        let next = t + 1 + usize::from(self.line.low(t + 1) == "-");
        let capitals = self.line.capital(t) && self.line.capital(next);
        capitals && self.gazetteer.family(&format!("{} {}", self.line.low(t), self.line.low(next))).next().is_some()
    }
}
