//! A place found again in the file it names.

use credway_model::Source;

use crate::decode::decode;
use crate::table::{lines_of_pointer, lines_of_row};

/// The lines of a source, and which of them a place is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Every line of the source.
    pub lines: Vec<String>,
    /// First and last marked line, from 1.
    pub marked: Option<(u32, u32)>,
}

/// The lines of a source with those marked that `place` names, in the words a place is shown in ("row 12, column
/// “credits”", "line 3", "pointer /4/title"). Nothing is marked for the whole file or a place that is not there.
#[must_use]
pub fn lines_of(source: &Source, place: Option<&str>) -> Located {
    let Some(decoded) = decode(&source.bytes, &mut Vec::new()) else {
        return Located { lines: Vec::new(), marked: None };
    };
    let marked = place.and_then(|place| mark(&decoded.text, place.trim()));
    Located { lines: decoded.text.lines().map(str::to_owned).collect(), marked }
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
