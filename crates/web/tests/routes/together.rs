//! Comments, editing by hand, reviews that were given, shares: as a browser asks for them.

use axum::http::{StatusCode, header};

use crate::college::College;

/// The value of the first field of this name.
#[track_caller]
fn field(body: &str, name: &str) -> String {
    let at = body.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}"));
    body[at..].split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}

#[tokio::test]
async fn a_comment_is_shown_as_it_was_written_and_becomes_nothing_else() {
    let college = College::sample().await;
    let course = college.page("/courses").await.link("/courses/ce-");
    let comments = college.page(&course).await.link("/comments/course.");
    let said = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%0D%0Ahttps%3A%2F%2Fa.example%20%22onload%3Dx";
    let answer = college.post(&comments, &format!("text={said}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = college.page(&comments).await;
    assert!(page.body.contains("&#60;script&#62;alert(1)&#60;/script&#62;\nhttps://a.example"), "{}", page.body);
    assert!(!page.body.contains("<script>alert") && !page.body.contains("href=\"https://a.example"));
    let empty = college.post(&comments, "text=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("The comment is empty");
    let unknown = college.post(&comments, "text=%40Nobody+look").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    unknown.says("“@Nobody” is nobody who can see this");
    assert!(unknown.body.contains("@Nobody look</textarea>"), "what was written is not lost");
    let id = field(&page.body, "id");
    let taken = college.post(&format!("{comments}/withdraw"), &format!("id={id}")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    college.page(&comments).await.says("This comment was taken back.");
    for wrong in ["/comments/course.x", "/comments/x", &format!("/comments/program.{}", &comments[17..])] {
        assert_eq!(college.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn a_course_is_edited_and_a_clash_is_chosen() {
    let college = College::sample().await;
    let course = college.page("/courses").await.link("/courses/ce-");
    let edit = college.page(&course).await.link("/courses/ce-");
    assert!(edit.ends_with("/edit") || edit == course);
    let edit = format!("{course}/edit");
    let form = college.page(&edit).await;
    let revision = field(&form.body, "revision");
    let saved = college.post(&edit, &format!("revision={revision}&title=First+title&credits=4")).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    saved.says("Changed: Credits, Title.");
    let merged = college.post(&edit, &format!("revision={revision}&description=Other+words")).await;
    merged.says("Put together with what somebody else saved meanwhile: Credits, Title.");
    let clash = college.post(&edit, &format!("revision={revision}&title=%3Cb%3ESecond&lab_hours=2")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.says("Nothing was saved yet");
    assert!(clash.body.contains("type=\"radio\" name=\"title\" value=\"&#60;b&#62;Second\""), "{}", clash.body);
    assert!(clash.body.contains("type=\"radio\" name=\"title\" value=\"First title\""));
    assert_eq!(field(&clash.body, "lab_hours"), "2", "what does not clash goes along");
    college.page(&course).await.says("First title");
    let newest = field(&clash.body, "revision");
    college.post(&edit, &format!("revision={newest}&title=Second&lab_hours=2")).await.says("is saved");
    let page = college.page(&course).await;
    page.says("Second");
    page.says("by hand");
    let wrong = college.post(&edit, &format!("revision={newest}&credits=many")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"f-credits\" name=\"credits\" value=\"many\""));
    let other = college.post(&edit, &format!("revision={newest}&organization=x")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn pages_of_people_say_what_is_missing_where_nobody_has_an_account() {
    let college = College::sample().await;
    college.page("/assignments").await.says("No review waits for you.");
    let crosswalk = college.page("/").await.link("/crosswalks/ce-");
    let crosswalk = crosswalk.split(['?', '#']).next().unwrap().trim_end_matches("/review").to_owned();
    let crosswalk = crosswalk.trim_end_matches("/coverage");
    let who = college.page(&format!("{crosswalk}/assignments")).await;
    who.says("Nobody with an account may review this program yet.");
    college
        .page(&format!("{crosswalk}/shares"))
        .await
        .says("No employer reviewer of this institution has an account yet.");
    assert_eq!(college.get("/notifications").await.status, StatusCode::FORBIDDEN, "nobody is signed in");
    let somewhere = crosswalk.rsplit('/').next().unwrap();
    assert_eq!(college.get(&format!("/shared/{somewhere}")).await.status, StatusCode::NOT_FOUND);
    let nothing = college.post(&format!("{crosswalk}/assignments"), "account=x&part=first").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_card_says_that_another_word_came_in() {
    let college = College::sample().await;
    let crosswalk = college.page("/").await.link("/crosswalks/ce-");
    let crosswalk = crosswalk.split(['?', '#']).next().unwrap().trim_end_matches("/review").to_owned();
    let crosswalk = crosswalk.trim_end_matches("/coverage");
    let page = college.page(&format!("{crosswalk}/review")).await;
    let [statement, target, seen] = ["statement", "target", "seen"].map(|name| field(&page.body, name));
    let word = format!("statement={statement}&target={target}&seen={seen}&verdict=full");
    let first = college.post(&format!("{crosswalk}/decide"), &word).await;
    let address = |answer: &crate::college::Answer| answer.headers[header::LOCATION].to_str().unwrap().to_owned();
    assert!(!address(&first).contains(".more"), "{}", address(&first));
    let second = college.post(&format!("{crosswalk}/decide"), &word).await;
    assert!(address(&second).contains(".more"), "{}", address(&second));
    college.page(&address(&second)).await.says("Another word on this pair came in after you opened the page.");
}
