//! Standing facts that a mention states by itself: "President Ebrahim Raisi" holds an office of Iran.

use rustc_hash::FxHashSet;

use super::reader::evidence;
use crate::model::{Claim, Document, EntityKind, Fact, Field, Links, Relation, Status};

/// The offices that the text gives to people who take part in one of the facts, each once.
pub fn facts(doc: &Document, links: &Links, events: &[Fact]) -> Vec<Fact> {
    let Some(relation) = Relation::named("holds_office") else { return Vec::new() };
    let acting: FxHashSet<&str> =
        events.iter().flat_map(|f| [f.claim.source.id.as_str(), f.claim.target.id.as_str()]).collect();
    let mut seen = FxHashSet::default();
    let mut out = Vec::new();
    // what the text says can be quoted from it; the title counts where the text has no such words
    let (titles, text): (Vec<_>, Vec<_>) =
        links.mentions.iter().partition(|m| doc.sentences[m.sentence].field == Field::Title);
    for m in text.into_iter().chain(titles) {
        let (Some(role), [person]) = (&m.role, m.actors.as_slice()) else { continue };
        let fresh = person.kind == EntityKind::Person && acting.contains(person.id.as_str());
        if !fresh || !seen.insert((person.id.clone(), role.title.clone(), role.of.id.clone())) {
            continue;
        }
        if out.iter().any(|f: &Fact| {
            f.claim.source == *person && f.claim.role.as_deref().is_some_and(|r| within(&role.title, r))
        }) {
            continue;
        }
        let claim = Claim {
            relation,
            source: person.clone(),
            target: role.of.clone(),
            date: None,
            place: None,
            status: Status::Asserted,
            attribution: None,
            role: Some(role.title.clone()),
            mutual: false,
        };
        let evidence = evidence(doc, m.sentence, std::slice::from_ref(&m.tokens), (m, m), "holds_office/title");
        out.push(Fact { claim, evidence, confidence: m.confidence });
    }
    out
}

/// Whether the words of one title are all in the other: "foreign minister" after "deputy foreign minister" says no more.
fn within(title: &str, other: &str) -> bool {
    title.split(' ').all(|w| other.split(' ').any(|o| o == w))
        && title.starts_with("former") == other.starts_with("former")
}
