//! The publisher's numbers: `1.0`, `1.1.a`, `A.`, `ii)`, `Domain 2:`, `Task Statement 1.1:`, `FL-1.1.1`.
//!
//! Some of them are only known by the company they keep: `5G networks` is a code where there is a `1A`, `AES-256` where
//! other lines begin with `AES-` and a number. [`Company`] is what the whole outline says about that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

/// How a number is written, which says what it can stand for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// A word and a number, the word in lower case: `domain`, `task`.
    Label(String),
    /// `1.0`.
    Formal,
    /// `1.`.
    Number,
    /// `I.`.
    Roman,
    /// `A.`.
    Letter,
    /// `ii.`.
    SmallRoman,
    /// `a)`.
    SmallLetter,
    /// `1.1`, `1.1.a`, `1A`.
    Path,
    /// `FL-1.1.1`.
    Tag,
}

/// A number as it stands before a line's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    /// How it is written.
    pub(super) style: Style,
    /// The number itself, without word and punctuation.
    pub(super) written: String,
    /// Its parts, outermost first.
    pub(super) path: Vec<String>,
}

impl Code {
    fn new(style: Style, written: &str) -> Self {
        let parts = written.split('.').map(str::to_lowercase);
        let digit = |letter: char| letter.is_ascii_digit();
        // `1A` is `1` and `A`, `A1` is `A` and `1`.
        let turn = written.find(|letter| digit(letter) != written.starts_with(digit));
        let path = match turn.filter(|_| style == Style::Path && !written.contains('.')) {
            Some(at) => vec![written[..at].to_lowercase(), written[at..].to_lowercase()],
            None => parts.collect(),
        };
        Self { style, written: written.to_owned(), path }
    }

    /// The place in its list, from 1; `None` where the number is not of one part.
    pub(super) fn ordinal(&self) -> Option<u32> {
        let letters = || Some(u32::from(self.written.chars().next()?.to_ascii_lowercase()) - u32::from('a') + 1);
        match &self.style {
            Style::Formal | Style::Number | Style::Label(_) => {
                self.written.parse().ok().or_else(|| roman(&self.written))
            }
            Style::Roman | Style::SmallRoman => roman(&self.written),
            Style::Letter | Style::SmallLetter => letters(),
            Style::Path | Style::Tag => None,
        }
    }

    /// Whether it counts within a list that begins again elsewhere, so that it names nothing alone.
    pub(super) const fn counts_in_list(&self) -> bool {
        matches!(self.style, Style::Number | Style::Roman | Style::Letter | Style::SmallRoman | Style::SmallLetter)
    }
}

/// The value of a Roman number up to 39.
fn roman(written: &str) -> Option<u32> {
    let value = |letter: char| match letter.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let values: Vec<i32> = written.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (at, value) in values.iter().enumerate() {
        // A smaller figure before a larger one is taken off it.
        let taken_off = values.get(at + 1).is_some_and(|next| next > value);
        sum += if taken_off { -value } else { *value };
    }
    u32::try_from(sum).ok()
}

fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// Words whose number makes a domain.
const DOMAIN_WORDS: &str =
    "content domain|domain|domaine|section|content area|knowledge area|area|part|unit|module|chapter";
/// Words whose number makes a statement below a domain.
const ITEM_WORDS: &str = "task statement|task|learning objective|objective|competency|skill|subtask|topic|standard";

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^({DOMAIN_WORDS}|{ITEM_WORDS})\s+(\d{{1,3}}(?:\.\d{{1,3}})*|[IVX]+|[A-Z])(\s*[:.)–—-]+\s*|\s+)(\S.*)$"
    ))
});
static DOMAIN_LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(&format!("^(?:{DOMAIN_WORDS})$")));
static PATH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^((?:\d{1,2}|[A-Z]\.\d{1,2}|[IVX]{1,4}\.[A-Z])(?:\.(?:\d{1,3}|[A-Za-z]))+|[A-Z]\.\d{1,2}|[IVX]{1,4}\.[A-Z])(?:[.):]\s*|\s+)(?:[-–—]\s+)?(\S.*)$",
    )
});
static NUMBER_LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^(\d{1,2}[A-Za-z])[.):]?\s+(\S.*)$"));
/// `A1.`: without the dot it may be a paper's size.
static LETTER_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^([A-Z]\d{1,2})[.):]\s+(\S.*)$"));
static TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(([A-Z]{1,4})-\d{1,3}(?:\.\d{1,3})*)[.):]?\s+(?:[-–—]\s+)?(\S.*)$"));
static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:\(?(\d{1,2}|[IVX]{1,5}|[ivx]{1,5}|[A-Za-z])[.):](?:\s*[-–—])?\s+|(\d{1,2}|[IVX]{1,5})\s+(?:[-–—]\s+)?)([^\s%].*)$",
    )
});

/// What the outline as a whole says about numbers that are doubtful alone.
#[derive(Debug, Default)]
pub(super) struct Company {
    tags: BTreeMap<String, usize>,
    tops: BTreeSet<String>,
    lettered: bool,
}

