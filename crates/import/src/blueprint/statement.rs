//! Lines put together to statements: a wrapped title or objective is one statement.
//!
//! A line without a mark goes on with the statement before it where it is indented below that statement's mark, begins
//! small, or the words before it cannot end there. A share at its end closes a heading.

use super::bullet::is_bullet;
use super::code::Style;
use super::line::{Lead, Line};
use super::markdown::underline;

/// A line with those that go on with it.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) head: Line,
    /// Which column of the page it stands in.
    pub(super) stream: usize,
    /// Whether it was put together from several lines.
    pub(super) joined: bool,
    /// Whether a line was joined that had room on the one before, so that it may be a statement of its own.
    pub(super) doubtful: bool,
    /// How many of its lines are as long as running text.
    pub(super) long: usize,
}

/// From how many characters on a line without a mark looks like running text.
const RUNNING: usize = 55;

/// Puts the lines of one column together. In a text without any marks (`marked` is false) every line that does not
/// plainly go on with the one before is a statement.
pub(super) fn statements(lines: Vec<Line>, stream: usize, marked: bool) -> Vec<Statement> {
    let width = lines.iter().filter(|line| line.is_marked()).map(Line::end).max().unwrap_or_default();
    let mut done: Vec<Statement> = Vec::new();
    let mut open = false;
    let mut end = 0;
    for line in lines {
        if (!line.is_marked() && line.full.chars().all(|letter| letter.is_ascii_digit()))
            || underline(&line.full).is_some()
            || line.full.chars().all(is_bullet)
        {
            // A page number, a drawn line, or the sign of a point without words.
            open = false;
            continue;
        }
        if is_continued(&line.full) {
            continue;
        }
        let long = usize::from(line.full.chars().count() >= RUNNING);
        if let (Some(share), Some(last)) = (line.share_alone(), done.last_mut())
            && last.head.share.is_none()
            && may_be_domain(&last.head)
        {
            last.head.full = format!("{} ({})", last.head.full, line.full);
            last.head.share = Some(share);
            open = false;
            continue;
        }
        let before = std::mem::replace(&mut end, line.end());
        match done.last_mut().filter(|last| open && goes_on(&last.head, &line, marked)) {
            Some(last) => {
                let word = line.full.split(' ').next().unwrap_or_default().chars().count();
                let room = (before + word) * 5 < width * 3;
                last.doubtful |= room && line.share.is_none() && !flows(&last.head.full, &line.full);
                last.take(line, long);
            }
            None => done.push(Statement { head: line, stream, joined: false, doubtful: false, long }),
        }
        open = true;
    }
    done
}

impl Statement {
    /// Goes on with a line; a share that this line bears becomes the statement's where it is a heading.
    fn take(&mut self, line: Line, long: usize) {
        let heading = self.head.share.is_none() && may_be_domain(&self.head) && line.share.is_some();
        join(&mut self.head.words, if heading { &line.words } else { &line.full });
        join(&mut self.head.full, &line.full);
        if heading {
            self.head.share = line.share;
        }
        self.joined = true;
        self.long += long;
    }
}

/// Whether a line only says that a statement goes on after a page's end: `(1.2 continued)`.
fn is_continued(text: &str) -> bool {
    let bare = text.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase();
    matches!(bare.as_str(), "continued" | "cont" | "cont’d" | "cont'd")
}

/// Whether a statement can be a domain by its mark.
fn may_be_domain(head: &Line) -> bool {
    match &head.code {
        Some(code) => !matches!(code.style, Style::Path | Style::Tag | Style::SmallLetter | Style::SmallRoman),
        None => !matches!(head.lead, Lead::Bullet(_)),
    }
}

fn goes_on(open: &Line, line: &Line, marked: bool) -> bool {
    if line.is_marked() || line.after_blank || !matches!(open.lead, Lead::Bare | Lead::Bullet(_)) {
        return false;
    }
    let flows = flows(&open.full, &line.full);
    if may_be_domain(open) && open.share.as_ref().is_some_and(|share| !share.first) {
        return false;
    }
    if line.share.as_ref().is_some_and(|share| !share.first) {
        return open.share.is_none() && (flows || (may_be_domain(open) && is_announced(open)));
    }
    if line.share.is_some() || !marked {
        return flows;
    }
    if may_be_domain(open) && open.share.is_some() {
        return true;
    }
    let ends = open.full.ends_with(':') || line.full.ends_with(':');
    flows || (open.is_marked() && !ends && line.column > open.column)
}

/// Whether a heading's form alone says that it is one, so that the next line may bring its share.
fn is_announced(open: &Line) -> bool {
    open.code.as_ref().is_some_and(|code| matches!(code.style, Style::Formal | Style::Label(_)))
}

/// Words that cannot end a statement.
const OPEN_ENDS: [&str; 22] = [
    "and",
    "or",
    "of",
    "the",
    "a",
    "an",
    "to",
    "for",
    "in",
    "on",
    "with",
    "by",
    "from",
    "at",
    "as",
    "into",
    "using",
    "its",
    "their",
    "that",
    "between",
    "including",
];

/// Whether `after` plainly goes on with `before`.
fn flows(before: &str, after: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let open = before.ends_with([',', '-', '–', '—', '/', '&', '(']) || OPEN_ENDS.contains(&last.as_str());
    // Where statements begin small, a small beginning says nothing.
    let small = after.starts_with(char::is_lowercase) && !before.starts_with(char::is_lowercase);
    open || small || after.starts_with([')', '(', '&'])
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

#[cfg(test)]
mod tests {
    use super::super::code::Company;
    use super::*;

    fn check(lines: &[&str], expected: &[&str]) {
        let company = Company::of(lines.iter().copied());
        let read = |(text, line): (&&str, u32)| {
            Line::read((line, text.len() - text.trim_start().len()), false, text, &company)
        };
        let lines = lines.iter().zip(1..).map(read).collect();
        let found: Vec<String> = statements(lines, 0, true).into_iter().map(|statement| statement.head.full).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn wrapped_lines_become_one_statement() {
        check(&["• Choose lines for", "  the load"], &["Choose lines for the load"]);
        check(&["1.1 Choose lines for the load and", "Say why"], &["Choose lines for the load and Say why"]);
        check(&["1.1 Choose lines", "explain why"], &["Choose lines explain why"]);
        check(
            &["• Choose lines for a load of", "20% over the limit"],
            &["Choose lines for a load of 20% over the limit"],
        );
        check(&["1.0 Lines, Knots, and", "    Ropes (40%)"], &["Lines, Knots, and Ropes (40%)"]);
        check(&["• Choose self-", "  made lines"], &["Choose self-made lines"]);
    }

    #[test]
    fn a_new_line_of_its_own_begins_a_statement() {
        check(&["Mooring (40%)", "Choose lines"], &["Mooring (40%)", "Choose lines"]);
        check(&["1.1 Choose lines", "Knowledge of:"], &["Choose lines", "Knowledge of:"]);
        check(&["Mooring (40%)", "•", "Cargo (60%)"], &["Mooring (40%)", "Cargo (60%)"]);
        check(&["• Tie knots", "2", "Cloud work uses lines"], &["Tie knots", "Cloud work uses lines"]);
        check(&["Mooring (40%)", "choose lines", "tie knots"], &["Mooring (40%)", "choose lines", "tie knots"]);
        check(&["Domain 1: Mooring", "Weight: 40%"], &["Mooring (Weight: 40%)"]);
    }
}
