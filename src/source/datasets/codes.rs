//! Codes of acts: CAMEO and PLOVER to relations, and PLOVER's contexts to statuses.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::rule::How;
use super::tsv;
use crate::model::{Relation, Status};

/// What a code of a table means.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// `None`: known, but no act of diplomacy.
    pub relation: Option<Relation>,
    pub how: How,
}

/// A table of codes.
pub type Codes = FxHashMap<&'static [u8], Code>;

static CAMEO: LazyLock<Codes> = LazyLock::new(|| codes(include_str!("../../../data/datasets/cameo.tsv")));
static PLOVER: LazyLock<Codes> = LazyLock::new(|| codes(include_str!("../../../data/datasets/plover.tsv")));
static CONTEXTS: LazyLock<FxHashMap<&'static [u8], Status>> = LazyLock::new(|| {
    let rows = tsv::rows(include_str!("../../../data/datasets/contexts.tsv"));
    rows.filter_map(|[context, status]| Some((context.as_bytes(), status.parse().ok()?))).collect()
});

fn codes(table: &'static str) -> Codes {
    let row = |[code, relation, how]: [&'static str; 3]| {
        (code.as_bytes(), Code { relation: Relation::named(relation), how: How::of(how) })
    };
    tsv::rows(table).map(row).collect()
}

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Codes> {
    match name {
        "cameo" => Some(&CAMEO),
        "plover" => Some(&PLOVER),
        _ => None,
    }
}

/// The status that PLOVER's contexts give an act; they stand in one cell, separated by semicolons or commas.
pub fn status(contexts: &[u8]) -> Option<Status> {
    let mut words = contexts.split(|b| matches!(b, b';' | b',' | b'|')).map(<[u8]>::trim_ascii);
    words.find_map(|w| CONTEXTS.get(w).copied())
}
