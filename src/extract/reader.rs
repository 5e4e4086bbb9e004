//! Reads one sentence: where rules fit, whom they find, what the clause makes of it, and how far it can be trusted.

use std::collections::BTreeMap;
use std::ops::Range;

use super::certainty::{Stance, clause::conditioned};
use super::context::Told;
use super::engine::RuleExtractor;
use super::judge::features::{Seen, Verdict, features};
use super::judge::{Candidate, Origin, Party};
use super::propose::{Pairs, doubted, joined};
use super::rules::{Rule, Sides};
use super::setting::{self, Anchor, Spot};
use super::speech::{anonymous, voucher};
use super::walk::{Filler, Scene, Want};
use crate::model::{
    Actor, Claim, Deprel, Document, EntityKind, Evidence, Fact, Mention, MentionKind, Period, Relation, Status, Upos,
};

/// One sentence with its actors, times and places, and what surrounds it.
pub struct Reader<'a> {
    pub rules: &'a RuleExtractor,
    pub doc: &'a Document,
    pub index: usize,
    pub scene: Scene<'a>,
    pub times: Vec<Anchor<Period>>,
    pub places: Vec<Anchor<Spot>>,
    pub homes: &'a BTreeMap<String, Actor>,
}

/// What a sentence tells.
pub struct Telling {
    /// The facts, each with its word.
    pub facts: Vec<(Fact, usize)>,
    /// The ids of those of whom it may well tell something, though not clearly enough what.
    pub near: Vec<String>,
}

impl<'a> Reader<'a> {
    /// What the sentence tells: what rules find, unless it weighs too little, and what the network finds alone.
    pub fn telling(&self) -> Telling {
        let mut out = Vec::new();
        let pairs = self.rules.network.as_ref().and_then(|n| Pairs::new(self, n));
        self.each(|c, mut stance, features| {
            let read = pairs.as_ref().and_then(|p| p.chance(&c));
            let judged = self.rules.weights().map(|w| w.probability(&features));
            if judged.is_none_or(|w| w >= least(c.relation)) {
                let weight = judged.map(|w| read.map_or(w, |(chance, _)| joined(w, chance)));
                if read.is_some() && weight.is_some_and(|w| w < LEAST_JOINED) {
                    return;
                }
                if let Some((_, status)) = read.filter(|(chance, _)| *chance >= 0.5) {
                    stance.status = doubted(stance.status, status);
                }
                out.push((self.fact(&c, &stance, weight), c.token));
            }
        });
        let near = pairs.as_ref().map_or_else(Vec::new, Pairs::near);
        out.extend(pairs.into_iter().flat_map(|p| p.facts(self, &out)).collect::<Vec<_>>());
        Telling { facts: out, near }
    }

    /// Whatever rules find in the sentence, with its features: what is learnt from.
    pub fn lessons(&self) -> Vec<(Fact, Vec<u32>)> {
        let mut out = Vec::new();
        self.each(|c, stance, features| out.push((self.fact(&c, &stance, None), features)));
        out
    }

    /// Hands on every candidate, with what the clause says of it and its features.
    fn each(&self, mut each: impl FnMut(Candidate<'a>, Stance<'a>, Vec<u32>)) {
        for t in 0..self.scene.graph.sentence.tokens.len() {
            let lemma = self.lemma(t);
            let found = self.found(t, &lemma);
            if found.is_empty() {
                continue;
            }
            let seen = Seen::new(&self.scene, t, &lemma, self.index < 2);
            let rivals: Vec<bool> = found.iter().map(|(c, _)| found.iter().any(|(o, _)| o.rule != c.rule)).collect();
            for ((c, stance), rival) in found.into_iter().zip(rivals) {
                let rule = &self.rules.rules[c.rule].name;
                let features = features(&self.scene, &seen, &c, &stance, Verdict { rule, rival });
                each(c, stance, features);
            }
        }
    }

