//! The crosswalk as a matrix: blueprint statements down, courses across, a window of it at a time.

use std::collections::BTreeMap;

use credway_model::{Action, Ctid, Standing};
use credway_store::ProposalFilter;
use serde::{Deserialize, Serialize};

use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::permission::About;
use crate::{CourseName, CrosswalkHead, ObjectiveName, StandingWord, Workbench, WorkflowError};

/// Which blueprint statements are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MatrixOnly {
    /// All.
    #[default]
    All,
    /// Those not fully covered.
    Gaps,
    /// Those with suggestions nobody has a word on.
    Open,
}

/// Which window of the matrix is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct MatrixFilter {
    /// Which blueprint statements.
    pub only: MatrixOnly,
    /// Only this domain.
    pub domain: Option<Ctid>,
    /// Only statements and courses whose words hold this.
    pub search: String,
    /// First row shown, from 0.
    pub row: usize,
    /// First column shown, from 0.
    pub column: usize,
    /// Most columns shown.
    pub columns: usize,
}

impl Default for MatrixFilter {
    fn default() -> Self {
        Self { only: MatrixOnly::All, domain: None, search: String::new(), row: 0, column: 0, columns: 40 }
    }
}

/// What a cell says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellState {
    /// Nothing.
    Empty,
    /// The engine suggests something nobody has a word on, or something was reworded since it was decided.
    Suggested,
    /// Accepted in full.
    Full,
    /// Accepted in part.
    Partial,
    /// Reviewers disagree.
    Disputed,
    /// Everything looked at was rejected.
    Rejected,
}

/// One cell: a course against a blueprint statement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What it says first: the strongest accepted, else disputed, suggested, rejected.
    pub state: CellState,
    /// Suggestions nobody has a word on.
    pub open: usize,
    /// The highest probability among them.
    pub probability: Option<f64>,
    /// Whether what is accepted is assessed.
    pub assessed: bool,
}

/// One blueprint statement.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    /// The statement.
    pub objective: ObjectiveName,
    /// How deep it stands below its domain.
    pub nesting: usize,
    /// Share of the exam in per cent.
    pub share: Option<f64>,
    /// Score: 0, ½ or 1; absent for one with finer ones below it.
    pub score: Option<f64>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// One course.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixColumn {
    /// The course.
    pub course: CourseName,
}

/// A window of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPage {
    /// The crosswalk.
    pub crosswalk: CrosswalkHead,
    /// The courses shown.
    pub columns: Vec<MatrixColumn>,
    /// The blueprint statements shown.
    pub rows: Vec<MatrixRow>,
    /// First row shown, from 0.
    pub first_row: usize,
    /// First column shown, from 0.
    pub first_column: usize,
    /// Rows that match the filter.
    pub total_rows: usize,
    /// Columns that match the filter.
    pub total_columns: usize,
    /// Domains to filter by: identifier and title.
    pub domains: Vec<crate::Named>,
}

impl MatrixPage {
    /// The most cells sent at once.
    pub const MOST_CELLS: usize = 5_000;
}

impl Workbench {
    /// A window of the matrix of a crosswalk: at most [`MatrixPage::MOST_CELLS`] cells.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn matrix(&self, crosswalk: &Ctid, filter: &MatrixFilter) -> Result<MatrixPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        let data = self.crosswalk_data(&work, crosswalk).await?;
        let proposals =
            work.proposals(crosswalk, &ProposalFilter { suggested: Some(true), ..ProposalFilter::default() }).await?;
        drop(work);
        let pairs = proposals.iter().map(|proposal| (proposal.statement, proposal.target));
        let crosswalk = self.crosswalk_head(&data, pairs);
        let cells = cells(&data, &proposals);
        Ok(window(&data, crosswalk, &cells, filter))
    }
}

type Cells = BTreeMap<(Ctid, Ctid), Cell>;

