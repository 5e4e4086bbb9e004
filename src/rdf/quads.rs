//! A small writer: collects quads of one graph, subject by subject.

use jiff::civil::Date;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::vocab::RDF_TYPE;

/// Quads of one graph in the making.
pub struct Quads {
    graph: GraphName,
    quads: Vec<Quad>,
}

impl Quads {
    pub fn of_default_graph() -> Self {
        Self { graph: GraphName::DefaultGraph, quads: Vec::new() }
    }

    pub fn of_graph(name: &NamedNode) -> Self {
        Self { graph: name.clone().into(), quads: Vec::new() }
    }

    /// Starts a subject, with its classes.
    pub fn subject(&mut self, subject: NamedNode, classes: &[NamedNodeRef<'_>]) -> Subject<'_> {
        let mut subject = Subject { subject, quads: self };
        for class in classes {
            subject.add(RDF_TYPE, class.into_owned());
        }
        subject
    }

    pub fn into_vec(self) -> Vec<Quad> {
        self.quads
    }
}

/// One subject that triples are added to.
pub struct Subject<'q> {
    subject: NamedNode,
    quads: &'q mut Quads,
}

impl Subject<'_> {
    pub fn add(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> &mut Self {
        let graph = self.quads.graph.clone();
        self.quads.quads.push(Quad::new(self.subject.clone(), predicate.into_owned(), object, graph));
        self
    }

    /// Nothing for `None`.
    pub fn maybe(&mut self, predicate: NamedNodeRef<'_>, object: Option<impl Into<Term>>) -> &mut Self {
        if let Some(object) = object {
            self.add(predicate, object);
        }
        self
    }

    /// A plain string, kept letter by letter; nothing for an empty one.
    pub fn text(&mut self, predicate: NamedNodeRef<'_>, text: &str) -> &mut Self {
        self.maybe(predicate, (!text.is_empty()).then(|| Literal::new_simple_literal(text)))
    }

    pub fn count(&mut self, predicate: NamedNodeRef<'_>, n: usize) -> &mut Self {
        self.add(predicate, Literal::from(n as i64))
    }
}

/// A day without timezone.
pub fn date(day: Date) -> Literal {
    Literal::new_typed_literal(day.to_string(), xsd::DATE)
}

/// A figure as `xsd:decimal`, to four decimals: a confidence means no more.
pub fn decimal(x: f64) -> Literal {
    let text = format!("{x:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(if text == "-0" { "0" } else { text }, xsd::DECIMAL)
}

/// An English label.
pub fn english(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "en")
}
