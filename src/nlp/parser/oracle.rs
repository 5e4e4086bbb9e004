//! The dynamic oracle of arc-hybrid (Goldberg and Nivre 2013): how many gold arcs a transition puts out of reach, in
//! any state, so that training can go on from the parser's own mistakes.

use super::arc_hybrid::{NONE, State, Transition};

/// A gold tree with its children at hand.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Head of each word; `NONE` for the root.
    heads: Vec<u32>,
    labels: Vec<u8>,
    children: Vec<Vec<u32>>,
}

impl Gold {
    /// A tree in which the root is its own head.
    pub fn new(heads: &[usize], labels: &[u8]) -> Self {
        let mut children = vec![Vec::new(); heads.len()];
        let mut gold = Vec::with_capacity(heads.len());
        for (child, &head) in heads.iter().enumerate() {
            gold.push(if head == child { NONE } else { head as u32 });
            if head != child {
                children[head].push(child as u32);
            }
        }
        Self { heads: gold, labels: labels.to_vec(), children }
    }

    /// Gold arcs that shifting loses: what lies on the stack can no longer hang on the next word, and the next word
    /// only on the top of the stack.
    fn shift_cost(&self, s: &State) -> usize {
        let next = s.next;
        let lost = self.children[next as usize].iter().filter(|&&c| c < next && s.heads[c as usize] == NONE);
        // A child on the left without a head is on the stack.
        let head = self.heads[next as usize];
        let buried = head < next && head != s.top(0) && s.stack.binary_search(&head).is_ok();
        lost.count() + usize::from(buried)
    }

    /// Gold arcs that popping the top of the stack loses, whatever it hangs on: those to words not yet read.
    fn pop_cost(&self, s: &State, child: u32) -> usize {
        self.children[child as usize].iter().filter(|&&c| c >= s.next).count()
    }

    fn left_cost(&self, s: &State) -> usize {
        let child = s.top(0);
        let head = self.heads[child as usize];
        // `NONE` is greater than any word: a gold root loses its place too.
        let elsewhere = head > s.next || head == s.top(1);
        self.pop_cost(s, child) + usize::from(elsewhere)
    }

    fn right_cost(&self, s: &State) -> usize {
        let child = s.top(0);
        let head = self.heads[child as usize];
        let elsewhere = head == NONE || head >= s.next;
        self.pop_cost(s, child) + usize::from(elsewhere)
    }

    /// The transitions that lose fewest gold arcs, each with the gold label if its arc is gold. A transition whose arc
    /// is not gold bears the word's gold label all the same: the best that can be said of it.
    pub fn best(&self, s: &State) -> Vec<Transition> {
        let label = |w: u32| self.labels.get(w as usize).copied().unwrap_or(0);
        let top = label(s.top(0));
        let kinds = [Transition::Shift, Transition::Left(top), Transition::Right(top)];
        let costs = kinds.map(|t| s.allows(t).then(|| self.cost(s, t)));
        let least = costs.iter().flatten().min().copied();
        kinds.into_iter().zip(costs).filter(|(_, c)| c.is_some() && *c == least).map(|(t, _)| t).collect()
    }

    /// Gold arcs that an allowed transition loses.
    pub fn cost(&self, s: &State, t: Transition) -> usize {
        match t {
            Transition::Shift => self.shift_cost(s),
            Transition::Left(_) => self.left_cost(s),
            Transition::Right(_) => self.right_cost(s),
        }
    }
}
