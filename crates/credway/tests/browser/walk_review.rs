//! Reviewed, reviewed again blindly, disagreed on, and settled.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::account::Person;
use crate::browser::ENTER;
use crate::walk::{FIRST, SECOND, Walk};

/// The domain both reviewers look at: one suggestion for each of three objectives.
const DOMAIN: &str = "Medications";
/// What they say, by key.
const KEYS_OF_THE_FIRST: [&str; 3] = ["a", "p", "a"];
const KEYS_OF_THE_SECOND: [&str; 3] = ["a", "r", "a"];

/// The lead gives the reviews, two people do them, and the lead settles what they disagree on.
pub(crate) async fn reviewed(walk: &Walk<'_>, lead: &Person, first: &Person, second: &Person) {
    assign(walk, lead, "Faye", "First").await;
    assign(walk, lead, "Sol", "Blind").await;
    assign(walk, lead, "Lee", "Settling").await;
    begin(first).await;
    for (number, key) in KEYS_OF_THE_FIRST.into_iter().enumerate() {
        if number > 0 {
            onward(first).await;
        }
        decide(first, key).await;
    }
    blind(walk, second).await;
    done(first).await;
    done(second).await;
    settle(walk, lead).await;
}

/// Gives a review by the form; person and part are chosen by their first letters.
async fn assign(walk: &Walk<'_>, lead: &Person, whom: &str, part: &str) {
    lead.browser.open(&format!("{}/assignments", walk.crosswalk)).await;
    lead.write("#account", whom).await;
    lead.write("#part", part).await;
    lead.write("#domain", DOMAIN).await;
    lead.follow("main form.filters button").await;
    let listed = format!("document.querySelector('main tbody')?.innerText.includes({})", json!(whom));
    lead.browser.until(listed).await;
}

/// From home to the review that waits, which the head tells of too.
async fn begin(reviewer: &Person) {
    reviewer.browser.open("/").await;
    reviewer.browser.until("document.querySelector('.who-count').innerText.startsWith('1')").await;
    reviewer.follow("section[aria-labelledby=waits-name] li a").await;
    reviewer.browser.until("document.querySelector('#review')").await;
    reviewer.browser.press("j").await;
    reviewer.browser.until("document.activeElement.matches('article.card[aria-current]')").await;
}

/// Gives a word by its key and hears it.
async fn decide(reviewer: &Person, key: &str) {
    let words = match key {
        "a" => "accepted (full).",
        "p" => "accepted (partial).",
        _ => "rejected.",
    };
    // A second reviewer's word that differs from the first's is announced with what it makes of the pair.
    reviewer.browser.press(key).await;
    let heard = format!(
        "document.querySelector('#review-live').innerText.includes({}) ||
         document.querySelector('article.card form[data-part=undo]')",
        json!(words)
    );
    reviewer.browser.until(heard).await;
    reviewer.browser.until("document.activeElement.id === 'end-next'").await;
}

async fn onward(reviewer: &Person) {
    reviewer.browser.turn_page(ENTER).await;
    reviewer.browser.until("document.querySelector('#review')").await;
}

/// Says that the review is done: what is disagreed on is settled only when nobody reviews it any more.
async fn done(reviewer: &Person) {
    reviewer.browser.open("/assignments").await;
    reviewer.follow("form[action$='/end'] button").await;
    reviewer.browser.says("No review waits for you.").await;
}

/// The second reviewer finds no trace of the first until their own word is given; then the disagreement shows.
async fn blind(walk: &Walk<'_>, second: &Person) {
    sees_nothing_of_the_first(walk, second).await;
    begin(second).await;
    second.browser.says("Blind second review.").await;
    for (number, key) in KEYS_OF_THE_SECOND.into_iter().enumerate() {
        if number > 0 {
            onward(second).await;
        }
        let before = second.read("main", "innerText").await;
        for trace in [FIRST, "Faye", "Earlier decisions", "disputed"] {
            assert!(!before.contains(trace), "{trace} shows before the word of {SECOND}:\n{before}");
        }
        decide(second, key).await;
        let card = second.read("article.card:has(form[data-part=undo])", "innerText").await;
        assert!(card.contains("Earlier decisions (2)"), "both words show afterwards:\n{card}");
        assert_eq!(card.contains("disputed"), key == "r", "{card}");
    }
}

/// No page or file of the crosswalk tells a blind reviewer what the first said.
async fn sees_nothing_of_the_first(walk: &Walk<'_>, second: &Person) {
    let crosswalk = &walk.crosswalk;
    for path in [
        crosswalk.clone(),
        format!("{crosswalk}/coverage"),
        format!("{crosswalk}/review?show=all"),
        format!("{crosswalk}/review?show=decided"),
        format!("{crosswalk}/report/crosswalk"),
        format!("{crosswalk}/export?format=json"),
        format!("{crosswalk}/export?format=csv"),
        "/history".to_owned(),
        "/".to_owned(),
    ] {
        let (status, body) = second.fetch(&path).await;
        assert_eq!(status, 200, "{path}");
        let told = body.lines().find(|line| line.contains(FIRST) && !line.contains("given to"));
        assert_eq!(told, None, "{path} tells {SECOND} what {FIRST} said");
    }
}

/// The lead goes to what is to be settled, gives a reason and the word that settles it.
async fn settle(walk: &Walk<'_>, lead: &Person) {
    lead.browser.open("/assignments").await;
    let listed: usize = lead
        .browser
        .ask("return document.querySelectorAll('section[aria-labelledby=settle-name] li').length", vec![])
        .await;
    assert!(listed >= 1, "there is something to settle");
    let own = format!("section[aria-labelledby=settle-name] a[href^='{}']", walk.crosswalk);
    lead.follow(&own).await;
    lead.browser.until("document.querySelector('#review')").await;
    for name in [FIRST, SECOND] {
        lead.browser.says(name).await;
    }
    lead.browser.press("j").await;
    lead.browser.until("document.activeElement.matches('article.card[aria-current]')").await;
    lead.browser.tab_to("input[name=settles]").await;
    lead.browser.press(" ").await;
    lead.browser.until("document.querySelector('input[name=settles]').checked").await;
    lead.browser.tab_to("details.why summary").await;
    lead.browser.press("e").await;
    lead.browser.until("document.activeElement.name === 'reason'").await;
    lead.browser.press("The lab covers a part of it.").await;
    lead.browser.press(Key::Escape + "").await;
    lead.browser.until("document.activeElement.matches('article.card')").await;
    decide(lead, "p").await;
    lead.browser.open("/assignments").await;
    let left: Value = lead.browser.ask("return document.querySelector(arguments[0]) === null", vec![json!(own)]).await;
    assert_eq!(left, true, "it is settled");
}
