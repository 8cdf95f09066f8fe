//! Pathways in the browser: in every look, and designed and planned by keyboard alone.

use serde_json::json;

use crate::browser::{Browser, ENTER};
use crate::looks::Looks;
use crate::settings::Settings;
use crate::site::Site;

const TITLE: &str = "From security support to digital history";
const SUBMIT: &str = "main form.stack-form button[type=submit]";

/// Fills fields of the open form, sends it, and waits for what comes of it.
async fn send(browser: &Browser, fields: &[(&str, &str)], then: &str) {
    let fill = "const field = document.querySelector(arguments[0]); field.value = arguments[1];";
    for (field, value) in fields {
        browser.ask::<Option<bool>>(fill, vec![json!(field), json!(value)]).await;
    }
    browser.click(SUBMIT).await;
    browser.until(format!("document.querySelector({})", json!(then))).await;
}

/// The path of the sample's pathway, by the list.
async fn pathway(browser: &Browser) -> String {
    browser.open("/pathways").await;
    browser.says(TITLE).await;
    browser.ask("return document.querySelector('main tbody a').pathname", Vec::new()).await
}

#[tokio::test]
async fn a_pathways_pages_look_well_in_every_look() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    let pathway = pathway(&browser).await;
    looks.at("pathways").await;
    browser.open(&pathway).await;
    browser.until("document.querySelectorAll('.picture-box').length === 6").await;
    looks.at("pathway").await;
    browser.open(&format!("{pathway}/component?key=security-plus")).await;
    let open = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })";
    browser.ask::<Option<bool>>(open, Vec::new()).await;
    looks.at("pathway component").await;
    send(&browser, &[("#f-condition", "certificate and nowhere"), ("#f-readiness", "much")], "#w-condition").await;
    looks.at("pathway component with errors").await;
    browser.open(&format!("{pathway}/costs")).await;
    send(&browser, &[("#f-tuition_source", "")], "#w-tuition_source").await;
    looks.at("pathway costs with errors").await;
    browser.open("/pathways").await;
    browser.ask::<Option<bool>>("document.querySelector('#title').value = 'Into the harbour'", Vec::new()).await;
    browser.click("main form button").await;
    browser.says("Nothing on the way yet.").await;
    looks.at("pathway without components").await;
    looks.end();
}

#[tokio::test]
async fn a_plans_pages_look_well_in_every_look() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    let plan = format!("{}/plan", pathway(&browser).await);
    browser.open(&plan).await;
    browser.ask::<Option<bool>>("document.querySelector('main details').open = true", Vec::new()).await;
    looks.at("plan form").await;
    send(&browser, &[("#f-from", "winter"), ("#f-terms", "many")], "#w-terms").await;
    looks.at("plan form with errors").await;
    browser.open(&plan).await;
    let tick =
        "for (const name of ['no_summer', 'compare']) document.querySelector(`input[name=${name}]`).checked = true;
      document.querySelector('input[name=held][value=security-plus]').checked = true";
    browser.ask::<Option<bool>>(tick, Vec::new()).await;
    send(&browser, &[("#f-work", "30"), ("#f-done", "ENGL 1301")], ".board-term").await;
    let open = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })";
    browser.ask::<Option<bool>>(open, Vec::new()).await;
    browser.says("Side by side").await;
    looks.at("plan beside the usual one").await;
    browser.open(&plan).await;
    send(&browser, &[("#f-terms", "9")], "#plan .notice-warning").await;
    browser.says("There is one without").await;
    looks.at("plan that cannot be").await;
    browser.open(&plan).await;
    send(&browser, &[("#f-work", "30")], "#rates").await;
    send(&browser, &[("#f-passed", "80"), ("#f-pass_rates", "ENGL 1301, 60")], "#simulated").await;
    browser.ask::<Option<bool>>(open, Vec::new()).await;
    browser.says("Where a tutor helps most").await;
    looks.at("plan with simulated learners").await;
    send(&browser, &[("#f-passed", "0.8"), ("#f-pass_rates", "ENGL 1301")], "#w-pass_rates").await;
    looks.at("rates with errors").await;
    looks.end();
}

#[tokio::test]
async fn a_pathway_is_changed_and_planned_by_keyboard() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    browser.open("/").await;
    follow(&browser, ".menu a[href='/pathways']").await;
    follow(&browser, "main tbody a").await;
    browser.says("From a first certificate").await;

    follow(&browser, "main .actions a[href$='/component']").await;
    for (field, keys) in [("#f-name", "Security analyst"), ("#f-kind", "job"), ("#f-condition", "associate")] {
        browser.tab_to(field).await;
        browser.press(keys).await;
    }
    browser.tab_to("input[name=role][value=off-ramp]").await;
    browser.press_until(" ", "document.activeElement.checked").await;
    follow(&browser, SUBMIT).await;
    browser.says("Saved as a new revision.").await;
    assert!(browser.has("#component-security-analyst").await);
    follow(&browser, "main form[action$='/undo'] button").await;
    browser.says("The last change is taken back.").await;
    assert!(!browser.has("#component-security-analyst").await);

    follow(&browser, "main .actions a[href$='/plan']").await;
    browser.tab_to("input[name=held][value=security-plus]").await;
    browser.press_until(" ", "document.activeElement.checked").await;
    follow(&browser, SUBMIT).await;
    browser.says("Where one can get off").await;
    browser.says("best, proved").await;
    let terms: usize = browser.ask("return document.querySelectorAll('.board-term').length", Vec::new()).await;
    assert!(terms > 5, "{terms} terms");
    assert!(browser.place().await.ends_with("/plan#plan"), "no wish stands in {}", browser.place().await);
    // The first stop of Tab after a plan is the plan itself, not the menu.
    browser.press_until("\u{e004}", "document.activeElement.closest('#plan')").await;

    follow(&browser, "#rates button[type=submit]").await;
    browser.says("Of 100 learners who begin").await;
    assert!(browser.place().await.ends_with("/plan#simulated"), "no rate stands in {}", browser.place().await);
}

/// Tabs to a link or button and follows it.
async fn follow(browser: &Browser, selector: &str) {
    browser.tab_to(selector).await;
    browser.turn_page(ENTER).await;
}
