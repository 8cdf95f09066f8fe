//! Pathways: the list, a page whose picture and table say the same, the forms that change it, and plans.

use axum::http::{StatusCode, header};

use crate::college::{Answer, College};

const TITLE: &str = "From security support to digital history";

/// The address of the sample's pathway, by the list.
async fn pathway(college: &College) -> String {
    let list = college.page("/pathways").await;
    list.says(TITLE);
    list.link("/pathways/ce-")
}

/// Rows of the table of components.
fn rows(page: &Answer) -> usize {
    page.body.matches("<tr id=\"component-").count()
}

/// Revision of the pathway, as its page tells it.
async fn revision(college: &College, address: &str) -> u32 {
    let form = college.page(&format!("{address}/component")).await.body;
    let value = form.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.parse().unwrap()
}

#[tokio::test]
async fn the_list_says_where_each_leads() {
    let college = College::sample().await;
    let list = college.page("/pathways").await;
    list.says("BA in History");
    list.says("Certificate in Security Support; Security+ exam; AAS in Cybersecurity");
    assert!(list.links().iter().any(|link| link == "/import?kind=pathway"), "{:?}", list.links());
}

#[tokio::test]
async fn picture_and_table_hold_the_same() {
    let college = College::sample().await;
    let page = college.page(&pathway(&college).await).await;
    assert!(page.body.contains(&format!("<title id=\"picture-title\">{TITLE}</title>")), "{}", page.body);
    assert_eq!(rows(&page), 6);
    assert_eq!(page.body.matches("<g class=\"picture-box").count(), 6);
    for key in ["certificate", "security-plus", "security-credit", "associate", "storytelling", "bachelor"] {
        assert!(page.body.contains(&format!("<a href=\"#component-{key}\">")), "{key} is a box");
        assert!(page.body.contains(&format!("<tr id=\"component-{key}\">")), "{key} is a row");
    }
    // One arrow for each component that a condition names.
    assert_eq!(page.body.matches("class=\"picture-arrow").count(), 6);
    page.says("BA in History bachelor credential associate and storytelling History BA destination");
    page.says("tuition per credit $94 invented for this sample 2026-08-24");
    page.says("M1:");
    assert!(!page.body.contains("id=\"findings\""), "the sample's has nothing amiss");
}

#[tokio::test]
async fn what_leads_nowhere_is_found_at_its_row_and_below() {
    let college = College::sample().await;
    let address = pathway(&college).await;
    let loose =
        format!("revision={}&kind=course&name=Loose+end&condition=associate", revision(&college, &address).await);
    assert_eq!(college.post(&format!("{address}/component"), &loose).await.status, StatusCode::SEE_OTHER);
    let page = college.page(&address).await;
    page.says("“Loose end” leads nowhere");
    page.says("pathway.dead-end");
    let row = page.body.split("<tr id=\"component-loose-end\">").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains("Finding:"), "{row}");
    college.page("/pathways").await.says("7 1");
}

#[tokio::test]
async fn a_wrong_condition_is_said_at_its_field_and_a_right_one_can_be_undone() {
    let college = College::sample().await;
    let address = pathway(&college).await;
    let (form, base) = (format!("{address}/component"), revision(&college, &address).await);
    let job = format!("revision={base}&kind=job&name=Security+analyst&role=off-ramp&condition=associate+and+");
    let wrong = college.post(&form, &format!("{job}nowhere")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Nothing was saved.");
    let field = wrong.body.split("id=\"f-condition\"").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(field.contains("aria-invalid=\"true\"") && field.contains("id=\"w-condition\""), "{field}");
    assert!(field.contains("There is no component “nowhere”."), "{field}");
    assert!(wrong.body.contains("value=\"Security analyst\""), "what was typed is kept");
    let unchanged = college.page(&address).await;
    assert_eq!((rows(&unchanged), revision(&college, &address).await), (6, base));

    let right = college.post(&form, &format!("{job}storytelling")).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.text());
    let saved = college.page(right.headers[header::LOCATION].to_str().unwrap()).await;
    saved.says("Saved as a new revision.");
    saved.says("Security analyst security-analyst job associate and storytelling");
    assert_eq!((rows(&saved), revision(&college, &address).await), (7, base + 1));

    for (number, left) in [(base + 1, 6), (base + 2, 7)] {
        let undone = college.post(&format!("{address}/undo"), &format!("revision={number}")).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text());
        let page = college.page(undone.headers[header::LOCATION].to_str().unwrap()).await;
        page.says("The last change is taken back.");
        assert_eq!(rows(&page), left);
    }
    let late = college.post(&format!("{address}/undo"), &format!("revision={base}")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "an old page undoes nothing: {}", late.text());
}

