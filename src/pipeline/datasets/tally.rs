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
pub struct Reasons(Vec<Reason>);

#[derive(Debug, Clone, Default)]
struct Reason {
    why: &'static str,
    /// Rows without a code, which are the most.
    bare: u64,
    codes: FxHashMap<Box<[u8]>, u64>,
}

impl Reasons {
    pub(super) fn add(&mut self, why: &'static str, code: &[u8]) {
        let reason = self.reason(why);
        match reason.codes.get_mut(code) {
            _ if code.is_empty() => reason.bare += 1,
            Some(count) => *count += 1,
            None => _ = reason.codes.insert(code.into(), 1),
        }
    }

    /// There are a dozen at most, each mostly the same words in the same place.
    fn reason(&mut self, why: &'static str) -> &mut Reason {
        let known = self.0.iter().position(|r| std::ptr::eq(r.why, why));
        let at = known.or_else(|| self.0.iter().position(|r| r.why == why)).unwrap_or_else(|| {
            self.0.push(Reason { why, ..Reason::default() });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    pub(super) fn join(&mut self, other: Self) {
        for Reason { why, bare, codes } in other.0 {
            let mine = self.reason(why);
            mine.bare += bare;
            for (code, count) in codes {
                *mine.codes.entry(code).or_default() += count;
            }
        }
    }

    /// All rows.
    pub fn total(&self) -> u64 {
        self.0.iter().map(Reason::rows).sum()
    }

    /// The reasons, the most frequent first: rows, reason, and the codes with their rows, the most frequent first.
    pub fn by_count(&self) -> Vec<Counted> {
        let mut all: Vec<_> = self.0.iter().map(Reason::counted).collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        all
    }
}

impl Reason {
    fn rows(&self) -> u64 {
        self.bare + self.codes.values().sum::<u64>()
    }

    fn counted(&self) -> Counted {
        let mut named: Vec<_> = self.codes.iter().map(|(c, n)| (String::from_utf8_lossy(c).into_owned(), *n)).collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        (self.rows(), self.why, named)
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
