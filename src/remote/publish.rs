//! A whole graph into a store elsewhere, in batches, of which each is there whole or not at all.

use oxigraph::model::{GraphName, Quad};
use sha2::{Digest, Sha256};

use super::Endpoint;
use crate::error::Result;

/// What becomes of what the store holds already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clearing {
    /// It stays.
    Keep,
    /// It goes: CLEAR ALL.
    All,
}

/// What was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    pub quads: usize,
    /// Those among them that an earlier run had sent.
    pub before: usize,
    pub batches: usize,
}

/// Sends the quads as `INSERT DATA` of about `bytes` each. `sent` tells how many quads of the graph of a fingerprint were
/// sent before, and `note` keeps how many are now, so that a run that broke off goes on where it was. Quads have no blank
/// nodes here, so that sending one again changes nothing.
///
/// # Errors
/// An endpoint that cannot be reached, or refuses; progress that cannot be kept.
pub fn publish(
    mut quads: Vec<Quad>,
    endpoint: &Endpoint,
    bytes: usize,
    clearing: Clearing,
    sent: impl FnOnce(&str) -> usize,
    mut note: impl FnMut(&str, usize) -> Result<()>,
) -> Result<Done> {
    quads.sort_by_cached_key(|q| (q.graph_name.to_string(), q.to_string()));
    let graph = fingerprint(&quads);
    let before = sent(&graph).min(quads.len());
    if before == 0 && clearing == Clearing::All {
        endpoint.update("CLEAR ALL")?;
    }
    let mut done = Done { quads: before, before, batches: 0 };
    while done.quads < quads.len() {
        let (update, count) = insertion(&quads[done.quads..], bytes);
        endpoint.update(&update)?;
        done = Done { quads: done.quads + count, batches: done.batches + 1, ..done };
        note(&graph, done.quads)?;
    }
    Ok(done)
}

/// SHA-256 of the quads, in hexadecimal digits.
fn fingerprint(quads: &[Quad]) -> String {
    let mut hash = Sha256::new();
    quads.iter().for_each(|q| hash.update(format!("{q} .\n")));
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The first quads as an update of about so many bytes, and how many they are.
fn insertion(quads: &[Quad], bytes: usize) -> (String, usize) {
    let mut update = "INSERT DATA {\n".to_owned();
    let mut count = 0;
    for same in quads.chunk_by(|a, b| a.graph_name == b.graph_name) {
        if update.len() >= bytes && count > 0 {
            break;
        }
        let inside = !matches!(same[0].graph_name, GraphName::DefaultGraph);
        if inside {
            update += &format!("GRAPH {} {{\n", same[0].graph_name);
        }
        for quad in same {
            if update.len() >= bytes && count > 0 {
                break;
            }
            update += &format!("{} {} {} .\n", quad.subject, quad.predicate, quad.object);
            count += 1;
        }
        if inside {
            update += "}\n";
        }
    }
    (update + "}\n", count)
}

#[cfg(test)]
mod tests {
    use oxigraph::model::NamedNode;

    use super::*;

    fn quad(n: usize, graph: &str) -> Quad {
        let iri = |s: &str| NamedNode::new_unchecked(format!("http://x.example/{s}"));
        let graph = if graph.is_empty() { GraphName::DefaultGraph } else { iri(graph).into() };
        Quad::new(iri(&n.to_string()), iri("p"), iri("o"), graph)
    }

    #[test]
    fn batches_hold_every_quad_once_and_end_in_time() {
        let graph = |n: usize| match n {
            0..30 => "",
            30 => "g",
            _ => "h",
        };
        let quads: Vec<Quad> = (0..100).map(|n| quad(n, graph(n))).collect();
        let (mut at, mut lines) = (0, 0);
        while at < quads.len() {
            let (update, count) = insertion(&quads[at..], 600);
            assert!(update.len() < 800, "{update}");
            assert_eq!(update.matches('{').count(), update.matches('}').count());
            lines += update.matches(" .\n").count();
            at += count;
        }
        assert_eq!((at, lines), (100, 100));
    }

    #[test]
    fn a_quad_larger_than_a_batch_goes_alone() {
        assert_eq!(insertion(&[quad(1, "g"), quad(2, "g")], 1).1, 1);
    }
}
