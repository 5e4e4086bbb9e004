//! Decisions of a person and looks back in time: what they change, and that they can be taken back.

use std::collections::BTreeSet;

use diplograph::model::{Decision, Verdict};
use diplograph::network::Record;
use diplograph::store::{Horizon, RdfFormat, Store};

use crate::{graph, world};

/// The graph as lines, without the log of curation.
fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    store.dump(RdfFormat::NQuads, &mut out).unwrap();
    let lines = String::from_utf8(out).unwrap();
    lines.lines().filter(|l| !l.ends_with("/id/curation> .")).map(|l| l.to_owned() + "\n").collect()
}

fn decide(store: &mut Store, verdict: Verdict, about: &[&str], into: Option<&str>) -> u32 {
    let about: BTreeSet<_> = about.iter().map(|s| (*s).to_owned()).collect();
    let into = into.map(str::to_owned);
    store.decide(vec![Decision { number: 0, verdict, about, into, note: None, undone: false }]).unwrap()
}

/// Rows of a SELECT, as words joined by blanks.
fn ask(store: &Store, sparql: &str) -> Vec<String> {
    store.select(sparql).unwrap().words().map(|row| row.join(" ")).collect()
}

/// The claims of the meetings of two actors, by event.
fn meetings(store: &Store, a: &str, b: &str) -> Vec<(String, String)> {
    let sparql = format!(
        "SELECT ?event ?claim {{ ?event dg:action action:meet ; dg:participant entity:{a}, entity:{b} . \
         ?claim dg:about ?event }} ORDER BY ?event ?claim"
    );
    let rows = store.select(&sparql).unwrap();
    rows.words().map(|r| (r[0].clone(), r[1].trim_start_matches("claim:").to_owned())).collect()
}

fn events(rows: &[(String, String)]) -> usize {
    rows.iter().map(|r| &r.0).collect::<BTreeSet<_>>().len()
}

#[test]
fn a_rejected_fact_counts_for_nothing_until_that_is_undone() {
    let mut store = graph::graph(&world::articles());
    let before = dump(&store);
    let status = "SELECT ?s { ?e dg:action action:meet ; dg:participant entity:Q44329, entity:Q57336 ; dg:status ?s }";
    assert_eq!(ask(&store, status), ["dg:Corroborated"]);
    let claims = meetings(&store, "Q44329", "Q57336");
    let number = decide(&mut store, Verdict::Reject, &[&claims[0].1], None);
    assert_eq!(ask(&store, status), ["dg:Reported"]);
    assert_eq!(store.check().unwrap().findings, []);
    store.derive_all().unwrap();
    assert_eq!(ask(&store, status), ["dg:Reported"], "the log survives a rebuild");
    store.set_undone(number, true).unwrap();
    assert_eq!(dump(&store), before);
    assert!(store.set_undone(number, true).is_err());
    store.set_undone(number, false).unwrap();
    assert_eq!(ask(&store, status), ["dg:Reported"]);
    assert!(store.decisions().unwrap().iter().all(|d| !d.undone));
}

#[test]
fn an_accepted_fact_is_certain() {
    let mut store = graph::graph(&world::articles());
    let sure =
        "SELECT ?c { ?e dg:action action:meet ; dg:participant entity:Q44329, entity:Q57336 ; dg:confidence ?c }";
    assert_eq!(ask(&store, sure), ["0.95"]);
    let claims = meetings(&store, "Q44329", "Q57336");
    decide(&mut store, Verdict::Accept, &[&claims[0].1], None);
    assert_eq!(ask(&store, sure), ["1"]);
}

