//! Small pieces that many answers share: names with identifiers, and texts cut at their evidence.

use credway_model::{Blueprint, BlueprintItem, Course, Ctid, Span, Text};
use serde::Serialize;

/// A thing by identifier and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Identifier.
    pub id: Ctid,
    /// Name for people.
    pub name: String,
}

/// A course by identifier, code and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseName {
    /// Identifier.
    pub id: Ctid,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
}

impl CourseName {
    pub(crate) fn of(course: &Course) -> Self {
        Self { id: course.ctid, code: course.code.to_string(), title: course.title.to_string() }
    }
}

/// A blueprint statement by identifier, number, words and what stands above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObjectiveName {
    /// Identifier.
    pub id: Ctid,
    /// The publisher's number.
    pub code: Option<String>,
    /// The statement.
    pub text: String,
    /// Title of its domain.
    pub domain: String,
    /// Coarser objectives above it, outermost first.
    pub path: Vec<String>,
}

impl ObjectiveName {
    pub(crate) fn of(item: &BlueprintItem<'_>, blueprint: &Blueprint) -> Self {
        Self {
            id: item.ctid,
            code: item.code.map(Text::to_string),
            text: item.text.to_string(),
            domain: blueprint.domains[item.domain].title.to_string(),
            path: item.path.iter().skip(1).map(|above| above.to_string()).collect(),
        }
    }
}

/// A value with the place in its source where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownValue {
    /// What the value is called on pages ("Credits").
    pub label: String,
    /// The value in words; absent when the source does not say.
    pub value: Option<String>,
    /// The column, member or line it was read from, for the source view.
    pub field: Option<String>,
    /// For documents: the place in words where just this value stands.
    pub place: Option<String>,
}

/// A piece of a text, marked when it is evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// The piece.
    pub text: String,
    /// Number of the evidence pair it belongs to, from 1; the same number stands in the other text.
    pub mark: Option<usize>,
}

/// Cuts `text` at `spans`; spans that do not fit or overlap an earlier one are left unmarked.
#[must_use]
pub fn segments(text: &str, spans: &[Span]) -> Vec<Segment> {
    let mut marks: Vec<(usize, usize, usize)> = spans
        .iter()
        .enumerate()
        .filter(|(_, span)| span.of(text).is_some_and(|piece| !piece.is_empty()))
        .map(|(index, span)| (span.start as usize, span.end as usize, index + 1))
        .collect();
    marks.sort_unstable();
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, end, mark) in marks {
        if start < done {
            continue;
        }
        if start > done {
            pieces.push(Segment { text: text[done..start].to_owned(), mark: None });
        }
        pieces.push(Segment { text: text[start..end].to_owned(), mark: Some(mark) });
        done = end;
    }
    if done < text.len() {
        pieces.push(Segment { text: text[done..].to_owned(), mark: None });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_evidence_and_nothing_is_lost() {
        let text = "Harden café networks";
        let spans = [
            Span { start: 13, end: 21 },
            Span { start: 0, end: 6 },
            Span { start: 4, end: 9 },
            Span { start: 90, end: 99 },
        ];
        let pieces = segments(text, &spans);
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        let marked: Vec<_> =
            pieces.iter().filter_map(|piece| piece.mark.map(|mark| (piece.text.as_str(), mark))).collect();
        assert_eq!(marked, [("Harden", 2), ("networks", 1)]);
    }
}
