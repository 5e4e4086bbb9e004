//! What holds for every request: who may be called, the headers that browsers obey, HEAD, ETags, gzip, counting, the log.

use std::io::Write;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::reply::Problem;
use super::{App, Options, Shared, routes};

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

/// What a request's headers say of how its reply is sent.
struct Wanted {
    none_match: Option<HeaderValue>,
    encoding: Option<HeaderValue>,
}

impl Wanted {
    fn read(headers: &HeaderMap) -> Self {
        let of = |name: HeaderName| headers.get(name).cloned();
        Self { none_match: of(header::IF_NONE_MATCH), encoding: of(header::ACCEPT_ENCODING) }
    }
}

fn text(value: Option<&HeaderValue>) -> &str {
    value.and_then(|h| h.to_str().ok()).unwrap_or_default()
}

/// Smaller bodies are not worth compressing.
const SMALL: usize = 1024;

pub async fn frame(app: Shared, router: Router, mut request: Request) -> Response {
    let start = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let headers = request.headers();
    let preflight = method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let (wanted, called) = (Wanted::read(headers), host(&app.options, headers));
    if method == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let reply = match called {
        Ok(()) => routes::answer(&app, router, request).await,
        Err(problem) => problem.into_response(),
    };
    let mut reply = whole(reply, &method, &wanted).await;
    reply.headers_mut().reserve(HEADERS.len());
    for (name, value) in HEADERS {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    cors(&app.options, preflight, reply.headers_mut());
    finish(&app, &method, uri.path(), reply.status(), start.elapsed());
    reply
}

/// A page of another site, whose name was made to point here, may not read a server of the loopback.
fn host(options: &Options, headers: &HeaderMap) -> Result<(), Problem> {
    let host = text(headers.get(header::HOST));
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
async fn whole(reply: Response, method: &Method, wanted: &Wanted) -> Response {
    let (mut head, body) = reply.into_parts();
    let Ok(mut body) = to_bytes(body, usize::MAX).await else { return Problem::failed("no body").into_response() };
    if head.status == StatusCode::OK && [Method::GET, Method::HEAD].contains(method) {
        let tag = etag(&body);
        if text(wanted.none_match.as_ref()).split(',').any(|t| t.trim() == tag || t.trim() == "*") {
            head.status = StatusCode::NOT_MODIFIED;
            head.headers.remove(header::CONTENT_TYPE);
            body = Bytes::new();
        }
        head.headers.insert(header::ETAG, HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("W/\"\"")));
    }
    if body.len() > SMALL && takes_gzip(text(wanted.encoding.as_ref())) {
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
    let number = Sha256::digest(body).iter().take(12).fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
    format!("W/\"{number:024x}\"")
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
