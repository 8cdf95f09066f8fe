//! Reading back what was written, for cases and for any set at all; what is wrong is said with its place.

use proptest::prelude::*;

use super::super::course_set::tests::holds;
use super::*;

#[test]
fn a_line_has_one_form() {
    let check = |given: &str, expected: &str| {
        let read = given.parse::<CourseSet>().unwrap_or_else(|error| panic!("{given}: {error}"));
        assert_eq!(read.to_string(), expected, "{given}");
    };
    check("itsy1300,  ITSY 1342", "ITSY 1300, ITSY 1342");
    check("ITSY 1300 or ITSY 1342", "ITSY 1300, ITSY 1342");
    check("subject hist", "HIST courses");
    check("HIST Courses", "HIST courses");
    check("hist 3000–4999", "HIST 3000-4999");
    check("HIST courses numbered 3000 to 4999", "HIST 3000-4999");
    check("HIST 3000 to 4999", "HIST 3000-4999");
    check("numbered 3000-4999", "numbered 3000-4999");
    check("marked “humanities”", "marked \"humanities\"");
    check("marked \"so “called”\"", "marked \"so “called”\"");
    check("teaches \"O1\"", "teaches \"O1\"");
    check("any course", "any course");
    check("no courses", "no course");
    check("HIST courses but not HIST 3301, HIST 3302", "HIST courses but not HIST 3301, HIST 3302");
    check("HIST courses and not HIST 3301", "HIST courses but not HIST 3301");
    check("HIST 3000-4999 but not HIST 3301", "HIST 3000-4999 but not HIST 3301");
    check("10-152-101, 6.006", "10-152-101, 6.006");
    check("10-152 courses or 10-152 100-199", "10-152 courses; 10-152 100-199");
    check(
        "(HIST courses or (ENGL courses; ITSY 1300)) and marked \"w\"",
        "(HIST courses; ENGL courses; ITSY 1300) and marked \"w\"",
    );
    check("course \"HIST 3000-4999\"", "course \"HIST 3000-4999\"");
    check("course \"thesis\", HIST 4999", "course \"THESIS\", HIST 4999");
    check("not (A 1 or B courses)", "not (A 1; B courses)");
    check("((A 1))", "A 1");
}

#[test]
fn what_is_no_set_is_refused_with_its_place() {
    let check = |given: &str, at: usize, what: &str, hint: &str| {
        let error = given.parse::<CourseSet>().unwrap_err();
        assert_eq!((error.at, error.what.as_str()), (at, what), "{given}");
        assert!(error.hint.contains(hint), "{given}: {}", error.hint);
    };
    check("", 1, "the end stands where a set of courses is expected", "any course");
    check("HIST", 1, "“HIST” has no number", "HIST courses");
    check("ITSY 1300, 1342", 12, "“1342” is not a course code such as “ITSY 1300”", "before each comma");
    check("ITSY 1300, HIST courses", 12, "“HIST” stands in a list of codes", "“;” or “or”");
    check("HIST courses, ENGL courses", 13, "“,” stands between groups", "“;” or “or”");
    check("A 1 or B courses but not B 2", 18, "“or” (or “;”) stands beside “and” or “but not”", "parentheses");
    check("ITSY 1300 ITSY 1342", 1, "“ITSY 1300 ITSY 1342” may be several codes", "comma");
    check("HIST 4999-3000", 1, "4999 to 3000 is no range of numbers", "smaller number first");
    check("numbered high", 10, "“high” stands where a range of numbers is expected", "numbered 3000-4999");
    check("marked humanities", 8, "“humanities” stands where a text in quotation marks is expected", "quotation");
    check("marked \"humanities", 8, "a quotation mark is not closed", "Close it");
    check("HIST courses but HIST 3301", 18, "“HIST” stands where “not” is expected", "but not");
    check("(HIST courses", 14, "the end stands where a closing parenthesis is expected", "parentheses");
    check(
        "HIST courses ENGL courses",
        14,
        "“ENGL” stands where “;”, “or”, “and”, “but not” or the end is expected",
        "",
    );
    check(&"(".repeat(100_000), 22, "more levels are nested than are taken", "Split");
    assert_eq!("HIST".parse::<CourseSet>().unwrap_err().to_string(), "“HIST” has no number (character 1)");
}

fn words() -> impl Strategy<Value = Text> {
    "\\PC{1,12}".prop_filter_map("no text", |words| Text::new(&words).ok())
}

fn code() -> impl Strategy<Value = CourseCode> {
    "[A-Z]{2,4} [0-9]{1,4}[A-Z]?|[0-9]{2}-[0-9]{3}-[0-9]{3}|OR 1|THESIS|A 1 BC|BIOL 2401 L|HIST 1-2|A 1 TO 2|15 213|101A|21M\\.301"
        .prop_map(|code| code.parse().unwrap())
}

/// Any set at all, nested and in no particular form.
pub(crate) fn any_set() -> impl Strategy<Value = CourseSet> {
    let leaf = prop_oneof![
        Just(CourseSet::Every),
        proptest::collection::vec(code(), 0..4).prop_map(CourseSet::Listed),
        "[A-Z]{2,4}|10-152|ANY|A TO|[A-Z] [0-9]-[0-9]|A\"B".prop_map(CourseSet::Subject),
        (0..5_000_u32, 0..5_000_u32).prop_map(|(one, other)| CourseSet::Numbered(one.min(other), one.max(other))),
        words().prop_map(CourseSet::Attribute),
        words().prop_map(CourseSet::Outcome),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = proptest::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several.clone().prop_map(CourseSet::AnyOf),
            several.prop_map(CourseSet::AllOf),
            inner.prop_map(|set| CourseSet::Not(Box::new(set))),
        ]
    })
}

proptest! {
    #[test]
    fn any_set_reads_back_in_its_normal_form(set in any_set()) {
        let line = set.to_string();
        let read: CourseSet = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
        prop_assert_eq!(&read, &set.normal(), "{}", line);
        prop_assert_eq!(read.to_string(), line);
    }

    #[test]
    fn the_normal_form_holds_the_same_courses(set in any_set()) {
        for code in ["HIST 1301", "HIST 3301", "ANY 1", "10-152-101", "OR 1"] {
            prop_assert_eq!(holds(&set, code), holds(&set.normal(), code));
        }
    }

    #[test]
    fn no_line_makes_it_panic(line in "\\PC{0,60}") {
        let _read = line.parse::<CourseSet>();
    }
}
