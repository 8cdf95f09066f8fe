//! The requirements of an award as rows of a table, one a requirement, and back.
//!
//! A row names the requirement below which it stands; what is above all has no row. It refuses rows that do not make a tree: each such
//! row is told with what is wrong, and the rest is read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Asks, AwardRequirements, CourseChoice, CourseSet, CreditLimit, GradePoints, Needs, Requirement};
use crate::{CatalogueYear, Text};

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

impl AwardRequirements {
    /// The requirements as rows: those of the tree, each before its parts, then those of the whole award.
    ///
    /// A requirement without a name, or with one that another has, is given its number in the tree (`2.1`), so that its parts can name it.
    #[must_use]
    pub fn rows(&self) -> Vec<RequirementRow> {
        let mut rows = Vec::new();
        let mut names = BTreeSet::new();
        match (&self.root.name, &self.root.asks) {
            (None, Asks::Every(parts)) => {
                for (part, number) in parts.iter().zip(1..) {
                    push(part, None, &number.to_string(), &mut names, &mut rows);
                }
            }
            _ => push(&self.root, None, "1", &mut names, &mut rows),
        }
        let plain =
            |needs| RequirementRow { name: None, under: None, needs, courses: None, grade: None, overlay: false };
        rows.extend(self.total.map(|least| plain(Needs::Total(least))));
        rows.extend(self.residency.map(|least| plain(Needs::Residency(least))));
        rows.extend(
            self.upper_division
                .map(|least| RequirementRow { courses: self.upper.clone(), ..plain(Needs::UpperDivision(least)) }),
        );
        rows.extend(self.average.map(|least| plain(Needs::Average(least))));
        rows.extend(self.most_transferred.map(|most| plain(Needs::Transfer(most))));
        rows.extend(self.most_prior_learning.map(|most| plain(Needs::PriorLearning(most))));
        rows.extend(self.most_shared.map(|most| plain(Needs::Share(most))));
        let exclusions = self.exclusions.iter();
        rows.extend(exclusions.map(|set| RequirementRow { courses: Some(set.clone()), ..plain(Needs::OneOf) }));
        rows.extend(self.limits.iter().map(|limit| RequirementRow {
            name: Some(limit.name.clone()),
            courses: Some(limit.courses.clone()),
            ..plain(Needs::AtMost(limit.at_most))
        }));
        rows
    }

    /// The requirements of rows, with what is wrong with each by its number from 0. What stands at the top is needed altogether.
    #[must_use]
    pub fn from_rows(
        name: Text,
        catalogue_year: Option<CatalogueYear>,
        rows: &[RequirementRow],
    ) -> (Self, Vec<(usize, RowProblem)>) {
        let mut reading = Reading { rows, problems: Vec::new(), children: BTreeMap::new() };
        let top = reading.place();
        let parts = top.into_iter().map(|row| reading.requirement(row)).collect();
        let root = Requirement { name: None, asks: Asks::Every(parts) };
        let mut award = Self {
            name,
            catalogue_year,
            root,
            total: None,
            residency: None,
            upper_division: None,
            upper: None,
            average: None,
            most_transferred: None,
            most_prior_learning: None,
            most_shared: None,
            exclusions: Vec::new(),
            limits: Vec::new(),
        };
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.needs.is_of_the_award()) {
            reading.of_the_award(at, row, &mut award);
        }
        let mut problems = reading.problems;
        problems.sort_by_key(|(at, _)| *at);
        (award, problems)
    }
}

/// What of a leaf: so many courses or credits of a choice.
fn leaf_needs(asks: &Asks) -> Option<(Needs, &CourseChoice)> {
    match asks {
        Asks::Courses { count, from } => {
            let all = matches!(&from.courses, CourseSet::Listed(codes) if codes.len() == usize::from(*count));
            Some((if all { Needs::All } else { Needs::Courses(*count) }, from))
        }
        Asks::Credits { credits, from } => Some((Needs::Credits(*credits), from)),
        Asks::Every(_) | Asks::Some { .. } => None,
    }
}

