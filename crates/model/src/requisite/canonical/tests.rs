//! Reading back what was written, for cases and for any tree at all.

use proptest::prelude::*;

use super::*;
use crate::Grade;

#[test]
fn a_line_has_one_form() {
    let check = |given: &str, expected: &str| {
        assert_eq!(given.parse::<Requisite>().unwrap().to_string(), expected, "{given}");
    };
    check("None", "none");
    check("itsy1300", "ITSY 1300");
    check("itsy 1300 [c-]", "ITSY 1300 [C-]");
    check("A 1 AND (B 2 or (C 3 or D 4))", "A 1 and (B 2 or C 3 or D 4)");
    check("((A 1))", "A 1");
    check("2 of (A 1, B 2 and C 3, D 4)", "2 of (A 1, B 2 and C 3, D 4)");
    check(r#"consent "the \"chair\"""#, r#"consent "the \"chair\"""#);
    check("course \"10 101\" [concurrent]", "course \"10 101\" [concurrent]");
}

#[test]
fn what_is_not_a_requisite_is_refused() {
    let check = |given: &str, expected: &str| {
        assert_eq!(given.parse::<Requisite>().unwrap_err().to_string(), expected, "{given}");
    };
    check("", "“the end” stands where a course code, a condition or a parenthesis is expected");
    check("A 1 and B 2 or C 3", "“and” and “or” stand side by side; put parentheses round one of them");
    check("none and A 1", "“none” stands where a course code, a condition or a parenthesis is expected");
    check("(A 1", "“the end” stands where a closing parenthesis is expected");
    check("consent chair", "“chair” stands where a text in quotation marks is expected");
    check("A 1 [better]", "“better” stands where a grade, “concurrent” or “concurrent allowed” is expected");
    check("3 of (A 1, B 2)", "3 of 2 parts cannot be asked for");
    check(&"(".repeat(100_000), "the requisite has more parts or levels than are taken");
}

fn course() -> impl Strategy<Value = Requisite> {
    let when = [RequiredWhen::Before, RequiredWhen::BeforeOrWith, RequiredWhen::With];
    let grade = proptest::option::of(proptest::sample::select(&Grade::ALL[..]));
    ("[A-Z]{2,4} [0-9]{1,4}[A-Z]?|[0-9]{2}-[0-9]{3}-[0-9]{3}|OR 1|NONE|TEXT AND 3", grade, 0..3_usize).prop_map(
        move |(code, grade, at)| {
            Requisite::Course(RequiredCourse { code: code.parse().unwrap(), grade, when: when[at] })
        },
    )
}

fn words() -> impl Strategy<Value = Text> {
    "\\PC{1,30}".prop_filter_map("no text", |words| Text::new(&words).ok())
}

fn any_tree() -> impl Strategy<Value = Requisite> {
    let kind = proptest::sample::select(&ConditionKind::ALL[..]);
    let leaf = prop_oneof![
        course(),
        (kind, words()).prop_map(|(kind, words)| Requisite::Condition { kind, words }),
        words().prop_map(Requisite::NotUnderstood),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        (proptest::collection::vec(inner, 1..5), 0..3_u8).prop_filter_map("no tree", |(parts, how)| match how {
            0 => Requisite::all(parts).ok(),
            1 => Requisite::any(parts).ok(),
            _ => Requisite::at_least(1, parts).ok(),
        })
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(tree in any_tree()) {
        prop_assert_eq!(tree.to_string().parse::<Requisite>(), Ok(tree));
    }

    #[test]
    fn no_line_makes_it_panic(line in "\\PC{0,80}") {
        drop(line.parse::<Requisite>());
    }
}
