//! Rows of courses, without their outcomes.

use credway_model::{CatalogueYear, Course, FieldPlace};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "course",
    columns: &[
        text("ce_ctid"),
        text("organization"),
        text("code"),
        text("title"),
        text("credits"),
        text("lecture_hours"),
        text("lab_hours"),
        text("contact_hours"),
        text("description"),
        text("prerequisites"),
        text("corequisites"),
        text("requisites"),
        text("offered"),
        text("catalogue_year"),
        text("source"),
        text("place"),
        text("field_places"),
        text("search"),
    ],
    keys: 1,
    unread: 1,
    page: 1_000,
};

pub(crate) fn values(course: &Course) -> Result<Values> {
    let [source, place] = value::origin(course.origin.as_ref())?;
    Ok(vec![
        value::text(course.ctid),
        value::text(course.organization),
        value::text(&course.code),
        value::text(&course.title),
        value::maybe_text(course.credits.as_ref()),
        value::maybe_text(course.lecture_hours.as_ref()),
        value::maybe_text(course.lab_hours.as_ref()),
        value::maybe_text(course.contact_hours.as_ref()),
        value::maybe_text(course.description.as_ref()),
        value::maybe_text(course.prerequisites.as_ref()),
        value::maybe_text(course.corequisites.as_ref()),
        value::maybe_text(course.requisites.as_ref()),
        value::json(&course.offered)?,
        value::maybe_text(course.catalogue_year.as_ref().map(|year| &year.0)),
        source,
        place,
        value::maybe_json(course.origin.as_ref().map(|origin| &origin.fields).filter(|fields| !fields.is_empty()))?,
        value::text(search(course)),
    ])
}

/// The words a search looks in: code, title and description in lower case. They are kept because the two databases
/// fold case differently beyond ASCII.
fn search(course: &Course) -> String {
    let description = course.description.as_ref().map_or("", |description| description.as_str());
    format!("{}\n{}\n{description}", course.code, course.title).to_lowercase()
}

/// A course whose outcomes are still to be read.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<Course> {
    let mut course = Course {
        ctid: row.parse()?,
        organization: row.parse()?,
        code: row.parse()?,
        title: row.take()?,
        credits: row.maybe_parse()?,
        lecture_hours: row.maybe_parse()?,
        lab_hours: row.maybe_parse()?,
        contact_hours: row.maybe_parse()?,
        description: row.maybe_take()?,
        prerequisites: row.maybe_take()?,
        corequisites: row.maybe_take()?,
        requisites: row.maybe_parse()?,
        offered: row.json()?,
        catalogue_year: row.maybe_take()?.map(CatalogueYear),
        outcomes: Vec::new(),
        origin: row.origin()?,
    };
    let fields: Option<Vec<FieldPlace>> = row.maybe_json()?;
    if let Some(origin) = &mut course.origin {
        origin.fields = fields.unwrap_or_default();
    }
    Ok(course)
}
