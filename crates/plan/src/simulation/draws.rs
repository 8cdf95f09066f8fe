//! A learner's luck: uniform numbers from a stream of their own, each at a fixed place.
//!
//! The generator is ChaCha with 8 rounds (Bernstein, “ChaCha, a variant of Salsa20”, 2008), keyed by the seed; the number
//! of the learner selects the stream. A draw is named by what it decides and the how-manieth time, not by when it is asked
//! for: a simulation with another pass rate meets the same luck (common random numbers).

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// The draws of one learner.
pub(super) struct Draws {
    stream: ChaCha8Rng,
    slots: usize,
    drawn: Vec<f64>,
}

impl Draws {
    /// The stream of a learner, with so many things to decide.
    pub(super) fn of(seed: u64, learner: u32, slots: usize) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(u64::from(learner));
        Self { stream, slots, drawn: Vec::new() }
    }

    /// The number, at least 0 and below 1, that decides `slot` the `time`th time, counted from 0.
    pub(super) fn at(&mut self, slot: usize, time: usize) -> f64 {
        let place = time * self.slots + slot;
        while self.drawn.len() <= place {
            // 53 bits: every number is exactly one of the binary format.
            #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
            let number = (self.stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
            self.drawn.push(number);
        }
        self.drawn[place]
    }
}

#[cfg(test)]
mod tests {
    use super::Draws;

    /// RFC 8439 has 20 rounds only; these are the words of the ChaCha8 test vector with a key and nonce of zeros
    /// (draft-strombergson-chacha-test-vectors-01, TC1): 3e00ef2f895f40d67f5bb8e81f09a5a1…
    #[test]
    fn the_stream_is_that_of_the_test_vector() {
        let mut draws = Draws::of(0, 0, 1);
        let first = u64::from_le_bytes([0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]);
        let second = u64::from_le_bytes([0x7f, 0x5b, 0xb8, 0xe8, 0x1f, 0x09, 0xa5, 0xa1]);
        for (place, word) in [first, second].into_iter().enumerate() {
            assert!((draws.at(0, place) - (word >> 11) as f64 / (1_u64 << 53) as f64).abs() == 0.0);
        }
    }

    #[test]
    fn a_place_has_its_number_whenever_it_is_asked_for() {
        let (mut forth, mut back) = (Draws::of(7, 3, 4), Draws::of(7, 3, 4));
        let places: Vec<(usize, usize)> = (0..12).map(|place| (place % 4, place / 4)).collect();
        let one: Vec<f64> = places.iter().map(|(slot, time)| forth.at(*slot, *time)).collect();
        let mut other: Vec<f64> = places.iter().rev().map(|(slot, time)| back.at(*slot, *time)).collect();
        other.reverse();
        assert_eq!(one, other);
        assert!(one.windows(2).any(|pair| pair[0] != pair[1]));
        assert!((Draws::of(7, 4, 4).at(0, 0) - one[0]).abs() > 0.0, "another learner, another stream");
    }
}
