//! The network: sizes, weights, and how a sentence runs through it.

use rustc_hash::FxHashMap;

use super::input::{Input, NAMED, Pair};
use crate::matrix::{Packed, Strides};
use crate::model::Relation;

/// A table of numbers, row after row.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub cols: usize,
    pub values: Vec<f32>,
}

/// What was learnt.
pub struct Network {
    /// The relation of each two outputs: from the first actor to the second, and back. With how often it was shown.
    pub(super) relations: Vec<(Relation, usize)>,
    /// Words with their rows in `vectors`.
    pub(super) words: FxHashMap<Box<str>, u32>,
    pub(super) vectors: Table,
    pub(super) upos: Table,
    pub(super) deprel: Table,
    pub(super) kind: Table,
    pub(super) first: Layer,
    /// Convolutions over a word and two others, twice as far apart in each.
    pub(super) convolutions: Vec<Layer>,
    pub(super) attention: Layer,
    pub(super) marks: [Table; 3],
    pub(super) focus: Layer,
    /// What a token's place on the way adds to what is collected of it.
    pub(super) way: Table,
    pub(super) actor: Table,
    pub(super) how: Table,
    pub(super) facts: Table,
    pub(super) hidden: Layer,
    pub(super) output: Layer,
    pub(super) fingerprint: u64,
}

/// A matrix and what is added to the product.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    pub matrix: Packed,
    pub bias: Vec<f32>,
}

/// What the network makes of a pair.
pub struct Reading {
    /// A probability for each relation and direction.
    pub chances: Vec<f64>,
    /// The token that it looks at most.
    pub token: usize,
}

/// Of a relation that it was shown less often it knows too little.
const ENOUGH: usize = 400;

/// Where the parts of [`Pair::facts`] begin in the table of facts.
const FACT_ROWS: [usize; 4] = [0, 2, 4, 15];

impl Table {
    pub fn row(&self, n: usize) -> &[f32] {
        &self.values[n * self.cols..(n + 1) * self.cols]
    }
}

impl Layer {
    /// `count` rows of the product, with the bias.
    fn run(&self, input: &[f32], count: usize) -> Vec<f32> {
        let mut out: Vec<f32> = (0..count).flat_map(|_| self.bias.iter().copied()).collect();
        let row = input.len() / count.max(1);
        self.matrix.add_product(input, Strides { row, col: 1 }, count, &mut out);
        out
    }
}

