use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Quad, Term, TermRef};

use super::Source;
use crate::error::Result;
use crate::rdf::decode::{self, Node};
use crate::rdf::name;
use crate::store::Store;

/// The things that a predicate points to.
pub(super) fn things(node: &Node, predicate: NamedNodeRef) -> Vec<NamedNode> {
    let iri = |o: &Term| match o {
        Term::NamedNode(n) => Some(n.clone()),
        _ => None,
    };
    node.all(predicate).filter_map(iri).collect()
}

/// The first of them.
pub(super) fn thing(node: &Node, predicate: NamedNodeRef) -> Option<NamedNode> {
    node.iri(predicate).map(NamedNode::new_unchecked)
}

pub(super) fn text(node: &Node, predicate: NamedNodeRef) -> Option<String> {
    node.text(predicate).map(str::to_owned)
}

/// What the graph says of something that may be missing.
pub(super) fn maybe_node(store: &Store, subject: Option<NamedNode>) -> Result<Node> {
    subject.map_or_else(|| Ok(Node::default()), |s| store.node(&s))
}

/// The things of the default graph that have this object.
pub(super) fn derived<'a>(
    store: &Store,
    predicate: NamedNodeRef,
    object: impl Into<TermRef<'a>>,
) -> Result<Vec<NamedNode>> {
    let quads = store.quads(None, Some(predicate), Some(object.into()), Some(GraphNameRef::DefaultGraph))?;
    Ok(quads.into_iter().filter_map(subject).collect())
}

/// The subject of a quad; `None` for a blank one, which our graphs do not have.
pub(super) fn subject(quad: Quad) -> Option<NamedNode> {
    match quad.subject {
        oxigraph::model::NamedOrBlankNode::NamedNode(s) => Some(s),
        oxigraph::model::NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The id in an IRI of that kind, or the IRI itself.
pub(super) fn id(iri: &NamedNode, kind: &str) -> String {
    name::id_of(iri.as_str(), kind).unwrap_or_else(|| iri.as_str().to_owned())
}

/// The last part of an IRI.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or_default()
}

/// The same in lower case: `https://…#Reported` is `reported`.
pub(super) fn word(node: &Node, predicate: NamedNodeRef) -> String {
    node.iri(predicate).map(|iri| local(iri).to_lowercase()).unwrap_or_default()
}

/// The article behind a document graph.
pub(super) fn source(store: &Store, document: &NamedNode) -> Result<Source> {
    let Some(article) = decode::article(&store.node(document)?) else {
        let id = id(document, "doc");
        return Ok(Source { id, title: None, publisher: None, date: None, url: None });
    };
    let date = article.date.map(|d| d.to_string());
    Ok(Source { id: article.id, title: article.title, publisher: article.source, date, url: article.url })
}
