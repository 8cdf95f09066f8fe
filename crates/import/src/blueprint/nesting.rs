//! Where a statement hangs among those of its domain: one algorithm for numbers, letters, bullets and indents.
//!
//! The statements that are open form levels. A statement goes to the level at which its mark was seen before; a number
//! of several parts goes below its prefix; a new mark goes below the last statement that can have something below it.

use super::code::{Code, Style};
use super::draft::DEEPEST;
use super::line::{Lead, Line};

/// The mark of a statement, as far as it says what it stands beside.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    Heading(u8),
    Numbered(Style),
    Bullet(char),
    /// Words without a mark above a list.
    Group,
    /// Words without a mark that are an objective.
    Bare,
}

#[derive(Debug)]
struct Level {
    /// Marks seen at this level, with their columns.
    marks: Vec<(Mark, usize)>,
    /// The level's last statement.
    column: usize,
    code: Option<Code>,
    owns: bool,
}

/// What a statement is placed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Marked,
    Group,
    Bare,
}

/// The open statements of one domain.
#[derive(Debug)]
pub(super) struct Nesting {
    levels: Vec<Level>,
    /// By how many columns marks of one level may differ: a page's bullets wander, Markdown's indents are exact.
    slack: usize,
}

/// Where a statement was placed.
pub(super) struct Spot {
    /// Depth below the domain, from 0.
    pub(super) depth: usize,
    /// Whether its number asks for a parent that is not open here.
    pub(super) orphan: bool,
}

impl Nesting {
    /// Nothing is open yet.
    pub(super) const fn new(slack: usize) -> Self {
        Self { levels: Vec::new(), slack }
    }

    /// Forgets what is open, as a new part of the same domain begins.
    pub(super) fn clear(&mut self) {
        self.levels.clear();
    }

    /// Places the next statement.
    pub(super) fn place(&mut self, line: &Line, part: Part) -> Spot {
        let mark = mark(line, part);
        let (depth, orphan) = self.find(&mark, line);
        // Nobody writes deeper, and everything after this walks the tree.
        let depth = depth.min(DEEPEST - 1);
        self.levels.truncate(depth + 1);
        if self.levels.len() == depth {
            self.levels.push(Level { marks: Vec::new(), column: 0, code: None, owns: false });
        }
        let owns = !matches!(
            mark,
            Mark::Bullet(_)
                | Mark::Bare
                | Mark::Numbered(Style::Letter | Style::SmallLetter | Style::SmallRoman | Style::Number | Style::Roman)
        );
        if let Some(level) = self.levels.last_mut() {
            if matches!(mark, Mark::Heading(_) | Mark::Group) {
                // A new heading: bullets hang below it, wherever they hung before.
                level.marks.retain(|(mark, _)| !matches!(mark, Mark::Bullet(_)));
            }
            if !level.marks.contains(&(mark.clone(), line.indent)) {
                level.marks.push((mark, line.indent));
            }
            level.column = line.indent;
            level.code.clone_from(&line.code);
            level.owns = owns;
        }
        Spot { depth, orphan }
    }

    fn find(&self, mark: &Mark, line: &Line) -> (usize, bool) {
        match (mark, &line.code) {
            (Mark::Heading(level), _) => (self.above_heading(*level), false),
            (Mark::Numbered(_), Some(code)) if code.path.len() > 1 && code.style != Style::Tag => {
                self.below_prefix(code)
            }
            // What is said by a word or stands above a list never hangs below a point.
            (Mark::Group | Mark::Numbered(Style::Tag | Style::Label(_)), _) => {
                let known = self.levels.iter().rposition(|level| level.marks.iter().any(|(seen, _)| seen == mark));
                let owner = || self.levels.iter().rposition(|level| level.owns).map_or(0, |at| at + 1);
                (known.unwrap_or_else(owner), false)
            }
            (_, code) => (self.beside_or_below(mark, code.as_ref(), line.indent), false),
        }
    }

