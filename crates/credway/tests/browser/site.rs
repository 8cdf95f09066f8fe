//! Credway itself, as a person starts it: the built binary over a database of its own.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::process::Process;

/// Who acts in these tests; nobody of the sample college.
pub(crate) const PERSON: &str = "Imani Reyes";

/// A served site.
pub(crate) struct Site {
    /// `http://127.0.0.1:PORT`.
    pub(crate) address: String,
    /// Where the site has accounts and no administrator yet: the one-time link that makes one.
    pub(crate) first_administrator: Option<String>,
    _process: Process,
    folder: TempDir,
}

impl Site {
    /// The sample college.
    pub(crate) fn sample() -> Self {
        Self::serve(tempfile::tempdir().unwrap(), "demo")
    }

    /// The sample college with one crosswalk more, on which nobody has said a word.
    pub(crate) fn with_open_crosswalk(program: &str, blueprint: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        run(&folder, &["demo", "--no-serve"]);
        run(&folder, &["align", "--program", program, "--blueprint", blueprint]);
        Self::serve(folder, "serve")
    }

    /// The sample college with a blueprint more, from a file of this content, and the program's crosswalk with it.
    pub(crate) fn with_blueprint(name: &str, content: &str, program: &str, blueprint: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        run(&folder, &["demo", "--no-serve"]);
        run(&folder, &["import", "blueprint", &file.to_string_lossy()]);
        run(&folder, &["align", "--program", program, "--blueprint", blueprint]);
        Self::serve(folder, "serve")
    }

    /// An institution that has nothing yet.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        run(&folder, &["new", "Harbor College"]);
        Self::serve(folder, "serve")
    }

    fn serve(folder: TempDir, command: &str) -> Self {
        let process = Process::start(credway(&folder).args([command, "--address", "127.0.0.1:0"]));
        let address = format!("http://{}", process.says("http://", "/"));
        Self { address, first_administrator: None, _process: process, folder }
    }

    /// The sample college with one crosswalk more, on which nobody has said a word, where everybody has an account.
    pub(crate) fn with_accounts(program: &str, blueprint: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        run(&folder, &["demo", "--no-serve"]);
        run(&folder, &["align", "--program", program, "--blueprint", blueprint]);
        let process =
            Process::start(credway(&folder).args(["--json", "serve", "--accounts", "--address", "127.0.0.1:0"]));
        let link = process.says("\"first_administrator\":\"", "\"");
        let address = link.split_once("/invitation").unwrap().0.to_owned();
        Self { address, first_administrator: Some(link), _process: process, folder }
    }

    /// What a command prints over the same database.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        run(&self.folder, arguments)
    }

    /// A file with this content, for the browser to choose.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

fn credway(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credway"));
    let database = format!("sqlite:{}", folder.path().join("college.db").display());
    command.args(["--db", &database, "--as", PERSON, "--no-color"]);
    command
}

/// Runs a command to its end; findings are no failure here.
fn run(folder: &TempDir, arguments: &[&str]) -> String {
    let output = credway(folder).args(arguments).output().unwrap();
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(matches!(output.status.code(), Some(0 | 1)), "credway {arguments:?}: {said}{told}");
    said.into_owned()
}
