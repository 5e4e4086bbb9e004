//! The figures of a score as a person reads them, as JSON, and as named measures.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::tally::{Count, Prf, Score, Views};

/// What a run of `score` shows; every ratio with three decimals.
#[derive(Serialize)]
pub struct Report {
    event: ViewsReport,
    standing: ViewsReport,
    #[serde(rename = "attributes on matched", serialize_with = "in_order")]
    attributes: Vec<(&'static str, f64)>,
    #[serde(rename = "by relation", skip_serializing_if = "Option::is_none", serialize_with = "by_name")]
    relations: Option<Vec<(&'static str, Count)>>,
}

#[derive(Serialize)]
struct ViewsReport {
    gold: usize,
    system: usize,
    /// Precision, recall, F1.
    dyad: [f64; 3],
    actor: [f64; 3],
    full: [f64; 3],
}

impl Score {
    /// The figures; one line a relation as well if `by_relation`, the most frequent in gold first.
    pub fn report(&self, by_relation: bool) -> Report {
        let relations = || {
            let mut rows: Vec<_> = self.relations.iter().map(|(r, count)| (r.id(), *count)).collect();
            rows.sort_by_key(|(_, count)| Reverse(count.gold));
            rows
        };
        Report {
            event: ViewsReport::new(&self.event),
            standing: ViewsReport::new(&self.standing),
            attributes: self.named_shares().into_iter().map(|(name, share)| (name, round(share))).collect(),
            relations: by_relation.then(relations),
        }
    }

    /// Every figure by name, such as `event actor F1` or `status`, not rounded.
    pub fn measures(&self) -> Vec<(String, f64)> {
        let mut out = Vec::new();
        for (kind, views) in [("event", &self.event), ("standing", &self.standing)] {
            for (view, count) in views.named() {
                let Prf { precision, recall, f1 } = count.prf();
                out.extend(
                    [("P", precision), ("R", recall), ("F1", f1)].map(|(m, v)| (format!("{kind} {view} {m}"), v)),
                );
            }
        }
        out.extend(self.named_shares().into_iter().map(|(name, share)| (name.to_owned(), share)));
        out
    }

    fn named_shares(&self) -> Vec<(&'static str, f64)> {
        let s = self.attributes.shares();
        let mut out = vec![
            ("date", s.date),
            ("status", s.status),
            ("role", s.role),
            ("place F1", s.place_f1),
            ("attribution F1", s.attribution_f1),
        ];
        if self.quotes_read {
            out.extend([("quote exact", s.quote_exact), ("quote overlap", s.quote_overlap)]);
        }
        out
    }
}

impl ViewsReport {
    fn new(views: &Views) -> Self {
        let [dyad, actor, full] = views.named().map(|(_, count)| figures(count));
        Self { gold: views.gold, system: views.system, dyad, actor, full }
    }
}

fn figures(count: Count) -> [f64; 3] {
    let Prf { precision, recall, f1 } = count.prf();
    [precision, recall, f1].map(round)
}

/// To three decimals, ties to even: formatting rounds the exact value, which multiplying by a thousand would not.
fn round(x: f64) -> f64 {
    format!("{x:.3}").parse().unwrap_or(x)
}

fn in_order<S: Serializer>(pairs: &[(&'static str, f64)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().copied())
}

fn by_name<S: Serializer>(rows: &Option<Vec<(&'static str, Count)>>, to: S) -> Result<S::Ok, S::Error> {
    let rows = rows.iter().flatten();
    to.collect_map(rows.map(|(r, c)| (r, BTreeMap::from([("gold", c.gold), ("system", c.system), ("right", c.right)]))))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<22} {:>5} {:>6}   {:>5} {:>5} {:>5}", "", "gold", "system", "P", "R", "F1")?;
        for (kind, views) in [("event", &self.event), ("standing", &self.standing)] {
            for (view, figures) in [("dyad", views.dyad), ("actor", views.actor), ("full", views.full)] {
                line(f, &format!("{kind:<9} {view}"), (views.gold, views.system), figures)?;
            }
        }
        let shares: Vec<_> = self.attributes.iter().map(|(name, share)| format!("{name} {share:.3}")).collect();
        writeln!(f, "right in matched facts: {}", shares.join(", "))?;
        let rows = self.relations.iter().flatten();
        rows.into_iter().try_for_each(|(name, c)| line(f, name, (c.gold, c.system), figures(*c)))
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, (gold, system): (usize, usize), [p, r, f1]: [f64; 3]) -> fmt::Result {
    writeln!(f, "{name:<22} {gold:>5} {system:>6}   {p:.3} {r:.3} {f1:.3}")
}
