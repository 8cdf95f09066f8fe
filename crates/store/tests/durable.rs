//! What is committed stays, though the program is killed at once; and two programs may write at the same time.

#![expect(clippy::print_stdout, reason = "the child tells its parent what it has committed")]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use credway_model::Verdict;
use credway_store::Store;
use support::*;

/// Tells the child which database it writes to, and under which name.
const DATABASE: &str = "CREDWAY_STORE_CHILD_DATABASE";
const NAME: &str = "CREDWAY_STORE_CHILD_NAME";

/// Decisions the child of the second story writes.
const TURNS: i64 = 40;

fn child(test: &str, url: &str, name: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(DATABASE, url)
        .env(NAME, name)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Commits decisions one by one and says so after each, by the minute it was given. Marked lines, since the test harness
/// also prints.
async fn decide(decisions: i64) {
    let url = std::env::var(DATABASE).expect("started by another test only");
    let name = std::env::var(NAME).unwrap();
    let store = Store::open(&url).await.unwrap();
    for minute in 0..decisions {
        let work = store.write().await.unwrap();
        let one = decision(ctid("outcome", "SEC 110/1"), ctid("objective", "701-2"), &name, Verdict::Rejected, minute);
        support::decide(&work, &crosswalk("701").ctid, &[one]).await;
        work.commit().await.unwrap();
        println!("\ncommitted {minute}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by what_was_said_to_be_committed_survives_a_kill"]
async fn child_that_is_killed() {
    decide(i64::MAX).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_to_be_committed_survives_a_kill() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        furnish(&store).await;
        let mut said = Vec::new();
        for round in 0..3 {
            let name = format!("Ada {round}");
            let mut child = child("child_that_is_killed", &bench.url, &name);
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let mut seen = 0;
            // The child writes on while we read; it is killed in the middle of whatever it does then.
            while seen < 5 + 7 * round {
                let line = lines.next().expect("the child ended by itself").unwrap();
                seen += u32::from(line.starts_with("committed "));
            }
            child.kill().unwrap();
            child.wait().unwrap();
            let rest = lines.map_while(Result::ok).filter(|line| line.starts_with("committed ")).count();
            said.push((name, i64::from(seen) + rest as i64));
        }
        let decisions = store.read().await.unwrap().decisions(&crosswalk("701").ctid).await.unwrap();
        for (name, committed) in said {
            let kept: Vec<_> = decisions.iter().filter(|one| one.person.name() == name).map(|one| one.at).collect();
            let expected: Vec<_> = (0..kept.len() as i64).map(at).collect();
            assert_eq!(kept, expected, "no gap, nothing twice, in order");
            assert!(kept.len() as i64 >= committed, "{committed} were said to be committed, {} are there", kept.len());
        }
        assert_eq!(store.health().await.unwrap().problems, Vec::<String>::new());
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by two_programs_take_turns"]
async fn child_that_takes_turns() {
    decide(TURNS).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by two_programs_may_make_the_database_at_once"]
async fn child_that_opens() {
    let store = Store::open(&std::env::var(DATABASE).expect("started by another test only")).await.unwrap();
    let work = store.write().await.unwrap();
    work.put_setting(&std::env::var(NAME).unwrap(), "here").await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_take_turns() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        furnish(&store).await;
        let children = ["Ada", "Ben"].map(|name| child("child_that_takes_turns", &bench.url, name));
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        let decisions = store.read().await.unwrap().decisions(&crosswalk("701").ctid).await.unwrap();
        for name in ["Ada", "Ben"] {
            let kept: Vec<_> = decisions.iter().filter(|one| one.person.name() == name).map(|one| one.at).collect();
            assert_eq!(kept, (0..TURNS).map(at).collect::<Vec<_>>());
        }
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_may_make_the_database_at_once() {
    for bench in Bench::all().await {
        let names = ["Ada", "Ben", "Cy", "Di"];
        let children = names.map(|name| child("child_that_opens", &bench.url, name));
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        let store = Store::open_existing(&bench.url).await.unwrap();
        let work = store.read().await.unwrap();
        for name in names {
            assert_eq!(work.setting(name).await.unwrap().as_deref(), Some("here"));
        }
        drop(work);
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_of_one_program_take_turns() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        furnish(&store).await;
        let tasks: Vec<_> = (0..12)
            .map(|task| {
                let store = store.clone();
                tokio::spawn(async move {
                    for minute in 0..10 {
                        let work = store.write().await.unwrap();
                        let (statement, target) = (ctid("outcome", "SEC 110/1"), ctid("objective", "701-2"));
                        let one = decision(statement, target, &format!("Task {task}"), Verdict::Withdrawn, minute);
                        support::decide(&work, &crosswalk("701").ctid, &[one]).await;
                        if minute % 2 == 0 {
                            work.commit().await.unwrap();
                        }
                        store.read().await.unwrap().decisions(&crosswalk("701").ctid).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let read = store.read().await.unwrap();
        assert_eq!(read.decision_count(&crosswalk("701").ctid).await.unwrap(), 60, "half of them were dropped");
        drop(read);
        store.close().await.unwrap();
        bench.remove().await;
    }
}
