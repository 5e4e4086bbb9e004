use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::EntityKind;

/// One kind of diplomatic fact: a row of `data/relations.tsv`. Compared by its id.
#[derive(Clone, Copy)]
pub struct Relation(&'static Row);

struct Row {
    id: String,
    group: String,
    plover: String,
    mode: String,
    cameo: String,
    symmetric: bool,
    goldstein: Option<f64>,
    quad_class: Option<u8>,
    spoken: bool,
    once: bool,
    outdone_by: String,
    targets: Vec<EntityKind>,
    alone: f64,
    meaning: String,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let table = include_str!("../../data/relations.tsv");
    table.lines().filter(|l| !l.starts_with('#')).skip(1).map(row).collect()
});

static BY_ID: LazyLock<FxHashMap<&'static str, Relation>> =
    LazyLock::new(|| TABLE.iter().map(|row| (row.id.as_str(), Relation(row))).collect());

fn row(line: &str) -> Row {
    let mut cells = line.split('\t').map(|c| if c == "-" { "" } else { c });
    let mut next = || cells.next().unwrap_or_default().to_owned();
    Row {
        id: next(),
        group: next(),
        plover: next(),
        mode: next(),
        cameo: next(),
        symmetric: next() == "yes",
        goldstein: next().parse().ok(),
        quad_class: next().parse().ok(),
        spoken: next() == "yes",
        once: next() == "yes",
        outdone_by: next(),
        targets: next().split('|').filter_map(|kind| kind.parse().ok()).collect(),
        alone: next().parse().unwrap_or(1.0),
        meaning: next(),
    }
}

impl Relation {
    /// The relation of that id, such as `sign_agreement`.
    pub fn named(id: &str) -> Option<Self> {
        BY_ID.get(id).copied()
    }

    /// All relations, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(Self)
    }

    pub fn id(self) -> &'static str {
        &self.0.id
    }

    /// The heading that it stands under, such as `verbal conflict`.
    pub fn group(self) -> &'static str {
        &self.0.group
    }

    /// PLOVER's event type, such as `CONSULT`; empty for a standing relation.
    pub fn plover(self) -> &'static str {
        &self.0.plover
    }

    /// PLOVER's mode, such as `visit`; may be empty.
    pub fn mode(self) -> &'static str {
        &self.0.mode
    }

    /// The nearest CAMEO code; empty for a standing relation.
    pub fn cameo(self) -> &'static str {
        &self.0.cameo
    }

    /// Whether both sides do the same, so that the order of the two means nothing.
    pub fn symmetric(self) -> bool {
        self.0.symmetric
    }

    /// Goldstein's score of the CAMEO code, -10 to 10 (Goldstein 1992, as extended by the CAMEO project).
    pub fn goldstein(self) -> Option<f64> {
        self.0.goldstein
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad_class(self) -> Option<u8> {
        self.0.quad_class
    }

    pub fn meaning(self) -> &'static str {
        &self.0.meaning
    }

    /// Whether the act is what somebody says: a promise, praise, a demand, a threat.
    pub fn spoken(self) -> bool {
        self.0.spoken
    }

    /// The chance from which the network is believed where no rule finds it.
    pub fn alone(self) -> f64 {
        self.0.alone
    }

    /// Whether it is done once and for all: a visit or departure that is planned here and done there is one.
    pub fn once(self) -> bool {
        self.0.once
    }

    /// The relation that stands where one sentence is read as both of the same two.
    pub fn outdone_by(self) -> Option<Self> {
        Self::named(&self.0.outdone_by)
    }

    /// The kinds of actors to whom alone it can be done where no rule finds it; empty for all kinds.
    pub fn targets(self) -> &'static [EntityKind] {
        &self.0.targets
    }

    /// Whether it is a standing relation (an office, a membership) and no event.
    pub fn standing(self) -> bool {
        self.0.group == "standing"
    }
}

impl PartialEq for Relation {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Relation {}

impl PartialOrd for Relation {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Relation {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self == other { std::cmp::Ordering::Equal } else { self.id().cmp(other.id()) }
    }
}

impl std::hash::Hash for Relation {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl fmt::Debug for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
