//! The matrix as its template shows it: short and ready to write out, for a window may have thousands of cells.

use credway_model::Ctid;
use credway_workflow::{Cell, CellState, CourseName, MatrixFilter, MatrixOnly, MatrixPage, MatrixRow, Named};

use super::window::{PageLink, neighbours, only_word};
use crate::routes::coverage::score_words;
use crate::routes::review::{course_anchor, objective_name};
use crate::words;

/// A cell with something in it.
pub(super) struct CellView<'a> {
    /// Class names: the state's initial, and `z` when assessed.
    pub(super) class: &'static str,
    /// Anchor of the course's first candidate on the review page.
    pub(super) anchor: &'a str,
    /// Code of the course.
    pub(super) code: &'a str,
    /// State in words.
    pub(super) words: &'static str,
}

/// One blueprint statement.
pub(super) struct RowView<'a> {
    pub(super) id: Ctid,
    pub(super) code: Option<&'a str>,
    pub(super) text: &'a str,
    /// Number or opening words, for the cells' text.
    pub(super) name: String,
    /// How deep it is set in, 0 to 3.
    pub(super) nesting: usize,
    /// Share of the exam and score.
    pub(super) facts: String,
    /// Whether no cell says anything.
    pub(super) nothing: bool,
    pub(super) cells: Vec<Option<CellView<'a>>>,
}

/// The statements of a domain that are shown.
pub(super) struct GroupView<'a> {
    pub(super) title: &'a str,
    pub(super) rows: Vec<RowView<'a>>,
}

/// One choice of rows.
pub(super) struct Choice {
    pub(super) word: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
}

/// Everything on the page below its frame.
pub(super) struct MatrixView<'a> {
    pub(super) id: Ctid,
    pub(super) program: &'a Named,
    pub(super) blueprint: &'a Named,
    pub(super) retired: Option<&'a str>,
    pub(super) coverage: String,
    pub(super) assessed: String,
    pub(super) open: usize,
    pub(super) open_words: String,
    pub(super) disputed: usize,
    pub(super) gaps: usize,
    pub(super) choices: Vec<Choice>,
    pub(super) domains: &'a [Named],
    pub(super) domain: Option<Ctid>,
    pub(super) search: &'a str,
    /// Whether the filter hides something.
    pub(super) filtered: bool,
    pub(super) columns: Vec<&'a CourseName>,
    pub(super) groups: Vec<GroupView<'a>>,
    /// Which part is shown, as a sentence.
    pub(super) window: String,
    pub(super) pages: Vec<PageLink>,
    /// Whether the window begins behind the last row or column.
    pub(super) past: bool,
}

impl<'a> MatrixView<'a> {
    /// `anchors` are those of the columns, in order.
    pub(super) fn new(page: &'a MatrixPage, filter: &'a MatrixFilter, anchors: &'a [String]) -> Self {
        let head = &page.crosswalk;
        let choice = |only: MatrixOnly, label| Choice { word: only_word(only), label, chosen: only == filter.only };
        Self {
            id: head.id,
            program: &head.program,
            blueprint: &head.blueprint,
            retired: head.retired.as_deref(),
            coverage: percent_or(head.coverage),
            assessed: percent_or(head.coverage_assessed),
            open: head.open,
            open_words: words::plural(head.open, "suggestion", "suggestions"),
            disputed: head.disputed,
            gaps: head.gaps,
            choices: vec![
                choice(MatrixOnly::All, "All"),
                choice(MatrixOnly::Gaps, "Only gaps"),
                choice(MatrixOnly::Open, "Only with open suggestions"),
            ],
            domains: &page.domains,
            domain: filter.domain,
            search: &filter.search,
            filtered: filter.only != MatrixOnly::All || filter.domain.is_some() || !filter.search.is_empty(),
            columns: page.columns.iter().map(|column| &column.course).collect(),
            groups: groups(page, anchors),
            window: window_words(page),
            pages: neighbours(page, filter),
            past: (page.total_rows > 0 && page.rows.is_empty()) || (page.total_columns > 0 && page.columns.is_empty()),
        }
    }

    /// Whether this is the chosen domain.
    pub(super) fn is_domain(&self, domain: &Ctid) -> bool {
        self.domain.as_ref() == Some(domain)
    }
}

/// The anchors of the columns' courses.
pub(super) fn anchors(page: &MatrixPage) -> Vec<String> {
    page.columns.iter().map(|column| course_anchor(&column.course.code)).collect()
}

fn percent_or(value: Option<f64>) -> String {
    value.map_or_else(|| "no total".to_owned(), words::percent)
}

fn window_words(page: &MatrixPage) -> String {
    let part = |first: usize, shown: usize, total: usize, one: &str, many: &str| {
        if shown == total {
            words::plural(total, one, many)
        } else {
            format!("{many} {}–{} of {total}", first + 1, first + shown)
        }
    };
    let rows = part(page.first_row, page.rows.len(), page.total_rows, "objective", "objectives");
    let columns = part(page.first_column, page.columns.len(), page.total_columns, "course", "courses");
    format!("Showing {rows} and {columns}.")
}

fn groups<'a>(page: &'a MatrixPage, anchors: &'a [String]) -> Vec<GroupView<'a>> {
    let mut groups: Vec<GroupView<'a>> = Vec::new();
    for row in &page.rows {
        let title = row.objective.domain.as_str();
        let view = row_view(row, page, anchors);
        match groups.last_mut() {
            Some(group) if group.title == title => group.rows.push(view),
            _ => groups.push(GroupView { title, rows: vec![view] }),
        }
    }
    groups
}

fn row_view<'a>(row: &'a MatrixRow, page: &'a MatrixPage, anchors: &'a [String]) -> RowView<'a> {
    let cells: Vec<Option<CellView<'a>>> = row
        .cells
        .iter()
        .zip(&page.columns)
        .zip(anchors)
        .map(|((cell, column), anchor)| {
            let (class, words) = state_words(cell)?;
            Some(CellView { class, anchor, code: &column.course.code, words })
        })
        .collect();
    RowView {
        id: row.objective.id,
        code: row.objective.code.as_deref(),
        text: &row.objective.text,
        name: objective_name(row.objective.code.as_deref(), &row.objective.text),
        nesting: row.nesting.min(3),
        facts: facts(row),
        nothing: cells.iter().all(Option::is_none),
        cells,
    }
}

fn facts(row: &MatrixRow) -> String {
    let share = row.share.map(|share| format!("{} of the exam", words::percent(share)));
    let score = row.score.map(|score| score_words(score).to_owned());
    [share, score].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Class names and words of a cell; nothing for an empty one.
const fn state_words(cell: &Cell) -> Option<(&'static str, &'static str)> {
    match (cell.state, cell.assessed) {
        (CellState::Empty, _) => None,
        (CellState::Suggested, _) => Some(("s", "suggested, open")),
        (CellState::Full, true) => Some(("f z", "full, accepted, assessed")),
        (CellState::Full, false) => Some(("f", "full, accepted, not assessed")),
        (CellState::Partial, true) => Some(("p z", "partial, accepted, assessed")),
        (CellState::Partial, false) => Some(("p", "partial, accepted, not assessed")),
        (CellState::Disputed, _) => Some(("d", "disputed")),
        (CellState::Rejected, _) => Some(("r", "rejected")),
    }
}
