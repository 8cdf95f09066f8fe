//! The line a course begins with: code, title, and often the credits.
//!
//! Taken as a code: two to eight letters and two to five digits with up to two letters behind them, joined by a blank, a
//! hyphen or nothing, or a number such as `10-152-101` or `6.006`. What follows must read as a title: a line that goes on
//! with “or”, “with a grade of”, a comma or a small letter is a sentence about a course.

use std::sync::LazyLock;

use credway_model::CourseCode;
use regex::Regex;

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\*?((?:[A-Z][A-Za-z&]{1,7}|[A-Z])(?: ?[-–] ?| )?\d{2,5}(?:\.\d{1,3})?[A-Z]{0,2}|\d{2,3}-\d{3}(?:-\d{3})?|\d{1,2}[A-Z]?\.[A-Z]?\d{2,4}[A-Z]?)(?:[\s:.,–—|-]|$)").ok()
});
/// Credits with their unit at the end of a heading.
static CREDITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[\s.,;:–—(\[-]+(\d{1,2}(?:\.\d{1,2})?(?:\s*(?:-|–|to|or)\s*\d{1,2}(?:\.\d{1,2})?)?)\s*(?:semester\s+)?(?:credit\s+hours?|credits?|cr\.?\s*hrs?\.?|crs?\.?|hours?|hrs?\.?|units?|s\.?h\.?|sch)\.?\s*[)\]]?\.?$").ok()
});
/// Credits alone in brackets, or behind a wide gap.
static BARE_CREDITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\s*[(\[](?:cr\.?\s*)?(\d{1,2}(?:\.\d{1,2})?)[)\]]|\t[\s.]*(\d{1,2}(?:\.\d{1,2})?))\.?$").ok()
});
/// Hours in brackets whose order the catalogue does not say here: (3-3-0), (3:2:2).
static HOURS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\s.,]*[(\[](\d{1,2}(?:\.\d)?(?:\s*[-–:,/]\s*\d{1,2}(?:\.\d)?){1,3})[)\]]\.?$").ok());
/// Words that a sentence about a course goes on with, and a title hardly begins with.
const SENTENCE: &[&str] =
    &["or", "and", "with", "is", "are", "may", "must", "can", "will", "as", "if", "credit", "credits", "required"];

/// A heading taken apart. Texts are as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) code: CourseCode,
    pub(super) title: String,
    pub(super) credits: Option<String>,
    /// Hours in brackets of unknown order.
    pub(super) hours: Option<String>,
    /// Whether a point stands right behind the title: its own (“in the U.S.”), or what parts it from the credits.
    pub(super) pointed: bool,
}

/// The code a line begins with and where the rest begins.
pub(super) fn code(line: &str) -> Option<(CourseCode, usize)> {
    let found = CODE.as_ref()?.captures(line)?.get(1)?;
    let code: CourseCode = found.as_str().replace('–', "-").replace(" - ", "-").replace("- ", "-").parse().ok()?;
    Some((code, found.end()))
}

/// Takes a heading apart, if it is one.
pub(super) fn read(line: &str) -> Option<Heading> {
    let (code, end) = code(line)?;
    let rest = line[end..].trim_start_matches([' ', '\t', ':', '.', '–', '—', '|', '-']);
    let (rest, credits, hours) = figures(rest);
    let title = rest.trim().trim_end_matches(['.', ',', ';', ':', '–', '—', '-', '(']).trim_end();
    let pointed = line[end..].split_once(title).is_some_and(|(_, behind)| !title.is_empty() && behind.starts_with('.'));
    Some(Heading { code, title: title.replace('\t', " "), credits, hours, pointed })
}

