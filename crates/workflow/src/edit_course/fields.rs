//! A course as the fields of a form, and back: every value in its one form, so that what is written differently and
//! means the same is no change.

use credway_import::read_requisite;
use credway_model::{
    Course, Credits, Ctid, FieldPlace, Hours, OfferedTerm, Outcome, OutcomeKind, OutcomeLevel, Place, Requisite, Text,
};
use uuid::Uuid;

use super::merge::Fields;

/// How many outcomes can be added at once.
pub(crate) const MOST_NEW: usize = 3;

/// The fields of a course itself: name in the form, name in sources, label.
pub(crate) const OWN: [(&str, &str, &str); 8] = [
    ("title", "title", "Title"),
    ("credits", "credits", "Credits"),
    ("lecture_hours", "lecture_hours", "Lecture hours a week"),
    ("lab_hours", "lab_hours", "Lab hours a week"),
    ("contact_hours", "contact_hours", "Contact hours a term"),
    ("offered", "terms_offered", "Offered"),
    ("prerequisites", "prerequisites", "Prerequisites"),
    ("description", "description", "Description"),
];

/// The fields of an outcome: name, label.
pub(crate) const OF_OUTCOME: [(&str, &str); 3] =
    [("statement", "Statement"), ("level", "Level"), ("assessed_by", "Assessed by")];

/// The course as fields.
pub(crate) fn flatten(course: &Course) -> Fields {
    let text = |text: Option<&Text>| text.map(Text::to_string).unwrap_or_default();
    let hours = |hours: Option<Hours>| hours.map(|hours| hours.to_string()).unwrap_or_default();
    let mut fields = Fields::new();
    let mut put = |name: &str, value: String| fields.insert(name.to_owned(), value);
    put("title", course.title.to_string());
    put("credits", course.credits.map(|credits| credits.to_string()).unwrap_or_default());
    put("lecture_hours", hours(course.lecture_hours));
    put("lab_hours", hours(course.lab_hours));
    put("contact_hours", hours(course.contact_hours));
    put("offered", offered_words(&course.offered));
    put("prerequisites", text(course.prerequisites.as_ref()));
    put("description", text(course.description.as_ref()));
    for outcome in &course.outcomes {
        let group = format!("outcome.{}", outcome.ctid);
        put(&format!("{group}.statement"), outcome.statement.to_string());
        put(&format!("{group}.level"), outcome.level.map(|level| level.word().to_owned()).unwrap_or_default());
        put(&format!("{group}.assessed_by"), text(outcome.assessed_by.as_ref()));
    }
    fields
}

/// What a field is called on pages; nothing for a name that is no field.
pub(crate) fn label(name: &str, known: &[Outcome]) -> Option<String> {
    if let Some((_, _, label)) = OWN.iter().find(|(own, _, _)| *own == name) {
        return Some((*label).to_owned());
    }
    let (group, part) = name.rsplit_once('.')?;
    let (_, of_outcome) = OF_OUTCOME.iter().find(|(own, _)| *own == part)?;
    let (kind, id) = group.split_once('.')?;
    let of = match kind {
        "new" => {
            let number = id.parse::<usize>().ok().filter(|number| (1..=MOST_NEW).contains(number))?;
            format!("New outcome {number}")
        }
        "outcome" => {
            let at = known.iter().position(|outcome| outcome.ctid.to_string() == id)?;
            let outcome = &known[at];
            let number = outcome.code.as_ref().map_or_else(|| (at + 1).to_string(), Text::to_string);
            format!("{} {number}", if outcome.kind == OutcomeKind::Topic { "Topic" } else { "Outcome" })
        }
        _ => return None,
    };
    Some(format!("{of}: {}", of_outcome.to_lowercase()))
}

/// A value in its one form.
///
/// # Errors
/// What is wrong with it, as a sentence.
pub(crate) fn tidy(name: &str, given: &str) -> Result<String, String> {
    let part = name.rsplit_once('.').map_or(name, |(_, part)| part);
    if given.trim().is_empty() {
        return if name == "title" { Err("A course has a title.".to_owned()) } else { Ok(String::new()) };
    }
    match part {
        "credits" => given.trim().parse::<Credits>().map(|one| one.to_string()).map_err(|error| format!("{error}.")),
        "lecture_hours" | "lab_hours" | "contact_hours" => {
            given.trim().parse::<Hours>().map(|one| one.to_string()).map_err(|error| format!("{error}."))
        }
        "offered" => offered(given).map(|terms| offered_words(&terms)),
        "level" => OutcomeLevel::read(given)
            .map(|level| level.word().to_owned())
            .ok_or_else(|| format!("“{given}” is no level: introduced, reinforced or mastered.")),
        _ => Text::new(given).map(|text| text.to_string()).map_err(|error| format!("{error}.")),
    }
}

