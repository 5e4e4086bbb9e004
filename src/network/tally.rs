use jiff::civil::Date;

use super::{Edge, Event, Step, Yearly};
use crate::model::Relation;

/// The running totals of one dyad.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub events: u32,
    pub span: Dates,
    scores: Scores,
    score_min: f64,
    /// In order of time.
    years: Vec<(i16, (u32, Scores))>,
    quad_classes: [u32; 4],
    /// Cooperation and conflict, by confidence.
    sides: [f64; 2],
    relations: Vec<(Relation, u32)>,
    sources: u32,
    confidence_sum: f64,
}

/// Goldstein scores, to take their mean.
#[derive(Debug, Default, Clone, Copy)]
struct Scores {
    count: u32,
    sum: f64,
}

impl Scores {
    fn add(&mut self, score: Option<f64>) {
        if let Some(score) = score {
            self.count += 1;
            self.sum += score;
        }
    }

    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| rounded(self.sum / f64::from(self.count)))
    }
}

/// The earliest and the latest day seen.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Dates {
    pub first: Option<Date>,
    pub last: Option<Date>,
}

impl Dates {
    pub fn add(&mut self, event: &Event) {
        let Some(period) = event.period else { return };
        self.first = Some(self.first.map_or(period.first(), |d| d.min(period.first())));
        self.last = Some(self.last.map_or(period.last(), |d| d.max(period.last())));
    }
}

impl Tally {
    pub fn add(&mut self, event: &Event) {
        self.events += 1;
        self.span.add(event);
        self.add_score(event.relation);
        if let Some(year) = event.period.and_then(|p| Step::Year.slice(p)) {
            let (events, scores) = slot(&mut self.years, year.first().year());
            *events += 1;
            scores.add(event.relation.goldstein());
        }
        *slot(&mut self.relations, event.relation) += 1;
        self.sources = self.sources.max(event.source_count);
        self.confidence_sum += event.confidence;
        if let Some(class) = event.relation.quad_class() {
            self.sides[usize::from(class > 2)] += event.confidence;
        }
    }

    fn add_score(&mut self, relation: Relation) {
        if let Some(score) = relation.goldstein() {
            self.score_min = if self.scores.count == 0 { score } else { self.score_min.min(score) };
            self.scores.add(Some(score));
        }
        if let Some(class @ 1..=4) = relation.quad_class() {
            self.quad_classes[usize::from(class) - 1] += 1;
        }
    }

    /// The edge of these totals, which are of at least one event.
    pub fn edge(self, source: usize, target: usize, kind: Option<String>) -> Edge {
        let mean = self.scores.mean();
        let yearly = |(year, (events, scores)): &(i16, (u32, Scores))| Yearly {
            year: *year,
            events: *events,
            goldstein_mean: scores.mean(),
        };
        Edge {
            source,
            target,
            kind,
            weight: f64::from(self.events),
            events: self.events,
            goldstein_mean: mean,
            goldstein_min: mean.map(|_| self.score_min),
            sign: mean.map_or(0, |m| if m == 0.0 { 0 } else { m.signum() as i8 }),
            quad_classes: self.quad_classes,
            first_date: self.span.first,
            last_date: self.span.last,
            top_relation: self.top_relation(),
            sources: self.sources,
            confidence_mean: rounded(self.confidence_sum / f64::from(self.events.max(1))),
            cooperation: rounded(self.sides[0]),
            conflict: rounded(self.sides[1]),
            years: self.years.iter().map(yearly).collect(),
        }
    }

    fn top_relation(&self) -> String {
        let most = self.relations.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        most.map(|(relation, _)| relation.id().to_owned()).unwrap_or_default()
    }
}

/// The value of a key in a short list that is kept in order.
fn slot<K: Ord + Copy, V: Default>(list: &mut Vec<(K, V)>, key: K) -> &mut V {
    let at = list.binary_search_by_key(&key, |(k, _)| *k).unwrap_or_else(|at| {
        list.insert(at, (key, V::default()));
        at
    });
    &mut list[at].1
}

/// To six decimals: finer differences are the order of summation, which must not show.
pub fn rounded(x: f64) -> f64 {
    let r = (x * 1e6).round() / 1e6;
    if r == 0.0 { 0.0 } else { r }
}