impl Network {
    /// A hash, to tell readings with other weights apart.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The relation and whether it runs back from the second actor to the first, of each of [`Reading::chances`].
    pub fn outputs(&self) -> impl Iterator<Item = (Relation, bool)> + '_ {
        self.relations.iter().flat_map(|(r, _)| [(*r, false), (*r, true)])
    }

    /// Whether it was shown enough of the relation to have a say.
    pub fn knows(&self, relation: Relation) -> bool {
        self.relations.iter().any(|(r, shown)| *r == relation && *shown >= ENOUGH)
    }

    /// Every pair of the sentence; `form` and `lemma` give a token's spellings.
    pub fn read<'t>(&self, input: &Input<'_>, spellings: impl Fn(usize) -> [&'t str; 2]) -> Vec<Reading> {
        let hidden = self.tokens(input, spellings);
        let looks = self.attention.run(&hidden, input.tokens.len());
        let (mut seen, mut tokens) = (Vec::new(), Vec::new());
        for pair in &input.pairs {
            tokens.push(self.collect(input, pair, &hidden, &looks, &mut seen));
        }
        let mut middle = self.hidden.run(&seen, input.pairs.len());
        rectify(&mut middle);
        let scores = self.output.run(&middle, input.pairs.len());
        let chance = |s: &f32| 1.0 / (1.0 + f64::from(-s).exp());
        let rows = scores.chunks_exact(self.output.bias.len()).zip(tokens);
        rows.map(|(row, token)| Reading { chances: row.iter().map(chance).collect(), token }).collect()
    }

    /// A vector a token.
    fn tokens<'t>(&self, input: &Input<'_>, spellings: impl Fn(usize) -> [&'t str; 2]) -> Vec<f32> {
        let n = input.tokens.len();
        let known = |t: usize| if input.tokens[t].hidden { None } else { self.word(spellings(t)) };
        let words: Vec<Option<u32>> = (0..n).map(known).collect();
        let mut x = Vec::with_capacity(n * 256);
        for (t, token) in input.tokens.iter().enumerate() {
            let head = (token.head != t).then(|| words[token.head]).flatten();
            for word in [words[t], head] {
                match word {
                    Some(w) => x.extend_from_slice(self.vectors.row(w as usize)),
                    None => x.extend(std::iter::repeat_n(0.0, self.vectors.cols)),
                }
            }
            x.extend_from_slice(self.upos.row(token.upos.into()));
            x.extend_from_slice(self.deprel.row(token.deprel.into()));
            x.extend_from_slice(self.kind.row(token.kind.into()));
        }
        let mut h = self.first.run(&x, n);
        rectify(&mut h);
        for (layer, far) in self.convolutions.iter().zip([1, 2, 4, 8]) {
            let mut c = layer.run(&windows(&h, n, far), n);
            rectify(&mut c);
            h.iter_mut().zip(c).for_each(|(h, c)| *h += c);
        }
        h
    }

    /// The row of a word: by its spelling, the same with zeros for digits, else its lemma.
    fn word(&self, [form, lemma]: [&str; 2]) -> Option<u32> {
        spellings(form, lemma).iter().find_map(|s| self.words.get(s.as_str()).copied())
    }

    /// Adds what is seen of a pair to `out`, and says which token is looked at most.
    fn collect(&self, input: &Input<'_>, pair: &Pair, hidden: &[f32], looks: &[f32], out: &mut Vec<f32>) -> usize {
        let n = pair.marks.len();
        let width = self.attention.bias.len();
        let mut u = looks.to_vec();
        for (row, marks) in u.chunks_exact_mut(width).zip(&pair.marks) {
            for (table, &mark) in self.marks.iter().zip(marks) {
                row.iter_mut().zip(table.row(mark.into())).for_each(|(u, m)| *u += m);
            }
            row.iter_mut().for_each(|u| *u /= 1.0 + u.abs());
        }
        let mut shares = self.focus.run(&u, n);
        let eyes = self.focus.bias.len();
        (0..eyes).for_each(|k| soften(&mut shares, eyes, k));
        let size = hidden.len() / n;
        for k in 0..eyes {
            let mut sum = vec![0.0; size];
            for (t, h) in hidden.chunks_exact(size).enumerate() {
                let share = shares[t * eyes + k];
                let way = self.way.row(pair.marks[t][2].into());
                sum.iter_mut().zip(h.iter().zip(way)).for_each(|(s, (h, w))| *s += share * (h + w));
            }
            out.extend(sum);
        }
        for head in pair.heads {
            match head {
                Some(t) => out.extend_from_slice(&hidden[t * size..(t + 1) * size]),
                None => out.extend(std::iter::repeat_n(0.0, size)),
            }
        }
        let [a, b, how_a, how_b, rest @ ..] = pair.facts;
        [a, b].into_iter().for_each(|k| out.extend_from_slice(self.actor.row(k.into())));
        [how_a, how_b].into_iter().for_each(|k| out.extend_from_slice(self.how.row(k.into())));
        for (fact, from) in rest.into_iter().zip(FACT_ROWS) {
            out.extend_from_slice(self.facts.row(from + usize::from(fact)));
        }
        let total = |t: usize| shares[t * eyes..(t + 1) * eyes].iter().sum::<f32>();
        let free = (0..n).filter(|&t| pair.marks[t][2] < NAMED);
        free.max_by_key(|&t| (input.tokens[t].content, (total(t) * 1e6) as u32)).unwrap_or(0)
    }
}

/// The spellings by which a word is looked up, the closest first.
pub fn spellings(form: &str, lemma: &str) -> [String; 3] {
    let plain = form.to_lowercase().replace('\u{2019}', "'");
    let digits = plain.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    [plain, digits, lemma.to_lowercase()]
}

/// Each row between the rows `far` before and behind it; zeros beyond the ends.
fn windows(h: &[f32], n: usize, far: usize) -> Vec<f32> {
    let size = h.len() / n;
    let mut out = vec![0.0; n * 3 * size];
    for (t, row) in out.chunks_exact_mut(3 * size).enumerate() {
        let places = [t.checked_sub(far), Some(t), Some(t + far).filter(|&u| u < n)];
        for (place, part) in places.into_iter().zip(row.chunks_exact_mut(size)) {
            if let Some(u) = place {
                part.copy_from_slice(&h[u * size..(u + 1) * size]);
            }
        }
    }
    out
}

