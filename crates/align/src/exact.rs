//! Logarithm and exponential from additions, multiplications and divisions only, so that they have the same last bit on
//! every machine (the platform's own may differ).

/// ln `value`, for finite `value` from 1e-300 to 1e300; absolute error below 1e-12.
///
/// With value = m · 2^e and m in [√½, √2): ln value = e · ln 2 + 2 · artanh((m − 1) / (m + 1)), the latter by its
/// series, whose argument stays below 0.172.
pub(crate) fn natural_logarithm(value: f64) -> f64 {
    let bits = value.to_bits();
    let mut exponent = i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0) - 1_023;
    let mut mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1_023_u64 << 52));
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let mut power = ratio;
    let mut sum = 0.0;
    for odd in [1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0] {
        sum += power / odd;
        power *= square;
    }
    f64::from(exponent) * std::f64::consts::LN_2 + 2.0 * sum
}

/// e to the power of `value`; relative error below 1e-12; arguments beyond ±700 count as ±700.
///
/// With value = n · ln 2 + r and |r| ≤ ½ ln 2: e^value = 2^n · e^r, the latter by its series.
pub(crate) fn exponential(value: f64) -> f64 {
    let value = value.clamp(-700.0, 700.0);
    #[expect(clippy::cast_possible_truncation, reason = "between −1,011 and 1,011")]
    let doublings = (value / std::f64::consts::LN_2).round() as i32;
    let rest = value - f64::from(doublings) * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for step in 1_u8..=14 {
        term *= rest / f64::from(step);
        sum += term;
    }
    let power = u64::try_from(1_023 + doublings).unwrap_or(0) << 52;
    sum * f64::from_bits(power)
}

/// e to the power of `value`, for `value` ≤ 0, in single precision; relative error below 3e-7; below −87 it counts as −87.
///
/// As [`exponential`], with the series in Horner's form and the doublings found by adding and taking away 1.5 · 2²³.
pub(crate) fn exponential_32(value: f32) -> f32 {
    const ROUNDER: f32 = 12_582_912.0;
    // ln 2 in two parts, the first with few bits, so that n · ln 2 is exact in it.
    const HIGH: f32 = 0.693_359_4;
    const LOW: f32 = -2.121_944_4e-4;
    let value = if value > -87.0 { value } else { -87.0 };
    let doublings = (value * std::f32::consts::LOG2_E + ROUNDER) - ROUNDER;
    let rest = (value - doublings * HIGH) - doublings * LOW;
    let sixth = rest * (1.0 / 720.0) + 1.0 / 120.0;
    let series = ((((sixth * rest + 1.0 / 24.0) * rest + 1.0 / 6.0) * rest + 0.5) * rest + 1.0) * rest + 1.0;
    #[expect(clippy::cast_possible_truncation, reason = "between −126 and 1")]
    let power = (127 + doublings as i32).cast_unsigned() << 23;
    series * f32::from_bits(power)
}

/// 1 / (1 + e^−value).
pub(crate) fn logistic(value: f64) -> f64 {
    1.0 / (1.0 + exponential(-value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_the_platform() {
        for value in [1e-300, 0.1, 0.5, 0.999, 1.0, 1.414, 1.415, 2.0, 3.7, 8_522.0, 1e300] {
            assert!((natural_logarithm(value) - f64::ln(value)).abs() < 1e-12, "{value}");
        }
        for value in [-700.0, -50.3, -1.0, -0.3, 0.0, 0.3, 0.347, 1.0, 12.5, 700.0] {
            assert!((exponential(value) / f64::exp(value) - 1.0).abs() < 1e-12, "{value}");
        }
        assert_eq!(logistic(0.0), 0.5);
        for value in [-100.0, -86.9, -20.03, -1.0, -0.347, -0.3, -1e-6, 0.0_f32] {
            let expected = f32::exp(value.max(-87.0));
            assert!((exponential_32(value) / expected - 1.0).abs() < 3e-7, "{value}");
        }
    }
}
