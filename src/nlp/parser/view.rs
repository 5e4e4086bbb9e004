//! What the parser looks at in a state: ten words, and ten small facts.

use super::arc_hybrid::{NONE, State};
use crate::nlp::net::{FACT_VALUES, FACTS, FAR, NEAR};

/// One look at a state: the words at each place (`NONE` where there is none) and the value of each fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    pub places: [u32; NEAR + FAR],
    pub facts: [u8; FACTS],
}

impl View {
    /// `marks` holds the class of what stands before each word.
    pub fn of(s: &State, marks: &[u8]) -> Self {
        let (s0, s1, s2) = (s.top(0), s.top(1), s.top(2));
        let (b0, b1) = (s.ahead(0), s.ahead(1));
        let left = |w: u32| s.children.get(w as usize).map_or(NONE, |c| c.left);
        let right = |w: u32| s.children.get(w as usize).map_or(NONE, |c| c.right);
        let mark = |w: u32| marks.get(w as usize).copied().unwrap_or(0);
        let label = |w: u32| s.labels.get(w as usize).map_or(0, |l| l + 1);
        let places = [s0, s1, s2, b0, b1, left(s0), right(s0), left(s1), right(s1), left(b0)];
        let facts = [
            label(places[5]),
            label(places[6]),
            label(places[7]),
            label(places[8]),
            label(places[9]),
            distance(s0, b0) * 4 + rights(s, s0),
            distance(s1, s0) * 4 + rights(s, s1),
            mark(b0),
            mark(s0),
            mark(b1),
        ];
        debug_assert!(facts.iter().all(|f| usize::from(*f) < FACT_VALUES));
        Self { places, facts }
    }
}

/// Words between two, in classes 0 to 9; 0 if one is missing.
fn distance(a: u32, b: u32) -> u8 {
    match b.checked_sub(a) {
        _ if a == NONE || b == NONE => 0,
        Some(d @ 0..=5) => d as u8,
        Some(6..=8) => 6,
        Some(9..=14) => 7,
        Some(15..=25) => 8,
        _ => 9,
    }
}

/// How many children the word has on its right, up to 3.
fn rights(s: &State, word: u32) -> u8 {
    s.children.get(word as usize).map_or(0, |c| c.rights.min(3))
}
