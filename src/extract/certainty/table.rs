//! The tables of words behind certainty and speech.

use super::{Certainty, Effect};
use crate::error::{Error, Result};

impl Certainty {
    /// Reads `WORD<tab>EFFECT` rows; an adjective stands as `~WORD`. The effects from `talk` on may come beside
    /// another.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let mut out = Self::default();
        let Self {
            words,
            adjectives,
            talks,
            acting,
            occasions,
            holding,
            anniversaries,
            ordinals,
            guilt,
            admitting,
            truth,
            further,
            quoting,
            relaying,
            performing,
            lasting,
            naming,
            topics,
            ..
        } = &mut out;
        let mut sets = [
            ("talk", talks),
            ("acting", acting),
            ("occasion", occasions),
            ("holding", holding),
            ("anniversary", anniversaries),
            ("guilt", guilt),
            ("admitting", admitting),
            ("truth", truth),
            ("further", further),
            ("quoting", quoting),
            ("relaying", relaying),
            ("performing", performing),
            ("lasting", lasting),
            ("naming", naming),
            ("topic", topics),
        ];
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let (word, effect) = line.split_once('\t').unwrap_or((line, ""));
            if let Some((_, set)) = sets.iter_mut().find(|(name, _)| *name == effect) {
                set.insert(word.to_owned());
                continue;
            }
            if let Ok(place) = effect.parse() {
                ordinals.insert(word.to_owned(), place);
                continue;
            }
            let effect = match effect {
                "planned" => Effect::Planned,
                "intended" => Effect::Intended,
                "possible" => Effect::Possible,
                "achieved" => Effect::Achieved,
                "done" => Effect::Done,
                "denied" => Effect::Denied,
                "unreal" => Effect::Unreal,
                "said" => Effect::Said,
                "alleged" => Effect::Alleged,
                "refuted" => Effect::Refuted,
                "judged" => Effect::Judged,
                other => return Err(Error::new(format!("'{other}' is no effect")).at(format!("{name}:{}", n + 1))),
            };
            match word.strip_prefix('~') {
                Some(adjective) => adjectives.insert(adjective.to_owned(), effect),
                None => words.insert(word.to_owned(), effect),
            };
        }
        Ok(out)
    }

    /// Reads the nouns of speakers, `NOUN` or `NOUN<tab>KIND`.
    pub fn add_speakers(&mut self, text: &str) {
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let (noun, kind) = line.split_once('\t').unwrap_or((line, ""));
            let sets = match kind {
                "press" => vec![&mut self.press],
                "paper" => vec![&mut self.speakers, &mut self.papers],
                "document" => vec![&mut self.speakers, &mut self.papers, &mut self.documents],
                "letter" => vec![&mut self.speakers, &mut self.papers, &mut self.letters],
                "outlet" => vec![&mut self.speakers, &mut self.outlets],
                _ => vec![&mut self.speakers],
            };
            for set in sets {
                set.insert(noun.to_owned());
            }
        }
    }
}
