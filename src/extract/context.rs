//! What a rule knows beside its sentence's tree: whose words the sentence is in, and who meets whom in the report.

use super::anaphora::Anaphora;
use super::certainty::Certainty;
use super::rules::{Path, Pos, Step};
use super::speech::{Speech, anonymous};
use super::walk::{Filler, Scene, Want};
use crate::model::{Actor, Deprel, Mention, Relation, Upos};

/// What a sentence tells between two actors, whatever its status: what later words can point back to.
#[derive(Debug, Clone)]
pub struct Told {
    pub sentence: usize,
    pub token: usize,
    pub relation: Relation,
    pub sides: [Mention; 2],
}

impl Told {
    /// Whether the two came together or spoke with each other.
    fn met(&self) -> bool {
        self.relation.symmetric() && self.relation.group() == "consult"
    }
}

/// The surroundings of one sentence.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub sentence: usize,
    pub speech: &'a Speech,
    pub words: &'a Certainty,
    /// What the whole document tells, in its order.
    pub told: &'a [Told],
    pub anaphora: &'a Anaphora,
    /// The one for whom the publisher speaks, if the sentence is the headline.
    pub house: Option<&'a Mention>,
    /// The government whose paper the report is.
    pub publisher: Option<&'a Mention>,
}

/// A meeting told more sentences ago than this is over, unless the report knows no other.
const RECENT: usize = 6;
/// A noun points no farther back than this many sentences.
const FAR_BACK: usize = 12;

impl<'a> Context<'a> {
    /// Who says, wants or asks what the token tells: the subject of the word above it that means so, else the one in
    /// whose words it stands. With the word above, if there is one.
    pub fn speaker(&self, scene: &Scene<'a>, token: usize) -> (Vec<Filler<'a>>, Option<usize>) {
        let g = &scene.graph;
        let subject = Path(vec![Step::Subj]);
        // "must decide": the word above an auxiliary is what it helps to say
        let helps = matches!(g.deprel(token), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        let mut t = g.head(token).filter(|_| helps).unwrap_or(token);
        while let Some(head) = g.head(t) {
            if matches!(g.deprel(t), Deprel::AclRelcl | Deprel::AdvclRelcl) {
                break;
            }
            let speaks = self.words.speaks(g.lemma(head)) && !matches!(g.deprel(t), Deprel::Nsubj | Deprel::NsubjPass);
            if speaks {
                let found = match g.token(head).upos {
                    Upos::Verb => scene.fill(head, Pos::Verb, &subject, Want::default()),
                    Upos::Adj if g.has(head, Deprel::Nsubj) => scene.fill(head, Pos::Verb, &subject, Want::default()),
                    _ => scene.fill(head, Pos::Noun, &Path(vec![Step::Clause]), Want::default()),
                };
                if !found.is_empty() {
                    return (found, Some(head));
                }
                // "..., he said" of nobody known: whoever speaks here; "..., saying that" of an inner verb: the one above
                let lone = |s: &usize| matches!(g.lemma(*s), "he" | "she") && scene.mention(*s).is_none();
                let hangs =
                    g.deprel(head) == Deprel::Advcl && g.token(head).xpos == "VBG" && !g.has(head, Deprel::Nsubj);
                let subjects = g.subjects(head);
                if g.token(head).upos == Upos::Verb && !subjects.is_empty() && !hangs {
                    if subjects.iter().all(lone) && self.turn(token).is_some() {
                        break;
                    }
                    return (Vec::new(), Some(head));
                }
            }
            t = head;
        }
        let quoted = self.words.quoted(scene, token).or_else(|| self.turn(token)).filter(|f| !anonymous(f.mention));
        let own =
            || self.own_words(token).filter(|_| self.speech.speaker(self.sentence, token).is_none()).and_then(alone);
        (quoted.or_else(own).into_iter().collect(), None)
    }

    /// The government whose paper the report is, if the token does not stand in a stranger's or a foreigner's words.
    pub fn own_words(&self, token: usize) -> Option<&'a Mention> {
        let publisher = self.publisher.filter(|_| !self.speech.unknown(self.sentence, token))?;
        let foreign =
            |s: &Mention| s.actors.iter().any(|a| a.country.is_some() && a.country != publisher.actors[0].country);
        (!self.speech.speaker(self.sentence, token).is_some_and(foreign)).then_some(publisher)
    }

