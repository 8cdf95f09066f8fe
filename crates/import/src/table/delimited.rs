//! Delimited text: CSV, TSV, semicolons. Delimiter and quoting are detected from the text itself.

use credway_model::{Finding, Place, Severity};

use super::head::{Body, DELIMITERS, body};
use super::row_lines::walk;

/// How a delimited text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    pub(super) quoting: bool,
}

/// A delimited table in memory.
#[derive(Clone, Debug)]
pub(crate) struct Delimited {
    pub(crate) heads: Vec<String>,
    cells: Vec<csv::StringRecord>,
    /// Row number of each record as a spreadsheet shows it.
    numbers: Vec<u32>,
}

impl Delimited {
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn number(&self, index: usize) -> u32 {
        self.numbers[index]
    }

    pub(crate) fn cell(&self, index: usize, column: usize) -> &str {
        self.cells[index].get(column).unwrap_or_default()
    }
}

/// Whether the first line has two or more tab-separated heads, as `.txt` files of published tables do.
pub(crate) fn has_tabbed_head(text: &str) -> bool {
    let mut lines = text.lines();
    let tabs = |line: Option<&str>| line.map_or(0, |line| line.trim_end().matches('\t').count());
    let first = lines.next();
    let heads = tabs(first);
    heads >= 1
        && heads == tabs(lines.next())
        && first.is_some_and(|line| line.split('\t').all(|head| !head.trim().is_empty()))
}

/// Whether the first line is a list of short heads separated by commas or semicolons.
pub(crate) fn has_comma_head(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    [',', ';'].iter().any(|delimiter| {
        let heads: Vec<&str> = first.split(*delimiter).collect();
        heads.len() >= 2 && heads.iter().all(|head| !head.trim().is_empty() && head.trim().len() < 40)
    })
}

/// Detects how a delimited text is written: the delimiter its heads hold most of, unless a line says it; quotes mean
/// something unless tabs separate and no cell of the beginning is quoted whole.
pub(super) fn layout(body: &Body<'_>) -> Layout {
    let first = body.text.lines().next().unwrap_or_default();
    let count = |delimiter: &char| (first.matches(*delimiter).count(), *delimiter == ',');
    let most = DELIMITERS.into_iter().max_by_key(count).unwrap_or(',');
    let delimiter = body.delimiter.unwrap_or(most);
    // Published tab-separated tables hold bare inch marks; quotes mean something only where they enclose whole cells.
    let enclosed = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let opens = cells.iter().position(|cell| cell.starts_with('"'));
        opens.is_some_and(|first| cells[first..].iter().any(|cell| cell.len() > 1 && cell.ends_with('"')))
    };
    let quoting = delimiter != '\t' || body.text.lines().take(200).any(enclosed);
    Layout { delimiter: u8::try_from(delimiter).unwrap_or(b','), quoting }
}

/// The lines of a row that holds something.
pub(crate) fn lines_of_row(text: &str, number: u32) -> Option<(u32, u32)> {
    let body = body(text);
    let row = walk(&body, layout(&body)).rows.into_iter().find(|row| row.number == number)?;
    Some((row.first, row.last))
}

pub(super) fn reader<'a>(body: &Body<'a>, layout: Layout) -> csv::Reader<&'a [u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(layout.delimiter)
        .quoting(layout.quoting)
        .from_reader(body.text.as_bytes())
}

pub(super) fn parse(text: &str, findings: &mut Vec<Finding>) -> Option<Delimited> {
    let body = body(text);
    let layout = layout(&body);
    let walk = walk(&body, layout);
    if let Some(line) = walk.stray.filter(|_| body.text.matches('"').count() % 2 == 1) {
        let place = Place::Line { line, column: None };
        let hint = "Close the quote, or double a quote that belongs to the text.";
        return refuse(findings, place, "A quotation mark is never closed.".to_owned(), hint);
    }
    title_lines(&body, findings);
    let mut heads: Option<Vec<String>> = None;
    let mut table = Delimited { heads: Vec::new(), cells: Vec::new(), numbers: Vec::new() };
    let mut rows = walk.rows.iter().map(|row| row.number);
    for record in reader(&body, layout).records() {
        let number = rows.next().unwrap_or(u32::MAX);
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let place = Place::Row { row: number, column: None };
                let message = format!("The table cannot be read here: {error}.");
                return refuse(findings, place, message, "Look at the row's quotes and delimiters.");
            }
        };
        match &heads {
            None => heads = Some(record.iter().map(|head| head.trim().to_owned()).collect()),
            Some(heads) => {
                if record.iter().all(|cell| cell.trim().is_empty()) {
                    continue;
                }
                ragged(&record, heads.len(), number, findings);
                table.numbers.push(number);
                table.cells.push(record);
            }
        }
    }
    table.heads = heads.unwrap_or_default();
    repeated_heads(&table.heads, body.first_row, findings);
    if table.cells.is_empty() {
        findings.push(Finding::new(
            "table.no-rows",
            Severity::Error,
            Place::Whole,
            "The table has a head but no rows.",
            "Check that the right file was chosen.",
        ));
        return None;
    }
    Some(table)
}

