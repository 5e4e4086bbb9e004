//! What became of the rows of a file: every row is counted once.

use rustc_hash::FxHashMap;

/// The account of a file.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub rows: u64,
    /// Rows that gave facts.
    pub told: u64,
    pub facts: u64,
    pub rejected: Reasons,
    pub outside: Reasons,
}

/// Reasons, each with the codes that gave it and how often.
#[derive(Debug, Clone, Default)]
pub struct Reasons(FxHashMap<&'static str, FxHashMap<Box<[u8]>, u64>>);

impl Reasons {
    pub(super) fn add(&mut self, why: &'static str, code: &[u8]) {
        let codes = self.0.entry(why).or_default();
        match codes.get_mut(code) {
            Some(count) => *count += 1,
            None => {
                codes.insert(code.into(), 1);
            }
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        for (why, codes) in other.0 {
            let mine = self.0.entry(why).or_default();
            for (code, count) in codes {
                *mine.entry(code).or_default() += count;
            }
        }
    }

    /// All rows.
    pub fn total(&self) -> u64 {
        self.0.values().flat_map(|codes| codes.values()).sum::<u64>()
    }

    /// The reasons, the most frequent first: rows, reason, and the codes with their rows, the most frequent first.
    pub fn by_count(&self) -> Vec<Counted> {
        let one = |(why, codes): (&&'static str, &FxHashMap<Box<[u8]>, u64>)| {
            let named = codes.iter().filter(|(code, _)| !code.is_empty());
            let mut named: Vec<_> = named.map(|(c, n)| (String::from_utf8_lossy(c).into_owned(), *n)).collect();
            named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            (codes.values().sum::<u64>(), *why, named)
        };
        let mut all: Vec<_> = self.0.iter().map(one).collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        all
    }
}

/// Rows, the reason, and the codes with their rows.
pub type Counted = (u64, &'static str, Vec<(String, u64)>);

impl Tally {
    pub fn join(&mut self, other: Self) {
        self.rows += other.rows;
        self.told += other.told;
        self.facts += other.facts;
        self.rejected.join(other.rejected);
        self.outside.join(other.outside);
    }

    /// Whether every row is accounted for.
    pub fn balanced(&self) -> bool {
        self.rows == self.told + self.rejected.total() + self.outside.total()
    }
}
