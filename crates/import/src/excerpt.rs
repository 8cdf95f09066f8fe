//! A place found again in the file it names.

use std::collections::BTreeMap;

use credway_documents::{Document, Form, Kind, Line, PageSize, Workbook};
use credway_model::{PageArea, Place, Source};

use crate::content::{Content, content};
use crate::document;
use crate::table::{lines_of_pointer, lines_of_row, lines_of_sheet};
use crate::{NoProgress, SourceFile};

/// The lines of a source (of a workbook: the rows of one sheet), and which of them a place is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Every line of the source.
    pub lines: Vec<String>,
    /// First and last marked line, from 1.
    pub marked: Option<(u32, u32)>,
    /// For a PDF: the page that is shown.
    pub page: Option<LocatedPage>,
}

impl Located {
    const NOTHING: Self = Self { lines: Vec::new(), marked: None, page: None };
}

/// A page of a PDF with the areas a place names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedPage {
    /// Number, from 1.
    pub number: u32,
    /// How many pages the file has.
    pub pages: u32,
    /// Width and height in points.
    pub size: (u16, u16),
    /// Every piece of text with its area.
    pub pieces: Vec<(PageArea, String)>,
    /// The areas of the place.
    pub marked: Vec<PageArea>,
}

/// The lines of a source with those marked that `place` names, in the words a place is shown in ("row 12, column
/// “credits”", "sheet “Autumn”, row 12", "line 3", "pointer /4/title"). Nothing is marked for the whole file or a place that is not there.
#[must_use]
pub fn lines_of(source: &Source, place: Option<&str>) -> Located {
    match Form::of(source.name.as_str(), &source.bytes) {
        Some(Form::Pdf) => on_page(&source.bytes, place.unwrap_or_default()),
        Some(form) => in_document(form, &source.bytes, place),
        None => in_table(&source.bytes, place),
    }
}

/// The lines or rows of a table or a text.
fn in_table(bytes: &[u8], place: Option<&str>) -> Located {
    let decoded = match content(bytes, &mut Vec::new()) {
        Some(Content::Text(decoded)) => decoded,
        Some(Content::Workbook(workbook)) => return rows_of(&workbook, place.unwrap_or_default()),
        None => return Located::NOTHING,
    };
    let marked = place.and_then(|place| mark(&decoded.text, place.trim()));
    Located { lines: decoded.text.lines().map(str::to_owned).collect(), marked, page: None }
}

/// The parts of a file that these places are on, before it is imported: for a PDF each page with its areas, at most
/// `most` of them; for others the one part from the first place to the last.
#[must_use]
pub fn parts_of(file: &SourceFile, places: &[Place], most: usize) -> Vec<Located> {
    let words: Vec<String> = places.iter().map(Place::to_string).collect();
    let Some(form) = file.form() else {
        return words.first().map(|place| in_table(&file.bytes, Some(place))).into_iter().collect();
    };
    let Some(read) = file.document(form, &NoProgress, &mut Vec::new()) else { return Vec::new() };
    if form == Form::Pdf { on_pages(read, places, most) } else { vec![of_document(read, &words)] }
}

/// The pages on which these places stand.
fn on_pages(read: &Document, places: &[Place], most: usize) -> Vec<Located> {
    let mut by_page: BTreeMap<u32, Vec<PageArea>> = BTreeMap::new();
    for place in places {
        let Place::Pages(areas) = place else { continue };
        areas.iter().for_each(|area| by_page.entry(area.page).or_default().push(*area));
    }
    let part = |(number, marked): (u32, Vec<PageArea>)| {
        let here = |line: &&Line| area_of(line).is_some_and(|area| area.page == number);
        let lines: Vec<&Line> = read.lines.iter().filter(here).collect();
        let size = (number as usize).checked_sub(1).and_then(|at| read.pages.get(at)).copied().unwrap_or_default();
        of_page(number, read.pages.len(), size, &lines, marked)
    };
    by_page.into_iter().take(most).map(part).collect()
}

/// The rows of the sheet that a place names, or of the first that is shown.
fn rows_of(workbook: &Workbook, place: &str) -> Located {
    let named = place.trim().strip_prefix("sheet “").and_then(|words| {
        let (sheet, rest) = words
            .rsplit_once("”, row ")
            .filter(|(_, rest)| rest.starts_with(|letter: char| letter.is_ascii_digit()))?;
        let row: u32 = rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()?;
        Some((workbook.sheets.iter().find(|one| one.name == sheet)?, row))
    });
    let shown = workbook.sheets.iter().find(|sheet| !sheet.hidden);
    let Some(sheet) = named.map(|(sheet, _)| sheet).or(shown) else {
        return Located::NOTHING;
    };
    let lines = lines_of_sheet(sheet);
    let there = |(_, row): (_, u32)| (1..=lines.len()).contains(&(row as usize)).then_some((row, row));
    Located { marked: named.and_then(there), lines, page: None }
}

/// The page that a place names, or the first, with the areas of the place.
fn on_page(bytes: &[u8], place: &str) -> Located {
    let areas = areas(place);
    let number = areas.first().map_or(1, |area| area.page);
    let Ok((size, pages, lines)) = credway_documents::pdf::page(bytes, number) else { return Located::NOTHING };
    let marked = areas.into_iter().filter(|area| area.page == number && area.right > 0).collect();
    of_page(number, pages, size, &lines.iter().collect::<Vec<_>>(), marked)
}

