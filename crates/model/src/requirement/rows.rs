//! The requirements of an award as rows of a table, one a requirement, and back.
//!
//! A row names the requirement below which it stands; what is above all has no row. It refuses rows that do not make a tree: each such
//! row is told with what is wrong, and the rest is read.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Asks, AwardRequirements, CourseChoice, CourseSet, CreditLimit, Needs, Requirement, RequirementRow, RowProblem,
};
use crate::{CatalogueYear, Text};

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
        let mut award = Self { catalogue_year, ..Self::of_tree(name, root) };
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
