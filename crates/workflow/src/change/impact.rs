//! What a new version of a blueprint touches: by program its crosswalk's rows, courses and coverage, the sign-off and the
//! shares that rest on it. What is added later (articulations, pathways, published records) becomes a list of its own
//! beside these.

use std::collections::BTreeMap;

use credway_model::{Action, Blueprint, Crosswalk, Ctid, Decision, Standing};
use credway_store::Work;
use serde::Serialize;

use super::outline::Comparison;
use super::rows::{ChangedRow, RowState, Touched, rows};
use crate::coverage_report::tidy;
use crate::crosswalk_data::CrosswalkData;
use crate::permission::About;
use crate::what_stands::{Pair, WhatStands, Words, current};
use crate::{CourseName, Named, SignoffHead, StandingWord, Workbench, WorkflowError};

/// A course whose rows need somebody.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TouchedCourse {
    /// The course.
    pub course: CourseName,
    /// Rows to confirm.
    pub to_confirm: usize,
    /// Rows that are lost with their statement.
    pub lost: usize,
    /// Rows that go on: carried over, or can be.
    pub unchanged: usize,
    /// Rows on which somebody has decided in the new crosswalk.
    pub decided: usize,
}

/// What a new version means for a program.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramImpact {
    /// The program or collection.
    pub program: Named,
    /// Its crosswalk with the old version.
    pub old_crosswalk: Ctid,
    /// Its crosswalk with the new version; it may not have been begun.
    pub new_crosswalk: Ctid,
    /// Whether that has been begun.
    pub begun: bool,
    /// Whether who looks reviews one of the two blindly: then nothing of it is told.
    pub hidden: bool,
    /// Coverage of the old version, per cent.
    pub before: Option<f64>,
    /// Coverage of the new version as it stands today.
    pub today: Option<f64>,
    /// Coverage of the new version if all that is unchanged is carried over.
    pub carried: Option<f64>,
    /// Coverage of the new version if moreover all that is to confirm were confirmed as it stood.
    pub confirmed: Option<f64>,
    /// Coverage lost, in points of per cent, if only what is unchanged is carried over; negative where there is more.
    pub lost: Option<f64>,
    /// The rows.
    pub rows: Vec<ChangedRow>,
    /// The courses, those that need somebody first.
    pub courses: Vec<TouchedCourse>,
    /// How many rows are in each state.
    pub states: BTreeMap<RowState, usize>,
    /// The latest sign-off of the old crosswalk.
    pub signoff: Option<SignoffHead>,
    /// Sheets of the old crosswalk shared today; none where who looks may not know.
    pub shares: Option<usize>,
    /// Whether who looks may carry over here.
    pub may_carry: bool,
    /// Whether who looks may confirm here.
    pub may_confirm: bool,
    /// Why nothing can be changed now, where that is so.
    pub locked: Option<String>,
}

impl ProgramImpact {
    /// Rows in a state.
    #[must_use]
    pub fn count(&self, state: RowState) -> usize {
        self.states.get(&state).copied().unwrap_or(0)
    }
}

impl Workbench {
    /// The programs that a new version of a blueprint touches, within reach of who acts.
    pub(super) async fn impact(
        &self,
        work: &Work,
        (old, new): (&Blueprint, &Blueprint),
        comparison: &Comparison,
    ) -> Result<Vec<ProgramImpact>, WorkflowError> {
        let reach = self.reach(work, Action::ReadCrosswalk).await?;
        let mut found = Vec::new();
        for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| crosswalk.blueprint == old.ctid) {
            let Some(program) = work.program(&crosswalk.program).await? else { continue };
            if !reach.holds(program.organization, Some(program.ctid)) {
                continue;
            }
            found.push(self.program_impact(work, crosswalk, new, comparison).await?);
        }
        Ok(found)
    }

    async fn program_impact(
        &self,
        work: &Work,
        crosswalk: &Crosswalk,
        new: &Blueprint,
        comparison: &Comparison,
    ) -> Result<ProgramImpact, WorkflowError> {
        let data = self.crosswalk_data(work, &crosswalk.ctid).await?;
        let next = Crosswalk::identify(&crosswalk.program, &new.ctid);
        let begun = work.crosswalk(&next).await?.is_some();
        let hidden = data.is_veiled() || self.veil(work, &next).await?.is_some();
        let program = About::Program(&crosswalk.program);
        let mut impact = ProgramImpact {
            program: Named { id: data.program.ctid, name: data.program.title.to_string() },
            old_crosswalk: crosswalk.ctid,
            new_crosswalk: next,
            begun,
            hidden,
            before: None,
            today: None,
            carried: None,
            confirmed: None,
            lost: None,
            rows: Vec::new(),
            courses: Vec::new(),
            states: BTreeMap::new(),
            signoff: None,
            shares: None,
            may_carry: false,
            may_confirm: false,
            locked: None,
        };
        if hidden {
            return Ok(impact);
        }
        impact.may_carry = self.may(work, Action::Settle, program).await?;
        impact.may_confirm = self.may(work, Action::Review, program).await?;
        impact.locked = self.must_be_open(work, &next).await.err().map(|error| error.to_string());
        if let Some(signoff) = work.signoffs_of(&crosswalk.ctid).await?.pop() {
            impact.signoff = Some(self.signoff_head(work, &signoff).await?);
        }
        if self.may(work, Action::ShareSheet, program).await? {
            let today = self.today();
            let shares = work.shares_of(&crosswalk.ctid).await?;
            impact.shares = Some(shares.iter().filter(|share| share.is_open(today)).count());
        }
        let decisions = if begun { work.decisions(&next).await? } else { Vec::new() };
        fill(&mut impact, &data, new, comparison, &decisions);
        Ok(impact)
    }
}

