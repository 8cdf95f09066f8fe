//! Programs, courses, blueprints and credentials as pages show them.

use std::collections::BTreeMap;

use credway_model::{
    Blueprint, CatalogueYear, Course, CredentialType, Ctid, Finding, Objective, OfferedTerm, ProgramKind, Standing, Text,
};
use credway_store::{CourseFilter, ProposalFilter, Work};
use serde::{Deserialize, Serialize};

use crate::crosswalk_data::{CrosswalkData, program_courses};
use crate::workbench::identifier;
use crate::{CourseName, CrosswalkHead, Named, ObjectiveName, ShownValue, StandingWord, Workbench, WorkflowError};

/// A program or collection in one line.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramHead {
    /// Identifier.
    pub id: Ctid,
    /// Title.
    pub title: String,
    /// `program` or `collection`.
    pub kind: String,
    /// Award.
    pub award: Option<String>,
    /// Name of the organization.
    pub organization: Option<String>,
    /// Catalogue year.
    pub catalogue_year: Option<String>,
    /// Number of courses.
    pub courses: usize,
}

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

/// A program with its courses and crosswalks.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramPage {
    /// Head.
    pub head: ProgramHead,
    /// CIP code.
    pub cip: Option<String>,
    /// SOC codes of target occupations.
    pub soc: Vec<String>,
    /// Credits the award takes.
    pub total_credits: Option<String>,
    /// Sum of the credits of its courses; absent when a course has none.
    pub sum_of_credits: Option<f64>,
    /// Courses in order.
    pub courses: Vec<CourseHead>,
    /// Its crosswalks.
    pub crosswalks: Vec<CrosswalkHead>,
    /// Blueprints it is not aligned to yet.
    pub not_aligned: Vec<Named>,
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
    /// Outcomes and topics.
    pub outcomes: Vec<OutcomeRow>,
    /// The source it was read from: identifier, file name, place.
    pub source: Option<(String, String, String)>,
    /// Programs and collections that hold it.
    pub programs: Vec<Named>,
}

/// A blueprint in one line.
#[derive(Clone, Debug, Serialize)]
pub struct BlueprintHead {
    /// Identifier.
    pub id: Ctid,
    /// Title and version.
    pub name: String,
    /// First day examined.
    pub effective: Option<String>,
    /// Last day examined.
    pub retires: Option<String>,
    /// Number of domains.
    pub domains: usize,
    /// Number of objectives.
    pub objectives: usize,
}

/// An objective of the outline, with where it is covered.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveRow {
    /// The statement.
    pub objective: ObjectiveName,
    /// How deep it stands below its domain.
    pub nesting: usize,
    /// Where it stands in its source.
    pub place: String,
    /// Programs that cover it: name, full or partial.
    pub covered_by: Vec<(String, StandingWord)>,
}

/// A domain with its objectives.
#[derive(Clone, Debug, Serialize)]
pub struct DomainRow {
    /// Identifier.
    pub id: Ctid,
    /// Number.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Middle of the weight, per cent.
    pub weight: Option<f64>,
    /// Weight as published.
    pub weight_published: Option<String>,
    /// Objectives in order of the outline.
    pub objectives: Vec<ObjectiveRow>,
}

/// A blueprint with its outline.
#[derive(Clone, Debug, Serialize)]
pub struct BlueprintPage {
    /// Head.
    pub head: BlueprintHead,
    /// The weights, in a sentence.
    pub weights: String,
    /// The outline.
    pub domains: Vec<DomainRow>,
    /// Its crosswalks.
    pub crosswalks: Vec<CrosswalkHead>,
    /// Programs it is not aligned to yet.
    pub not_aligned: Vec<Named>,
    /// The source: identifier, file name.
    pub source: Option<(String, String)>,
    /// Other versions of the same title.
    pub versions: Vec<Named>,
}

/// A credential with its type check.
#[derive(Clone, Debug, Serialize)]
pub struct CredentialPage {
    /// Identifier.
    pub id: Ctid,
    /// Title.
    pub title: String,
    /// What it calls itself.
    pub kind: Option<String>,
    /// Its values.
    pub values: Vec<ShownValue>,
    /// Findings of the type check.
    pub findings: Vec<Finding>,
    /// Blueprints that examine it.
    pub blueprints: Vec<Named>,
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

impl Workbench {
    /// Programs and collections.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn programs(&self) -> Result<Vec<ProgramHead>, WorkflowError> {
        let work = self.store.read().await?;
        let names = organization_names(&work).await?;
        Ok(work.programs().await?.iter().map(|program| program_head(program, &names)).collect())
    }

