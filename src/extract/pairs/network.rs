//! The network: sizes, weights, and how a sentence runs through it.

use super::encoder::{Encoder, Linear};
use super::input::{Input, NAMED, Pair, Seen};
use crate::matrix::{Packed, Strides};
use crate::model::{Relation, Status};

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
    pub(super) encoder: Encoder,
    pub(super) upos: Table,
    pub(super) deprel: Table,
    pub(super) kind: Table,
    pub(super) first: Linear,
    pub(super) attention: Linear,
    pub(super) marks: [Table; 3],
    pub(super) focus: Layer,
    /// What a token's place on the way adds to what is collected of it.
    pub(super) way: Table,
    pub(super) actor: Table,
    pub(super) how: Table,
    pub(super) facts: Table,
    pub(super) hidden: Linear,
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
    /// How it is told, if it is told at all.
    pub status: Status,
    /// The token that it looks at most.
    pub token: usize,
}

/// Of a relation that it was shown less often it knows too little.
const ENOUGH: usize = 300;

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

    /// Every pair of the sentence; `form` gives a token's spelling.
    pub fn read<'t>(&self, input: &Input<'_>, form: impl Fn(usize) -> &'t str) -> Vec<Reading> {
        let hidden = self.tokens(input, form);
        let looks = self.attention.run(&hidden);
        let (mut seen, mut tokens) = (Vec::new(), Vec::new());
        for pair in &input.pairs {
            tokens.push(self.collect(input, pair, &hidden, &looks, &mut seen));
        }
        let mut middle = self.hidden.run(&seen);
        rectify(&mut middle);
        let scores = self.output.run(&middle, input.pairs.len());
        let chance = |s: &f32| 1.0 / (1.0 + f64::from(-s).exp());
        let rows = scores.chunks_exact(self.output.bias.len()).zip(tokens);
        rows.map(|(row, token)| {
            let (chances, statuses) = row.split_at(row.len() - STATUSES.len());
            Reading { chances: chances.iter().map(chance).collect(), status: status(statuses), token }
        })
        .collect()
    }

    /// A vector a token.
    fn tokens<'t>(&self, input: &Input<'_>, form: impl Fn(usize) -> &'t str) -> Vec<f32> {
        let words: Vec<String> = (0..input.tokens.len()).map(|t| shown(&input.tokens, t, &form)).collect();
        let read = self.encoder.run(words.iter().map(String::as_str));
        let mut x = Vec::with_capacity(input.tokens.len() * (self.encoder.width() + 64));
        for (token, vector) in input.tokens.iter().zip(read.chunks_exact(self.encoder.width())) {
            x.extend_from_slice(vector);
            x.extend_from_slice(self.upos.row(token.upos.into()));
            x.extend_from_slice(self.deprel.row(token.deprel.into()));
            x.extend_from_slice(self.kind.row(token.kind.into()));
        }
        let mut h = self.first.run(&x);
        rectify(&mut h);
        h
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

/// Of these the last outputs are; none of them more likely than not is asserted.
const STATUSES: [Status; 3] = [Status::Planned, Status::Possible, Status::Denied];

fn status(scores: &[f32]) -> Status {
    let best = scores.iter().zip(STATUSES).filter(|(s, _)| **s > 0.0).max_by(|a, b| a.0.total_cmp(b.0));
    best.map_or(Status::Asserted, |(_, status)| status)
}

/// What stands for names of each [`EntityKind`](crate::model::EntityKind), one more than its number.
const KINDS: [&str; 14] = [
    "",
    "country",
    "territory",
    "organization",
    "ministry",
    "group",
    "treaty",
    "official",
    "newspaper",
    "company",
    "company",
    "company",
    "company",
    "company",
];

