//! Where the meetings of a report take place, and the days of the journeys on which people meet.
//!
//! "Khan visited Tehran on Sunday ... He met Rouhani": the visit gives the meeting its place and day, and the meeting gives what
//! is said at it its place.

use rustc_hash::FxHashSet;

use super::certainty::Certainty;
use super::dating::Site;
use super::narrative::{REACH, foreground, said};
use super::setting::topical;
use crate::model::{Actor, Document, EntityKind, Fact, Field, Graph, Links, Period, Status};

/// Gives facts the places of the visits, meetings and scenes that the report tells of, and meetings the days of visits.
/// `sites` tells where each was found.
pub fn seat(doc: &Document, links: &Links, words: &Certainty, facts: &mut [Fact], sites: &[Site]) {
    // the second time what is said at a meeting takes the place that the first gave the meeting
    for _ in 0..2 {
        let mut venues = venues(facts, sites);
        venues.extend(scenes(doc, links, words));
        venues.sort_by_key(|v| (v.sentence, v.rank));
        for (fact, s) in facts.iter_mut().zip(sites) {
            let s = s.sentence;
            let timed = !links.times_of(s).is_empty();
            hold(fact, s, &venues, timed);
        }
    }
    facts.iter_mut().for_each(on_its_land);
}

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
fn scenes(doc: &Document, links: &Links, words: &Certainty) -> Vec<Venue> {
    let states: FxHashSet<&str> = links.homes.values().map(|a| a.name.as_str()).collect();
    let mut out = Vec::new();
    for p in &links.places {
        let sentence = &doc.sentences[p.sentence];
        let graph = Graph::new(sentence);
        let token = graph.top(&p.tokens);
        let inside = matches!(graph.case(token).as_deref(), Some("in" | "at"));
        let city = !states.contains(p.name.as_str());
        let topic = graph.up(token).skip(1).take_while(|&t| !graph.predicate(t)).any(|t| topical(&graph, words, t));
        if !(inside && city && !topic && sentence.field == Field::Text && foreground(&graph, token)) {
            continue;
        }
        let here = links.mentions_of(p.sentence).iter().flat_map(|m| &m.actors);
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
fn venues(facts: &[Fact], sites: &[Site]) -> Vec<Venue> {
    let mut out: Vec<Venue> = Vec::new();
    for (fact, site) in facts.iter().zip(sites) {
        let c = &fact.claim;
        let visit = c.relation.id() == "visit";
        let Some(place) = &c.place else { continue };
        let there = visit || c.relation.id() == "meet" && c.status == Status::Asserted;
        if !there || c.status > Status::Planned {
            continue;
        }
        let people = if visit { vec![c.source.clone()] } else { vec![c.source.clone(), c.target.clone()] };
        let homes = [c.source.country.clone(), c.target.country.clone()];
        let rank = if visit { Rank::Visit } else { Rank::Meeting };
        let country = visit.then(|| c.target.name.clone());
        out.push(Venue {
            sentence: site.sentence,
            place: place.clone(),
            date: c.date,
            status: c.status,
            people,
            homes,
            country,
            rank,
        });
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
        let apart = v.rank == Rank::Meeting && meeting && v.sentence == s;
        !apart && v.status == c.status && there
    };
    let after = |v: &&Venue| meeting && v.rank == Rank::Visit && fits(v);
    let split = venues.partition_point(|v| v.sentence <= s);
    let near = |v: &&Venue| v.sentence.abs_diff(s) <= REACH;
    let earlier = || venues[..split].iter().rev().take_while(near);
    let coarse = |v: &&Venue| v.country.as_ref() == Some(&v.place);
    // of a visit told by the country alone, the city is that in which the visitor met people there
    let city = |visit: &Venue| {
        let same = |v: &&Venue| visit.people.iter().all(|p| v.people.contains(p)) && v.rank == Rank::Meeting;
        earlier().filter(same).find(fits)
    };
    let last = earlier().find(fits);
    let before = last.filter(coarse).and_then(city).or(last);
    let Some(venue) = before.or_else(|| venues[split..].iter().take_while(near).find(after)) else { return };
    let there = c.place.as_ref().is_none_or(|p| *p == venue.place || Some(p) == venue.country.as_ref());
    // whom a visitor meets on the way, of a third country, he may have met on another day
    let hosts = venue.homes.contains(&c.source.country) && venue.homes.contains(&c.target.country);
    if there && hosts && c.date.is_none() && meeting && venue.rank == Rank::Visit && !timed {
        c.date = venue.date;
    }
    // a country says too little of where people met: two reports of one meeting must not part over it
    if !meeting || Some(&venue.place) != venue.country.as_ref() {
        c.place.get_or_insert_with(|| venue.place.clone());
    }
}

/// An attack on a state, or a withdrawal from it, is on its land if nothing else is said.
fn on_its_land(fact: &mut Fact) {
    let c = &mut fact.claim;
    let land = matches!(c.target.kind, EntityKind::State | EntityKind::Territory);
    if land && c.place.is_none() && matches!(c.relation.id(), "attack" | "withdraw_forces") {
        c.place = Some(c.target.name.clone());
    }
}
