//! Evidence: which pieces of two texts speak for their match, so that a reviewer sees at a glance why it was proposed.
//!
//! Telling words that are each other's nearest are joined into phrases where both run on; a phrase begins and ends
//! with a telling word. Likeness is the cosine of the two phrases by the static table, or 1 for the same stems.

use credway_model::{EvidencePair, Probability, Span};

use crate::sides::Sides;
use crate::table::TABLE;
use crate::vectors::{cosine, unit};
use crate::words::{Word, words};

/// At most so many pairs are shown.
const MOST_PAIRS: usize = 4;
/// Two words below this cosine do not speak for each other.
const LEAST_WORD: f32 = 0.45;
/// Telling words looked at, from the beginning of a text.
const MOST_WORDS: usize = 160;
/// The longest phrase, in telling words.
const LONGEST_PHRASE: usize = 8;

/// The telling words of a text, with their numbers on both sides together.
pub(crate) struct Reading<'a> {
    text: &'a str,
    words: Vec<Word>,
    numbers: Vec<u32>,
}

impl<'a> Reading<'a> {
    /// Reads a text that is among those of `sides`; a word unknown there is passed over.
    pub(crate) fn new(text: &'a str, sides: &Sides) -> Self {
        let telling = words(text).into_iter().filter(|word| !word.common).take(MOST_WORDS);
        let known = telling.filter_map(|word| sides.word_numbers.get(&word.lower).map(|number| (*number, word)));
        let (numbers, words) = known.unzip();
        Self { text, words, numbers }
    }

    fn span(&self, first: usize, last: usize) -> Option<Span> {
        let (start, end) = (self.words[first].start, self.words[last].end);
        self.text.get(start..end)?;
        Some(Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    fn stems(&self, first: usize, last: usize) -> impl Iterator<Item = &str> {
        self.words[first..=last].iter().map(|word| word.stem.as_str())
    }

    fn vector(&self, first: usize, last: usize) -> Vec<i16> {
        unit(&TABLE.sum(&self.text[self.words[first].start..self.words[last].end]))
    }
}

/// How alike two words are: 1 for the same stem, else the cosine of their vectors.
fn likeness(one: &Reading<'_>, at: usize, other: &Reading<'_>, other_at: usize, sides: &Sides) -> f32 {
    let numbers = (one.numbers[at], other.numbers[other_at]);
    if numbers.0 == numbers.1 || one.words[at].stem == other.words[other_at].stem {
        return 1.0;
    }
    cosine(sides.word_vectors.row(numbers.0 as usize), sides.word_vectors.row(numbers.1 as usize))
}

/// A phrase of each text: first and last telling word.
#[derive(Clone, Copy)]
struct Phrases {
    one: (usize, usize),
    other: (usize, usize),
    /// What the words of the first phrase say, times how alike they are.
    strength: f32,
}

/// The pieces of both texts that speak for their match, in the order of the first; none when nothing does.
pub(crate) fn evidence(one: &Reading<'_>, other: &Reading<'_>, sides: &Sides) -> Vec<EvidencePair> {
    let mut phrases = join(&mutual(one, other, sides), one, sides);
    phrases.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.one.cmp(&b.one)));
    let mut chosen: Vec<Phrases> = Vec::new();
    for phrase in phrases {
        let apart = |a: (usize, usize), b: (usize, usize)| a.1 < b.0 || b.1 < a.0;
        if chosen.iter().all(|kept| apart(kept.one, phrase.one) && apart(kept.other, phrase.other)) {
            chosen.push(phrase);
        }
        if chosen.len() == MOST_PAIRS {
            break;
        }
    }
    chosen.sort_by_key(|phrase| phrase.one);
    chosen.iter().filter_map(|phrase| pair(one, other, phrase)).collect()
}

