//! Workbooks (XLSX): sheets of cells as the words a person would type for what the program shows.
//!
//! A number is the shortest that means the same to fifteen digits, a date is ISO, a share formatted as per cent is per
//! cent, a formula is the value that was stored with it. A cell that shows an error holds nothing and is listed.
//! Formulas and macros are never run, links never followed. A merged cell repeats its value in every row it covers.

mod bounds;
mod cell;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::container::{Limits, Refusal, check_with};
use bounds::Bounds;
use cell::Words;

/// Most cells with something in them that are read, all sheets together.
const MOST_CELLS: usize = 2_000_000;
/// Most merged areas of a sheet.
const MOST_AREAS: usize = 10_000;

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// Its sheets of cells, in the order of their tabs.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on its tab.
    pub name: String,
    /// Whether the program that shows it hides it.
    pub hidden: bool,
    /// Rows that hold something, by their number from 1; each cell by its column from 0.
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// Merged areas.
    pub merged: Vec<Area>,
    /// Cells that hold nothing although something is meant to stand there.
    pub faults: Vec<CellFault>,
}

/// A merged area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// First row, from 1.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column, from 0.
    pub left: u32,
    /// Last column.
    pub right: u32,
}

/// A cell that holds nothing although something is meant to stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// Row number, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// What it shows instead: `#REF!`; absent for a formula whose value was not stored.
    pub shows: Option<String>,
}

/// Why a workbook is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// The container is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An archive, but no workbook of this form.
    #[error("the document is {0}")]
    Other(&'static str),
    /// The workbook holds too much.
    #[error("the workbook holds more than {0}")]
    TooMuch(String),
    /// The workbook is not as the format says.
    #[error("the workbook cannot be read: {0}")]
    Damaged(String),
}

/// What an archive's entries say it is, where it is no workbook that is read.
fn other_form(has: impl Fn(&str) -> bool) -> Option<&'static str> {
    if has("xl/workbook.bin") {
        Some("a binary workbook (XLSB)")
    } else if has("word/document.xml") {
        Some("a text document (DOCX)")
    } else if has("ppt/presentation.xml") {
        Some("a presentation (PPTX)")
    } else if has("content.xml") && has("mimetype") {
        Some("an OpenDocument file (ODS, ODT)")
    } else if has("_rels/.rels") && has("[Content_Types].xml") {
        None
    } else {
        Some("an archive without a workbook in it")
    }
}

/// Reads an XLSX workbook.
///
/// # Errors
/// [`WorkbookError`].
pub fn read_workbook(bytes: &[u8], limits: &Limits) -> Result<Workbook, WorkbookError> {
    let mut bounds = Bounds::default();
    let summary = check_with(bytes, limits, &mut |entry, element| bounds.look(entry, element))?;
    if let Some(other) = other_form(|name| summary.has(name)) {
        return Err(WorkbookError::Other(other));
    }
    // What the bounds miss must not end the program: the library's own defects become a refusal too.
    catch_unwind(AssertUnwindSafe(|| read(bytes, bounds.formulas)))
        .unwrap_or_else(|_| Err(WorkbookError::Damaged("its parts contradict one another".to_owned())))
}

fn damaged(error: XlsxError) -> WorkbookError {
    let words: String = error.to_string().chars().filter(|letter| !letter.is_control()).take(200).collect();
    WorkbookError::Damaged(words)
}

fn read(bytes: &[u8], formulas: bool) -> Result<Workbook, WorkbookError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets = book.sheets_metadata().to_vec();
    let mut workbook = Workbook::default();
    let mut left = MOST_CELLS;
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let hidden = sheet.visible != SheetVisible::Visible;
        let mut read = Sheet { name: sheet.name, hidden, ..Sheet::default() };
        match cells(&mut book, &mut read, &mut left) {
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
            Ok(false) => return Err(WorkbookError::TooMuch(format!("{MOST_CELLS} cells"))),
            Ok(true) => {}
        }
        if formulas {
            unstored(&mut book, &mut read).map_err(damaged)?;
        }
        areas(&mut book, &mut read)?;
        repeat_downwards(&mut read, &mut left)?;
        workbook.sheets.push(read);
    }
    Ok(workbook)
}

/// Reads the cells of a sheet; false when there are more than are left.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet, left: &mut usize) -> Result<bool, XlsxError> {
    let name = sheet.name.clone();
    let mut reader = book.worksheet_cells_reader(&name)?;
    let words = Words::of(reader.styles());
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        if let DataRef::Error(error) = cell.get_value() {
            sheet.faults.push(CellFault { row, column, shows: Some(error.to_string()) });
            continue;
        }
        let text = words.text(&Data::from(cell.get_value().clone()), style);
        if text.trim().is_empty() {
            continue;
        }
        let Some(fewer) = left.checked_sub(1) else { return Ok(false) };
        *left = fewer;
        sheet.rows.entry(row).or_default().insert(column, text);
    }
    Ok(true)
}

/// Lists formulas without a stored value.
fn unstored(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let listed: BTreeSet<(u32, u32)> = sheet.faults.iter().map(|fault| (fault.row, fault.column)).collect();
    let name = sheet.name.clone();
    let mut reader = book.worksheet_cells_reader(&name)?;
    while let Some(cell) = reader.next_formula()? {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        let stored = sheet.rows.get(&row).is_some_and(|cells| cells.contains_key(&column));
        if !cell.get_value().is_empty() && !stored && !listed.contains(&(row, column)) {
            sheet.faults.push(CellFault { row, column, shows: None });
        }
    }
    sheet.faults.sort_by_key(|fault| (fault.row, fault.column));
    Ok(())
}

fn areas(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), WorkbookError> {
    let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(damaged)?;
    if merged.len() > MOST_AREAS {
        return Err(WorkbookError::TooMuch(format!("{MOST_AREAS} merged areas on one sheet")));
    }
    let area = |one: &calamine::Dimensions| Area {
        top: one.start.0.saturating_add(1),
        bottom: one.end.0.saturating_add(1),
        left: one.start.1,
        right: one.end.1,
    };
    sheet.merged = merged.iter().map(area).collect();
    sheet.merged.sort_unstable();
    Ok(())
}

/// Writes the value of a cell merged downwards into the rows below that hold anything else.
fn repeat_downwards(sheet: &mut Sheet, left: &mut usize) -> Result<(), WorkbookError> {
    for area in sheet.merged.iter().filter(|area| area.bottom > area.top) {
        let Some(value) = sheet.rows.get(&area.top).and_then(|cells| cells.get(&area.left)).cloned() else { continue };
        for (_, cells) in sheet.rows.range_mut(area.top + 1..=area.bottom) {
            if let Entry::Vacant(free) = cells.entry(area.left) {
                *left = left.checked_sub(1).ok_or_else(|| WorkbookError::TooMuch(format!("{MOST_CELLS} cells")))?;
                free.insert(value.clone());
            }
        }
    }
    Ok(())
}

/// The letters by which programs call a column, from 0: A, B, … Z, AA.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
