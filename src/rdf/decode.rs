//! Quads -> entities, articles' metadata and facts: the way back of [`super::encode`]. Claims lose nothing on it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::vocab::{RDF_TYPE, dct, dg, oa, owl, prov, rdfs, sem};
use super::{derived, name};
use crate::cluster::{Report, Signature};
use crate::model::{Actor, Article, Claim, Entity, Evidence, Fact, Field, Period, Relation, Status};

/// What is known of one subject.
#[derive(Debug, Default, Clone)]
pub struct Node(Vec<(String, Term)>);

/// Words of an article by field, first and last code point.
pub type Passages = BTreeMap<(Field, usize, usize), String>;

/// Subjects by their IRI.
pub type Nodes = HashMap<String, Node>;

/// Quads, by subject. Blank nodes are none of ours and are left out.
pub fn nodes(quads: impl IntoIterator<Item = Quad>) -> Nodes {
    let mut nodes = Nodes::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
            nodes.entry(subject.into_string()).or_default().0.push((quad.predicate.into_string(), quad.object));
        }
    }
    nodes
}

impl Node {
    /// The objects of a predicate.
    pub fn all<'a>(&'a self, predicate: NamedNodeRef<'a>) -> impl Iterator<Item = &'a Term> {
        self.0.iter().filter(move |(p, _)| p == predicate.as_str()).map(|(_, o)| o)
    }

    /// All that is said of it: predicates with their objects.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &Term)> {
        self.0.iter().map(|(p, o)| (p.as_str(), o))
    }

    /// The first object that is an IRI.
    pub fn iri(&self, predicate: NamedNodeRef<'_>) -> Option<&str> {
        self.0.iter().find_map(|(p, o)| match o {
            Term::NamedNode(n) if p == predicate.as_str() => Some(n.as_str()),
            _ => None,
        })
    }

    /// The first object that is a literal: its letters.
    pub fn text(&self, predicate: NamedNodeRef<'_>) -> Option<&str> {
        self.0.iter().find_map(|(p, o)| match o {
            Term::Literal(l) if p == predicate.as_str() => Some(l.value()),
            _ => None,
        })
    }

    pub fn is(&self, class: NamedNodeRef<'_>) -> bool {
        self.all(RDF_TYPE).any(|t| matches!(t, Term::NamedNode(n) if n.as_str() == class.as_str()))
    }

    pub fn date(&self, predicate: NamedNodeRef<'_>) -> Option<Date> {
        self.text(predicate)?.parse().ok()
    }

    pub fn number<T: std::str::FromStr>(&self, predicate: NamedNodeRef<'_>) -> Option<T> {
        self.text(predicate)?.parse().ok()
    }

    fn string(&self, predicate: NamedNodeRef<'_>) -> String {
        self.text(predicate).unwrap_or_default().to_owned()
    }

    fn maybe(&self, predicate: NamedNodeRef<'_>) -> Option<String> {
        self.text(predicate).map(str::to_owned)
    }

    fn id(&self, predicate: NamedNodeRef<'_>, kind: &str) -> Option<String> {
        name::id_of(self.iri(predicate)?, kind)
    }
}

/// An authority record. `None` if it is none, or is broken.
pub fn entity(node: &Node) -> Option<Entity> {
    let kind = name::KINDS.into_iter().find(|k| node.is(name::class(*k)))?;
    let wikidata = node.iri(owl::SAME_AS).and_then(|i| i.rsplit('/').next()).map(str::to_owned);
    Some(Entity {
        id: node.maybe(dg::SLUG)?,
        kind,
        name: node.string(rdfs::LABEL),
        country: node.maybe(dg::COUNTRY_CODE),
        wikidata,
    })
}

/// An article's metadata; its text is not kept.
pub fn article(node: &Node) -> Option<Article> {
    let url = node.iri(dct::SOURCE).or_else(|| node.text(dct::SOURCE));
    Some(Article {
        id: node.maybe(dct::IDENTIFIER)?,
        title: node.maybe(dct::TITLE),
        date: node.date(dct::ISSUED),
        source: node.maybe(dct::PUBLISHER),
        url: url.map(str::to_owned),
        text: String::new(),
    })
}

/// What clustering has to know of an article.
pub fn report(node: &Node) -> Report {
    Report {
        issued: node.date(dct::ISSUED),
        publisher: node.maybe(dct::PUBLISHER),
        signature: node.text(dg::SIGNATURE).and_then(Signature::from_hex),
    }
}

/// The claims among the nodes, with the id of each, in order of ids.
///
/// An actor whom `entities` does not hold makes the claim unreadable, and so does a missing part; such claims are
/// left out, and `check` reports them.
pub fn facts(nodes: &Nodes, entities: &BTreeMap<String, Actor>) -> Vec<(String, Fact)> {
    let claims = nodes.iter().filter(|(_, node)| node.is(dg::CLAIM));
    let read = |(iri, node): (&String, &Node)| Some((name::id_of(iri, "claim")?, fact(node, nodes, entities)?));
    let mut facts: Vec<_> = claims.filter_map(read).collect();
    facts.sort_by(|a, b| a.0.cmp(&b.0));
    facts
}

