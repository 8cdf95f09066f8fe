//! Abbreviations that a document defines itself: “role-based access control (RBAC)”, “RBAC (role-based access control)”,
//! a glossary's “RBAC: role-based access control”.
//!
//! A long form is taken when its letters give the short one in order, the first letter at the beginning of a word.
//! Source: Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).

use std::collections::BTreeMap;

use credway_model::Span;

use super::trimmed;
use crate::words::words;

/// A short form with the long form it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// As written (“RBAC”).
    pub short: String,
    /// As written where it was first defined (“role-based access control”).
    pub long: String,
    /// How many statements define it so.
    pub defined: usize,
}

/// A short form where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What it stands for.
    pub long: String,
}

/// The abbreviations of a document, by short form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abbreviations(BTreeMap<String, Abbreviation>);

impl Abbreviations {
    /// Those that some texts define: all statements of one side, or of both. Where two long forms compete, the one
    /// defined more often is taken, then the one met first.
    #[must_use]
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut counts: BTreeMap<(String, String), (usize, usize, String)> = BTreeMap::new();
        let mut order = 0;
        for text in texts {
            for (short, long) in definitions(text) {
                let kept = counts.entry((short, long.to_lowercase())).or_insert((0, order, long));
                kept.0 += 1;
                order += 1;
            }
        }
        let mut best: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
        for ((short, _), found) in counts {
            let better =
                |kept: &(usize, usize, String)| (found.0, usize::MAX - found.1) > (kept.0, usize::MAX - kept.1);
            if best.get(&short).is_none_or(better) {
                best.insert(short, found);
            }
        }
        let entry = |(short, (defined, _, long)): (String, (usize, usize, String))| {
            (short.clone(), Abbreviation { short, long, defined })
        };
        Self(best.into_iter().map(entry).collect())
    }

    /// All, in order of the short form.
    pub fn iter(&self) -> impl Iterator<Item = &Abbreviation> {
        self.0.values()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a short form stands for.
    #[must_use]
    pub fn long(&self, short: &str) -> Option<&str> {
        self.0.get(short).map(|found| found.long.as_str())
    }

    /// The short forms in a text that does not spell them out itself, in order, each once.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let lower = text.to_lowercase();
        let mut found: Vec<Mention> = Vec::new();
        for word in words(text).iter().filter(|word| word.acronym) {
            let Some(long) = text.get(word.start..word.end).and_then(|short| self.long(short)) else { continue };
            let known = lower.contains(&long.to_lowercase()) || found.iter().any(|one| one.long == long);
            if let (false, Some(span)) = (known, crate::bloom::span(word)) {
                found.push(Mention { span, long: long.to_owned() });
            }
        }
        found
    }
}

/// Short and long forms that a text defines.
fn definitions(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('(') {
        let Some(length) = text[open..].find(')') else { break };
        let inside = text[open + 1..open + length].trim();
        let before = text[..open].trim_end();
        if is_short(inside) {
            found.extend(long_before(before, inside).map(|long| (inside.to_owned(), long)));
        } else if let Some(short) = before.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next()
            && is_short(short)
            && long_whole(inside, short)
        {
            found.push((short.to_owned(), inside.to_owned()));
        }
    }
    for line in text.lines() {
        found.extend(glossary_line(line));
    }
    found
}

/// “RBAC: role-based access control”, with a colon, a dash or an equals sign.
fn glossary_line(line: &str) -> Option<(String, String)> {
    let line = line.trim().trim_start_matches(['•', '-', '*']).trim_start();
    let mark = [": ", " – ", " — ", " - ", " = "].iter().filter_map(|mark| line.find(mark).map(|at| (at, mark.len())));
    let (at, length) = mark.min()?;
    let short = line[..at].trim();
    let rest = &line[at + length..];
    let span = trimmed(rest, 0, rest.find(['.', ';', ',', '(']).unwrap_or(rest.len()))?;
    let long = span.of(rest)?;
    (is_short(short) && long_whole(long, short)).then(|| (short.to_owned(), long.to_owned()))
}

/// Two to eight letters and digits, at least two of them capitals, perhaps a small s at the end or a hyphen within.
fn is_short(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    (2..=8).contains(&text.chars().count())
        && capitals >= 2
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '/' | '&'))
}

/// The long form that ends where `before` ends: the shortest run of words whose letters give the short form.
fn long_before(before: &str, short: &str) -> Option<String> {
    let letters: Vec<char> =
        short.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let most = (letters.len() + 5).min(letters.len() * 2);
    let words = words(before);
    let candidates = words.len().saturating_sub(most + 2)..words.len();
    for start in candidates.rev() {
        let piece = &before[words[start].start..];
        if piece.contains(['.', ';', '(', ')']) {
            return None;
        }
        if !words[start].common && long_whole(piece, short) {
            return Some(piece.trim_end_matches([',', ' ']).to_owned());
        }
    }
    None
}

/// Whether a whole text gives the short form: its letters in order, from the back, the first one at the very beginning.
fn long_whole(long: &str, short: &str) -> bool {
    let long_letters: Vec<char> = long.chars().flat_map(char::to_lowercase).collect();
    let plural = short.strip_suffix('s').filter(|stem| stem.chars().all(|letter| !letter.is_lowercase()));
    let bare = plural.unwrap_or(short);
    let letters: Vec<char> =
        bare.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let words = words(long);
    if letters.is_empty() || words.len() < 2 || words.len() > letters.len() * 2 + 2 || long == short {
        return false;
    }
    let mut place = long_letters.len();
    for (at, letter) in letters.iter().enumerate().rev() {
        loop {
            if place == 0 {
                return false;
            }
            place -= 1;
            let begins = place == 0 || !long_letters[place - 1].is_alphanumeric();
            if long_letters[place] == *letter && (at > 0 || begins) {
                break;
            }
        }
    }
    place == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn definitions_are_found_either_way() {
        for (text, expected) in [
            ("Configure role-based access control (RBAC) for users", vec![("RBAC", "role-based access control")]),
            ("Explain RBAC (role-based access control)", vec![("RBAC", "role-based access control")]),
            ("SLA: service level agreement", vec![("SLA", "service level agreement")]),
            ("• NIC – network interface card.", vec![("NIC", "network interface card")]),
            (
                "Use the Domain Name System (DNS) and the Hypertext Transfer Protocol (HTTP)",
                vec![("DNS", "Domain Name System"), ("HTTP", "Hypertext Transfer Protocol")],
            ),
            ("Virtual machines (VMs)", vec![("VMs", "Virtual machines")]),
            ("Configure routers (RBAC)", vec![]),
            ("Secure hosts (see chapter 2)", vec![]),
            ("NOTE: bring a pencil", vec![]),
        ] {
            let found = definitions(text);
            let found: Vec<(&str, &str)> = found.iter().map(|(short, long)| (short.as_str(), long.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn mentions_elsewhere_are_spelled_out_once() {
        let texts = ["Role-based access control (RBAC)", "Apply RBAC; audit RBAC", "Role-based access control (RBAC)"];
        let known = Abbreviations::of(texts);
        assert_eq!(known.iter().next().map(|one| one.defined), Some(2));
        assert!(known.mentions("Apply ABAC").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_taken(texts in prop::collection::vec("(\\PC{0,30}|[A-Za-z ]{0,20} \\([A-Z]{1,5}\\)){0,3}", 0..4)) {
            let known = Abbreviations::of(texts.iter().map(String::as_str));
            for text in &texts {
                for mention in known.mentions(text) {
                    prop_assert!(mention.span.of(text).is_some_and(|short| known.long(short) == Some(mention.long.as_str())));
                }
            }
        }
    }
}
