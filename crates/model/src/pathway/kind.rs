//! What a component of a pathway is, and what part it plays for who walks there.

use serde::{Deserialize, Serialize};

/// What kind of thing a component is.
/// Source: CTDL, subclasses of `ceterms:PathwayComponent` that are stable in the schema of 2026-08-06.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    /// A course.
    Course,
    /// A credential: a degree, certificate, certification, licence or microcredential.
    Credential,
    /// An exam or another assessment.
    Assessment,
    /// A job.
    Job,
    /// Experience at work: an internship, an apprenticeship.
    WorkExperience,
    /// A competency.
    Competency,
    /// Something outside the curriculum that belongs to it.
    Cocurricular,
    /// Something outside the curriculum.
    Extracurricular,
    /// Anything else.
    Basic,
}

impl ComponentKind {
    /// Every kind with the word used in files and shown.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("course", Self::Course),
        ("credential", Self::Credential),
        ("assessment", Self::Assessment),
        ("job", Self::Job),
        ("work experience", Self::WorkExperience),
        ("competency", Self::Competency),
        ("cocurricular", Self::Cocurricular),
        ("extracurricular", Self::Extracurricular),
        ("basic", Self::Basic),
    ];

    /// The word used in files and shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Reads the word, in any case; “exam” is an assessment, “experience” is work experience.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase().replace(['_', '-'], " ");
        match word.as_str() {
            "exam" => Some(Self::Assessment),
            "experience" => Some(Self::WorkExperience),
            _ => Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind),
        }
    }
}

/// What part a component plays for who walks there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathwayRole {
    /// Who holds it already comes in here.
    OnRamp,
    /// Who leaves here has earned something of value.
    OffRamp,
    /// The pathway leads here.
    Destination,
}

impl PathwayRole {
    /// Every role with the word used in files and shown.
    pub const WORDS: [(&'static str, Self); 3] =
        [("on-ramp", Self::OnRamp), ("off-ramp", Self::OffRamp), ("destination", Self::Destination)];

    /// The word used in files and shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, role)| *role == self).map_or("", |(word, _)| word)
    }

    /// Reads the word, in any case; “exit” is an off-ramp, “entry” an on-ramp.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase().replace(['_', ' '], "-");
        match word.as_str() {
            "exit" => Some(Self::OffRamp),
            "entry" => Some(Self::OnRamp),
            _ => Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, role)| *role),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for (word, kind) in ComponentKind::WORDS {
            assert_eq!(ComponentKind::read(&word.to_uppercase()), Some(kind));
            assert_eq!(kind.word(), word);
        }
        for (word, role) in PathwayRole::WORDS {
            assert_eq!(PathwayRole::read(&word.to_uppercase().replace('-', " ")), Some(role));
        }
        assert_eq!(ComponentKind::read("selection"), None);
    }
}
