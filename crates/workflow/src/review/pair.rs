//! Find the pair a person means: the course statement and the blueprint statement by the names that are shown.

use credway_model::{Action, Ctid, Text};

use crate::crosswalk_data::{CourseStatement, CrosswalkData, course_statements};
use crate::institution::one;
use crate::permission::About;
use crate::{Workbench, WorkflowError};

impl Workbench {
    /// The blueprint statement of a crosswalk by its number, its words or its identifier.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`].
    pub async fn find_objective(&self, crosswalk: &Ctid, given: &str) -> Result<Ctid, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        objective(&CrosswalkData::read(&work, crosswalk).await?, given)
    }

    /// The course statement of a crosswalk by `COURSE/CODE`, `COURSE/WORDS` or its identifier; a course without
    /// outcomes by its code alone.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`].
    pub async fn find_outcome(&self, crosswalk: &Ctid, given: &str) -> Result<Ctid, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        outcome(&CrosswalkData::read(&work, crosswalk).await?, given)
    }
}

fn objective(data: &CrosswalkData, given: &str) -> Result<Ctid, WorkflowError> {
    let wanted = given.trim();
    let items = data.blueprint.items();
    let is = |name: &str| name.eq_ignore_ascii_case(wanted);
    let found = items
        .iter()
        .filter(|item| {
            is(&item.ctid.to_string()) || item.code.is_some_and(|code| is(code.as_str())) || is(item.text.as_str())
        })
        .map(|item| (item.ctid, item.text.as_str()))
        .collect();
    let name = |found: &(Ctid, &str)| format!("{} ({})", found.1, found.0);
    let hint = format!("{} has no such statement: give its number, its words or its identifier", data.blueprint.name());
    Ok(one("objective", given, found, name, &hint)?.0)
}

fn outcome(data: &CrosswalkData, given: &str) -> Result<Ctid, WorkflowError> {
    let wanted = given.trim();
    let is = |name: String| name.eq_ignore_ascii_case(wanted);
    let named = |statement: &CourseStatement<'_>| {
        let course = &statement.course.code;
        let Some(outcome) = statement.outcome else { return is(course.to_string()) };
        let names = [outcome.code.as_ref(), Some(&outcome.statement)];
        names
            .into_iter()
            .flatten()
            .map(Text::as_str)
            .any(|name| is(format!("{course}/{name}")) || is(format!("{course} {name}")))
    };
    let statements = course_statements(&data.courses);
    let found = statements.iter().filter(|one| is(one.id.to_string()) || named(one)).collect();
    let name = |one: &&CourseStatement<'_>| format!("{} ({})", one.text(), one.id);
    let hint = format!("write COURSE/CODE, for example “ITSY 1300/O2”, of a course of “{}”", data.program.title);
    Ok(one("outcome", given, found, name, &hint)?.id)
}
