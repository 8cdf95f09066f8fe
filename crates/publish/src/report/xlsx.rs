//! The report as a workbook: a summary, then a sheet for each table's section, made to be read and printed.

use jiff::civil::Date;
use rust_xlsxwriter::{
    ConditionalFormatDataBar, ConditionalFormatDataBarDirection, ConditionalFormatType, DocProperties, ExcelDateTime,
    Format, FormatAlign, Workbook,
};

use super::model::{Cell as ReportCell, Kind, Part, Report, Section, Table};
use crate::PublishError;
use crate::crosswalk::{Cell, Sheet};

/// Width of a sheet in characters, so that a table fits a landscape page.
const CHARACTERS: f64 = 125.0;
/// Name of the first sheet.
const SUMMARY: &str = "Summary";

/// The report as a workbook. The same report gives the same bytes: the time of creation inside is the report's day.
///
/// # Errors
/// [`PublishError::Xlsx`].
pub fn report_xlsx(report: &Report) -> Result<Vec<u8>, PublishError> {
    let mut workbook = Workbook::new();
    write_report(&mut workbook, report)?;
    finish(&mut workbook, &report.title, report.made)
}

/// Sets title and day, and gives the bytes.
pub(crate) fn finish(workbook: &mut Workbook, title: &str, made: Date) -> Result<Vec<u8>, PublishError> {
    workbook.set_properties(&properties(title, made)?);
    Ok(workbook.save_to_buffer()?)
}

/// What a workbook says about itself.
fn properties(title: &str, made: Date) -> Result<DocProperties, PublishError> {
    let (year, month, date) = (u16::try_from(made.year()), u8::try_from(made.month()), u8::try_from(made.day()));
    let created = ExcelDateTime::from_ymd(year.unwrap_or(0), month.unwrap_or(0), date.unwrap_or(0))?;
    Ok(DocProperties::new().set_title(title).set_author("Credway").set_creation_datetime(&created))
}

/// Writes the report's sheets into a workbook.
pub(crate) fn write_report(workbook: &mut Workbook, report: &Report) -> Result<(), PublishError> {
    summary(Sheet::new(workbook.add_worksheet(), SUMMARY, &report.foot)?, report)?;
    let mut done: Vec<&str> = vec![SUMMARY];
    for section in report.sections.iter().filter(|section| has_table(section)) {
        if done.contains(&section.sheet.as_str()) {
            continue;
        }
        done.push(&section.sheet);
        let own: Vec<&Section> =
            report.sections.iter().filter(|one| one.sheet == section.sheet && has_table(one)).collect();
        sections(Sheet::new(workbook.add_worksheet(), &section.sheet, &report.foot)?, &own)?;
    }
    Ok(())
}

fn has_table(section: &Section) -> bool {
    section.parts.iter().any(|part| matches!(part, Part::Table(_)))
}

/// Title, facts, and what stands in no table.
fn summary(mut sheet: Sheet<'_>, report: &Report) -> Result<(), PublishError> {
    sheet.worksheet.set_column_width(0, 38.0)?;
    sheet.worksheet.set_column_width(1, 87.0)?;
    sheet.heading(&report.title, 16.0)?;
    for fact in &report.facts {
        sheet.row(&[Cell::words(&fact.term), Cell::words(format!("{}{}", fact.value, Report::mark(fact.source)))])?;
    }
    sheet.space();
    text_parts(&mut sheet, &report.lead)?;
    for section in report.sections.iter().filter(|section| !has_table(section)) {
        sheet.heading(&section.heading, if section.level == 1 { 13.0 } else { 11.0 })?;
        text_parts(&mut sheet, &section.parts)?;
    }
    sheet.heading(&report.sources_heading, 13.0)?;
    for (number, words) in (1..).zip(&report.sources) {
        sheet.wide(&format!("[{number}] {words}"), 1, CHARACTERS)?;
    }
    Ok(())
}

fn text_parts(sheet: &mut Sheet<'_>, parts: &[Part]) -> Result<(), PublishError> {
    for part in parts {
        if let Part::Paragraph(words) | Part::Note(words) = part {
            sheet.wide(words, 1, CHARACTERS)?;
        }
    }
    Ok(())
}

