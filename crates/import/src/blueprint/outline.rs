//! An outline in text or Markdown becomes one blueprint.

use credway_model::{Blueprint, Finding, Place, Severity, Text};
use unicode_normalization::UnicodeNormalization;

use super::columns::{Piece, streams};
use super::draft::{Draft, DraftDomain, DraftObjective, weight};
use super::line::{Line, classify};
use super::title::{name_of, version_of};
use crate::check;
use crate::reading::Reader;

/// Reads one blueprint from an outline.
pub(crate) fn from_text(text: &str, reader: &Reader<'_>, findings: &mut Vec<Finding>) -> Vec<Blueprint> {
    // Ligatures and full-width forms that a PDF's text carries are folded; quotes and dashes stay as they are.
    let text: String = without_controls(text, findings).nfkc().collect();
    let markdown = is_markdown(&text);
    let mut outline =
        Outline { barrier: u32::MAX, domains: Vec::new(), left_out: Vec::new(), findings: Vec::new(), markdown };
    if markdown {
        outline.markdown(&text);
    } else {
        let streams = streams(&text);
        outline.barrier = barrier(&streams);
        for (number, stream) in streams.iter().enumerate() {
            outline.stream(stream, number);
        }
    }
    outline.domains.sort_by_key(|domain| (domain.line, domain.stream));
    let (title, from_file) = name_of(&text, reader.name, findings);
    let version =
        version_of(&text, reader.name).and_then(|version| check::text(&version, "version", &Place::Whole, findings));
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
    findings.append(&mut outline.findings);
    outline.say_left_out(findings);
    let domains = outline.domains.into_iter().map(|domain| domain.draft).collect();
    let draft = Draft { title, version, effective: None, retires: None, domains, place: Place::Whole };
    vec![draft.finish(reader, findings)]
}

/// Control characters that a PDF's text leaves behind (unprintable bullets) become blanks, and that is said.
fn without_controls(text: &str, findings: &mut Vec<Finding>) -> String {
    let stray = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}');
    if let Some(at) = text.find(stray) {
        let line = u32::try_from(text[..at].matches('\n').count() + 1).unwrap_or(u32::MAX);
        findings.push(Finding::new(
            "blueprint.control-dropped",
            Severity::Note,
            Place::Line { line, column: None },
            format!(
                "{} unprintable character(s) were read as blanks, the first in this line.",
                text.matches(stray).count()
            ),
            "Nothing to do, unless a word is missing here.",
        ));
    }
    text.replace(stray, " ")
}

/// Markdown has headings or tables.
fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("# ") || line.starts_with("## ") || is_rule(line))
}

/// The line below a table's head: `|---|:--|`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("--") && line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '))
}

/// A domain with where it stands, for putting the columns of a page back in order.
struct Placed {
    line: u32,
    stream: usize,
    draft: DraftDomain,
}

/// A statement being put together from its lines.
struct Open {
    /// Whether the words go on a heading or on the last item.
    heading: bool,
    code: Option<String>,
    words: String,
    weight: Option<(String, Option<String>)>,
    line: u32,
    column: usize,
}

struct Outline {
    /// The line from which on statements without a number belong to no domain until the next heading.
    barrier: u32,
    domains: Vec<Placed>,
    left_out: Vec<(u32, String)>,
    findings: Vec<Finding>,
    markdown: bool,
}

