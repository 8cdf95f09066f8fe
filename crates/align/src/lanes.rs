//! Sixteen whole-number sums at once, on whatever the processor offers. The results are the same on every machine,
//! since whole numbers add up alike in any order; only the speed differs.

use pulp::{Simd, WithSimd};

/// Sums kept side by side.
pub(crate) const LANES: usize = 16;

/// Two neighbouring 16-bit numbers for each lane: what one step multiplies.
pub(crate) type Pairs = [[i16; 2]; LANES];

/// What a kernel needs of the processor.
pub(crate) trait Lanes: Copy + Send + Sync {
    /// Sixteen 32-bit numbers.
    type Sums: Copy;
    /// All zero.
    fn zero(self) -> Self::Sums;
    /// For each lane: sum + one₀ · pair₀ + one₁ · pair₁. The caller sees to it that nothing overflows.
    fn add_products(self, sums: Self::Sums, one: [i16; 2], pairs: &Pairs) -> Self::Sums;
    /// The numbers themselves.
    fn store(self, sums: Self::Sums) -> [i32; LANES];
}

/// Any processor.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Lanes for Plain {
    type Sums = [i32; LANES];

    #[inline(always)]
    fn zero(self) -> Self::Sums {
        [0; LANES]
    }

    #[inline(always)]
    fn add_products(self, mut sums: Self::Sums, one: [i16; 2], pairs: &Pairs) -> Self::Sums {
        for (sum, pair) in sums.iter_mut().zip(pairs) {
            *sum += i32::from(one[0]) * i32::from(pair[0]) + i32::from(one[1]) * i32::from(pair[1]);
        }
        sums
    }

    #[inline(always)]
    fn store(self, sums: Self::Sums) -> [i32; LANES] {
        sums
    }
}

/// x86-64 with AVX-512 or AVX2.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{__m256i, __m512i};

    use super::{LANES, Lanes, Pairs};
    use pulp::cast;
    use pulp::x86::{V3, V4};

    impl Lanes for V4 {
        type Sums = __m512i;

        #[inline(always)]
        fn zero(self) -> Self::Sums {
            cast([0_i32; LANES])
        }

        #[inline(always)]
        fn add_products(self, sums: Self::Sums, one: [i16; 2], pairs: &Pairs) -> Self::Sums {
            let one = self.avx512f._mm512_set1_epi32(cast(one));
            self.avx512f._mm512_add_epi32(sums, self.avx512bw._mm512_madd_epi16(one, cast(*pairs)))
        }

        #[inline(always)]
        fn store(self, sums: Self::Sums) -> [i32; LANES] {
            cast(sums)
        }
    }

    impl Lanes for V3 {
        type Sums = [__m256i; 2];

        #[inline(always)]
        fn zero(self) -> Self::Sums {
            cast([0_i32; LANES])
        }

        #[inline(always)]
        fn add_products(self, sums: Self::Sums, one: [i16; 2], pairs: &Pairs) -> Self::Sums {
            let one = self.avx._mm256_set1_epi32(cast(one));
            let halves: [__m256i; 2] = cast(*pairs);
            let add = |sum, half| self.avx2._mm256_add_epi32(sum, self.avx2._mm256_madd_epi16(one, half));
            [add(sums[0], halves[0]), add(sums[1], halves[1])]
        }

        #[inline(always)]
        fn store(self, sums: Self::Sums) -> [i32; LANES] {
            cast(sums)
        }
    }
}

/// Work that runs the same on any lanes.
pub(crate) trait OnLanes {
    /// What it gives.
    type Output;
    /// Does it, `ROWS` × `PANELS` groups of sums at a time: as many as the processor has room for.
    fn run<L: Lanes, const ROWS: usize, const PANELS: usize>(self, lanes: L) -> Self::Output;
}

/// An [`OnLanes`] bound to lanes, for the dispatcher of `pulp`.
struct Bound<W, L, const ROWS: usize, const PANELS: usize>(W, L);

impl<W: OnLanes, L: Lanes, const ROWS: usize, const PANELS: usize> WithSimd for Bound<W, L, ROWS, PANELS> {
    type Output = W::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        self.0.run::<L, ROWS, PANELS>(self.1)
    }
}

/// Runs on the widest lanes there are.
pub(crate) fn on_widest<W: OnLanes>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(lanes) = pulp::x86::V4::try_new() {
            return Simd::vectorize(lanes, Bound::<W, _, 8, 3>(work, lanes));
        }
        if let Some(lanes) = pulp::x86::V3::try_new() {
            return Simd::vectorize(lanes, Bound::<W, _, 3, 2>(work, lanes));
        }
    }
    work.run::<Plain, 4, 1>(Plain)
}
