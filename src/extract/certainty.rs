//! How certain a clause is, and who says so: negation, modals, the verbs above it, reported speech.
//!
//! After FactBank (Saurí and Pustejovsky 2009), with the guide's four words for the outcome. The verbs and nouns are rows
//! of `data/rules/certainty.tsv`.

pub mod clause;
mod table;

use rustc_hash::{FxHashMap, FxHashSet};

use super::walk::{Filler, Scene};
use crate::model::{Deprel, Graph, Status, Upos};
use clause::{apart, conditional, denies, frame, negated, owners, past, purpose, tag};

/// What a word does to the clause or noun below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Planned,
    /// Planned in the clause below it; a noun that it is told of is there ("talks aimed at a truce").
    Intended,
    Possible,
    /// Possible, but done where it is told in the past: "was able to meet".
    Achieved,
    /// Over, whatever the clause around it says: "his recent visit".
    Done,
    Denied,
    /// Wished for, asked for, ordered: no fact of any kind.
    Unreal,
    /// Told by its subject.
    Said,
    /// Told by its subject against somebody: possible.
    Alleged,
    /// Its subject says that it is not so.
    Refuted,
    /// Told by its subject, who holds it against the doer.
    Judged,
}

/// The table of words.
#[derive(Debug, Default)]
pub struct Certainty {
    words: FxHashMap<String, Effect>,
    adjectives: FxHashMap<String, Effect>,
    /// Verbs of talking: what is done "to" some end in a talk is done.
    talks: FxHashSet<String>,
    /// Verbs of setting to work: what is done "to" some end is under way.
    acting: FxHashSet<String>,
    /// Nouns of occasions on which people meet or speak: what has their day has that of the deed.
    occasions: FxHashSet<String>,
    /// Verbs by which an occasion takes place, or is set for a day.
    holding: FxHashSet<String>,
    /// Nouns for the day on which something happened so many years ago.
    anniversaries: FxHashSet<String>,
    /// What the word for a place in a row counts: "seventieth".
    ordinals: FxHashMap<String, i16>,
    /// Nouns for having done it: "responsibility".
    guilt: FxHashSet<String>,
    /// Words that tell of one more event of the same occasion.
    further: FxHashSet<String>,
    /// Words for what is so: "true".
    truth: FxHashSet<String>,
    /// Verbs of owning up to what one did.
    admitting: FxHashSet<String>,
    /// Verbs that tell who speaks only beside what he says: "..., he continued".
    quoting: FxHashSet<String>,
    /// What is done by being said: "I would like to thank you".
    performing: FxHashSet<String>,
    /// Verbs of what is there already: "will continue to help".
    lasting: FxHashSet<String>,
    /// Participles that only give a name: "the deal, known as".
    naming: FxHashSet<String>,
    /// Nouns for what is talked of: "the situation in".
    topics: FxHashSet<String>,
    /// Verbs whose object speaks: "the paper quoted the envoy as saying".
    relaying: FxHashSet<String>,
    /// Nouns of speakers who are no actors: "analysts", "a statement".
    pub speakers: FxHashSet<String>,
    /// Those of them that somebody issues: "a statement".
    pub papers: FxHashSet<String>,
    /// Words of names of the press: "Tribune".
    pub press: FxHashSet<String>,
    /// Those of these that may be any other: "the document".
    pub documents: FxHashSet<String>,
    /// Those of these that one person writes: "a letter".
    pub letters: FxHashSet<String>,
    /// Those that publish: "the newspaper" is nobody who spoke before.
    pub outlets: FxHashSet<String>,
}

/// What the clause around a trigger says of it.
#[derive(Debug, Clone)]
pub struct Stance<'a> {
    pub status: Status,
    pub speaker: Option<Filler<'a>>,
    /// Who tells of the speaker's words: "according to the ministry, Zarif said".
    pub teller: Option<Filler<'a>>,
    /// The speaker owns up to it: "acknowledged that it had".
    pub admitted: bool,
}

