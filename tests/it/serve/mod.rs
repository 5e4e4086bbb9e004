//! The server over a real socket: a table of requests (`tests/serve/requests.txt`), late queries, hostile inputs, the stop.

mod change;
mod client;
mod publish;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use client::{Reply, Server, encoded};
use diplograph::store::{Mode, Store};
use serde_json::Value;
use tempfile::TempDir;

use crate::world;

const REQUESTS: &str = include_str!("../../serve/requests.txt");

static GRAPH: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = TempDir::new().expect("a folder");
    make(&dir.path().join("graph"));
    dir
});

/// Tests that keep a core busy, or count seconds, go one after the other.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the graph of the tests in a folder.
fn make(dir: &Path) {
    let mut store = Store::open(dir, Mode::ReadWrite).expect("a new graph");
    for (article, facts) in world::articles() {
        store.insert(&article, &facts, "test").expect("storing");
    }
    store.derive().expect("events");
    store.close().expect("writing it");
}

fn graph() -> PathBuf {
    GRAPH.path().join("graph")
}

/// Lines of a block that begin with a sign, without it.
fn lines<'a>(block: &'a str, sign: &str) -> Vec<&'a str> {
    block.lines().filter_map(|l| of_line(l, sign)).collect()
}

fn of_line<'a>(line: &'a str, sign: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(sign)?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix(' ') }
}

/// What is wrong with the answer to a block; empty if nothing is.
fn faults(server: &Server, block: &str) -> Vec<String> {
    let asked = lines(block, ">");
    let (start, rest) = asked.split_first().expect("a request");
    let mut parts = rest.splitn(2, |l| l.is_empty());
    let (headers, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default().join("\n"));
    let reply = server.send(&encoded(start), headers, &encoded(&body));
    let expected = lines(block, "<");
    let (status, headers) = expected.split_first().expect("a status");
    let mut faults = Vec::new();
    if reply.status.to_string() != *status {
        faults.push(format!("status {} and not {status}", reply.status));
    }
    faults.extend(headers.iter().filter(|h| !reply.has(h)).map(|h| format!("no header {h}")));
    faults
        .extend(lines(block, "~").iter().filter(|t| !reply.body.contains(**t)).map(|t| format!("no {t} in the body")));
    faults.extend(lines(block, "!~").iter().filter(|t| reply.body.contains(**t)).map(|t| format!("{t} in the body")));
    if !faults.is_empty() {
        faults.push(format!("{}\n{}", reply.headers, reply.body.chars().take(400).collect::<String>()));
    }
    faults
}

