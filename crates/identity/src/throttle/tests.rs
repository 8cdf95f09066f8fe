//! Guessers and people before a small table of counters, kept as the caller would keep it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// The table and the clock.
struct Door {
    kept: BTreeMap<String, Failures>,
    now: Timestamp,
}

impl Door {
    fn new() -> Self {
        Self { kept: BTreeMap::new(), now: Timestamp::from_second(1_800_000_000).unwrap() }
    }

    fn pass(&mut self, seconds: i64) {
        self.now = self.now.saturating_add(SignedDuration::from_secs(seconds)).unwrap();
    }

    fn read(&self, counters: &[Counter]) -> Vec<Failures> {
        counters.iter().filter_map(|counter| self.kept.get(&counter.key()).copied()).collect()
    }

    /// The seconds to wait, or nothing where the attempt was made.
    fn attempt(&mut self, attempt: &Attempt, is_right: bool) -> Option<i64> {
        if let Some(until) = waits_until(&self.read(&attempt.asked()), self.now) {
            return Some(until.duration_since(self.now).as_secs());
        }
        for counter in attempt.counted() {
            let more = Failures::one_more(self.kept.get(&counter.key()).copied(), &counter, self.now);
            self.kept.insert(counter.key(), more);
        }
        if is_right {
            for counter in attempt.forgiven() {
                self.kept.remove(&counter.key());
            }
            let source = attempt.of_source();
            if let Some(failures) = self.kept.get_mut(&source.key()) {
                *failures = failures.one_less(&source);
            }
        }
        None
    }
}

fn from(name: &str, device: Option<&str>, address: &str) -> Attempt {
    Attempt::new(name, device.map(secret::digest), address.parse().unwrap())
}

#[test]
fn waits_double_up_to_a_quarter_of_an_hour() {
    let waits: Vec<Option<i64>> = (1..=16).map(|count| wait(count, 5).map(|wait| wait.as_secs())).collect();
    let expected = [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900];
    assert_eq!(waits, expected.map(|seconds| (seconds > 0).then_some(seconds)));
    for count in [35, 36, 37, 69, 70, u32::MAX] {
        assert_eq!(wait(count, 5), Some(LONGEST_WAIT), "{count}");
    }
}

#[test]
fn a_guesser_waits_and_the_person_on_their_device_does_not() {
    let mut door = Door::new();
    for at in 0..200_i64 {
        let guess = from("ada@cedar.example", None, &format!("203.0.113.{at}"));
        door.attempt(&guess, false);
        door.pass(1);
    }
    assert!(door.attempt(&from("ada@cedar.example", None, "198.51.100.1"), true).is_some(), "unknown devices wait");
    assert_eq!(
        door.attempt(&from(" ADA@Cedar.example", Some("cookie"), "203.0.113.7"), false),
        None,
        "known ones do not"
    );
    assert_eq!(door.attempt(&from("ada@cedar.example", Some("cookie"), "203.0.113.7"), true), None);
    assert_eq!(door.attempt(&from("bo@cedar.example", None, "198.51.100.1"), true), None, "nor do other accounts");
    // What the person did on their device did not help the guesser.
    assert!(door.attempt(&from("ada@cedar.example", None, "198.51.100.1"), true).is_some());
}

#[test]
fn a_guesser_behind_the_same_address_does_not_lock_a_known_device_out() {
    let mut door = Door::new();
    for at in 0..500 {
        door.attempt(&from(&format!("nobody{at}"), None, "192.0.2.1"), false);
    }
    assert_eq!(door.attempt(&from("ada", None, "192.0.2.1"), true), Some(5), "the address is over its limit");
    assert_eq!(door.attempt(&from("ada", Some("cookie"), "192.0.2.1"), true), None);
    assert_eq!(door.attempt(&from("ada", None, "192.0.2.2"), true), None);
}

