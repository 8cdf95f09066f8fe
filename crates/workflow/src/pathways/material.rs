//! What a pathway's plan is made from, read once: its programs with their requirements, the courses of their institutions, its
//! exams with what courses cover of them.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{
    Action, AwardRequirements, Blueprint, ComponentKind, Course, CourseCode, Credential, Ctid, Pathway, Program,
    Standing, Strength, Text,
};
use credway_store::{CourseFilter, Work};

use crate::crosswalk_data::{CrosswalkBrief, program_courses};
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// A credential of the pathway that a program leads to.
pub(crate) struct MaterialCredential {
    /// Index of its component.
    pub(crate) component: usize,
    pub(crate) program: Program,
    /// What it requires: the program's tree, or all its courses where it has none.
    pub(crate) requirements: Option<AwardRequirements>,
    /// Codes of the courses the program lists.
    pub(crate) listed: Vec<CourseCode>,
}

/// A statement of a blueprint with what courses cover of it.
pub(crate) struct MaterialItem {
    /// Its share of the exam, in per cent.
    pub(crate) share: f64,
    /// By course: whether it covers the statement in full, or in part.
    pub(crate) covered: BTreeMap<Ctid, Strength>,
}

/// An exam of the pathway.
pub(crate) struct MaterialExam {
    /// Index of its component.
    pub(crate) component: usize,
    pub(crate) blueprint: Option<Blueprint>,
    pub(crate) credential: Option<Credential>,
    pub(crate) items: Vec<MaterialItem>,
    /// Programs that were aligned to its blueprint.
    pub(crate) aligned: Vec<String>,
    /// Whether something was decided of another edition of a course than the catalogue's.
    pub(crate) of_another_edition: bool,
}

/// Everything a plan is made from.
pub(crate) struct Material {
    /// The pathway; its courses are those of the catalogue, where it names another edition of them.
    pub(crate) pathway: Pathway,
    pub(crate) credentials: Vec<MaterialCredential>,
    pub(crate) exams: Vec<MaterialExam>,
    /// The courses of the programs' institutions: of each code the edition of the program's year, or the latest.
    pub(crate) catalogue: Vec<Course>,
    /// Names of the organizations.
    pub(crate) organizations: BTreeMap<Ctid, String>,
}

impl Workbench {
    /// Reads what a pathway's plan is made from.
    pub(crate) async fn material(
        &self,
        work: &Work,
        pathway: Pathway,
        count_suggestions: bool,
    ) -> Result<Material, WorkflowError> {
        let credentials = self.pathway_credentials(work, &pathway).await?;
        let mut programs: Vec<&Program> = credentials.iter().map(|one| &one.program).collect();
        programs.sort_by_key(|program| program.ctid);
        programs.dedup_by_key(|program| program.ctid);
        let mut exams = Vec::new();
        for (index, component) in pathway.components.iter().enumerate() {
            let Some(ctid) = component.stands_for else { continue };
            if component.kind == ComponentKind::Assessment || is_certification(work, &ctid).await? {
                exams.push(self.exam(work, (index, ctid), count_suggestions).await?);
            }
        }
        let Catalogue { courses: catalogue, editions } = catalogue(work, &pathway, &programs).await?;
        let mut pathway = pathway;
        for component in pathway.components.iter_mut().filter(|one| one.kind == ComponentKind::Course) {
            component.stands_for = component.stands_for.map(|ctid| editions.get(&ctid).copied().unwrap_or(ctid));
        }
        exams.iter_mut().for_each(|exam| of_planned_editions(exam, &editions));
        let organizations = work.organizations().await?;
        let organizations = organizations.into_iter().map(|one| (one.ctid, one.name.to_string())).collect();
        Ok(Material { pathway, credentials, exams, catalogue, organizations })
    }

