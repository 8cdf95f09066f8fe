//! Markup in every text that reaches a page: it is shown as it was written, and becomes nothing else.

use axum::http::StatusCode;
use credway_model::Ctid;

use crate::plain_page::harmless;
use crate::two_colleges::{Site, Who};
use crate::{site, who};

/// Breaks out of an attribute and an element, runs as a picture's fault, as a script and as a link.
const EVIL: &str = "x\" onfocus=\"alert(0)'><img src=x onerror=alert(1)><script>alert(2)</script>javascript:alert(3)";

/// What comes in by files holds no elements: their readers refuse them. What is left breaks out of an attribute.
const SLY: &str = "x\" onfocus=\"alert(0)' autofocus & <3 {{ 7*7 }}";

/// That the text is shown on these pages, and is text.
async fn shown(site: &Site, of: &Who, addresses: &[String]) {
    for address in addresses {
        let answer = site.get(of, address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.location());
        assert!(harmless(address, &answer), "the text is not on {address}: {}", answer.body);
    }
}

fn lead() -> &'static Who {
    who("Program lead of Harbor College")
}

/// Imports a file through the pages, as its lead.
async fn import(site: &Site, kind: &str, name: &str, text: &str) -> String {
    let sent = site.upload(lead(), "/import/preview", (name, text.as_bytes()), kind).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let preview = sent.location().to_owned();
    harmless(&preview, &site.get(lead(), &preview).await);
    let token = preview.rsplit('/').next().unwrap();
    let written = site.post(lead(), "/import", &[("token", token)]).await;
    let result = site.get(lead(), written.location()).await;
    harmless(written.location(), &result);
    assert!(result.body.contains("Imported"), "{}", result.body);
    preview
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[tokio::test]
async fn in_a_courses_words_and_its_files_name() {
    let (site, colleges) = site().await;
    let evil = quoted(SLY);
    let text = format!("code,title,description,credits\nEVIL 1301,{evil},{evil},3\n");
    import(&site, "courses", "<img src=x onerror=alert(1)>.csv", &text).await;
    let outcomes = format!("course,code,statement,assessed_by\nEVIL 1301,O1,{evil},{evil}\n");
    import(&site, "outcomes", "outcomes.csv", &outcomes).await;
    let list = site.get(lead(), "/courses?search=EVIL").await;
    assert!(harmless("/courses", &list));
    let at = list.body.find("/courses/ce-").unwrap();
    let course = list.body[at..].split('"').next().unwrap().to_owned();
    let history = course.replace("/courses/", "/history/");
    shown(&site, lead(), &[course.clone(), format!("{course}/edit"), history, "/history".to_owned()]).await;
    let source = site.get(lead(), &course).await.body;
    let at = source.find("/sources/").unwrap();
    let source = source[at..].split(['"', '?']).next().unwrap().to_owned();
    shown(&site, lead(), &[source]).await;
    assert_eq!(colleges.places.len(), 3);
}

#[tokio::test]
async fn in_a_programs_and_a_blueprints_words() {
    let (site, _) = site().await;
    let evil = quoted(SLY);
    let text = format!("program,award,course,group\n{evil},{evil},ITSY 1300,{evil}\n");
    import(&site, "program", "program.csv", &text).await;
    let text = format!(
        "credential,version,domain_code,domain,weight,objective_code,objective\n{evil},{evil},1,{evil},100%,,\n{evil},{evil},1,{evil},,1.1,{evil} firewall network traffic\n"
    );
    import(&site, "blueprint", "evil.csv", &text).await;
    for (list, begins) in [("/programs", "/programs/ce-"), ("/blueprints", "/blueprints/ce-")] {
        let page = site.get(lead(), list).await;
        assert!(harmless(list, &page), "{list}");
        for link in page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if link.starts_with(begins) {
                harmless(link, &site.get(lead(), link).await);
            }
        }
    }
    let program =
        site.owner.programs().await.unwrap().into_iter().find(|one| one.title.contains("onfocus")).unwrap().id;
    let blueprint =
        site.owner.blueprints().await.unwrap().into_iter().find(|one| one.name.contains("onfocus")).unwrap().id;
    let limits = credway_workflow::DEFAULT_LIMITS;
    let made = site.owner.align(&program.to_string(), &blueprint.to_string(), limits, &()).await.unwrap().crosswalk;
    let of = |part: &str| format!("/crosswalks/{made}{part}");
    let pages =
        ["", "/review?show=all", "/coverage", "/report", "/report/crosswalk", "/assignments", "/shares", "/signoff"];
    shown(&site, lead(), &pages.map(of)).await;
    shown(&site, lead(), &[format!("/programs/{program}"), format!("/blueprints/{blueprint}"), "/".to_owned()]).await;
}