    /// What rules find by the word: of each relation the first rule that finds anybody.
    fn found(&self, t: usize, lemma: &str) -> Vec<(Candidate<'a>, Stance<'a>)> {
        let mut out = Vec::new();
        let mut fired: Vec<Relation> = Vec::new();
        for &r in self.rules.by_lemma.get(lemma).map(Vec::as_slice).unwrap_or_default() {
            let rule = &self.rules.rules[r];
            if fired.contains(&rule.relation) || !self.fits(rule, t, lemma) {
                continue;
            }
            let pairs = self.pairs(rule, t);
            let Some(stance) = (!pairs.is_empty()).then(|| self.stance(rule, t)).flatten() else { continue };
            fired.push(rule.relation);
            let party = |filler: Filler<'a>| {
                let here = filler.mention.sentence == self.index;
                Party { filler, origin: if here { Origin::Here } else { Origin::Beyond } }
            };
            out.extend(pairs.into_iter().map(|(a, b)| {
                let (source, target) = (party(a), party(b));
                (Candidate { relation: rule.relation, token: t, source, target, rule: r }, stance.clone())
            }));
        }
        out
    }

    /// What the sentence tells by itself, for words further on that point back to it.
    pub fn told(&self) -> Vec<Told> {
        let mut out = Vec::new();
        for token in 0..self.scene.graph.sentence.tokens.len() {
            let lemma = self.lemma(token);
            for &r in self.rules.by_lemma.get(&lemma).map(Vec::as_slice).unwrap_or_default() {
                let rule = &self.rules.rules[r];
                if self.fits(rule, token, &lemma) {
                    let alone = |f: Filler<'_>| Mention { actors: vec![f.actor], ..f.mention.clone() };
                    let own = |f: &Filler<'_>| !f.is_group();
                    let pairs: Vec<_> = self.pairs(rule, token).into_iter().filter(|(a, b)| own(a) && own(b)).collect();
                    // what is only wished or asked for has not been told of: "gathered to discuss Arland's ties with Borland"
                    if pairs.is_empty() || self.stance(rule, token).is_none() {
                        continue;
                    }
                    out.extend(pairs.into_iter().map(|(a, b)| Told {
                        sentence: self.index,
                        token,
                        relation: rule.relation,
                        sides: [alone(a), alone(b)],
                    }));
                }
            }
        }
        out
    }

    /// The lemma; where no rule knows it, that of the verb whose regular form the word is ("downgraded").
    fn lemma(&self, t: usize) -> String {
        let lemma = self.scene.graph.lemma(t).to_lowercase();
        if self.rules.by_lemma.contains_key(&lemma) {
            return lemma;
        }
        let word = words(self.doc, self.index, &(t..t + 1)).to_lowercase();
        self.rules.by_form.get(&word).cloned().unwrap_or(lemma)
    }

    fn fits(&self, rule: &Rule, t: usize, lemma: &str) -> bool {
        let g = &self.scene.graph;
        if !rule.pos.fits(g.token(t).upos) {
            return false;
        }
        let word = |t: usize| g.sentence.tokens.get(t).map(|x| x.lemma.to_lowercase());
        let trigger = rule.triggers.iter().filter(|x| x.lemma == lemma).any(|x| match &x.particle {
            None => true,
            Some(p) => {
                let next: Option<Vec<_>> =
                    p.split(' ').enumerate().map(|(i, w)| (word(t + 1 + i)? == w).then_some(())).collect();
                next.is_some()
                    || g.children(t).any(|c| {
                        matches!(g.deprel(c), Deprel::CompoundPrt | Deprel::Advmod) && c > t && g.lemma(c) == p
                    })
            }
        });
        // "the nuclear deal with Iran" names a treaty by what it is
        let common = |m: &Mention| {
            g.token(t).upos == Upos::Noun && t == m.head && m.actors.iter().all(|a| a.kind == EntityKind::Treaty)
        };
        let named = |m: &Mention| (m.kind != MentionKind::Description || m.role.is_some()) && !common(m);
        trigger
            && !self.scene.mention(t).is_some_and(named)
            && rule.when.iter().all(|w| self.scene.holds(t, rule.pos, w))
            && !rule.unless.iter().any(|w| self.scene.holds(t, rule.pos, w))
    }

    /// What the clause says of what the rule finds; `None` if it is only wished or asked for.
    fn stance(&self, rule: &Rule, t: usize) -> Option<Stance<'a>> {
        let base = rule.status.unwrap_or(Status::Asserted);
        let words = &self.rules.certainty;
        match self.scene.context.filter(|_| rule.said()) {
            Some(context) => words.said(&self.scene, t, context.speaker(&self.scene, t).1, base),
            None if rule.presupposed => {
                let mut stance = words.presupposed(&self.scene, t, base)?;
                let turn = || self.scene.context.and_then(|c| c.turn(t)).filter(|_| rule.verbal);
                stance.speaker = stance.speaker.or_else(turn);
                Some(stance)
            }
            None => words.stance(&self.scene, t, base, rule.relation.group() == "consult"),
        }
    }

    fn pairs(&self, rule: &Rule, t: usize) -> Vec<(Filler<'a>, Filler<'a>)> {
        let first = |paths: &[super::rules::Path], want: Want<'_>| {
            paths.iter().map(|p| self.scene.fill(t, rule.pos, p, want)).find(|f| !f.is_empty()).unwrap_or_default()
        };
        let mut out = Vec::new();
        match &rule.sides {
            Sides::Two { source, target } => {
                let sources = self.voiced(rule, t, first(source, Want::default()));
                let Some(one) = sources.first() else { return out };
                let foreign_to = one.actor.country.as_deref().filter(|_| !rule.domestic);
                let want = Want { places: rule.place_target, foreign_to };
                // "A and B want to": a path that leads back to those who do it finds nobody
                let many = sources.len() > 1;
                let back = |b: &Filler<'a>| many && sources.iter().any(|a| std::ptr::eq(a.mention, b.mention));
                let targets = target.iter().map(|p| self.scene.fill(t, rule.pos, p, want));
                let targets = targets.map(|f| f.into_iter().filter(|b| !back(b)).collect::<Vec<_>>());
                let targets = targets.into_iter().find(|f| !f.is_empty()).unwrap_or_default();
                let home = one.actor.country.as_deref();
                if rule.alone && targets.iter().any(|b| b.actor.country.as_deref() == home) {
                    return out;
                }
                for a in &sources {
                    out.extend(targets.iter().map(|b| (a.clone(), b.clone())));
                }
                if rule.both_ways {
                    out.extend(out.clone().into_iter().map(|(a, b)| (b, a)));
                }
            }
            Sides::Pair(paths) => {
                let members = first(paths, Want::default());
                for (i, a) in members.iter().enumerate() {
                    out.extend(members[i + 1..].iter().map(|b| (a.clone(), b.clone())));
                }
                if rule.both_ways {
                    out.extend(out.clone().into_iter().map(|(a, b)| (b, a)));
                }
            }
        }
        let home = |f: &mut Filler<'a>| {
            let home = f.actor.country.as_ref().and_then(|c| self.homes.get(c));
            f.actor = home.unwrap_or(&f.actor).clone();
        };
        for (a, b) in &mut out {
            if rule.home_source {
                home(a);
            }
            if rule.home_target {
                home(b);
            }
        }
        out.retain(|(a, b)| allowed(rule, a, b));
        // one may meet or sanction many, and a treaty have many parties; words are for few
        let same = |(a, b): &(Filler<'a>, Filler<'a>)| (a.actor == out[0].0.actor, b.actor == out[0].1.actor);
        let one = out.iter().all(|p| same(p).0) || out.iter().all(|p| same(p).1);
        let most = if one && !rule.relation.spoken() { MOST_PARTIES } else { MOST_PAIRS };
        if out.len() > most { Vec::new() } else { out }
    }

    /// "Both leaders noted ... as we urge Russia": "we" are those who say so, if one of them is of that side.
    fn voiced(&self, rule: &Rule, t: usize, sources: Vec<Filler<'a>>) -> Vec<Filler<'a>> {
        match sources.as_slice() {
            [one] if rule.verbal && !rule.said() => self.voice(t, one).unwrap_or(sources),
            _ => sources,
        }
    }

    /// Of a state's words the person of that state who says them: "we" of a speaker, and whatever a verb of saying gives to him.
    pub(super) fn voice(&self, t: usize, source: &Filler<'a>) -> Option<Vec<Filler<'a>>> {
        (source.actor.kind == EntityKind::State).then_some(())?;
        let (speakers, above) = self.scene.context?.speaker(&self.scene, t);
        let we = source.mention.kind == MentionKind::Pronoun;
        let own = |s: &Filler<'_>| s.actor.country.is_some() && s.actor.country == source.actor.country;
        let person = |s: &Filler<'_>| s.actor.kind == EntityKind::Person && own(s);
        let named = above.is_some() && !speakers.is_empty() && speakers.iter().all(person);
        (we && speakers.iter().any(own) || named).then_some(speakers)
    }

    /// The day of a government's own paper, if its words are the deed: "We call on ...", "is designating ...", "thank you for".
    fn performed(&self, c: &Candidate<'a>, stance: &Stance<'a>, deed: &setting::Deed<'_>) -> Option<Period> {
        const DEEDS: [&str; 7] = ["aid", "call", "lift_sanctions", "meet", "recognize", "sanction", "visit"];
        let context = self.scene.context?;
        let home = |m: &Mention, a: &Actor| a.country.is_some() && m.actors.iter().any(|x| x.country == a.country);
        let done = deed.verbal || DEEDS.contains(&c.relation.id());
        let publisher = context.publisher?;
        let own = |a: &Actor| home(publisher, a) || context.turn(c.token).is_some_and(|f| f.actor.country == a.country);
        let said = done && stance.status == Status::Asserted && own(&c.source.filler.actor) && deed.now();
        self.doc.article.date.filter(|_| said).map(Period::day)
    }

    /// The candidate as a fact, with its time, place, voice and quote; without a weight, the confidence is a guess.
    pub(super) fn fact(&self, c: &Candidate<'a>, stance: &Stance<'a>, weight: Option<f64>) -> Fact {
        let (t, a, b) = (c.token, &c.source.filler, &c.target.filler);
        let rule = &self.rules.rules[c.rule];
        let g = &self.scene.graph;
        let verbal = rule.verbal;
        let deed = setting::Deed { graph: g, trigger: t, verbal, words: &self.rules.certainty };
        let time = deed.time(&self.times);
        let place = deed.place(&self.places);
        let own =
            |s: &Filler<'_>| s.actor == a.actor || (s.actor.country.is_some() && s.actor.country == a.actor.country);
        // who tells of his own deed, or promises or condemns for his state, vouches for it himself; of what others do, if
        // only his president, he is but the teller
        let persons = |s: &Filler<'_>| [s, a].iter().all(|f| f.actor.kind == EntityKind::Person);
        let other = |s: &Filler<'_>| !own(s) || persons(s);
        // a ministry or agency that reports a meeting is the channel of an ordinary report; so is the press for what is done
        let press = |s: &Filler<'_>| s.actor.kind == EntityKind::Media && stance.status == Status::Asserted;
        let talks = matches!(c.relation.id(), "negotiate" | "mediate");
        let reported = c.relation.group() == "consult" && !talks && stance.status == Status::Asserted;
        let channel = |s: &Filler<'_>| reported && s.actor.kind != EntityKind::Person || press(s);
        // "welcome to Arland": the one spoken to was there; leaders who declare what both will do speak of themselves
        let faced =
            |f: &Filler<'_>| words(self.doc, f.mention.sentence, &f.mention.tokens).to_lowercase().starts_with("you");
        let present = (verbal || c.relation.group() == "consult") && (faced(a) || faced(b));
        let party = |s: &Filler<'_>| [a, b].iter().any(|f| std::ptr::eq(f.mention, s.mention));
        // "the leaders made a statement saying that they intend": each of them vouches for what all of them do
        let among = |s: &Filler<'_>| s.is_group() && [a, b].iter().any(|f| s.mention.actors.contains(&f.actor));
        // "Novak said he planned to meet": of what he has not done yet nobody else vouches for it
        let intends = !verbal && stance.status != Status::Asserted;
        let himself = |s: &Filler<'_>| s.actor == a.actor && !intends;
        let vouched = |s: &Filler<'_>| himself(s) || party(s) || among(s) || present || channel(s);
        // who owns up to his own deed is all that the writer has for it
        let admitted = stance.admitted && !verbal && stance.status == Status::Asserted;
        let voiced = |s: &&Filler<'_>| {
            admitted && own(s)
                || !vouched(s) && (!verbal || other(s) && !(anonymous(s.mention) && s.actor.kind == EntityKind::Body))
        };
        // "according to the ministry, Zarif said": he is the source, and the ministry tells of it
        let told = |s: &&Filler<'_>| s.actor != a.actor && !channel(s) && !party(s);
        let teller = || stance.teller.as_ref().filter(|_| stance.speaker.as_ref().is_some_and(own)).filter(told);
        let attribution = stance.speaker.as_ref().filter(voiced).or_else(teller);
        let attribution = attribution.map(|s| voucher(self.doc, s.mention, &s.actor));
        // "Blinken stressed the US commitment": what a person says for his state is his own word
        let voice = stance
            .speaker
            .as_ref()
            .filter(|s| own(s) && verbal && matches!(s.actor.kind, EntityKind::Person | EntityKind::Organ))
            .filter(|_| stance.status != Status::Denied);
        let a = voice.filter(|_| a.actor.kind != EntityKind::Person).unwrap_or(a);
        // "we will help", "we will respond": the promise and the threat are made
        let given = matches!(c.relation.id(), "pledge" | "threaten") && stance.status == Status::Planned;
        let here = [a.mention, b.mention].into_iter().filter(|m| m.sentence == self.index);
        let mut tokens: Vec<_> = here.map(|m| m.tokens.clone()).chain(std::iter::once(t..t + 1)).collect();
        tokens.extend(self.scene.carrier(t).map(|c| c..c + 1));
        let clear = a.mention.confidence.min(b.mention.confidence);
        let confidence = weight.unwrap_or(0.9 * clear * if attribution.is_some() { 0.9 } else { 1.0 });
        let claim = Claim {
            relation: c.relation,
            source: a.actor.clone(),
            target: b.actor.clone(),
            date: time.map(|w| w.value).or_else(|| self.performed(c, stance, &deed)),
            place: place.map(|p| p.value.name.clone()),
            status: match stance.status {
                _ if given => Status::Asserted,
                Status::Planned if !verbal && conditioned(g, t) => Status::Possible,
                status => status,
            },
            attribution,
            role: None,
            mutual: rule.mutual,
        };
        let mut evidence = evidence(self.doc, self.index, &tokens, (a.mention, b.mention), &rule.name);
        evidence.time_text = time.map(|w| words(self.doc, self.index, &w.tokens).to_owned());
        Fact { claim, evidence, confidence }
    }
}

