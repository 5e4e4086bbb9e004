//! Which claims of one block (same action, actors and class) are one event.
//!
//! Finer claims are placed first; a coarser one joins an event inside its span only if exactly one fits. Two different
//! days never join, nor two occasions that one article tells apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::action::Action;
use super::curation::Curation;
use super::item::Item;
use crate::model::{Period, Precision, Status};

/// A report without a date tells of something at most so many days before it (news is about the last few days).
const NEWS_DAYS: i64 = 3;

/// Acts whose coarse reports join over a year or more happen once: an undated report of one joins whenever it is.
const ONCE_DAYS: i32 = 366;

/// Claims that tell of one happening.
pub struct Group<'a, 'i> {
    pub bounds: Option<Period>,
    pub place: Option<&'i str>,
    pub items: Vec<&'i Item<'a>>,
    documents: BTreeSet<&'a str>,
}

/// Parts a block into events as people have decided, and otherwise as [`groups`] does.
pub fn curated<'a, 'i>(action: &Action, items: &[&'i Item<'a>], curation: &Curation) -> Vec<Group<'a, 'i>> {
    if !curation.parts(items.iter().map(|i| i.id.as_str())) {
        return groups(action, items);
    }
    let (mut rest, mut found) = (items.to_vec(), Vec::new());
    for set in &curation.apart {
        let (own, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|i| set.contains(&i.id));
        rest = others;
        found.extend(Group::of_all(own));
    }
    found.extend(groups(action, &rest));
    for set in &curation.together {
        let (one, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|g| g.items.iter().any(|i| set.contains(&i.id)));
        found = others;
        found.extend(Group::of_all(one.into_iter().flat_map(|g| g.items).collect()));
    }
    found
}

/// In which order claims are placed.
fn order(item: &Item<'_>) -> impl Ord + use<> {
    (rank(item), item.date().map(span_days), item.date(), item.issued, item.id.clone())
}

/// Parts a block into events. The order of `items` does not matter.
pub fn groups<'a, 'i>(action: &Action, items: &[&'i Item<'a>]) -> Vec<Group<'a, 'i>> {
    let mut items = items.to_vec();
    items.sort_by_cached_key(|i| order(i));
    let mut placed = Placed::new(action);
    for item in items {
        match placed.find(item) {
            Some(index) => placed.groups[index].add(item),
            None => placed.push(item),
        }
    }
    placed.groups
}

/// What is asserted stands before it is alleged or denied; what is dated before what is not.
fn rank(item: &Item<'_>) -> (bool, u8) {
    let status = match item.fact.claim.status {
        Status::Asserted | Status::Planned => 0,
        Status::Possible => 1,
        Status::Denied => 2,
    };
    (item.date().is_none(), status)
}

fn span_days(period: Period) -> i32 {
    (period.last() - period.first()).get_days() + 1
}

/// The groups so far, indexed so that a claim meets only those near it in time.
struct Placed<'t, 'a, 'i> {
    action: &'t Action,
    groups: Vec<Group<'a, 'i>>,
    dated: BTreeMap<Period, Vec<usize>>,
    /// The longest span among `dated`, in days.
    longest: i32,
    undated_by_issue: BTreeMap<Date, Vec<usize>>,
    undated_by_document: BTreeMap<&'a str, Vec<usize>>,
}

impl<'t, 'a, 'i> Placed<'t, 'a, 'i> {
    fn new(action: &'t Action) -> Self {
        Self {
            action,
            groups: Vec::new(),
            dated: BTreeMap::new(),
            longest: 0,
            undated_by_issue: BTreeMap::new(),
            undated_by_document: BTreeMap::new(),
        }
    }

    fn push(&mut self, item: &'i Item<'a>) {
        let index = self.groups.len();
        match (item.date(), item.issued) {
            (Some(period), _) => {
                self.longest = self.longest.max(span_days(period));
                self.dated.entry(period).or_default().push(index);
            }
            (None, Some(issued)) => self.undated_by_issue.entry(issued).or_default().push(index),
            (None, None) => self.undated_by_document.entry(item.document()).or_default().push(index),
        }
        self.groups.push(Group::of(item));
    }

