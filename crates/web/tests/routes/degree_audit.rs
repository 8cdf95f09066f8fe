//! A learner's courses against a program's requirements: the form, the answer, and that nothing of it is kept.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::college::{Answer, College};

const BOUNDARY: &str = "courses-of-one-learner";

/// The address of a program of the sample.
async fn program(college: &College, title: &str) -> String {
    let list = college.page("/programs").await;
    let row = list.body.split("<tr>").skip(1).find(|row| row.contains(&format!(">{title}<"))).unwrap();
    row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn send(college: &College, address: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in [("csrf", college.token())].iter().chain(fields) {
        let file = if *name == "file" { "; filename=\"taken.csv\"" } else { "" };
        body.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut request = college.form(address).body(Body::from(body)).unwrap();
    request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
    college.send(request).await
}

#[tokio::test]
async fn the_programs_page_shows_what_is_required() {
    let college = College::sample().await;
    let history = program(&college, "History").await;
    let page = college.page(&history).await;
    page.says("Upper-division history : 15 credits of HIST 3000-4999 but not HIST 3301 , HIST 4390 , each with 2.00 grade points or more");
    page.says("45 credits of the upper division");
    page.says("Internship: at most 6 credits of HIST 4380");
    assert!(page.body.contains("title=\"The Historian&#39;s Craft\""), "courses that are known are linked");
    let nested = page.body.split("class=\"requirements\"").nth(1).unwrap().split("</div>").next().unwrap();
    let count = |tag: &str| nested.matches(tag).count();
    assert_eq!((count("<ul>"), count("</ul>"), count("<li>"), count("</li>")), (2, 2, 7, 7), "{nested}");
}

#[tokio::test]
async fn an_audit_answers_and_is_kept_nowhere() {
    let college = College::sample().await;
    let address = format!("{}/audit", program(&college, "Cybersecurity").await);
    let form = college.page(&address).await;
    form.says("Courses taken, one a line");
    let history = college.page("/history").await.text();
    let taken = "code,grade,source\nITSY 1300,A,here\nITSY 2301,D,here\nENGL 1301,,transfer\nMATH 1342,F,here\n";
    for field in ["taken", "file"] {
        let answer = send(&college, &address, &[(field, taken)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        answer.says("Cybersecurity AAS, catalogue 2026-2027: not yet met");
        answer.says("Counts: ITSY 1300 (3 credits, A)");
        answer.says("Missing: 7 courses");
        answer.says("ENGL 1301 Composition I 3 none transfer Counts for Communication.");
        answer.says("It was not passed.");
        answer.says("Its grade is below what the requirements ask for");
    }
    assert_eq!(college.page("/history").await.text(), history, "the history tells nothing of it");
}

#[tokio::test]
async fn several_programs_exceptions_and_assumptions_are_told() {
    let college = College::sample().await;
    let technology = program(&college, "Pharmacy Technology").await;
    let technician = program(&college, "Pharmacy Technician").await;
    let with = technician.rsplit('/').next().unwrap();
    let fields = [
        ("taken", "code\nPHRA 1301\nPHRA 1202\nZOO 1000\n"),
        (
            "exceptions",
            "program,requirement,course,who,why\nPharmacy Technology,Humanities,,Dean Ruth Adler,taught it\n",
        ),
        ("with", with),
        ("share", "2"),
        ("assume", "4"),
    ];
    let answer = send(&college, &format!("{technology}/audit"), &fields).await;
    answer.says("Waived by Dean Ruth Adler: taught it");
    answer.says("Pharmacy Technology AAS and Pharmacy Technician Certificate Level 2: 2 of at most 2 credits");
    answer.says("ZOO 1000 not in the catalogue 4 (assumed)");
    answer.says("have 4 credits by assumption");
    answer.says("It counts for another program, and no more may be shared.");
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_said_at_its_field() {
    let college = College::sample().await;
    let address = format!("{}/audit", program(&college, "Cybersecurity").await);
    let empty = send(&college, &address, &[("taken", " "), ("assume", "three")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("Paste the courses taken, or choose a file with them.");
    assert!(empty.body.contains("id=\"assume-wrong\""));
    let unread = send(&college, &address, &[("taken", "name\nAda\n")]).await;
    unread.says("No column is called “code”.");
}
