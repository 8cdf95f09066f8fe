//! Reads the one line of a condition: words, marks and quoted texts, then parts by descent.

use std::str::FromStr;

use super::{ConditionError, PathwayCondition};
use crate::{Credits, Text};

impl FromStr for PathwayCondition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut reader = Reader { tokens: tokens(text)?, at: 0 };
        let condition = reader.joined(0)?;
        if let Some(rest) = reader.tokens.get(reader.at) {
            return Err(ConditionError::Unexpected { found: rest.shown(), expected: "the end" });
        }
        let (parts, depth) = condition.size();
        if parts > Self::MOST_PARTS || depth > Self::DEEPEST {
            return Err(ConditionError::TooLarge);
        }
        Ok(condition)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Mark(char),
    Word(String),
    Quoted(String),
}

impl Token {
    fn shown(&self) -> String {
        match self {
            Self::Mark(mark) => mark.to_string(),
            Self::Word(word) | Self::Quoted(word) => word.clone(),
        }
    }

    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(found) if found.eq_ignore_ascii_case(word))
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, ConditionError> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '(' | ')' | ',' => tokens.push(Token::Mark(letter)),
            '"' => tokens.push(Token::Quoted(quoted(&mut letters)?)),
            letter if letter.is_whitespace() => {}
            letter => {
                let mut word = letter.to_string();
                while let Some(next) =
                    letters.next_if(|next| !next.is_whitespace() && !matches!(next, '(' | ')' | ',' | '"'))
                {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
        if tokens.len() > PathwayCondition::MOST_PARTS * 4 {
            return Err(ConditionError::TooLarge);
        }
    }
    Ok(tokens)
}

fn quoted(letters: &mut impl Iterator<Item = char>) -> Result<String, ConditionError> {
    let mut words = String::new();
    loop {
        match letters.next() {
            Some('"') => return Ok(words),
            Some('\\') => words.extend(letters.next()),
            Some(letter) => words.push(letter),
            None => return Err(ConditionError::Unexpected { found: words, expected: "a closing quotation mark" }),
        }
    }
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn next_is(&self, word: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.is(word))
    }

    fn mark(&mut self, mark: char, expected: &'static str) -> Result<(), ConditionError> {
        match self.take() {
            Some(Token::Mark(found)) if found == mark => Ok(()),
            Some(other) => Err(ConditionError::Unexpected { found: other.shown(), expected }),
            None => Err(ConditionError::Empty),
        }
    }

    fn joined(&mut self, depth: usize) -> Result<PathwayCondition, ConditionError> {
        if depth > PathwayCondition::DEEPEST {
            return Err(ConditionError::TooLarge);
        }
        let mut parts = vec![self.part(depth)?];
        let joint = if self.next_is("and") { "and" } else { "or" };
        while self.next_is(joint) {
            self.at += 1;
            parts.push(self.part(depth)?);
        }
        if self.next_is("and") || self.next_is("or") {
            return Err(ConditionError::Mixed);
        }
        if parts.len() == 1 {
            return parts.pop().ok_or(ConditionError::Empty);
        }
        let all = joint == "and";
        let mut flat = Vec::new();
        for part in parts {
            match part {
                PathwayCondition::All(inner) if all => flat.extend(inner),
                PathwayCondition::Any(inner) if !all => flat.extend(inner),
                part => flat.push(part),
            }
        }
        Ok(if all { PathwayCondition::All(flat) } else { PathwayCondition::Any(flat) })
    }

    fn part(&mut self, depth: usize) -> Result<PathwayCondition, ConditionError> {
        const EXPECTED: &str = "a component, a count or a parenthesis";
        match self.take().ok_or(ConditionError::Empty)? {
            Token::Mark('(') => {
                let inner = self.joined(depth + 1)?;
                self.mark(')', "a closing parenthesis")?;
                Ok(inner)
            }
            Token::Word(word) if word.eq_ignore_ascii_case("not") => {
                if depth >= PathwayCondition::DEEPEST {
                    return Err(ConditionError::TooLarge);
                }
                Ok(PathwayCondition::Not(Box::new(self.part(depth + 1)?)))
            }
            Token::Word(word) if word.eq_ignore_ascii_case("if") => match self.take() {
                Some(Token::Quoted(words)) => {
                    let words = Text::new(&words).map_err(|_| ConditionError::Empty)?;
                    Ok(PathwayCondition::Constraint(words))
                }
                other => Err(ConditionError::Unexpected {
                    found: other.map(|token| token.shown()).unwrap_or_default(),
                    expected: "words in quotation marks",
                }),
            },
            Token::Word(word) if word.starts_with(|letter: char| letter.is_ascii_digit()) => self.counted(&word, depth),
            Token::Word(word) => word
                .parse()
                .map(PathwayCondition::Component)
                .map_err(|_| ConditionError::Unexpected { found: word, expected: EXPECTED }),
            other => Err(ConditionError::Unexpected { found: other.shown(), expected: EXPECTED }),
        }
    }

    /// Behind a number: "of" a list of parts, or "credits of" a list of components.
    fn counted(&mut self, number: &str, depth: usize) -> Result<PathwayCondition, ConditionError> {
        let wrong = |expected| ConditionError::Unexpected { found: number.to_owned(), expected };
        let credits = self.next_is("credits") || self.next_is("credit");
        self.at += usize::from(credits);
        if !self.next_is("of") {
            return Err(wrong("a number with “of” or “credits of” behind it"));
        }
        self.at += 1;
        self.mark('(', "an opening parenthesis")?;
        let mut parts = vec![self.joined(depth + 1)?];
        while self.tokens.get(self.at) == Some(&Token::Mark(',')) {
            self.at += 1;
            parts.push(self.joined(depth + 1)?);
        }
        self.mark(')', "a comma or a closing parenthesis")?;
        if credits {
            let credits: Credits = number.parse().map_err(|_| wrong("a number of credits"))?;
            let keys = parts.into_iter().map(|part| match part {
                PathwayCondition::Component(key) => Ok(key),
                other => Err(ConditionError::Unexpected { found: other.to_string(), expected: "a component" }),
            });
            return Ok(PathwayCondition::Credits(credits, keys.collect::<Result<_, _>>()?));
        }
        let count: u16 = number.parse().map_err(|_| wrong("a whole number"))?;
        if count == 0 || usize::from(count) > parts.len() {
            return Err(ConditionError::Count { number: count, parts: parts.len() });
        }
        Ok(PathwayCondition::AtLeast(count, parts))
    }
}
