//! The rows of `data/datasets/facts.tsv`: which cells tell of which act.

use super::cells::{integer, number};
use super::codes::{self, Code, Codes};
use super::set::Column;
use super::tsv;
use crate::model::{Relation, Status};

/// How an act is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    pub status: Status,
    /// The second actor does it to the first.
    pub reverse: bool,
    /// Each does it to the other.
    pub both: bool,
    /// The direction means nothing.
    pub mutual: bool,
}

impl How {
    /// Reads `planned`, `possible`, `denied`, `reverse`, `both`, `mutual`.
    pub(super) fn of(words: &str) -> Self {
        let has = |word| words.split(' ').any(|w| w == word);
        let status = words.split(' ').find_map(|w| w.parse().ok()).unwrap_or(Status::Asserted);
        Self { status, reverse: has("reverse"), both: has("both"), mutual: has("mutual") }
    }
}

/// Which cells tell of which act between which columns.
#[derive(Debug)]
pub(super) struct Rule {
    /// The columns whose cells are looked up, joined by `/`.
    pub columns: Vec<usize>,
    values: Values,
    pub from: usize,
    pub to: usize,
}

#[derive(Debug)]
enum Values {
    Table(&'static Codes),
    /// Exact cells and ranges of numbers, all with one meaning.
    Listed(Vec<Test>, Code),
}

#[derive(Debug)]
enum Test {
    Is(&'static [u8]),
    Between(i32, i32),
}

/// What the cells of a rule's columns say.
pub(super) enum Said {
    Act(Code),
    /// No table has the code.
    Unknown,
    /// The rule has nothing to say of it.
    Silent,
}

static TABLE: &str = include_str!("../../../data/datasets/facts.tsv");

/// The rules of a data set. A column that it lacks is a slip of our table, which a test finds.
pub(super) fn rules(set: &str, columns: &[Column]) -> Vec<Rule> {
    let at = |name: &str| columns.iter().position(|c| c.name == name);
    let rule = |[_, column, values, relation, from, to, how]: [&'static str; 7]| {
        let meaning = Code { relation: Relation::named(relation), how: How::of(how) };
        let values = match values.strip_prefix('@') {
            Some(table) => Values::Table(codes::table(table)?),
            None => Values::Listed(values.split('|').map(test).collect(), meaning),
        };
        let columns = column.split('/').map(at).collect::<Option<Vec<_>>>()?;
        Some(Rule { columns, values, from: at(from)?, to: at(to)? })
    };
    tsv::rows(TABLE).filter(|row| row[0] == set).filter_map(rule).collect()
}

fn test(value: &'static str) -> Test {
    let range = value.split_once("..").and_then(|(a, b)| Some(Test::Between(a.parse().ok()?, b.parse().ok()?)));
    range.unwrap_or(Test::Is(value.as_bytes()))
}

impl Rule {
    /// The relation that the rule tells of; `None` for all of a table of codes.
    pub fn relation(&self) -> Option<Relation> {
        match &self.values {
            Values::Table(_) => None,
            Values::Listed(_, meaning) => meaning.relation,
        }
    }

    /// What the code says; of two joined by `/` the first alone, where the table does not have both.
    pub fn say(&self, code: &[u8]) -> Said {
        match &self.values {
            Values::Table(codes) => {
                let head = || code.iter().position(|b| *b == b'/').and_then(|at| codes.get(&code[..at]));
                codes.get(code).or_else(head).map_or(Said::Unknown, |c| Said::Act(*c))
            }
            Values::Listed(tests, meaning) => {
                let passes = |t: &Test| match t {
                    Test::Is(value) => number(code) == *value,
                    Test::Between(a, b) => integer(code).is_some_and(|n| (*a..=*b).contains(&n)),
                };
                if tests.iter().any(passes) { Said::Act(*meaning) } else { Said::Silent }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::set;
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_rule() {
        for set in set::all() {
            let rows = tsv::rows::<7>(TABLE).filter(|r| r[0] == set.name).count();
            assert_eq!(set.rules.len(), rows, "{}", set.name);
        }
        assert!(tsv::rows::<7>(TABLE).all(|r| set::named(r[0]).is_some()));
        assert!(tsv::rows::<7>(TABLE).all(|r| r[2].starts_with('@') || Relation::named(r[3]).is_some()));
    }

    #[test]
    fn every_relation_of_the_codes_exists() {
        for text in
            [include_str!("../../../data/datasets/cameo.tsv"), include_str!("../../../data/datasets/plover.tsv")]
        {
            for [code, relation, _] in tsv::rows::<3>(text) {
                assert!(relation.is_empty() || Relation::named(relation).is_some(), "{code} {relation}");
            }
        }
    }
}
