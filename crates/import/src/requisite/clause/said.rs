//! Grades and times that are said of courses: of those that follow, or of what was read already.

use credway_model::{Grade, RequiredCourse, RequiredWhen, Requisite};

use super::words::set;
use super::{Clause, ends_in_equivalent};
use crate::requisite::item::{Item, Kind};
use crate::requisite::join::Joint;
use crate::requisite::with_grade;

impl Clause<'_> {
    /// "or concurrent enrollment" with no course behind it is said of the course before.
    pub(super) fn set_when(&mut self, when: RequiredWhen, rest: &[Item]) {
        let followed =
            rest.iter().take(8).any(|item| matches!(item.kind, Kind::Code(_) | Kind::Number(_) | Kind::Word));
        if self.operands.is_empty() && self.grade.is_some() && matches!(self.joint, Some(Joint::Or | Joint::CommaOr)) {
            // "C- or better or concurrent enrollment in"
            (self.when, self.joint) = (Some(RequiredWhen::BeforeOrWith), None);
        } else if followed || self.operands.is_empty() {
            (self.grade, self.when) = (None, Some(when));
        } else if matches!(self.joint, Some(Joint::Or | Joint::CommaOr)) {
            self.joint = None;
            self.may_be_taken_with();
        } else {
            self.each_course_before(|course| course.when = when);
        }
    }

    /// The courses at the end that nothing else parts, the last first.
    fn each_course_before(&mut self, mut change: impl FnMut(&mut RequiredCourse)) -> usize {
        let mut changed = 0;
        let mut joint = None;
        for (operand, _) in self.operands.iter_mut().rev() {
            if !change_course(&mut operand.tree, &mut change) {
                break;
            }
            changed += 1;
            let own = operand.joint;
            if joint.is_some_and(|joint| own != joint && own != Joint::Comma && joint != Joint::Comma) {
                break;
            }
            joint = Some(own);
        }
        changed
    }

    /// A grade said of what stands before: its courses have it, and words that are no course keep it among them.
    pub(super) fn give_grade(&mut self, grade: Grade, item: &Item) {
        if self.operands.is_empty() {
            self.grade = Some(grade);
            self.said.get_or_insert(item.from);
            return;
        }
        let changed = self.each_course_before(|course| course.grade = course.grade.or(Some(grade)));
        self.ambiguous |= changed > 1;
        if changed > 0 {
            return;
        }
        let Some((operand, before)) = self.operands.last_mut() else { return };
        let whole = before.start..item.to;
        match &operand.tree {
            Requisite::Condition { kind, .. } => {
                let kind = *kind;
                set(operand, before, self.text, whole, Some(kind));
            }
            Requisite::NotUnderstood(_) => set(operand, before, self.text, whole, None),
            tree => operand.tree = with_grade(tree.clone(), grade),
        }
    }

    pub(super) fn may_be_taken_with(&mut self) {
        if let Some((operand, _)) = self.operands.last_mut() {
            change_course(&mut operand.tree, &mut |course| course.when = RequiredWhen::BeforeOrWith);
        }
    }

    /// Whether a grade "in …" belongs to the course before: no joint stands between, and no course comes next.
    pub(super) fn is_said_of_before(&self, rest: &[Item]) -> bool {
        let next =
            rest.iter().find(|item| !matches!(item.kind, Kind::Filler | Kind::Either | Kind::Both | Kind::Colon));
        self.loose() && !next.is_some_and(|next| matches!(next.kind, Kind::Code(_) | Kind::Open))
    }
}

/// Changes the course a postfix speaks of: the part itself, or the first of "A or equivalent"; whether there is one.
fn change_course(tree: &mut Requisite, change: &mut impl FnMut(&mut RequiredCourse)) -> bool {
    if let Requisite::Course(course) = tree {
        change(course);
        return true;
    }
    if !ends_in_equivalent(tree) {
        return false;
    }
    let mut parts = tree.parts().to_vec();
    let changed = parts.first_mut().is_some_and(|first| change_course(first, change));
    if let Ok(again) = Requisite::any(parts) {
        *tree = again;
    }
    changed
}
