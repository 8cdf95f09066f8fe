//! The log: on standard error, as text where a person looks at a terminal, as one JSON object a line elsewhere.
//!
//! Of other people's code only warnings and errors are kept: what it says at its lower levels may hold anything.

use std::io::{IsTerminal, Write};

use credway_workflow::{LogFormat, LogLevel, LogSettings};
use tracing::level_filters::LevelFilter;
use tracing::{Dispatch, Level};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;

/// How our own lines begin their target.
const OURS: &str = "credway";

/// Starts the log of this process; a second start leaves the first as it is.
pub(crate) fn start(settings: LogSettings) {
    let terminal = std::io::stderr().is_terminal();
    // Only a process that serves twice, as tests do, has one already.
    let _ = tracing::dispatcher::set_global_default(dispatch(settings, terminal, std::io::stderr));
}

/// A log that writes into `writer`.
pub(super) fn dispatch<W>(settings: LogSettings, terminal: bool, writer: W) -> Dispatch
where
    W: for<'a> MakeWriter<'a, Writer: Write> + Send + Sync + 'static,
{
    let level = match settings.level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    let kept = Targets::new()
        .with_default(LevelFilter::from_level(level.min(Level::WARN)))
        .with_target(OURS, LevelFilter::from_level(level));
    // A log that cannot be written is lost; saying so on the same stream would end the process.
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).log_internal_errors(false);
    let registry = tracing_subscriber::registry().with(kept);
    let json = match settings.format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => !terminal,
    };
    if json {
        Dispatch::new(registry.with(lines.json().flatten_event(true).with_current_span(false)))
    } else {
        Dispatch::new(registry.with(lines.compact().with_ansi(false).with_target(false)))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// A place where lines of a log are kept.
    #[derive(Clone, Default)]
    pub(in crate::observe) struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Kept {
        /// What was written.
        pub(in crate::observe) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Kept {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    fn said(format: LogFormat, level: LogLevel, terminal: bool) -> String {
        let kept = Kept::default();
        tracing::dispatcher::with_default(&dispatch(LogSettings { format, level }, terminal, kept.clone()), || {
            tracing::error!(target: "credway::test", number = 1, "failed");
            tracing::info!(target: "credway::test", "went well");
            tracing::debug!(target: "credway::test", "looked");
            tracing::warn!(target: "sqlx::query", "theirs, slow");
            tracing::info!(target: "sqlx::query", "theirs, chatty");
        });
        kept.text()
    }

    #[test]
    fn lines_are_text_for_people_and_json_for_programs() {
        let text = said(LogFormat::Auto, LogLevel::Info, true);
        assert!(text.contains("failed number=1") && !text.contains('{') && !text.contains('\x1b'), "{text}");
        assert_eq!(said(LogFormat::Text, LogLevel::Info, false).lines().count(), text.lines().count());
        for (format, terminal) in [(LogFormat::Auto, false), (LogFormat::Json, true)] {
            let json = said(format, LogLevel::Info, terminal);
            let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
            assert_eq!(
                (&first["level"], &first["message"], &first["number"]),
                (&"ERROR".into(), &"failed".into(), &1.into())
            );
        }
    }

    #[test]
    fn the_level_is_kept_and_others_say_warnings_only() {
        for (level, expected) in [
            (LogLevel::Error, vec!["failed"]),
            (LogLevel::Warn, vec!["failed", "theirs, slow"]),
            (LogLevel::Info, vec!["failed", "went well", "theirs, slow"]),
            (LogLevel::Debug, vec!["failed", "went well", "looked", "theirs, slow"]),
        ] {
            let lines = said(LogFormat::Json, level, false);
            let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
            let messages: Vec<String> =
                lines.lines().map(|line| read(line)["message"].as_str().unwrap().to_owned()).collect();
            assert_eq!(messages, expected);
        }
    }
}
