use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode};
use oxigraph::sparql::QueryDataset;

/// The graphs that a query is asked of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scope {
    /// The union of all graphs, unless the query has a FROM of its own.
    #[default]
    Union,
    /// The default graph alone: what was derived, not what documents say.
    Derived,
    /// The merge of some graphs as the default one, and those that GRAPH may name.
    Given { default: Vec<NamedNode>, named: Vec<NamedNode> },
}

impl Scope {
    pub(super) fn apply(&self, dataset: &mut QueryDataset) {
        match self {
            Self::Union if dataset.is_default_dataset() => dataset.set_default_graph_as_union(),
            Self::Union => {}
            Self::Derived => dataset.set_default_graph(vec![GraphName::DefaultGraph]),
            Self::Given { default, named } => {
                dataset.set_default_graph(default.iter().cloned().map(GraphName::from).collect());
                dataset.set_available_named_graphs(named.iter().cloned().map(NamedOrBlankNode::from).collect());
            }
        }
    }
}
