//! The statements between one domain's heading and what ends it.

use super::code::Style;
use super::domains::Role;
use super::line::{Lead, Line};
use super::statement::Statement;

/// A heading's statements up to the next heading.
pub(super) struct Section<'a> {
    pub(super) head: Option<&'a Statement>,
    pub(super) body: Vec<&'a Statement>,
    /// The column of the next domain in the same stream.
    pub(super) next: Option<usize>,
}

/// Cuts the statements at their headings.
pub(super) fn sections<'a>(statements: &'a [Statement], roles: &[Role]) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut stream = None;
    for (statement, role) in statements.iter().zip(roles) {
        if stream != Some(statement.stream) {
            sections.push(Section { head: None, body: Vec::new(), next: None });
            stream = Some(statement.stream);
        }
        let open = sections.last().and_then(|section| section.head);
        if *role == Role::Domain {
            if let Some(last) = sections.last_mut() {
                last.next = Some(statement.head.column);
            }
            sections.push(Section { head: Some(statement), body: Vec::new(), next: None });
        } else if *role == Role::Total || open.is_some_and(|open| closes(&open.head, &statement.head)) {
            let body = if *role == Role::Total { Vec::new() } else { vec![statement] };
            sections.push(Section { head: None, body, next: None });
        } else if let Some(last) = sections.last_mut() {
            last.body.push(statement);
        }
    }
    sections
}

/// Whether a statement ends the domain: a heading that is not below it, anything that is not in the table's row.
const fn closes(open: &Line, head: &Line) -> bool {
    match (open.lead, head.lead) {
        (Lead::Heading(open), Lead::Heading(level)) => level <= open,
        (Lead::Row, lead) => !matches!(lead, Lead::RowItem),
        (_, lead) => matches!(lead, Lead::Heading(_)),
    }
}

/// The first paragraph of running text after statements of the last domain: what follows it without a number is another
/// part of the document.
pub(super) fn barrier(section: &Section<'_>) -> Option<u32> {
    if section.head.is_none() || section.next.is_some() {
        return None;
    }
    let marked = section.body.iter().position(|statement| statement.head.is_marked())?;
    let body = &section.body[marked..];
    let long = |statement: &Statement| if statement.head.is_marked() { 0 } else { statement.long };
    let paragraph = body.iter().enumerate().find(|(at, statement)| {
        let next = body.get(at + 1).filter(|next| !next.head.after_blank).map_or(0, |next| long(next));
        long(statement) > 0 && long(statement) + next >= 2
    });
    paragraph.map(|(_, statement)| statement.head.line)
}

/// Words without a mark that head a list: it follows, or a colon says so.
pub(super) fn is_group(statement: &Statement, next: Option<&Statement>) -> bool {
    let head = &statement.head;
    let listed = next.is_some_and(|next| {
        let code = next.head.code.as_ref();
        next.head.is_marked() && code.is_none_or(|code| code.counts_in_list() || code.style == Style::Tag)
    });
    head.share.is_none()
        && !is_footer(&head.full)
        && statement.long < 2
        && !head.full.ends_with('.')
        && (listed || head.full.ends_with(':'))
}

/// What stands at a page's foot and so, after the break, above anything.
fn is_footer(text: &str) -> bool {
    let text = text.to_lowercase();
    let before_number = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    text.starts_with("copyright") || text.starts_with('©') || (before_number != text && before_number.ends_with("page"))
}
