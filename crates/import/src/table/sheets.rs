//! Workbooks as tables: which sheets are read, and their rows as one table. What was read and what was left out is said.

use credway_documents::{Sheet, Workbook, column_letters};
use credway_model::{Finding, Place, Severity};

use super::sheet_head::{Head, head};
use super::{Rows, Table};
use crate::Kind;
use crate::mapping::{Mapping, fields, guess_from};
use crate::template::explains;

/// The rows of one or several sheets of one form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheets {
    names: Vec<String>,
    rows: Vec<SheetRow>,
}

#[derive(Clone, Debug)]
struct SheetRow {
    sheet: usize,
    number: u32,
    /// In the order of the table's heads.
    cells: Vec<String>,
}

impl Sheets {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn cell(&self, index: usize, column: usize) -> &str {
        self.rows[index].cells.get(column).map_or("", String::as_str)
    }

    pub(crate) fn place(&self, index: usize, column: Option<&str>) -> Place {
        let row = &self.rows[index];
        Place::Sheet { sheet: self.names[row.sheet].clone(), row: row.number, column: column.map(str::to_owned) }
    }
}

/// A sheet with its heads and how well they fit.
struct Candidate<'a> {
    sheet: &'a Sheet,
    head: Head,
    complete: bool,
    fitting: usize,
    /// Its heads without regard to their order.
    form: Vec<String>,
}

/// Reads the sheets that fit the kind best, or the one that the mapping names.
pub(crate) fn parse(
    kind: Kind,
    workbook: &Workbook,
    mapping: Option<&Mapping>,
    findings: &mut Vec<Finding>,
) -> Option<Table> {
    let named = mapping.and_then(|mapping| mapping.sheet.as_deref());
    let candidates: Vec<Candidate<'_>> = workbook
        .sheets
        .iter()
        .filter(|sheet| named.map_or(!sheet.hidden && !explains(sheet), |name| sheet.name == name))
        .filter_map(|sheet| candidate(kind, sheet, mapping))
        .collect();
    let Some(best) = candidates.iter().min_by_key(|one| (!one.complete, usize::MAX - one.fitting)) else {
        findings.push(nothing(workbook, named));
        return None;
    };
    let form = best.form.clone();
    let complete = best.complete;
    let chosen: Vec<&Candidate<'_>> =
        candidates.iter().filter(|one| std::ptr::eq(*one, best) || (complete && one.form == form)).collect();
    let heads: Vec<String> = best.head.heads.iter().map(|(_, head)| head.clone()).collect();
    let joined = best.head.joined.clone();
    say_choice(workbook, &chosen, findings);
    let mut sheets = Sheets::default();
    for one in &chosen {
        add(&mut sheets, one, &heads, findings);
    }
    if sheets.rows.is_empty() {
        let message = format!("The sheet “{}” has a head but no rows.", chosen[0].sheet.name);
        let hint = "Check that the right file was chosen; name another sheet with --field sheet='NAME'.";
        findings.push(Finding::new("table.no-rows", Severity::Error, Place::Whole, message, hint));
        return None;
    }
    Some(Table { heads, joined, rows: Rows::Sheets(sheets) })
}

fn candidate<'a>(kind: Kind, sheet: &'a Sheet, mapping: Option<&Mapping>) -> Option<Candidate<'a>> {
    let wanted: Vec<&str> = mapping.map_or_else(Vec::new, |mapping| {
        mapping.fields.iter().flat_map(|(_, selector)| selector.split('+').map(str::trim)).collect()
    });
    let head = head(sheet, &wanted)?;
    let heads: Vec<String> = head.heads.iter().map(|(_, head)| head.clone()).collect();
    let (complete, fitting) = match mapping.filter(|mapping| !mapping.fields.is_empty()) {
        Some(mapping) => {
            let has = |selector: &str| {
                super::parts(&heads, selector).iter().all(|part| heads.iter().any(|head| head == part))
            };
            let found = mapping.fields.iter().filter(|(_, selector)| has(selector)).count();
            (found == mapping.fields.len(), found)
        }
        None => {
            let mut one = Sheets::default();
            add(
                &mut one,
                &Candidate { sheet, head: head.clone(), complete: false, fitting: 0, form: Vec::new() },
                &heads,
                &mut Vec::new(),
            );
            let table = Table { heads: heads.clone(), joined: head.joined.clone(), rows: Rows::Sheets(one) };
            let guessed = guess_from(kind, &table);
            let required = fields(kind).iter().filter(|field| field.required);
            (required.into_iter().all(|field| guessed.selector(field.name).is_some()), guessed.fields.len())
        }
    };
    let mut form = heads;
    form.sort();
    Some(Candidate { sheet, head, complete, fitting, form })
}

/// Adds the rows of a sheet below its heads, in the order of `heads`.
fn add(sheets: &mut Sheets, one: &Candidate<'_>, heads: &[String], findings: &mut Vec<Finding>) {
    let index = sheets.names.len();
    sheets.names.push(one.sheet.name.clone());
    let column = |head: &String| one.head.heads.iter().find(|(_, name)| name == head).map(|(column, _)| *column);
    let columns: Vec<Option<u32>> = heads.iter().map(column).collect();
    let mut headless = None;
    for (number, cells) in one.sheet.rows.range(one.head.bottom + 1..) {
        let cell = |column: &Option<u32>| column.and_then(|column| cells.get(&column)).cloned().unwrap_or_default();
        let row: Vec<String> = columns.iter().map(cell).collect();
        let is_head = |column: &u32| one.head.heads.iter().any(|(head, _)| head == column);
        headless = headless.or_else(|| cells.keys().find(|column| !is_head(column)).map(|column| (*number, *column)));
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            sheets.rows.push(SheetRow { sheet: index, number: *number, cells: row });
        }
    }
    remarks(one, headless, findings);
}

