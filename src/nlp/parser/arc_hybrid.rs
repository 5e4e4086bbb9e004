//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011), with the root at the end of the
//! sentence: what remains alone on the stack when nothing is left to read is the root, so every tree has exactly one.

/// No word.
pub const NONE: u32 = u32::MAX;

/// A step of the parser. Labels are numbers of the model's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// Reads the next word onto the stack.
    Shift,
    /// Hangs the top of the stack on the next word.
    Left(u8),
    /// Hangs the top of the stack on the word below it.
    Right(u8),
}

/// The outermost children of a word on both sides, and how many there are.
#[derive(Debug, Clone, Copy)]
pub struct Children {
    pub left: u32,
    pub right: u32,
    pub lefts: u8,
    pub rights: u8,
}

/// Where the parser stands in a sentence.
#[derive(Debug, Clone)]
pub struct State {
    pub stack: Vec<u32>,
    pub next: u32,
    pub len: u32,
    /// Heads found so far.
    pub heads: Vec<u32>,
    pub labels: Vec<u8>,
    pub children: Vec<Children>,
}

impl State {
    pub fn new(len: usize) -> Self {
        let none = Children { left: NONE, right: NONE, lefts: 0, rights: 0 };
        Self {
            stack: Vec::with_capacity(16),
            next: 0,
            len: len as u32,
            heads: vec![NONE; len],
            labels: vec![0; len],
            children: vec![none; len],
        }
    }

    /// Whether the tree is complete.
    pub fn done(&self) -> bool {
        self.next == self.len && self.stack.len() <= 1
    }

    /// Whether the kind of transition can be taken; at least one can until the state is done.
    pub fn allows(&self, t: Transition) -> bool {
        match t {
            Transition::Shift => self.next < self.len,
            Transition::Left(_) => self.next < self.len && !self.stack.is_empty(),
            Transition::Right(_) => self.stack.len() >= 2,
        }
    }

    /// The `n`-th word from the top of the stack.
    pub fn top(&self, n: usize) -> u32 {
        self.stack.len().checked_sub(n + 1).map_or(NONE, |i| self.stack[i])
    }

    /// The `n`-th word not yet read.
    pub fn ahead(&self, n: u32) -> u32 {
        if self.next + n < self.len { self.next + n } else { NONE }
    }

    /// Takes an allowed transition.
    pub fn take(&mut self, t: Transition) {
        match t {
            Transition::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Transition::Left(label) => self.attach(self.next, label),
            Transition::Right(label) => self.attach(self.top(1), label),
        }
    }

    /// Hangs the top of the stack on `head` and takes it away.
    fn attach(&mut self, head: u32, label: u8) {
        let Some(child) = self.stack.pop() else { return };
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
        let of = &mut self.children[head as usize];
        if child < head {
            of.left = if of.left == NONE { child } else { of.left.min(child) };
            of.lefts = of.lefts.saturating_add(1);
        } else {
            of.right = if of.right == NONE { child } else { of.right.max(child) };
            of.rights = of.rights.saturating_add(1);
        }
    }
}
