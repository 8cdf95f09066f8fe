//! The rows of a delimited text as a spreadsheet counts them, with the lines each stands on: a blank line is a row, a
//! cell of several lines is not several. Also where a quotation mark stands that is never closed.

use super::delimited::Layout;
use super::head::Body;

/// A row that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowLines {
    /// The row as a spreadsheet counts, from 1.
    pub(crate) number: u32,
    /// Its first line, from 1.
    pub(crate) first: u32,
    /// Its last line.
    pub(crate) last: u32,
}

/// What a walk through the text finds.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    pub(super) rows: Vec<RowLines>,
    /// The line of the first quotation mark that encloses no whole cell.
    pub(super) stray: Option<u32>,
}

/// Where in a cell the walk is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    /// Inside a cell that a quotation mark opened on this line.
    Quoted(u32),
    /// Behind a quotation mark inside such a cell: its end, or the first half of a doubled one.
    Closing(u32),
}

/// Walks through the text by the rules of the reader, one cell after the other.
pub(super) fn walk(body: &Body<'_>, layout: Layout) -> Walk {
    let mut walk = Walk::default();
    let (mut number, mut line) = (body.first_row, body.first_line);
    let (mut at, mut first, mut empty) = (At::Start, line, true);
    let mut letters = body.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let quote = letter == '"' && layout.quoting;
        let ends_row = matches!(letter, '\n' | '\r') && !matches!(at, At::Quoted(_));
        if letter == '\r' && ends_row && letters.peek() == Some(&'\n') {
            continue;
        }
        if ends_row {
            if !empty {
                walk.rows.push(RowLines { number, first, last: line });
            }
            number += 1;
            line += u32::from(letter == '\n');
            (at, first, empty) = (At::Start, line, true);
            continue;
        }
        empty = false;
        at = match at {
            At::Start if quote => At::Quoted(line),
            At::Quoted(opened) if quote => At::Closing(opened),
            At::Closing(opened) if quote => At::Quoted(opened),
            At::Quoted(opened) => At::Quoted(opened),
            At::Start | At::Plain | At::Closing(_) if letter == char::from(layout.delimiter) => At::Start,
            At::Closing(opened) => {
                walk.stray = walk.stray.or((!letter.is_whitespace()).then_some(opened));
                At::Plain
            }
            At::Start | At::Plain => {
                walk.stray = walk.stray.or(quote.then_some(line));
                At::Plain
            }
        };
        line += u32::from(letter == '\n');
    }
    if let At::Quoted(opened) = at {
        walk.stray = walk.stray.or(Some(opened));
    }
    if !empty {
        walk.rows.push(RowLines { number, first, last: line });
    }
    walk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::delimited::layout;
    use crate::table::head::body;

    fn check(text: &str, rows: &[(u32, u32, u32)], stray: Option<u32>) {
        let body = body(text);
        let walk = walk(&body, layout(&body));
        let got: Vec<_> = walk.rows.iter().map(|row| (row.number, row.first, row.last)).collect();
        assert_eq!((got.as_slice(), walk.stray), (rows, stray), "{text}");
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        check("a,b\n1,2\n3,4", &[(1, 1, 1), (2, 2, 2), (3, 3, 3)], None);
        check("a,b\r\n\r\n\r\n1,\"two\r\nlines\"\r\n3,4\r\n", &[(1, 1, 1), (4, 4, 5), (5, 6, 6)], None);
        check("a,b\r1,2\r", &[(1, 1, 1), (2, 1, 1)], None);
        check("sep=,\na,b\n1,\"say \"\"x\"\"\"\n", &[(1, 2, 2), (2, 3, 3)], None);
    }

    #[test]
    fn a_stray_quotation_mark_is_found_where_it_stands() {
        check("a,b\n1,\"two\nlines\"\n3,broken \"quote\n", &[(1, 1, 1), (2, 2, 3), (3, 4, 4)], Some(4));
        check("a,b\n1,\"two\nlines\"\n3,\"open\n4,5\n", &[(1, 1, 1), (2, 2, 3), (3, 4, 6)], Some(4));
        check("a,b\n\"x,2\n3,\"y\"\n", &[(1, 1, 1), (2, 2, 3)], Some(2));
    }
}
