//! Courses with their outcomes and what they cover.

use std::collections::BTreeMap;

use credway_model::{Action, Course, Ctid, OfferedTerm, Standing, Text};
use credway_store::{CourseFilter, Within};
use serde::{Deserialize, Serialize};

use super::requisites::{RequisiteView, requisites_view};
use super::{organization_names, year_words};
use crate::access::Reach;
use crate::crosswalk_data::CrosswalkData;
use crate::explain::reads_as;
use crate::permission::About;
use crate::workbench::identifier;
use crate::{CourseName, Named, ObjectiveName, ShownValue, StandingWord, Workbench, WorkflowError};

/// A course in one line.
#[derive(Clone, Debug, Serialize)]
pub struct CourseHead {
    /// Identifier, code, title.
    pub course: CourseName,
    /// Credits.
    pub credits: Option<String>,
    /// Catalogue year.
    pub catalogue_year: Option<String>,
    /// The part of the program it belongs to.
    pub group: Option<String>,
    /// Number of outcomes and topics.
    pub outcomes: usize,
    /// Number of those with an assessment.
    pub assessed: usize,
}

/// What an outcome covers in one exam.
#[derive(Clone, Debug, Serialize)]
pub struct CoveredLine {
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// The blueprint.
    pub blueprint: String,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// What stands.
    pub standing: StandingWord,
}

/// An outcome with what it covers.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeRow {
    /// Identifier.
    pub id: Ctid,
    /// Code.
    pub code: Option<String>,
    /// `outcome` or `topic`.
    pub kind: String,
    /// The statement.
    pub statement: String,
    /// How the engine reads it: the depth its verbs show and how much it asks for; absent where it shows neither.
    pub reads_as: Option<String>,
    /// Topics above it.
    pub topics: Vec<String>,
    /// Level.
    pub level: Option<String>,
    /// Assessment.
    pub assessed_by: Option<String>,
    /// Where it stands in its source.
    pub place: String,
    /// What it covers.
    pub covers: Vec<CoveredLine>,
}

/// A course with its outcomes and what they cover.
#[derive(Clone, Debug, Serialize)]
pub struct CoursePage {
    /// Identifier, code, title.
    pub course: CourseName,
    /// Name of the organization.
    pub organization: Option<String>,
    /// Its values, each with the field it was read from.
    pub values: Vec<ShownValue>,
    /// What it requires, as far as it was understood; absent when the source says nothing.
    pub requisites: Option<RequisiteView>,
    /// Outcomes and topics.
    pub outcomes: Vec<OutcomeRow>,
    /// The source it was read from: identifier, file name, place.
    pub source: Option<(String, String, String)>,
    /// Programs and collections that hold it.
    pub programs: Vec<Named>,
}

/// Which courses are wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CoursesQuery {
    /// Only those whose code or title holds this.
    pub search: String,
    /// First line, from 0.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

impl CoursesQuery {
    /// The most words of a search that are looked for.
    pub const MOST_WORDS: usize = 20;
    /// The most characters of a search that are looked at.
    pub const MOST_CHARACTERS: usize = 200;

    /// The part of the search that is looked for: every word costs the database a look at every course.
    #[must_use]
    pub fn search_taken(&self) -> String {
        let beginning: String = self.search.trim().chars().take(Self::MOST_CHARACTERS).collect();
        beginning.split_whitespace().take(Self::MOST_WORDS).collect::<Vec<_>>().join(" ")
    }

    /// Whether the search is longer than what is looked for.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.search_taken() != self.search.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Workbench {
    /// Courses, a page at a time, and how many match. A search may be cut: see [`CoursesQuery::search_taken`].
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read them nowhere.
    pub async fn courses(&self, query: &CoursesQuery) -> Result<(Vec<CourseHead>, u64), WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCatalogue).await?;
        let search = query.search_taken();
        let within = within(&self.reach(&work, Action::ReadCatalogue).await?);
        let filter = CourseFilter {
            search: (!search.is_empty()).then_some(search),
            limit: Some(query.limit.clamp(1, 500)),
            offset: Some(query.offset),
            within,
            ..CourseFilter::default()
        };
        let courses = work.courses(&filter).await?;
        let matching = work.count_courses(&filter).await?;
        Ok((courses.iter().map(course_head).collect(), matching))
    }

    /// One course.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn course(&self, id: &str) -> Result<CoursePage, WorkflowError> {
        let work = self.store.read().await?;
        let ctid = identifier("course", id)?;
        self.allow(&work, Action::ReadCatalogue, About::Course(&ctid)).await?;
        let (reach, crosswalks) =
            (self.reach(&work, Action::ReadCatalogue).await?, self.reach(&work, Action::ReadCrosswalk).await?);
        let course = work.course(&ctid).await?.ok_or_else(|| WorkflowError::NotFound {
            what: "course",
            given: id.to_owned(),
            hint: "see the list of courses".to_owned(),
        })?;
        let names = organization_names(&work).await?;
        let mut covers: BTreeMap<Ctid, Vec<CoveredLine>> = BTreeMap::new();
        let mut programs = Vec::new();
        for program in work.programs().await? {
            let seen = reach.holds(program.organization, Some(program.ctid));
            if !seen || !program.courses.iter().any(|entry| entry.course == ctid) {
                continue;
            }
            programs.push(Named { id: program.ctid, name: program.title.to_string() });
            if !crosswalks.holds(program.organization, Some(program.ctid)) {
                continue;
            }
            for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| crosswalk.program == program.ctid) {
                collect_covers(&self.crosswalk_data(&work, &crosswalk.ctid).await?, &mut covers);
            }
        }
        let source = match &course.origin {
            Some(origin) => work.source(&origin.source).await?.map(|source| (source, origin.place.to_string())),
            None => None,
        };
        let field = |name: &str| {
            let fields = &source.as_ref()?.0.fields;
            fields.iter().find(|(field, _)| field == name).map(|(_, column)| column.clone())
        };
        Ok(CoursePage {
            course: CourseName::of(&course),
            organization: names.get(&course.organization).cloned(),
            values: course_values(&course, field),
            requisites: requisites_view(&work, &course).await?,
            outcomes: outcome_rows(&course, &mut covers),
            source: source.map(|(source, place)| (source.id.to_string(), source.name.to_string(), place)),
            programs,
        })
    }
}

