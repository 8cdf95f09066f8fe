//! Words of a text with their places: what the lexical score counts and what evidence points at.

use crate::stem::stem;

/// Words that say nothing about the subject. Order: alphabetical, for binary search.
const COMMON: [&str; 109] = [
    "a",
    "able",
    "about",
    "across",
    "all",
    "also",
    "among",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "do",
    "does",
    "during",
    "each",
    "etc",
    "for",
    "from",
    "given",
    "has",
    "have",
    "how",
    "if",
    "in",
    "include",
    "includes",
    "including",
    "into",
    "is",
    "it",
    "its",
    "may",
    "more",
    "most",
    "must",
    "no",
    "not",
    "of",
    "on",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "out",
    "over",
    "own",
    "per",
    "scenario",
    "shall",
    "should",
    "so",
    "some",
    "student",
    "students",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "topics",
    "toward",
    "under",
    "up",
    "upon",
    "use",
    "used",
    "uses",
    "using",
    "various",
    "via",
    "was",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "who",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "you",
    "your",
];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Lower case.
    pub(crate) lower: String,
    /// What is left of it when common endings go.
    pub(crate) stem: String,
    /// Whether it says nothing about the subject.
    pub(crate) common: bool,
    /// Whether it is written as an acronym: two to six capitals or digits, at least two of them capitals.
    pub(crate) acronym: bool,
}

/// The words of `text` in order: runs of letters and digits, with `+`, `#` and apostrophes that follow a letter.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if !letter.is_alphanumeric() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        while let Some((at, next)) = letters.peek().copied() {
            let apostrophe =
                matches!(next, '\'' | '’') && text[at + next.len_utf8()..].starts_with(char::is_alphabetic);
            if !(next.is_alphanumeric() || matches!(next, '+' | '#') || apostrophe) {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        found.push(word(text, start, end));
    }
    found
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let written = &text[start..end];
    let bare = ["'s", "’s"].iter().find_map(|ending| written.strip_suffix(ending)).unwrap_or(written);
    let lower = bare.to_lowercase();
    let capitals = bare.chars().filter(char::is_ascii_uppercase).count();
    let acronym = (2..=6).contains(&bare.len())
        && capitals >= 2
        && bare.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    let common = !acronym && is_common(&lower);
    Word { start, end: start + bare.len(), stem: stem(&lower), lower, common, acronym }
}

/// Whether a word, in lower case, says nothing about the subject.
pub(crate) fn is_common(lower: &str) -> bool {
    COMMON.binary_search(&lower).is_ok()
}

/// The first letters of the words that say something, in upper case: an acronym may stand for a run of them.
pub(crate) fn initials(words: &[Word]) -> String {
    let telling = words.iter().filter(|word| !word.common);
    telling.filter_map(|word| word.lower.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_words_are_in_order() {
        assert!(COMMON.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn words_have_their_places() {
        let text = "Évaluer C++ and the firm’s TLS/SSL set-up";
        let found: Vec<(&str, bool, bool)> =
            words(text).iter().map(|word| (&text[word.start..word.end], word.common, word.acronym)).collect();
        assert_eq!(
            found,
            [
                ("Évaluer", false, false),
                ("C++", false, false),
                ("and", true, false),
                ("the", true, false),
                ("firm", false, false),
                ("TLS", false, true),
                ("SSL", false, true),
                ("set", false, false),
                ("up", true, false),
            ]
        );
    }

    #[test]
    fn acronyms_are_the_first_letters() {
        assert_eq!(initials(&words("Use role-based access control in a cluster")), "RBACC");
    }
}
