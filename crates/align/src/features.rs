//! What is measured of a pair, seen from the query: the numbers the scorer weighs.

use crate::lexical::Term;
use crate::sides::{Side, Sides};
use crate::vectors::cosine;

/// How many numbers a pair has.
pub const FEATURES: usize = 18;

/// Where the cosine of text with context stands among them.
pub(crate) const COSINE: usize = 0;

/// Their names, in order.
///
/// `cosine` of text with context by the static table, `cosine_text` of the texts alone, `encoded` by the small encoder, `deep` by the
/// deep engine's model (0 without) · `cosine_z`, `encoded_z`, `deep_z`, `lexical_z` in deviations from the
/// query's mean over all targets · `lexical_share` BM25 as a share of the most it could be · `cover_query`, `cover_target` share of a text's rarity found in the other ·
/// `words_query`, `words_target` mean cosine of each word with its nearest in the other text, weighted by what it says ·
/// `same_verb`, `same_level` 0 or 1 · `level_short` levels by which the query stays below the target · `length` shorter
/// over longer text, in words · `acronym` 1 when one text has an acronym or its words and the other the acronym.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "cosine",
    "cosine_text",
    "encoded",
    "deep",
    "cosine_z",
    "encoded_z",
    "deep_z",
    "lexical_z",
    "lexical_share",
    "cover_query",
    "cover_target",
    "words_query",
    "words_target",
    "same_verb",
    "same_level",
    "level_short",
    "length",
    "acronym",
];

/// What a query's scores over all targets look like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct RowStatistics {
    /// Mean cosine.
    pub(crate) cosine_mean: f32,
    /// Deviation of the cosine.
    pub(crate) cosine_deviation: f32,
    /// Mean cosine by the encoder.
    pub(crate) encoded_mean: f32,
    /// Deviation of the cosine by the encoder.
    pub(crate) encoded_deviation: f32,
    /// Mean cosine by the deep engine's model.
    pub(crate) deep_mean: f32,
    /// Deviation of the cosine by the deep engine's model.
    pub(crate) deep_deviation: f32,
    /// Mean lexical score.
    pub(crate) lexical_mean: f32,
    /// Deviation of the lexical score.
    pub(crate) lexical_deviation: f32,
}

impl RowStatistics {
    /// A cosine in deviations.
    pub(crate) fn cosine_z(&self, cosine: f32) -> f32 {
        (cosine - self.cosine_mean) / self.cosine_deviation
    }

    /// A cosine by the encoder in deviations.
    pub(crate) fn encoded_z(&self, cosine: f32) -> f32 {
        (cosine - self.encoded_mean) / self.encoded_deviation
    }

    /// A cosine by the deep engine's model in deviations.
    pub(crate) fn deep_z(&self, cosine: f32) -> f32 {
        (cosine - self.deep_mean) / self.deep_deviation
    }

    /// A lexical score in deviations.
    pub(crate) fn lexical_z(&self, lexical: f32) -> f32 {
        (lexical - self.lexical_mean) / self.lexical_deviation
    }
}

/// Mean and deviation of some values, drawn toward `(mean, deviation)` as if `count` further values had shown those:
/// a short list says little about itself.
#[expect(clippy::cast_precision_loss, reason = "counts of targets are small")]
pub(crate) fn drawn_moments(values: &[f32], prior: (f32, f32), count: f32) -> (f32, f32) {
    let all = values.len() as f32 + count;
    let mean = (values.iter().sum::<f32>() + prior.0 * count) / all;
    let square = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>();
    let prior_square = (prior.1 * prior.1 + (prior.0 - mean) * (prior.0 - mean)) * count;
    (mean, ((square + prior_square) / all).sqrt().max(1e-6))
}

/// A direction of looking at a pair.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// What both sides share.
    pub(crate) sides: &'a Sides,
    /// The side looked from.
    pub(crate) from: &'a Side,
    /// The side looked at.
    pub(crate) to: &'a Side,
    /// Whether words are compared one by one, which takes most of the time; without it `words_query` and
    /// `words_target` are 0.
    pub(crate) compare_words: bool,
}

