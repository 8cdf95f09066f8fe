//! Figures over learners with their 95 % intervals. Sums are whole numbers, so that no order of adding matters; what is
//! divided and rooted is so under the rules of IEEE 754, the same on every machine.

use serde::Serialize;

/// The 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Most bars of a histogram; fewer values than that have a bar each.
const MOST_BARS: u64 = 24;

/// A figure with its 95 % interval: how far chance among the simulated learners may have moved it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Least value, inclusive.
    pub from: u64,
    /// Greatest value, inclusive.
    pub to: u64,
    /// Learners.
    pub learners: u64,
    /// Their share of those counted, 0 to 1.
    pub share: Estimate,
}

/// How a figure is distributed over learners.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// Mean; normal interval: mean ± 1.96 s ÷ √n, with s the sample's standard deviation.
    pub mean: Estimate,
    /// 10th percentile, by nearest rank; like those that follow with an interval by order statistics.
    pub tenth: Estimate,
    /// Median.
    pub median: Estimate,
    /// 90th percentile.
    pub ninetieth: Estimate,
    /// The histogram, from the least value to the greatest.
    pub bars: Vec<Bar>,
}

impl Distribution {
    /// Of the values of learners; absent for fewer than two.
    pub(super) fn of(mut values: Vec<u64>) -> Option<Self> {
        let signed = values.iter().map(|value| i64::try_from(*value).unwrap_or(i64::MAX));
        let mean = mean(signed)?;
        values.sort_unstable();
        Some(Self {
            mean,
            tenth: quantile(&values, 1),
            median: quantile(&values, 5),
            ninetieth: quantile(&values, 9),
            bars: bars(&values),
        })
    }
}

/// A share with Wilson's interval (Wilson, “Probable inference”, Journal of the American Statistical Association 22, 1927).
/// Of none it is between 0 and 1 and stated as 0.
pub(super) fn share(count: u64, of: u64) -> Estimate {
    if of == 0 {
        return Estimate { value: 0.0, low: 0.0, high: 1.0 };
    }
    let (count, of) = (number(count), number(of));
    let share = count / of;
    let square = Z * Z;
    let middle = share + square / (2.0 * of);
    let half = Z * ((share * (1.0 - share) + square / (4.0 * of)) / of).sqrt();
    let whole = 1.0 + square / of;
    Estimate { value: share, low: ((middle - half) / whole).max(0.0), high: ((middle + half) / whole).min(1.0) }
}

/// The mean with the normal interval; absent for fewer than two values.
pub(super) fn mean(values: impl IntoIterator<Item = i64>) -> Option<Estimate> {
    let (mut count, mut sum, mut squares) = (0_u64, 0_i128, 0_i128);
    for value in values {
        count += 1;
        sum += i128::from(value);
        squares += i128::from(value) * i128::from(value);
    }
    from_sums(count, sum, squares)
}

/// As [`mean`], from the number, the sum and the sum of squares.
pub(super) fn from_sums(count: u64, sum: i128, squares: i128) -> Option<Estimate> {
    if count < 2 {
        return None;
    }
    // n Σx² − (Σx)² is a whole number, and exact.
    let spread = i128::from(count) * squares - sum * sum;
    #[expect(clippy::cast_precision_loss, reason = "rounded once, as every machine rounds")]
    let (spread, sum) = (spread as f64, sum as f64);
    let count = number(count);
    let deviation = (spread / (count * (count - 1.0))).sqrt();
    let (value, half) = (sum / count, Z * deviation / count.sqrt());
    Some(Estimate { value, low: value - half, high: value + half })
}

