//! A row of a table of requirements, and what can be wrong with one.

use super::{CourseSet, GradePoints, Needs};
use crate::Text;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementRow {
    /// The requirement's name; a limit's name.
    pub name: Option<Text>,
    /// Name of the requirement below which it stands; at the top when absent.
    pub under: Option<Text>,
    /// What it needs.
    pub needs: Needs,
    /// Of which courses.
    pub courses: Option<CourseSet>,
    /// The least grade of each course.
    pub grade: Option<GradePoints>,
    /// Whether its courses may count elsewhere, too.
    pub overlay: bool,
}

impl RequirementRow {
    /// What tells it from the other rows: its name, or the first words of what it needs, with its courses where several may need that.
    #[must_use]
    pub fn label(&self) -> String {
        if let Some(name) = &self.name {
            return name.to_string();
        }
        let needs = self.needs.to_string();
        let words = needs.split(' ').take_while(|word| !word.starts_with(|letter: char| letter.is_ascii_digit()));
        let label = words.collect::<Vec<_>>().join(" ");
        match (&self.courses, self.needs) {
            (Some(courses), Needs::OneOf) => format!("{label} {courses}"),
            _ => label,
        }
    }

    /// What it asks for in one line: `2 courses of HIST courses, each with 2.00 points or more, an overlay; under Core`.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = self.needs.to_string();
        if let Some(courses) = &self.courses {
            line.push_str(if line.ends_with("of") { " " } else { " of " });
            line.push_str(&courses.to_string());
        }
        if let Some(grade) = self.grade {
            line.push_str(&format!(", each with {grade} points or more"));
        }
        if self.overlay {
            line.push_str(", an overlay");
        }
        if let Some(under) = &self.under {
            line.push_str(&format!("; under {under}"));
        }
        line
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// No requirement has the name it stands under.
    #[error("there is no requirement “{0}” to stand under")]
    ParentUnknown(Text),
    /// It stands under a row that has no parts: one of the whole award.
    #[error("“{0}” is about the whole award and has no parts")]
    ParentOfAward(Text),
    /// Another row has the same name.
    #[error("“{0}” stands twice")]
    NameTwice(Text),
    /// The rows above it lead back to it.
    #[error("“{0}” stands under itself")]
    Circle(Text),
    /// More is asked for than there is.
    #[error("{count} of {parts} {what} cannot be asked for")]
    CountTooLarge {
        /// How many are asked for.
        count: u16,
        /// How many there are.
        parts: usize,
        /// Of what: parts or courses.
        what: &'static str,
    },
    /// It says how many, but not of what.
    #[error("it has neither parts below it nor courses")]
    Empty,
    /// All of a set that is no list.
    #[error("“all” needs parts or a list of courses, not “{0}”")]
    AllOfSet(String),
    /// Both courses and parts.
    #[error("it has courses of its own and parts below it")]
    CoursesAndParts,
    /// So many courses or credits of the parts below it.
    #[error("“{0}” is no way to ask for parts")]
    NoPartsCounted(Needs),
    /// The whole award asks for the same twice.
    #[error("“{0}” is the second of its kind")]
    Twice(Needs),
    /// A limit or exclusion without courses.
    #[error("“{0}” needs courses")]
    CoursesMissing(Needs),
    /// A limit without a name.
    #[error("a limit needs a name")]
    NameMissing,
    /// A cell that means nothing here, and is not kept.
    #[error("the cell of “{0}” means nothing beside “{1}” and is not kept")]
    Unused(&'static str, Needs),
}

impl RowProblem {
    /// What to do.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::ParentUnknown(_) => {
                "Write the name exactly as in the requirement's own row, or leave the cell empty."
            }
            Self::ParentOfAward(_) => "Name a requirement with parts, or leave the cell empty.",
            Self::NameTwice(_) => "Give each requirement of a program a name of its own.",
            Self::Circle(_) => "Let one of them stand at the top: leave its cell empty.",
            Self::CountTooLarge { .. } => "Ask for fewer, or add what is missing.",
            Self::Empty => "Name the courses, or put rows below it that name it in the column “under”.",
            Self::AllOfSet(_) => "Say how many: 3 courses or 12 credits.",
            Self::CoursesAndParts => "Put the courses into a row of their own below it.",
            Self::NoPartsCounted(_) => "Write all or 2 of these for parts; courses and credits are asked of a set.",
            Self::Twice(_) => "Keep one of them.",
            Self::CoursesMissing(_) => "Name the courses it is about.",
            Self::NameMissing => "Name it as the catalogue does.",
            Self::Unused(..) => "Nothing to do, or empty the cell.",
        }
    }

    /// Whether the row can be read all the same.
    #[must_use]
    pub const fn is_harmless(&self) -> bool {
        matches!(self, Self::Unused(..))
    }

    /// The column it is about: a field of [`RequirementRow`].
    #[must_use]
    pub const fn column(&self) -> &'static str {
        match self {
            Self::ParentUnknown(_) | Self::ParentOfAward(_) | Self::Circle(_) => "under",
            Self::NameTwice(_) | Self::NameMissing => "requirement",
            Self::CountTooLarge { .. } | Self::NoPartsCounted(_) | Self::Twice(_) => "needs",
            Self::Empty | Self::AllOfSet(_) | Self::CoursesAndParts | Self::CoursesMissing(_) => "courses",
            Self::Unused(column, _) => column,
        }
    }
}