    /// One program or collection.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn program(&self, id: &str) -> Result<ProgramPage, WorkflowError> {
        let work = self.store.read().await?;
        let program = crate::institution::find_program(&work, id).await?;
        let names = organization_names(&work).await?;
        let courses = program_courses(&work, &program).await?;
        let groups: BTreeMap<Ctid, Option<String>> = program
            .courses
            .iter()
            .map(|entry| (entry.course, entry.group.as_ref().map(Text::to_string)))
            .collect();
        let crosswalks = self.heads(&work, |crosswalk| crosswalk.program == program.ctid).await?;
        let credits: Vec<Option<f64>> = courses.iter().map(|course| course.credits.map(|credits| credits.value())).collect();
        let blueprints = work.blueprints().await?;
        Ok(ProgramPage {
            head: program_head(&program, &names),
            cip: program.cip.as_ref().map(Text::to_string),
            soc: program.soc.iter().map(Text::to_string).collect(),
            total_credits: program.total_credits.map(|credits| credits.to_string()),
            sum_of_credits: credits.iter().copied().collect::<Option<Vec<f64>>>().map(|credits| credits.iter().sum()),
            courses: courses
                .iter()
                .map(|course| CourseHead { group: groups.get(&course.ctid).cloned().flatten(), ..course_head(course) })
                .collect(),
            not_aligned: blueprints
                .iter()
                .filter(|head| crosswalks.iter().all(|crosswalk| crosswalk.blueprint.id != head.ctid))
                .map(|head| Named { id: head.ctid, name: head.name() })
                .collect(),
            crosswalks,
        })
    }

    /// Courses, a page at a time, and how many match.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn courses(&self, query: &CoursesQuery) -> Result<(Vec<CourseHead>, u64), WorkflowError> {
        let work = self.store.read().await?;
        let search = query.search.trim();
        let filter = CourseFilter {
            search: (!search.is_empty()).then(|| search.to_owned()),
            limit: Some(query.limit.clamp(1, 500)),
            offset: Some(query.offset),
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
        let course = work.course(&ctid).await?.ok_or_else(|| WorkflowError::NotFound {
            what: "course",
            given: id.to_owned(),
            hint: "see the list of courses".to_owned(),
        })?;
        let names = organization_names(&work).await?;
        let mut covers: BTreeMap<Ctid, Vec<CoveredLine>> = BTreeMap::new();
        let mut programs = Vec::new();
        for program in work.programs().await? {
            if !program.courses.iter().any(|entry| entry.course == ctid) {
                continue;
            }
            programs.push(Named { id: program.ctid, name: program.title.to_string() });
            for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| crosswalk.program == program.ctid) {
                collect_covers(&CrosswalkData::read(&work, &crosswalk.ctid).await?, &mut covers);
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
            outcomes: outcome_rows(&course, &mut covers),
            source: source.map(|(source, place)| (source.id.to_string(), source.name.to_string(), place)),
            programs,
        })
    }

    /// Blueprints.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn blueprints(&self) -> Result<Vec<BlueprintHead>, WorkflowError> {
        let work = self.store.read().await?;
        Ok(work
            .blueprints()
            .await?
            .iter()
            .map(|head| BlueprintHead {
                id: head.ctid,
                name: head.name(),
                effective: head.effective.map(|date| date.to_string()),
                retires: head.retires.map(|date| date.to_string()),
                domains: usize::try_from(head.domains).unwrap_or(usize::MAX),
                objectives: usize::try_from(head.objectives).unwrap_or(usize::MAX),
            })
            .collect())
    }

    /// One blueprint with its outline and where it is covered.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn blueprint(&self, id: &str) -> Result<BlueprintPage, WorkflowError> {
        let work = self.store.read().await?;
        let blueprint = crate::institution::find_blueprint(&work, id).await?;
        let crosswalks = self.heads(&work, |crosswalk| crosswalk.blueprint == blueprint.ctid).await?;
        let mut covered: BTreeMap<Ctid, Vec<(String, StandingWord)>> = BTreeMap::new();
        for head in &crosswalks {
            let data = CrosswalkData::read(&work, &head.id).await?;
            let mut best: BTreeMap<Ctid, Standing> = BTreeMap::new();
            for ((_, target), standing) in &data.standings {
                if let Standing::Accepted { strength, .. } = standing {
                    let better = !matches!(best.get(target), Some(Standing::Accepted { strength: held, .. }) if held >= strength);
                    if better {
                        best.insert(*target, *standing);
                    }
                }
            }
            for (target, standing) in best {
                covered.entry(target).or_default().push((head.program.name.clone(), StandingWord::of(standing)));
            }
        }
        let source = match &blueprint.origin {
            Some(origin) => work.source(&origin.source).await?.map(|source| (source.id.to_string(), source.name.to_string())),
            None => None,
        };
        let programs = work.programs().await?;
        let versions = work.blueprints().await?;
        Ok(BlueprintPage {
            head: BlueprintHead {
                id: blueprint.ctid,
                name: blueprint.name(),
                effective: blueprint.effective.map(|date| date.to_string()),
                retires: blueprint.retires.map(|date| date.to_string()),
                domains: blueprint.domains.len(),
                objectives: blueprint.items().iter().filter(|item| !item.path.is_empty()).count(),
            },
            weights: weights_sentence(&blueprint),
            domains: domain_rows(&blueprint, &mut covered),
            not_aligned: programs
                .iter()
                .filter(|program| crosswalks.iter().all(|crosswalk| crosswalk.program.id != program.ctid))
                .map(|program| Named { id: program.ctid, name: program.title.to_string() })
                .collect(),
            crosswalks,
            source,
            versions: versions
                .iter()
                .filter(|head| head.title == blueprint.title && head.ctid != blueprint.ctid)
                .map(|head| Named { id: head.ctid, name: head.name() })
                .collect(),
        })
    }

    /// Credentials, each with its type check.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn credentials(&self) -> Result<Vec<CredentialPage>, WorkflowError> {
        let work = self.store.read().await?;
        let blueprints = work.blueprints().await?;
        let pages = work.credentials().await?.into_iter().map(|credential| CredentialPage {
            id: credential.ctid,
            title: credential.title.to_string(),
            kind: credential.kind.map(CredentialType::word).map(str::to_owned),
            findings: credential.type_check(),
            blueprints: blueprints
                .iter()
                .filter(|head| head.title == credential.title)
                .map(|head| Named { id: head.ctid, name: head.name() })
                .collect(),
            values: credential_values(&credential),
        });
        Ok(pages.collect())
    }

    /// One credential.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn credential(&self, id: &str) -> Result<CredentialPage, WorkflowError> {
        let ctid = identifier("credential", id)?;
        self.credentials().await?.into_iter().find(|page| page.id == ctid).ok_or_else(|| WorkflowError::NotFound {
            what: "credential",
            given: id.to_owned(),
            hint: "see the list of credentials".to_owned(),
        })
    }

    async fn heads(
        &self,
        work: &Work,
        wanted: impl Fn(&credway_model::Crosswalk) -> bool,
    ) -> Result<Vec<CrosswalkHead>, WorkflowError> {
        let mut heads = Vec::new();
        for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| wanted(crosswalk)) {
            let data = CrosswalkData::read(work, &crosswalk.ctid).await?;
            let proposals = work.proposals(&crosswalk.ctid, &ProposalFilter::default()).await?;
            heads.push(self.crosswalk_head(&data, &proposals));
        }
        Ok(heads)
    }
}

