//! The one line in which a set of courses is written and read back.
//!
//! ```text
//! set     = part { (";" | "or") part } | part { "and" part | "but not" part }      never both without parentheses
//! part    = "(" set ")" | "not" part | "any course" | "no course" | code { "," code } | SUBJECT "courses" | "subject" (SUBJECT | quoted)
//!         | SUBJECT range | "numbered" range | "marked" quoted | "teaches" quoted
//! code    = CODE | "course" quoted
//! range   = number "-" number | number "to" number
//! quoted  = '"' any character, '"' and '\' behind a '\' '"'
//! ```
//!
//! It refuses to guess: "or" beside "and" without parentheses is an error, and so is a subject alone.

use std::fmt;
use std::str::FromStr;

use super::CourseSet;
use super::course_set_words::{Kind, Line, Word};
use crate::{CourseCode, Text};

/// Why a line is not a set of courses, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} (character {at})")]
pub struct CourseSetError {
    /// Which character of the line, from 1.
    pub at: usize,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What to write instead, as a sentence.
    pub hint: &'static str,
}

/// How deep sets are nested at most.
const DEEPEST: usize = 20;

/// Words that mean something in the line; a code or subject with one of them is quoted.
const RESERVED: [&str; 13] =
    ["and", "or", "but", "not", "any", "no", "course", "courses", "subject", "numbered", "marked", "teaches", "to"];

const FORMS: &str = "Write codes (ITSY 1300, ITSY 1342), HIST courses, HIST 3000-4999, numbered 3000-4999, marked \"humanities\", teaches \"O1\" or any course.";
const QUOTED: &str = "Write it in quotation marks: marked \"humanities\".";
const RANGE: &str = "Write the smaller number first, then the larger: numbered 3000-4999.";
const PARENTHESES: &str =
    "Put parentheses round the part that belongs together: (HIST courses; ENGL courses) but not HIST 3301.";

impl fmt::Display for CourseSet {
    /// The line, which reads back as the set's normal form.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        write(&self.normal(), &mut line);
        formatter.pad(&line)
    }
}

fn write(set: &CourseSet, line: &mut String) {
    match set {
        CourseSet::Every => line.push_str("any course"),
        CourseSet::AnyOf(sets) if sets.is_empty() => line.push_str("no course"),
        CourseSet::Listed(codes) => line.push_str(&codes.iter().map(written_code).collect::<Vec<_>>().join(", ")),
        CourseSet::Subject(subject) if is_plain(subject) => line.push_str(&format!("{subject} courses")),
        CourseSet::Subject(subject) => line.push_str(&format!("subject {}", quoted(subject))),
        CourseSet::Numbered(low, high) => line.push_str(&format!("numbered {low}-{high}")),
        CourseSet::Attribute(attribute) => line.push_str(&format!("marked {}", quoted(attribute.as_str()))),
        CourseSet::Outcome(outcome) => line.push_str(&format!("teaches {}", quoted(outcome.as_str()))),
        CourseSet::AnyOf(sets) => {
            for (index, part) in sets.iter().enumerate() {
                line.push_str(if index > 0 { "; " } else { "" });
                write_part(part, line);
            }
        }
        CourseSet::AllOf(sets) => write_all(sets, line),
        CourseSet::Not(set) => {
            line.push_str("not ");
            write_part(set, line);
        }
    }
}

/// The parts of "all of": a subject and its numbers in one, "but not" for what is left out.
fn write_all(sets: &[CourseSet], line: &mut String) {
    let mut at = 0;
    while let Some(part) = sets.get(at) {
        match (part, sets.get(at + 1)) {
            (CourseSet::Not(set), _) if at > 0 => {
                line.push_str(" but not ");
                write_part(set, line);
            }
            (part, next) => {
                line.push_str(if at > 0 { " and " } else { "" });
                match (part, next) {
                    (CourseSet::Subject(subject), Some(CourseSet::Numbered(low, high))) if is_plain(subject) => {
                        line.push_str(&format!("{subject} {low}-{high}"));
                        at += 1;
                    }
                    _ => write_part(part, line),
                }
            }
        }
        at += 1;
    }
}

/// A part, in parentheses where it would run into its neighbours.
fn write_part(part: &CourseSet, line: &mut String) {
    let alone = match part {
        CourseSet::AnyOf(sets) => sets.is_empty(),
        CourseSet::AllOf(sets) => {
            matches!(sets.as_slice(), [CourseSet::Subject(subject), CourseSet::Numbered(..)] if is_plain(subject))
        }
        _ => true,
    };
    if alone {
        write(part, line);
    } else {
        line.push('(');
        write(part, line);
        line.push(')');
    }
}

