//! What one note yields by itself: the part of a compilation that knows of no other note.
//!
//! A reading follows from the note and from the settings that [`Reading::key`] names, so it can be kept and used again
//! for as long as these are the same. As bytes it holds no number of a file: notes are numbered anew in each
//! compilation.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::allow::Allows;
use crate::card::Card;
use crate::config::Config;
use crate::diagnostic::{Finding, Place};
use crate::identity::pin::{self, Pin};
use crate::schedule::{Algorithm, algorithm};
use crate::source::{FileId, SourceFile, Span};
use crate::study::Study;
use crate::{markdown, rules};

/// A name that the program itself gives; serde would take a plain `&'static str` for borrowed bytes.
pub type Name = &'static str;

/// What one note yields by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Its cards, without identity.
    pub cards: Vec<Card>,
    /// What there is to say of it.
    pub findings: Vec<Finding>,
    /// Its allow comments.
    pub allows: Allows,
    /// Which of its cards are pinned.
    pub pins: Vec<Pin>,
    /// How its front matter wants it learnt.
    pub study: Study,
}

impl Reading {
    /// Reads a note.
    pub fn of(file: &SourceFile, config: &Config) -> Reading {
        let document = markdown::parse(file);
        let extraction = rules::extract(&document, config);
        let (allows, mistakes) = Allows::of(&document);
        let findings = extraction.findings.into_iter().chain(mistakes).collect();
        let (pins, study) = (pin::of(&document), document.front.study.clone());
        Reading { cards: extraction.cards, findings, allows, pins, study }
    }

    /// What a reading of `file` follows from, beside the program itself, as a name of 64 hexadecimal digits.
    pub fn key(file: &SourceFile, config: &Config) -> String {
        let Config { deck_name, deck_per_note, decks, tags, language, rules_off, .. } = config;
        let settings = format!("{:?}", (deck_name, deck_per_note, decks, tags, language, rules_off, &file.path));
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(settings.len() as u64).to_le_bytes()).update(settings.as_bytes()).update(file.text.as_bytes());
        hasher.finalize().to_hex().to_string()
    }

    /// The reading as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Nothing in a reading is of a kind that has no form in bytes; an empty one is read as damaged.
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The reading of the note `file` that these bytes hold; none where they are damaged.
    pub fn from_bytes(bytes: &[u8], file: FileId) -> Option<Reading> {
        let mut reading: Reading = postcard::from_bytes(bytes).ok()?;
        reading.place(file);
        Some(reading)
    }

    /// Says of everything that it is about the note `file`.
    fn place(&mut self, file: FileId) {
        let place = |span: &mut Span| span.file = file;
        for card in &mut self.cards {
            place(&mut card.anchor);
            place(&mut card.span);
        }
        for finding in &mut self.findings {
            if let Place::Span(span) = &mut finding.place {
                place(span);
            }
            finding.related.iter_mut().for_each(|(span, _)| place(span));
        }
        self.allows.spans().for_each(place);
        for pin in &mut self.pins {
            place(&mut pin.at);
            place(&mut pin.scope);
        }
    }
}

/// Names that the program itself gives, by the list that has them all.
macro_rules! named {
    ($module:ident, $what:literal, $find:expr) => {
        pub(crate) mod $module {
            #![doc = $what]
            use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

            pub(crate) fn serialize<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
                name.serialize(serializer)
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
                let name = String::deserialize(deserializer)?;
                $find(&name).ok_or_else(|| de::Error::custom("no such name"))
            }
        }
    };
}

named!(rule, "The name of a rule.", crate::rules::name);
named!(code, "The name of a finding.", |name: &str| crate::diagnostic::codes::find(name).map(|code| code.name));

pub(crate) mod shared {
    //! Characters that several hold, each of whom gets them for itself.
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
        text.as_ref().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Arc::from)
    }
}

pub(crate) mod shared_maybe {
    //! The same, where there may be none.
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
        text.as_deref().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Arc<str>>, D::Error> {
        Option::<String>::deserialize(deserializer).map(|text| text.map(Arc::from))
    }
}

/// An algorithm is kept by its name.
impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for &'static Algorithm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        algorithm(&name).ok_or_else(|| de::Error::custom("no such algorithm"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "---\nscheduler: fsrs\nexam_date: 2027-03-01\n---\n# Ports\n\n<!-- recto: pin(one) -->\n\
        - SSH uses port **22** ![x](x.png).\n\nQ: What is [TLS](http://a.b)?\nA: `code` and $x$\n\n\
        <!-- recto: allow(answer-in-front) -->\nQ: What does NAT do as NAT?\nA: NAT\n\nThe ==TCP== header.\n";

    #[test]
    fn bytes_hold_the_whole_reading_and_no_number_of_a_file() {
        let config = Config::default();
        let [first, later] = [0, 7].map(|id| SourceFile::new(FileId(id), "a.md", NOTE));
        let (reading, same) = (Reading::of(&first, &config), Reading::of(&later, &config));
        assert!(!reading.cards.is_empty() && !reading.pins.is_empty() && reading.study.scheduler.is_some());
        assert_eq!(reading.to_bytes(), same.to_bytes());
        assert_eq!(Reading::from_bytes(&reading.to_bytes(), FileId(7)), Some(same));
    }

    #[test]
    fn damaged_bytes_are_no_reading() {
        let file = SourceFile::new(FileId(0), "a.md", NOTE);
        let bytes = Reading::of(&file, &Config::default()).to_bytes();
        assert_eq!(Reading::from_bytes(&bytes[..bytes.len() / 2], file.id), None);
        assert_eq!(Reading::from_bytes(&[], file.id), None);
    }

    #[test]
    fn the_key_tells_notes_and_settings_apart() {
        let file = |path: &str, text: &str| SourceFile::new(FileId(0), path, text);
        let config = Config::default();
        let other = Config { deck_name: "Other".into(), ..Config::default() };
        let keys = [
            Reading::key(&file("a.md", "x"), &config),
            Reading::key(&file("a.md", "y"), &config),
            Reading::key(&file("b.md", "x"), &config),
            Reading::key(&file("a.md", "x"), &other),
        ];
        assert!(keys.iter().enumerate().all(|(at, key)| !keys[..at].contains(key)));
    }
}
