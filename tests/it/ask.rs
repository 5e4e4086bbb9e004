//! The commands that ask, from the outside: a small graph of known articles, and what each command prints of it.
//! The expected output lies in `tests/ask`; run with `UPDATE=1` to write it anew, then read the difference.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::{Arc, LazyLock};

use assert_cmd::Command;
use diplograph::model::{Actor, Article, Claim, Entity, EntityKind, Evidence, Fact, Field, Relation, Status};
use diplograph::store::{Mode, Store};
use tempfile::TempDir;

fn entity(id: &str, kind: EntityKind, name: &str, country: &str, wikidata: &str) -> Actor {
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    Arc::new(Entity { id: id.into(), kind, name: name.into(), country: some(country), wikidata: some(wikidata) })
}

fn actor(id: &str) -> Actor {
    match id {
        "assad" => entity("Q44329", EntityKind::Person, "Bashar al-Assad", "SYR", "Q44329"),
        "khamenei" => entity("Q57336", EntityKind::Person, "Ali Khamenei", "IRN", "Q57336"),
        "irgc" => entity("organ-irgc", EntityKind::Organ, "Islamic Revolutionary Guard Corps", "IRN", ""),
        "hamas" => entity("group-hamas", EntityKind::Group, "Hamas", "", ""),
        "ARE" => entity("ARE", EntityKind::State, "United Arab Emirates", "ARE", "Q878"),
        "BHR" => entity("BHR", EntityKind::State, "Bahrain", "BHR", "Q398"),
        "CIV" => entity("CIV", EntityKind::State, "Côte d'Ivoire", "CIV", "Q1008"),
        "IRN" => entity("IRN", EntityKind::State, "Iran", "IRN", "Q794"),
        "ISR" => entity("ISR", EntityKind::State, "Israel", "ISR", "Q801"),
        "PRK" => entity("PRK", EntityKind::State, "North Korea", "PRK", "Q423"),
        "SYR" => entity("SYR", EntityKind::State, "Syria", "SYR", "Q858"),
        "USA" => entity("USA", EntityKind::State, "United States", "USA", "Q30"),
        other => panic!("no actor {other}"),
    }
}

