//! CSV files: how they are written, and how a cell is kept from being run as a formula.

use credway_model::{Finding, Place, Severity};

use crate::PublishError;

/// A CSV file (UTF-8 without byte order mark, `\n` after each row, RFC 4180 quoting) and what it could not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What the format could not carry, or what a reader should beware of.
    pub losses: Vec<Finding>,
}

/// Writes rows under heads, and gathers what is lost.
pub(crate) struct TableWriter {
    writer: csv::Writer<Vec<u8>>,
    columns: &'static [&'static str],
    row: u32,
    losses: Vec<Finding>,
}

impl TableWriter {
    pub(crate) fn new(columns: &'static [&'static str]) -> Result<Self, PublishError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(columns)?;
        Ok(Self { writer, columns, row: 1, losses: Vec::new() })
    }

    /// Writes one row as it is; a cell that a spreadsheet would run as a formula is reported.
    pub(crate) fn plain(&mut self, cells: &[&str]) -> Result<(), PublishError> {
        self.row += 1;
        for (cell, column) in cells.iter().zip(self.columns) {
            if runs_as_formula(cell) {
                self.lose(
                    "publish.formula-like",
                    Some(column),
                    format!("“{}” begins like a formula.", cell.chars().take(40).collect::<String>()),
                    "The cell is written unchanged so that it can be imported again; open the file as text, not in a spreadsheet.",
                );
            }
        }
        Ok(self.writer.write_record(cells)?)
    }

    /// Writes one row with every cell guarded by [`guard_cell`].
    pub(crate) fn guarded(&mut self, cells: &[String]) -> Result<(), PublishError> {
        self.row += 1;
        Ok(self.writer.write_record(cells.iter().map(|cell| guard_cell(cell)))?)
    }

    /// Notes a loss at the row written last.
    pub(crate) fn lose(&mut self, code: &str, column: Option<&str>, message: String, hint: &str) {
        let place = Place::Row { row: self.row, column: column.map(str::to_owned) };
        self.losses.push(Finding::new(code, Severity::Warning, place, message, hint));
    }

    pub(crate) fn finish(self) -> Result<CsvFile, PublishError> {
        let bytes = self.writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(CsvFile { bytes, losses: self.losses })
    }
}

/// Whether a spreadsheet may take the cell for a formula.
/// Source: OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab, carriage return, line feed, and their full-width forms.
fn runs_as_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The cell with an apostrophe before it where a spreadsheet would run it as a formula, or where it begins with an
/// apostrophe itself; so one leading apostrophe always means "guarded", and [`unguard_cell`] takes it away again.
///
/// ```
/// use credway_publish::{guard_cell, unguard_cell};
/// assert_eq!(guard_cell("=1+1"), "'=1+1");
/// assert_eq!(guard_cell("1.2"), "1.2");
/// assert_eq!(unguard_cell(&guard_cell("'tis")), "'tis");
/// ```
#[must_use]
pub fn guard_cell(cell: &str) -> String {
    if cell.starts_with('\'') || runs_as_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What was in the cell before [`guard_cell`].
#[must_use]
pub fn unguard_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_runs_as_a_formula_and_every_cell_comes_back() {
        let dangerous =
            ["=HYPERLINK(\"x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1"];
        for cell in dangerous {
            assert!(guard_cell(cell).starts_with('\''), "{cell:?}");
            assert_eq!(unguard_cell(&guard_cell(cell)), cell);
        }
        for cell in ["", "Explain = and +", "1.2", "–", " =1"] {
            assert_eq!(guard_cell(cell), cell);
        }
    }
}
