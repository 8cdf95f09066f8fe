//! One sheet of the workbook: heads that stay in view and on every printed page, wrapped words, numbers as numbers.
//!
//! Words are always written as strings: a cell that begins with `=` shows itself and is never run.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, FormatBorder, RowNum, Worksheet};

use crate::PublishError;

/// What a cell holds.
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Words(String),
    /// A number shown with one or two decimal places.
    Number(f64),
    /// A probability shown with two decimal places.
    Probability(f64),
}

impl Cell {
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    pub(super) fn maybe(words: Option<impl Into<String>>) -> Self {
        words.map_or(Self::Empty, |words| Self::Words(words.into()))
    }

    pub(super) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

/// Writes a sheet from top to bottom.
pub(super) struct Sheet<'a> {
    pub(super) worksheet: &'a mut Worksheet,
    row: RowNum,
    words: Format,
    number: Format,
    probability: Format,
    head: Format,
}

impl<'a> Sheet<'a> {
    /// Names the sheet and sets it up for landscape paper, one page wide, with `footer` below.
    pub(super) fn new(worksheet: &'a mut Worksheet, name: &str, footer: &str) -> Result<Self, PublishError> {
        worksheet.set_name(name)?;
        worksheet.set_landscape().set_print_fit_to_pages(1, 0);
        worksheet.set_footer(format!("&L{}&C&A&R&P / &N", footer.replace('&', "&&")));
        let cell = Format::new().set_align(FormatAlign::Top);
        Ok(Self {
            worksheet,
            row: 0,
            words: cell.clone().set_text_wrap(),
            number: cell.clone().set_num_format("0.0#"),
            probability: cell.clone().set_num_format("0.00"),
            head: cell.set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin),
        })
    }

    /// Writes the heads with the width of each column in characters, and keeps them in view and on every page.
    pub(super) fn table(&mut self, heads: &[(&str, f64)]) -> Result<(), PublishError> {
        let top = self.row;
        for (column, (head, width)) in (0..).zip(heads) {
            self.worksheet.write_string_with_format(top, column, *head, &self.head)?;
            self.worksheet.set_column_width(column, *width)?;
        }
        self.worksheet.set_freeze_panes(top + 1, 0)?;
        self.worksheet.set_repeat_rows(top, top)?;
        self.row += 1;
        Ok(())
    }

    /// Writes heads in the middle of a sheet.
    pub(super) fn heads(&mut self, heads: &[&str]) -> Result<(), PublishError> {
        for (column, head) in (0..).zip(heads) {
            self.worksheet.write_string_with_format(self.row, column, *head, &self.head)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes one row.
    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), PublishError> {
        for (column, cell) in (0..).zip(cells) {
            self.cell(column, cell)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Leaves one row free.
    pub(super) fn space(&mut self) {
        self.row += 1;
    }

    /// Lets a person filter the rows below the head at `head`.
    pub(super) fn filter(&mut self, head: RowNum, columns: usize) -> Result<(), PublishError> {
        let last = ColNum::try_from(columns.saturating_sub(1)).unwrap_or(ColNum::MAX);
        self.worksheet.autofilter(head, 0, self.row.saturating_sub(1).max(head), last)?;
        Ok(())
    }

    fn cell(&mut self, column: ColNum, cell: &Cell) -> Result<(), PublishError> {
        let row = self.row;
        match cell {
            Cell::Empty => {}
            Cell::Words(words) => {
                self.worksheet.write_string_with_format(row, column, words.as_str(), &self.words)?;
            }
            Cell::Number(number) => {
                self.worksheet.write_number_with_format(row, column, *number, &self.number)?;
            }
            Cell::Probability(number) => {
                self.worksheet.write_number_with_format(row, column, *number, &self.probability)?;
            }
        }
        Ok(())
    }
}
