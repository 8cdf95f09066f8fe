//! What the pathway's conditions ask for, in the words of the planner: what a credential needs, after which courses an exam is sat, after
//! which courses and credentials a course is taken. What cannot be planned is said of its component.

use credway_model::{Asks, Component, ComponentKey, ComponentKind, CourseCode, EmbeddingModel, Requirement};
use credway_plan::pathway::{Clause, Held, Problem};

use super::super::material::Material;
use super::Said;
use super::clauses::Clauses;
use super::courses::Taken;
use super::credentials::requirements;

/// What a plan is made of, by component.
pub(super) struct Parts<'a> {
    pub(super) material: &'a Material,
    /// The credentials of the plan.
    pub(super) chosen: &'a [usize],
    pub(super) taken: &'a Taken,
}

/// Fills in what the conditions of credentials, exams and courses ask for. What is held already waits for nothing.
pub(super) fn fill(parts: &Parts<'_>, problem: &mut Problem, said: &mut Said) {
    let components = &parts.material.pathway.components;
    for (place, index) in parts.chosen.iter().enumerate() {
        if !problem.holds_credential(place) {
            let component = &components[parts.material.credentials[*index].component];
            problem.credentials[place].needs = parts.clauses(component, said);
        }
    }
    for (place, exam) in parts.material.exams.iter().enumerate() {
        if !problem.holds_exam(place) {
            parts.exam((place, &components[exam.component]), problem, said);
            problem.exams[place].not_before.sort_unstable();
            problem.exams[place].not_before.dedup();
        }
    }
    let by_learning = |one: &&Component| one.embedding == Some(EmbeddingModel::PriorLearning);
    for component in components.iter().filter(|one| one.kind == ComponentKind::Course && !by_learning(one)) {
        if let Some(Held::Course(course)) = parts.held(&component.key) {
            parts.course((course, component), problem, said);
        }
    }
}

