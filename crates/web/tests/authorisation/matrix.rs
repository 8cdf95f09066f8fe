//! The walk: every address for everybody about every place.

use axum::http::StatusCode;
use credway_web::{Listed, Rule, addresses};
use tokio::task::JoinSet;

use crate::addresses::{Asked, Case};
use crate::two_colleges::{Answer, Colleges, Site, Who};

/// What came of walking.
#[derive(Default)]
struct Walked {
    requests: usize,
    allowed: usize,
    denied: usize,
    faults: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_may_do_what_the_policy_says_and_nothing_else() {
    let colleges = Colleges::get();
    let mut walks = JoinSet::new();
    for who in &colleges.people {
        walks.spawn(walk(colleges, who));
    }
    let mut all = Walked::default();
    while let Some(walked) = walks.join_next().await {
        let Walked { requests, allowed, denied, faults } = walked.unwrap();
        all.requests += requests;
        all.allowed += allowed;
        all.denied += denied;
        all.faults.extend(faults);
    }
    all.faults.sort();
    let summary = format!(
        "{} addresses, {} people, {} requests: {} allowed, {} denied",
        addresses().len(),
        colleges.people.len(),
        all.requests,
        all.allowed,
        all.denied
    );
    assert!(all.faults.is_empty(), "{summary}; {} are wrong:\n{}", all.faults.len(), all.faults.join("\n"));
    assert!(all.allowed > 500 && all.denied > 1_000, "the walk is thin: {summary}");
    tell(&summary);
}

/// The numbers, for who runs the tests with `--nocapture`.
#[expect(clippy::print_stdout, reason = "the numbers are asked for by who runs the test")]
fn tell(summary: &str) {
    println!("{summary}");
}

#[test]
fn an_address_that_nobody_knows_is_a_fault() {
    let colleges = Colleges::get();
    let (who, place) = (&colleges.people[0], &colleges.places[0]);
    let listed = Listed { method: "GET", pattern: "/brand-new/{id}", rule: Rule::May(&[]) };
    let said = Asked { listed, who, place, colleges }.cases().unwrap_err();
    assert!(said.contains("GET /brand-new/{id} is not in crates/web/tests/authorisation"), "{said}");
}

async fn walk(colleges: &'static Colleges, who: &'static Who) -> Walked {
    let site = colleges.site().await;
    let mut walked = Walked::default();
    for listed in addresses() {
        let mut done: Vec<(String, String)> = Vec::new();
        for place in &colleges.places {
            let cases = match (Asked { listed, who, place, colleges }).cases() {
                Ok(cases) => cases,
                Err(said) => {
                    walked.faults.push(said);
                    continue;
                }
            };
            for case in cases {
                // What is about no place is asked for once.
                let mark = (case.address.clone(), format!("{:?}{:?}", case.fields, case.json));
                if !done.contains(&mark) {
                    done.push(mark);
                    ask(colleges, &site, (listed, who), &case, &mut walked).await;
                }
            }
        }
    }
    site.close().await;
    walked
}

async fn ask(colleges: &Colleges, site: &Site, (listed, who): (Listed, &Who), case: &Case, walked: &mut Walked) {
    let everybody = listed.rule == Rule::Everybody;
    let open = everybody || case.ways.iter().any(|way| way.is_open(who, colleges));
    let changes = listed.method == "POST" || listed.pattern.starts_with("/import/");
    let answer = if open && changes {
        // It changes something, and must not change what the next request finds.
        let fresh = colleges.site().await;
        let answer = send(&fresh, (listed, who), case).await;
        fresh.close().await;
        answer
    } else {
        send(site, (listed, who), case).await
    };
    walked.requests += 1;
    let right = if everybody {
        !matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) && !answer.status.is_server_error()
    } else if open {
        !is_denied(listed, &answer) && !answer.status.is_server_error()
    } else {
        // A token has no pages: who comes to the first with one is sent on, and refused there.
        is_denied(listed, &answer) || (listed.pattern == "/" && answer.location() == "/account")
    };
    if open {
        walked.allowed += 1;
    } else {
        walked.denied += 1;
    }
    if !right {
        let wanted = if open { "allowed" } else { "denied" };
        walked.faults.push(format!(
            "{} {} should be {wanted} for {}: {} {}",
            listed.method,
            case.address,
            who.name,
            answer.status,
            answer.location()
        ));
    }
}

async fn send(site: &Site, (listed, who): (Listed, &Who), case: &Case) -> Answer {
    if listed.method == "GET" {
        return site.get(who, &case.address).await;
    }
    if let Some(value) = &case.json {
        return site.post_json(who, &case.address, value).await;
    }
    if case.file {
        return site.upload(who, &case.address, ("new.csv", b"code,title\nENGL 1302,Argument\n"), "courses").await;
    }
    let fields: Vec<(&str, &str)> = case.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    site.post(who, &case.address, &fields).await
}

/// Sent to sign in, told that it is not theirs, or told that there is no such thing. Of a file that waits it is said that
/// it is no longer kept, as of one that has gone.
fn is_denied(listed: Listed, answer: &Answer) -> bool {
    let gone = listed.pattern.starts_with("/import") && answer.status == StatusCode::GONE;
    let signs_in = answer.status.is_redirection() && answer.location().starts_with("/sign-in?to=");
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&answer.status);
    gone || signs_in || refused
}