/// What the network reads of a word: for a name the kind of actor, once.
pub fn shown<'t>(tokens: &[Seen], t: usize, form: impl Fn(usize) -> &'t str) -> String {
    match tokens[t] {
        Seen { hidden: false, .. } => form(t).replace('\u{2019}', "'"),
        Seen { kind, .. } if t > 0 && tokens[t - 1].hidden && tokens[t - 1].kind == kind => String::new(),
        Seen { kind, .. } => KINDS[usize::from(kind)].to_owned(),
    }
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
    use crate::model::Status;

    /// A file in which every number is zero but the vectors of words, what hands the first of their numbers on, and what is
    /// added to the outputs.
    fn file(words: &[(&str, [i8; 2])], outputs: [f32; 5]) -> Vec<u8> {
        let list: Vec<_> = words.iter().map(|w| w.0).collect();
        let mut bytes = format!("diplograph pairs 2\nmeet=9\n2 1 0 1 4 2 2 1 1\n{}\n", list.join(" ")).into_bytes();
        let floats = |bytes: &mut Vec<u8>, values: &[f32]| values.iter().for_each(|v| bytes.extend(v.to_le_bytes()));
        let table = |bytes: &mut Vec<u8>, rows: usize, cols: usize, value: &dyn Fn(usize, usize) -> i8| {
            floats(bytes, &vec![1.0; rows]);
            bytes.extend((0..rows).flat_map(|r| (0..cols).map(move |c| (r, c))).map(|(r, c)| value(r, c) as u8));
        };
        let zero = |_: usize, _: usize| 0;
        let first = |r: usize, c: usize| i8::from(r == 0 && c == 0);
        table(&mut bytes, words.len(), 2, &|r, c| words[r].1[c]);
        table(&mut bytes, 4, 2, &zero);
        floats(&mut bytes, &[1.0, 1.0, 0.0, 0.0]);
        [(20, 12), (64, 20), (14, 16)].iter().for_each(|&(r, c)| table(&mut bytes, r, c, &zero));
        table(&mut bytes, 2, 50, &first);
        floats(&mut bytes, &[0.0; 2]);
        table(&mut bytes, 2, 2, &zero);
        floats(&mut bytes, &[0.0; 2]);
        [(24, 2), (24, 2), (10, 2), (1, 2)].iter().for_each(|&(r, c)| table(&mut bytes, r, c, &zero));
        floats(&mut bytes, &[0.0]);
        [(10, 2), (14, 12), (12, 8), (24, 4)].iter().for_each(|&(r, c)| table(&mut bytes, r, c, &zero));
        table(&mut bytes, 1, 62, &first);
        floats(&mut bytes, &[0.0]);
        table(&mut bytes, 5, 1, &|r, _| i8::from(r == 0) * 3);
        floats(&mut bytes, &outputs);
        bytes
    }

    const WORDS: [(&str, [i8; 2]); 5] =
        [("?", [0, 0]), ("<", [0, 0]), (">", [0, 0]), ("met", [3, 0]), ("left", [0, 3])];

    fn sentence() -> Input<'static> {
        let tokens = vec![Seen { content: true, ..Seen::default() }; 3];
        let marks = vec![[1, 1, 6], [2, 2, 1], [3, 3, 7]];
        let pair = Pair { a: 0, b: 1, places: [0, 0], heads: [Some(0), Some(2)], marks, facts: [0; 8] };
        Input { tokens, actors: Vec::new(), pairs: vec![pair] }
    }

    #[test]
    fn words_move_the_chances_and_names_are_not_looked_at() {
        let network = Network::from_bytes(&file(&WORDS, [-1.0, -2.0, -1.0, 1.0, 0.0])).unwrap();
        let read = |verb: &'static str| network.read(&sentence(), |t| if t == 1 { verb } else { "A" });
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        // normalised to 1 and -1; attention falls on the three words alike: a third of 1 comes through, times 3
        let met = &read("Met")[0];
        assert!((met.chances[0] - logistic(0.0)).abs() < 1e-5, "{:?}", met.chances);
        assert!((met.chances[1] - logistic(-2.0)).abs() < 1e-5);
        assert_eq!((met.token, met.status), (1, Status::Possible));
        assert!((read("left")[0].chances[0] - logistic(-1.0)).abs() < 1e-5);
        assert_eq!(
            network.outputs().map(|(r, back)| (r.id(), back)).collect::<Vec<_>>(),
            [("meet", false), ("meet", true)]
        );
    }

    #[test]
    fn a_file_that_ends_too_early_is_refused() {
        let whole = file(&WORDS, [0.0; 5]);
        assert!(Network::from_bytes(&whole).is_ok());
        assert!(Network::from_bytes(&whole[..whole.len() - 1]).is_err());
    }
}
