//! How much of an outline courses are likely to cover before anybody has reviewed it, with its uncertainty.

/// The formula, as shown on pages and in files.
pub const LIKELY_FORMULA: &str = "Every statement at the end of the outline has its share of the whole, as for coverage. What reviewers have \
     accepted counts as it does there (b = 1 or ½); what they have rejected counts for nothing. Beyond that a statement counts \
     with the calibrated probability p of its best candidate that nobody has decided on: expected coverage = sum of share × \
     (b + (1 − b) × p). An accepted candidate is counted as full; reviewers who call it partial halve it. The interval holds \
     the truth nine times in ten if the probabilities are right and statements independent: expected ± 1.645 × √(sum of \
     (share × (1 − b))² × p × (1 − p)), kept between what is accepted and 100 %. Taking only the best candidate is cautious: \
     several doubtful courses are not added up.";

/// A statement at the end of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LikelyStatement {
    /// Its share of the whole, per cent.
    pub share: f64,
    /// Its score by what reviewers accepted: 0, ½ or 1.
    pub accepted: f64,
    /// Probability that its best candidate would be accepted, 0 to 1.
    pub probability: f64,
}

impl LikelyStatement {
    /// What it is expected to score, 0 to 1.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.accepted + (1.0 - self.accepted) * self.probability
    }
}

/// Likely coverage; all in per cent of the whole, 0 to 100, `low` ≤ `expected` ≤ `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LikelyCoverage {
    /// What reviewers have accepted.
    pub accepted: f64,
    /// Expected.
    pub expected: f64,
    /// Low end of the 90 % interval.
    pub low: f64,
    /// High end of the 90 % interval.
    pub high: f64,
}

/// The 95th percentile of the normal distribution: nine in ten lie within so many standard deviations.
const NINE_IN_TEN: f64 = 1.645;

/// Likely coverage of an outline. Formula: [`LIKELY_FORMULA`].
#[must_use]
pub fn likely_coverage(statements: &[LikelyStatement]) -> LikelyCoverage {
    let sum = |part: fn(&LikelyStatement) -> f64| statements.iter().map(part).sum::<f64>();
    let accepted = sum(|one| one.share * one.accepted);
    let expected = sum(|one| one.share * one.expected());
    let variance = sum(|one| {
        let at_stake = one.share * (1.0 - one.accepted);
        at_stake * at_stake * one.probability * (1.0 - one.probability)
    });
    let spread = NINE_IN_TEN * variance.sqrt();
    LikelyCoverage {
        accepted,
        expected,
        low: (expected - spread).max(accepted).min(expected),
        high: (expected + spread).min(100.0).max(expected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(share: f64, accepted: f64, probability: f64) -> LikelyStatement {
        LikelyStatement { share, accepted, probability }
    }

    /// By hand: 50 × 1 + 30 × (½ + ½ × 0.8) + 20 × 0.5 = 50 + 27 + 10 = 87. Variance = (15)² × 0.16 + 20² × 0.25 = 136;
    /// spread = 1.645 × 11.6619 = 19.184. Low = 67.816, above what is accepted (65); high is kept at 100.
    #[test]
    fn a_person_gets_the_same_number_by_hand() {
        let likely =
            likely_coverage(&[statement(50.0, 1.0, 0.9), statement(30.0, 0.5, 0.8), statement(20.0, 0.0, 0.5)]);
        assert_eq!((likely.accepted, likely.expected, likely.high), (65.0, 87.0, 100.0));
        assert!((likely.low - 67.816).abs() < 1e-3, "{}", likely.low);
    }

    #[test]
    fn what_is_decided_has_no_uncertainty() {
        let decided = likely_coverage(&[statement(60.0, 1.0, 0.3), statement(40.0, 0.0, 0.0)]);
        assert_eq!(decided, LikelyCoverage { accepted: 60.0, expected: 60.0, low: 60.0, high: 60.0 });
        assert_eq!(likely_coverage(&[]).expected, 0.0);
    }
}