impl Company {
    /// Looks through the beginnings of all lines.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut company = Self::default();
        let mut tops = BTreeSet::new();
        let captures = |pattern: &'static LazyLock<Option<Regex>>, line: &'a str| pattern.as_ref()?.captures(line);
        for line in lines {
            let line = line.trim();
            if let Some(found) = captures(&TAG, line) {
                *company.tags.entry(found[2].to_owned()).or_default() += 1;
            }
            if let Some(found) = captures(&PATH, line) {
                company.tops.extend(found[1].split('.').next().map(str::to_owned));
            }
            if let Some(found) = captures(&NUMBER_LETTER, line) {
                company.lettered |= found[1].eq_ignore_ascii_case("1a");
                tops.insert(found[1].trim_end_matches(char::is_alphabetic).to_owned());
            }
        }
        if company.lettered {
            company.tops.append(&mut tops);
        }
        company
    }

    /// Whether letters and a number are a code: others begin with the same letters, or with other letters and a number
    /// as short.
    fn is_tag(&self, written: &str, letters: &str) -> bool {
        let short = written.split(['-', '.']).skip(1).all(|part| part.len() <= 2);
        let all: usize = self.tags.values().sum();
        self.tags.get(letters).is_some_and(|count| *count >= 2) || (short && all >= 2)
    }

    /// The number at the beginning of `text`, and the words after it. Behind a bullet only certain forms count;
    /// `weighted` lines are headings, whose number needs no dot.
    pub(super) fn read(&self, text: &str, bulleted: bool, weighted: bool) -> Option<(Code, String)> {
        if let Some(found) = LABEL.as_ref()?.captures(text)
            && (weighted || !bulleted || !found[3].trim().is_empty())
        {
            let style = Style::Label(found[1].to_lowercase());
            let written = found[2].strip_suffix(".0").unwrap_or(&found[2]);
            return Some((Code::new(style, written), found[4].to_owned()));
        }
        if let Some(found) = PATH.as_ref()?.captures(text) {
            return Some(match found[1].strip_suffix(".0") {
                Some(top) if !top.contains('.') => (Code::new(Style::Formal, top), found[2].to_owned()),
                _ => (Code::new(Style::Path, &found[1]), found[2].to_owned()),
            });
        }
        let lettered = || NUMBER_LETTER.as_ref()?.captures(text).filter(|_| self.lettered);
        if let Some(found) = lettered().or_else(|| LETTER_NUMBER.as_ref()?.captures(text)) {
            return Some((Code::new(Style::Path, &found[1]), found[2].to_owned()));
        }
        if let Some(found) = TAG.as_ref()?.captures(text).filter(|_| !bulleted)
            && self.is_tag(&found[1], &found[2])
        {
            return Some((Code::new(Style::Tag, &found[1]), found[3].to_owned()));
        }
        let found = LIST.as_ref()?.captures(text)?;
        if let Some(written) = found.get(1) {
            return Some((Code::new(list_style(written.as_str()), written.as_str()), found[3].to_owned()));
        }
        // Without a dot it may be any figure: `20 questions`.
        let written = found.get(2)?.as_str();
        let known = weighted || self.tops.contains(written);
        known.then(|| (Code::new(list_style(written), written), found[3].to_owned()))
    }
}

/// A single `i`, `v` or `x` counts as a letter here; the list it stands in settles it.
fn list_style(written: &str) -> Style {
    let first = written.chars().next().unwrap_or(' ');
    match (first.is_ascii_digit(), first.is_uppercase(), written.len() > 1) {
        (true, _, _) => Style::Number,
        (_, true, true) => Style::Roman,
        (_, true, false) => Style::Letter,
        (_, false, true) => Style::SmallRoman,
        (_, false, false) => Style::SmallLetter,
    }
}

/// Whether the word before a number makes a domain.
pub(super) fn is_domain_word(word: &str) -> bool {
    DOMAIN_LABEL.as_ref().is_some_and(|pattern| pattern.is_match(word))
}

/// Settles single letters that may be Roman numbers: a letter where the one before it in the alphabet went before.
pub(super) fn settle<'a>(codes: impl Iterator<Item = &'a mut Code>) {
    let mut last: BTreeMap<Style, u32> = BTreeMap::new();
    for code in codes {
        let romans = match code.style {
            Style::Letter => Style::Roman,
            Style::SmallLetter => Style::SmallRoman,
            _ => continue,
        };
        let follows = code.ordinal().is_some_and(|now| last.get(&code.style).is_some_and(|before| before + 1 == now));
        if !follows && roman(&code.written).is_some() {
            code.style = romans;
        } else if let Some(now) = code.ordinal() {
            last.insert(code.style.clone(), now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, bulleted: bool, expected: Option<(Style, &str, &str)>) {
        let company = Company::of(["1A One", "FL-1.1 One", "FL-1.2 Two", "1.1 One"].into_iter());
        let found = company.read(text, bulleted, false);
        let found = found.as_ref().map(|(code, words)| (code.style.clone(), code.written.as_str(), words.as_str()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_are_told_from_words() {
        let label = |word: &str| Style::Label(word.to_owned());
        check("Domain 1: Mooring", false, Some((label("domain"), "1", "Mooring")));
        check("Task Statement 1.1: Choose", true, Some((label("task statement"), "1.1", "Choose")));
        check("Section II. Mooring", false, Some((label("section"), "II", "Mooring")));
        check("1.0 Mooring", false, Some((Style::Formal, "1", "Mooring")));
        check("1.1 - Choose", false, Some((Style::Path, "1.1", "Choose")));
        check("1.1.a Choose", false, Some((Style::Path, "1.1.a", "Choose")));
        check("1A Choose", false, Some((Style::Path, "1A", "Choose")));
        check("A1. Choose", false, Some((Style::Path, "A1", "Choose")));
        check("FL-1.1 Choose", false, Some((Style::Tag, "FL-1.1", "Choose")));
        check("AES-256 ciphers", false, None);
        check("a) Choose", false, Some((Style::SmallLetter, "a", "Choose")));
        check("iv. Choose", false, Some((Style::SmallRoman, "iv", "Choose")));
        check("1 Mooring", false, Some((Style::Number, "1", "Mooring")));
        check("20 questions", false, None);
        check("• Part 5 of the code", true, None);
        assert_eq!(["i", "iv", "ix", "xiv"].map(roman), [Some(1), Some(4), Some(9), Some(14)]);
    }
}
