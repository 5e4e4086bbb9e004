//! What is seen of a candidate: numbers of features, each a combination of what the word is, how the actors stand to it in
//! the tree, who they are, and which rule fits.

use super::candidate::{Candidate, Party};
use super::path::way;
use super::weights::BITS;
use crate::extract::certainty::Stance;
use crate::extract::walk::Scene;
use crate::model::{Deprel, Field, Relation, Upos};

/// Folds a number into a hash. Fixed: the weights depend on it.
pub fn mix(h: u64, v: u64) -> u64 {
    (h ^ v).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// The hash of a word (FNV-1a, 64 bits).
pub fn text(s: &str) -> u64 {
    s.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x100_0000_01b3))
}

/// What the sentence and the word give to all candidates of the word.
pub struct Seen {
    lemma: u64,
    upos: u64,
    deprel: u64,
    head: u64,
    before: u64,
    after: u64,
    /// Lemmas below the word, with their relation.
    below: Vec<u64>,
    place: u64,
    /// What fills the word's own places: subject and object.
    filled: [u64; 2],
}

impl Seen {
    pub fn new(scene: &Scene<'_>, token: usize, lemma: &str, first: bool) -> Self {
        let g = &scene.graph;
        let word = |t: Option<usize>| t.filter(|&t| t < g.sentence.tokens.len()).map_or(1, |t| text(g.lemma(t)));
        let below = |c: usize| match g.deprel(c) {
            Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp | Deprel::CompoundPrt | Deprel::Advmod | Deprel::Amod
                if scene.mention(c).is_none() =>
            {
                Some(mix(300 + g.deprel(c) as u64, text(g.lemma(c))))
            }
            r if r.is(Deprel::Obl) || r.is(Deprel::Nmod) => Some(mix(400, g.case(c).map_or(0, |p| text(&p)))),
            Deprel::Mark | Deprel::Aux => Some(mix(500, text(g.lemma(c)))),
            r => Some(600 + r as u64),
        };
        Self {
            lemma: text(lemma),
            upos: g.token(token).upos as u64,
            deprel: g.deprel(token) as u64,
            head: word(g.head(token)),
            before: word(token.checked_sub(1)),
            after: word(Some(token + 1)),
            below: g.children(token).filter_map(below).collect(),
            filled: filled(scene, token),
            place: u64::from(g.sentence.field == Field::Title) * 2 + u64::from(first),
        }
    }
}

struct List {
    numbers: Vec<u32>,
    relation: u64,
    group: u64,
}

impl List {
    fn add(&mut self, kind: u64, parts: &[u64]) {
        let hash = parts.iter().fold(mix(0x5eed, kind), |h, p| mix(h, *p));
        self.numbers.push((mix(hash, 77) >> (64 - BITS)) as u32);
    }

    /// Alone, with the relation, and with its group.
    fn each(&mut self, kind: u64, parts: &[u64]) {
        let hash = parts.iter().fold(kind, |h, p| mix(h, *p));
        self.add(1, &[hash]);
        self.add(2, &[self.relation, hash]);
        self.add(3, &[self.group, hash]);
    }

    fn related(&mut self, kind: u64, parts: &[u64]) {
        let hash = parts.iter().fold(kind, |h, p| mix(h, *p));
        self.add(2, &[self.relation, hash]);
    }
}

/// What rules say of a candidate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Verdicts<'r> {
    /// The name of the rule that finds it.
    pub own: Option<&'r str>,
    /// A rule of the same relation finds other actors by the word.
    pub others: bool,
    /// A rule of another relation finds these actors by the word.
    pub rival: Option<Relation>,
}