/// What weighs less is left out: of such facts fewer than one in twelve should be right.
const LEAST: f64 = 0.08;

/// What lasts is told in so many words, but annotators mark it only of those who take part in another fact: its weights are small.
const LEAST_STANDING: f64 = 0.04;

fn least(relation: Relation) -> f64 {
    if relation.standing() { LEAST_STANDING } else { LEAST }
}

/// The same after the network has had its say.
const LEAST_JOINED: f64 = 0.15;

/// More pairs than this are a list, not a deed of each with each (the annotation guide).
const MOST_PAIRS: usize = 6;
/// So many whom one meets, or signatories of one treaty, a sentence may list.
const MOST_PARTIES: usize = 60;

fn allowed(rule: &Rule, a: &Filler<'_>, b: &Filler<'_>) -> bool {
    let (x, y) = (&a.actor, &b.actor);
    let foreign = rule.domestic || x.country.is_none() || x.country != y.country;
    let kind = |kinds: &[EntityKind], k: EntityKind| match kinds {
        [] => !matches!(k, EntityKind::Media | EntityKind::Treaty),
        some => some.contains(&k),
    };
    // of two people of no known side nothing is said; what one says of the other may well be said at home
    let open = !rule.relation.spoken();
    let sided = |a: &Actor| a.kind != EntityKind::Person || a.country.is_some();
    x != y
        && foreign
        && (sided(x) && sided(y) || open && (sided(x) || sided(y)) && x.kind != y.kind)
        && kind(&rule.source_kinds, x.kind)
        && kind(&rule.target_kinds, y.kind)
}

