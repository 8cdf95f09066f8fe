//! From lines to entries: where a course begins and ends, and which of its lines are which field.

use std::collections::{BTreeMap, BTreeSet};

use credway_documents::{Document, Joiner, Kind, Line};
use credway_model::{PageArea, Place};

use super::look::{Look, begins_by_label, body_size, is_heading, look};
use super::{facts, heading, labels};
use crate::table::Value;

/// A course as it was read: fields (ours, or labels of the document) with their values.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) place: Place,
    pub(crate) values: BTreeMap<String, Vec<Value>>,
}

/// Fields whose paragraphs are statements of their own.
const LISTS: &[&str] = &["outcomes", "topics"];

/// Fields whose value is a figure.
const FIGURES: &[&str] = &["credits", "lecture_hours", "lab_hours", "contact_hours"];

/// Reads the entries and counts the lines that belong to none.
pub(super) fn read(document: &Document) -> (Vec<Entry>, usize) {
    let body = body_size(document);
    let lines: Vec<&Line> = document.lines.iter().filter(|line| line.kind != Kind::Furniture).collect();
    let look = look(&lines, body);
    let joiner = Joiner::new(document);
    let own_labels = own_labels(&lines, look, body);
    let headings = lines.iter().filter(|line| is_heading(line, look, body));
    let pointed = headings.clone().filter(|line| line.text.trim().ends_with('.')).count();
    let points = pointed * 3 < headings.count();
    let mut walk = Walk { joiner: &joiner, own_labels, points, entries: Vec::new(), open: None, outside: 0, body };
    for line in &lines {
        walk.line(line, look);
    }
    walk.close();
    (walk.entries, walk.outside)
}

/// Unknown words before a colon that are labels: bold, or repeated with every tenth course. Others are part of a sentence.
fn own_labels(lines: &[&Line], look: Look, body: u16) -> BTreeSet<String> {
    let courses = lines
        .iter()
        .filter(|line| is_heading(line, look, body) || (look == Look::Labelled && begins_by_label(line)))
        .count();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut own = BTreeSet::new();
    for line in lines.iter().filter(|line| line.starts) {
        let text = plain_text(line);
        let Some(label) = labels::at_start(&text, line.bold, true).filter(|label| !label.known) else { continue };
        if line.bold >= label.name.len() && line.bold < text.len() {
            own.insert(label.name.clone());
        }
        *counted.entry(label.name).or_default() += 1;
    }
    own.extend(counted.into_iter().filter(|(_, times)| times * 10 >= courses).map(|(name, _)| name));
    own
}

/// The line's words; a table's row of a label and its value reads as one line.
pub(super) fn plain_text(line: &Line) -> String {
    match &line.kind {
        Kind::Row(cells) => {
            cells.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join("\t").trim().to_owned()
        }
        _ => line.text.trim().to_owned(),
    }
}

/// An entry being read.
struct Open {
    entry: Entry,
    /// How the heading looked: level, size, whether bold.
    look: (Option<u8>, u16, bool),
    /// Words of the heading so far, while it may go on.
    heading: Option<(String, Vec<Place>)>,
    /// The field the next lines belong to.
    field: Option<String>,
    words: String,
    places: Vec<Place>,
}

struct Walk<'a> {
    joiner: &'a Joiner,
    /// Labels that we do not know and that the document uses as such.
    own_labels: BTreeSet<String>,
    /// Whether a point at the end of a title is the title's own (“in the U.S.”), since most titles have none.
    points: bool,
    entries: Vec<Entry>,
    open: Option<Open>,
    outside: usize,
    body: u16,
}

