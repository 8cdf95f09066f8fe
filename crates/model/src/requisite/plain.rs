//! A requisite in plain language: as the lines of a nested list, and as one sentence for a table.

use crate::CourseCode;

use super::{ConditionKind, RequiredCourse, RequiredWhen, Requisite};

/// A line of the nested list; `depth` 0 is the outermost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainLine {
    /// How far in the line stands.
    pub depth: usize,
    /// What it says.
    pub words: String,
    /// The code of the course it names, for a link.
    pub course: Option<CourseCode>,
    /// Whether these are words that could not be read.
    pub unread: bool,
}

impl Requisite {
    /// The requisite as a nested list, from the outside in; lines that have parts end in a colon.
    #[must_use]
    pub fn plain(&self) -> Vec<PlainLine> {
        let mut lines = Vec::new();
        self.add_lines(0, &mut lines);
        lines
    }

    fn add_lines(&self, depth: usize, lines: &mut Vec<PlainLine>) {
        let course = match self {
            Self::Course(course) => Some(course.code.clone()),
            _ => None,
        };
        let unread = matches!(self, Self::NotUnderstood(_));
        lines.push(PlainLine { depth, words: self.words(), course, unread });
        for part in self.parts() {
            part.add_lines(depth + 1, lines);
        }
    }

    /// What this part says, without the parts below.
    fn words(&self) -> String {
        match self {
            Self::None => "nothing is required".to_owned(),
            Self::All(_) => "all of:".to_owned(),
            Self::Any(_) => "one of:".to_owned(),
            Self::AtLeast(choice) => format!("at least {} of:", choice.number()),
            Self::Course(course) => course_words(course),
            Self::Condition { kind: ConditionKind::Advice, words } => format!("advice, not required: {words}"),
            Self::Condition { kind: ConditionKind::Equivalent, words } => format!("something equivalent ({words})"),
            Self::Condition { words, .. } => words.to_string(),
            Self::NotUnderstood(words) => format!("not understood: “{words}”"),
        }
    }
}

fn course_words(course: &RequiredCourse) -> String {
    let grade = course.grade.map(|grade| format!(" with {grade} or better")).unwrap_or_default();
    let when = match course.when {
        RequiredWhen::Before => "",
        RequiredWhen::BeforeOrWith => ", before or at the same time",
        RequiredWhen::With => ", at the same time",
    };
    format!("{}{grade}{when}", course.code)
}

#[cfg(test)]
mod tests {
    use crate::Requisite;

    #[test]
    fn a_tree_is_told_as_a_nested_list() {
        let tree: Requisite = "ITSY 1300 [C, concurrent allowed] and (2 of (MATH 1, MATH 2, MATH 3) or \
                               consent \"approval of chair\") and advice \"ENGL 1 recommended\" and text \"a boat\""
            .parse()
            .unwrap();
        let told: Vec<String> =
            tree.plain().iter().map(|line| format!("{}{}", "  ".repeat(line.depth), line.words)).collect();
        let expected = [
            "all of:",
            "  ITSY 1300 with C or better, before or at the same time",
            "  one of:",
            "    at least 2 of:",
            "      MATH 1",
            "      MATH 2",
            "      MATH 3",
            "    approval of chair",
            "  advice, not required: ENGL 1 recommended",
            "  not understood: “a boat”",
        ];
        assert_eq!(told, expected);
    }
}
