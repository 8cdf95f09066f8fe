//! The structure of a program in the database: its courses as vertices, what they require of each other as arrows.
//!
//! Only what cannot be avoided is an arrow. Where several courses would do, none of them is needed by itself, and what stands outside
//! the program hangs on none of its courses: both are told and not counted.

use std::collections::{BTreeMap, BTreeSet};

use credway_import::{CurriculumCourse, CurriculumRecord, CurriculumRequisite, RequisiteColumn};
use credway_model::{Action, Course, CourseCode, Ctid, Place, RequiredWhen, Text};
use credway_plan::{RequiredLiteral, plannable_requisite};
use serde::Serialize;

use super::{CurriculumMetrics, MetricsRequest, measure};
use crate::crosswalk_data::program_courses;
use crate::import_requirements::award_name;
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// The structure of a program.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProgramStructure {
    /// The program.
    pub program: Named,
    /// Its courses and their sums; findings name the courses and stand nowhere else.
    #[serde(flatten)]
    pub metrics: CurriculumMetrics,
    /// Identifiers of the courses, in their order.
    pub ids: Vec<Ctid>,
    /// Requisites that are not counted, in sentences.
    pub not_counted: Vec<String>,
}

impl Workbench {
    /// Measures a program, by identifier or title.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Ambiguous`]; [`WorkflowError::Forbidden`].
    pub async fn program_structure(&self, given: &str, quarter: bool) -> Result<ProgramStructure, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, given, Action::ReadCatalogue).await?;
        self.allow(&work, Action::ReadCatalogue, About::Program(&program.ctid)).await?;
        let courses = program_courses(&work, &program).await?;
        drop(work);
        let (curriculum, not_counted) = curriculum(&courses);
        let mut metrics = measure(&curriculum, &MetricsRequest { quarter, major: Vec::new() })?;
        metrics.findings.iter_mut().for_each(|finding| finding.place = Place::Whole);
        let name = award_name(&program).to_string();
        metrics.title = vec![name.clone()];
        Ok(ProgramStructure {
            program: Named { id: program.ctid, name },
            metrics,
            ids: courses.iter().map(|course| course.ctid).collect(),
            not_counted,
        })
    }
}

/// Courses of a program as a curriculum, and what of their requisites it does not say.
fn curriculum(courses: &[Course]) -> (CurriculumRecord, Vec<String>) {
    let by_code: BTreeMap<&CourseCode, usize> =
        courses.iter().enumerate().map(|(index, course)| (&course.code, index)).collect();
    let mut arrows: BTreeSet<CurriculumRequisite> = BTreeSet::new();
    let mut not_counted = Vec::new();
    for (index, course) in courses.iter().enumerate() {
        let Some(tree) = &course.requisites else {
            if course.prerequisites.is_some() || course.corequisites.is_some() {
                not_counted.push(format!("{}: what it requires has not been read as a rule.", course.code));
            }
            continue;
        };
        let plannable = plannable_requisite(tree);
        for clause in &plannable.clauses {
            match arrow(clause, &by_code, index) {
                Some(arrow) => drop(arrows.insert(arrow)),
                None => not_counted.push(format!("{} requires {}.", course.code, told(clause, &by_code))),
            }
        }
        let others = plannable.taken_as_met.iter();
        not_counted.extend(others.map(|words| format!("{} also asks for “{words}”.", course.code)));
        let instead = plannable.not_counted_on.iter();
        not_counted.extend(instead.map(|words| format!("{} can also be taken with “{words}”.", course.code)));
        if plannable.too_large {
            not_counted.push(format!("{}: some of its requisites have too many combinations.", course.code));
        }
    }
    let record = CurriculumRecord {
        courses: courses.iter().zip(0..).map(|(course, row)| vertex(course, row)).collect(),
        requisites: arrows.into_iter().collect(),
        ..CurriculumRecord::default()
    };
    (record, not_counted)
}

/// The arrow of a clause that only one course of the program meets, and nothing else.
fn arrow(
    clause: &[RequiredLiteral],
    by_code: &BTreeMap<&CourseCode, usize>,
    course: usize,
) -> Option<CurriculumRequisite> {
    // One course may stand there twice: before, or with consent at the same time.
    let when = clause.iter().map(|literal| literal.when).find(|when| *when != RequiredWhen::Before);
    let only = clause.first().filter(|first| clause.iter().all(|literal| literal.code == first.code))?;
    let required = *by_code.get(&only.code)?;
    let column = match when.unwrap_or(RequiredWhen::Before) {
        RequiredWhen::Before => RequisiteColumn::Prerequisites,
        RequiredWhen::BeforeOrWith => RequisiteColumn::Corequisites,
        RequiredWhen::With if clause.len() > 1 => RequisiteColumn::Corequisites,
        RequiredWhen::With => RequisiteColumn::StrictCorequisites,
    };
    Some(CurriculumRequisite { required, course, column })
}

/// `ENGL 1301 or ENGL 1302, of which any one will do`, or `MATH 2413, which is not in the program`.
fn told(clause: &[RequiredLiteral], by_code: &BTreeMap<&CourseCode, usize>) -> String {
    let mut codes: Vec<&str> = clause.iter().map(|literal| literal.code.as_str()).collect();
    codes.dedup();
    let inside = clause.iter().any(|literal| by_code.contains_key(&literal.code));
    let why = match (codes.len(), inside) {
        (1, _) => "which is not in the program",
        (_, true) => "of which any one will do",
        (_, false) => "none of which is in the program",
    };
    format!("{}, {why}", codes.join(" or "))
}

fn vertex(course: &Course, row: u32) -> CurriculumCourse {
    CurriculumCourse {
        id: Text::new(course.code.as_str()).expect("a course code is a text"),
        name: Some(course.title.clone()),
        prefix: None,
        number: None,
        credits: course.credits,
        term: None,
        additional: false,
        row,
    }
}
