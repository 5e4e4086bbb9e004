use oxigraph::model::NamedNode;

use super::Reason;
use super::event::{Raw, Teller, action};
use super::read::{derived, id, maybe_node, text, thing, things};
use crate::error::Result;
use crate::rdf::name;
use crate::rdf::vocab::{dg, oa};
use crate::store::Store;

/// The sentence, the rule and the article behind a fact; for an event, behind every fact of it. Takes the id or the
/// IRI of either; empty if the graph has no such thing.
pub fn why(store: &Store, wanted: &str) -> Result<Vec<Reason>> {
    let teller = Teller::new(store);
    let claim = whole(wanted, "claim").unwrap_or_else(|| name::claim(wanted));
    if let Some(reason) = reason(&teller, &claim)? {
        return Ok(vec![reason]);
    }
    let event = whole(wanted, "event").unwrap_or_else(|| name::event(wanted));
    let mut reasons = Vec::new();
    for claim in derived(store, dg::ABOUT, &event)? {
        reasons.extend(reason(&teller, &claim)?);
    }
    let order = |r: &Reason| (r.said.article.clone(), r.start, r.said.fact.clone());
    reasons.sort_by_key(order);
    Ok(reasons)
}

/// A whole IRI of that kind.
fn whole(id: &str, kind: &str) -> Option<NamedNode> {
    name::id_of(id, kind).and_then(|_| NamedNode::new(id).ok())
}

fn reason(teller: &Teller, claim: &NamedNode) -> Result<Option<Reason>> {
    let of = teller.store.node(claim)?;
    let Some(said) = teller.said(claim, &of)? else { return Ok(None) };
    let Some(relation) = action(&of) else { return Ok(None) };
    let quote = maybe_node(teller.store, thing(&of, dg::QUOTE))?;
    let sentence = maybe_node(teller.store, thing(&of, dg::EVIDENCE))?;
    let sentence = maybe_node(teller.store, thing(&sentence, oa::HAS_SELECTOR))?;
    let event = thing(&of, dg::ABOUT);
    let status = event.as_ref().map(|e| Raw::of(teller.store, e)).transpose()?.flatten();
    let who = |p| teller.whos(&things(&of, p));
    Ok(Some(Reason {
        said,
        relation: relation.id().to_owned(),
        sources: who(dg::ACTOR)?,
        targets: who(dg::RECIPIENT)?,
        source_text: text(&of, dg::ACTOR_TEXT),
        target_text: text(&of, dg::RECIPIENT_TEXT),
        time_text: text(&of, dg::TIME_TEXT),
        extractor: text(&of, dg::EXTRACTOR),
        rule: text(&of, dg::RULE),
        field: text(&quote, dg::FIELD).unwrap_or_else(|| "text".into()),
        start: quote.number(oa::START),
        end: quote.number(oa::END),
        sentence: text(&sentence, oa::EXACT),
        before: text(&sentence, oa::PREFIX),
        after: text(&sentence, oa::SUFFIX),
        event: event.map(|e| id(&e, "event")),
        status: status.map(|raw| raw.status.to_lowercase()),
    }))
}
