//! A dyad through time: cooperation as bars above the line, conflict below it; a dashed line where another phase begins.

use super::page::{Anchor, Page};
use super::{BLUE, GREY, INK, VERMILION};
use crate::network::series::{Point, Series};

const SIZE: (f64, f64) = (1100.0, 420.0);
const LEFT: f64 = 64.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 48.0;

/// Draws the series; `changes` are the indices of the points at which a phase begins.
pub fn timeline(title: &str, series: &Series, changes: &[usize]) -> String {
    let mut page = Page::new(SIZE.0, SIZE.1);
    page.text((LEFT, 28.0), 18.0, Anchor::Start, title);
    let points = &series.points;
    let most = |of: fn(&Point) -> u32| points.iter().map(of).max().unwrap_or(0);
    let (up, down) = (most(|p| p.cooperation), most(|p| p.conflict));
    let unit = (SIZE.1 - TOP - BOTTOM) / f64::from((up + down).max(1));
    let zero = TOP + f64::from(up) * unit;
    let step = (SIZE.0 - LEFT - RIGHT) / points.len().max(1) as f64;
    let x = |i: usize| LEFT + i as f64 * step;
    scale(&mut page, up, down, zero, unit);
    for (i, p) in points.iter().enumerate().filter(|(_, p)| p.events() > 0) {
        page.open(&format!("{}: cooperation {}, conflict {}", p.slice, p.cooperation, p.conflict));
        let bar = (step * 0.8).max(1.0);
        for (count, color, top) in
            [(p.cooperation, BLUE, zero - f64::from(p.cooperation) * unit), (p.conflict, VERMILION, zero)]
        {
            if count > 0 {
                page.rect((x(i) + step * 0.1, top), (bar, f64::from(count) * unit), color, "none", 0.0, 0.0);
            }
        }
        page.close();
    }
    page.line((LEFT, zero), (SIZE.0 - RIGHT, zero), INK, 1.2, "");
    for change in changes {
        page.line((x(*change), TOP - 6.0), (x(*change), SIZE.1 - BOTTOM), INK, 1.2, "5 4");
    }
    dates(&mut page, points, &x);
    legend(&mut page, !changes.is_empty());
    page.finish()
}

/// Counts at the left side.
fn scale(page: &mut Page, up: u32, down: u32, zero: f64, unit: f64) {
    let step = (up + down).div_ceil(8).max(1) as usize;
    let marks = (0..=up).step_by(step).map(|n| (n, -1.0)).chain((0..=down).step_by(step).skip(1).map(|n| (n, 1.0)));
    for (count, side) in marks {
        let y = zero + side * f64::from(count) * unit;
        page.line((LEFT - 5.0, y), (SIZE.0 - RIGHT, y), "#e4e4e4", 1.0, "");
        page.text((LEFT - 10.0, y + 4.0), 12.0, Anchor::End, &count.to_string());
    }
}

/// At most twelve dates below.
fn dates(page: &mut Page, points: &[Point], x: &dyn Fn(usize) -> f64) {
    for (i, p) in points.iter().enumerate().step_by(points.len().div_ceil(12).max(1)) {
        page.text((x(i), SIZE.1 - BOTTOM + 20.0), 12.0, Anchor::Start, &p.slice.to_string());
        page.line((x(i), SIZE.1 - BOTTOM), (x(i), SIZE.1 - BOTTOM + 6.0), GREY, 1.0, "");
    }
}

fn legend(page: &mut Page, changes: bool) {
    let y = SIZE.1 - 8.0;
    page.rect((LEFT, y - 10.0), (12.0, 10.0), BLUE, "none", 0.0, 0.0);
    page.text((LEFT + 18.0, y), 12.0, Anchor::Start, "events of cooperation, above");
    page.rect((LEFT + 240.0, y - 10.0), (12.0, 10.0), VERMILION, "none", 0.0, 0.0);
    page.text((LEFT + 258.0, y), 12.0, Anchor::Start, "of conflict, below");
    if changes {
        page.line((LEFT + 420.0, y - 5.0), (LEFT + 450.0, y - 5.0), INK, 1.2, "5 4");
        page.text((LEFT + 458.0, y), 12.0, Anchor::Start, "another phase begins");
    }
}
