//! Both outlines, read once: words with their rarity, vectors, and where each line stands.

use rayon::prelude::*;

use super::OutlineLine;
use crate::exact::natural_logarithm;
use crate::hash::LookUp;
use crate::table::TABLE;
use crate::vectors::{Vectors, unit};
use crate::words::words;

/// The most words of a line that are compared one by one.
const MOST_WORDS: usize = 96;

/// A line as it is compared.
pub(super) struct Line {
    /// Letters and digits in lower case: what is the same when only spelling differs.
    pub(super) letters: String,
    /// Its telling words by number, each once, in order; all its words where it has no telling one.
    pub(super) words: Vec<u32>,
    /// Sum of the vectors of its word pieces.
    pub(super) sum: Vec<f32>,
    /// The direction of that sum.
    pub(super) vector: Vec<i16>,
    /// The line above.
    pub(super) above: Option<usize>,
    /// The topmost line it stands under; itself where it stands at the top.
    pub(super) top: usize,
    /// The line before it under the same one.
    pub(super) before: Option<usize>,
    /// The line after it under the same one.
    pub(super) after: Option<usize>,
    /// Whether it only orders.
    pub(super) heading: bool,
}

/// One outline.
pub(super) type Side = Vec<Line>;

/// Both outlines and what they share.
pub(super) struct Reading<'a> {
    /// As they were given.
    pub(super) given: [&'a [OutlineLine]; 2],
    /// As they are compared.
    pub(super) sides: [Side; 2],
    /// What each word says: its rarity over both outlines.
    pub(super) weights: Vec<f64>,
    /// Number of the stem of each word.
    pub(super) stems: Vec<u32>,
    /// Number of stems.
    pub(super) stem_count: usize,
    /// Vector of each word.
    pub(super) vectors: Vectors,
    /// Each word.
    pub(super) forms: Vec<String>,
}

/// Numbers for names, in the order in which they are first met.
#[derive(Default)]
struct Numbers {
    known: LookUp<String, u32>,
    names: Vec<String>,
}

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.known.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.known.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(one: &'a [OutlineLine], other: &'a [OutlineLine]) -> Self {
        let (mut forms, mut stems) = (Numbers::default(), Numbers::default());
        let mut stem_of: Vec<u32> = Vec::new();
        let sides = [one, other].map(|given| side(given, &mut forms, &mut stems, &mut stem_of));
        let vectors_of: Vec<Vec<i16>> =
            forms.names.par_iter().with_min_len(256).map(|form| unit(&TABLE.sum(form))).collect();
        let mut vectors = Vectors::new(TABLE.width);
        vectors_of.iter().for_each(|row| vectors.push_steps(row));
        let weights = weights(&sides, &stem_of, stems.names.len());
        Self {
            given: [one, other],
            sides,
            weights,
            stems: stem_of,
            stem_count: stems.names.len(),
            vectors,
            forms: forms.names,
        }
    }

    /// The lines of a side that are compared.
    pub(super) fn statements(&self, side: usize) -> impl Iterator<Item = usize> {
        self.sides[side].iter().enumerate().filter(|(_, line)| !line.heading).map(|(at, _)| at)
    }
}

fn side(given: &[OutlineLine], forms: &mut Numbers, stems: &mut Numbers, stem_of: &mut Vec<u32>) -> Side {
    let sums: Vec<Vec<f32>> = given.par_iter().with_min_len(64).map(|line| TABLE.sum(&line.text)).collect();
    let mut lines: Side = Vec::with_capacity(given.len());
    let mut last_below: Vec<Option<usize>> = vec![None; given.len() + 1];
    for (at, (line, sum)) in given.iter().zip(sums).enumerate() {
        let above = line.above.filter(|above| *above < at);
        let group = above.map_or(given.len(), |above| above);
        let before = last_below[group].replace(at);
        if let Some(before) = before {
            lines[before].after = Some(at);
        }
        let numbers = numbered(&line.text, forms, stems, stem_of);
        lines.push(Line {
            letters: letters(&line.text),
            words: numbers,
            vector: unit(&sum),
            sum,
            above,
            top: above.map_or(at, |above| lines[above].top),
            before,
            after: None,
            heading: line.heading,
        });
    }
    lines
}

/// What a text says whatever its capitals, blanks and punctuation: its letters and figures, the signs that change what is meant (C, C++ and
/// C#; ≤ and ≥; %), and the mark within a number (1.5 is not 15).
fn letters(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let figure = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(char::is_ascii_digit);
    let kept = all.iter().enumerate().filter(|(at, one)| match one {
        '.' | ',' => figure(at.checked_sub(1)) && figure(Some(at + 1)),
        '+' | '#' | '<' | '>' | '≤' | '≥' | '=' | '≠' | '−' | '%' => true,
        one => one.is_alphanumeric(),
    });
    kept.flat_map(|(_, one)| one.to_lowercase()).collect()
}

/// The telling words of a text by number, each once.
fn numbered(text: &str, forms: &mut Numbers, stems: &mut Numbers, stem_of: &mut Vec<u32>) -> Vec<u32> {
    let all = words(text);
    let telling = all.iter().any(|word| !word.common);
    let mut numbers: Vec<u32> = Vec::new();
    let mut held: Vec<u32> = Vec::new();
    for word in all.iter().filter(|word| !telling || !word.common) {
        let number = forms.of(&word.lower);
        if number as usize == stem_of.len() {
            stem_of.push(stems.of(&word.stem));
        }
        let stem = stem_of[number as usize];
        if numbers.len() < MOST_WORDS && !held.contains(&stem) {
            numbers.push(number);
            held.push(stem);
        }
    }
    numbers
}

/// Rarity of each word by its stem: ln(1 + N / n), N the lines of both sides and n those with the stem.
fn weights(sides: &[Side; 2], stems: &[u32], count: usize) -> Vec<f64> {
    let mut lines = vec![0_u32; count];
    for word in sides.iter().flatten().flat_map(|line| &line.words) {
        lines[stems[*word as usize] as usize] += 1;
    }
    let all = u32::try_from(sides[0].len() + sides[1].len()).unwrap_or(u32::MAX);
    let rarity = |stem: &u32| {
        let with = lines[*stem as usize].max(1);
        natural_logarithm(1.0 + f64::from(all) / f64::from(with))
    };
    stems.iter().map(rarity).collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn signs_that_change_what_is_meant_count_and_others_do_not() {
        for (one, other) in
            [("Write C", "Write C++"), ("C#", "C"), ("1.5 GHz", "15 GHz"), ("at most ≤ 5", "at most ≥ 5")]
        {
            assert_ne!(letters(one), letters(other));
        }
        for (one, other) in [("Deploy-ments, e.g. Pods.", "deployments (eg Pods)"), ("A; B", "a b"), ("v1.", "V1")] {
            assert_eq!(letters(one), letters(other));
        }
    }
}
