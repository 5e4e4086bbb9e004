/// What reads documents: the program with the hashes of its data. No clock: the same program and data are the same run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Names it: documents of another version are read again.
    pub version: String,
    /// The program's version.
    pub program: Option<String>,
    /// Fingerprints of the names (the user's own among them), the rules with what was learnt of them, and the language model.
    pub names: Option<String>,
    pub rules: Option<String>,
    pub model: Option<String>,
}

impl Run {
    /// A run of which only the version is known.
    pub fn of(version: &str) -> Self {
        Self { version: version.to_owned(), ..Self::default() }
    }
}
