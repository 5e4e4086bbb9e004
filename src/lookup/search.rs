use oxigraph::model::{GraphName, Term};

use super::event::Teller;
use super::names::fold;
use super::read::{id, subject};
use super::who::all_names;
use super::{Found, Hit};
use crate::error::Result;
use crate::rdf::vocab::{dg, oa};
use crate::store::Store;

/// Actors whose name, and facts whose quote, hold the text; upper case and accents make no difference.
pub fn search(store: &Store, text: &str) -> Result<Found> {
    let wanted = fold(text);
    let teller = Teller::new(store);
    if wanted.is_empty() {
        return Ok(Found { actors: Vec::new(), facts: Vec::new() });
    }
    let mut actors = Vec::new();
    for (_, bearer) in all_names(store)?.iter().filter(|(n, _)| fold(n).contains(&wanted)) {
        actors.push(teller.actors.who(bearer)?);
    }
    actors.sort();
    actors.dedup();
    Ok(Found { actors, facts: facts(&teller, &wanted)? })
}

fn facts(teller: &Teller, wanted: &str) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for quad in teller.store.quads(None, Some(oa::EXACT), None, None)? {
        let (Term::Literal(quote), GraphName::NamedNode(document)) = (quad.object.clone(), quad.graph_name.clone())
        else {
            continue;
        };
        if !fold(quote.value()).contains(wanted) {
            continue;
        }
        let Some(selector) = subject(quad) else { continue };
        for claim in teller.store.subjects(dg::QUOTE, (&selector).into())? {
            let (article, quote) = (teller.article(document.clone())?, quote.value().to_owned());
            hits.push(Hit { article, quote, fact: id(&claim, "claim") });
        }
    }
    hits.sort_by(|a, b| {
        (&a.article.date, &a.article.id, &a.quote, &a.fact).cmp(&(&b.article.date, &b.article.id, &b.quote, &b.fact))
    });
    Ok(hits)
}
