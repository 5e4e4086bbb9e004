//! What holds for every request: who may be called, the headers that browsers obey, HEAD, ETags, gzip, counting, the log.

use std::io::Write;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::reply::Problem;
use super::{App, Options, Shared};

/// The page runs its own scripts and styles, and talks to its own server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(HeaderName, &str)] = &[
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
    (header::VARY, "Accept, Accept-Encoding"),
];

/// What is read of a request's headers here.
const READ: [HeaderName; 4] =
    [header::HOST, header::IF_NONE_MATCH, header::ACCEPT_ENCODING, header::ACCESS_CONTROL_REQUEST_METHOD];

fn only(all: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    names.iter().filter_map(|name| Some((name.clone(), all.get(name)?.clone()))).collect()
}

/// Smaller bodies are not worth compressing.
const SMALL: usize = 1024;

pub async fn frame(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let headers = only(request.headers(), &READ);
    let preflight = method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if method == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let reply = match host(&app.options, &headers) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    let mut reply = whole(reply, &method, &headers).await;
    for (name, value) in HEADERS {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    cors(&app.options, preflight, reply.headers_mut());
    finish(&app, &method, uri.path(), reply.status(), start.elapsed());
    reply
}

/// A page of another site, whose name was made to point here, may not read a server of the loopback.
fn host(options: &Options, headers: &HeaderMap) -> Result<(), Problem> {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(n, _)| n);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".-:[]".contains(&b);
    let known = match options.hosts.is_empty() {
        false => options.hosts.iter().any(|h| h.eq_ignore_ascii_case(name)) || loopback(name),
        true => !options.bind.ip().is_loopback() || loopback(name),
    };
    if known && !host.is_empty() && host.bytes().all(plain) {
        return Ok(());
    }
    let title = "The server does not go by that name";
    Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "host", title, "the header Host names another server")
        .next("diplograph serve --host NAME"))
}

fn loopback(name: &str) -> bool {
    let ip = name.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    name.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

/// The reply with its ETag, its length, and in gzip where the client takes it; without a body for HEAD.
async fn whole(reply: Response, method: &Method, headers: &HeaderMap) -> Response {
    let (mut head, body) = reply.into_parts();
    let Ok(mut body) = to_bytes(body, usize::MAX).await else { return Problem::failed("no body").into_response() };
    let text = |name: HeaderName| headers.get(name).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if head.status == StatusCode::OK && [Method::GET, Method::HEAD].contains(method) {
        let tag = etag(&body);
        if text(header::IF_NONE_MATCH).split(',').any(|t| t.trim() == tag || t.trim() == "*") {
            head.status = StatusCode::NOT_MODIFIED;
            head.headers.remove(header::CONTENT_TYPE);
            body = Bytes::new();
        }
        head.headers.insert(header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\"")));
    }
    if body.len() > SMALL && takes_gzip(text(header::ACCEPT_ENCODING)) {
        let plain = body.clone();
        if let Ok(Ok(packed)) = tokio::task::spawn_blocking(move || gzip(&plain)).await {
            head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            body = packed;
        }
    }
    if !body.is_empty() {
        head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
    Response::from_parts(head, if method == Method::HEAD { Body::empty() } else { Body::from(body) })
}

/// A weak tag: the bytes are the same, however they are packed.
fn etag(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let hex: String = hash.iter().take(12).map(|b| format!("{b:02x}")).collect();
    format!("W/\"{hex}\"")
}

fn takes_gzip(header: &str) -> bool {
    header.split(',').map(str::trim).any(|c| c.split(';').next() == Some("gzip") && !c.ends_with(";q=0"))
}

fn gzip(body: &[u8]) -> std::io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish().map(Bytes::from)
}

fn cors(options: &Options, preflight: bool, headers: &mut HeaderMap) {
    let Some(origin) = options.cors.as_deref().and_then(|o| HeaderValue::from_str(o).ok()) else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST, OPTIONS"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Accept, Content-Type"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
}

fn finish(app: &App, method: &Method, path: &str, status: StatusCode, time: Duration) {
    app.metrics.count(route(path), status.as_u16(), time);
    if app.options.log {
        let line = serde_json::json!({ "method": method.as_str(), "path": path, "status": status.as_u16(),
            "seconds": (time.as_secs_f64() * 1e4).round() / 1e4 });
        _ = writeln!(std::io::stderr(), "{line}");
    }
}

/// The part of the server that a path belongs to.
fn route(path: &str) -> &'static str {
    match path.split('/').nth(1).unwrap_or_default() {
        "" => "page",
        "query" => "query",
        "update" => "update",
        "store" => "store",
        "api" => "api",
        "health" | "metrics" => "health",
        "assets" => "assets",
        _ => "other",
    }
}
