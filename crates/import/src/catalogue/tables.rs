//! Courses in tables: rows below heads that name a code and a title.

use std::collections::BTreeMap;

use credway_documents::{Cell, Document, Joiner, Kind as LineKind, Line};
use credway_model::CourseCode;

use super::entries::Entry;
use super::labels;
use crate::Kind;
use crate::mapping::{fields, guess_heads, is_known_head};

/// The entries of all tables of courses, and their heads in order.
pub(super) fn read(document: &Document) -> (Vec<Entry>, Vec<String>) {
    let mut tables: BTreeMap<u32, Vec<(&Line, &[Cell])>> = BTreeMap::new();
    for line in &document.lines {
        if let LineKind::Row(cells) = &line.kind {
            tables.entry(line.table).or_default().push((line, cells));
        }
    }
    let joiner = Joiner::new(document);
    let (mut entries, mut all_heads): (Vec<Entry>, Vec<String>) = (Vec::new(), Vec::new());
    // A table that goes on over a page without its heads has those of the one before it.
    let mut heads: Option<Vec<String>> = None;
    for rows in tables.into_values() {
        let own = heads_of(rows[0].1);
        let width = rows[0].1.len();
        let from = usize::from(own.is_some());
        if own.is_some() || heads.as_ref().is_some_and(|before| before.len() != width) {
            heads = own;
        }
        let Some(heads) = &heads else { continue };
        let Some(code) = code_column(heads, &rows[from..]) else { continue };
        for head in heads {
            if !head.is_empty() && !all_heads.contains(head) {
                all_heads.push(head.clone());
            }
        }
        for (line, cells) in rows.iter().skip(from).filter(|(_, cells)| heads_of(cells).is_none()) {
            entries.extend(entry(line, cells, heads, code, &joiner));
        }
    }
    (entries, all_heads)
}

/// The rows of every table whose heads name a required field of the kind, under the heads as they stand.
pub(super) fn of_kind(kind: Kind, document: &Document) -> (Vec<Entry>, Vec<String>) {
    let (mut entries, mut all_heads): (Vec<Entry>, Vec<String>) = (Vec::new(), Vec::new());
    let mut heads: Option<(u32, Vec<String>)> = None;
    for line in &document.lines {
        let LineKind::Row(cells) = &line.kind else { continue };
        let names: Vec<String> = cells.iter().map(|cell| cell.text.replace('\n', " ").trim().to_owned()).collect();
        if names_fields(kind, &names) {
            names.iter().filter(|name| !name.is_empty()).for_each(|name| {
                if !all_heads.contains(name) {
                    all_heads.push(name.clone());
                }
            });
            heads = Some((line.table, names));
            continue;
        }
        // A table that goes on over a page without its heads has those of the one before it.
        let Some((_, names)) =
            heads.as_ref().filter(|(table, names)| *table == line.table || names.len() == cells.len())
        else {
            continue;
        };
        let mut entry = Entry::at(line.place.clone());
        for (name, cell) in names.iter().zip(cells).filter(|(name, cell)| !name.is_empty() && !cell.text.is_empty()) {
            entry.put(name, cell.text.replace('\n', " "), cell.place.clone());
        }
        entries.push(entry);
    }
    (entries, all_heads)
}

/// Whether a row is the heads of a table of this kind.
fn names_fields(kind: Kind, names: &[String]) -> bool {
    let guessed = guess_heads(kind, names);
    guessed.fields.len() >= 2
        && fields(kind).iter().filter(|field| field.required).all(|field| guessed.selector(field.name).is_some())
}

/// The heads of a table, where its first row has any that are known.
fn heads_of(cells: &[Cell]) -> Option<Vec<String>> {
    let head = |cell: &Cell| {
        let words = cell.text.replace('\n', " ").trim().to_owned();
        labels::field(&words).filter(|field| *field != "code" && *field != "title").map_or(words, ToOwned::to_owned)
    };
    let known = cells.iter().filter(|cell| is_known_head(&cell.text) || labels::field(&cell.text).is_some()).count();
    (known >= 2).then(|| cells.iter().map(head).collect())
}

/// The column that holds course codes in most rows.
fn code_column(heads: &[String], rows: &[(&Line, &[Cell])]) -> Option<usize> {
    let codes = |column: usize| {
        let is_code = |(_, cells): &&(&Line, &[Cell])| cells.get(column).is_some_and(|cell| code(cell).is_some());
        rows.iter().filter(is_code).count()
    };
    (0..heads.len()).find(|column| codes(*column) * 2 > rows.len())
}

fn code(cell: &Cell) -> Option<CourseCode> {
    cell.text.replace('\n', " ").parse().ok()
}

fn entry(line: &Line, cells: &[Cell], heads: &[String], code_at: usize, joiner: &Joiner) -> Option<Entry> {
    let mut entry = Entry::at(line.place.clone());
    // A row without a code (the title of a group, a total) is no course.
    code(cells.get(code_at)?)?;
    for (head, cell) in heads.iter().zip(cells) {
        let words = joiner.joined(&cell.text).replace('\u{ad}', "");
        if !words.is_empty() && !head.is_empty() {
            entry.put(head, words, cell.place.clone());
        }
    }
    Some(entry)
}
