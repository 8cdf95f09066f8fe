//! What has to come before a component: other components joined by "and", "or", "so many of", "so many credits of" and "not".
//!
//! Written and read back in one line, which is also its JSON:
//!
//! ```text
//! condition = part { "and" part } | part { "or" part }              never both at one level
//! part      = "(" condition ")" | "not" part | key | "if" quoted
//!           | number "of" list | number "credits of" list
//! list      = "(" condition { "," condition } ")"
//! quoted    = '"' any character, '"' and '\' behind a '\' '"'
//! ```
//!
//! It refuses to guess: "and" beside "or" without parentheses is an error, not a precedence.
//! Source: CTDL `ComponentCondition` (`requiredNumber`, `targetComponent`, `hasCondition`, `logicalOperator`, `hasConstraint`).

mod read;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ComponentKey;
use crate::{Credits, Text};

/// What has to come before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PathwayCondition {
    /// A component.
    Component(ComponentKey),
    /// All of the parts, at least two.
    All(Vec<PathwayCondition>),
    /// One of the parts, at least two.
    Any(Vec<PathwayCondition>),
    /// So many of the parts.
    AtLeast(u16, Vec<PathwayCondition>),
    /// So many credits of components.
    Credits(Credits, Vec<ComponentKey>),
    /// The part must not hold.
    Not(Box<PathwayCondition>),
    /// A constraint in words, which no machine judges ("grade point average of 2.5").
    Constraint(Text),
}

/// Why a line is not a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// There is nothing where a part should be.
    #[error("a part of the condition is missing")]
    Empty,
    /// "and" and "or" at the same level.
    #[error("“and” and “or” stand side by side; put parentheses round one of them")]
    Mixed,
    /// A count that does not fit its parts.
    #[error("{number} of {parts} parts cannot be asked for")]
    Count {
        /// How many are asked for.
        number: u16,
        /// How many there are.
        parts: usize,
    },
    /// Something else was expected.
    #[error("“{found}” stands where {expected} is expected")]
    Unexpected {
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// More parts or levels than are taken.
    #[error("the condition has more parts or levels than are taken")]
    TooLarge,
}

impl PathwayCondition {
    /// The deepest nesting taken.
    pub const DEEPEST: usize = 8;
    /// The most parts taken, counted over the whole tree.
    pub const MOST_PARTS: usize = 200;

    /// The parts below.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => parts,
            Self::Not(part) => std::slice::from_ref(part.as_ref()),
            Self::Component(_) | Self::Credits(..) | Self::Constraint(_) => &[],
        }
    }

    /// Every component it names, in order, repetitions included.
    #[must_use]
    pub fn components(&self) -> Vec<&ComponentKey> {
        match self {
            Self::Component(key) => vec![key],
            Self::Credits(_, keys) => keys.iter().collect(),
            other => other.parts().iter().flat_map(Self::components).collect(),
        }
    }

    /// Whether it holds where exactly these components are reached. A constraint in words is taken as met; credits are counted
    /// by `credits`, which answers 0 where a component's are not known.
    #[must_use]
    pub fn holds(&self, reached: &dyn Fn(&ComponentKey) -> bool, credits: &dyn Fn(&ComponentKey) -> u32) -> bool {
        match self {
            Self::Component(key) => reached(key),
            Self::All(parts) => parts.iter().all(|part| part.holds(reached, credits)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(reached, credits)),
            Self::AtLeast(number, parts) => {
                parts.iter().filter(|part| part.holds(reached, credits)).count() >= usize::from(*number)
            }
            Self::Credits(needed, keys) => {
                let held: u32 = keys.iter().filter(|key| reached(key)).map(credits).sum();
                held >= needed.steps()
            }
            Self::Not(part) => !part.holds(reached, credits),
            Self::Constraint(_) => true,
        }
    }

    /// Whether it cannot hold without a component, whatever else is reached and however many credits that is.
    #[must_use]
    pub fn cannot_do_without(&self, key: &ComponentKey) -> bool {
        !self.holds(&|other| other != key, &|_| u32::MAX / 1_000)
    }

    /// Calls a component by another key.
    pub fn rename(&mut self, from: &ComponentKey, to: &ComponentKey) {
        match self {
            Self::Component(key) if key == from => key.clone_from(to),
            Self::Credits(_, keys) => keys.iter_mut().filter(|key| *key == from).for_each(|key| key.clone_from(to)),
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter_mut().for_each(|part| part.rename(from, to));
            }
            Self::Not(part) => part.rename(from, to),
            Self::Component(_) | Self::Constraint(_) => {}
        }
    }

    fn size(&self) -> (usize, usize) {
        let (mut parts, mut depth) = (1, 0);
        for part in self.parts() {
            let (inner, deep) = part.size();
            parts += inner;
            depth = depth.max(deep);
        }
        if let Self::Credits(_, keys) = self {
            parts += keys.len();
        }
        (parts, depth + 1)
    }
}

