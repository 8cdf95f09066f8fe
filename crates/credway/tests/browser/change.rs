//! A new version of an exam in the browser, by keyboard alone: from its page to what it touches, decisions carried over and taken
//! back, a reworded row confirmed and taken back, and the memo.

use crate::browser::{Browser, ENTER};
use crate::looks::Looks;
use crate::settings::Settings;
use crate::site::Site;

const OLD: &str = include_str!("../../../../samples/lantern-bay/blueprint-ptce.csv");

/// The sample's pharmacy exam in a next version: 1.1 reworded, 2.4 gone, one objective new, all else as it was.
fn next() -> String {
    let next = OLD.replace(",PTCE 2020,2020-01-01,2026-01-05,", ",PTCE 2026,2026-01-06,,");
    let reworded = next.replace(
        "Match the brand and generic names of frequently used medicines with their class.",
        "Match brand names and generic names of the medicines used most with their therapeutic class.",
    );
    assert_ne!(reworded, next, "the sample's first objective reads otherwise now");
    let mut lines: Vec<&str> = reworded.lines().filter(|line| !line.contains(",2.4,")).collect();
    assert_eq!(lines.len() + 1, reworded.lines().count());
    let new = "Certified Pharmacy Technician (CPhT),PTCE 2026,2026-01-06,,1,Medications,,1.7,\
               Point out medicines that look or sound alike.,,worded for this test";
    lines.push(new);
    lines.join("\n") + "\n"
}

/// How many rows wait for somebody.
const OPEN: &str = "document.querySelectorAll('.ch-row[data-open]').length";

#[tokio::test]
async fn a_new_version_is_gone_through_by_keyboard() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let file = site.file("ptce-2026.csv", &next());
    site.run(&["import", "blueprint", &file.to_string_lossy()]);
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    browser.open("/changes").await;
    looks.at("versions side by side").await;
    browser.tab_to("main a[href^='/changes/ce-']").await;
    browser.turn_page(ENTER).await;
    browser.says("What it touches").await;
    browser.says("Pharmacy Technology").await;
    looks.at("change").await;
    carried(&browser).await;
    looks.at("change with rows carried over").await;
    confirmed(&browser).await;
    from_the_top(&browser).await;
    browser.tab_to("main a[href$='/memo']").await;
    browser.turn_page(ENTER).await;
    browser.says("PTCE 2026").await;
    looks.at("memo about a change").await;
    looks.end();
}

/// What is unchanged goes on with one key, and comes back with one.
async fn carried(browser: &Browser) {
    browser.tab_to("form[action$='/carry'] button").await;
    browser.turn_page(ENTER).await;
    browser.until("document.querySelector(\"form[action$='/take-back'] button\")").await;
    browser.says("carried over").await;
    from_the_top(browser).await;
    browser.tab_to("form[action$='/take-back'] button").await;
    browser.turn_page(ENTER).await;
    browser.until("!document.querySelector(\"form[action$='/take-back'] button\")").await;
    from_the_top(browser).await;
    browser.tab_to("form[action$='/carry'] button").await;
    browser.turn_page(ENTER).await;
    browser.until("document.querySelector(\"form[action$='/take-back'] button\")").await;
}

/// The same page opened anew: after a form it comes back at its program, with the focus on the first row that waits.
async fn from_the_top(browser: &Browser) {
    let place = browser.place().await;
    browser.open(place.split('#').next().unwrap_or_default()).await;
}

/// A row whose words differ is confirmed by its key, and the word taken back.
async fn confirmed(browser: &Browser) {
    let before: usize = browser.ask(&format!("return {OPEN}"), Vec::new()).await;
    assert!(before > 0, "the reworded objective waits for somebody");
    from_the_top(browser).await;
    browser.tab_to(".ch-row[data-open]").await;
    browser.turn_page("a").await;
    browser.until(format!("{OPEN} === {}", before - 1)).await;
    browser.tab_to("form[action$='/undo'] button").await;
    browser.turn_page(ENTER).await;
    browser.until(format!("{OPEN} === {before}")).await;
}
