use super::html::Page;
use crate::lookup::Timeline;
use crate::network::common::Third;
use crate::network::series::{Series, changes};
use crate::network::signed::{CERTAINTY, Sign};
use crate::plot;

/// What a report on two actors tells.
pub struct Dyad<'a> {
    pub timeline: &'a Timeline,
    pub series: &'a Series,
    /// `None` if no event that the graph vouches for joins them.
    pub sign: Option<Sign>,
    /// Who has to do with both.
    pub common: &'a [Third],
    /// Who stands between them.
    pub mediators: &'a [Third],
}

/// The page on two actors.
pub fn dyad(of: &Dyad) -> String {
    let Timeline { a, b, events } = of.timeline;
    let title = format!("{} and {}", a.name, b.name);
    let span = |day: Option<&String>| day.cloned().unwrap_or_default();
    let first = span(events.iter().filter_map(|e| e.earliest.as_ref()).min());
    let last = span(events.iter().filter_map(|e| e.latest.as_ref()).max());
    let mut page = Page::new(&title, &format!("{} events from {first} to {last}", events.len()));
    if let Some(sign) = of.sign {
        page.paragraph(&stance(sign));
    }
    if !of.series.points.is_empty() {
        page.heading("Through time");
        page.picture(&plot::timeline(&title, of.series, &changes(&of.series.points)));
        if of.series.unplaced > 0 {
            page.paragraph(&format!("Not in the picture, since undated or too vaguely dated: {}.", of.series.unplaced));
        }
    }
    page.heading("What happened");
    page.events(events);
    for (heading, thirds) in [("Who stands between", of.mediators), ("Common partners", of.common)] {
        if !thirds.is_empty() {
            page.heading(heading);
            let heads = [&a.name, &b.name].map(|n| format!("with {n}"));
            page.table(&["actor", &heads[0], &heads[1], "mediates"], &thirds.iter().map(third).collect::<Vec<_>>());
        }
    }
    page.finish()
}

fn stance(sign: Sign) -> String {
    let (low, high) = sign.interval(0.9);
    let (leaning, chance) = sign.leaning();
    let word = sign.word(CERTAINTY);
    format!(
        "On the whole {word}: {leaning} with probability {chance:.2}; the share of cooperation lies between {low:.2} and {high:.2} \
         (90 % interval)."
    )
}

fn third(t: &Third) -> Vec<String> {
    let with = |i: usize| format!("{} events, {}", t.events[i], t.signs[i].word(CERTAINTY));
    let mediations = t.mediations[0] + t.mediations[1];
    let mediates = if mediations == 0 { String::new() } else { format!("{mediations} times") };
    vec![t.name.clone(), with(0), with(1), mediates]
}
