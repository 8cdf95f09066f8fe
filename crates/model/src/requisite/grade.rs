//! The least grade a requisite asks for.
//!
//! It refuses to say what a grade is worth in points: colleges differ.

use std::fmt;
use std::str::FromStr;

/// A letter grade from A+ to F, or P (pass), S (satisfactory) or CR (credit).
///
/// Errors: [`GradeError`].
///
/// ```
/// use credway_model::Grade;
/// assert_eq!("c-".parse::<Grade>().unwrap().as_str(), "C-");
/// assert!("E+".parse::<Grade>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(&'static str);

/// Why a text is not a grade.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not a grade such as C or B-")]
pub struct GradeError {
    /// The text that was given.
    pub found: String,
}

impl Grade {
    /// Every grade, the letters from the best down.
    pub const ALL: [Self; 16] = [
        Self("A+"),
        Self("A"),
        Self("A-"),
        Self("B+"),
        Self("B"),
        Self("B-"),
        Self("C+"),
        Self("C"),
        Self("C-"),
        Self("D+"),
        Self("D"),
        Self("D-"),
        Self("F"),
        Self("P"),
        Self("S"),
        Self("CR"),
    ];

    /// The grade as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

impl FromStr for Grade {
    type Err = GradeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim().replace(['−', '–'], "-").to_ascii_uppercase();
        let word = match plain.as_str() {
            "PASS" | "PASSING" => "P",
            "SATISFACTORY" => "S",
            "CREDIT" => "CR",
            other => other,
        };
        let found = Self::ALL.into_iter().find(|grade| grade.0 == word);
        found.ok_or_else(|| GradeError { found: text.chars().take(20).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_have_one_form() {
        for grade in Grade::ALL {
            assert_eq!(grade.as_str().parse(), Ok(grade));
        }
        assert_eq!("pass".parse::<Grade>().unwrap().as_str(), "P");
        assert_eq!("c–".parse::<Grade>().unwrap().as_str(), "C-");
        for bad in ["", "E", "C--", "70", "better"] {
            assert!(bad.parse::<Grade>().is_err(), "{bad}");
        }
    }
}
