//! Import: a preview writes nothing, a confirmation writes, a bad file offers no confirmation.

use axum::http::StatusCode;

use crate::site::{BLUEPRINT, COURSES, Site};

async fn courses(site: &Site) -> usize {
    let home = site.workbench.home().await.unwrap();
    home.counts.iter().find(|(kind, _)| kind == "courses").map_or(0, |(_, count)| usize::try_from(*count).unwrap())
}

/// The token in an address like `/import/preview/TOKEN`.
fn token(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_preview_writes_nothing_and_a_confirmation_writes() {
    let site = Site::empty().await;
    let reply = site.upload("courses", ("courses.csv", COURSES), &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let preview = site.get(reply.location()).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.body.contains("2 created, 0 revised, 0 unchanged."), "{}", preview.body);
    assert!(preview.body.contains("id=\"confirm\"") && preview.body.contains("name=\"map.code\""));
    assert!(!preview.body.contains("<Networks>"));
    assert_eq!(courses(&site).await, 0);

    let name = token(reply.location()).to_owned();
    let written = site.post("/import", &[("token", &name)]).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    let result = site.get(written.location()).await;
    assert!(result.body.contains("Imported: courses.csv"), "{}", result.body);
    assert_eq!(courses(&site).await, 2);

    let reply = site.upload("courses", ("courses.csv", COURSES), &[]).await;
    let preview = site.get(reply.location()).await.body;
    assert!(preview.contains("This changes nothing.") && !preview.contains("id=\"confirm\""), "{preview}");
    let changed = COURSES.replace("Building network defences.", "Building and testing network defences.");
    let reply = site.upload("courses", ("courses.csv", &changed), &[]).await;
    let preview = site.get(reply.location()).await.body;
    assert!(preview.contains("1 revised") && preview.contains("Building and testing"), "{preview}");
}

#[tokio::test]
async fn a_bad_file_shows_its_finding_and_no_confirmation() {
    let site = Site::empty().await;
    let without_title = "code,credits\nITSY 1300,3\n";
    let reply = site.upload("courses", ("courses.csv", without_title), &[]).await;
    let preview = site.get(reply.location()).await.body;
    assert!(preview.contains("mapping.missing") && !preview.contains("id=\"confirm\""), "{preview}");
    let name = token(reply.location()).to_owned();
    let result = site.post("/import", &[("token", &name)]).await;
    let result = site.get(result.location()).await.body;
    assert!(result.contains("Nothing was imported"), "{result}");
    assert_eq!(courses(&site).await, 0);
}

#[tokio::test]
async fn a_corrected_column_is_taken() {
    let site = Site::empty().await;
    let odd = "code,Zeile,credits\nITSY 1300,Firewalls,3\n";
    let reply = site.upload("courses", ("courses.csv", odd), &[]).await;
    assert!(site.get(reply.location()).await.body.contains("mapping.missing"));
    let again =
        site.post(reply.location(), &[("map.code", "code"), ("map.title", "Zeile"), ("map.credits", "credits")]).await;
    let preview = site.get(again.location()).await.body;
    assert!(preview.contains("1 created") && preview.contains("id=\"confirm\""), "{preview}");
    assert!(!preview.contains("as you corrected them"));

    site.post("/import", &[("token", token(again.location()))]).await;
    let next_year = odd.replace("Firewalls", "Firewalls and more");
    let reply = site.upload("courses", ("courses.csv", &next_year), &[]).await;
    let preview = site.get(reply.location()).await.body;
    assert!(preview.contains("1 revised") && preview.contains("as you corrected them"), "{preview}");
    let written = site.post("/import", &[("token", token(reply.location()))]).await;
    assert!(site.get(written.location()).await.body.contains("1 revised"));
    let other = site.upload("courses", ("courses.csv", "code,Zeile\nITSY 1300,Firewalls\n"), &[]).await;
    assert!(site.get(other.location()).await.body.contains("mapping.missing"), "other heads, no mapping");
}

#[tokio::test]
async fn an_error_may_be_accepted_by_its_code() {
    let site = Site::empty().await;
    let off = BLUEPRINT.replace("40%", "30%");
    let reply = site.upload("blueprint", ("blueprint.csv", &off), &[]).await;
    let preview = site.get(reply.location()).await.body;
    assert!(preview.contains("blueprint.weights-total") && preview.contains("I take responsibility"), "{preview}");
    assert!(!preview.contains("id=\"confirm\""));
    let again = site.post(reply.location(), &[("accept", "blueprint.weights-total")]).await;
    let preview = site.get(again.location()).await.body;
    assert!(preview.contains("id=\"confirm\"") && preview.contains("checked"), "{preview}");
}

#[tokio::test]
async fn a_pasted_outline_is_previewed_with_its_weights() {
    let site = Site::empty().await;
    let outline = "Harbor Guard\n\n1.0 Networks 60%\n1.1 Configure a firewall\n2.0 Threats 40%\n2.1 Explain malware\n";
    let reply = site.upload("blueprint", ("", ""), &[("text", outline)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let preview = site.get(reply.location()).await.body;
    assert!(preview.contains("60 %") && preview.contains("Configure a firewall"), "{preview}");
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let site = Site::empty().await;
    let reply = site.upload("", ("", ""), &[("reason", "new <year>")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("id=\"kind-wrong\"") && reply.body.contains("id=\"file-wrong\""), "{}", reply.body);
    assert!(reply.body.contains("new &#60;year&#62;"));
    assert_eq!(site.get("/import/preview/0123").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn templates_come_as_files_and_can_be_imported() {
    let site = Site::empty().await;
    let page = site.get("/import").await.body;
    assert!(page.contains("/import/templates/courses.csv"));
    let template = site.get("/import/templates/courses.csv").await;
    assert_eq!(template.status, StatusCode::OK);
    let reply = site.upload("courses", ("courses.csv", &template.body), &[]).await;
    assert!(site.get(reply.location()).await.body.contains("id=\"confirm\""));
    assert!(page.contains("/import/templates/courses.xlsx"));
    let workbook = site.get("/import/templates/courses.xlsx").await;
    assert_eq!(workbook.status, StatusCode::OK);
    for name in ["weather.csv", "courses.ods", "courses"] {
        assert_eq!(site.get(&format!("/import/templates/{name}")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn progress_is_told_as_json() {
    let site = Site::empty().await;
    let reply = site.upload("courses", ("courses.csv", COURSES), &[]).await;
    let told = site.get(&format!("/import/progress/{}", token(reply.location()))).await;
    let told: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(told["finished"], true);
}

#[tokio::test]
async fn a_button_pressed_twice_imports_once_and_says_so() {
    let site = Site::empty().await;
    let reply = site.upload("courses", ("courses.csv", COURSES), &[]).await;
    let fields = [("token", token(reply.location()))];
    let (one, other) = tokio::join!(site.post("/import", &fields), site.post("/import", &fields));
    let third = site.post("/import", &fields).await;
    for written in [one, other, third] {
        assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
        let result = site.get(written.location()).await.body;
        assert!(result.contains("2 created, 0 revised, 0 unchanged."), "{result}");
    }
}

#[tokio::test]
async fn stopping_tells_the_truth() {
    let site = Site::empty().await;
    let reply = site.upload("courses", ("courses.csv", COURSES), &[]).await;
    let name = token(reply.location()).to_owned();
    site.post("/import", &[("token", &name)]).await;
    let stopped = site.post(&format!("/import/stop/{name}"), &[]).await;
    let result = site.get(stopped.location()).await.body;
    assert!(result.contains("Stopping came too late.") && result.contains("2 created"), "{result}");
}
