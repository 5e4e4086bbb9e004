use oxigraph::model::Term;

use super::event::Teller;
use super::names::fold;
use super::read::id;
use super::who::all_names;
use super::{Found, Hit};
use crate::error::Result;
use crate::rdf::vocab::{dg, oa};
use crate::store::Store;

/// Actors whose name, and facts whose quote, hold the text; upper case and accents make no difference. No more than `most`
/// quotes and sentences are looked at.
pub fn search(store: &Store, text: &str, most: usize) -> Result<Found> {
    let wanted = fold(text);
    let teller = Teller::new(store);
    if wanted.is_empty() {
        return Ok(Found { actors: Vec::new(), facts: Vec::new(), cut: false });
    }
    let mut actors = Vec::new();
    for (_, bearer) in all_names(store)?.iter().filter(|(n, _)| fold(n).contains(&wanted)) {
        actors.push(teller.actors.who(bearer)?);
    }
    actors.sort();
    actors.dedup();
    let (facts, cut) = facts(&teller, wanted, most)?;
    Ok(Found { actors, facts, cut })
}

fn facts(teller: &Teller, wanted: String, most: usize) -> Result<(Vec<Hit>, bool)> {
    let (table, cut) = teller.store.texts(oa::EXACT, most, move |text| fold(text).contains(&wanted))?;
    let places = ["s", "o", "g"].map(|name| table.column(name));
    let mut hits = Vec::new();
    for row in &table.rows {
        let cell = |i: usize| places[i].and_then(|at| row.get(at)?.as_ref());
        let (Some(Term::NamedNode(selector)), Some(Term::Literal(quote)), Some(Term::NamedNode(document))) =
            (cell(0), cell(1), cell(2))
        else {
            continue;
        };
        for claim in teller.store.subjects(dg::QUOTE, selector.into())? {
            let (article, quote) = (teller.article(document.clone())?, quote.value().to_owned());
            hits.push(Hit { article, quote, fact: id(&claim, "claim") });
        }
    }
    hits.sort_by(|a, b| {
        (&a.article.date, &a.article.id, &a.quote, &a.fact).cmp(&(&b.article.date, &b.article.id, &b.quote, &b.fact))
    });
    Ok((hits, cut))
}
