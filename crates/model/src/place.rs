//! A place inside a source: a row, a line, a member, an area of a page, a paragraph.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An area of a page, in whole points (1/72 inch) from the page's upper left corner; it holds what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageArea {
    /// Page number in the file, from 1, whatever number is printed on it.
    pub page: u32,
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Right edge.
    pub right: u16,
    /// Lower edge.
    pub bottom: u16,
}

impl fmt::Display for PageArea {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, left, top, right, bottom } = self;
        write!(formatter, "page {page} ({left},{top}–{right},{bottom})")
    }
}

/// A place inside a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The source as a whole.
    Whole,
    /// In no source: a person wrote it here.
    ByHand,
    /// A row of a table, counted from 1 with the header as row 1, and the column's head if one column is meant.
    Row {
        /// Row number, from 1.
        row: u32,
        /// Head of the column.
        column: Option<String>,
    },
    /// A line of a text, counted from 1, and the column (in characters, from 1) where known.
    Line {
        /// Line number, from 1.
        line: u32,
        /// Character column, from 1.
        column: Option<u32>,
    },
    /// A JSON pointer (RFC 6901).
    Pointer(String),
    /// A row of a sheet of a workbook, counted as the program that shows it does, and the column's head if one is meant.
    Sheet {
        /// Name of the sheet.
        sheet: String,
        /// Row number, from 1.
        row: u32,
        /// Head of the column.
        column: Option<String>,
    },
    /// Areas of pages, in reading order: several where a value goes on in another column or on another page.
    Pages(Vec<PageArea>),
    /// A paragraph of a document without fixed pages, counted from 1; rows of tables do not count.
    Paragraph {
        /// Paragraph number, from 1.
        paragraph: u32,
    },
    /// A row of a table of such a document.
    TableRow {
        /// Table number, from 1.
        table: u32,
        /// Row number, from 1.
        row: u32,
        /// Head of the column, if one is meant.
        column: Option<String>,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => formatter.write_str("whole file"),
            Self::ByHand => formatter.write_str("by hand"),
            Self::Row { row, column: Some(column) } => write!(formatter, "row {row}, column “{column}”"),
            Self::Row { row, column: None } => write!(formatter, "row {row}"),
            Self::Line { line, column: Some(column) } => write!(formatter, "line {line}, column {column}"),
            Self::Line { line, column: None } => write!(formatter, "line {line}"),
            Self::Pointer(pointer) => write!(formatter, "pointer {pointer}"),
            Self::Sheet { sheet, row, column } => {
                write!(formatter, "sheet “{sheet}”, row {row}")?;
                write_column(formatter, column.as_deref())
            }
            Self::Pages(areas) => {
                for (index, area) in areas.iter().enumerate() {
                    let mark = if index == 0 { "" } else { "; " };
                    write!(formatter, "{mark}{area}")?;
                }
                Ok(())
            }
            Self::Paragraph { paragraph } => write!(formatter, "paragraph {paragraph}"),
            Self::TableRow { table, row, column } => {
                write!(formatter, "table {table}, row {row}")?;
                write_column(formatter, column.as_deref())
            }
        }
    }
}

/// A place as it is written, without the figures of its areas, which say nothing to a reader: the picture of the page
/// shows them.
///
/// ```
/// assert_eq!(credway_model::short_place("page 3 (57,120–296,132); page 3 (316,94–555,106)"), "page 3");
/// assert_eq!(credway_model::short_place("row 7, column “a (b); c”"), "row 7, column “a (b); c”");
/// ```
#[must_use]
pub fn short_place(place: &str) -> String {
    if !place.starts_with("page ") {
        return place.to_owned();
    }
    let mut pages: Vec<&str> =
        place.split(';').map(|area| area.split(" (").next().unwrap_or_default().trim()).collect();
    pages.dedup();
    pages.join(", ")
}

fn write_column(formatter: &mut fmt::Formatter<'_>, column: Option<&str>) -> fmt::Result {
    column.map_or(Ok(()), |column| write!(formatter, ", column “{column}”"))
}