/// Sections that share a sheet, one below the other. The head stays in view where there is one table only.
fn sections(mut sheet: Sheet<'_>, sections: &[&Section]) -> Result<(), PublishError> {
    let tables: Vec<&Table> = sections
        .iter()
        .flat_map(|section| &section.parts)
        .filter_map(|part| if let Part::Table(table) = part { Some(table) } else { None })
        .collect();
    let Some(first) = tables.first() else { return Ok(()) };
    let sum: f64 = first.columns.iter().map(|column| f64::from(column.width)).sum();
    for (at, column) in (0..).zip(&first.columns) {
        sheet.worksheet.set_column_width(at, (f64::from(column.width) / sum * CHARACTERS).max(9.0))?;
    }
    let last = u16::try_from(first.columns.len().saturating_sub(1)).unwrap_or(0);
    for section in sections {
        sheet.heading(&section.heading, if section.level == 1 { 13.0 } else { 11.0 })?;
        for part in &section.parts {
            match part {
                Part::Paragraph(words) | Part::Note(words) => sheet.wide(words, last, CHARACTERS)?,
                Part::Table(table) => write_table(&mut sheet, table, tables.len() == 1, last)?,
            }
        }
        sheet.space();
    }
    Ok(())
}

fn write_table(sheet: &mut Sheet<'_>, table: &Table, alone: bool, last: u16) -> Result<(), PublishError> {
    sheet.wide(&format!("{}{}", table.caption, Report::mark(table.source)), last, CHARACTERS)?;
    let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
    let head = sheet.at();
    sheet.heads(&heads)?;
    let bottom = Format::new().set_align(FormatAlign::Top);
    let formats = [bottom.clone().set_num_format("0.0#\" %\""), bottom.set_num_format("#,##0.####")];
    for row in &table.rows {
        write_row(sheet, table, row, &formats)?;
    }
    if alone {
        sheet.worksheet.set_freeze_panes(head + 1, 1)?;
        sheet.worksheet.set_repeat_rows(head, head)?;
        sheet.filter(head, heads.len())?;
    }
    bars(sheet, table, head)?;
    if let Some(total) = &table.total {
        write_row(sheet, table, total, &formats)?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut Sheet<'_>,
    table: &Table,
    row: &[ReportCell],
    formats: &[Format; 2],
) -> Result<(), PublishError> {
    for (at, (cell, column)) in (0..).zip(row.iter().zip(&table.columns)) {
        match (cell, column.kind) {
            (ReportCell::Empty, _) => {}
            (ReportCell::Figure { value, .. } | ReportCell::Bar { value, .. }, Kind::Percent) if exact(cell) => {
                sheet.formatted(at, *value, &formats[0])?;
            }
            (ReportCell::Figure { value, .. }, Kind::Number) => sheet.formatted(at, *value, &formats[1])?,
            (cell, _) => sheet.cell(at, &Cell::words(cell.shown()))?,
        }
    }
    sheet.next();
    Ok(())
}

/// Whether the figure says all the words do: a weight of "20–25 %" has no one figure.
fn exact(cell: &ReportCell) -> bool {
    !cell.shown().contains('–')
}

/// Draws bars behind the shares of a table's bar columns.
fn bars(sheet: &mut Sheet<'_>, table: &Table, head: u32) -> Result<(), PublishError> {
    let Ok(rows) = u32::try_from(table.rows.len()) else { return Ok(()) };
    for (at, _) in (0_u16..).zip(&table.columns) {
        let is_bar = |row: &Vec<ReportCell>| matches!(row.get(usize::from(at)), Some(ReportCell::Bar { .. }));
        if rows > 0 && table.rows.iter().all(is_bar) {
            let bar = ConditionalFormatDataBar::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_maximum(ConditionalFormatType::Number, 100)
                .set_direction(ConditionalFormatDataBarDirection::LeftToRight)
                .set_solid_fill(true)
                .set_fill_color("DBE7F5");
            sheet.worksheet.add_conditional_format(head + 1, at, head + rows, at, &bar)?;
        }
    }
    Ok(())
}
