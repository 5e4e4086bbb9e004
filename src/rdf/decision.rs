//! The log of curation as quads of a graph of its own, and the way back. No clock and no blank node: a decision is
//! named by its number.

use oxigraph::model::{Literal, NamedNode, Quad, Term};

use super::decode::Node;
use super::name;
use super::quads::Quads;
use super::vocab::{dg, rdfs};
use crate::model::{Decision, Verdict};

/// The quads of one decision.
pub fn quads(decision: &Decision) -> Vec<Quad> {
    let mut quads = Quads::of_graph(&name::curation());
    let thing = |id: &str| match decision.verdict {
        Verdict::Same => name::entity(id),
        _ => name::claim(id),
    };
    let mut node = quads.subject(name::decision(decision.number), &[dg::DECISION]);
    node.count(dg::NUMBER, decision.number as usize)
        .text(dg::VERDICT, decision.verdict.as_str())
        .maybe(dg::INTO, decision.into.as_deref().map(name::entity))
        .text(rdfs::COMMENT, decision.note.as_deref().unwrap_or_default())
        .maybe(dg::UNDONE, decision.undone.then(|| Literal::from(true)));
    for id in &decision.about {
        node.add(dg::DECIDES, thing(id));
    }
    quads.into_vec()
}

/// The decision of a node; `None` if a part is missing or broken.
pub fn decode(node: &Node) -> Option<Decision> {
    let word = node.text(dg::VERDICT)?;
    let verdict = Verdict::ALL.into_iter().find(|v| v.as_str() == word)?;
    let kind = if verdict == Verdict::Same { "entity" } else { "claim" };
    let id = |term: &Term| match term {
        Term::NamedNode(n) => name::id_of(n.as_str(), kind),
        _ => None,
    };
    Some(Decision {
        number: node.number(dg::NUMBER)?,
        verdict,
        about: node.all(dg::DECIDES).filter_map(id).collect(),
        into: node.iri(dg::INTO).and_then(|i| name::id_of(i, "entity")),
        note: node.text(rdfs::COMMENT).map(str::to_owned),
        undone: node.text(dg::UNDONE) == Some("true"),
    })
}

/// The claims or actors that a decision is about, as IRIs.
pub fn things(decision: &Decision) -> Vec<NamedNode> {
    let of = |id: &String| match decision.verdict {
        Verdict::Same => name::entity(id),
        _ => name::claim(id),
    };
    decision.about.iter().map(of).collect()
}
