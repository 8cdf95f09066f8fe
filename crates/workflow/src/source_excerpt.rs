//! A value shown where it stands: a piece of an imported file with the place marked.

use credway_import::{Located, LocatedPage, SourceFile, lines_of, parts_of};
use credway_model::{Action, PageArea, Place, SourceId};
use serde::Serialize;

use crate::{Workbench, WorkflowError};

/// One line or row of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExcerptLine {
    /// Number, from 1.
    pub number: u32,
    /// The text.
    pub text: String,
    /// Whether the place is on it.
    pub marked: bool,
}

/// A piece of an imported file.
#[derive(Clone, Debug, Serialize)]
pub struct SourceExcerpt {
    /// Identifier of the source.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// The encoding it was read with.
    pub encoding: String,
    /// The place, in words.
    pub place: Option<String>,
    /// Lines around the place, or the first lines.
    pub lines: Vec<ExcerptLine>,
    /// For a PDF: the page as it looks.
    pub page: Option<PagePicture>,
    /// Lines in the whole file; of a PDF, on the page.
    pub total: u32,
    /// Which column or member each field was read from.
    pub fields: Vec<(String, String)>,
}

/// A piece of text on a page, in points from the upper left corner.
#[derive(Clone, Debug, Serialize)]
pub struct PagePiece {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
    /// The words; empty for a marked area.
    pub text: String,
}

impl PagePiece {
    /// Where the base line of the letters runs, from the upper edge of the page.
    #[must_use]
    pub const fn baseline(&self) -> u16 {
        self.top.saturating_add(self.height - self.height.div_ceil(4))
    }

    /// Size of the letters; a cell of several lines is shown on one.
    #[must_use]
    pub fn letters(&self) -> u16 {
        (self.height - self.height.div_ceil(20)).clamp(4, 24)
    }
}

/// A page of a PDF: where its words stand, and the areas a place names.
#[derive(Clone, Debug, Serialize)]
pub struct PagePicture {
    /// Number, from 1.
    pub number: u32,
    /// How many pages the file has.
    pub pages: u32,
    /// Width in points.
    pub width: u16,
    /// Height in points.
    pub height: u16,
    /// Its words.
    pub pieces: Vec<PagePiece>,
    /// The marked areas.
    pub marked: Vec<PagePiece>,
}

impl PagePicture {
    /// The part of the page around the marked areas, or all of it where none is marked: left and upper edge, width and
    /// height in points.
    #[must_use]
    pub fn close_up(&self) -> [u16; 4] {
        let all = [0, 0, self.width, self.height];
        let edge = |of: fn(&PagePiece) -> u16| self.marked.iter().map(of);
        let left = edge(|area| area.left).min();
        let (top, right) = (edge(|area| area.top).min(), edge(|area| area.left.saturating_add(area.width)).max());
        let bottom = edge(|area| area.top.saturating_add(area.height)).max();
        let (Some(left), Some(top), Some(right), Some(bottom)) = (left, top, right, bottom) else { return all };
        let (left, top) = (left.saturating_sub(MARGIN), top.saturating_sub(MARGIN));
        let (right, bottom) =
            (right.saturating_add(MARGIN).min(self.width), bottom.saturating_add(MARGIN).min(self.height));
        [left, top, right.saturating_sub(left), bottom.saturating_sub(top)]
    }
}

/// What is shown around marked areas, in points.
const MARGIN: u16 = 18;

/// A part of a file that is not imported yet.
#[derive(Clone, Debug, Serialize)]
pub struct FilePart {
    /// The marked lines and those around them; all lines of a page.
    pub lines: Vec<ExcerptLine>,
    /// For a PDF: the page as it looks.
    pub page: Option<PagePicture>,
}

