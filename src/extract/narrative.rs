//! What a fact takes from the report around it: the day on which people speak, and the place in which they meet.
//!
//! A report names its day once ("met on Sunday in Muscat"); what is said there, some sentences on, happened on that day and
//! in that place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::venue;
use crate::model::{
    Deprel, Document, EntityKind, Fact, Field, Graph, Links, Mention, MentionKind, Period, Sentence, Status,
};

/// Days before the report within which a day is the one that it tells of.
const FRESH: i32 = 8;
/// Sentences over which a day or place that the report names goes on.
pub(super) const REACH: usize = 12;

/// Gives facts without date or place those of the report. `facts` are in the order of the text.
pub fn settle(doc: &Document, links: &Links, facts: &mut [Fact]) {
    let at = sentences(doc, facts);
    let days = days(doc, links);
    let dated = dated(doc, links);
    let mut present: FxHashSet<(String, Period)> = FxHashSet::default();
    let mut trips: FxHashMap<String, Period> = FxHashMap::default();
    for (fact, s) in facts.iter_mut().zip(&at) {
        let Some(s) = *s else { continue };
        on_the_trip(fact, &mut trips);
        let open = fact.claim.status == Status::Asserted && fact.claim.date.is_none() && !dated[s];
        if open && !perfect(doc, fact, s) {
            let again = |d: &Period| {
                let met = matches!(fact.claim.relation.id(), "meet" | "call" | "sign_agreement");
                met && sides(fact).into_iter().all(|a| present.contains(&(a, *d)))
            };
            fact.claim.date = days[s].filter(|d| said(fact) || again(d));
        }
        if let Some(day) = fact.claim.date {
            present.extend(sides(fact).into_iter().map(|a| (a, day)));
        }
        if fact.claim.place.is_none() && fact.claim.relation.id() == "visit" {
            fact.claim.place = destination(doc, links, fact, s);
        }
    }
    venue::seat(doc, links, facts, &at);
}

/// "X will travel to A on May 3-4 ... He will meet with B": whoever is to travel meets people on the way.
fn on_the_trip(fact: &mut Fact, trips: &mut FxHashMap<String, Period>) {
    if fact.claim.status != Status::Planned {
        return;
    }
    match (fact.claim.relation.id(), fact.claim.date) {
        ("visit", Some(days)) => {
            trips.insert(fact.claim.source.id.clone(), days);
        }
        ("meet", None) => fact.claim.date = trips.get(&fact.claim.source.id).copied(),
        _ => {}
    }
}

fn sides(fact: &Fact) -> [String; 2] {
    [fact.claim.source.id.clone(), fact.claim.target.id.clone()]
}

/// Whether the sentence tells of what was over by then, or has been so for some time: "had met", "has said".
fn perfect(doc: &Document, fact: &Fact, s: usize) -> bool {
    let sentence = &doc.sentences[s];
    let graph = Graph::new(sentence);
    let root = sentence.root();
    let have = graph.by(root, Deprel::Aux).any(|a| graph.lemma(a) == "have");
    fact.evidence.quote.contains(" had ") || have && graph.token(root).xpos == "VBN"
}

/// The sentence of each fact.
fn sentences(doc: &Document, facts: &[Fact]) -> Vec<Option<usize>> {
    let span = |x: &Sentence| (x.field, doc.code_points(x.field, x.span));
    let index: FxHashMap<_, usize> = doc.sentences.iter().enumerate().map(|(s, x)| (span(x), s)).collect();
    facts.iter().map(|f| index.get(&(f.evidence.field, f.evidence.sentence)).copied()).collect()
}

pub(super) fn said(fact: &Fact) -> bool {
    fact.claim.relation.spoken()
}

/// For each sentence whether it has a time of its own; that of a side remark ("the elections in 2021") does not count.
fn dated(doc: &Document, links: &Links) -> Vec<bool> {
    let mut out = vec![false; doc.sentences.len()];
    for t in &links.times {
        out[t.sentence] |= foreground(&Graph::new(&doc.sentences[t.sentence]), t.tokens.start);
    }
    out
}

/// For each sentence the day that the report tells of there.
pub(super) fn days(doc: &Document, links: &Links) -> Vec<Option<Period>> {
    let mut named: Vec<Option<Period>> = vec![None; doc.sentences.len()];
    let Some(today) = doc.article.date else { return named };
    for t in &links.times {
        let age = today.since(t.period.first()).map_or(i32::MAX, |s| s.get_days());
        let day = t.period.first() == t.period.last() && (-1..FRESH).contains(&age);
        let sentence = &doc.sentences[t.sentence];
        if day && sentence.field == Field::Text && foreground(&Graph::new(sentence), t.tokens.start) {
            named[t.sentence].get_or_insert(t.period);
        }
    }
    let mut last: Option<(usize, Period)> = None;
    for (s, slot) in named.iter_mut().enumerate() {
        last = slot.map(|p| (s, p)).or(last.filter(|(since, _)| s - since <= REACH));
        *slot = last.map(|(_, p)| p);
    }
    named
}

/// Whether a time hangs on the sentence's main verb, or on what is told of its subject.
pub(super) fn foreground(graph: &Graph<'_>, token: usize) -> bool {
    let mut clauses = graph.up(token).skip(1).filter(|&t| graph.predicate(t));
    let main = |t: usize| {
        graph.head(t).is_none()
            || graph.deprel(t) == Deprel::Conj && graph.head(t).is_some_and(|h| graph.head(h).is_none())
    };
    let subject = |t: usize| {
        let noun = graph.head(t).filter(|_| graph.deprel(t) == Deprel::AclRelcl);
        noun.is_some_and(|n| graph.deprel(n).is(Deprel::Nsubj) && graph.head(n).is_some_and(main))
    };
    clauses.next().is_none_or(|t| main(t) || subject(t))
}

/// Where a visit goes: the city of its target that stands nearest, else the country.
pub(super) fn destination(doc: &Document, links: &Links, fact: &Fact, s: usize) -> Option<String> {
    let sentence = &doc.sentences[s];
    let words = |m: &Mention| {
        let span = sentence.tokens[m.tokens.start].span.join(sentence.tokens[m.tokens.end - 1].span);
        span.of(doc.field(sentence.field))
    };
    let target = &fact.claim.target;
    let here = || links.mentions_of(s).iter().filter(|m| m.actors.contains(target));
    let named = here().find(|m| words(m) == fact.evidence.target_text);
    let city = here()
        .filter(|m| m.kind == MentionKind::Place || m.reason.starts_with("seat"))
        .min_by_key(|m| named.map_or(0, |n| n.tokens.start.abs_diff(m.tokens.start)))
        .filter(|m| named.is_none_or(|n| n.tokens.start.abs_diff(m.tokens.start) <= CLOSE));
    match (city, target.kind) {
        (Some(city), _) => Some(words(city).to_owned()),
        (None, EntityKind::State | EntityKind::Territory) => Some(target.name.clone()),
        _ => None,
    }
}

/// A city stands so near its country: "Brussels, Belgium".
const CLOSE: usize = 4;
