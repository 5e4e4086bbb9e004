//! Walks the paths of a rule over the sentence graph and finds the actors at their ends.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::context::Context;
use super::rules::{Path, Pos, Step, Test};
use crate::error::{Error, Result};
use crate::model::{Actor, Deprel, EntityKind, Graph, Mention, MentionKind, Upos};

/// Words that a walk minds: `data/rules/light.txt` and `possessed.tsv`.
#[derive(Debug, Default)]
pub struct Words {
    /// Verbs that carry a noun.
    pub light: FxHashSet<String>,
    /// Nouns of somebody else than the one whose name stands beside them.
    pub others: FxHashSet<String>,
    /// Nouns of those who act for the state of the one named beside them.
    pub arms: FxHashSet<String>,
}

impl Words {
    /// Reads `possessed.tsv`: a noun and `other` or `arm` a line.
    ///
    /// # Errors
    /// A line says something else.
    pub fn add_possessed(&mut self, name: &str, text: &str) -> Result<()> {
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            match line.split_once('\t') {
                Some((noun, "other")) => self.others.insert(noun.to_owned()),
                Some((noun, "arm")) => self.arms.insert(noun.to_owned()),
                _ => {
                    return Err(Error::new("a line is a noun, a tab, and other or arm").at(format!("{name}:{}", n + 1)));
                }
            };
        }
        Ok(())
    }
}

/// A sentence with its mentions by token.
pub struct Scene<'a> {
    pub graph: Graph<'a>,
    mentions: Vec<&'a Mention>,
    at: Vec<Option<usize>>,
    words: &'a Words,
    homes: &'a BTreeMap<String, Actor>,
    pub context: Option<Context<'a>>,
}

/// An actor at the end of a path.
#[derive(Debug, Clone)]
pub struct Filler<'a> {
    pub actor: Actor,
    pub mention: &'a Mention,
}

impl Filler<'_> {
    /// Whether the words are "they", "both sides": a guess at who stands together.
    pub fn is_group(&self) -> bool {
        self.mention.actors.len() > 1 && matches!(self.mention.kind, MentionKind::Pronoun | MentionKind::Description)
    }
}

/// What a path may end in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Want<'c> {
    /// A city may stand for its state.
    pub places: bool,
    /// Inside a phrase, actors of this country do not count.
    pub foreign_to: Option<&'c str>,
}

const DEPTH: usize = 3;

impl<'a> Scene<'a> {
    /// `homes` are the states by their codes.
    pub fn new(
        graph: Graph<'a>,
        mentions: Vec<&'a Mention>,
        words: &'a Words,
        homes: &'a BTreeMap<String, Actor>,
    ) -> Self {
        let mut at = vec![None; graph.sentence.tokens.len()];
        for (i, m) in mentions.iter().enumerate() {
            at[m.tokens.clone()].fill(Some(i));
        }
        Self { graph, mentions, at, words, homes, context: None }
    }

    /// Every mention of the sentence.
    pub fn all(&self) -> impl Iterator<Item = &'a Mention> + '_ {
        self.mentions.iter().copied()
    }

