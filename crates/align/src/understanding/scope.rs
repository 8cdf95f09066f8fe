//! What a statement leaves out (“excluding …”, “does not include …”) or takes lightly (“introductory”, “basic familiarity
//! with”, “only”).

use credway_model::Span;

use super::trimmed;
use crate::words::Word;

/// What a phrase does to the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// It takes something out.
    LeavesOut,
    /// It says that no more than a first or narrow look is meant.
    Limits,
}

/// A phrase of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What it does.
    pub kind: ScopeKind,
    /// The phrase.
    pub phrase: Span,
    /// What it leaves out; absent for a limit, and where nothing follows.
    pub what: Option<Span>,
}

/// Phrases after which what follows is left out, longer ones before their beginnings.
const EXCLUSIONS: [&str; 22] = [
    "does not include",
    "do not include",
    "does not cover",
    "do not cover",
    "will not cover",
    "is not required to",
    "are not required to",
    "is not expected to",
    "are not expected to",
    "not including",
    "with the exception of",
    "except for",
    "other than",
    "rather than",
    "instead of",
    "excluding",
    "excludes",
    "except",
    "without",
    "but not",
    "does not",
    "do not",
];

/// Phrases that limit.
const LIMITS: [&str; 18] = [
    "basic familiarity",
    "general familiarity",
    "familiarity with",
    "basic understanding",
    "basic knowledge",
    "general awareness",
    "awareness of",
    "high level overview",
    "at a high level",
    "an overview of",
    "overview of",
    "introduction to",
    "introductory",
    "at an introductory level",
    "briefly",
    "basic",
    "only",
    "simple",
];

/// Phrases that look like one of the above and are none.
const NEITHER: [&str; 6] =
    ["but not limited to", "not limited to", "not only", "basic input output", "read only", "if only"];

/// The phrases of scope, in order.
pub(super) fn scope(text: &str, words: &[Word]) -> Vec<Scope> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let starts = |phrases: &[&str]| {
            let longest = phrases.iter().filter(|phrase| begins(&words[at..], phrase));
            longest.map(|phrase| phrase.split(' ').count()).max()
        };
        if let Some(length) = starts(&NEITHER) {
            at += length;
        } else if let Some(length) = starts(&EXCLUSIONS) {
            let last = at + length - 1;
            let what = trimmed(text, words[last].end, clause_end(text, words, last));
            found.extend(phrase(words, at, last).map(|phrase| Scope { kind: ScopeKind::LeavesOut, phrase, what }));
            at = words
                .iter()
                .position(|word| what.is_some_and(|what| word.start >= what.end as usize))
                .unwrap_or(last + 1);
            at = at.max(last + 1);
        } else if let Some(length) = starts(&LIMITS) {
            let last = at + length - 1;
            found.extend(phrase(words, at, last).map(|phrase| Scope { kind: ScopeKind::Limits, phrase, what: None }));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

fn begins(words: &[Word], phrase: &str) -> bool {
    let mut rest = words.iter();
    phrase.split(' ').all(|one| rest.next().is_some_and(|word| word.lower == one))
}

fn phrase(words: &[Word], first: usize, last: usize) -> Option<Span> {
    Some(Span { start: u32::try_from(words[first].start).ok()?, end: u32::try_from(words[last].end).ok()? })
}

/// Where the clause that begins after word `from` ends: at a semicolon, a closing bracket, a full stop before a blank, a
/// line's end, or a comma before “but”.
fn clause_end(text: &str, words: &[Word], from: usize) -> usize {
    let mut open = 0_u32;
    for pair in words[from..].windows(2) {
        let gap = &text[pair[0].end..pair[1].start];
        for (at, mark) in gap.char_indices() {
            let stop = match mark {
                '(' | '[' => {
                    open += 1;
                    false
                }
                ')' | ']' if open > 0 => {
                    open -= 1;
                    false
                }
                ')' | ']' | ';' | '\n' | '•' => true,
                '.' => gap[at + 1..].starts_with(char::is_whitespace),
                ',' => pair[1].lower == "but",
                _ => false,
            };
            if stop {
                return pair[0].end + at;
            }
        }
        if pair[1].lower == "but" {
            return pair[1].start;
        }
    }
    words.last().map_or(text.len(), |word| word.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn phrases_of_scope_are_found_with_what_they_leave_out() {
        for (text, expected) in [
            (
                "Configure routers (excluding wireless access points) and switches",
                vec![("excluding", Some("wireless access points"))],
            ),
            (
                "The course does not include cloud services, but covers networks.",
                vec![("does not include", Some("cloud services"))],
            ),
            ("All models except OSI", vec![("except", Some("OSI"))]),
            ("Basic familiarity with shell scripts", vec![("Basic familiarity", None)]),
            ("Introductory statistics only", vec![("Introductory", None), ("only", None)]),
            ("Not only write but also test code", vec![]),
            ("Threats including but not limited to malware", vec![]),
            ("Recover data without a backup; document it", vec![("without", Some("a backup"))]),
            ("Excluding", vec![("Excluding", None)]),
            ("", vec![]),
        ] {
            let found: Vec<(&str, Option<&str>)> = scope(text, &words(text))
                .iter()
                .map(|one| (one.phrase.of(text).unwrap(), one.what.map(|what| what.of(text).unwrap())))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
