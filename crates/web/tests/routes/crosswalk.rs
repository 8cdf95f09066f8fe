//! The matrix: its window, its words, its escapes.

use std::fmt::Write as _;
use std::time::Instant;

use axum::http::StatusCode;
use credway_workflow::{DEFAULT_LIMITS, Kind};

use crate::site::{Site, person};

#[tokio::test]
async fn cells_speak_and_link_to_their_review() {
    let (site, crosswalk) = Site::college().await;
    let reply = site.get(&format!("/crosswalks/{crosswalk}")).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.body.contains("ITSY 1300, objective 1.1: suggested, open"), "{}", reply.body);
    assert!(reply.body.contains("#c-ITSY-1300"));
    assert!(reply.body.contains("Showing 3 objectives and 2 courses."));
}

#[tokio::test]
async fn markup_in_titles_stays_text() {
    let (site, crosswalk) = Site::college().await;
    for page in ["", "/review", "/review?by=course", "/coverage"] {
        let reply = site.get(&format!("/crosswalks/{crosswalk}{page}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{page}");
        assert!(!reply.body.contains("<Networks>") && !reply.body.contains("<VLANs>"), "{page}");
    }
    let matrix = site.get(&format!("/crosswalks/{crosswalk}")).await.body;
    assert!(matrix.contains("&#60;Networks&#62;") && matrix.contains("&#60;VLANs&#62;"), "{matrix}");
}

#[tokio::test]
async fn filters_narrow_the_rows_and_wrong_ones_are_named() {
    let (site, crosswalk) = Site::college().await;
    let reply = site.get(&format!("/crosswalks/{crosswalk}?search=malware")).await;
    assert!(reply.body.contains("Showing 1 objective and 2 courses."), "{}", reply.body);
    let reply = site.get(&format!("/crosswalks/{crosswalk}?search=nothing-like-it")).await;
    assert!(reply.body.contains("No objective matches this filter."));
    let reply = site.get(&format!("/crosswalks/{crosswalk}?row=99")).await;
    assert!(reply.body.contains("past its end"));
    let reply = site.get(&format!("/crosswalks/{crosswalk}?only=some")).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.body.contains("all, gaps or open"));
    let reply = site.get("/crosswalks/not-an-identifier").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn exports_come_as_files() {
    let (site, crosswalk) = Site::college().await;
    for (format, kind) in [
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("xlsx", "spreadsheetml"),
        ("pdf", "application/pdf"),
        ("docx", "wordprocessingml"),
        ("html", "text/html"),
    ] {
        let reply = site.get(&format!("/crosswalks/{crosswalk}/export?format={format}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{format}");
        assert!(reply.headers["content-type"].to_str().unwrap().contains(kind), "{format}");
        assert!(reply.headers["content-disposition"].to_str().unwrap().starts_with("attachment"), "{format}");
    }
    let reply = site.get(&format!("/crosswalks/{crosswalk}/export?format=odt")).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

/// A college with `courses` courses of two outcomes, and a blueprint with `objectives` objectives.
async fn large(objectives: usize, courses: usize) -> (Site, credway_model::Ctid) {
    const VERBS: [&str; 7] = ["Configure", "Explain", "Assess", "Design", "Test", "Document", "Compare"];
    const THINGS: [&str; 11] = [
        "firewall rules",
        "malware behaviour",
        "backup plans",
        "user accounts",
        "cloud storage",
        "risk registers",
        "network segments",
        "incident reports",
        "encryption keys",
        "log archives",
        "access policies",
    ];
    let phrase = |number: usize| {
        format!("{} {} for site number {number} and its partners", VERBS[number % 7], THINGS[number % 11])
    };
    let mut course_file = "organization,code,title,credits,catalogue_year\n".to_owned();
    let mut outcome_file = "organization,course,code,kind,statement,level,assessed_by\n".to_owned();
    let mut program_file = "organization,program,award,catalogue_year,course\n".to_owned();
    for course in 0..courses {
        let code = format!("ITSY {}", 1_000 + course);
        writeln!(course_file, "Test College,{code},Course number {course},3,2026-2027").unwrap();
        writeln!(program_file, "Test College,Large,AAS,2026-2027,{code}").unwrap();
        for outcome in 0..2 {
            let words = phrase(course * 2 + outcome);
            writeln!(outcome_file, "Test College,{code},O{outcome},outcome,{words},mastered,exam").unwrap();
        }
    }
    let mut blueprint = "credential,version,domain_code,domain,weight,objective_code,objective\n".to_owned();
    for domain in 1..=10 {
        writeln!(blueprint, "Large Exam,L1,{domain},Domain {domain},10%,,").unwrap();
        for number in 0..objectives / 10 {
            let words = phrase(domain * 1_000 + number);
            writeln!(blueprint, "Large Exam,L1,{domain},Domain {domain},,{domain}.{number},{words}").unwrap();
        }
    }
    let site = Site::empty().await;
    for (kind, content) in [
        (Kind::Courses, course_file),
        (Kind::Outcomes, outcome_file),
        (Kind::Program, program_file),
        (Kind::Blueprint, blueprint),
    ] {
        site.import(kind, &content).await;
    }
    let summary = site.workbench.by(&person("Ada")).align("Large", "Large Exam L1", DEFAULT_LIMITS, &()).await.unwrap();
    (site, summary.crosswalk)
}

#[tokio::test]
async fn a_window_never_has_more_than_five_thousand_cells() {
    let (site, crosswalk) = large(200, 60).await;
    let body = site.get(&format!("/crosswalks/{crosswalk}")).await.body;
    let cells = body.matches("<td").count();
    assert!(cells <= 5_000 && cells > 4_000, "{cells}");
    assert!(body.contains("Objectives 126–200") && body.contains("Courses 41–60"));
    let next = site.get(&format!("/crosswalks/{crosswalk}?row=125&column=40")).await.body;
    assert!(next.contains("Objectives 1–125") || next.contains("Objectives 1–"), "{next}");
    assert!(next.contains("Showing objectives 126–200 of 200 and courses 41–60 of 60."));
}

/// Speed of the page; run it in release: `cargo test -p credway-web --release -- --ignored matrix_speed`.
#[tokio::test]
#[ignore = "a measurement, run by hand in release"]
async fn matrix_speed() {
    let (site, crosswalk) = large(2_000, 30).await;
    let address = format!("/crosswalks/{crosswalk}");
    site.get(&address).await;
    let mut times = Vec::new();
    let mut size = 0;
    for _ in 0..15 {
        let start = Instant::now();
        size = site.get(&address).await.body.len();
        times.push(start.elapsed().as_millis());
    }
    times.sort_unstable();
    println!("matrix 2,000 × 30: median {} ms, slowest {} ms, {size} bytes", times[7], times[14]);
    let start = Instant::now();
    site.get(&format!("{address}/review")).await;
    println!("review: {} ms", start.elapsed().as_millis());
    let start = Instant::now();
    site.get(&format!("{address}/coverage")).await;
    println!("coverage: {} ms", start.elapsed().as_millis());
    assert!(times[7] < 150, "{times:?}");
}
