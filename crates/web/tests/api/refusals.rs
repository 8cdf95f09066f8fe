//! Who is refused, and how it is said.

use axum::http::{Request, header};
use credway_model::{Action, Role};
use credway_web::{Rule, addresses};

use crate::site::{SCOPES, Site};

/// Every address of the interface, with identifiers of the site's crosswalk in it.
fn operations(site: &Site) -> Vec<(&'static str, String, Rule)> {
    let listed = addresses().into_iter().filter(|listed| listed.pattern.starts_with("/api/v1/"));
    let filled = |pattern: &str| {
        let subject = format!("crosswalk.{}", site.crosswalk);
        pattern.replace("{id}", &site.crosswalk.to_string()).replace("{subject}", &subject)
    };
    listed.map(|listed| (listed.method, filled(listed.pattern), listed.rule)).collect()
}

fn request(method: &str, address: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(address).header(header::CONTENT_TYPE, "application/json")
}

#[tokio::test]
async fn nobody_and_bad_tokens_are_asked_to_sign_in() {
    let site = Site::with_accounts().await;
    let rey = site.member("Rey", Role::FacultyReviewer).await;
    let session = rey.half_way.clone();
    rey.revoke().await;
    for (method, address, rule) in operations(&site) {
        let wrong = ["Bearer ", "Bearer cwy_x", &format!("bearer  {}", rey.token)];
        for token in wrong {
            let refused = site.send(request(method, &address).header(header::AUTHORIZATION, token), "{}").await;
            refused.is_problem(401, "sign-in");
            assert_eq!(refused.headers[header::WWW_AUTHENTICATE], "Bearer realm=\"Credway\"");
        }
        if rule == Rule::Everybody {
            assert!(site.send(request(method, &address), "").await.status.is_success(), "{address}");
            continue;
        }
        for header in [("accept", "text/html"), ("authorization", "Basic eDp5"), ("cookie", "credway-session=x")] {
            site.send(request(method, &address).header(header.0, header.1), "{}").await.is_problem(401, "sign-in");
        }
        site.send(request(method, &address).header("cookie", &session), "{}").await.is_problem(401, "sign-in");
    }
}

