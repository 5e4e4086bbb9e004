use std::borrow::Cow;

use crate::network::{Edge, Network, Node, Scores};

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

/// One attribute: its name, its type, and the cell of the node or edge of an index; `None` is a cell that stays empty.
pub(super) struct Column<'a> {
    pub name: &'static str,
    pub kind: Type,
    pub of: Box<dyn Fn(usize) -> Option<Value<'a>> + 'a>,
}

impl Type {
    /// As GraphML spells it.
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

    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(t) => t.as_ref().into(),
            Self::Int(i) => (*i).into(),
            Self::Double(d) => (*d).into(),
        }
    }
}

impl<'a> Column<'a> {
    fn new(name: &'static str, kind: Type, of: impl Fn(usize) -> Option<Value<'a>> + 'a) -> Self {
        Self { name, kind, of: Box::new(of) }
    }

    /// The text of a cell; empty where there is none.
    pub fn text(&self, index: usize) -> String {
        (self.of)(index).map(|v| v.text().into_owned()).unwrap_or_default()
    }
}

/// The cells of a node or edge by name, without the empty ones.
pub(super) fn object(columns: &[Column], index: usize) -> serde_json::Map<String, serde_json::Value> {
    columns.iter().filter_map(|c| Some((c.name.to_owned(), (c.of)(index)?.json()))).collect()
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

/// What is said of a node beside its id, in this order; what was measured comes last.
pub(super) fn nodes(network: &Network) -> Vec<Column<'_>> {
    let column = |name, kind, of: for<'a> fn(&'a Node) -> Option<Value<'a>>| {
        Column::new(name, kind, move |i| of(&network.nodes[i]))
    };
    let mut columns = vec![
        column("label", Type::Text, |n| text(&n.label)),
        column("name", Type::Text, |n| text(&n.id)),
        column("iri", Type::Text, |n| text(&n.iri)),
        column("wikidata", Type::Text, |n| n.wikidata.as_deref().and_then(text)),
        column("iso3", Type::Text, |n| n.iso3.as_deref().and_then(text)),
        column("entity_type", Type::Text, |n| text(&n.entity_type)),
        column("region", Type::Text, |n| n.region.as_deref().and_then(text)),
        column("latitude", Type::Double, |n| double(n.latitude)),
        column("longitude", Type::Double, |n| double(n.longitude)),
        column("color", Type::Text, |n| text(n.color)),
        column("events", Type::Int, |n| int(n.events)),
        column("first_date", Type::Text, |n| shown(n.first_date)),
        column("last_date", Type::Text, |n| shown(n.last_date)),
    ];
    columns.extend(network.measures.iter().map(|m| match &m.scores {
        Scores::Number(x) => Column::new(m.name, Type::Double, move |i| double(Some(x[i]))),
        Scores::Count(n) => Column::new(m.name, Type::Int, move |i| int(n[i])),
    }));
    columns
}

/// What is said of an edge beside its ends, in this order.
pub(super) fn edges(network: &Network) -> Vec<Column<'_>> {
    let column = |name, kind, of: for<'a> fn(&'a Edge) -> Option<Value<'a>>| {
        Column::new(name, kind, move |i| of(&network.edges[i]))
    };
    vec![
        column("weight", Type::Double, |e| double(Some(e.weight.max(f64::MIN_POSITIVE)))),
        column("label", Type::Text, |e| text(e.label())),
        column("events", Type::Int, |e| int(e.events)),
        column("goldstein_mean", Type::Double, |e| double(e.goldstein_mean)),
        column("goldstein_min", Type::Double, |e| double(e.goldstein_min)),
        column("sign", Type::Int, |e| int(e.sign)),
        column("verbal_cooperation", Type::Int, |e| int(e.quad_classes[0])),
        column("material_cooperation", Type::Int, |e| int(e.quad_classes[1])),
        column("verbal_conflict", Type::Int, |e| int(e.quad_classes[2])),
        column("material_conflict", Type::Int, |e| int(e.quad_classes[3])),
        column("first_date", Type::Text, |e| shown(e.first_date)),
        column("last_date", Type::Text, |e| shown(e.last_date)),
        column("top_relation", Type::Text, |e| text(&e.top_relation)),
        column("sources", Type::Int, |e| int(e.sources)),
        column("confidence_mean", Type::Double, |e| double(Some(e.confidence_mean))),
    ]
}