    /// How many headings of a higher rank are open.
    fn above_heading(&self, rank: u8) -> usize {
        let higher =
            |level: &Level| level.marks.iter().any(|(mark, _)| matches!(mark, Mark::Heading(seen) if *seen < rank));
        self.levels.iter().take_while(|level| higher(level)).count()
    }

    /// Below the open statement whose number is the longest prefix.
    fn below_prefix(&self, code: &Code) -> (usize, bool) {
        let is_prefix = |level: &Level| {
            level
                .code
                .as_ref()
                .is_some_and(|open| open.path.len() < code.path.len() && code.path.starts_with(&open.path))
        };
        match self.levels.iter().rposition(is_prefix) {
            Some(at) => {
                let parent = self.levels[at].code.as_ref().map_or(0, |open| open.path.len());
                (at + 1, parent + 1 < code.path.len())
            }
            None => (self.above_heading(7), code.path.len() > 2),
        }
    }

    fn beside_or_below(&self, mark: &Mark, code: Option<&Code>, column: usize) -> usize {
        let near = |seen: usize| seen.abs_diff(column) <= self.slack;
        let beside = self.levels.iter().rposition(|level| {
            let follows = || {
                let last = level.code.as_ref().filter(|last| code.is_some_and(|code| code.style == last.style));
                last.and_then(Code::ordinal).is_some_and(|last| code.and_then(Code::ordinal) == Some(last + 1))
            };
            level.marks.iter().any(|(seen, at)| seen == mark && (near(*at) || follows()))
        });
        beside.unwrap_or_else(|| {
            // A statement with a number of its own takes what follows; a point only what is not further left.
            let above = |level: &Level| level.owns || level.column <= column + self.slack;
            self.levels.iter().rposition(above).map_or(0, |at| at + 1)
        })
    }
}

fn mark(line: &Line, part: Part) -> Mark {
    match (part, line.lead, &line.code) {
        (Part::Bare, ..) => Mark::Bare,
        (Part::Group, ..) => Mark::Group,
        (_, Lead::Heading(level), _) => Mark::Heading(level),
        (_, Lead::Bold, None) => Mark::Group,
        (_, _, Some(code)) => Mark::Numbered(code.style.clone()),
        (_, Lead::Bullet(sign), None) => Mark::Bullet(sign),
        _ => Mark::Bare,
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::Company;
    use super::*;

    fn check(lines: &[&str], expected: &[usize]) {
        let company = Company::of(lines.iter().copied());
        let mut nesting = Nesting::new(1);
        let place = |line: &&str| {
            let column = line.len() - line.trim_start().len();
            let line = Line::read((1, column), false, line, &company);
            let part = if line.is_marked() { Part::Marked } else { Part::Group };
            nesting.place(&line, part).depth
        };
        assert_eq!(lines.iter().map(place).collect::<Vec<_>>(), expected, "{lines:?}");
    }

    #[test]
    fn every_mark_finds_its_place() {
        check(&["1.1 a", "• b", "- c", "• d", "1.2 e", "• f"], &[0, 1, 2, 1, 0, 1]);
        check(&["• a", "1.1 b", "• c"], &[0, 0, 0]);
        check(&["1.1 a", "1.1.a b", "1.1.b c", "1.2 d"], &[0, 1, 1, 0]);
        check(&["A. a", "1. b", "2. c", "B. d", "1. e"], &[0, 1, 1, 0, 1]);
        check(&["• a", "  • b", "• c"], &[0, 1, 0]);
        check(&["Task 1: a", "• b", "Task 2: c", "Knowledge of:", "• d", "Skills in:", "• e"], &[0, 1, 0, 1, 2, 1, 2]);
        check(&["Use a", "• b", "Use c", "• d"], &[0, 1, 0, 1]);
        check(&["1A a", "1. b", "2. c", "1B d"], &[0, 1, 1, 0]);
    }
}