impl Requirement {
    /// What it needs, in the words of a table's row.
    #[must_use]
    pub fn needs(&self) -> Needs {
        match &self.asks {
            Asks::Some { count, .. } => Needs::OfThese(*count),
            asks => leaf_needs(asks).map_or(Needs::All, |(needs, _)| needs),
        }
    }

    /// The courses it may be met from; absent where it has parts.
    #[must_use]
    pub fn choice(&self) -> Option<&CourseChoice> {
        leaf_needs(&self.asks).map(|(_, choice)| choice)
    }

    /// Its parts.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match &self.asks {
            Asks::Every(of) | Asks::Some { of, .. } => of,
            Asks::Courses { .. } | Asks::Credits { .. } => &[],
        }
    }
}

fn push(
    requirement: &Requirement,
    under: Option<&Text>,
    number: &str,
    names: &mut BTreeSet<Text>,
    rows: &mut Vec<RequirementRow>,
) {
    let own = requirement.name.clone().filter(|name| names.insert(name.clone()));
    let name = own.or_else(|| Text::new(number).ok());
    names.extend(name.clone());
    let choice = requirement.choice();
    rows.push(RequirementRow {
        name: name.clone(),
        under: under.cloned(),
        needs: requirement.needs(),
        courses: choice.map(|choice| choice.courses.clone()),
        grade: choice.and_then(|choice| choice.grade),
        overlay: choice.is_some_and(|choice| choice.overlay),
    });
    for (part, at) in requirement.parts().iter().zip(1..) {
        push(part, name.as_ref(), &format!("{number}.{at}"), names, rows);
    }
}

struct Reading<'a> {
    rows: &'a [RequirementRow],
    problems: Vec<(usize, RowProblem)>,
    /// Rows of the tree by the row below which they stand.
    children: BTreeMap<usize, Vec<usize>>,
}

