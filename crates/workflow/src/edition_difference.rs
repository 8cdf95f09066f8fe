//! Two editions of a catalogue side by side: which courses are new, gone, changed, or bear another code.
//!
//! Editions of different years hold the same courses under different identifiers, so courses are matched by their codes.

use std::collections::{BTreeMap, BTreeSet};

use credway_import::{Context, Kind, NoProgress, Records, SourceFile, read};
use credway_model::{Course, Ctid, Finding, SourceId};
use credway_store::{CourseFilter, Work};
use serde::Serialize;
use serde_json::Value;

use crate::WorkflowError;
use crate::field_difference::{FieldDifference, compare};

/// What became of a course from one edition to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EditionChange {
    /// Only the earlier edition has it.
    Gone,
    /// It has another code; title and description are the same.
    Renumbered,
    /// It differs in some field.
    Changed,
    /// Only the later edition has it.
    New,
}

impl EditionChange {
    /// Every one, in the order of the lines.
    pub const ALL: [Self; 4] = [Self::Gone, Self::Renumbered, Self::Changed, Self::New];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Renumbered => "renumbered",
            Self::Changed => "changed",
            Self::New => "new",
        }
    }
}

/// A course of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditionCourse {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
}

/// One course that is not the same in both editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditionLine {
    /// What became of it.
    pub kind: EditionChange,
    /// In the earlier edition.
    pub before: Option<EditionCourse>,
    /// In the later edition.
    pub after: Option<EditionCourse>,
    /// What differs.
    pub differences: Vec<FieldDifference>,
}

/// Two editions of a catalogue side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditionDifference {
    /// Name of the earlier edition's file.
    pub earlier: String,
    /// Name of the later edition's file.
    pub later: String,
    /// How many courses are the same in both.
    pub same: usize,
    /// The others: gone, renumbered, changed, new; each by code.
    pub items: Vec<EditionLine>,
}

impl EditionDifference {
    /// How many courses became this.
    #[must_use]
    pub fn count(&self, kind: EditionChange) -> usize {
        self.items.iter().filter(|line| line.kind == kind).count()
    }

    /// Whether it says more than that so many records are revised: an edition of another year holds other records.
    #[must_use]
    pub fn says_more_than(&self, revised: usize) -> bool {
        let (changed, new) = (self.count(EditionChange::Changed), self.count(EditionChange::New));
        changed + new < self.items.len() || changed > revised
    }
}

/// Reads two editions of a catalogue and says what differs, with the findings of both readings.
///
/// # Errors
/// [`WorkflowError::Refused`] where one of them has no course, with its most serious finding.
pub fn compare_editions(
    earlier: SourceFile,
    later: SourceFile,
) -> Result<(EditionDifference, Vec<Finding>), WorkflowError> {
    let names = (earlier.name.clone(), later.name.clone());
    let (before, mut findings) = courses_of(earlier)?;
    let (after, others) = courses_of(later)?;
    findings.extend(others);
    Ok((between((names.0, &before), (names.1, &after))?, findings))
}

/// The courses of a file, whoever owns them.
fn courses_of(file: SourceFile) -> Result<(Vec<Course>, Vec<Finding>), WorkflowError> {
    let nobody = Ctid::from_uuid(uuid::Uuid::nil());
    let name = file.name.clone();
    let reading = read(Kind::Courses, file, &Context::new(nobody, nobody), None, &NoProgress);
    if reading.records.courses.is_empty() {
        let first = reading.findings.iter().max_by_key(|finding| finding.severity);
        return Err(WorkflowError::Refused {
            message: first.map_or_else(|| format!("{name} has no course"), |finding| finding.message.clone()),
            hint: first.map_or_else(String::new, |finding| finding.hint.clone()),
        });
    }
    Ok((reading.records.courses, reading.findings))
}

/// Courses of an earlier edition that are here, with its file.
pub(crate) struct Earlier {
    file: String,
    courses: Vec<Course>,
}

