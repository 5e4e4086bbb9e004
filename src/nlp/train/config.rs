//! The settings of a training run.

/// Everything that training depends on but the data: the same configuration gives the same bytes.
#[derive(Debug, Clone)]
pub struct Config {
    pub seed: u64,
    pub epochs: usize,
    /// Words of a batch.
    pub batch: usize,
    /// Adam's rate; falls to a twentieth along a line.
    pub rate: f32,
    /// Part of the values between layers that is dropped.
    pub dropout: f32,
    /// Part of word rows that is dropped, in words seen once; `x / (x + count)` in all.
    pub word_dropout: f32,
    /// The same of pretrained vectors, so that names nobody has heard of are nothing new.
    pub vector_dropout: f32,
    /// Probability of following the parser's own choice, from the second epoch.
    pub explore: f32,
    /// Weight of the tags in the loss.
    pub tags: f32,
    /// Times that a known word must be seen.
    pub known_from: usize,
    /// Probability of learning a sentence as a headline is written: With a Capital Letter on Most Words.
    pub headlines: f32,
    pub clip: f32,
    /// How much of the running average of parameters stays at each step.
    pub keep: f32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 24,
            batch: 500,
            rate: 4e-3,
            dropout: 0.2,
            word_dropout: 0.3,
            vector_dropout: 0.0,
            explore: 0.9,
            tags: 0.5,
            known_from: 2,
            headlines: 0.08,
            clip: 5.0,
            keep: 0.998,
        }
    }
}
