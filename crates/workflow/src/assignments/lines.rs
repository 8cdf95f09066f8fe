//! Reviews that were given, as people see them: on the page of a crosswalk, and where they wait for somebody.

use credway_model::{Action, Assignment, Ctid, ReviewPart, ReviewScope, Standing};
use credway_store::Work;
use serde::Serialize;

use super::progress;
use crate::colleagues::{Colleague, name_of};
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::import_decisions::verdict_words;
use crate::permission::About;
use crate::what_stands::current;
use crate::{CourseName, Named, ObjectiveName, Workbench, WorkflowError};

/// A review that was given.
#[derive(Clone, Debug, Serialize)]
pub struct AssignmentLine {
    /// Identifier.
    pub id: Ctid,
    /// Which pairs.
    pub scope: ReviewScope,
    /// The crosswalk's name.
    pub crosswalk: String,
    /// Which pairs, in words.
    pub place: String,
    /// In which part.
    pub part: ReviewPart,
    /// To whom.
    pub person: String,
    /// By whom.
    pub by: String,
    /// The day by which it is wanted, ISO 8601.
    pub due: Option<String>,
    /// Whether that day is past and the review open.
    pub late: bool,
    /// When it ended, ISO 8601, and whether it was done.
    pub ended: Option<(String, bool)>,
    /// Pairs done.
    pub decided: usize,
    /// Pairs in all.
    pub of: usize,
    /// Whether it is the acting person's own.
    pub own: bool,
}

/// A pair on which reviewers disagree.
#[derive(Clone, Debug, Serialize)]
pub struct OpenDisagreement {
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// The course.
    pub course: CourseName,
    /// The course statement.
    pub statement: String,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// Who says what.
    pub words: Vec<(String, String)>,
}

/// The reviews of a crosswalk, and what is needed to give one.
#[derive(Clone, Debug, Serialize)]
pub struct AssignmentsPage {
    /// The crosswalk.
    pub crosswalk: Named,
    /// Its reviews, open ones first.
    pub lines: Vec<AssignmentLine>,
    /// Whether who acts may give reviews.
    pub may_assign: bool,
    /// Who can be given a review; nobody where who acts gives none.
    pub reviewers: Vec<Colleague>,
    /// Domains a review can be of.
    pub domains: Vec<Named>,
    /// Courses a review can be of.
    pub courses: Vec<Named>,
}

impl Workbench {
    /// The reviews of a crosswalk: all for who gives them, else one's own.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`].
    pub async fn crosswalk_assignments(&self, crosswalk: &Ctid) -> Result<AssignmentsPage, WorkflowError> {
        let work = self.store.read().await?;
        let about = About::Crosswalk(crosswalk);
        self.allow(&work, Action::ReadCrosswalk, about).await?;
        let may_assign = self.may(&work, Action::AssignReviews, about).await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        let mut given = work.assignments_of(crosswalk).await?;
        given.retain(|one| may_assign || self.actor().account() == Some(one.account));
        given.sort_by_key(|one| one.end.is_some());
        let lines = self.lines(&work, &data, &given).await?;
        let reviewers = if may_assign { self.colleagues(&work, Action::Review, about).await? } else { Vec::new() };
        let domains = data.blueprint.domains.iter();
        Ok(AssignmentsPage {
            crosswalk: Named { id: *crosswalk, name: data.name() },
            lines,
            may_assign,
            reviewers,
            domains: domains.map(|one| Named { id: one.ctid, name: one.title.to_string() }).collect(),
            courses: data
                .courses
                .iter()
                .map(|one| Named { id: one.ctid, name: format!("{} {}", one.code, one.title) })
                .collect(),
        })
    }

    /// The open reviews that wait for who acts, those wanted soonest first. A token sees those whose crosswalk it may
    /// read, without the right to its owner's account.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] for who has no account.
    pub async fn waiting_reviews(&self) -> Result<Vec<AssignmentLine>, WorkflowError> {
        let work = self.store.read().await?;
        let Some(account) = self.actor().account() else {
            self.allow(&work, Action::OwnAccount, About::Own).await?;
            return Ok(Vec::new());
        };
        let mut given = work.assignments_to(account).await?;
        given.retain(|one| one.end.is_none());
        given.sort_by_key(|one| (one.due.is_none(), one.due, one.at));
        let mut lines = Vec::new();
        for one in given {
            // A review of what is not theirs to see any more waits for nobody.
            if !self.may(&work, Action::ReadCrosswalk, About::Crosswalk(&one.scope.crosswalk)).await? {
                continue;
            }
            let data = CrosswalkData::read(&work, &one.scope.crosswalk).await?;
            lines.extend(self.lines(&work, &data, std::slice::from_ref(&one)).await?);
        }
        Ok(lines)
    }

