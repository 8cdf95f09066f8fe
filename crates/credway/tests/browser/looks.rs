//! What holds for a page however it is looked at: wide and narrow, light and dark, it breaks no rule of axe-core and
//! nothing stands out over its edge. With `CREDWAY_PICTURES=FOLDER` every look is kept there as a picture, for eyes.

use std::path::PathBuf;

use serde_json::Value;

use crate::browser::Browser;
use crate::settings::Settings;

/// Width in pixels, scheme of colours, and which rules: a change of colours alone can break those of contrast only.
const LOOKS: &[(u32, &str, &str)] =
    &[(1_280, "light", EVERY), (1_280, "dark", CONTRAST), (390, "dark", EVERY), (390, "light", CONTRAST)];
/// Every rule of axe-core, WCAG 2.2's size of targets too, which it leaves out unless asked.
const EVERY: &str = "{ rules: { 'target-size': { enabled: true } } }";
const CONTRAST: &str = "{ runOnly: ['color-contrast', 'link-in-text-block'] }";

/// Runs axe-core with the options that stand for OPTIONS.
const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'], ...OPTIONS }).then(
  (result) => done(result.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll('\\n', ' ')}`))),
  (error) => done([String(error)]),
);";

/// Elements over the right edge of the window that no box of their own scrolls, when the page is wider than the window.
const OVER: &str = "if (document.scrollingElement.scrollWidth <= window.innerWidth) return [];
const scrolls = (element) => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
const boxed = (element) => element.parentElement && (scrolls(element.parentElement) || boxed(element.parentElement));
const over = [...document.body.querySelectorAll('*')].filter((element) =>
  element.getBoundingClientRect().right > window.innerWidth + 0.5 && !boxed(element));
return over.map((element) => `wider than the window: ${element.outerHTML.slice(0, 120)}`).concat(
  `the page is ${document.scrollingElement.scrollWidth} pixels wide`);";

/// Looks at pages and remembers what is wrong.
pub(crate) struct Looks<'a> {
    browser: &'a Browser,
    axe: String,
    pictures: Option<PathBuf>,
    /// Pages looked at.
    pub(crate) count: usize,
    wrong: Vec<String>,
}

impl<'a> Looks<'a> {
    pub(crate) fn new(browser: &'a Browser, settings: &Settings) -> Self {
        let axe = std::fs::read_to_string(&settings.axe)
            .unwrap_or_else(|error| panic!("axe-core at {}: {error}", settings.axe.display()));
        let pictures = std::env::var_os("CREDWAY_PICTURES").map(PathBuf::from);
        Self { browser, axe, pictures, count: 0, wrong: Vec::new() }
    }

    /// Looks at the open page in every way; `name` is for the findings and the pictures.
    pub(crate) async fn at(&mut self, name: &str) {
        self.count += 1;
        // WebDriver runs scripts beside the page's own, where its policy does not reach.
        self.browser.ask::<Value>(&self.axe, Vec::new()).await;
        for (width, scheme, rules) in LOOKS {
            self.browser.look(*width, scheme).await;
            let axe = self.browser.ask_later(&RUN.replace("OPTIONS", rules)).await;
            let over: Value = self.browser.ask(OVER, Vec::new()).await;
            for found in [axe, over].iter().flat_map(|found| found.as_array().unwrap()) {
                self.wrong.push(format!("{name}, {width} {scheme}: {}", found.as_str().unwrap_or_default()));
            }
            if let Some(folder) = &self.pictures {
                let picture = thirtyfour::support::base64_decode(&self.browser.picture().await).unwrap();
                let file = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
                std::fs::write(folder.join(format!("{file}-{width}-{scheme}.png")), picture).unwrap();
            }
        }
        self.browser.look(LOOKS[0].0, LOOKS[0].1).await;
    }

    /// Fails with everything that was wrong.
    #[track_caller]
    pub(crate) fn end(self) {
        assert!(
            self.wrong.is_empty(),
            "{} wrong on {} pages:\n{}",
            self.wrong.len(),
            self.count,
            self.wrong.join("\n")
        );
    }
}

/// A page that breaks rules in every look, so that looking is known to see.
#[tokio::test]
async fn a_bad_page_is_seen_to_be_bad() {
    let Some(settings) = Settings::find() else { return };
    let page =
        "data:text/html,<title>x</title><main style=\"width:2000px;color:%23999;background:%23fff\">grey<img src=x>";
    let browser = Browser::start(&settings, page).await;
    browser.open("").await;
    let mut looks = Looks::new(&browser, &settings);
    looks.pictures = None;
    looks.at("bad").await;
    for rule in ["bad, 1280 light: image-alt", "bad, 390 dark: color-contrast", "bad, 390 light: wider than the window"]
    {
        assert!(looks.wrong.iter().any(|wrong| wrong.starts_with(rule)), "{rule} is not in {:#?}", looks.wrong);
    }
}
