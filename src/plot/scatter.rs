//! Counts of two sources against each other, each dyad and time a dot; dots that fall together grow.

use std::collections::BTreeMap;

use super::page::{Anchor, Page};
use super::{BLUE, GREY, INK};

const SIZE: f64 = 640.0;
const LEFT: f64 = 70.0;
const BOTTOM: f64 = 60.0;
const TOP: f64 = 50.0;
const RIGHT: f64 = 30.0;

/// Draws counts on axes that grow by powers of two, so that zeros have a place; on the line both say the same.
pub fn scatter(title: &str, names: [&str; 2], points: &[(u32, u32)]) -> String {
    let mut page = Page::new(SIZE, SIZE);
    page.text((LEFT, 28.0), 18.0, Anchor::Start, title);
    let most = points.iter().map(|(a, b)| *a.max(b)).max().unwrap_or(0);
    let scale = |n: u32| f64::from(n + 1).log2() / f64::from(most + 1).log2().max(1.0);
    let x = |n: u32| LEFT + scale(n) * (SIZE - LEFT - RIGHT);
    let y = |n: u32| SIZE - BOTTOM - scale(n) * (SIZE - TOP - BOTTOM);
    let marks = std::iter::once(0).chain((0..).map(|i| 1u32 << i).take_while(|n| *n <= most.max(1)));
    for mark in marks {
        page.line((LEFT, y(mark)), (SIZE - RIGHT, y(mark)), "#e4e4e4", 1.0, "");
        page.line((x(mark), TOP), (x(mark), SIZE - BOTTOM), "#e4e4e4", 1.0, "");
        page.text((LEFT - 8.0, y(mark) + 4.0), 12.0, Anchor::End, &mark.to_string());
        page.text((x(mark), SIZE - BOTTOM + 18.0), 12.0, Anchor::Middle, &mark.to_string());
    }
    page.line((x(0), y(0)), (x(most), y(most)), GREY, 1.2, "5 4");
    let mut dots: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    points.iter().for_each(|p| *dots.entry(*p).or_default() += 1);
    for ((a, b), n) in dots {
        page.open(&format!("{} {a}, {} {b}: {n}", names[0], names[1]));
        page.circle((x(a), y(b)), 2.5 + f64::from(n).ln() * 1.5, BLUE, INK);
        page.close();
    }
    page.text(((LEFT + SIZE - RIGHT) / 2.0, SIZE - 18.0), 14.0, Anchor::Middle, &format!("events of {}", names[0]));
    let middle = (TOP + SIZE - BOTTOM) / 2.0;
    page.turned_text((20.0, middle), 14.0, Anchor::Middle, -90.0, &format!("events of {}", names[1]));
    page.finish()
}