fn rectify(values: &mut [f32]) {
    values.iter_mut().for_each(|v| *v = v.max(0.0));
}

/// Makes shares of one of the `eyes` columns.
fn soften(scores: &mut [f32], eyes: usize, k: usize) {
    let column = |scores: &[f32]| scores.iter().skip(k).step_by(eyes).copied().collect::<Vec<_>>();
    let most = column(scores).into_iter().fold(f32::MIN, f32::max);
    scores.iter_mut().skip(k).step_by(eyes).for_each(|s| *s = (*s - most).exp());
    let sum: f32 = column(scores).into_iter().sum();
    scores.iter_mut().skip(k).step_by(eyes).for_each(|s| *s /= sum);
}

#[cfg(test)]
mod tests {
    use super::super::input::{Input, Pair, Seen};
    use super::Network;

    /// A file in which every number is zero but what is added to the outputs and the vector of "met".
    fn file(words: &[(&str, i8)], outputs: [i8; 2]) -> Vec<u8> {
        let list: Vec<_> = words.iter().map(|w| w.0).collect();
        let mut bytes = format!("diplograph pairs 1\nmeet=9\n1 2 2 1 1\n{}\n", list.join(" ")).into_bytes();
        let mut table = |rows: usize, cols: usize, value: &dyn Fn(usize, usize) -> i8| {
            for r in 0..rows {
                bytes.extend(1f32.to_le_bytes());
                bytes.extend((0..cols).map(|c| value(r, c) as u8));
            }
        };
        table(words.len(), 1, &|r, _| words[r].1);
        [(20, 12), (64, 20), (14, 16)].iter().for_each(|&(r, c)| table(r, c, &|_, _| 0));
        // the word itself is handed on to the first of two numbers, and so is it by all that follows
        table(50, 2, &|r, c| i8::from(r == 0 && c == 0));
        table(1, 2, &|_, _| 0);
        [(6, 2), (1, 2), (2, 2), (1, 2), (24, 2), (24, 2), (10, 2), (2, 1), (1, 1), (10, 2)]
            .iter()
            .for_each(|&(r, c)| table(r, c, &|_, _| 0));
        [(14, 12), (12, 8), (24, 4)].iter().for_each(|&(r, c)| table(r, c, &|_, _| 0));
        table(62, 128, &|r, c| i8::from(r == 0 && c == 0));
        table(1, 128, &|_, _| 0);
        table(128, 2, &|r, c| i8::from(r == 0 && c == 0) * 3);
        table(1, 2, &|_, c| outputs[c]);
        bytes
    }

    fn sentence() -> Input<'static> {
        let tokens = vec![Seen { content: true, ..Seen::default() }; 3];
        let marks = vec![[1, 1, 6], [2, 2, 1], [3, 3, 7]];
        let pair = Pair { a: 0, b: 1, places: [0, 0], heads: [Some(0), Some(2)], marks, facts: [0; 8] };
        Input { tokens, actors: Vec::new(), pairs: vec![pair] }
    }

    #[test]
    fn words_move_the_chances_and_names_are_not_looked_at() {
        let network = Network::from_bytes(&file(&[("met", 3), ("left", 0)], [-3, -1])).unwrap();
        let read = |verb: &'static str| network.read(&sentence(), |t| if t == 1 { [verb, verb] } else { ["A", "a"] });
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        // attention falls on the three words alike: a third of 3 comes through, times 3
        let met = &read("Met")[0];
        assert!((met.chances[0] - logistic(0.0)).abs() < 1e-6, "{:?}", met.chances);
        assert!((met.chances[1] - logistic(-1.0)).abs() < 1e-6);
        assert_eq!(met.token, 1);
        assert!((read("left")[0].chances[0] - logistic(-3.0)).abs() < 1e-6);
        assert_eq!(
            network.outputs().map(|(r, back)| (r.id(), back)).collect::<Vec<_>>(),
            [("meet", false), ("meet", true)]
        );
    }

    #[test]
    fn a_file_that_ends_too_early_is_refused() {
        let whole = file(&[("met", 3)], [0, 0]);
        assert!(Network::from_bytes(&whole).is_ok());
        assert!(Network::from_bytes(&whole[..whole.len() - 1]).is_err());
    }
}
