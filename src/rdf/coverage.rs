//! What sources have looked at, as quads of the default graph, and the way back.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, Quad, Term};

use super::decode::Node;
use super::name;
use super::quads::{Quads, date};
use super::vocab::{dct, dg, sem};
use crate::model::{Coverage, Period};

/// The quads of one record. Of two records of one source and time the quads together are the record of both.
pub fn quads(coverage: &Coverage) -> Vec<Quad> {
    let mut quads = Quads::of_default_graph();
    let id = format!("{}-{}", coverage.source, coverage.period);
    let mut node = quads.subject(name::coverage(&id), &[dg::COVERAGE]);
    node.text(dct::SOURCE, &coverage.source)
        .add(sem::EARLIEST_BEGIN, date(coverage.period.first()))
        .add(sem::LATEST_END, date(coverage.period.last()))
        .maybe(dg::COVERS_ALL, coverage.states.is_none().then(|| Literal::from(true)));
    for act in coverage.acts.iter().flatten() {
        node.add(dg::COVERS_ACTION, name::action(act));
    }
    for state in coverage.states.iter().flatten() {
        node.add(dg::COVERS, name::entity(state));
    }
    quads.into_vec()
}

/// The record of a node; `None` if a part is missing or broken.
pub fn decode(node: &Node) -> Option<Coverage> {
    let ids = |predicate, kind: &str| -> BTreeSet<String> {
        let id = |term: &Term| match term {
            Term::NamedNode(n) => name::id_of(n.as_str(), kind),
            _ => None,
        };
        node.all(predicate).filter_map(id).collect()
    };
    let acts = ids(dg::COVERS_ACTION, "action");
    let all = node.text(dg::COVERS_ALL) == Some("true");
    Some(Coverage {
        source: node.text(dct::SOURCE)?.to_owned(),
        period: Period::new(node.date(sem::EARLIEST_BEGIN)?, node.date(sem::LATEST_END)?)?,
        acts: (!acts.is_empty()).then_some(acts),
        states: (!all).then(|| ids(dg::COVERS, "entity")),
    })
}
