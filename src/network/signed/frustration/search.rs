use super::{MOST, STEPS};
use crate::network::Adjacency;

/// Branch and bound over the camps of the nodes in their order.
pub(super) struct Search {
    /// The later places that it is tied to.
    after: Vec<Vec<(usize, bool)>>,
    /// For each place: unbalanced triangles without a common tie among this and the later places.
    triangles: Vec<usize>,
    /// For each place not yet reached: ties to earlier ones that are frustrated in either camp.
    pending: Vec<[usize; 2]>,
    camp: Vec<bool>,
    pub best: usize,
    pub best_camp: Vec<bool>,
    steps: usize,
}

impl Search {
    pub fn new(ties: &Adjacency, part: &[usize]) -> Self {
        let n = part.len();
        let mut place = vec![usize::MAX; ties.len()];
        part.iter().enumerate().for_each(|(i, node)| place[*node] = i);
        let near = |i: usize| ties.of(part[i]).map(|(other, w)| (place[other], w > 0.0)).collect::<Vec<_>>();
        let mut after: Vec<Vec<_>> = (0..n).map(|i| near(i).into_iter().filter(|(j, _)| *j > i).collect()).collect();
        after.iter_mut().for_each(|later| later.sort_unstable());
        let triangles = disjoint(&after);
        let (pending, camp) = (vec![[0; 2]; n], vec![false; n]);
        Self { after, triangles, pending, camp, best: 0, best_camp: Vec::new(), steps: 0 }
    }

    /// Searches; returns a lower bound, which is `best` where the search came to its end.
    pub fn run(&mut self) -> usize {
        let floor = self.triangles[0];
        if floor < self.best && self.camp.len() <= MOST {
            self.branch(0, 0);
        }
        if self.steps < STEPS && self.camp.len() <= MOST { self.best } else { floor.min(self.best) }
    }

    fn branch(&mut self, at: usize, cost: usize) {
        self.steps += 1;
        if at == self.camp.len() {
            if cost < self.best {
                self.best = cost;
                self.best_camp.clone_from(&self.camp);
            }
            return;
        }
        let pending: usize = self.pending[at..].iter().map(|p| p[0].min(p[1])).sum();
        if cost + pending + self.triangles[at] >= self.best || self.steps >= STEPS {
            return;
        }
        let [false_cost, true_cost] = self.pending[at];
        let first = true_cost < false_cost;
        self.take(at, first, cost);
        if at > 0 {
            self.take(at, !first, cost);
        }
    }

    fn take(&mut self, at: usize, side: bool, cost: usize) {
        self.camp[at] = side;
        let more = self.pending[at][usize::from(side)];
        self.mark(at, side, 1);
        self.branch(at + 1, cost + more);
        self.mark(at, side, -1);
    }

    fn mark(&mut self, at: usize, side: bool, by: isize) {
        for (later, friendly) in &self.after[at] {
            // Frustrated is the tie if friends are apart or enemies together.
            let wrong = if *friendly { !side } else { side };
            let count = &mut self.pending[*later][usize::from(wrong)];
            *count = count.wrapping_add_signed(by);
        }
    }
}

/// For each place, how many unbalanced triangles without a common tie lie among it and the later places. Each of them has at
/// least one frustrated tie.
fn disjoint(after: &[Vec<(usize, bool)>]) -> Vec<usize> {
    let n = after.len();
    let mut used = std::collections::BTreeSet::new();
    let mut counts = vec![0; n + 1];
    for a in (0..n).rev() {
        counts[a] = counts[a + 1];
        for (i, (b, ab)) in after[a].iter().enumerate() {
            for (c, ac) in &after[a][..i] {
                let (low, high) = (*b.min(c), *b.max(c));
                let Ok(found) = after[low].binary_search_by_key(&high, |(d, _)| *d) else { continue };
                let bc = &after[low][found].1;
                let odd = [ab, ac, bc].iter().filter(|friendly| !***friendly).count() % 2 == 1;
                let ties = [(a, low), (a, high), (low, high)];
                if odd && ties.iter().all(|t| !used.contains(t)) {
                    used.extend(ties);
                    counts[a] += 1;
                }
            }
        }
    }
    counts
}
