//! First persons: "I" and "we" stand for whoever speaks - in a quotation, in a transcript, in a government's own paper.

use super::coref::{add_free, country_of, mention};
use super::line::Line;
use super::memory::{Known, Memory, Seen, distinct};
use super::references::{Pointer, References};
use super::talk::Quotes;
use super::words::key;
use crate::model::{Actor, Deprel, EntityKind, Field, Label, Mention, MentionKind, Upos};

/// Follows who speaks through the document.
pub struct Speech<'a> {
    words: &'a References,
    /// The publisher's government, that "we" and "our" stand for outside of quotations.
    publisher: Option<Actor>,
    /// The one who speaks outside of quotations in a paper of his own: "I offer congratulations".
    house: Option<Actor>,
    /// The two who talk in a transcript.
    talkers: Vec<Actor>,
    /// The two of a talk, whoever has the floor first.
    voices: Vec<Actor>,
    /// How many sentences the headline has.
    headline: usize,
    /// The speaker of the quotation that was read last.
    speaker: Option<Actor>,
    /// The speaker of a transcript, named before a colon.
    floor: Option<Actor>,
    /// Who answers the questions of a transcript.
    host: Option<Actor>,
    /// Whether somebody without a name has the floor: "QUESTION: ...".
    asked: bool,
    /// Whether more than one has the floor: each keeps it until the next label.
    transcript: bool,
    quotes: Quotes,
}

impl<'a> Speech<'a> {
    pub fn new(words: &'a References, publisher: Option<Actor>, house: Option<Actor>) -> Self {
        Self {
            words,
            publisher,
            host: house.clone(),
            house,
            talkers: Vec::new(),
            voices: Vec::new(),
            headline: 0,
            speaker: None,
            floor: None,
            asked: false,
            transcript: false,
            quotes: Quotes::default(),
        }
    }