impl Walk<'_> {
    fn line(&mut self, line: &Line, look: Look) {
        if self.goes_on_with_heading(line) {
            return;
        }
        if is_heading(line, look, self.body) {
            self.close();
            self.begin_by_heading(line);
            return;
        }
        if look == Look::Labelled && begins_by_label(line) {
            self.close();
            self.begin_by_label(line);
            return;
        }
        if self.open.as_ref().is_some_and(|open| ends_entry(line, open, self.body)) {
            self.close();
        }
        match self.open.take() {
            None => self.outside += 1,
            Some(mut open) => {
                self.finish_heading(&mut open);
                self.body_line(line, &mut open);
                self.open = Some(open);
            }
        }
    }

    fn begin_by_heading(&mut self, line: &Line) {
        let text = line.text.trim();
        // A bold beginning with more text behind it on the line is the heading; the rest is the text.
        let bold_lead = line.bold > 0 && line.bold + 2 < text.len() && heading::reads_as_title(&text[..line.bold]);
        let (head, rest) = if bold_lead { text.split_at(line.bold) } else { (text, "") };
        let level = if let Kind::Heading(level) = line.kind { Some(level) } else { None };
        let entry = Entry { place: line.place.clone(), values: BTreeMap::new() };
        let mut open = Open {
            entry,
            look: (level, line.size, line.bold > 0),
            heading: Some((head.trim().to_owned(), vec![line.place.clone()])),
            field: None,
            words: String::new(),
            places: Vec::new(),
        };
        if !rest.is_empty() {
            self.finish_heading(&mut open);
            open.field = Some("description".to_owned());
            self.take(&mut open, rest, &line.place);
        }
        self.open = Some(open);
    }

    fn begin_by_label(&mut self, line: &Line) {
        let text = plain_text(line);
        let Some(label) = labels::at_start(&text, line.bold, true) else { return };
        let entry = Entry { place: line.place.clone(), values: BTreeMap::new() };
        let mut open = Open {
            entry,
            look: (None, 0, false),
            heading: None,
            field: None,
            words: String::new(),
            places: Vec::new(),
        };
        if let Some(read) = heading::read(text[label.value..].trim()) {
            put_heading(&mut open.entry, read, &line.place);
        }
        self.open = Some(open);
    }

    /// A title that goes on in the next line, in the same look and without a new paragraph.
    fn goes_on_with_heading(&mut self, line: &Line) -> bool {
        let Some(open) = self.open.as_mut() else { return false };
        let Some((words, places)) = open.heading.as_mut() else { return false };
        let level = if let Kind::Heading(level) = line.kind { Some(level) } else { None };
        let same_look = (level, line.size) == (open.look.0, open.look.1) && (line.is_bold() == open.look.2);
        let alone = heading::code(words).is_some_and(|(_, end)| end == words.len());
        let follows = (!line.starts && (open.look.2 || open.look.0.is_some() || line.size > self.body)) || alone;
        let complete = heading::read(words).is_some_and(|read| read.credits.is_some());
        let known = line.text.contains(':')
            && labels::at_start(&line.text, line.bold, line.starts).is_some_and(|label| label.known);
        if !same_look || !follows || complete || known || (line.starts && heading::reads_as_title(line.text.trim())) {
            return false;
        }
        self.joiner.append(words, &line.text);
        places.push(line.place.clone());
        true
    }

    fn finish_heading(&self, open: &mut Open) {
        let Some((words, places)) = open.heading.take() else { return };
        let place = joined(&places);
        if let Some(mut read) = heading::read(&words) {
            if self.points && words.ends_with(&format!("{}.", read.title)) {
                read.title.push('.');
            }
            put_heading(&mut open.entry, read, &place);
        }
    }

    fn body_line(&self, line: &Line, open: &mut Open) {
        let text = plain_text(line);
        let starts = line.starts || matches!(line.kind, Kind::Row(_) | Kind::Item(_));
        let counts = |label: &labels::Label| label.known || (!in_list(open) && self.own_labels.contains(&label.name));
        if let Some(label) = labels::at_start(&text, line.bold, starts).filter(counts) {
            flush(open);
            open.field = Some(label.name);
            self.take(open, &text[label.value..], &line.place);
            return;
        }
        if introduces_outcomes(&text) {
            flush(open);
            open.field = Some("outcomes".to_owned());
            return;
        }
        let told = if starts { facts::read(&text) } else { Vec::new() };
        if !told.is_empty() {
            flush(open);
            open.field = None;
            for (field, value) in told {
                put(&mut open.entry, field, value, line.place.clone());
            }
            return;
        }
        // A figure is complete where its line ends, unless a label began behind it and goes on in this line.
        let figure = open.field.as_deref().is_some_and(|field| FIGURES.contains(&field)) && !open.words.is_empty();
        if figure && !starts && !open.words.chars().all(|letter| letter.is_ascii_digit() || letter == '.') {
            let mut words = std::mem::take(&mut open.words);
            self.joiner.append(&mut words, &text);
            self.take(open, &words, &line.place);
            return;
        }
        if (starts || figure) && !(open.words.is_empty() && open.field.is_some()) {
            let list = in_list(open);
            flush(open);
            if !list {
                open.field = None;
            }
        }
        if open.field.is_none() {
            let labelled =
                open.entry.values.contains_key("description") && open.entry.values.contains_key("\u{0}described");
            open.field = Some(if labelled { "other text" } else { "description" }.to_owned());
        }
        self.take(open, &text, &line.place);
    }

    /// Takes words into the open field; labels within them begin fields of their own.
    fn take(&self, open: &mut Open, words: &str, place: &Place) {
        let found = labels::inside(words);
        let mut from = 0;
        for (at, label) in found {
            self.append(open, &words[from..at], place);
            flush(open);
            open.field = Some(label.name);
            from = label.value;
        }
        self.append(open, &words[from..], place);
    }

    fn append(&self, open: &mut Open, words: &str, place: &Place) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let words = words.replace('\t', " ");
        self.joiner.append(&mut open.words, &words);
        open.places.push(place.clone());
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        self.finish_heading(&mut open);
        flush(&mut open);
        open.entry.values.remove("\u{0}described");
        self.entries.push(open.entry);
    }
}

