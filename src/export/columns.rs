use std::borrow::Cow;

use crate::network::{Edge, Network, Node};

/// A cell of an attribute column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Int(i64),
    Double(f64),
}

/// The type of a column, spelled as GraphML and GEXF share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Int,
    Double,
}

/// One attribute: its name, its type, and how to read it. `None` is a cell that stays empty.
pub(super) struct Column<T> {
    pub name: &'static str,
    pub kind: Type,
    pub of: for<'a> fn(&'a Network, &'a T) -> Option<Value<'a>>,
}

impl Type {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Int => "int",
            Self::Double => "double",
        }
    }
}

impl Value<'_> {
    /// Digits and points only, without locale: what every reader takes.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(t) => Cow::Borrowed(t),
            Self::Int(i) => Cow::Owned(i.to_string()),
            Self::Double(d) => Cow::Owned(d.to_string()),
        }
    }
}

const fn column<T>(
    name: &'static str,
    kind: Type,
    of: for<'a> fn(&'a Network, &'a T) -> Option<Value<'a>>,
) -> Column<T> {
    Column { name, kind, of }
}

fn text(t: &str) -> Option<Value<'_>> {
    (!t.is_empty()).then_some(Value::Text(Cow::Borrowed(t)))
}

fn shown(t: Option<impl ToString>) -> Option<Value<'static>> {
    t.map(|t| Value::Text(Cow::Owned(t.to_string())))
}

fn int(i: impl Into<i64>) -> Option<Value<'static>> {
    Some(Value::Int(i.into()))
}

/// A number that is not finite says nothing to any reader.
fn double(d: Option<f64>) -> Option<Value<'static>> {
    d.filter(|d| d.is_finite()).map(Value::Double)
}

/// What is said of a node beside its id, in this order.
pub(super) const NODE: &[Column<Node>] = &[
    column("label", Type::Text, |_, n| text(&n.label)),
    column("name", Type::Text, |_, n| text(&n.id)),
    column("iri", Type::Text, |_, n| text(&n.iri)),
    column("wikidata", Type::Text, |_, n| n.wikidata.as_deref().and_then(text)),
    column("iso3", Type::Text, |_, n| n.iso3.as_deref().and_then(text)),
    column("entity_type", Type::Text, |_, n| text(&n.entity_type)),
    column("region", Type::Text, |_, n| n.region.as_deref().and_then(text)),
    column("latitude", Type::Double, |_, n| double(n.latitude)),
    column("longitude", Type::Double, |_, n| double(n.longitude)),
    column("color", Type::Text, |_, n| text(n.color)),
    column("events", Type::Int, |_, n| int(n.events)),
    column("first_date", Type::Text, |_, n| shown(n.first_date)),
    column("last_date", Type::Text, |_, n| shown(n.last_date)),
];

/// What is said of an edge beside its ends, in this order.
pub(super) const EDGE: &[Column<Edge>] = &[
    column("weight", Type::Double, |_, e| double(Some(e.weight.max(f64::MIN_POSITIVE)))),
    column("label", Type::Text, |_, e| text(e.kind.as_deref().unwrap_or(&e.top_relation))),
    column("events", Type::Int, |_, e| int(e.events)),
    column("goldstein_mean", Type::Double, |_, e| double(e.goldstein_mean)),
    column("goldstein_min", Type::Double, |_, e| double(e.goldstein_min)),
    column("sign", Type::Int, |_, e| int(e.sign)),
    column("verbal_cooperation", Type::Int, |_, e| int(e.quad_classes[0])),
    column("material_cooperation", Type::Int, |_, e| int(e.quad_classes[1])),
    column("verbal_conflict", Type::Int, |_, e| int(e.quad_classes[2])),
    column("material_conflict", Type::Int, |_, e| int(e.quad_classes[3])),
    column("first_date", Type::Text, |_, e| shown(e.first_date)),
    column("last_date", Type::Text, |_, e| shown(e.last_date)),
    column("top_relation", Type::Text, |_, e| text(&e.top_relation)),
    column("sources", Type::Int, |_, e| int(e.sources)),
    column("confidence_mean", Type::Double, |_, e| double(Some(e.confidence_mean))),
];