    /// Whoever the site speaks for answers questions only if the transcript gives him the floor.
    pub fn answers(&mut self, lines: &[Line<'_>]) {
        let labels: Vec<_> = lines.iter().filter_map(|l| Some((l, Label::of(l.doc, l.index)?))).collect();
        self.transcript = labels.len() > 1;
        self.headline = lines.iter().take_while(|l| l.sentence.field == Field::Title).count();
        let Some(host) = &self.host else { return };
        let name = key(&host.name);
        let family = name.rsplit(' ').next().unwrap_or_default();
        if !labels.into_iter().any(|(l, label)| { label.name }.any(|t| l.low(t) == family)) {
            self.host = None;
        }
    }

    /// The people named in the headline meet the one for whom the site speaks.
    pub fn guests(&mut self, house: &Actor, mentions: &[Mention]) {
        let people = mentions.iter().flat_map(|m| &m.actors).filter(|a| a.kind == EntityKind::Person);
        self.talkers = distinct(std::iter::once(house.clone()).chain(people.cloned()));
    }

    /// Two people whom the labels name, if nobody else has the floor.
    pub fn voices(&mut self, voices: &[Option<Actor>]) {
        let named = distinct(voices.iter().flatten().cloned());
        if named.len() == 2 && voices.iter().all(Option::is_some) {
            self.voices = named;
        }
    }

    /// To whom the speaker talks, if only one can be meant: whoever else has the floor, though others were talked about.
    fn hearer(&self, speaker: &Actor) -> Option<&Actor> {
        let talkers = if self.voices.is_empty() { &self.talkers } else { &self.voices };
        match talkers.as_slice() {
            [a, b] if a == speaker => Some(b),
            [a, b] if b == speaker => Some(a),
            _ => None,
        }
    }

    /// Adds the first persons of a sentence, whose other mentions are known.
    pub fn resolve(&mut self, line: &Line<'_>, mentions: &mut Vec<Mention>, known: &Known<'_>, memory: &Memory) {
        let (quoted, fresh) = self.quotes.read(line);
        if fresh {
            self.asked &= self.transcript;
            self.take_floor(line, mentions);
        }
        if let Some(speaker) = self.told(line, mentions, &quoted) {
            self.speaker = Some(speaker);
        } else if !quoted.iter().any(|q| *q) || self.somebody_says(line, &quoted) {
            self.speaker = None;
        }
        let mut added = Vec::new();
        for (t, &quoted) in quoted.iter().enumerate() {
            let Some(pointer) = self.words.pronoun(line.low(t)) else { continue };
            // "(i) to report", "a copper mine"
            let noun = matches!(line.upos(t), Some(Upos::Noun | Upos::Propn | Upos::Num));
            if pointer == Pointer::Speaker && (line.word(t) == "i" || noun && line.word(t) != "I") {
                continue;
            }
            if mentions.iter().any(|m| m.tokens.contains(&t)) || numeral(line, t, mentions) {
                continue;
            }
            let own = self.house.as_ref().filter(|_| pointer == Pointer::Speaker);
            let voice = if quoted { self.speaker.as_ref() } else { self.floor.as_ref().or(own) };
            let actors = match (pointer, voice) {
                (Pointer::Hearer, _) if !quoted && self.floor.is_none() && !self.asked => {
                    match self.reader(memory, known) {
                        Some(reader) => vec![reader],
                        None => continue,
                    }
                }
                (Pointer::Hearer, Some(voice)) if !quoted => match self.hearer(voice) {
                    Some(hearer) => vec![hearer.clone()],
                    None => continue,
                },
                (Pointer::Hearer, None) if !quoted && self.asked => match &self.host {
                    Some(host) => vec![host.clone()],
                    None => continue,
                },
                (Pointer::Speaker, Some(voice)) if voice.kind == EntityKind::Person => vec![voice.clone()],
                (Pointer::Speakers, Some(voice))
                    if (known.home)(voice).is_some() || voice.kind != EntityKind::Person =>
                {
                    self.we(line, t, voice, known, memory)
                }
                (Pointer::Speakers, None) if !quoted && !self.asked => match &self.publisher {
                    Some(publisher) => self.we(line, t, publisher, known, memory),
                    None => continue,
                },
                _ => continue,
            };
            added.push(mention(line, t..t + 1, actors, MentionKind::Pronoun, "whoever speaks", 0.7));
        }
        added.extend(self.addressed(line, &quoted));
        let countries: Vec<Mention> = added.iter().filter_map(|m| country_of(line, m, self.words, known)).collect();
        add_free(mentions, added);
        add_free(mentions, countries);
    }

    /// To whom a government's own message is: the only foreign person whom it names, else the only foreign state; the headline
    /// names one of the two.
    fn reader(&self, memory: &Memory, known: &Known<'_>) -> Option<Actor> {
        let home = self.publisher.as_ref().filter(|_| !self.transcript)?;
        let foreign = |s: &&Seen| (known.home)(&s.actor).is_some_and(|h| h.kind == EntityKind::State && h != *home);
        let states = distinct(memory.all.iter().filter(foreign).filter_map(|s| (known.home)(&s.actor)));
        let [state] = states.as_slice() else { return None };
        memory.all.iter().filter(foreign).find(|s| s.sentence < self.headline)?;
        let people = distinct(
            memory.all.iter().filter(foreign).filter(|s| s.actor.kind == EntityKind::Person).map(|s| s.actor.clone()),
        );
        match people.as_slice() {
            [] => Some(state.clone()),
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// "Mr President": the one to whom the speaker talks.
    fn addressed(&self, line: &Line<'_>, quoted: &[bool]) -> Option<Mention> {
        let hearer = self.floor.as_ref().and_then(|f| self.hearer(f))?;
        let office = |t: usize| self.words.is(line.low(t + 1), Pointer::Addressed) && line.capital(t + 1);
        let t = (0..line.len()).find(|&t| !quoted[t] && self.words.is(line.low(t), Pointer::Vocative) && office(t))?;
        let end = t + 2 + usize::from(self.words.is(line.low(t + 2), Pointer::Addressed));
        Some(mention(line, t..end, vec![hearer.clone()], MentionKind::Description, "whoever is addressed", 0.7))
    }

    /// The speaker's state, and the other one if what they share is named: "our joint efforts", "our two countries".
    fn we(&self, line: &Line<'_>, t: usize, voice: &Actor, known: &Known<'_>, memory: &Memory) -> Vec<Actor> {
        let home = (known.home)(voice).unwrap_or_else(|| voice.clone());
        let shared = (t + 1..t + 4).any(|n| self.words.is(line.low(n), Pointer::Shared));
        let hearer = self.floor.as_ref().filter(|f| *f == voice).and_then(|f| self.hearer(f));
        if let Some(other) = hearer.and_then(|h| (known.home)(h)).filter(|o| shared && *o != home) {
            return vec![home, other];
        }
        let near = memory.all.iter().filter(|s| s.sentence + 3 >= line.index);
        let mut others =
            near.filter_map(|s| (known.home)(&s.actor)).filter(|s| s.kind == EntityKind::State && *s != home);
        let Some(other) = others.next().filter(|_| shared) else { return vec![home] };
        let alone = others.all(|s| s == other);
        if alone { vec![home, other] } else { vec![home] }
    }

    /// "VLADIMIR PUTIN: ..." gives somebody the floor; "QUESTION:" takes it.
    fn take_floor(&mut self, line: &Line<'_>, mentions: &[Mention]) {
        let Some(label) = Label::of(line.doc, line.index) else { return };
        let person = label.person(mentions.iter()).map(|m| m.actors[0].clone());
        // "The United States and Syldavia: Partners for Peace" heads a paper and gives nobody the floor
        if person.is_none() && line.sentence.field == Field::Title {
            return;
        }
        self.house = None;
        self.floor = person;
        self.asked = self.floor.is_none() && self.words.is(line.low(label.name.start), Pointer::Question);
        self.talkers = distinct(self.talkers.iter().chain(&self.floor).cloned());
    }

    /// Whether somebody whom nobody knows speaks the quotation.
    fn somebody_says(&self, line: &Line<'_>, quoted: &[bool]) -> bool {
        (0..line.len()).any(|t| {
            let verb = line.graph.head(t).filter(|_| !quoted[t] && line.graph.deprel(t) == Deprel::Nsubj);
            verb.is_some_and(|v| !quoted[v] && self.words.is(line.graph.lemma(v), Pointer::Say))
        })
    }

    /// The subject outside of the quotation, a verb of speech's before any other.
    fn told(&self, line: &Line<'_>, mentions: &[Mention], quoted: &[bool]) -> Option<Actor> {
        let subject = |m: &&Mention| {
            !quoted[m.head]
                && m.actors.len() == 1
                && !matches!(m.kind, MentionKind::Place | MentionKind::Adjective)
                && line.graph.deprel(m.head) == Deprel::Nsubj
                && line.graph.head(m.head).is_some_and(|v| self.words.is(line.graph.lemma(v), Pointer::Say))
        };
        quoted.iter().any(|q| *q).then_some(())?;
        mentions.iter().find(subject).map(|m| m.actors[0].clone())
    }
}

/// "Bartholomew I received them": a number after the name of a person.
fn numeral(line: &Line<'_>, t: usize, mentions: &[Mention]) -> bool {
    let first = |a: &Actor| a.kind == EntityKind::Person && a.name.split(' ').any(|w| w == "I");
    line.word(t) == "I" && mentions.iter().any(|m| m.tokens.end == t && m.actors.iter().all(first))
}
