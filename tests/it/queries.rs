//! Every named question, answered on the small world and compared with its table in `tests/queries`.
//!
//! `UPDATE_EXPECT=1` writes the tables anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diplograph::lookup::{self, Who, Window};
use diplograph::pipeline::made;
use diplograph::queries::{self, Kind, Query};
use diplograph::store::{Store, Table};

use crate::{graph, world};

/// The answer as tab-separated words under the names of the columns.
fn table(table: &Table) -> String {
    let mut out = table.columns.join("\t") + "\n";
    for row in table.words() {
        out.push_str(&row.join("\t"));
        out.push('\n');
    }
    out
}

fn check(query: &Query, store: &Store) {
    let answer = table(&store.select(&query.sparql).unwrap_or_else(|e| panic!("{}: {e}", query.name)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/queries/{}.tsv", query.name));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &answer).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(answer, expected, "{}", query.name);
}

#[test]
fn every_question_has_its_answer() {
    let store = graph::graph(&world::articles());
    assert!(queries::list().len() >= 26);
    for query in queries::list() {
        check(query, &store);
    }
}

#[test]
fn no_expected_answer_is_empty() {
    let store = graph::graph(&world::articles());
    for query in queries::list() {
        assert!(!store.select(&query.sparql).unwrap().rows.is_empty(), "{} finds nothing", query.name);
    }
}

#[test]
fn binding_the_example_gives_the_same_answer() {
    let store = graph::graph(&world::articles());
    let entities = store.entities().unwrap();
    for query in queries::list() {
        let id = |name: &str| entities.values().find(|e| e.name == name).map(|e| e.id.clone());
        let value = |p: &queries::Param| match p.kind {
            Kind::Entity => id(&p.example).unwrap_or_else(|| panic!("{}: {}", query.name, p.example)),
            _ => p.example.clone(),
        };
        let values: BTreeMap<_, _> = query.params.iter().map(|p| (p.name.clone(), value(p))).collect();
        let bound = query.bind(&values).unwrap();
        assert_eq!(
            table(&store.select(&bound).unwrap()),
            table(&store.select(&query.sparql).unwrap()),
            "{}",
            query.name
        );
    }
}

/// The questions that are answered from totals and by short cuts, as they are asked of the events themselves in
/// `tests/queries/plain`.
#[test]
fn short_cuts_give_what_the_events_say() {
    let made: Vec<_> = (0..120).map(|n| made::document(5, n)).collect();
    for articles in [world::articles(), made] {
        let store = graph::graph(&articles);
        for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries/plain")).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let plain = Query::read(&name, &std::fs::read_to_string(&path).unwrap()).unwrap();
            let (plain, short) = (rows(&store, &plain), rows(&store, queries::named(&name).unwrap()));
            let columns = plain.first().map_or(0, Vec::len); // an example is not told where any will do
            let shown = |row: Vec<String>| row.into_iter().take(columns).collect::<Vec<_>>();
            assert_eq!(plain, short.into_iter().map(shown).collect::<Vec<_>>(), "{name}");
        }
    }
}

/// The rows, sorted, of a question about actors, years and publishers that made articles have, or else of its example.
fn rows(store: &Store, query: &Query) -> Vec<Vec<String>> {
    let known = store.entities().unwrap();
    let made = !known.contains_key("person-raisi");
    let value = |p: &queries::Param| match p.name.as_str() {
        _ if p.kind == Kind::Limit => Some("1000000"),
        "who" => Some("USA"),
        "before" if made => Some("1989"),
        "after" if made => Some("1990"),
        "since" if made && query.name == "active" => Some("1989-12-20"),
        "until" if made && query.name == "active" => Some("1990-06-30"),
        "publisher" if made => Some("Synthetic Wire 1"),
        _ => None,
    };
    let values = query.params.iter().map(|p| (p.name.clone(), value(p).unwrap_or(&p.example).to_owned())).collect();
    let answer = store.select(&query.bind(&values).unwrap()).unwrap();
    let mut rows: Vec<_> = answer.words().collect();
    assert!(
        !rows.is_empty() || made && ["enemy-of-enemy", "gaps", "mediators", "turned"].contains(&&query.name[..]),
        "{}",
        query.name
    );
    rows.sort();
    rows
}

#[test]
fn a_limit_is_a_number() {
    let store = graph::graph(&world::articles());
    let query = queries::named("known-by").unwrap();
    let values =
        |limit: &str| BTreeMap::from([("day".into(), "2021-01-01".into()), ("limit".into(), limit.to_owned())]);
    assert_eq!(store.select(&query.bind(&values("2")).unwrap()).unwrap().rows.len(), 2);
    for wrong in ["-1", "1 } #", "many"] {
        assert!(query.bind(&values(wrong)).is_err());
    }
}

#[test]
fn other_values_give_other_answers() {
    let store = graph::graph(&world::articles());
    let values =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect::<BTreeMap<_, _>>();
    let ask = |name: &str, pairs: &[(&str, &str)]| {
        let bound = queries::named(name).unwrap().bind(&values(pairs)).unwrap();
        store.select(&bound).unwrap().rows.len()
    };
    assert_eq!(ask("met", &[("who", "person-raisi")]), 2);
    assert_eq!(ask("relations-on", &[("who", "ISR"), ("day", "2019-12-31")]), 0);
    assert_eq!(ask("relations-on", &[("who", "ISR"), ("day", "2021-01-01")]), 2);
    assert_eq!(ask("attacked", &[("whom", "UKR")]), 2);
    assert_eq!(ask("attacked", &[("whom", "no-such-actor")]), 0);
    assert_eq!(ask("lag", &[("least", "1000")]), 1);
}

#[test]
fn every_row_leads_to_its_sentences() {
    let store = graph::graph(&world::articles());
    for query in queries::list() {
        let answer = store.select(&query.sparql).unwrap();
        for row in answer.words() {
            let led = row.iter().any(|cell| leads(&store, cell));
            assert!(led, "{}: nothing in {row:?} leads to a sentence", query.name);
        }
    }
}

/// Whether sentences stand behind a cell: it is a claim, or an event or relation with claims.
fn leads(store: &Store, cell: &str) -> bool {
    let Some((kind, _)) = cell.split_once(':').filter(|(k, _)| ["claim", "event", "relation"].contains(k)) else {
        return false;
    };
    let sentences = match kind {
        "claim" => format!("SELECT ?s {{ {cell} dg:evidence ?s }}"),
        _ => format!(
            "SELECT ?s {{ {{ ?c dg:about {cell} }} UNION {{ ?e dg:starts|dg:ends {cell} . ?c dg:about ?e }} ?c dg:evidence ?s }}"
        ),
    };
    !store.select(&sentences).unwrap().rows.is_empty()
}

#[test]
fn the_sparql_of_a_look_up_finds_the_same() {
    let store = graph::graph(&world::articles());
    let who = |id: &str| Who { id: id.to_owned(), name: id.to_owned(), kind: String::new() };
    let found = |name: &str, values: &[(&str, Vec<String>)]| -> BTreeSet<String> {
        let answer = store.select(&queries::lookup(name, values).unwrap()).unwrap();
        let at = answer.column("event").unwrap();
        answer.words().map(|row| row[at].trim_start_matches("event:").to_owned()).collect()
    };
    let mut events = 0;
    for (a, b) in [("IRN", "SYR"), ("Q44329", "IRN"), ("Q44329", "Q57336"), ("ISR", "BHR"), ("RUS", "UKR")] {
        for (name, exact) in [("between", false), ("between-exact", true)] {
            for since in [None, Some("2022-05-08".parse().unwrap())] {
                let window = Window { since, exact, ..Window::default() };
                let told = lookup::between(&store, &who(a), &who(b), &window).unwrap();
                let told: BTreeSet<_> = told.events.into_iter().map(|e| e.event).collect();
                let day = since.map(|d| d.to_string()).into_iter().collect();
                let values = [("a", vec![a.to_owned()]), ("b", vec![b.to_owned()]), ("since", day)];
                assert_eq!(found(name, &values), told, "{name} {a} {b} {since:?}");
                events += told.len();
            }
        }
    }
    assert!(events > 20, "{events}");
    let profile = lookup::profile(&store, &who("SYR"), usize::MAX).unwrap();
    assert_eq!(found("show", &[("who", vec!["SYR".to_owned()])]).len(), profile.events);
    for name in ["path", "stats", "search", "why"] {
        store.select(&queries::lookup(name, &[]).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}
