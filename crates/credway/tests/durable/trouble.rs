//! A full disk, a file or folder that may not be written, two programs at once: a clear sentence, status 2, nothing lost.

#![cfg(unix)]

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use crate::college::{College, on_pair, program};

/// Somebody who owns nothing here.
const NOBODY: u32 = 65_534;

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Runs the program as somebody who may read but not write; the status and what it said.
fn as_reader(college: &College, words: &[&str]) -> (Option<i32>, String) {
    let own = program(&college.path(""));
    // Nobody may look into root's folders, where the program may have been built.
    let open = tempfile::tempdir().unwrap();
    std::fs::set_permissions(open.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let copy = open.path().join("credway");
    std::fs::copy(own.get_program(), &copy).unwrap();
    let mut command = Command::new(copy);
    own.get_current_dir().map(|folder| command.current_dir(folder));
    for (name, value) in own.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.args(words);
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn what_may_not_be_written_is_said_with_a_way_out() {
    let college = College::begun();
    let before = college.digest();
    let mode = |path: &str, bits: u32| {
        std::fs::set_permissions(college.path(path), std::fs::Permissions::from_mode(bits)).unwrap();
    };
    college.file("rows.csv", "code,title\nHARB 1301,Mooring\n");
    mode("rows.csv", 0o444);
    // A folder in which nothing may be made, then a file that may not be written in a folder that may.
    for (folder, file) in [(0o555, 0o444), (0o777, 0o444)] {
        mode("credway.db", file);
        mode("", folder);
        let (status, said) = as_reader(&college, &["import", "courses", "rows.csv"]);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("may not write") || said.contains("may write in it"), "{said}");
        mode("", 0o755);
        mode("credway.db", 0o644);
        assert_eq!(college.digest(), before, "nothing is lost");
    }
}

/// A small disk of its own, where this machine lets us have one.
struct SmallDisk<'a>(&'a College);

impl<'a> SmallDisk<'a> {
    fn mount(college: &'a College, bytes: u64) -> Option<Self> {
        std::fs::create_dir(college.path("small")).unwrap();
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"]).arg(college.path("small"));
        let mounted = is_root() && command.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        mounted.then_some(Self(college))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path("small")).status();
    }
}

/// Says so past the test runner, which keeps what passing tests print to itself.
fn skip(why: &str) {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    std::io::stderr().write_all(format!("SKIPPED: {name}: {why}\n").as_bytes()).unwrap();
}

#[test]
fn a_full_disk_loses_nothing() {
    let college = College::begun();
    let size = std::fs::metadata(college.path("credway.db")).unwrap().len();
    let Some(_disk) = SmallDisk::mount(&college, size + (256 << 10)) else {
        skip("a small disk (tmpfs) cannot be mounted here; root may");
        return;
    };
    std::fs::copy(college.path("credway.db"), college.path("small/credway.db")).unwrap();
    let rows: String = (0..3000).map(|row| format!("FULL {:04},Course {row} of a full disk\n", row + 1000)).collect();
    college.file("rows.csv", format!("code,title\n{rows}"));
    let on = |words: &[&str]| college.run(&[&["--db", "sqlite:small/credway.db"], words].concat());
    let ran = on(&["import", "courses", "rows.csv"]).ended(2);
    assert!(ran.talk.contains("no room on the disk") || ran.talk.contains("disk failed"), "{}", ran.talk);
    on(&["doctor"]).ended(0);
    assert!(on(&["--json", "list", "courses", "--search", "FULL"]).ended(0).json().as_array().unwrap().is_empty());
    // A backup onto the full disk is refused too, and leaves nothing behind.
    std::fs::write(college.path("small/filler"), vec![0; 200 << 10]).ok();
    let ran = on(&["backup", "small/a.credway"]).ended(2);
    assert!(ran.talk.contains("could not write"), "{}", ran.talk);
    let left: Vec<String> = std::fs::read_dir(college.path("small"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("credway") && !name.starts_with("credway.db"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn two_programs_write_one_database_at_once() {
    let college = College::begun();
    college.run(&on_pair(&["align"], &[])).ended(0);
    let before = crate::courses(&college);
    let rows: String = (0..2000).map(|row| format!("TWIN {},Course {row}\n", row + 1000)).collect();
    college.file("rows.csv", format!("code,title\n{rows}"));
    let start = |words: &[&str]| {
        let mut command = program(&college.path(""));
        command.args(words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let importing = start(&["import", "courses", "rows.csv"]);
    let said: Vec<String> = (0..6).map(|number| format!("twin-{number}")).collect();
    let deciding: Vec<_> = said
        .iter()
        .map(|reason| {
            let more = ["--objective", "1.1", "--outcome", "ITSY 1300/O2", "--reject", "--reason", reason];
            start(&on_pair(&["review"], &more))
        })
        .collect();
    for child in std::iter::once(importing).chain(deciding) {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let crosswalk = college.json(&on_pair(&["export", "crosswalk"], &[]), 0).to_string();
    assert!(said.iter().all(|reason| crosswalk.contains(&format!("\"{reason}\""))), "{crosswalk}");
    assert_eq!(crate::courses(&college), before + 2000);
    college.run(&["doctor"]).ended(0);
}
