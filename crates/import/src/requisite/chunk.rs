//! Chunks: what stands between two joints of a clause, and what in it adds nothing.
//!
//! It refuses to say what a chunk means; see [`super::clause`].

use super::item::{Item, Kind};

/// Words between codes that add nothing.
const EMPTY_WORDS: [&str; 34] = [
    "in",
    "of",
    "for",
    "the",
    "a",
    "an",
    "is",
    "are",
    "be",
    "course",
    "courses",
    "class",
    "prerequisite",
    "prerequisites",
    "required",
    "credit",
    "completed",
    "complete",
    "taken",
    "with",
    "have",
    "must",
    "students",
    "student",
    "passing",
    "grade",
    "successfully",
    "also",
    "by",
    "if",
    "the",
    "following",
    "should",
    "lab",
];

/// Where a parenthesis that holds codes and joints ends; one without codes is part of the words.
pub(super) fn group_end(items: &[Item], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, item) in items.iter().enumerate().skip(at) {
        match item.kind {
            Kind::Open => depth += 1,
            Kind::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let starts = matches!(
                        items.get(at + 1).map(|item| &item.kind),
                        Some(
                            Kind::Code(_)
                                | Kind::Either
                                | Kind::Both
                                | Kind::Open
                                | Kind::GradeFor(_)
                                | Kind::WhenFor(_)
                        )
                    );
                    return (starts && index > at + 1).then_some(index);
                }
                if depth > 6 {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// Where a parenthesis behind a code ends that joins something with it: "(or TIDE 1300 and KNOT 1314)".
pub(super) fn aside_end(items: &[Item], at: usize) -> Option<usize> {
    let kind = |at: usize| items.get(at).map(|item| &item.kind);
    let behind_code = at > 0 && matches!(kind(at - 1), Some(Kind::Code(_) | Kind::Number(_)));
    if !behind_code || !matches!(kind(at + 1), Some(Kind::Or | Kind::And)) {
        return None;
    }
    let mut depth = 0_usize;
    for (index, item) in items.iter().enumerate().skip(at) {
        match item.kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 1 => return (index > at + 2).then_some(index),
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The chunk that begins at `at`: up to a joint or a phrase; joints inside parentheses do not end it.
pub(super) fn chunk_end(items: &[Item], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut end = at;
    while let Some(item) = items.get(end) {
        match item.kind {
            Kind::Open
                if end > at && depth == 0 && group_end(items, end).or_else(|| aside_end(items, end)).is_some() =>
            {
                break;
            }
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Code(_) | Kind::Number(_) | Kind::Word | Kind::Colon | Kind::Filler => {}
            Kind::Both | Kind::Either if end > at => {}
            Kind::Slash if !between_codes(items, end) => {}
            _ if depth > 0 => {}
            _ => break,
        }
        end += 1;
    }
    end.max(at + 1)
}

/// Whether a slash stands between codes; between words it belongs to them.
pub(super) fn between_codes(items: &[Item], at: usize) -> bool {
    let code = |item: Option<&Item>| matches!(item.map(|item| &item.kind), Some(Kind::Code(_) | Kind::Number(_)));
    at > 0 && code(items.get(at - 1)) && code(items.get(at + 1))
}

pub(super) fn is_empty(items: &[Item], text: &str) -> bool {
    items.iter().all(|item| match item.kind {
        Kind::Filler => true,
        Kind::Word => {
            let word = text[item.from..item.to].trim_matches(['.', '“', '”', '"', '*', '\u{200b}']).to_lowercase();
            word.is_empty() || EMPTY_WORDS.contains(&word.as_str())
        }
        _ => false,
    })
}

/// ": Fundamentals of Theatre", "- Evidence": what follows a code as its title.
pub(super) fn is_title(items: &[Item]) -> bool {
    matches!(items.first(), Some(Item { kind: Kind::Colon, .. }))
        && items.len() <= 9
        && items.iter().skip(1).all(|item| item.kind == Kind::Word)
}
