//! What a line of an outline is: a heading with a weight, a numbered or bulleted statement, a continuation.

use std::sync::LazyLock;

use regex::Regex;

use super::columns::is_bullet;

/// What a line of an outline is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing.
    Blank,
    /// A domain.
    Heading {
        /// The publisher's number.
        code: Option<String>,
        /// Title.
        title: String,
        /// Low end and, for a range, high end of the weight as written.
        weight: Option<(String, Option<String>)>,
    },
    /// A statement.
    Item {
        /// The publisher's number, if it has one.
        code: Option<String>,
        /// The words.
        text: String,
    },
    /// Words without a mark.
    Words(String),
}

const NUMBER: &str = r"(\d{1,3}(?:\.\d{1,2})?)";

fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// `20% - Title`, `20–25 % Title`.
static WEIGHT_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!(r"^{NUMBER}\s*%?\s*(?:(?:[-–—]|to)\s*{NUMBER}\s*)?%\s*[-–—:.]*\s*(\S.*)$")));
/// `Title (20%)`, `Title … 20–25 %`, `Title: 20 percent`.
static WEIGHT_LAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"^(.*?\S)[\s.…:(\[–—-]+{NUMBER}\s*%?\s*(?:(?:[-–—]|to)\s*{NUMBER}\s*)?(?:%|percent|per cent)\s*(?:of (?:the )?exam)?\s*[)\]]?$"
    ))
});
/// `Domain 1: Title`, `Section II. Title`.
static DOMAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)^(?:domain|section|content area|area|part)\s+([0-9]+(?:\.0)?|[IVX]+)\s*[:.)–—-]*\s*(\S.*)$")
});
/// `1.2 Text`, `1.2.1. Text`.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^(\d{1,2}(?:\.\d{1,2})+)[.):]?\s+(\S.*)$"));
/// `1. Title`, `1.0 Title`, `I. Title`.
static TOP_NUMBERED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(\d{1,2}|\d{1,2}\.0|[IVX]{1,5})[.):]?\s+(\S.*)$"));
/// `a. Text`, `b) Text`.
static LETTERED: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^\(?([A-Za-z])[.)]\s+(\S.*)$"));

/// What the words of a line are. `marked` headings (Markdown's `#`) are domains even without weight or number.
pub(super) fn classify(text: &str, marked: bool) -> Line {
    let text = text.trim();
    if text.is_empty() {
        return Line::Blank;
    }
    if let Some(item) = bullet(text) {
        return match with_number(item) {
            Some((code, text)) => Line::Item { code: Some(code), text },
            None => Line::Item { code: None, text: item.to_owned() },
        };
    }
    if let Some(found) = WEIGHT_FIRST.as_ref().and_then(|pattern| pattern.captures(text)) {
        return heading(&found[3], Some((found[1].to_owned(), found.get(2).map(|high| high.as_str().to_owned()))));
    }
    if let Some(found) = WEIGHT_LAST.as_ref().and_then(|pattern| pattern.captures(text)) {
        return heading(&found[1], Some((found[2].to_owned(), found.get(3).map(|high| high.as_str().to_owned()))));
    }
    if let Some(found) = DOMAIN.as_ref().and_then(|pattern| pattern.captures(text)) {
        return Line::Heading { code: Some(found[1].to_owned()), title: found[2].to_owned(), weight: None };
    }
    if let Some((code, words)) = with_number(text) {
        return match code.strip_suffix(".0") {
            Some(top) => Line::Heading { code: Some(top.to_owned()), title: words, weight: None },
            None => Line::Item { code: Some(code), text: words },
        };
    }
    if let Some(found) = LETTERED.as_ref().and_then(|pattern| pattern.captures(text)) {
        return Line::Item { code: None, text: found[2].to_owned() };
    }
    if marked {
        return heading(text, None);
    }
    Line::Words(text.to_owned())
}

/// A heading's words, its number taken off.
fn heading(words: &str, weight: Option<(String, Option<String>)>) -> Line {
    for pattern in [&DOMAIN, &TOP_NUMBERED] {
        if let Some(found) = pattern.as_ref().and_then(|pattern| pattern.captures(words)) {
            let code = found[1].strip_suffix(".0").unwrap_or(&found[1]).to_owned();
            return Line::Heading { code: Some(code), title: tidy(&found[2]), weight };
        }
    }
    Line::Heading { code: None, title: tidy(words), weight }
}

fn tidy(title: &str) -> String {
    // A hyphen that closes a word is a word divided at the line's end, not a dash before a weight.
    let plain = title.trim().trim_matches('*').trim_end_matches([':', '.']).trim_end();
    [" -", " –", " —"].iter().find_map(|dash| plain.strip_suffix(dash)).unwrap_or(plain).trim().to_owned()
}

fn bullet(text: &str) -> Option<&str> {
    let mut letters = text.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    let dash = matches!(first, '-' | '*' | '+' | '–' | 'o') && rest.starts_with([' ', '\t']);
    ((is_bullet(first) || dash) && !rest.trim().is_empty()).then(|| rest.trim())
}

fn with_number(text: &str) -> Option<(String, String)> {
    let found = NUMBERED.as_ref()?.captures(text)?;
    Some((found[1].to_owned(), found[2].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(code: Option<&str>, title: &str, weight: Option<(&str, Option<&str>)>) -> Line {
        let weight = weight.map(|(low, high)| (low.to_owned(), high.map(str::to_owned)));
        Line::Heading { code: code.map(str::to_owned), title: title.to_owned(), weight }
    }

    fn item(code: Option<&str>, text: &str) -> Line {
        Line::Item { code: code.map(str::to_owned), text: text.to_owned() }
    }

    #[test]
    fn lines_are_told_apart() {
        let cases = [
            ("24% - Safe mooring", domain(None, "Safe mooring", Some(("24", None)))),
            ("22% Safe mooring", domain(None, "Safe mooring", Some(("22", None)))),
            ("20–25 % Safe mooring", domain(None, "Safe mooring", Some(("20", Some("25"))))),
            ("Domain 1: Safe mooring (20%)", domain(Some("1"), "Safe mooring", Some(("20", None)))),
            ("1.0 Safe mooring 12.5%", domain(Some("1"), "Safe mooring", Some(("12.5", None)))),
            ("Safe mooring ........ 20% to 25%", domain(None, "Safe mooring", Some(("20", Some("25"))))),
            ("Section II. Safe mooring", domain(Some("II"), "Safe mooring", None)),
            ("2.0 Cargo", domain(Some("2"), "Cargo", None)),
            ("1.2 Choose lines", item(Some("1.2"), "Choose lines")),
            ("1.2.1. Choose lines", item(Some("1.2.1"), "Choose lines")),
            ("• Choose lines", item(None, "Choose lines")),
            ("- 1.3 Choose lines", item(Some("1.3"), "Choose lines")),
            ("a. Choose lines", item(None, "Choose lines")),
            ("of the load", Line::Words("of the load".to_owned())),
            ("", Line::Blank),
        ];
        for (text, expected) in cases {
            assert_eq!(classify(text, false), expected, "{text}");
        }
    }
}
