//! Facts told by number and unit instead of a label: “3 credit hours (3 lecture, 0 lab)”.

use std::sync::LazyLock;

use regex::Regex;

static FACT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(\d{1,3}(?:\.\d{1,2})?(?:\s*(?:-|–|to)\s*\d{1,2}(?:\.\d{1,2})?)?)\s*(semester credit hours?|semester hours?|credit hours?|credits?|units?|sch|cr\.?|(?:hours? (?:of )?)?lecture(?: hours?)?(?: (?:a|per) week)?|(?:hours? (?:of )?)?lab(?:oratory)?(?: hours?)?(?: (?:a|per) week)?|contact hours?)(?:[\s,;.)/]|$)").ok()
});
/// The longest line that is taken for one of facts.
const LONGEST: usize = 90;

/// The facts of a line that holds nothing else, as (field, value).
pub(super) fn read(line: &str) -> Vec<(&'static str, String)> {
    if line.len() > LONGEST || !line.trim_start_matches(['(', '[']).starts_with(|letter: char| letter.is_ascii_digit())
    {
        return Vec::new();
    }
    let Some(pattern) = FACT.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut rest = line.to_owned();
    for matched in pattern.captures_iter(line) {
        let (Some(value), Some(unit)) = (matched.get(1), matched.get(2)) else { continue };
        let unit_words = unit.as_str().to_ascii_lowercase();
        let field = if unit_words.contains("lecture") {
            "lecture_hours"
        } else if unit_words.contains("lab") {
            "lab_hours"
        } else if unit_words.contains("contact") {
            "contact_hours"
        } else {
            "credits"
        };
        found.push((field, value.as_str().to_owned()));
        rest = rest.replacen(line[value.start()..unit.end()].trim(), "", 1);
    }
    // A sentence that begins with a number is no list of facts.
    let left = rest.chars().filter(|letter| letter.is_alphanumeric()).count();
    if left > 6 { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn facts_and_sentences() {
        let check = |line: &str, expected: &[(&str, &str)]| {
            let found = read(line);
            assert_eq!(
                found.iter().map(|(field, value)| (*field, value.as_str())).collect::<Vec<_>>(),
                expected,
                "{line}"
            );
        };
        check("3 credit hours (3 lecture, 0 lab)", &[("credits", "3"), ("lecture_hours", "3"), ("lab_hours", "0")]);
        check("4 Credits", &[("credits", "4")]);
        check("(1-3 semester hours)", &[("credits", "1-3")]);
        check(
            "3 hours lecture, 2 hours lab, 4 credits",
            &[("lecture_hours", "3"), ("lab_hours", "2"), ("credits", "4")],
        );
        check("3 credits of any laboratory science are needed before this", &[]);
        check("The course has 3 credits", &[]);
    }
}