    /// The mention that covers the token.
    pub fn mention(&self, t: usize) -> Option<&'a Mention> {
        self.at[t].map(|i| self.mentions[i])
    }

    /// The verb that carries a noun: "held" for "talks" in "held talks" and "talks were held".
    pub fn carrier(&self, noun: usize) -> Option<usize> {
        let rel = self.graph.deprel(noun);
        let noun = if rel == Deprel::Conj { self.graph.head(noun)? } else { noun };
        let verb = self.graph.head(noun)?;
        let object = matches!(self.graph.deprel(noun), Deprel::Obj | Deprel::NsubjPass);
        (object && self.is_light(verb)).then_some(verb)
    }

    /// Whether the verb only carries the noun that goes with it: "hold", "take" (place).
    pub fn is_light(&self, verb: usize) -> bool {
        self.words.light.contains(self.graph.lemma(verb))
    }

    /// The words that a path leads to.
    pub fn walk(&self, from: usize, pos: Pos, path: &Path) -> Vec<usize> {
        let mut here = vec![from];
        for step in path.0.iter().filter(|s| **s != Step::Inside) {
            let first = here == [from];
            here = here.iter().flat_map(|&t| self.step(t, step, if first { pos } else { self.pos(t) })).collect();
        }
        here
    }

    fn pos(&self, t: usize) -> Pos {
        if self.graph.token(t).upos == Upos::Verb { Pos::Verb } else { Pos::Noun }
    }

    fn step(&self, t: usize, step: &Step, pos: Pos) -> Vec<usize> {
        let g = &self.graph;
        match step {
            Step::Subj if pos == Pos::Noun => self.noun_subject(t),
            Step::Subj => g.subjects(t),
            Step::Obj => g.objects(t),
            Step::Iobj => g.by(t, Deprel::Iobj).collect(),
            Step::Poss => g.by(t, Deprel::NmodPoss).collect(),
            Step::Mod => g
                .children(t)
                .filter(|&c| {
                    matches!(
                        g.deprel(c),
                        Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodUnmarked | Deprel::NmodDesc
                    ) && c < t
                        && g.case(c).is_none()
                })
                .collect(),
            Step::Appos => g.by(t, Deprel::Appos).collect(),
            Step::Comp => g
                .children(t)
                .filter(|&c| {
                    matches!(g.deprel(c), Deprel::Ccomp | Deprel::Xcomp | Deprel::Acl)
                        || (matches!(g.deprel(c), Deprel::Advcl | Deprel::Csubj) && c > t)
                })
                .collect(),
            Step::Carrier => self.carrier(t).into_iter().collect(),
            Step::Clause => g.clause(t).map(|v| g.subjects(v)).unwrap_or_default(),
            Step::Head => g.head(t).into_iter().collect(),
            Step::Child(rel) => g.by(t, *rel).collect(),
            Step::Above => g.up(t).skip(1).collect(),
            Step::Inside
            | Step::Speaker
            | Step::House
            | Step::Counterpart
            | Step::Doer
            | Step::Undergoer
            | Step::Parties
            | Step::Meeting => vec![t],
            Step::Any => {
                let (_, high) = g.extent(t);
                // not who does something else in a relative clause
                let aside = |d: usize| g.up(d).take_while(|&u| u != t).any(|u| g.deprel(u) == Deprel::AclRelcl);
                (t + 1..=high)
                    .filter(|&d| self.mention(d).is_some_and(|m| m.tokens.start == d) && g.within(d, t) && !aside(d))
                    .collect()
            }
            Step::Deep(p) => {
                let (low, high) = g.extent(t);
                (low..=high).filter(|&d| d != t && g.case(d).as_deref() == Some(p) && g.within(d, t)).collect()
            }
            Step::Prep(p) => {
                let mut out: Vec<_> = g.preps(t, p).collect();
                if pos == Pos::Noun {
                    out.extend(
                        self.carrier(t).into_iter().flat_map(|v| g.preps(v, p).filter(|&o| o > t).collect::<Vec<_>>()),
                    );
                } else if out.is_empty() {
                    // "met Raisi with Amir" is seldom; "signed a deal with Iran" hangs the phrase on the noun
                    out.extend(
                        g.objects(t).into_iter().filter(|&o| o > t).flat_map(|o| g.preps(o, p).collect::<Vec<_>>()),
                    );
                }
                out
            }
        }
    }

    /// Who a noun is told of: the subject of the verb that carries it, of its copula, or the word it stands beside.
    fn noun_subject(&self, t: usize) -> Vec<usize> {
        let g = &self.graph;
        match self.carrier(t) {
            Some(verb) => g.subjects(verb),
            None if g.has(t, Deprel::Cop) => g.subjects(t),
            None if g.deprel(t) == Deprel::Appos => g.head(t).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The actors that a path finds, in the order of the text, nobody twice.
    pub fn fill(&self, from: usize, pos: Pos, path: &Path, want: Want<'_>) -> Vec<Filler<'a>> {
        match path.0.as_slice() {
            [Step::Speaker] => return self.context.map(|c| c.speaker(self, from).0).unwrap_or_default(),
            [Step::House] => return self.context.map(|c| c.host(self, from)).unwrap_or_default(),
            [Step::Meeting] => return self.context.map(|c| c.meeting()).unwrap_or_default(),
            [Step::Counterpart] => {
                return self.context.zip(want.foreign_to).map(|(c, home)| c.counterparts(home)).unwrap_or_default();
            }
            [.., side @ (Step::Doer | Step::Undergoer | Step::Parties)] => return self.pointed(from, pos, path, side),
            [.., Step::Any] => return self.first_foreign(from, pos, path, want),
            _ => {}
        }
        let inside = path.0.last() == Some(&Step::Inside);
        let mut out: Vec<Filler<'a>> = Vec::new();
        for end in self.walk(from, pos, path) {
            let named = self.named_among(end);
            for t in if named.is_empty() { self.members(end) } else { named } {
                let mut found = self.actors(t, from, want.places);
                if found.is_empty() && inside {
                    found = self.inside(t, from, DEPTH, want.foreign_to);
                }
                for f in found {
                    match out.iter_mut().find(|o| o.actor == f.actor) {
                        // "his Greek and Cypriot counterparts, A and B": by their names rather than among the group
                        Some(known) if known.is_group() && !f.is_group() => *known = f,
                        Some(_) => {}
                        None => out.push(f),
                    }
                }
            }
        }
        out
    }

    fn pointed(&self, from: usize, pos: Pos, path: &Path, side: &Step) -> Vec<Filler<'a>> {
        let Some(context) = self.context else { return Vec::new() };
        let nouns = self.walk(from, pos, path).into_iter().flat_map(|t| self.graph.conjuncts(t));
        nouns.map(|t| context.pointed(self, t, side)).find(|f| !f.is_empty()).unwrap_or_default()
    }

    fn first_foreign(&self, from: usize, pos: Pos, path: &Path, want: Want<'_>) -> Vec<Filler<'a>> {
        let foreign = |f: &Filler<'_>| want.foreign_to.is_none() || f.actor.country.as_deref() != want.foreign_to;
        let found = |t: usize| -> Vec<Filler<'a>> {
            self.members(t).into_iter().flat_map(|m| self.actors(m, from, want.places)).filter(&foreign).collect()
        };
        self.walk(from, pos, path).into_iter().map(found).find(|f| !f.is_empty()).unwrap_or_default()
    }

    /// Those who are named of a body of people: "officials including Salehi and Zarif".
    fn named_among(&self, t: usize) -> Vec<usize> {
        if self.mention(t).is_some_and(|m| m.kind == MentionKind::Name) {
            return Vec::new();
        }
        let among =
            |c: &usize| matches!(self.graph.case(*c).as_deref(), Some("include" | "including" | "such as" | "among"));
        let named = self.graph.children(t).filter(among).filter(|&c| c > t);
        named.flat_map(|c| self.graph.conjuncts(c)).filter(|&c| self.mention(c).is_some()).collect()
    }

    /// The word with those conjoined to it, also to a word inside its mention: "the envoys of Iran, Russia and Turkey".
    fn members(&self, t: usize) -> Vec<usize> {
        let mut out = self.graph.conjuncts(t);
        for inner in self.mention(t).map(|m| m.tokens.clone()).unwrap_or_default() {
            let outside = |c: &usize| !out.contains(c) && self.mention(*c).is_some_and(|m| !m.tokens.contains(&inner));
            let more: Vec<usize> = self.graph.conjuncts(inner).into_iter().filter(outside).collect();
            out.extend(more);
        }
        // "US-Russia talks", "the Iran-Iraq war"
        let mut start = self.mention(t).map_or(t, |m| m.tokens.start);
        while start >= 2 && matches!(self.graph.lemma(start - 1), "-" | "–") && self.mention(start - 2).is_some() {
            let before = start - 2;
            start = self.mention(before).map_or(before, |m| m.tokens.start);
            if !out.contains(&before) {
                out.insert(0, before);
            }
        }
        // "the Spanish and Belgian ambassadors"
        if self.mention(t).is_some_and(|m| m.kind == MentionKind::Description) {
            let more: Vec<usize> =
                self.step(t, &Step::Mod, Pos::Noun).into_iter().filter(|m| !out.contains(m)).collect();
            out.splice(
                0..0,
                more.into_iter().filter(|&m| self.mention(m).is_some_and(|x| x.kind == MentionKind::Adjective)),
            );
        }
        out
    }

    /// Whom the mention at the word names, seen from the word `from`.
    fn actors(&self, t: usize, from: usize, places: bool) -> Vec<Filler<'a>> {
        let Some(mention) = self.mention(t).filter(|m| places || m.kind != MentionKind::Place) else {
            return Vec::new();
        };
        if self.aside(mention, from) {
            return Vec::new();
        }
        let named: Vec<_> = mention.actors.iter().map(|a| self.acting(Filler { actor: a.clone(), mention })).collect();
        let group = named.first().is_some_and(Filler::is_group);
        let met = self.context.filter(|_| group).map(|c| c.participants(&named)).unwrap_or_default();
        if met.len() > 1 { met } else { named }
    }

    /// Whether the mention of a person only tells whose daughter or ally another is, unless it is that noun from which one looks.
    /// (NATO's allies are NATO.)
    pub fn aside(&self, mention: &Mention, from: usize) -> bool {
        let other = |n: usize| n != from && self.words.others.contains(self.graph.lemma(n));
        mention.actors.iter().all(|a| a.kind == EntityKind::Person) && self.possessed(mention).is_some_and(other)
    }

    /// The state of a person whose forces are spoken of: "X's forces" are not X.
    pub fn acting(&self, filler: Filler<'a>) -> Filler<'a> {
        let armed = |m: &Mention| self.possessed(m).is_some_and(|n| self.words.arms.contains(self.graph.lemma(n)));
        let home = self.homes.get(filler.actor.country.as_deref().unwrap_or_default());
        match home.filter(|_| filler.actor.kind == EntityKind::Person && armed(filler.mention)) {
            Some(home) => Filler { actor: home.clone(), ..filler },
            None => filler,
        }
    }

    /// The noun of which the mention tells whose it is: "the daughter of X", "X's forces", "a U.S. ally".
    fn possessed(&self, mention: &Mention) -> Option<usize> {
        let g = &self.graph;
        let t = g.first_conjunct(mention.head);
        let whose = match g.deprel(t) {
            Deprel::NmodPoss | Deprel::Compound => true,
            Deprel::Nmod => matches!(g.case(t).as_deref(), Some("of" | "to")),
            _ => false,
        };
        g.head(t).filter(|&n| whose && self.mention(n).is_none())
    }

    /// The actor who owns, does or is described in the phrase of a noun that is no actor itself.
    fn inside(&self, t: usize, from: usize, left: usize, foreign_to: Option<&str>) -> Vec<Filler<'a>> {
        if left == 0 {
            return Vec::new();
        }
        const INNER: [Step; 3] = [Step::Poss, Step::Mod, Step::Appos];
        const PREPS: [&str; 7] = ["by", "of", "from", "in", "against", "on", "to"];
        let steps = INNER.into_iter().chain(PREPS.into_iter().map(|p| Step::Prep(p.to_owned())));
        for step in steps {
            for next in self.step(t, &step, Pos::Noun).into_iter().filter(|&n| self.graph.within(n, t)) {
                let mut found: Vec<_> =
                    self.graph.conjuncts(next).into_iter().flat_map(|c| self.actors(c, from, false)).collect();
                found.retain(|f| foreign_to.is_none() || f.actor.country.as_deref() != foreign_to);
                if found.is_empty() {
                    found = self.inside(next, from, left - 1, foreign_to);
                }
                if !found.is_empty() {
                    return found;
                }
            }
        }
        // "companies based in Iran", "groups backed by Iran"
        let participles = self.graph.by(t, Deprel::Acl).filter(|&c| self.graph.token(c).xpos == "VBN");
        let phrases = participles.flat_map(|c| ["in", "by"].into_iter().flat_map(move |p| self.graph.preps(c, p)));
        let actors = |n: usize| self.graph.conjuncts(n).into_iter().flat_map(|c| self.actors(c, from, false)).collect();
        phrases.map(actors).find(|f: &Vec<Filler<'a>>| !f.is_empty()).unwrap_or_default()
    }

    pub fn holds(&self, from: usize, pos: Pos, test: &Test) -> bool {
        let ends = self.walk(from, pos, &test.path);
        if test.lemmas.is_empty() {
            return !ends.is_empty();
        }
        ends.into_iter()
            .flat_map(|e| self.graph.conjuncts(e))
            .any(|e| test.lemmas.iter().any(|l| l.eq_ignore_ascii_case(self.graph.lemma(e))))
    }
}
