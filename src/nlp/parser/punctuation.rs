//! Hangs punctuation on a finished tree of the other words. Punctuation is left out of parsing, which makes parsing
//! easier (Ma, Zhang and Zhu 2014): where it hangs follows from the tree, by the guidelines of Universal Dependencies.

use crate::nlp::tokens::apostrophe;

/// Classes of marks between words that the parser looks at; 0 is none.
pub fn class(form: &str) -> u8 {
    match form.chars().next() {
        Some(',') => 1,
        Some('"' | '\u{201C}' | '\u{201D}' | '«' | '»') => 2,
        Some('(' | '[' | '{') => 3,
        Some(')' | ']' | '}') => 4,
        Some(':' | ';' | '-' | '\u{2013}' | '\u{2014}') => 5,
        Some('.' | '!' | '?' | '…') => 6,
        Some(c) if apostrophe(c) => 2,
        _ => 7,
    }
}

/// One class for all the marks that stand between two words.
pub fn together(classes: impl Iterator<Item = u8>) -> u8 {
    classes.reduce(|a, b| if a == b { a } else { 7 }).unwrap_or(0)
}

/// A tree in which marks have no place yet.
struct Tree<'a> {
    heads: &'a [usize],
    /// Whether the word is a mark that is to be hung.
    marks: &'a [bool],
    root: usize,
    /// The stretch from the first to the last descendant of each word.
    stretch: Vec<(usize, usize)>,
}

/// The heads of all words: `heads` for those that are no marks, found by rule for marks.
pub fn attach(words: &[&str], heads: &[usize], marks: &[bool]) -> Vec<usize> {
    let root = (0..heads.len()).find(|&i| heads[i] == i && !marks[i]).unwrap_or(0);
    let tree = Tree { heads, marks, root, stretch: stretches(heads, marks) };
    let partners = partners(words, marks);
    let place = |i: usize| match (marks[i], partners[i]) {
        (false, _) => heads[i],
        (true, Some(j)) => tree.inside(i.min(j), i.max(j)).unwrap_or_else(|| tree.between(i)),
        (true, None) => tree.between(i),
    };
    (0..heads.len()).map(place).collect()
}

fn stretches(heads: &[usize], marks: &[bool]) -> Vec<(usize, usize)> {
    let mut stretch: Vec<(usize, usize)> = (0..heads.len()).map(|i| (i, i)).collect();
    for start in (0..heads.len()).filter(|&i| !marks[i]) {
        let mut at = start;
        // Stops where the stretch is wide enough already: then it is so further up.
        while heads[at] != at {
            at = heads[at];
            let (first, last) = stretch[at];
            if first <= start && start <= last {
                break;
            }
            stretch[at] = (first.min(start), last.max(start));
        }
    }
    stretch
}

/// For each bracket or quotation mark the other one of its pair.
fn partners(words: &[&str], marks: &[bool]) -> Vec<Option<usize>> {
    let mut partners = vec![None; words.len()];
    let mut open: Vec<usize> = Vec::new();
    for i in (0..words.len()).filter(|&i| marks[i]) {
        match open.last() {
            Some(&j) if closing(words[j]) == Some(words[i]) => {
                open.pop();
                (partners[i], partners[j]) = (Some(j), Some(i));
            }
            _ if closing(words[i]).is_some() => open.push(i),
            _ => {}
        }
    }
    partners
}

fn closing(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        "\u{201C}" => "\u{201D}",
        "\u{2018}" => "\u{2019}",
        "«" => "»",
        "``" => "''",
        "\"" => "\"",
        "'" => "'",
        _ => return None,
    })
}

impl Tree<'_> {
    /// The head of what stands between two marks: of several the one with the widest stretch.
    fn inside(&self, first: usize, last: usize) -> Option<usize> {
        let within = |i: usize| first < i && i < last;
        let tops = (first + 1..last).filter(|&i| !self.marks[i] && (i == self.root || !within(self.heads[i])));
        let width = |i: usize| self.stretch[i].1 - self.stretch[i].0;
        tops.max_by_key(|&i| (width(i), last - i))
    }

    /// The head of a mark between words: the highest word of the unit that it parts from the rest.
    fn between(&self, mark: usize) -> usize {
        let left = (0..mark).rev().find(|&i| !self.marks[i]);
        let right = (mark + 1..self.heads.len()).find(|&i| !self.marks[i]);
        let (Some(left), Some(right)) = (left, right) else { return self.root };
        let (left, right) = (self.climb(left, mark), self.climb(right, mark));
        if self.spans(right, mark) && !self.spans(left, mark) { left } else { right }
    }

    fn spans(&self, word: usize, mark: usize) -> bool {
        self.stretch[word].0 < mark && mark < self.stretch[word].1
    }

    /// Up from a word next to the mark, as long as heads are on the same side and nothing below spans the mark.
    fn climb(&self, mut word: usize, mark: usize) -> usize {
        loop {
            let head = self.heads[word];
            if head == word || (head < mark) != (word < mark) || self.spans(word, mark) {
                return word;
            }
            word = head;
        }
    }
}