/// Where a line stands, if it stands on a page.
fn area_of(line: &Line) -> Option<PageArea> {
    match &line.place {
        Place::Pages(areas) => areas.first().copied(),
        _ => None,
    }
}

/// A page with its lines, those marked that stand on the areas.
fn of_page(number: u32, pages: usize, size: PageSize, lines: &[&Line], marked: Vec<PageArea>) -> Located {
    // A line is on an area when its middle is.
    let on = |line: &PageArea| {
        let (x, y) = (u32::from(line.left) + u32::from(line.right), u32::from(line.top) + u32::from(line.bottom));
        marked.iter().any(|area| {
            (2 * u32::from(area.left)..=2 * u32::from(area.right)).contains(&x)
                && (2 * u32::from(area.top)..=2 * u32::from(area.bottom)).contains(&y)
        })
    };
    let is_on: Vec<bool> = lines.iter().map(|line| area_of(line).is_some_and(|area| on(&area))).collect();
    let first = is_on.iter().position(|on| *on);
    let last = is_on.iter().rposition(|on| *on);
    let from_one = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    Located {
        marked: first.zip(last).map(|(first, last)| (from_one(first), from_one(last))),
        page: Some(LocatedPage {
            number,
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            size: (size.width, size.height),
            pieces: lines.iter().flat_map(|line| pieces(line)).collect(),
            marked,
        }),
        lines: lines.iter().map(|line| as_shown(&line.text)).collect(),
    }
}

/// A line as a reader sees it: a soft hyphen is one where the line ends and nothing elsewhere.
fn as_shown(text: &str) -> String {
    let shown = text.replace('\t', " ");
    match shown.strip_suffix('\u{ad}') {
        Some(words) => format!("{}-", words.replace('\u{ad}', "")),
        None => shown.replace('\u{ad}', ""),
    }
}

/// The pieces of a line: its cells, each line of a cell for itself, or all of it.
fn pieces(line: &Line) -> Vec<(PageArea, String)> {
    match &line.kind {
        Kind::Row(cells) => cells.iter().flat_map(|cell| strips(&cell.place, &cell.text)).collect(),
        _ => strips(&line.place, &line.text),
    }
}

/// The lines of a text, spread evenly over its area.
fn strips(place: &Place, text: &str) -> Vec<(PageArea, String)> {
    let Place::Pages(areas) = place else { return Vec::new() };
    let Some(area) = areas.first() else { return Vec::new() };
    let lines: Vec<&str> = text.split('\n').collect();
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX).max(1);
    let height = area.bottom.saturating_sub(area.top) / count;
    let strip = |(number, words): (u16, &str)| {
        let top = area.top + number * height;
        (PageArea { top, bottom: top + height, ..*area }, as_shown(words))
    };
    (0..count).zip(lines).map(strip).collect()
}

/// The areas a place's words name: “page 12 (57,380–236,390); page 13 (…)”, or a page alone.
fn areas(place: &str) -> Vec<PageArea> {
    let area = |words: &str| {
        let mut figures = words.trim().strip_prefix("page ")?.split(|letter: char| !letter.is_ascii_digit());
        let page = figures.next()?.parse().ok()?;
        let mut next = || figures.find(|figure| !figure.is_empty()).and_then(|figure| figure.parse().ok()).unwrap_or(0);
        Some(PageArea { page, left: next(), top: next(), right: next(), bottom: next() })
    };
    place.split(';').filter_map(area).collect()
}

/// The lines of a document without pages, those marked that stand at the place.
fn in_document(form: Form, bytes: &[u8], place: Option<&str>) -> Located {
    let read = document::read(form, bytes, &NoProgress, &mut Vec::new());
    let places: Vec<String> = place.into_iter().map(str::to_owned).collect();
    read.map_or(Located::NOTHING, |document| of_document(&document, &places))
}

/// The lines of a document, marked from the first that stands at one of the places to the last.
fn of_document(read: &Document, places: &[String]) -> Located {
    let here = |line: &Line| {
        let line = line.place.to_string();
        places.iter().any(|place| at(&line, place.trim()))
    };
    let (first, last) = (read.lines.iter().position(here), read.lines.iter().rposition(here));
    let from_one = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    Located {
        marked: first.zip(last).map(|(first, last)| (from_one(first), from_one(last))),
        lines: read.lines.iter().map(|line| line.text.replace('\t', " │ ")).collect(),
        page: None,
    }
}

/// Whether a place's words name a line's place, or a column of it.
fn at(line: &str, place: &str) -> bool {
    place.strip_prefix(line).is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
}

fn mark(text: &str, place: &str) -> Option<(u32, u32)> {
    let number = |words: &str| words.split(|letter: char| !letter.is_ascii_digit()).next()?.parse::<u32>().ok();
    if let Some(words) = place.strip_prefix("row ") {
        return lines_of_row(text, number(words)?);
    }
    if let Some(words) = place.strip_prefix("line ") {
        let line = number(words)?;
        return Some((line, line));
    }
    lines_of_pointer(text, place.strip_prefix("pointer ")?)
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn places_are_found_again() {
        let text = "a,b\n1,\"two\nlines\"\n3,4\n";
        assert_eq!(mark(text, "row 2"), Some((2, 3)));
        assert_eq!(mark(text, "row 3, column “b”"), Some((4, 4)));
        assert_eq!(mark(text, "line 2, column 4"), Some((2, 2)));
        assert_eq!(mark(text, "whole file"), None);
        assert_eq!(mark(text, "row 99"), None);
        assert_eq!(mark("a,b\n\n\n1,2\n", "row 4"), Some((4, 4)));
    }
}
