//! What the network sees of a sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::extract::walk::{Filler, Scene};
use crate::model::{Actor, EntityKind, Graph, MentionKind, Upos};

/// Longer sentences are lists.
const MOST_TOKENS: usize = 90;
const MOST_ACTORS: usize = 14;
/// Steps up the tree after which a way is given up.
const HIGH: usize = 40;

/// A sentence with at least two actors who may have to do with each other.
pub struct Input<'a> {
    pub tokens: Vec<Seen>,
    pub actors: Vec<Party<'a>>,
    pub pairs: Vec<Pair>,
}

/// What is seen of a token beside its word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// It is part of a name: the word itself is not seen.
    pub hidden: bool,
    /// A noun, a verb, an adjective: a word that can tell of a deed.
    pub content: bool,
    pub upos: u8,
    pub deprel: u8,
    /// The kind of actor of whose mention it is part; 0 for none.
    pub kind: u8,
    pub head: usize,
}

/// An actor with the places where he is named.
pub struct Party<'a> {
    pub actor: Actor,
    places: Vec<Place<'a>>,
}

#[derive(Clone)]
struct Place<'a> {
    filler: Filler<'a>,
    /// How he is named; above [`BEYOND`] if another sentence names him.
    how: u8,
    here: bool,
    /// The first of the coordination in which he stands.
    root: usize,
}

/// Two actors of the sentence: places in [`Input::actors`], the first named first.
pub struct Pair {
    pub a: usize,
    pub b: usize,
    pub(super) places: [usize; 2],
    /// The tokens of the two, if the sentence names them.
    pub heads: [Option<usize>; 2],
    /// Of each token: where it stands to either actor, and on which side of the way between them.
    pub marks: Vec<[u8; 3]>,
    /// Kinds of the two, how they are named, whether in a group; how many actors there are; whether the report begins here.
    pub facts: [u8; 8],
}

/// The mark of the first actor's own words on the way; the second's is one more.
pub const NAMED: u8 = 6;
/// Ways of being named that are not in the sentence: its speaker, whose turn it is, who met last, the publisher.
const BEYOND: u8 = 6;

impl<'a> Input<'a> {
    /// `None` if the sentence has no two actors, or is too long.
    pub fn new(scene: &Scene<'a>, sentence: usize) -> Option<Self> {
        let g = &scene.graph;
        if !(3..=MOST_TOKENS).contains(&g.sentence.tokens.len()) {
            return None;
        }
        let actors = parties(scene, sentence);
        let mut input = Self { tokens: seen(scene, sentence), actors, pairs: Vec::new() };
        for a in 0..input.actors.len() {
            for b in a + 1..input.actors.len() {
                input.pairs.extend(input.pair(g, a, b, sentence < 2));
            }
        }
        (!input.pairs.is_empty()).then_some(input)
    }

    /// Who stands on that side of the pair, as he is named nearest to the other.
    pub fn filler(&self, pair: &Pair, side: usize) -> &Filler<'a> {
        &self.actors[[pair.a, pair.b][side]].places[pair.places[side]].filler
    }

    /// Whether the sentence names the two in one coordination.
    pub fn together(&self, a: usize, b: usize) -> bool {
        let roots = |n: usize| self.actors[n].places.iter().filter(|p| p.here).map(|p| p.root).collect::<Vec<_>>();
        let other = roots(b);
        roots(a).iter().any(|r| other.contains(r))
    }

    /// The stretches of tokens that name actors of the sentence, in its order, with the actors' places in [`Input::actors`].
    pub fn named(&self) -> Vec<(Range<usize>, Vec<usize>)> {
        let mut out: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (n, party) in self.actors.iter().enumerate() {
            for place in party.places.iter().filter(|p| p.here) {
                let tokens = &place.filler.mention.tokens;
                out.entry((tokens.start, tokens.end)).or_default().push(n);
            }
        }
        out.into_iter().map(|((start, end), who)| (start..end, who)).collect()
    }

    /// In what part an actor has his say whom the sentence does not name: its speaker, whose turn it is, who met last, the publisher.
    pub fn beyond(&self, actor: usize) -> Option<&'static str> {
        let place = &self.actors[actor].places[0];
        let part = ["speaker", "turn", "met", "publisher"][usize::from(place.how.saturating_sub(BEYOND))];
        (!place.here).then_some(part)
    }

    fn pair(&self, g: &Graph<'_>, a: usize, b: usize, first: bool) -> Option<Pair> {
        let (x, y) = (&self.actors[a], &self.actors[b]);
        let foreign = x.actor.country.is_none() || x.actor.country != y.actor.country;
        let both_beyond = !x.places[0].here && !y.places[0].here;
        let publisher = |p: &Party<'_>| p.places[0].how == BEYOND + 3;
        if !foreign || both_beyond && (publisher(x) || publisher(y)) {
            return None;
        }
        let choices = (0..x.places.len()).flat_map(|i| (0..y.places.len()).map(move |j| [i, j]));
        let places = choices.min_by_key(|&[i, j]| distance(g, &x.places[i], &y.places[j]))?;
        let (p, q) = (&x.places[places[0]], &y.places[places[1]]);
        let head = |p: &Place<'_>| p.here.then_some(p.filler.mention.head);
        let facts = [
            x.actor.kind as u8 + 1,
            y.actor.kind as u8 + 1,
            p.how,
            q.how,
            u8::from(p.filler.mention.actors.len() > 1),
            u8::from(q.filler.mention.actors.len() > 1),
            self.actors.len().min(9) as u8,
            u8::from(first),
        ];
        let heads = [head(p), head(q)];
        Some(Pair { a, b, places, heads, marks: marks(g, [p, q], heads), facts })
    }
}

