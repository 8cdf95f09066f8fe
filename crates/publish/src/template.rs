//! A template as a workbook: a sheet to fill with example rows, and one that explains its columns.
//!
//! What a person types stays as typed: cells are text, so that 2.10 does not become 2.1 nor 11.0100 a figure, save in
//! columns of figures.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, FormatAlign, IgnoreError, Workbook, Worksheet};

use crate::PublishError;
use crate::crosswalk::{Cell, Sheet};
use crate::report::finish;

/// The day a template says it was made: it has none of its own, and the same template gives the same bytes.
const MADE: Date = date(2026, 1, 1);
/// Rows below the heads that are set up to be typed into.
const ROWS: u32 = 5_000;
/// Narrowest and widest column, in characters.
const WIDTHS: (usize, usize) = (12, 48);

/// A template's sheets.
#[derive(Clone, Debug)]
pub struct TemplateSheets<'a> {
    /// Title of the workbook and name of its first sheet.
    pub title: &'a str,
    /// Its columns: head, and whether they hold figures.
    pub columns: Vec<(&'a str, bool)>,
    /// The example rows.
    pub rows: &'a [Vec<String>],
    /// Name of the sheet that explains them.
    pub about: &'a str,
    /// Its heads with their widths in characters.
    pub about_heads: Vec<(&'a str, f64)>,
    /// Its rows.
    pub about_rows: Vec<Vec<&'a str>>,
}

/// The workbook's bytes.
///
/// # Errors
/// [`PublishError::Xlsx`].
pub fn template_xlsx(template: &TemplateSheets<'_>) -> Result<Vec<u8>, PublishError> {
    let mut workbook = Workbook::new();
    fill(template, workbook.add_worksheet())?;
    let mut about = Sheet::new(workbook.add_worksheet(), template.about, template.title)?;
    about.table(&template.about_heads)?;
    for row in &template.about_rows {
        about.row(&row.iter().map(|cell| Cell::words(*cell)).collect::<Vec<_>>())?;
    }
    finish(&mut workbook, template.title, MADE)
}

/// The sheet to fill.
fn fill(template: &TemplateSheets<'_>, sheet: &mut Worksheet) -> Result<(), PublishError> {
    let head = Format::new().set_bold();
    let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
    let figure = Format::new().set_align(FormatAlign::Top);
    sheet.set_name(template.title)?.set_freeze_panes(1, 0)?;
    let last = u16::try_from(template.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.ignore_error_range(1, 0, ROWS, last, IgnoreError::NumberStoredAsText)?;
    for (index, (column, (name, is_figure))) in (0..).zip(&template.columns).enumerate() {
        let format = if *is_figure { &figure } else { &text };
        let cells = || template.rows.iter().map(|row| row[index].as_str());
        let widest = cells().chain([*name]).map(|cell| cell.chars().count() + 2).max().unwrap_or(0);
        let width = u32::try_from(widest.clamp(WIDTHS.0, WIDTHS.1)).unwrap_or_default();
        sheet.set_column_width(column, f64::from(width))?.set_column_format(column, format)?;
        sheet.write_string_with_format(0, column, *name, &head)?;
        for (row, cell) in (1..).zip(cells()) {
            match cell.parse::<f64>() {
                Ok(number) if *is_figure => sheet.write_number_with_format(row, column, number, format)?,
                _ if cell.is_empty() => sheet,
                _ => sheet.write_string_with_format(row, column, cell, format)?,
            };
        }
    }
    Ok(())
}
