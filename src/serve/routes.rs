//! Which path is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::reply::{Problem, Reply, document};
use super::{Shared, api, change, graphs, metrics, page, query};

pub fn router(app: &Shared) -> Router {
    let read = "GET, HEAD, OPTIONS";
    let mut router = Router::new()
        .route("/query", with_options(get(query::query).merge(post(query::query)), "GET, HEAD, POST, OPTIONS"))
        .route("/update", with_options(post(change::update), "POST, OPTIONS"))
        .route("/api/curate", with_options(post(change::curate), "POST, OPTIONS"))
        .route("/store", with_options(get(graphs::graph), read))
        .route("/api/openapi.json", with_options(get(api::openapi), read))
        .route("/api/queries/{name}", with_options(get(api::named::ask), read))
        .route("/health", with_options(get(health), read))
        .route("/metrics", with_options(get(counts), read));
    for endpoint in api::ENDPOINTS {
        let answer = move |State(app): State<Shared>, request: Request| api::answer(endpoint, app, request);
        router = router.route(endpoint.path, with_options(get(answer), read));
    }
    for (path, (media, body)) in page::assets() {
        router = router.route(path, with_options(get(move || async { page::reply(media, body) }), read));
    }
    router.fallback(nothing).method_not_allowed_fallback(not_allowed).with_state(Arc::clone(app))
}

/// Queries are so many and so short that to look them up among the routes is felt.
pub async fn answer(app: &Shared, router: Router, request: Request) -> Response {
    if request.uri().path() == "/query" && [Method::GET, Method::POST].contains(request.method()) {
        return query::query(State(Arc::clone(app)), request).await.into_response();
    }
    TowerToHyperService::new(router).call(request).await.into_response()
}

fn with_options(methods: MethodRouter<Shared>, allow: &'static str) -> MethodRouter<Shared> {
    methods.options(move || async move {
        let mut reply = query::no_content();
        reply.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        reply
    })
}

async fn nothing() -> Reply {
    Err(Problem::not_found("nothing is served at this path")
        .next("/, /query, /update, /store, /api/openapi.json, /health, /metrics"))
}

async fn not_allowed() -> Reply {
    let title = "The method is not allowed here";
    Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", title, "the header Allow tells which are"))
}

/// Whether a look-up gets through.
async fn health(State(app): State<Shared>) -> Reply {
    let graph = app.current.graph();
    let number = graph.number;
    let empty = app.gate.run(move || Ok(graph.store.is_empty()?)).await?;
    super::reply::json(&serde_json::json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "graph": number,
        "empty": empty, "writable": app.change.writable(), "watches": app.options.watch.is_some() }))
}

async fn counts(State(app): State<Shared>) -> Reply {
    Ok(document("text/plain; version=0.0.4; charset=utf-8", metrics::page(&app)))
}
