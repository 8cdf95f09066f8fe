//! How the lines look that courses begin with, and which lines look so.

use std::collections::BTreeMap;

use credway_documents::{Document, Joiner, Kind, Line};

use super::entries::plain_text;
use super::{heading, labels};

/// How the lines that courses begin with look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Bold, larger than the text, or headings: most courses of the document begin so.
    Marked,
    /// Like any paragraph.
    Plain,
    /// By a label such as “Course number:”.
    Labelled,
}

/// The size most of the text has.
pub(super) fn body_size(document: &Document) -> u16 {
    let mut sizes: BTreeMap<u16, usize> = BTreeMap::new();
    for line in document.lines.iter().filter(|line| line.kind == Kind::Text) {
        *sizes.entry(line.size).or_default() += line.text.len();
    }
    sizes.into_iter().max_by_key(|(size, letters)| (*letters, *size)).map_or(0, |(size, _)| size)
}

pub(super) fn look(lines: &[&Line], body: u16, joiner: &Joiner) -> Look {
    let candidates = |look| lines.iter().filter(|line| is_heading(line, look, body)).count();
    let (marked, plain) = (candidates(Look::Marked), candidates(Look::Plain));
    if marked > 0 && marked * 3 >= plain {
        Look::Marked
    } else if plain > 0 && !lines.iter().any(|line| begins_by_label(line, joiner)) {
        Look::Plain
    } else {
        Look::Labelled
    }
}

pub(super) fn begins_by_label(line: &Line, joiner: &Joiner) -> bool {
    let (text, starts) = (plain_text(line, joiner), true);
    labels::at_start(&text, line.bold, starts)
        .is_some_and(|label| label.name == "code" && heading::code(&text[label.value..]).is_some())
}

pub(super) fn is_heading(line: &Line, look: Look, body: u16) -> bool {
    if matches!(line.kind, Kind::Row(_) | Kind::Item(_)) || !heading::reads_as_title(line.text.trim()) {
        return alone_with_title_below(line, look, body);
    }
    match look {
        Look::Marked => is_marked(line, body),
        Look::Plain => line.starts,
        Look::Labelled => false,
    }
}

/// A marked code alone on its line: the title is the next.
fn alone_with_title_below(line: &Line, look: Look, body: u16) -> bool {
    let text = line.text.trim();
    let alone = heading::code(text).is_some_and(|(_, end)| end == text.len());
    look == Look::Marked && alone && is_marked(line, body) && !matches!(line.kind, Kind::Row(_) | Kind::Item(_))
}

fn is_marked(line: &Line, body: u16) -> bool {
    let code = heading::code(line.text.trim()).map_or(0, |(_, end)| end);
    matches!(line.kind, Kind::Heading(_)) || (code > 0 && line.bold >= code) || line.size > body + body / 20
}
