//! What only a headline tells, quoted from the text: a reader looks for the evidence there.

use rustc_hash::{FxHashMap, FxHashSet};

use super::certainty::Certainty;
use super::merge::key;
use super::narrative::{days, destination, foreground};
use super::reader::evidence;
use crate::model::{Document, Fact, Field, Graph, Links, Mention, Status};

/// Moves what only the title tells to the sentence of the text that names its actors, so that it can be quoted from there;
/// drops it where the text tells of the pair in other words ("X's travel to Y" beside "X will travel to Y").
pub fn ground(doc: &Document, links: &Links, certainty: &Certainty, facts: Vec<Fact>) -> Vec<Fact> {
    let told: FxHashSet<_> = facts.iter().filter(|f| f.evidence.field == Field::Text).map(|f| key(&f.claim)).collect();
    let mut out = Vec::with_capacity(facts.len());
    for mut fact in facts {
        if fact.evidence.field == Field::Title {
            if told.contains(&key(&fact.claim)) {
                continue;
            }
            if let Some(sides) = named_together(doc, links, &fact) {
                move_to(doc, links, certainty, &mut fact, sides);
            }
        }
        out.push(fact);
    }
    out
}

/// The mentions of both sides in the first sentence that has both: "the two presidents discussed". A title of whose actors no
/// sentence speaks together stays its own evidence.
fn named_together<'l>(doc: &Document, links: &'l Links, fact: &Fact) -> Option<(&'l Mention, &'l Mention)> {
    let text = || links.mentions.iter().filter(|m| doc.sentences[m.sentence].field == Field::Text);
    let sources: FxHashMap<usize, &Mention> =
        text().filter(|m| m.actors.contains(&fact.claim.source)).map(|m| (m.sentence, m)).collect();
    let mut targets = text().filter(|m| m.actors.contains(&fact.claim.target));
    targets.find_map(|m| Some((*sources.get(&m.sentence)?, m)))
}

/// Gives the fact the evidence of the sentence, with its day and with what its verb says of the future.
fn move_to(doc: &Document, links: &Links, certainty: &Certainty, fact: &mut Fact, sides: (&Mention, &Mention)) {
    let s = sides.0.sentence;
    let sentence = &doc.sentences[s];
    let graph = Graph::new(sentence);
    let rule = fact.evidence.rule.clone();
    let moved = evidence(doc, s, &[sides.0.tokens.clone(), sides.1.tokens.clone()], sides, &rule);
    let before = std::mem::replace(&mut fact.evidence, moved);
    if !sides.0.actors.contains(&fact.claim.source) {
        fact.evidence.source_text = before.source_text;
    }
    if fact.claim.date.is_none() {
        let time = links.times_of(s).iter().find(|t| foreground(&graph, t.tokens.start));
        fact.claim.date = time.map(|t| t.period).or(days(doc, links)[s]);
    }
    if fact.claim.status == Status::Asserted && certainty.own(&graph, sentence.root()) == Some(Status::Planned) {
        fact.claim.status = Status::Planned;
    }
    if fact.claim.relation.id() == "visit" {
        fact.claim.place = destination(doc, links, fact, s).or(fact.claim.place.take());
    }
}
