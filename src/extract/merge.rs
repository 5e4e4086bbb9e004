//! The same act told several times in one article is one fact, with the clearest evidence.

use rustc_hash::FxHashMap;

use super::narrative::said;
use crate::model::{Actor, Claim, EntityKind, Fact, Field, Period, Relation, Status};

/// Merges the facts of one article. Order of the text is kept; the text outranks the title.
pub fn merge(facts: Vec<Fact>) -> Vec<Fact> {
    let mut kept: Vec<Fact> = Vec::new();
    let mut index: FxHashMap<(String, String, String), Vec<usize>> = FxHashMap::default();
    for fact in without_doubles(facts) {
        let slots = index.entry(key(&fact.claim)).or_default();
        match slots.iter().find(|&&i| one_act(&kept[i], &fact)) {
            Some(&i) => join(&mut kept[i], fact),
            None => {
                slots.push(kept.len());
                kept.push(fact);
            }
        }
    }
    without_coarser(without_echoes(without_repeats(kept)))
}

/// Of an act that the text asserts, what it calls possible elsewhere, or a visit, call or departure planned, is the same seen from
/// another side, unless that has a day of its own.
fn without_repeats(facts: Vec<Fact>) -> Vec<Fact> {
    let mut done: FxHashMap<_, Vec<Option<Period>>> = FxHashMap::default();
    for f in facts.iter().filter(|f| f.claim.status == Status::Asserted && f.evidence.field == Field::Text) {
        done.entry(key(&f.claim)).or_default().push(f.claim.date);
    }
    let again = |f: &Fact| {
        let c = &f.claim;
        let weaker = match c.status {
            Status::Possible => true,
            Status::Planned => c.relation.once(),
            _ => false,
        };
        let day = |d: &Option<Period>| match (c.date, d) {
            (Some(x), Some(y)) => within(x, *y) || within(*y, x),
            (own, _) => own.is_none(),
        };
        weaker && done.get(&key(c)).is_some_and(|dates| dates.iter().any(day))
    };
    let drop: Vec<bool> = facts.iter().map(again).collect();
    facts.into_iter().zip(drop).filter(|(_, drop)| !drop).map(|(f, _)| f).collect()
}

/// Where the same words are read as two relations of the same two, the one that outdoes the other stands: "reaffirmed their
/// commitment to supporting Syldavia" is a pledge, "lifted its sanctions on Syldavia" sanctions no one.
fn without_doubles(facts: Vec<Fact>) -> Vec<Fact> {
    let told = |f: &Fact, relation: Relation, [a, b]: [&Actor; 2]| {
        (f.evidence.field, f.evidence.sentence, relation.id(), a.id.clone(), b.id.clone())
    };
    let mut asserted: FxHashMap<_, Vec<(usize, usize)>> = FxHashMap::default();
    for f in facts.iter().filter(|f| f.claim.status == Status::Asserted) {
        let (c, words) = (&f.claim, (f.evidence.start, f.evidence.end));
        asserted.entry(told(f, c.relation, [&c.source, &c.target])).or_default().push(words);
        if c.mutual || c.relation.symmetric() {
            asserted.entry(told(f, c.relation, [&c.target, &c.source])).or_default().push(words);
        }
    }
    let outdone = |f: &Fact, by: Relation| {
        let others = asserted.get(&told(f, by, [&f.claim.source, &f.claim.target]));
        let around = |&(start, end): &(usize, usize)| start <= f.evidence.start && f.evidence.end <= end;
        others.is_some_and(|o| o.iter().any(around))
    };
    let double = |f: &Fact| f.claim.relation.outdone_by().is_some_and(|by| outdone(f, by));
    facts.into_iter().filter(|f| !double(f)).collect()
}

/// Drops a meeting of a pair who are said to have telephoned, without a place, and without a day or with the call's, which its own
/// words do not name: what they "discussed" they did on the telephone.
fn without_echoes(facts: Vec<Fact>) -> Vec<Fact> {
    let pair = |c: &Claim| (key(c).1, key(c).2, c.status);
    let mut calls: FxHashMap<_, Vec<Option<Period>>> = FxHashMap::default();
    for f in facts.iter().filter(|f| f.claim.relation.id() == "call") {
        calls.entry(pair(&f.claim)).or_default().push(f.claim.date);
    }
    let same_day = |f: &Fact, days: &[Option<Period>]| f.evidence.time_text.is_none() && days.contains(&f.claim.date);
    let then = |f: &Fact| calls.get(&pair(&f.claim)).is_some_and(|days| f.claim.date.is_none() || same_day(f, days));
    let echo = |f: &Fact| f.claim.relation.id() == "meet" && f.claim.place.is_none() && then(f);
    facts.into_iter().filter(|f| !echo(f)).collect()
}

