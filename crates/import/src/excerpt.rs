//! A place found again in the file it names.

use credway_model::Source;

use credway_documents::Workbook;

use crate::content::{Content, content};
use crate::table::{lines_of_pointer, lines_of_row, lines_of_sheet};

/// The lines of a source (of a workbook: the rows of one sheet), and which of them a place is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Every line of the source.
    pub lines: Vec<String>,
    /// First and last marked line, from 1.
    pub marked: Option<(u32, u32)>,
}

/// The lines of a source with those marked that `place` names, in the words a place is shown in ("row 12, column
/// “credits”", "sheet “Autumn”, row 12", "line 3", "pointer /4/title"). Nothing is marked for the whole file or a place that is not there.
#[must_use]
pub fn lines_of(source: &Source, place: Option<&str>) -> Located {
    let decoded = match content(&source.bytes, &mut Vec::new()) {
        Some(Content::Text(decoded)) => decoded,
        Some(Content::Workbook(workbook)) => return rows_of(&workbook, place.unwrap_or_default()),
        None => return Located { lines: Vec::new(), marked: None },
    };
    let marked = place.and_then(|place| mark(&decoded.text, place.trim()));
    Located { lines: decoded.text.lines().map(str::to_owned).collect(), marked }
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
        return Located { lines: Vec::new(), marked: None };
    };
    let lines = lines_of_sheet(sheet);
    let there = |(_, row): (_, u32)| (1..=lines.len()).contains(&(row as usize)).then_some((row, row));
    Located { marked: named.and_then(there), lines }
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
