//! The IRIs of things: how an id becomes one, and the way back.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::vocab::{ID, dg};
use crate::cluster::Action;
use crate::model::{EntityKind, Field};

/// An entity, by its slug.
pub fn entity(id: &str) -> NamedNode {
    thing("entity", id)
}

/// A document, by its article's id. It is also the name of the document's graph.
pub fn document(article: &str) -> NamedNode {
    thing("doc", article)
}

pub fn claim(hash: &str) -> NamedNode {
    thing("claim", hash)
}

pub fn event(hash: &str) -> NamedNode {
    thing("event", hash)
}

/// A durable relation, by its readable id such as `diplomatic-ARE-ISR`.
pub fn relation(id: &str) -> NamedNode {
    thing("relation", id)
}

/// An action, by its relation id such as `meet`.
pub fn action(id: &str) -> NamedNode {
    thing("action", id)
}

/// A place, by the name that the text gives it.
pub fn place(name: &str) -> NamedNode {
    thing("place", name)
}

/// The key node of two actors, in whichever order.
pub fn pair(a: &str, b: &str) -> NamedNode {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    of_two("pair", a, b)
}

/// What the first of two sides did towards the second, added up.
pub fn tally(from: &str, to: &str) -> NamedNode {
    of_two("tally", from, to)
}

fn of_two(kind: &str, a: &str, b: &str) -> NamedNode {
    let escape = |id| escape(id).replace('_', "%5F");
    NamedNode::new_unchecked(format!("{ID}{kind}/{}_{}", escape(a), escape(b)))
}

pub fn run(hash: &str) -> NamedNode {
    thing("run", hash)
}

/// The graph as a whole, of which its manifest speaks.
pub fn graph() -> NamedNode {
    NamedNode::new_unchecked(format!("{ID}graph"))
}

/// The graph that holds the log of curation.
pub fn curation() -> NamedNode {
    NamedNode::new_unchecked(format!("{ID}curation"))
}

/// A record of what a source has looked at.
pub fn coverage(id: &str) -> NamedNode {
    thing("coverage", id)
}

/// A decision of that log.
pub fn decision(number: u32) -> NamedNode {
    thing("decision", &number.to_string())
}

/// A sentence that carries evidence: `doc/x#s81-162`, in code points of its field; `#title-s0-40` in the title.
pub fn sentence(document: &NamedNode, field: Field, (start, end): (usize, usize)) -> NamedNode {
    fragment(document, field, 's', start, end)
}

/// The selector of a stretch of a document's text: `doc/x#q81-162`.
pub fn selector(document: &NamedNode, field: Field, (start, end): (usize, usize)) -> NamedNode {
    fragment(document, field, 'q', start, end)
}

fn fragment(document: &NamedNode, field: Field, kind: char, start: usize, end: usize) -> NamedNode {
    let field = match field {
        Field::Title => "title-",
        Field::Text => "",
    };
    NamedNode::new_unchecked(format!("{}#{field}{kind}{start}-{end}", document.as_str()))
}

/// The first and last code point that the name of a sentence or selector says.
pub fn span(iri: &str) -> Option<(usize, usize)> {
    let (_, fragment) = iri.rsplit_once('#')?;
    let (start, end) = fragment.strip_prefix("title-").unwrap_or(fragment).strip_prefix(['s', 'q'])?.split_once('-')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

fn thing(kind: &str, id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{ID}{kind}/{}", escape(id)))
}

/// The id behind an IRI of that kind (`entity`, `doc`, ...); `None` for any other IRI.
pub fn id_of(iri: &str, kind: &str) -> Option<String> {
    iri.strip_prefix(ID)?.strip_prefix(kind)?.strip_prefix('/').and_then(unescape)
}

/// The plain property of an action, from its local name: `dg:met`.
pub fn shortcut(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{local}", dg::NAMESPACE))
}

/// Whether the property is a plain edge between two actors.
pub fn is_edge(predicate: NamedNodeRef<'_>) -> bool {
    let local = predicate.as_str().strip_prefix(dg::NAMESPACE);
    predicate == dg::HAS_RELATIONS || local.is_some_and(|l| Action::all().iter().any(|a| a.shortcut == l))
}

/// Whether the IRI is the key of two actors.
pub fn is_pair(iri: &NamedNode) -> bool {
    iri.as_str().strip_prefix(ID).is_some_and(|rest| rest.starts_with("pair/"))
}

/// Whether a pair is that of an actor with itself: two of the same home have dealt with each other.
pub fn is_alone(pair: &str) -> bool {
    pair.strip_prefix(ID).and_then(|p| p.strip_prefix("pair/")?.split_once('_')).is_some_and(|(a, b)| a == b)
}

/// The class of an entity.
pub fn class(kind: EntityKind) -> NamedNodeRef<'static> {
    match kind {
        EntityKind::State => dg::STATE,
        EntityKind::Territory => dg::TERRITORY,
        EntityKind::Igo => dg::IGO,
        EntityKind::Organ => dg::ORGAN,
        EntityKind::Group => dg::GROUP,
        EntityKind::Treaty => dg::TREATY,
        EntityKind::Person => dg::PERSON,
        EntityKind::Media => dg::MEDIA,
        EntityKind::Body => dg::BODY,
    }
}

/// Every sort of entity.
pub const KINDS: [EntityKind; 9] = [
    EntityKind::State,
    EntityKind::Territory,
    EntityKind::Igo,
    EntityKind::Organ,
    EntityKind::Group,
    EntityKind::Treaty,
    EntityKind::Person,
    EntityKind::Media,
    EntityKind::Body,
];

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn escape(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unescape(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_their_iri() {
        for id in ["SYR", "org-eu", "a/b c", "naïve_100%", "#x"] {
            assert_eq!(id_of(entity(id).as_str(), "entity").as_deref(), Some(id));
            assert!(NamedNode::new(entity(id).as_str()).is_ok());
        }
        assert_eq!(id_of("https://example.org/", "entity"), None);
        assert_eq!(pair("SYR", "IRN"), pair("IRN", "SYR"));
    }
}
