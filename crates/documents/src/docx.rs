//! DOCX: paragraphs, lists and tables in their order, as the `undoc` library reads them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use credway_model::Place;
use undoc::model::{Block, ListType, Paragraph, RevisionType, Table};

use crate::container::{Limits, Refusal, check_archive};
use crate::document::{Cell, Document, Form, GoOn, Kind, Line, Unread};

/// Reads a document.
///
/// # Errors
/// [`Unread`].
pub fn read(bytes: &[u8], go_on: GoOn<'_>) -> Result<Document, Unread> {
    let damaged = |why: String| Unread::Damaged { form: Form::Docx, why };
    check_archive(bytes, &Limits::USUAL).map_err(|refusal| guarded(&refusal))?;
    let parsed = catch_unwind(AssertUnwindSafe(|| undoc::parse_bytes(bytes).map_err(|error| error.to_string())))
        .unwrap_or_else(|_| Err("it is damaged in a way that stopped its reader".to_owned()))
        .map_err(damaged)?;
    let mut reading = Reading { lines: Vec::new(), paragraphs: 0, tables: 0 };
    let total: usize = parsed.sections.iter().map(|section| section.content.len()).sum();
    let mut done = 0_usize;
    for section in &parsed.sections {
        for block in &section.content {
            if done.is_multiple_of(256) && !go_on(done as u64, total as u64) {
                return Err(Unread::Stopped);
            }
            done += 1;
            match block {
                Block::Paragraph(paragraph) => reading.paragraph(paragraph),
                Block::Table(table) => reading.table(table),
                _ => {}
            }
        }
    }
    if reading.lines.is_empty() {
        return Err(Unread::NoText { form: Form::Docx, pages: 0 });
    }
    Ok(Document { lines: reading.lines, ..Document::empty(Form::Docx) })
}

/// What the guard of archives says, as the reason why the document is not read.
fn guarded(refusal: &Refusal) -> Unread {
    let form = Form::Docx;
    match refusal {
        Refusal::Encrypted(_) => Unread::Encrypted { form },
        Refusal::Unreadable(_) | Refusal::Damaged { .. } => Unread::Damaged { form, why: refusal.to_string() },
        _ => Unread::TooLarge { form, why: refusal.to_string() },
    }
}

struct Reading {
    lines: Vec<Line>,
    paragraphs: u32,
    tables: u32,
}

impl Reading {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.paragraphs += 1;
        let place = Place::Paragraph { paragraph: self.paragraphs };
        let kind = kind(paragraph);
        let mut label = label(paragraph);
        for (text, bold, size) in lines(paragraph) {
            if text.trim().is_empty() {
                continue;
            }
            let label = label.take().unwrap_or_default();
            let bold = if bold > 0 { bold + label.len() } else { 0 };
            let text = format!("{label}{text}");
            let indent = u16::from(paragraph.indent_level) * 18;
            let line = Line { kind: kind.clone(), size, bold, indent, ..Line::plain(text, place.clone(), true) };
            self.lines.push(line);
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        for (index, row) in table.rows.iter().enumerate() {
            let place =
                Place::TableRow { table: self.tables, row: u32::try_from(index + 1).unwrap_or(u32::MAX), column: None };
            let mut cells = Vec::new();
            for cell in &row.cells {
                let text = cell.plain_text().trim().to_owned();
                cells.push(Cell { text, place: place.clone() });
                // What spans several columns stands in the first of them.
                let more = cell.col_span.clamp(1, 64) - 1;
                cells.extend((0..more).map(|_| Cell { text: String::new(), place: place.clone() }));
            }
            if cells.iter().all(|cell| cell.text.is_empty()) {
                continue;
            }
            let text = cells.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join("\t");
            let bold = if row.is_header { text.len() } else { 0 };
            let kind = Kind::Row(cells);
            self.lines.push(Line { kind, bold, table: self.tables, ..Line::plain(text, place, true) });
        }
    }
}

fn kind(paragraph: &Paragraph) -> Kind {
    if paragraph.heading.is_heading() {
        return Kind::Heading(paragraph.heading.level());
    }
    match &paragraph.list_info {
        Some(list) if list.list_type != ListType::None => Kind::Item(list.level),
        _ => Kind::Text,
    }
}

/// The number of an item of a numbered list, as the reader of the document sees it.
fn label(paragraph: &Paragraph) -> Option<String> {
    let list = paragraph.list_info.as_ref()?;
    (list.list_type == ListType::Numbered).then_some(())?;
    list.number.map(|number| format!("{number}. "))
}

/// The lines of a paragraph: words, how many bytes of them are bold from the beginning, size in tenths of a point.
fn lines(paragraph: &Paragraph) -> Vec<(String, usize, u16)> {
    let mut lines = vec![(String::new(), 0, 0)];
    for run in paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted) {
        if let Some((text, bold, size)) = lines.last_mut() {
            if *bold == text.len() && run.style.bold {
                *bold += run.text.len();
            }
            if text.is_empty() {
                *size = run.style.size.and_then(|half| u16::try_from(half * 5).ok()).unwrap_or(0);
            }
            text.push_str(&run.text.replace(['\n', '\r', '\u{a0}'], " "));
        }
        if run.line_break || run.page_break {
            lines.push((String::new(), 0, 0));
        }
    }
    lines
}
