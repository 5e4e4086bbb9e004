//! The page and its parts, which lie in the binary.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use axum::response::Response;
use include_dir::{Dir, include_dir};

use super::reply::document;

/// The folder `assets`: what we wrote, and in `vendor` what `scripts/vendor/build.sh` made of packages.
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/serve/assets");

/// Each path with its document.
pub fn assets() -> &'static BTreeMap<String, (&'static str, &'static [u8])> {
    static PATHS: OnceLock<BTreeMap<String, (&'static str, &'static [u8])>> = OnceLock::new();
    PATHS.get_or_init(|| {
        let files = ASSETS.files().chain(ASSETS.dirs().flat_map(Dir::files));
        let path = |name: &str| if name == "index.html" { "/".to_owned() } else { format!("/assets/{name}") };
        files.filter_map(|f| f.path().to_str().map(|name| (path(name), (media(name), f.contents())))).collect()
    })
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

pub fn reply(media: &str, body: &'static [u8]) -> Response {
    document(media, body)
}
