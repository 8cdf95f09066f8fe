//! Home: what needs a person now, and what to do next.

use credway_model::{Action, Ctid, Severity};
use credway_store::{BlueprintHead, CourseFilter};
use serde::Serialize;

use crate::history::HistoryLine;
use crate::permission::About;
use crate::{CrosswalkHead, HistoryFilter, Institution, Named, Workbench, WorkflowError};

/// What to do next.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum NextStep {
    /// Nothing is here yet.
    Begin,
    /// Bring in a blueprint.
    ImportBlueprint,
    /// Bring in courses.
    ImportCourses,
    /// Make a program of courses.
    MakeProgram,
    /// Align a program to a blueprint.
    Align {
        /// The program.
        program: Named,
        /// The blueprint.
        blueprint: Named,
    },
    /// Settle disagreements.
    Settle {
        /// The crosswalk.
        crosswalk: Ctid,
        /// Its name.
        name: String,
        /// How many.
        disputed: usize,
    },
    /// Go on reviewing.
    Review {
        /// The crosswalk.
        crosswalk: Ctid,
        /// Its name.
        name: String,
        /// Suggestions left.
        open: usize,
    },
    /// Look at the gaps.
    Gaps {
        /// The crosswalk.
        crosswalk: Ctid,
        /// Its name.
        name: String,
        /// Gaps left.
        gaps: usize,
    },
}

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// The institution.
    pub institution: Option<Institution>,
    /// What to do next.
    pub next: NextStep,
    /// Crosswalks.
    pub crosswalks: Vec<CrosswalkHead>,
    /// Numbers of things by kind: organizations, credentials, frameworks, blueprints, programs, courses.
    pub counts: Vec<(String, u64)>,
    /// Open findings of severity error and warning.
    pub findings: (usize, usize),
    /// Blueprint versions that are no longer examined, with their last day.
    pub retired: Vec<(Named, String)>,
    /// What was done last.
    pub recent: Vec<HistoryLine>,
}

impl Workbench {
    /// The home page.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn home(&self) -> Result<Home, WorkflowError> {
        let institution = self.institution().await?;
        let work = self.store.read().await?;
        self.allow(&work, Action::OwnAccount, About::Own).await?;
        let crosswalks = self.heads(&work, |_| true).await?;
        let blueprints = work.blueprints().await?;
        let reach = self.reach(&work, Action::ReadCatalogue).await?;
        let mut programs = work.programs().await?;
        programs.retain(|program| reach.holds(program.organization, Some(program.ctid)));
        let within = crate::catalogue::within(&reach);
        let courses = work.count_courses(&CourseFilter { within, ..CourseFilter::default() }).await?;
        let findings = if self.reach(&work, Action::ReadFindings).await?.is_empty() {
            Vec::new()
        } else {
            self.findings_in(&work).await?
        };
        let reads_history = !self.reach(&work, Action::ReadHistory).await?.is_empty();
        let count = |severity| findings.iter().filter(|line| line.finding.severity == severity).count();
        let today = self.today();
        let counts = vec![
            ("programs".to_owned(), programs.len() as u64),
            ("courses".to_owned(), courses),
            ("blueprints".to_owned(), blueprints.len() as u64),
            ("credentials".to_owned(), work.credentials().await?.len() as u64),
            ("frameworks".to_owned(), work.frameworks().await?.len() as u64),
        ];
        drop(work);
        let next = if blueprints.is_empty() && courses == 0 {
            NextStep::Begin
        } else if blueprints.is_empty() {
            NextStep::ImportBlueprint
        } else if courses == 0 {
            NextStep::ImportCourses
        } else if programs.is_empty() {
            NextStep::MakeProgram
        } else {
            next_for(&crosswalks).unwrap_or_else(|| NextStep::Align {
                program: Named { id: programs[0].ctid, name: programs[0].title.to_string() },
                blueprint: Named { id: blueprints[0].ctid, name: blueprints[0].name() },
            })
        };
        Ok(Home {
            institution,
            next,
            crosswalks,
            counts,
            findings: (count(Severity::Error), count(Severity::Warning)),
            retired: retired(&blueprints, today),
            recent: if reads_history { self.recent_work().await? } else { Vec::new() },
        })
    }

    /// The newest lines of work. Who signed in and who is what stands in the history too, and is no work.
    async fn recent_work(&self) -> Result<Vec<HistoryLine>, WorkflowError> {
        let mut lines = self.history(&HistoryFilter { limit: 60, ..HistoryFilter::default() }).await?;
        lines.retain(|line| line.subject_kind != "account");
        lines.truncate(8);
        Ok(lines)
    }

    /// Every crosswalk in one line.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read crosswalks nowhere.
    pub async fn crosswalks(&self) -> Result<Vec<CrosswalkHead>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCrosswalk).await?;
        self.heads(&work, |_| true).await
    }

    /// Blueprint versions that are no longer examined, with their last day.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`].
    pub async fn retired_blueprints(&self) -> Result<Vec<(Named, String)>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        Ok(retired(&work.blueprints().await?, self.today()))
    }

    /// The day it is, in UTC, for forms that ask for a day.
    #[must_use]
    pub fn current_day(&self) -> jiff::civil::Date {
        self.today()
    }

    /// The day it is, in UTC.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        jiff::tz::Offset::UTC.to_datetime(self.now()).date()
    }
}

/// Those that are no longer examined, with their last day.
fn retired(blueprints: &[BlueprintHead], today: jiff::civil::Date) -> Vec<(Named, String)> {
    let past = blueprints.iter().filter_map(|head| {
        let last = head.retires.filter(|last| *last < today)?;
        Some((Named { id: head.ctid, name: head.name() }, last.to_string()))
    });
    past.collect()
}

/// The next step the crosswalks ask for, the most pressing first.
fn next_for(crosswalks: &[CrosswalkHead]) -> Option<NextStep> {
    let name = |head: &CrosswalkHead| format!("{} × {}", head.program.name, head.blueprint.name);
    let most_open = crosswalks.iter().filter(|head| head.open > 0).max_by_key(|head| head.open);
    if let Some(head) = most_open {
        return Some(NextStep::Review { crosswalk: head.id, name: name(head), open: head.open });
    }
    if let Some(head) = crosswalks.iter().find(|head| head.disputed > 0) {
        return Some(NextStep::Settle { crosswalk: head.id, name: name(head), disputed: head.disputed });
    }
    let head = crosswalks.iter().max_by_key(|head| head.gaps)?;
    Some(NextStep::Gaps { crosswalk: head.id, name: name(head), gaps: head.gaps })
}