async fn organization_names(work: &Work) -> Result<BTreeMap<Ctid, String>, WorkflowError> {
    let organizations = work.organizations().await?;
    Ok(organizations.into_iter().map(|organization| (organization.ctid, organization.name.to_string())).collect())
}

fn program_head(program: &credway_model::Program, names: &BTreeMap<Ctid, String>) -> ProgramHead {
    ProgramHead {
        id: program.ctid,
        title: program.title.to_string(),
        kind: match program.kind {
            ProgramKind::Program => "program".to_owned(),
            ProgramKind::Collection => "collection".to_owned(),
        },
        award: program.award.as_ref().map(Text::to_string),
        organization: names.get(&program.organization).cloned(),
        catalogue_year: program.catalogue_year.as_ref().map(year_words),
        courses: program.courses.len(),
    }
}

fn year_words(year: &CatalogueYear) -> String {
    year.0.to_string()
}

fn course_head(course: &Course) -> CourseHead {
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
    values
        .into_iter()
        .map(|(label, name, value)| ShownValue { label: label.to_owned(), value, field: field(name) })
        .collect()
}

fn credential_values(credential: &credway_model::Credential) -> Vec<ShownValue> {
    let words = |text: &Option<Text>| text.as_ref().map(Text::to_string);
    let cost = credential.exam_cost.as_ref().map(|cost| {
        let date = cost.citation.date.map_or_else(String::new, |date| format!(", {date}"));
        format!("${} ({}{date})", cost.value, cost.citation.source)
    });
    let awarded_for = credential.awarded_for.map(|awarded| match awarded {
        credway_model::AwardedFor::Assessment => "passing an assessment".to_owned(),
        credway_model::AwardedFor::Completion => "completing a course or program".to_owned(),
    });
    let values = [
        ("Issuer", words(&credential.issuer)),
        ("Awarded for", awarded_for),
        ("Assessment", words(&credential.assessment)),
        ("Valid for", credential.validity.map(|months| format!("{} months", months.get()))),
        ("Renewal", words(&credential.renewal)),
        ("Can be revoked", credential.revocable.map(|yes| if yes { "yes" } else { "no" }.to_owned())),
        ("Accreditation", words(&credential.accreditation)),
        ("Exam code", words(&credential.exam_code)),
        ("Exam cost", cost),
    ];
    values
        .into_iter()
        .map(|(label, value)| ShownValue { label: label.to_owned(), value, field: None })
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
            topics: outcome.path.iter().map(Text::to_string).collect(),
            level: outcome.level.map(|level| level.word().to_owned()),
            assessed_by: outcome.assessed_by.as_ref().map(Text::to_string),
            place: outcome.place.to_string(),
            covers: covers.remove(&outcome.ctid).unwrap_or_default(),
        })
        .collect()
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

