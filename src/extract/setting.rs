//! When and where: the expression of time or place that belongs to a trigger's clause.

use crate::model::{Graph, Period, Upos};

/// Farther apart in the tree than this, a time says nothing of the deed.
const NEAR: usize = 6;

/// A time or place with the token that it hangs by.
pub struct Anchor<T> {
    pub token: usize,
    pub tokens: std::ops::Range<usize>,
    pub value: T,
}

/// The time nearest the trigger in the tree that stands in its clause or in one around it.
pub fn time<'t>(graph: &Graph<'_>, trigger: usize, times: &'t [Anchor<Period>]) -> Option<&'t Anchor<Period>> {
    let noun = graph.token(trigger).upos != Upos::Verb;
    nearest(graph, trigger, times, |a| match background(graph, trigger, a.token).as_deref() {
        None => 2 * usize::from(noun),
        // "met after a visit on Sunday": the same day, if no other is named
        Some("after") if a.value.first() == a.value.last() && journey(graph, trigger, a.token) => 2,
        Some(_) => NEAR + 1,
    })
}

/// The preposition that shows that the time only bounds or dates something else: "since the war began in 2011".
fn background(graph: &Graph<'_>, trigger: usize, token: usize) -> Option<String> {
    let chain = graph.up(token).take_while(|&t| !graph.within(trigger, t));
    chain
        .filter_map(|t| graph.case(t))
        .find(|c| matches!(c.as_str(), "since" | "before" | "after" | "until" | "despite"))
}

/// Whether the time is that of a visit or of other talks around the deed.
fn journey(graph: &Graph<'_>, trigger: usize, token: usize) -> bool {
    let mut chain = graph.up(token).take_while(|&t| !graph.within(trigger, t));
    chain.any(|t| matches!(graph.lemma(t), "visit" | "trip" | "arrival" | "meeting" | "talk"))
}

/// The place nearest the trigger, if a preposition of place leads to it.
pub fn place<'t>(graph: &Graph<'_>, trigger: usize, places: &'t [Anchor<String>]) -> Option<&'t Anchor<String>> {
    nearest(graph, trigger, places, |a| {
        let located = matches!(graph.case(a.token).as_deref(), Some("in" | "at" | "near" | "outside" | "on"));
        if located { 0 } else { NEAR + 1 }
    })
}

fn nearest<'t, T>(
    graph: &Graph<'_>,
    trigger: usize,
    anchors: &'t [Anchor<T>],
    extra: impl Fn(&Anchor<T>) -> usize,
) -> Option<&'t Anchor<T>> {
    let scored = anchors.iter().filter_map(|a| Some((distance(graph, trigger, a.token)? + extra(a), a)));
    scored.filter(|(d, _)| *d <= NEAR).min_by_key(|(d, a)| (*d, a.tokens.start.abs_diff(trigger))).map(|(_, a)| a)
}

/// Steps through the tree from the trigger to the token; `None` if the token stands in another clause below.
fn distance(graph: &Graph<'_>, trigger: usize, token: usize) -> Option<usize> {
    let chain: Vec<usize> = graph.up(trigger).collect();
    let mut crossed = false;
    for (down, t) in graph.up(token).enumerate() {
        if let Some(up) = chain.iter().position(|&c| c == t) {
            return (!crossed).then_some(up + down);
        }
        crossed |= graph.predicate(t) && t != token;
    }
    None
}
