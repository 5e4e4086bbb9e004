//! Web pages: the main text by a readability algorithm, the metadata from the page's head. Fetches nothing.

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::open::Input;
use super::{Draft, Skip};

/// So many elements inside one another, and the page is none.
const DEPTH: usize = 2_000;

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
pub fn read(input: &Input, page: &str) -> Result<Draft, Skip> {
    let refuse = |why: &str| Skip::unreadable(input.place.clone(), why);
    if depth(page) > DEPTH {
        return Err(refuse("elements nested too deeply for a web page"));
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut page = Readability::new(page, None, Some(config)).map_err(|e| refuse(&e.to_string()))?;
    let mut draft = Draft {
        date: first(&page, &DATE),
        source: first(&page, &SOURCE),
        url: first(&page, &URL).filter(|u| u.contains("://")),
        ..input.draft()
    };
    let body = body(&page);
    let title = page.get_article_title().to_string();
    match page.parse() {
        Ok(article) => {
            draft.title = some(&article.title);
            draft.date = article.published_time.or(draft.date);
            draft.source = draft.source.or(article.site_name);
            draft.url = draft.url.or(article.url);
            draft.text = article.text_content.trim().to_owned();
        }
        Err(_) => draft.title = some(&title),
    }
    if draft.text.is_empty() {
        draft.text = body;
    }
    Ok(draft)
}

/// A piece of HTML, such as a feed's entry, as text.
pub fn plain(piece: &str) -> String {
    if !piece.contains(['<', '&']) || depth(piece) > DEPTH {
        return piece.to_owned();
    }
    Readability::new(piece, None, None).map_or_else(|_| piece.to_owned(), |page| body(&page))
}

fn body(page: &Readability) -> String {
    let body = page.doc.select("body").clone();
    body.select("script, style, noscript, template, nav, header, footer").remove();
    body.formatted_text().trim().to_owned()
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

/// Elements that have no end tag, or whose end tag is mostly left out and which close one another.
const FLAT: [&str; 24] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "rp", "rt", "source", "td", "th", "tr", "track", "wbr",
];

/// About how deep the elements of a page lie in one another at most.
fn depth(page: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for tag in page.split('<').skip(1) {
        let name =
            |s: &str| s.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        if let Some(end) = tag.strip_prefix('/') {
            now = now.saturating_sub(usize::from(!FLAT.contains(&name(end).as_str())));
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !FLAT.contains(&name(tag).as_str()) {
            now += 1;
            most = most.max(now);
        }
    }
    most
}
