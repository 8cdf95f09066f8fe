//! Progress bars for long work, on standard error, where a person looks.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that appears when work takes long.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(what: &str) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target).with_message(what.to_owned());
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent:>3} % {eta}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    fn show(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
        if done >= total {
            self.0.finish_and_clear();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl credway_workflow::Progress for Bar {
    fn advance(&self, done: u64, total: u64) {
        self.show(done, total);
    }
}

impl credway_workflow::ImportProgress for Bar {
    fn advance(&self, done: u64, total: u64) {
        self.show(done, total);
    }
}

/// A line that says what work has come to, where it takes long.
pub(crate) struct Talk(Bar);

/// How often it moves, so that nobody takes it for stuck.
const TICK: Duration = Duration::from_millis(250);

impl Talk {
    pub(crate) fn new(what: &str) -> Self {
        let bar = Bar::new(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.0.set_style(style);
        }
        bar.0.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Whether anybody sees it: it is shown on a terminal only.
    pub(crate) fn is_heard(&self) -> bool {
        !self.0.0.is_hidden()
    }

    pub(crate) fn say(&self, what: String) {
        self.0.0.set_message(what);
        self.0.0.tick();
    }
}
