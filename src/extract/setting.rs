//! When and where: the expression of time or place that belongs to a trigger's clause.

use super::certainty::Certainty;
use crate::model::{Deprel, Graph, Period, Upos};

/// Farther apart in the tree than this, a time says nothing of the deed.
const NEAR: usize = 6;

/// A time or place with the token that it hangs by.
pub struct Anchor<T> {
    pub token: usize,
    pub tokens: std::ops::Range<usize>,
    pub value: T,
}

/// A place by its usual name; on an island things happen "on" it.
pub struct Spot {
    pub name: String,
    pub island: bool,
}

/// The word that tells of a deed, whose time and place are sought.
pub struct Deed<'a> {
    pub graph: &'a Graph<'a>,
    pub trigger: usize,
    /// The deed is done by saying so, so that the day of saying is its day.
    pub verbal: bool,
    pub words: &'a Certainty,
}

/// How a time hangs on the word of a deed.
pub struct Hang {
    /// Steps through the tree; `None` if it stands in another clause below.
    pub distance: Option<usize>,
    pub background: Option<String>,
    pub epithet: bool,
    pub shared: bool,
}

impl Deed<'_> {
    /// How the time hangs on the trigger.
    pub fn hang(&self, a: &Anchor<Period>) -> Hang {
        let distance = self.distance(a.token);
        let (background, epithet, shared) = (self.background(a.token), self.epithet(a.token), self.shared(a.token));
        Hang { distance, background, epithet, shared }
    }

    /// The time nearest the trigger in the tree that stands in its clause or in one around it.
    pub fn time<'t>(&self, times: &'t [Anchor<Period>]) -> Option<&'t Anchor<Period>> {
        let noun = self.graph.token(self.trigger).upos != Upos::Verb;
        self.nearest(times, |a| match self.background(a.token).as_deref() {
            _ if self.epithet(a.token) || !self.shared(a.token) => NEAR + 1,
            None => 2 * usize::from(noun),
            // "met after a visit on Sunday": the same day, if no other is named
            Some("after") if a.value.first() == a.value.last() && self.journey(a.token) => 2,
            Some(_) => NEAR + 1,
        })
    }

    /// Whether it is told in the present tense: "we call on", "is designating", "would like to thank".
    pub fn now(&self) -> bool {
        let g = self.graph;
        let Some(verb) = g.up(self.trigger).find(|&t| g.token(t).xpos.starts_with("VB")) else { return false };
        let finite = |t: usize| matches!(g.token(t).xpos, "VBP" | "VBZ");
        let helped = |t: usize| {
            let mut aux = g.children(t).filter(|&c| g.deprel(c) == Deprel::Aux);
            aux.next().is_some_and(|c| finite(c) && g.lemma(c) == "be" || g.lemma(c) == "would" && g.lemma(t) == "like")
        };
        match g.token(verb).xpos {
            "VBP" | "VBZ" => true,
            "VBG" => helped(verb),
            "VB" => {
                helped(verb)
                    || g.head(verb).is_some_and(|h| g.deprel(verb) == Deprel::Xcomp && (finite(h) || helped(h)))
            }
            _ => false,
        }
    }

    /// The place nearest the trigger, if a preposition of place leads to it.
    pub fn place<'t>(&self, places: &'t [Anchor<Spot>]) -> Option<&'t Anchor<Spot>> {
        self.nearest(places, |a| {
            let token = self.named_after(a.token);
            let case = self.graph.case(token);
            let located = matches!(case.as_deref(), Some("in" | "at" | "near" | "outside"))
                || a.value.island && case.as_deref() == Some("on");
            let here = || self.circumstance(token) && self.shared(token) && !self.only_talked_of(token);
            if located && here() { 0 } else { NEAR + 1 }
        })
    }

    /// "Met in Klow on the war in Molvania", "in Klow he will discuss the war against Borduria": what is talked of, and the talk,
    /// are not in one place.
    fn only_talked_of(&self, token: usize) -> bool {
        let g = self.graph;
        let topic = |t: usize| t != token && topical(g, self.words, t);
        let below = g.up(token).take_while(|&t| !g.within(self.trigger, t)).any(topic);
        below || g.up(self.trigger).take_while(|&t| !g.within(token, t)).any(topic)
    }

    /// "The Syldavian city of Klow", "the capital, Klow": the noun that the name of the place stands with.
    fn named_after(&self, token: usize) -> usize {
        const SORTS: [&str; 9] =
            ["city", "town", "village", "capital", "port", "resort", "province", "region", "district"];
        let (g, rel) = (self.graph, self.graph.deprel(token));
        let beside = rel == Deprel::Appos || rel.is(Deprel::Nmod) && g.case(token).as_deref() == Some("of");
        g.head(token).filter(|&h| beside && SORTS.contains(&g.lemma(h))).unwrap_or(token)
    }

    /// The preposition that shows that the time only bounds or dates something else: "since the war began in 2011".
    fn background(&self, token: usize) -> Option<String> {
        let g = self.graph;
        let chain = g.up(token).take_while(|&t| !g.within(self.trigger, t));
        chain
            .filter_map(|t| g.case(t))
            .find(|c| matches!(c.as_str(), "since" | "before" | "after" | "until" | "despite" | "prior to"))
    }

    /// Whether the time is that of a visit or of other talks around the deed.
    fn journey(&self, token: usize) -> bool {
        let g = self.graph;
        g.up(token).take_while(|&t| !g.within(self.trigger, t)).any(|t| self.words.occasion(g.lemma(t)))
    }

    /// Whether the time is part of the name of something else: "the 2015 deal", "the January meeting".
    fn epithet(&self, token: usize) -> bool {
        let g = self.graph;
        let part = matches!(g.deprel(token), Deprel::Nummod | Deprel::Compound | Deprel::Amod);
        part && g
            .head(token)
            .is_some_and(|h| h != self.trigger && !self.words.occasion(g.lemma(h)) && !part_of_day(g.lemma(h)))
    }

    /// Whether what stands around the trigger's clause at the token's height tells of the deed too: not across the border of
    /// a relative clause, of one that tells what went before, or of what somebody says of it.
    fn shared(&self, token: usize) -> bool {
        let g = self.graph;
        let below = g.up(self.trigger).take_while(|&t| !g.within(token, t));
        for t in below {
            let head = g.head(t).filter(|&h| !self.verbal && g.token(h).upos == Upos::Verb).map(|h| g.lemma(h));
            let apart = match g.deprel(t) {
                Deprel::AclRelcl => true,
                Deprel::Acl => g.token(t).xpos != "VB",
                Deprel::Advcl => g.by(t, Deprel::Mark).any(|m| matches!(g.lemma(m), "after" | "before" | "since")),
                Deprel::Ccomp | Deprel::Parataxis => head.is_some_and(|h| self.words.says(h)),
                Deprel::Obj => head.is_some_and(|h| self.words.judges(h)),
                _ => false,
            };
            if apart {
                return false;
            }
        }
        true
    }

    /// Whether the place is where it happens, and not part of whom or what it befalls: "condemned crimes in Ukraine" was not
    /// said there.
    fn circumstance(&self, token: usize) -> bool {
        let g = self.graph;
        let path: Vec<usize> = g.up(token).take_while(|&t| !g.within(self.trigger, t)).collect();
        let Some(&top) = path.last() else { return false };
        // "discussed the situation in Ukraine": talked of, and not held there
        if path.iter().any(|&t| self.words.topic(g.lemma(t))) {
            return false;
        }
        let hangs = g.deprel(top).is(Deprel::Obl) || g.deprel(top).is(Deprel::Nmod) || g.deprel(top) == Deprel::Advmod;
        let speaking = g.deprel(top) == Deprel::Advcl && self.words.talk(g.lemma(top));
        path.len() == 1 || speaking || hangs && (!self.verbal || path.iter().any(|&t| self.words.occasion(g.lemma(t))))
    }

    fn nearest<'t, T>(&self, anchors: &'t [Anchor<T>], extra: impl Fn(&Anchor<T>) -> usize) -> Option<&'t Anchor<T>> {
        let scored = anchors.iter().filter_map(|a| Some((self.distance(a.token)? + extra(a), a)));
        let near = scored.filter(|(d, _)| *d <= NEAR);
        near.min_by_key(|(d, a)| (*d, a.tokens.start.abs_diff(self.trigger))).map(|(_, a)| a)
    }

    /// "At a conference to be held in May", "a visit scheduled for next year": the day of the occasion, told in a clause of its own.
    fn holding(&self, verb: usize) -> bool {
        let g = self.graph;
        let told = matches!(g.deprel(verb), Deprel::Acl | Deprel::AclRelcl);
        // the parser hangs it by the name that comes last: "a visit to Syldavia scheduled for May"
        let mut above = g.up(verb).skip(1);
        let noun = above.find(|&h| g.token(h).upos != Upos::Propn);
        told && self.words.holds(g.lemma(verb)) && noun.is_some_and(|h| self.words.occasion(g.lemma(h)))
    }

    /// Steps through the tree from the trigger to the token; `None` if the token stands in another clause below.
    fn distance(&self, token: usize) -> Option<usize> {
        let g = self.graph;
        let chain: Vec<usize> = g.up(self.trigger).collect();
        let mut crossed = false;
        for (down, t) in g.up(token).enumerate() {
            if let Some(up) = chain.iter().position(|&c| c == t) {
                return (!crossed).then_some(up + down);
            }
            // "the deal, known as the Plan, on May 8": nothing happens by the name; "speaking on Monday, he said": one act
            let name = g.deprel(t).is(Deprel::Acl) && self.words.names(g.lemma(t));
            let speaking = g.deprel(t) == Deprel::Advcl && g.token(t).xpos == "VBG" && self.words.talk(g.lemma(t));
            crossed |= g.predicate(t) && t != token && !name && !speaking && !self.holding(t);
        }
        None
    }
}

/// Whether a noun is what is talked of: "talks on the crisis", "regarding the war".
pub fn topical(g: &Graph<'_>, words: &Certainty, t: usize) -> bool {
    const TALKS: [&str; 6] = ["confer", "consult", "negotiate", "discussion", "negotiation", "consultation"];
    let talks =
        || g.head(t).map(|h| g.lemma(h)).is_some_and(|h| words.talk(h) || words.occasion(h) || TALKS.contains(&h));
    let asked = || g.head(t).is_some_and(|h| g.lemma(h) == "call");
    let about = match g.case(t).as_deref() {
        Some("about" | "regarding" | "regard" | "concerning" | "concern") => true,
        Some("on" | "over") => talks() && !asked(),
        _ => false,
    };
    about && g.token(t).upos == Upos::Noun && !words.occasion(g.lemma(t))
}

/// "Saturday morning" is a time like "Saturday".
fn part_of_day(lemma: &str) -> bool {
    matches!(lemma, "morning" | "afternoon" | "evening" | "night" | "noon" | "day")
}
