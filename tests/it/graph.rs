//! Facts in, quads, events and edges out, and everything back.

use std::collections::BTreeMap;
use std::sync::Arc;

use diplograph::cluster::{self, Event, Report, Standing};
use diplograph::model::{Article, Entity, EntityKind, Fact};
use diplograph::store::{Change, Mode, RdfFormat, Store};

use crate::world;

pub const VERSION: &str = "test 1";

/// A derived graph of those articles, in memory.
pub fn graph(articles: &[(Article, Vec<Fact>)]) -> Store {
    let mut store = Store::memory().unwrap();
    store.insert_all(articles.iter().map(|(a, f)| (a, &f[..])), VERSION).unwrap();
    store.derive().unwrap();
    store
}

/// All of a graph, as sorted lines.
pub fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    store.dump(RdfFormat::NQuads, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn events(articles: &[(Article, Vec<Fact>)]) -> Vec<Event> {
    let facts: Vec<_> = articles.iter().flat_map(|(_, f)| f.clone()).collect();
    let meta: BTreeMap<_, _> = articles.iter().map(|(a, _)| (a.id.clone(), Report::from(a))).collect();
    cluster::events(&facts, &meta)
}

fn find<'e>(events: &'e [Event], action: &str, source: &str, target: &str) -> Vec<&'e Event> {
    let fits = |e: &&Event| e.action.id() == action && e.source.id == source && e.target.id == target;
    let mut found: Vec<_> = events.iter().filter(fits).collect();
    found.sort_by_key(|e| (e.standing, e.bounds));
    found
}

#[test]
fn the_graph_is_sound() {
    let report = graph(&world::articles()).check().unwrap();
    assert_eq!(report.findings, []);
    assert!(report.quads > 1000, "{} quads", report.quads);
}

#[test]
fn facts_come_back_whole() {
    let articles = world::articles();
    let mut facts: Vec<_> = articles.iter().flat_map(|(_, f)| f.clone()).collect();
    facts.sort_by(|a, b| (&a.evidence, &a.claim).cmp(&(&b.evidence, &b.claim)));
    let read = graph(&articles).facts(None).unwrap();
    assert_eq!(read, facts);
    for (a, b) in read.iter().zip(&facts) {
        let whole = |f: &Fact| {
            let actors = [Some(&f.claim.source), Some(&f.claim.target), f.claim.attribution.as_ref()];
            actors.map(|a| a.map(|a| format!("{a:?}")))
        };
        assert_eq!(whole(a), whole(b));
    }
}

/// Articles describe an actor in several ways, and no authority knows which is right.
fn described_in_several_ways() -> Vec<(Article, Vec<Fact>)> {
    let (mut articles, mut turn) = (world::articles(), 0);
    for claim in articles.iter_mut().flat_map(|(_, facts)| facts).map(|f| &mut f.claim) {
        for actor in [&mut claim.source, &mut claim.target] {
            turn += 1;
            let mut other = Entity::clone(actor);
            match turn % 3 {
                0 => other.name += "-",
                1 if actor.country.is_none() => other.kind = EntityKind::Group,
                _ => {}
            }
            *actor = Arc::new(other);
        }
    }
    articles
}

#[test]
fn order_and_repetition_change_nothing() {
    let articles = described_in_several_ways();
    let expected = dump(&graph(&articles));
    let mut store = Store::memory().unwrap();
    for (article, facts) in articles.iter().rev() {
        assert_eq!(store.insert(article, facts, VERSION).unwrap(), Change::Added);
        store.derive().unwrap();
    }
    assert_eq!(dump(&store), expected);
    for (article, facts) in &articles {
        assert!(store.holds(article, VERSION).unwrap());
        assert_eq!(store.insert(article, facts, VERSION).unwrap(), Change::Unchanged);
    }
    store.derive().unwrap();
    store.derive_all().unwrap();
    assert_eq!(dump(&store), expected);
}

#[test]
fn retraction_takes_exactly_what_only_it_supported() {
    let articles = world::articles();
    for gone in 0..articles.len() {
        let mut store = graph(&articles);
        assert!(store.retract(&articles[gone].0.id).unwrap());
        store.derive().unwrap();
        let mut rest = articles.clone();
        rest.remove(gone);
        assert_eq!(dump(&store), dump(&graph(&rest)), "without {}", articles[gone].0.id);
    }
    assert!(!graph(&articles).retract("no such article").unwrap());
}

#[test]
fn a_changed_article_replaces_its_former_facts() {
    let mut articles = world::articles();
    let mut store = graph(&articles);
    articles[0].0.text.push_str(" The end.");
    articles[0].1.truncate(2);
    let (article, facts) = &articles[0];
    assert!(!store.holds(article, VERSION).unwrap());
    assert_eq!(store.insert(article, facts, VERSION).unwrap(), Change::Replaced);
    store.derive().unwrap();
    assert_eq!(dump(&store), dump(&graph(&articles)));
}

