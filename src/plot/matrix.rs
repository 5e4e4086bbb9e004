//! Who stands how to whom: actors in order of their blocs, a cell for each pair; hostile cells have a stroke, so that they can
//! be told without colour.

use super::page::{Anchor, Page, width};
use super::{BLUE, GREY, INK, VERMILION};
use crate::network::signed::Signed;

const CELL: f64 = 17.0;
const FONT: f64 = 12.0;

/// Draws the signs of all pairs; `blocs` has for each node a number from 0.
pub fn matrix(signed: &Signed, blocs: &[usize], certainty: f64) -> String {
    let nodes = &signed.network.nodes;
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|i| (blocs[*i], std::cmp::Reverse(nodes[*i].events), *i));
    let mut place = vec![0; nodes.len()];
    order.iter().enumerate().for_each(|(at, i)| place[*i] = at);
    let side = nodes.iter().map(|n| width(&n.label)).fold(0.0, f64::max) * FONT + 16.0;
    let length = nodes.len() as f64 * CELL;
    let mut page = Page::new((side + length + 20.0).max(560.0), side + length + 44.0);
    let corner = |row: usize, column: usize| (side + column as f64 * CELL, side + row as f64 * CELL);
    for (at, i) in order.iter().enumerate() {
        let (x, y) = corner(at, at);
        page.text((side - 8.0, y + CELL * 0.72), FONT, Anchor::End, &nodes[*i].label);
        page.turned_text((x + CELL * 0.72, side - 8.0), FONT, Anchor::Start, -90.0, &nodes[*i].label);
        page.rect((x, y), (CELL, CELL), "#eeeeee", "none", 0.0, 0.0);
    }
    for dyad in &signed.dyads {
        let [a, b] = [place[dyad.a], place[dyad.b]];
        let sign = dyad.sign.value(certainty);
        let [one, other] = [dyad.a, dyad.b].map(|i| &nodes[i].label);
        page.open(&format!("{one} – {other}: friendly with probability {:.2}", dyad.sign.friendly));
        cell(&mut page, corner(a, b), sign);
        cell(&mut page, corner(b, a), sign);
        page.close();
    }
    for at in 0..=nodes.len() {
        let ends = at == 0 || at == nodes.len() || blocs[order[at]] != blocs[order[at - 1]];
        let (color, wide) = if ends { (INK, 1.4) } else { ("#dddddd", 0.5) };
        let (x, y) = corner(at, at);
        page.line((x, side), (x, side + length), color, wide, "");
        page.line((side, y), (side + length, y), color, wide, "");
    }
    legend(&mut page, side + length + 28.0);
    page.finish()
}

fn cell(page: &mut Page, (x, y): (f64, f64), sign: i8) {
    let color = match sign {
        1 => BLUE,
        -1 => VERMILION,
        _ => "#d8d8d8",
    };
    page.rect((x, y), (CELL, CELL), color, "none", 0.0, 0.0);
    if sign < 0 {
        page.line((x + 3.0, y + 3.0), (x + CELL - 3.0, y + CELL - 3.0), "#ffffff", 2.0, "");
    }
    if sign == 0 {
        page.circle((x + CELL / 2.0, y + CELL / 2.0), 1.5, GREY, "none");
    }
}

fn legend(page: &mut Page, y: f64) {
    let mut x = 8.0;
    for (sign, word) in [(1, "friendly"), (-1, "hostile"), (0, "unclear")] {
        cell(page, (x, y - 13.0), sign);
        page.text((x + CELL + 6.0, y), FONT, Anchor::Start, word);
        x += CELL + 6.0 + width(word) * FONT + 18.0;
    }
    page.text((x, y), FONT, Anchor::Start, "black lines: blocs");
}