/// A quantile in tenths by nearest rank, with the interval between two order statistics whose ranks are
/// n p ∓ 1.96 √(n p (1 − p)) (Conover, “Practical Nonparametric Statistics”, 3rd edition, 1999, section 3.2). The values
/// are sorted, and not none.
fn quantile(sorted: &[u64], tenths: u32) -> Estimate {
    let count = sorted.len();
    let share = f64::from(tenths) / 10.0;
    let expected = number(count as u64) * share;
    let half = Z * (expected * (1.0 - share)).sqrt();
    let at = |rank: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the ranks")]
        let rank = rank.clamp(1.0, number(count as u64)) as usize;
        number(sorted[rank - 1])
    };
    let rank = (count * tenths as usize).div_ceil(10).max(1);
    Estimate {
        value: number(sorted[rank - 1]),
        low: at((expected - half).floor()),
        high: at((expected + half).ceil() + 1.0),
    }
}

fn bars(sorted: &[u64]) -> Vec<Bar> {
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let mut distinct = sorted.to_vec();
    distinct.dedup();
    let edges: Vec<(u64, u64)> = if distinct.len() as u64 <= MOST_BARS {
        distinct.into_iter().map(|value| (value, value)).collect()
    } else {
        let width = (most - least + 1).div_ceil(MOST_BARS);
        (0..MOST_BARS).map(|bar| (least + bar * width, least + (bar + 1) * width - 1)).collect()
    };
    let bar = |(from, to): (u64, u64)| {
        let below = |end: u64| sorted.partition_point(|value| *value < end);
        let learners = (below(to + 1) - below(from)) as u64;
        Bar { from, to, learners, share: share(learners, sorted.len() as u64) }
    };
    edges.into_iter().filter(|(from, _)| from <= most).map(bar).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of learners, months, credits and money, far below 2⁵³")]
fn number(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
    }

    /// 81 of 263: Newcombe, “Two-sided confidence intervals for the single proportion”, Statistics in Medicine 17, 1998,
    /// table I, method 3 (0.2553 to 0.3662); 15 of 148: 0.0624 to 0.1605; 0 of 20: 0 to 0.1611; 1 of 29: 0.0061 to 0.1718.
    #[test]
    fn shares_have_the_published_intervals() {
        for (count, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = share(count, of);
            near(found.low, low);
            near(found.high, high);
        }
        assert_eq!(share(0, 0).high - share(0, 0).low, 1.0);
    }

    /// By hand: 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and s = √(32 ÷ 7).
    #[test]
    fn means_have_the_normal_interval() {
        let found = mean([2, 4, 4, 4, 5, 5, 7, 9]).unwrap();
        near(found.value, 5.0);
        near(found.high - found.value, 1.959_964 * (32.0_f64 / 7.0).sqrt() / 8.0_f64.sqrt());
        assert_eq!(mean([3]), None);
    }

    /// Of 1 to 100: the median's ranks are 50 ∓ 9.8, so 40 and 61; the 10th percentile's 10 ∓ 5.88, so 4 and 17.
    #[test]
    fn quantiles_lie_between_order_statistics() {
        let found = Distribution::of((1..=100).rev().collect()).unwrap();
        assert_eq!(found.median, Estimate { value: 50.0, low: 40.0, high: 61.0 });
        assert_eq!(found.tenth, Estimate { value: 10.0, low: 4.0, high: 17.0 });
        assert_eq!(found.ninetieth, Estimate { value: 90.0, low: 84.0, high: 97.0 });
        let bars: Vec<(u64, u64, u64)> = found.bars.iter().map(|bar| (bar.from, bar.to, bar.learners)).collect();
        assert_eq!((bars[0], bars.len()), ((1, 5, 5), 20));
        assert_eq!(bars.iter().map(|bar| bar.2).sum::<u64>(), 100);
    }

    #[test]
    fn few_values_have_a_bar_each() {
        let found = Distribution::of(vec![9, 4, 9]).unwrap();
        let bars: Vec<(u64, u64, u64)> = found.bars.iter().map(|bar| (bar.from, bar.to, bar.learners)).collect();
        assert_eq!(bars, [(4, 4, 1), (9, 9, 2)]);
    }
}
