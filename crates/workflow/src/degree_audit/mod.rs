//! Audit a learner's courses against what programs require: which course counts where and why, what is missing, what counts nowhere.
//!
//! What a learner has taken is read, used and dropped: nothing of it is written, and no line of the history tells of it.

mod answer;
mod exceptions;
mod records;

pub use answer::{
    AuditAnswer, AuditedAverage, AuditedCourse, AuditedException, AuditedRequirement, AuditedTotal, CountedCourse,
    ProgramAudit, RequirementState, SharedCredits, UncountedCourse,
};

use credway_import::{SourceFile, read_exceptions, read_taken};
use credway_model::{Action, AwardRequirements, Course, Credits, LearnerException, Program, TakenCourse, has_errors};
use credway_plan::{AuditError, AuditedAward, SharedBetween, audit_together};
use credway_store::CourseFilter;

use crate::import_requirements::award_name;
use crate::long_work::long_work;
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// Most programs audited at once.
const MOST_PROGRAMS: usize = 6;

/// Between two of the programs at most so many credits may count for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditShare {
    /// The two programs, as they were named in the request.
    pub programs: (String, String),
    /// How many credits.
    pub at_most: Credits,
}

/// What to audit.
#[derive(Clone, Debug)]
pub struct AuditRequest {
    /// The programs: title, title and award, or identifier.
    pub programs: Vec<String>,
    /// The courses taken.
    pub taken: SourceFile,
    /// Exceptions, where there are any.
    pub exceptions: Option<SourceFile>,
    /// Limits on what counts for two programs; a course may count for both without limit where none is given.
    pub share: Vec<AuditShare>,
    /// Credits that a course is assumed to have where neither the file nor the catalogue gives any. Every figure that rests on it
    /// says so.
    pub assume_credits: Option<Credits>,
}

/// Everything an audit rests on, read before the solver is asked.
struct Rests {
    programs: Vec<(Program, AwardRequirements)>,
    catalogue: Vec<Course>,
    taken: Vec<TakenCourse>,
    exceptions: Vec<LearnerException>,
    shares: Vec<SharedBetween>,
    assume: Option<Credits>,
    findings: Vec<credway_model::Finding>,
}

impl Workbench {
    /// The programs that say what they require, for choosing some to audit together.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read programs nowhere.
    pub async fn programs_with_requirements(&self) -> Result<Vec<Named>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCatalogue).await?;
        let reach = self.reach(&work, Action::ReadCatalogue).await?;
        let programs = work.programs().await?;
        let seen = programs.iter().filter(|program| reach.holds(program.organization, Some(program.ctid)));
        let said = seen.filter(|program| program.requirements.is_some());
        Ok(said.map(|program| Named { id: program.ctid, name: award_name(program).to_string() }).collect())
    }

    /// Audits courses against programs. Nothing is written.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] when a program has no requirements, too many programs are named, a shared
    /// limit names none of them, or the audit could not be proved in time. What is wrong with the files is in the findings.
    pub async fn audit_program(&self, request: &AuditRequest) -> Result<AuditAnswer, WorkflowError> {
        let work = self.store.read().await?;
        let mut programs = Vec::new();
        for name in &request.programs {
            let program = self.named_program(&work, name, Action::ReadCatalogue).await?;
            self.allow(&work, Action::ReadCatalogue, About::Program(&program.ctid)).await?;
            programs.push(program);
        }
        let programs = with_requirements(programs)?;
        let shares = request.share.iter().map(|share| shared(request, share)).collect::<Result<_, _>>()?;
        let catalogue = work.courses(&CourseFilter::default()).await?;
        drop(work);
        let taken = read_taken(&request.taken);
        let exceptions = request.exceptions.as_ref().map(read_exceptions);
        let mut findings = taken.findings;
        findings.extend(exceptions.iter().flat_map(|read| read.findings.clone()));
        let rests = Rests {
            programs,
            catalogue,
            taken: taken.records,
            exceptions: exceptions.map(|read| read.records).unwrap_or_default(),
            shares,
            assume: request.assume_credits,
            findings,
        };
        long_work(move || audited(rests)).await
    }
}

/// Each program once, with what it requires.
fn with_requirements(programs: Vec<Program>) -> Result<Vec<(Program, AwardRequirements)>, WorkflowError> {
    let refuse = |message: String, hint: &str| WorkflowError::Refused { message, hint: hint.to_owned() };
    if programs.len() > MOST_PROGRAMS {
        let hint = format!("audit at most {MOST_PROGRAMS} at once");
        return Err(refuse(format!("{} programs are named", programs.len()), &hint));
    }
    let mut found: Vec<(Program, AwardRequirements)> = Vec::new();
    for program in programs {
        if found.iter().any(|(other, _)| other.ctid == program.ctid) {
            return Err(refuse(format!("“{}” is named twice", award_name(&program)), "name each program once"));
        }
        let Some(requirements) = program.requirements.clone() else {
            let message = format!("nobody has said yet what “{}” requires", award_name(&program));
            return Err(refuse(
                message,
                "import it with `credway import requirements FILE`; `credway template requirements` begins one",
            ));
        };
        found.push((program, requirements));
    }
    Ok(found)
}

/// A limit of shared credits by the numbers of its programs.
fn shared(request: &AuditRequest, share: &AuditShare) -> Result<SharedBetween, WorkflowError> {
    let number = |name: &String| {
        let wanted = name.trim().to_lowercase();
        request.programs.iter().position(|program| program.trim().to_lowercase() == wanted).ok_or_else(|| {
            WorkflowError::Refused {
                message: format!("“{name}” shares credits, but is not among the programs that are audited"),
                hint: "name the programs of a shared limit as they are named for the audit".to_owned(),
            }
        })
    };
    Ok(SharedBetween { awards: (number(&share.programs.0)?, number(&share.programs.1)?), at_most: share.at_most })
}

fn audited(mut rests: Rests) -> Result<AuditAnswer, WorkflowError> {
    let (courses, records) = records::records(&mut rests);
    let exceptions = exceptions::resolve(&rests.programs, &rests.exceptions, &records, &mut rests.findings);
    let awards: Vec<AuditedAward<'_>> = rests
        .programs
        .iter()
        .zip(&exceptions)
        .map(|((_, requirements), exceptions)| AuditedAward { requirements, exceptions })
        .collect();
    let audits = audit_together(&awards, &rests.shares, &records).map_err(|error| match error {
        AuditError::Unproved => WorkflowError::Refused {
            message: "the audit could not be proved in the time it has".to_owned(),
            hint: "audit fewer programs at once".to_owned(),
        },
        nowhere @ AuditError::Nowhere(_) => WorkflowError::defect(nowhere),
    })?;
    let telling = answer::Telling {
        programs: &rests.programs,
        catalogue: &rests.catalogue,
        exceptions: &exceptions,
        shares: &rests.shares,
        courses: &courses,
        records: &records,
    };
    let mut answer = telling.tell(&audits);
    answer.complete &= !has_errors(&rests.findings);
    answer.findings = rests.findings;
    answer.courses = courses;
    Ok(answer)
}