impl Outline {
    /// Reads one column.
    fn stream(&mut self, pieces: &[Piece], number: usize) {
        let first = self.domains.len();
        let mut open: Option<Open> = None;
        let mut indents: Vec<usize> = Vec::new();
        let mut blank = false;
        for piece in pieces {
            match classify(&piece.text, false) {
                Line::Blank => {}
                Line::Words(words) => {
                    match open.as_mut().filter(|open| !blank && (open.heading || piece.column > open.column)) {
                        Some(open) => join(&mut open.words, &words),
                        None => {
                            self.close(open.take(), number, first, &mut indents);
                            self.left_out.push((piece.line, words));
                        }
                    }
                }
                Line::Heading { code, title, weight } => {
                    self.close(open.take(), number, first, &mut indents);
                    open = Some(Open {
                        heading: true,
                        code,
                        words: title,
                        weight,
                        line: piece.line,
                        column: piece.column,
                    });
                }
                Line::Item { code, text } => {
                    self.close(open.take(), number, first, &mut indents);
                    open = Some(Open {
                        heading: false,
                        code,
                        words: text,
                        weight: None,
                        line: piece.line,
                        column: piece.column,
                    });
                }
            }
            blank = piece.text.is_empty();
        }
        self.close(open, number, first, &mut indents);
    }

    /// Reads Markdown: tables of domains and weights, headings with lists.
    fn markdown(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let weighted_headings = lines.iter().any(|line| {
            line.starts_with('#') && matches!(classify(line.trim_start_matches('#'), false), Line::Heading { .. })
        });
        let mut in_table = None;
        let mut pieces = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if lines.get(index + 1).is_some_and(|next| is_rule(next)) && line.trim().starts_with('|') {
                in_table = table_columns(line);
            } else if !line.trim().starts_with('|') {
                in_table = None;
            } else if let (Some(columns), false) = (in_table, is_rule(line)) {
                self.table_row(line, columns, number);
                continue;
            }
            if line.trim().starts_with('|') || !weighted_headings {
                continue;
            }
            let column = line.len() - line.trim_start().len();
            let text = if line.starts_with('#') { line.trim_start_matches('#').trim() } else { line.trim() };
            pieces.push(Piece { line: number, column, text: text.replace("**", "") });
        }
        if self.domains.is_empty() {
            self.stream(&pieces, 0);
        }
    }

    /// One row of a table of domains and weights.
    fn table_row(&mut self, line: &str, (domain, share): (usize, usize), number: u32) {
        let cells: Vec<String> =
            line.trim().trim_matches('|').split('|').map(|cell| cell.trim().replace("**", "")).collect();
        let (Some(title), Some(share)) = (cells.get(domain), cells.get(share)) else { return };
        let place = Place::Line { line: number, column: None };
        let weighted = match classify(&format!("{title} {share}"), false) {
            Line::Heading { code, title, weight } if weight.is_some() => Some((code, title, weight)),
            _ => None,
        };
        let (code, words, share) = weighted.unwrap_or((None, title.clone(), None));
        let Some(title) = check::text(&words, "domain", &place, &mut self.findings) else { return };
        let code = code.and_then(|code| Text::new(&code).ok());
        let weight = share.and_then(|(low, high)| weight(&low, high.as_deref(), &place, &mut self.findings));
        self.domains.push(Placed {
            line: number,
            stream: 0,
            draft: DraftDomain { code, title, weight, objectives: Vec::new(), place },
        });
    }

    /// Puts a finished heading or item where it belongs.
    fn close(&mut self, open: Option<Open>, stream: usize, first: usize, indents: &mut Vec<usize>) {
        let Some(open) = open else { return };
        let place = Place::Line { line: open.line, column: u32::try_from(open.column + 1).ok() };
        let what = if open.heading { "domain" } else { "objective" };
        let Some(text) = check::text(&open.words, what, &place, &mut self.findings) else { return };
        let code = open.code.as_deref().and_then(|code| Text::new(code).ok());
        if open.heading {
            let weight = open.weight.and_then(|(low, high)| weight(&low, high.as_deref(), &place, &mut self.findings));
            let draft = DraftDomain { code, title: text, weight, objectives: Vec::new(), place };
            self.domains.push(Placed { line: open.line, stream, draft });
            indents.clear();
            return;
        }
        let markdown = self.markdown;
        let Some(domain) = self.domains.get_mut(first..).and_then(<[Placed]>::last_mut) else {
            self.left_out.push((open.line, open.words));
            return;
        };
        let depth = match &code {
            Some(code) => code.as_str().matches('.').count().saturating_sub(1),
            None if domain.line < self.barrier && open.line > self.barrier => {
                self.left_out.push((open.line, open.words));
                return;
            }
            None => indent_depth(indents, open.column, markdown),
        };
        let objective = DraftObjective { code, text, children: Vec::new(), place };
        put(&mut domain.draft.objectives, objective, depth);
    }

    /// Lines that belong to nothing, when they stand among the domains.
    fn say_left_out(&self, findings: &mut Vec<Finding>) {
        let inside = |line: u32| {
            let lines = || self.domains.iter().map(|domain| domain.line);
            lines().min().is_some_and(|first| line > first)
        };
        let out: Vec<&(u32, String)> =
            self.left_out.iter().filter(|(line, words)| inside(*line) && words.len() > 3).collect();
        if let Some((line, words)) = out.first() {
            let shown: String = words.chars().take(80).collect();
            findings.push(Finding::new(
                "blueprint.text-left-out",
                Severity::Note,
                Place::Line { line: *line, column: None },
                format!("{} line(s) belong to no domain and were left out, the first is “{shown}”.", out.len()),
                "If it is an objective, mark it with a bullet or a number.",
            ));
        }
    }
}

