//! Who reads what: data on standard output, talk on standard error, one document with `--json`, statuses, colour.

use std::process::Command;

use crate::college::{College, on_pair, sample_file};
use crate::json::members;

const ESCAPE: char = '\u{1b}';

#[test]
fn every_command_gives_one_document() {
    let college = College::sample();
    let commands: Vec<Vec<&str>> = vec![
        vec!["list", "programs"],
        vec!["list", "courses", "--search", "history", "--limit", "3"],
        vec!["list", "blueprints"],
        vec!["list", "credentials"],
        vec!["list", "crosswalks"],
        vec!["list", "findings"],
        vec!["list", "history"],
        vec!["list", "mappings"],
        vec!["doctor"],
        vec!["codes"],
        vec!["template", "courses"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["backup", "all.credway"],
        vec!["--db", "sqlite:copy.db", "restore", "all.credway"],
        vec!["--db", "sqlite:new.db", "new", "Harbor College"],
        vec!["collection", "Security", "--courses", "ITSY *"],
        on_pair(&["align"], &[]),
        on_pair(&["review"], &[]),
        on_pair(&["review"], &["--show", "disputed"]),
        on_pair(&["coverage"], &[]),
        vec!["export", "blueprint", "SY0-701"],
        vec!["export", "blueprint", "SY0-701", "--format", "csv"],
        vec!["export", "blueprint", "SY0-701", "--out", "b.json"],
        vec!["export", "courses", "Cybersecurity"],
        vec!["export", "outcomes", "Cybersecurity", "--out", "o.csv"],
        on_pair(&["export", "crosswalk"], &[]),
        on_pair(&["export", "crosswalk"], &["--out", "x.xlsx"]),
        on_pair(&["export", "crosswalk"], &["--out", "x.csv"]),
        on_pair(&["export", "crosswalk"], &["--out", "x.docx"]),
        on_pair(&["export", "coverage"], &[]),
        on_pair(&["export", "coverage"], &["--format", "html"]),
        on_pair(&["export", "coverage"], &["--out", "c.xlsx"]),
    ];
    for words in commands {
        let ran = college.run(&[&["--json"], words.as_slice()].concat());
        assert!(matches!(ran.status, 0 | 1), "{words:?}: {}", ran.talk);
        ran.json();
        let said = ran.talk.trim();
        assert!(said.is_empty(), "{words:?} talks: {said}");
    }
}

#[test]
fn a_failure_is_a_document_too() {
    let college = College::begun();
    let unaligned = on_pair(&["coverage"], &[]);
    let commands: [&[&str]; 9] = [
        &["--db", "sqlite:nowhere.db", "list", "programs"],
        &["--db", "nonsense", "list", "programs"],
        &["import", "nonsense", "x.csv"],
        &["import", "courses", "nowhere.csv"],
        &["list", "nonsense"],
        &["import"],
        &["coverage", "--program", "Welding", "--blueprint", "SY0-701"],
        &["restore", "nowhere.credway"],
        &unaligned,
    ];
    for words in commands {
        let ran = college.run(&[&["--json"], words].concat()).ended(2);
        let document = ran.json();
        members(&document, &["error"]);
        assert!(!document["error"].as_str().unwrap().contains('\n'), "{document}");
        assert!(!ran.talk.is_empty(), "{words:?} says it on standard error as well");
        let plain = college.run(words).ended(2);
        assert!(plain.out.is_empty(), "{words:?} without --json writes no data: {}", plain.out);
    }
}

#[test]
fn the_status_says_how_it_ended() {
    let college = College::begun();
    let good = sample_file("blueprint-ptce.csv");
    college.run(&["import", "blueprint", &good]).ended(0);
    let with_warnings = sample_file("credentials.csv");
    let ran = college.run(&["import", "credential", &with_warnings]).ended(1);
    assert!(ran.out.contains("8 created"), "warnings do not keep it from being written: {}", ran.out);
    college.run(&["import", "courses", "nowhere.csv"]).ended(2);
    college.run(&["--help"]).ended(0);
    college.run(&["--version"]).ended(0);
}

#[test]
fn findings_and_next_steps_are_talk() {
    let college = College::begun();
    let ran = college.run(&["import", "credential", &sample_file("credentials.csv")]).ended(1);
    assert!(ran.talk.contains("credential.type-completion") && ran.talk.contains("Next: credway "), "{}", ran.talk);
    assert!(!ran.out.contains("credential.type-completion") && !ran.out.contains("Next:"), "{}", ran.out);
}

#[test]
fn colour_never_goes_into_a_pipe() {
    let college = College::sample();
    for words in [on_pair(&["coverage"], &[]), vec!["list", "findings"], vec!["doctor"], vec!["nonsense"]] {
        let ran = college.run(&words);
        assert!(!ran.out.contains(ESCAPE) && !ran.talk.contains(ESCAPE), "{words:?}");
    }
}

/// Runs the coverage in a terminal, which `script` plays.
fn in_terminal(college: &College, option: &str, variables: &[(&str, &str)]) -> String {
    let line =
        format!("{} {option} coverage --program Cybersecurity --blueprint SY0-701", env!("CARGO_BIN_EXE_credway"));
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    command.current_dir(college.path("")).env_remove("NO_COLOR").env_remove("CREDWAY_DB").env("TERM", "xterm");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let plays = Command::new("script")
        .arg("--version")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux"));
    if !plays {
        eprintln!("skipped: no `script` of util-linux to play a terminal");
        return;
    }
    let college = College::sample();
    assert!(in_terminal(&college, "", &[]).contains(ESCAPE));
    assert!(!in_terminal(&college, "--no-color", &[]).contains(ESCAPE));
    assert!(!in_terminal(&college, "", &[("NO_COLOR", "1")]).contains(ESCAPE));
}

#[test]
fn completions_for_every_shell_and_the_man_page_come_out() {
    let college = College::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = college.run(&["completions", shell]).ended(0);
        assert!(ran.out.contains("credway") && ran.out.contains("coverage"), "{shell}");
    }
    let page = college.run(&["man"]).ended(0);
    assert!(page.out.contains(".TH credway") && page.out.contains("coverage"), "{}", page.out);
    assert!(college.files().is_empty(), "neither makes a database");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let college = College::sample();
    let line = format!("{} codes | head -n 1", env!("CARGO_BIN_EXE_credway"));
    let output = Command::new("sh").args(["-c", &line]).current_dir(college.path("")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