fn written_code(code: &CourseCode) -> String {
    let plain = is_plain(code.as_str()) && has_digit(code.as_str()) && !runs_on(code.as_str());
    let ranged = code.as_str().split(' ').count() > 1 && code.as_str().rsplit(' ').next().is_some_and(is_range);
    if plain && !ranged { code.to_string() } else { format!("course {}", quoted(code.as_str())) }
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_plain(words: &str) -> bool {
    let plain = |word: &str| {
        !word.is_empty() && !is_reserved(word) && word.chars().all(|one| one.is_alphanumeric() || "-./&".contains(one))
    };
    words.split(' ').all(plain)
}

fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word.to_lowercase().as_str())
}

fn has_digit(words: &str) -> bool {
    words.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether a word of letters follows a number: two codes without a comma, rather than one.
fn runs_on(words: &str) -> bool {
    let mut after_number = false;
    words.split(' ').any(|word| {
        let letters = word.chars().take_while(|letter| letter.is_alphabetic()).count();
        let runs = after_number && letters > 1;
        after_number |= has_digit(word);
        runs
    })
}

fn is_range(word: &str) -> bool {
    ends(word).is_some()
}

/// The two numbers of `3000-4999`, as they are written.
fn ends(word: &str) -> Option<(&str, &str)> {
    let (low, high) = word.split_once(['-', '–', '—'])?;
    let digits = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit());
    (digits(low) && digits(high)).then_some((low, high))
}

impl FromStr for CourseSet {
    type Err = CourseSetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut reader = Reader { line: Line::new(text)?, depth: 0 };
        let set = reader.set()?;
        match reader.line.here() {
            None => Ok(set),
            Some(Word { kind: Kind::Mark(','), .. }) => Err(reader.line.wrong(
                "“,” stands between groups",
                "A comma separates codes only; put “;” or “or” between groups of courses.",
            )),
            Some(_) => Err(reader.line.unexpected("“;”, “or”, “and”, “but not” or the end", FORMS)),
        }
    }
}

struct Reader {
    line: Line,
    depth: usize,
}

impl Reader {
    fn set(&mut self) -> Result<CourseSet, CourseSetError> {
        let mut parts = vec![self.part()?];
        let mut any = None;
        loop {
            let start = self.line.at();
            let (this, not) = if self.line.word("or") || self.line.mark(';') {
                (true, false)
            } else if self.line.word("and") {
                (false, false)
            } else if self.line.word("but") {
                if !self.line.word("not") {
                    return Err(self.line.unexpected("“not”", "Write “but not” and the courses that are left out."));
                }
                (false, true)
            } else {
                break;
            };
            if any.is_some_and(|any| any != this) {
                let what = "“or” (or “;”) stands beside “and” or “but not”".to_owned();
                return Err(CourseSetError { at: start, what, hint: PARENTHESES });
            }
            any = Some(this);
            let part = self.part()?;
            parts.push(if not { CourseSet::Not(Box::new(part)) } else { part });
        }
        Ok(if any == Some(true) { CourseSet::any(parts) } else { CourseSet::all(parts) })
    }

    fn part(&mut self) -> Result<CourseSet, CourseSetError> {
        if self.line.mark('(') {
            let set = self.deeper(Self::set)?;
            return if self.line.mark(')') {
                Ok(set)
            } else {
                Err(self.line.unexpected("a closing parenthesis", PARENTHESES))
            };
        }
        if self.line.word("not") {
            return Ok(CourseSet::Not(Box::new(self.deeper(Self::part)?)));
        }
        for (word, set) in [("any", CourseSet::Every), ("no", CourseSet::AnyOf(Vec::new()))] {
            if self.line.word(word) {
                let course = self.line.word("course") || self.line.word("courses");
                return if course {
                    Ok(set)
                } else {
                    Err(self.line.unexpected("“course”", "Write “any course”."))
                };
            }
        }
        if self.line.word("subject") {
            let subject = match self.line.quotation() {
                Some(subject) => subject,
                None => self.words().ok_or_else(|| self.line.unexpected("a subject", "Write subject HIST."))?.1,
            };
            return Ok(CourseSet::Subject(subject.to_uppercase()));
        }
        if self.line.word("numbered") {
            return self.numbered();
        }
        if self.line.word("marked") {
            return Ok(CourseSet::Attribute(self.text()?));
        }
        if self.line.word("teaches") {
            return Ok(CourseSet::Outcome(self.text()?));
        }
        self.courses()
    }

