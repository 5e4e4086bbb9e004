//! Web pages: the main text by a readability algorithm, the metadata from the page's head. Fetches nothing.

use std::collections::HashMap;

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::open::Input;
use super::{Draft, Skip};

/// Main text is looked for in pages no deeper than this, since the search takes time by the square of it; news sites nest
/// their elements 20 to 60 deep.
const DEPTH: usize = 256;

/// And in pages of no more elements than this.
const ELEMENTS: usize = 50_000;

/// With more elements than this open at once, parsing alone takes ages.
const OPEN: usize = 2_000;

/// Where pages that say nothing in the usual places give their day.
const DATE: [&str; 10] = [
    "meta[property='article:published_time']",
    "meta[itemprop='datePublished']",
    "[itemprop='datePublished']",
    "meta[name='date' i]",
    "meta[name='pubdate' i]",
    "meta[name='publish-date' i]",
    "meta[name='dc.date.issued' i]",
    "meta[name='dcterms.date' i]",
    "meta[name='dc.date' i]",
    "time[datetime]",
];

const SOURCE: [&str; 4] = [
    "meta[property='og:site_name']",
    "meta[name='publisher' i]",
    "meta[name='dc.publisher' i]",
    "meta[name='application-name' i]",
];

const URL: [&str; 2] = ["link[rel='canonical']", "meta[property='og:url']"];

/// Reads one page. Where no main text stands out, all text of its body is taken.
pub fn read(input: &Input, text: &str) -> Result<Draft, Skip> {
    let parse = || parse(text).ok_or_else(|| Skip::unreadable(input.place.clone(), "elements nested too deeply"));
    let mut page = parse()?;
    let mut draft = Draft {
        title: some(&page.get_article_title()),
        date: first(&page, &DATE),
        source: first(&page, &SOURCE),
        url: first(&page, &URL).filter(|u| u.contains("://")),
        ..input.draft()
    };
    if !shallow(&page) {
        draft.text = body(&page);
    } else if let Ok(article) = page.parse() {
        draft.title = some(&article.title);
        draft.date = article.published_time.or(draft.date);
        draft.source = draft.source.or(article.site_name);
        draft.url = draft.url.or(article.url);
        draft.text = article.text_content.trim().to_owned();
    }
    if draft.text.is_empty() {
        draft.text = body(&parse()?);
    }
    Ok(draft)
}

/// A piece of HTML, such as a feed's entry, as text.
pub fn plain(piece: &str) -> String {
    if !piece.contains(['<', '&']) {
        return piece.to_owned();
    }
    parse(piece).map_or_else(|| piece.to_owned(), |page| body(&page))
}

fn parse(text: &str) -> Option<Readability> {
    if open(text) > OPEN {
        return None;
    }
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: ELEMENTS, ..Config::default() };
    Readability::new(text, None, Some(config)).ok()
}

/// All text of the body but for navigation; takes that out of the page.
fn body(page: &Readability) -> String {
    let body = page.doc.select("body");
    body.select("script, style, noscript, template, nav, header, footer").remove();
    body.formatted_text().trim().to_owned()
}

/// Whether no element lies so deep that looking for the main text would take ages.
fn shallow(page: &Readability) -> bool {
    let mut depths = HashMap::new();
    page.doc.root().descendants_it().all(|node| {
        let above = node.parent().and_then(|p| depths.get(&p.id).copied()).unwrap_or(0);
        depths.insert(node.id, above + 1);
        above < DEPTH
    })
}

/// What the first of these elements that has a value says.
fn first(page: &Readability, selectors: &[&str]) -> Option<String> {
    selectors.iter().find_map(|selector| {
        let element = page.doc.select_single(selector);
        ["content", "datetime", "href"].iter().find_map(|a| element.attr(a)).and_then(|v| some(&v))
    })
}

fn some(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words).filter(|w| !w.is_empty())
}

/// The encoding that the page declares in its first kilobyte: `charset=...` in a `meta`, or `encoding="..."` of XML.
pub fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        let value = head.split(key).nth(1)?.trim_start().strip_prefix('=')?.trim_start();
        let label: String = value
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_alphanumeric() || "-_:".contains(*c))
            .collect();
        Encoding::for_label(label.as_bytes())
    })
}

/// Elements without an end tag, or whose end tag is mostly left out because the next one closes them.
const FLAT: [&str; 20] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "source", "td", "th", "tr", "wbr",
];

/// About how many elements are open at once at most, by counting tags.
fn open(page: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for tag in page.split('<').skip(1) {
        let (end, tag) = tag.strip_prefix('/').map_or((false, tag), |t| (true, t));
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || tag.ends_with('/') || FLAT.contains(&name.as_str()) {
            continue;
        }
        now = if end { now.saturating_sub(1) } else { now + 1 };
        most = most.max(now);
    }
    most
}
