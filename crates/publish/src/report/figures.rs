//! Figures and days in words, as the pages of the site write them.

use jiff::civil::Date;

use super::model::Cell;

/// Per cent with one decimal place at most and a space that does not break. A value above 0 is never written as 0, nor
/// one below 100 as 100.
pub(super) fn percent(value: f64) -> String {
    let shown = if value > 0.0 && value < 0.05 {
        "under 0.1".to_owned()
    } else if (99.95..100.0).contains(&value) {
        "99.9".to_owned()
    } else {
        format!("{value:.1}")
    };
    format!("{}\u{a0}%", shown.strip_suffix(".0").unwrap_or(&shown))
}

/// A day for people: `Nov 7, 2023`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%b\u{a0}%-d, %Y").to_string()
}

/// A count with its noun: `1 course`, `8,522 courses`.
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A count with separated thousands.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count as a cell.
pub(super) fn count(count: usize) -> Cell {
    Cell::Figure { words: grouped(count), value: f64::from(u32::try_from(count).unwrap_or(u32::MAX)) }
}

/// A share as a cell; `absent` where there is none.
pub(super) fn share(value: Option<f64>, absent: &str) -> Cell {
    value.map_or_else(|| Cell::words(absent), |value| Cell::Figure { words: percent(value), value })
}

/// A share with a bar as a cell.
pub(super) fn bar(value: f64) -> Cell {
    let words = percent(value);
    Cell::Bar { alt: format!("Bar, filled to {words}"), words, value }
}

/// A figure with enough places to add up by hand.
pub(super) fn exact(value: Option<f64>) -> Cell {
    value.map_or_else(|| Cell::words("not known"), |value| Cell::Figure { words: format!("{value:.4}"), value })
}

/// A score: 0, ½ or 1.
pub(super) fn score(score: f64) -> Cell {
    let words = if score >= 1.0 {
        "1"
    } else if score > 0.0 {
        "½"
    } else {
        "0"
    };
    Cell::Figure { words: words.to_owned(), value: score }
}

/// Number and words of a statement.
pub(super) fn named(code: Option<&str>, words: &str) -> String {
    code.map_or_else(|| words.to_owned(), |code| format!("{code} {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_without_lying() {
        let cases = [(57.84, "57.8"), (12.0, "12"), (0.0, "0"), (0.01, "under 0.1"), (99.97, "99.9"), (100.0, "100")];
        for (value, expected) in cases {
            assert_eq!(percent(value), format!("{expected}\u{a0}%"));
        }
        assert_eq!(day("2023-11-07".parse().unwrap()), "Nov\u{a0}7, 2023");
        assert_eq!(plural(8_522, "course", "courses"), "8,522 courses");
    }
}