impl Certainty {
    /// The stance of the text towards what the trigger tells; `None` if it is only wished or asked for. A `meeting` that
    /// will deal with something is still to come; a war that will end is there.
    pub fn stance<'a>(&self, scene: &Scene<'a>, trigger: usize, base: Status, meeting: bool) -> Option<Stance<'a>> {
        let g = &scene.graph;
        let mut out = Stance::of(base);
        out.lower(self.own(g, trigger)?);
        let (mut t, mut nominal, mut settled) = (trigger, g.token(trigger).upos != Upos::Verb, self.over(g, trigger));
        while let Some(head) = g.head(t) {
            let rel = g.deprel(t);
            match rel {
                _ if settled => {
                    let told = matches!(rel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Parataxis);
                    out.said(self.speaker(scene, head).filter(|_| told && self.says(g.lemma(head))));
                }
                Deprel::Conj => {
                    if !g.by(t, Deprel::Aux).any(|_| true) && g.token(t).upos == g.token(head).upos {
                        out.lower(self.own(g, head)?);
                    }
                    if g.token(head).upos != Upos::Verb && g.token(t).upos == Upos::Verb {
                        break;
                    }
                }
                Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Appos => break,
                // "sanctions imposed by the United States": the noun is there already
                Deprel::Acl if g.token(t).xpos == "VBN" && !g.has(t, Deprel::Mark) => break,
                // "if they fail to sign": neither signed nor not
                Deprel::Advcl if conditional(g, t) => out.status = Status::Possible,
                Deprel::Advcl if purpose(g, t) && self.under_way(g.lemma(head)) => out.lower(self.own(g, head)?),
                Deprel::Advcl if purpose(g, t) => out.lower(Status::Planned),
                Deprel::Advcl if g.has(t, Deprel::Mark) => {
                    self.opened(scene, t, head, &mut out)?;
                    settled = true;
                }
                Deprel::Advcl => {}
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::Acl | Deprel::Parataxis => {
                    self.above(scene, head, true, &mut out)?;
                    self.undone(scene, t, head, &mut out);
                    // "is said to have attacked"
                    if rel == Deprel::Xcomp && g.passive(head) && self.words.get(g.lemma(head)) == Some(&Effect::Said) {
                        out.lower(Status::Possible);
                    }
                    let beside = matches!(rel, Deprel::Ccomp | Deprel::Parataxis);
                    // "expressed hope that they would", "fears that they will"
                    let that = g.by(t, Deprel::Mark).any(|m| g.lemma(m) == "that");
                    let word = g.lemma(head);
                    let voiced = beside && self.quoting.contains(word) || that && self.words.contains_key(word);
                    out.said(self.speaker(scene, head).filter(|_| voiced));
                    nominal = false;
                }
                // "took responsibility for the attack": done, unless it was denied
                _ if nominal && self.guilt.contains(g.lemma(t)) => {
                    if matches!(self.words.get(g.lemma(head)), Some(Effect::Refuted | Effect::Denied)) {
                        out.lower(Status::Denied);
                    }
                    if self.admitting.contains(g.lemma(head)) {
                        out.admitted = true;
                        out.said(self.speaker(scene, head));
                    }
                    settled = true;
                }
                // "is to visit", "is due to meet": the verb completes "be"
                _ if nominal => {
                    // who urges is not urged; what is urged at a meeting does not undo the meeting
                    let verb = g.token(head).upos == Upos::Verb;
                    let aside = frame(g, t) || rel == Deprel::Nsubj && verb;
                    if !aside {
                        self.above(scene, head, false, &mut out)?;
                    }
                    if verb && scene.is_light(head) {
                        out.lower(self.own(g, head)?);
                    } else if verb && aside && meeting && t == trigger {
                        if self.own(g, head) == Some(Status::Planned) {
                            out.lower(Status::Planned);
                        }
                    } else if verb && !self.words.contains_key(g.lemma(head)) {
                        settled = true;
                    }
                    nominal = !verb;
                }
                _ => {}
            }
            if !settled
                && matches!(rel, Deprel::Xcomp | Deprel::Ccomp)
                && !matches!(self.words.get(g.lemma(head)), Some(Effect::Said | Effect::Refuted))
            {
                out.lower(self.own(g, head)?);
            }
            t = head;
        }
        out.said(self.quoted(scene, trigger));
        let source = |c: &usize| g.deprel(*c).is(Deprel::Obl) && g.case(*c).as_deref() == Some("accord to");
        if g.up(trigger).flat_map(|t| g.children(t)).filter(source).any(|c| self.doubtful(g, c)) {
            out.lower(Status::Possible);
        }
        if out.speaker.is_none() {
            out.speaker = scene.context.and_then(|c| c.turn(trigger));
        }
        Some(out)
    }

    /// "Spoke to urge", "stepped in to mediate": the purpose is what happens.
    fn under_way(&self, lemma: &str) -> bool {
        self.talks.contains(lemma) || self.acting.contains(lemma)
    }

    /// Whether an adjective tells that it is over.
    fn over(&self, g: &Graph<'_>, t: usize) -> bool {
        g.by(t, Deprel::Amod).any(|a| self.adjectives.get(g.lemma(a)) == Some(&Effect::Done))
    }

    /// What the word above does to the clause (or noun) below it.
    fn above<'a>(&self, scene: &Scene<'a>, head: usize, clause: bool, out: &mut Stance<'a>) -> Option<()> {
        let g = &scene.graph;
        // "it is conceivable that", "a visit is possible"
        let doubtful = || self.adjectives.get(g.lemma(head)).filter(|e| **e == Effect::Possible);
        let adjective = || doubtful().filter(|_| g.token(head).upos == Upos::Adj);
        let Some(effect) = self.effect(g, head).or_else(|| adjective().copied()) else { return Some(()) };
        match effect {
            Effect::Planned => out.lower(Status::Planned),
            Effect::Intended if clause => out.lower(Status::Planned),
            Effect::Intended | Effect::Done => {}
            Effect::Achieved if past(&scene.graph, head) => {}
            Effect::Possible | Effect::Achieved => out.lower(Status::Possible),
            Effect::Denied => out.lower(Status::Denied),
            Effect::Unreal => return None,
            Effect::Said | Effect::Refuted if !clause => {}
            // who condemns an invasion takes it for granted, as the writer does
            Effect::Judged if !clause => {}
            Effect::Judged => out.said(self.speaker(scene, head)),
            Effect::Said => {
                // "reportedly believes"
                if self.doubtful(&scene.graph, head) {
                    out.lower(Status::Possible);
                }
                out.admitted |= out.speaker.is_none() && self.admitting.contains(scene.graph.lemma(head));
                out.said(self.speaker(scene, head));
            }
            Effect::Alleged => {
                out.lower(Status::Possible);
                out.said(self.speaker(scene, head));
            }
            Effect::Refuted => {
                if !negated(g, head) {
                    out.lower(Status::Denied);
                }
                out.said(self.speaker(scene, head));
            }
        }
        Some(())
    }

    /// What the word does, with the particle that belongs to it: "call off".
    fn effect(&self, g: &Graph<'_>, t: usize) -> Option<Effect> {
        let particle = g.by(t, Deprel::CompoundPrt).next();
        let phrasal = particle.and_then(|p| self.words.get(&format!("{} {}", g.lemma(t), g.lemma(p))));
        phrasal.or_else(|| self.words.get(g.lemma(t))).copied()
    }

    /// What a preposition makes of the clause that it opens: "without meeting", "decided against", "refrained from", "accused them
    /// of", "thinks about"; other clauses with an opening word are told beside what stands above.
    fn opened<'a>(&self, scene: &Scene<'a>, t: usize, head: usize, out: &mut Stance<'a>) -> Option<()> {
        let g = &scene.graph;
        let above = self.effect(g, head);
        for mark in g.by(t, Deprel::Mark).map(|m| g.lemma(m)) {
            match (mark, above) {
                ("without", _) | ("against", None | Some(Effect::Planned | Effect::Said)) => out.lower(Status::Denied),
                ("about" | "of", Some(Effect::Said)) => out.lower(Status::Possible),
                ("of" | "for", Some(Effect::Alleged)) | ("from" | "against", Some(Effect::Denied | Effect::Unreal)) => {
                    self.above(scene, head, true, out)?;
                }
                _ => {}
            }
        }
        Some(())
    }

    /// What becomes of what a noun tells: "no plans to", "abandoned its plan to", "denied reports that", "it is not true that".
    fn undone<'a>(&self, scene: &Scene<'a>, t: usize, head: usize, out: &mut Stance<'a>) {
        let g = &scene.graph;
        let noun = g.deprel(t) == Deprel::Acl && g.token(head).upos == Upos::Noun;
        let untrue = !noun && self.truth.contains(g.lemma(head)) && negated(g, head);
        if untrue || noun && self.own(g, head) == Some(Status::Denied) {
            out.lower(Status::Denied);
        }
        let verb = g.head(head).filter(|&v| noun && g.token(v).upos == Upos::Verb && !negated(g, v));
        let verb = verb.filter(|_| matches!(g.deprel(head), Deprel::Obj | Deprel::NsubjPass));
        if let Some(verb) = verb.filter(|&v| matches!(self.effect(g, v), Some(Effect::Denied | Effect::Refuted))) {
            out.lower(Status::Denied);
            out.said(self.speaker(scene, verb).filter(|_| self.says(g.lemma(head))));
        }
    }

    /// Whether the writer himself does not know it: "reportedly", "unconfirmed reports".
    fn doubtful(&self, g: &Graph<'_>, t: usize) -> bool {
        let mut said = g.by(t, Deprel::Advmod).chain(g.by(t, Deprel::Amod));
        said.any(|a| self.adjectives.get(g.lemma(a)) == Some(&Effect::Possible))
    }

    /// "...", he said: the verb of saying hangs below what is said. And "according to X".
    pub fn quoted<'a>(&self, scene: &Scene<'a>, trigger: usize) -> Option<Filler<'a>> {
        let g = &scene.graph;
        let teller = |c: usize| {
            let said = self.words.get(g.lemma(c)) == Some(&Effect::Said) || self.quoting.contains(g.lemma(c));
            if said && tag(g, c) && !g.within(trigger, c) {
                return self.speaker(scene, c);
            }
            let source = g.deprel(c).is(Deprel::Obl) && g.case(c).as_deref() == Some("accord to");
            source.then(|| teller(scene, c)).flatten()
        };
        g.up(trigger).find_map(|t| g.children(t).find_map(teller))
    }

    /// The stance towards a deed that the text takes for granted: the word's own negation and adjectives count, what
    /// stands above does not, but for who says it.
    pub fn presupposed<'a>(&self, scene: &Scene<'a>, trigger: usize, base: Status) -> Option<Stance<'a>> {
        let mut out = Stance { speaker: self.quoted(scene, trigger), ..Stance::of(base) };
        out.lower(self.own(&scene.graph, trigger)?);
        Some(out)
    }

    /// Whether the verb reports words: "say", "claim", "deny".
    pub fn says(&self, lemma: &str) -> bool {
        matches!(self.words.get(lemma), Some(Effect::Said | Effect::Alleged | Effect::Refuted))
    }

    /// Whether the verb tells who speaks only beside his words.
    pub fn quotes(&self, lemma: &str) -> bool {
        self.quoting.contains(lemma)
    }

    /// The word for who speaks by a verb of saying: its subject; its object where others are quoted.
    pub fn tellers(&self, g: &Graph<'_>, verb: usize) -> Vec<usize> {
        let relayed = self.relaying.contains(g.lemma(verb)) && !g.subjects(verb).is_empty();
        let objects = if relayed { g.objects(verb) } else { Vec::new() };
        if objects.is_empty() { g.subjects(verb) } else { objects }
    }

    fn speaker<'a>(&self, scene: &Scene<'a>, verb: usize) -> Option<Filler<'a>> {
        let words = match scene.graph.token(verb).upos {
            Upos::Noun => owners(&scene.graph, verb),
            _ => self.tellers(&scene.graph, verb),
        };
        let known = words.iter().filter(|&&t| scene.mention(t).is_some());
        // "Kharrazi's remarks indicated"
        let remarks = words.iter().filter(|&&t| self.says(scene.graph.lemma(t)));
        let owners = || remarks.flat_map(|&t| owners(&scene.graph, t)).find_map(|t| teller(scene, t));
        known.chain(&words).find_map(|&t| teller(scene, t)).or_else(owners)
    }

    /// Whether the word tells of one more event of the same occasion: "also met".
    pub fn further(&self, lemma: &str) -> bool {
        self.further.contains(lemma)
    }

    /// Whether by the verb an occasion takes place, or is set for a day: "a visit scheduled for May".
    pub fn holds(&self, lemma: &str) -> bool {
        self.holding.contains(lemma)
    }

    /// Whether the noun names an occasion on which people meet or speak.
    pub fn occasion(&self, lemma: &str) -> bool {
        self.occasions.contains(lemma)
    }

    /// Whether the verb is one of talking: "speaking to reporters".
    pub fn talk(&self, lemma: &str) -> bool {
        self.talks.contains(lemma)
    }

    /// Whether the noun is for what is talked of.
    pub fn topic(&self, lemma: &str) -> bool {
        self.topics.contains(lemma)
    }

    /// Whether the participle only gives a name.
    pub fn names(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// Whether the noun is for the day on which something happened so many years ago.
    pub fn anniversary(&self, lemma: &str) -> bool {
        self.anniversaries.contains(lemma)
    }

    /// What the word (folded) for a place in a row counts.
    pub fn ordinal(&self, word: &str) -> Option<i16> {
        self.ordinals.get(word).copied()
    }

    /// Whether the verb holds what is told below it against somebody: "condemn".
    pub fn judges(&self, lemma: &str) -> bool {
        self.words.get(lemma) == Some(&Effect::Judged)
    }

    /// Whether the word tells what its subject says, wants or asks for.
    pub fn speaks(&self, lemma: &str) -> bool {
        self.says(lemma) || matches!(self.words.get(lemma), Some(Effect::Planned | Effect::Unreal))
    }

    /// The stance towards what a speaker says: that of the word of saying; `None` if it is negated on the way to it.
    pub fn said<'a>(
        &self,
        scene: &Scene<'a>,
        trigger: usize,
        above: Option<usize>,
        base: Status,
    ) -> Option<Stance<'a>> {
        let g = &scene.graph;
        let skip = if g.token(trigger).upos == Upos::Aux { 2 } else { 0 };
        let mut out = Stance::of(base);
        let mut joined = false;
        for t in g.up(trigger).skip(skip).take_while(|t| Some(*t) != above) {
            if negated(g, t) && !joined {
                return None;
            }
            joined = apart(g, t);
            if conditional(g, t) {
                out.lower(Status::Possible);
            }
        }
        if let Some(head) = above {
            let told = self.stance(scene, head, Status::Asserted, false)?;
            out.lower(told.status);
            (out.speaker, out.teller) = (told.speaker, told.teller);
        }
        Some(out)
    }

    /// "said that it would go" is a plan told in the past; elsewhere "would" is a mere possibility.
    fn would(&self, g: &Graph<'_>, t: usize) -> Status {
        let told = g.deprel(t) == Deprel::Ccomp
            && g.head(t).is_some_and(|h| self.words.get(g.lemma(h)) == Some(&Effect::Said));
        if told { Status::Planned } else { Status::Possible }
    }

    /// "is to visit": a form of "be" with "to" right before the verb.
    fn is_to(g: &Graph<'_>, t: usize) -> bool {
        let to = g.by(t, Deprel::Mark).any(|m| g.lemma(m) == "to");
        to && g.children(t).any(|c| matches!(g.deprel(c), Deprel::Aux | Deprel::Cop) && g.lemma(c) == "be")
    }

    /// "May I welcome you", "I would like to thank you": said and done.
    fn performed(&self, g: &Graph<'_>, t: usize) -> bool {
        let performs = |v: usize| self.performing.contains(g.lemma(v));
        let first = g.by(t, Deprel::Nsubj).any(|s| matches!(g.lemma(s), "I" | "i" | "we"));
        first && (performs(t) || matches!(g.lemma(t), "like" | "wish" | "want") && g.by(t, Deprel::Xcomp).any(performs))
    }

    /// "Will continue to help", "will remain a partner".
    fn lasts(&self, g: &Graph<'_>, t: usize) -> bool {
        let lasting = |v: usize| self.lasting.contains(g.lemma(v));
        lasting(t) || g.by(t, Deprel::Cop).any(lasting)
    }

    /// The certainty that the word's own auxiliaries, negations and adjectives give; `None` for what ought to be.
    pub fn own(&self, g: &Graph<'_>, t: usize) -> Option<Status> {
        let mut status = if Self::is_to(g, t) { Status::Planned } else { Status::Asserted };
        let (performed, lasts) = (self.performed(g, t), self.lasts(g, t));
        for c in g.children(t) {
            let lemma = g.lemma(c);
            match g.deprel(c) {
                Deprel::Aux => match lemma {
                    "will" | "shall" if lasts => {}
                    "may" | "can" | "could" | "would" if performed => {}
                    "will" | "shall" => status = status.max(Status::Planned),
                    "would" => status = status.max(self.would(g, t)),
                    "may" | "might" | "can" | "could" => status = status.max(Status::Possible),
                    "should" | "must" | "ought" | "need" => return None,
                    _ => {}
                },
                Deprel::Advmod | Deprel::Cc if denies(g, c) => status = Status::Denied,
                Deprel::Det if lemma == "no" => status = Status::Denied,
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj
                    if g.by(c, Deprel::Det).any(|d| matches!(g.lemma(d), "no" | "neither")) =>
                {
                    status = Status::Denied;
                }
                Deprel::Nsubj if g.children(c).any(|n| g.lemma(n) == "neither") => status = Status::Denied,
                Deprel::Amod | Deprel::Advmod | Deprel::Compound | Deprel::Acl => match self.adjectives.get(lemma) {
                    Some(Effect::Planned) => status = status.max(Status::Planned),
                    Some(Effect::Possible | Effect::Alleged) => status = status.max(Status::Possible),
                    Some(Effect::Denied) => status = Status::Denied,
                    Some(Effect::Unreal) => return None,
                    _ => {}
                },
                Deprel::Case | Deprel::Mark if lemma == "without" => status = Status::Denied,
                _ => {}
            }
        }
        // "may or may not go"
        let may = g.by(t, Deprel::Aux).any(|c| matches!(g.lemma(c), "may" | "might"));
        Some(if may && status == Status::Denied { Status::Possible } else { status })
    }
}

impl<'a> Stance<'a> {
    fn of(status: Status) -> Self {
        Self { status, speaker: None, teller: None, admitted: false }
    }

    /// Takes the less certain of the two.
    fn lower(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// The nearest speaker stays; another farther out tells of his words.
    fn said(&mut self, speaker: Option<Filler<'a>>) {
        match (&self.speaker, speaker) {
            (None, speaker) => self.speaker = speaker,
            (Some(near), Some(far)) if near.actor != far.actor => self.teller = self.teller.take().or(Some(far)),
            _ => {}
        }
    }
}

/// Who speaks by that word: an actor, or one who is only described.
fn teller<'a>(scene: &Scene<'a>, word: usize) -> Option<Filler<'a>> {
    let described = || scene.context.and_then(|c| c.speech.anonymous(c.sentence, word));
    let mention = scene.mention(word).or_else(described)?;
    Some(Filler { actor: mention.actors.first()?.clone(), mention })
}
