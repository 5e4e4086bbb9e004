//! Where the nodes of a network lie: distances on the page follow the numbers of steps between nodes (stress majorization,
//! Gansner, Koren and North 2004), then boxes that overlap are pushed apart.

use std::collections::VecDeque;

use crate::network::Adjacency;

/// A place on the page; of a box its middle.
pub(super) type Point = (f64, f64);

const ROUNDS: usize = 300;
const PUSHES: usize = 3_000;
/// Blank between boxes; the circle at the corner of one needs some of it.
const GAP: f64 = 12.0;

/// The places of boxes of these sizes on a page of that size, `margin` apart from its edges.
pub(super) fn places(links: &Adjacency, sizes: &[Point], page: Point, margin: f64) -> Vec<Point> {
    let spread = stress(&distances(links));
    let mut places = fitted(&spread, sizes, page, margin);
    for _ in 0..PUSHES {
        let moved = apart(&mut places, sizes);
        for (p, s) in places.iter_mut().zip(sizes) {
            p.0 = p.0.clamp(margin + s.0 / 2.0, (page.0 - margin - s.0 / 2.0).max(margin + s.0 / 2.0));
            p.1 = p.1.clamp(margin + s.1 / 2.0, (page.1 - margin - s.1 / 2.0).max(margin + s.1 / 2.0));
        }
        if !moved {
            break;
        }
    }
    places
}

/// Steps between all nodes; those that nothing joins are a little farther apart than the farthest.
fn distances(links: &Adjacency) -> Vec<Vec<f64>> {
    let n = links.len();
    let from = |start: usize| {
        let mut steps = vec![usize::MAX; n];
        let mut queue = VecDeque::from([start]);
        steps[start] = 0;
        while let Some(node) = queue.pop_front() {
            for next in links.to(node).iter().map(|t| *t as usize) {
                if steps[next] == usize::MAX {
                    steps[next] = steps[node] + 1;
                    queue.push_back(next);
                }
            }
        }
        steps
    };
    let rows: Vec<Vec<usize>> = (0..n).map(from).collect();
    let most = rows.iter().flatten().filter(|s| **s < usize::MAX).max().copied().unwrap_or(1);
    let far = (most as f64).min(3.0) + 0.5;
    rows.iter().map(|row| row.iter().map(|s| if *s == usize::MAX { far } else { *s as f64 }).collect()).collect()
}

/// Places whose distances are as close as can be to those wanted, near ones counting more.
fn stress(wanted: &[Vec<f64>]) -> Vec<Point> {
    let n = wanted.len();
    // A sunflower's seeds: nobody lies on another, and every direction is taken.
    let golden = std::f64::consts::PI * (3.0 - 5f64.sqrt());
    let seed = |i: usize| ((i as f64 + 0.5).sqrt(), i as f64 * golden);
    let mut places: Vec<Point> = (0..n).map(seed).map(|(r, a)| (r * a.cos(), r * a.sin())).collect();
    for _ in 0..ROUNDS {
        for i in 0..n {
            let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
            for j in (0..n).filter(|j| *j != i) {
                let want = wanted[i][j].max(0.1);
                let weight = 1.0 / (want * want);
                let (dx, dy) = (places[i].0 - places[j].0, places[i].1 - places[j].1);
                let scale = want / dx.hypot(dy).max(1e-9);
                x += weight * (places[j].0 + dx * scale);
                y += weight * (places[j].1 + dy * scale);
                total += weight;
            }
            if total > 0.0 {
                places[i] = (x / total, y / total);
            }
        }
    }
    places
}

/// Stretched to the page, each box within.
fn fitted(spread: &[Point], sizes: &[Point], page: Point, margin: f64) -> Vec<Point> {
    let axis = |of: fn(&Point) -> f64, length: f64| -> Vec<f64> {
        let values: Vec<f64> = spread.iter().map(of).collect();
        let low = values.iter().copied().fold(f64::MAX, f64::min);
        let high = values.iter().copied().fold(f64::MIN, f64::max);
        let widest = sizes.iter().map(of).fold(0.0, f64::max);
        let room = (length - 2.0 * margin - widest).max(1.0);
        values.iter().map(|v| margin + widest / 2.0 + (v - low) / (high - low).max(1e-9) * room).collect()
    };
    axis(|p| p.0, page.0).into_iter().zip(axis(|p| p.1, page.1)).collect()
}

/// Moves boxes that overlap apart along the shorter way. Whether any did.
fn apart(places: &mut [Point], sizes: &[Point]) -> bool {
    let mut moved = false;
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let (dx, dy) = (places[b].0 - places[a].0, places[b].1 - places[a].1);
            let over_x = f64::midpoint(sizes[a].0, sizes[b].0) + GAP - dx.abs();
            let over_y = f64::midpoint(sizes[a].1, sizes[b].1) + GAP - dy.abs();
            if over_x <= 1e-6 || over_y <= 1e-6 {
                continue;
            }
            moved = true;
            if over_x < over_y {
                let by = over_x.copysign(dx) / 2.0;
                (places[a].0, places[b].0) = (places[a].0 - by, places[b].0 + by);
            } else {
                let by = over_y.copysign(dy) / 2.0;
                (places[a].1, places[b].1) = (places[a].1 - by, places[b].1 + by);
            }
        }
    }
    moved
}
