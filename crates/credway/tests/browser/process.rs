//! Programs the tests start: each says where it listens, and none outlives its test.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long a program may take until it says where it listens.
const PATIENCE: Duration = Duration::from_secs(60);

/// A started program; it ends when this is dropped.
pub(crate) struct Process {
    child: Child,
    lines: Receiver<String>,
    name: String,
}

impl Process {
    /// Starts the program; both its outputs are read line by line.
    pub(crate) fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = started.unwrap_or_else(|error| panic!("{name} could not be started: {error}"));
        let outputs: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        let (sender, lines) = channel();
        for output in outputs {
            let sender = sender.clone();
            // Read to the end, or the program would stand still at a full pipe.
            std::thread::spawn(move || {
                BufReader::new(output).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
            });
        }
        Self { child, lines, name }
    }

    /// What stands between `before` and `after` in the first line that has both.
    pub(crate) fn says(&self, before: &str, after: &str) -> String {
        let until = Instant::now() + PATIENCE;
        let mut said = String::new();
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            let found = line.split_once(before).and_then(|(_, rest)| rest.split_once(after));
            if let Some((wanted, _)) = found {
                return wanted.to_owned();
            }
            said += &line;
            said.push('\n');
        }
        panic!("{} did not say “{before}…{after}”; it said:\n{said}", self.name);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
