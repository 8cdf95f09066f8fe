//! A value shown where it stands: a piece of an imported file with the place marked.

use credway_import::{LocatedPage, lines_of};
use credway_model::{PageArea, SourceId};
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
        self.top + self.height * 3 / 4
    }

    /// Size of the letters; a cell of several lines is shown on one.
    #[must_use]
    pub fn letters(&self) -> u16 {
        (self.height * 19 / 20).clamp(4, 24)
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
        let source = work.source(&source_id).await?.ok_or_else(missing)?;
        let located = lines_of(&source, place);
        let total = u32::try_from(located.lines.len()).unwrap_or(u32::MAX);
        let (first, last) = located.marked.unwrap_or((0, 0));
        let from = first.saturating_sub(AROUND).max(1);
        let to = last.max(from).saturating_add(if first == 0 { AROUND * 2 } else { AROUND });
        let lines = (from..=to.min(total)).zip(located.lines.iter().skip(from as usize - 1)).map(|(number, text)| {
            ExcerptLine {
                number,
                text: text.chars().take(LONGEST).collect(),
                marked: first > 0 && (first..=last).contains(&number),
            }
        });
        Ok(SourceExcerpt {
            id: source.id.to_string(),
            name: source.name.to_string(),
            encoding: source.encoding.clone(),
            place: place.map(str::to_owned),
            lines: lines.collect(),
            page: located.page.map(picture),
            total,
            fields: source.fields.clone(),
        })
    }
}