/// The parts of a file on which these places stand, before it is imported: for a PDF each page, at most three.
#[must_use]
pub fn parts_of_file(file: &SourceFile, places: &[Place]) -> Vec<FilePart> {
    let part = |located: Located| FilePart { lines: lines(&located), page: located.page.map(picture) };
    parts_of(file, places, MOST_PAGES).into_iter().map(part).collect()
}

/// How many pages of one record are shown.
const MOST_PAGES: usize = 3;

/// The marked lines with those around them, or the first lines.
fn lines(located: &Located) -> Vec<ExcerptLine> {
    let total = u32::try_from(located.lines.len()).unwrap_or(u32::MAX);
    let (first, last) = located.marked.unwrap_or((0, 0));
    let from = first.saturating_sub(AROUND).max(1);
    let to = last.max(from).saturating_add(if first == 0 { AROUND * 2 } else { AROUND });
    let line = |(number, text): (u32, &String)| ExcerptLine {
        number,
        text: text.chars().take(LONGEST).collect(),
        marked: first > 0 && (first..=last).contains(&number),
    };
    (from..=to.min(total)).zip(located.lines.iter().skip(from as usize - 1)).map(line).collect()
}

fn picture(page: LocatedPage) -> PagePicture {
    let piece = |(area, text): (PageArea, String)| PagePiece {
        left: area.left,
        top: area.top,
        width: area.right.saturating_sub(area.left),
        height: area.bottom.saturating_sub(area.top),
        text,
    };
    PagePicture {
        number: page.number,
        pages: page.pages,
        width: page.size.0,
        height: page.size.1,
        pieces: page.pieces.into_iter().map(piece).collect(),
        marked: page.marked.into_iter().map(|area| piece((area, String::new()))).collect(),
    }
}

/// How many lines are shown before and after the place.
const AROUND: u32 = 12;
/// The longest line shown, in characters.
const LONGEST: usize = 2_000;

impl Workbench {
    /// The part of a source around `place`, as a finding or a page names it ("row 12, column “credits”", "line 3",
    /// "pointer /4/title"); the beginning when no place is given or it is the whole file.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn source_excerpt(&self, id: &str, place: Option<&str>) -> Result<SourceExcerpt, WorkflowError> {
        let missing = || WorkflowError::NotFound {
            what: "source",
            given: id.to_owned(),
            hint: "it was never imported into this database".to_owned(),
        };
        let source_id = SourceId::from_hex(id).ok_or_else(missing)?;
        let work = self.store.read().await?;
        if !self.may_see_source(&work, &source_id, Action::ReadSource).await? {
            return Err(missing());
        }
        let source = work.source(&source_id).await?.ok_or_else(missing)?;
        let located = lines_of(&source, place);
        let total = u32::try_from(located.lines.len()).unwrap_or(u32::MAX);
        Ok(SourceExcerpt {
            id: source.id.to_string(),
            name: source.name.to_string(),
            encoding: source.encoding.clone(),
            place: place.map(str::to_owned),
            lines: lines(&located),
            page: located.page.map(picture),
            total,
            fields: source.fields.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(left: u16, top: u16, width: u16, height: u16) -> PagePiece {
        PagePiece { left, top, width, height, text: String::new() }
    }

    #[test]
    fn a_close_up_shows_what_is_marked_with_a_margin_and_stays_on_the_page() {
        let page = |marked| PagePicture { number: 1, pages: 1, width: 600, height: 800, pieces: Vec::new(), marked };
        assert_eq!(page(Vec::new()).close_up(), [0, 0, 600, 800]);
        assert_eq!(page(vec![piece(50, 100, 200, 20), piece(50, 130, 240, 20)]).close_up(), [32, 82, 276, 86]);
        assert_eq!(page(vec![piece(5, 5, u16::MAX, u16::MAX)]).close_up(), [0, 0, 600, 800]);
        // Pages may be as large as posters, and pieces as high as they.
        let poster = piece(0, u16::MAX, 10, u16::MAX);
        assert_eq!((poster.baseline(), poster.letters()), (u16::MAX, 24));
    }
}
