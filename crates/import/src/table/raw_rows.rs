//! The rows of a comma-separated text that is more than one table: nothing is taken for heads, every row has its number.

use credway_model::{Finding, Place};

use super::delimited::{Layout, reader, refuse};
use super::head::Body;
use super::row_lines::walk;

/// A row with its number as a spreadsheet shows it.
pub(crate) type RawRow = (u32, csv::StringRecord);

/// Every row that holds something, or the finding that says why not.
pub(crate) fn raw_rows(text: &str, delimiter: u8, findings: &mut Vec<Finding>) -> Option<Vec<RawRow>> {
    let body = Body { text, delimiter: None, first_row: 1, first_line: 1, above: "" };
    let layout = Layout { delimiter, quoting: true };
    let walk = walk(&body, layout);
    if let Some(line) = walk.stray.filter(|_| text.matches('"').count() % 2 == 1) {
        let place = Place::Line { line, column: None };
        let hint = "Close the quote, or double a quote that belongs to the text.";
        return refuse(findings, place, "A quotation mark is never closed.".to_owned(), hint);
    }
    let mut numbers = walk.rows.iter().map(|row| row.number);
    let mut rows = Vec::with_capacity(walk.rows.len());
    for record in reader(&body, layout).records() {
        let number = numbers.next().unwrap_or(u32::MAX);
        match record {
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(record) => rows.push((number, record)),
            Err(error) => {
                let place = Place::Row { row: number, column: None };
                let message = format!("The table cannot be read here: {error}.");
                return refuse(findings, place, message, "Look at the row's quotes and delimiters.");
            }
        }
    }
    Some(rows)
}
