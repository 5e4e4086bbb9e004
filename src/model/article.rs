use jiff::civil::Date;

/// One report as it was read: metadata and untouched text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Unique in a run: the input's own id, or the file's stem.
    pub id: String,
    /// The headline, if the input has one apart from the text.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The publisher.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The body. Offsets of evidence count its Unicode code points.
    pub text: String,
}