/// Everybody whom the sentence names, in the order of the text, then those whom others name.
fn parties<'a>(scene: &Scene<'a>, sentence: usize) -> Vec<Party<'a>> {
    let mut out: Vec<Party<'a>> = Vec::new();
    let mut add = |filler: Filler<'a>, how: u8, here: bool| {
        let root = if here { scene.graph.first_conjunct(filler.mention.head) } else { 0 };
        let place = Place { filler, how, here, root };
        match out.iter_mut().find(|p| p.actor == place.filler.actor) {
            Some(p) if here || !p.places[0].here => p.places.push(place),
            Some(_) => {}
            None => out.push(Party { actor: place.filler.actor.clone(), places: vec![place] }),
        }
    };
    for mention in scene.all().filter(|m| m.sentence == sentence) {
        for actor in mention.actors.iter().filter(|a| a.kind != EntityKind::Media) {
            add(Filler { actor: actor.clone(), mention }, how(mention.kind), true);
        }
    }
    let Some(context) = scene.context else { return out };
    let g = &scene.graph;
    let root = (0..g.sentence.tokens.len()).find(|&t| g.head(t).is_none()).unwrap_or(0);
    let turn = (0..g.sentence.tokens.len()).find_map(|t| context.turn(t));
    let publisher = context.own_words(root).and_then(|m| Some(Filler { actor: m.actors.first()?.clone(), mention: m }));
    let beyond = [
        context.speaker(scene, root).0,
        turn.into_iter().collect(),
        context.meeting(),
        publisher.into_iter().collect(),
    ];
    for (n, fillers) in (0..).zip(beyond) {
        fillers.into_iter().for_each(|f| add(f, BEYOND + n, false));
    }
    out.truncate(MOST_ACTORS);
    out
}

fn how(kind: MentionKind) -> u8 {
    match kind {
        MentionKind::Name => 1,
        MentionKind::Description => 2,
        MentionKind::Pronoun => 3,
        MentionKind::Adjective => 4,
        MentionKind::Place => 5,
    }
}

fn seen(scene: &Scene<'_>, sentence: usize) -> Vec<Seen> {
    let g = &scene.graph;
    let token = |t: usize| {
        let token = g.token(t);
        let mention = scene.mention(t).filter(|m| m.sentence == sentence);
        let kind = mention.and_then(|m| m.actors.first()).map_or(0, |a| a.kind as u8 + 1);
        let named = matches!(token.upos, Upos::Propn | Upos::Adj);
        let content = matches!(token.upos, Upos::Noun | Upos::Verb | Upos::Adj);
        let (upos, deprel) = (token.upos as u8 + 1, token.deprel as u8 + 1);
        Seen { hidden: kind > 0 && named, content, upos, deprel, kind, head: token.head }
    };
    (0..g.sentence.tokens.len()).map(token).collect()
}

/// The word and those above it.
fn up(g: &Graph<'_>, t: usize) -> Vec<usize> {
    g.up(t).take(HIGH).collect()
}

/// The ways of both up to the word above them, which ends both.
fn way(g: &Graph<'_>, a: usize, b: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut x, mut y) = (up(g, a), up(g, b));
    if let Some((i, j)) = x.iter().enumerate().find_map(|(i, t)| Some((i, y.iter().position(|u| u == t)?))) {
        x.truncate(i + 1);
        y.truncate(j + 1);
    }
    (x, y)
}

/// How far two mentions are from each other: first in the tree, then in the text.
fn distance(g: &Graph<'_>, p: &Place<'_>, q: &Place<'_>) -> usize {
    if !p.here || !q.here {
        return usize::MAX;
    }
    let (a, b) = (p.filler.mention.head, q.filler.mention.head);
    let (x, y) = way(g, a, b);
    20 * (x.len() + y.len()) + a.abs_diff(b)
}

/// Where each token stands: by its distance to either actor, and by its place on the way between them.
fn marks(g: &Graph<'_>, places: [&Place<'_>; 2], heads: [Option<usize>; 2]) -> Vec<[u8; 3]> {
    let n = g.sentence.tokens.len();
    let steps = |t: usize, head: Option<usize>| head.map_or(0, |h| step(t, h) + 1);
    let mut out: Vec<[u8; 3]> = (0..n).map(|t| [steps(t, heads[0]), steps(t, heads[1]), 0]).collect();
    match heads {
        [Some(a), Some(b)] => {
            let (x, y) = way(g, a, b);
            x.iter().for_each(|&t| out[t][2] = 1);
            y.iter().for_each(|&t| out[t][2] = 2);
            out[x[x.len() - 1]][2] = 3;
        }
        [head, other] => head.or(other).into_iter().flat_map(|h| up(g, h)).for_each(|t| out[t][2] = 4),
    }
    let on: Vec<bool> = out.iter().map(|m| m[2] > 0).collect();
    for t in 0..n {
        if !on[t] && g.head(t).is_some_and(|h| on[h]) {
            out[t][2] = 5;
        }
    }
    for (place, mark) in places.iter().zip(NAMED..).filter(|(p, _)| p.here) {
        place.filler.mention.tokens.clone().for_each(|t| out[t][2] = mark);
    }
    out
}

/// The distance from `head` to `t`, in classes that grow: 0 to 9 behind it, 10 to 18 before it.
fn step(t: usize, head: usize) -> u8 {
    let class = match t.abs_diff(head) {
        d @ 0..=4 => d as u8,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    };
    if t >= head { class } else { class + 9 }
}
