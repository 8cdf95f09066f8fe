//! One sheet of the workbook: heads that stay in view and on every printed page, wrapped words, numbers as numbers.
//!
//! Words are always written as strings: a cell that begins with `=` shows itself and is never run.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, FormatBorder, RowNum, Worksheet};

use crate::PublishError;

/// What a cell holds.
pub(crate) enum Cell {
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
    pub(crate) fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    pub(crate) fn maybe(words: Option<impl Into<String>>) -> Self {
        words.map_or(Self::Empty, |words| Self::Words(words.into()))
    }

    pub(crate) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

/// Writes a sheet from top to bottom.
pub(crate) struct Sheet<'a> {
    pub(crate) worksheet: &'a mut Worksheet,
    row: RowNum,
    words: Format,
    number: Format,
    probability: Format,
    head: Format,
}

impl<'a> Sheet<'a> {
    /// Names the sheet and sets it up for landscape paper, one page wide, with `footer` below.
    pub(crate) fn new(worksheet: &'a mut Worksheet, name: &str, footer: &str) -> Result<Self, PublishError> {
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
    pub(crate) fn table(&mut self, heads: &[(&str, f64)]) -> Result<(), PublishError> {
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
    pub(crate) fn heads(&mut self, heads: &[&str]) -> Result<(), PublishError> {
        for (column, head) in (0..).zip(heads) {
            self.worksheet.write_string_with_format(self.row, column, *head, &self.head)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes one row.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), PublishError> {
        for (column, cell) in (0..).zip(cells) {
            self.cell(column, cell)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a heading in letters of `size` points.
    pub(crate) fn heading(&mut self, words: &str, size: f64) -> Result<(), PublishError> {
        let format = Format::new().set_bold().set_font_size(size);
        self.worksheet.write_string_with_format(self.row, 0, words, &format)?;
        self.row += 1;
        Ok(())
    }

    /// Writes words across the columns up to `last`, in as many lines as `characters` a line ask for.
    pub(crate) fn wide(&mut self, words: &str, last: ColNum, characters: f64) -> Result<(), PublishError> {
        if last == 0 {
            return self.row(&[Cell::words(words)]);
        }
        // A merged cell does not grow with its words: letters take about their count in width, lines 15 points.
        let length = f64::from(u32::try_from(words.chars().count()).unwrap_or(u32::MAX));
        let lines = (length * 1.1 / characters).ceil().clamp(1.0, 27.0);
        self.worksheet.merge_range(self.row, 0, self.row, last, "", &self.words)?;
        self.worksheet.write_string_with_format(self.row, 0, words, &self.words)?;
        self.worksheet.set_row_height(self.row, lines * 15.0)?;
        self.row += 1;
        Ok(())
    }

    /// The row that is written next, from 0.
    pub(crate) const fn at(&self) -> RowNum {
        self.row
    }

    /// Goes to the next row.
    pub(crate) const fn next(&mut self) {
        self.row += 1;
    }

    /// Writes a number in a format of its own.
    pub(crate) fn formatted(&mut self, column: ColNum, value: f64, format: &Format) -> Result<(), PublishError> {
        self.worksheet.write_number_with_format(self.row, column, value, format)?;
        Ok(())
    }

    /// Leaves one row free.
    pub(crate) fn space(&mut self) {
        self.row += 1;
    }

    /// Lets a person filter the rows below the head at `head`.
    pub(crate) fn filter(&mut self, head: RowNum, columns: usize) -> Result<(), PublishError> {
        let last = ColNum::try_from(columns.saturating_sub(1)).unwrap_or(ColNum::MAX);
        self.worksheet.autofilter(head, 0, self.row.saturating_sub(1).max(head), last)?;
        Ok(())
    }

    /// Writes one cell of the current row.
    pub(crate) fn cell(&mut self, column: ColNum, cell: &Cell) -> Result<(), PublishError> {
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
