//! From lines to entries: where a course begins and ends, and which of its lines are which field.

use std::collections::{BTreeMap, BTreeSet};

use credway_documents::{Document, Joiner, Kind, Line};
use credway_model::Place;

use super::look::{Look, begins_by_label, body_size, is_heading, look};
use super::open::Open;
use super::{facts, heading, labels};
use crate::document::together;
use crate::table::Value;

/// A course as it was read: fields (ours, or labels of the document) with their values.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) place: Place,
    pub(crate) values: BTreeMap<String, Vec<Value>>,
}

impl Entry {
    pub(super) const fn at(place: Place) -> Self {
        Self { place, values: BTreeMap::new() }
    }

    pub(super) fn put(&mut self, field: &str, text: String, place: Place) {
        self.values.entry(field.to_owned()).or_default().push(Value { text, place, beside: BTreeMap::new() });
    }

    pub(super) fn put_heading(&mut self, heading: heading::Heading, place: &Place) {
        self.put("code", heading.code.as_str().to_owned(), place.clone());
        if !heading.title.is_empty() {
            self.put("title", heading.title, place.clone());
        }
        if let Some(credits) = heading.credits {
            self.put("credits", credits, place.clone());
        }
        if let Some(hours) = heading.hours {
            self.put("hours in brackets", hours, place.clone());
        }
    }
}

/// Reads the entries and counts the lines that belong to none.
pub(super) fn read(document: &Document) -> (Vec<Entry>, usize) {
    let body = body_size(document);
    let lines: Vec<&Line> = document.lines.iter().filter(|line| line.kind != Kind::Furniture).collect();
    let joiner = Joiner::new(document);
    let look = look(&lines, body, &joiner);
    let own_labels = own_labels(&lines, look, body, &joiner);
    let headings = lines.iter().filter(|line| is_heading(line, look, body));
    let is_pointed = |line: &&&Line| heading::read(line.text.trim()).is_some_and(|heading| heading.pointed);
    let pointed = headings.clone().filter(is_pointed).count();
    let points = pointed * 3 < headings.count();
    let mut walk = Walk { joiner: &joiner, own_labels, points, entries: Vec::new(), open: None, outside: 0, body };
    for line in &lines {
        walk.line(line, look);
    }
    walk.close();
    (walk.entries, walk.outside)
}

/// Unknown words before a colon that are labels: bold, or repeated with every tenth course. Others are part of a sentence.
fn own_labels(lines: &[&Line], look: Look, body: u16, joiner: &Joiner) -> BTreeSet<String> {
    let courses = lines
        .iter()
        .filter(|line| is_heading(line, look, body) || (look == Look::Labelled && begins_by_label(line, joiner)))
        .count();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut own = BTreeSet::new();
    for line in lines.iter().filter(|line| line.starts) {
        let text = plain_text(line, joiner);
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
pub(super) fn plain_text(line: &Line, joiner: &Joiner) -> String {
    match &line.kind {
        Kind::Row(cells) => {
            let words: Vec<String> = cells.iter().map(|cell| joiner.joined(&cell.text)).collect();
            words.join("\t").trim().to_owned()
        }
        _ => line.text.trim().to_owned(),
    }
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
        if look == Look::Labelled && begins_by_label(line, self.joiner) {
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
        let entry = Entry::at(line.place.clone());
        let mut open = Open::new(
            entry,
            (level, line.size, line.bold > 0),
            Some((head.trim().to_owned(), vec![line.place.clone()])),
        );
        if !rest.is_empty() {
            self.finish_heading(&mut open);
            open.field = Some("description".to_owned());
            self.take(&mut open, rest, &line.place);
        }
        self.open = Some(open);
    }

    fn begin_by_label(&mut self, line: &Line) {
        let text = plain_text(line, self.joiner);
        let Some(label) = labels::at_start(&text, line.bold, true) else { return };
        let entry = Entry::at(line.place.clone());
        let mut open = Open::new(entry, (None, 0, false), None);
        if let Some(read) = heading::read(text[label.value..].trim()) {
            open.entry.put_heading(read, &line.place);
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
        let place = together(&places);
        if let Some(mut read) = heading::read(&words) {
            if self.points && read.pointed {
                read.title.push('.');
            }
            open.entry.put_heading(read, &place);
        }
    }

    fn body_line(&self, line: &Line, open: &mut Open) {
        let text = plain_text(line, self.joiner);
        let starts = line.starts || matches!(line.kind, Kind::Row(_) | Kind::Item(_));
        let counts = |label: &labels::Label| label.known || (!open.in_list() && self.own_labels.contains(&label.name));
        let label = labels::at_start(&text, line.bold, starts).filter(counts);
        // A label that begins behind a figure goes on in this line: “… Lecture”, “Contact Hours: 3”.
        let begun = label.as_ref().is_some_and(|label| open.has_begun(&text[..label.value]));
        if let Some(label) = label.filter(|_| !begun) {
            open.flush();
            let value = &text[label.value..];
            let hours = if label.name == "contact_hours" { facts::read(value) } else { Vec::new() };
            if hours.is_empty() {
                open.field = Some(label.name);
                self.take(open, value, &line.place);
            } else {
                tell(open, hours, &line.place);
            }
            return;
        }
        if introduces_outcomes(&text) {
            open.flush();
            open.field = Some("outcomes".to_owned());
            return;
        }
        let told = if starts { facts::read(&text) } else { Vec::new() };
        if !told.is_empty() {
            open.flush();
            tell(open, told, &line.place);
            return;
        }
        // A figure is complete where its line ends, unless a label began behind it and goes on in this line.
        let figure = open.has_figure();
        if begun || figure && !starts && !open.words.chars().all(|letter| letter.is_ascii_digit() || letter == '.') {
            let mut words = std::mem::take(&mut open.words);
            self.joiner.append(&mut words, &text);
            self.take(open, &words, &line.place);
            return;
        }
        if (starts || figure) && !(open.words.is_empty() && open.field.is_some()) {
            let list = open.in_list();
            open.flush();
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
            open.flush();
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
        open.flush();
        open.entry.values.remove("\u{0}described");
        self.entries.push(open.entry);
    }
}

/// Puts facts that a line tells; what follows is none of their fields.
fn tell(open: &mut Open, facts: Vec<(&'static str, String)>, place: &Place) {
    open.field = None;
    for (field, value) in facts {
        open.entry.put(field, value, place.clone());
    }
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
