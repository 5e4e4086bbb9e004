//! RSS and Atom feeds saved to disk: each entry is an article of what the feed itself holds of it. Follows no link.

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser;

use super::open::{Input, one};
use super::{Draft, Drafts, Skip, dates, html};

/// The entries of a feed. The publisher is the feed's title.
pub fn entries(input: &Input, text: &str) -> Drafts {
    // A day as the publisher wrote it: midnight UTC carries it through the parser's own type.
    let parser = parser::Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|written| format!("{}T00:00:00Z", dates::read(written)?).parse().ok())
        .build();
    match parser.parse(undeclared(text).as_bytes()) {
        Ok(feed) => articles(input, feed),
        Err(e) => one(Err(Skip::unreadable(input.place.clone(), format!("not a feed that can be read: {e}")))),
    }
}

/// The text without an XML declaration, which may name the encoding that it is no longer in.
fn undeclared(text: &str) -> &str {
    let text = text.trim_start();
    text.strip_prefix("<?xml").and_then(|t| t.split_once("?>")).map_or(text, |(_, rest)| rest)
}

fn articles(input: &Input, feed: Feed) -> Drafts {
    if feed.entries.is_empty() {
        return one(Err(Skip::empty(input.place.clone())));
    }
    let publisher = feed.title.map(plain);
    let rows: Vec<_> =
        feed.entries.into_iter().zip(1..).map(|(e, n)| Ok(draft(input, e, n, publisher.clone()))).collect();
    Box::new(rows.into_iter())
}

fn draft(input: &Input, entry: Entry, number: u64, publisher: Option<String>) -> Draft {
    let content = entry.content.and_then(|c| c.body).map(|b| html::plain(&b));
    let link = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    Draft {
        id: Some(entry.id).filter(|id| !id.is_empty()),
        title: entry.title.map(plain),
        date: entry.published.or(entry.updated).map(|d| d.to_rfc3339()),
        source: publisher,
        url: link.map(|l| l.href.clone()),
        text: content.filter(|c| !c.trim().is_empty()).or_else(|| entry.summary.map(plain)).unwrap_or_default(),
        ..input.row(number)
    }
}

fn plain(text: Text) -> String {
    html::plain(&text.content).trim().to_owned()
}
