//! A person with an account and a browser of their own: how they come in by an invitation, and how they use keys.
//! Codes of the second factor are made here from the key the page shows, as an authenticator app makes them (RFC 6238).

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder};

use crate::browser::{Browser, ENTER};
use crate::settings::Settings;
use crate::site::Site;

/// The password everybody chooses here; the server knows no two as the same.
pub(crate) const PASSWORD: &str = "plum anchor violet turbine";
/// Length of a step of the codes, in seconds.
const STEP: u64 = 30;

/// Somebody who has come in.
pub(crate) struct Person {
    pub(crate) browser: Browser,
    pub(crate) name: &'static str,
    pub(crate) email: String,
    /// The key of their second factor.
    key: [u8; 20],
    /// The step of the code that was used last; each is good once.
    used: u64,
}

impl Person {
    /// Takes an invitation in a browser of their own: the link, a password, the second factor, the recovery codes. A first
    /// administrator, whom nobody has named, says who they are.
    pub(crate) async fn come(settings: &Settings, site: &Site, link: &str, name: &'static str, first: bool) -> Self {
        let browser = Browser::start(settings, &site.address).await;
        take_link(&browser, site, link).await;
        let email = choose_password(&browser, name, first).await;
        Self::enrol(browser, name, email).await
    }

    /// Sets the second factor up from the key that is shown, and keeps the recovery codes.
    pub(crate) async fn enrol(browser: Browser, name: &'static str, email: String) -> Self {
        let typed: String = browser.ask("return document.querySelector('.key').innerText", Vec::new()).await;
        let mut person = Self { browser, name, email, key: base32(&typed).try_into().unwrap(), used: 0 };
        let code = person.code_now();
        person.browser.tab_to("#code").await;
        person.browser.press(code).await;
        submit(&person.browser, "form[action='/account/second-factor'] button").await;
        person.browser.until("document.querySelectorAll('.codes code').length >= 8").await;
        person
    }

    /// The code an authenticator app shows now; waits for the next one where this one was used.
    pub(crate) fn code_now(&mut self) -> String {
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        while now() / STEP <= self.used {
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        self.used = now() / STEP;
        let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(STEP);
        app.with_secret(self.key).build_noncompliant().generate(now()).to_string()
    }

    /// Signs in again, with password and code; `to` is where they end up.
    pub(crate) async fn sign_in(&mut self, to: &str) {
        self.browser.open(&format!("/sign-in?to={to}")).await;
        self.browser.tab_to("#email").await;
        self.browser.press(self.email.as_str()).await;
        self.browser.tab_to("#password").await;
        self.browser.press(PASSWORD).await;
        self.browser.press(ENTER).await;
        self.browser.until("document.querySelector('#code') && document.activeElement.id === 'code'").await;
        let code = self.code_now();
        self.browser.press(code).await;
        self.browser.press(ENTER).await;
        self.browser.until(format!("location.pathname === '{to}'")).await;
    }

    /// Goes by Tab to a link or button and presses Enter, and waits for the page that comes.
    pub(crate) async fn follow(&self, selector: &str) {
        submit(&self.browser, selector).await;
    }

    /// Goes by Tab to a field and writes into it, or chooses in a list by its first letters.
    pub(crate) async fn write(&self, selector: &str, words: &str) {
        self.browser.tab_to(selector).await;
        self.browser.press(words).await;
    }

    /// The value of a property of the first element that matches.
    pub(crate) async fn read(&self, selector: &str, property: &str) -> String {
        let script = "return document.querySelector(arguments[0])[arguments[1]]";
        self.browser.ask(script, vec![json!(selector), json!(property)]).await
    }

    /// What the server answers this person at an address, without a page being left: status and body.
    pub(crate) async fn fetch(&self, path: &str) -> (u64, String) {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             fetch({path}, {{ redirect: 'manual' }}).then(async (answer) => done([answer.status, await answer.text()]))",
            path = json!(path)
        );
        let answer: Value = self.browser.ask_later(&script).await;
        (answer[0].as_u64().unwrap_or_default(), answer[1].as_str().unwrap_or_default().to_owned())
    }
}

/// The link's own page: its code is in the form already, and no longer in the address.
pub(crate) async fn take_link(browser: &Browser, site: &Site, link: &str) {
    let path = link.strip_prefix(&site.address).unwrap_or_else(|| panic!("{link} is not a link of {}", site.address));
    browser.open(path).await;
    browser.until("document.querySelector('#code').value.length > 20 && location.hash === ''").await;
    submit(browser, "#invitation-form button").await;
    browser.until("document.querySelector('#password')").await;
}

/// Says who one is, where nobody has, and chooses a password; the address they sign in with.
pub(crate) async fn choose_password(browser: &Browser, name: &str, first: bool) -> String {
    let email = address_of(name);
    if first {
        browser.tab_to("#name").await;
        browser.press(name).await;
        browser.tab_to("#email").await;
        browser.press(email.as_str()).await;
    } else {
        browser.says(name).await;
    }
    browser.tab_to("#password").await;
    browser.press(PASSWORD).await;
    browser.tab_to("#again").await;
    browser.press(PASSWORD).await;
    browser.press(ENTER).await;
    browser.until("document.querySelector('.qr svg') && document.querySelector('#code')").await;
    email
}

/// Where somebody is written to: at their first name.
pub(crate) fn address_of(name: &str) -> String {
    format!("{}@bay.example", name.split(' ').next().unwrap_or(name).to_lowercase())
}

/// Goes to what matches by Tab, presses Enter once, and waits for the next page: a form is not to be sent twice.
pub(crate) async fn submit(browser: &Browser, selector: &str) {
    browser.tab_to(selector).await;
    browser.ask::<Option<bool>>("window.left = true", Vec::new()).await;
    browser.press(ENTER).await;
    browser.until("!window.left").await;
}

/// The bytes of a key as it is typed, in groups of letters (RFC 4648 §6).
fn base32(typed: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in typed.bytes().filter(|letter| !letter.is_ascii_whitespace()) {
        let value = match letter.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            letter @ b'2'..=b'7' => letter - b'2' + 26,
            other => panic!("{other} is no letter of base 32"),
        };
        held = (held << 5 | u32::from(value)) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap());
        }
    }
    bytes
}

#[test]
fn codes_are_those_of_the_standard() {
    let key: [u8; 20] = base32("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ").try_into().unwrap();
    assert_eq!(&key, b"12345678901234567890");
    // RFC 6238, appendix B: 94287082 at 59 seconds, of which six digits are shown.
    let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(STEP);
    assert_eq!(app.with_secret(key).build_noncompliant().generate(59).to_string(), "287082");
}
