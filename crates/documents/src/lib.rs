//! PDF, DOCX, HTML and workbooks in; lines and tables with their places out.
//!
//! This crate knows how documents are built, not what colleges write in them: it gives lines of text with the page and
//! area (or the paragraph) each stands at, and sheets of cells. It refuses what is out of bounds (too many bytes once
//! unpacked, too deep, too many pages) before handing it to the libraries that read it, opens no file, and runs nothing.

mod container;
mod document;
pub mod docx;
pub mod html;
mod joining;
mod markup;
pub mod pdf;
mod workbook;

pub use container::{ArchiveSummary, Limits, Refusal, check_archive};
pub use document::{Cell, Document, Form, GoOn, Kind, Line, PageSize, Unread};
pub use joining::Joiner;
pub use workbook::{Area, CellFault, Sheet, Workbook, WorkbookError, column_letters, read_workbook};
