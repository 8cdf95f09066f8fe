//! Courses and what they teach.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Credits, Ctid, Hours, Origin, Place, Requisite, Text};

/// Code of a course in its catalogue: subject and number, for example `ITSY 1300`.
///
/// Form: at most 24 letters, digits, blanks, `-`, `.`, `/` or `&`; written in upper case with single blanks, and one
/// blank between a leading run of letters and a following digit. A code may begin with a digit (`10-152-101`, `6.006`,
/// `21M.301`) where it holds a separator or a letter and is no date, price or span of years.
/// Errors: [`CourseCodeError`].
///
/// ```
/// use credway_model::CourseCode;
/// let code: CourseCode = "itsy1300".parse().unwrap();
/// assert_eq!(code.as_str(), "ITSY 1300");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CourseCode(String);

/// Why a text is not a course code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not a course code such as “ITSY 1300”")]
pub struct CourseCodeError {
    /// The text that was given.
    pub found: String,
}

impl CourseCode {
    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The subject prefix: the letters before the first digit, without blanks at the end; of a code that begins with a
    /// digit, what stands before its last separator (`10-152` of `10-152-101`).
    #[must_use]
    pub fn subject(&self) -> &str {
        if self.0.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.0.rsplit_once(SEPARATORS).map_or("", |(before, _)| before);
        }
        let end = self.0.find(|letter: char| letter.is_ascii_digit()).unwrap_or(self.0.len());
        self.0[..end].trim_end_matches([' ', '-'])
    }
}

impl FromStr for CourseCode {
    type Err = CourseCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || CourseCodeError { found: text.chars().take(60).collect() };
        let upper = text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        let allowed = |letter: char| letter.is_alphanumeric() || " -./&".contains(letter);
        let too_long = |code: &str| code.chars().count() > 24;
        if !upper.chars().all(allowed) || too_long(&upper) {
            return Err(wrong());
        }
        if upper.starts_with(|letter: char| letter.is_ascii_digit()) {
            return if is_code_of_digits(&upper) { Ok(Self(upper)) } else { Err(wrong()) };
        }
        if !upper.starts_with(char::is_alphabetic) {
            return Err(wrong());
        }
        let letters = upper.find(|letter: char| !letter.is_alphabetic()).unwrap_or(upper.len());
        if upper[letters..].starts_with(|letter: char| letter.is_ascii_digit()) {
            // The blank counts: what is written must be read back.
            let spaced = format!("{} {}", &upper[..letters], &upper[letters..]);
            return if too_long(&spaced) { Err(wrong()) } else { Ok(Self(spaced)) };
        }
        Ok(Self(upper))
    }
}

/// What may stand between the groups of a code.
const SEPARATORS: [char; 4] = [' ', '-', '.', '/'];

/// Whether a text that begins with a digit is a code rather than a plain number, a count with its unit, a date, a span
/// of years or a price.
fn is_code_of_digits(text: &str) -> bool {
    let groups: Vec<&str> = text.split(SEPARATORS).collect();
    let letters = |group: &str| group.chars().filter(|letter| letter.is_alphabetic()).count();
    let plain = |group: &&str| !group.is_empty() && group.chars().all(|letter| letter.is_ascii_alphanumeric());
    let ends_in_word = text.rsplit_once(' ').is_some_and(|(_, last)| !last.contains(|one: char| one.is_ascii_digit()));
    if !groups.iter().all(plain) || ends_in_word || groups.iter().any(|group| letters(group) > 4) {
        return false;
    }
    if groups.iter().any(|group| letters(group) > 0) {
        return true;
    }
    match groups.as_slice() {
        [_] => false,
        [one, other] => !is_price(text, one, other) && !is_span(text, one, other),
        [one, middle, other] => !is_date([one, middle, other]),
        _ => true,
    }
}

/// `240.00`, `3.5`, `9.99`: three digits before the point, one behind it, or the cents and quarters of prices and credits.
fn is_price(text: &str, whole: &str, part: &str) -> bool {
    text.contains('.') && (whole.len() > 2 || part.len() < 2 || matches!(part, "00" | "25" | "50" | "75" | "95" | "99"))
}

/// `2026-2027`, `2026/27`, `09/2026`: years, or a month of one.
fn is_span(text: &str, one: &str, other: &str) -> bool {
    let month = |group: &str| group.parse::<u32>().is_ok_and(|month| (1..=12).contains(&month));
    !text.contains('.') && ((is_year(one) && matches!(other.len(), 2 | 4)) || (month(one) && is_year(other)))
}

/// `2026-03-02`, `3/2/2026`, `03.02.26`: three short groups, one of which may be a year.
fn is_date(groups: [&str; 3]) -> bool {
    groups.iter().all(|group| group.len() <= 2 || is_year(group)) && groups[1].len() <= 2
}

fn is_year(group: &str) -> bool {
    group.len() == 4 && (group.starts_with("19") || group.starts_with("20"))
}

