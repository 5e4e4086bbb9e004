//! Whether pairs of sides count their events right.

use std::collections::BTreeMap;

use oxigraph::model::Term;

use super::{Report, Store, subject};
use crate::error::Result;
use crate::rdf::decode::{Node, Nodes};
use crate::rdf::name;
use crate::rdf::vocab::dg;

/// Friendly and hostile events by the IRI of their pair.
#[derive(Default)]
pub struct Counts(BTreeMap<String, [usize; 2]>);

impl Counts {
    pub fn extend(&mut self, counted: Option<(String, f64)>) {
        if let Some((pair, score)) = counted {
            let [friendly, hostile] = self.0.entry(pair).or_default();
            *friendly += usize::from(score > 0.0);
            *hostile += usize::from(score < 0.0);
        }
    }
}

/// The pair and score of an event that can be relied on.
pub fn counted(node: &Node, actions: &Nodes) -> Option<(String, f64)> {
    let holds = [dg::REPORTED, dg::CORROBORATED].iter().any(|s| node.iri(dg::STATUS) == Some(s.as_str()));
    let action = node.iri(dg::ACTION_OF).filter(|_| holds && node.is(dg::EVENT))?;
    Some((node.iri(dg::PAIR_OF)?.to_owned(), actions.get(action)?.number(dg::GOLDSTEIN)?))
}

impl Store {
    pub(super) fn totals(&self, mut counts: Counts, report: &mut Report) -> Result<()> {
        for (at, property, kind) in [(0, dg::FRIENDLY_EVENTS, "friendly"), (1, dg::HOSTILE_EVENTS, "hostile")] {
            for quad in self.quads(None, Some(property), None, None)? {
                let pair = subject(&quad);
                let there = counts.0.get_mut(&pair).map_or(0, |c| std::mem::take(&mut c[at]));
                let told =
                    if let Term::Literal(count) = &quad.object { count.value().to_owned() } else { String::new() };
                if told != there.to_string() {
                    report.add("total", &pair, format!("it counts {told} {kind} events, and there are {there}"));
                }
            }
        }
        let left = counts.0.iter().filter(|(pair, left)| **left != [0, 0] && !name::is_alone(pair));
        for (pair, [friendly, hostile]) in left {
            report.add("total", pair, format!("it does not count {friendly} friendly and {hostile} hostile events"));
        }
        Ok(())
    }
}
