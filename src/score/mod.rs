//! How good extraction is: precision and recall of the facts of a system against a gold file.
//!
//! Three views, from loose to strict, each over a one-to-one matching of greatest size: *dyad* (the same two states and
//! the same group of relations), *actor* (the same two actors and the same relation; the headline), *full* (actor, and
//! date, status and role as well). Standing facts are counted apart from events. Does no IO and knows no names of states:
//! the caller passes a look-up.

pub mod agreement;
mod compare;
mod dates;
mod matching;
mod names;
mod ratchet;
mod read;
mod reliability;
mod report;
mod states;
mod tally;

pub use names::{Party, States, norm};
pub use ratchet::Ratchet;
pub use read::{ActorName, GoldArticle, Quote, Stated, System, Texts, read_gold, read_system, read_texts, stated};
pub use reliability::Reliability;
pub use report::Report;
pub use states::state_codes;
pub use tally::{Attributes, Count, Miss, Prf, Score, Shares, Views};

use compare::{Item, exact, overlap, quoted, same_place, same_speaker, without_echoes};
use dates::{When, report_day};
use matching::matching;

/// Scores the facts of a system. Quotes are read again in the `texts` that are given.
pub fn score(gold: &[GoldArticle], system: &System, texts: &Texts, states: States<'_>) -> Score {
    let mut score = Score { quotes_read: !texts.is_empty(), ..Score::default() };
    for standing in [false, true] {
        for article in gold {
            let facts = system.get(&article.id).map(Vec::as_slice).unwrap_or_default();
            let text = texts.get(&article.id).map(String::as_str);
            Page::new(article, facts, text, standing, states).count(&mut score);
        }
    }
    score
}

/// The events, or the standing facts, of one article.
struct Page<'a> {
    article: &'a GoldArticle,
    text: Option<&'a str>,
    standing: bool,
    golds: Vec<Item<'a>>,
    systems: Vec<Item<'a>>,
}

impl<'a> Page<'a> {
    fn new(
        article: &'a GoldArticle,
        facts: &'a [Stated],
        text: Option<&'a str>,
        standing: bool,
        states: States<'_>,
    ) -> Self {
        let items = |facts: &'a [Stated]| {
            let wanted = facts.iter().filter(|f| f.relation.standing() == standing);
            wanted.map(|f| Item::new(f, states)).collect::<Vec<_>>()
        };
        let golds = items(&article.facts);
        let systems = without_echoes(&golds, items(facts));
        let mut page = Self { article, text, standing, golds, systems };
        page.drop_titles();
        page
    }

    /// Gold leaves titles out, so what only a title says is neither right nor wrong.
    fn drop_titles(&mut self) {
        let mut hit = vec![false; self.systems.len()];
        self.pairs(Item::same_actors).iter().for_each(|&(_, j)| hit[j] = true);
        let mut hit = hit.into_iter();
        self.systems.retain(|s| hit.next() == Some(true) || s.fact.evidence.field.as_deref() != Some("title"));
    }

    fn pairs(&self, test: fn(&Item<'a>, &Item<'a>) -> bool) -> Vec<(usize, usize)> {
        let report = report_day(self.article.date.as_deref());
        matching(self.golds.len(), self.systems.len(), |i, j| {
            let (g, s) = (&self.golds[i], &self.systems[j]);
            test(g, s).then(|| g.right(s, report).quality())
        })
    }

    fn count(&self, score: &mut Score) {
        let pairs = self.pairs(Item::same_actors);
        let views = if self.standing { &mut score.standing } else { &mut score.event };
        views.gold += self.golds.len();
        views.system += self.systems.len();
        views.dyad += self.pairs(Item::same_dyad).len();
        views.actor += pairs.len();
        self.golds.iter().for_each(|g| score.relation(g.fact.relation).gold += 1);
        for s in &self.systems {
            score.relation(s.fact.relation).system += 1;
            if let Some(text) = self.text {
                score.attributes.quotes += 1;
                score.attributes.exact += usize::from(exact(&s.fact.evidence, text));
            }
        }
        for &(i, j) in &pairs {
            self.count_pair(&self.golds[i], &self.systems[j], score);
        }
        self.count_misses(&pairs, score);
    }

    fn count_pair(&self, g: &Item<'_>, s: &Item<'_>, score: &mut Score) {
        let right = g.right(s, report_day(self.article.date.as_deref()));
        let views = if self.standing { &mut score.standing } else { &mut score.event };
        views.full += usize::from(right.all());
        score.relation(g.fact.relation).right += 1;
        let (g, s, a) = (g.fact, s.fact, &mut score.attributes);
        a.matched += 1;
        a.date += usize::from(right.date);
        a.status += usize::from(right.status);
        a.role += usize::from(right.role);
        a.place.add(g.place.as_deref(), s.place.as_deref(), same_place);
        a.attribution.add(g.attribution.as_deref(), s.attribution.as_deref(), same_speaker);
        a.overlap += usize::from(overlap(&quoted(&g.evidence, self.text), &quoted(&s.evidence, self.text)));
    }

    fn count_misses(&self, pairs: &[(usize, usize)], score: &mut Score) {
        let miss = |wrong: bool, item: &Item<'_>| {
            Miss::new(wrong, &self.article.id, item.fact, &quoted(&item.fact.evidence, self.text))
        };
        let missed = self.golds.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.0 != *i));
        score.misses.extend(missed.map(|(_, g)| miss(false, g)));
        let wrong = self.systems.iter().enumerate().filter(|(j, _)| pairs.iter().all(|p| p.1 != *j));
        score.misses.extend(wrong.map(|(_, s)| miss(true, s)));
    }
}

/// The facts of one gold article, to tell which of them a fact is.
pub struct Golds<'a>(Vec<Item<'a>>);

impl<'a> Golds<'a> {
    pub fn new(facts: &'a [Stated], states: States<'_>) -> Self {
        Self(facts.iter().map(|f| Item::new(f, states)).collect())
    }

    /// The gold facts of the same two actors and the same relation.
    pub fn same(&self, found: &Stated, states: States<'_>) -> Vec<&'a Stated> {
        let relation = |g: &&Item<'_>| g.fact.relation == found.relation;
        if !self.0.iter().any(|g| relation(&g)) {
            return Vec::new();
        }
        let item = Item::new(found, states);
        self.0.iter().filter(relation).filter(|g| g.same_actors(&item)).map(|g| g.fact).collect()
    }

    /// What those make of the date of `found`, in an article of the day `report`; `None` if there are none.
    pub fn dated(&self, found: &Stated, report: Option<&str>, states: States<'_>) -> Option<Dated> {
        let (report, date) = (report_day(report), When::new(found.date.as_deref()));
        let verdict = |g: &Stated| match When::new(g.date.as_deref()) {
            gold if gold == date => Dated::Same,
            gold if gold.is(date, report) => Dated::Likely,
            _ => Dated::Other,
        };
        self.same(found, states).into_iter().map(verdict).min()
    }
}

/// How the date of a fact is to that of the same gold fact, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    Same,
    /// Gold leaves it open, and it is the day of the report or the day before.
    Likely,
    Other,
}