#[test]
fn standing_follows_from_claims() {
    let events = events(&world::articles());
    let standing = |action, a, b| find(&events, action, a, b).iter().map(|e| e.standing).collect::<Vec<_>>();
    assert_eq!(standing("meet", "Q44329", "Q57336"), [Standing::Corroborated]);
    assert_eq!(standing("attack", "RUS", "UKR"), [Standing::Reported], "a text printed twice is one voice");
    assert_eq!(standing("negotiate", "ARE", "IRN"), [Standing::Disputed]);
    assert_eq!(standing("pledge", "IRN", "SYR"), [Standing::Intended]);
    assert_eq!(standing("negotiate", "ISR", "SYR"), [Standing::Hypothetical]);
}

#[test]
fn a_coarse_report_joins_the_one_event_inside_it() {
    let events = events(&world::articles());
    let bahrain = find(&events, "establish_relations", "BHR", "ISR");
    assert_eq!(bahrain.len(), 1);
    assert_eq!(bahrain[0].bounds.map(|b| b.to_string()).as_deref(), Some("2020-09-15"));
    assert_eq!(bahrain[0].claims.len(), 2);
    assert_eq!(find(&events, "meet", "Q44329", "person-raisi").len(), 2, "two days are two meetings");
}

#[test]
fn a_plan_is_linked_to_its_fulfilment_and_not_merged() {
    let events = events(&world::articles());
    let visits = find(&events, "visit", "person-raisi", "SYR");
    assert_eq!(visits.iter().map(|e| e.standing).collect::<Vec<_>>(), [Standing::Reported, Standing::Intended]);
    assert_eq!(visits[0].fulfils, std::slice::from_ref(&visits[1].id));
}

#[test]
fn a_directory_keeps_the_graph() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("graph");
    let missing = Store::open(&path, Mode::ReadOnly).err().expect("nothing there");
    assert!(missing.next_step().unwrap().contains("diplograph build"), "{missing}");
    let articles = world::articles();
    let mut store = Store::open(&path, Mode::ReadWrite).unwrap();
    store.insert_all(articles.iter().map(|(a, f)| (a, &f[..])), VERSION).unwrap();
    store.derive().unwrap();
    let locked = Store::open(&path, Mode::ReadWrite).err().expect("locked");
    assert!(locked.to_string().contains("another diplograph is writing"), "{locked}");
    store.close().unwrap();
    let mut store = Store::open(&path, Mode::ReadOnly).unwrap();
    assert_eq!(dump(&store), dump(&graph(&articles)));
    assert!(store.retract("accords").is_err());
}

#[test]
fn a_foreign_folder_or_format_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("letter.txt"), "Dear").unwrap();
    assert!(Store::open(dir.path(), Mode::ReadWrite).is_err());
    let refused = |format: &str| {
        std::fs::write(dir.path().join("FORMAT"), format).unwrap();
        let error = Store::open(dir.path(), Mode::ReadOnly).err().expect("another version");
        let written = Store::open(dir.path(), Mode::ReadWrite).err().expect("another version");
        assert_eq!(error.to_string(), written.to_string());
        (error.to_string(), error.next_step().unwrap_or_default().to_owned())
    };
    let (old, way_out) = refused("diplograph graph 2 rocksdb store-000001\n");
    assert!(old.contains("format 2, and this diplograph reads format 5"), "{old}");
    assert!(way_out.contains("diplograph load graph.nq"), "{way_out}");
    let (new, way_out) = refused("diplograph graph 99 dump\n");
    assert!(new.contains("format 99") && way_out.contains("newer"), "{new}: {way_out}");
    assert!(refused("something else\n").0.contains("no graph of diplograph"));
}

#[test]
fn dumps_are_read_back_equal() {
    let store = graph(&world::articles());
    for format in [RdfFormat::TriG, RdfFormat::NQuads] {
        let mut out = Vec::new();
        store.dump(format, &mut out).unwrap();
        let mut lines: Vec<_> = oxigraph::io::RdfParser::from_format(format)
            .for_slice(&out)
            .map(|q| format!("{} .\n", q.unwrap()))
            .collect();
        lines.sort_unstable();
        assert_eq!(lines.concat(), dump(&store), "{format}");
    }
    for format in ["ttl", "nt", "rdf", "jsonld"] {
        let format = diplograph::store::format_of(format).unwrap();
        let mut out = Vec::new();
        store.dump(format, &mut out).unwrap();
        let read = oxigraph::io::RdfParser::from_format(format).for_slice(&out).filter(Result::is_ok).count();
        assert_eq!(read, dump(&store).lines().count(), "{format}");
    }
}

#[test]
fn a_wrong_quote_is_refused_and_nothing_changes() {
    let mut articles = world::articles();
    let mut store = graph(&articles);
    let before = dump(&store);
    articles[1].1[0].evidence.start += 1;
    articles[1].0.title = Some("Changed".into());
    let error = store.insert(&articles[1].0, &articles[1].1, VERSION).unwrap_err();
    assert!(error.to_string().starts_with("tehran-two: the quote"), "{error}");
    assert_eq!(dump(&store), before);
}