/// Rows, courses and coverage.
fn fill(
    impact: &mut ProgramImpact,
    data: &CrosswalkData,
    new: &Blueprint,
    comparison: &Comparison,
    decisions: &[Decision],
) {
    let words = Words::new(data.words().statements, &new.items());
    let standings = WhatStands::of(decisions, &words).standings;
    let touched = rows(comparison, data, &current(decisions, &words), &standings);
    let total = |standings: &BTreeMap<Pair, Standing>| data.coverage_if(new, standings).total.map(tidy);
    impact.before = data.coverage().total.map(tidy);
    impact.today = total(&standings);
    let carried = with(&standings, &touched, |row| row.state == RowState::ToCarry);
    impact.carried = total(&carried);
    impact.confirmed = total(&with(&carried, &touched, |row| row.state == RowState::ToConfirm));
    impact.lost = impact.before.zip(impact.carried).map(|(before, after)| tidy(before - after));
    impact.rows = touched.into_iter().map(|touched| touched.row).collect();
    for row in &impact.rows {
        *impact.states.entry(row.state).or_default() += 1;
    }
    impact.courses = courses(&impact.rows);
}

/// What would stand if some rows were taken as they stood; of several that lead to one pair the stronger counts.
fn with(
    standings: &BTreeMap<Pair, Standing>,
    touched: &[Touched],
    wanted: impl Fn(&ChangedRow) -> bool,
) -> BTreeMap<Pair, Standing> {
    let rank = |standing: &Standing| match standing {
        Standing::Accepted { strength, .. } => 1 + i32::from(*strength == credway_model::Strength::Full),
        _ => 0,
    };
    let mut found = standings.clone();
    for one in touched.iter().filter(|one| wanted(&one.row)) {
        let Some(target) = one.row.new_target else { continue };
        let held = found.entry((one.row.statement, target)).or_insert(Standing::Open);
        if rank(&one.would) > rank(held) {
            *held = one.would;
        }
    }
    found
}

fn courses(rows: &[ChangedRow]) -> Vec<TouchedCourse> {
    let mut found: Vec<TouchedCourse> = Vec::new();
    for row in rows {
        let at = found.iter().position(|course| course.course.id == row.course.id).unwrap_or_else(|| {
            found.push(TouchedCourse { course: row.course.clone(), to_confirm: 0, lost: 0, unchanged: 0, decided: 0 });
            found.len() - 1
        });
        let course = &mut found[at];
        match row.state {
            RowState::ToConfirm | RowState::CourseReworded => course.to_confirm += 1,
            RowState::Lost => course.lost += 1,
            RowState::ToCarry | RowState::Carried => course.unchanged += 1,
            RowState::Decided => course.decided += 1,
        }
    }
    found.sort_by(|one, other| {
        let needs = |course: &TouchedCourse| std::cmp::Reverse(course.to_confirm + course.lost);
        needs(one).cmp(&needs(other)).then_with(|| one.course.code.cmp(&other.course.code))
    });
    found
}

impl ChangedRow {
    /// Whether it counted for something.
    #[must_use]
    pub fn counted(&self) -> bool {
        matches!(self.standing, StandingWord::Full | StandingWord::Partial)
    }
}
