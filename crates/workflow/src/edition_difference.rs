//! Two editions of a catalogue side by side: which courses are new, gone, changed, or bear another code.
//!
//! Editions of different years hold the same courses under different identifiers, so courses are matched by their codes.

use std::collections::{BTreeMap, BTreeSet};

use credway_import::{Context, Kind, NoProgress, Records, SourceFile, read};
use credway_model::{Course, Ctid, Finding, SourceId};
use credway_store::{CourseFilter, Work};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::WorkflowError;
use crate::field_difference::{FieldDifference, compare};

/// What became of a course from one edition to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionCourse {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
}

/// One course that is not the same in both editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionDifference {
    /// Name of the earlier edition's file.
    pub earlier: String,
    /// Name of the later edition's file.
    pub later: String,
    /// How many courses are the same in both.
    pub same: usize,
    /// How many courses that are in both are other records here, since they are of another year.
    #[serde(skip)]
    pub renewed: usize,
    /// The others: gone, renumbered, changed, new; each by code.
    pub items: Vec<EditionLine>,
}

impl EditionDifference {
    /// How many courses became this.
    #[must_use]
    pub fn count(&self, kind: EditionChange) -> usize {
        self.items.iter().filter(|line| line.kind == kind).count()
    }

    /// Whether it says more than which records are new and which are revised.
    #[must_use]
    pub fn says_more(&self) -> bool {
        self.renewed > 0 || self.count(EditionChange::Gone) + self.count(EditionChange::Renumbered) > 0
    }
}

impl EditionLine {
    /// The code it had before, of a renumbered course.
    #[must_use]
    pub fn code_before(&self) -> Option<&str> {
        let renumbered = self.kind == EditionChange::Renumbered;
        self.before.as_ref().filter(|_| renumbered).map(|course| course.code.as_str())
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
        let worst = reading.findings.iter().max_by_key(|finding| finding.severity);
        let why = worst.map_or("it has no course", |finding| finding.message.trim_end_matches('.'));
        return Err(WorkflowError::Refused {
            message: format!("{name} cannot be compared: {why}"),
            hint: format!("see what is read of it with `credway import courses {name} --preview`"),
        });
    }
    Ok((reading.records.courses, reading.findings))
}

/// Courses of an earlier edition that are here, with its files.
pub(crate) struct Earlier {
    file: String,
    courses: Vec<Course>,
}

/// How many files of an earlier edition are named.
const MOST_NAMED: usize = 3;

impl Earlier {
    /// The edition that the records of a file follow: the imported files of the latest year up to theirs, at least half
    /// of whose courses they have. None where there is no such file.
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
        let year = |courses: &[Course]| courses.iter().filter_map(|course| course.catalogue_year.clone()).max();
        let follows = |courses: &[Course]| {
            let shared = courses.iter().filter(|course| now.contains(&(course.organization, &course.code))).count();
            let later = year(&records.courses).is_some_and(|own| year(courses) > Some(own));
            shared * 2 >= courses.len() && !later
        };
        by_source.retain(|_, courses| follows(courses));
        let latest = by_source.values().map(|courses| year(courses)).max();
        by_source.retain(|_, courses| latest.as_ref() == Some(&year(courses)));
        if by_source.is_empty() {
            return Ok(None);
        }
        let mut names = Vec::new();
        for from in by_source.keys().take(MOST_NAMED) {
            names.extend(work.source(from).await?.map(|source| source.name.to_string()));
        }
        if by_source.len() > MOST_NAMED {
            names.push("…".to_owned());
        }
        Ok(Some(Self { file: names.join(", "), courses: by_source.into_values().flatten().collect() }))
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
    let mut difference = EditionDifference { earlier, later, same: 0, renewed: 0, items: Vec::new() };
    let pairs = matched(before, after);
    let before_pairs: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let mut gone: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, course) in before.iter().enumerate().filter(|(at, _)| !before_pairs.contains(at)) {
        gone.entry(words(course)).or_default().push(at);
    }
    for (course, pair) in after.iter().zip(&pairs) {
        // A course whose title and description go on under another code is the same one.
        let described = course.description.is_some();
        let goes_on = || gone.get_mut(&words(course)).filter(|_| described).and_then(Vec::pop);
        let kind = if pair.is_some() { EditionChange::Changed } else { EditionChange::Renumbered };
        let Some(at) = pair.or_else(goes_on) else {
            difference.items.push(line(EditionChange::New, None, Some(course), Vec::new()));
            continue;
        };
        let other = &before[at];
        difference.renewed += usize::from(other.ctid != course.ctid);
        let differences = fields_that_differ(other, course)?;
        if differences.is_empty() {
            difference.same += 1;
        } else {
            difference.items.push(line(kind, Some(other), Some(course), differences));
        }
    }
    let gone = gone.into_values().flatten();
    difference.items.extend(gone.map(|at| line(EditionChange::Gone, Some(&before[at]), None, Vec::new())));
    let code = |line: &EditionLine| line.before.as_ref().or(line.after.as_ref()).map(|course| course.code.clone());
    difference.items.sort_by_cached_key(|line| (line.kind, code(line)));
    Ok(difference)
}

/// For each course of the later edition the number of the same one in the earlier: of its code (and owner, where both
/// editions have several), first of its title too, then in the order of the files.
fn matched(before: &[Course], after: &[Course]) -> Vec<Option<usize>> {
    let owners = |courses: &[Course]| courses.iter().map(|course| course.organization).collect::<BTreeSet<_>>().len();
    let several = owners(before) > 1 && owners(after) > 1;
    let key = |course: &Course| (several.then_some(course.organization), course.code.clone());
    let mut left: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, course) in before.iter().enumerate() {
        left.entry(key(course)).or_default().push(at);
    }
    let mut found = vec![None; after.len()];
    for by_title in [true, false] {
        for (course, found) in after.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let Some(same) = left.get_mut(&key(course)) else { continue };
            let at = same.iter().position(|at| !by_title || before[*at].title == course.title);
            *found = at.map(|at| same.remove(at));
        }
    }
    found
}

/// Title and description.
fn words(course: &Course) -> (&str, &str) {
    (course.title.as_str(), course.description.as_ref().map_or("", |text| text.as_str()))
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

/// The fields in which a course differs. Of outcomes their words are compared; where the later edition names none of the
/// course, they come from elsewhere (syllabi) and are not compared.
fn fields_that_differ(before: &Course, after: &Course) -> Result<Vec<FieldDifference>, WorkflowError> {
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
    if !after.outcomes.is_empty() {
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
mod tests;
