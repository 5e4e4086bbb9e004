//! What might be a fact: a word that can tell of a relation, with two actors of its sentence or of what surrounds it.

use crate::extract::context::Context;
use crate::extract::walk::{Filler, Scene};
use crate::model::{EntityKind, MentionKind, Relation};

/// Where an actor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The sentence names him.
    Here,
    /// In whose words the sentence is, or who says what it tells.
    Speaker,
    /// Whom the other side met last.
    Counterpart,
    /// For whom the publisher speaks.
    House,
    /// The title names him.
    Title,
    /// The subject of the sentence before, or the last one in it who can be.
    Before,
    /// The one of whom the report speaks most.
    Chief,
}

/// One side of a candidate.
#[derive(Debug, Clone)]
pub struct Party<'a> {
    pub filler: Filler<'a>,
    pub origin: Origin,
}

/// A word of a sentence and two actors.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    pub relation: Relation,
    pub token: usize,
    pub source: Party<'a>,
    pub target: Party<'a>,
    /// The rule that fits, by its place in the list of rules.
    pub rule: Option<usize>,
}

/// Actors of one sentence beyond this many, the farthest from the word, are left aside.
const MOST: usize = 12;

/// The actors that a word can be about, nearest first.
pub fn parties<'a>(scene: &Scene<'a>, context: Option<Context<'a>>, token: usize) -> Vec<Party<'a>> {
    let mut near: Vec<(usize, Party<'a>)> = Vec::new();
    for m in scene.all().filter(|m| !m.tokens.contains(&token) || m.kind == MentionKind::Adjective) {
        let away = m.head.abs_diff(token);
        let here =
            |f: Filler<'a>| (away, Party { filler: Filler { actor: f.actor, mention: m }, origin: Origin::Here });
        near.extend(scene.meant(m).into_iter().map(here));
    }
    near.sort_by_key(|(away, _)| *away);
    near.truncate(MOST);
    let mut out: Vec<Party<'a>> = near.into_iter().map(|(_, p)| p).collect();
    let Some(context) = context else { return out };
    let mut beyond = |fillers: Vec<Filler<'a>>, origin| {
        for filler in fillers {
            if !out.iter().any(|p| p.filler.actor == filler.actor) {
                out.push(Party { filler, origin });
            }
        }
    };
    beyond(context.speaker(scene, token).0, Origin::Speaker);
    beyond(context.hosts(), Origin::House);
    for (origin, mentions) in [
        (Origin::Before, context.scenery.before(context.sentence)),
        (Origin::Title, context.scenery.title()),
        (Origin::Chief, context.scenery.chief()),
    ] {
        let fillers = mentions.iter().filter_map(|m| Some(Filler { actor: m.actors.first()?.clone(), mention: m }));
        beyond(fillers.collect(), origin);
    }
    out
}

/// The partners whom somebody of the source's country met last, as targets.
pub fn counterparts<'a>(context: Option<Context<'a>>, source: &Party<'a>, known: &[Party<'a>]) -> Vec<Party<'a>> {
    let home = source.filler.actor.country.as_deref();
    let met = context.zip(home).map(|(c, home)| c.counterparts(home)).unwrap_or_default();
    let fresh = met.into_iter().filter(|f| !known.iter().any(|p| p.filler.actor == f.actor));
    fresh.map(|filler| Party { filler, origin: Origin::Counterpart }).collect()
}

/// Whether two actors can be the sides of a fact at all.
pub fn possible(a: &Party<'_>, b: &Party<'_>) -> bool {
    let (x, y) = (&a.filler.actor, &b.filler.actor);
    let foreign = x.country.is_none() || x.country != y.country;
    let sided = |k: EntityKind, home: bool| k != EntityKind::Person || home;
    x != y
        && foreign
        && sided(x.kind, x.country.is_some())
        && sided(y.kind, y.country.is_some())
        && !matches!(x.kind, EntityKind::Media | EntityKind::Treaty)
        && y.kind != EntityKind::Media
        && a.filler.mention.kind != MentionKind::Place
}
