//! Facts from what the network makes of a pair of actors, where no rule finds them.

use super::certainty::Stance;
use super::judge::{Candidate, Origin, Party};
use super::pairs::{Input, Network, Pair, Reading};
use super::reader::{Reader, words};
use super::walk::Filler;
use crate::model::{Deprel, EntityKind, Fact, Relation, Status};

/// A pair is taken to be likely from this chance on.
const LIKELY: f64 = 0.6;

/// From this chance on it is likely enough that something passes between the two to tell their offices: 0.2 to 0.4 find more
/// offices at little cost in articles not learnt from.
const NEAR: f64 = 0.25;

/// How much of what rules may find is right, before anything is seen of it.
const PRIOR: f64 = 0.18;

/// The pairs of a sentence, as the network reads them.
pub struct Pairs<'a, 'n> {
    input: Input<'a>,
    readings: Vec<Reading>,
    network: &'n Network,
}

impl<'a, 'n> Pairs<'a, 'n> {
    /// `None` if the sentence has no two actors.
    pub fn new(reader: &Reader<'a>, network: &'n Network) -> Option<Self> {
        let input = Input::new(&reader.scene, reader.index)?;
        let form = |t: usize| words(reader.doc, reader.index, &(t..t + 1));
        let readings = network.read(&input, form);
        Some(Self { input, readings, network })
    }

    /// What the network gives to a candidate of the rules, and how it thinks that it is told; `None` for actors whom it does
    /// not see as a pair, and for relations of which it knows too little.
    pub fn chance(&self, c: &Candidate<'_>) -> Option<(f64, Status)> {
        if !self.network.knows(c.relation) {
            return None;
        }
        let (source, target) = (&c.source.filler.actor, &c.target.filler.actor);
        let actor = |n: usize| &self.input.actors[n].actor;
        let is =
            |p: &Pair| (actor(p.a) == source && actor(p.b) == target) || (actor(p.a) == target && actor(p.b) == source);
        let n = self.input.pairs.iter().position(is)?;
        let back = !c.relation.symmetric() && actor(self.input.pairs[n].a) != source;
        let output = self.network.outputs().position(|o| o == (c.relation, back))?;
        Some((self.readings[n].chances[output], self.readings[n].status))
    }

    /// Whether the two only stand beside each other, and a third who does not is the other side of both: "A and B met C".
    fn beside(&self, pair: &Pair, output: (Relation, bool)) -> bool {
        let Some(o) = self.network.outputs().position(|x| x == output) else { return false };
        let together = |a: usize, b: usize| self.input.together(a, b);
        let likely = |a: usize, b: usize| {
            let is = |p: &Pair| (p.a, p.b) == (a, b) || (p.a, p.b) == (b, a);
            self.input.pairs.iter().position(is).is_some_and(|n| self.readings[n].chances[o] >= LIKELY)
        };
        let third = |c: usize| {
            c != pair.a
                && c != pair.b
                && !together(pair.a, c)
                && likely(pair.a, c)
                && likely(pair.b, c)
                && self.input.beyond(c).is_none()
        };
        together(pair.a, pair.b) && (0..self.input.actors.len()).any(third)
    }

    /// The ids of the actors between whom the network sees something, if not clearly enough to tell it.
    pub fn near(&self) -> Vec<String> {
        let seen = |r: &Reading| r.chances.iter().any(|c| *c >= NEAR);
        let pairs = self.input.pairs.iter().zip(&self.readings).filter(|(_, r)| seen(r));
        pairs.flat_map(|(p, _)| [p.a, p.b].map(|n| self.input.actors[n].actor.id.clone())).collect()
    }

    /// What the network finds beside the facts of the rules.
    pub fn facts(&self, reader: &Reader<'a>, found: &[(Fact, usize)]) -> Vec<(Fact, usize)> {
        let mut out = Vec::new();
        for (pair, reading) in self.input.pairs.iter().zip(&self.readings) {
            for ((relation, back), &chance) in self.network.outputs().zip(&reading.chances) {
                if chance < relation.alone() || back && relation.symmetric() || !self.network.knows(relation) {
                    continue;
                }
                let side = |n: usize| self.input.filler(pair, n).clone();
                let sides = if back { [side(1), side(0)] } else { [side(0), side(1)] };
                let [source, target] = voiced(reader, relation, reading.token, sides);
                if relation.symmetric() && self.beside(pair, (relation, back)) {
                    continue;
                }
                let known = |f: &Fact| f.claim.relation == relation && same_pair(f, &source, &target);
                if !found.iter().any(|(f, _)| known(f)) {
                    let fact = proposal(reader, relation, reading, [source, target], chance);
                    out.extend(fact.map(|f| (f, reading.token)));
                }
            }
        }
        out
    }
}

/// How likely what a rule finds is, after the judge of the rules and the network: the judge's odds, times what the network
/// adds to the odds of any pair and relation that a rule might find. Both look at much the same, so its word counts half.
pub fn joined(judge: f64, network: f64) -> f64 {
    let odds = |p: f64| p.clamp(0.001, 0.999) / (1.0 - p.clamp(0.001, 0.999));
    let both = odds(judge) * (odds(network) / odds(PRIOR)).sqrt();
    both / (1.0 + both)
}

