//! `links`: who and when the linker finds in articles, sentence by sentence. For people who write rules and names.

use std::io::Write;

use serde_json::json;

use super::Outcome;
use super::input::InputArgs;
use crate::error::Result;
use crate::model::{Actor, Document, Links, Mention};

/// Print each sentence with the actors, times and places found in it
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Show each sentence's tree, too
    #[arg(long)]
    tree: bool,
    /// Print each mention as a line of JSON: article, field, start and end (code points), sentence, text, kind, actors, role, reason
    #[arg(long, conflicts_with = "tree")]
    json: bool,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let reader = args.input.reader()?;
    let account = args.input.each(
        |_| Ok(false),
        |batch| {
            for article in batch {
                let (doc, links) = reader.link(article);
                if args.json {
                    lines(&doc, &links, out)?;
                } else {
                    print(&doc, &links, args.tree, out)?;
                }
            }
            Ok(0)
        },
    )?;
    account.close()
}

fn print(doc: &Document, links: &Links, tree: bool, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "# {}", doc.article.id)?;
    for (i, s) in doc.sentences.iter().enumerate() {
        let text = |tokens: &std::ops::Range<usize>| {
            let span = s.tokens[tokens.start].span.join(s.tokens[tokens.end - 1].span);
            span.of(doc.field(s.field)).to_owned()
        };
        writeln!(out, "\n{}", s.span.of(doc.field(s.field)).replace('\n', " "))?;
        for (n, t) in s.tokens.iter().enumerate().filter(|_| tree) {
            let head = if t.head == n { "-".to_owned() } else { format!("{} {}", t.head, doc.word(s, t.head)) };
            writeln!(out, "        {n:3} {:20} {:16} {:6} {:12} {head}", doc.word(s, n), t.lemma, t.upos, t.deprel)?;
        }
        for m in links.mentions.iter().filter(|m| m.sentence == i) {
            writeln!(out, "    {:30} {}", text(&m.tokens), describe(m))?;
        }
        for t in links.times.iter().filter(|t| t.sentence == i) {
            writeln!(out, "    {:30} {}", text(&t.tokens), t.period)?;
        }
    }
    Ok(())
}

/// Each mention as a line of JSON, for programs.
fn lines(doc: &Document, links: &Links, out: &mut dyn Write) -> Result<()> {
    for m in &links.mentions {
        let s = &doc.sentences[m.sentence];
        let span = s.tokens[m.tokens.start].span.join(s.tokens[m.tokens.end - 1].span);
        let (start, end) = doc.code_points(s.field, span);
        let sentence = doc.code_points(s.field, s.span);
        let actor = |a: &Actor| json!({"id": a.id, "name": a.name, "kind": a.kind, "country": a.country});
        let role = m.role.as_ref().map(|r| json!({"title": r.title, "of": actor(&r.of)}));
        let line = json!({
            "article": doc.article.id, "field": s.field, "start": start, "end": end, "sentence": sentence,
            "text": span.of(doc.field(s.field)), "kind": format!("{:?}", m.kind).to_lowercase(),
            "actors": m.actors.iter().map(actor).collect::<Vec<_>>(), "role": role,
            "reason": m.reason, "confidence": m.confidence,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn describe(m: &Mention) -> String {
    let names: Vec<_> =
        m.actors.iter().map(|a| format!("{} [{}]", a.name, a.country.as_deref().unwrap_or("-"))).collect();
    let role = m.role.as_ref().map(|r| format!(", {} of {}", r.title, r.of.name)).unwrap_or_default();
    format!("{}{role} ({:?}: {})", names.join(" + "), m.kind, m.reason)
}