/// A row: relation, source, target, date, place, status, speaker, role, quote.
type Row = [&'static str; 9];

fn article(id: &str, date: &str, publisher: &str, text: &str, rows: &[Row]) -> (Article, Vec<Fact>) {
    let article = Article {
        id: id.into(),
        title: Some(format!("Report {id}")),
        date: Some(date.parse().expect("a day")),
        source: Some(publisher.into()),
        url: Some(format!("https://example.org/{id}")),
        text: text.into(),
    };
    let facts = rows.iter().map(|row| fact(&article, row)).collect();
    (article, facts)
}

fn fact(article: &Article, row: &Row) -> Fact {
    let [relation, source, target, date, place, status, speaker, role, quote] = *row;
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    let at = article.text.find(quote).expect("the quote stands in the text");
    let points = |byte: usize| article.text[..byte].chars().count();
    let first = article.text[..at].rfind(". ").map_or(0, |i| i + 2);
    let last = article.text[at..].find(". ").map_or(article.text.len(), |i| at + i + 1);
    Fact {
        claim: Claim {
            relation: Relation::named(relation).expect("a relation"),
            source: actor(source),
            target: actor(target),
            date: some(date).map(|d| d.parse().expect("a period")),
            place: some(place),
            status: status.parse::<Status>().expect("a status"),
            attribution: some(speaker).map(|s| actor(&s)),
            role: some(role),
            mutual: false,
        },
        evidence: Evidence {
            article: article.id.clone(),
            field: Field::Text,
            start: points(at),
            end: points(at + quote.len()),
            quote: quote.into(),
            sentence: (points(first), points(last)),
            extractor: "rules".into(),
            rule: format!("{relation}/test"),
            source_text: actor(source).name.clone(),
            target_text: actor(target).name.clone(),
            time_text: None,
        },
        confidence: 0.9,
    }
}

fn articles() -> Vec<(Article, Vec<Fact>)> {
    let tehran = "Tehran";
    vec![
        article(
            "visit-1",
            "2022-05-08",
            "Wire One",
            "President Bashar al-Assad met Ali Khamenei in Tehran on Sunday. Iran promised more help to Syria. Iran \
             denied that it had attacked Bahrain. Hamas praised the visit to Iran.",
            &[
                ["meet", "assad", "khamenei", "2022-05-08", tehran, "asserted", "", "", "al-Assad met Ali Khamenei"],
                ["holds_office", "assad", "SYR", "", "", "asserted", "", "president", "President Bashar al-Assad"],
                ["pledge", "IRN", "SYR", "2022-05", "", "asserted", "", "", "Iran promised more help to Syria"],
                ["attack", "IRN", "BHR", "", "", "denied", "IRN", "", "denied that it had attacked Bahrain"],
                ["support", "hamas", "IRN", "2022-05-08", "", "asserted", "", "", "Hamas praised the visit to Iran"],
            ],
        ),
        article(
            "visit-2",
            "2022-05-09",
            "Wire Two",
            "Syria's leader was received by the supreme leader, whom he had last seen three years before. Guards of \
             the corps stood at the door, and the United States plans new sanctions against Syria.",
            &[
                [
                    "meet",
                    "assad",
                    "khamenei",
                    "2022-05-08",
                    tehran,
                    "asserted",
                    "",
                    "",
                    "was received by the supreme leader",
                ],
                [
                    "sanction",
                    "USA",
                    "SYR",
                    "2022-06",
                    "",
                    "planned",
                    "",
                    "",
                    "the United States plans new sanctions against Syria",
                ],
            ],
        ),
        article(
            "accords",
            "2020-09-15",
            "Wire One",
            "The United Arab Emirates and Bahrain opened relations with Israel. The Guard Corps seized a tanker of the \
             Emirates in August. Côte d'Ivoire hosted a delegation of North Korea.",
            &[
                [
                    "establish_relations",
                    "ARE",
                    "ISR",
                    "2020-09-15",
                    "",
                    "asserted",
                    "",
                    "",
                    "The United Arab Emirates and Bahrain opened relations with Israel",
                ],
                [
                    "establish_relations",
                    "BHR",
                    "ISR",
                    "2020-09-15",
                    "",
                    "asserted",
                    "",
                    "",
                    "Bahrain opened relations with Israel",
                ],
                [
                    "coerce",
                    "irgc",
                    "ARE",
                    "2020-08",
                    "",
                    "asserted",
                    "",
                    "",
                    "The Guard Corps seized a tanker of the Emirates",
                ],
                [
                    "visit",
                    "PRK",
                    "CIV",
                    "2020",
                    "",
                    "asserted",
                    "",
                    "",
                    "Côte d'Ivoire hosted a delegation of North Korea",
                ],
            ],
        ),
    ]
}

/// One graph for all tests: they only read it.
static GRAPH: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = TempDir::new().expect("a temporary folder");
    let mut store = Store::open(&dir.path().join("graph"), Mode::ReadWrite).expect("a new graph");
    for (article, facts) in articles() {
        store.insert(&article, &facts, "test").expect("storing");
    }
    store.derive().expect("events");
    store.close().expect("writing it");
    dir
});

fn run(args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("diplograph").expect("the program");
    command.args(args).env("DIPLOGRAPH_GRAPH", GRAPH.path().join("graph")).output().expect("a run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn expected_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ask").join(name)
}

/// Runs the command and compares what it prints, status and notes included, with the file of that name.
fn check(name: &str, args: &[&str]) {
    let output = run(args);
    let dir = GRAPH.path().display().to_string();
    let seen = format!(
        "$ diplograph {}\n{}[{}] {}",
        args.join(" "),
        text(&output.stdout),
        output.status.code().unwrap_or(-1),
        text(&output.stderr)
    )
    .replace(&dir, "DIR");
    let file = expected_file(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &seen).expect("writing the expected output");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(seen, expected, "{name}: UPDATE=1 writes it anew");
}

