//! Editing a course by hand. What others saved meanwhile is merged by field; what both changed is put side by side, to
//! be chosen, and saved on the newest revision.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use credway_model::{Action, Text};
use credway_workflow::{CourseEdit, CourseForm, CourseName, CourseSaved, EditAnswer};

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[Action::EditCourse]);
    Routes::new().get("/courses/{id}/edit", RULE, show).post("/courses/{id}/edit", RULE, save)
}

#[derive(Template)]
#[template(path = "edit_course.html")]
struct FormTemplate {
    page: Page,
    form: CourseForm,
    reason: String,
    /// How many fields cannot be taken as they are.
    faults: usize,
}

#[derive(Template)]
#[template(path = "edit_course_saved.html")]
struct SavedTemplate {
    page: Page,
    course: CourseName,
    saved: CourseSaved,
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let form = visit.workbench().course_form(&id).await?;
    let page = Page::new(&visit, Section::Courses, format!("Edit {}", form.course.code)).await?;
    render(&FormTemplate { page, form, reason: String::new(), faults: 0 })
}

async fn save(visit: Visit, Path(id): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let (edit, reason) = read(sent)?;
    match visit.workbench().edit_course(&id, &edit).await? {
        EditAnswer::Saved(saved) => {
            let course = visit.workbench().course(&id).await?.course;
            let page = Page::new(&visit, Section::Courses, format!("{} is saved", course.code)).await?;
            render(&SavedTemplate { page, course, saved })
        }
        EditAnswer::Form(form) => {
            let page = Page::new(&visit, Section::Courses, format!("Edit {}", form.course.code)).await?;
            let of_outcomes = form.outcomes.iter().flat_map(|outcome| &outcome.fields);
            let faults = form.fields.iter().chain(of_outcomes).filter(|field| field.fault.is_some()).count();
            let clashes = !form.clashes.is_empty();
            let mut answer = render(&FormTemplate { page, form: *form, reason, faults })?;
            *answer.status_mut() = if clashes { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(answer)
        }
    }
}

/// The edit as the form sends it: `revision`, `reason`, `retire` for each outcome to be taken away, and the fields.
fn read(sent: Vec<(String, String)>) -> Result<(CourseEdit, String), Failure> {
    let refuse = |what: String| Failure::refused(what, "Go back, correct it and try again; nothing was written.");
    let (mut edit, mut reason, mut retired) = (CourseEdit::default(), String::new(), Vec::new());
    let mut base = None;
    for (name, value) in sent {
        match name.as_str() {
            "csrf" => {}
            "revision" => base = value.parse().ok(),
            "reason" => reason = value,
            "retire" => retired.push(value),
            _ => {
                edit.fields.insert(name, value);
            }
        }
    }
    edit.base = base.ok_or_else(|| refuse("The form does not say from which revision it was made.".to_owned()))?;
    for group in retired {
        edit.fields.insert(format!("{group}.statement"), String::new());
    }
    edit.reason = match reason.trim() {
        "" => None,
        given => Some(Text::new(given).map_err(|error| refuse(format!("The reason cannot be taken: {error}.")))?),
    };
    Ok((edit, reason))
}

/// The name of the group of fields of an outcome: `outcome.ID` of `outcome.ID.statement`.
fn group(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(group, _)| group)
}

impl FormTemplate {
    /// The fields that go along unseen while clashes are chosen: all that do not clash.
    fn along(&self) -> BTreeMap<&str, &str> {
        let of_outcomes = self.form.outcomes.iter().flat_map(|outcome| &outcome.fields);
        let all = self.form.fields.iter().chain(of_outcomes);
        let clashing = |name: &str| self.form.clashes.iter().any(|clash| clash.name == name);
        all.filter(|field| !clashing(&field.name)).map(|field| (field.name.as_str(), field.value.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_what_is_taken_away() {
        let pairs = |list: &[(&str, &str)]| list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let (edit, reason) = read(pairs(&[
            ("csrf", "x"),
            ("revision", "3"),
            ("title", "Defence"),
            ("outcome.X.statement", "Harden a host"),
            ("retire", "outcome.X"),
            ("reason", " new lab "),
        ]))
        .unwrap();
        assert_eq!((edit.base, reason.as_str()), (3, " new lab "));
        assert_eq!(edit.reason.unwrap().as_str(), "new lab");
        assert_eq!(edit.fields["outcome.X.statement"], "");
        assert_eq!(edit.fields["title"], "Defence");
        assert!(!edit.fields.contains_key("csrf"));
        assert!(read(pairs(&[("title", "Defence")])).is_err());
        assert_eq!(group("outcome.X.level"), "outcome.X");
    }
}