fn weights_sentence(blueprint: &Blueprint) -> String {
    use credway_model::WeightTotal;
    let percent = |steps: u32| f64::from(steps) / 100.0;
    match blueprint.weight_total() {
        WeightTotal::Complete => "The weights come to 100 %.".to_owned(),
        WeightTotal::NoneGiven => "The source gives no weights: every statement counts the same.".to_owned(),
        WeightTotal::SomeMissing(missing) => format!("{missing} domain(s) have no weight in the source: there is no total."),
        WeightTotal::Off { low, high } if low == high => format!("The weights come to {} %, not 100 %.", percent(low)),
        WeightTotal::Off { low, high } => format!("The weights come to {}–{} %, which leaves out 100 %.", percent(low), percent(high)),
    }
}

fn domain_rows(blueprint: &Blueprint, covered: &mut BTreeMap<Ctid, Vec<(String, StandingWord)>>) -> Vec<DomainRow> {
    let mut places = BTreeMap::new();
    for domain in &blueprint.domains {
        collect_places(&domain.objectives, &mut places);
    }
    let mut rows: Vec<DomainRow> = blueprint
        .domains
        .iter()
        .map(|domain| DomainRow {
            id: domain.ctid,
            code: domain.code.as_ref().map(Text::to_string),
            title: domain.title.to_string(),
            weight: domain.weight.map(|weight| weight.middle()),
            weight_published: domain.weight.map(|weight| weight.to_string()),
            objectives: Vec::new(),
        })
        .collect();
    for item in blueprint.items().iter().filter(|item| !item.path.is_empty()) {
        rows[item.domain].objectives.push(ObjectiveRow {
            objective: ObjectiveName::of(item, blueprint),
            nesting: item.nesting,
            place: places.get(&item.ctid).cloned().unwrap_or_default(),
            covered_by: covered.remove(&item.ctid).unwrap_or_default(),
        });
    }
    rows
}

fn collect_places(objectives: &[Objective], places: &mut BTreeMap<Ctid, String>) {
    for objective in objectives {
        places.insert(objective.ctid, objective.place.to_string());
        collect_places(&objective.children, places);
    }
}
