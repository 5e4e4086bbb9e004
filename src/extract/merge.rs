//! The same act told several times in one article is one fact, with the clearest evidence.

use rustc_hash::FxHashMap;

use crate::model::{Claim, EntityKind, Fact, Field, Period};

/// Merges the facts of one article. Order of the text is kept; the text outranks the title.
pub fn merge(facts: Vec<Fact>) -> Vec<Fact> {
    let mut kept: Vec<Fact> = Vec::new();
    let mut index: FxHashMap<(String, String, String), Vec<usize>> = FxHashMap::default();
    for fact in facts {
        let slots = index.entry(key(&fact.claim)).or_default();
        match slots.iter().find(|&&i| same(&kept[i].claim, &fact.claim)) {
            Some(&i) => join(&mut kept[i], fact),
            None => {
                slots.push(kept.len());
                kept.push(fact);
            }
        }
    }
    kept
}

fn key(c: &Claim) -> (String, String, String) {
    let (mut a, mut b) = (c.source.id.clone(), c.target.id.clone());
    if (c.relation.symmetric() || c.mutual) && b < a {
        std::mem::swap(&mut a, &mut b);
    }
    (c.relation.id().to_owned(), a, b)
}

/// Whether two claims about one pair and relation can be the same act: dates that agree or are missing, the same status.
fn same(a: &Claim, b: &Claim) -> bool {
    let dates = match (a.date, b.date) {
        (Some(x), Some(y)) => within(x, y) || within(y, x),
        _ => true,
    };
    dates && a.status == b.status && a.role == b.role
}

fn within(a: Period, b: Period) -> bool {
    b.first() <= a.first() && a.last() <= b.last()
}

/// Keeps the clearer of the two, with the finer date and any place.
fn join(kept: &mut Fact, other: Fact) {
    let better = rank(&other) > rank(kept);
    let (mut main, rest) = if better { (other, kept.clone()) } else { (kept.clone(), other) };
    let finer = match (main.claim.date, rest.claim.date) {
        (Some(x), Some(y)) => Some(if within(y, x) { y } else { x }),
        (x, y) => x.or(y),
    };
    main.claim.date = finer;
    main.claim.place = main.claim.place.or(rest.claim.place);
    main.claim.attribution = main.claim.attribution.filter(|_| rest.claim.attribution.is_some());
    main.confidence = main.confidence.max(rest.confidence);
    *kept = main;
}

fn rank(f: &Fact) -> (bool, bool, u32) {
    let named = f.claim.source.kind == EntityKind::Person;
    (f.evidence.field == Field::Text, named && f.claim.attribution.is_none(), (f.confidence * 1000.0) as u32)
}