impl fmt::Display for CourseCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl TryFrom<String> for CourseCode {
    type Error = CourseCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CourseCode> for String {
    fn from(code: CourseCode) -> Self {
        code.0
    }
}

/// The academic year of a catalogue, as the college writes it (`2026-2027`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CatalogueYear(pub Text);

/// When a course is offered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferedTerm {
    /// Every fall.
    Fall,
    /// Every spring.
    Spring,
    /// Every summer.
    Summer,
    /// Anything else, in the source's own words ("fall of odd years", "at discretion").
    Other(Text),
}

impl OfferedTerm {
    /// The word shown and written.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Fall => "fall",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Other(words) => words.as_str(),
        }
    }
}

/// How far a course takes an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeLevel {
    /// Introduced (I).
    Introduced,
    /// Reinforced (R).
    Reinforced,
    /// Mastered (M).
    Mastered,
}

impl OutcomeLevel {
    /// The word shown and written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Introduced => "introduced",
            Self::Reinforced => "reinforced",
            Self::Mastered => "mastered",
        }
    }

    /// Reads the word or its initial, in any case.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "i" | "introduced" => Some(Self::Introduced),
            "r" | "reinforced" => Some(Self::Reinforced),
            "m" | "mastered" => Some(Self::Mastered),
            _ => None,
        }
    }
}

/// What a statement of a course is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeKind {
    /// What a learner can do at the end.
    Outcome,
    /// A topic that is taught.
    Topic,
}

impl OutcomeKind {
    /// The word shown and written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Topic => "topic",
        }
    }
}

/// A course outcome (CLO) or topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Identifier.
    pub ctid: Ctid,
    /// The college's number for it within the course.
    pub code: Option<Text>,
    /// Outcome or topic.
    pub kind: OutcomeKind,
    /// The statement.
    pub statement: Text,
    /// Topics above it, outermost first.
    pub path: Vec<Text>,
    /// How far the course takes it; absent when the source does not say.
    pub level: Option<OutcomeLevel>,
    /// How it is assessed; absent when the source names no assessment.
    pub assessed_by: Option<Text>,
    /// Where it stands in the source.
    pub place: Place,
}

/// A course of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Identifier.
    pub ctid: Ctid,
    /// The organization that offers it.
    pub organization: Ctid,
    /// Code in the catalogue.
    pub code: CourseCode,
    /// Title.
    pub title: Text,
    /// Semester credit hours.
    pub credits: Option<Credits>,
    /// Lecture hours a week.
    pub lecture_hours: Option<Hours>,
    /// Laboratory hours a week.
    pub lab_hours: Option<Hours>,
    /// Contact hours a term.
    pub contact_hours: Option<Hours>,
    /// Catalogue description.
    pub description: Option<Text>,
    /// Prerequisites in the catalogue's words.
    pub prerequisites: Option<Text>,
    /// Corequisites in the catalogue's words.
    pub corequisites: Option<Text>,
    /// What both say together, as far as it was understood; absent when the source says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requisites: Option<Requisite>,
    /// When it is offered.
    pub offered: Vec<OfferedTerm>,
    /// Year of the catalogue.
    pub catalogue_year: Option<CatalogueYear>,
    /// Outcomes and topics in the order of the source.
    pub outcomes: Vec<Outcome>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}

impl Course {
    /// The key a course has within its organization: catalogue year and code.
    #[must_use]
    pub fn key(year: Option<&CatalogueYear>, code: &CourseCode) -> String {
        Ctid::key([year.map_or("", |year| year.0.as_str()), code.as_str()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_one_form() {
        for (given, expected) in [
            ("itsy 1300", "ITSY 1300"),
            ("SEC335", "SEC 335"),
            (" CSC  184 ", "CSC 184"),
            ("MATH-1314", "MATH-1314"),
            ("BIOL 2401L", "BIOL 2401L"),
            ("10-152-101", "10-152-101"),
            ("6.006", "6.006"),
            ("18.06", "18.06"),
            ("6.s081", "6.S081"),
            ("21M.301", "21M.301"),
            ("15 213", "15 213"),
            ("101A", "101A"),
        ] {
            assert_eq!(given.parse::<CourseCode>().unwrap().as_str(), expected);
        }
        for bad in ["", "1300", "<b>X</b>", "ITSY 1300; DROP TABLE", "=1+1", "-1", "I1DE T332 TIDE 1301/1101"] {
            assert!(bad.parse::<CourseCode>().is_err(), "{bad}");
        }
        for figure in ["3", "3.0", "3.00", "1.5", "240.00", "9.99", "4 CREDITS", "3 hrs", "50%", "90 MINUTES"] {
            assert!(figure.parse::<CourseCode>().is_err(), "{figure}");
        }
        for date in ["2026-03-02", "3/2/2026", "02.03.2026", "3/2/26", "2026-2027", "2026/27", "09/2026", "2026-27"] {
            assert!(date.parse::<CourseCode>().is_err(), "{date}");
        }
        assert_eq!("10-152-101".parse::<CourseCode>().unwrap().subject(), "10-152");
        assert_eq!("SEC 335".parse::<CourseCode>().unwrap().subject(), "SEC");
    }
}