#[test]
fn requests_are_answered_as_the_table_says() {
    let server = Server::start(&graph(), &["--max-rows", "500"]);
    let plain: String = REQUESTS.lines().filter(|l| !l.starts_with('#')).flat_map(|l| [l, "\n"]).collect();
    let blocks: Vec<&str> = plain.split("\n\n").filter(|b| !b.trim().is_empty()).collect();
    assert!(blocks.len() > 60, "the table is read: {}", blocks.len());
    let wrong: Vec<String> = blocks
        .iter()
        .map(|block| (block, faults(&server, block)))
        .filter(|(_, faults)| !faults.is_empty())
        .map(|(block, faults)| format!("{}\n{}", block.trim(), faults.join("\n")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(server.metric("sparql_workers_stopped_total"), 0);
}

/// Each path of the document answers with its own examples, or says what is missing in the graph.
#[test]
fn the_openapi_document_tells_what_is_there() {
    let server = Server::start(&graph(), &[]);
    let document: Value = serde_json::from_str(&server.get("/api/openapi.json").body).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() > 8, "{paths:?}");
    for (path, item) in paths.iter().filter(|(p, item)| !p.contains('{') && item.get("get").is_some()) {
        let parameters = item["get"]["parameters"].as_array().expect("parameters");
        let pair = |p: &Value| Some(format!("{}=«{}»", p["name"].as_str()?, p["example"].as_str()?));
        let query: Vec<String> = parameters.iter().filter_map(pair).collect();
        let reply = server.get(&encoded(&format!("{path}?{}", query.join("&"))));
        assert!([200, 404].contains(&reply.status), "{path}: {reply:?}");
        assert!(!reply.body.contains("nothing is served at this path"), "{path}");
    }
}

/// A query that no look between rows would stop, and one of many rows.
const SPARQL: &str = "Content-Type: application/sparql-query";

const ENDLESS: [&str; 2] = [
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1",
];

#[track_caller]
fn late(reply: &Reply) {
    assert_eq!(reply.status, 503, "{reply:?}");
    assert!(reply.has("content-type: application/problem+json") && reply.has("retry-after: 5"), "{reply:?}");
    let problem: Value = serde_json::from_str(&reply.body).expect("a document");
    assert_eq!((&problem["status"], &problem["type"]), (&503.into(), &"urn:diplograph:problem:timeout".into()));
}

#[test]
fn a_late_query_is_stopped() {
    let _turn = alone();
    let server = Server::start(&graph(), &["--timeout", "1", "--workers", "2", "--max-memory", "0"]);
    for query in ENDLESS {
        let start = Instant::now();
        late(&server.ask(query));
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    }
    assert_eq!((server.metric("sparql_running"), server.metric("sparql_workers_stopped_total")), (0, 2));
    // a process that was told to end may take a moment
    let ended = (0..40).any(|_| {
        children(&server) == 0 || {
            std::thread::sleep(Duration::from_millis(100));
            false
        }
    });
    assert!(ended, "no process is left");
    assert_eq!(server.ask("ASK {}").status, 200);
}

/// A client that goes away takes its query with it.
#[test]
fn a_query_without_a_client_is_stopped() {
    let _turn = alone();
    let server = Server::start(&graph(), &["--timeout", "60", "--workers", "1"]);
    let mut stream = server.connect();
    let head = "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length:";
    write!(stream, "{head} {}\r\n\r\n{}", ENDLESS[0].len(), ENDLESS[0]).expect("sending");
    wait(|| server.metric("sparql_running") == 1);
    drop(stream);
    wait(|| server.metric("sparql_running") == 0);
    assert_eq!(server.ask("ASK {}").status, 200);
}

/// More queries than workers: those who wait too long are told so, and look-ups go on.
#[test]
fn a_full_house_says_so() {
    let _turn = alone();
    let server = Server::start(&graph(), &["--timeout", "7", "--workers", "1"]);
    std::thread::scope(|scope| {
        scope.spawn(|| server.ask(ENDLESS[0]));
        wait(|| server.metric("sparql_running") == 1);
        let reply = server.ask("SELECT (COUNT(*) AS ?n) WHERE {}");
        assert_eq!(reply.status, 503);
        assert!(reply.body.contains("urn:diplograph:problem:busy"), "{reply:?}");
        assert_eq!(server.ask("ASK { ?s a dg:Event }").status, 200, "a plain look-up needs no worker");
        assert_eq!(server.get("/api/show?name=SYR").status, 200);
    });
}

/// A plain look-up is answered by the server itself, in every format; one that turns out to be long is not.
#[test]
fn plain_look_ups_need_no_worker() {
    let _turn = alone();
    let server = Server::start(&graph(), &["--timeout", "2", "--max-rows", "20"]);
    let counts = || ["sparql_quick_total", "sparql_workers_started_total"].map(|name| server.metric(name));
    let label = "SELECT ?name WHERE { <https://w3id.org/diplograph/id/entity/SYR> rdfs:label ?name }";
    for (media, begins) in [("text/csv", "name\r\n"), ("application/sparql-results+json", "{\"head\":")] {
        let reply = server.send("POST /query", &[&format!("Accept: {media}"), SPARQL], label);
        assert!(reply.status == 200 && reply.body.starts_with(begins) && reply.body.contains("Syria"), "{reply:?}");
    }
    assert_eq!(counts(), [2, 0]);
    assert_eq!(server.send("POST /query", &["Accept: text/turtle", SPARQL], label).status, 406);
    assert_eq!(server.ask("SELECT ?a WHERE { ?a a dg:Claim }").status, 422, "more rows than --max-rows");
    assert_eq!(counts()[1], 0);
    // so many pairs that the time is over, and none that is left
    late(&server.ask("SELECT DISTINCT ?b ?e WHERE { ?a ?b ?c . ?d ?e ?f FILTER(?c < ?f && ?f < ?c) }"));
    assert_eq!(counts()[1], 1);
    for bomb in ["!", "-", "(", "^", "<a>/", "{", "[", "\\"] {
        let query = format!("ASK {{ ?a ?b ?c FILTER({}1) }}", bomb.repeat(1900 / bomb.len()));
        assert!([200, 400].contains(&server.ask(&query).status), "{bomb}");
    }
}

#[test]
fn hostile_queries_harm_nobody() {
    let _turn = alone();
    let server = Server::start(&graph(), &["--timeout", "3", "--max-memory", "300"]);
    let doubled: String = (0..40).map(|i| format!("BIND(CONCAT(?x{i}, ?x{i}) AS ?x{}) ", i + 1)).collect();
    let hostile = [
        format!("ASK {}{}", "{".repeat(10_000), "}".repeat(10_000)),
        format!("ASK {{ FILTER({}1{}) }}", "(".repeat(90), ")".repeat(90)),
        format!("ASK {{ FILTER({}1) }}", "!".repeat(100_000)),
        format!("ASK {{ FILTER(1{}) }}", "+1".repeat(100_000)),
        format!("ASK {{ ?s rdf:type{} ?o }}", "/rdf:type".repeat(20_000)),
        format!("ASK {{ {{}}{} }}", " UNION {}".repeat(50_000)),
        format!("SELECT (STRLEN(?x40) AS ?n) WHERE {{ BIND('0123456789' AS ?x0) {doubled} }}"),
        format!("ASK {{ ?s ?p ?o FILTER(REGEX(STR(?o), '{}')) }}", "(a*)*".repeat(50)),
        "SELECT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c".to_owned(),
    ];
    for query in hostile {
        let start = Instant::now();
        let reply = server.ask(&query);
        let shown: String = query.chars().take(60).collect();
        assert!([200, 400, 422, 500, 503].contains(&reply.status), "{shown}: {reply:?}");
        assert!(start.elapsed() < Duration::from_secs(30), "{shown}: {:?}", start.elapsed());
        assert_eq!(server.ask("ASK {}").status, 200, "after {shown}");
    }
}

#[test]
fn hostile_requests_harm_nobody() {
    let server = Server::start(&graph(), &["--max-body", "64"]);
    let head = "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n";
    let status = |text: String| server.raw(text.as_bytes()).status;
    assert_eq!(status(format!("{head}Content-Length: 314572800\r\n\r\n")), 413, "300 MB are not waited for");
    let chunk = format!("8000\r\n{}\r\n", "#".repeat(0x8000));
    assert_eq!(status(format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(4))), 413);
    let long = |n: usize| format!("GET /?q={} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "a".repeat(n));
    assert!([400, 414, 431].contains(&status(long(200_000))), "a long line");
    let many: String = (0..5000).map(|i| format!("X-{i}: y\r\n")).collect();
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")), 431);
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n".into()), 421, "no host");
    assert_eq!(status("\u{0}\u{1}\u{2}\r\n\r\n".into()), 400);
    let split = server.get("/api/search?q=a%0D%0ASet-Cookie:%20b=c");
    assert!(split.status == 200 && !split.headers.contains("set-cookie"), "{split:?}");
    let split = server.send("GET /query", &["Host: localhost\r\nX-A: b\rSet-Cookie: c"], "");
    assert!(!split.headers.contains("set-cookie"), "{split:?}");
    assert_eq!(
        server
            .raw(
                b"POST /query HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: \
        application/sparql-query\r\nContent-Length: 2\r\n\r\n\xFF\xFE"
            )
            .status,
        400,
        "no UTF-8"
    );
    assert_eq!(server.get("/health").status, 200);
}

/// Five hundred who say nothing keep nobody out for longer than a head may take, and are shown the door.
#[test]
fn silent_connections_end() {
    let server = Server::start(&graph(), &["--connections", "100"]);
    let mut silent: Vec<_> = (0..500).map(|_| server.connect()).collect();
    for stream in &mut silent {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").expect("half a head");
    }
    drop(silent.split_off(90));
    assert_eq!(server.get("/health").status, 200, "some places are free");
    silent.extend((0..40).map(|_| server.connect()));
    let start = Instant::now();
    assert_eq!(server.get("/health").status, 200);
    assert!(start.elapsed() < Duration::from_secs(25), "{:?}", start.elapsed());
    let mut said = Vec::new();
    silent[0].read_to_end(&mut said).expect("the server ends it, not the client's patience");
    assert!(!String::from_utf8_lossy(&said).contains("200 OK"));
}

#[test]
fn it_stops_when_told() {
    let _turn = alone();
    for signal in ["INT", "TERM"] {
        let mut server = Server::start(&graph(), &["--timeout", "3"]);
        assert_eq!(server.ask("ASK {}").status, 200);
        let id = server.child.id().to_string();
        let mut stream = server.connect();
        let head =
            "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length:";
        write!(stream, "{head} {}\r\n\r\n{}", ENDLESS[0].len(), ENDLESS[0]).expect("sending");
        wait(|| server.metric("sparql_running") == 1);
        assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("kill").success());
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("what was under way is answered");
        assert!(said.starts_with("HTTP/1.1 503"), "{said}");
        assert_eq!(server.child.wait().expect("its end").code(), Some(0));
    }
}

