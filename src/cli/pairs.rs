//! `pairs`: what the network of pairs is taught from. For developers, and for whoever annotates.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::Outcome;
use super::input::InputArgs;
use crate::error::{Error, Result};
use crate::extract::RuleExtractor;
use crate::extract::pairs::{Input, Pair, Seen, shown};
use crate::model::{Actor, Document, Fact, Field, Links, Relation};
use crate::score::{self, Party, Stated, States};

/// Print each two actors of a sentence as the network of pairs sees them, with what links them
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  diplograph pairs articles.jsonl --gold gold.jsonl > lessons.jsonl\n  diplograph pairs news.jsonl > news.jsonl      # what the rules find teaches"
)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Their facts, as `score` reads them; without, what the rules find
    #[arg(long, value_name = "FILE", num_args = 1..)]
    gold: Vec<PathBuf>,
}

/// A fact's relation with the pairs that it holds for and the stretches of text that tell it.
struct Lesson {
    relation: Relation,
    sides: Sides,
    spans: Vec<(usize, usize)>,
    mutual: bool,
    status: String,
}

enum Sides {
    Gold(Box<[Party; 2]>),
    Found([String; 2]),
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut gold = Vec::new();
    for path in &args.gold {
        let text = std::fs::read_to_string(path).map_err(|e| Error::from(e).at(path.display()))?;
        gold.extend(score::read_gold(&path.display().to_string(), &text, None)?);
    }
    let codes = score::state_codes(include_str!("../../data/gazetteer/states.tsv"));
    let states = |name: &str| codes.get(name).cloned();
    let golds: HashMap<&str, &score::GoldArticle> = gold.iter().map(|g| (g.id.as_str(), g)).collect();
    let reader = args.input.reader()?;
    let rules = args.input.rules()?;
    let account = args.input.each(
        |_| Ok(false),
        |batch| {
            let articles = batch.into_iter().filter(|a| golds.is_empty() || golds.contains_key(a.id.as_str()));
            for article in articles {
                let (doc, links) = reader.link(article);
                let (lessons, split): (Vec<Lesson>, _) = match golds.get(doc.article.id.as_str()) {
                    Some(g) => (g.facts.iter().map(|f| taught(f, &doc, &states)).collect(), g.split.clone()),
                    None => (reader.facts(&doc, &links).iter().filter_map(found).collect(), None),
                };
                lines(&rules, (&doc, &links), &lessons, split, &states, out)?;
            }
            Ok(0)
        },
    )?;
    account.close()
}

fn taught(fact: &Stated, doc: &Document, states: States<'_>) -> Lesson {
    let sides = [&fact.source, &fact.target].map(|a| Party::new(a, states));
    let spans = fact.evidence.text.as_deref().map(|q| stretches(&doc.article.text, q)).unwrap_or_default();
    Lesson {
        relation: fact.relation,
        sides: Sides::Gold(Box::new(sides)),
        spans,
        mutual: fact.mutual,
        status: fact.status.clone().unwrap_or_default(),
    }
}

/// What the rules say of itself is taken on trust where they are more sure than not.
fn found(fact: &Fact) -> Option<Lesson> {
    let (c, e) = (&fact.claim, &fact.evidence);
    let sides = Sides::Found([c.source.id.clone(), c.target.id.clone()]);
    let spans = if fact.confidence < 0.5 { Vec::new() } else { vec![(e.start, e.end)] };
    (e.field == Field::Text).then_some(Lesson {
        relation: c.relation,
        sides,
        spans,
        mutual: c.mutual,
        status: c.status.to_string(),
    })
}

/// Where the quote stands in the text, in code points: every place, or those of its parts between dots.
fn stretches(text: &str, quote: &str) -> Vec<(usize, usize)> {
    let points = |byte: usize| text[..byte].chars().count();
    let whole: Vec<_> = text.match_indices(quote).map(|(at, q)| (points(at), points(at + q.len()))).collect();
    let parts = quote.replace("[...]", "...").replace('…', "...");
    if !whole.is_empty() || !parts.contains("...") {
        return whole;
    }
    let parts = parts.split("...").map(str::trim).filter(|p| p.len() > 8);
    parts
        .flat_map(|p| text.match_indices(p).map(|(at, q)| (points(at), points(at + q.len()))).collect::<Vec<_>>())
        .collect()
}

