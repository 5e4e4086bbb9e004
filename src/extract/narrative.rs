//! What a fact takes from the report around it: the day on which people speak, and the place in which they meet.
//!
//! A report names its day once ("met on Sunday in Muscat"); what is said there, some sentences on, happened on that day and
//! in that place.

use rustc_hash::FxHashMap;

use crate::model::{Deprel, Document, EntityKind, Fact, Field, Graph, Links, MentionKind, Period, Status};

/// Days before the report within which a day is the one that it tells of.
const FRESH: i32 = 8;
/// Sentences over which a day or place named in the report goes on.
const REACH: usize = 12;

/// Gives facts without date or place those of the report. `facts` are in the order of the text.
pub fn settle(doc: &Document, links: &Links, facts: &mut [Fact]) {
    let index: FxHashMap<(Field, (usize, usize)), usize> =
        doc.sentences.iter().enumerate().map(|(s, x)| ((x.field, doc.code_points(x.field, x.span)), s)).collect();
    let days = days(doc, links);
    let dated: Vec<bool> = dated(doc, links);
    let at: Vec<Option<usize>> =
        facts.iter().map(|f| index.get(&(f.evidence.field, f.evidence.sentence)).copied()).collect();
    for (fact, s) in facts.iter_mut().zip(&at) {
        let Some(s) = *s else { continue };
        let told = fact.claim.status == Status::Asserted && fact.claim.date.is_none() && said(fact) && !dated[s];
        if told && !fact.evidence.quote.contains(" had ") {
            fact.claim.date = days[s];
        }
        if fact.claim.place.is_none() && fact.claim.relation.id() == "visit" {
            fact.claim.place = destination(doc, links, fact, s);
        }
    }
    places(facts, &at);
}

fn said(fact: &Fact) -> bool {
    let relation = fact.claim.relation;
    relation.group() == "verbal conflict" || matches!(relation.id(), "pledge" | "support")
}

fn dated(doc: &Document, links: &Links) -> Vec<bool> {
    let mut out = vec![false; doc.sentences.len()];
    links.times.iter().for_each(|t| out[t.sentence] = true);
    out
}

/// For each sentence the day that the report tells of there.
fn days(doc: &Document, links: &Links) -> Vec<Option<Period>> {
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
fn foreground(graph: &Graph<'_>, token: usize) -> bool {
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

/// Where a visit goes: the city of its target, else the country.
fn destination(doc: &Document, links: &Links, fact: &Fact, s: usize) -> Option<String> {
    let text = fact.evidence.target_text.as_str();
    let city = links.mentions.iter().filter(|m| m.sentence == s).any(|m| {
        let sentence = &doc.sentences[s];
        let span = sentence.tokens[m.tokens.start].span.join(sentence.tokens[m.tokens.end - 1].span);
        let seat = m.kind == MentionKind::Place || m.reason.starts_with("seat");
        seat && span.of(doc.field(sentence.field)) == text
    });
    match fact.claim.target.kind {
        _ if city => Some(text.to_owned()),
        EntityKind::State | EntityKind::Territory => Some(fact.claim.target.name.clone()),
        _ => None,
    }
}

/// What is said at a meeting was said where it took place.
fn places(facts: &mut [Fact], at: &[Option<usize>]) {
    let mut last: Option<(usize, String, [Option<String>; 2])> = None;
    for (fact, s) in facts.iter_mut().zip(at) {
        let Some(s) = *s else { continue };
        let spoken = said(fact);
        let c = &mut fact.claim;
        let homes = [c.source.country.clone(), c.target.country.clone()];
        match (&c.place, c.relation.id() == "meet") {
            (Some(place), true) if c.status == Status::Asserted => last = Some((s, place.clone(), homes)),
            (None, false) if spoken => {
                let near = last.as_ref().filter(|(since, _, who)| s - since <= REACH && who.contains(&homes[0]));
                c.place = near.map(|(_, place, _)| place.clone());
            }
            _ => {}
        }
    }
}
