//! A cell's value in the words a person would type for what the program shows.

use calamine::{Data, ExcelDateTime, Style};

/// How a number is written by its cell's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// As it is.
    Plain,
    /// In per cent.
    Percent,
    /// With at least so many digits before the point and exactly so many behind it: codes such as 007 or 01.0300.
    Padded(usize, usize),
}

/// How each style of the workbook writes its numbers.
pub(super) struct Words(Vec<Shown>);

impl Words {
    pub(super) fn of(styles: &[Style]) -> Self {
        let code =
            |style: &Style| style.number_format.as_ref().map_or(Shown::Plain, |format| shown(&format.format_code));
        Self(styles.iter().map(code).collect())
    }

    /// The words of a value; empty where there is none.
    pub(super) fn text(&self, value: &Data, style: usize) -> String {
        match value {
            Data::Int(number) => number.to_string(),
            Data::Float(number) => match self.0.get(style).copied().unwrap_or(Shown::Plain) {
                Shown::Plain => plain(*number),
                Shown::Percent => format!("{}%", plain(*number * 100.0)),
                Shown::Padded(before, behind) if *number >= 0.0 => {
                    let width = before + behind + usize::from(behind > 0);
                    format!("{number:0width$.behind$}")
                }
                Shown::Padded(..) => plain(*number),
            },
            Data::String(text) => text.clone(),
            Data::Bool(truth) => truth.to_string(),
            Data::DateTime(moment) => date(moment),
            Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
            Data::DurationIso(text) => text.clone(),
            Data::Error(_) | Data::Empty => String::new(),
        }
    }
}

/// What a format's first section does to a number.
fn shown(code: &str) -> Shown {
    let (mut plain, mut quoted, mut bracket, mut escaped) = (String::new(), false, false, false);
    for letter in code.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            ';' => break,
            other => plain.push(other),
        }
    }
    if plain.contains('%') {
        return Shown::Percent;
    }
    let (before, behind) = plain.split_once('.').unwrap_or((&plain, ""));
    let zeros = |part: &str| part.chars().all(|letter| letter == '0');
    if before.len() > 1 && before.len() + behind.len() <= 15 && zeros(before) && zeros(behind) {
        return Shown::Padded(before.len(), behind.len());
    }
    Shown::Plain
}

/// The shortest number that means the same to fifteen significant digits, as many as workbooks show.
fn plain(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // No sign before a zero.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A date, a date with its time, a time, or a duration in hours, minutes and seconds.
fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        #[expect(clippy::cast_possible_truncation, reason = "a duration of more than 2^63 seconds is none")]
        let seconds = (moment.as_f64() * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    // The time of a day is a fraction: what is less than a second from the next is that.
    let second = second + u8::from(milli >= 500 && second < 59);
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (moment.as_f64() < 1.0, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_do() {
        let check = |number: f64, code: &str, expected: &str| {
            assert_eq!(Words(vec![shown(code)]).text(&Data::Float(number), 0), expected, "{number} {code}");
        };
        check(3.0, "General", "3");
        check(0.1, "General", "0.1");
        check(0.1 + 0.2, "General", "0.3");
        check(-0.0, "General", "0");
        check(1300.0, "#,##0", "1300");
        check(0.07, "0%", "7%");
        check(0.125, "0.0 %", "12.5%");
        check(0.5, "\"100%\" 0", "0.5");
        check(0.5, "0\\%", "0.5");
        check(7.0, "000", "007");
        check(1.03, "00.0000", "01.0300");
        check(11.1003, "00.0000", "11.1003");
        check(3.0, "0.00", "3");
        check(f64::NAN, "General", "");
    }
}
