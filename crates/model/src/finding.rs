//! A finding: something a person should know about what was read or computed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Place;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing to do.
    Note,
    /// Worth a look; the record was taken.
    Warning,
    /// The file is not written until this is mended or expressly accepted.
    Error,
}

impl Severity {
    /// The word shown to people and written in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

/// One finding: a stable code, where it is, what it is, and what to do.
///
/// The code is `area.what` in lower case with hyphens (for example `blueprint.weights-total`); codes are never
/// reused, and the list of all codes is in the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Name of the file, if it is about a file.
    pub file: Option<String>,
    /// Where in the file.
    pub place: Place,
    /// What was found, as a sentence.
    pub message: String,
    /// What to do about it, as a sentence.
    pub hint: String,
}

impl Finding {
    /// A finding about no file yet; see [`Finding::in_file`].
    #[must_use]
    pub fn new(
        code: &str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { code: code.to_owned(), severity, file: None, place, message: message.into(), hint: hint.into() }
    }

    /// The same finding, said to be in `file`.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }
}

/// Whether any finding forbids writing.
#[must_use]
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
