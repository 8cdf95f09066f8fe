//! The one line in which a requisite is written and read back.
//!
//! ```text
//! requisite = "none" | joined
//! joined    = part { "and" part } | part { "or" part }          never both at one level
//! part      = "(" joined ")" | number "of" "(" joined { "," joined } ")" | course | kind quoted | "text" quoted
//! course    = (code | "course" quoted) [ "[" grade | "concurrent" | "concurrent allowed", joined by "," "]" ]
//! quoted    = '"' any character, '"' and '\' behind a '\' '"'
//! ```
//!
//! It refuses to guess: "and" beside "or" without parentheses is an error, not a precedence.

use std::fmt;
use std::str::FromStr;

use super::{ConditionKind, RequiredCourse, RequiredWhen, Requisite};
use crate::{CourseCode, Text};

/// Why a line is not a requisite.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequisiteError {
    /// There is no part.
    #[error("a part of the requisite is missing")]
    Empty,
    /// More parts or levels than are taken.
    #[error("the requisite has more parts or levels than are taken")]
    TooLarge,
    /// "none" beside something.
    #[error("“none” stands beside something that is required")]
    NoneAmongOthers,
    /// A count that does not fit its parts.
    #[error("{number} of {parts} parts cannot be asked for")]
    Count {
        /// How many are asked for.
        number: u8,
        /// How many there are.
        parts: usize,
    },
    /// "and" and "or" at the same level.
    #[error("“and” and “or” stand side by side; put parentheses round one of them")]
    Mixed,
    /// Something else was expected.
    #[error("“{found}” stands where {expected} is expected")]
    Unexpected {
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
}

/// Words that mean something in the line; a code with one of them is quoted.
const RESERVED: [&str; 6] = ["and", "or", "of", "none", "text", "course"];

impl fmt::Display for Requisite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("none"),
            Self::All(parts) => write_joined(parts.as_slice(), " and ", formatter),
            Self::Any(parts) => write_joined(parts.as_slice(), " or ", formatter),
            Self::AtLeast(choice) => {
                write!(formatter, "{} of (", choice.number())?;
                for (index, part) in choice.of().iter().enumerate() {
                    formatter.write_str(if index > 0 { ", " } else { "" })?;
                    fmt::Display::fmt(part, formatter)?;
                }
                formatter.write_str(")")
            }
            Self::Course(course) => write_course(course, formatter),
            Self::Condition { kind, words } => {
                write!(formatter, "{} ", kind.word())?;
                write_quoted(words.as_str(), formatter)
            }
            Self::NotUnderstood(words) => {
                formatter.write_str("text ")?;
                write_quoted(words.as_str(), formatter)
            }
        }
    }
}

fn write_joined(parts: &[Requisite], joint: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        formatter.write_str(if index > 0 { joint } else { "" })?;
        if matches!(part, Requisite::All(_) | Requisite::Any(_)) {
            write!(formatter, "({part})")?;
        } else {
            fmt::Display::fmt(part, formatter)?;
        }
    }
    Ok(())
}

fn write_course(course: &RequiredCourse, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let code = course.code.as_str();
    let plain = |word: &str| !is_reserved(word) && word.chars().all(is_code_letter);
    // A code that begins with a number and goes on with a blank could be taken for a count; so could a lone kind.
    let numbered = code.split(' ').next().is_some_and(|word| word.chars().all(|letter| letter.is_ascii_digit()));
    if code.split(' ').all(plain) && !numbered {
        formatter.write_str(code)?;
    } else {
        formatter.write_str("course ")?;
        write_quoted(code, formatter)?;
    }
    let grade = course.grade.map(|grade| grade.as_str());
    let when = match course.when {
        RequiredWhen::Before => None,
        RequiredWhen::BeforeOrWith => Some("concurrent allowed"),
        RequiredWhen::With => Some("concurrent"),
    };
    let tags: Vec<&str> = grade.into_iter().chain(when).collect();
    if tags.is_empty() { Ok(()) } else { write!(formatter, " [{}]", tags.join(", ")) }
}

fn write_quoted(words: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(formatter, "\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_code_letter(letter: char) -> bool {
    letter.is_alphanumeric() || "-./&".contains(letter)
}

fn is_reserved(word: &str) -> bool {
    let lower = word.to_lowercase();
    RESERVED.contains(&lower.as_str()) || ConditionKind::ALL.iter().any(|kind| kind.word() == lower)
}

impl FromStr for Requisite {
    type Err = RequisiteError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut line = Line { tokens: tokens(text)?, at: 0, depth: 0 };
        if line.tokens.len() == 1 && line.word("none") {
            return Ok(Self::None);
        }
        let tree = line.joined()?;
        match line.tokens.get(line.at) {
            None => Ok(tree),
            Some(_) => Err(line.unexpected("“and”, “or” or the end")),
        }
    }
}

