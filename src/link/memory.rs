//! Who was mentioned so far, for words that point back.

use super::line::Line;
use super::references::{Pointer, References};
use super::talk::Quotes;
use crate::model::{Actor, Deprel, EntityKind, Mention, MentionKind, Upos};

/// How many sentences a group of people or states stays in mind.
const LASTING: usize = 6;

/// An actor that was mentioned.
#[derive(Clone)]
pub struct Seen {
    pub actor: Actor,
    pub subject: bool,
    /// Whether it is a woman, where that is known.
    pub woman: Option<bool>,
    /// Its clause only says which one something is: "the crisis that Russia caused".
    pub aside: bool,
    /// Only an adjective or a place: a description may take it up, a pronoun does not.
    pub weak: bool,
    /// It only says whose or of which something is: "Putin's forces", "an account of his meeting with Kim".
    pub owner: bool,
    /// The noun of words that are a government: "the Syldavian government".
    pub governs: Option<String>,
    /// It stands in a quotation.
    pub quoted: bool,
    /// The same for all members of a coordination ("Russia and China").
    pub coordination: usize,
    /// Index of its sentence.
    pub sentence: usize,
    /// Its first token.
    pub token: usize,
    /// The token after its last.
    pub end: usize,
}

/// What the cast knows of an actor.
pub struct Known<'a> {
    pub woman: &'a dyn Fn(&Actor) -> Option<bool>,
    /// Its state or organisation.
    pub home: &'a dyn Fn(&Actor) -> Option<Actor>,
}

/// A group named in one sentence.
#[derive(Default, Clone)]
struct Group {
    actors: Vec<Actor>,
    sentence: usize,
}

/// What the sentences so far leave to refer to.
#[derive(Default)]
pub struct Memory {
    /// The last sentence with a mention.
    pub before: Vec<Seen>,
    /// Everything, in order.
    pub all: Vec<Seen>,
    /// Subjects of the sentence before that are no actors, and might be meant as well.
    pub strangers: Vec<Stranger>,
    /// Which words stand in quotations.
    pub quotes: Quotes,
    /// Who said something last; ask [`Memory::talker`] whether he goes on.
    pub talker: Option<Talker>,
    people: Group,
    states: Group,
}

/// Who said something last, outside of quotations.
pub struct Talker {
    /// `None` for somebody whom nobody knows, and for bodies.
    pub person: Option<Actor>,
    /// Index of the sentence in which he did.
    pub sentence: usize,
}

/// A noun or name that is no actor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stranger {
    pub token: usize,
    pub name: bool,
    pub plural: bool,
    pub subject: bool,
}

impl Memory {
    /// Takes in the mentions of a sentence that has been resolved.
    pub fn advance(&mut self, here: Vec<Seen>, strangers: Vec<Stranger>, index: usize, known: &Known<'_>) {
        self.strangers = strangers;
        let people = group(&here, |s| s.actor.kind == EntityKind::Person && !s.owner);
        if people.len() > 1 {
            self.people = Group { actors: people, sentence: index };
        }
        let states = group(&here, |s| s.actor.kind == EntityKind::State && !s.weak);
        let homes = || distinct(self.people.actors.iter().filter_map(|a| (known.home)(a)));
        if states.len() > 1 {
            self.states = Group { actors: states, sentence: index };
        } else if self.people.sentence == index && self.people.actors.len() > 1 {
            self.states = Group { actors: homes(), sentence: index };
        }
        self.all.extend(here.iter().cloned());
        if here.iter().any(|s| !s.weak) {
            self.before = here;
        }
    }

    /// A headline of a site that speaks for one person: those whom it names meet that person, though it leaves him out.
    pub fn host(&mut self, host: &Actor, index: usize, known: &Known<'_>) {
        let guests = group(&self.before, |s| s.actor.kind == EntityKind::Person && s.sentence == index);
        if guests.is_empty() || guests.iter().any(|a| a.country == host.country) {
            return;
        }
        let actors: Vec<Actor> = std::iter::once(host.clone()).chain(guests).collect();
        self.states = Group { actors: distinct(actors.iter().filter_map(|a| (known.home)(a))), sentence: index };
        self.people = Group { actors, sentence: index };
    }