/// What `check` reports after a change by SPARQL Update, by rule.
fn broken_by(update: &str) -> Vec<&'static str> {
    let mut store = graph(&world::articles());
    store.update(update).unwrap();
    let mut rules: Vec<_> = store.check().unwrap().findings.iter().map(|f| f.rule).collect();
    rules.dedup();
    rules
}

#[test]
fn check_names_the_rule_that_is_broken() {
    let graph = "GRAPH doc:accords";
    let cases = [
        (format!("DELETE {{ {graph} {{ ?q oa:end ?n }} }} INSERT {{ {graph} {{ ?q oa:end 9999 }} }} WHERE {{ {graph} {{ ?q oa:end ?n }} }}"), "quote"),
        ("INSERT { ?s dct:title ?t } WHERE { GRAPH doc:accords { ?s dct:title ?t } }".to_owned(), "two-graphs"),
        ("INSERT DATA { entity:SYR dg:met entity:FIN }".to_owned(), "edge"),
        ("DELETE WHERE { ?c dg:about ?e }".to_owned(), "event"),
        ("DELETE WHERE { entity:SYR dg:slug ?x }".to_owned(), "actor"),
        ("DELETE { ?e sem:hasEarliestBeginTimeStamp ?d } INSERT { ?e sem:hasEarliestBeginTimeStamp \"2999-01-01\"^^xsd:date } WHERE { ?e a dg:Event ; sem:hasEarliestBeginTimeStamp ?d }".to_owned(), "bounds"),
        ("INSERT DATA { entity:SYR dg:stale true }".to_owned(), "stale"),
        ("INSERT DATA { [] a dg:Thing }".to_owned(), "blank"),
        ("DELETE { ?p dg:hostileEvents ?n } INSERT { ?p dg:hostileEvents 9 } WHERE { ?p dg:hostileEvents ?n }".to_owned(), "total"),
        ("DELETE WHERE { ?p dg:friendlyEvents ?n }".to_owned(), "total"),
        ("INSERT { ?p dg:mediatingEvents 9 } WHERE { ?p dg:friendlyEvents ?n }".to_owned(), "total"),
        ("DELETE { ?e dg:precision ?p } INSERT { ?e dg:precision \"none\" } WHERE { ?e a dg:Event ; dg:precision ?p }".to_owned(), "bounds"),
    ];
    for (update, rule) in cases {
        let rules = broken_by(&update);
        assert!(rules.contains(&rule), "{rule} not in {rules:?} after {update}");
    }
    assert_eq!(broken_by("INSERT DATA { entity:SYR rdfs:comment \"a state\" }"), [""; 0]);
}

/// The four bounds of a relation of the world, as words.
fn bounds(store: &Store, relation: &str) -> String {
    let sparql = format!(
        "SELECT ?a ?b ?c ?d {{ relation:{relation} a dg:Relation OPTIONAL {{ relation:{relation} sem:hasEarliestBeginTimeStamp ?a }} \
         OPTIONAL {{ relation:{relation} sem:hasLatestBeginTimeStamp ?b }} OPTIONAL {{ relation:{relation} \
         sem:hasEarliestEndTimeStamp ?c }} OPTIONAL {{ relation:{relation} sem:hasLatestEndTimeStamp ?d }} }}"
    );
    let table = store.select(&sparql).unwrap();
    table.words().map(|row| row.join("|")).collect::<Vec<_>>().join("; ")
}

#[test]
fn wars_and_sanctions_are_opened_and_closed_by_events() {
    let mut articles = world::articles();
    let (article, facts) =
        articles.iter_mut().find(|(_, f)| f.iter().any(|f| f.claim.relation.id() == "attack")).unwrap();
    let attack = facts.iter().find(|f| f.claim.relation.id() == "attack").unwrap().clone();
    let (a, b) = (attack.claim.source.id.clone(), attack.claim.target.id.clone());
    article.source = Some("The only one".into());
    facts.retain(|f| f.claim.relation.id() != "attack");
    for (relation, day) in
        [("attack", "2022-02-24"), ("attack", "2022-03"), ("cease_fire", "2022-04-01"), ("sanction", "2022-02-25")]
    {
        let mut fact = attack.clone();
        fact.claim.relation = diplograph::model::Relation::named(relation).unwrap();
        fact.claim.date = Some(day.parse().unwrap());
        facts.push(fact);
    }
    let only = vec![(article.clone(), facts.clone())];
    let store = graph(&only);
    let (first, second) = if a < b { (&a, &b) } else { (&b, &a) };
    assert_eq!(bounds(&store, &format!("war-{first}-{second}")), "2022-02-24|2022-02-24|2022-04-01|2022-04-01");
    assert_eq!(bounds(&store, &format!("sanctions-regime-{a}-{b}")), "2022-02-25|2022-02-25||");
    assert_eq!(store.check().unwrap().findings, []);
}