#[test]
fn events_are_split_and_merged() {
    let mut store = graph::graph(&world::articles());
    let before = dump(&store);
    let one = meetings(&store, "Q44329", "Q57336");
    assert_eq!((one.len(), events(&one)), (2, 1));
    let apart = decide(&mut store, Verdict::Apart, &[&one[0].1], None);
    assert_eq!(events(&meetings(&store, "Q44329", "Q57336")), 2);
    assert_eq!(store.check().unwrap().findings, []);
    decide(&mut store, Verdict::Together, &[&one[0].1, &one[1].1], None);
    assert_eq!(events(&meetings(&store, "Q44329", "Q57336")), 1);
    store.set_undone(2, true).unwrap();
    store.set_undone(apart, true).unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn two_days_become_one_meeting_if_a_person_says_so() {
    let mut store = graph::graph(&world::articles());
    let two = meetings(&store, "Q44329", "person-raisi");
    assert_eq!(events(&two), 2);
    let all: Vec<_> = two.iter().map(|r| r.1.as_str()).collect();
    decide(&mut store, Verdict::Together, &all, None);
    assert_eq!(events(&meetings(&store, "Q44329", "person-raisi")), 1);
    assert_eq!(store.check().unwrap().findings, []);
}

#[test]
fn merged_actors_share_their_events_in_whatever_order_articles_come() {
    let articles = world::articles();
    let mut store = graph::graph(&articles);
    let before = dump(&store);
    let number = decide(&mut store, Verdict::Same, &["person-raisi"], Some("Q57336"));
    let of =
        |store: &Store, who: &str| ask(store, &format!("SELECT ?e {{ ?e a dg:Event ; ?role entity:{who} }}")).len();
    assert_eq!(of(&store, "person-raisi"), 0);
    let merged = of(&store, "Q57336");
    assert!(merged > 2, "{merged}");
    assert_eq!(store.check().unwrap().findings, []);
    for (article, _) in &articles {
        assert!(store.retract(&article.id).unwrap());
        store.derive().unwrap();
        assert_eq!(store.check().unwrap().findings, [], "without {}", article.id);
    }
    for (article, facts) in &articles {
        store.insert(article, facts, "test 1").unwrap();
        store.derive().unwrap();
    }
    assert_eq!(of(&store, "Q57336"), merged);
    store.set_undone(number, true).unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn what_was_known_by_a_day_is_what_a_graph_of_its_articles_tells() {
    let articles = world::articles();
    let store = graph::graph(&articles);
    let days: BTreeSet<_> = articles.iter().filter_map(|(a, _)| a.date).collect();
    for day in days {
        let view = store.view(&Horizon { known_by: Some(day), as_of: None }).unwrap();
        let by_then: Vec<_> = articles.iter().filter(|(a, _)| a.date.is_some_and(|d| d <= day)).cloned().collect();
        let (view, expected) = (dump(&view), dump(&graph::graph(&by_then)));
        // The record of a state is knowledge, no report: it may be known better from a later article.
        let lines = |t: &str| t.lines().filter(|l| !l.contains("#sameAs")).map(str::to_owned).collect::<BTreeSet<_>>();
        let differ: Vec<_> = lines(&view).symmetric_difference(&lines(&expected)).cloned().collect();
        assert_eq!(differ, [""; 0], "{day}");
    }
}

#[test]
fn as_of_a_day_nothing_later_has_happened() {
    let store = graph::graph(&world::articles());
    let view = |day: &str| store.view(&Horizon { as_of: Some(day.parse().unwrap()), known_by: None }).unwrap();
    let relations = "SELECT ?other ?held { ?r a dg:DiplomaticRelation ; dg:party entity:ISR, ?p ; dg:held ?held . \
                     ?p rdfs:label ?other FILTER(?p != entity:ISR) } ORDER BY ?other";
    assert_eq!(ask(&view("2019-12-31"), relations), [""; 0]);
    assert_eq!(ask(&view("2020-06-30"), relations), ["United Arab Emirates possible"]);
    assert_eq!(ask(&view("2021-01-01"), relations), ["Bahrain certain", "United Arab Emirates certain"]);
    let later = "ASK { ?e sem:hasEarliestBeginTimeStamp ?d FILTER(?d > '2020-06-30'^^xsd:date) }";
    let diplograph::store::Answers::Truth(later) = view("2020-06-30").query(later).unwrap() else { panic!("an ASK") };
    assert!(!later);
    assert_eq!(view("2020-06-30").check().unwrap().findings, []);
}

/// Networks leave the later events out instead of deriving all anew; that must be the same.
#[test]
fn networks_as_of_a_day_have_the_events_of_the_graph_as_of_that_day() {
    let store = graph::graph(&world::articles());
    let now = diplograph::export::record(&store).unwrap();
    let ids = |record: &Record| -> Vec<_> {
        record.events.iter().map(|e| (e.id.clone(), e.status.clone(), e.source_count)).collect()
    };
    let mut counts = BTreeSet::new();
    for day in ["2015-06-30", "2020-06-30", "2021-01-01", "2030-01-01"] {
        let day = day.parse().unwrap();
        let view = store.view(&Horizon { as_of: Some(day), known_by: None }).unwrap();
        let mut record = now.clone();
        record.look_back_from(day);
        assert_eq!(ids(&record), ids(&diplograph::export::record(&view).unwrap()), "{day}");
        counts.insert(record.events.len());
    }
    assert!(counts.len() > 2, "{counts:?}");
}
