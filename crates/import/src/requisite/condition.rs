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
const WORDS: [(ConditionKind, &str); 12] = [
    (ConditionKind::Advice, r"recommended|suggested|advised|encouraged|preferred|desirable|helpful|desired"),
    (
        ConditionKind::Consent,
        r"consent|approval|approved|permission|permit|authorization|invitation|petition|signature",
    ),
    (
        ConditionKind::Placement,
        r"placement|placing|tests?|exams?|examinations?|scores?|auditions?|portfolio|toefl|proficiency|interview|qualifying|comprehensives",
    ),
    (ConditionKind::Standing, r"standing|gpa|grade[- ]point"),
    (ConditionKind::Credits, r"hours?|credits?|semesters?"),
    (ConditionKind::Admission, r"admission|admitted|acceptance|accepted|enrol+ed|enrol+e?ment"),
    (
        ConditionKind::Standing,
        r"freshm[ae]n|sophomores?|juniors?|seniors?|classification|year students?|graduate students?|graduate status|postbaccalaureate|candidacy|final semester|last semester|(?:first|second|third|fourth)[- ]year",
    ),
    (ConditionKind::Credits, r"coursework|course work|courses?|core|years? of|sequence|curriculum|foundation|units"),
    (
        ConditionKind::Degree,
        r"degrees?|bachelor['’]?s?|baccalaureate|master['’]?s|b\.?[as]\.?|ph\.?d\.?|licen[sc]ed?|licensure|certificat(?:e|ion)|certified|registered nurse",
    ),
    (
        ConditionKind::Admission,
        r"majors?|minors?|programs?|declared|members?|membership|open to|restricted|limited|students?|cohort|candidates?|internship|practicum|track|selection|participation",
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

/// Words of descriptions, and of limits in time, which no kind covers.
static PROSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:is an?|provides?|covers?|culminat\w+|introduc\w+|explor\w+|study of|topics|survey|investigat\w+|examines?|emphasi\w+|selected|directed|applications of|techniques|analysis|seminar|immediately prior|within the (?:past|last)|months)\b",
    )
    .ok()
});

/// The kind of condition that `words` are, if they are one.
pub(super) fn kind(words: &str) -> Option<ConditionKind> {
    if words.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    if PROSE.as_ref().is_some_and(|prose| prose.is_match(words)) {
        return None;
    }
    KINDS.iter().find(|(_, pattern)| pattern.is_match(words)).map(|(kind, _)| *kind)
}

/// Whoever may consent, named after another who may.
static PERSON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:directors?|chair|chairperson|instructors?|advisors?|advisers?|dean|coordinators?|faculty|committee|department|head|sponsor|program)\b").ok()
});

/// Whether `next` goes on with a condition of kind `earlier` whose words so far are `before`: "junior | or senior
/// standing", "consent of the chair | or the program director".
pub(super) fn goes_on(earlier: ConditionKind, before: &str, next: &str) -> bool {
    let kind = kind(next);
    let short = before.split(' ').count() <= 3;
    match earlier {
        ConditionKind::Consent => {
            kind != Some(ConditionKind::Consent)
                && kind != Some(ConditionKind::Standing)
                && next.split(' ').count() <= 8
                && PERSON.as_ref().is_some_and(|person| person.is_match(next))
        }
        ConditionKind::Standing => short && kind == Some(earlier) && !before.to_lowercase().contains("standing"),
        ConditionKind::Admission => short && kind == Some(earlier),
        _ => false,
    }
}
