//! Takes what a person put right on a course of the preview, and reads the file again by it.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use credway_model::CourseCode;
use credway_workflow::{Correction, Kind, Mapping, ReadCourse};

use super::as_read::course_of;
use super::find;
use super::under_way::{Doing, start_towards};
use crate::error_page::Failure;
use crate::page::Answer;
use crate::visit::Visit;

/// Name of a control is this and the field's name.
const PREFIX: &str = "value.";

/// Takes the form of one course.
pub(super) async fn correct(
    state: Visit,
    Path((token, number)): Path<(String, usize)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let upload = find(&state, &token).await?;
    if upload.is_writing() {
        return Ok(Redirect::to(&Doing::Writing.address(&token)).into_response());
    }
    let address = format!("/import/preview/{token}/courses/{number}");
    let Some(read) = state.worker().prepared(&token, upload.version) else {
        return Err(Failure::refused(
            "The file is being read again after another change; what you sent was not taken.",
            "Go back, wait for the reading to end, and send it again.",
        ));
    };
    let answer = &read.answer;
    let course = course_of(answer, &token, number)?;
    let (Some(code), Some(shown)) = (&course.code, &answer.mapping) else {
        return Err(Failure::refused(
            "This row has no course code, by which a correction would name it.",
            "Correct the column of the code on the preview, or mend the file.",
        ));
    };
    let corrected = corrected(shown, course, (code, course.title_among(&answer.as_read)), &fields)?;
    if corrected == *shown {
        return Ok(Redirect::to(&address).into_response());
    }
    state.workbench().change_upload(&token, |request| request.correct(Some(corrected))).await?;
    start_towards(&state, &token, Doing::Reading, &address).await
}

/// The mapping with the corrections of the form: a value that is not what the file says is corrected to, one that is
/// again what the file says is taken back.
///
/// # Errors
/// When a field is named that courses do not have.
fn corrected(
    shown: &Mapping,
    course: &ReadCourse,
    (code, title): (&CourseCode, Option<String>),
    fields: &[(String, String)],
) -> Result<Mapping, Failure> {
    let mut mapping = shown.clone();
    let given = |name: &str| fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    let correction = |field: &str, value: &str| {
        let made = Correction::of(Kind::Courses, code.clone(), field, value);
        let made = made.map(|made| Correction { title: title.clone(), ..made });
        made.map_err(|error| {
            Failure::refused(format!("The correction cannot be taken: {error}."), "Reload the page and try again.")
        })
    };
    if given("leave_out").is_some() {
        mapping.put_right(correction("code", "")?);
        return Ok(mapping);
    }
    for (name, value) in fields {
        let Some(field) = name.strip_prefix(PREFIX) else { continue };
        let read = course.value(field).map_or("", |value| value.read.as_str());
        let taken = course.value(field).map_or("", |value| value.taken());
        if given("take_back") == Some(field) || one_line(value) == one_line(read) {
            mapping.take_back(code, title.as_deref(), field);
        } else if one_line(value) != one_line(taken) {
            mapping.put_right(correction(field, &value.replace("\r\n", "\n"))?);
        }
    }
    Ok(mapping)
}

/// The words without the breaks that a form adds or loses.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
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
        let once = corrected(&shown, &course, (&code, None), &sent(&form)).unwrap();
        let made: Vec<_> = once.corrections.iter().map(|one| (one.field.as_str(), one.value.as_str())).collect();
        assert_eq!(made, [("credits", "3")]);
        let second = corrected(&shown, &course, (&code, Some("Ports".to_owned())), &sent(&form)).unwrap();
        assert_eq!(second.corrections[0].title.as_deref(), Some("Ports"));
        let back = [("value.credits", "3"), ("take_back", "credits")];
        assert!(corrected(&once, &course, (&code, None), &sent(&back)).unwrap().corrections.is_empty());
        let out =
            corrected(&shown, &course, (&code, None), &sent(&[("leave_out", "1"), ("value.credits", "3")])).unwrap();
        assert_eq!((out.corrections[0].field.as_str(), out.corrections[0].value.as_str()), ("code", ""));
        assert!(corrected(&shown, &course, (&code, None), &sent(&[("value.colour", "red")])).is_err());
    }
}