    fn find(&self, item: &Item<'a>) -> Option<usize> {
        match item.date() {
            Some(period) => self.find_dated(item, period),
            None => self.find_undated(item),
        }
    }

    /// The event of just that time, or the only one inside a span that is short enough for the action.
    fn find_dated(&self, item: &Item<'a>, period: Period) -> Option<usize> {
        let same = self.dated.get(&period).into_iter().flatten().copied().find(|i| self.groups[*i].agrees(item));
        if same.is_some() || period.precision() == Precision::Day || span_days(period) > self.action.merge_days {
            return same;
        }
        self.only(self.overlapping(period), item).filter(|i| !self.groups[*i].documents.contains(item.document()))
    }

    /// An act that happens once is that one; of a repeated act, the only one of the days before the report, or else
    /// another undated report of those days.
    fn find_undated(&self, item: &Item<'a>) -> Option<usize> {
        let told_apart =
            |i: usize| self.groups[i].bounds.is_some() && self.groups[i].documents.contains(item.document());
        if self.action.merge_days >= ONCE_DAYS {
            return self.only(0..self.groups.len(), item).filter(|i| !told_apart(*i));
        }
        let Some(news) = item.issued.and_then(days_before) else {
            let here = self.undated_by_document.get(item.document());
            return here.into_iter().flatten().copied().find(|i| self.groups[*i].agrees(item));
        };
        let dated = self.overlapping(news).filter(|i| self.groups[*i].bounds.is_some_and(short));
        self.only(dated, item).filter(|i| !told_apart(*i)).or_else(|| {
            let near = self.undated_by_issue.range(news.first()..=news.last()).rev();
            near.flat_map(|(_, groups)| groups).copied().find(|i| self.groups[*i].agrees(item))
        })
    }

    fn overlapping(&self, period: Period) -> impl Iterator<Item = usize> + '_ {
        let from = period.first().checked_sub(self.longest.days()).unwrap_or(Date::MIN);
        let near = self.dated.range(Period::day(from)..).take_while(move |(p, _)| p.first() <= period.last());
        near.filter(move |(p, _)| p.overlaps(period)).flat_map(|(_, groups)| groups).copied()
    }

    /// The one among the candidates that the claim agrees with; none if there are two.
    fn only(&self, candidates: impl Iterator<Item = usize>, item: &Item<'a>) -> Option<usize> {
        let mut found = candidates.filter(|i| self.groups[*i].agrees(item));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

fn short(period: Period) -> bool {
    matches!(period.precision(), Precision::Day) || span_days(period) <= 31
}

fn days_before(day: Date) -> Option<Period> {
    Period::new(day.checked_sub(NEWS_DAYS.days()).ok()?, day)
}

impl<'a, 'i> Group<'a, 'i> {
    fn of(item: &'i Item<'a>) -> Self {
        let mut group = Self { bounds: item.date(), place: None, items: Vec::new(), documents: BTreeSet::new() };
        group.add(item);
        group
    }

    /// One group of them all; none of none.
    fn of_all(mut items: Vec<&'i Item<'a>>) -> Option<Self> {
        items.sort_by_cached_key(|i| order(i));
        let mut items = items.into_iter();
        let mut group = Self::of(items.next()?);
        items.for_each(|i| group.add(i));
        Some(group)
    }

    fn add(&mut self, item: &'i Item<'a>) {
        self.place = self.place.or(item.place.as_deref());
        self.documents.insert(item.document());
        self.items.push(item);
    }

    /// Whether places are compatible, and a denial is answered by somebody else than it comes from.
    fn agrees(&self, item: &Item<'a>) -> bool {
        let places = match (self.place, item.place.as_deref()) {
            (Some(a), Some(b)) => a == b || a.contains(b) || b.contains(a),
            _ => true,
        };
        let denials_only = self.items.iter().all(|i| i.denied());
        places
            && (!item.denied() || denials_only || self.items.iter().any(|i| !i.denied() && i.voice() != item.voice()))
    }
}
