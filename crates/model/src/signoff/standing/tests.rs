//! The state machine, case by case. A story is written as words: `Ada:faculty` signs step by role, `<0` returns to step
//! 0, `<<` to the beginning, `reopen` reopens; `Cy/Ada:faculty` is Cy signing for Ada.

use jiff::Timestamp;
use jiff::civil::Date;

use super::*;
use crate::{SignoffPlan, SignoffStep, Text};

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

fn person(name: &str) -> Person {
    Person(text(name))
}

fn today() -> Date {
    "2026-11-26".parse().unwrap()
}

/// Two faculty members, a dean, and the board's date.
fn signoff(several_steps: bool) -> Signoff {
    let step = |title: &str, role, quorum, asks| SignoffStep { title: text(title), roles: vec![role], quorum, asks };
    let steps = vec![
        step("Faculty", Role::FacultyReviewer, 2, StepAsks::Signature),
        step("Dean", Role::Dean, 1, StepAsks::Signature),
        step("Board", Role::Dean, 1, StepAsks::Date),
    ];
    let crosswalk = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
    Signoff {
        id: Signoff::identify(&crosswalk, 1),
        crosswalk,
        number: 1,
        revision: 1,
        digest: "d".to_owned(),
        plan: SignoffPlan::new(steps, several_steps).unwrap(),
        begun: Timestamp::UNIX_EPOCH,
        by: person("Lee"),
        entries: Vec::new(),
    }
}

fn signature(words: &str, turn: usize) -> (Person, Signature) {
    let (who, role) = words.split_once(':').unwrap();
    let (hand, behalf) = who.split_once('/').map_or((who, None), |(hand, behalf)| (hand, Some(behalf)));
    let (role, date) = match role {
        "faculty" => (Role::FacultyReviewer, None),
        "dean" => (Role::Dean, None),
        board => (Role::Dean, Some(board.parse().unwrap())),
    };
    let on_behalf_of = behalf.map(person);
    let signature =
        Signature { step: turn, role, on_behalf_of, account: None, digest: "d".to_owned(), date, note: None };
    (person(hand), signature)
}

/// Does one thing, if it may be done.
fn act(signoff: &mut Signoff, word: &str) -> Result<(), SignoffRefusal> {
    let (who, act) = if word == "reopen" {
        signoff.may_reopen()?;
        (person("Lee"), SignoffAct::Reopened { reason: text("new outcomes") })
    } else if let Some(to) = word.strip_prefix('<') {
        let to = to.parse().ok();
        signoff.may_return(to)?;
        (person("Lee"), SignoffAct::Returned { to, reason: text("credits") })
    } else {
        let turn = match signoff.standing().state {
            SignoffState::Running(turn) => turn,
            _ => 0,
        };
        let (who, signature) = signature(word, turn);
        signoff.may_sign(&who, &signature, today())?;
        (who, SignoffAct::Signed(signature))
    };
    signoff.entries.push(SignoffEntry { at: Timestamp::UNIX_EPOCH, person: who, act });
    Ok(())
}

#[track_caller]
fn check(story: &str, expected: Result<SignoffState, SignoffRefusal>) {
    check_with(signoff(false), story, expected);
}

#[track_caller]
fn check_with(mut signoff: Signoff, story: &str, expected: Result<SignoffState, SignoffRefusal>) {
    let mut words = story.split_whitespace().peekable();
    while let Some(word) = words.next() {
        match act(&mut signoff, word) {
            Ok(()) => {}
            Err(refusal) => {
                assert_eq!(words.peek(), None, "{story}: {word} was refused: {refusal}");
                assert_eq!(Err(refusal), expected, "{story}");
                return;
            }
        }
    }
    assert_eq!(Ok(signoff.standing().state), expected, "{story}");
}

const FACULTY: &str = "Ada:faculty Ben:faculty";
const WHOLE: &str = "Ada:faculty Ben:faculty Dee:dean Dee:2026-11-20";

#[test]
fn it_goes_from_step_to_step_as_quorums_are_met() {
    check("", Ok(SignoffState::Running(0)));
    check("Ada:faculty", Ok(SignoffState::Running(0)));
    check(FACULTY, Ok(SignoffState::Running(1)));
    check(&format!("{FACULTY} Dee:dean"), Ok(SignoffState::Running(2)));
    check(WHOLE, Ok(SignoffState::Approved));
    check(&format!("{WHOLE} reopen"), Ok(SignoffState::Reopened));
}

