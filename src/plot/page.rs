use std::fmt::Write;

/// An SVG page that is written from top to bottom.
pub(super) struct Page {
    width: f64,
    height: f64,
    body: String,
}

/// How a text stands to its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Verdana has the widths of DejaVu Sans, so that labels are as wide as reckoned on most machines.
const FONT: &str = "DejaVu Sans, Verdana, sans-serif";

impl Page {
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), color: &str, width: f64, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let (x, y, u, v) = (n(from.0), n(from.1), n(to.0), n(to.1));
        self.push(format_args!(
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{u}\" y2=\"{v}\" stroke=\"{color}\" stroke-width=\"{}\"{dash}/>",
            n(width)
        ));
    }

    pub fn rect(&mut self, at: (f64, f64), size: (f64, f64), fill: &str, stroke: &str, width: f64, round: f64) {
        let (x, y, w, h) = (n(at.0), n(at.1), n(size.0), n(size.1));
        self.push(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\" \
             stroke-width=\"{}\"/>",
            n(round),
            n(width)
        ));
    }

    pub fn circle(&mut self, at: (f64, f64), radius: f64, fill: &str, stroke: &str) {
        let (x, y) = (n(at.0), n(at.1));
        self.push(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\"/>",
            n(radius)
        ));
    }

    pub fn text(&mut self, at: (f64, f64), size: f64, anchor: Anchor, text: &str) {
        self.turned_text(at, size, anchor, 0.0, text);
    }

    /// A text turned by degrees, clockwise.
    pub fn turned_text(&mut self, at: (f64, f64), size: f64, anchor: Anchor, turn: f64, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (x, y) = (n(at.0), n(at.1));
        let turn = if turn == 0.0 { String::new() } else { format!(" transform=\"rotate({} {x} {y})\"", n(turn)) };
        let text = escaped(text);
        self.push(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" text-anchor=\"{anchor}\"{turn}>{text}</text>",
            n(size)
        ));
    }

    /// What a reader sees who points at the element that is written next, until [`Page::close`].
    pub fn open(&mut self, title: &str) {
        let title = escaped(title);
        self.push(format_args!("<g><title>{title}</title>"));
    }

    pub fn close(&mut self) {
        self.push(format_args!("</g>"));
    }

    pub fn finish(self) -> String {
        let (w, h) = (n(self.width), n(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"{FONT}\" fill=\"{}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
            super::INK,
            self.body
        )
    }

    fn push(&mut self, element: std::fmt::Arguments) {
        let _ = writeln!(self.body, "{element}");
    }
}

/// A length with at most two decimals, without locale.
fn n(x: f64) -> String {
    let x = (x * 100.0).round() / 100.0;
    if x == 0.0 { "0".to_owned() } else { x.to_string() }
}

/// Text as XML takes it; control characters are left out.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// About how wide a text is, in units of its size; rather too wide than too narrow.
pub(super) fn width(text: &str) -> f64 {
    let one = |c: char| match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | '|' | ':' => 0.33,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' => 0.42,
        'm' | 'M' | 'W' | 'w' | '@' => 0.98,
        c if c.is_uppercase() => 0.74,
        c if u32::from(c) > 0x2e80 => 1.05,
        _ => 0.64,
    };
    text.chars().map(one).sum()
}
