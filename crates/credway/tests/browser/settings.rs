//! Which browser there is: Chromium, ChromeDriver and axe-core, as `./test` names them in the environment.
//! Nothing is looked for elsewhere, so that a run says what it used.

use std::io::Write;
use std::path::PathBuf;

/// The programs the tests need.
pub(crate) struct Settings {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
    /// axe-core, minified.
    pub(crate) axe: PathBuf,
}

impl Settings {
    /// What the environment names. Without a browser: a failure in CI, elsewhere a visible skip and `None`; with
    /// `CREDWAY_TEST_EMBEDDED=1` always a skip.
    pub(crate) fn find() -> Option<Self> {
        if std::env::var("CREDWAY_TEST_EMBEDDED").as_deref() == Ok("1") {
            return skip("CREDWAY_TEST_EMBEDDED is set");
        }
        let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let found = (named("CREDWAY_CHROMIUM"), named("CREDWAY_CHROMEDRIVER"), named("CREDWAY_AXE"));
        if let (Some(chromium), Some(chromedriver), Some(axe)) = found {
            return Some(Self { chromium, chromedriver, axe });
        }
        let missing = "CREDWAY_CHROMIUM, CREDWAY_CHROMEDRIVER and CREDWAY_AXE are not all set (./test sets them)";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI must test in a browser: {missing}");
        skip(missing)
    }
}

/// Says so past the test runner, which keeps what passing tests print to itself.
fn skip(why: &str) -> Option<Settings> {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    std::io::stderr().write_all(format!("SKIPPED in a browser: {name}: {why}\n").as_bytes()).unwrap();
    None
}
