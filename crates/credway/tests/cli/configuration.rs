//! The configuration, typed at the real program: which word wins, what the doctor shows, what is refused.

use serde_json::Value;

use crate::college::College;

/// One line of what the doctor shows: the value and where it came from.
fn setting(doctor: &Value, name: &str) -> (String, String) {
    let line = doctor["settings"].as_array().unwrap().iter().find(|line| line["name"] == name).unwrap();
    let word = |member: &str| line[member].as_str().unwrap_or_default().to_owned();
    (word("value"), word("from"))
}

#[test]
fn the_doctor_shows_each_value_with_where_it_came_from() {
    let college = College::begun();
    college.file(
        "credway.toml",
        "[listen]\ndrain_seconds = 3\nconnections = 9\n[mail]\nhost = \"mail.a.example\"\nfrom = \"c@a.example\"\n",
    );
    let variables = [("CREDWAY_LISTEN_CONNECTIONS", "11"), ("CREDWAY_METRICS_TOKEN", "tide-pool")];
    let ran = college.run_with(&["--json", "doctor"], &variables).ended(0);
    let doctor = ran.json();
    for (name, value, from) in [
        ("listen.drain_seconds", "3", "credway.toml, line 2"),
        ("listen.connections", "11", "CREDWAY_LISTEN_CONNECTIONS"),
        ("listen.address", "127.0.0.1:8087", "default"),
        ("metrics.token", "set", "CREDWAY_METRICS_TOKEN"),
        ("tls.key", "", "default"),
    ] {
        assert_eq!(setting(&doctor, name), (value.to_owned(), from.to_owned()), "{name}");
    }
    let words = college.run_with(&["doctor"], &variables).ended(0);
    assert!(
        words.out.contains("listen.connections") && words.out.contains("CREDWAY_LISTEN_CONNECTIONS"),
        "{}",
        words.out
    );
    assert!(!ran.out.contains("tide-pool") && !words.out.contains("tide-pool"));
}

#[test]
fn the_database_of_the_file_is_the_one_that_is_worked_on() {
    let college = College::empty();
    college.file("credway.toml", "database = \"sqlite:from-file.db\"\n");
    college.run(&["new", "Harbor College"]).ended(0);
    college.run_with(&["new", "Harbor College"], &[("CREDWAY_DB", "sqlite:from-variable.db")]).ended(0);
    college
        .run_with(&["--db", "sqlite:from-flag.db", "new", "Harbor College"], &[("CREDWAY_DB", "sqlite:no.db")])
        .ended(0);
    college.file("other.toml", "database = \"sqlite:from-other.db\"\n");
    college.run(&["--config", "other.toml", "new", "Harbor College"]).ended(0);
    let mut files = college.files();
    files.retain(|name| name.ends_with(".db"));
    files.sort();
    assert_eq!(files, ["from-file.db", "from-flag.db", "from-other.db", "from-variable.db"]);
}

#[test]
fn a_file_with_a_name_that_is_not_known_stops_every_command_that_would_take_it() {
    let college = College::begun();
    college.file("credway.toml", "accounts = false\n[listen]\nadress = \"127.0.0.1:1\"\n");
    for words in [&["doctor"][..], &["serve"], &["list", "courses"], &["--config", "credway.toml", "list", "courses"]] {
        let ran = college.run(words).ended(2);
        assert!(ran.talk.contains("credway.toml, line 3") && ran.talk.contains("listen.address"), "{}", ran.talk);
    }
    college.run(&["codes"]).ended(0);
    let ran = college.run(&["--config", "nowhere.toml", "doctor"]).ended(2);
    assert!(ran.talk.contains("there is no file nowhere.toml"), "{}", ran.talk);
}

#[test]
fn what_others_could_reach_is_refused_with_what_is_missing() {
    let college = College::empty();
    let public = "--public-address=https://credway.a.example";
    for (words, missing, there) in [
        (
            &["--address", "0.0.0.0:0"][..],
            &["accounts = true", "listen.public_address", "tls.certificate"][..],
            &[][..],
        ),
        (
            &["--address", "0.0.0.0:0", "--accounts"],
            &["listen.public_address", "listen.trusted_proxies"],
            &["accounts ="],
        ),
        (&["--accounts", public], &["tls.certificate"], &["accounts =", "listen.public_address ="]),
        (&[public, "--trusted-proxy", "127.0.0.1/32"], &["accounts = true"], &["tls.certificate"]),
    ] {
        let ran = college.run(&[&["serve"], words].concat()).ended(2);
        assert!(ran.talk.contains("other machines can reach it"), "{words:?}: {}", ran.talk);
        assert!(missing.iter().all(|word| ran.talk.contains(word)), "{words:?}: {}", ran.talk);
        assert!(!there.iter().any(|word| ran.talk.contains(word)), "{words:?}: {}", ran.talk);
    }
    let ran = college.run(&["serve", "--metrics-address", "0.0.0.0:0"]).ended(2);
    assert!(ran.talk.contains("metrics are served on this machine only"), "{}", ran.talk);
    assert!(college.files().is_empty(), "refused before a database is made: {:?}", college.files());
    let college = College::begun();
    let doctor = college.run_with(&["--json", "doctor"], &[("CREDWAY_LISTEN_ADDRESS", "0.0.0.0:0")]).ended(1).json();
    let line = doctor["lines"].as_array().unwrap().iter().find(|line| line["name"] == "serving").unwrap();
    assert!(line["well"] == false && line["detail"].as_str().unwrap().contains("turn accounts on"), "{line}");
}
