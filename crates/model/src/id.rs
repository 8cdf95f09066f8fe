//! The identifier of everything that can be published: a CTID.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Identifier of a publishable thing, for example `ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11`.
///
/// Form: the prefix `ce-` and a lower-case UUID of any version.
/// Errors: [`CtidError`] names what was found instead.
/// Source: CTDL, "CTID" (Credential Transparency Description Language, property `ceterms:ctid`).
///
/// ```
/// use credway_model::Ctid;
/// let college: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
/// let course = Ctid::derive(&college, "course", "2026-2027/ITSY 1300");
/// assert_eq!(course, Ctid::derive(&college, "course", "2026-2027/ITSY 1300"));
/// assert_ne!(course, college);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ctid(Uuid);

/// Why a text is not a CTID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not a CTID: expected “ce-” followed by a lower-case UUID")]
pub struct CtidError {
    /// The text that was given.
    pub found: String,
}

impl Ctid {
    /// A CTID from a UUID made outside (by the caller's random source).
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The CTID of the thing of `kind` that `namespace` knows under `key`: a version 5 UUID over both, so that
    /// importing the same file twice finds the same thing.
    /// Source: RFC 9562 §5.5.
    #[must_use]
    pub fn derive(namespace: &Self, kind: &str, key: &str) -> Self {
        Self(Uuid::new_v5(&namespace.0, format!("{kind}/{key}").as_bytes()))
    }

    /// The key of a thing that several words name together: the words joined by `/`. A `/` inside a word is written as
    /// U+001F, which no text can hold, so that different words never make the same key.
    ///
    /// ```
    /// use credway_model::Ctid;
    /// assert_eq!(Ctid::key(["2026-2027", "ITSY 1300"]), "2026-2027/ITSY 1300");
    /// assert_ne!(Ctid::key(["A/B", "C"]), Ctid::key(["A", "B/C"]));
    /// ```
    #[must_use]
    pub fn key<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
        let words: Vec<String> = words.into_iter().map(|word| word.replace('/', "\u{1f}")).collect();
        words.join("/")
    }

    /// The UUID without the prefix.
    #[must_use]
    pub const fn uuid(&self) -> Uuid {
        self.0
    }
}

impl fmt::Display for Ctid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ce-{}", self.0.hyphenated())
    }
}

impl FromStr for Ctid {
    type Err = CtidError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || CtidError { found: text.to_owned() };
        let uuid = text.strip_prefix("ce-").ok_or_else(wrong)?;
        if uuid.len() != 36 || uuid.chars().any(|letter| letter.is_ascii_uppercase()) {
            return Err(wrong());
        }
        Uuid::try_parse(uuid).map(Self).map_err(|_| wrong())
    }
}

impl TryFrom<String> for Ctid {
    type Error = CtidError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Ctid> for String {
    fn from(ctid: Ctid) -> Self {
        ctid.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_form_is_a_ctid() {
        let good = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11";
        assert_eq!(good.parse::<Ctid>().unwrap().to_string(), good);
        for bad in [
            "",
            "8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11",
            "ce-8F3B6F5A-4A0E-5D0C-9D0F-3F1F6F6D2A11",
            "ce-8f3b6f5a4a0e5d0c9d0f3f1f6f6d2a11",
            "ce-zz",
        ] {
            assert_eq!(bad.parse::<Ctid>(), Err(CtidError { found: bad.to_owned() }));
        }
    }
}