#[test]
fn a_known_device_that_guesses_waits_alone() {
    let mut door = Door::new();
    let (stolen, other) = (from("ada", Some("stolen"), "192.0.2.1"), from("ada", Some("other"), "192.0.2.1"));
    for _ in 0..5 {
        assert_eq!(door.attempt(&stolen, false), None);
    }
    assert_eq!(door.attempt(&stolen, true), Some(5));
    assert_eq!(door.attempt(&other, true), None);
    assert_eq!(door.attempt(&from("ada", None, "192.0.2.1"), true), None);
    door.pass(5);
    assert_eq!(door.attempt(&stolen, true), None, "after the wait the right answer is taken");
    assert_eq!(door.attempt(&stolen, false), None, "and all is forgiven");
}

#[test]
fn an_account_of_ones_own_does_not_empty_the_addresss_counter() {
    let mut door = Door::new();
    for at in 0..50 {
        assert_eq!(door.attempt(&from(&format!("nobody{at}"), None, "192.0.2.1"), false), None, "{at}");
        door.attempt(&from("guesser", Some("cookie"), "192.0.2.1"), true);
    }
    assert!(door.attempt(&from("nobody", None, "192.0.2.1"), false).is_some());
}

#[test]
fn a_campus_of_people_who_are_right_is_never_slowed() {
    let mut door = Door::new();
    for at in 0..5_000 {
        assert_eq!(door.attempt(&from(&format!("person{at}"), None, "192.0.2.1"), true), None, "{at}");
    }
}

#[test]
fn failures_are_forgotten_one_by_one() {
    let mut door = Door::new();
    let attempt = from("ada", None, "192.0.2.1");
    for _ in 0..30 {
        assert_eq!(door.attempt(&attempt, false), None);
        door.pass(900);
    }
    let counter = &attempt.asked()[0];
    let kept = door.kept[&counter.key()];
    assert_eq!(kept.count, 30 - 29 / 4, "thirty in seven and a half hours");
    for (hours, left) in [(0, 23), (1, 22), (10, 13), (22, 1), (23, 0), (100, 0)] {
        let then = kept.since.saturating_add(SignedDuration::from_hours(hours)).unwrap();
        assert_eq!(kept.left(counter, then).0, left, "{hours}");
        assert_eq!(kept.is_forgotten(counter, then), left == 0);
        assert_eq!(Failures::one_more(Some(kept), counter, then).count, left + 1);
    }
}

#[test]
fn a_campus_that_mistypes_all_day_is_not_slowed() {
    let mut door = Door::new();
    // A sign-in every four seconds, of which one in sixteen goes wrong the first time.
    for at in 0..20_000 {
        let person = from(&format!("person{at}"), None, "192.0.2.1");
        if at % 16 == 0 {
            assert_eq!(door.attempt(&person, false), None, "{at}");
        }
        assert_eq!(door.attempt(&person, true), None, "{at}");
        door.pass(4);
    }
}

#[test]
fn a_clock_set_back_makes_nobody_wait_longer() {
    let mut door = Door::new();
    let attempt = from("ada", None, "192.0.2.1");
    for _ in 0..40 {
        door.attempt(&attempt, false);
        door.pass(1000);
    }
    door.pass(-365 * 24 * 3600);
    assert_eq!(door.attempt(&attempt, true), Some(900));
}

#[test]
fn keys_hold_nothing_in_clear_and_addresses_go_by_subscriber() {
    let key = |address: &str| from("ada", None, address).of_source().key();
    assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2::1"));
    assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    for counter in from("ada@cedar.example", Some("cookie"), "192.0.2.1").counted() {
        let key = counter.key();
        assert!(key.len() <= 140 && !key.contains("ada") && !key.contains("cookie") && !key.contains("192"), "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However guesses are spread over time, no more than the free ones and one a quarter of an hour, with the short
    /// waits at the beginning, are ever checked.
    #[test]
    fn guesses_a_day_are_few(pauses in proptest::collection::vec(0_i64..1200, 400)) {
        let mut door = Door::new();
        let begins = door.now;
        let mut checked = 0_i64;
        for pause in pauses {
            checked += i64::from(door.attempt(&from("ada", None, "192.0.2.1"), false).is_none());
            door.pass(pause);
        }
        let quarters = door.now.duration_since(begins).as_secs() / 900;
        prop_assert!(checked <= 13 + quarters + 1, "{checked} in {quarters} quarters of an hour");
    }
}
