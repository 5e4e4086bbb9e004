//! What goes back: documents of a media type, and problems after RFC 9457.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::Error;

/// Why a request is not answered.
#[derive(Debug, Clone)]
pub struct Problem {
    pub status: StatusCode,
    /// A word that programs can tell it by.
    pub name: &'static str,
    /// What it is about, the same each time.
    pub title: &'static str,
    /// What it is this time.
    pub detail: String,
    /// What to do about it.
    pub next: Option<String>,
}

/// What a handler comes to.
pub type Reply = Result<Response, Problem>;

impl Problem {
    pub fn new(status: StatusCode, name: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, name, title, detail: detail.into(), next: None }
    }

    /// A request that says something wrong.
    pub fn wrong(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "wrong-request", "The request is wrong", detail)
    }

    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing", detail)
    }

    pub fn failed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "The server failed", detail)
    }

    pub fn timeout(seconds: f64) -> Self {
        let detail = format!("it ran longer than {seconds} s and was stopped");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", "The request took too long", detail)
            .next("ask for less: fewer patterns, a LIMIT, no ORDER BY")
    }

    pub fn busy() -> Self {
        let detail = "as many requests as the server takes are being worked on";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "The server is busy", detail).next("ask again in a moment")
    }

    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    fn document(&self) -> serde_json::Value {
        let mut document = serde_json::json!({
            "type": format!("urn:diplograph:problem:{}", self.name),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(next) = &self.next {
            document["next"] = next.as_str().into();
        }
        document
    }
}

/// Errors of look-ups are failures of the disk; what a person may get wrong is told apart before.
impl From<Error> for Problem {
    fn from(e: Error) -> Self {
        let problem = Self::failed(e.to_string());
        match e.next_step() {
            Some(next) => problem.next(next),
            None => problem,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut reply = document("application/problem+json", self.document().to_string() + "\n");
        *reply.status_mut() = self.status;
        if self.status == StatusCode::UNAUTHORIZED {
            reply.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        reply
    }
}

/// A document of a media type.
pub fn document(media: &str, body: impl Into<Body>) -> Response {
    let mut reply = Response::new(body.into());
    let media = HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    reply.headers_mut().insert(header::CONTENT_TYPE, media);
    reply
}

pub fn json(value: &impl Serialize) -> Reply {
    let text = serde_json::to_string(value).map_err(|e| Problem::failed(e.to_string()))?;
    Ok(document("application/json", text + "\n"))
}