/// Drops what another fact of the article tells of the same act more closely: "Iran met Syria" beside "Raisi met Assad", "Iran
/// helps Syria" beside "Iran and Syria help each other". Of words, only those of one sentence are the same act: one praises a
/// man here and his state there.
fn without_coarser(facts: Vec<Fact>) -> Vec<Fact> {
    let mut by_relation: FxHashMap<&str, Vec<&Fact>> = FxHashMap::default();
    for f in &facts {
        by_relation.entry(f.claim.relation.id()).or_default().push(f);
    }
    let place = |f: &Fact| (f.evidence.field, f.evidence.sentence);
    let coarse = |f: &Fact| {
        let others = by_relation[f.claim.relation.id()].iter().take(MOST);
        others.filter(|g| !said(f) || place(g) == place(f) && !beside(g, f)).any(|g| closer(&g.claim, &f.claim))
    };
    let coarse: Vec<bool> = facts.iter().map(coarse).collect();
    facts.into_iter().zip(coarse).filter(|(_, coarse)| !coarse).map(|(f, _)| f).collect()
}

/// "Called on President Firefly and the Freedonian government": two who are named beside each other in one sentence.
fn beside(g: &Fact, f: &Fact) -> bool {
    let (a, b) = (&g.evidence, &f.evidence);
    a.rule == b.rule && a.start == b.start && a.end < b.end && g.claim.source == f.claim.source
}

/// So many facts of one relation are looked at for a closer one: an article has fewer, a list of rows may have more.
const MOST: usize = 200;

fn closer(g: &Claim, f: &Claim) -> bool {
    let straight = side(&g.source, &f.source).zip(side(&g.target, &f.target));
    let crossed =
        side(&g.source, &f.target).zip(side(&g.target, &f.source)).filter(|_| f.relation.symmetric() || g.mutual);
    let returned = g.mutual && !f.mutual && (f.date.is_none() || g.date.is_some());
    straight.or(crossed).is_some_and(|(a, b)| a || b || returned) && same(g, f)
}

/// Whether `g` is the actor `f` (false) or a person of that state or organisation (true); `None` if it is another.
fn side(g: &Actor, f: &Actor) -> Option<bool> {
    let body = matches!(f.kind, EntityKind::State | EntityKind::Igo);
    let part = body && g.kind == EntityKind::Person && g.country.is_some() && g.country == f.country;
    if g == f { Some(false) } else { part.then_some(true) }
}

/// Relation and pair.
pub(super) fn key(c: &Claim) -> (String, String, String) {
    let (mut a, mut b) = (c.source.id.clone(), c.target.id.clone());
    if (c.relation.symmetric() || c.mutual) && b < a {
        std::mem::swap(&mut a, &mut b);
    }
    (c.relation.id().to_owned(), a, b)
}

/// Whether two claims about one pair and relation can be the same act: dates that agree or are missing, the same status.
fn same(a: &Claim, b: &Claim) -> bool {
    let dates = match (a.date, b.date) {
        (Some(x), Some(y)) => within(x, y) || within(y, x),
        _ => true,
    };
    dates && a.status == b.status && a.role == b.role
}

/// Whether two facts about one pair and relation are the same act: one sentence tells of it once, unless it names both days.
fn one_act(a: &Fact, b: &Fact) -> bool {
    let named = a.evidence.time_text.is_some() && b.evidence.time_text.is_some();
    let undated = |f: &Fact| Claim { date: None, ..f.claim.clone() };
    let once = told(a) == told(b) && !named;
    same(&a.claim, &b.claim) || once && same(&undated(a), &undated(b))
}

/// Where a fact is told.
fn told(f: &Fact) -> (Field, (usize, usize)) {
    (f.evidence.field, f.evidence.sentence)
}

fn within(a: Period, b: Period) -> bool {
    b.first() <= a.first() && a.last() <= b.last()
}

/// Keeps the clearer of the two, with the finer date and any place.
fn join(kept: &mut Fact, other: Fact) {
    let better = rank(&other) > rank(kept);
    let first = kept.claim.date;
    let (mut main, rest) = if better { (other, kept.clone()) } else { (kept.clone(), other) };
    let finer = match (main.claim.date, rest.claim.date) {
        (Some(x), Some(y)) if within(y, x) => Some(y),
        (Some(x), Some(y)) if within(x, y) => Some(x),
        (Some(_), Some(_)) => first,
        (x, y) => x.or(y),
    };
    let together = told(&main) == told(&rest);
    main.claim.date = finer;
    main.claim.place = closest(main.claim.place, rest.claim.place, &main.claim.target.name);
    // who says so in the sentence that the fact cites, by either reading of it
    let other = rest.claim.attribution.filter(|_| together);
    main.claim.attribution = main.claim.attribution.or(other);
    main.confidence = main.confidence.max(rest.confidence);
    *kept = main;
}

/// The place of the two; a city where the other only has the country that is the target.
fn closest(a: Option<String>, b: Option<String>, country: &str) -> Option<String> {
    match (a, b) {
        (Some(x), Some(y)) if x == country => Some(y),
        (x, y) => x.or(y),
    }
}

fn rank(f: &Fact) -> (bool, bool, u32) {
    let named = f.claim.source.kind == EntityKind::Person;
    (f.evidence.field == Field::Text, named && f.claim.attribution.is_none(), (f.confidence * 1000.0) as u32)
}