/// Lines above the heads are left out, and that is said.
fn title_lines(body: &Body<'_>, findings: &mut Vec<Finding>) {
    if body.above.is_empty() {
        return;
    }
    let shown: String = body.above.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    findings.push(Finding::new(
        "table.title-line",
        Severity::Note,
        Place::Row { row: body.first_row, column: None },
        format!("The column heads were found in row {}; “{shown}” above them is not read.", body.first_row),
        "Nothing to do, unless the heads are wrong: then remove the lines above them.",
    ));
}

pub(super) fn refuse<T>(findings: &mut Vec<Finding>, place: Place, message: String, hint: &str) -> Option<T> {
    findings.push(Finding::new("table.unreadable", Severity::Error, place, message, hint));
    None
}

/// More cells than heads: something is lost or shifted. Fewer are taken as empty only where they are at the end.
fn ragged(record: &csv::StringRecord, heads: usize, row: u32, findings: &mut Vec<Finding>) {
    let beyond = record.iter().skip(heads).any(|cell| !cell.trim().is_empty());
    let severity = if beyond { Severity::Error } else { Severity::Warning };
    if beyond || record.len() < heads {
        findings.push(Finding::new(
            "table.ragged-row",
            severity,
            Place::Row { row, column: None },
            format!("The row has {} cells, the head has {heads}.", record.len()),
            "A delimiter is missing or stands inside an unquoted cell; quote the cell.",
        ));
    }
}

fn repeated_heads(heads: &[String], row: u32, findings: &mut Vec<Finding>) {
    for (index, head) in heads.iter().enumerate() {
        if !head.is_empty() && heads[..index].contains(head) {
            findings.push(Finding::new(
                "table.repeated-head",
                Severity::Warning,
                Place::Row { row, column: Some(head.clone()) },
                format!("The head “{head}” stands twice; the first column of that name is read."),
                "Give every column its own head.",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_detected() {
        let check = |text: &str, delimiter: u8, quoting: bool| {
            assert_eq!(layout(&body(text)), Layout { delimiter, quoting });
        };
        check("a,b;c,d\n", b',', true);
        check("a;b;c\n1;\"x;y\";2\n", b';', true);
        check("a\tb\n1\t5\" pipe\n", b'\t', false);
        check("a\tb\n1\t\"x\ty\"\n", b'\t', true);
        check("sep=;\na,b;c,d,e\n", b';', true);
    }

    #[test]
    fn rows_keep_their_numbers_and_faults_their_place() {
        let mut findings = Vec::new();
        let table = parse("a,b\n1,2\n\n,\n3\n4,5,6\n", &mut findings).unwrap();
        assert_eq!(table.numbers, [2, 5, 6]);
        let codes: Vec<_> = findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect();
        assert_eq!(codes, [("table.ragged-row", Severity::Warning), ("table.ragged-row", Severity::Error)]);
        assert!(parse("a,b\n\"x,2\n", &mut findings).is_none());
    }

    #[test]
    fn a_title_above_the_heads_is_left_out_with_a_note() {
        let mut findings = Vec::new();
        let table = parse("Course list 2026\n\ncode,title\nA 1,B\n", &mut findings).unwrap();
        assert_eq!((table.heads, table.numbers), (vec!["code".to_owned(), "title".to_owned()], vec![4]));
        let codes: Vec<_> = findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect();
        assert_eq!(codes, [("table.title-line", Severity::Note)]);
    }
}