    fn deeper(
        &mut self,
        read: fn(&mut Self) -> Result<CourseSet, CourseSetError>,
    ) -> Result<CourseSet, CourseSetError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self
                .line
                .wrong("more levels are nested than are taken", "Split the set into several requirements."));
        }
        let inner = read(self)?;
        self.depth -= 1;
        Ok(inner)
    }

    /// Words up to the next one that means something, with where they begin.
    fn words(&mut self) -> Option<(usize, String)> {
        let start = self.line.at();
        let mut words: Vec<String> = Vec::new();
        while let Some(word) = self.line.next_word(|word| !is_reserved(word) || word.eq_ignore_ascii_case("to")) {
            words.push(word);
        }
        (!words.is_empty()).then(|| (start, words.join(" ")))
    }

    fn text(&mut self) -> Result<Text, CourseSetError> {
        let wrong = self.line.unexpected("a text in quotation marks", QUOTED);
        let words = self.line.quotation().ok_or_else(|| wrong.clone())?;
        Text::new(&words).map_err(|error| CourseSetError { what: error.to_string(), ..wrong })
    }

    fn numbered(&mut self) -> Result<CourseSet, CourseSetError> {
        let wrong = self.line.unexpected("a range of numbers", RANGE);
        let (at, words) = self.words().ok_or_else(|| wrong.clone())?;
        let (_, low, high) = split_range(&words).filter(|(before, ..)| before.is_empty()).ok_or(wrong)?;
        range(at, low, high)
    }

    /// A list of codes, a subject, or a subject with a range of numbers.
    fn courses(&mut self) -> Result<CourseSet, CourseSetError> {
        let mut codes = Vec::new();
        loop {
            let before = self.line.at();
            if self.line.word("course") {
                let wrong = self.line.unexpected("a code in quotation marks", FORMS);
                codes.push(code(before, &self.line.quotation().ok_or(wrong)?)?);
            } else {
                let wrong = self.line.unexpected("a set of courses", FORMS);
                let (at, words) = self.words().ok_or(wrong)?;
                if codes.is_empty() {
                    if let Some(set) = self.of_subject(at, &words)? {
                        return Ok(set);
                    }
                } else if self.line.word("courses") || split_range(&words).is_some() {
                    let hint = "A comma separates codes only; put “;” or “or” before a subject or a range.";
                    return Err(CourseSetError { at, what: format!("“{words}” stands in a list of codes"), hint });
                }
                if !has_digit(&words) {
                    let what = format!("“{words}” has no number");
                    let hint = "For all courses of a subject write HIST courses; for a code without a number, course \"THESIS\".";
                    return Err(CourseSetError { at, what, hint });
                }
                if runs_on(&words) {
                    let what = format!("“{words}” may be several codes");
                    return Err(CourseSetError { at, what, hint: "Put a comma between codes: ITSY 1300, ITSY 1342." });
                }
                codes.push(code(at, &words)?);
            }
            if !self.line.mark(',') {
                break;
            }
        }
        Ok(CourseSet::Listed(codes))
    }

    fn of_subject(&mut self, at: usize, words: &str) -> Result<Option<CourseSet>, CourseSetError> {
        let subject = |words: &str| CourseSet::Subject(words.to_uppercase());
        if self.line.word("courses") {
            if self.line.word("numbered") {
                return Ok(Some(CourseSet::all(vec![subject(words), self.numbered()?])));
            }
            return Ok(Some(subject(words)));
        }
        match split_range(words) {
            Some((before, low, high)) if !before.is_empty() => {
                Ok(Some(CourseSet::all(vec![subject(before), range(at, low, high)?])))
            }
            _ => Ok(None),
        }
    }
}

/// The words before a range at the end, and its ends.
fn split_range(words: &str) -> Option<(&str, &str, &str)> {
    let (before, last) = words.rsplit_once(' ').unwrap_or(("", words));
    if let Some((low, high)) = ends(last) {
        return Some((before, low, high));
    }
    let (rest, to) = before.rsplit_once(' ')?;
    let (before, low) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let digits = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit());
    (to.eq_ignore_ascii_case("to") && digits(low) && digits(last)).then_some((before, low, last))
}

fn range(at: usize, low: &str, high: &str) -> Result<CourseSet, CourseSetError> {
    let wrong = || CourseSetError { at, what: format!("{low} to {high} is no range of numbers"), hint: RANGE };
    let (low, high) = (low.parse().map_err(|_| wrong())?, high.parse().map_err(|_| wrong())?);
    if low > high { Err(wrong()) } else { Ok(CourseSet::Numbered(low, high)) }
}

fn code(at: usize, words: &str) -> Result<CourseCode, CourseSetError> {
    let hint = "Write subject and number before each comma: ITSY 1300, ITSY 1342.";
    words.parse().map_err(|error: crate::CourseCodeError| CourseSetError { at, what: error.to_string(), hint })
}

#[cfg(test)]
pub(super) mod tests;
