//! How far the claims of one event let it be trusted.

use std::collections::BTreeSet;

use super::event::Standing;
use super::item::{Class, Item};
use super::voices;
use crate::model::Status;

/// The standing of claims that tell of one event.
pub fn of(items: &[&Item<'_>]) -> Standing {
    match items.first().map(|i| i.class) {
        Some(Class::Planned) => return Standing::Intended,
        None | Some(Class::Possible) => return Standing::Hypothetical,
        Some(Class::Factual) => {}
    }
    let denied: BTreeSet<_> = items.iter().filter(|i| i.denied()).map(|i| i.voice()).collect();
    let said: BTreeSet<_> = items.iter().filter(|i| !i.denied()).map(|i| i.voice()).collect();
    if said.is_empty() {
        return Standing::Denied;
    }
    if denied.iter().any(|d| said.iter().any(|s| s != d)) {
        return Standing::Disputed;
    }
    let vouched: Vec<_> = items.iter().copied().filter(|i| i.vouched()).collect();
    let heard = voices(&vouched);
    let coded = heard.iter().all(|i| i.fact.evidence.by_machine());
    // all data sets that programs coded are one voice
    match voices::count(heard.into_iter()).min(if coded { 1 } else { usize::MAX }) {
        0 if items.iter().any(|i| i.fact.claim.status == Status::Asserted) => Standing::Claimed,
        0 => Standing::Hypothetical,
        1 => Standing::Reported,
        _ => Standing::Corroborated,
    }
}

/// Those whose word counts: all but data sets that a program coded from the news, which repeat what the news says; these
/// only where there is nobody else.
pub fn voices<'i, 'a>(items: &[&'i Item<'a>]) -> Vec<&'i Item<'a>> {
    let own: Vec<_> = items.iter().copied().filter(|i| !i.fact.evidence.by_machine()).collect();
    if own.is_empty() { items.to_vec() } else { own }
}