#[test]
fn what_may_not_be_signed() {
    let twice = |name: &str| Err(SignoffRefusal::Twice(name.to_owned()));
    check("Ada:faculty Ada:faculty", twice("Ada"));
    check("Ada:faculty Cy/Ada:faculty", twice("Ada"));
    check("Cy/Ada:faculty Cy:faculty", twice("Cy"));
    check("Ada:dean", Err(SignoffRefusal::Role("Faculty reviewer".to_owned())));
    check(&format!("{WHOLE} Eve:dean"), Err(SignoffRefusal::NotRunning));
    let other = SignoffRefusal::OtherStep { person: "Ada".to_owned(), step: "Faculty".to_owned() };
    check(&format!("{FACULTY} Ada:dean"), Err(other.clone()));
    check(&format!("{FACULTY} Ada/Dee:dean"), Err(other));
    check_with(signoff(true), &format!("{FACULTY} Ada:dean"), Ok(SignoffState::Running(2)));
}

#[test]
fn a_date_is_entered_where_one_is_asked_for() {
    check("Ada:2026-11-20", Err(SignoffRefusal::Role("Faculty reviewer".to_owned())));
    check(&format!("{FACULTY} Dee:2026-11-20"), Err(SignoffRefusal::UnwantedDate));
    check(&format!("{FACULTY} Dee:dean Dee:dean"), Err(SignoffRefusal::NoDate));
    let to_come = SignoffRefusal::DateToCome("2026-11-27".parse().unwrap());
    check(&format!("{FACULTY} Dee:dean Dee:2026-11-27"), Err(to_come));
    check(&format!("{FACULTY} Dee:dean Dee:2026-11-26"), Ok(SignoffState::Approved));
}

#[test]
fn only_what_was_read_is_signed_and_only_in_its_turn() {
    let one = signoff(false);
    let (who, signature) = signature("Ada:faculty", 0);
    let with = |digest: &str, step| Signature { digest: digest.to_owned(), step, ..signature.clone() };
    assert_eq!(one.may_sign(&who, &with("e", 0), today()), Err(SignoffRefusal::Stale));
    assert_eq!(one.may_sign(&who, &with("d", 1), today()), Err(SignoffRefusal::NotItsTurn));
    assert_eq!(one.may_sign(&who, &with("d", 0), today()), Ok(()));
}

#[test]
fn a_return_makes_later_signatures_void_and_keeps_them() {
    check("Ada:faculty <0", Err(SignoffRefusal::NotEarlier));
    check(&format!("{FACULTY} <0"), Ok(SignoffState::Running(0)));
    check(&format!("{FACULTY} <1"), Err(SignoffRefusal::NotEarlier));
    check(&format!("{FACULTY} Dee:dean <1"), Ok(SignoffState::Running(1)));
    check(&format!("{FACULTY} Dee:dean <0 {FACULTY} Dee:dean"), Ok(SignoffState::Running(2)));
    check(&format!("{FACULTY} <<"), Ok(SignoffState::Returned));
    check("<<", Ok(SignoffState::Returned));
    check(&format!("{FACULTY} << Ada:faculty"), Err(SignoffRefusal::NotRunning));
    check(&format!("{WHOLE} <<"), Err(SignoffRefusal::NotRunning));

    let mut one = signoff(false);
    for word in format!("{FACULTY} Dee:dean <1").split_whitespace() {
        act(&mut one, word).unwrap();
    }
    let standing = one.standing();
    assert_eq!((&standing.steps[0].signed[..], &standing.steps[0].void[..]), (&[0, 1][..], &[][..]));
    assert_eq!((&standing.steps[1].signed[..], &standing.steps[1].void[..]), (&[][..], &[2][..]));
    assert_eq!(one.entries.len(), 4, "nothing is taken out");
}

#[test]
fn only_what_was_approved_is_reopened_and_once() {
    check("reopen", Err(SignoffRefusal::NotApproved));
    check("<< reopen", Err(SignoffRefusal::NotApproved));
    check(&format!("{WHOLE} reopen reopen"), Err(SignoffRefusal::NotApproved));
    for (state, fast) in [
        (SignoffState::Running(0), true),
        (SignoffState::Approved, true),
        (SignoffState::Reopened, false),
        (SignoffState::Returned, false),
    ] {
        assert_eq!(state.holds_fast(), fast, "{state:?}");
    }
}
