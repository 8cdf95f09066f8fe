//! The lexical score: BM25 over stems in two fields (the text and what stands above it), with the rarity of a stem
//! taken over both sides together.
//!
//! score(q, d) = Σ over stems t of q: weight(q, t) · idf(t) · f(d, t) · (k + 1) / (f(d, t) + k · (1 − b + b · |d| / mean |d|)),
//! where f counts a stem of the context as `context` of one, and weight(q, t) is 1 for a stem of the text and
//! `context` for one of the context only. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework:
//! BM25 and Beyond" (2009), with one length for both fields.

use crate::exact::natural_logarithm;

const SATURATION: f32 = 1.2;
const LENGTH_PULL: f32 = 0.75;

/// A stem of a statement, by number, with how often it stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Term {
    /// Number of the stem, the same on both sides.
    pub(crate) number: u32,
    /// Occurrences, those in the context counted less.
    pub(crate) frequency: f32,
    /// Weight as part of a query.
    pub(crate) weight: f32,
}

/// The stems of one side's statements, each list ordered by number, with what BM25 needs of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// One list a statement.
    pub(crate) lists: Vec<Vec<Term>>,
    /// Saturated frequency × (k + 1) of every term, parallel to `lists`.
    saturated: Vec<Vec<f32>>,
}

/// How rare each stem is over both sides: ln(1 + (N − n + ½) / (n + ½)).
#[expect(clippy::cast_possible_truncation, reason = "a rarity is below 30")]
pub(crate) fn rarities(stems: usize, sides: [&[Vec<Term>]; 2]) -> Vec<f32> {
    let mut statements = vec![0_u32; stems];
    for term in sides.iter().flat_map(|side| side.iter()).flatten() {
        statements[term.number as usize] += 1;
    }
    let all = f64::from(u32::try_from(sides[0].len() + sides[1].len()).unwrap_or(u32::MAX));
    statements
        .into_iter()
        .map(|with| natural_logarithm(1.0 + (all - f64::from(with) + 0.5) / (f64::from(with) + 0.5)) as f32)
        .collect()
}

impl Terms {
    /// Prepares lists of stems.
    pub(crate) fn new(lists: Vec<Vec<Term>>) -> Self {
        let length = |list: &Vec<Term>| list.iter().map(|term| term.frequency).sum::<f32>();
        #[expect(clippy::cast_precision_loss, reason = "a mean length needs no more than f32")]
        let mean = (lists.iter().map(length).sum::<f32>() / lists.len().max(1) as f32).max(1.0);
        let saturated = lists
            .iter()
            .map(|list| {
                let drag = SATURATION * (1.0 - LENGTH_PULL + LENGTH_PULL * length(list) / mean);
                list.iter().map(|term| term.frequency * (SATURATION + 1.0) / (term.frequency + drag)).collect()
            })
            .collect();
        Self { lists, saturated }
    }

    /// BM25 of a query's stems with statement `index` of this side.
    pub(crate) fn score(&self, query: &[Term], index: usize, rarity: &[f32]) -> f32 {
        let (list, saturated) = (&self.lists[index], &self.saturated[index]);
        let (mut at, mut sum) = (0, 0.0);
        for term in query {
            while at < list.len() && list[at].number < term.number {
                at += 1;
            }
            if at < list.len() && list[at].number == term.number {
                sum += term.weight * rarity[term.number as usize] * saturated[at];
            }
        }
        sum
    }
}

/// Which statements of a side hold a stem, and with what saturated frequency.
pub(crate) struct Postings {
    starts: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Postings {
    /// Turns a side's lists round.
    pub(crate) fn new(terms: &Terms, stems: usize) -> Self {
        let mut starts = vec![0_usize; stems + 1];
        for term in terms.lists.iter().flatten() {
            starts[term.number as usize + 1] += 1;
        }
        for stem in 0..stems {
            starts[stem + 1] += starts[stem];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); starts[stems]];
        for ((list, saturated), statement) in terms.lists.iter().zip(&terms.saturated).zip(0_u32..) {
            for (term, value) in list.iter().zip(saturated) {
                let at = &mut next[term.number as usize];
                entries[*at] = (statement, *value);
                *at += 1;
            }
        }
        Self { starts, entries }
    }

    /// BM25 of a query's stems with every statement, into `out`. The same sums as [`Terms::score`].
    pub(crate) fn scores(&self, query: &[Term], rarity: &[f32], out: &mut [f32]) {
        out.fill(0.0);
        for term in query {
            let stem = term.number as usize;
            let factor = term.weight * rarity[stem];
            for (statement, value) in &self.entries[self.starts[stem]..self.starts[stem + 1]] {
                out[*statement as usize] += factor * value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(terms: &[(u32, f32)]) -> Vec<Term> {
        terms.iter().map(|(number, frequency)| Term { number: *number, frequency: *frequency, weight: 1.0 }).collect()
    }

    #[test]
    fn both_ways_of_scoring_agree_and_follow_the_formula() {
        let lists = vec![list(&[(0, 1.0), (2, 2.0)]), list(&[(1, 1.0)]), list(&[(0, 1.0), (1, 1.0), (3, 1.0)])];
        let query = list(&[(0, 1.0), (2, 1.0), (3, 1.0)]);
        let rarity = rarities(4, [&lists, std::slice::from_ref(&query)]);
        let terms = Terms::new(lists);
        let mut all = vec![9.0; 3];
        Postings::new(&terms, 4).scores(&query, &rarity, &mut all);
        for (index, score) in all.iter().enumerate() {
            assert_eq!(score.to_bits(), terms.score(&query, index, &rarity).to_bits());
        }
        // By hand: stem 0 is in 3 of 4 statements, stem 2 in 2 of 4; lengths 3, 1, 3, mean 7/3.
        let drag = 1.2 * (0.25 + 0.75 * 3.0 / (7.0 / 3.0));
        let by_hand = f32::ln(1.0 + 1.5 / 3.5) * 2.2 / (1.0 + drag) + f32::ln(2.0) * 4.4 / (2.0 + drag);
        assert!((all[0] - by_hand).abs() < 1e-5, "{} {by_hand}", all[0]);
        assert_eq!(all[1], 0.0);
    }
}