impl Reading<'_> {
    /// Puts each row of the tree below its parent; gives those at the top. What has no place is told and left out.
    fn place(&mut self) -> Vec<usize> {
        let mut by_name: BTreeMap<&Text, usize> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(name) = &row.name else { continue };
            if by_name.contains_key(name) {
                self.problems.push((at, RowProblem::NameTwice(name.clone())));
            } else {
                by_name.insert(name, at);
            }
        }
        let mut parents: BTreeMap<usize, usize> = BTreeMap::new();
        let mut top = Vec::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.needs.is_of_the_award()) {
            match row.under.as_ref().map(|under| (under, by_name.get(under))) {
                None => top.push(at),
                Some((under, None)) => self.problems.push((at, RowProblem::ParentUnknown(under.clone()))),
                Some((under, Some(parent))) if self.rows[*parent].needs.is_of_the_award() => {
                    self.problems.push((at, RowProblem::ParentOfAward(under.clone())));
                }
                Some((_, Some(parent))) => {
                    parents.insert(at, *parent);
                }
            }
        }
        for (at, parent) in &parents {
            let mut above = *parent;
            let mut steps = 0;
            while above != *at && steps <= parents.len() {
                let Some(next) = parents.get(&above) else { break };
                above = *next;
                steps += 1;
            }
            if above == *at {
                let name = self.rows[*at].name.clone().or_else(|| self.rows[*at].under.clone());
                self.problems.extend(name.map(|name| (*at, RowProblem::Circle(name))));
            } else {
                self.children.entry(*parent).or_default().push(*at);
            }
        }
        top
    }

    fn requirement(&mut self, at: usize) -> Requirement {
        let row = &self.rows[at];
        let parts: Vec<usize> = self.children.get(&at).cloned().unwrap_or_default();
        let asks = if parts.is_empty() { self.leaf(at, row) } else { self.node(at, row, parts) };
        Requirement { name: row.name.clone(), asks }
    }

    fn node(&mut self, at: usize, row: &RequirementRow, parts: Vec<usize>) -> Asks {
        if row.courses.is_some() {
            self.problems.push((at, RowProblem::CoursesAndParts));
        }
        if row.grade.is_some() {
            self.problems.push((at, RowProblem::Unused("least_grade", row.needs)));
        }
        if row.overlay {
            self.problems.push((at, RowProblem::Unused("overlay", row.needs)));
        }
        let of: Vec<Requirement> = parts.into_iter().map(|part| self.requirement(part)).collect();
        match row.needs {
            Needs::All => Asks::Every(of),
            Needs::OfThese(count) => {
                self.count(at, count, of.len(), "parts");
                Asks::Some { count, of }
            }
            needs => {
                self.problems.push((at, RowProblem::NoPartsCounted(needs)));
                Asks::Every(of)
            }
        }
    }

    fn leaf(&mut self, at: usize, row: &RequirementRow) -> Asks {
        let Some(courses) = row.courses.clone() else {
            self.problems.push((at, RowProblem::Empty));
            return Asks::Every(Vec::new());
        };
        let listed = match &courses {
            CourseSet::Listed(codes) => Some(codes.len()),
            _ => None,
        };
        let from = CourseChoice { courses, grade: row.grade, overlay: row.overlay };
        let count = match (row.needs, listed) {
            (Needs::Credits(credits), _) => return Asks::Credits { credits, from },
            (Needs::Courses(count) | Needs::OfThese(count), _) => count,
            (_, Some(listed)) => u16::try_from(listed).unwrap_or(u16::MAX),
            (_, None) => {
                self.problems.push((at, RowProblem::AllOfSet(from.courses.to_string())));
                1
            }
        };
        if let Some(listed) = listed {
            self.count(at, count, listed, "courses");
        }
        Asks::Courses { count, from }
    }

    fn count(&mut self, at: usize, count: u16, parts: usize, what: &'static str) {
        if usize::from(count) > parts {
            self.problems.push((at, RowProblem::CountTooLarge { count, parts, what }));
        }
    }

    fn of_the_award(&mut self, at: usize, row: &RequirementRow, award: &mut AwardRequirements) {
        let kept_name = matches!(row.needs, Needs::AtMost(_));
        let unused = [
            ("requirement", row.name.is_some() && !kept_name),
            ("under", row.under.is_some()),
            ("courses", row.courses.is_some() && !row.needs.takes_courses()),
            ("least_grade", row.grade.is_some()),
            ("overlay", row.overlay),
        ];
        let unused = unused.into_iter().filter(|(_, unused)| *unused);
        self.problems.extend(unused.map(|(column, _)| (at, RowProblem::Unused(column, row.needs))));
        let again = match row.needs {
            Needs::Total(least) => award.total.replace(least).is_some(),
            Needs::Residency(least) => award.residency.replace(least).is_some(),
            Needs::UpperDivision(least) => {
                award.upper.clone_from(&row.courses);
                award.upper_division.replace(least).is_some()
            }
            Needs::Average(least) => award.average.replace(least).is_some(),
            Needs::Transfer(most) => award.most_transferred.replace(most).is_some(),
            Needs::PriorLearning(most) => award.most_prior_learning.replace(most).is_some(),
            Needs::Share(most) => award.most_shared.replace(most).is_some(),
            _ => {
                self.set(at, row, award);
                false
            }
        };
        if again {
            self.problems.push((at, RowProblem::Twice(row.needs)));
        }
    }

    /// An exclusion or a limit.
    fn set(&mut self, at: usize, row: &RequirementRow, award: &mut AwardRequirements) {
        let Some(courses) = row.courses.clone() else {
            self.problems.push((at, RowProblem::CoursesMissing(row.needs)));
            return;
        };
        let Needs::AtMost(at_most) = row.needs else {
            award.exclusions.push(courses);
            return;
        };
        match row.name.clone() {
            Some(name) => award.limits.push(CreditLimit { name, courses, at_most }),
            None => self.problems.push((at, RowProblem::NameMissing)),
        }
    }
}

#[cfg(test)]
mod tests;
