//! Labels by which catalogues and syllabi name what follows, with the field each stands for.

use std::sync::LazyLock;

use regex::Regex;

/// Label in lower case without its plural and bracket, and the field.
const LABELS: &[(&str, &str)] = &[
    ("course description", "description"),
    ("catalog description", "description"),
    ("catalogue description", "description"),
    ("description", "description"),
    ("semester credit hours", "credits"),
    ("credit hours", "credits"),
    ("total credits", "credits"),
    ("credit value", "credits"),
    ("credits", "credits"),
    ("credit", "credits"),
    ("units", "credits"),
    ("sch", "credits"),
    ("lecture contact hours", "lecture_hours"),
    ("lecture hours per week", "lecture_hours"),
    ("lecture hours", "lecture_hours"),
    ("lecture", "lecture_hours"),
    ("laboratory contact hours", "lab_hours"),
    ("lab contact hours", "lab_hours"),
    ("laboratory hours", "lab_hours"),
    ("lab hours per week", "lab_hours"),
    ("lab hours", "lab_hours"),
    ("lab", "lab_hours"),
    ("total contact hours", "contact_hours"),
    ("contact hours", "contact_hours"),
    ("prerequisites", "prerequisites"),
    ("prerequisite", "prerequisites"),
    ("pre-requisites", "prerequisites"),
    ("pre-requisite", "prerequisites"),
    ("prereqs", "prerequisites"),
    ("prereq", "prerequisites"),
    ("corequisites", "corequisites"),
    ("corequisite", "corequisites"),
    ("co-requisites", "corequisites"),
    ("co-requisite", "corequisites"),
    ("coreqs", "corequisites"),
    ("coreq", "corequisites"),
    ("terms offered", "terms_offered"),
    ("terms", "terms_offered"),
    ("term offered", "terms_offered"),
    ("semesters offered", "terms_offered"),
    ("typically offered", "terms_offered"),
    ("when offered", "terms_offered"),
    ("offered", "terms_offered"),
    ("student learning outcomes", "outcomes"),
    ("course learning outcomes", "outcomes"),
    ("learning outcomes", "outcomes"),
    ("course outcomes", "outcomes"),
    ("course objectives", "outcomes"),
    ("learning objectives", "outcomes"),
    ("objectives", "outcomes"),
    ("outcomes", "outcomes"),
    ("course content", "topics"),
    ("course topics", "topics"),
    ("topics", "topics"),
    ("course number and title", "code"),
    ("course number", "code"),
    ("course code", "code"),
    ("course id", "code"),
    ("course", "code"),
    ("course title", "title"),
    ("course name", "title"),
    ("title", "title"),
    ("catalog year", "catalogue_year"),
    ("academic year", "catalogue_year"),
];

/// A label a line begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The field it stands for, or its own words where we do not know it.
    pub(super) name: String,
    /// Whether we know it.
    pub(super) known: bool,
    /// Where its value begins in the line.
    pub(super) value: usize,
}

static ANY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([A-Z][A-Za-z()/&.’' -]{1,44}?)\s*(?::|\t)\s*").ok());
static INNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words: Vec<String> = LABELS
        .iter()
        // “In other terms: …” is no list of terms.
        .filter(|(label, field)| !matches!(*field, "code" | "title" | "description") && *label != "terms")
        .map(|(label, _)| regex::escape(label))
        .collect();
    Regex::new(&format!(r"(?i)(?:^|[\t ])((?:{})(?:\(s\))?)\s*:\s*", words.join("|"))).ok()
});

/// The field a label stands for.
pub(super) fn field(label: &str) -> Option<&'static str> {
    let plain = label.trim().trim_end_matches([':', '.']).to_ascii_lowercase().replace("(s)", "s");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    LABELS.iter().find(|(known, _)| *known == plain).map(|(_, field)| *field)
}

/// The label a line begins with: known words with a colon, or in bold without one; other words with a colon only where
/// a paragraph begins.
pub(super) fn at_start(line: &str, bold: usize, starts: bool) -> Option<Label> {
    if bold > 0 && bold <= line.len() {
        let lead = line[..bold].trim_end();
        if let Some(field) = field(lead) {
            let value = bold + line[bold..].len() - line[bold..].trim_start_matches([' ', '\t', ':']).len();
            return Some(Label { name: field.to_owned(), known: true, value });
        }
    }
    if let Some(field) = field(line).filter(|_| starts) {
        return Some(Label { name: field.to_owned(), known: true, value: line.len() });
    }
    let found = ANY.as_ref()?.captures(line)?;
    let (whole, words) = (found.get(0)?, found.get(1)?.as_str());
    let colon = whole.as_str().contains(':');
    if let Some(field) = field(words).filter(|_| colon || starts) {
        return Some(Label { name: field.to_owned(), known: true, value: whole.end() });
    }
    let few = words.split_whitespace().count() <= 5;
    (starts && colon && few).then(|| Label { name: words.trim().to_owned(), known: false, value: whole.end() })
}

/// Known labels within a value: where each begins, and what it is. They count only where what stands before them is
/// short or ends a sentence, since prose may name a label, too.
pub(super) fn inside(value: &str) -> Vec<(usize, Label)> {
    let Some(pattern) = INNER.as_ref() else { return Vec::new() };
    let mut found: Vec<(usize, Label)> = Vec::new();
    for matched in pattern.captures_iter(value) {
        let (Some(whole), Some(words)) = (matched.get(0), matched.get(1)) else { continue };
        let from = found.last().map_or(0, |(_, label)| label.value);
        let before = value[from..words.start()].trim_end();
        let ended = before.is_empty() || before.ends_with(['.', ';', ')']) || before.len() <= 12;
        if let Some(field) = field(words.as_str()).filter(|_| ended && words.start() > 0) {
            found.push((words.start(), Label { name: field.to_owned(), known: true, value: whole.end() }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_at_the_beginning() {
        let check = |line: &str, bold: usize, starts: bool, expected: Option<(&str, &str)>| {
            let label = at_start(line, bold, starts);
            assert_eq!(label.as_ref().map(|label| (label.name.as_str(), &line[label.value..])), expected, "{line}");
        };
        check("Prerequisite: ACCT 2301", 0, false, Some(("prerequisites", "ACCT 2301")));
        check("Prerequisite(s) : ACCT 2301", 0, true, Some(("prerequisites", "ACCT 2301")));
        check("Prereq ACCT 2301", 6, true, Some(("prerequisites", "ACCT 2301")));
        check("Credit Hours\t3", 0, true, Some(("credits", "3")));
        check("Student Learning Outcomes", 0, true, Some(("outcomes", "")));
        check("Fee Type: lab", 0, true, Some(("Fee Type", "lab")));
        check("The topics are: law", 0, false, None);
        check("A course in which learners read and write: much", 0, true, None);
    }

    #[test]
    fn labels_within() {
        let check = |value: &str, expected: &[&str]| {
            let found: Vec<String> =
                inside(value).into_iter().map(|(at, label)| format!("{at}:{}", label.name)).collect();
            assert_eq!(found, expected, "{value}");
        };
        check("3.0 Lecture Contact Hours: 3 Lab Contact Hours: 0", &["4:lecture_hours", "29:lab_hours"]);
        check("MATH 1314. Corequisite: MATH 1114", &["11:corequisites"]);
        check("a study of many laws with credit: a history", &[]);
    }
}
