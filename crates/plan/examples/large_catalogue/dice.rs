//! Chance from a seed, the same everywhere: ChaCha with 8 rounds, and choices made of it in whole numbers.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn of_seed(seed: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number below an end.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    pub(crate) fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// So many different ones, or all.
    pub(crate) fn sample(&mut self, from: &[String], count: usize) -> Vec<String> {
        let mut rest = from.to_vec();
        let mut taken = Vec::new();
        while taken.len() < count && !rest.is_empty() {
            let at = self.below(rest.len());
            taken.push(rest.remove(at));
        }
        taken
    }

    pub(crate) fn shuffle(&mut self, weights: &mut [u32]) {
        for end in (1..weights.len()).rev() {
            let other = self.below(end + 1);
            weights.swap(end, other);
        }
    }
}
