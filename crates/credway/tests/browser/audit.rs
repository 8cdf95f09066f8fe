//! What a program requires, and a learner's courses audited against it, in the browser: by keyboard alone, without scripts, in every look.

use serde_json::json;

use crate::browser::{Browser, ENTER};
use crate::looks::Looks;
use crate::settings::Settings;
use crate::site::Site;

const TAKEN: &str =
    "code,grade,source\nITSY 1300,A,here\nITSY 1342,B,here\nITSY 2301,D,here\nENGL 1301,,transfer\nITNW 1325,F,here\n";
const EXCEPTIONS: &str = "requirement,course,who,why\nCapstone,ITSY 2301,Dean Ruth Adler,Built the range\n";

/// The page of the audit of the sample's cybersecurity program, by the links.
async fn open(browser: &Browser) {
    browser.open("/programs").await;
    let script =
        "return [...document.querySelectorAll('main a')].find((link) => link.innerText === 'Cybersecurity').pathname";
    let program: String = browser.ask(script, Vec::new()).await;
    browser.open(&program).await;
    browser.says("Audit a learner").await;
    browser.open(&format!("{program}/audit")).await;
    browser.says("kept nowhere").await;
}

#[tokio::test]
async fn an_audit_looks_well_in_every_look() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    open(&browser).await;
    looks.at("audit form").await;
    browser.click("main form button[type=submit]").await;
    browser.until("document.querySelector('#errors')").await;
    looks.at("audit form with errors").await;
    let fill = "document.querySelector('#taken').value = arguments[0]; document.querySelector('#exceptions').value = arguments[1];
      document.querySelector('input[name=with]').checked = true; document.querySelector('#share').value = '9'";
    browser.ask::<Option<bool>>(fill, vec![json!(TAKEN), json!(EXCEPTIONS)]).await;
    browser.click("main form button[type=submit]").await;
    browser.until("document.querySelector('#result')").await;
    browser.says("not yet met").await;
    browser.says("by Dean Ruth Adler").await;
    looks.at("audit result").await;
    looks.end();
}

#[tokio::test]
async fn an_audit_is_asked_for_by_keyboard_and_without_scripts() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    browser.switch_scripts_off().await;
    open(&browser).await;
    browser.tab_to("#taken").await;
    browser.press(TAKEN).await;
    browser.tab_to("main form button[type=submit]").await;
    browser.press(ENTER).await;
    browser.until("document.querySelector('#result')").await;
    browser.says("Security core").await;
    browser.says("Missing: 6 courses").await;
    browser.says("It was not passed.").await;
    let address: String = browser.ask("return location.href", Vec::new()).await;
    assert!(address.ends_with("/audit"), "no learner stands in {address}");
    let history = site.run(&["--json", "list", "history"]);
    assert!(!history.contains("audit"), "{history}");
}