impl Earlier {
    /// The edition that the records of a file follow: the imported file most of whose courses they have, at least half
    /// of them. None where there is no such file.
    pub(crate) async fn find(work: &Work, source: &SourceId, records: &Records) -> Result<Option<Self>, WorkflowError> {
        if records.courses.is_empty() || work.course_count().await? == 0 {
            return Ok(None);
        }
        let now: BTreeSet<_> = records.courses.iter().map(|course| (course.organization, &course.code)).collect();
        let mut by_source: BTreeMap<SourceId, Vec<Course>> = BTreeMap::new();
        for course in work.courses(&CourseFilter::default()).await? {
            let from = course.origin.as_ref().map(|origin| origin.source.clone());
            if let Some(from) = from.filter(|from| from != source) {
                by_source.entry(from).or_default().push(course);
            }
        }
        let shared = |courses: &[Course]| {
            courses.iter().filter(|course| now.contains(&(course.organization, &course.code))).count()
        };
        let year = |courses: &[Course]| courses.iter().filter_map(|course| course.catalogue_year.clone()).max();
        let best = by_source
            .into_iter()
            .filter(|(_, courses)| shared(courses) * 2 >= courses.len())
            .max_by_key(|(_, courses)| (shared(courses), year(courses)));
        let Some((from, courses)) = best else { return Ok(None) };
        let file = work.source(&from).await?.map(|source| source.name.to_string()).unwrap_or_default();
        Ok(Some(Self { file, courses }))
    }

    /// What the file makes of it.
    pub(crate) fn against(&self, file: &str, records: &Records) -> Result<EditionDifference, WorkflowError> {
        between((self.file.clone(), &self.courses), (file.to_owned(), &records.courses))
    }
}

fn between(
    (earlier, before): (String, &[Course]),
    (later, after): (String, &[Course]),
) -> Result<EditionDifference, WorkflowError> {
    let says_outcomes = after.iter().any(|course| !course.outcomes.is_empty());
    let mut difference = EditionDifference { earlier, later, same: 0, items: Vec::new() };
    let mut left: BTreeMap<&str, Vec<&Course>> = BTreeMap::new();
    for course in before {
        left.entry(course.code.as_str()).or_default().push(course);
    }
    let mut added = Vec::new();
    for course in after {
        let of_code = left.get_mut(course.code.as_str()).filter(|courses| !courses.is_empty());
        let Some(of_code) = of_code else {
            added.push(course);
            continue;
        };
        let same_title = of_code.iter().position(|other| other.title == course.title).unwrap_or(0);
        let other = of_code.remove(same_title);
        let differences = fields_that_differ(other, course, says_outcomes)?;
        if differences.is_empty() {
            difference.same += 1;
        } else {
            difference.items.push(line(EditionChange::Changed, Some(other), Some(course), differences));
        }
    }
    let mut gone: Vec<&Course> = left.into_values().flatten().collect();
    for course in added {
        let same = |other: &&Course| {
            let said = other.description.is_some() && other.description == course.description;
            said && other.title == course.title
        };
        let Some(at) = gone.iter().position(same) else {
            difference.items.push(line(EditionChange::New, None, Some(course), Vec::new()));
            continue;
        };
        let other = gone.remove(at);
        let differences = fields_that_differ(other, course, says_outcomes)?;
        difference.items.push(line(EditionChange::Renumbered, Some(other), Some(course), differences));
    }
    difference.items.extend(gone.into_iter().map(|course| line(EditionChange::Gone, Some(course), None, Vec::new())));
    let code = |line: &EditionLine| line.before.as_ref().or(line.after.as_ref()).map(|course| course.code.clone());
    difference.items.sort_by_cached_key(|line| (line.kind, code(line)));
    Ok(difference)
}