fn lines(
    rules: &RuleExtractor,
    (doc, links): (&Document, &Links),
    lessons: &[Lesson],
    split: Option<String>,
    states: States<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let mut printed = Ok(());
    rules.each_pair(doc, links, |sentence, input| {
        if doc.sentences[sentence].field == Field::Text && printed.is_ok() {
            printed = writeln!(out, "{}", line(doc, sentence, &input, lessons, &split, states));
        }
    });
    Ok(printed?)
}

fn line(
    doc: &Document,
    sentence: usize,
    input: &Input<'_>,
    lessons: &[Lesson],
    split: &Option<String>,
    states: States<'_>,
) -> Value {
    let s = &doc.sentences[sentence];
    let span = doc.code_points(s.field, s.span);
    let words: Vec<_> = (0..s.tokens.len()).map(|t| shown(&input.tokens, t, |t| doc.word(s, t))).collect();
    let column = |f: fn(&Seen) -> usize| input.tokens.iter().map(f).collect::<Vec<_>>();
    let marks = |p: &Pair, k: usize| p.marks.iter().map(|m| char::from(b'A' + m[k])).collect::<String>();
    let pairs: Vec<_> = input
        .pairs
        .iter()
        .map(|p| {
            let (a, b) = (&input.actors[p.a].actor, &input.actors[p.b].actor);
            let (here, elsewhere) = labels(a, b, span, lessons, states);
            let actor = |a: &Actor| json!({"id": a.id, "name": a.name, "country": a.country});
            json!({
                "actors": [actor(a), actor(b)], "heads": p.heads, "marks": [marks(p, 0), marks(p, 1), marks(p, 2)],
                "facts": p.facts, "here": here, "elsewhere": elsewhere, "places": [p.a, p.b],
            })
        })
        .collect();
    let parties: Vec<_> = (0..input.actors.len())
        .map(|n| {
            let a = &input.actors[n].actor;
            json!({"name": a.name, "country": a.country, "beyond": input.beyond(n)})
        })
        .collect();
    json!({
        "article": doc.article.id, "split": split, "span": [span.0, span.1], "text": marked(doc, sentence, input),
        "parties": parties, "words": words, "upos": column(|t| t.upos.into()),
        "deprel": column(|t| t.deprel.into()), "kind": column(|t| t.kind.into()), "head": column(|t| t.head), "pairs": pairs,
    })
}

/// The sentence with its actors in brackets, each with its place among the parties: `[0 Blinken] met [1 Kuleba]`.
fn marked(doc: &Document, sentence: usize, input: &Input<'_>) -> String {
    let s = &doc.sentences[sentence];
    let named = input.named();
    let mut out = String::new();
    for (t, token) in s.tokens.iter().enumerate() {
        if t > 0 && token.span.start > s.tokens[t - 1].span.end {
            out.push(' ');
        }
        for (_, who) in named.iter().filter(|(range, _)| range.start == t) {
            let who: Vec<String> = who.iter().map(usize::to_string).collect();
            out.push_str(&format!("[{} ", who.join(",")));
        }
        out.push_str(doc.word(s, t));
        out.extend(named.iter().filter(|(range, _)| range.end == t + 1).map(|_| ']'));
    }
    out
}

/// What links two actors: told in this sentence, and elsewhere in the article; `meet>planned` from the first to the second.
fn labels(
    a: &Actor,
    b: &Actor,
    span: (usize, usize),
    lessons: &[Lesson],
    states: States<'_>,
) -> (Vec<String>, Vec<String>) {
    let mut out = (Vec::new(), Vec::new());
    let own = |a: &Actor| score::ActorName { name: Some(a.name.clone()), aliases: None, country: a.country.clone() };
    let names = [own(a), own(b)];
    let [x, y] = [&names[0], &names[1]].map(|n| Party::new(n, states));
    for l in lessons.iter().filter(|l| !l.relation.standing()) {
        let fits = |s: (&Actor, &Party), t: (&Actor, &Party)| match &l.sides {
            Sides::Gold(sides) => sides[0].is(s.1) && sides[1].is(t.1),
            Sides::Found([source, target]) => *source == s.0.id && *target == t.0.id,
        };
        let (there, back) = (fits((a, &x), (b, &y)), fits((b, &y), (a, &x)));
        let here = l.spans.iter().any(|&(from, to)| from < span.1 && span.0 < to);
        let list = if here { &mut out.0 } else { &mut out.1 };
        let symmetric = l.relation.symmetric();
        if there || back && (symmetric || l.mutual) {
            list.push(format!("{}>{}", l.relation, l.status));
        }
        if !symmetric && (back || there && l.mutual) {
            list.push(format!("{}<{}", l.relation, l.status));
        }
    }
    out
}
