//! The share of the exam that a line gives: `40%`, `20–25 %`, `(~23% of the exam)`, `37,5 percent`.
//!
//! A share stands at the line's beginning or end. A figure that the words before it need (`above 99.9%`, `of 95%`) is
//! part of the sentence.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A share as written, decimal points for decimal commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// The figure, or the low end of the range.
    pub(super) low: String,
    /// The high end of a range.
    pub(super) high: Option<String>,
    /// Whether it stands before the words. A share at the end closes a heading, one at the beginning does not.
    pub(super) first: bool,
}

const FIGURE: &str = r"(\d{1,3}(?:[.,]\d{1,2})?)";

fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// A figure or a range with its sign and the words that say what it is a share of.
fn share() -> String {
    format!(
        r"(?:(?:approx\.?|approximately|about|ca\.|~|≈)\s*)?{FIGURE}\s*%?\s*(?:(?:[-–—−]|to)\s*{FIGURE}\s*)?(?:%|percent\b|per cent\b|pct\b)(?:\s*of\s+(?:the\s+)?(?:[a-z]+\s+){{0,2}}(?:exam|examination|content|test|questions|items|score|assessment|points|marks|weight))?"
    )
}

static FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(&format!(r"(?i)^[(\[]?{}\s*[)\]]?\s*[-–—:.|]*\s*(\S.*)$", share())));
/// In brackets, with or without a count before it (`(20 items, 13%)`), or after blanks, dots or a dash.
static LAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(.*?\S)(?:\s*[(\[](?:[^()\[\]]*[,;:/–-]\s+)??{0}\s*(?:[,;/–-][^()\[\]%]*)?[)\]]|[\s.…:|–—-]+{0})\s*[|.:]?$",
        share()
    ))
});
/// The line is nothing but a share: `Weight: 40%`.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(?:(?:exam |domain |content )?(?:weight(?:ing)?|percentage|percent|%|share)(?: of (?:the )?exam(?:ination)?)?\s*[:=–-]?\s*)?[(\[]?{}[)\]]?\.?$",
        share()
    ))
});
/// Words after which a figure is the sentence's own.
static NEEDS_FIGURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|\s)(?:of|to|by|at|above|below|over|under|than|least|most|with|within|is|and|or|until|from|for|up|<|>|=|≥|≤|[+−])$",
    )
});
/// A figure of questions or items that stands where a share would: `(40 questions)`.
static COUNT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\(\s*\d{1,3}\s+(?:scored\s+)?(?:questions|items|points|marks)\s*\)\s*$"));

/// A figure set off from the words before it by blanks.
static TABLE_COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\s{2,}\d{1,3}$"));

/// The words before the share at a line's end, and the share.
pub(super) fn last(text: &str) -> Option<(String, Share)> {
    let found = LAST.as_ref()?.captures(text)?;
    let words = found.get(1)?.as_str().trim_end_matches([' ', '.', '…', ':', '|']);
    let bracketed = found.get(2).is_some();
    if !bracketed && NEEDS_FIGURE.as_ref()?.is_match(words) {
        return None;
    }
    // The last but one column of a table: a number of questions.
    let words = TABLE_COUNT.as_ref()?.find(words).map_or(words, |count| &words[..count.start()]);
    let (low, high) = if bracketed { (2, 3) } else { (4, 5) };
    Some((words.to_owned(), taken(&found, low, high, false)?))
}

/// The share at a line's beginning, and the words after it.
pub(super) fn first(text: &str) -> Option<(String, Share)> {
    let found = FIRST.as_ref()?.captures(text)?;
    Some((found[3].to_owned(), taken(&found, 1, 2, true)?))
}

/// The share that is all the line says.
pub(super) fn alone(text: &str) -> Option<Share> {
    taken(&ALONE.as_ref()?.captures(text)?, 1, 2, false)
}

/// Whether a line gives a number of questions where others give a share.
pub(super) fn counts(text: &str) -> bool {
    COUNT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

fn taken(found: &Captures<'_>, low: usize, high: usize, first: bool) -> Option<Share> {
    let figure = |group: usize| found.get(group).map(|figure| figure.as_str().replace(',', "."));
    Some(Share { low: figure(low)?, high: figure(high), first })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, low: &str, high: Option<&str>) {
        let (found, share) = first(text).or_else(|| last(text)).unwrap_or_else(|| panic!("no share in “{text}”"));
        assert_eq!((found.as_str(), share.low.as_str(), share.high.as_deref()), (words, low, high), "{text}");
    }

    #[test]
    fn shares_are_found_in_every_way_of_writing() {
        check("24% - Safe mooring", "Safe mooring", "24", None);
        check("15 - 20 % Safe mooring", "Safe mooring", "15", Some("20"));
        check("55 to 65% Safe mooring", "Safe mooring", "55", Some("65"));
        check("Safe mooring (40% of examination)", "Safe mooring", "40", None);
        check("Safe mooring (24% of scored content)", "Safe mooring", "24", None);
        check("Safe mooring (~23% of the exam)", "Safe mooring", "23", None);
        check("Safe mooring (37,5 %)", "Safe mooring", "37.5", None);
        check("Safe mooring(40%)", "Safe mooring", "40", None);
        check("Safe mooring (20 items, 13%)", "Safe mooring", "13", None);
        check("Safe mooring ........ 20% to 25%", "Safe mooring", "20", Some("25"));
        check("Safe mooring – 60 percent of the exam", "Safe mooring", "60", None);
        check("Safe mooring      30     40%", "Safe mooring", "40", None);
        check("Safe mooring [40% - 9 questions]", "Safe mooring", "40", None);
        check("Safe mooring | 40%", "Safe mooring", "40", None);
    }

    #[test]
    fn a_sentence_keeps_its_figures() {
        for text in ["Keep availability above 99.9%", "a pass rate of 95%", "with 95% confidence", "loads up to 80%"] {
            assert_eq!(first(text).or_else(|| last(text)), None, "{text}");
        }
        assert_eq!(alone("Weight: 40%").unwrap().low, "40");
        assert_eq!(alone("% of exam: 40%").unwrap().low, "40");
        assert_eq!(alone("Mooring 40%"), None);
    }
}
