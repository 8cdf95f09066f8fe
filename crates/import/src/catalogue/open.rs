//! An entry being read: the field its next lines belong to, and the words of that field so far.

use credway_model::Place;

use super::entries::Entry;
use super::labels;
use crate::document::together;

/// Fields whose paragraphs are statements of their own.
const LISTS: &[&str] = &["outcomes", "topics"];

/// Fields whose value is a figure.
const FIGURES: &[&str] = &["credits", "lecture_hours", "lab_hours", "contact_hours"];

/// An entry being read.
pub(super) struct Open {
    pub(super) entry: Entry,
    /// How the heading looked: level, size, whether bold.
    pub(super) look: (Option<u8>, u16, bool),
    /// Words of the heading so far, while it may go on.
    pub(super) heading: Option<(String, Vec<Place>)>,
    /// The field the next lines belong to.
    pub(super) field: Option<String>,
    pub(super) words: String,
    pub(super) places: Vec<Place>,
}

impl Open {
    pub(super) const fn new(
        entry: Entry,
        look: (Option<u8>, u16, bool),
        heading: Option<(String, Vec<Place>)>,
    ) -> Self {
        Self { entry, look, heading, field: None, words: String::new(), places: Vec::new() }
    }

    pub(super) fn in_list(&self) -> bool {
        self.field.as_deref().is_some_and(|field| LISTS.contains(&field))
    }

    /// Whether the field is a figure that has something already.
    pub(super) fn has_figure(&self) -> bool {
        self.field.as_deref().is_some_and(|field| FIGURES.contains(&field)) && !self.words.is_empty()
    }

    /// Whether a label began behind the figure so far: its last word and `label` are one we know.
    pub(super) fn has_begun(&self, label: &str) -> bool {
        let last = self.words.rsplit(' ').next().filter(|_| self.has_figure());
        last.is_some_and(|last| labels::field(&format!("{last} {label}")).is_some())
    }

    /// Puts the words so far where they belong.
    pub(super) fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let places = std::mem::take(&mut self.places);
        let Some(field) = self.field.clone() else { return };
        let words = words.trim().trim_end_matches('\u{ad}').replace('\u{ad}', "");
        if words.is_empty() {
            return;
        }
        let place = together(&places);
        let words = if LISTS.contains(&field.as_str()) { without_label(&words).to_owned() } else { words };
        // A second paragraph of a description belongs to it; a second value of anything else is a value of its own.
        let described = self
            .entry
            .values
            .get_mut(&field)
            .filter(|_| matches!(field.as_str(), "description" | "other text" | "prerequisites" | "corequisites"));
        if let Some(last) = described.and_then(|values| values.last_mut()) {
            last.text = format!("{} {words}", last.text);
            last.place = together(&[last.place.clone(), place]);
            return;
        }
        self.entry.put(&field, words, place);
    }
}

/// The words of an item without its bullet or number; a number that is not alone in the words is the list's own.
fn without_label(words: &str) -> &str {
    let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")) {
        Some(rest) if (1..=2).contains(&(words.len() - rest.len() - 2)) && !rest.contains(" 2. ") => return rest,
        _ => {}
    }
    words.trim_start_matches(['•', '◦', '▪', '■', '□', '●', '○', '‣', '–', '-', '*', '·', '►', '➢', ' '])
}
