//! Which kind of condition a run of words is, by the words that only such conditions use.
//!
//! The words themselves stay what the condition says; only its kind is recognised. It refuses long runs: they are
//! prose.

use std::sync::LazyLock;

use credway_model::ConditionKind;
use regex::Regex;

/// More words than this are not one condition.
const MOST_WORDS: usize = 30;

/// Kinds with their words, the surest first.
const WORDS: [(ConditionKind, &str); 9] = [
    (ConditionKind::Advice, r"recommended|suggested|advised|encouraged|preferred|desirable|helpful|desired"),
    (ConditionKind::Consent, r"consent|approval|approved|permission|permit|authorization|invitation|petition|signature"),
    (
        ConditionKind::Placement,
        r"placement|placing|tests?|exams?|examinations?|scores?|auditions?|portfolio|toefl|proficiency|interview|qualifying|comprehensives",
    ),
    (
        ConditionKind::Standing,
        r"standing|gpa|grade[- ]point|freshm[ae]n|sophomores?|juniors?|seniors?|classification|year students?|graduate students?|graduate status|postbaccalaureate|candidacy|final semester|last semester|(?:first|second|third|fourth)[- ]year",
    ),
    (
        ConditionKind::Credits,
        r"hours?|credits?|semesters?|coursework|course work|courses?|core|years? of|sequence|curriculum|foundation|units",
    ),
    (ConditionKind::Degree, r"degrees?|bachelor['’]?s?|baccalaureate|master['’]?s|b\.?[as]\.?|ph\.?d\.?|licen[sc]ed?|licensure|certificat(?:e|ion)|certified|registered nurse"),
    (
        ConditionKind::Admission,
        r"admission|admitted|acceptance|accepted|enrol+ed|enrol+ment|majors?|minors?|programs?|declared|members?|membership|open to|restricted|limited|students?|cohort|candidates?|internship|practicum|track|selection|participation",
    ),
    (ConditionKind::Equivalent, r"equivalents?|equivalency"),
    (
        ConditionKind::Knowledge,
        r"knowledge|literacy|literate|familiarity|proficient|experience|background|ability|skills?|understanding|competen(?:ce|cy|t)|fluency|high school|algebra|calculus|statistics|training|mastery",
    ),
];

static KINDS: LazyLock<Vec<(ConditionKind, Regex)>> = LazyLock::new(|| {
    let regex = |words: &str| Regex::new(&format!(r"(?i)(?:^|[^\w]){}(?:$|[^\w])", format_args!("(?:{words})"))).ok();
    WORDS.iter().filter_map(|(kind, words)| Some((*kind, regex(words)?))).collect()
});

/// The kind of condition that `words` are, if they are one.
pub(super) fn kind(words: &str) -> Option<ConditionKind> {
    if words.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    KINDS.iter().find(|(_, pattern)| pattern.is_match(words)).map(|(kind, _)| *kind)
}
