//! Long work and waiting files: they outlive the server, are listed, stopped and discarded, and are limited.

use std::time::Duration;

use axum::http::StatusCode;
use credway_workflow::{ServeSettings, UploadLimits};

use crate::site::{COURSES, Site};

fn token(address: &str) -> String {
    address.rsplit('/').next().unwrap().to_owned()
}

/// The page, once it is no longer one that waits.
async fn read(site: &Site, address: &str) -> String {
    for _ in 0..200 {
        let reply = site.get(address).await;
        if reply.status == StatusCode::OK && !reply.body.contains("import-progress") {
            return reply.body;
        }
        assert!(matches!(reply.status, StatusCode::OK | StatusCode::SEE_OTHER), "{} {}", reply.status, reply.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{address} did not come");
}

#[tokio::test]
async fn a_file_is_previewed_and_imported_by_the_server_that_comes_after() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("credway.db");
    let settings = || ServeSettings::at(Site::address());
    let first = Site::over(&file, settings()).await;
    let sent = first.upload("courses", ("courses.csv", COURSES), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let address = sent.location().to_owned();
    assert!(read(&first, &address).await.contains("2 created"));
    first.state.leave_work(Duration::from_secs(5)).await;
    first.workbench.close().await.unwrap();

    let second = Site::over(&file, settings()).await;
    let preview = read(&second, &address).await;
    assert!(preview.contains("2 created") && preview.contains("id=\"confirm\""), "{preview}");
    assert!(second.get("/work").await.body.contains("courses.csv"), "it waits");
    second.state.leave_work(Duration::from_secs(5)).await;
    second.workbench.close().await.unwrap();

    // Confirmed on a page of the server before.
    let third = Site::over(&file, settings()).await;
    let written = third.post("/import", &[("token", &token(&address))]).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    let result = written.location().to_owned();
    assert!(read(&third, &result).await.contains("Imported: courses.csv"));
    third.state.leave_work(Duration::from_secs(5)).await;
    third.workbench.close().await.unwrap();

    let fourth = Site::over(&file, settings()).await;
    assert!(fourth.get(&result).await.body.contains("2 created, 0 revised, 0 unchanged."), "the result is kept");
    assert_eq!(fourth.get(&address).await.location(), result, "there is nothing to preview any more");
}

#[tokio::test]
async fn what_waits_is_limited_and_can_be_discarded() {
    let folder = tempfile::TempDir::new().unwrap();
    let uploads = UploadLimits { largest_file: 10_000, waiting_per_person: 2 * COURSES.len() };
    let settings = ServeSettings { uploads, ..ServeSettings::at(Site::address()) };
    let site = Site::over(&folder.path().join("credway.db"), settings).await;
    let first = site.upload("courses", ("first.csv", COURSES), &[]).await;
    site.upload("courses", ("second.csv", COURSES), &[]).await;
    let refused = site.upload("courses", ("third.csv", COURSES), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("2 of your files") && refused.body.contains("Your work"), "{}", refused.body);
    let work = site.get("/work").await.body;
    assert!(work.contains("first.csv") && work.contains("second.csv") && !work.contains("third.csv"), "{work}");
    site.post(&format!("/import/stop/{}", token(first.location())), &[]).await;
    assert!(!site.get("/work").await.body.contains(">first.csv<"));
    assert_eq!(site.get(first.location()).await.status, StatusCode::GONE);
    let taken = site.upload("courses", ("third.csv", COURSES), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn work_is_listed_and_what_is_not_known_is_not_there() {
    let site = Site::empty().await;
    assert!(site.get("/work").await.body.contains("Nothing of yours is under way"));
    site.upload("courses", ("courses.csv", COURSES), &[]).await;
    let list = site.get("/work").await.body;
    assert!(list.contains("Reading courses.csv") && list.contains(">done<"), "{list}");
    let id = list.split("href=\"/work/").nth(1).unwrap().split('"').next().unwrap();
    assert!(site.get(&format!("/work/{id}")).await.location().starts_with("/import/preview/"));
    for address in ["/work/none", "/work/none/state", "/work/1"] {
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(site.post("/work/none/stop", &[]).await.status, StatusCode::NOT_FOUND);
    let counts = site.state.work_counts().await.unwrap();
    assert_eq!(counts.values().sum::<u64>(), 1);
}