/// What a person should know about one sheet that is read.
fn remarks(one: &Candidate<'_>, headless: Option<(u32, u32)>, findings: &mut Vec<Finding>) {
    let name = &one.sheet.name;
    let place = |row: u32, column: Option<u32>| {
        let head = |column: u32| {
            let heads = one.head.heads.iter().find(|(at, _)| *at == column);
            heads.map_or_else(|| column_letters(column), |(_, head)| head.clone())
        };
        Place::Sheet { sheet: name.clone(), row, column: column.map(head) }
    };
    let mut say = |code: &str, severity, place, message: String, hint: &str| {
        findings.push(Finding::new(code, severity, place, message, hint));
    };
    if let Some((row, cells)) = one.sheet.rows.range(..one.head.top).next() {
        let shown: String = cells.values().cloned().collect::<Vec<_>>().join(" ").chars().take(60).collect();
        let message = format!(
            "The column heads were found in row {}; “{shown}” in row {row} above them is not read.",
            one.head.top
        );
        let hint = "Nothing to do, unless the heads are wrong: then remove the rows above them.";
        say("table.title-line", Severity::Note, place(one.head.top, None), message, hint);
    }
    for (index, (column, head)) in one.head.heads.iter().enumerate() {
        if one.head.heads[..index].iter().any(|(_, before)| before == head) {
            let message = format!("The head “{head}” stands twice; the first column of that name is read.");
            say(
                "table.repeated-head",
                Severity::Warning,
                place(one.head.top, Some(*column)),
                message,
                "Give every column its own head.",
            );
        }
    }
    if let Some((row, column)) = headless {
        let message = format!("Column {} has no head and is not read.", column_letters(column));
        say("sheet.no-head", Severity::Warning, place(row, None), message, "Give the column a head if it matters.");
    }
    for fault in one.sheet.faults.iter().filter(|fault| fault.row > one.head.bottom) {
        let at = place(fault.row, Some(fault.column));
        match &fault.shows {
            Some(error) => say(
                "sheet.error-cell",
                Severity::Warning,
                at,
                format!("The cell shows the error {error}; nothing is read from it."),
                "Mend the formula, or write the value into the cell.",
            ),
            None => say(
                "sheet.no-value",
                Severity::Warning,
                at,
                "The cell holds a formula whose value is not stored; nothing is read from it.".to_owned(),
                "Open the file in the program that made it and save it again, or write the value into the cell.",
            ),
        }
    }
}

/// Which sheets are read and which are not; nothing where there is only one.
fn say_choice(workbook: &Workbook, chosen: &[&Candidate<'_>], findings: &mut Vec<Finding>) {
    let quoted =
        |sheets: Vec<&Sheet>| sheets.iter().map(|sheet| format!("“{}”", sheet.name)).collect::<Vec<_>>().join(", ");
    let is_read = |sheet: &Sheet| chosen.iter().any(|one| std::ptr::eq(one.sheet, sheet));
    let read = quoted(chosen.iter().map(|one| one.sheet).collect());
    // What explains our own template is no data, and nobody misses it.
    let is_left = |sheet: &&Sheet| !is_read(sheet) && !sheet.hidden && !explains(sheet);
    let left = quoted(workbook.sheets.iter().filter(is_left).collect());
    let hidden = quoted(workbook.sheets.iter().filter(|sheet| !is_read(sheet) && sheet.hidden).collect());
    let hint = "If another sheet is meant, name it with --field sheet='NAME'.";
    let mut say = |code: &str, message: String| {
        findings.push(Finding::new(code, Severity::Note, Place::Whole, message, hint));
    };
    if chosen.len() > 1 || !left.is_empty() {
        let rest = if left.is_empty() { String::new() } else { format!("; left out: {left}") };
        say("sheet.choice", format!("Sheets read: {read}{rest}."));
    }
    if !hidden.is_empty() {
        say("sheet.hidden", format!("Hidden sheets are not read: {hidden}."));
    }
}

/// Why no sheet can be read.
fn nothing(workbook: &Workbook, named: Option<&str>) -> Finding {
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let (code, message) = match named {
        Some(name) if !names.contains(&name) => {
            ("sheet.missing", format!("There is no sheet “{name}”; the sheets are: {}.", names.join(", ")))
        }
        _ if workbook.sheets.iter().any(|sheet| !sheet.rows.is_empty()) && named.is_none() => {
            ("sheet.missing", format!("All sheets that hold something are hidden: {}.", names.join(", ")))
        }
        _ => ("table.no-rows", "The workbook's sheets are empty.".to_owned()),
    };
    let hint = "Check that the right file was chosen; name a sheet with --field sheet='NAME'.";
    Finding::new(code, Severity::Error, Place::Whole, message, hint)
}

/// The rows of a sheet as lines, up to the last that holds something.
pub(crate) fn lines_of_sheet(sheet: &Sheet) -> Vec<String> {
    let last = sheet.rows.keys().next_back().copied().unwrap_or(0);
    let mut lines = vec![String::new(); last as usize];
    for (row, cells) in &sheet.rows {
        if let Some(line) = lines.get_mut(*row as usize - 1) {
            *line = cells.values().map(|cell| cell.replace('\n', " ")).collect::<Vec<_>>().join(" | ");
        }
    }
    lines
}
