//! What a workbook may say of itself, looked at before the library believes it: cells inside the sheet, areas that run
//! forwards, styles in a number that a program could have made.

use quick_xml::events::BytesStart;

use crate::container::Refusal;
use crate::markup::attribute;

/// Rows of a sheet.
const ROWS: u32 = 1_048_576;
/// Columns of a sheet.
const COLUMNS: u32 = 16_384;
/// Most formats, fonts, fills and the like.
const STYLES: u32 = 200_000;

/// What was seen so far.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    /// Whether any cell holds a formula.
    pub(super) formulas: bool,
    styles: u32,
    /// Cells of the present row, for those that do not say where they stand.
    cells: u32,
    rows: u32,
}

impl Bounds {
    /// Looks at one element of an entry.
    pub(super) fn look(&mut self, entry: &str, begins: &BytesStart<'_>) -> Result<(), Refusal> {
        let outside = |what: String| Err(Refusal::OutOfBounds { entry: entry.to_owned(), what });
        let name = begins.local_name();
        if entry.ends_with("styles.xml") {
            self.styles += 1;
            if self.styles > STYLES {
                return outside(format!("more than {STYLES} parts of styles"));
            }
            return Ok(());
        }
        if !entry.contains("worksheets/") {
            return Ok(());
        }
        match name.as_ref() {
            "sheetData" => (self.rows, self.cells) = (0, 0),
            "row" => {
                self.cells = 0;
                self.rows += 1;
                let row = attribute(begins, "r").map_or(Some(self.rows), |said| said.parse().ok());
                match row {
                    Some(row) if (1..=ROWS).contains(&row) => self.rows = row,
                    _ => return outside("a row that no sheet has".to_owned()),
                }
            }
            "c" => {
                self.cells += 1;
                let inside = match attribute(begins, "r") {
                    Some(said) => match reference(&said) {
                        Some((_, column)) => {
                            self.cells = column;
                            true
                        }
                        None => false,
                    },
                    None => self.cells <= COLUMNS,
                };
                if !inside {
                    return outside("a cell beyond the last column or row".to_owned());
                }
            }
            "f" => self.formulas = true,
            _ => {}
        }
        match attribute(begins, "ref") {
            Some(said) if !said.split(' ').all(is_area) => outside("an area that no sheet has".to_owned()),
            _ => Ok(()),
        }
    }
}

/// Row and column, from 1, of a reference such as `B7`.
fn reference(said: &str) -> Option<(u32, u32)> {
    let said = said.as_bytes();
    let letters = said.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if !(1..=3).contains(&letters) || !(1..=7).contains(&(said.len() - letters)) {
        return None;
    }
    let column = said[..letters].iter().fold(0, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = std::str::from_utf8(&said[letters..]).ok()?.parse().ok()?;
    ((1..=COLUMNS).contains(&column) && (1..=ROWS).contains(&row)).then_some((row, column))
}

/// Whether a reference or two of them, the first above and left of the second.
fn is_area(said: &str) -> bool {
    match said.split_once(':') {
        None => reference(said).is_some(),
        Some((first, last)) => {
            matches!((reference(first), reference(last)), (Some(first), Some(last)) if first.0 <= last.0 && first.1 <= last.1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lie_inside_a_sheet() {
        for (said, expected) in [("A1", Some((1, 1))), ("XFD1048576", Some((ROWS, COLUMNS))), ("b7", Some((7, 2)))] {
            assert_eq!(reference(said), expected);
        }
        for said in ["", "A", "1", "XFE1", "A0", "A1048577", "AAAA1", "A99999999", "A1B", "$A$1", "A-1"] {
            assert_eq!(reference(said), None, "{said}");
        }
        assert!(is_area("A1:B2") && is_area("C3") && !is_area("B2:A1") && !is_area("A1:B2:C3"));
    }
}