/// The first paragraph of running text after the first heading: what follows it is another part of the document.
fn barrier(streams: &[Vec<Piece>]) -> u32 {
    let paragraph = |stream: &Vec<Piece>| {
        let heading = |piece: &Piece| matches!(classify(&piece.text, false), Line::Heading { .. });
        let first = stream.iter().position(heading)?;
        let long = |piece: &Piece| {
            piece.text.chars().count() >= PARAGRAPH && matches!(classify(&piece.text, false), Line::Words(_))
        };
        let pairs = stream[first..].windows(2).find(|pair| pair.iter().all(long))?;
        Some(pairs[0].line)
    };
    streams.iter().filter_map(paragraph).min().unwrap_or(u32::MAX)
}

/// From how many characters on two lines without a mark, one after the other, are running text.
const PARAGRAPH: usize = 55;

/// How deep an item without a number stands, by its indent among those seen since the heading.
fn indent_depth(indents: &mut Vec<usize>, column: usize, markdown: bool) -> usize {
    // A page's bullets wander by a column or two; Markdown's indents are exact.
    let slack = if markdown { 0 } else { 2 };
    while indents.last().is_some_and(|deeper| *deeper > column + slack) {
        indents.pop();
    }
    match indents.last() {
        Some(known) if column <= known + slack => {}
        _ => indents.push(column),
    }
    indents.len() - 1
}

/// Appends at the depth asked for, or as deep as there is something to hang it on.
fn put(objectives: &mut Vec<DraftObjective>, objective: DraftObjective, depth: usize) {
    match objectives.last_mut() {
        Some(last) if depth > 0 => put(&mut last.children, objective, depth - 1),
        _ => objectives.push(objective),
    }
}

/// Joins a continued line. A hyphen at a line's end is kept and closed up: whether it only divides a word cannot be
/// known without a dictionary, and a compound must not lose its hyphen.
fn join(words: &mut String, more: &str) {
    let hyphen = words.ends_with('-') && words.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
    if !hyphen {
        words.push(' ');
    }
    words.push_str(more);
}

/// Which columns of a Markdown table hold domain and weight.
fn table_columns(head: &str) -> Option<(usize, usize)> {
    let cells: Vec<String> = head.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_lowercase()).collect();
    let find = |words: &[&str]| cells.iter().position(|cell| words.iter().any(|word| cell.contains(word)));
    let domain = find(&["domain", "section", "area", "topic", "content"])?;
    let share = find(&["weight", "percent", "%", "share"])?;
    (domain != share).then_some((domain, share))
}
