//! Changes to the graph, for whoever has the token: SPARQL Update and curation. Each is a run of the command that a person
//! would type, one after the other; when it has published, the new graph is shown.

use std::process::Stdio;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use super::params::Params;
use super::query::{body_of, no_content};
use super::reply::{Problem, Reply, json};
use super::{App, Shared};

/// Who may write, and whose turn it is.
pub struct Change {
    token: Option<[u8; 32]>,
    turn: Mutex<()>,
}

/// A decision of a person on what the graph says.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "lowercase", deny_unknown_fields)]
enum Decision {
    Accept { facts: Vec<String>, note: Option<String> },
    Reject { facts: Vec<String>, note: Option<String> },
    Split { facts: Vec<String>, note: Option<String> },
    Merge { a: String, b: String, note: Option<String> },
    Undo { number: u32 },
}

impl Change {
    /// Without a token nobody may.
    pub fn new(token: Option<&str>) -> Self {
        Self { token: token.map(hash), turn: Mutex::default() }
    }

    pub fn writable(&self) -> bool {
        self.token.is_some()
    }

    /// Whether the request bears the token. Hashes are compared, so that the time tells nothing.
    fn allow(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(token) = self.token else {
            let title = "The graph is served for reading";
            return Err(Problem::new(StatusCode::FORBIDDEN, "read-only", title, "the server was not started to write")
                .next("diplograph serve --writable"));
        };
        let given = headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok()?.strip_prefix("Bearer "));
        if given.is_some_and(|g| hash(g.trim()) == token) {
            return Ok(());
        }
        let detail = if given.is_some() { "the token is another" } else { "the request bears no token" };
        Err(Problem::new(StatusCode::UNAUTHORIZED, "token", "Writing needs the token", detail)
            .next("Authorization: Bearer TOKEN, which the server told when it started"))
    }

    /// Runs a command of ours on the graph, and shows what it has made of it.
    pub async fn run(&self, app: &App, args: &[String], input: &str, time: Duration) -> Result<String, Problem> {
        let deadline = Instant::now() + time;
        let Ok(_turn) = timeout_at(deadline, self.turn.lock()).await else { return Err(Problem::busy()) };
        let done = timeout_at(deadline, command(app, args, input)).await;
        let output = done.map_err(|_| Problem::timeout(time.as_secs_f64()))?;
        let output = output.map_err(|e| Problem::failed(format!("no writer could be run: {e}")))?;
        let shown = app.refresh().await;
        let said = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0 | 3) => shown.map(|_| format!("{}{said}", String::from_utf8_lossy(&output.stdout))),
            Some(1) => {
                let (what, next) = plain(&said);
                Err(Problem { next, ..Problem::not_found(what) })
            }
            Some(2) => Err(refused(&said)),
            _ => Err(Problem::failed(format!("the writer broke off: {}", said.trim()))),
        }
    }
}

async fn command(app: &App, args: &[String], input: &str) -> std::io::Result<std::process::Output> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(&args[0]).arg("--graph").arg(&app.options.graph).args(&args[1..]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        _ = pipe.write_all(input.as_bytes()).await; // a command that does not read it says why
    }
    child.wait_with_output().await
}

/// The commands' own words: what is wrong, and what to try.
fn refused(said: &str) -> Problem {
    let (what, next) = plain(said);
    let problem = match what.contains("another diplograph is writing") {
        true => Problem::new(StatusCode::CONFLICT, "locked", "Somebody else writes", what),
        false => Problem::new(StatusCode::BAD_REQUEST, "wrong-change", "The change is wrong", what),
    };
    Problem { next, ..problem }
}

fn plain(said: &str) -> (String, Option<String>) {
    let (what, next) = said.split_once("\n  try: ").unwrap_or((said, ""));
    let what = what.trim().trim_start_matches("error: ");
    (what.to_owned(), Some(next.trim().to_owned()).filter(|n| !n.is_empty()))
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The update operation of the SPARQL 1.1 Protocol.
pub async fn update(State(app): State<Shared>, request: Request) -> Reply {
    let (head, body) = request.into_parts();
    app.change.allow(&head.headers)?;
    let params = Params::read(head.uri.query().unwrap_or_default().as_bytes())?;
    let (text, params) = body_of(&app, &head.headers, body, params, "update").await?;
    if params.all("using-graph-uri").chain(params.all("using-named-graph-uri")).next().is_some() {
        return Err(Problem::wrong("graphs are not named by parameters here").next("USING <IRI> in the update"));
    }
    app.change.run(&app, &["update".to_owned(), "-".to_owned()], &text, app.options.timeout).await?;
    Ok(no_content())
}

/// Accepts, rejects, splits, merges, or takes that back.
pub async fn curate(State(app): State<Shared>, request: Request) -> Reply {
    let (head, body) = request.into_parts();
    app.change.allow(&head.headers)?;
    let text = super::query::text_of(&app, &head.headers, body, "application/json").await?;
    let decision: Decision = serde_json::from_str(&text)
        .map_err(|e| Problem::wrong(e.to_string()).next(r#"{"action": "accept", "facts": ["e3f2fc610d5d4e11"]}"#))?;
    let said = app.change.run(&app, &decision.args(), "", app.options.timeout).await?;
    json(&serde_json::json!({ "done": said.trim(), "graph": app.current.graph().number }))
}

impl Decision {
    /// The command that a person would type.
    fn args(self) -> Vec<String> {
        let (command, note, about) = match self {
            Self::Accept { facts, note } => ("accept", note, facts),
            Self::Reject { facts, note } => ("reject", note, facts),
            Self::Split { facts, note } => ("split", note, facts),
            Self::Merge { a, b, note } => ("merge", note, vec![a, b]),
            Self::Undo { number } => ("undo", None, vec![number.to_string()]),
        };
        let note = note.filter(|n| !n.trim().is_empty()).map(|n| format!("--note={n}"));
        std::iter::once(command.to_owned()).chain(note).chain(["--".to_owned()]).chain(about).collect()
    }
}
