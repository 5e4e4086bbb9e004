//! What a graph says of itself: the version of its model, whether it keeps text, and the runs that read its documents.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::decode::Node;
use super::name;
use super::quads::{Quads, english};
use super::vocab::{dct, dg, oa, prov, rdfs};
use crate::cluster::id;
use crate::model::{Evidence, Run};

/// The version of the model: of what stands in a graph, and how. Another one reads its documents again.
pub const MODEL: &str = "5";

/// The graph's own node.
pub fn graph(keeps_text: bool) -> Vec<Quad> {
    let mut quads = Quads::of_default_graph();
    quads
        .subject(name::graph(), &[dg::GRAPH])
        .add(dct::CONFORMS_TO, NamedNode::new_unchecked(dg::NAMESPACE.trim_end_matches('#')))
        .text(dg::MODEL_VERSION, MODEL)
        .add(dg::KEEPS_TEXT, Literal::from(keeps_text));
    quads.into_vec()
}

/// Whether it is the statement that a graph keeps no text.
pub fn is_textless(quad: &Quad) -> bool {
    quad.predicate.as_ref() == dg::KEEPS_TEXT && quad.object == Literal::from(false).into()
}

/// The run that documents of one version come from.
pub fn run_of(version: &str) -> NamedNode {
    name::run(&id::hash([version]))
}

/// A run's description.
pub fn run(run: &Run) -> Vec<Quad> {
    let text = |o: &Option<String>| o.clone().unwrap_or_default();
    let mut quads = Quads::of_default_graph();
    quads
        .subject(run_of(&run.version), &[prov::ACTIVITY, dg::EXTRACTION_RUN])
        .add(rdfs::LABEL, english(&run.version))
        .text(dg::PROGRAM_VERSION, &text(&run.program))
        .text(dg::NAMES_HASH, &text(&run.names))
        .text(dg::RULES_HASH, &text(&run.rules))
        .text(dg::MODEL_HASH, &text(&run.model));
    quads.into_vec()
}

/// The way back of [`run`].
pub fn read_run(node: &Node) -> Run {
    let text = |p| node.text(p).map(str::to_owned);
    Run {
        version: text(rdfs::LABEL).unwrap_or_default(),
        program: text(dg::PROGRAM_VERSION),
        names: text(dg::NAMES_HASH),
        rules: text(dg::RULES_HASH),
        model: text(dg::MODEL_HASH),
    }
}

/// The same quads without the articles' words, so that they may be shared: quotes become hashes, which their offsets let
/// anyone check who has the articles; titles and context go.
pub fn without_text(quads: impl IntoIterator<Item = Quad>) -> Vec<Quad> {
    quads.into_iter().filter_map(wordless).collect()
}

/// What holds words of an article besides its quotes.
const WORDS: [NamedNodeRef<'static>; 6] =
    [dct::TITLE, oa::PREFIX, oa::SUFFIX, dg::ACTOR_TEXT, dg::RECIPIENT_TEXT, dg::TIME_TEXT];

/// A quad of them; `None` for one that goes.
pub fn wordless(mut quad: Quad) -> Option<Quad> {
    let predicate = quad.predicate.as_ref();
    if predicate == oa::EXACT {
        let Term::Literal(words) = &quad.object else { return None };
        quad.object = Literal::new_simple_literal(hash_of(words.value())).into();
        quad.predicate = dg::SHA256.into_owned();
    } else if predicate == dg::KEEPS_TEXT {
        quad.object = Literal::from(false).into();
    } else if WORDS.contains(&predicate) {
        return None;
    }
    Some(quad)
}

/// Of words, or of what stands for them already.
fn hash_of(words: &str) -> String {
    words.strip_prefix(Evidence::HASHED).map_or_else(|| id::sha256(words), str::to_owned)
}