    /// The one in whose words the token stands.
    pub fn turn(&self, token: usize) -> Option<Filler<'a>> {
        let mention = self.speech.speaker(self.sentence, token)?;
        Some(Filler { actor: mention.actors.first()?.clone(), mention })
    }

    /// For whom the publisher speaks, if the word heads a headline without a verb.
    pub fn host(&self, scene: &Scene<'a>, token: usize) -> Vec<Filler<'a>> {
        let heads = scene.graph.head(token).is_none() && !scene.graph.has(token, Deprel::Nsubj);
        self.house.filter(|_| heads).and_then(alone).into_iter().collect()
    }

    /// Those who met in the sentences before, where a group that shares somebody with them is named by a word like "they".
    pub fn participants(&self, group: &[Filler<'a>]) -> Vec<Filler<'a>> {
        let earlier = &self.told[..self.told.partition_point(|t| t.sentence < self.sentence)];
        let Some(last) = earlier.iter().rfind(|t| t.met()) else { return Vec::new() };
        let out = distinct(self.beside(last).flat_map(|t| t.sides.iter().filter_map(alone)));
        let shared = group.iter().any(|g| out.iter().any(|o| o.actor == g.actor));
        if shared { out } else { Vec::new() }
    }

    /// Those who met or telephoned in the sentence told last of such a thing, this one included.
    pub fn meeting(&self) -> Vec<Filler<'a>> {
        let Some(last) = self.recent(RECENT).iter().rfind(|t| t.met()) else { return Vec::new() };
        distinct(self.beside(last).flat_map(|t| t.sides.iter().filter_map(alone)))
    }

    /// What the sentences up to this one tell, from so many sentences back.
    fn recent(&self, back: usize) -> &'a [Told] {
        let first = self.told.partition_point(|t| t.sentence + back < self.sentence);
        &self.told[first..self.told.partition_point(|t| t.sentence <= self.sentence)]
    }

    /// What the same sentence tells of the same kind, itself included.
    fn beside(&self, told: &'a Told) -> impl Iterator<Item = &'a Told> {
        let first = self.told.partition_point(|t| t.sentence < told.sentence);
        let here = self.told[first..].iter().take_while(|t| t.sentence == told.sentence);
        here.filter(|t| t.relation == told.relation)
    }

    /// The actors of what a noun points back to: who did it, whom it befell, or both. The nearest telling before the noun
    /// counts, with what its sentence tells of the same kind.
    pub fn pointed(&self, scene: &Scene<'a>, noun: usize, side: &Step) -> Vec<Filler<'a>> {
        let lemma = scene.graph.lemma(noun);
        if scene.mention(noun).is_some() || !definite(scene, noun) {
            return Vec::new();
        }
        let before = |t: &&Told| (t.sentence, t.token) < (self.sentence, noun);
        let fits = |t: &&Told| self.anaphora.refers(lemma, t.relation);
        let Some(last) = self.recent(FAR_BACK).iter().filter(before).rfind(fits) else { return Vec::new() };
        let sides = |t: &'a Told| match side {
            Step::Doer => &t.sides[..1],
            Step::Undergoer => &t.sides[1..],
            _ => &t.sides[..],
        };
        distinct(self.beside(last).flat_map(|t| sides(t).iter().filter_map(alone)))
    }

    /// To whom a message without any meeting is: the one whom its sender congratulates or praises, if it is but one.
    fn addressee(&self, other: &impl Fn(&'a Told) -> Option<&'a Mention>) -> Vec<Filler<'a>> {
        let praised = self
            .told
            .iter()
            .filter(|m| m.sentence <= self.sentence && m.relation.spoken() && m.relation.group() == "cooperation");
        let praised: Vec<&'a Mention> =
            praised.filter_map(|m| other(m).filter(|o| std::ptr::eq(*o, &m.sides[1]))).collect();
        match praised.split_first() {
            Some((first, rest)) if rest.iter().all(|m| same_home(first, m)) => alone(first).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Whom somebody of that country met last in this report, else to whom he writes.
    pub fn counterparts(&self, country: &str) -> Vec<Filler<'a>> {
        let of = |m: &Mention, home: bool| m.actors.iter().all(|a| (a.country.as_deref() == Some(country)) == home);
        let other = |m: &'a Told| match (of(&m.sides[0], true), of(&m.sides[1], true)) {
            (true, false) if of(&m.sides[1], false) => Some(&m.sides[1]),
            (false, true) if of(&m.sides[0], false) => Some(&m.sides[0]),
            _ => None,
        };
        let told: Vec<(usize, &'a Mention)> = self
            .told
            .iter()
            .filter(|m| m.sentence <= self.sentence && m.relation.group() == "consult")
            .filter_map(|m| Some((m.sentence, other(m)?)))
            .collect();
        let Some(&(last, _)) = told.last() else { return self.addressee(&other) };
        let one = told.iter().all(|(_, m)| same_home(m, told[0].1));
        let mut out: Vec<Filler<'a>> = Vec::new();
        for (_, m) in told.iter().filter(|(s, _)| *s == last && (one || self.sentence - last <= RECENT)) {
            for a in &m.actors {
                if !out.iter().any(|f| f.actor == *a) {
                    out.push(Filler { actor: a.clone(), mention: m });
                }
            }
        }
        out
    }
}

/// Nobody twice, in the order of their first coming.
fn distinct<'a>(fillers: impl Iterator<Item = Filler<'a>>) -> Vec<Filler<'a>> {
    let mut out: Vec<Filler<'a>> = Vec::new();
    for f in fillers {
        if !out.iter().any(|o| o.actor == f.actor) {
            out.push(f);
        }
    }
    out
}

/// Whether the noun speaks of something known, and does not say itself whose it is.
fn definite(scene: &Scene<'_>, noun: usize) -> bool {
    let g = &scene.graph;
    let known = g.children(noun).any(|c| {
        g.deprel(c) == Deprel::Det
            && matches!(g.lemma(c), "the" | "this" | "that" | "these" | "those" | "such" | "both")
    });
    let told = g.children(noun).any(|c| scene.mention(c).is_some() && !g.deprel(c).is(Deprel::Acl));
    known && !told
}

fn alone(m: &Mention) -> Option<Filler<'_>> {
    Some(Filler { actor: m.actors.first()?.clone(), mention: m })
}

fn same_home(a: &Mention, b: &Mention) -> bool {
    let home = |m: &Mention| m.actors.first().and_then(|a: &Actor| a.country.clone());
    home(a) == home(b)
}