/// The features of a candidate.
pub fn features(
    scene: &Scene<'_>,
    seen: &Seen,
    c: &Candidate<'_>,
    stance: &Stance<'_>,
    verdicts: Verdicts<'_>,
) -> Vec<u32> {
    let group = text(c.relation.group());
    let mut l = List { numbers: Vec::with_capacity(96), relation: text(c.relation.id()), group };
    let (a, b) = (end(scene, c.token, &c.source), end(scene, c.token, &c.target));
    l.related(10, &[]);
    l.related(11, &[seen.lemma]);
    l.related(12, &[seen.lemma, seen.upos]);
    l.each(13, &[seen.upos, seen.deprel]);
    l.related(14, &[seen.lemma, seen.deprel]);
    l.related(15, &[seen.head]);
    l.related(16, &[seen.before]);
    l.related(17, &[seen.after]);
    l.each(18, &[seen.place]);
    for below in &seen.below {
        l.related(20, &[*below]);
        l.related(21, &[seen.lemma, *below]);
    }
    for (side, e) in [(0, &a), (1, &b)] {
        l.each(30 + side, &[e.way, seen.upos]);
        l.related(32 + side, &[seen.lemma, e.way]);
        l.add(34 + side, &[seen.lemma, e.way]);
        l.each(36 + side, &[e.kind, e.mention]);
        l.each(38 + side, &[e.role, seen.upos]);
        l.each(40 + side, &[e.distance]);
        l.each(42 + side, &[e.between, e.origin]);
        l.related(44 + side, &[e.role, e.kind]);
    }
    l.each(50, &[a.way, b.way]);
    l.each(51, &[a.role, b.role, seen.upos]);
    l.related(52, &[seen.lemma, a.role, b.role]);
    l.each(53, &[a.kind, b.kind]);
    l.each(54, &[a.origin, b.origin]);
    l.each(55, &[a.distance, b.distance]);
    l.each(56, &[a.between.min(2), b.between.min(2), a.distance & 1, b.distance & 1]);
    l.each(57, &[across(scene, c)]);
    l.each(67, &[seen.filled[0], a.origin]);
    l.each(68, &[seen.filled[1], b.origin]);
    l.related(69, &[seen.lemma, seen.filled[0], seen.filled[1]]);
    l.each(58, &[stance.status as u64, u64::from(stance.speaker.is_some())]);
    let told = stance.speaker.as_ref().map_or(0, |s| {
        1 + u64::from(s.actor == c.source.filler.actor) + 2 * u64::from(s.actor == c.target.filler.actor)
    });
    l.each(59, &[told]);
    match verdicts.own {
        Some(rule) => {
            l.add(60, &[text(rule)]);
            l.add(61, &[text(rule), seen.lemma]);
            l.each(62, &[stance.status as u64]);
            l.each(63, &[a.mention, b.mention]);
            l.each(64, &[a.origin, b.origin]);
        }
        None => l.each(65, &[u64::from(verdicts.others)]),
    }
    if let Some(rival) = verdicts.rival {
        l.each(66, &[text(rival.id()), u64::from(verdicts.own.is_some())]);
    }
    l.numbers
}

struct End {
    way: u64,
    role: u64,
    kind: u64,
    mention: u64,
    origin: u64,
    /// Twice the class of the distance, plus one behind the word.
    distance: u64,
    between: u64,
}

fn end(scene: &Scene<'_>, token: usize, p: &Party<'_>) -> End {
    let (m, kind) = (p.filler.mention, p.filler.actor.kind as u64);
    let origin = p.origin as u64 * 2 + u64::from(p.filler.is_group());
    if p.origin != super::Origin::Here {
        let far = mix(0xfa4, p.origin as u64);
        return End { way: far, role: far, kind, mention: 9, origin, distance: 30, between: 0 };
    }
    let between = scene.all().filter(|o| (o.head > token) == (m.head > token) && o.head != m.head);
    let between = between.filter(|o| o.head.abs_diff(token) < m.head.abs_diff(token)).count();
    let class = match m.head.abs_diff(token) {
        d @ 0..=4 => d as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    };
    End {
        way: way(&scene.graph, token, m.head),
        role: role(scene, token, m.head),
        kind,
        mention: m.kind as u64,
        origin,
        distance: class * 2 + u64::from(m.head > token),
        between: between.min(4) as u64,
    }
}

/// How the two actors stand to each other.
fn across(scene: &Scene<'_>, c: &Candidate<'_>) -> u64 {
    let (x, y) = (&c.source, &c.target);
    if x.origin != super::Origin::Here || y.origin != super::Origin::Here {
        return 5;
    }
    way(&scene.graph, x.filler.mention.head, y.filler.mention.head)
}

/// What the graph makes of the actor: subject, object, the preposition that leads to him.
fn role(scene: &Scene<'_>, token: usize, actor: usize) -> u64 {
    let g = &scene.graph;
    let among = |list: Vec<usize>| list.into_iter().any(|t| g.conjuncts(t).contains(&actor));
    let verb = g.token(token).upos == Upos::Verb;
    if verb && among(g.subjects(token)) {
        return 1;
    }
    if verb && among(g.objects(token)) {
        return 2;
    }
    if among(g.by(token, Deprel::NmodPoss).collect()) {
        return 3;
    }
    for c in g.children(token).filter(|&c| g.within(actor, c)) {
        let rel = g.deprel(c);
        let direct = u64::from(g.conjuncts(c).contains(&actor));
        return match g.case(c) {
            Some(prep) if rel.is(Deprel::Obl) || rel.is(Deprel::Nmod) => mix(4 + direct, text(&prep)),
            _ => mix(6 + direct, rel as u64),
        };
    }
    match g.clause(token) {
        Some(v) if among(g.subjects(v)) => mix(8, 1),
        Some(v) if among(g.objects(v)) => mix(8, 2),
        _ => 9,
    }
}

/// What stands as subject and as object of the word: nothing, an actor, a pronoun, another word.
fn filled(scene: &Scene<'_>, token: usize) -> [u64; 2] {
    let g = &scene.graph;
    let what = |list: Vec<usize>| match list.first() {
        None => 0,
        Some(&t) if scene.mention(t).is_some() => 1,
        Some(&t) if g.token(t).upos == Upos::Pron => 2,
        Some(_) => 3,
    };
    if g.token(token).upos != Upos::Verb {
        return [4 + u64::from(g.has(token, Deprel::NmodPoss)), 4 + u64::from(g.has(token, Deprel::Nmod))];
    }
    [what(g.subjects(token)) + 8 * u64::from(g.passive(token)), what(g.objects(token))]
}
