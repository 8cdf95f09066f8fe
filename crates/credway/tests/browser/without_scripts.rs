//! With scripts switched off everything can still be read, and a decision is a plain form that answers with the page.

use crate::browser::Browser;
use crate::settings::Settings;
use crate::site::Site;

const PROGRAM: &str = "History";
const BLUEPRINT: &str = "Data Storytelling for the Humanities 2026.1";

#[tokio::test]
async fn reading_and_deciding_work_without_scripts() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    browser.switch_scripts_off().await;
    for (path, words) in [
        ("/programs", "Cybersecurity"),
        ("/blueprints", "CompTIA Security+ SY0-701"),
        ("/courses?search=firewall", "course"),
        ("/history", "decisions.csv"),
        ("/import", "Nothing is written before you confirm"),
    ] {
        browser.open(path).await;
        browser.says(words).await;
    }
    let crosswalk = crosswalk(&browser).await;
    browser.open(&format!("{crosswalk}/review")).await;
    browser.says("3 suggestions left").await;
    let offered: Vec<String> = browser.ask(OFFERED, Vec::new()).await;
    assert!(offered.is_empty(), "these do nothing without scripts: {offered:?}");
    browser.click("article.card button[value=partial]").await;
    browser.until("location.hash === '#review-last'").await;
    browser.says("accepted (partial)").await;
    browser.says("2 suggestions left").await;
    assert_eq!(decisions(&site), 1);
    browser.click("#review-last button").await;
    browser.says("your decision is taken back").await;
    browser.says("3 suggestions left").await;
}

/// Controls that need a script and are shown all the same.
const OFFERED: &str = "return [...document.querySelectorAll('[data-needs-script]')]
  .filter((control) => control.checkVisibility()).map((control) => control.innerText)";

/// The page of the crosswalk, by the links of its blueprint's card.
async fn crosswalk(browser: &Browser) -> String {
    browser.open("/").await;
    let script = "return [...document.querySelectorAll('.walk h3 a')]
      .find((link) => link.innerText.startsWith('History')).pathname";
    let address: String = browser.ask(script, Vec::new()).await;
    browser.open(&address).await;
    browser.says(&format!("{PROGRAM} × {BLUEPRINT}")).await;
    let cells: usize = browser.ask("return document.querySelectorAll('table.mx td a').length", Vec::new()).await;
    assert!(cells > 10, "{cells} cells with something in them");
    address
}

/// How many decisions the reviewer's name stands under.
fn decisions(site: &Site) -> usize {
    let export = ["export", "crosswalk", "--program", PROGRAM, "--blueprint", BLUEPRINT, "--format", "json"];
    site.run(&export).matches(&format!("\"person\": \"{}\"", crate::site::PERSON)).count()
}
