//! Statements with the same words: paired first under the same parent, then under the same top, then anywhere; where
//! several fit, in their order.

use std::collections::BTreeMap;

use super::place::Places;
use super::reading::Reading;

/// The pairs of statements whose letters and digits are the same.
pub(super) fn verbatim(reading: &Reading<'_>, places: &Places) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for side in [0, 1] {
        for at in reading.statements(side) {
            let line = &reading.sides[side][at];
            let key = if line.letters.is_empty() { reading.given[side][at].text.as_str() } else { &line.letters };
            groups.entry(key).or_default()[side].push(at);
        }
    }
    let mut pairs = Vec::new();
    for [mut ones, mut others] in groups.into_values() {
        for fits in [Places::same_parent, Places::same_top, anywhere] {
            take(reading, places, fits, [&mut ones, &mut others], &mut pairs);
        }
    }
    pairs.sort_unstable();
    pairs
}

type Fits = fn(&Places, &Reading<'_>, usize, usize) -> bool;

fn anywhere(_: &Places, _: &Reading<'_>, _: usize, _: usize) -> bool {
    true
}

/// Pairs, in order, what fits; what is paired is taken out.
fn take(
    reading: &Reading<'_>,
    places: &Places,
    fits: Fits,
    [ones, others]: [&mut Vec<usize>; 2],
    pairs: &mut Vec<(usize, usize)>,
) {
    ones.retain(|one| {
        let Some(at) = others.iter().position(|other| fits(places, reading, *one, *other)) else { return true };
        pairs.push((*one, others.remove(at)));
        false
    });
}
