//! Figures as people read them: thousands separated, decimals only where there are any. What machines read is written elsewhere.

/// A figure with separated thousands and at most two decimals: `15`, `1,250.50`, `-73.33`.
#[must_use]
pub fn grouped(value: f64) -> String {
    let written = format!("{:.2}", value.abs());
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, "00"));
    let mut shown = String::with_capacity(written.len() + whole.len() / 3 + 1);
    // What is rounded to nothing has no sign.
    if value < 0.0 && written.bytes().any(|digit| matches!(digit, b'1'..=b'9')) {
        shown.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if decimals != "00" {
        shown.push('.');
        shown.push_str(decimals);
    }
    shown
}

/// Dollars with separated thousands; cents where there are any: `$11,989`, `-$60.50`.
#[must_use]
pub fn dollars(value: f64) -> String {
    let shown = grouped(value);
    shown.strip_prefix('-').map_or_else(|| format!("${shown}"), |amount| format!("-${amount}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_grouped() {
        let cases = [
            (15.0, "15"),
            (-1_250.5, "-1,250.50"),
            (1_000_000.0, "1,000,000"),
            (73.333_333, "73.33"),
            (1.999, "2"),
            (999.999, "1,000"),
            (-0.001, "0"),
            (100.05, "100.05"),
        ];
        for (value, expected) in cases {
            assert_eq!(grouped(value), expected);
        }
    }

    #[test]
    fn the_sign_stands_before_the_dollars() {
        assert_eq!([dollars(11_989.0), dollars(-60.5), dollars(0.0)], ["$11,989", "-$60.50", "$0"]);
    }
}