    /// What is left to settle in the reviews that who acts adjudicates: pairs on which reviewers disagree, once nobody
    /// reviews them any more.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn disagreements_to_settle(&self) -> Result<Vec<OpenDisagreement>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::OwnAccount, About::Own).await?;
        let Some(account) = self.actor().account() else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for judge in work.assignments_to(account).await? {
            let crosswalk = judge.scope.crosswalk;
            let open = judge.end.is_none() && judge.part == ReviewPart::Adjudicate;
            if !open || !self.may(&work, Action::Settle, About::Crosswalk(&crosswalk)).await? {
                continue;
            }
            let reviews = work.assignments_of(&crosswalk).await?;
            let under_way: Vec<ReviewScope> = reviews
                .iter()
                .filter(|one| one.end.is_none() && one.part != ReviewPart::Adjudicate)
                .map(|one| one.scope)
                .collect();
            let data = self.crosswalk_data(&work, &crosswalk).await?;
            found.extend(disagreements(&data, &judge.scope, &under_way));
        }
        Ok(found)
    }

    async fn lines(
        &self,
        work: &Work,
        data: &CrosswalkData,
        given: &[Assignment],
    ) -> Result<Vec<AssignmentLine>, WorkflowError> {
        let proposed = work.proposed_pairs(&data.crosswalk.ctid, true).await?;
        let today = self.today();
        let mut lines = Vec::new();
        for one in given {
            let person = name_of(work, one.account).await?;
            let reached = progress::of(data, &proposed, one, &person);
            lines.push(AssignmentLine {
                id: one.id,
                scope: one.scope,
                crosswalk: data.name(),
                place: scope_words(data, &one.scope).unwrap_or_else(|_| "a part that is gone".to_owned()),
                part: one.part,
                by: one.by.name().to_owned(),
                due: one.due.map(|day| day.to_string()),
                late: one.end.is_none() && one.due.is_some_and(|day| day < today),
                ended: one.end.as_ref().map(|end| (end.at.to_string(), end.done)),
                decided: reached.decided,
                of: reached.of,
                own: self.actor().account() == Some(one.account),
                person,
            });
        }
        Ok(lines)
    }
}

/// Which pairs of a crosswalk, in words.
///
/// # Errors
/// [`WorkflowError::NotFound`] for a domain or course that is not part of it.
pub(super) fn scope_words(data: &CrosswalkData, scope: &ReviewScope) -> Result<String, WorkflowError> {
    let missing = |what, id: Ctid| WorkflowError::NotFound {
        what,
        given: id.to_string(),
        hint: format!("choose one of {}", data.name()),
    };
    let mut parts = Vec::new();
    if let Some(id) = scope.domain {
        let found = data.blueprint.domains.iter().find(|one| one.ctid == id).ok_or_else(|| missing("domain", id))?;
        parts.push(format!("domain {}", found.title));
    }
    if let Some(id) = scope.course {
        let found = data.courses.iter().find(|one| one.ctid == id).ok_or_else(|| missing("course", id))?;
        parts.push(format!("course {}", found.code));
    }
    Ok(if parts.is_empty() { "the whole crosswalk".to_owned() } else { parts.join(", ") })
}

fn disagreements(data: &CrosswalkData, scope: &ReviewScope, under_way: &[ReviewScope]) -> Vec<OpenDisagreement> {
    let places = data.whereabouts();
    let statements = course_statements(&data.courses);
    let items = data.blueprint.items();
    let force = current(&data.decisions, &data.words());
    let mut found = Vec::new();
    for (pair, _) in data.standings.iter().filter(|(_, standing)| **standing == Standing::Disputed) {
        let reviewed = under_way.iter().any(|open| places.within(open, *pair));
        if reviewed || !places.within(scope, *pair) {
            continue;
        }
        let statement = statements.iter().find(|one| one.id == pair.0);
        let item = items.iter().find(|one| one.ctid == pair.1);
        let (Some(statement), Some(item)) = (statement, item) else { continue };
        let own = force.iter().filter(|one| (one.statement, one.target) == *pair);
        found.push(OpenDisagreement {
            crosswalk: data.crosswalk.ctid,
            course: CourseName::of(statement.course),
            statement: statement.text().to_owned(),
            objective: ObjectiveName::of(item, &data.blueprint),
            words: own.map(|one| (one.person.name().to_owned(), verdict_words(one.verdict))).collect(),
        });
    }
    found
}
