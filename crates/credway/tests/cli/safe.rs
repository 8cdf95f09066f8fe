//! What a person must not lose or give away: passwords, the database's file, and archives.

use serde_json::Value;

use crate::college::{College, sample_file};

#[test]
fn passwords_are_never_repeated() {
    let college = College::empty();
    for address in [
        "postgres://ada:secret@127.0.0.1:54x32/db",
        "postgres://ada:se/secret@127.0.0.1:1/db",
        "postgres://ada:se#secret@127.0.0.1:1/db",
        "postgres://ada:secret@127.0.0.1:99999/db",
        "postgres://ada:secret@[::1/db",
        "postgres://ada:p?secret@127.0.0.1/db",
        "postgres:ada:secret@127.0.0.1/db",
        "postgres//ada:secret@127.0.0.1/d",
        "postgres://127.0.0.1:1/d?pass%77ord=secret",
        "postgres://ada:secret@127.0.0.1:1/d",
    ] {
        let ran = college.run(&["--json", "--db", address, "doctor"]).ended(2);
        assert!(!ran.out.contains("secret") && !ran.talk.contains("secret"), "{address}: {}{}", ran.out, ran.talk);
        assert!(ran.json()["error"].is_string());
    }
    let ran = college.run(&["--db", "postgres://ada:secret@127.0.0.1:1/d", "doctor"]).ended(2);
    assert!(ran.talk.contains("refused") && !ran.talk.contains("pool"), "{}", ran.talk);
}

#[test]
fn the_file_holds_everything_when_a_command_has_ended() {
    let college = College::empty();
    college.run(&["new", "Lantern Bay Community College"]).ended(0);
    let whole = |step: &str| {
        assert_eq!(college.files(), ["credway.db"], "{step}");
        let copy = College::empty();
        std::fs::copy(college.path("credway.db"), copy.path("credway.db")).unwrap();
        assert_eq!(copy.digest(), college.digest(), "{step}");
    };
    whole("new");
    college.run(&["import", "courses", &sample_file("courses.csv")]).ended(0);
    whole("import");
    college.run(&["coverage", "--program", "none", "--blueprint", "none"]).ended(2);
    whole("a command that fails");
}

#[test]
fn the_database_is_never_written_over() {
    let college = College::begun();
    college.file("notes.db", "SQLite format 3\0 of another program");
    let before = college.digest();
    for target in ["credway.db", "credway.db-wal", "credway.db-shm", "./credway.db", "notes.db"] {
        for command in [&["backup", target][..], &["export", "courses", "Cybersecurity", "--out", target]] {
            let ran = college.run(command).ended(2);
            assert!(ran.talk.contains("is not written over; name another file"), "{target}: {}", ran.talk);
        }
    }
    assert_eq!(college.digest(), before);
    college.run(&["backup", "new.credway"]).ended(0);
    college.run(&["backup", "new.credway"]).ended(0);
    assert_eq!(college.files(), ["credway.db", "new.credway", "notes.db"]);
}

#[test]
fn a_restore_that_fails_leaves_no_database() {
    let college = College::begun();
    college.run(&["backup", "a.credway"]).ended(0);
    let damaged = std::fs::read_to_string(college.path("a.credway")).unwrap().replace("Firewall", "Firewell");
    college.file("damaged.credway", damaged);
    let files = college.files();
    college.run(&["--db", "sqlite:new.db", "restore", "damaged.credway"]).ended(2);
    assert_eq!(college.files(), files);
    college.run(&["--db", "sqlite:new.db", "restore", "a.credway"]).ended(0);
    college.run(&["--db", "sqlite:new.db", "restore", "a.credway"]).ended(2);
    assert!(college.path("new.db").exists(), "a database that was there stays");
}

#[test]
fn what_was_imported_before_a_failure_is_told() {
    let college = College::begun();
    let broken = college.file("broken.json", "[{");
    let blueprint = sample_file("blueprint-ptce.csv");
    let given = ["import", "blueprint", &blueprint, broken, "--field", "version=version"];
    let document = college.json(&given, 2);
    assert!(document["error"].as_str().unwrap().contains("broken.json"), "{document}");
    assert_eq!(document["records"]["blueprint"], 1);
    assert_eq!(document["ids"].as_array().unwrap().len(), 1);
    assert_ne!(document["written"], Value::Bool(false));
}

#[test]
fn threads_have_a_range() {
    let college = College::begun();
    for wrong in ["0", "257", "100000"] {
        let ran = college.run(&["--threads", wrong, "list", "courses"]).ended(2);
        assert!(ran.talk.contains("1..=256"), "{}", ran.talk);
    }
    college.run(&["--threads", "2", "list", "courses"]).ended(0);
}