#[tokio::test]
async fn a_token_is_good_for_its_scopes_alone() {
    let site = Site::with_accounts().await;
    let lead = site.member("Lee", Role::ProgramLead).await;
    for scope in SCOPES {
        let others: Vec<Action> = SCOPES.into_iter().filter(|one| *one != scope).collect();
        let lacking = lead.token_for(&others).await;
        for (method, address, rule) in operations(&site) {
            let Rule::May(acts) = rule else { continue };
            let with = request(method, &address).header(header::AUTHORIZATION, format!("Bearer {lacking}"));
            let word = serde_json::json!({
                "statement": site.crosswalk, "target": site.crosswalk, "verdict": "full",
            });
            let body =
                if address.starts_with("/api/v1/comments/") { r#"{"text":"x"}"#.to_owned() } else { word.to_string() };
            let body = if address.ends_with("/undo") { body.replace(",\"verdict\":\"full\"", "") } else { body };
            let answer = site.send(with, &body).await;
            if acts == [scope] {
                let problem = answer.is_problem(403, "forbidden");
                assert!(problem["detail"].as_str().unwrap().contains(scope.word()), "{address}: {problem}");
            } else {
                assert_ne!(answer.status.as_u16(), 403, "{address} without {}: {}", scope.word(), answer.body);
            }
        }
    }
}

#[tokio::test]
async fn roles_limit_a_token_with_every_scope() {
    let site = Site::with_accounts().await;
    let employer = site.member("Erin", Role::EmployerReviewer).await.token;
    for path in ["programs", "courses", "crosswalks", "history", "findings", &format!("crosswalks/{}", site.crosswalk)]
    {
        site.get(&employer, &format!("/api/v1/{path}")).await.is_problem(403, "forbidden");
    }
    let administrator = site.member("Ada", Role::Administrator).await.token;
    let review = format!("/api/v1/crosswalks/{}/review", site.crosswalk);
    site.get(&administrator, &review).await.is_problem(403, "forbidden");
}

#[tokio::test]
async fn what_belongs_to_another_institution_is_not_there() {
    let site = Site::with_accounts().await;
    let lead = site.member("Lee", Role::ProgramLead).await.token;
    let course = site.owner.courses(&query("SEC 900")).await.unwrap().0.remove(0).course.id;
    let program = site.owner.programs().await.unwrap().into_iter().find(|one| one.title == "Other").unwrap().id;
    let elsewhere = site.elsewhere;
    for path in [
        format!("courses/{course}"),
        format!("programs/{program}"),
        format!("crosswalks/{elsewhere}"),
        format!("crosswalks/{elsewhere}/coverage"),
        format!("crosswalks/{elsewhere}/review"),
        format!("comments/course.{course}"),
    ] {
        let answer = site.get(&lead, &format!("/api/v1/{path}")).await;
        assert!([403, 404].contains(&answer.status.as_u16()), "{path}: {}", answer.body);
        assert!(!answer.body.contains("Hill") && !answer.body.contains("SEC 900"), "{}", answer.body);
    }
}

fn query(search: &str) -> credway_workflow::CoursesQuery {
    credway_workflow::CoursesQuery { search: search.to_owned(), offset: 0, limit: 10 }
}

#[tokio::test]
async fn parameters_outside_their_limits_are_named() {
    let site = Site::with_accounts().await;
    let token = site.member("Lee", Role::ProgramLead).await.token;
    let (crosswalk, long) = (format!("crosswalks/{}", site.crosswalk), "x".repeat(201));
    for (path, named) in [
        ("courses?limit=0", "limit"),
        ("courses?limit=501", "limit"),
        ("courses?limit=", "limit"),
        ("courses?from=-1", "from"),
        ("courses?from=9007199254740992", "from"),
        ("courses?from=1&from=2", "from"),
        ("courses?search=%00", "search"),
        (&format!("courses?search={long}"), "search"),
        ("courses?limits=5", "limits"),
        ("history?kind=eaten", "kind"),
        ("history?person=", "person"),
        ("history?person=%20Rey", "person"),
        ("history?before=0", "before"),
        ("history?subject=x", "CTID"),
        ("findings?severity=bad", "bad"),
        (&format!("{crosswalk}?only=some"), "some"),
        (&format!("{crosswalk}?columns=201"), "columns"),
        (&format!("{crosswalk}?domain=1"), "CTID"),
    ] {
        let problem = site.get(&token, &format!("/api/v1/{path}")).await.is_problem(400, "malformed");
        assert!(problem["detail"].as_str().unwrap().contains(named), "{path}: {problem}");
    }
    for path in ["courses/x", "programs/Security", "crosswalks/%00", "courses/%ff", "nothing", "programs/"] {
        let status = site.get(&token, &format!("/api/v1/{path}")).await.status.as_u16();
        assert!([400, 404].contains(&status), "{path}: {status}");
    }
}

#[tokio::test]
async fn methods_and_hosts_are_refused_as_problems() {
    let site = Site::with_accounts().await;
    for (method, address, allowed) in [
        ("DELETE", "/api/v1/programs", "GET, HEAD"),
        ("TRACE", "/api/v1/institution", "GET, HEAD"),
        ("PUT", "/api/v1/comments/x", "GET, HEAD, POST"),
        ("GET", "/api/v1/crosswalks/x/decisions", "POST"),
    ] {
        let answer = site.send(request(method, address), "").await;
        answer.is_problem(405, "method");
        assert_eq!(answer.headers[header::ALLOW], allowed);
    }
    let other = Request::get("/api/v1/me").header(header::HOST, "attacker.test");
    site.send(other, "").await.is_problem(421, "other-server");
    let head = site.send(request("HEAD", "/api/v1/institution"), "").await;
    assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
    site.send(request("GET", "/api/v2/programs"), "").await.is_problem(404, "not-found");
}
