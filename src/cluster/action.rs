//! What an action means for the graph: the rows of `data/ontology/actions.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Relation;

/// How one relation id of `data/relations.tsv` becomes an action.
#[derive(Debug)]
pub struct Action {
    pub relation: Relation,
    /// The English label.
    pub label: &'static str,
    /// The local name of the plain property between the two actors.
    pub shortcut: &'static str,
    /// PLOVER's score, -10 to 10.
    pub plover_score: Option<f64>,
    /// The class of the durable relation that such an event starts, or that such a claim tells of.
    pub opens: Option<&'static str>,
    pub closes: Option<&'static str>,
    /// A report of a span of at most so many days is the same event as a finer report inside it.
    pub merge_days: i32,
}

static ACTIONS: LazyLock<Vec<Action>> = LazyLock::new(|| {
    let table = include_str!("../../data/ontology/actions.tsv");
    table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(row).collect()
});

static BY_RELATION: LazyLock<HashMap<Relation, usize>> =
    LazyLock::new(|| ACTIONS.iter().enumerate().map(|(i, a)| (a.relation, i)).collect());

fn row(line: &'static str) -> Option<Action> {
    let mut cells = line.split('\t');
    let mut next = || cells.next().filter(|c| *c != "-");
    Some(Action {
        relation: Relation::named(next()?)?,
        label: next()?,
        shortcut: next()?,
        plover_score: next().and_then(|s| s.parse().ok()),
        opens: next(),
        closes: next(),
        merge_days: next().and_then(|s| s.parse().ok()).unwrap_or(0),
    })
}

impl Action {
    /// All actions, in the order of the table.
    pub fn all() -> &'static [Self] {
        &ACTIONS
    }

    /// The action of a relation id. The table has a row for every one, which a test holds.
    pub fn of(relation: Relation) -> Option<&'static Self> {
        BY_RELATION.get(&relation).map(|i| &ACTIONS[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_has_its_action() {
        assert!(Relation::all().eq(Action::all().iter().map(|a| a.relation)));
    }
}