impl TryFrom<String> for Requisite {
    type Error = RequisiteError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Requisite> for String {
    fn from(tree: Requisite) -> Self {
        tree.to_string()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Quoted(String),
    Mark(char),
}

/// The line in words, quotations and marks.
fn tokens(text: &str) -> Result<Vec<Token>, RequisiteError> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                let mut words = String::new();
                loop {
                    match letters.next() {
                        Some('"') => break,
                        Some('\\') => words.extend(letters.next()),
                        Some(letter) => words.push(letter),
                        None => return Err(unexpected("the end", "a closing quotation mark")),
                    }
                }
                tokens.push(Token::Quoted(words));
            }
            '(' | ')' | '[' | ']' | ',' => tokens.push(Token::Mark(letter)),
            blank if blank.is_whitespace() => {}
            letter => {
                let mut word = String::from(letter);
                while let Some(next) = letters.next_if(|next| !next.is_whitespace() && !"()[],\"".contains(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

fn unexpected(found: &str, expected: &'static str) -> RequisiteError {
    RequisiteError::Unexpected { found: found.chars().take(60).collect(), expected }
}

/// The tokens, and how far they are read.
struct Line {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Line {
    fn word(&mut self, word: &str) -> bool {
        let here = matches!(self.tokens.get(self.at), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(here);
        here
    }

    fn mark(&mut self, mark: char) -> bool {
        let here = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(here);
        here
    }

    fn unexpected(&self, expected: &'static str) -> RequisiteError {
        let found = match self.tokens.get(self.at) {
            Some(Token::Word(word) | Token::Quoted(word)) => word.clone(),
            Some(Token::Mark(mark)) => mark.to_string(),
            None => "the end".to_owned(),
        };
        unexpected(&found, expected)
    }

    fn joined(&mut self) -> Result<Requisite, RequisiteError> {
        let mut parts = vec![self.part()?];
        let mut all = None;
        loop {
            let this = if self.word("and") {
                true
            } else if self.word("or") {
                false
            } else {
                break;
            };
            if all.is_some_and(|all| all != this) {
                return Err(RequisiteError::Mixed);
            }
            all = Some(this);
            parts.push(self.part()?);
        }
        if all == Some(false) { Requisite::any(parts) } else { Requisite::all(parts) }
    }

    fn part(&mut self) -> Result<Requisite, RequisiteError> {
        if self.mark('(') {
            return self.inside(Self::joined);
        }
        if let (Some(Token::Word(number)), Some(Token::Word(of))) =
            (self.tokens.get(self.at), self.tokens.get(self.at + 1))
            && let (Ok(number), true) = (number.parse::<u8>(), of.eq_ignore_ascii_case("of"))
        {
            self.at += 2;
            if !self.mark('(') {
                return Err(self.unexpected("an opening parenthesis"));
            }
            let parts = self.inside(Self::several)?;
            return Requisite::at_least(number, parts);
        }
        for kind in ConditionKind::ALL {
            if self.word(kind.word()) {
                return Ok(Requisite::Condition { kind, words: self.quoted()? });
            }
        }
        if self.word("text") {
            return Ok(Requisite::NotUnderstood(self.quoted()?));
        }
        self.course()
    }

    /// What `read` finds up to the closing parenthesis.
    fn inside<T>(&mut self, read: fn(&mut Self) -> Result<T, RequisiteError>) -> Result<T, RequisiteError> {
        self.depth += 1;
        if self.depth > Requisite::DEEPEST {
            return Err(RequisiteError::TooLarge);
        }
        let inner = read(self)?;
        if !self.mark(')') {
            return Err(self.unexpected("a closing parenthesis"));
        }
        self.depth -= 1;
        Ok(inner)
    }

    fn several(&mut self) -> Result<Vec<Requisite>, RequisiteError> {
        let mut parts = vec![self.joined()?];
        while self.mark(',') {
            parts.push(self.joined()?);
        }
        Ok(parts)
    }

    fn quoted(&mut self) -> Result<Text, RequisiteError> {
        let Some(Token::Quoted(words)) = self.tokens.get(self.at) else {
            return Err(self.unexpected("a text in quotation marks"));
        };
        let text = Text::new(words).map_err(|_| self.unexpected("a text that is not empty"))?;
        self.at += 1;
        Ok(text)
    }

    fn course(&mut self) -> Result<Requisite, RequisiteError> {
        let wrong = "a course code, a condition or a parenthesis";
        let words = if self.word("course") {
            self.quoted()?.as_str().to_owned()
        } else {
            let mut words: Vec<&str> = Vec::new();
            while let Some(Token::Word(word)) = self.tokens.get(self.at)
                && !is_reserved(word)
            {
                words.push(word);
                self.at += 1;
            }
            words.join(" ")
        };
        if words.is_empty() {
            return Err(self.unexpected(wrong));
        }
        let code: CourseCode = words.parse().map_err(|_| unexpected(&words, wrong))?;
        let mut course = RequiredCourse { code, grade: None, when: RequiredWhen::Before };
        if self.mark('[') {
            self.tags(&mut course)?;
        }
        Ok(Requisite::Course(course))
    }

    fn tags(&mut self, course: &mut RequiredCourse) -> Result<(), RequisiteError> {
        loop {
            if self.word("concurrent") {
                course.when = if self.word("allowed") { RequiredWhen::BeforeOrWith } else { RequiredWhen::With };
            } else {
                let wrong = self.unexpected("a grade, “concurrent” or “concurrent allowed”");
                let Some(Token::Word(word)) = self.tokens.get(self.at) else { return Err(wrong) };
                course.grade = Some(word.parse().map_err(|_| wrong)?);
                self.at += 1;
            }
            if self.mark(']') {
                return Ok(());
            }
            if !self.mark(',') {
                return Err(self.unexpected("a closing bracket"));
            }
        }
    }
}

#[cfg(test)]
mod tests;
