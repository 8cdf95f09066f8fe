//! Lists inside a statement and their members: after “e.g.”, “such as”, “including”, in brackets, after a colon, as bullets.

use credway_model::Span;

use super::trimmed;
use crate::words::Word;

/// What a list is to its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Examples: “e.g.”, “such as”, “for example”. Others would do.
    Examples,
    /// What is meant: “including”, “namely”, after a colon, in brackets.
    Contents,
    /// Lines or pieces that begin with a bullet.
    Bullets,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementList {
    /// What it is.
    pub kind: ListKind,
    /// What leads to it (“such as”); absent for brackets, colons and bullets.
    pub introduction: Option<Span>,
    /// Its members, in order; one or more after an introduction, else two or more.
    pub members: Vec<Span>,
}

const EXAMPLES: [&str; 5] = ["e g", "eg", "for example", "for instance", "such as"];
const CONTENTS: [&str; 6] = ["including but not limited to", "i e", "including", "includes", "namely", "specifically"];
const LONGEST: usize = 5;

/// The lists, in order.
pub(super) fn lists(text: &str, words: &[Word]) -> Vec<StatementList> {
    let bullets = bullets(text);
    if !bullets.is_empty() {
        return vec![StatementList { kind: ListKind::Bullets, introduction: None, members: bullets }];
    }
    let mut found = introduced(text, words);
    found.extend(bracketed(text, &found));
    found.extend(after_colon(text, &found));
    found.sort_by_key(|list| list.members.first().copied());
    found
}

/// The place up to which a statement says what it is about, before its lists.
pub(super) fn before_lists(lists: &[StatementList]) -> Option<u32> {
    let starts = lists.iter().map(|list| list.introduction.or_else(|| list.members.first().copied()));
    starts.flatten().map(|span| span.start).min()
}

fn introduced(text: &str, words: &[Word]) -> Vec<StatementList> {
    let mut found: Vec<StatementList> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let phrase = |phrases: &[&str]| {
            (1..=LONGEST).rev().find(|length| {
                let rest = words.get(at..at + length);
                rest.is_some_and(|rest| {
                    phrases.iter().any(|phrase| phrase.split(' ').eq(rest.iter().map(|word| word.lower.as_str())))
                })
            })
        };
        let hit = phrase(&EXAMPLES).map(|length| (ListKind::Examples, length));
        let hit = hit.or_else(|| phrase(&CONTENTS).map(|length| (ListKind::Contents, length)));
        let Some((kind, length)) = hit else {
            at += 1;
            continue;
        };
        let (first, last) = (&words[at], &words[at + length - 1]);
        let end = end_of(text, last.end);
        let members = members(text, last.end, end);
        if let (false, Some(introduction)) = (members.is_empty(), trimmed(text, first.start, last.end)) {
            found.push(StatementList { kind, introduction: Some(introduction), members });
        }
        at = words.iter().position(|word| word.start >= end).unwrap_or(words.len()).max(at + length);
    }
    found
}

/// Brackets with two or more members that no introduction has taken.
fn bracketed(text: &str, taken: &[StatementList]) -> Vec<StatementList> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('(') {
        let Some(length) = text[open..].find(')') else { break };
        let (start, end) = (open + 1, open + length);
        if overlaps(taken, start, end) || !text[start..end].contains([',', ';', '/']) {
            continue;
        }
        let members = members(text, start, end);
        if members.len() > 1 {
            found.push(StatementList { kind: ListKind::Contents, introduction: None, members });
        }
    }
    found
}

/// What stands after the first colon, when it has two or more members.
fn after_colon(text: &str, taken: &[StatementList]) -> Option<StatementList> {
    let colon = text.find(": ")?;
    let end = end_of(text, colon + 2);
    if overlaps(taken, colon + 2, end) || !text[colon + 2..end].contains([',', ';']) {
        return None;
    }
    let members = members(text, colon + 2, end);
    (members.len() > 1).then_some(StatementList { kind: ListKind::Contents, introduction: None, members })
}

fn overlaps(taken: &[StatementList], start: usize, end: usize) -> bool {
    let inside = |span: &Span| (span.start as usize) < end && start < span.end as usize;
    taken.iter().any(|list| list.introduction.iter().any(inside) || list.members.iter().any(inside))
}

