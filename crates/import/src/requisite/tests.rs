//! Texts in our own words, with the tree that a registrar would write.

use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: &str) {
    let reading = read_requisite(text, false);
    let got = reading.tree.map(|tree| tree.to_string()).unwrap_or_default();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn courses_are_joined_as_the_words_say() {
    check("None.", "none");
    check("N/A", "none");
    check("TIDE 1300", "TIDE 1300");
    check("TIDE1300.", "TIDE 1300");
    check("Prerequisite: TIDE 1300.", "TIDE 1300");
    check("TIDE 1300, KNOT 1314", "TIDE 1300 and KNOT 1314");
    check("TIDE 1300, KNOT 1314, and BUOY 1301.", "TIDE 1300 and KNOT 1314 and BUOY 1301");
    check("TIDE 1300, KNOT 1314, or BUOY 1301.", "TIDE 1300 or KNOT 1314 or BUOY 1301");
    check("KNOT 1314, 1324 or 2413", "KNOT 1314 or KNOT 1324 or KNOT 2413");
    check("TIDE 1301/1101", "TIDE 1301 or TIDE 1101");
    check("TIDE 1301 /TIDE 1101", "TIDE 1301 or TIDE 1101");
    check("TIDE 1300; KNOT 1314 or KNOT 1324", "TIDE 1300 and (KNOT 1314 or KNOT 1324)");
    check("TIDE 1300; or KNOT 1314", "TIDE 1300 or KNOT 1314");
    check("TIDE 1300 or KNOT 1314, and BUOY 1301", "(TIDE 1300 or KNOT 1314) and BUOY 1301");
    check("TIDE 1300 and either KNOT 1314 or KNOT 1324", "TIDE 1300 and (KNOT 1314 or KNOT 1324)");
    check("TIDE 1300 and (KNOT 1314 or BUOY 1301)", "TIDE 1300 and (KNOT 1314 or BUOY 1301)");
    check("TIDE 1300 and/or KNOT 1314", "TIDE 1300 or KNOT 1314");
    check("two of the following: TIDE 1300, KNOT 1314, BUOY 1301", "2 of (TIDE 1300, KNOT 1314, BUOY 1301)");
    check("One of the following: TIDE 1300, KNOT 1314.", "TIDE 1300 or KNOT 1314");
    check("TIDE 4350 (formerly OARS 4350)", "TIDE 4350");
    check("TIDE 1332 : Fundamentals of Tides.", "TIDE 1332");
}

#[test]
fn grades_and_times_belong_to_their_courses() {
    check("TIDE 1300 with a grade of C or better", "TIDE 1300 [C]");
    check("TIDE 1300 with a C- or higher", "TIDE 1300 [C-]");
    check("TIDE 1300 (C or better)", "TIDE 1300 [C]");
    check("Minimum grade of C- in TIDE 1300", "TIDE 1300 [C-]");
    check("B or better in TIDE 1300", "TIDE 1300 [B]");
    check(
        "Grade of C or better in TIDE 1300, KNOT 1314, and BUOY 1301",
        "TIDE 1300 [C] and KNOT 1314 [C] and BUOY 1301 [C]",
    );
    check(
        "TIDE 1300 or KNOT 1314; all prerequisites must be completed with C- or higher.",
        "TIDE 1300 [C-] or KNOT 1314 [C-]",
    );
    check("TIDE 1300, or equivalent, with a minimum grade of C", "TIDE 1300 [C] or equivalent \"equivalent\"");
    check("Credit for or concurrent enrollment in TIDE 1300.", "TIDE 1300 [concurrent allowed]");
    check(
        "KNOT 1314 and credit for or concurrent enrollment in TIDE 1300.",
        "KNOT 1314 and TIDE 1300 [concurrent allowed]",
    );
    check("Concurrent enrollment in TIDE 1300.", "TIDE 1300 [concurrent]");
    check("TIDE 1300 (may be taken concurrently)", "TIDE 1300 [concurrent allowed]");
    check("TIDE 1300 or concurrent enrollment", "TIDE 1300 [concurrent allowed]");
    check("C- or better or concurrent enrollment in TIDE 1300", "TIDE 1300 [C-, concurrent allowed]");
    check(
        "C- or better in TIDE 1300 and concurrent enrollment in KNOT 1314",
        "TIDE 1300 [C-] and KNOT 1314 [concurrent]",
    );
    let corequisite = read_requisite("TIDE 1300.", true).tree.unwrap();
    assert_eq!(corequisite.to_string(), "TIDE 1300 [concurrent]");
}

#[test]
fn conditions_keep_their_words() {
    check("Consent of instructor.", "consent \"Consent of instructor\"");
    check("TIDE 1300 or consent of the harbor master", "TIDE 1300 or consent \"consent of the harbor master\"");
    check(
        "Approval of department chair or program director",
        "consent \"Approval of department chair or program director\"",
    );
    check("Graduate standing.", "standing \"Graduate standing\"");
    check("Junior or senior standing", "standing \"Junior or senior standing\"");
    check("Junior standing and TIDE 1300 or KNOT 1314", "standing \"Junior standing\" and (TIDE 1300 or KNOT 1314)");
    check(
        "TIDE 1300 and KNOT 1314 or consent of instructor",
        "(TIDE 1300 and KNOT 1314) or consent \"consent of instructor\"",
    );
    check("Admission to the pilot program", "admission \"Admission to the pilot program\"");
    check("Nine semester hours in navigation", "credits \"Nine semester hours in navigation\"");
    check("A satisfactory score on the knot exam", "placement \"A satisfactory score on the knot exam\"");
    check("TIDE 1300; KNOT 1314 recommended", "TIDE 1300 and advice \"KNOT 1314 recommended\"");
    check("Reading knowledge of charts", "knowledge \"Reading knowledge of charts\"");
    check("TIDE 1300 or equivalent", "TIDE 1300 or equivalent \"equivalent\"");
}

#[test]
fn a_grade_stays_with_what_it_is_said_of() {
    check(
        "TIDE 1300 or placement by the harbor test with a grade of C",
        "TIDE 1300 or placement \"placement by the harbor test with a grade of C\"",
    );
    check(
        "Three hours in navigation courses (with a grade of C- or better)",
        "credits \"Three hours in navigation courses (with a grade of C- or better)\"",
    );
    check("Grade of B or better in high school algebra", "knowledge \"Grade of B or better in high school algebra\"");
    check("(C- or better in TIDE 1300 and KNOT 1314)", "TIDE 1300 [C-] and KNOT 1314 [C-]");
    check("C or better in (TIDE 1300 or KNOT 1314)", "TIDE 1300 [C] or KNOT 1314 [C]");
    check("(TIDE 1300 or KNOT 1314) with a grade of C or better", "TIDE 1300 [C] or KNOT 1314 [C]");
    check("C or better in all of the following: TIDE 1300, KNOT 1314", "TIDE 1300 [C] and KNOT 1314 [C]");
    check("(TIDE 1300 or equivalent) and KNOT 1314", "(TIDE 1300 or equivalent \"equivalent\") and KNOT 1314");
    check("(TIDE 1300 with a grade of C or better) and KNOT 1314", "TIDE 1300 [C] and KNOT 1314");
    check(
        "Junior standing; all prerequisites must be completed with C- or higher.",
        "standing \"Junior standing\" and text \"all prerequisites must be completed with C- or higher\"",
    );
    check("Concurrent enrollment in a sailing course", "credits \"Concurrent enrollment in a sailing course\"");
}

#[test]
fn no_words_hide_a_course() {
    check("TIDE 1302 (or Core Harbor Science)", "TIDE 1302 or credits \"Core Harbor Science\"");
    check(
        "KNOT 1314 and TIDE 1302 (or consent of instructor)",
        "KNOT 1314 and (TIDE 1302 or consent \"consent of instructor\")",
    );
    check(
        "KNOT 1314, TIDE 1302 (or BUOY 1301 and BUOY 1302), OARS 1301",
        "KNOT 1314 and (TIDE 1302 or (BUOY 1301 and BUOY 1302)) and OARS 1301",
    );
    check("TIDE 1302 (or a year at sea)", "TIDE 1302 or text \"a year at sea\"");
    check("TIDE 1302 (and TIDE 1102)", "TIDE 1302 and TIDE 1102");
    check("TIDE 1302 in the previous semester", "text \"TIDE 1302 in the previous semester\"");
    check("Two semesters of TIDE 1302", "credits \"Two semesters of TIDE 1302\"");
    check(
        "One of the following three courses: TIDE 1302, KNOT 1314, or BUOY 1301",
        "TIDE 1302 or KNOT 1314 or BUOY 1301",
    );
}

#[test]
fn nothing_is_invented() {
    check("A boat of your own", "text \"A boat of your own\"");
    check("TIDE 1300 and a boat", "TIDE 1300 and text \"a boat\"");
    check("Not open to students with credit for TIDE 1300", "text \"Not open to students with credit for TIDE 1300\"");
    check("TIDE 1300 unless waived", "text \"TIDE 1300 unless waived\"");
    check("TIDE 1300 for pilots", "text \"TIDE 1300 for pilots\"");
    check("Pilot majors: TIDE 1300", "text \"Pilot majors: TIDE 1300\"");
    check("Six hours from TIDE 1300, KNOT 1314", "text \"Six hours from TIDE 1300, KNOT 1314\"");
}

#[test]
fn a_description_behind_the_requisites_is_set_apart() {
    let reading =
        read_requisite("TIDE 1300 or consent of instructor. How boats, ropes and PIER 2 weather storms.", false);
    assert_eq!(reading.tree.unwrap().to_string(), "TIDE 1300 or consent \"consent of instructor\"");
    assert_eq!(reading.prose.unwrap(), "How boats, ropes and PIER 2 weather storms.");
    let reading = read_requisite(
        "Graduate standing. TIDE 6305 Mathematics for Harbors is about waves and their many shores.",
        false,
    );
    assert!(!reading.tree.unwrap().to_string().contains("and TIDE 6305"), "the head of a description is no course");
    let reading = read_requisite("None. Corequisite work in the harbor is described here.", false);
    assert!(
        reading.tree.unwrap().to_string().starts_with("text "),
        "a sentence that speaks of requisites stays as text"
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_said() {
    let check = |text: &str, ambiguous: bool, expected: &str| {
        let reading = read_requisite(text, false);
        assert_eq!((reading.ambiguous, reading.tree.unwrap().to_string().as_str()), (ambiguous, expected), "{text}");
    };
    check("TIDE 1 and KNOT 1 or BUOY 1", false, "text \"TIDE 1 and KNOT 1 or BUOY 1\"");
    check("TIDE 100 and KNOT 100 or BUOY 100", true, "(TIDE 100 and KNOT 100) or BUOY 100");
    check("TIDE 100 and KNOT 100 or KNOT 101", true, "TIDE 100 and (KNOT 100 or KNOT 101)");
    check("TIDE 100 , and KNOT 100 or KNOT 101", false, "TIDE 100 and (KNOT 100 or KNOT 101)");
    check(
        "TIDE 100, KNOT 100, or consent of instructor",
        true,
        "(TIDE 100 and KNOT 100) or consent \"consent of instructor\"",
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        drop(read_requisite(&text, false));
    }

    #[test]
    fn no_requisite_words_make_it_panic(words in proptest::collection::vec("TIDE 1300|1314|and|or|,|;|\\(|\\)|/|:|or equivalent|with a grade of C-|in|either|both|two of the following|credit for or concurrent enrollment in|consent|\\.|é|None", 0..60)) {
        let reading = read_requisite(&words.join(" "), true);
        if let Some(tree) = reading.tree {
            prop_assert_eq!(tree.to_string().parse::<Requisite>(), Ok(tree));
        }
    }
}