#[tokio::test]
async fn a_component_is_changed_renamed_moved_and_taken_away() {
    let college = College::sample().await;
    let address = pathway(&college).await;
    let base = revision(&college, &address).await;
    let form = college.page(&format!("{address}/component?key=security-credit")).await;
    assert!(form.body.contains("value=\"ITSY 1300\""), "{}", form.body);
    let fields = format!(
        "revision={base}&old_key=storytelling&key=data-stories&kind=assessment&name=Portfolio&condition=associate&embedding=M4\
         &readiness=55&stands_for=Data+Storytelling+for+the+Humanities+2026.1"
    );
    let saved = college.post(&format!("{address}/component"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = college.page(&address).await;
    page.says("associate and data-stories");
    page.says("ready from 55 %");
    let held = college.post(&format!("{address}/remove"), &format!("revision={}&key=data-stories", base + 1)).await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
    held.says("names “data-stories”");
    let moved = college.post(&format!("{address}/move"), "key=certificate&down=true").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let page = college.page(&address).await.body;
    assert!(page.find("id=\"component-security-plus\"") < page.find("id=\"component-certificate\""));
    let gone = format!("revision={}&key=security-credit", base + 2);
    assert_eq!(college.post(&format!("{address}/remove"), &gone).await.status, StatusCode::SEE_OTHER);
    assert_eq!(rows(&college.page(&address).await), 5);
}

#[tokio::test]
async fn what_it_costs_is_taken_with_its_source_only() {
    let college = College::sample().await;
    let pathway = pathway(&college).await;
    let (address, base) = (format!("{pathway}/costs"), revision(&college, &pathway).await);
    let form = college.page(&address).await;
    form.says("Tuition a credit");
    assert!(form.body.contains(&format!("name=\"revision\" value=\"{base}\"")), "{}", form.body);
    let wrong = college.post(&address, &format!("revision={base}&tuition=101.50&tuition_date=soon")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["tuition_source", "tuition_date"] {
        assert!(wrong.body.contains(&format!("id=\"w-{field}\"")), "{field}: {}", wrong.text());
    }
    let fields =
        format!("revision={base}&description=For+adults&tuition=1101.50&tuition_source=Board&tuition_date=2026-09-01");
    let saved = college.post(&address, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = college.page(saved.headers[header::LOCATION].to_str().unwrap()).await;
    page.says("For adults");
    page.says("tuition per credit $1,101.50 Board 2026-09-01");
    let late = college.post(&address, &format!("revision={base}&description=For+the+young")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "what somebody else wrote since is not overwritten");
    late.says("Somebody changed this meanwhile");
    let unsure = college.post(&address, "description=For+the+young").await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    college.page(&pathway).await.says("For adults");
}

#[tokio::test]
async fn what_is_saved_as_it_was_is_told_so() {
    let college = College::sample().await;
    let address = pathway(&college).await;
    let base = revision(&college, &address).await;
    let same = "old_key=certificate&key=certificate&kind=credential&name=Certificate+in+Security+Support&role=on-ramp";
    for (from, number, said) in [
        (base, base + 1, "Saved as a new revision."),
        (base + 1, base + 1, "Nothing was different, so nothing was saved."),
    ] {
        let saved = college.post(&format!("{address}/component"), &format!("revision={from}&{same}")).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        college.page(saved.headers[header::LOCATION].to_str().unwrap()).await.says(said);
        assert_eq!(revision(&college, &address).await, number);
    }
    let first = college.post(&format!("{address}/move"), "key=certificate").await;
    college.page(first.headers[header::LOCATION].to_str().unwrap()).await.says("Nothing was different");
}

#[tokio::test]
async fn one_is_begun_once_and_grows() {
    let college = College::sample().await;
    let begun = college.post("/pathways", "title=Into+the+harbour").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let page = college.page(begun.headers[header::LOCATION].to_str().unwrap()).await;
    page.says("Nothing on the way yet.");
    assert!(!page.text().contains("Undo the last change"));
    let again = college.post("/pathways", "title=Into+the+harbour").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.says("There is a pathway “Into the harbour” already");
}

#[tokio::test]
async fn a_plan_is_shown_with_its_exits_and_proof_and_kept_nowhere() {
    let college = College::sample().await;
    let address = format!("{}/plan", pathway(&college).await);
    let form = college.page(&address).await;
    assert_eq!(form.headers[header::CACHE_CONTROL], "no-store");
    form.says("I already hold");
    let history = college.page("/history").await.text();
    let plan = college.post(&address, "held=security-plus&done=ENGL+1301&compare=true").await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.text());
    assert_eq!(plan.headers[header::CACHE_CONTROL], "no-store");
    plan.says("fall 2027");
    plan.says("Passed already: ENGL 1301");
    plan.says("best, proved");
    plan.says("BA in History destination");
    plan.says("$39,000 (invented for this sample");
    plan.says("term of the destination");
    plan.says("proved: no plan is better");
    plan.says("Side by side");
    assert!(!plan.body.contains("audit differs"), "the degree audit finds every exit's requirements met");
    assert!(plan.body.contains("value=\"security-plus\" checked"), "the wishes stand in the form again");
    let board = plan.body.split("<ol class=\"board\">").nth(1).unwrap().split("</ol>").next().unwrap();
    let terms = plan.body.matches("scope=\"rowgroup\"").count();
    assert_eq!(board.matches("class=\"board-term\"").count(), terms, "board and table hold the same terms");
    assert!(terms > 5, "{terms}");
    assert_eq!(college.page("/history").await.text(), history, "the history tells nothing of it");
}

#[tokio::test]
async fn learners_follow_a_plan_at_rates_in_per_cent() {
    let college = College::sample().await;
    let address = format!("{}/plan", pathway(&college).await);
    let plan = college.post(&address, "held=security-plus").await;
    plan.says("5,000 simulated ones follow this plan");
    assert!(plan.body.contains("name=\"held\" value=\"security-plus\""), "the wishes go along");
    let sent =
        "held=security-plus&simulate=true&passed=80&exams_passed=60&stop_out=2&come_back=0&pass_rates=ENGL+1301,+50";
    let found = college.post(&address, sent).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text());
    assert_eq!(found.headers[header::CACHE_CONTROL], "no-store");
    found.says("Of 100 learners who begin, about");
    found.says("Reaches BA in History");
    found.says("Where a tutor helps most");
    found.says("best, proved");
    found.says("50 % to 40 %");
    assert!(found.body.contains("name=\"passed\" value=\"80\""), "the rates stand in the form again");
    let shares = found.body.split("id=\"ends-name\"").nth(1).unwrap().split("</table>").next().unwrap();
    let bars: Vec<f64> = shares
        .split("bar-cover\" width=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    let sum: f64 = bars.iter().sum();
    assert!(bars.len() > 2 && (99.5..=100.5).contains(&sum), "{bars:?}");
    let certain = "held=security-plus&simulate=true&passed=100&exams_passed=100&stop_out=0";
    college.post(&address, certain).await.says("Of 100 learners who begin, about 100 reach BA in History.");
}

#[tokio::test]
async fn a_rate_that_cannot_be_taken_is_said_at_its_field() {
    let college = College::sample().await;
    let address = format!("{}/plan", pathway(&college).await);
    let read = college.post(&address, "simulate=true&passed=0.85&stop_out=-1&pass_rates=ENGL+1301").await;
    let known = college.post(&address, "simulate=true&passed=85&pass_rates=ENGL+9999,+70").await;
    for (answer, fields) in [(&read, &["passed", "stop_out", "pass_rates"][..]), (&known, &["pass_rates"][..])] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
        answer.says("Nothing was simulated.");
        for field in fields {
            assert!(answer.body.contains(&format!("id=\"w-{field}\"")), "{field}: {}", answer.text());
            assert!(answer.body.contains(&format!("id=\"f-{field}\"")), "{field} is there to go to");
        }
    }
    known.says("Nothing on the way has the code “ENGL 9999”.");
    let nobody = college.post(&address, "terms=9&simulate=true").await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    nobody.says("Nothing was simulated. There is no plan to follow");
}

#[tokio::test]
async fn wishes_that_cannot_be_together_are_told_with_ways_out() {
    let college = College::sample().await;
    let address = format!("{}/plan", pathway(&college).await);
    let answer = college.post(&address, "terms=9").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    answer.says("There is no plan.");
    answer.says("There is one without");
    answer.says("The least that would have to give");
    answer.says("You hold BA in History by the end of summer 2030.");
    answer.says("you could hold BA in History by the end of spring 2031.");
    assert!(!answer.text().contains("end of term"), "terms go by their names: {}", answer.text());
    let conflict = answer.body.split("There is no plan.").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(conflict.contains("<li>"), "{conflict}");
    assert!(!answer.body.contains("Plan of study as PDF"));
    let printed = college.post(&format!("{address}.pdf"), "terms=9").await;
    assert_eq!(printed.status, StatusCode::UNPROCESSABLE_ENTITY);
    printed.says("There is no plan to print");
}

#[tokio::test]
async fn a_wish_that_cannot_be_read_is_said_at_its_field() {
    let college = College::sample().await;
    let address = format!("{}/plan", pathway(&college).await);
    let answer = college.post(&address, "from=winter&done=%3Cscript%3Ealert(1)%3C/script%3E&terms=many").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    for field in ["from", "done", "terms"] {
        assert!(answer.body.contains(&format!("id=\"w-{field}\"")), "{field}: {}", answer.text());
    }
    answer.says("“many” cannot be taken: write a whole number.");
    assert!(!answer.body.contains("<script>alert") && answer.body.contains("&#60;script&#62;alert(1)"));
    assert!(answer.body.contains("<details open>"), "the wish that is wrong is not hidden");
}

#[tokio::test]
async fn a_wish_for_what_is_not_there_keeps_what_was_typed() {
    let college = College::sample().await;
    let address = format!("{}/plan", pathway(&college).await);
    let typed = "done=ENGL+1301,+ENGL+9999&work=60&terms=30&readiness=120&held=security-plus&most=12";
    for (sent, fields) in [
        (typed.to_owned(), &["work", "terms", "readiness"][..]),
        (typed.replace("&work=60&terms=30&readiness=120", "&held=nothing"), &["done", "held"][..]),
    ] {
        let answer = college.post(&address, &sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        answer.says("Nothing was planned.");
        for field in fields {
            assert!(answer.body.contains(&format!("id=\"w-{field}\"")), "{field}: {}", answer.text());
            assert!(answer.body.contains(&format!("href=\"#f-{field}\"")), "{field} in the summary");
            assert!(answer.body.contains(&format!("id=\"f-{field}\"")), "{field} is there to go to");
        }
        assert!(answer.body.contains("ENGL 1301, ENGL 9999</textarea>"), "{}", answer.body);
        assert!(answer.body.contains("value=\"security-plus\" checked") && answer.body.contains("value=\"12\""));
    }
    let nowhere = college.post(&address, "to=nowhere&done=ENGL+1301").await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    nowhere.says("Nothing was planned. The pathway has no component “nowhere”.");
    assert!(nowhere.body.contains("ENGL 1301</textarea>"), "{}", nowhere.body);
    let document = college.post(&format!("{address}.pdf"), "done=ENGL+9999").await;
    assert_eq!(document.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(document.body.contains("ENGL 9999</textarea>"), "{}", document.body);
}

#[tokio::test]
async fn the_plan_of_study_is_a_document() {
    let college = College::sample().await;
    let address = format!("{}/plan.pdf", pathway(&college).await);
    let document = college.post(&address, "held=security-plus").await;
    assert_eq!(document.status, StatusCode::OK, "{}", document.body);
    assert!(document.body.starts_with("%PDF"));
    assert_eq!(document.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(document.headers[header::CACHE_CONTROL], "no-store");
    assert!(document.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("plan-of-study.pdf"));
}
