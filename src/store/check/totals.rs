//! Whether pairs of sides count their events right.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNodeRef, Term};

use super::{Report, Store, subject};
use crate::error::Result;
use crate::rdf::decode::{Node, Nodes};
use crate::rdf::name;
use crate::rdf::vocab::dg;

/// What a pair counts its events under, and what they are.
const COUNTED: [(NamedNodeRef<'_>, &str); 3] =
    [(dg::FRIENDLY_EVENTS, "friendly"), (dg::HOSTILE_EVENTS, "hostile"), (dg::MEDIATING_EVENTS, "mediating")];

/// The events of each kind by the IRI of their pair.
#[derive(Default)]
pub struct Counts(BTreeMap<String, [usize; COUNTED.len()]>);

/// The pair of an event, and whether it is of each kind.
pub type Counted = (String, [bool; COUNTED.len()]);

impl Counts {
    pub fn extend(&mut self, counted: Option<Counted>) {
        if let Some((pair, kinds)) = counted {
            let all = self.0.entry(pair).or_default();
            all.iter_mut().zip(kinds).for_each(|(n, is)| *n += usize::from(is));
        }
    }
}

/// The pair of an event that can be relied on, and how it counts there.
pub fn counted(node: &Node, actions: &Nodes) -> Option<Counted> {
    let holds = [dg::REPORTED, dg::CORROBORATED].iter().any(|s| node.iri(dg::STATUS) == Some(s.as_str()));
    let action = node.iri(dg::ACTION_OF).filter(|_| holds && node.is(dg::EVENT))?;
    let score: f64 = actions.get(action)?.number(dg::GOLDSTEIN)?;
    let mediates = action == name::action("mediate").as_str();
    Some((node.iri(dg::PAIR_OF)?.to_owned(), [score > 0.0, score < 0.0, mediates]))
}

impl Store {
    pub(super) fn totals(&self, mut counts: Counts, report: &mut Report) -> Result<()> {
        for (at, (property, kind)) in COUNTED.into_iter().enumerate() {
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
        for (pair, left) in counts.0.iter().filter(|(pair, _)| !name::is_alone(pair)) {
            for ((_, kind), events) in COUNTED.iter().zip(left).filter(|(_, n)| **n > 0) {
                report.add("total", pair, format!("it does not count {events} {kind} events"));
            }
        }
        Ok(())
    }
}
