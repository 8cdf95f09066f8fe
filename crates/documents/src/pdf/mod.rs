//! PDF: spans with their geometry to lines in reading order.
//!
//! The library gives exact pieces of text; columns, lines, tables, running heads and paragraphs are put together here,
//! because the order a file is written in is not the order a page is read in. Rotated text is left out. A page that
//! cannot be read is named; a document without any text (a scan) is refused in so many words.

mod columns;
mod drafts;
mod fragments;
mod furniture;
mod paragraphs;
mod segments;
mod tables;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_oxide::PdfDocument;

use crate::document::{Document, Form, GoOn, Kind, PageSize, Unread};
use drafts::Draft;

/// The most pages that are read.
const MOST_PAGES: usize = 5_000;
/// The most lines that are kept.
const MOST_LINES: usize = 2_000_000;

/// Reads all pages.
///
/// # Errors
/// [`Unread`].
pub fn read(bytes: &[u8], go_on: GoOn<'_>) -> Result<Document, Unread> {
    let file = open(bytes)?;
    let pages = page_count(&file)?;
    if pages > MOST_PAGES {
        return Err(Unread::TooLarge {
            form: Form::Pdf,
            why: format!("it has {pages} pages; at most {MOST_PAGES} are read"),
        });
    }
    let mut document = Document {
        form: Form::Pdf,
        pages: Vec::new(),
        lines: Vec::new(),
        without_text: Vec::new(),
        left_out: Vec::new(),
    };
    let mut all: Vec<Draft> = Vec::new();
    let mut tables = 0;
    for page in 0..pages {
        if page % 8 == 0 && !go_on(page as u64, pages as u64) {
            return Err(Unread::Stopped);
        }
        read_page(&file, page, &mut document, &mut all, &mut tables);
        if all.len() > MOST_LINES {
            return Err(Unread::TooLarge { form: Form::Pdf, why: format!("it has more than {MOST_LINES} lines") });
        }
    }
    if all.is_empty() {
        // What could not be read is not taken for a scan.
        if let Some(why) = document.left_out.first() {
            return Err(Unread::Damaged { form: Form::Pdf, why: why.clone() });
        }
        return Err(Unread::NoText { form: Form::Pdf, pages });
    }
    let leading = paragraphs::Leading::measure(&all);
    furniture::mark(&mut all, pages, leading.least());
    paragraphs::mark(&mut all, &leading);
    document.lines = all.into_iter().map(line).collect();
    Ok(document)
}

/// One page: its size, how many pages there are, and its lines in reading order.
///
/// # Errors
/// [`Unread`]; a page that is not there is damaged.
pub fn page(bytes: &[u8], number: u32) -> Result<(PageSize, usize, Vec<crate::document::Line>), Unread> {
    let file = open(bytes)?;
    let pages = page_count(&file)?;
    let mut document = Document {
        form: Form::Pdf,
        pages: Vec::new(),
        lines: Vec::new(),
        without_text: Vec::new(),
        left_out: Vec::new(),
    };
    let index = (number as usize).checked_sub(1).filter(|index| *index < pages);
    let damaged = |why: String| Unread::Damaged { form: Form::Pdf, why };
    let index = index.ok_or_else(|| damaged(format!("it has no page {number}")))?;
    let (mut drafts, mut tables) = (Vec::new(), 0);
    read_page(&file, index, &mut document, &mut drafts, &mut tables);
    if let Some(why) = document.left_out.first() {
        return Err(damaged(why.clone()));
    }
    let size = document.pages.first().copied().unwrap_or_default();
    Ok((size, pages, drafts.into_iter().map(line).collect()))
}

fn line(draft: Draft) -> crate::document::Line {
    let mut line = draft.line;
    if draft.furniture {
        line.kind = Kind::Furniture;
    }
    line
}

fn open(bytes: &[u8]) -> Result<PdfDocument, Unread> {
    let damaged = |why: String| Unread::Damaged { form: Form::Pdf, why: sentence(&why) };
    let opened = guarded(|| PdfDocument::from_bytes(bytes.to_vec()).map_err(|error| error.to_string()));
    let file = opened.map_err(damaged)?;
    // A file may be encrypted without a password for reading; then the empty one opens it.
    if file.is_encrypted() && !matches!(guarded(|| file.authenticate(b"").map_err(|error| error.to_string())), Ok(true))
    {
        return Err(Unread::Encrypted { form: Form::Pdf });
    }
    Ok(file)
}

fn page_count(file: &PdfDocument) -> Result<usize, Unread> {
    let counted = guarded(|| file.page_count().map_err(|error| error.to_string()));
    match counted {
        Ok(0) => Err(Unread::Damaged { form: Form::Pdf, why: "it has no page".to_owned() }),
        Ok(pages) => Ok(pages),
        Err(why) => Err(Unread::Damaged { form: Form::Pdf, why: sentence(&why) }),
    }
}

fn read_page(file: &PdfDocument, page: usize, document: &mut Document, all: &mut Vec<Draft>, tables: &mut u32) {
    let number = u32::try_from(page + 1).unwrap_or(u32::MAX);
    match guarded(|| fragments::read(file, page)) {
        Err(why) => {
            document.pages.push(PageSize::default());
            document.left_out.push(format!("page {number} cannot be read: {}", sentence(&why)));
        }
        Ok(sheet) => {
            document.pages.push(PageSize { width: sheet.width.ceil() as u16, height: sheet.height.ceil() as u16 });
            if sheet.without_letters {
                document.left_out.push(format!("page {number} has text that the file gives no letters for"));
            }
            if sheet.fragments.is_empty() {
                document.without_text.push(number);
            }
            for group in columns::columns(segments::segments(sheet.fragments)) {
                all.extend(drafts::drafts(number, tables::stretches(tables::lines(group)), tables));
            }
        }
    }
}

/// Runs a part of the library that damaged files have been seen to bring down, and takes its fall for an error.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("the file is damaged in a way that stopped its reader".to_owned()))
}

/// A library's words as the middle of a sentence.
fn sentence(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    let short: String = words.chars().take(200).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let mut letters = short.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
