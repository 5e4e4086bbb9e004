//! What must hold of a node by itself and of a claim within its document.

use crate::model::Relation;
use crate::rdf::decode::{Node, Nodes};
use crate::rdf::name;
use crate::rdf::vocab::{dg, oa, sem};

use super::Report;

/// Nothing ends before it begins, and an event tells whether it has a time.
pub fn bounds(iri: &str, node: &Node, report: &mut Report) {
    let order = [
        (sem::EARLIEST_BEGIN, sem::LATEST_BEGIN),
        (sem::EARLIEST_END, sem::LATEST_END),
        (sem::EARLIEST_BEGIN, sem::LATEST_END),
        (dg::FIRST_REPORTED, dg::LAST_REPORTED),
    ];
    for (first, last) in order {
        if let (Some(a), Some(b)) = (node.date(first), node.date(last))
            && a > b
        {
            report.add("bounds", iri, format!("{a} is later than {b}"));
        }
    }
    let undated = node.text(dg::PRECISION).is_none_or(|p| p == "none");
    if node.is(dg::EVENT) && undated == node.date(sem::EARLIEST_BEGIN).is_some() {
        report.add("bounds", iri, "its precision does not tell whether it has a time");
    }
}

/// A selector's offsets fit its words, or it has their hash if the graph keeps none; a claim's quote is part of its
/// sentence.
pub fn quote(iri: &str, node: &Node, nodes: &Nodes, textless: bool, report: &mut Report) {
    if let (Some(start), Some(end)) = (node.number::<usize>(oa::START), node.number::<usize>(oa::END)) {
        let length = node.text(oa::EXACT).map(|words| words.chars().count());
        match (length, node.text(dg::SHA256)) {
            (Some(length), None) if !textless && start + length == end => {}
            (None, Some(_)) if textless && start <= end => {}
            (Some(length), None) if !textless => {
                report.add("quote", iri, format!("{length} code points from {start} to {end}"));
            }
            (None, _) if !textless => report.add("quote", iri, "its words are missing"),
            _ if textless => report.add("quote", iri, "the graph keeps no text, and this is not a hash alone"),
            _ => report.add("quote", iri, "it has both words and a hash"),
        }
    }
    if node.is(dg::CLAIM) && inside(node, nodes) != Some(true) {
        report.add("quote", iri, "the quote is not part of its sentence");
    }
}

fn inside(claim: &Node, nodes: &Nodes) -> Option<bool> {
    let quote = nodes.get(claim.iri(dg::QUOTE)?)?;
    let sentence = nodes.get(nodes.get(claim.iri(dg::EVIDENCE)?)?.iri(oa::HAS_SELECTOR)?)?;
    if quote.text(dg::SHA256).is_some() {
        return Some(
            sentence.number::<usize>(oa::START)? <= quote.number(oa::START)?
                && quote.number::<usize>(oa::END)? <= sentence.number(oa::END)?
                && quote.text(dg::FIELD) == sentence.text(dg::FIELD),
        );
    }
    let start: usize = quote.number(oa::START)?;
    let skip = start.checked_sub(sentence.number(oa::START)?)?;
    let words = quote.text(oa::EXACT)?;
    let part: String = sentence.text(oa::EXACT)?.chars().skip(skip).take(words.chars().count()).collect();
    Some(part == words && quote.text(dg::FIELD) == sentence.text(dg::FIELD))
}

/// An office or membership that is only planned, denied or said by others makes no relation.
pub fn may_stand_alone(claim: &Node) -> bool {
    let action = claim.iri(dg::ACTION_OF).and_then(|a| name::id_of(a, "action"));
    action.and_then(|a| Relation::named(&a)).is_some_and(Relation::standing)
}
