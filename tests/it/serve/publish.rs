//! `publish` and `query --endpoint`, against a server of our own and against one that fails.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, channel};

use diplograph::store::{Mode, Store};
use tempfile::TempDir;

use super::client::Server;
use super::{graph, make};

fn run(args: &[&str], graph: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diplograph"));
    command.args(args).arg("--graph").arg(graph).output().expect("the program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn quads(graph: &Path) -> BTreeSet<String> {
    let store = Store::open(graph, Mode::ReadOnly).expect("a graph");
    store.quads(None, None, None, None).expect("its quads").iter().map(ToString::to_string).collect()
}

#[test]
fn a_graph_that_is_published_is_the_same_there() {
    let dir = TempDir::new().expect("a folder");
    let (here, there, token) = (dir.path().join("here"), dir.path().join("there"), dir.path().join("token"));
    make(&here);
    Store::open(&there, Mode::ReadWrite).and_then(Store::close).expect("an empty graph");
    std::fs::write(&token, "a-token-of-letters").expect("a token");
    let token = token.to_str().expect("a path");
    let server = Server::start(&there, &["--writable", "--token-file", token]);
    let endpoint = format!("http://{}/update", server.at);
    let publish = ["publish", "--endpoint", &endpoint, "--token-file", token, "--batch", "100", "--clear"];
    let first = run(&publish, &here);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert_eq!(quads(&there), quads(&here));
    let second = text(&run(&publish, &here).stdout);
    assert!(second.contains("has had them all"), "{second}");

    let refused = run(&["publish", "--endpoint", &endpoint, "--again"], &here);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--token-file FILE"), "{}", text(&refused.stderr));
}

#[test]
fn queries_are_answered_elsewhere_as_here() {
    let server = Server::start(&graph(), &[]);
    let endpoint = format!("http://{}/query", server.at);
    let queries: [&[&str]; 5] = [
        &["-e", "SELECT ?e ?s WHERE { ?e a dg:Event ; dg:status ?s } ORDER BY ?e"],
        &["-e", "ASK { ?e a dg:Event }"],
        &["-e", "CONSTRUCT { ?e a dg:Event } WHERE { ?e a dg:Event }", "--format", "nt"],
        &["active"],
        &["-e", "SELECT ?x WHERE { ?x a dg:Nothing }"],
    ];
    for query in queries {
        let here = run(&[&["query"], query].concat(), &graph());
        let there = run(&[&["query"], query, &["--endpoint", &endpoint]].concat(), Path::new("nowhere"));
        assert_eq!(text(&there.stdout), text(&here.stdout), "{}", text(&there.stderr));
        assert_eq!(there.status, here.status);
    }
    let wrong = run(&["query", "-e", "SELECT WHERE", "--endpoint", &endpoint], &graph());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("status 400"), "{}", text(&wrong.stderr));
}

/// Every look-up says of a graph elsewhere what it says of the same graph here, in few requests.
#[test]
fn look_ups_work_elsewhere_as_here() {
    let server = Server::start(&graph(), &["--workers", "2"]);
    let endpoint = format!("http://{}/query", server.at);
    let asked: [&[&str]; 12] = [
        &["between", "Iran", "Syria", "--all"],
        &["between", "Assad", "Khamenei", "--exact", "--json"],
        &["between", "Iran", "Syria", "--as-of", "2022-05-08"],
        &["show", "Assad"],
        &["show", "IRN", "--json"],
        &["path", "Bahrain", "Iran"],
        &["search", "Tehran"],
        &["stats"],
        &["common", "Iran", "Syria"],
        &["rank"],
        &["between", "Iran", "Nobody at all"],
        &["why", "nothing"],
    ];
    for args in asked {
        let before = server.metric("requests_total{route=\"query\",status=\"200\"}");
        let here = run(args, &graph());
        let there = run(&[args, &["--endpoint", &endpoint]].concat(), Path::new("nowhere"));
        assert_eq!(text(&there.stdout), text(&here.stdout), "{args:?}: {}", text(&there.stderr));
        assert_eq!(there.status, here.status, "{args:?}: {}", text(&there.stderr));
        let requests = server.metric("requests_total{route=\"query\",status=\"200\"}") - before;
        assert!((1..200).contains(&requests), "{args:?}: {requests} requests");
    }
}

/// A server that answers each request with the next of these statuses; 0 breaks the connection off. Bodies that were
/// taken come out of the channel.
fn failing(statuses: &'static [u16]) -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = listener.local_addr().expect("its address");
    let (send, bodies) = channel();
    std::thread::spawn(move || {
        for status in statuses.iter().copied().chain(std::iter::repeat(204)) {
            let mut stream = BufReader::new(listener.accept().expect("a client").0);
            let (mut line, mut length) = (String::new(), 0);
            while stream.read_line(&mut line).is_ok_and(|n| n > 2) {
                if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
                    length = n.trim().parse().expect("a number");
                }
                line.clear();
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).expect("a body");
            if status != 0 {
                let reply = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                stream.get_mut().write_all(reply.as_bytes()).expect("a reply");
            }
            if status == 204 && send.send(text(&body)).is_err() {
                return;
            }
        }
    });
    (at, bodies)
}

fn statements(bodies: &Receiver<String>) -> Vec<String> {
    bodies
        .try_iter()
        .flat_map(|b| b.lines().filter(|l| l.ends_with(" .")).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn what_breaks_off_is_sent_again_or_gone_on_with() {
    let dir = TempDir::new().expect("a folder");
    make(&dir.path().join("graph"));
    let here = dir.path().join("graph");
    // A busy moment and a broken connection pass; then the third batch is refused for good.
    let (at, bodies) = failing(&[503, 204, 0, 204, 500]);
    let endpoint = format!("http://{at}/update");
    let publish = ["publish", "--endpoint", &endpoint, "--batch", "20"];
    let broken = run(&publish, &here);
    assert_eq!(broken.status.code(), Some(2), "{}", text(&broken.stdout));
    assert!(text(&broken.stderr).contains("status 500"), "{}", text(&broken.stderr));
    let mut sent = statements(&bodies);
    let before = sent.len();
    assert!(before > 50, "{before} statements in two batches");

    let whole = run(&publish, &here);
    assert!(text(&whole.stdout).contains(&format!("{before} of them before")), "{}", text(&whole.stdout));
    sent.extend(statements(&bodies));
    assert_eq!(sent.len(), quads(&here).len(), "every quad once");

    let gone = run(&["publish", "--endpoint", "http://127.0.0.1:9/update", "--retries", "1"], &here);
    assert_eq!(gone.status.code(), Some(2));
    assert!(text(&gone.stderr).contains("is the server there?"), "{}", text(&gone.stderr));
}
