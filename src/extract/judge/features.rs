//! What is seen of a candidate: numbers of features, each a combination of what the word is, how the actors stand to it in
//! the tree, who they are, and which rule fits.

use super::candidate::{Candidate, Origin, Party};
use super::path::way;
use super::weights::BITS;
use crate::extract::certainty::Stance;
use crate::extract::walk::Scene;
use crate::model::{Field, fingerprint};

/// Folds a number into a hash. Fixed: the weights depend on it.
pub fn mix(h: u64, v: u64) -> u64 {
    (h ^ v).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// The hash of a word.
pub fn text(s: &str) -> u64 {
    fingerprint(0, s)
}

/// What the sentence and the word give to all candidates of the word.
pub struct Seen {
    lemma: u64,
    upos: u64,
    deprel: u64,
    /// In the title, in the first sentences, or further on.
    place: u64,
}

impl Seen {
    pub fn new(scene: &Scene<'_>, token: usize, lemma: &str, first: bool) -> Self {
        let g = &scene.graph;
        let title = g.sentence.field == Field::Title;
        Self {
            lemma: text(lemma),
            upos: g.token(token).upos as u64,
            deprel: g.deprel(token) as u64,
            place: u64::from(title) * 2 + u64::from(first),
        }
    }
}

/// The rule that finds a candidate, and whether others find something by the same word.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'r> {
    pub rule: &'r str,
    pub rival: bool,
}

struct List {
    numbers: Vec<u32>,
    relation: u64,
}

impl List {
    fn add(&mut self, kind: u64, parts: &[u64]) {
        let hash = parts.iter().fold(mix(0x5eed, kind), |h, p| mix(h, *p));
        self.numbers.push((mix(hash, 77) >> (64 - BITS)) as u32);
    }

    /// Alone and with the relation.
    fn both(&mut self, kind: u64, parts: &[u64]) {
        let hash = parts.iter().fold(kind, |h, p| mix(h, *p));
        self.add(1, &[hash]);
        self.add(2, &[self.relation, hash]);
    }
}

/// The features of a candidate, as numbers below 2^[`BITS`]; one may come twice.
pub fn features(
    scene: &Scene<'_>,
    seen: &Seen,
    c: &Candidate<'_>,
    stance: &Stance<'_>,
    verdict: Verdict<'_>,
) -> Vec<u32> {
    let mut l = List { numbers: Vec::with_capacity(48), relation: text(c.relation.id()) };
    let (a, b) = (end(scene, c.token, &c.source), end(scene, c.token, &c.target));
    l.both(10, &[]);
    l.add(11, &[text(verdict.rule)]);
    l.add(12, &[text(verdict.rule), seen.lemma]);
    l.both(13, &[seen.upos, seen.deprel]);
    l.both(14, &[seen.place]);
    l.both(15, &[stance.status as u64, u64::from(stance.speaker.is_some())]);
    l.both(16, &[u64::from(verdict.rival)]);
    for (side, e) in [(0, &a), (1, &b)] {
        l.both(20 + side, &[e.kind, e.mention]);
        l.both(22 + side, &[e.distance]);
        l.both(24 + side, &[e.between]);
        l.both(26 + side, &[e.way]);
        l.both(28 + side, &[e.sure]);
    }
    l.both(30, &[a.kind, b.kind]);
    l.both(31, &[a.mention, b.mention]);
    l.both(32, &[a.sure.min(b.sure)]);
    l.both(33, &[class(scene.graph.sentence.tokens.len())]);
    l.numbers
}

struct End {
    way: u64,
    kind: u64,
    /// How he is named, apart for words of another sentence and for groups.
    mention: u64,
    distance: u64,
    /// Other actors between him and the word.
    between: u64,
    /// How sure the linker is, in tenths.
    sure: u64,
}

fn end(scene: &Scene<'_>, token: usize, p: &Party<'_>) -> End {
    let m = p.filler.mention;
    let here = p.origin == Origin::Here;
    let between = if here { between(scene, token, m.head) } else { 0 };
    End {
        way: if here { way(&scene.graph, token, m.head) } else { 0 },
        kind: p.filler.actor.kind as u64,
        mention: m.kind as u64 + 8 * u64::from(p.filler.is_group()) + 16 * u64::from(!here),
        distance: if here { class(m.head.abs_diff(token)) * 2 + u64::from(m.head > token) } else { 99 },
        between,
        sure: (m.confidence * 10.0) as u64,
    }
}

/// The actors named between two words, up to 4, looking no farther than `FAR` words.
fn between(scene: &Scene<'_>, a: usize, b: usize) -> u64 {
    let named = |t: &usize| scene.mention(*t).is_some_and(|m| m.head == *t);
    (a.min(b) + 1..a.max(b)).take(FAR).filter(named).take(4).count() as u64
}

/// Words beyond which nobody looks for actors in between.
const FAR: usize = 60;

/// A length in classes that grow.
fn class(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=40 => 9,
        _ => 10,
    }
}
