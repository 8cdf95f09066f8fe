//! Signed off step by step, and what an approval forbids.

use serde_json::json;

use crate::account::Person;
use crate::walk::{DEAN, REGISTRAR, Walk};

/// From the steps the administrator sets to the board's date.
pub(crate) async fn signed_off(walk: &Walk<'_>, administrator: &Person, lead: &Person, first: &Person) {
    one_may_sign_twice(administrator).await;
    lead.browser.open(&walk.crosswalk).await;
    lead.follow("main a[href$='/signoff']").await;
    lead.browser.says("Begin the sign-off of").await;
    lead.follow("main form[action$='/signoff'] button").await;
    lead.browser.until("location.pathname.startsWith('/signoffs/')").await;
    let signoff = lead.browser.place().await;
    waits_for(lead, "Faculty").await;
    sign(first, "Program lead").await;
    sign(lead, "Registrar").await;
    let registrar = walk.invite(administrator, REGISTRAR, "Registrar").await;
    sign(&registrar, "Dean").await;
    let dean = walk.invite(administrator, DEAN, "Dean").await;
    sign(&dean, "Board date").await;
    registrar.browser.open(&signoff).await;
    registrar.write("#date", "01152026").await;
    registrar.follow("form[action$='/sign'] button").await;
    registrar.browser.until("document.querySelector('main .lead').innerText.includes('approved')").await;
    assert!(!registrar.browser.has("form[action$='/sign']").await, "nothing is left to sign");
}

/// The registrar signs their own step and enters the board's date: the steps allow it when the administrator says so.
async fn one_may_sign_twice(administrator: &Person) {
    administrator.browser.open("/signoffs/plan").await;
    administrator.browser.tab_to("input[name=several_steps]").await;
    administrator.browser.press(" ").await;
    administrator.browser.until("document.querySelector('input[name=several_steps]').checked").await;
    administrator.follow("main form button.button").await;
    administrator.browser.until("document.querySelector('input[name=several_steps]').checked").await;
}

async fn waits_for(person: &Person, step: &str) {
    let waits = format!("document.querySelector('[aria-current=step] h3').innerText.includes({})", json!(step));
    person.browser.until(waits).await;
}

/// Goes from the list of what waits for one to the page, and signs; `next` is the step it waits for then.
async fn sign(person: &Person, next: &str) {
    person.browser.open("/signoffs").await;
    person.follow("main a[href^='/signoffs/ce-']").await;
    person.browser.until("document.querySelector('form[action$=\"/sign\"]')").await;
    person.follow("form[action$='/sign'] button").await;
    waits_for(person, next).await;
    assert!(person.read("main", "innerText").await.contains(person.name), "{} has signed", person.name);
}

/// The first reviewer would rather have said something else: by key, by undo, and by the form itself.
pub(crate) async fn cannot_be_changed(walk: &Walk<'_>, first: &Person) {
    first.browser.open(&format!("{}/review?show=decided", walk.crosswalk)).await;
    first.browser.until("document.querySelector('article.card form[data-part=undo]')").await;
    for key in ["r", "u"] {
        first.browser.press("j").await;
        first.browser.until("document.activeElement.matches('article.card[aria-current]')").await;
        first.browser.press(key).await;
        let refused = "!document.querySelector('#review-trouble').hidden
          && document.querySelector('#review-trouble').innerText.includes('approved')";
        first.browser.until(refused).await;
    }
    let script = "const done = arguments[arguments.length - 1];
      const form = document.querySelector('article.card form[data-part=decide]');
      const body = new URLSearchParams(new FormData(form)); body.append('verdict', 'rejected');
      fetch(form.action, { method: 'POST', body, redirect: 'manual' }).then((answer) => done(answer.status))";
    let status = first.browser.ask_later(script).await;
    assert!(matches!(status.as_u64(), Some(409 | 422)), "{status}");
}