    /// The credentials that programs lead to, of those programs that who acts may read.
    async fn pathway_credentials(
        &self,
        work: &Work,
        pathway: &Pathway,
    ) -> Result<Vec<MaterialCredential>, WorkflowError> {
        let mut credentials = Vec::new();
        for (index, component) in pathway.components.iter().enumerate() {
            if component.kind != ComponentKind::Credential {
                continue;
            }
            let Some(ctid) = component.stands_for else { continue };
            let Some(program) = work.program(&ctid).await? else { continue };
            let shared = program.organization != pathway.organization;
            if shared && !self.may(work, Action::ReadCatalogue, About::Program(&program.ctid)).await? {
                return Err(WorkflowError::Refused {
                    message: format!(
                        "“{}” is a program of another institution, which you may not read",
                        component.name
                    ),
                    hint: "ask for a role there, or plan to a destination before it".to_owned(),
                });
            }
            let listed = program_courses(work, &program).await?.into_iter().map(|course| course.code).collect();
            let requirements = program.requirements.clone();
            credentials.push(MaterialCredential { component: index, program, requirements, listed });
        }
        Ok(credentials)
    }

    /// An exam with what the courses of the pathway's programs cover of its blueprint.
    async fn exam(
        &self,
        work: &Work,
        (component, ctid): (usize, Ctid),
        count_suggestions: bool,
    ) -> Result<MaterialExam, WorkflowError> {
        let mut blueprint = work.blueprint(&ctid).await?;
        let credentials = work.credentials().await?;
        let named = |title: &Text| credentials.iter().find(|one| one.title == *title);
        let credential = match &blueprint {
            Some(blueprint) => named(&blueprint.title),
            None => credentials.iter().find(|one| one.ctid == ctid),
        };
        if let (None, Some(credential)) = (&blueprint, credential) {
            let mut heads = work.blueprints().await?;
            heads.retain(|head| head.title == credential.title);
            heads.sort_by_key(|head| head.effective);
            if let Some(head) = heads.pop() {
                blueprint = work.blueprint(&head.ctid).await?;
            }
        }
        let mut exam = MaterialExam {
            component,
            credential: credential.cloned(),
            blueprint,
            items: Vec::new(),
            aligned: Vec::new(),
            of_another_edition: false,
        };
        let Some(blueprint) = &exam.blueprint else { return Ok(exam) };
        let mut covered: BTreeMap<Ctid, BTreeMap<Ctid, Strength>> = BTreeMap::new();
        let mut shares: BTreeMap<Ctid, f64> = BTreeMap::new();
        // What was decided of a course holds whatever program it was looked at in.
        for crosswalk in work.crosswalks().await?.into_iter().filter(|one| one.blueprint == blueprint.ctid) {
            if !self.may(work, Action::ReadCrosswalk, About::Crosswalk(&crosswalk.ctid)).await? {
                continue;
            }
            let brief = CrosswalkBrief::read(work, &crosswalk.ctid).await?;
            exam.aligned.push(brief.program.title.to_string());
            cover(&brief, count_suggestions, &mut covered);
            shares.extend(brief.coverage().statements.iter().map(|one| (one.target, one.share.unwrap_or(0.0))));
        }
        if shares.is_empty() {
            let nothing = credway_align::coverage(blueprint, &[], &[]);
            shares.extend(nothing.statements.iter().map(|one| (one.target, one.share.unwrap_or(0.0))));
        }
        exam.items = shares
            .into_iter()
            .map(|(target, share)| MaterialItem { share, covered: covered.remove(&target).unwrap_or_default() })
            .collect();
        Ok(exam)
    }
}

/// Adds what stands in a crosswalk: by statement of the blueprint and course, the greatest strength.
fn cover(brief: &CrosswalkBrief, count_suggestions: bool, covered: &mut BTreeMap<Ctid, BTreeMap<Ctid, Strength>>) {
    let course_of: BTreeMap<Ctid, Ctid> = brief.taught.iter().map(|one| (one.statement, one.course)).collect();
    let mut add = |statement: &Ctid, target: &Ctid, strength: Strength| {
        let Some(course) = course_of.get(statement) else { return };
        strengthen(covered.entry(*target).or_default(), *course, strength);
    };
    for ((statement, target), standing) in &brief.standings {
        if let Standing::Accepted { strength, .. } = standing {
            add(statement, target, *strength);
        }
    }
    if count_suggestions {
        for (statement, target) in brief.suggested.keys() {
            if brief.standings.get(&(*statement, *target)).is_none_or(|standing| *standing == Standing::Open) {
                add(statement, target, Strength::Full);
            }
        }
    }
}

