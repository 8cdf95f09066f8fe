//! What a changed catalogue touches: decisions that rest on words a course no longer has, or on a statement that is gone.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Action, Ctid, Decision, in_force};
use serde::Serialize;

use super::difference::ChangePiece;
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::what_stands::Pair;
use crate::{CourseName, Named, ObjectiveName, Workbench, WorkflowError, segments};

/// A pair that was decided on words that are no longer there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StaleRow {
    /// The course; none where the statement is gone.
    pub course: Option<CourseName>,
    /// The outcome's code.
    pub outcome_code: Option<String>,
    /// The course statement as it was read, cut where it differs from today's.
    pub read: Vec<ChangePiece>,
    /// The course statement today; nothing where it is gone.
    pub today: Vec<ChangePiece>,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// Who decided.
    pub by: Vec<String>,
}

/// The rows of a crosswalk that rest on changed words.
#[derive(Clone, Debug, Serialize)]
pub struct StaleCrosswalk {
    /// The crosswalk.
    pub id: Ctid,
    /// The program.
    pub program: Named,
    /// The blueprint.
    pub blueprint: Named,
    /// Reworded and gone statements.
    pub rows: Vec<StaleRow>,
}

impl Workbench {
    /// For every crosswalk within reach, the decisions that rest on words a course no longer has.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read crosswalks nowhere.
    pub async fn catalogue_changes(&self) -> Result<Vec<StaleCrosswalk>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCrosswalk).await?;
        let reach = self.reach(&work, Action::ReadCrosswalk).await?;
        let mut found = Vec::new();
        for crosswalk in work.crosswalks().await? {
            let Some(program) = work.program(&crosswalk.program).await? else { continue };
            if !reach.holds(program.organization, Some(program.ctid)) {
                continue;
            }
            let data = self.crosswalk_data(&work, &crosswalk.ctid).await?;
            let rows = stale(&data);
            if !rows.is_empty() {
                found.push(StaleCrosswalk {
                    id: crosswalk.ctid,
                    program: Named { id: data.program.ctid, name: data.program.title.to_string() },
                    blueprint: Named { id: data.blueprint.ctid, name: data.blueprint.name() },
                    rows,
                });
            }
        }
        Ok(found)
    }
}

fn stale(data: &CrosswalkData) -> Vec<StaleRow> {
    let words = data.words();
    let items = data.blueprint.items();
    let objectives: BTreeMap<Ctid, ObjectiveName> =
        items.iter().map(|item| (item.ctid, ObjectiveName::of(item, &data.blueprint))).collect();
    let statements = course_statements(&data.courses);
    let mut by_pair: BTreeMap<Pair, Vec<&Decision>> = BTreeMap::new();
    for decision in &data.decisions {
        by_pair.entry((decision.statement, decision.target)).or_default().push(decision);
    }
    let mut rows = Vec::new();
    for ((statement, target), decisions) in by_pair {
        let force = in_force(decisions);
        let (Some(latest), Some(objective)) = (force.last(), objectives.get(&target)) else { continue };
        let today = words.statements.get(&statement).copied();
        let reworded = data.reworded.contains(&(statement, target));
        let same_words = today.is_some_and(|today| latest.judged.holds(today, latest.judged.target.as_str()));
        if same_words || (today.is_some() && !reworded) {
            continue;
        }
        let own = statements.iter().find(|one| one.id == statement);
        let (removed, added) =
            credway_align::differing_words(latest.judged.statement.as_str(), today.unwrap_or_default());
        rows.push(StaleRow {
            course: own.map(|one| CourseName::of(one.course)),
            outcome_code: own.and_then(|one| one.outcome?.code.as_ref().map(ToString::to_string)),
            read: pieces(latest.judged.statement.as_str(), &removed),
            today: pieces(today.unwrap_or_default(), &added),
            objective: objective.clone(),
            by: force.iter().map(|one| one.person.name().to_owned()).collect::<BTreeSet<_>>().into_iter().collect(),
        });
    }
    rows
}

/// A text cut where it differs.
fn pieces(text: &str, spans: &[credway_model::Span]) -> Vec<ChangePiece> {
    segments(text, spans)
        .into_iter()
        .map(|piece| ChangePiece { text: piece.text, differs: piece.mark.is_some() })
        .collect()
}