macro_rules! prints {
    ($($test:ident: $($arg:literal)*;)*) => {
        $(#[test] fn $test() { check(concat!(stringify!($test), ".txt"), &[$($arg),*]); })*
    };
}

prints! {
    between_states_shows_persons_and_organs: "between" "Iran" "Syria";
    between_exact_leaves_them_out: "between" "IRN" "SYR" "--exact";
    between_persons: "between" "assad" "KHAMENEI";
    between_person_and_state: "between" "Q44329" "Iran";
    between_organ_rolls_up: "between" "ARE" "IRN";
    between_group_without_a_home: "between" "hamas" "iran";
    between_in_time: "between" "Iran" "Syria" "--since" "2022-05-20";
    between_by_relation: "between" "Iran" "Syria" "--relation" "consult";
    between_denied: "between" "iran" "bahrain";
    between_nothing: "between" "USA" "Bahrain";
    between_unknown_relation: "between" "Iran" "Syria" "--relation" "meeet";
    between_near_miss: "between" "Iran" "Sirya";
    between_json: "between" "Assad" "Khamenei" "--json";
    show_person: "show" "Assad";
    show_state: "show" "iran";
    show_accent: "show" "cote d'ivoire";
    show_nobody: "show" "Quixote";
    path_over_states: "path" "Syria" "Israel";
    path_from_person: "path" "Assad" "ISR";
    path_none: "path" "Syria" "North Korea";
    search_quotes: "search" "COTE D'IVOIRE";
    search_nothing: "search" "zeppelin";
    stats: "stats";
    query_select: "query" "-e" "SELECT ?name WHERE { ?p a dg:Person ; rdfs:label ?name } ORDER BY ?name";
    query_csv: "query" "-e" "SELECT ?name WHERE { entity:SYR rdfs:label ?name }" "--format" "csv";
    query_ask: "query" "-e" "ASK { entity:SYR a dg:State }";
    query_construct: "query" "-e" "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s dg:iso3 \"SYR\" ; rdfs:label ?o }" "--format" "nt";
    query_named: "query" "met" "--who" "Assad" "--format" "csv";
    query_named_for_a_state: "query" "met" "--who=syria";
    query_named_without_its_parameter: "query" "met";
    query_named_of_nobody: "query" "met" "--who" "Sirya";
    query_unknown_name: "query" "mett";
    query_show_sparql: "query" "met" "--who" "Assad" "--show-sparql";
    query_of_triples_as_table: "query" "-e" "CONSTRUCT WHERE { ?s dg:iso3 'SYR' }" "--format" "csv";
    query_wrong: "query" "-e" "SELECT";
    query_nothing: "query" "-e" "SELECT * WHERE { entity:XXX ?p ?o }";
    export_graphml: "export" "-" "--format" "graphml";
    export_persons: "export" "-" "--format" "csv" "--level" "person";
    export_facts: "export" "-" "--format" "facts.csv";
    export_unknown_ending: "export" "graph.docx";
    export_gexf: "export" "-" "--format" "gexf" "--level" "organisation" "--measures";
    export_events: "export" "-" "--format" "events.csv";
    export_split_to_stdout: "export" "-" "--format" "gexf" "--split" "year";
    export_unknown_status: "export" "-" "--format" "gexf" "--status" "rumoured";
    rank_by_strength: "rank" "--by" "strength" "--top" "3";
    rank_by_nothing_known: "rank" "--by" "fame";
    blocs_signed: "blocs" "--signed";
    blocs_by_year: "blocs" "--by" "year" "--all";
    movers_none: "movers";
    balance_whole: "balance";
    balance_by_year: "balance" "--by" "year";
    dyad_by_month: "dyad" "Iran" "Syria" "--by" "month";
    dyad_nothing: "dyad" "USA" "Bahrain";
    common_partners: "common" "Bahrain" "ARE";
    mediators_none: "mediators" "Iran" "ARE";
    mediators_of_one: "mediators" "Iran";
    similar_all: "similar" "Bahrain" "--top" "2";
    check_sound: "check";
    no_graph: "stats" "--graph" "/nonexistent/graph";
}

/// The fact of the first quote that holds a text.
fn fact_id(quote: &str) -> String {
    let found: serde_json::Value = serde_json::from_slice(&run(&["search", quote, "--json"]).stdout).expect("JSON");
    found["facts"][0]["fact"].as_str().expect("a fact").to_owned()
}

#[test]
fn why_shows_the_sentence_in_its_context() {
    check("why_fact.txt", &["why", &fact_id("promised more help")]);
}

#[test]
fn why_of_an_event_shows_all_its_facts() {
    let timeline = run(&["between", "Assad", "Khamenei", "--json"]).stdout;
    let timeline: serde_json::Value = serde_json::from_slice(&timeline).expect("JSON");
    let event = timeline["events"][0]["event"].as_str().expect("an event");
    check("why_event.txt", &["why", event]);
    assert_eq!(run(&["why", "0000"]).status.code(), Some(1));
}

#[test]
fn offsets_of_why_count_code_points() {
    let fact = fact_id("North Korea");
    let reasons: serde_json::Value = serde_json::from_slice(&run(&["why", &fact, "--json"]).stdout).expect("JSON");
    let reason = &reasons[0];
    let (start, end) = (reason["start"].as_u64().expect("start"), reason["end"].as_u64().expect("end"));
    let accords = articles().into_iter().find(|(a, _)| a.id == "accords").expect("the article").0;
    let words: String = accords.text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(reason["quote"], words.as_str());
}

#[test]
fn ontology_is_turtle() {
    let turtle = text(&run(&["ontology"]).stdout);
    let triples: Result<Vec<_>, _> =
        oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle).for_reader(turtle.as_bytes()).collect();
    assert!(triples.expect("Turtle").len() > 200);
}

