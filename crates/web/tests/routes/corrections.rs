//! Corrections on the preview: a course beside its place, what is put right kept for the next edition, and the two
//! editions set against each other.

use axum::http::StatusCode;

use crate::site::Site;

const CATALOGUE: &str = include_str!("../../../../fixtures/documents/lantern-bay.html");

/// The number of the course with this code in the list of courses as read.
async fn number_of(site: &Site, preview: &str, code: &str) -> String {
    let list = site.get(&format!("{preview}/courses?search={}", code.replace(' ', "%20"))).await.body;
    let link = list.split(&format!("{preview}/courses/")).nth(1).unwrap();
    link.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_correction_is_made_beside_its_place_and_made_again_on_the_next_edition() {
    let site = Site::empty().await;
    let reply = site.upload("courses", ("lantern-bay-2024-25.html", CATALOGUE), &[]).await;
    let preview = reply.location().to_owned();
    let page = site.get(&preview).await.body;
    assert!(page.contains(&format!("{preview}/courses")), "{page}");

    let wrong = format!("{preview}/courses/{}", number_of(&site, &preview, "ITSC 1325").await);
    let course = site.get(&wrong).await.body;
    assert!(course.contains("Personal Computer Hardware") && course.contains("class=\"here\""), "{course}");
    assert!(course.contains("name=\"value.credits\" value=\"3\""), "{course}");
    let saved = site.post(&wrong, &[("value.credits", "4")]).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, wrong.as_str()));
    let course = site.get(&wrong).await.body;
    assert!(course.contains("name=\"value.credits\" value=\"4\"") && course.contains("The file says “3”"), "{course}");

    let needless = format!("{preview}/courses/{}", number_of(&site, &preview, "ITNW 1309").await);
    site.post(&needless, &[("leave_out", "1")]).await;
    assert!(site.get(&needless).await.body.contains("Left out:"));
    assert!(site.get(&format!("{preview}/courses?only=corrected")).await.body.contains("Courses 1 to 2 of 2"));
    let page = site.get(&preview).await.body;
    assert!(page.contains("ITNW 1309 is left out") && page.contains("2 courses are corrected"), "{page}");
    site.post("/import", &[("token", preview.rsplit('/').next().unwrap())]).await;

    let next = CATALOGUE
        .replace("Networking with TCP/IP", "Networking with TCP/IP and IPv6")
        .replace("ITSY 2330 - Intrusion Detection", "ITSY 2331 - Intrusion Detection")
        .replace("ITSY 2300 - Operating System Security", "ITSY 2399 - System Security");
    let reply = site.upload("courses", ("lantern-bay-2025-26.html", &next), &[]).await;
    let page = site.get(reply.location()).await.body;
    assert!(page.contains("an earlier document of this name") && page.contains("correction.made"), "{page}");
    assert!(page.contains("1 gone, 1 renumbered, 1 changed, 1 new"), "{page}");
    assert!(page.contains("edition.gone") && page.contains("renumbered, before: ITSY 2330"), "{page}");

    let afresh = site.post(reply.location(), &[("profile", "-")]).await;
    let page = site.get(afresh.location()).await.body;
    assert!(!page.contains("correction.made") && !page.contains("an earlier document"), "{page}");
}

#[tokio::test]
async fn a_correction_is_taken_back_and_a_strange_one_refused() {
    let site = Site::empty().await;
    let reply =
        site.upload("courses", ("c.csv", "code,title,credits\nITSY 1300,Firewalls,3\nno code,Other,2\n"), &[]).await;
    let preview = reply.location().to_owned();
    let course = format!("{preview}/courses/0");
    assert!(site.get(&course).await.body.contains("ITSY 1300"));
    site.post(&course, &[("value.credits", "4")]).await;
    let back = site.post(&course, &[("value.credits", "4"), ("take_back", "credits")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(!site.get(&course).await.body.contains("The file says"));
    assert_eq!(site.post(&course, &[("value.colour", "red")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get(&format!("{preview}/courses/7")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/import/preview/0123/courses").await.status, StatusCode::GONE);
    assert!(site.get(&format!("{preview}/courses?search=%3Cb%3E")).await.body.contains("&#60;b&#62;"));
}

#[tokio::test]
async fn of_two_courses_of_one_code_the_one_that_was_open_is_corrected() {
    let site = Site::empty().await;
    let file = "code,title,credits,description\nX 101,Logs,3,\"Two\r\nlines\"\nX 101,Ports,2,Plain\n";
    let reply = site.upload("courses", ("c.csv", file), &[]).await;
    let preview = reply.location().to_owned();
    let second = format!("{preview}/courses/1");
    site.post(&second, &[("value.credits", "5"), ("value.title", "Ports"), ("value.description", "Plain")]).await;
    let first = site.get(&format!("{preview}/courses/0")).await.body;
    assert!(first.contains("name=\"value.credits\" value=\"3\"") && !first.contains("The file says"), "{first}");
    assert!(site.get(&second).await.body.contains("name=\"value.credits\" value=\"5\""));
    // What a form does to line breaks is no correction.
    site.post(&format!("{preview}/courses/0"), &[("value.description", "Two\r\nlines"), ("value.credits", "3")]).await;
    let corrected = site.get(&format!("{preview}/courses?only=corrected")).await.body;
    assert!(corrected.contains("Courses 1 to 1 of 1"), "{corrected}");
    site.post(&second, &[("leave_out", "1")]).await;
    let page = site.get(&preview).await.body;
    assert!(page.contains("1 created"), "{page}");

    // Corrections of a table are its own: another table with the same heads is read as it is.
    site.post("/import", &[("token", preview.rsplit('/').next().unwrap())]).await;
    let other = site.upload("courses", ("d.csv", "code,title,credits,description\nX 101,Ports,2,Plain\n"), &[]).await;
    assert!(!site.get(other.location()).await.body.contains("correction."));
    let written = site.get(&second).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "what is written is corrected no more");
}

#[tokio::test]
async fn outcomes_are_corrected_line_by_line() {
    let site = Site::empty().await;
    let json = r#"[{"code": "X 101", "title": "Logs", "outcomes": [{"code": "1", "text": "Read"}, {"code": "2", "text": "Keep"}]}]"#;
    let reply = site.upload("courses", ("c.json", json), &[]).await;
    let preview = reply.location().to_owned();
    let course = format!("{preview}/courses/0");
    site.post(&course, &[("value.outcomes", "Read\r\nKeep logs\r\nDelete")]).await;
    let page = site.get(&preview).await.body;
    assert!(page.contains("<dt>Outcomes</dt><dd>3</dd>"), "{page}");
    let plain = site.upload("courses", ("p.csv", "code,title\nX 101,Logs\n"), &[]).await;
    let preview = plain.location().to_owned();
    site.post(&format!("{preview}/courses/0"), &[("value.outcomes", "Read\r\nKeep")]).await;
    let page = site.get(&preview).await.body;
    assert!(page.contains("<dt>Outcomes</dt><dd>2</dd>"), "{page}");
}

#[tokio::test]
async fn a_preview_that_is_sent_unchanged_corrects_nothing() {
    let site = Site::empty().await;
    let reply = site.upload("courses", ("lantern-bay-2024.html", CATALOGUE), &[]).await;
    let again = site.post(reply.location(), &[("map.code", "code"), ("map.title", "title"), ("map.topics", "")]).await;
    let token = again.location().rsplit('/').next().unwrap().to_owned();
    site.post("/import", &[("token", &token)]).await;
    assert!(site.workbench.mappings().await.unwrap().is_empty(), "nothing was corrected, so nothing is kept");
}
