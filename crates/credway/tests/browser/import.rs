//! Importing in the browser: a file is chosen, previewed, its mapping corrected, and only then written; the same file
//! again changes nothing, and a broken one writes nothing.

use std::path::Path;

use serde_json::json;

use crate::browser::{Browser, ENTER};
use crate::settings::Settings;
use crate::site::Site;

/// Chooses kind and file on the import page and goes on to the preview.
pub(crate) async fn upload(browser: &Browser, kind: &str, file: &Path) {
    browser.open("/import").await;
    let choose = "document.querySelector('#kind').value = arguments[0]";
    browser.ask::<Option<bool>>(choose, vec![json!(kind)]).await;
    browser.choose_file("#file", file).await;
    browser.click("main button[type=submit]").await;
    browser.until("document.querySelector('h1').innerText.startsWith('Preview')").await;
}

/// Courses whose description stands in a column that nobody would guess.
const COURSES: &str = "Organization,Course code,Course title,Credit hours,Blurb\n\
    Harbor College,HARB 1301,Guarding a Port,3,Cranes; gates and the networks between them.\n\
    Harbor College,HARB 1302,Signals,4,Radio and light.\n";
/// A blueprint whose weights come to 90 %.
const BROKEN: &str = "credential,version,domain_code,domain,weight,objective_code,objective\n\
    Harbor Guard,HG-1,1,Networks,60%,,\n\
    Harbor Guard,HG-1,1,Networks,,1.1,Configure a firewall to filter network traffic\n\
    Harbor Guard,HG-1,2,Threats,30%,,\n";

#[tokio::test]
async fn a_file_is_previewed_corrected_written_once_and_never_twice() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::empty();
    let browser = Browser::start(&settings, &site.address).await;
    let file = site.file("port.csv", COURSES);
    corrected(&browser, &file).await;
    assert!(!site.run(&["list", "courses"]).contains("HARB 1301"), "a preview writes nothing");
    browser.says("2 created, 0 revised, 0 unchanged.").await;
    browser.click("#confirm").await;
    browser.until("document.querySelector('h1').innerText === 'Imported: port.csv'").await;
    browser.click("main a[href^='/courses/']").await;
    browser.until("location.pathname.startsWith('/courses/')").await;
    browser.says("Cranes; gates and the networks between them.").await;

    upload(&browser, "courses", &file).await;
    browser.says("They are as you corrected them for an earlier file with the same heads.").await;
    browser.says("This changes nothing.").await;
    assert!(!browser.has("#confirm").await, "there is nothing to confirm");

    let broken = site.file("weights.csv", BROKEN);
    upload(&browser, "blueprint", &broken).await;
    browser.says("1 error stands in the way; nothing can be written.").await;
    browser.says("The weights of “Harbor Guard HG-1” come to 90 %, not 100 %.").await;
    assert!(!browser.has("#confirm").await, "an error stands in the way");
    assert!(!site.run(&["list", "blueprints"]).contains("Harbor Guard"), "nothing is written");
}

/// The preview with the description's column chosen by hand.
async fn corrected(browser: &Browser, file: &Path) {
    upload(browser, "courses", file).await;
    let chosen: String =
        browser.ask("return document.querySelector('[name=\"map.description\"]').value", Vec::new()).await;
    assert_eq!(chosen, "", "the column is not guessed");
    browser.tab_to("[name='map.description']").await;
    browser.press("Blurb").await;
    browser.ask::<Option<bool>>("window.left = true", Vec::new()).await;
    browser.click("form[action^='/import/preview/'] button").await;
    browser.until("!window.left && document.querySelector('[name=\"map.description\"]').value !== ''").await;
}

#[tokio::test]
async fn what_was_misread_is_put_right_by_keyboard_beside_its_page() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::empty();
    let browser = Browser::start(&settings, &site.address).await;
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/documents/lantern-bay-typst.pdf");
    upload(&browser, "courses", Path::new(catalogue)).await;
    browser.click("main a[href$='/courses']").await;
    browser.until("document.querySelector('h1').innerText === 'Courses as read'").await;
    browser.click("main tbody a").await;
    browser.until("document.querySelector('#values-form')").await;
    browser.tab_to("[name='value.credits']").await;
    browser.until("document.querySelector('.page-picture .now').dataset.field === 'credits'").await;
    let all = "document.activeElement.select()";
    browser.ask::<Option<bool>>(all, Vec::new()).await;
    browser.press("4").await;
    browser.press(ENTER).await;
    browser.until("document.querySelector('button[name=take_back][value=credits]')").await;
    browser.says("The file says “3”.").await;
    assert!(!site.run(&["list", "courses"]).contains("ITSC 1325"), "nothing is written");
}