/// A course covers a statement so far at least.
fn strengthen(covered: &mut BTreeMap<Ctid, Strength>, course: Ctid, strength: Strength) {
    let known = covered.entry(course).or_insert(strength);
    if strength == Strength::Full {
        *known = strength;
    }
}

/// What was decided of any edition of a course holds for the one that is planned.
fn of_planned_editions(exam: &mut MaterialExam, editions: &BTreeMap<Ctid, Ctid>) {
    for item in &mut exam.items {
        let mut covered = BTreeMap::new();
        for (course, strength) in std::mem::take(&mut item.covered) {
            let planned = editions.get(&course).copied().unwrap_or(course);
            exam.of_another_edition |= planned != course;
            strengthen(&mut covered, planned, strength);
        }
        item.covered = covered;
    }
}

async fn is_certification(work: &Work, ctid: &Ctid) -> Result<bool, WorkflowError> {
    let credential = work.credential(ctid).await?;
    Ok(credential.is_some_and(|one| one.kind == Some(credway_model::CredentialType::Certification)))
}

/// The courses a plan is made from.
struct Catalogue {
    /// One of each institution and code: the edition of a program's year before the latest.
    courses: Vec<Course>,
    /// By course of any edition, the one of its institution and code that is planned.
    editions: BTreeMap<Ctid, Ctid>,
}

async fn catalogue(work: &Work, pathway: &Pathway, programs: &[&Program]) -> Result<Catalogue, WorkflowError> {
    let mut owners: BTreeSet<Ctid> = programs.iter().map(|program| program.organization).collect();
    owners.insert(pathway.organization);
    let mut catalogue = Catalogue { courses: Vec::new(), editions: BTreeMap::new() };
    for owner in owners {
        let years: BTreeSet<_> = programs
            .iter()
            .filter(|program| program.organization == owner)
            .filter_map(|program| program.catalogue_year.as_ref())
            .collect();
        let filter = CourseFilter { organization: Some(owner), ..CourseFilter::default() };
        let mut by_code: BTreeMap<CourseCode, Vec<Course>> = BTreeMap::new();
        for course in work.courses(&filter).await? {
            by_code.entry(course.code.clone()).or_default().push(course);
        }
        for mut editions in by_code.into_values() {
            let rank = |course: &Course| {
                let own = course.catalogue_year.as_ref().is_some_and(|year| years.contains(year));
                (own, course.catalogue_year.clone())
            };
            // Of equals the first one stays the first.
            editions.sort_by_key(|course| std::cmp::Reverse(rank(course)));
            let planned = editions[0].ctid;
            catalogue.editions.extend(editions.iter().map(|course| (course.ctid, planned)));
            catalogue.courses.extend(editions.into_iter().next());
        }
    }
    Ok(catalogue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_of_any_edition_holds_for_the_one_that_is_planned() {
        let [older, newer, other]: [Ctid; 3] =
            ["11", "12", "13"].map(|end| format!("ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a{end}").parse().unwrap());
        let covered = |of: &[(Ctid, Strength)]| {
            let item = MaterialItem { share: 100.0, covered: of.iter().copied().collect() };
            let mut exam = MaterialExam {
                component: 0,
                blueprint: None,
                credential: None,
                items: vec![item],
                aligned: Vec::new(),
                of_another_edition: false,
            };
            of_planned_editions(&mut exam, &BTreeMap::from([(older, older), (newer, older)]));
            let covered: Vec<_> = exam.items.remove(0).covered.into_iter().collect();
            (covered, exam.of_another_edition)
        };
        assert_eq!(covered(&[(newer, Strength::Partial)]), (vec![(older, Strength::Partial)], true));
        let both = covered(&[(older, Strength::Full), (newer, Strength::Partial)]);
        assert_eq!(both, (vec![(older, Strength::Full)], true), "the greater strength stays");
        assert_eq!(covered(&[(other, Strength::Full)]), (vec![(other, Strength::Full)], false));
    }
}
