//! Twenty candidates reviewed with the keyboard alone, from home to the last decision: after every key the test looks
//! for what it must have done, and at the end the database must hold exactly these decisions under the reviewer's name.

use std::collections::BTreeMap;

use serde_json::Value;
use thirtyfour::Key;

use crate::browser::{Browser, ENTER};
use crate::settings::Settings;
use crate::site::{PERSON, Site};

const PROGRAM: &str = "Pharmacy Technician";
const BLUEPRINT: &str = "Certified Pharmacy Technician (CPhT) PTCE 2020";
/// Open suggestions of that crosswalk.
const OPEN: usize = 16;
/// Objectives that have one.
const OBJECTIVES: usize = 14;

/// Course, outcome and objective.
type Pair = (String, String, String);

const CURRENT: &str = "const card = document.querySelector(`article.card[aria-current='true']`);
const heads = [...card.querySelectorAll('h4')].map((head) => head.innerText.split(' ').pop());
const course = card.querySelector('h3 a');
return [course ? course.innerText : document.querySelector('#focus-name').innerText.replace('Course ', ''), ...heads];";

/// A reviewer at the keyboard, and what they have decided so far.
struct Reviewer<'a> {
    browser: &'a Browser,
    decided: BTreeMap<Pair, (&'static str, Option<&'static str>)>,
}

impl Reviewer<'_> {
    /// The candidate that keys act on.
    async fn current(&self) -> Pair {
        self.browser.ask(CURRENT, Vec::new()).await
    }

    async fn key(&self, key: &str) {
        self.browser.press(key).await;
    }

    /// Waits for what is announced.
    async fn hears(&self, words: &str) {
        let heard = format!("document.querySelector('#review-live').innerText.includes({})", Value::from(words));
        self.browser.until(heard).await;
    }

    /// Gives a decision by its key, hears it, and sees the figure of what is left go down.
    async fn decide(&mut self, key: &str, reason: Option<&'static str>, left: &str) {
        let words = match key {
            "a" => "accepted (full)",
            "p" => "accepted (partial)",
            _ => "rejected",
        };
        let pair = self.current().await;
        self.key(key).await;
        self.hears(&format!("objective {}: {words}.", pair.2)).await;
        self.hears(&format!("{left} left")).await;
        let shown = format!("document.querySelector('#review-progress').innerText.includes('{left} left')");
        self.browser.until(shown).await;
        self.focus_is_seen().await;
        assert!(self.decided.insert(pair.clone(), (words, reason)).is_none(), "{pair:?} was decided before");
    }

    /// How many candidates of the page wait.
    async fn open(&self) -> usize {
        self.browser.ask("return document.querySelectorAll('[data-open=true]').length", Vec::new()).await
    }

    /// Goes on from the last candidate of a page: its way on has the focus. Where others wait, the next of them has it.
    async fn onward(&self) {
        if self.open().await > 0 {
            self.browser.until("document.activeElement.matches('[data-open=true]')").await;
            return;
        }
        self.browser.until("document.activeElement.id === 'end-next'").await;
        self.browser.turn_page(ENTER).await;
        self.browser.until("document.querySelector('#review')").await;
    }

    /// Whether the focus is on something, and shown by an outline.
    async fn focus_is_seen(&self) {
        let seen = "document.activeElement !== document.body \
             && getComputedStyle(document.activeElement).outlineStyle === 'solid'";
        self.browser.until(seen).await;
    }
}

/// What is left, as the page says it.
fn left(decided: usize) -> String {
    match OPEN - decided {
        1 => "1 suggestion".to_owned(),
        number => format!("{number} suggestions"),
    }
}

#[tokio::test]
async fn twenty_candidates_are_reviewed_with_the_keyboard_alone() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::with_open_crosswalk(PROGRAM, BLUEPRINT);
    let browser = Browser::start(&settings, &site.address).await;
    let mut reviewer = Reviewer { browser: &browser, decided: BTreeMap::new() };
    from_home(&browser).await;
    one_objective_at_a_time(&mut reviewer).await;
    one_course_at_a_time(&mut reviewer).await;
    unsure_ones(&mut reviewer).await;
    assert_eq!(reviewer.decided.len(), 20);
    assert_eq!(recorded(&site), reviewer.decided);
}

/// By Tab and Enter to what waits most, past the skip link.
async fn from_home(browser: &Browser) {
    browser.open("/").await;
    browser.press(Key::Tab + "").await;
    let skip = "document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0";
    browser.until(skip).await;
    browser.press(Key::Enter + "").await;
    browser.until("document.activeElement.id === 'main'").await;
    browser.tab_to("main .next a.button").await;
    browser.turn_page(ENTER).await;
    browser.until("document.querySelector('#review')").await;
    browser.says(&format!("Review {PROGRAM} × {BLUEPRINT}")).await;
    browser.says(&format!("1 of {OBJECTIVES} objectives, {} left", left(0))).await;
}

