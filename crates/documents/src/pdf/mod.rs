//! PDF: spans with their geometry to lines in reading order.
//!
//! The library gives exact pieces of text; columns, lines, tables, running heads and paragraphs are put together here,
//! because the order a file is written in is not the order a page is read in. Rotated text is left out. A page that
//! cannot be read is named; a document without any text (a scan) is refused in so many words.

mod columns;
mod drafts;
mod fragments;
mod furniture;
mod grid;
mod paragraphs;
mod segments;
mod tables;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_oxide::PdfDocument;

use crate::document::{Document, Form, GoOn, Line, PageSize, Unread};
use drafts::Draft;
use fragments::Sheet;
use grid::Band;

/// The most pages that are read.
const MOST_PAGES: usize = 5_000;
/// The most lines that are kept.
const MOST_LINES: usize = 2_000_000;

/// Reads all pages.
///
/// # Errors
/// [`Unread`].
pub fn read(bytes: &[u8], go_on: GoOn<'_>) -> Result<Document, Unread> {
    read_all(bytes, false, go_on)
}

/// Reads all pages, for a reader that finds columns in blanks by itself: what is typed in letters of one width stays a
/// grid of letters over the whole page ([`Preformatted`](crate::Kind::Preformatted)) instead of being divided into columns.
///
/// # Errors
/// [`Unread`].
pub fn read_keeping_grid(bytes: &[u8], go_on: GoOn<'_>) -> Result<Document, Unread> {
    read_all(bytes, true, go_on)
}

fn read_all(bytes: &[u8], keeps_grid: bool, go_on: GoOn<'_>) -> Result<Document, Unread> {
    let file = open(bytes)?;
    let pages = page_count(&file)?;
    if pages > MOST_PAGES {
        return Err(Unread::TooLarge {
            form: Form::Pdf,
            why: format!("it has {pages} pages; at most {MOST_PAGES} are read"),
        });
    }
    let mut reading = Reading::of(&file, keeps_grid);
    for page in 0..pages {
        if page % 8 == 0 && !go_on(page as u64, pages as u64) {
            return Err(Unread::Stopped);
        }
        reading.page(page);
        if reading.drafts.len() > MOST_LINES {
            return Err(Unread::TooLarge { form: Form::Pdf, why: format!("it has more than {MOST_LINES} lines") });
        }
    }
    let Reading { mut document, mut drafts, .. } = reading;
    if drafts.is_empty() {
        // What could not be read is not taken for a scan.
        if let Some(why) = document.left_out.first() {
            return Err(Unread::Damaged { form: Form::Pdf, why: why.clone() });
        }
        return Err(Unread::NoText { form: Form::Pdf, pages });
    }
    let leading = paragraphs::Leading::measure(&drafts);
    furniture::mark(&mut drafts, pages, leading.least());
    paragraphs::mark(&mut drafts, &leading);
    grid::settle(&mut drafts);
    document.lines = drafts.into_iter().flat_map(Draft::lines).collect();
    Ok(document)
}

/// One page: its size, how many pages there are, and its lines in reading order.
///
/// # Errors
/// [`Unread`]; a page that is not there is damaged.
pub fn page(bytes: &[u8], number: u32) -> Result<(PageSize, usize, Vec<Line>), Unread> {
    let file = open(bytes)?;
    let pages = page_count(&file)?;
    let index = (number as usize).checked_sub(1).filter(|index| *index < pages);
    let damaged = |why: String| Unread::Damaged { form: Form::Pdf, why };
    let index = index.ok_or_else(|| damaged(format!("it has no page {number}")))?;
    let mut reading = Reading::of(&file, false);
    reading.page(index);
    if let Some(why) = reading.document.left_out.first() {
        return Err(damaged(why.clone()));
    }
    let size = reading.document.pages.first().copied().unwrap_or_default();
    Ok((size, pages, reading.drafts.into_iter().flat_map(Draft::lines).collect()))
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

/// A file being read, page by page.
struct Reading<'a> {
    file: &'a PdfDocument,
    /// Whether text in letters of one width is kept as a grid.
    keeps_grid: bool,
    document: Document,
    drafts: Vec<Draft>,
    tables: u32,
}

impl<'a> Reading<'a> {
    const fn of(file: &'a PdfDocument, keeps_grid: bool) -> Self {
        Self { file, keeps_grid, document: Document::empty(Form::Pdf), drafts: Vec::new(), tables: 0 }
    }

    fn page(&mut self, page: usize) {
        let number = u32::try_from(page + 1).unwrap_or(u32::MAX);
        match guarded(|| fragments::read(self.file, page, self.keeps_grid)) {
            Err(why) => {
                self.document.pages.push(PageSize::default());
                self.document.left_out.push(format!("page {number} cannot be read: {}", sentence(&why)));
            }
            Ok(sheet) => self.sheet(number, sheet),
        }
    }

    fn sheet(&mut self, page: u32, sheet: Sheet) {
        self.document.pages.push(PageSize { width: sheet.width.ceil() as u16, height: sheet.height.ceil() as u16 });
        if sheet.without_letters {
            self.document.left_out.push(format!("page {page} has text that the file gives no letters for"));
        }
        if sheet.fragments.is_empty() {
            self.document.without_text.push(page);
        }
        for band in grid::bands(sheet.fragments) {
            match band {
                Band::Grid(lines) => self.drafts.extend(grid::drafts(page, &lines)),
                Band::Free(fragments) => {
                    for group in columns::columns(segments::segments(fragments)) {
                        let stretches = tables::stretches(tables::lines(group));
                        self.drafts.extend(drafts::drafts(page, stretches, &mut self.tables));
                    }
                }
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
