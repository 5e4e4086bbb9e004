//! The network: actors as boxes in the colour and with the number of their bloc, ties blue and solid or vermilion and
//! dashed, wider for more events.

use super::layout::{Point, places};
use super::page::{Anchor, Page, width};
use super::{BLOCS, BLUE, GREY, INK, VERMILION};
use crate::network::Links;
use crate::network::signed::Signed;

const PAGE: Point = (1500.0, 1050.0);
const MARGIN: f64 = 24.0;
/// Room for the legend.
const FOOT: f64 = 46.0;

/// Draws the signed network and its blocs (for each node a number from 0). Signs less probable than `certainty` are grey.
pub fn network(signed: &Signed, blocs: &[usize], certainty: f64) -> String {
    let nodes = &signed.network.nodes;
    let font: Vec<f64> = nodes.iter().map(|n| 11.0 + 2.2 * f64::from(n.events).ln_1p()).collect();
    let names: Vec<Vec<String>> = nodes.iter().map(|n| folded(&n.label)).collect();
    let size = |(lines, font): (&Vec<String>, &f64)| {
        let widest = lines.iter().map(|l| width(l)).fold(0.0, f64::max);
        (widest * font + 16.0, lines.len() as f64 * font * 1.2 + 10.0)
    };
    let sizes: Vec<Point> = names.iter().zip(&font).map(size).collect();
    let at = places(&Links::of(&signed.network).both, &sizes, (PAGE.0, PAGE.1 - FOOT), MARGIN);
    let mut page = Page::new(PAGE.0, PAGE.1);
    for (dyad, edge) in signed.dyads.iter().zip(&signed.network.edges) {
        let (color, dash) = look(dyad.sign.value(certainty));
        let [a, b] = [dyad.a, dyad.b].map(|i| &nodes[i].label);
        let chance = dyad.sign.friendly;
        page.open(&format!("{a} – {b}: {} events, friendly with probability {chance:.2}", edge.events));
        page.line(at[dyad.a], at[dyad.b], color, 1.0 + 1.3 * f64::from(edge.events).log2(), dash);
        page.close();
    }
    for (i, node) in nodes.iter().enumerate() {
        let color = BLOCS[blocs[i] % BLOCS.len()];
        let corner = (at[i].0 - sizes[i].0 / 2.0, at[i].1 - sizes[i].1 / 2.0);
        page.open(&format!("{}: {} events, bloc {}", node.label, node.events, blocs[i] + 1));
        page.rect(corner, sizes[i], "#ffffff", color, 2.5, 5.0);
        for (row, line) in names[i].iter().enumerate() {
            let y = corner.1 + 5.0 + font[i] * (0.92 + 1.2 * row as f64);
            page.text((at[i].0, y), font[i], Anchor::Middle, line);
        }
        page.circle(corner, 7.5, "#ffffff", color);
        page.text((corner.0, corner.1 + 3.4), 9.5, Anchor::Middle, &(blocs[i] + 1).to_string());
        page.close();
    }
    legend(&mut page);
    page.finish()
}

/// Colour and dash of a sign.
pub(super) fn look(sign: i8) -> (&'static str, &'static str) {
    match sign {
        1 => (BLUE, ""),
        -1 => (VERMILION, "7 4"),
        _ => (GREY, "2 3"),
    }
}

fn legend(page: &mut Page) {
    let y = PAGE.1 - 18.0;
    let mut x = MARGIN;
    for (sign, word) in [(1, "friendly"), (-1, "hostile"), (0, "unclear")] {
        let (color, dash) = look(sign);
        page.line((x, y - 5.0), (x + 44.0, y - 5.0), color, 3.0, dash);
        page.text((x + 52.0, y), 15.0, Anchor::Start, word);
        x += 52.0 + width(word) * 15.0 + 28.0;
    }
    page.circle((x + 8.0, y - 5.0), 7.5, "#ffffff", INK);
    page.text((x + 22.0, y), 15.0, Anchor::Start, "number and colour of the box: bloc; width of a line: events");
}

/// A long name on two lines.
fn folded(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if name.chars().count() < 15 || words.len() < 2 {
        return vec![words.join(" ")];
    }
    let longest = |cut: usize| words[..cut].join(" ").len().max(words[cut..].join(" ").len());
    let cut = (1..words.len()).min_by_key(|cut| longest(*cut)).unwrap_or(1);
    vec![words[..cut].join(" "), words[cut..].join(" ")]
}