#[test]
fn options_that_cannot_be() {
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diplograph"));
        let output = command.arg("serve").args(args).stdin(Stdio::null()).output().expect("a run");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let server = Server::start(&graph(), &[]);
    let (code, said) = run(&["--graph", &graph().display().to_string(), "--bind", &server.at.to_string()]);
    assert!(code == Some(2) && said.contains("try: give another address"), "{said}");
    let (code, said) = run(&["--graph", "/nowhere"]);
    assert!(code == Some(2) && said.contains("no graph in /nowhere"), "{said}");
    assert_eq!(run(&["--timeout", "0"]).0, Some(2));
}

#[test]
fn other_origins_read_where_they_may() {
    let server = Server::start(&graph(), &["--cors", "*"]);
    let headers = ["Origin: https://site.example", "Access-Control-Request-Method: POST"];
    let reply = server.send("OPTIONS /query", &headers, "");
    assert!(reply.status == 204 && reply.has("access-control-allow-methods: GET, HEAD, POST"), "{reply:?}");
    assert!(server.get("/health").has("access-control-allow-origin: *"));
    let closed = Server::start(&graph(), &[]);
    assert!(!closed.get("/health").headers.contains("access-control"));
}

/// Waits until it holds, thirty seconds at most.
#[track_caller]
fn wait(holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(30), "it did not come to hold");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// How many processes the server has started that still run a query (Linux; elsewhere none are seen).
fn children(server: &Server) -> usize {
    let id = server.child.id();
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let of: String = tasks.filter_map(|t| std::fs::read_to_string(t.path().join("children")).ok()).collect();
    let busy = |child: &&str| {
        let state = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        state.split(' ').nth(2) == Some("R")
    };
    of.split_whitespace().filter(busy).count()
}
