//! A browser with one page, driven as a person drives it: addresses, keys, files, and what can then be seen.
//! Waiting is for conditions, never for a time.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::{Command as Ask, ExtensionCommand};
use thirtyfour::prelude::*;

use crate::process::Process;
use crate::settings::Settings;
use crate::wire::Wire;

/// The Enter key, as WebDriver writes it.
pub(crate) const ENTER: &str = "\u{e007}";
/// The longest a condition is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How Chromium is started: without a window, and without asking anybody anything.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
];

/// A started browser; it ends when this is dropped.
pub(crate) struct Browser {
    session: WebDriver,
    /// Address before each path.
    address: String,
    /// Whether the pages' own scripts run.
    scripts: AtomicBool,
    _driver: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser for the site at `address`, 1,280 pixels wide, light, without moving parts.
    pub(crate) async fn start(settings: &Settings, address: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let driver = Process::start(Command::new(&settings.chromedriver).arg("--port=0"));
        let port = driver.says("started successfully on port ", ".");
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(&settings.chromium.to_string_lossy()).unwrap();
        for flag in FLAGS {
            wishes.add_arg(flag).unwrap();
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        let session = WebDriver::builder(format!("http://127.0.0.1:{port}"), wishes).client(Wire).await.unwrap();
        let browser = Self {
            session,
            address: address.to_owned(),
            scripts: AtomicBool::new(true),
            _driver: driver,
            _profile: profile,
        };
        browser.look(1_280, "light").await;
        browser
    }

    /// Opens a page of the site.
    pub(crate) async fn open(&self, path: &str) {
        self.session.goto(format!("{}{path}", self.address)).await.unwrap();
    }

    /// Path, query and fragment of the open page.
    pub(crate) async fn place(&self) -> String {
        let address = self.session.current_url().await.unwrap().to_string();
        address.strip_prefix(&self.address).unwrap_or(&address).to_owned()
    }

    /// Sets the width of the window and the scheme of colours, on the page as it stands.
    pub(crate) async fn look(&self, width: u32, scheme: &str) {
        let height = if width < 600 { 844 } else { 800 };
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]});
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Switches the pages' own scripts off; pages opened from now on do without.
    pub(crate) async fn switch_scripts_off(&self) {
        self.scripts.store(false, Ordering::Relaxed);
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// The value a script returns; it gets `arguments`.
    pub(crate) async fn ask<Answer: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Answer {
        let answer = self.session.execute(script, arguments).await;
        let answer = answer.unwrap_or_else(|error| panic!("{script}: {error}"));
        answer.convert().unwrap_or_else(|error| panic!("{script} answered {}: {error}", answer.json()))
    }

    /// The value a script hands to its last argument, a function.
    pub(crate) async fn ask_later(&self, script: &str) -> Value {
        self.session.execute_async(script, Vec::new()).await.unwrap().json().clone()
    }

    /// Waits until an expression is true on the page.
    #[track_caller]
    pub(crate) fn until(&self, expression: impl Into<String>) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        let expression = expression.into();
        async move {
            let begun = Instant::now();
            // A page that is just being left may refuse to answer, and one that is not painted yet hears no key.
            let there = "document.readyState === 'complete' && performance.getEntriesByType('paint').length > 0";
            let script = format!("return {there} && Boolean({expression})");
            while !self.session.execute(script.as_str(), Vec::new()).await.is_ok_and(|answer| *answer.json() == true) {
                if begun.elapsed() > PATIENCE {
                    let place = self.place().await;
                    let text: String = self.ask("return document.body.innerText", Vec::new()).await;
                    panic!("{caller}: not true on {place}: {expression}\n{text}");
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }

    /// Waits until the page has painted twice: on a busy machine the browser otherwise loses or delays a key pressed just after a
    /// page has come. A page that is just being left need not answer.
    async fn is_awake(&self) {
        // Without scripts no page can tell.
        if !self.scripts.load(Ordering::Relaxed) {
            return;
        }
        let painted = "const done = arguments[arguments.length - 1];
          requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        let _ = self.session.execute_async(painted, Vec::new()).await;
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: impl Into<thirtyfour::TypingData>) {
        self.is_awake().await;
        self.session.action_chain().send_keys(keys).perform().await.unwrap();
    }

    /// Presses a key that leads to another page, and waits until that page is there. The browser now and
    /// then loses a key; a person presses it again. A key that was heard is not pressed again,
    /// however long its page takes: the next page would hear it, too.
    pub(crate) async fn turn_page(&self, key: &str) {
        const TIMES: usize = 4;
        const LISTEN: &str = "window.left = true; window.heard = false;
          addEventListener('keydown', () => { window.heard = true; }, { capture: true });";
        self.ask::<Option<bool>>(LISTEN, Vec::new()).await;
        for _ in 0..TIMES {
            self.press(key).await;
            let begun = Instant::now();
            while begun.elapsed() < PATIENCE {
                let script = "return document.readyState === 'complete' && !window.left";
                if self.session.execute(script, Vec::new()).await.is_ok_and(|answer| *answer.json() == true) {
                    return;
                }
                let lost = "return window.left === true && window.heard === false";
                if begun.elapsed() > PATIENCE / 2
                    && self.session.execute(lost, Vec::new()).await.is_ok_and(|answer| *answer.json() == true)
                {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        panic!("{key:?} leads nowhere from {}", self.place().await);
    }

    /// Presses a key until an expression is true on the page; again only where the browser lost it.
    pub(crate) async fn press_until(&self, key: &str, expression: &str) {
        const LISTEN: &str = "window.heard = false;
          addEventListener('keydown', () => { window.heard = true; }, { capture: true, once: true });";
        self.ask::<Option<bool>>(LISTEN, Vec::new()).await;
        self.press(key).await;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE / 2 && !self.ask::<bool>("return window.heard === true", Vec::new()).await {
            std::thread::sleep(Duration::from_millis(10));
        }
        if !self.ask::<bool>("return window.heard === true", Vec::new()).await {
            self.press(key).await;
        }
        self.until(expression).await;
    }

    /// Presses Tab until an element that matches `selector` has the focus, as a person without a mouse goes there.
    pub(crate) async fn tab_to(&self, selector: &str) {
        const MOST: usize = 120;
        for _ in 0..MOST {
            self.press(Key::Tab + "").await;
            let script = "return document.activeElement.matches(arguments[0])";
            if self.ask(script, vec![json!(selector)]).await {
                return;
            }
        }
        panic!("{selector} is not among the first {MOST} stops of Tab on {}", self.place().await);
    }

    /// Chooses a file in the field `selector`.
    pub(crate) async fn choose_file(&self, selector: &str, file: &Path) {
        let file = file.canonicalize().unwrap();
        self.session.find(By::Css(selector)).await.unwrap().send_keys(file.to_string_lossy().as_ref()).await.unwrap();
    }

    /// Clicks the first element that matches.
    pub(crate) async fn click(&self, selector: &str) {
        self.session.find(By::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Whether anything matches.
    pub(crate) async fn has(&self, selector: &str) -> bool {
        self.ask("return document.querySelector(arguments[0]) !== null", vec![json!(selector)]).await
    }

    /// Waits until the page's main part says `words`.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> impl Future<Output = ()> {
        let said = format!("document.querySelector('main').innerText.includes({})", json!(words));
        self.until(said)
    }

    /// The page as far as it goes, as PNG.
    pub(crate) async fn picture(&self) -> String {
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.devtools("Page.captureScreenshot", whole).await;
        answer["data"].as_str().unwrap_or_default().to_owned()
    }

    async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let asked = Ask::ExtensionCommand(Box::new(Devtools { command, parameters }));
        self.session.cmd(asked).await.unwrap().value_json().unwrap()
    }
}

/// A command of the Chrome DevTools Protocol, through ChromeDriver.
#[derive(Debug)]
struct Devtools {
    command: &'static str,
    parameters: Value,
}

impl ExtensionCommand for Devtools {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "cmd": self.command, "params": self.parameters }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/goog/cdp/execute".into()
    }
}
