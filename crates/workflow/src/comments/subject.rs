//! What a comment is about: what it is called, where it is seen, and whether others' comments are kept back.

use credway_model::{CommentSubject, Ctid, Outcome, Text};
use credway_store::Work;

use crate::crosswalk_data::{CrosswalkData, course_statements, domains};
use crate::permission::About;
use crate::what_stands::current;
use crate::{Workbench, WorkflowError};

/// What a comment is about.
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) address: String,
    /// Whether it is a pair that who acts reviews blindly and has no word on yet, or holds such pairs while their review is
    /// open.
    pub(super) hidden: bool,
}

/// What the policy is asked about.
pub(super) const fn about(subject: &CommentSubject) -> About<'_> {
    match subject {
        CommentSubject::Pair { crosswalk, .. }
        | CommentSubject::Objective { crosswalk, .. }
        | CommentSubject::Crosswalk(crosswalk) => About::Crosswalk(crosswalk),
        CommentSubject::Course(course) | CommentSubject::Outcome { course, .. } => About::Course(course),
        CommentSubject::Program(program) | CommentSubject::Signoff { program, .. } => About::Program(program),
    }
}

impl Workbench {
    /// Finds what a comment is about.
    pub(super) async fn comment_subject(
        &self,
        work: &Work,
        subject: &CommentSubject,
    ) -> Result<Subject, WorkflowError> {
        let found = match subject {
            CommentSubject::Pair { crosswalk, statement, target } => {
                self.pair(&self.crosswalk_data(work, crosswalk).await?, *statement, *target)
            }
            CommentSubject::Objective { crosswalk, objective } => {
                let data = CrosswalkData::read(work, crosswalk).await?;
                let domain = domains(&data.blueprint).get(objective).copied().unwrap_or(*objective);
                let hidden = self.veil(work, crosswalk).await?.is_some_and(|veil| veil.touches(Some(domain)));
                objective_in(&data, objective).map(|subject| Subject { hidden, ..subject })
            }
            CommentSubject::Crosswalk(crosswalk) => {
                let data = CrosswalkData::read(work, crosswalk).await?;
                let hidden = self.veil(work, crosswalk).await?.is_some_and(|veil| veil.touches(None));
                Some(Subject { hidden, ..seen(data.name(), format!("/crosswalks/{crosswalk}")) })
            }
            CommentSubject::Course(course) | CommentSubject::Outcome { course, .. } => {
                course_in(work, subject, course).await?
            }
            CommentSubject::Program(program) => {
                let found = work.program(program).await?;
                found.map(|found| seen(found.title.to_string(), format!("/programs/{program}")))
            }
            CommentSubject::Signoff { program, signoff } => {
                let found = work.program(program).await?;
                let signed = work.signoff(signoff).await?;
                let hidden = match &signed {
                    Some(signed) => self.veil(work, &signed.crosswalk).await?.is_some(),
                    None => false,
                };
                let address = format!("/signoffs/{signoff}");
                found.map(|found| Subject { hidden, ..seen(format!("a sign-off of {}", found.title), address) })
            }
        };
        found.ok_or_else(|| WorkflowError::NotFound {
            what: "row to comment on",
            given: subject.to_string(),
            hint: "it may have changed since the page was made: go back and reload it".to_owned(),
        })
    }

    fn pair(&self, data: &CrosswalkData, statement: Ctid, target: Ctid) -> Option<Subject> {
        let statements = course_statements(&data.courses);
        let of = statements.iter().find(|one| one.id == statement)?;
        let items = data.blueprint.items();
        let item = items.iter().find(|one| one.ctid == target)?;
        let number = of.outcome.and_then(|outcome| outcome.code.as_ref()).map_or("", Text::as_str);
        let objective = item.code.map_or_else(|| short(item.text), Text::to_string);
        let spoken = current(&data.decisions, &data.words())
            .iter()
            .any(|one| (one.statement, one.target) == (statement, target) && one.person == *self.person());
        let address = format!("/crosswalks/{}/review?show=all&focus={target}", data.crosswalk.ctid);
        let name = format!("{} → {objective} of {}", format!("{} {number}", of.course.code).trim(), data.name());
        let hidden = !spoken && data.is_blind(&data.whereabouts(), (statement, target));
        Some(Subject { name, address, hidden })
    }
}

fn seen(name: String, address: String) -> Subject {
    Subject { name, address, hidden: false }
}

fn objective_in(data: &CrosswalkData, objective: &Ctid) -> Option<Subject> {
    let address = format!("/crosswalks/{}/review?show=all&focus={objective}", data.crosswalk.ctid);
    if let Some(domain) = data.blueprint.domains.iter().find(|one| one.ctid == *objective) {
        return Some(seen(format!("{} of {}", domain.title, data.name()), address));
    }
    let items = data.blueprint.items();
    let item = items.iter().find(|one| one.ctid == *objective)?;
    let name = item.code.map_or_else(|| short(item.text), Text::to_string);
    Some(seen(format!("{name} of {}", data.name()), address))
}

async fn course_in(work: &Work, subject: &CommentSubject, course: &Ctid) -> Result<Option<Subject>, WorkflowError> {
    let Some(course) = work.course(course).await? else { return Ok(None) };
    let address = format!("/courses/{}", course.ctid);
    let CommentSubject::Outcome { outcome, .. } = subject else {
        return Ok(Some(seen(format!("{} {}", course.code, course.title), address)));
    };
    let found: Option<&Outcome> = course.outcomes.iter().find(|one| one.ctid == *outcome);
    Ok(found.map(|one| {
        let name = one.code.as_ref().map_or_else(|| short(&one.statement), Text::to_string);
        seen(format!("{} {name}", course.code), address)
    }))
}

/// The opening words of a statement.
fn short(text: &Text) -> String {
    let cut: String = text.as_str().chars().take(40).collect();
    if cut.len() < text.as_str().len() { format!("“{}…”", cut.trim_end()) } else { format!("“{cut}”") }
}
