//! Grade points: what a grade is worth in an average.
//!
//! Colleges differ in what a letter is worth; who reads a letter takes the usual four-point scale and says so. Points are what is kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Grade, UnitError};

/// Grade points of a course, 0 to 5.00, in hundredths (an A of a four-point scale is 400).
///
/// Errors: [`UnitError`].
///
/// ```
/// use credway_model::GradePoints;
/// assert_eq!("2.5".parse::<GradePoints>().unwrap().to_string(), "2.50");
/// assert!("5.01".parse::<GradePoints>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct GradePoints(u16);

impl GradePoints {
    /// The most there is, in hundredths.
    pub const MOST: u16 = 500;

    /// From hundredths of a point.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] above 5.00.
    pub fn new(hundredths: u16) -> Result<Self, UnitError> {
        if hundredths > Self::MOST {
            let found = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            return Err(UnitError::OutOfRange { found, low: "0", high: "5.00" });
        }
        Ok(Self(hundredths))
    }

    /// In hundredths of a point, 0 to 500.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// What a letter is worth on the usual four-point scale: A and A+ 4.00, then 0.30 less for each minus and 0.30 more for each plus,
    /// down to D- 0.70 and F 0. Absent for grades that are no letters (P, S, CR).
    #[must_use]
    pub fn usual(grade: Grade) -> Option<Self> {
        let hundredths = match grade.as_str() {
            "A+" | "A" => 400,
            "A-" => 370,
            "B+" => 330,
            "B" => 300,
            "B-" => 270,
            "C+" => 230,
            "C" => 200,
            "C-" => 170,
            "D+" => 130,
            "D" => 100,
            "D-" => 70,
            "F" => 0,
            _ => return None,
        };
        Some(Self(hundredths))
    }
}

impl FromStr for GradePoints {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hundredths = crate::units::decimal(text, 2, " of grade points")?;
        let wrong = || UnitError::OutOfRange { found: text.trim().to_owned(), low: "0", high: "5.00" };
        u16::try_from(hundredths).ok().and_then(|hundredths| Self::new(hundredths).ok()).ok_or_else(wrong)
    }
}

impl fmt::Display for GradePoints {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

impl TryFrom<u16> for GradePoints {
    type Error = UnitError;

    fn try_from(hundredths: u16) -> Result<Self, Self::Error> {
        Self::new(hundredths)
    }
}

impl From<GradePoints> for u16 {
    fn from(points: GradePoints) -> Self {
        points.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_kept_within_their_range() {
        assert_eq!("2".parse::<GradePoints>().unwrap().hundredths(), 200);
        assert_eq!(" 3.7 ".parse::<GradePoints>().unwrap().to_string(), "3.70");
        assert!(matches!(GradePoints::new(501), Err(UnitError::OutOfRange { .. })));
        assert!(matches!("70".parse::<GradePoints>(), Err(UnitError::OutOfRange { .. })));
        assert!("C".parse::<GradePoints>().is_err());
        assert!(serde_json::from_str::<GradePoints>("501").is_err());
    }

    #[test]
    fn letters_fall_by_the_usual_scale() {
        let points: Vec<u16> =
            Grade::ALL.into_iter().filter_map(GradePoints::usual).map(GradePoints::hundredths).collect();
        assert_eq!(points.len(), 13);
        assert!(points.windows(2).all(|two| two[0] >= two[1]));
        assert_eq!(GradePoints::usual("P".parse().unwrap()), None);
    }
}