fn fact(node: &Node, nodes: &Nodes, entities: &BTreeMap<String, Actor>) -> Option<Fact> {
    let actor = |predicate| entities.get(&node.id(predicate, "entity")?).map(Arc::clone);
    let speaker = node.iri(dg::SPEAKER).is_some();
    let attribution = actor(dg::SPEAKER);
    if speaker && attribution.is_none() {
        return None;
    }
    let claim = Claim {
        relation: Relation::named(&node.id(dg::ACTION_OF, "action")?)?,
        source: actor(dg::ACTOR)?,
        target: actor(dg::RECIPIENT)?,
        date: node.date(sem::EARLIEST_BEGIN).zip(node.date(sem::LATEST_END)).and_then(|(a, b)| Period::new(a, b)),
        place: node.maybe(dg::PLACE_TEXT),
        status: status(node)?,
        attribution,
        role: node.maybe(dg::ROLE),
        mutual: node.text(dg::MUTUAL) == Some("true"),
    };
    Some(Fact { claim, evidence: evidence(node, nodes)?, confidence: node.number(dg::CONFIDENCE)? })
}

fn status(node: &Node) -> Option<Status> {
    let is = |predicate, value: NamedNodeRef<'_>| node.iri(predicate) == Some(value.as_str());
    if is(dg::STANCE, dg::DENIES) || is(dg::STANCE, dg::NEGATES) {
        return Some(Status::Denied);
    }
    match node.iri(dg::FACTUALITY)?.strip_prefix(dg::NAMESPACE)? {
        "Actual" => Some(Status::Asserted),
        "Planned" | "Intended" => Some(Status::Planned),
        "Possible" | "Hypothetical" => Some(Status::Possible),
        _ => None,
    }
}

fn evidence(node: &Node, nodes: &Nodes) -> Option<Evidence> {
    let quote = nodes.get(node.iri(dg::QUOTE)?)?;
    let document = node.iri(prov::WAS_DERIVED_FROM)?;
    Some(Evidence {
        article: name::id_of(document, "doc")?,
        field: if quote.text(dg::FIELD) == Some("title") { Field::Title } else { Field::Text },
        start: quote.number(oa::START)?,
        end: quote.number(oa::END)?,
        quote: words(quote)?,
        sentence: name::span(node.iri(dg::EVIDENCE)?)?,
        extractor: node.string(dg::EXTRACTOR),
        rule: node.string(dg::RULE),
        source_text: node.string(dg::ACTOR_TEXT),
        target_text: node.string(dg::RECIPIENT_TEXT),
        time_text: node.maybe(dg::TIME_TEXT),
    })
}

/// A passage's words, or the hash of them where the graph keeps no text.
fn words(selector: &Node) -> Option<String> {
    let hash = || selector.text(dg::SHA256).map(|hash| format!("{}{hash}", Evidence::HASHED));
    selector.maybe(oa::EXACT).or_else(hash)
}

/// The passages of a document that are cited, by field and code points.
pub fn passages(nodes: &Nodes) -> Passages {
    let passage = |node: &Node| {
        let field = if node.text(dg::FIELD)? == "title" { Field::Title } else { Field::Text };
        let key = (field, node.number(oa::START)?, node.number(oa::END)?);
        Some((key, node.maybe(oa::EXACT)?))
    };
    nodes.values().filter_map(passage).collect()
}

/// The plain edges that an event or an open relation backs: subject, property, object.
pub fn edges(node: &Node, nodes: &Nodes) -> Vec<(String, String, String)> {
    let holds = |n: &Node| [dg::REPORTED, dg::CORROBORATED].iter().any(|s| n.iri(dg::STATUS) == Some(s.as_str()));
    let property = match node.iri(dg::ACTION_OF).and_then(|a| nodes.get(a)) {
        Some(action) if node.is(dg::EVENT) && holds(node) => action.iri(dg::SHORTCUT).map(str::to_owned),
        _ if node.is(dg::RELATION) => derived::property_of(node).map(|p| p.into_string()),
        _ => None,
    };
    let ends = |p| node.all(p).filter_map(|t| if let Term::NamedNode(n) = t { Some(n.as_str()) } else { None });
    let Some(property) = property else {
        return Vec::new();
    };
    let mut edges = Vec::new();
    for (from, to) in derived::ROLES {
        for a in ends(from) {
            edges.extend(
                ends(to).filter(|b| *b != a || from != to).map(|b| (a.to_owned(), property.clone(), b.to_owned())),
            );
        }
    }
    edges
}
