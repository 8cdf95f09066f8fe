//! What may be chosen and what may not, as cases.

use proptest::prelude::*;

use super::*;

const CONTEXT: &[&str] = &["Ada Okonkwo-Lind", "a.okonkwo@cedarvalley.example", "Cedar Valley College"];

fn checked(password: &str) -> Result<(), PolicyError> {
    check(password, PasswordUse::WithSecondFactor, CONTEXT)
}

#[test]
fn good_ones_are_taken() {
    for password in [
        "otter kayak 17 teapots",
        "vivid-quartz-lemma",
        "j7KpQ2mXw9Tz",
        "Kein Mensch muß müssen",
        "我家的貓每天早上五點叫我起床",
        "dragon monkey shadow master",
        "my credway password is moss",
        "Ada fed eleven geese",
        "correct rhubarb lantern tram",
        "🦦🛶🫖🧭🪁🧶🪵🧊🌵🪨🪐🍵",
        &"otter kayak teapot moss ".repeat(4),
    ] {
        assert_eq!(checked(password), Ok(()), "{password}");
    }
}

#[test]
fn common_ones_are_refused() {
    for password in [
        "password1234",
        "Password2026!",
        "P@ssw0rd1234",
        "p.a.s.s.w.o.r.d",
        "passwordpassword",
        "123456789012",
        "098765432109",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "zaq12wsxzaq12wsx",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijklmnop",
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple1",
        "Summer2026Summer2026",
        "iloveyou12345",
        "dragonmonkeyshadow",
        "letmeinplease!",
        "!!!!!!!!!!!!!!!!",
        "            ",
        "ｐａｓｓｗｏｒｄ１２３４",
    ] {
        assert_eq!(checked(password), Err(PolicyError::Common), "{password}");
    }
}

#[test]
fn words_about_the_person_are_refused() {
    for password in [
        "OkonkwoLind1987",
        "adaokonkwolind",
        "ada.okonkwo-lind!",
        "cedarvalley2026",
        "Cedar Valley College",
        "c3darvall3y!!",
        "credwaycredway",
        "Credway@Cedar1",
        "a.okonkwo@cedarvalley",
    ] {
        assert_eq!(checked(password), Err(PolicyError::AboutYou), "{password}");
    }
    assert_eq!(check("OkonkwoLind1987", PasswordUse::Alone, &["Bo Nyström", "bo@x.example"]), Ok(()));
}

#[test]
fn length_is_counted_in_characters_after_composing() {
    let fifteen = "otter kayak mos";
    assert_eq!(check(fifteen, PasswordUse::Alone, &[]), Ok(()));
    assert_eq!(check(&fifteen[1..], PasswordUse::Alone, &[]), Err(PolicyError::TooShort { fewest: 15 }));
    assert_eq!(check(&fifteen[3..], PasswordUse::WithSecondFactor, &[]), Ok(()));
    assert_eq!(check(&fifteen[4..], PasswordUse::WithSecondFactor, &[]), Err(PolicyError::TooShort { fewest: 12 }));
    // Eleven characters, of which each is written as two.
    let accents: String = "xqvhjzkwpty".chars().flat_map(|letter| [letter, '\u{301}']).collect();
    assert_eq!(checked(&"e\u{301}".repeat(11)), Err(PolicyError::TooShort { fewest: 12 }));
    assert_eq!(checked(&accents), Ok(()), "marks that do not compose are characters of their own");
    let long: String = ('a'..='z').cycle().step_by(7).take(257).collect();
    assert_eq!(checked(&long), Err(PolicyError::TooLong));
    assert_eq!(checked(&"x".repeat(5_000_000)), Err(PolicyError::TooLong));
    assert_eq!(checked("otter kayak\nteapots"), Err(PolicyError::Control));
}

#[test]
fn errors_say_what_to_do_and_repeat_nothing() {
    let error = checked("cedarvalley2026").unwrap_err().to_string();
    assert!(error.contains("add words") && !error.to_lowercase().contains("cedar"), "{error}");
    assert!(PolicyError::TooShort { fewest: 15 }.to_string().contains("at least 15 characters"));
}

proptest! {
    /// Nothing drawn at random is refused: the chance that it should be is under one in a million.
    #[test]
    fn random_ones_are_taken(password in "[a-z0-9]{14}") {
        prop_assert_eq!(checked(&password), Ok(()));
    }

    /// Whatever somebody types, the check ends and its verdict does not depend on case.
    #[test]
    fn any_text_is_judged(password in "[ -~]{0,40}") {
        prop_assert_eq!(checked(&password), checked(&password.to_ascii_uppercase()));
    }

    /// A listed word with up to four other characters at its end is refused.
    #[test]
    fn a_word_with_an_ending_is_refused(at in 0..common_passwords::words().count(), end in "[0-9!?.]{4}") {
        let word = common_passwords::words().nth(at).unwrap();
        let password = format!("{word}{end}");
        prop_assume!(password.len() >= 12);
        prop_assert_eq!(checked(&password), Err(PolicyError::Common));
    }
}
