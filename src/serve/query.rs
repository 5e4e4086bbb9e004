//! The SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013), its query operation.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;

use super::accept::{self, RDF, RESULTS};
use super::params::Params;
use super::pool::not_acceptable;
use super::reply::{Problem, Reply, document};
use super::worker::{Ask, Graphs};
use super::{App, Shared};
use crate::store::depth;

/// What the endpoint tells of itself, as a query: `ENDPOINT` is where it is.
const DESCRIPTION: &str = include_str!("description.rq");

/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(10);

/// Brackets within brackets; the parser's time grows with them, and its stack.
const DEPTH: usize = 100;

/// GET with a query string, POST with a form, POST with the query itself. GET without a query describes the service.
/// Parameters of no meaning here are passed over: clients send `format`, `output` and more for servers of their own.
pub async fn query(State(app): State<Shared>, request: Request) -> Reply {
    let (head, body) = request.into_parts();
    let params = Params::read(head.uri.query().unwrap_or_default().as_bytes())?;
    if head.method == Method::GET {
        if params.one("query")?.is_none() {
            return describe(&app, &head.headers).await;
        }
        return answer(&app, params, &head.headers).await;
    }
    let (text, params) = body_of(&app, &head.headers, body, params, "query").await?;
    run(&app, text, &params, &head.headers).await
}

/// The operation and the parameters of a POST: a form, or the operation itself. `what` is `query` or `update`.
pub async fn body_of(
    app: &App,
    headers: &HeaderMap,
    body: Body,
    params: Params,
    what: &str,
) -> Result<(String, Params), Problem> {
    let direct = format!("application/sparql-{what}");
    if media(headers)? == "application/x-www-form-urlencoded" {
        let params = params.and(Params::read(&read(app, headers, body).await?)?);
        return Ok((params.required(what)?.to_owned(), params));
    }
    if media(headers)? == "application/sparql-update" && what == "query" {
        let problem = Problem::new(StatusCode::FORBIDDEN, "read-only", "This path is for reading", "this is an update");
        return Err(problem.next("POST /update, of a server that may write; or: diplograph update"));
    }
    let text = text_of(app, headers, body, &direct).await?;
    match params.one(what)? {
        None => Ok((text, params)),
        Some(_) => Err(Problem::wrong(format!("the {what} stands in the body and in the URL"))),
    }
}

/// A body of that media type.
pub async fn text_of(app: &App, headers: &HeaderMap, body: Body, wanted: &str) -> Result<String, Problem> {
    if media(headers)? != wanted {
        return Err(unsupported(wanted));
    }
    let bytes = read(app, headers, body).await?;
    String::from_utf8(bytes).map_err(|_| Problem::wrong("the body is not in UTF-8"))
}

/// The media type of the body, without parameters and in small letters.
fn media(headers: &HeaderMap) -> Result<String, Problem> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let (media, charset) = media.split_once(';').unwrap_or((media, ""));
    let charset = charset.trim().to_ascii_lowercase();
    if charset.starts_with("charset") && !charset.contains("utf-8") {
        return Err(unsupported("the only charset is UTF-8"));
    }
    Ok(media.trim().to_ascii_lowercase())
}

/// Done, and nothing to say.
pub fn no_content() -> Response {
    let mut reply = Response::default();
    *reply.status_mut() = StatusCode::NO_CONTENT;
    reply
}

fn unsupported(wanted: &str) -> Problem {
    let title = "A media type that is not understood";
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", title, wanted)
}

/// The body, if it is small and comes in time.
async fn read(app: &App, headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Problem> {
    let most = app.options.max_body;
    let large = || {
        let detail = format!("the body has more than {most} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail)
    };
    let told = headers.get(header::CONTENT_LENGTH).and_then(|h| h.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|n| n > most) {
        return Err(large());
    }
    match tokio::time::timeout(BODY_TIME, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => Err(large()),
        Err(_) => {
            let detail = format!("the body did not come within {} s", BODY_TIME.as_secs());
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "slow", "The request came too slowly", detail))
        }
    }
}

async fn answer(app: &App, params: Params, headers: &HeaderMap) -> Reply {
    let query = params.required("query")?.to_owned();
    run(app, query, &params, headers).await
}

async fn run(app: &App, query: String, params: &Params, headers: &HeaderMap) -> Reply {
    let list = |name: &str| params.all(name).map(str::to_owned).collect::<Vec<_>>();
    let (default, named) = (list("default-graph-uri"), list("named-graph-uri"));
    let graphs = match default.is_empty() && named.is_empty() {
        true => Graphs::Union,
        false => Graphs::Given(default, named),
    };
    ask(app, query, graphs, headers).await
}

/// Asks in the formats that the client takes.
pub async fn ask(app: &App, query: String, graphs: Graphs, headers: &HeaderMap) -> Reply {
    let depth = depth(&query);
    if depth > DEPTH {
        let detail = format!("{depth} brackets stand in each other, and {DEPTH} may");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "wrong-query", "The query is wrong", detail));
    }
    let accept = headers.get(header::ACCEPT).and_then(|h| h.to_str().ok());
    let [results, rdf] = [RESULTS, RDF].map(|offers| accept::best(accept, offers).map(str::to_owned));
    if results.is_none() && rdf.is_none() {
        return Err(not_acceptable(RESULTS));
    }
    let ask = Ask { query, graphs, results, rdf, max_rows: app.options.max_rows };
    let answer = match app.quick.answer(&app.current.graph().store, &ask) {
        Some(answer) => answer?,
        None => app.pool.ask(&ask).await?,
    };
    Ok(document(&with_charset(&answer.media), answer.document))
}

pub fn with_charset(media: &str) -> String {
    if media.starts_with("text/") { format!("{media}; charset=utf-8") } else { media.to_owned() }
}

async fn describe(app: &App, headers: &HeaderMap) -> Reply {
    let accept = headers.get(header::ACCEPT).and_then(|h| h.to_str().ok());
    let rdf = accept::best(accept, RDF).ok_or_else(|| not_acceptable(RDF))?;
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
    let ask = Ask {
        query: DESCRIPTION.replace("ENDPOINT", &format!("http://{host}/query")),
        rdf: Some(rdf.to_owned()),
        max_rows: app.options.max_rows,
        ..Ask::default()
    };
    let answer = app.pool.ask(&ask).await?;
    Ok(document(&with_charset(&answer.media), answer.document))
}