/// The course with these fields, all of which are in their one form; `known` are outcomes it has or had, so that one
/// that was taken away can be put back. What differs from before stands in no source any more.
pub(crate) fn apply(course: &Course, fields: &Fields, known: &[Outcome]) -> Course {
    let mut after = course.clone();
    let value = |name: &str| fields.get(name).map_or("", String::as_str);
    let text = |name: &str| Text::new(value(name)).ok();
    if let Some(title) = text("title") {
        after.title = title;
    }
    after.credits = value("credits").parse().ok();
    after.lecture_hours = value("lecture_hours").parse().ok();
    after.lab_hours = value("lab_hours").parse().ok();
    after.contact_hours = value("contact_hours").parse().ok();
    after.offered = offered(value("offered")).unwrap_or_default();
    after.description = text("description");
    after.prerequisites = text("prerequisites");
    if after.prerequisites != course.prerequisites {
        after.requisites = requisites(&after);
    }
    after.outcomes = outcomes(course, fields, known);
    mark_by_hand(course, &mut after);
    after
}

fn outcomes(course: &Course, fields: &Fields, known: &[Outcome]) -> Vec<Outcome> {
    let here: Vec<Ctid> = course.outcomes.iter().map(|outcome| outcome.ctid).collect();
    let put_back = known.iter().filter(|outcome| !here.contains(&outcome.ctid));
    let mut after: Vec<Outcome> =
        course.outcomes.iter().chain(put_back).filter_map(|outcome| outcome_of(outcome, fields)).collect();
    for number in 1..=MOST_NEW {
        let group = format!("new.{number}");
        let part = |part: &str| fields.get(&format!("{group}.{part}")).map_or("", String::as_str);
        let Ok(statement) = Text::new(part("statement")) else { continue };
        // The same words twice are the same form sent twice.
        if after.iter().any(|outcome| outcome.statement == statement) {
            continue;
        }
        after.push(Outcome {
            ctid: Ctid::from_uuid(Uuid::new_v4()),
            code: None,
            kind: OutcomeKind::Outcome,
            statement,
            path: Vec::new(),
            level: OutcomeLevel::read(part("level")),
            assessed_by: Text::new(part("assessed_by")).ok(),
            place: Place::ByHand,
        });
    }
    after
}

fn outcome_of(outcome: &Outcome, fields: &Fields) -> Option<Outcome> {
    let part = |part: &str| fields.get(&format!("outcome.{}.{part}", outcome.ctid)).map_or("", String::as_str);
    let mut after = outcome.clone();
    after.statement = Text::new(part("statement")).ok()?;
    after.level = OutcomeLevel::read(part("level"));
    after.assessed_by = Text::new(part("assessed_by")).ok();
    if after != *outcome {
        after.place = Place::ByHand;
    }
    Some(after)
}

/// Says of every field that differs that it was written by hand.
fn mark_by_hand(before: &Course, after: &mut Course) {
    let (one, two) = (flatten(before), flatten(after));
    let Some(origin) = &mut after.origin else { return };
    for (name, source, _) in OWN {
        if one.get(name) != two.get(name) {
            origin.fields.retain(|place| place.field != source);
            origin.fields.push(FieldPlace { field: source.to_owned(), place: Place::ByHand });
        }
    }
}

/// What the words of a course require, as far as they are understood.
fn requisites(course: &Course) -> Option<Requisite> {
    let words = [(course.prerequisites.as_ref(), false), (course.corequisites.as_ref(), true)];
    let read = |(words, corequisite): (Option<&Text>, bool)| read_requisite(words?.as_str(), corequisite).tree;
    let mut parts: Vec<Requisite> = words.into_iter().filter_map(read).collect();
    let said_none = parts.contains(&Requisite::None);
    parts.retain(|part| *part != Requisite::None);
    Requisite::all(parts).ok().or(said_none.then_some(Requisite::None))
}

fn offered_words(terms: &[OfferedTerm]) -> String {
    terms.iter().map(OfferedTerm::word).collect::<Vec<_>>().join(", ")
}

fn offered(given: &str) -> Result<Vec<OfferedTerm>, String> {
    let parts = given.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| match part.to_lowercase().as_str() {
            "fall" => Ok(OfferedTerm::Fall),
            "spring" => Ok(OfferedTerm::Spring),
            "summer" => Ok(OfferedTerm::Summer),
            _ => Text::new(part).map(OfferedTerm::Other).map_err(|error| format!("{error}.")),
        })
        .collect()
}
