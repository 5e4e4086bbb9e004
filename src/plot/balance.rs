//! Shares through time as lines, told apart by colour, dash and mark.

use super::page::{Anchor, Page};
use super::{BLUE, INK, VERMILION};

/// A line: its name, and a share from 0 to 1 for each slice of time, where it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub name: String,
    pub values: Vec<Option<f64>>,
}

const SIZE: (f64, f64) = (1100.0, 420.0);
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 62.0;
const LOOKS: [(&str, &str); 3] = [(BLUE, ""), (VERMILION, "7 4"), (INK, "2 3")];

/// Draws up to three lines over slices of time with these names.
pub fn lines(title: &str, times: &[String], lines: &[Line]) -> String {
    let mut page = Page::new(SIZE.0, SIZE.1);
    page.text((LEFT, 28.0), 18.0, Anchor::Start, title);
    let step = (SIZE.0 - LEFT - RIGHT) / times.len().max(1) as f64;
    let x = |i: usize| LEFT + (i as f64 + 0.5) * step;
    let y = |share: f64| TOP + (1.0 - share) * (SIZE.1 - TOP - BOTTOM);
    for tenth in (0..=10).step_by(2) {
        let share = f64::from(tenth) / 10.0;
        page.line((LEFT, y(share)), (SIZE.0 - RIGHT, y(share)), "#e4e4e4", 1.0, "");
        page.text((LEFT - 10.0, y(share) + 4.0), 12.0, Anchor::End, &format!("{share:.1}"));
    }
    for (i, time) in times.iter().enumerate().step_by(times.len().div_ceil(14).max(1)) {
        page.text((x(i), SIZE.1 - BOTTOM + 20.0), 12.0, Anchor::Middle, time);
    }
    let mut legend = LEFT;
    for (row, (line, (color, dash))) in lines.iter().zip(LOOKS).enumerate() {
        // Marks of equal shares lie in each other and stay visible.
        let radius = 3.0 + 1.6 * row as f64;
        for i in 1..line.values.len() {
            if let (Some(a), Some(b)) = (line.values[i - 1], line.values[i]) {
                page.line((x(i - 1), y(a)), (x(i), y(b)), color, 2.0, dash);
            }
        }
        for (i, share) in line.values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))) {
            page.open(&format!("{}, {}: {share:.3}", line.name, times[i]));
            page.circle((x(i), y(share)), radius, if dash.is_empty() { color } else { "none" }, color);
            page.close();
        }
        page.line((legend, SIZE.1 - 13.0), (legend + 36.0, SIZE.1 - 13.0), color, 2.0, dash);
        page.text((legend + 44.0, SIZE.1 - 8.0), 12.0, Anchor::Start, &line.name);
        legend += 330.0;
    }
    page.finish()
}