pub(super) fn course_head(course: &Course) -> CourseHead {
    CourseHead {
        course: CourseName::of(course),
        credits: course.credits.map(|credits| credits.to_string()),
        catalogue_year: course.catalogue_year.as_ref().map(year_words),
        group: None,
        outcomes: course.outcomes.len(),
        assessed: course.outcomes.iter().filter(|outcome| outcome.assessed_by.is_some()).count(),
    }
}

fn course_values(course: &Course, field: impl Fn(&str) -> Option<String>) -> Vec<ShownValue> {
    let offered = course.offered.iter().map(OfferedTerm::word).collect::<Vec<_>>().join(", ");
    let values = [
        ("Credits", "credits", course.credits.map(|credits| credits.to_string())),
        ("Lecture hours a week", "lecture_hours", course.lecture_hours.map(|hours| hours.to_string())),
        ("Lab hours a week", "lab_hours", course.lab_hours.map(|hours| hours.to_string())),
        ("Contact hours a term", "contact_hours", course.contact_hours.map(|hours| hours.to_string())),
        ("Prerequisites", "prerequisites", course.prerequisites.as_ref().map(Text::to_string)),
        ("Corequisites", "corequisites", course.corequisites.as_ref().map(Text::to_string)),
        ("Offered", "terms_offered", (!offered.is_empty()).then_some(offered)),
        ("Catalogue year", "catalogue_year", course.catalogue_year.as_ref().map(year_words)),
        ("Description", "description", course.description.as_ref().map(Text::to_string)),
    ];
    let place = |name: &str| course.origin.as_ref()?.field(name).map(ToString::to_string);
    values
        .into_iter()
        .map(|(label, name, value)| ShownValue {
            label: label.to_owned(),
            value,
            field: field(name),
            place: place(name),
        })
        .collect()
}

fn outcome_rows(course: &Course, covers: &mut BTreeMap<Ctid, Vec<CoveredLine>>) -> Vec<OutcomeRow> {
    course
        .outcomes
        .iter()
        .map(|outcome| OutcomeRow {
            id: outcome.ctid,
            code: outcome.code.as_ref().map(Text::to_string),
            kind: outcome.kind.word().to_owned(),
            statement: outcome.statement.to_string(),
            reads_as: reads_as(outcome.statement.as_str()),
            topics: outcome.path.iter().map(Text::to_string).collect(),
            level: outcome.level.map(|level| level.word().to_owned()),
            assessed_by: outcome.assessed_by.as_ref().map(Text::to_string),
            place: outcome.place.to_string(),
            covers: covers.remove(&outcome.ctid).unwrap_or_default(),
        })
        .collect()
}

/// Where courses may be read, as the store takes it; everywhere where nothing restricts it.
pub(crate) fn within(reach: &Reach) -> Option<Within> {
    match reach {
        Reach::All => None,
        Reach::Only { institutions, programs } => {
            let programs = programs.iter().map(|(_, program)| *program).collect();
            Some(Within { organizations: institutions.clone(), programs })
        }
    }
}

fn collect_covers(data: &CrosswalkData, covers: &mut BTreeMap<Ctid, Vec<CoveredLine>>) {
    let items = data.blueprint.items();
    let objectives: BTreeMap<Ctid, ObjectiveName> =
        items.iter().map(|item| (item.ctid, ObjectiveName::of(item, &data.blueprint))).collect();
    for ((statement, target), standing) in &data.standings {
        let (Some(objective), true) = (objectives.get(target), *standing != Standing::Open) else { continue };
        covers.entry(*statement).or_default().push(CoveredLine {
            crosswalk: data.crosswalk.ctid,
            blueprint: data.blueprint.name(),
            objective: objective.clone(),
            standing: StandingWord::of(*standing),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_search_is_cut_and_says_so() {
        for (given, taken, cut) in [
            (" firewall   rules ".to_owned(), "firewall rules".to_owned(), false),
            ("a ".repeat(1_200), "a ".repeat(20).trim().to_owned(), true),
            ("é".repeat(51_000), "é".repeat(200), true),
            (format!("{} ", "é".repeat(200)), "é".repeat(200), false),
        ] {
            let query = CoursesQuery { search: given, offset: 0, limit: 1 };
            assert_eq!((query.search_taken(), query.is_cut()), (taken, cut));
        }
    }
}
