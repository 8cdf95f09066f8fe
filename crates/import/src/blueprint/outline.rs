//! An outline in text or Markdown becomes one blueprint: characters → lines → statements → domains → objectives.

use credway_model::{Blueprint, Finding, Place, Severity};

use super::code::{self, Company};
use super::columns::{Piece, streams};
use super::domains::{Role, roles};
use super::draft::Draft;
use super::fold::folded;
use super::left_out::LeftOut;
use super::line::{Lead, Line};
use super::markdown::{self, is_markdown};
use super::share;
use super::statement::{Statement, statements};
use super::title::{name_of, version_of};
use super::tree::{Tree, is_whole};
use crate::check;
use crate::reading::Reader;

/// Reads one blueprint from an outline.
pub(crate) fn from_text(text: &str, reader: &Reader<'_>, findings: &mut Vec<Finding>) -> Vec<Blueprint> {
    let text = folded(text, findings);
    let mut left_out = LeftOut::default();
    let markdown = is_markdown(&text);
    let (statements, roles) = heads(assemble(&text, markdown, &mut left_out), findings);
    let first = |line: u32| line.saturating_sub(1) as usize;
    let heads = statements.iter().zip(&roles).filter(|(_, role)| **role == Role::Domain);
    let above = heads.map(|(statement, _)| first(statement.head.line)).min();
    let (title, from_file) = name_of(&text, reader.name, above, findings);
    let version = version_of(&text, reader.name, above)
        .and_then(|version| check::text(&version, "version", &Place::Whole, findings));
    let Some(title) = title else { return Vec::new() };
    if from_file {
        findings.push(Finding::new(
            "blueprint.title-from-file",
            Severity::Note,
            Place::Whole,
            format!("The outline names no credential; “{title}” was taken from the file's name."),
            "Begin the text with the credential's title.",
        ));
    }
    let domains = Tree::grow(&statements, &roles, markdown, &mut left_out, findings);
    let whole = is_whole(&domains);
    unread_weights(&statements, &roles, whole, &mut left_out);
    let unread = !left_out.weights.is_empty();
    left_out.say(whole, above.map_or(u32::MAX, |above| u32::try_from(above + 1).unwrap_or(u32::MAX)), findings);
    let draft = Draft { title, version, effective: None, retires: None, domains, place: Place::Whole };
    let blueprint = draft.finish(reader, findings);
    if unread {
        // The source gives weights; they were not read, and that was said.
        findings.retain(|finding| finding.code != "blueprint.weights-none");
    }
    vec![blueprint]
}

/// The statements of every column.
fn assemble(text: &str, markdown: bool, left_out: &mut LeftOut) -> Vec<Vec<Statement>> {
    let mut columns = if markdown {
        let plain: Vec<String> = text.lines().map(markdown::plain).collect();
        let read = markdown::read(text, &Company::of(plain.iter().map(String::as_str)));
        left_out.inside.extend(read.cells_left);
        left_out.weights.extend(read.weights_unread);
        vec![read.lines]
    } else {
        let streams = streams(text);
        let company = Company::of(streams.iter().flatten().map(|piece| piece.text.as_str()));
        streams.iter().map(|stream| lines(stream, &company)).collect()
    };
    code::settle(columns.iter_mut().flatten().filter_map(|line| line.code.as_mut()));
    let marked =
        columns.iter().flatten().any(|line| line.is_marked() && line.share.is_none() && line.lead != Lead::Row);
    columns.into_iter().enumerate().map(|(number, lines)| statements(lines, number, marked)).collect()
}

fn lines(stream: &[Piece], company: &Company) -> Vec<Line> {
    let mut blank = false;
    let mut done = Vec::new();
    for piece in stream {
        if piece.text.is_empty() {
            blank = true;
        } else {
            let line = Line::read((piece.line, piece.column), blank, &piece.text, company);
            done.push(Line { indent: piece.indent, ..line });
            blank = false;
        }
    }
    done
}

/// The statements in reading order with their roles. Where only the left column has domains, the others belong to what
/// stands at the same height there: they are read after the numbered statement of the left column beside which they begin.
fn heads(columns: Vec<Vec<Statement>>, findings: &mut Vec<Finding>) -> (Vec<Statement>, Vec<Role>) {
    let count = columns.len();
    let mut statements: Vec<Statement> = columns.into_iter().flatten().collect();
    let found = roles(&statements);
    let has =
        |stream: usize| statements.iter().zip(&found).any(|(one, role)| one.stream == stream && *role == Role::Domain);
    let Some(beside) = statements.iter().find(|one| one.stream > 0).filter(|_| has(0) && !(1..count).any(has)) else {
        return (statements, found);
    };
    findings.push(Finding::new(
        "blueprint.columns-merged",
        Severity::Warning,
        Place::Line { line: beside.head.line, column: u32::try_from(beside.head.column + 1).ok() },
        "The page was read as columns, and those to the right as part of what stands left of them.",
        "Compare with the publisher's outline; one column in reading order makes it certain.",
    ));
    let numbered = |one: &&Statement| one.stream == 0 && (one.head.code.is_some() || one.head.share.is_some());
    let anchors: Vec<u32> = statements.iter().filter(numbered).map(|one| one.head.line).collect();
    let anchor = |line: u32| anchors.partition_point(|anchor| *anchor <= line);
    statements.sort_by_cached_key(|one| (anchor(one.head.line), one.stream, one.head.line));
    statements.iter_mut().for_each(|statement| statement.stream = 0);
    let found = roles(&statements);
    (statements, found)
}

/// Shares at statements that are no domains, and numbers that stand where a share would.
fn unread_weights(statements: &[Statement], roles: &[Role], whole: bool, left_out: &mut LeftOut) {
    let figure = |words: &str| words.rsplit(' ').next().and_then(|last| last.parse::<u32>().ok());
    let domains = || statements.iter().zip(roles).filter(|(_, role)| **role == Role::Domain).map(|(one, _)| one);
    let hundred = domains().map(|one| figure(&one.head.words)).sum::<Option<u32>>() == Some(100);
    for (statement, role) in statements.iter().zip(roles) {
        let head = &statement.head;
        let unread = match role {
            Role::Domain => {
                let figures = hundred || head.words.contains('%') || share::counts(&head.full);
                head.share.is_none() && !whole && figures
            }
            Role::Total => false,
            Role::Other => head.share.is_some(),
        };
        if unread {
            left_out.weights.push((head.line, head.full.clone()));
        }
    }
}
