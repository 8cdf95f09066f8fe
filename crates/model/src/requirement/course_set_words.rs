//! The line of a set of courses in words, quotations and marks, each with its place, and how far it is read.

use super::CourseSetError;

/// What stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word(String),
    Quoted(String),
    Mark(char),
}

/// A word, quotation or mark with the character at which it begins, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// The line, and how far it is read.
pub(super) struct Line {
    words: Vec<Word>,
    next: usize,
    end: usize,
}

/// Quotation marks as people and office programs write them.
const QUOTATION: [char; 3] = ['"', '“', '”'];
const MARKS: [char; 4] = ['(', ')', ',', ';'];

/// Whether a mark ends the quotation that another began: a straight one is ended by a straight one alone, so that any text can be
/// written between two.
fn closes(open: char, mark: char) -> bool {
    if open == '"' { mark == '"' } else { matches!(mark, '“' | '”') }
}

impl Line {
    /// Takes the line apart.
    pub(super) fn new(text: &str) -> Result<Self, CourseSetError> {
        let mut words = Vec::new();
        let mut letters = text.chars().zip(1..).peekable();
        let mut end = 1;
        while let Some((letter, at)) = letters.next() {
            end = at + 1;
            let kind = if QUOTATION.contains(&letter) {
                let mut inner = String::new();
                loop {
                    match letters.next() {
                        Some((close, _)) if closes(letter, close) => break,
                        Some(('\\', _)) => inner.extend(letters.next().map(|(letter, _)| letter)),
                        Some((letter, _)) => inner.push(letter),
                        None => {
                            let what = "a quotation mark is not closed".to_owned();
                            return Err(CourseSetError { at, what, hint: "Close it: marked \"humanities\"." });
                        }
                    }
                }
                Kind::Quoted(inner)
            } else if MARKS.contains(&letter) {
                Kind::Mark(letter)
            } else if letter.is_whitespace() {
                continue;
            } else {
                let mut word = String::from(letter);
                let goes_on = |next: &(char, usize)| {
                    !next.0.is_whitespace() && !MARKS.contains(&next.0) && !QUOTATION.contains(&next.0)
                };
                while let Some((next, _)) = letters.next_if(goes_on) {
                    word.push(next);
                }
                Kind::Word(word)
            };
            words.push(Word { at, kind });
        }
        let end = end.max(text.trim_end().chars().count() + 1);
        Ok(Self { words, next: 0, end })
    }

    /// What comes next.
    pub(super) fn here(&self) -> Option<&Word> {
        self.words.get(self.next)
    }

    /// Where what comes next begins.
    pub(super) fn at(&self) -> usize {
        self.here().map_or(self.end, |word| word.at)
    }

    /// Passes this word by, if it comes next.
    pub(super) fn word(&mut self, wanted: &str) -> bool {
        let kind = self.here().map(|word| &word.kind);
        let here = matches!(kind, Some(Kind::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.next += usize::from(here);
        here
    }

    /// Passes this mark by, if it comes next.
    pub(super) fn mark(&mut self, wanted: char) -> bool {
        let here = self.here().is_some_and(|word| word.kind == Kind::Mark(wanted));
        self.next += usize::from(here);
        here
    }

    /// The next word, if it is taken.
    pub(super) fn next_word(&mut self, taken: impl Fn(&str) -> bool) -> Option<String> {
        let word = match &self.here()?.kind {
            Kind::Word(word) if taken(word) => word.clone(),
            _ => return None,
        };
        self.next += 1;
        Some(word)
    }

    /// The next quotation, without its marks.
    pub(super) fn quotation(&mut self) -> Option<String> {
        let words = match &self.here()?.kind {
            Kind::Quoted(words) => words.clone(),
            _ => return None,
        };
        self.next += 1;
        Some(words)
    }

    /// An error about what comes next.
    pub(super) fn wrong(&self, what: &str, hint: &'static str) -> CourseSetError {
        CourseSetError { at: self.at(), what: what.to_owned(), hint }
    }

    /// The error that something else should come next.
    pub(super) fn unexpected(&self, expected: &str, hint: &'static str) -> CourseSetError {
        let found = match self.here().map(|word| &word.kind) {
            Some(Kind::Word(word) | Kind::Quoted(word)) => format!("“{}”", word.chars().take(60).collect::<String>()),
            Some(Kind::Mark(mark)) => format!("“{mark}”"),
            None => "the end".to_owned(),
        };
        self.wrong(&format!("{found} stands where {expected} is expected"), hint)
    }
}
