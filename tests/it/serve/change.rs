//! Changes through the server: who may, what they come to, and that everybody sees them.

use std::fs;
use std::path::{Path, PathBuf};

use diplograph::store::{Mode, Store};
use serde_json::Value;
use tempfile::TempDir;

use super::client::{Reply, Server};
use super::{alone, make, wait};

const TOKEN: &str = "Authorization: Bearer a-token-of-the-tests";
const UPDATE: &str = "Content-Type: application/sparql-update";
const JSON: &str = "Content-Type: application/json";

/// A graph of its own, and a server that may write to it.
fn writable() -> (TempDir, PathBuf, Server) {
    let dir = TempDir::new().expect("a folder");
    let (graph, token) = (dir.path().join("graph"), dir.path().join("token"));
    make(&graph);
    fs::write(&token, "a-token-of-the-tests\n").expect("a file");
    let server = Server::start(&graph, &["--writable", "--token-file", token.to_str().expect("a path")]);
    (dir, graph, server)
}

fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|e| panic!("{e}: {reply:?}"))
}

fn curate(server: &Server, decision: &str) -> Reply {
    server.send("POST /api/curate", &[TOKEN, JSON], decision)
}

#[test]
fn an_update_needs_the_token_and_is_seen_at_once() {
    let (_dir, _, server) = writable();
    let insert = "INSERT DATA { entity:SYR skos:altLabel \"Bilad al-Sham\" }";
    let asked = "ASK { entity:SYR skos:altLabel \"Bilad al-Sham\" }";
    let refused = server.send("POST /update", &[UPDATE], insert);
    assert!(refused.status == 401 && refused.has("www-authenticate: Bearer"), "{refused:?}");
    let other = server.send("POST /update", &["Authorization: Bearer a-token-of-another", UPDATE], insert);
    assert_eq!(other.status, 401, "{other:?}");
    assert!(server.ask(asked).body.contains("false"));
    assert_eq!(server.send("POST /update", &[TOKEN, UPDATE], insert).status, 204);
    assert!(server.ask(asked).body.contains("true"));
    let form = "Content-Type: application/x-www-form-urlencoded";
    let delete = "update=DELETE+WHERE+%7B+entity:SYR+skos:altLabel+?x+%7D";
    assert_eq!(server.send("POST /update", &[TOKEN, form], delete).status, 204);
    assert!(server.ask(asked).body.contains("false"));
    let wrong = server.send("POST /update", &[TOKEN, UPDATE], "INSERT DATA {");
    assert!(wrong.status == 400 && wrong.body.contains("wrong-change"), "{wrong:?}");
    let using = server.send("POST /update?using-graph-uri=urn:x", &[TOKEN, UPDATE], insert);
    assert_eq!(using.status, 400, "{using:?}");
    assert_eq!(server.send("POST /update", &[TOKEN, "Content-Type: text/plain"], insert).status, 415);
}

#[test]
fn a_decision_is_kept_and_taken_back() {
    let (_dir, _, server) = writable();
    let between = "/api/between?a=Assad&b=Khamenei";
    let before = json(&server.get(between));
    let fact = before["events"][0]["said"][0]["fact"].as_str().expect("a fact").to_owned();
    let number = json(&server.get("/health"))["graph"].as_u64().expect("a number");
    let done = curate(&server, &format!(r#"{{"action": "accept", "facts": ["{fact}"], "note": "--read again"}}"#));
    assert_eq!((done.status, json(&done)["graph"].as_u64()), (200, Some(number + 1)), "{done:?}");
    let after = json(&server.get(between));
    let confidence = |of: &Value| of["events"][0]["confidence"].as_f64();
    assert_eq!(confidence(&after), Some(1.0), "who accepts is certain");
    let log = json(&server.get("/api/log"));
    assert_eq!(
        (&log["decisions"][0]["verdict"], &log["decisions"][0]["note"]),
        (&"accept".into(), &"--read again".into())
    );
    assert_eq!(curate(&server, r#"{"action": "undo", "number": 1}"#).status, 200);
    assert_eq!(json(&server.get(between)), before, "as it was");
}

#[test]
fn what_cannot_be_decided() {
    let (_dir, _, server) = writable();
    for (decision, status) in [
        (r#"{"action": "accept", "facts": ["0000"]}"#, 400),
        (r#"{"action": "accept", "facts": ["--graph=/elsewhere"]}"#, 400),
        (r#"{"action": "accept", "facts": []}"#, 400),
        (r#"{"action": "destroy", "facts": ["0000"]}"#, 400),
        (r#"{"action": "undo", "number": 7}"#, 400),
        ("no JSON", 400),
    ] {
        let reply = curate(&server, decision);
        assert_eq!(reply.status, status, "{decision}: {reply:?}");
        assert!(reply.has("content-type: application/problem+json"), "{reply:?}");
    }
    assert_eq!(json(&server.get("/health"))["graph"], 1, "nothing has changed");
}

/// What another process makes of the graph is shown soon, to look-ups and to queries.
#[test]
fn a_change_from_elsewhere_is_seen() {
    let (_dir, graph, server) = writable();
    assert_eq!(server.ask("ASK {}").status, 200, "a worker waits with the former graph");
    let mut store = Store::open(&graph, Mode::ReadWrite).expect("the graph");
    store.update("INSERT DATA { entity:SYR skos:altLabel \"Elsewhere\" }").expect("an update");
    store.close().expect("writing it");
    wait(|| server.ask("ASK { ?s skos:altLabel \"Elsewhere\" }").body.contains("true"));
    assert_eq!(json(&server.get("/health"))["graph"], 2);
}

#[test]
fn a_folder_is_watched() {
    let _turn = alone();
    let dir = TempDir::new().expect("a folder");
    let (graph, inbox) = (dir.path().join("graph"), dir.path().join("inbox"));
    fs::create_dir(&inbox).expect("a folder");
    let server = Server::start(&graph, &["--watch", inbox.to_str().expect("a path")]);
    assert_eq!(json(&server.get("/health"))["empty"], true);
    let facts = || json(&server.get("/api/stats"))["facts"].as_u64().unwrap_or_default();
    assert_eq!(facts(), 0);
    put(&inbox, "President Emmanuel Macron met Chancellor Olaf Scholz in Berlin on Monday.");
    wait(|| facts() > 0);
    let met = "/api/between?a=France&b=Germany";
    assert!(server.get(met).body.contains("Macron"), "{:?}", server.get(met));
    put(&inbox, "President Emmanuel Macron met Prime Minister Pedro Sánchez in Madrid on Monday, officials said.");
    wait(|| server.get("/api/between?a=France&b=Spain").body.contains("Macron"));
    assert_ne!(server.get(met).status, 200, "the former text is gone");
}

fn put(inbox: &Path, text: &str) {
    fs::write(inbox.join("news.txt"), text).expect("a file");
}