impl fmt::Display for PathwayCondition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = |part: &Self| match part {
            Self::All(_) | Self::Any(_) => format!("({part})"),
            other => other.to_string(),
        };
        let joined = |parts: &[Self], joint: &str| parts.iter().map(inner).collect::<Vec<_>>().join(joint);
        match self {
            Self::Component(key) => fmt::Display::fmt(key, formatter),
            Self::All(parts) => formatter.write_str(&joined(parts, " and ")),
            Self::Any(parts) => formatter.write_str(&joined(parts, " or ")),
            Self::AtLeast(number, parts) => write!(formatter, "{number} of ({})", list(parts)),
            Self::Credits(credits, keys) => write!(formatter, "{credits} credits of ({})", list(keys)),
            Self::Not(part) => write!(formatter, "not {}", inner(part)),
            Self::Constraint(words) => {
                let quoted = words.as_str().replace('\\', "\\\\").replace('"', "\\\"");
                write!(formatter, "if \"{quoted}\"")
            }
        }
    }
}

fn list<T: fmt::Display>(parts: &[T]) -> String {
    parts.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

impl TryFrom<String> for PathwayCondition {
    type Error = ConditionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PathwayCondition> for String {
    fn from(condition: PathwayCondition) -> Self {
        condition.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_written_as_they_are_read() {
        for line in [
            "certificate",
            "certificate and (security-plus or network-plus)",
            "2 of (a, b, c and d)",
            "12 credits of (history, data)",
            "not (a or b)",
            "aas and if \"grade point average of \\\"2.5\\\"\"",
        ] {
            let condition: PathwayCondition = line.parse().unwrap();
            assert_eq!(condition.to_string(), line);
        }
        assert_eq!("a and (b and c)".parse::<PathwayCondition>().unwrap().to_string(), "a and b and c");
        assert_eq!("A OR B".parse::<PathwayCondition>().unwrap().to_string(), "a or b");
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let error = |line: &str| line.parse::<PathwayCondition>().unwrap_err();
        assert_eq!(error(""), ConditionError::Empty);
        assert_eq!(error("a and"), ConditionError::Empty);
        assert_eq!(error("a and b or c"), ConditionError::Mixed);
        assert_eq!(error("3 of (a, b)"), ConditionError::Count { number: 3, parts: 2 });
        assert!(matches!(error("a b"), ConditionError::Unexpected { .. }));
        assert!(matches!(error("12 credits of (a and b)"), ConditionError::Unexpected { .. }));
        assert!(matches!(error("if \"open"), ConditionError::Unexpected { .. }));
        assert_eq!(error(&format!("{}a", "not ".repeat(1_000))), ConditionError::TooLarge);
        assert_eq!(error(&"(".repeat(1_000)), ConditionError::TooLarge);
    }

    #[test]
    fn a_condition_holds_where_its_parts_do() {
        let holds = |line: &str, reached: &[&str]| {
            let condition: PathwayCondition = line.parse().unwrap();
            condition.holds(&|key| reached.contains(&key.as_str()), &|_| Credits::from_steps(100).unwrap().steps() * 3)
        };
        assert!(holds("a and (b or c)", &["a", "c"]) && !holds("a and (b or c)", &["a"]));
        assert!(holds("2 of (a, b, c)", &["a", "c"]) && !holds("2 of (a, b, c)", &["c"]));
        assert!(holds("not a", &[]) && !holds("not a", &["a"]));
        assert!(holds("if \"a good average\"", &[]));
        let credits: Credits = "6".parse().unwrap();
        assert_eq!(credits.steps(), 600);
        assert!(holds("6 credits of (a, b, c)", &["a", "b"]) && !holds("6 credits of (a, b, c)", &["b"]));
    }
}