impl View<'_> {
    /// The numbers of the pair (`query`, `target`).
    pub(crate) fn features(&self, query: usize, target: usize, row: &RowStatistics) -> [f32; FEATURES] {
        let rarity = &self.sides.rarity;
        let (asked, found) = (&self.from.terms.lists[query], &self.to.terms.lists[target]);
        let joint = cosine(self.from.joint.row(query), self.to.joint.row(target));
        let encoded = cosine(self.from.encoded.row(query), self.to.encoded.row(target));
        let (deep, deep_z) = match (&self.from.deep, &self.to.deep) {
            (Some(one), Some(other)) => {
                let deep = cosine(one.row(query), other.row(target));
                (deep, row.deep_z(deep))
            }
            _ => (0.0, 0.0),
        };
        let lexical = self.to.terms.score(asked, target, rarity);
        let (cosine_z, lexical_z) = (row.cosine_z(joint), row.lexical_z(lexical));
        let shared = common_rarity(asked, found, rarity);
        let [asked_all, found_all] = [asked, found].map(|list| total_rarity(list, rarity));
        let (words_query, words_target) =
            if self.compare_words { self.nearest_words(query, target) } else { (0.0, 0.0) };
        let (verb, level, short) = compare_verbs(self.from.verbs[query], self.to.verbs[target]);
        [
            joint,
            cosine(self.from.own.row(query), self.to.own.row(target)),
            encoded,
            deep,
            cosine_z,
            row.encoded_z(encoded),
            deep_z,
            lexical_z,
            lexical / (2.2 * asked_all).max(1e-3),
            shared / asked_all.max(1e-3),
            shared / found_all.max(1e-3),
            words_query,
            words_target,
            verb,
            level,
            short,
            length_ratio(self.from.words[query].len(), self.to.words[target].len()),
            f32::from(self.share_acronym(query, target)),
        ]
    }

    /// Mean cosine of each word with its nearest in the other text, both ways, weighted by what the word says.
    fn nearest_words(&self, query: usize, target: usize) -> (f32, f32) {
        let (rows, columns) = (&self.from.words[query], &self.to.words[target]);
        let mut nearest = [0.0_f32; 64];
        let (mut sum, mut weights) = (0.0, 0.0);
        for row in rows {
            let mut best = 0.0_f32;
            for (at, column) in columns.iter().enumerate() {
                let likeness = self.word_likeness(*row, *column);
                best = best.max(likeness);
                nearest[at] = nearest[at].max(likeness);
            }
            let weight = self.sides.word_weights[*row as usize];
            sum += weight * best;
            weights += weight;
        }
        let (mut back, mut back_weights) = (0.0, 0.0);
        for (column, likeness) in columns.iter().zip(nearest) {
            let weight = self.sides.word_weights[*column as usize];
            back += weight * likeness;
            back_weights += weight;
        }
        (sum / weights.max(1e-6), back / back_weights.max(1e-6))
    }

    fn word_likeness(&self, one: u32, other: u32) -> f32 {
        if one == other {
            return 1.0;
        }
        cosine(self.sides.word_vectors.row(one as usize), self.sides.word_vectors.row(other as usize))
    }

    fn share_acronym(&self, query: usize, target: usize) -> bool {
        let (asked, found) = (&self.from.acronyms[query], &self.to.acronyms[target]);
        let stands_for = |acronyms: &[String], initials: &str| acronyms.iter().any(|one| initials.contains(one));
        asked.iter().any(|acronym| found.binary_search(acronym).is_ok())
            || stands_for(asked, &self.to.initials[target])
            || stands_for(found, &self.from.initials[query])
    }
}

fn total_rarity(list: &[Term], rarity: &[f32]) -> f32 {
    list.iter().map(|term| term.weight * rarity[term.number as usize]).sum()
}

/// Rarity of the stems both lists hold, each with the smaller of its two weights.
fn common_rarity(one: &[Term], other: &[Term], rarity: &[f32]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for term in one {
        while at < other.len() && other[at].number < term.number {
            at += 1;
        }
        if at < other.len() && other[at].number == term.number {
            sum += term.weight.min(other[at].weight) * rarity[term.number as usize];
        }
    }
    sum
}

type Verb = Option<(credway_model::BloomLevel, u32)>;

/// Same verb, same level (0 or 1 each), and levels by which the first stays below the second.
fn compare_verbs(one: Verb, other: Verb) -> (f32, f32, f32) {
    let (Some((level, verb)), Some((asked, other_verb))) = (one, other) else { return (0.0, 0.0, 0.0) };
    let short = (asked as u8).saturating_sub(level as u8);
    (f32::from(u8::from(verb == other_verb)), f32::from(u8::from(level == asked)), f32::from(short))
}

/// Shorter over longer, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "numbers of words are small")]
fn length_ratio(one: usize, other: usize) -> f32 {
    let (short, long) = (one.min(other), one.max(other));
    if long == 0 { 1.0 } else { short as f32 / long as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lists_are_drawn_toward_the_usual() {
        let (mean, deviation) = drawn_moments(&[], (0.2, 0.1), 10.0);
        assert!((mean - 0.2).abs() < 1e-6 && (deviation - 0.1).abs() < 1e-6);
        let many = [0.0, 1.0].repeat(5_000);
        let (mean, deviation) = drawn_moments(&many, (0.2, 0.1), 10.0);
        assert!((mean - 0.5).abs() < 1e-2 && (deviation - 0.5).abs() < 1e-2);
    }

    #[test]
    fn lengths_compare_both_ways() {
        assert_eq!(length_ratio(3, 6), 0.5);
        assert_eq!(length_ratio(6, 3), 0.5);
        assert_eq!(length_ratio(0, 0), 1.0);
    }
}
