//! Splits and mergers: one statement whose content several of the other side have between them.
//!
//! Parts are added as long as each makes the whole clearly more alike, says something of it that the others do not, and
//! says mostly what the whole says. Whether a split holds against single matches is decided with all others together.

use super::likeness::Likeness;
use super::reading::{Line, Reading};

/// The most parts of one statement.
const MOST_PARTS: usize = 6;
/// Statements from which a split is begun.
const BEGINNINGS: usize = 3;
/// Share of a part's words that the whole must have.
const LEAST_WITHIN: f64 = 0.45;
/// Share of the whole's words that each part must add.
const LEAST_ADDED: f64 = 0.1;
/// What a further part must add to the likeness.
const LEAST_GAIN: f64 = 0.02;
/// A part that says at least this share of what is left of the whole may say more of its own ...
const MOST_OF_THE_REST: f64 = 0.7;
/// ... if at least this share of its words is the whole's ...
const LEAST_WITHIN_REST: f64 = 0.3;
/// ... and the likeness does not fall by more than this.
const MOST_LOSS: f64 = 0.02;

/// One statement of a side and those of the other that have its content between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts {
    /// The side of the whole.
    pub(super) side: usize,
    /// The whole.
    pub(super) whole: usize,
    /// Two or more lines of the other side, in order.
    pub(super) parts: Vec<usize>,
    /// How alike they are together.
    pub(super) likeness: f64,
}

/// The splits of `whole` into some of `others`, which are given with their likeness; without repetition.
pub(super) fn parts(reading: &Reading<'_>, side: usize, whole: usize, others: &[(usize, Likeness)]) -> Vec<Parts> {
    let line = &reading.sides[side][whole];
    let share = |other: usize| reading.share(&reading.sides[1 - side][other].words, &line.words);
    let within = |other: usize| share(other) >= LEAST_WITHIN_REST;
    let mut fit: Vec<(usize, Likeness)> = others.iter().copied().filter(|(other, _)| within(*other)).collect();
    fit.sort_by(|one, other| other.1.value.total_cmp(&one.1.value).then(one.0.cmp(&other.0)));
    let mut found: Vec<Parts> = Vec::new();
    for beginning in fit.iter().take(BEGINNINGS) {
        if let Some(one) = grown(reading, (side, whole), *beginning, &fit).filter(|one| !found.contains(one)) {
            found.push(one);
        }
    }
    found
}

fn grown(
    reading: &Reading<'_>,
    (side, whole): (usize, usize),
    (first, alone): (usize, Likeness),
    fit: &[(usize, Likeness)],
) -> Option<Parts> {
    let line = &reading.sides[side][whole];
    let (mut chosen, mut now) = (vec![first], alone);
    while chosen.len() < MOST_PARTS {
        let further = fit.iter().map(|(other, _)| *other).filter(|other| !chosen.contains(other));
        let with = further.map(|other| {
            let lines: Vec<&Line> = chosen.iter().chain([&other]).map(|part| &reading.sides[1 - side][*part]).collect();
            (other, ordered_likeness(reading, line, &lines))
        });
        let best = with
            .filter(|(other, likeness)| adds(reading, line, &reading.sides[1 - side][*other], (now, *likeness)))
            .max_by(|one, other| one.1.value.total_cmp(&other.1.value).then(other.0.cmp(&one.0)));
        let Some((other, likeness)) = best else { break };
        chosen.push(other);
        now = likeness;
    }
    if chosen.len() < 2 {
        return None;
    }
    chosen.sort_unstable();
    Some(Parts { side, whole, parts: chosen, likeness: now.value })
}

/// Whether a further part says enough of the whole that the others do not, and little else.
fn adds(reading: &Reading<'_>, whole: &Line, part: &Line, (now, with): (Likeness, Likeness)) -> bool {
    let added = with.first - now.first;
    let within = reading.share(&part.words, &whole.words);
    let plainly = within >= LEAST_WITHIN && with.value >= now.value + LEAST_GAIN;
    let the_rest = added >= MOST_OF_THE_REST * (1.0 - now.first) && with.value >= now.value - MOST_LOSS;
    added >= LEAST_ADDED && (plainly || the_rest)
}

/// The likeness of a whole to parts, which does not depend on the order in which they were found.
fn ordered_likeness(reading: &Reading<'_>, whole: &Line, parts: &[&Line]) -> Likeness {
    let mut ordered = parts.to_vec();
    ordered.sort_by(|one, other| one.letters.cmp(&other.letters));
    reading.likeness(whole, &ordered)
}
