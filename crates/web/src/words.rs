//! Numbers, shares, days and moments as people read them.

use jiff::Timestamp;
use jiff::civil::Date;

/// A count with separated thousands: `8,522`.
pub(crate) fn number(count: impl TryInto<u64>) -> String {
    let Ok(count) = count.try_into() else { return "too many to write".to_owned() };
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count with its noun: `1 course`, `8,522 courses`.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// Per cent with one decimal place at most, and a space that does not break: `57.8 %`, `12 %`.
pub(crate) fn percent(value: f64) -> String {
    format!("{}\u{a0}%", decimal(value))
}

/// A figure with one decimal place at most: `57.8`, `12`. A value above 0 is never written as 0, nor one below 100 as
/// 100: `under 0.1`, `99.9`.
pub(crate) fn decimal(value: f64) -> String {
    if value > 0.0 && value < 0.05 {
        return "under 0.1".to_owned();
    }
    let shown = if (99.95..100.0).contains(&value) { "99.9".to_owned() } else { format!("{value:.1}") };
    shown.strip_suffix(".0").map_or(shown.clone(), str::to_owned)
}

/// A day written as ISO 8601, for people: `Nov 7, 2023`. What is no such day is shown as it is.
pub(crate) fn day(iso: &str) -> String {
    match iso.parse::<Date>() {
        Ok(date) => date_words(date),
        Err(_) => iso.to_owned(),
    }
}

fn date_words(date: Date) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or("");
    format!("{month}\u{a0}{}, {}", date.day(), date.year())
}

/// A moment written as ISO 8601, for people, in UTC: `Nov 23, 2026, 19:30 UTC`. Midnight to the nanosecond is the day
/// alone: files that give a day give no time, and none is to be invented. What is no such moment is shown as it is.
pub(crate) fn moment(iso: &str) -> String {
    match iso.parse::<Timestamp>() {
        Ok(timestamp) => {
            let there = jiff::tz::Offset::UTC.to_datetime(timestamp);
            if there.time() == jiff::civil::Time::midnight() {
                return date_words(there.date());
            }
            format!("{}, {:02}:{:02}\u{a0}UTC", date_words(there.date()), there.hour(), there.minute())
        }
        Err(_) => iso.to_owned(),
    }
}

/// The word with its first letter large: `Decided`.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text as part of an address's query.
pub(crate) fn query_part(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            shown.push(char::from(byte));
        } else {
            shown.push_str(&format!("%{byte:02X}"));
        }
    }
    shown
}

/// The address of the place in a source.
pub(crate) fn source_address(source: &str, place: Option<&str>) -> String {
    match place {
        Some(place) => format!("/sources/{source}?place={}", query_part(place)),
        None => format!("/sources/{source}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_without_lying() {
        let cases = [(57.84, "57.8"), (12.0, "12"), (0.0, "0"), (0.01, "under 0.1"), (99.97, "99.9"), (100.0, "100")];
        for (value, expected) in cases {
            assert_eq!(decimal(value), expected);
        }
        assert_eq!(number(8_522_usize), "8,522");
        assert_eq!(number(1_000_000_u64), "1,000,000");
        assert_eq!(plural(1, "course", "courses"), "1 course");
    }

    #[test]
    fn days_and_moments_are_read_or_shown_as_they_are() {
        assert_eq!(day("2023-11-07"), "Nov\u{a0}7, 2023");
        assert_eq!(day("fall"), "fall");
        assert_eq!(moment("2026-11-23T09:05:59Z"), "Nov\u{a0}23, 2026, 09:05\u{a0}UTC");
    }

    #[test]
    fn places_are_safe_in_addresses() {
        assert_eq!(
            source_address("ab", Some("row 2, column “a&b”")),
            "/sources/ab?place=row%202%2C%20column%20%E2%80%9Ca%26b%E2%80%9D"
        );
    }
}
