//! The page and its parts, which lie in the binary.

use axum::response::Response;

use super::reply::document;

/// A file of `assets`.
pub struct Asset {
    pub path: &'static str,
    media: &'static str,
    text: &'static str,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

pub const ASSETS: &[Asset] = &[
    Asset { path: "/", media: "text/html; charset=utf-8", text: include_str!("assets/index.html") },
    Asset { path: "/assets/style.css", media: "text/css; charset=utf-8", text: include_str!("assets/style.css") },
    Asset { path: "/assets/icon.svg", media: "image/svg+xml", text: include_str!("assets/icon.svg") },
    Asset { path: "/assets/main.js", media: SCRIPT, text: include_str!("assets/main.js") },
    Asset { path: "/assets/dom.js", media: SCRIPT, text: include_str!("assets/dom.js") },
    Asset { path: "/assets/actor.js", media: SCRIPT, text: include_str!("assets/actor.js") },
    Asset { path: "/assets/dyad.js", media: SCRIPT, text: include_str!("assets/dyad.js") },
    Asset { path: "/assets/fact.js", media: SCRIPT, text: include_str!("assets/fact.js") },
    Asset { path: "/assets/search.js", media: SCRIPT, text: include_str!("assets/search.js") },
    Asset { path: "/assets/sparql.js", media: SCRIPT, text: include_str!("assets/sparql.js") },
];

pub fn reply(asset: &Asset) -> Response {
    document(asset.media, asset.text)
}
