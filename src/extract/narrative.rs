//! What a fact takes from the report around it: the day on which people speak, and the place in which they meet.
//!
//! A report names its day once ("met on Sunday in Muscat"); what is said there, some sentences on, happened on that day and
//! in that place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::certainty::Certainty;
use super::merge::key;
use super::reader::evidence;
use crate::model::{
    Actor, Deprel, Document, EntityKind, Fact, Field, Graph, Links, Mention, MentionKind, Period, Sentence, Status,
};

/// Days before the report within which a day is the one that it tells of.
const FRESH: i32 = 8;
/// Sentences over which a day or place named in the report goes on.
const REACH: usize = 12;

/// Gives facts without date or place those of the report. `facts` are in the order of the text.
pub fn settle(doc: &Document, links: &Links, facts: &mut [Fact]) {
    let at = sentences(doc, facts);
    let days = days(doc, links);
    let dated = dated(doc, links);
    let mut present: FxHashSet<(String, Period)> = FxHashSet::default();
    for (fact, s) in facts.iter_mut().zip(&at) {
        let Some(s) = *s else { continue };
        let open = fact.claim.status == Status::Asserted && fact.claim.date.is_none() && !dated[s];
        if open && !perfect(doc, fact, s) {
            let again = |d: &Period| {
                let met = matches!(fact.claim.relation.id(), "meet" | "call" | "sign_agreement");
                met && sides(fact).into_iter().any(|a| present.contains(&(a, *d)))
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
    // the second time what is said at a meeting takes the place that the first gave the meeting
    for _ in 0..2 {
        let mut venues = venues(facts, &at);
        venues.extend(scenes(doc, links));
        venues.sort_by_key(|v| (v.sentence, v.rank));
        for (fact, s) in facts.iter_mut().zip(&at) {
            let Some(s) = *s else { continue };
            let timed = links.times.iter().any(|t| t.sentence == s);
            hold(fact, s, &venues, timed);
        }
    }
    facts.iter_mut().for_each(on_its_land);
}

/// An attack on a state, or a withdrawal from it, is on its land if nothing else is said.
fn on_its_land(fact: &mut Fact) {
    let c = &mut fact.claim;
    let land = matches!(c.target.kind, EntityKind::State | EntityKind::Territory);
    if land && c.place.is_none() && matches!(c.relation.id(), "attack" | "withdraw_forces") {
        c.place = Some(c.target.name.clone());
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

fn said(fact: &Fact) -> bool {
    let relation = fact.claim.relation;
    relation.group() == "verbal conflict" || matches!(relation.id(), "pledge" | "support")
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

/// Where a visit goes: the city of its target that stands nearest, else the country.
fn destination(doc: &Document, links: &Links, fact: &Fact, s: usize) -> Option<String> {
    let sentence = &doc.sentences[s];
    let words = |m: &Mention| {
        let span = sentence.tokens[m.tokens.start].span.join(sentence.tokens[m.tokens.end - 1].span);
        span.of(doc.field(sentence.field))
    };
    let target = &fact.claim.target;
    let here = || links.mentions.iter().filter(|m| m.sentence == s && m.actors.contains(target));
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

/// A visit or meeting that the report tells of, where and when what it tells of its people next happened.
struct Venue {
    sentence: usize,
    place: String,
    date: Option<Period>,
    status: Status,
    /// Who came, or the two who met.
    people: Vec<Actor>,
    homes: [Option<String>; 2],
    /// The country visited.
    country: Option<String>,
    rank: Rank,
}

/// What makes a venue, the most telling last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A city in which a sentence sets its people.
    Scene,
    Visit,
    Meeting,
}

/// The cities in which sentences set the people whom they name: "said in Astana".
fn scenes(doc: &Document, links: &Links) -> Vec<Venue> {
    let mut out = Vec::new();
    for p in &links.places {
        let sentence = &doc.sentences[p.sentence];
        let graph = Graph::new(sentence);
        let token = p.tokens.clone().find(|&t| graph.head(t).is_none_or(|h| !p.tokens.contains(&h))).unwrap_or(p.tokens.start);
        let inside = matches!(graph.case(token).as_deref(), Some("in" | "at"));
        let city = !links.homes.values().any(|a| a.name == p.name);
        if !(inside && city && sentence.field == Field::Text && foreground(&graph, token)) {
            continue;
        }
        let here = links.mentions.iter().filter(|m| m.sentence == p.sentence).flat_map(|m| &m.actors);
        let people = here.filter(|a| a.kind == EntityKind::Person).cloned().collect();
        out.push(Venue {
            sentence: p.sentence,
            place: p.name.clone(),
            date: None,
            status: Status::Asserted,
            people,
            homes: [None, None],
            country: None,
            rank: Rank::Scene,
        });
    }
    out
}

/// The visits and meetings that have a place.
fn venues(facts: &[Fact], at: &[Option<usize>]) -> Vec<Venue> {
    let mut out: Vec<Venue> = Vec::new();
    for (fact, s) in facts.iter().zip(at) {
        let c = &fact.claim;
        let visit = c.relation.id() == "visit";
        let (Some(sentence), Some(place)) = (*s, &c.place) else { continue };
        let there = visit || c.relation.id() == "meet" && c.status == Status::Asserted;
        if !there || c.status > Status::Planned {
            continue;
        }
        let people = if visit { vec![c.source.clone()] } else { vec![c.source.clone(), c.target.clone()] };
        let homes = [c.source.country.clone(), c.target.country.clone()];
        let rank = if visit { Rank::Visit } else { Rank::Meeting };
        let country = visit.then(|| c.target.name.clone());
        out.push(Venue { sentence, place: place.clone(), date: c.date, status: c.status, people, homes, country, rank });
    }
    out
}

/// Gives a fact the place, and a meeting the date too, of the venue at which it is told to happen.
fn hold(fact: &mut Fact, s: usize, venues: &[Venue], timed: bool) {
    let spoken = said(fact);
    let c = &mut fact.claim;
    let meeting = matches!(c.relation.id(), "meet" | "sign_agreement" | "negotiate");
    if !spoken && !meeting {
        return;
    }
    let fits = |v: &&Venue| {
        let there = v.people.contains(&c.source) || meeting && v.people.contains(&c.target);
        let host = v.homes.contains(&c.source.country) && c.source.country.is_some();
        let apart = v.rank == Rank::Meeting && meeting && v.sentence == s;
        v.sentence.abs_diff(s) <= REACH && !apart && v.status == c.status && (there || spoken && host)
    };
    let after = |v: &&Venue| meeting && v.rank == Rank::Visit && fits(v);
    let split = venues.partition_point(|v| v.sentence <= s);
    let before = venues[..split].iter().rev().find(fits);
    let Some(venue) = before.or_else(|| venues[split..].iter().find(after)) else { return };
    let there = c.place.as_ref().is_none_or(|p| *p == venue.place || Some(p) == venue.country.as_ref());
    if there && c.date.is_none() && meeting && venue.rank == Rank::Visit && !timed {
        c.date = venue.date;
    }
    c.place.get_or_insert_with(|| venue.place.clone());
}

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
            if let Some((a, b)) = named_together(doc, links, &fact) {
                move_to(doc, links, certainty, &mut fact, a, b);
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
fn move_to(doc: &Document, links: &Links, certainty: &Certainty, fact: &mut Fact, a: &Mention, b: &Mention) {
    let s = a.sentence;
    let graph = Graph::new(&doc.sentences[s]);
    let rule = fact.evidence.rule.clone();
    let texts = (fact.evidence.source_text.clone(), fact.evidence.target_text.clone());
    fact.evidence = evidence(doc, s, &[a.tokens.clone(), b.tokens.clone()], (a, b), &rule);
    (fact.evidence.source_text, fact.evidence.target_text) = texts;
    if fact.claim.relation.standing() {
        return;
    }
    if fact.claim.date.is_none() {
        let time = links.times.iter().find(|t| t.sentence == s && foreground(&graph, t.tokens.start));
        fact.claim.date = time.map(|t| t.period).or(days(doc, links)[s]);
    }
    if fact.claim.status == Status::Asserted && certainty.own(&graph, doc.sentences[s].root()) == Some(Status::Planned) {
        fact.claim.status = Status::Planned;
    }
    if fact.claim.relation.id() == "visit" {
        fact.claim.place = destination(doc, links, fact, s).or(fact.claim.place.take());
    }
}
