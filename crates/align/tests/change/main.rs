//! What becomes of an outline: the laws that hold for every pair of outlines, and a table of edits written for this
//! test. The differ was tuned on this table, so that it shows that nothing got worse, not how good it is.

mod laws;
mod table;

use credway_align::OutlineLine;

/// An outline of domains with statements.
pub(crate) fn outline(domains: &[(&str, Vec<&str>)]) -> Vec<OutlineLine> {
    let mut lines = Vec::new();
    for (title, statements) in domains {
        let above = lines.len();
        lines.push(line(title, None, true));
        lines.extend(statements.iter().map(|statement| line(statement, Some(above), false)));
    }
    lines
}

/// A line of an outline.
pub(crate) fn line(text: &str, above: Option<usize>, heading: bool) -> OutlineLine {
    OutlineLine { text: text.to_owned(), code: None, above, heading }
}
