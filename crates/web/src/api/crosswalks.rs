//! Crosswalks for programs of others: the list, and one as a window of its matrix.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;
use credway_workflow::{CellState, MatrixFilter, MatrixOnly, MatrixPage};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Reply;
use super::asked::{Asked, LARGEST_NUMBER, identifier, needs, place, words};
use super::names::{CourseName, Identifier, Named, ObjectiveName};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadCrosswalk;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[READ]);
    Routes::new().get("/api/v1/crosswalks", RULE, list).get("/api/v1/crosswalks/{id}", RULE, one)
}

wire! {
    /// A crosswalk in one line.
    CrosswalkHead from credway_workflow::CrosswalkHead {
        /// Identifier.
        id: Identifier,
        /// The program or collection.
        program: Named,
        /// The blueprint version.
        blueprint: Named,
        /// Total coverage in per cent of the exam; absent when some weights are missing.
        coverage: Option<f64>,
        /// Total coverage by assessed statements only, in per cent of the exam.
        coverage_assessed: Option<f64>,
        /// Pairs that wait for a word.
        open: usize,
        /// Pairs somebody has a word on.
        decided: usize,
        /// Pairs on which reviewers disagree.
        disputed: usize,
        /// Blueprint statements that are not fully covered.
        gaps: usize,
        /// Courses.
        courses: usize,
        /// Statements at the end of the outline.
        statements: usize,
        /// Last day the blueprint version is examined, ISO 8601, when that day is past.
        retired: Option<String>,
    }

    /// One cell: a course against a blueprint statement.
    Cell from credway_workflow::Cell {
        /// What it says first.
        state: State,
        /// Suggestions nobody has a word on.
        open: usize,
        /// The highest probability among them, 0 to 1.
        probability: Option<f64>,
        /// Whether what is accepted is assessed.
        assessed: bool,
    }

    /// One blueprint statement.
    Row from credway_workflow::MatrixRow {
        /// The statement.
        objective: ObjectiveName,
        /// How deep it stands below its domain.
        nesting: usize,
        /// Share of the exam in per cent.
        share: Option<f64>,
        /// Score: 0, 0.5 or 1; absent for one with finer ones below it.
        score: Option<f64>,
        /// A cell for each column, in their order.
        cells: Vec<Cell>,
    }

    /// A window of the matrix of a crosswalk: at most 5,000 cells.
    Matrix from MatrixPage {
        /// The crosswalk in one line.
        crosswalk: CrosswalkHead,
        /// The courses shown.
        columns: Vec<CourseName>,
        /// The blueprint statements shown.
        rows: Vec<Row>,
        /// First row shown, from 0.
        first_row: usize,
        /// First column shown, from 0.
        first_column: usize,
        /// Rows that match.
        total_rows: usize,
        /// Columns that match.
        total_columns: usize,
        /// Domains to filter by.
        domains: Vec<Named>,
    }
}

impl Plain<credway_workflow::MatrixColumn> for CourseName {
    fn of(given: credway_workflow::MatrixColumn) -> Self {
        Self::of(given.course)
    }
}

/// What a cell says first: the strongest accepted, else disputed, suggested, rejected.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = CellState)]
pub(super) enum State {
    /// Nothing.
    Empty,
    /// Something is suggested that nobody has a word on.
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

impl Plain<CellState> for State {
    fn of(given: CellState) -> Self {
        match given {
            CellState::Empty => Self::Empty,
            CellState::Suggested => Self::Suggested,
            CellState::Full => Self::Full,
            CellState::Partial => Self::Partial,
            CellState::Disputed => Self::Disputed,
            CellState::Rejected => Self::Rejected,
        }
    }
}

/// Which blueprint statements are shown.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Only {
    /// All.
    All,
    /// Those not fully covered.
    Gaps,
    /// Those with suggestions nobody has a word on.
    Open,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MatrixAsked {
    /// Which blueprint statements.
    #[param(inline)]
    only: Option<Only>,
    /// Only those of this domain.
    domain: Option<Identifier>,
    /// Only statements and courses whose words hold this.
    #[param(max_length = 200, pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$")]
    search: Option<String>,
    /// The first row of the window, from 0.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 9007199254740991_u64, default = 0)]
    row: Option<String>,
    /// The first column of the window, from 0.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 9007199254740991_u64, default = 0)]
    column: Option<String>,
    /// The most columns of the window; as many rows are shown as the cells allow.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200, default = 40)]
    columns: Option<String>,
}

/// Crosswalks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Crosswalks {
    /// All that may be read.
    items: Vec<CrosswalkHead>,
}

/// Crosswalks: a program against a blueprint, each in one line.
#[utoipa::path(get, path = "/api/v1/crosswalks", operation_id = "listCrosswalks", tag = "Crosswalks",
    responses((status = 200, description = "All crosswalks that may be read.", body = Crosswalks)))]
pub(super) async fn list(visit: Visit) -> Reply<Crosswalks> {
    needs(&visit, READ).await?;
    Ok(Json(Crosswalks { items: Plain::of(visit.workbench().crosswalks().await?) }))
}

/// One crosswalk as a window of its matrix.
#[utoipa::path(get, path = "/api/v1/crosswalks/{id}", operation_id = "getCrosswalk", tag = "Crosswalks",
    params(("id" = Identifier, Path, description = "The crosswalk."), MatrixAsked),
    responses((status = 200, description = "The window.", body = Matrix)))]
pub(super) async fn one(visit: Visit, Path(id): Path<String>, Asked(asked): Asked<MatrixAsked>) -> Reply<Matrix> {
    needs(&visit, READ).await?;
    let filter = MatrixFilter {
        only: match asked.only {
            None | Some(Only::All) => MatrixOnly::All,
            Some(Only::Gaps) => MatrixOnly::Gaps,
            Some(Only::Open) => MatrixOnly::Open,
        },
        domain: asked.domain.map(|domain| domain.0),
        row: place("row", asked.row.as_ref(), 0..=LARGEST_NUMBER, 0)?,
        column: place("column", asked.column.as_ref(), 0..=LARGEST_NUMBER, 0)?,
        columns: place("columns", asked.columns.as_ref(), 1..=200, 40)?,
        search: words("search", asked.search)?,
    };
    Ok(Json(Plain::of(visit.workbench().matrix(&identifier("crosswalk", &id)?, &filter).await?)))
}