    /// Who goes on speaking in that sentence, if somebody spoke not long ago and nobody else has acted since.
    pub fn talker(&self, index: usize) -> Option<&Talker> {
        let talker = self.talker.as_ref().filter(|k| k.sentence < index && index <= k.sentence + LASTING)?;
        let acts = |s: &Seen| s.subject && !s.quoted && s.actor.kind == EntityKind::Person;
        let other = |s: &Seen| s.sentence > talker.sentence && acts(s) && Some(&s.actor) != talker.person.as_ref();
        let later = self.all.iter().rev().take_while(|s| s.sentence > talker.sentence);
        (!{ later }.any(other)).then_some(talker)
    }

    /// The people of several states who were named together last.
    pub fn people(&self, index: usize) -> &[Actor] {
        fresh(&self.people, index)
    }

    /// The states that were named together last.
    pub fn states(&self, index: usize) -> &[Actor] {
        fresh(&self.states, index)
    }
}

/// A group, if it was named not long ago.
fn fresh(group: &Group, index: usize) -> &[Actor] {
    if index <= group.sentence + LASTING { &group.actors } else { &[] }
}

/// The actors of different states in a sentence; none if they are too many to be one group.
pub fn group(here: &[Seen], fits: impl Fn(&Seen) -> bool) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for s in here.iter().filter(|s| fits(s)) {
        if s.actor.country.is_some() && out.iter().all(|a| a.country != s.actor.country) {
            out.push(s.actor.clone());
        }
    }
    if out.len() > 6 { Vec::new() } else { out }
}

/// Each actor once, in order.
pub fn distinct(actors: impl Iterator<Item = Actor>) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for a in actors {
        if !out.contains(&a) {
            out.push(a);
        }
    }
    out
}

/// The nouns and names of a sentence that no mention covers: subjects and objects only.
pub fn strangers(line: &Line<'_>, taken: impl Fn(usize) -> bool) -> Vec<Stranger> {
    let mut out = Vec::new();
    for (t, token) in line.sentence.tokens.iter().enumerate() {
        let subject = token.deprel.is(Deprel::Nsubj);
        let noun = matches!(token.upos, Upos::Noun | Upos::Propn);
        if noun && (subject || token.deprel == Deprel::Obj) && !taken(t) {
            out.push(Stranger {
                token: t,
                name: token.upos == Upos::Propn,
                plural: token.xpos.ends_with('S'),
                subject,
            });
        }
    }
    out
}

/// Whether a noun hangs on what somebody else has, itself a part of something: "an account of his meeting with Kim".
fn deep(line: &Line<'_>, root: usize) -> bool {
    let g = &line.graph;
    let nominal = |t: usize| g.deprel(t) == Deprel::Nmod;
    nominal(root) && g.head(root).is_some_and(|h| nominal(h) && g.by(h, Deprel::NmodPoss).next().is_some())
}

/// What a mention leaves in mind.
pub fn seen(line: &Line<'_>, m: &Mention, quoted: &[bool], words: &References, known: &Known<'_>) -> Vec<Seen> {
    let weak = m.kind == MentionKind::Place || m.kind == MentionKind::Adjective;
    let mut root = m.head;
    while line.graph.deprel(root) == Deprel::Conj
        && let Some(head) = line.graph.head(root)
    {
        root = head;
    }
    let subject = !weak && line.graph.deprel(root).is(Deprel::Nsubj);
    let aside = subject && line.graph.up(root).any(|u| line.graph.deprel(u).is(Deprel::Acl));
    let seen = |a: &Actor| Seen {
        actor: a.clone(),
        subject,
        aside,
        woman: (known.woman)(a),
        weak,
        owner: matches!(line.graph.deprel(root), Deprel::NmodPoss | Deprel::Compound | Deprel::Amod)
            || deep(line, root),
        quoted: quoted[m.head],
        governs: Some(line.low(m.tokens.end - 1)).filter(|n| words.is(n, Pointer::Own)).map(str::to_owned),
        coordination: root,
        sentence: line.index,
        token: m.tokens.start,
        end: m.tokens.end,
    };
    m.actors.iter().map(seen).collect()
}
