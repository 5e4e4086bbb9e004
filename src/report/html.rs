use std::fmt::Write;

use crate::lookup::{Happening, Said, Source};
use crate::plot::escaped;

/// A page that grows from top to bottom.
pub(super) struct Page {
    title: String,
    body: String,
}

const STYLE: &str = "body{font:15px/1.45 system-ui,'DejaVu Sans',sans-serif;color:#222;max-width:72rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.7rem;margin-bottom:.2rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #ccc}\
table{border-collapse:collapse;width:100%}th{text-align:left;border-bottom:2px solid #999}\
th,td{padding:.3rem .7rem .3rem 0;vertical-align:top}td{border-bottom:1px solid #e4e4e4}td.n,th.n{text-align:right}\
blockquote{margin:.25rem 0 .25rem 1rem;color:#444}svg{max-width:100%;height:auto}.note{color:#555}\
@media print{body{margin:0;max-width:none}tr,svg{break-inside:avoid}a{color:inherit}}";

impl Page {
    pub fn new(title: &str, below: &str) -> Self {
        let body = format!("<h1>{}</h1>\n<p class=\"note\">{}</p>\n", escaped(title), escaped(below));
        Self { title: title.to_owned(), body }
    }

    pub fn heading(&mut self, text: &str) {
        self.push(&format!("<h2>{}</h2>", escaped(text)));
    }

    pub fn paragraph(&mut self, text: &str) {
        self.push(&format!("<p>{}</p>", escaped(text)));
    }

    /// A picture, as [`crate::plot`] draws it.
    pub fn picture(&mut self, svg: &str) {
        self.push(&format!("<figure>{}</figure>", svg.trim_end()));
    }

    /// A table; cells that are numbers stand right. Nothing if it has no rows.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let class = |text: &str| if text.parse::<f64>().is_ok() { " class=\"n\"" } else { "" };
        let first = |i: usize| rows[0].get(i).map_or("", |cell| class(cell));
        let heads: String =
            head.iter().enumerate().map(|(i, h)| format!("<th{}>{}</th>", first(i), escaped(h))).collect();
        self.push(&format!("<table><thead><tr>{heads}</tr></thead><tbody>"));
        for row in rows {
            let cells: String = row.iter().map(|c| format!("<td{}>{}</td>", class(c), escaped(c))).collect();
            self.push(&format!("<tr>{cells}</tr>"));
        }
        self.push("</tbody></table>");
    }

    /// Events with all that was said of each.
    pub fn events(&mut self, events: &[Happening]) {
        self.push("<table><thead><tr><th>date</th><th>event</th><th>status</th></tr></thead><tbody>");
        for event in events {
            let quotes: String = event.said.iter().map(quote).collect();
            let date = event.date.as_deref().unwrap_or("–");
            let (headline, status) = (escaped(&event.headline()), escaped(&event.status));
            self.push(&format!("<tr><td>{date}</td><td>{headline}{quotes}</td><td>{status}</td></tr>"));
        }
        self.push("</tbody></table>");
    }

    pub fn finish(self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\n<meta name=\"viewport\" \
             content=\"width=device-width\"><style>{STYLE}</style></head><body>\n{}<p class=\"note\">A report of what news \
             reports say, not of what is true; made by diplograph.</p>\n</body></html>\n",
            escaped(&self.title),
            self.body
        )
    }

    fn push(&mut self, html: &str) {
        let _ = writeln!(self.body, "{html}");
    }
}

fn quote(said: &Said) -> String {
    let words = said.quote.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let speaker = said.speaker.as_ref().map(|s| format!(", says {}", escaped(&s.name))).unwrap_or_default();
    let words = if words.is_empty() { String::new() } else { format!("“{}” ", escaped(&words)) };
    format!("<blockquote>{words}— {}{speaker}; fact {}</blockquote>", cited(&said.article), said.fact)
}

/// Publisher and day, with a link where the article has an address of the web.
fn cited(article: &Source) -> String {
    let publisher = article.publisher.as_deref().unwrap_or(&article.id);
    let date = article.date.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
    let text = escaped(&format!("{publisher}{date}"));
    match article.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")) {
        Some(url) => format!("<a href=\"{}\">{text}</a>", escaped(url)),
        None => text,
    }
}
