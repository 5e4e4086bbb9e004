use std::fmt;
use std::str::FromStr;

use super::{Actor, Field, Period, Relation};

/// How certain the text is of what it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It happened, or holds.
    Asserted,
    /// It is announced or intended.
    Planned,
    /// It might be, or is alleged without the writer's backing.
    Possible,
    /// It did not happen, or was ruled out.
    Denied,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Possible => "possible",
            Self::Denied => "denied",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        [Self::Asserted, Self::Planned, Self::Possible, Self::Denied]
            .into_iter()
            .find(|x| x.as_str() == s)
            .ok_or_else(|| format!("'{s}' is no status: give asserted, planned, possible or denied"))
    }
}

/// What one sentence or row says: the identity of a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    pub relation: Relation,
    pub source: Actor,
    pub target: Actor,
    /// When it happened or is to happen; `None` if the text does not say.
    pub date: Option<Period>,
    /// City or country, as the text names it.
    pub place: Option<String>,
    pub status: Status,
    /// Who says so, where the writer does not vouch for it himself.
    pub attribution: Option<Actor>,
    /// The office, for `holds_office` only.
    pub role: Option<String>,
    /// A promise that both sides give: the direction means nothing.
    pub mutual: bool,
}

/// Where a claim was read, so that anyone can read it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// The article's id (or the file of hand-coded facts).
    pub article: String,
    pub field: Field,
    /// Code points of the field's text: `text[start..end]` is the quote.
    pub start: usize,
    pub end: usize,
    /// The words; from a graph without text [`Evidence::HASHED`] and their SHA-256.
    pub quote: String,
    /// The sentence around the quote, in code points.
    pub sentence: (usize, usize),
    /// What read it: `rules`, `hand`, or the data set of the row: `machine/gdelt2`, `data/atop`.
    pub extractor: String,
    /// The rule that fired, such as `meet/with`, or the citation of a hand-coded fact.
    pub rule: String,
    /// The words of the two mentions and of the time expression, as they stand in the text.
    pub source_text: String,
    pub target_text: String,
    pub time_text: Option<String>,
}

impl Evidence {
    /// The extractor of facts that a person coded.
    pub const HAND: &str = "hand";

    /// What the hash of a quote is marked by where its words are not kept.
    pub const HASHED: &str = "sha256:";

    /// Whether a program coded it from the news for a data set (`machine/gdelt2`): no voice of its own beside the news.
    pub fn by_machine(&self) -> bool {
        self.extractor.starts_with("machine/")
    }
}

/// A claim with its evidence: the one type that every input ends in and the graph is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub claim: Claim,
    pub evidence: Evidence,
    /// How likely a careful reader would agree, 0 to 1.
    pub confidence: f64,
}

impl Fact {
    /// An id that is the same wherever the same text says the same: sixteen hexadecimal digits, made of everything that
    /// is said, of where it stands and of what read it. Of ten million facts the odds that two share one are 1 to 370,000.
    pub fn id(&self) -> String {
        use sha2::{Digest, Sha256};
        let (c, e) = (&self.claim, &self.evidence);
        let date = c.date.map(|d| d.to_string()).unwrap_or_default();
        let parts = [
            e.article.as_str(),
            c.relation.id(),
            &c.source.id,
            &c.target.id,
            &date,
            c.place.as_deref().unwrap_or_default(),
            c.status.as_str(),
            c.attribution.as_ref().map(|a| a.id.as_str()).unwrap_or_default(),
            c.role.as_deref().unwrap_or_default(),
            if c.mutual { "mutual" } else { "" },
            if e.field == Field::Title { "title" } else { "text" },
            &e.extractor,
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(format!("{}-{}", e.start, e.end).as_bytes());
        hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
    }
}
