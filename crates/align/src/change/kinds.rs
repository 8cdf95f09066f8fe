//! What a match is called, and what else is said of it.

use credway_model::Span;

use super::marks::differences;
use super::place::Places;
use super::reading::Reading;
use super::{Became, ChangeMatch, ChangeNote, OutlineLine};

/// A statement elsewhere counts as moved, not as reworded, from this likeness on.
const NEARLY_THE_SAME: f64 = 0.85;

/// A match before it has a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) ones: Vec<usize>,
    pub(super) others: Vec<usize>,
    likeness: f64,
    /// Whether letters and digits are the same.
    verbatim: bool,
    /// Whether all stand under parents that belong together.
    in_place: bool,
    /// Whether the parents belong together, but stand under other tops.
    with_parent: bool,
}

impl Found {
    pub(super) fn pair(one: usize, other: usize, likeness: f64, verbatim: bool) -> Self {
        Self { verbatim, ..Self::several(vec![one], vec![other], likeness) }
    }

    pub(super) fn several(ones: Vec<usize>, others: Vec<usize>, likeness: f64) -> Self {
        Self { ones, others, likeness, verbatim: false, in_place: true, with_parent: false }
    }

    pub(super) fn alone(side: usize, at: usize) -> Self {
        let (ones, others) = if side == 0 { (vec![at], Vec::new()) } else { (Vec::new(), vec![at]) };
        Self::several(ones, others, 0.0)
    }

    /// The same with the sides swapped.
    pub(super) fn swapped(self) -> Self {
        Self { ones: self.others, others: self.ones, ..self }
    }

    /// Says where it stands.
    pub(super) fn stand(&mut self, reading: &Reading<'_>, places: &Places) {
        let all: Vec<(usize, usize)> =
            self.ones.iter().flat_map(|one| self.others.iter().map(|other| (*one, *other))).collect();
        self.in_place = all.iter().all(|(one, other)| places.same_parent(reading, *one, *other));
        self.with_parent = self.in_place && !all.iter().all(|(one, other)| places.same_top(reading, *one, *other));
    }

    fn kind(&self) -> Became {
        match (self.ones.len(), self.others.len()) {
            (0, _) => Became::New,
            (_, 0) => Became::Gone,
            (1, 1) if self.verbatim && self.in_place => Became::Same,
            (1, 1) if !self.in_place && (self.verbatim || self.likeness >= NEARLY_THE_SAME) => Became::Moved,
            (1, 1) => Became::Reworded,
            (1, _) => Became::Split,
            _ => Became::Merged,
        }
    }
}

/// The match with its kind, its notes and the words that differ.
pub(super) fn described(found: Found, old: &[OutlineLine], new: &[OutlineLine]) -> ChangeMatch {
    let kind = found.kind();
    let (removed, added) = marks(&found, old, new);
    let notes = notes(kind, &found, old, new);
    ChangeMatch {
        kind,
        likeness: found.likeness,
        unchanged: found.verbatim,
        old: found.ones,
        new: found.others,
        notes,
        removed,
        added,
    }
}

fn notes(kind: Became, found: &Found, old: &[OutlineLine], new: &[OutlineLine]) -> Vec<ChangeNote> {
    let mut notes = Vec::new();
    if let ([one], [other]) = (found.ones.as_slice(), found.others.as_slice()) {
        if old[*one].code != new[*other].code {
            notes.push(ChangeNote::Renumbered);
        }
        if found.verbatim && old[*one].text != new[*other].text {
            notes.push(ChangeNote::Respelled);
        }
    }
    match kind {
        Became::Reworded | Became::Split | Became::Merged if !found.in_place => {
            notes.push(ChangeNote::AlsoMoved);
        }
        Became::Moved if !found.verbatim => notes.push(ChangeNote::AlsoReworded),
        _ => {}
    }
    if found.with_parent {
        notes.push(ChangeNote::WithItsParent);
    }
    notes
}

type Marks = (Vec<Vec<Span>>, Vec<Vec<Span>>);

fn marks(found: &Found, old: &[OutlineLine], new: &[OutlineLine]) -> Marks {
    fn texts<'a>(side: &'a [OutlineLine], lines: &[usize]) -> Vec<&'a str> {
        lines.iter().map(|at| side[*at].text.as_str()).collect()
    }
    let (ones, others) = (texts(old, &found.ones), texts(new, &found.others));
    match (ones.as_slice(), others.as_slice()) {
        (lines, []) => (vec![Vec::new(); lines.len()], Vec::new()),
        ([], lines) => (Vec::new(), vec![Vec::new(); lines.len()]),
        ([whole], parts) => {
            let (own, theirs) = differences(whole, parts);
            (vec![own], theirs)
        }
        (parts, [whole, ..]) => {
            let (own, theirs) = differences(whole, parts);
            (theirs, vec![own])
        }
    }
}
