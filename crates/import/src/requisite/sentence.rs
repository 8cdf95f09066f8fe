//! Sentences of a requisite text, and where the course's description begins.
//!
//! A sentence goes on with the requisites only where it begins as requisites do and all of it is understood. It
//! refuses to take prose for a requirement; sentences of the prose that speak of requisites are handed back as text.

use std::sync::LazyLock;

use credway_model::{Requisite, Understood};
use regex::Regex;

/// How the first word of a further sentence of requisites looks.
static BEGINS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:\(?(?-i:[A-Z]{2,5})[\ -]?\d{3,4}|or\b|and\b|pre-?req|co-?req|concurrent|credit\ (?:for|in|or)|(?:a\ )?(?:minimum\ )?grade|all\ pre|all\ courses\ must
        |consent\ of|approval\ (?:of|by)|permission|(?:instructor|department|advisor)(?:al)?\ (?:consent|approval|permission)|(?:graduate|junior|senior|sophomore|good)\ standing|admission\ to|admitted\ to
        |(?:successful\ )?completion\ of|must\ (?:be|have)|students\ must\ (?:be|have)\b|students\ (?:are\ )?required|restricted\ to|open\ (?:only\ )?to|only\ (?:open|students|for)|limited\ to|for\ [a-z]+\ majors|may\ not\ |at\ least\ (?:one|two|three|\d)|one\ (?:of|or)
        |either\b|both\b|(?:strongly\ |highly\ )?recommended|enrollment\ (?:in|is)|declared|not\ open|credit\ (?:may|not))",
    )
    .ok()
});

/// Words by which a sentence of prose may still say a requisite.
static HINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:pre-?requisites?|co-?requisites?|concurrent(?:ly)? enrol\w*|(?:consent|permission|approval) of (?:the )?(?:instructor|chair|department|advisor)|grade of)\b")
        .ok()
});

static NONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:none|n/?a|no prerequisites?(?: required)?|not applicable|no pre-?req)[ .:;]*$").ok()
});

/// A description that begins without a full stop before it: "consent of instructor Introduction to the theory of".
static RUN_ON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(?i:none|n/a|instructor|chair|chairperson|advisor|adviser|dean|department|professor|coordinator|director|standing|equivalent)|\d{4}) (?:[A-Z][a-z]{2,}|A|An|The) (?:[A-Za-z]+,? ){2}").ok()
});

/// After "P.B." or "Ph.D.": a sentence of prose.
static PROSE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^ [A-Z][a-z]+ [a-z-]+ [a-z]+").ok());

/// Without invisible characters, blanks single.
pub(super) fn plain(words: &str) -> String {
    let visible: String = words
        .replace("&nbsp;", " ")
        .chars()
        .map(|letter| if matches!(letter, '\u{200b}' | '\u{feff}' | '\u{ad}') { ' ' } else { letter })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a sentence says that there is nothing.
pub(super) fn is_none(words: &str) -> bool {
    NONE.as_ref().is_some_and(|none| none.is_match(words))
}

/// The sentences of a text, each with its full stop.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '?', '!']) {
        if at < from || !ends_sentence(text, at) {
            continue;
        }
        // Only the first sentence may run on: a later one that begins with a code and a title is the description's head.
        let sentence = text[from..=at].trim();
        if sentences.is_empty() {
            sentences.extend(run_on(sentence));
        } else {
            sentences.push(sentence);
        }
        from = at + 1;
    }
    if sentences.is_empty() {
        sentences.extend(run_on(text[from..].trim()));
    } else {
        sentences.push(text[from..].trim());
    }
    sentences.retain(|sentence| sentence.contains(char::is_alphanumeric));
    sentences
}

fn ends_sentence(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit([' ', '(', '/']).next().unwrap_or_default();
    let mut after = text[at + 1..].chars();
    let next = after.next();
    let begins = match next {
        None => return true,
        Some(' ') => after.next().is_none_or(|letter| {
            letter.is_uppercase()
                || letter.is_ascii_digit()
                || (letter.is_lowercase() && word.len() > 4)
                || "“\"(".contains(letter)
        }),
        Some(letter) => letter.is_uppercase() && word.len() > 3 && !word.contains('.'),
    };
    let abbreviated = word.contains('.') && word.len() <= 5 && !word.ends_with(|last: char| last.is_ascii_digit())
        || matches!(word, "Dr" | "Mr" | "Ms" | "St" | "Dept" | "dept" | "hrs" | "Ph" | "vs" | "No");
    let prose = PROSE.as_ref().is_some_and(|prose| prose.is_match(&text[at + 1..]));
    begins && (!abbreviated || (word.contains('.') && prose))
}

/// A first sentence that a description follows without a full stop, in two.
fn run_on(sentence: &str) -> Vec<&str> {
    let found = RUN_ON.as_ref().and_then(|pattern| pattern.find(sentence));
    let Some(found) = found else { return vec![sentence] };
    let cut = found.start() + found.as_str().find(' ').unwrap_or(0);
    let rest = sentence[cut..].trim();
    if found.start() > 80
        || rest.split_whitespace().count() < 8
        || rest.contains(" OR ")
        || sentence[..cut].contains(" of the ")
    {
        return vec![sentence];
    }
    vec![sentence[..cut].trim(), rest]
}

/// Whether a further sentence still is about requisites.
pub(super) fn goes_on(words: &str, tree: Option<&Requisite>) -> bool {
    let begins = BEGINS.as_ref().is_some_and(|begins| begins.is_match(words));
    begins && words.split_whitespace().count() <= 40 && tree.is_none_or(|tree| tree.understood() == Understood::Fully)
}

/// The sentences of prose that speak of requisites all the same.
pub(super) fn hints<'a>(sentences: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let speaks = |sentence: &&str| {
        HINT.as_ref().is_some_and(|hint| hint.is_match(sentence))
            || BEGINS.as_ref().is_some_and(|begins| begins.is_match(sentence))
    };
    sentences.iter().copied().filter(speaks)
}