/// `a`, `p`, `r`, a reason with `e`, undo with `u`, `s`, `b` and the help, five objectives long.
async fn one_objective_at_a_time(reviewer: &mut Reviewer<'_>) {
    reviewer.key("j").await;
    reviewer.browser.until("document.activeElement.matches('article.card[aria-current]')").await;
    for (number, key) in ["a", "p", "r"].into_iter().enumerate() {
        reviewer.decide(key, None, &left(number + 1)).await;
        reviewer.onward().await;
    }
    skips_and_comes_back(reviewer).await;
    help(reviewer).await;
    let reason = "Taught in the lab; jars and kits are not.";
    reviewer.browser.press_until("e", "document.activeElement.name === 'reason'").await;
    reviewer.key(reason).await;
    reviewer.browser.press(Key::Escape + "").await;
    reviewer.browser.until("document.activeElement.matches('article.card')").await;
    reviewer.decide("p", Some(reason), &left(4)).await;
    reviewer.onward().await;
    let undone = reviewer.current().await;
    reviewer.decide("a", None, &left(5)).await;
    reviewer.key("u").await;
    reviewer.hears("your decision is taken back.").await;
    reviewer.hears(&left(4)).await;
    assert_eq!(reviewer.current().await, undone);
    reviewer.decided.remove(&undone);
    reviewer.decide("r", None, &left(5)).await;
    reviewer.onward().await;
}

/// `s` goes on without a decision, `b` back.
async fn skips_and_comes_back(reviewer: &Reviewer<'_>) {
    let first = reviewer.current().await;
    reviewer.browser.turn_page("s").await;
    let other = format!("document.querySelector('#focus-name').innerText !== 'Objective {}'", first.2);
    reviewer.browser.until(other).await;
    assert_ne!(reviewer.current().await, first);
    reviewer.browser.says(&format!("{} left", left(3))).await;
    reviewer.browser.turn_page("b").await;
    reviewer
        .browser
        .until(format!("document.querySelector('#focus-name').innerText === 'Objective {}'", first.2))
        .await;
    assert_eq!(reviewer.current().await, first);
}

/// `?` opens the help; while it is open, keys decide nothing.
async fn help(reviewer: &Reviewer<'_>) {
    reviewer.key("?").await;
    reviewer.browser.until("document.querySelector('#review-help').open").await;
    reviewer.key("a").await;
    reviewer.browser.press(Key::Escape + "").await;
    reviewer.browser.until("!document.querySelector('#review-help').open").await;
    reviewer.browser.says(&format!("{} left", left(3))).await;
}

/// `c` turns to courses, where `j` and `k` move between candidates; the others are decided there.
async fn one_course_at_a_time(reviewer: &mut Reviewer<'_>) {
    reviewer.browser.turn_page("c").await;
    reviewer.browser.until("document.querySelector('#focus-name').innerText.startsWith('Course')").await;
    let mut moved = false;
    for (number, key) in ["a", "p", "r"].into_iter().cycle().take(OPEN - 5).enumerate() {
        let candidates: usize =
            reviewer.browser.ask("return document.querySelectorAll('article.card').length", Vec::new()).await;
        if candidates > 1 && !moved {
            moves(reviewer).await;
            moved = true;
        }
        reviewer.decide(key, None, &left(number + 6)).await;
        if number + 6 < OPEN {
            reviewer.onward().await;
        }
    }
    assert!(moved, "no course had two candidates to move between");
}

/// `j` to the second candidate, `k` back to the first.
async fn moves(reviewer: &Reviewer<'_>) {
    let first = reviewer.current().await;
    let at = |index: usize| format!("document.querySelectorAll('article.card')[{index}] === document.activeElement");
    reviewer.key("j").await;
    reviewer.browser.until(at(1)).await;
    assert_ne!(reviewer.current().await, first);
    reviewer.key("k").await;
    reviewer.browser.until(at(0)).await;
    assert_eq!(reviewer.current().await, first);
}

/// As many as are missing to twenty, which the engine was not sure enough to suggest, rejected one after the other.
async fn unsure_ones(reviewer: &mut Reviewer<'_>) {
    reviewer.browser.tab_to("#review-end a[href*='show=all']").await;
    reviewer.browser.turn_page(ENTER).await;
    reviewer.browser.until("document.querySelectorAll('[data-open=true]').length >= 5").await;
    for _ in OPEN..20 {
        let pair = reviewer.current().await;
        reviewer.key("r").await;
        reviewer.hears(&format!("{}, objective {}: rejected.", pair.1, pair.2)).await;
        reviewer.browser.until("document.activeElement.matches('[data-open=true]')").await;
        assert!(reviewer.decided.insert(pair.clone(), ("rejected", None)).is_none(), "{pair:?} was decided before");
    }
}

/// What the database holds under the reviewer's name, by another program than the pages.
fn recorded(site: &Site) -> BTreeMap<Pair, (&'static str, Option<&'static str>)> {
    let export = ["export", "crosswalk", "--program", PROGRAM, "--blueprint", BLUEPRINT, "--format", "json"];
    let export: Value = serde_json::from_str(&site.run(&export)).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = BTreeMap::new();
    for alignment in export["alignments"].as_array().unwrap() {
        let pair =
            (text(&alignment["course_code"]), text(&alignment["outcome_code"]), text(&alignment["objective_code"]));
        let decisions = alignment["decisions"].as_array().unwrap();
        if let Some(last) = decisions.iter().rfind(|decision| decision["person"] == PERSON) {
            let reason = last["reason"].as_str().map(|reason| &*reason.to_owned().leak());
            let words = match (&*text(&last["verdict"]), &*text(&last["strength"])) {
                ("accepted", "full") => "accepted (full)",
                ("accepted", "partial") => "accepted (partial)",
                ("rejected", _) => "rejected",
                other => panic!("{other:?} of {pair:?}"),
            };
            found.insert(pair, (words, reason));
        }
    }
    found
}