/// Words that are each other's nearest, in the order of the first text: (word, word, likeness).
fn mutual(one: &Reading<'_>, other: &Reading<'_>, sides: &Sides) -> Vec<(usize, usize, f32)> {
    let mut nearest_back = vec![(0_usize, LEAST_WORD); other.words.len()];
    let mut nearest = Vec::with_capacity(one.words.len());
    for at in 0..one.words.len() {
        let mut best = (0_usize, LEAST_WORD);
        for (other_at, back) in nearest_back.iter_mut().enumerate() {
            let likeness = likeness(one, at, other, other_at, sides);
            if likeness > best.1 {
                best = (other_at, likeness);
            }
            if likeness > back.1 {
                *back = (at, likeness);
            }
        }
        nearest.push(best);
    }
    let pairs = nearest.iter().enumerate();
    pairs
        .filter(|(at, best)| best.1 > LEAST_WORD && nearest_back[best.0].0 == *at)
        .map(|(at, best)| (at, best.0, best.1))
        .collect()
}

/// Joins neighbouring pairs into phrases where both texts run on, at most one telling word between.
fn join(pairs: &[(usize, usize, f32)], one: &Reading<'_>, sides: &Sides) -> Vec<Phrases> {
    let mut phrases: Vec<Phrases> = Vec::new();
    for (at, other_at, likeness) in pairs {
        let strength = sides.word_weights[one.numbers[*at] as usize] * likeness;
        if let Some(last) = phrases.last_mut() {
            let near = at - last.one.1 <= 2;
            let (first, end) = (last.other.0.min(*other_at), last.other.1.max(*other_at));
            let reach = *other_at + 2 >= last.other.0 && *other_at <= last.other.1 + 2;
            if near && reach && at - last.one.0 < LONGEST_PHRASE && end - first < LONGEST_PHRASE {
                last.one.1 = *at;
                last.other = (first, end);
                last.strength += strength;
                continue;
            }
        }
        phrases.push(Phrases { one: (*at, *at), other: (*other_at, *other_at), strength });
    }
    phrases
}

fn pair(one: &Reading<'_>, other: &Reading<'_>, phrases: &Phrases) -> Option<EvidencePair> {
    let ((first, last), (other_first, other_last)) = (phrases.one, phrases.other);
    let likeness = if one.stems(first, last).eq(other.stems(other_first, other_last)) {
        1.0
    } else {
        cosine(&one.vector(first, last), &other.vector(other_first, other_last))
    };
    Some(EvidencePair {
        statement: one.span(first, last)?,
        target: other.span(other_first, other_last)?,
        likeness: Probability::new(f64::from(likeness.clamp(0.0, 1.0))).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, Statement};
    use proptest::prelude::*;

    fn compared(one: &str, other: &str) -> Vec<EvidencePair> {
        let statement = |text: &str| Statement { text: text.to_owned(), context: String::new() };
        let sides = Sides::new(&[statement(one)], &[statement(other)], &Settings::embedded(), None);
        evidence(&Reading::new(one, &sides), &Reading::new(other, &sides), &sides)
    }

    fn shown(one: &str, other: &str) -> Vec<(String, String)> {
        let pairs = compared(one, other);
        let piece = |span: Span, text: &str| span.of(text).unwrap().to_owned();
        pairs.iter().map(|pair| (piece(pair.statement, one), piece(pair.target, other))).collect()
    }

    #[test]
    fn phrases_are_shown_whole() {
        let pairs = shown(
            "Configure role-based access control for every cluster user.",
            "Manage role based access control (RBAC).",
        );
        assert!(
            pairs.iter().any(|(one, other)| one.ends_with("role-based access control")
                && other.contains("role based access control")),
            "{pairs:?}"
        );
    }

    #[test]
    fn nothing_is_shown_where_nothing_speaks() {
        assert!(shown("Compose a piece for string quartet", "").is_empty());
        assert!(shown("of the and", "to be or not").is_empty());
    }

    proptest! {
        #[test]
        fn spans_are_always_pieces_of_their_texts(one in "\\PC{0,120}", other in "\\PC{0,120}", shared in "[a-zé ]{0,30}") {
            let (one, other) = (format!("{one} {shared}"), format!("{shared} {other}"));
            let pairs = compared(&one, &other);
            prop_assert!(pairs.len() <= MOST_PAIRS);
            for pair in &pairs {
                prop_assert!(pair.statement.of(&one).is_some_and(|piece| !piece.is_empty()));
                prop_assert!(pair.target.of(&other).is_some_and(|piece| !piece.is_empty()));
            }
            prop_assert!(pairs.windows(2).all(|two| two[0].statement.end <= two[1].statement.start));
        }
    }
}