fn in_list(open: &Open) -> bool {
    open.field.as_deref().is_some_and(|field| LISTS.contains(&field))
}

/// Whether a line ends the course above it: a heading of the document that is no course's.
fn ends_entry(line: &Line, open: &Open, body: u16) -> bool {
    let known = labels::at_start(&line.text, line.bold, true).is_some_and(|label| label.known);
    if known || introduces_outcomes(&line.text) {
        return false;
    }
    match (&line.kind, open.look) {
        (Kind::Heading(level), (Some(own), _, _)) => *level <= own,
        (Kind::Heading(_), _) => true,
        (Kind::Text, (_, size, bold)) => {
            let larger = line.size > body + body / 20 && line.size >= size;
            line.starts && (larger || (bold && line.is_bold() && line.size >= size && !line.text.contains(':')))
        }
        _ => false,
    }
}

fn introduces_outcomes(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.len() < 160 && text.ends_with(':') && (text.contains("will be able to") || text.contains("learning outcomes"))
}

fn put_heading(entry: &mut Entry, heading: heading::Heading, place: &Place) {
    put(entry, "code", heading.code.as_str().to_owned(), place.clone());
    if !heading.title.is_empty() {
        put(entry, "title", heading.title, place.clone());
    }
    if let Some(credits) = heading.credits {
        put(entry, "credits", credits, place.clone());
    }
    if let Some(hours) = heading.hours {
        put(entry, "hours in brackets", hours, place.clone());
    }
}

/// Puts the words so far where they belong.
fn flush(open: &mut Open) {
    let words = std::mem::take(&mut open.words);
    let places = std::mem::take(&mut open.places);
    let Some(field) = open.field.clone() else { return };
    let words = words.trim().trim_end_matches('\u{ad}').replace('\u{ad}', "");
    if words.is_empty() {
        return;
    }
    let place = joined(&places);
    let words = if LISTS.contains(&field.as_str()) { without_bullet(&words).to_owned() } else { words };
    // A second paragraph of a description belongs to it; a second value of anything else is a value of its own.
    let described = open
        .entry
        .values
        .get_mut(&field)
        .filter(|_| matches!(field.as_str(), "description" | "other text" | "prerequisites" | "corequisites"));
    if let Some(last) = described.and_then(|values| values.last_mut()) {
        last.text = format!("{} {words}", last.text);
        last.place = joined(&[last.place.clone(), place]);
        return;
    }
    put(&mut open.entry, &field, words, place);
}

fn without_bullet(words: &str) -> &str {
    words.trim_start_matches(['•', '◦', '▪', '■', '□', '●', '○', '‣', '–', '-', '*', '·', '►', '➢', ' '])
}

pub(super) fn put(entry: &mut Entry, field: &str, text: String, place: Place) {
    entry.values.entry(field.to_owned()).or_default().push(Value { text, place, beside: BTreeMap::new() });
}

/// Places of lines that follow one another as one: areas that touch are one area.
fn joined(places: &[Place]) -> Place {
    let mut areas: Vec<PageArea> = Vec::new();
    for place in places {
        let Place::Pages(found) = place else { return places[0].clone() };
        for area in found {
            match areas.last_mut() {
                Some(last)
                    if last.page == area.page
                        && area.top.abs_diff(last.bottom) <= 12
                        && area.left < last.right
                        && area.right > last.left =>
                {
                    last.left = last.left.min(area.left);
                    last.right = last.right.max(area.right);
                    last.top = last.top.min(area.top);
                    last.bottom = last.bottom.max(area.bottom);
                }
                _ => areas.push(*area),
            }
        }
    }
    if areas.is_empty() { places.first().cloned().unwrap_or(Place::Whole) } else { Place::Pages(areas) }
}