pub(super) fn words<'d>(doc: &'d Document, sentence: usize, tokens: &Range<usize>) -> &'d str {
    let s = &doc.sentences[sentence];
    s.tokens[tokens.start].span.join(s.tokens[tokens.end - 1].span).of(doc.field(s.field))
}

/// The evidence that covers all of the given stretches of a sentence.
pub fn evidence(
    doc: &Document,
    sentence: usize,
    parts: &[Range<usize>],
    sides: (&Mention, &Mention),
    rule: &str,
) -> Evidence {
    let s = &doc.sentences[sentence];
    let start = parts.iter().map(|p| p.start).min().unwrap_or(0);
    let end = parts.iter().map(|p| p.end).max().unwrap_or(1).max(start + 1);
    let span = s.tokens[start].span.join(s.tokens[end - 1].span);
    let (from, to) = doc.code_points(s.field, span);
    let side = |m: &Mention| words(doc, m.sentence, &m.tokens).to_owned();
    Evidence {
        article: doc.article.id.clone(),
        field: s.field,
        start: from,
        end: to,
        quote: span.of(doc.field(s.field)).to_owned(),
        sentence: doc.code_points(s.field, s.span),
        extractor: "rules".to_owned(),
        rule: rule.to_owned(),
        source_text: side(sides.0),
        target_text: side(sides.1),
        time_text: None,
    }
}
