//! How alike two statements are, or one and several taken together.
//!
//! likeness = 0.6 · F + 0.4 · cosine, where F is the harmonic mean of the shares of each side's words (weighted by
//! rarity) that the other side has, and the cosine is that of the summed vectors. A word is had by the other side as far
//! as its nearest word there is alike: wholly where the stem is the same, nearly where it differs by a slip of the pen,
//! else by the cosine of the two words above 0.5.

use super::reading::{Line, Reading};
use crate::vectors::{cosine, unit};

/// Two words below this cosine have nothing to do with each other.
const LEAST_COSINE: f32 = 0.5;
/// What a word is worth that differs by a slip of the pen.
const SLIP: f64 = 0.9;
/// Letters a word must have for a slip to be told from another word.
const SLIP_FROM: usize = 6;
/// How much the words count; the vectors count the rest.
const WORDS: f64 = 0.6;

/// How alike, and what each side has of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likeness {
    /// 0 to 1.
    pub(super) value: f64,
    /// Share of the first side's words that the second has, 0 to 1.
    pub(super) first: f64,
    /// Share of the second side's words that the first has, 0 to 1.
    pub(super) second: f64,
}

impl Likeness {
    /// The harmonic mean of both shares.
    pub(super) fn mean(self) -> f64 {
        mean(self.first, self.second)
    }
}

fn mean(first: f64, second: f64) -> f64 {
    if first + second > 0.0 { 2.0 * first * second / (first + second) } else { 0.0 }
}

impl Reading<'_> {
    /// How alike a line is to several of the other side taken together; `whole` and `parts` are of opposite sides.
    pub(super) fn likeness(&self, whole: &Line, parts: &[&Line]) -> Likeness {
        let together: Vec<u32> = match parts {
            [one] => one.words.clone(),
            several => self.joined(several),
        };
        let (first, second) = (self.share(&whole.words, &together), self.share(&together, &whole.words));
        let words = mean(first, second);
        let cosine = match parts {
            [one] => cosine(&whole.vector, &one.vector),
            several => cosine(&whole.vector, &unit(&sum(several))),
        };
        let value = WORDS * words + (1.0 - WORDS) * f64::from(cosine.max(0.0));
        Likeness { value: value.clamp(0.0, 1.0), first, second }
    }

    /// The words of several lines, each stem once.
    fn joined(&self, lines: &[&Line]) -> Vec<u32> {
        let mut words: Vec<u32> = Vec::new();
        for word in lines.iter().flat_map(|line| &line.words) {
            if words.iter().all(|held| self.stems[*held as usize] != self.stems[*word as usize]) {
                words.push(*word);
            }
        }
        words
    }

    /// The share of these words that are among those, by weight.
    pub(super) fn share(&self, these: &[u32], those: &[u32]) -> f64 {
        let (mut had, mut all) = (0.0, 0.0);
        for word in these {
            let weight = self.weights[*word as usize];
            all += weight;
            had += weight * self.nearest(*word, those);
        }
        if all > 0.0 { had / all } else { 0.0 }
    }

    /// How alike a word's nearest among those is, 0 to 1.
    fn nearest(&self, word: u32, those: &[u32]) -> f64 {
        let stem = self.stems[word as usize];
        if those.iter().any(|other| self.stems[*other as usize] == stem) {
            return 1.0;
        }
        let form = &self.forms[word as usize];
        let row = self.vectors.row(word as usize);
        let mut best = 0.0_f64;
        for other in those {
            let alike = cosine(row, self.vectors.row(*other as usize));
            if alike > LEAST_COSINE {
                best = best.max(f64::from((alike - LEAST_COSINE) / (1.0 - LEAST_COSINE)));
            }
            if best < SLIP && slipped(form, &self.forms[*other as usize]) {
                best = SLIP;
            }
        }
        best
    }
}

fn sum(lines: &[&Line]) -> Vec<f32> {
    let mut sum = vec![0.0_f32; lines.first().map_or(0, |line| line.sum.len())];
    for line in lines {
        sum.iter_mut().zip(&line.sum).for_each(|(total, value)| *total += value);
    }
    sum
}

/// Whether two long words differ by one letter put in, left out or changed.
fn slipped(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < SLIP_FROM || long.len() - short.len() > 4 {
        return false;
    }
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if short.len() > long.len() || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    let back = short.iter().rev().zip(long.iter().rev()).take_while(|(one, other)| one == other).count();
    // What is between is one letter of the longer word at most, and no more of the shorter one.
    front + back + 1 >= long.len()
}

#[cfg(test)]
mod tests {
    use super::slipped;

    #[test]
    fn one_letter_is_a_slip_and_two_are_another_word() {
        for (one, other, expected) in [
            ("esummarize", "summarize", true),
            ("sumarize", "summarize", true),
            ("summarise", "summarize", true),
            ("encrypted", "encryption", false),
            ("secure", "secured", true),
            ("ports", "posts", false),
            ("backup", "backups", true),
            ("mitigation", "litigation", true),
            ("hardware", "software", false),
        ] {
            assert_eq!(slipped(one, other), expected, "{one} {other}");
            assert_eq!(slipped(other, one), expected, "{other} {one}");
        }
    }
}
