//! Durable relations, from the events that open and close them and from claims that tell of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::action::Action;
use super::event::{Event, Tie};
use super::home;
use super::item::Item;
use crate::model::{Actor, EntityKind};

/// What tells of a relation, at some time.
struct Sign {
    turn: Turn,
    from: Option<Date>,
    to: Option<Date>,
    event: Option<String>,
    claim: Option<String>,
    confidence: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Starts,
    Holds,
    Ends,
}

/// Class, the two parties, the office: what makes two reports speak of one relation.
type Key = (&'static str, (String, String), Option<String>);

/// All relations that the events and the standing claims tell of.
pub fn ties(events: &[Event], standing: &[&Item<'_>]) -> Vec<Tie> {
    let mut signs: BTreeMap<Key, Vec<Sign>> = BTreeMap::new();
    for event in events.iter().filter(|e| e.standing.holds()) {
        for (key, sign) in signs_of_event(event) {
            signs.entry(key).or_default().push(sign);
        }
    }
    for item in standing.iter().filter(|i| i.vouched()) {
        if let Some((key, sign)) = sign_of_claim(item) {
            signs.entry(key).or_default().push(sign);
        }
    }
    signs.into_iter().flat_map(|(key, signs)| spells(&key, signs)).collect()
}

fn signs_of_event(event: &Event) -> Vec<(Key, Sign)> {
    let Some(action) = Action::of(event.action) else {
        return Vec::new();
    };
    let turns = [(action.opens, Turn::Starts), (action.closes, Turn::Ends)];
    let sign = |turn| Sign {
        turn,
        from: event.bounds.map(|b| b.first()),
        to: event.bounds.map(|b| b.last()).or(event.reported.map(|r| r.0)),
        event: Some(event.id.clone()),
        claim: None,
        confidence: event.confidence,
    };
    let key = |class| Some((class, parties(class, &event.source, &event.target)?, None));
    turns.into_iter().filter_map(|(class, turn)| Some((key(class?)?, sign(turn)))).collect()
}

/// A claim that an office is held, or that somebody is a member: true at its own date, else when it was printed.
fn sign_of_claim(item: &Item<'_>) -> Option<(Key, Sign)> {
    let class = Action::of(item.fact.claim.relation)?.opens?;
    let role = item.fact.claim.role.as_deref().unwrap_or_default();
    let (office, former) = former(role);
    let (from, to) = match item.date() {
        Some(date) => (Some(date.first()), Some(date.last())),
        None => (item.issued, item.issued),
    };
    let turn = if former { Turn::Ends } else { Turn::Holds };
    let from = if former { None } else { from };
    let sign = Sign { turn, from, to, event: None, claim: Some(item.id.clone()), confidence: item.confidence };
    let office = (class == "Tenure").then(|| office.to_lowercase());
    Some(((class, parties(class, item.actors.0, item.actors.1)?, office), sign))
}

/// An office without the word that says that it is over.
fn former(role: &str) -> (&str, bool) {
    let role = role.trim();
    for word in ["former ", "Former ", "ex-", "Ex-", "late ", "then-", "former-"] {
        if let Some(office) = role.strip_prefix(word) {
            return (office.trim(), true);
        }
    }
    (role, false)
}

/// The two sides of a relation: states for what states have, else the actors themselves.
fn parties(class: &str, source: &Actor, target: &Actor) -> Option<(String, String)> {
    let state = |a: &Actor| match a.kind {
        EntityKind::Person | EntityKind::Organ => home::or_self(a),
        _ => a.id.clone(),
    };
    let (a, b) = match class {
        "DiplomaticRelation" | "Alliance" | "War" => {
            let (a, b) = (state(source), state(target));
            if a <= b { (a, b) } else { (b, a) }
        }
        "SanctionsRegime" => (state(source), state(target)),
        "Membership" => (state(source), target.id.clone()),
        _ => (source.id.clone(), target.id.clone()),
    };
    (a != b).then_some((a, b))
}

/// Signs in order of time, folded: a start after an end is a new spell.
fn spells(key: &Key, mut signs: Vec<Sign>) -> Vec<Tie> {
    signs.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut spells: Vec<Tie> = Vec::new();
    for sign in signs {
        let goes_on = spells.last().is_some_and(|t| t.open() || sign.turn == Turn::Ends);
        if !goes_on {
            spells.push(new(key, spells.len()));
        }
        if let Some(tie) = spells.last_mut() {
            note(tie, sign);
        }
    }
    spells
}

/// By the latest day, undated signs last; among equals starts come first.
fn order(sign: &Sign) -> impl Ord + '_ {
    (Reverse(sign.to.map(Reverse)), sign.turn, sign.event.as_deref(), sign.claim.as_deref())
}

fn new((class, parties, office): &Key, earlier: usize) -> Tie {
    let office_part = office.as_ref().map(|o| format!("-{}", slug(o))).unwrap_or_default();
    let spell = if earlier == 0 { String::new() } else { format!("-{}", earlier + 1) };
    let class_part = slug(&spaced(class));
    Tie {
        id: format!("{class_part}-{}-{}{office_part}{spell}", parties.0, parties.1),
        class,
        parties: parties.clone(),
        office: office.clone(),
        begin: (None, None),
        end: (None, None),
        started_by: Vec::new(),
        ended_by: Vec::new(),
        claims: Vec::new(),
        confidence: 0.0,
    }
}

/// Takes a sign in: bounds only narrow, and never turn round.
fn note(tie: &mut Tie, sign: Sign) {
    match sign.turn {
        Turn::Starts => {
            tie.begin.1 = earlier(tie.begin.1, sign.to);
            let sound = sign.from.is_some() && tie.begin.1.is_none_or(|last| sign.from <= Some(last));
            if tie.begin.0.is_none() && sound {
                tie.begin.0 = sign.from;
            }
            // Told again, it goes on: force used anew, relations confirmed.
            if !tie.started_by.is_empty() {
                tie.end.0 = tie.end.0.max(sign.from);
            }
            tie.started_by.extend(sign.event);
        }
        Turn::Holds => {
            tie.begin.1 = earlier(tie.begin.1, sign.to).max(tie.begin.0.filter(|_| sign.to.is_some()));
            tie.end.0 = tie.end.0.max(sign.from);
        }
        Turn::Ends => {
            tie.end.1 = earlier(tie.end.1, sign.to);
            tie.end.0 = tie.end.0.max(sign.from).min(tie.end.1);
            tie.ended_by.extend(sign.event);
        }
    }
    tie.claims.extend(sign.claim);
    tie.confidence = tie.confidence.max(sign.confidence);
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// `DiplomaticRelation` -> `Diplomatic Relation`.
fn spaced(class: &str) -> String {
    let mut out = String::new();
    for c in class.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

fn slug(text: &str) -> String {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-")
}