#[test]
fn every_named_question_is_listed() {
    let listed = text(&run(&["queries"]).stdout);
    let json: serde_json::Value = serde_json::from_slice(&run(&["queries", "--json"]).stdout).expect("JSON");
    let names: Vec<_> = json.as_array().expect("a list").iter().map(|q| q["name"].as_str().expect("a name")).collect();
    assert!(names.contains(&"met") && names.len() >= 20, "{names:?}");
    assert!(names.iter().all(|name| listed.contains(name)), "{listed}");
}

/// A graph of one's own, for the commands that change it.
#[test]
fn update_changes_the_graph() {
    let dir = TempDir::new().expect("a folder");
    let graph = dir.path().join("g").display().to_string();
    Store::open(&dir.path().join("g"), Mode::ReadWrite).expect("a new graph").close().expect("writing it");
    assert_eq!(run(&["check", "--graph", &graph]).status.code(), Some(0), "an empty graph is sound");
    assert_eq!(run(&["stats", "--graph", &graph]).status.code(), Some(1), "there is nothing to show");
    let insert = "INSERT DATA { entity:SYR rdfs:label 'Syria'@en }";
    assert!(run(&["update", "-e", insert, "--graph", &graph]).status.success());
    let asked = run(&["query", "-e", "ASK { entity:SYR rdfs:label ?x }", "--graph", &graph]);
    assert_eq!(text(&asked.stdout), "yes\n");
    assert_eq!(run(&["query", "-e", insert, "--graph", &graph]).status.code(), Some(2), "a query changes nothing");
}

#[test]
fn export_writes_whole_files() {
    let dir = TempDir::new().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    for name in [
        "n.graphml",
        "n.gexf",
        "n.json",
        "n.cyjs",
        "n.dot",
        "n.geojson",
        "matrix.csv",
        "dyads.csv",
        "events.csv",
        "g.ttl",
        "g.trig",
        "g.nt",
        "g.nq",
        "g.jsonld",
        "g.rdf",
        "e.csv",
        "f.facts.csv",
    ] {
        let output = run(&["export", &at(name).display().to_string()]);
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        assert!(std::fs::metadata(at(name)).expect("a file").len() > 0, "{name} is empty");
    }
    assert!(at("e.nodes.csv").exists(), "the table of nodes stands beside the edges");
    let parts = std::fs::read_dir(dir.path()).expect("the folder").flatten();
    assert_eq!(parts.filter(|f| f.path().extension().is_some_and(|e| e == "part")).count(), 0);
    let missing = run(&["export", &at("no/such/folder.ttl").display().to_string()]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn a_report_is_one_page_that_needs_nothing_else() {
    let dir = TempDir::new().expect("a folder");
    let file = dir.path().join("r.html").display().to_string();
    for names in [&["Iran", "Syria"][..], &["Iran"]] {
        let output = run(&[&["report"], names, &["-o", &file]].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let page = std::fs::read_to_string(&file).expect("the page");
        assert!(page.contains("al-Assad met Ali Khamenei") && page.contains("Wire One, 2022-05-08"), "{page}");
        assert!(page.contains("<svg ") && page.contains("fact "));
        for outside in ["<script", "src=", "@import", "<link"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
    assert_eq!(run(&["report", "USA", "Bahrain", "-o", &file]).status.code(), Some(1));
}

#[test]
fn pictures_are_drawn_the_same_each_time() {
    let dir = TempDir::new().expect("a folder");
    let file = |name: &str| dir.path().join(name).display().to_string();
    for what in ["network", "matrix", "balance"] {
        let draw = |name: &str| {
            let output = run(&["plot", &file(name), "--what", what]);
            assert!(output.status.success(), "{}", text(&output.stderr));
            std::fs::read_to_string(file(name)).expect("a picture")
        };
        let svg = draw("a.svg");
        assert_eq!(svg, draw("b.svg"));
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"), "{svg}");
        assert!(what == "balance" || svg.contains("Côte d'Ivoire"), "{svg}");
    }
    let dyad = run(&["dyad", "Iran", "Syria", "-o", &file("d.svg")]);
    assert!(
        dyad.status.success() && std::fs::read_to_string(file("d.svg")).expect("a picture").contains("Iran and Syria")
    );
    assert_eq!(run(&["plot", &file("a.gif")]).status.code(), Some(2), "no such format");
}