fn line(
    kind: EditionChange,
    before: Option<&Course>,
    after: Option<&Course>,
    differences: Vec<FieldDifference>,
) -> EditionLine {
    let named = |course: &Course| EditionCourse { code: course.code.to_string(), title: course.title.to_string() };
    EditionLine { kind, before: before.map(named), after: after.map(named), differences }
}

/// What is not compared: identity, the edition itself, and the tree that is read from the words of the requisites.
const ASIDE: [&str; 5] = ["ctid", "organization", "catalogue_year", "origin", "requisites"];

/// The fields in which a course differs. Of outcomes their words are compared; where the later edition names none at
/// all, they come from elsewhere (syllabi) and are not compared.
fn fields_that_differ(
    before: &Course,
    after: &Course,
    says_outcomes: bool,
) -> Result<Vec<FieldDifference>, WorkflowError> {
    let plain = |course: &Course| -> Result<Value, WorkflowError> {
        let mut value = serde_json::to_value(course)?;
        if let Some(members) = value.as_object_mut() {
            ASIDE.iter().for_each(|name| drop(members.remove(*name)));
            members.remove("outcomes");
        }
        Ok(value)
    };
    let mut found = Vec::new();
    compare("", &plain(before)?, &plain(after)?, &mut found);
    if says_outcomes {
        let words = |course: &Course| -> BTreeSet<String> {
            course.outcomes.iter().map(|outcome| outcome.statement.to_string()).collect()
        };
        let (one, two) = (words(before), words(after));
        let outcome = |before: Option<&String>, after: Option<&String>| FieldDifference {
            field: "outcomes".to_owned(),
            before: before.cloned(),
            after: after.cloned(),
        };
        found.extend(one.difference(&two).map(|gone| outcome(Some(gone), None)));
        found.extend(two.difference(&one).map(|new| outcome(None, Some(new))));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn courses(rows: &str) -> Vec<Course> {
        let text = format!("code,title,credits,description,catalogue_year\n{rows}");
        courses_of(SourceFile::new("c.csv", text)).unwrap().0
    }

    #[test]
    fn editions_are_matched_by_code_whatever_their_year() {
        let before = courses(
            "A 1,One,3,First,2025-26\nA 2,Two,3,Second,2025-26\nA 3,Three,3,Third,2025-26\nA 4,Four,3,,2025-26\n",
        );
        let after = courses(
            "A 1,One,3,First,2026-27\nA 2,Two,4,Second,2026-27\nA 30,Three,3,Third,2026-27\nA 5,Five,3,,2026-27\n",
        );
        let difference = between(("old".to_owned(), &before), ("new".to_owned(), &after)).unwrap();
        assert_eq!(difference.same, 1);
        let code = |course: &'_ Option<EditionCourse>| course.as_ref().map(|course| course.code.clone());
        let shown: Vec<_> =
            difference.items.iter().map(|line| (line.kind, code(&line.before), code(&line.after))).collect();
        let some = |code: &str| Some(code.to_owned());
        assert_eq!(
            shown,
            [
                (EditionChange::Gone, some("A 4"), None),
                (EditionChange::Renumbered, some("A 3"), some("A 30")),
                (EditionChange::Changed, some("A 2"), some("A 2")),
                (EditionChange::New, None, some("A 5")),
            ]
        );
        assert_eq!(difference.items[2].differences[0].field, "credits");
        assert_eq!(difference.count(EditionChange::Gone), 1);
    }

    #[test]
    fn a_code_that_stands_twice_is_matched_by_title() {
        let before = courses("A 1,Topics: Logs,3,,\nA 1,Topics: Ports,3,,\n");
        let after = courses("A 1,Topics: Ports,3,,\nA 1,Topics: Logs,3,,\n");
        let difference = between((String::new(), &before), (String::new(), &after)).unwrap();
        assert_eq!((difference.same, difference.items.len()), (2, 0));
    }

    #[test]
    fn a_file_without_courses_is_named() {
        assert!(courses_of(SourceFile::new("c.csv", "x\n1\n")).is_err());
    }
}
