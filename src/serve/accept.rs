//! Content negotiation (RFC 9110, section 12.5.1): which of the formats that there are a client likes best.

/// A format, and the names by which a client may ask for it.
pub struct Offer {
    /// What is sent.
    pub media: &'static str,
    /// Other names of it.
    pub also: &'static [&'static str],
}

/// Rows and truth values.
pub const RESULTS: &[Offer] = &[
    Offer { media: "application/sparql-results+json", also: &["application/json", "text/json"] },
    Offer { media: "application/sparql-results+xml", also: &["application/xml", "text/xml"] },
    Offer { media: "text/csv", also: &[] },
    Offer { media: "text/tab-separated-values", also: &[] },
];

/// Triples.
pub const RDF: &[Offer] = &[
    Offer { media: "text/turtle", also: &["application/x-turtle"] },
    Offer { media: "application/n-triples", also: &["text/plain"] },
    Offer { media: "application/rdf+xml", also: &["application/xml", "text/xml"] },
    Offer { media: "application/ld+json", also: &["application/json"] },
    Offer { media: "application/trig", also: &[] },
    Offer { media: "application/n-quads", also: &[] },
];

/// The offer of the highest quality, of equals the first; `None` if the client takes none. Without a header it takes all.
pub fn best(header: Option<&str>, offers: &[Offer]) -> Option<&'static str> {
    let ranges: Vec<_> = header.unwrap_or_default().split(',').filter_map(range).collect();
    if ranges.is_empty() {
        return offers.first().map(|o| o.media);
    }
    let mut best: Option<(f32, &'static str)> = None;
    for offer in offers {
        // another name counts where the client gives it, not where a range covers it
        let also = offer.also.iter().filter_map(|name| exact(&ranges, name));
        let quality = also.fold(quality(&ranges, offer.media), f32::max);
        if quality > best.map_or(0.0, |(q, _)| q) {
            best = Some((quality, offer.media));
        }
    }
    best.map(|(_, media)| media)
}

/// `text/*;q=0.5` as its range and quality. Parameters other than `q` are not told apart.
fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|r| r.contains('/'))?.to_ascii_lowercase();
    let quality = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
    let quality: f32 = quality.map_or(1.0, |q| q.parse().unwrap_or(0.0));
    Some((range, quality.clamp(0.0, 1.0)))
}

/// The quality that the most exact range gives.
fn quality(ranges: &[(String, f32)], media: &str) -> f32 {
    let kind = media.split('/').next().unwrap_or_default();
    let of = |wanted: &str| exact(ranges, wanted);
    of(media).or_else(|| of(&format!("{kind}/*"))).or_else(|| of("*/*")).unwrap_or(0.0)
}

/// The quality of that very name.
fn exact(ranges: &[(String, f32)], wanted: &str) -> Option<f32> {
    ranges.iter().find(|(r, _)| r == wanted).map(|(_, q)| *q)
}

/// All media types on offer, for messages.
pub fn list(offers: &[Offer]) -> String {
    offers.iter().map(|o| o.media).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_chooses() {
        let results = |header: &str| best(Some(header), RESULTS).unwrap_or("none");
        assert_eq!(best(None, RESULTS), Some("application/sparql-results+json"));
        assert_eq!(results("*/*"), "application/sparql-results+json");
        assert_eq!(results("text/*"), "text/csv");
        assert_eq!(results("application/xml"), "application/sparql-results+xml");
        assert_eq!(results("text/csv;q=0.5, text/tab-separated-values"), "text/tab-separated-values");
        assert_eq!(results("text/csv;q=0, text/*;q=0.1"), "text/tab-separated-values");
        assert_eq!(results("text/html,application/xhtml+xml,*/*;q=0.8"), "application/sparql-results+json");
        assert_eq!(results("TEXT/CSV"), "text/csv");
        assert_eq!(results("image/png"), "none");
        assert_eq!(results("text/csv;q=nonsense"), "none");
        assert_eq!(best(Some("application/json"), RDF), Some("application/ld+json"));
    }
}
