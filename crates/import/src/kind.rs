//! What a file holds.

use serde::{Deserialize, Serialize};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Exam blueprints.
    Blueprint,
    /// Courses of a catalogue, with or without outcomes.
    Courses,
    /// Outcomes and topics of courses.
    Outcomes,
    /// Programs and their courses.
    Program,
    /// What programs require.
    Requirements,
    /// Pathways and their components.
    Pathway,
    /// A competency framework.
    Framework,
    /// Credentials.
    Credential,
    /// Organizations.
    Organization,
    /// Review decisions.
    Decisions,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Blueprint,
        Self::Courses,
        Self::Outcomes,
        Self::Program,
        Self::Requirements,
        Self::Pathway,
        Self::Framework,
        Self::Credential,
        Self::Organization,
        Self::Decisions,
    ];

    /// The word used on the command line and in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blueprint => "blueprint",
            Self::Courses => "courses",
            Self::Outcomes => "outcomes",
            Self::Program => "program",
            Self::Requirements => "requirements",
            Self::Pathway => "pathway",
            Self::Framework => "framework",
            Self::Credential => "credential",
            Self::Organization => "organization",
            Self::Decisions => "decisions",
        }
    }

    /// Reads the word, its singular or plural, or `catalogue` for courses.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        if matches!(word.as_str(), "catalogue" | "catalog") {
            return Some(Self::Courses);
        }
        let singular = word.trim_end_matches('s');
        Self::ALL.into_iter().find(|kind| kind.word().trim_end_matches('s') == singular)
    }
}
