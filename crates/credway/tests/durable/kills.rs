//! The program is killed (SIGKILL) at random moments of an import, a decision, a backup, a restore and the opening of an
//! older database. After each: the database opens, the doctor finds it well, every decision whose command had ended is
//! there, and an import is there whole or not at all.
//!
//! `CREDWAY_KILLS` says how often (24 when absent), `CREDWAY_SEED` with which random numbers.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::college::{College, PAIR, on_pair, program};
use crate::released;

/// Courses of each import.
const COURSES: usize = 400;

/// Random numbers from a seed (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % end
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|given| given.parse().ok()).unwrap_or(otherwise)
}

/// What is going on when the program is killed.
struct Story {
    college: College,
    random: Random,
    /// Reasons of the decisions whose commands ended well.
    said: BTreeSet<String>,
    /// Courses before the first import.
    before: usize,
    /// How many runs were killed in the middle, and how many had ended before.
    killed: usize,
    ended: usize,
}

impl Story {
    fn start(&self, words: &[&str]) -> Child {
        let mut command = program(&self.college.path(""));
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// Runs a command and kills it after some time of up to `most`; whether it had ended well before.
    fn kill(&mut self, words: &[&str], most: Duration) -> bool {
        let mut child = self.start(words);
        let wait = self.random.below(u64::try_from(most.as_micros()).unwrap());
        std::thread::sleep(Duration::from_micros(wait));
        let ended = child.try_wait().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        if ended.is_some() {
            self.ended += 1
        } else {
            self.killed += 1
        }
        ended.is_some_and(|status| status.success())
    }

    fn decide(&mut self, round: u64, most: Duration) {
        let reason = format!("round-{round}");
        let objective = ["1.1", "1.2", "1.3", "2.1"][usize::try_from(self.random.below(4)).unwrap()];
        let words = ["--reject", "--reason", &reason];
        let on = on_pair(&["review"], &["--objective", objective, "--outcome", "ITSY 1300/O2"]);
        if self.kill(&[&on, &words[..]].concat(), most) {
            self.said.insert(reason);
        }
    }

    fn import(&mut self, round: u64, most: Duration) {
        let rows = (0..COURSES).map(|row| format!("KILL {}{row:03},Course {row} of round {round}\n", round % 9 + 1));
        let text =
            format!("code,title,catalogue_year\n{}", rows.collect::<String>().replace('\n', &format!(",R{round}\n")));
        self.college.file("rows.csv", text);
        self.kill(&["import", "courses", "rows.csv"], most);
        let _ = std::fs::remove_file(self.college.path("rows.csv"));
    }

    /// What must be true after a kill.
    fn check(&self, round: u64) {
        let doctor = self.college.run(&["doctor"]);
        assert_eq!(doctor.status, 0, "round {round}: {}{}", doctor.out, doctor.talk);
        let crosswalk = self.college.json(&[&["export", "crosswalk"], &PAIR[..]].concat(), 0).to_string();
        for reason in &self.said {
            assert!(crosswalk.contains(&format!("\"{reason}\"")), "round {round}: the decision {reason} is lost");
        }
        let brought = crate::courses(&self.college) - self.before;
        assert_eq!(brought % COURSES, 0, "round {round}: half an import is visible");
    }
}

/// How long a command takes here, so that kills fall into it wherever the test runs.
fn duration(story: &Story, words: &[&str]) -> Duration {
    let begun = Instant::now();
    story.start(words).wait().unwrap();
    begun.elapsed() + Duration::from_millis(20)
}

#[test]
fn nothing_said_to_be_done_is_lost_when_the_program_is_killed() {
    let college = College::begun();
    college.run(&on_pair(&["align"], &[])).ended(0);
    let random = Random(number("CREDWAY_SEED", 0x5eed_0001).max(1));
    let mut story =
        Story { before: crate::courses(&college), college, random, said: BTreeSet::new(), killed: 0, ended: 0 };
    let short = duration(&story, &["list", "courses"]) * 2;
    for round in 0..number("CREDWAY_KILLS", 24) {
        match story.random.below(5) {
            0 => story.import(round, short * 3),
            1 | 2 => story.decide(round, short),
            3 => {
                story.kill(&["backup", "a.credway"], short);
                restore(&mut story, short);
            }
            _ => older(&mut story, round, short),
        }
        story.check(round);
    }
    let parts: Vec<String> = story.college.files().into_iter().filter(|name| name.ends_with(".part")).collect();
    assert!(story.killed > 0, "no kill fell into a run: {} ended before", story.ended);
    // What a killed backup leaves is a file beside the archive, never half an archive.
    assert!(parts.len() <= story.killed, "{parts:?}");
}

/// A restore that is killed leaves a database without anything, or one with everything.
fn restore(story: &mut Story, most: Duration) {
    if !story.college.path("a.credway").exists() {
        return;
    }
    let new = ["--db", "sqlite:restored.db"];
    story.kill(&[&new, &["restore", "a.credway"][..]].concat(), most * 2);
    if story.college.path("restored.db").exists() {
        let again = story.college.run(&[&new, &["restore", "a.credway"][..]].concat());
        assert!(again.status == 0 || again.talk.contains("into an empty database only"), "{}", again.talk);
        story.college.run(&[&new, &["doctor"][..]].concat()).ended(0);
    }
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(story.college.path(&format!("restored.db{ending}")));
    }
}

/// An older database whose first opening is killed is the older one or the newer one, with every decision.
fn older(story: &mut Story, round: u64, most: Duration) {
    let name = format!("older-{round}.db");
    released::unpack(&story.college.path(&name));
    let address = format!("sqlite:{name}");
    story.kill(&["--db", &address, "list", "courses"], most);
    story.college.run(&["--db", &address, "doctor"]).ended(0);
    released::keeps_everything(&story.college, &address);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(story.college.path(&format!("{name}{ending}")));
    }
}