impl Parts<'_> {
    /// What a component is in the plan.
    fn held(&self, key: &ComponentKey) -> Option<Held> {
        let at = self.material.pathway.components.iter().position(|component| component.key == *key)?;
        let own = |index: &usize| self.material.credentials[*index].component == at;
        if let Some(credential) = self.chosen.iter().position(own) {
            return Some(Held::Credential(credential));
        }
        if let Some(exam) = self.material.exams.iter().position(|exam| exam.component == at) {
            return Some(Held::Exam(exam));
        }
        let course = self.material.pathway.components[at].stands_for?;
        self.taken.courses.iter().position(|planned| planned.ctid == Some(course)).map(Held::Course)
    }

    /// The clauses of a component's condition over what the plan has. What else it asks for is said.
    fn clauses(&self, component: &Component, said: &mut Said) -> Vec<Vec<Held>> {
        let Some(condition) = &component.condition else { return Vec::new() };
        let Clauses { of, left } = Clauses::of(condition);
        for (part, why) in left {
            said.note(format!("“{}” asks for {part}, which {}.", component.name, why.words()));
        }
        let mut clauses = Vec::new();
        for keys in of {
            let found: Option<Vec<Held>> = keys.iter().map(|key| self.held(key)).collect();
            match found {
                Some(clause) => clauses.push(clause),
                None => {
                    let names: Vec<String> = keys.iter().map(|key| self.described(key)).collect();
                    said.note(format!("“{}” asks for {}, which is not planned.", component.name, names.join(" or ")));
                }
            }
        }
        clauses
    }

    /// A component's name, with why it is not planned where it is not.
    fn described(&self, key: &ComponentKey) -> String {
        let component = self.material.pathway.components.iter().find(|component| component.key == *key);
        let Some(component) = component else { return format!("“{key}”, which is no component") };
        if self.held(key).is_some() {
            return format!("“{}”", component.name);
        }
        let why = match component.kind {
            ComponentKind::Course => "a course that no catalogue of the pathway has",
            ComponentKind::Credential => "a credential that no program of this plan leads to",
            ComponentKind::Assessment => "an exam that stands for no outline",
            other => return format!("“{}” ({})", component.name, other.word()),
        };
        format!("“{}” ({why})", component.name)
    }

    /// An exam is sat after courses, and after those that a credential cannot be had without.
    fn exam(&self, (place, component): (usize, &Component), problem: &mut Problem, said: &mut Said) {
        for clause in self.clauses(component, said) {
            match clause[..] {
                _ if self.is_met(&clause, problem) => {}
                [Held::Course(course)] => problem.exams[place].not_before.push(course),
                [Held::Credential(credential)] => {
                    problem.exams[place].not_before.extend(self.certain_courses(credential));
                    said.note(format!(
                        "“{}” is sat after the courses that “{}” cannot be had without; that it is awarded by then is not planned.",
                        component.name, problem.credentials[credential].name
                    ));
                }
                _ => said.note(self.unplaced(component, &clause, problem)),
            }
        }
    }

    /// A course is taken after courses and after a credential.
    fn course(&self, (course, component): (usize, &Component), problem: &mut Problem, said: &mut Said) {
        for clause in self.clauses(component, said) {
            let before: Option<Vec<usize>> =
                clause.iter().map(|held| if let Held::Course(one) = held { Some(*one) } else { None }).collect();
            match (&clause[..], before) {
                _ if self.is_met(&clause, problem) => {}
                (_, Some(before)) => {
                    problem.courses[course].requisites.push(Clause { before, ..Clause::default() });
                }
                ([Held::Credential(credential)], _) => problem.courses[course].after.push(*credential),
                _ => said.note(self.unplaced(component, &clause, problem)),
            }
        }
    }

    /// Whether something of a clause is held from the beginning.
    fn is_met(&self, clause: &[Held], problem: &Problem) -> bool {
        clause.iter().any(|held| match held {
            Held::Course(course) => self.taken.done[*course],
            Held::Credential(credential) => problem.holds_credential(*credential),
            Held::Exam(exam) => problem.holds_exam(*exam),
        })
    }

    fn unplaced(&self, component: &Component, clause: &[Held], problem: &Problem) -> String {
        let name = |held: &Held| match held {
            Held::Course(course) => problem.courses[*course].code.clone(),
            Held::Credential(credential) => problem.credentials[*credential].name.clone(),
            Held::Exam(exam) => problem.exams[*exam].name.clone(),
        };
        let names: Vec<String> = clause.iter().map(name).collect();
        format!("“{}” asks for {}: that it comes after is not planned.", component.name, names.join(" or "))
    }

    /// Courses that a credential cannot be had without. One that several institutions have is not among them: any of them will do.
    fn certain_courses(&self, credential: usize) -> Vec<usize> {
        let mut codes = Vec::new();
        let found = &self.material.credentials[self.chosen[credential]];
        self.certain_codes(&requirements(found).root, &mut codes);
        codes
    }

    fn certain_codes(&self, requirement: &Requirement, certain: &mut Vec<usize>) {
        match &requirement.asks {
            Asks::Every(of) => of.iter().for_each(|part| self.certain_codes(part, certain)),
            Asks::Some { count, of } if usize::from(*count) == of.len() => {
                of.iter().for_each(|part| self.certain_codes(part, certain));
            }
            Asks::Courses { count, from } => {
                let courses = self.taken.of_set(self.material, &from.courses);
                let mut codes: Vec<&str> =
                    courses.iter().map(|course| self.taken.courses[*course].code.as_str()).collect();
                codes.sort_unstable();
                codes.dedup();
                if codes.len() == usize::from(*count) {
                    certain.extend(courses.into_iter().filter(|course| self.is_alone(*course)));
                }
            }
            Asks::Some { .. } | Asks::Credits { .. } => {}
        }
    }

    /// Whether a course of the catalogue is the only one of its code.
    fn is_alone(&self, course: usize) -> bool {
        let planned = &self.taken.courses[course];
        let code: Option<CourseCode> = planned.code.parse().ok().filter(|_| planned.ctid.is_some());
        code.and_then(|code| self.taken.by_code.get(&code)).is_some_and(|same| same.len() == 1)
    }
}
