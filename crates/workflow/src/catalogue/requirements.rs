//! What a program requires, as pages show it: the tree in lines, its courses linked where they are known, and what is asked of the whole.

use std::collections::BTreeMap;

use credway_model::{AwardRequirements, Course, CourseCode, CourseSet, Ctid, Needs, Program, Requirement, Text};
use serde::Serialize;

/// A stretch of words, which may name a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementPiece {
    /// The words.
    pub words: String,
    /// The course they name, where it is known.
    pub course: Option<Ctid>,
    /// Its title.
    pub title: Option<String>,
}

/// A requirement in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementLine {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Its name.
    pub name: Option<String>,
    /// What it asks for, without its courses: `all`, `2 of these`, `3 courses`.
    pub asks: String,
    /// Its courses.
    pub courses: Vec<RequirementPiece>,
    /// The least grade of each, in points.
    pub grade: Option<String>,
    /// Whether its courses may count elsewhere, too.
    pub overlay: bool,
}

/// What a program requires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementsView {
    /// The tree, each requirement before its parts; what stands at depth 0 is needed altogether.
    pub lines: Vec<RequirementLine>,
    /// What is asked of the whole award, in words, each with its courses.
    pub whole: Vec<(String, Vec<RequirementPiece>)>,
}

/// The courses of a catalogue by code: of several editions the program's own, then that of its year, then the latest.
pub(crate) struct CatalogueCourses<'a>(BTreeMap<&'a CourseCode, &'a Course>);

impl<'a> CatalogueCourses<'a> {
    /// Those of the program's institution among `courses`.
    pub(crate) fn of(program: &Program, courses: &'a [Course]) -> Self {
        let rank = |course: &Course| {
            let own = program.courses.iter().any(|entry| entry.course == course.ctid);
            (own, course.catalogue_year == program.catalogue_year, course.catalogue_year.clone())
        };
        let mut by_code: BTreeMap<&CourseCode, &Course> = BTreeMap::new();
        for course in courses.iter().filter(|course| course.organization == program.organization) {
            let better = by_code.get(&course.code).is_none_or(|before| rank(course) > rank(before));
            if better {
                by_code.insert(&course.code, course);
            }
        }
        Self(by_code)
    }

    /// The course of this code.
    pub(crate) fn get(&self, code: &CourseCode) -> Option<&'a Course> {
        self.0.get(code).copied()
    }
}

pub(crate) fn requirements_view(award: &AwardRequirements, courses: &CatalogueCourses<'_>) -> RequirementsView {
    let mut lines = Vec::new();
    if award.root.name.is_none() && award.root.choice().is_none() && award.root.needs() == Needs::All {
        award.root.parts().iter().for_each(|part| push(part, 0, courses, &mut lines));
    } else {
        push(&award.root, 0, courses, &mut lines);
    }
    let whole = award.rows().into_iter().filter(|row| row.needs.is_of_the_award());
    let whole = whole.map(|row| {
        let set = row.courses.as_ref().map(|set| pieces(set, courses)).unwrap_or_default();
        (whole_words(row.needs, row.name.as_ref()), set)
    });
    RequirementsView { lines, whole: whole.collect() }
}

fn push(requirement: &Requirement, depth: usize, courses: &CatalogueCourses<'_>, lines: &mut Vec<RequirementLine>) {
    let choice = requirement.choice();
    lines.push(RequirementLine {
        depth,
        name: requirement.name.as_ref().map(Text::to_string),
        asks: requirement.needs().to_string(),
        courses: choice.map(|choice| pieces(&choice.courses, courses)).unwrap_or_default(),
        grade: choice.and_then(|choice| choice.grade).map(|grade| grade.to_string()),
        overlay: choice.is_some_and(|choice| choice.overlay),
    });
    requirement.parts().iter().for_each(|part| push(part, depth + 1, courses, lines));
}

/// What is asked of the whole award, in words before its courses.
fn whole_words(needs: Needs, name: Option<&Text>) -> String {
    match needs {
        Needs::Total(least) => format!("{least} credits in all"),
        Needs::Residency(least) => format!("{least} credits taken here"),
        Needs::UpperDivision(least) => format!("{least} credits of the upper division"),
        Needs::Average(least) => format!("A grade point average of {least} over the courses taken here"),
        Needs::Transfer(most) => format!("At most {most} credits from elsewhere"),
        Needs::PriorLearning(most) => format!("At most {most} credits for prior learning"),
        Needs::Share(most) => format!("At most {most} credits that count for two requirements"),
        Needs::OneOf => "Only one counts of".to_owned(),
        Needs::AtMost(most) => format!("{}: at most {most} credits of", name.map_or("Limit", Text::as_str)),
        tree => tree.to_string(),
    }
}

/// The words of a set, with the courses that are known linked.
pub(crate) fn pieces(set: &CourseSet, courses: &CatalogueCourses<'_>) -> Vec<RequirementPiece> {
    let line = set.to_string();
    let codes = set.codes();
    let bounded = |at: usize, end: usize| {
        let letter = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
        !letter(line[..at].chars().next_back()) && !letter(line[end..].chars().next())
    };
    let named = |at: usize| {
        let found = codes.iter().filter(|code| line[at..].starts_with(code.as_str()));
        let longest =
            found.filter(|code| bounded(at, at + code.as_str().len())).max_by_key(|code| code.as_str().len())?;
        courses.get(longest)
    };
    let mut pieces: Vec<RequirementPiece> = Vec::new();
    let (mut at, mut plain) = (0, 0);
    let words =
        |from: usize, to: usize| RequirementPiece { words: line[from..to].to_owned(), course: None, title: None };
    while at < line.len() {
        if let Some(course) = named(at) {
            if plain < at {
                pieces.push(words(plain, at));
            }
            let code = course.code.to_string();
            at += code.len();
            plain = at;
            pieces.push(RequirementPiece {
                words: code,
                course: Some(course.ctid),
                title: Some(course.title.to_string()),
            });
        } else {
            at += line[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    if plain < line.len() {
        pieces.push(words(plain, line.len()));
    }
    pieces
}
