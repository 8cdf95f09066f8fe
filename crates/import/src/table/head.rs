//! Where a delimited table begins: after a `sep=;` line as spreadsheets write it, and below lines that only title it.

use crate::mapping::is_known_head;

/// How far below the beginning the heads are looked for, in lines.
const LINES: usize = 10;

/// What may separate cells.
pub(super) const DELIMITERS: [char; 4] = ['\t', ';', ',', '|'];

/// A table from its heads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body<'a> {
    pub(super) text: &'a str,
    /// The delimiter where a line says it.
    pub(super) delimiter: Option<char>,
    /// The row of the heads, as a spreadsheet counts; it does not show a line that says the delimiter.
    pub(super) first_row: u32,
    /// The line of the heads.
    pub(super) first_line: u32,
    /// What stands above the heads.
    pub(super) above: &'a str,
}

/// Finds the heads: the first line, unless it bears no head that is known and one of the next bears several.
pub(super) fn body(text: &str) -> Body<'_> {
    let (delimiter, start) = separator_line(text).map_or((None, 0), |(delimiter, start)| (Some(delimiter), start));
    let rest = &text[start..];
    let mut lines = rest.split_inclusive('\n').take(LINES);
    let titles = match lines.next() {
        Some(first) if known_heads(first) == 0 => {
            let mut below = first.len();
            let mut skipped = 1;
            let found = lines.find(|line| {
                let head = known_heads(line) > 1;
                if !head {
                    below += line.len();
                    skipped += 1;
                }
                head
            });
            found.map(|_| (below, skipped))
        }
        _ => None,
    };
    let (below, skipped) = titles.unwrap_or((0, 0));
    Body {
        text: &rest[below..],
        delimiter,
        first_row: skipped + 1,
        first_line: skipped + 1 + u32::from(delimiter.is_some()),
        above: rest[..below].trim(),
    }
}

/// The delimiter of a first line such as `sep=;`, and where the next line begins.
fn separator_line(text: &str) -> Option<(char, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let plain = line.trim_end_matches(['\r', '\n']).trim_matches('"');
    let said = plain.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| plain.get(4..))?;
    let delimiter = DELIMITERS.into_iter().find(|delimiter| said.trim_matches(' ') == delimiter.to_string())?;
    Some((delimiter, line.len()))
}

fn known_heads(line: &str) -> usize {
    line.split(DELIMITERS).filter(|head| is_known_head(head)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heads_are_found() {
        let check = |text: &str, rest: &str, delimiter: Option<char>, row: u32, line: u32, above: &str| {
            let expected = Body { text: rest, delimiter, first_row: row, first_line: line, above };
            assert_eq!(body(text), expected);
        };
        check("code,title\nA 1,B\n", "code,title\nA 1,B\n", None, 1, 1, "");
        check("sep=;\r\ncode;title\n", "code;title\n", Some(';'), 1, 2, "");
        check("Course list, 2026\n\ncode;title\nA 1;B\n", "code;title\nA 1;B\n", None, 3, 3, "Course list, 2026");
        check("Kurs,Titel\nA 1,B\n", "Kurs,Titel\nA 1,B\n", None, 1, 1, "");
        check("statement\ncode; title\n", "statement\ncode; title\n", None, 1, 1, "");
    }
}
