//! Align a program to a blueprint: compute proposals and keep them; nothing counts before a person accepts it.

use credway_align::{Limits, Progress};
use credway_model::{Action, ChangeKind, Crosswalk, Ctid, Proposal, Text};
use serde::Serialize;

use crate::crosswalk_data::{course_statements, engine_statements, engine_targets, program_courses};
use crate::institution::find_blueprint;
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// How many candidates are kept: the best few for each blueprint statement and for each course statement.
pub const DEFAULT_LIMITS: Limits = Limits { per_target: 12, per_statement: 3 };

/// What aligning gave.
#[derive(Clone, Debug, Serialize)]
pub struct AlignSummary {
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// The program.
    pub program: Named,
    /// The blueprint version.
    pub blueprint: Named,
    /// The engine.
    pub engine: String,
    /// Stated confidence below which the engine says "don't know", 0 to 1.
    pub confidence: f64,
    /// Courses looked at.
    pub courses: usize,
    /// Course statements looked at.
    pub statements: usize,
    /// Blueprint statements looked at.
    pub targets: usize,
    /// Candidates kept.
    pub candidates: usize,
    /// Candidates the engine is confident enough to suggest.
    pub suggested: usize,
    /// Blueprint statements with at least one suggestion.
    pub targets_with_suggestion: usize,
    /// Seconds the engine took.
    pub seconds: f64,
}

impl Workbench {
    /// Aligns the program to the blueprint: proposals of an earlier run are replaced, decisions stay.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the program has no courses or the blueprint no statements, or while the
    /// crosswalk is being signed or is approved;
    /// [`WorkflowError::Cancelled`] when the person stops it.
    pub async fn align(
        &self,
        program: &str,
        blueprint: &str,
        limits: Limits,
        progress: &dyn Progress,
    ) -> Result<AlignSummary, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::Align).await?;
        self.allow(&work, Action::Align, About::Program(&program.ctid)).await?;
        let blueprint = find_blueprint(&work, blueprint).await?;
        let courses = program_courses(&work, &program).await?;
        self.must_be_open(&work, &Crosswalk::identify(&program.ctid, &blueprint.ctid)).await?;
        let judge = self.engine_of(&work, &program.organization).await?;
        drop(work);
        let statements = course_statements(&courses);
        let items = blueprint.items();
        if statements.is_empty() || items.is_empty() {
            return Err(WorkflowError::Refused {
                message: format!("“{}” × “{}” has nothing to align", program.title, blueprint.name()),
                hint: "import the program's courses and the blueprint's domains first".to_owned(),
            });
        }
        let started = std::time::Instant::now();
        let candidates = judge
            .crosswalk(&engine_statements(&statements), &engine_targets(&items), limits, progress)
            .map_err(|_| WorkflowError::Cancelled)?;
        let seconds = started.elapsed().as_secs_f64();
        let engine = judge.name();
        let proposals: Vec<Proposal> = candidates
            .into_iter()
            .map(|candidate| Proposal {
                statement: statements[candidate.query].id,
                target: items[candidate.target].ctid,
                probability: candidate.probability,
                suggested: candidate.suggested,
                evidence: candidate.evidence,
                taught: candidate.taught,
                asked: candidate.asked,
                engine: engine.clone(),
            })
            .collect();
        let crosswalk = Crosswalk {
            ctid: Crosswalk::identify(&program.ctid, &blueprint.ctid),
            program: program.ctid,
            blueprint: blueprint.ctid,
            begun: self.now(),
        };
        self.keep(&crosswalk, &proposals, &format!("{} × {}", program.title, blueprint.name())).await?;
        let mut suggested_targets: Vec<Ctid> =
            proposals.iter().filter(|proposal| proposal.suggested).map(|proposal| proposal.target).collect();
        suggested_targets.sort_unstable();
        suggested_targets.dedup();
        Ok(AlignSummary {
            crosswalk: crosswalk.ctid,
            program: Named { id: program.ctid, name: program.title.to_string() },
            blueprint: Named { id: blueprint.ctid, name: blueprint.name() },
            engine,
            confidence: judge.confidence().value(),
            courses: courses.len(),
            statements: statements.len(),
            targets: items.len(),
            candidates: proposals.len(),
            suggested: proposals.iter().filter(|proposal| proposal.suggested).count(),
            targets_with_suggestion: suggested_targets.len(),
            seconds,
        })
    }

    /// Keeps the proposals, if who acts may align the program still.
    async fn keep(&self, crosswalk: &Crosswalk, proposals: &[Proposal], name: &str) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let desk = self.with_rights_now(&work).await?;
        desk.allow(&work, Action::Align, About::Program(&crosswalk.program)).await?;
        // Somebody may have begun to sign while the engine worked.
        self.must_be_open(&work, &crosswalk.ctid).await?;
        work.put_crosswalk(crosswalk).await?;
        work.replace_proposals(&crosswalk.ctid, proposals).await?;
        let suggested = proposals.iter().filter(|proposal| proposal.suggested).count();
        let summary = format!("{name}: {suggested} suggested of {} candidates", proposals.len());
        work.append_change(&self.history_line(ChangeKind::Aligned, ("crosswalk", crosswalk.ctid), &summary)).await?;
        work.commit().await?;
        Ok(())
    }
}

/// Words we made ourselves as a [`Text`]; cut when they are too long.
pub(crate) fn plain(words: &str) -> Text {
    let short: String = words.chars().filter(|letter| !letter.is_control()).take(1_000).collect();
    Text::new(&short).unwrap_or_else(|_| unreachable_text())
}

/// The text used where nothing but blanks would be left.
fn unreachable_text() -> Text {
    #[expect(clippy::expect_used, reason = "a constant, checked by every test that writes history")]
    Text::new("(no words)").expect("a constant text is valid")
}
