//! What a fact takes from the report around it: the day on which people speak, and the place in which they meet.
//!
//! A report names its day once ("met on Sunday in Muscat"); what is said there, some sentences on, happened on that day and
//! in that place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::certainty::Certainty;
use super::dating::Site;
use super::venue;
use crate::model::{
    Deprel, Document, EntityKind, Fact, Field, Graph, Links, Mention, MentionKind, Period, Status, Time, Token,
};

/// Days before the report within which a day is the one that it tells of; and after it, of a headline's plan.
const FRESH: i32 = 8;
/// Sentences over which a day or place that the report names goes on.
pub(super) const REACH: usize = 12;

/// Gives facts without date or place those of the report. `facts` are in the order of the text; `sites` tells where each was found.
pub fn settle(doc: &Document, links: &Links, words: &Certainty, facts: &mut [Fact], sites: &[Site]) {
    let days = days(doc, links);
    let announced = announced(doc, links);
    let dated = dated(doc, links);
    let mut present: FxHashSet<(String, Period)> = FxHashSet::default();
    let mut trips: FxHashMap<String, Period> = FxHashMap::default();
    let mut talks = Talks::default();
    for (fact, site) in facts.iter_mut().zip(sites) {
        let s = site.sentence;
        on_the_trip(fact, &mut trips);
        let coming = fact.claim.status == Status::Planned && fact.claim.date.is_none() && !dated[s];
        if coming && encounter(fact) && opening(doc, s) {
            fact.claim.date = announced;
        }
        let open = fact.claim.status == Status::Asserted && fact.claim.date.is_none() && !dated[s];
        if open && !perfect(doc, fact, s) {
            let met = matches!(fact.claim.relation.id(), "meet" | "call" | "sign_agreement");
            let again = |d: &Period| met && sides(fact).into_iter().all(|a| present.contains(&(a, *d)));
            fact.claim.date = days[s]
                .filter(|d| said(fact) || again(d))
                .or_else(|| talks.day(fact, s).filter(|_| further(doc, words, fact, s)));
        }
        if open && days[s].is_none() && opening(doc, s) && !over(fact) {
            fact.claim.date = fact.claim.date.or_else(|| told_next(links, &days, fact, s));
        }
        talks.note(fact, s);
        if let Some(day) = fact.claim.date {
            present.extend(sides(fact).into_iter().map(|a| (a, day)));
        }
        if fact.claim.place.is_none() && fact.claim.relation.id() == "visit" {
            fact.claim.place = destination(doc, links, fact, s);
        }
    }
    venue::seat(doc, links, words, facts, sites);
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

/// The day on which each actor last met somebody or came somewhere.
#[derive(Default)]
struct Talks(FxHashMap<String, (usize, Period)>);

impl Talks {
    fn note(&mut self, fact: &Fact, s: usize) {
        let Some(day) = fact.claim.date.filter(|_| journey(fact) && fact.claim.status == Status::Asserted) else {
            return;
        };
        for side in guests(fact) {
            self.0.insert(side, (s, day));
        }
    }

    /// The day of the talks before, of whoever has had some.
    fn day(&self, fact: &Fact, s: usize) -> Option<Period> {
        let known = guests(fact).into_iter().filter_map(|a| self.0.get(&a).copied());
        let (_, day) = known.filter(|(then, _)| s.saturating_sub(*then) <= REACH).max_by_key(|(then, _)| *then)?;
        journey(fact).then_some(day)
    }
}

/// Whether the words of the fact tell of a further event of the same occasion: "also met separately with".
fn further(doc: &Document, words: &Certainty, fact: &Fact, s: usize) -> bool {
    let sentence = &doc.sentences[s];
    let within = |t: &&Token| {
        let span = doc.code_points(sentence.field, t.span);
        fact.evidence.start <= span.0 && span.1 <= fact.evidence.end
    };
    let mut told = sentence.tokens.iter().filter(within);
    told.any(|t| words.further(&t.lemma))
}

/// Those whose way the fact tells of: both who meet, him who visits.
fn guests(fact: &Fact) -> Vec<String> {
    let [source, target] = sides(fact);
    if fact.claim.relation.id() == "visit" { vec![source] } else { vec![source, target] }
}

/// What people come together for.
fn encounter(fact: &Fact) -> bool {
    matches!(fact.claim.relation.id(), "meet" | "visit" | "call" | "sign_agreement")
}

fn journey(fact: &Fact) -> bool {
    matches!(fact.claim.relation.id(), "meet" | "visit")
}

/// The lead says what somebody said or whom he met; a sentence or two on (at most [`LEAD`]) stands when.
fn told_next(links: &Links, days: &[Option<Period>], fact: &Fact, s: usize) -> Option<Period> {
    let next = (s + 1..days.len().min(s + 1 + LEAD)).find(|&n| days[n].is_some())?;
    let same = links.mentions_of(next).iter().any(|m| m.actors.contains(&fact.claim.source));
    days[next].filter(|_| same && (said(fact) || journey(fact)))
}

/// Sentences after which the day of the lead stands at the latest.
const LEAD: usize = 3;

fn sides(fact: &Fact) -> [String; 2] {
    [fact.claim.source.id.clone(), fact.claim.target.id.clone()]
}

/// Whether the fact was over when the rest happened: "had met".
fn over(fact: &Fact) -> bool {
    fact.evidence.quote.contains(" had ")
}

/// Whether the sentence tells of what was over by then, or has been so for some time: "had met", "has said".
fn perfect(doc: &Document, fact: &Fact, s: usize) -> bool {
    let sentence = &doc.sentences[s];
    let graph = Graph::new(sentence);
    let root = sentence.root();
    let have = graph.by(root, Deprel::Aux).any(|a| graph.lemma(a) == "have");
    over(fact) || have && graph.token(root).xpos == "VBN"
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

/// The day to come that the headline names: "On July 3, X will receive Y".
fn announced(doc: &Document, links: &Links) -> Option<Period> {
    let today = doc.article.date?;
    let coming =
        |p: Period| p.first() == p.last() && (0..FRESH).contains(&p.first().since(today).map_or(-1, |s| s.get_days()));
    let main = |t: &Time| foreground(&Graph::new(&doc.sentences[t.sentence]), t.tokens.start);
    let mut headline =
        links.times.iter().filter(|t| doc.sentences[t.sentence].field == Field::Title && coming(t.period) && main(t));
    headline.next().map(|t| t.period)
}

/// Whether the sentence is of the first paragraph of the text.
fn opening(doc: &Document, s: usize) -> bool {
    let sentence = &doc.sentences[s];
    let first = doc.sentences.iter().find(|x| x.field == Field::Text);
    sentence.field == Field::Text && first.is_some_and(|f| f.paragraph == sentence.paragraph)
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
