//! The words that differ between two texts, as pieces of each.
//!
//! The longest common sequence of words is kept; what is not in it differs. Runs of differing words are one piece, from
//! the first letter of the first to the last of the last.

use credway_model::Span;

use crate::words::words;

/// Words compared at most, after what both texts begin and end with; beyond that the whole middle differs.
const MOST_WORDS: usize = 1_500;

/// In a text and in several others of the other side: the pieces that are not on the other side.
///
/// A word of `whole` is kept where any of `parts` has it in order. Capitals and punctuation do not count.
pub(super) fn differences(whole: &str, parts: &[&str]) -> (Vec<Span>, Vec<Vec<Span>>) {
    let own = read(whole);
    let mut kept = vec![false; own.len()];
    let mut others = Vec::with_capacity(parts.len());
    for part in parts {
        let words = read(part);
        let mut there = vec![false; words.len()];
        for (at, other) in common(&own, &words) {
            kept[at] = true;
            there[other] = true;
        }
        others.push(pieces(&words, &there));
    }
    (pieces(&own, &kept), others)
}

struct Read {
    start: usize,
    end: usize,
    lower: String,
}

fn read(text: &str) -> Vec<Read> {
    words(text).into_iter().map(|word| Read { start: word.start, end: word.end, lower: word.lower }).collect()
}

/// Runs of words that are not kept.
fn pieces(words: &[Read], kept: &[bool]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    for (word, kept) in words.iter().zip(kept) {
        let (Ok(start), Ok(end)) = (u32::try_from(word.start), u32::try_from(word.end)) else { break };
        match (kept, found.last_mut()) {
            (true, _) => open = false,
            (false, Some(last)) if open => last.end = end,
            (false, _) => {
                found.push(Span { start, end });
                open = true;
            }
        }
    }
    found
}

/// The longest common sequence of words, as pairs of their numbers.
fn common(one: &[Read], other: &[Read]) -> Vec<(usize, usize)> {
    let same = |at: usize, beside: usize| one[at].lower == other[beside].lower;
    let shorter = one.len().min(other.len());
    let front = (0..shorter).take_while(|at| same(*at, *at)).count();
    let back = (0..shorter - front).take_while(|at| same(one.len() - 1 - at, other.len() - 1 - at)).count();
    let (rows, columns) = (one.len() - front - back, other.len() - front - back);
    let mut pairs: Vec<(usize, usize)> = (0..front).map(|at| (at, at)).collect();
    if rows <= MOST_WORDS && columns <= MOST_WORDS {
        // lengths[row][column]: the longest common sequence of what follows both.
        let mut lengths = vec![vec![0_u16; columns + 1]; rows + 1];
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                lengths[row][column] = if same(front + row, front + column) {
                    lengths[row + 1][column + 1] + 1
                } else {
                    lengths[row + 1][column].max(lengths[row][column + 1])
                };
            }
        }
        let (mut row, mut column) = (0, 0);
        while row < rows && column < columns {
            if same(front + row, front + column) {
                pairs.push((front + row, front + column));
                (row, column) = (row + 1, column + 1);
            } else if lengths[row + 1][column] >= lengths[row][column + 1] {
                row += 1;
            } else {
                column += 1;
            }
        }
    }
    pairs.extend((0..back).rev().map(|at| (one.len() - 1 - at, other.len() - 1 - at)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(one: &str, others: &[&str], gone: &[&str], new: &[&[&str]]) {
        let (removed, added) = differences(one, others);
        let shown = |spans: &[Span], text: &str| -> Vec<String> {
            spans.iter().map(|span| span.of(text).unwrap().to_owned()).collect()
        };
        assert_eq!(shown(&removed, one), gone);
        let added: Vec<Vec<String>> = added.iter().zip(others).map(|(spans, text)| shown(spans, text)).collect();
        assert_eq!(added, new);
    }

    #[test]
    fn only_the_words_that_differ_are_marked() {
        check("Set up a firewall.", &["set up a Firewall"], &[], &[&[]]);
        check(
            "Set up a firewall and a proxy",
            &["Set up a packet filter and a proxy"],
            &["firewall"],
            &[&["packet filter"]],
        );
        check(
            "Plan for and test restores",
            &["Plan for restores", "Test restores weekly"],
            &["and"],
            &[&[], &["weekly"]],
        );
        check("", &["Anything"], &[], &[&["Anything"]]);
    }

    proptest! {
        #[test]
        fn pieces_are_pieces_and_equal_texts_have_none(one in "\\PC{0,80}", other in "[a-cé ]{0,60}") {
            let (removed, added) = differences(&one, &[&other]);
            prop_assert!(removed.iter().all(|span| span.of(&one).is_some_and(|piece| !piece.is_empty())));
            prop_assert!(added[0].iter().all(|span| span.of(&other).is_some_and(|piece| !piece.is_empty())));
            let (removed, added) = differences(&one, &[&one]);
            prop_assert!(removed.is_empty() && added[0].is_empty());
        }
    }
}
