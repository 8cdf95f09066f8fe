//! The natural logarithm from additions, multiplications and divisions only, so that it has the same last bit on
//! every machine (the platform's own may differ).

/// ln `value`, for finite `value` > 0; absolute error below 1e-12 for values between 1e-300 and 1e300.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_platform() {
        for value in [1e-300, 0.1, 0.5, 0.999, 1.0, 1.414, 1.415, 2.0, 3.7, 8_522.0, 1e300] {
            assert!((natural_logarithm(value) - f64::ln(value)).abs() < 1e-12, "{value}");
        }
    }
}
