//! The data sets: rows of `data/datasets/sets.tsv`, each with a table of its columns.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use super::rule::{self, Rule};
use super::tsv;

/// A data set that can be read.
#[derive(Debug)]
pub struct Dataset {
    /// The short name, which `--from` takes.
    pub name: &'static str,
    pub title: &'static str,
    /// Whom the graph names as the source.
    pub publisher: &'static str,
    /// Whether a program coded it from the news.
    pub machine: bool,
    /// How likely a row is right, before anything else is known of it, 0 to 1.
    pub confidence: f64,
    /// The same for acts of quad class 4.
    pub strong: f64,
    pub separator: u8,
    /// Whether the first line names the columns; `None` if it may.
    pub header: Option<bool>,
    pub covers: Covers,
    pub columns: Vec<Column>,
    pub(super) rules: Vec<Rule>,
}

/// What a file of the set has looked at, whether it found something or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covers {
    /// All states, on each day on which rows were added.
    All,
    /// The states that rows name, in each year in which they are named.
    Named,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub uses: Vec<Use>,
    pub reads: Reads,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Part of the row's name.
    Id,
    /// When it happened.
    Date,
    /// When the row was added or the report published.
    Issued,
    /// The last year of a span that begins with the date.
    Until,
    Actor,
    /// A state that the row is about, though it does nothing to anybody.
    State,
    /// Looked up by the rules.
    Code,
    Contexts,
    Place,
    Url,
    /// The words for the actor of that column.
    Words(usize),
    /// The state of the actor of that column.
    Country(usize),
    /// What the actor of that column does.
    Sectors(usize),
    War,
    Spell,
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    Text,
    Day,
    Year,
    Number,
    By(Scheme),
}

/// How a data set names actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// CAMEO's three-letter parts: `IRNGOV`.
    Cameo,
    /// A name, with its country and sectors in other columns.
    Named,
    /// ISO 3166-1 alpha-3, with a name and a sector in other columns.
    Iso3,
    /// A number of the Correlates of War.
    Cow,
    /// A number of Gleditsch and Ward.
    Gw,
}

static SETS: LazyLock<Vec<Dataset>> =
    LazyLock::new(|| tsv::rows(include_str!("../../../data/datasets/sets.tsv")).filter_map(set).collect());

/// All data sets, in the order of the table.
pub fn all() -> &'static [Dataset] {
    &SETS
}

/// The data set of that name.
pub fn named(name: &str) -> Option<&'static Dataset> {
    SETS.iter().find(|s| s.name == name)
}

static FILES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/data/datasets");

fn set(row: [&'static str; 9]) -> Option<Dataset> {
    let [name, publisher, made, confidence, strong, separator, header, covers, title] = row;
    let text = FILES.get_file(format!("{name}.tsv")).and_then(|f| f.contents_utf8()).unwrap_or_default();
    let rows: Vec<[&'static str; 3]> = tsv::rows(text).collect();
    let at = |name: &str| rows.iter().position(|r| r[0] == name);
    let columns: Vec<Column> = rows.iter().map(|[name, is, reads]| column(name, is, reads, &at)).collect();
    Some(Dataset {
        rules: rule::rules(name, &columns),
        name,
        title,
        publisher,
        machine: made == "machine",
        confidence: confidence.parse().ok()?,
        strong: strong.parse().ok()?,
        separator: if separator == "tab" { b'\t' } else { b',' },
        header: match header {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        covers: if covers == "all" { Covers::All } else { Covers::Named },
        columns,
    })
}

fn column(name: &'static str, is: &str, reads: &str, at: &dyn Fn(&str) -> Option<usize>) -> Column {
    let of = |prefix| is.strip_prefix(prefix).and_then(at);
    let beside = of("words of ").map(Use::Words).or(of("country of ").map(Use::Country));
    let uses = match beside.or(of("sectors of ").map(Use::Sectors)) {
        Some(beside) => vec![beside],
        None => is.split(' ').filter_map(word).collect(),
    };
    Column { name, uses, reads: written(reads) }
}

fn word(word: &str) -> Option<Use> {
    Some(match word {
        "id" => Use::Id,
        "date" => Use::Date,
        "issued" => Use::Issued,
        "until" => Use::Until,
        "actor" => Use::Actor,
        "state" => Use::State,
        "code" => Use::Code,
        "contexts" => Use::Contexts,
        "place" => Use::Place,
        "url" => Use::Url,
        "war" => Use::War,
        "spell" => Use::Spell,
        _ => return None,
    })
}

fn written(reads: &str) -> Reads {
    match reads {
        "day" => Reads::Day,
        "year" => Reads::Year,
        "number" => Reads::Number,
        "cameo" => Reads::By(Scheme::Cameo),
        "named" => Reads::By(Scheme::Named),
        "iso3" => Reads::By(Scheme::Iso3),
        "cow" => Reads::By(Scheme::Cow),
        "gw" => Reads::By(Scheme::Gw),
        _ => Reads::Text,
    }
}

impl Dataset {
    /// The columns that are for that use.
    pub fn used(&self, wanted: Use) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, c)| c.uses.contains(&wanted)).map(|(at, _)| at)
    }

    /// Whether its rows name actors, and not only give codes of them.
    pub fn names(&self) -> bool {
        self.columns.iter().any(|c| matches!(c.reads, Reads::By(Scheme::Named | Scheme::Iso3)))
    }

    /// Whether its rows tell of acts at all.
    pub fn tells(&self) -> bool {
        !self.rules.is_empty()
    }

    /// The ids of the relations that its rows can tell of; `None` for all.
    pub fn acts(&self) -> Option<BTreeSet<String>> {
        self.rules.iter().map(|rule| rule.relation().map(|r| r.id().to_owned())).collect()
    }

    /// What evidence of its rows names as the extractor: `machine/gdelt2`, `data/atop`.
    pub fn extractor(&self) -> String {
        format!("{}/{}", if self.machine { "machine" } else { "data" }, self.name)
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_columns_that_name_its_rows() {
        assert_eq!(all().len(), tsv::rows::<9>(include_str!("../../../data/datasets/sets.tsv")).count());
        for set in all() {
            assert!(set.used(Use::Id).next().is_some(), "{set}: no id");
            let words: Vec<_> = set.columns.iter().filter(|c| c.uses.is_empty() && c.reads != Reads::Text).collect();
            assert!(words.is_empty(), "{set}: read for nothing {words:?}");
        }
    }
}