/// Every cell with something in it, by blueprint statement and course, from what stands and what is suggested.
fn cells(data: &CrosswalkData, proposals: &[credway_model::Proposal]) -> Cells {
    let statements: BTreeMap<Ctid, _> =
        course_statements(&data.courses).into_iter().map(|statement| (statement.id, statement)).collect();
    let mut cells = Cells::new();
    let empty = Cell { state: CellState::Empty, open: 0, probability: None, assessed: false };
    for ((statement, target), standing) in &data.standings {
        let Some(statement) = statements.get(statement) else { continue };
        let cell = cells.entry((*target, statement.course.ctid)).or_insert(empty);
        let state = match StandingWord::of(*standing) {
            StandingWord::Open => continue,
            StandingWord::Full => CellState::Full,
            StandingWord::Partial => CellState::Partial,
            StandingWord::Disputed => CellState::Disputed,
            StandingWord::Rejected => CellState::Rejected,
        };
        cell.assessed |= matches!(standing, Standing::Accepted { .. }) && statement.assessed();
        if rank(state) > rank(cell.state) {
            cell.state = state;
        }
    }
    for (statement, target) in &data.reworded {
        let Some(statement) = statements.get(statement) else { continue };
        let cell = cells.entry((*target, statement.course.ctid)).or_insert(empty);
        cell.open += 1;
        if rank(CellState::Suggested) > rank(cell.state) {
            cell.state = CellState::Suggested;
        }
    }
    for proposal in proposals.iter().filter(|one| !data.reworded.contains(&(one.statement, one.target))) {
        if data.standing(proposal.statement, proposal.target) != Standing::Open {
            continue;
        }
        let Some(statement) = statements.get(&proposal.statement) else { continue };
        let cell = cells.entry((proposal.target, statement.course.ctid)).or_insert(empty);
        cell.open += 1;
        let probability = proposal.probability.value();
        cell.probability = Some(cell.probability.map_or(probability, |best| best.max(probability)));
        if rank(CellState::Suggested) > rank(cell.state) {
            cell.state = CellState::Suggested;
        }
    }
    cells
}

/// Which state a cell shows first.
const fn rank(state: CellState) -> u8 {
    match state {
        CellState::Empty => 0,
        CellState::Rejected => 1,
        CellState::Suggested => 2,
        CellState::Disputed => 3,
        CellState::Partial => 4,
        CellState::Full => 5,
    }
}

fn window(data: &CrosswalkData, crosswalk: CrosswalkHead, cells: &Cells, filter: &MatrixFilter) -> MatrixPage {
    let coverage = data.coverage();
    let scores: BTreeMap<Ctid, _> = coverage.statements.iter().map(|statement| (statement.target, statement)).collect();
    let words = filter.search.trim().to_lowercase();
    let items = data.blueprint.items();
    let all_courses: Vec<CourseName> = data.courses.iter().map(CourseName::of).collect();
    let holds = |text: &str| text.to_lowercase().contains(&words);
    let named_course = |course: &&CourseName| holds(&course.code) || holds(&course.title);
    let searched: Vec<&CourseName> =
        if words.is_empty() { Vec::new() } else { all_courses.iter().filter(named_course).collect() };
    let by_course = !searched.is_empty();
    let columns: Vec<&CourseName> = if by_course { searched } else { all_courses.iter().collect() };
    let open_rows: std::collections::BTreeSet<Ctid> =
        cells.iter().filter(|(_, cell)| cell.open > 0).map(|((target, _), _)| *target).collect();
    let rows: Vec<_> = items
        .iter()
        .filter(|item| filter.domain.is_none_or(|domain| data.blueprint.domains[item.domain].ctid == domain))
        .filter(|item| match filter.only {
            MatrixOnly::All => true,
            MatrixOnly::Gaps => scores.get(&item.ctid).is_some_and(|statement| statement.score < 1.0),
            MatrixOnly::Open => open_rows.contains(&item.ctid),
        })
        .filter(|item| {
            words.is_empty()
                || by_course
                || holds(item.text.as_str())
                || item.code.is_some_and(|code| holds(code.as_str()))
        })
        .collect();
    let (total_rows, total_columns) = (rows.len(), columns.len());
    let shown_columns: Vec<&CourseName> =
        columns.into_iter().skip(filter.column).take(filter.columns.clamp(1, 200)).collect();
    let most_rows = MatrixPage::MOST_CELLS / shown_columns.len().max(1);
    let empty = Cell { state: CellState::Empty, open: 0, probability: None, assessed: false };
    let shown_rows = rows.into_iter().skip(filter.row).take(most_rows).map(|item| {
        let statement = scores.get(&item.ctid);
        MatrixRow {
            objective: ObjectiveName::of(item, &data.blueprint),
            nesting: item.nesting,
            share: statement.and_then(|statement| statement.share).map(crate::coverage_report::tidy),
            score: statement.map(|statement| statement.score),
            cells: shown_columns
                .iter()
                .map(|course| cells.get(&(item.ctid, course.id)).copied().unwrap_or(empty))
                .collect(),
        }
    });
    MatrixPage {
        crosswalk,
        rows: shown_rows.collect(),
        columns: shown_columns.iter().map(|course| MatrixColumn { course: (*course).clone() }).collect(),
        first_row: filter.row,
        first_column: filter.column,
        total_rows,
        total_columns,
        domains: data
            .blueprint
            .domains
            .iter()
            .map(|domain| crate::Named { id: domain.ctid, name: domain.title.to_string() })
            .collect(),
    }
}