/// The status by the words of the clause, unless these leave it open and the network thinks otherwise.
pub fn doubted(words: Status, network: Status) -> Status {
    if words == Status::Asserted { network } else { words }
}

/// The confidence of what the network alone finds: a fifth of its odds. It is taught what single sentences tell, of which annotators of
/// whole articles take over less (`diplograph learn` prints the table by which this was set).
fn trusted(chance: f64) -> f64 {
    chance / (chance + 5.0 * (1.0 - chance))
}

fn same_pair(f: &Fact, source: &Filler<'_>, target: &Filler<'_>) -> bool {
    let pair = (&f.claim.source, &f.claim.target);
    pair == (&source.actor, &target.actor) || f.claim.relation.symmetric() && pair == (&target.actor, &source.actor)
}

/// The fact, unless the clause only wishes, asks for it or calls it possible: of such, hardly one in ten is a fact.
fn proposal<'a>(
    reader: &Reader<'a>,
    relation: Relation,
    reading: &Reading,
    sides: [Filler<'a>; 2],
    chance: f64,
) -> Option<Fact> {
    let token = reading.token;
    let rule = reader.rules.pair_rules + Relation::all().position(|r| r == relation)?;
    let [source, target] = sides.map(|filler| {
        let here = filler.mention.sentence == reader.index;
        let filler = if here { reader.scene.acting(filler) } else { filler };
        Party { filler, origin: if here { Origin::Here } else { Origin::Beyond } }
    });
    // the network takes whoever acts for an actor: of two people of no known side nothing is said
    let private = |p: &Party<'_>| p.filler.actor.kind == EntityKind::Person && p.filler.actor.country.is_none();
    if private(&source) && private(&target) {
        return None;
    }
    let aside = |p: &Party<'_>| p.origin == Origin::Here && reader.scene.aside(p.filler.mention, token);
    if aside(&source) || aside(&target) {
        return None;
    }
    let kinds = &reader.rules.rules[rule].target_kinds;
    if !kinds.is_empty() && !kinds.contains(&target.filler.actor.kind) {
        return None;
    }
    if reader.rules.rules[rule].verbal && others_words(reader, token, &source.filler) {
        return None;
    }
    let mut stance: Stance<'a> = {
        let (scene, words) = (&reader.scene, &reader.rules.certainty);
        // "promised that they would help": whether the promise was made, not whether they will
        let (speakers, above) = scene.context.map(|c| c.speaker(scene, token)).unwrap_or_default();
        let own = above.is_some() && speakers.iter().any(|s| s.actor == source.filler.actor);
        let told = reader.rules.rules[rule].verbal && (own || source.origin == Origin::Beyond);
        match scene.context.filter(|_| told) {
            Some(_) => words.said(scene, token, above, Status::Asserted)?,
            None => words.stance(scene, token, Status::Asserted, relation.group() == "consult")?,
        }
    };
    stance.status = doubted(stance.status, reading.status);
    if stance.status == Status::Possible {
        return None;
    }
    let candidate = Candidate { relation, token, source, target, rule };
    Some(reader.fact(&candidate, &stance, Some(trusted(chance))))
}

/// Words of a state are those of the person of that state who says them.
fn voiced<'a>(
    reader: &Reader<'a>,
    relation: Relation,
    token: usize,
    [source, target]: [Filler<'a>; 2],
) -> [Filler<'a>; 2] {
    let speaker = if relation.spoken() { reader.voice(token, &source) } else { None };
    let own = |s: &Filler<'_>| s.actor.country.is_some() && s.actor.country == source.actor.country;
    let speaker = speaker.and_then(|s| s.into_iter().find(own));
    [speaker.unwrap_or(source), target]
}

/// Whether the word is told by somebody else than the one who is to have said it: "Assad said some believe that ...".
fn others_words(reader: &Reader<'_>, token: usize, source: &Filler<'_>) -> bool {
    let scene = &reader.scene;
    let same = |f: &Filler<'_>| {
        f.actor == source.actor || f.actor.country.is_some() && f.actor.country == source.actor.country
    };
    let named = |t: usize| scene.mention(t).is_some_and(|m| m.actors.contains(&source.actor));
    let words = &reader.rules.certainty;
    let g = &scene.graph;
    let nobody = |v: usize| {
        let subjects = g.subjects(v);
        words.says(g.lemma(v)) && !subjects.is_empty() && subjects.iter().all(|&s| scene.mention(s).is_none())
    };
    // "he said some believe that ..."
    if nobody(token) || words.says(g.lemma(token)) && g.by(token, Deprel::Ccomp).any(nobody) {
        return true;
    }
    let own = g.subjects(token).into_iter().any(named);
    let told = scene.context.map(|c| c.speaker(scene, token));
    !own && told.is_some_and(|(who, above)| above.is_some() && !who.iter().any(same))
}