/// Pieces that begin with a bullet, two or more.
fn bullets(text: &str) -> Vec<Span> {
    let mut starts: Vec<usize> = Vec::new();
    let mut line_begins = true;
    for (at, letter) in text.char_indices() {
        let mark = matches!(letter, '•' | '▪' | '‣' | '◦')
            || (line_begins
                && at > 0
                && matches!(letter, '-' | '*' | '–')
                && text[at + letter.len_utf8()..].starts_with(' '));
        if mark {
            starts.push(at);
        }
        line_begins = letter == '\n' || (line_begins && letter.is_whitespace());
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends).filter_map(|(start, end)| {
        let mark = text[*start..].chars().next().map_or(0, char::len_utf8);
        trimmed(text, start + mark, end)
    });
    let members: Vec<Span> = pieces.collect();
    if members.len() > 1 { members } else { Vec::new() }
}

/// Where a list that begins at `from` ends: at a closing bracket that was not opened in it, a semicolon, a full stop
/// before a blank or the end, a line's end.
fn end_of(text: &str, from: usize) -> usize {
    let mut open = 0_u32;
    let rest = &text[from..];
    // The dot of the introduction itself (“e.g.”) is not the end.
    let lead = rest.len() - rest.trim_start_matches(['.', ',', ':', ' ', '\u{a0}']).len();
    for (at, letter) in rest[lead..].char_indices() {
        let after = &rest[lead + at + letter.len_utf8()..];
        match letter {
            '(' => open += 1,
            ')' if open == 0 => return from + lead + at,
            ')' => open -= 1,
            ';' | '\n' => return from + lead + at,
            '.' if after.is_empty() || after.starts_with(char::is_whitespace) => return from + lead + at,
            _ => {}
        }
    }
    text.len()
}

/// The members between two places: cut at commas, semicolons and slashes between blanks, then the last at “and” or “or”.
pub(super) fn members(text: &str, start: usize, end: usize) -> Vec<Span> {
    let Some(piece) = text.get(start..end) else { return Vec::new() };
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut open = 0_u32;
    for (at, letter) in piece.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            ',' | ';' if open == 0 => cuts.push((at, at + 1)),
            _ => {}
        }
    }
    let tail = cuts.last().map_or(0, |cut| cut.1);
    for joint in [" and ", " or ", " & "] {
        if let Some(at) = piece[tail..].find(joint) {
            cuts.push((tail + at, tail + at + joint.len()));
            break;
        }
    }
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.1));
    let ends = cuts.iter().map(|cut| cut.0).chain([piece.len()]);
    let spans = starts.zip(ends).filter_map(|(from, to)| member(text, start + from, start + to));
    spans.collect()
}

/// A member without a leading “and” or “or”; nothing for “etc.” and the like.
fn member(text: &str, start: usize, end: usize) -> Option<Span> {
    let span = trimmed(text, start, end)?;
    let piece = span.of(text)?;
    let bare = ["and ", "or ", "& ", "to "].iter().find_map(|lead| piece.strip_prefix(lead)).unwrap_or(piece);
    let telling = !["etc", "and so on", "and more", "and others", "so on", "more", "others", "and", "or"]
        .contains(&bare.to_lowercase().as_str());
    if !telling || !bare.contains(char::is_alphanumeric) {
        return None;
    }
    trimmed(text, span.end as usize - bare.len(), span.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn members_are_told_apart() {
        for (text, kind, expected) in [
            (
                "Explain attacks, e.g., phishing, tailgating and whaling.",
                ListKind::Examples,
                vec!["phishing", "tailgating", "whaling"],
            ),
            ("Use tools such as Nmap and Wireshark", ListKind::Examples, vec!["Nmap", "Wireshark"]),
            ("Name threats (for example malware, worms, etc.) and risks", ListKind::Examples, vec!["malware", "worms"]),
            ("Secure protocols (TLS, SSH, DNSSEC)", ListKind::Contents, vec!["TLS", "SSH", "DNSSEC"]),
            ("Topics: sets, relations, and functions", ListKind::Contents, vec!["sets", "relations", "functions"]),
            ("Malware including but not limited to worms", ListKind::Contents, vec!["worms"]),
            ("Controls:\n• locks\n• guards (day, night)\n", ListKind::Bullets, vec!["locks", "guards (day, night)"]),
            ("Parts\n- disks\n- fans", ListKind::Bullets, vec!["disks", "fans"]),
        ] {
            let found = lists(text, &words(text));
            let members: Vec<&str> = found[0].members.iter().map(|span| span.of(text).unwrap()).collect();
            assert_eq!((found.len(), found[0].kind, members), (1, kind, expected), "{text}");
        }
        for text in ["Explain the water cycle", "A well-known fact (see chapter 2)", "3:00, or later", "such as", ""] {
            assert!(lists(text, &words(text)).is_empty(), "{text}");
        }
    }
}