#[tokio::test]
async fn in_reasons_and_comments() {
    let (site, colleges) = site().await;
    let place = &colleges.places[0];
    let (statement, target) = (place.pair.0.to_string(), place.pair.1.to_string());
    let word = [("statement", statement.as_str()), ("target", &target), ("verdict", "rejected"), ("reason", EVIL)];
    let answer = site.post(lead(), &format!("/crosswalks/{}/decide", place.crosswalk), &word).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let comments = format!("/comments/course.{}", place.course);
    assert_eq!(site.post(lead(), &comments, &[("text", EVIL)]).await.status, StatusCode::SEE_OTHER);
    let edit = format!("/courses/{}/edit", place.course);
    let fields = [("revision", "1"), ("title", "Clearer"), ("reason", EVIL)];
    assert_eq!(site.post(lead(), &edit, &fields).await.status, StatusCode::OK);
    let review = format!("/crosswalks/{}/review?show=all&focus={target}", place.crosswalk);
    shown(&site, lead(), &[comments, review, "/history".to_owned()]).await;
}

#[tokio::test]
async fn in_a_pathways_words() {
    let (site, _) = site().await;
    let begun = site.post(lead(), "/pathways", &[("title", EVIL)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let pathway = begun.location().to_owned();
    let form = format!("{pathway}/component");
    let name = EVIL.replace("x\"", "y\"");
    let fields =
        [("revision", "1"), ("kind", "job"), ("key", "evil"), ("name", &name), ("wage", "1"), ("wage_source", EVIL)];
    let saved = site.post(lead(), &form, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let refused =
        site.post(lead(), &form, &[("revision", "2"), ("name", EVIL), ("condition", EVIL), ("readiness", EVIL)]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && harmless(&form, &refused), "{}", refused.body);
    let costs = [("revision", "2"), ("description", EVIL), ("tuition", "1"), ("tuition_source", EVIL)];
    let saved = site.post(lead(), &format!("{pathway}/costs"), &costs).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let plan = format!("{pathway}/plan");
    let wishes = [("to", EVIL), ("done", EVIL), ("held", EVIL), ("want", EVIL), ("from", EVIL), ("order", EVIL)];
    let refused = site.post(lead(), &plan, &wishes).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && harmless(&plan, &refused), "{}", refused.body);
    let history = pathway.replace("/pathways/", "/history/");
    let pages = [pathway.clone(), form.clone(), format!("{form}?key=evil"), format!("{pathway}/costs"), plan, history];
    shown(&site, lead(), &pages).await;
    shown(&site, lead(), &["/pathways".to_owned(), "/history".to_owned()]).await;
}

#[tokio::test]
async fn in_peoples_names_and_what_others_are_told_of_them() {
    let (site, colleges) = site().await;
    let keeper = who("Administrator of Harbor College");
    let home = colleges.home.to_string();
    let name = "<img src=x onerror=alert(1)>";
    let fields = [("name", name), ("email", "evil@harbor.example"), ("role", "program_lead"), ("institution", &home)];
    let made = site.post(keeper, "/people/invite", &fields).await;
    assert!(made.status == StatusCode::OK && !harmless("/people/invite", &made), "{}", made.body);
    let code = made.body.split("/invitation#").nth(1).unwrap().split(['<', '"']).next().unwrap().to_owned();
    let page = site.post(&Who::default(), "/invitation", &[("code", &code)]).await;
    assert!(harmless("/invitation", &page), "{}", page.body);
    let fields = [("code", code.as_str()), ("password", crate::PASSWORD), ("again", crate::PASSWORD)];
    let accepted = site.post(&Who::default(), "/invitation/accept", &fields).await;
    let evil = crate::with_session(&site, &Who::default(), &accepted).await;
    let evil = Who {
        account: Some(site.owner.people().await.unwrap().people.iter().find(|one| one.name == name).unwrap().id),
        ..evil
    };
    let place = &colleges.places[0];
    let reviewer = who("Faculty reviewer of Harbor College");
    let comment = format!("@{} look", reviewer.name);
    let comments = format!("/comments/course.{}", place.course);
    assert_eq!(site.post(&evil, &comments, &[("text", &comment)]).await.status, StatusCode::SEE_OTHER);
    shown(&site, reviewer, &["/notifications".to_owned(), comments]).await;
    let assignments = format!("/crosswalks/{}/assignments", place.crosswalk);
    shown(&site, keeper, &["/people".to_owned(), "/history".to_owned()]).await;
    shown(&site, lead(), &[assignments]).await;
    shown(&site, &evil, &["/account".to_owned(), "/".to_owned()]).await;
}

#[tokio::test]
async fn in_what_an_employer_says() {
    let (site, colleges) = site().await;
    let place = &colleges.places[0];
    let row = place.pair.1.to_string();
    let employer = who("Employer reviewer of Harbor College");
    let sheet = format!("/shared/{}", place.share);
    let fields = [("row", row.as_str()), ("word", "missing"), ("note", EVIL)];
    let said = site.post(employer, &format!("{sheet}/say"), &fields).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    shown(&site, employer, &[sheet]).await;
    shown(&site, lead(), &[format!("/crosswalks/{}/shares", place.crosswalk)]).await;
}

#[tokio::test]
async fn in_the_words_of_a_sign_off() {
    let (site, colleges) = site().await;
    let place = &colleges.places[0];
    let reviewer = who("Faculty reviewer of Harbor College");
    let signoff = format!("/signoffs/{}", place.signoff);
    let fields = [("step", "0"), ("digest", place.digest.as_str()), ("note", EVIL)];
    assert_eq!(site.post(reviewer, &format!("{signoff}/sign"), &fields).await.status, StatusCode::SEE_OTHER);
    let fields = [("to", "beginning"), ("reason", EVIL)];
    assert_eq!(site.post(lead(), &format!("{signoff}/return"), &fields).await.status, StatusCode::SEE_OTHER);
    shown(&site, lead(), &[signoff, "/history".to_owned()]).await;
    let plan = format!("/signoffs/plan/{}", colleges.home);
    let fields = [("title1", "<img src=x onerror=alert(1)>"), ("quorum1", "1"), ("role1_dean", "yes")];
    assert_eq!(site.post(lead(), &plan, &fields).await.status, StatusCode::SEE_OTHER);
    shown(&site, lead(), &["/signoffs/plan".to_owned()]).await;
}

#[tokio::test]
async fn in_what_one_calls_a_token_and_what_a_browser_calls_itself() {
    let (site, _) = site().await;
    let name = "<img src=x onerror=alert(1)>";
    let made = site
        .post(
            lead(),
            "/account/tokens",
            &[("name", name), ("scope", "read_catalogue"), ("days", "7"), ("proof", crate::PASSWORD)],
        )
        .await;
    assert!(harmless("/account/tokens", &made), "{}", made.body);
    shown(&site, lead(), &["/account".to_owned()]).await;
    let body = crate::two_colleges::form(&[
        ("csrf", site.state.token()),
        ("email", &lead().email),
        ("password", crate::PASSWORD),
    ]);
    let request =
        site.request(&Who::default(), "POST", "/sign-in").header("content-type", "application/x-www-form-urlencoded");
    let request = request.header("user-agent", format!("Firefox/{EVIL}")).body(axum::body::Body::from(body)).unwrap();
    assert_eq!(site.send(request).await.status, StatusCode::SEE_OTHER);
    harmless("/account", &site.get(lead(), "/account").await);
}

#[tokio::test]
async fn in_what_an_address_or_a_form_says() {
    let (site, colleges) = site().await;
    let evil = crate::two_colleges::encode(EVIL);
    for address in [
        format!("/courses?search={evil}"),
        format!("/history?person={evil}&kind={evil}"),
        format!("/findings?search={evil}"),
        format!("/nowhere/{evil}"),
        format!("/courses/{evil}"),
        format!("/comments/{evil}"),
        format!("/signoffs/{evil}"),
        format!("/crosswalks/{}?only={evil}", colleges.places[0].crosswalk),
        format!("/crosswalks/{}/export?format={evil}", colleges.places[0].crosswalk),
        format!("/sources/{}?place={evil}", colleges.places[0].source),
        format!("/import/templates/{evil}.csv"),
    ] {
        let answer = site.get(lead(), &address).await;
        assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
        harmless(&address, &answer);
    }
    for (address, field) in
        [("/sign-in", "email"), ("/sign-in", "to"), ("/invitation", "code"), ("/sign-in/elsewhere", "to")]
    {
        harmless(address, &site.post(&Who::default(), address, &[(field, EVIL)]).await);
    }
    harmless("/sign-in", &site.get(&Who::default(), &format!("/sign-in?to={evil}")).await);
    let nothing = Ctid::from_uuid(uuid::Uuid::nil());
    harmless(
        "/people",
        &site
            .post(
                who("Administrator of Harbor College"),
                "/people/invite",
                &[("name", EVIL), ("email", EVIL), ("role", "dean"), ("institution", &nothing.to_string())],
            )
            .await,
    );
}

#[tokio::test]
async fn in_files_elements_are_refused_and_shown_as_text() {
    let (site, _) = site().await;
    let keeper = who("Administrator of Harbor College");
    let evil = quoted(EVIL);
    for (kind, text) in [
        ("courses", format!("organization,code,title,credits,prerequisites\n{evil},EVIL 1301,{evil},{evil},{evil}\n")),
        ("outcomes", format!("course,code,statement\nITSY 1300,O9,{evil}\n")),
        ("program", format!("program,course\n{evil},ITSY 1300\n")),
        ("blueprint", format!("credential,domain_code,domain,weight\nEvil,1,{evil},100%\n")),
    ] {
        let sent = site.upload(keeper, "/import/preview", ("evil.csv", text.as_bytes()), kind).await;
        let page = site.get(keeper, sent.location()).await;
        assert!(harmless(kind, &page) || page.body.contains("&#60;img"), "{kind}: {}", page.body);
        assert!(page.body.contains("text.markup") && !page.body.contains("id=\"confirm\""), "{kind}: {}", page.body);
    }
}

#[tokio::test]
async fn in_an_institutions_name_and_in_findings() {
    let (site, _) = site().await;
    let keeper = who("Administrator of Harbor College");
    let evil = quoted(SLY);
    let text = format!("name,type,city\n{evil},college,{evil}\n");
    let sent = site.upload(keeper, "/import/preview", ("evil.csv", text.as_bytes()), "organization").await;
    shown(&site, keeper, &[sent.location().to_owned()]).await;
    let token = sent.location().rsplit('/').next().unwrap().to_owned();
    let written = site.post(keeper, "/import", &[("token", &token)]).await;
    harmless("result", &site.get(keeper, written.location()).await);
    let institutions = site.owner.people().await.unwrap().institutions;
    let there = institutions.iter().any(|one| one.name.contains("onfocus"));
    for page in ["/findings", "/people", "/courses", "/history"] {
        harmless(page, &site.get(keeper, page).await);
    }
    assert!(there, "the institution of this name is there");
}
