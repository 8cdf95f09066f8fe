//! Takes what a person put right on a course of the preview, and reads the file again by it.

use axum::Form;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Redirect};
use credway_model::CourseCode;
use credway_workflow::{Correction, Kind, Mapping, ReadCourse};

use super::as_read::course_of;
use super::find;
use super::under_way::{Doing, start_towards};
use super::uploads::Uploads;
use crate::AppState;
use crate::error_page::Failure;
use crate::page::Answer;

/// Name of a control is this and the field's name.
const PREFIX: &str = "value.";

/// Takes the form of one course.
pub(super) async fn correct(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Path((token, number)): Path<(String, usize)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    if upload.writing {
        return Ok(Redirect::to(&Doing::Writing.address(&token)).into_response());
    }
    let address = format!("/import/preview/{token}/courses/{number}");
    let Some(answer) = upload.preview.clone() else { return Ok(Redirect::to(&address).into_response()) };
    let course = course_of(&answer, &token, number)?;
    let (Some(code), Some(shown)) = (&course.code, &answer.mapping) else {
        return Err(Failure::refused(
            "This row has no course code, by which a correction would name it.",
            "Correct the column of the code on the preview, or mend the file.",
        ));
    };
    let corrected = corrected(shown, course, code, &fields)?;
    if corrected == *shown {
        return Ok(Redirect::to(&address).into_response());
    }
    uploads.change(&token, |upload| upload.correct(Some(corrected)));
    start_towards(&state, &uploads, &token, Doing::Reading, &address).await
}

/// The mapping with the corrections of the form: a value that is not what the file says is corrected to, one that is
/// again what the file says is taken back.
///
/// # Errors
/// When a field is named that courses do not have.
fn corrected(
    shown: &Mapping,
    course: &ReadCourse,
    code: &CourseCode,
    fields: &[(String, String)],
) -> Result<Mapping, Failure> {
    let mut mapping = shown.clone();
    let refused =
        |error| Failure::refused(format!("The correction cannot be taken: {error}."), "Reload the page and try again.");
    let given = |name: &str| fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    if given("leave_out").is_some() {
        mapping.put_right(Correction::of(Kind::Courses, code.clone(), "code", "").map_err(refused)?);
        return Ok(mapping);
    }
    for (name, value) in fields {
        let Some(field) = name.strip_prefix(PREFIX) else { continue };
        let value = value.replace("\r\n", "\n");
        let read = course.value(field).map_or("", |value| value.read.as_str());
        let value = if given("take_back") == Some(field) { read } else { value.trim() };
        if value == read.trim() {
            mapping.take_back(code, field);
        } else {
            mapping.put_right(Correction::of(Kind::Courses, code.clone(), field, value).map_err(refused)?);
        }
    }
    // What is put right again is made anew, whatever the file said when it was put right first.
    Ok(mapping)
}

#[cfg(test)]
mod tests {
    use credway_model::Place;
    use credway_workflow::ReadValue;

    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_differs_from_the_file_is_a_correction() {
        let value = |field, read: &str| ReadValue { field, read: read.to_owned(), place: None, corrected: None };
        let code: CourseCode = "ITSY 1300".parse().unwrap();
        let course = ReadCourse {
            code: Some(code.clone()),
            place: Place::Whole,
            values: vec![value("code", "ITSY 1300"), value("credits", "8"), value("outcomes", "Explain\nBuild")],
        };
        let shown = Mapping::empty(Kind::Courses);
        let form = [("value.code", "ITSY 1300"), ("value.credits", "3"), ("value.outcomes", "Explain\r\nBuild")];
        let once = corrected(&shown, &course, &code, &sent(&form)).unwrap();
        let made: Vec<_> = once.corrections.iter().map(|one| (one.field.as_str(), one.value.as_str())).collect();
        assert_eq!(made, [("credits", "3")]);
        let back = [("value.credits", "3"), ("take_back", "credits")];
        assert!(corrected(&once, &course, &code, &sent(&back)).unwrap().corrections.is_empty());
        let out = corrected(&shown, &course, &code, &sent(&[("leave_out", "1"), ("value.credits", "3")])).unwrap();
        assert_eq!((out.corrections[0].field.as_str(), out.corrections[0].value.as_str()), ("code", ""));
        assert!(corrected(&shown, &course, &code, &sent(&[("value.colour", "red")])).is_err());
    }
}
