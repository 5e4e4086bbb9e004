use super::graph::Graph;

/// The communities while nodes move.
pub(super) struct State {
    pub strength: Vec<[f64; 2]>,
    pub size: Vec<usize>,
    /// Numbers that no community has.
    pub free: Vec<usize>,
}

impl State {
    pub fn new(graph: &Graph, membership: &[usize]) -> Self {
        let (mut strength, mut size) = (vec![[0.0; 2]; graph.len()], vec![0usize; graph.len()]);
        for (node, c) in membership.iter().enumerate() {
            add(&mut strength[*c], graph.strength[node], 1.0);
            size[*c] += 1;
        }
        let free = (0..graph.len()).rev().filter(|c| size[*c] == 0).collect();
        Self { strength, size, free }
    }

    pub fn moved(&mut self, old: usize, new: usize) {
        if self.size[new] == 0 && self.free.last() == Some(&new) {
            self.free.pop();
        }
        self.size[old] -= 1;
        self.size[new] += 1;
        if self.size[old] == 0 {
            self.free.push(old);
        }
    }
}

pub(super) fn add(sum: &mut [f64; 2], k: [f64; 2], sign: f64) {
    sum[0] += sign * k[0];
    sum[1] += sign * k[1];
}