/// What a line ends with besides the title: credits and hours in either order.
fn figures(mut rest: &str) -> (&str, Option<String>, Option<String>) {
    let (mut credits, mut hours) = (None, None);
    for _ in 0..2 {
        let unit = CREDITS.as_ref().and_then(|pattern| pattern.captures(rest));
        let bare = BARE_CREDITS.as_ref().and_then(|pattern| pattern.captures(rest));
        let many = HOURS.as_ref().and_then(|pattern| pattern.captures(rest));
        let (slot, found) = match (unit, bare, many) {
            (Some(found), _, _) | (None, Some(found), _) if credits.is_none() => (&mut credits, found),
            (_, _, Some(found)) if hours.is_none() => (&mut hours, found),
            _ => break,
        };
        let Some(value) = found.get(1).or_else(|| found.get(2)) else { break };
        *slot = Some(value.as_str().to_owned());
        rest = &rest[..found.get(0).map_or(0, |whole| whole.start())];
    }
    (rest, credits, hours)
}

/// Whether the words after a code read as a title rather than as a sentence.
pub(super) fn reads_as_title(line: &str) -> bool {
    let Some((_, end)) = code(line) else { return false };
    let rest = line[end..].trim_start_matches([' ', '\t', ':', '.', '–', '—', '|', '-']);
    let parted = line[end..].trim_start().starts_with([':', '.', '–', '—', '|', '-']);
    let first = rest.split_whitespace().next().unwrap_or_default();
    let word = first.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_ascii_lowercase();
    let Some(letter) = rest.chars().next() else { return false };
    if SENTENCE.contains(&word.as_str()) && !first.starts_with(char::is_uppercase) {
        return false;
    }
    // “ENGL 1301 ENGL 1302” is a list; “HIST 3357 - Germany 1815-1918” is not.
    let capitals = first.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit());
    if capitals && CODE.as_ref().is_some_and(|code| code.is_match(rest)) {
        return false;
    }
    letter.is_uppercase() || letter.is_ascii_digit() || "\"“‘'¿¡".contains(letter) || (parted && letter.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, code: &str, title: &str, credits: Option<&str>, hours: Option<&str>) {
        let heading = read(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!((heading.code.as_str(), heading.title.as_str()), (code, title), "{line}");
        assert_eq!((heading.credits.as_deref(), heading.hours.as_deref()), (credits, hours), "{line}");
        assert!(reads_as_title(line), "{line}");
    }

    #[test]
    fn headings_in_many_styles() {
        check("ITSY 1300 - Fundamentals of Security", "ITSY 1300", "Fundamentals of Security", None, None);
        check(
            "ITSY 1300. Fundamentals of Security. 3 Credits.",
            "ITSY 1300",
            "Fundamentals of Security",
            Some("3"),
            None,
        );
        check("ITSY 1300 Fundamentals of Security (3)", "ITSY 1300", "Fundamentals of Security", Some("3"), None);
        check("ITSY 1300 Fundamentals (3-2-2)", "ITSY 1300", "Fundamentals", None, Some("3-2-2"));
        check("ITSY 1300: Fundamentals, 3 s.h. (3-0)", "ITSY 1300", "Fundamentals", Some("3"), Some("3-0"));
        check("ITSY1300\tFundamentals\t3.0", "ITSY 1300", "Fundamentals", Some("3.0"), None);
        check("10-152-101 Web Basics 3 cr", "10-152-101", "Web Basics", Some("3"), None);
        check("MATH 1314 College Algebra 1-4 Units", "MATH 1314", "College Algebra", Some("1-4"), None);
        check("HIST 2301 The World since 1945", "HIST 2301", "The World since 1945", None, None);
        check("CS 101L. Lab I", "CS 101L", "Lab I", None, None);
        check("FINA 4343 Credit Analysis (3)", "FINA 4343", "Credit Analysis", Some("3"), None);
        check("HIST 3357 - Germany 1815-1918", "HIST 3357", "Germany 1815-1918", None, None);
        check("6.006 Introduction to Algorithms", "6.006", "Introduction to Algorithms", None, None);
    }

    #[test]
    fn sentences_about_courses_are_no_headings() {
        for line in [
            "ACCT 2302 with a grade of C or better or concurrent enrollment",
            "ACCT 3366 , or equivalent",
            "MATH 1314, MATH 1316",
            "MATH 1314 or MATH 1316.",
            "ENGL 1302 .",
            "ENGL 1302",
            "AAS 2320 AAS 2322",
            "Fundamentals of Security",
            "2024-2025 Catalog",
        ] {
            assert!(!reads_as_title(line), "{line}");
        }
    }
}
