//! The network that reads sentences: a sum of word features, one convolution and simple recurrent layers give every
//! word a vector; from it come the tags, and what the parser looks at.

pub mod encoder;
pub mod rows;
pub mod sru;
pub mod words;

/// Numbers in a word's vector, in every layer.
pub const WIDTH: usize = 128;
/// Numbers in a pretrained vector.
pub const VECTOR: usize = 100;
/// Recurrent layers.
pub const LAYERS: usize = 2;
/// Hidden units of the parser.
pub const HIDDEN: usize = 128;
/// Words of a parser state that it looks at with their whole vectors: on the stack and ahead.
pub const NEAR: usize = 5;
/// Words of a parser state that it looks at with narrow vectors: children.
pub const FAR: usize = 5;
/// Numbers in a narrow vector.
pub const NARROW: usize = 32;
/// Small facts of a parser state: labels of children, distances, marks.
pub const FACTS: usize = 10;
/// Values that one such fact can take.
pub const FACT_VALUES: usize = 64;

/// Every dense parameter. The same type holds gradients and the optimiser's moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// `VECTOR` x `WIDTH`: pretrained vectors into the sum.
    pub vector: Vec<f32>,
    /// What stands for the vector of a word without one.
    pub no_vector: Vec<f32>,
    /// `3 WIDTH` x `WIDTH`: a word and its two neighbours.
    pub conv: Vec<f32>,
    pub conv_bias: Vec<f32>,
    pub layers: Vec<Layer>,
    /// `WIDTH` x tags.
    pub tag: Vec<f32>,
    pub tag_bias: Vec<f32>,
    /// `WIDTH` x `NEAR HIDDEN`: what a word adds to the hidden layer at each near place of a state.
    pub near: Vec<f32>,
    /// `WIDTH` x `NARROW`.
    pub narrow: Vec<f32>,
    /// `NARROW` x `FAR HIDDEN`.
    pub far: Vec<f32>,
    /// `NEAR + FAR` x `HIDDEN`: what an empty place adds.
    pub empty: Vec<f32>,
    /// `FACTS` x `FACT_VALUES` x `HIDDEN`.
    pub fact: Vec<f32>,
    pub hidden_bias: Vec<f32>,
    /// `HIDDEN` x transitions.
    pub transition: Vec<f32>,
    pub transition_bias: Vec<f32>,
}

/// One bidirectional simple recurrent layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// `WIDTH` x `3 WIDTH`: candidate, forget gate, reset gate; the first half of each runs forwards.
    pub input: Vec<f32>,
    /// Biases of both gates.
    pub bias: Vec<f32>,
    /// What the state before adds to both gates.
    pub state: Vec<f32>,
}

impl Weights {
    /// All zero, for that many tags and transitions.
    pub fn zeros(tags: usize, transitions: usize) -> Self {
        let layer =
            Layer { input: vec![0.0; WIDTH * 3 * WIDTH], bias: vec![0.0; 2 * WIDTH], state: vec![0.0; 2 * WIDTH] };
        Self {
            vector: vec![0.0; VECTOR * WIDTH],
            no_vector: vec![0.0; WIDTH],
            conv: vec![0.0; 3 * WIDTH * WIDTH],
            conv_bias: vec![0.0; WIDTH],
            layers: vec![layer; LAYERS],
            tag: vec![0.0; WIDTH * tags],
            tag_bias: vec![0.0; tags],
            near: vec![0.0; WIDTH * NEAR * HIDDEN],
            narrow: vec![0.0; WIDTH * NARROW],
            far: vec![0.0; NARROW * FAR * HIDDEN],
            empty: vec![0.0; (NEAR + FAR) * HIDDEN],
            fact: vec![0.0; FACTS * FACT_VALUES * HIDDEN],
            hidden_bias: vec![0.0; HIDDEN],
            transition: vec![0.0; HIDDEN * transitions],
            transition_bias: vec![0.0; transitions],
        }
    }

    /// Every block of parameters, in the order of the model file.
    pub fn blocks(&mut self) -> Vec<&mut Vec<f32>> {
        let mut blocks = vec![&mut self.vector, &mut self.no_vector, &mut self.conv, &mut self.conv_bias];
        for layer in &mut self.layers {
            blocks.extend([&mut layer.input, &mut layer.bias, &mut layer.state]);
        }
        blocks.extend([&mut self.tag, &mut self.tag_bias, &mut self.near, &mut self.narrow, &mut self.far]);
        blocks.extend([&mut self.empty, &mut self.fact, &mut self.hidden_bias]);
        blocks.extend([&mut self.transition, &mut self.transition_bias]);
        blocks
    }
}
