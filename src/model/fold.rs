use std::ops::Range;

/// A name in a sentence, or a list of names, and a common word of its kind that stands in for it while the sentence is
/// parsed.
#[derive(Debug, Clone)]
pub struct Fold {
    /// Index into the document's sentences.
    pub sentence: usize,
    /// The names' tokens, half-open: one, or several with commas and a conjunction between them.
    pub parts: Vec<Range<usize>>,
    pub stand_in: &'static str,
}

impl Fold {
    /// From the first name's first token to the last name's last.
    pub fn tokens(&self) -> Range<usize> {
        let ends = (self.parts.first(), self.parts.last());
        ends.0.map_or(0, |p| p.start)..ends.1.map_or(0, |p| p.end)
    }
}
