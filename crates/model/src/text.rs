//! Words that came from a person or a document.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A non-empty text: trimmed, Unicode NFC, inner runs of blanks folded to one space, at most 20,000 characters, no
/// control characters.
///
/// Errors: [`TextError`].
///
/// ```
/// use credway_model::Text;
/// assert_eq!(Text::new("  Assess   threats\n to a system ").unwrap().as_str(), "Assess threats to a system");
/// assert!(Text::new(" \t ").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(String);

/// Why a text cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("the text is empty")]
    Empty,
    /// Longer than [`Text::LONGEST`] characters.
    #[error("the text has {characters} characters; at most {} are taken", Text::LONGEST)]
    TooLong {
        /// How many characters it has.
        characters: usize,
    },
    /// A name longer than [`Text::LONGEST_NAME`] characters.
    #[error("the name has {characters} characters; at most {} are taken", Text::LONGEST_NAME)]
    LongName {
        /// How many characters it has.
        characters: usize,
    },
    /// A control character such as NUL.
    #[error("the text holds the control character U+{code:04X}")]
    Control {
        /// The character's code point.
        code: u32,
    },
}

impl Text {
    /// The longest text taken, in characters.
    pub const LONGEST: usize = 20_000;

    /// The longest name taken (of a person, a catalogue year, a mapping), in characters; databases index names, and
    /// PostgreSQL indexes no long ones.
    pub const LONGEST_NAME: usize = 200;

    /// Checks and normalises a name: as [`Text::new`], at most [`Text::LONGEST_NAME`] characters.
    ///
    /// # Errors
    /// [`TextError`].
    pub fn name(raw: &str) -> Result<Self, TextError> {
        let text = Self::new(raw)?;
        let characters = text.0.chars().count();
        if characters > Self::LONGEST_NAME { Err(TextError::LongName { characters }) } else { Ok(text) }
    }

    /// Checks and normalises `raw`.
    ///
    /// # Errors
    /// [`TextError`] when it is empty, too long, or holds control characters.
    pub fn new(raw: &str) -> Result<Self, TextError> {
        let mut folded = String::with_capacity(raw.len());
        for word in raw.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        if let Some(control) = folded.chars().find(|letter| letter.is_control()) {
            return Err(TextError::Control { code: control as u32 });
        }
        if !folded.is_ascii() {
            folded = folded.nfc().collect();
        }
        if folded.is_empty() {
            return Err(TextError::Empty);
        }
        let characters = if folded.len() > Self::LONGEST { folded.chars().count() } else { folded.len() };
        if characters > Self::LONGEST {
            return Err(TextError::TooLong { characters });
        }
        Ok(Self(folded))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Text {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::new(&raw)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_normalised_or_refused() {
        assert_eq!(Text::new("Cafe\u{301}").unwrap().as_str(), "Café");
        assert_eq!(Text::new("a\u{0}b"), Err(TextError::Control { code: 0 }));
        assert_eq!(Text::new(&"x".repeat(20_001)), Err(TextError::TooLong { characters: 20_001 }));
        assert_eq!(Text::new("\u{a0}\u{2003}"), Err(TextError::Empty));
    }
}
