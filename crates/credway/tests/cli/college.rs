//! A college for a test: a folder of its own with its database, and the real binary run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// A folder in which the binary runs.
pub(crate) struct College {
    folder: TempDir,
}

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) bytes: Vec<u8>,
    pub(crate) out: String,
    pub(crate) talk: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("the program ended by itself"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            talk: String::from_utf8_lossy(&output.stderr).into_owned(),
            bytes: output.stdout,
        }
    }

    /// Standard output as the one JSON document it must be.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.talk))
    }

    /// The same run, after making sure of its exit status.
    pub(crate) fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "standard output:\n{}\nstandard error:\n{}", self.out, self.talk);
        self
    }
}

/// A file of the sample college.
pub(crate) fn sample_file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/lantern-bay").join(name);
    path.display().to_string()
}

/// The binary with an environment that says nothing.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credway"));
    command.current_dir(folder).env_clear().env("USER", "ada");
    command
}

impl College {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The sample's courses, outcomes, programs and the Security+ blueprint: nothing aligned, nothing decided.
    pub(crate) fn begun() -> Self {
        static MADE: OnceLock<College> = OnceLock::new();
        Self::copy(MADE.get_or_init(|| {
            let college = Self::empty();
            college.run(&["new", "Lantern Bay Community College"]).ended(0);
            let files = [
                ("organization", "organizations.csv"),
                ("courses", "courses.csv"),
                ("outcomes", "outcomes.csv"),
                ("program", "programs.csv"),
                ("blueprint", "blueprint-security-plus.csv"),
            ];
            for (kind, file) in files {
                college.run(&["import", kind, &sample_file(file)]).ended(0);
            }
            college
        }))
    }

    /// The sample college as `credway demo` loads it, with proposals and decisions.
    pub(crate) fn sample() -> Self {
        static MADE: OnceLock<College> = OnceLock::new();
        Self::copy(MADE.get_or_init(|| {
            let college = Self::empty();
            college.run(&["--db", "sqlite:credway.db", "demo", "--no-serve"]).ended(0);
            college
        }))
    }

    fn copy(made: &Self) -> Self {
        let college = Self::empty();
        for entry in std::fs::read_dir(made.folder.path()).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), college.path(&entry.file_name().to_string_lossy())).unwrap();
        }
        college
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder and gives its name.
    pub(crate) fn file<'a>(&self, name: &'a str, bytes: impl AsRef<[u8]>) -> &'a str {
        std::fs::write(self.path(name), bytes).unwrap();
        name
    }

    /// Runs the binary in the folder.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.run_with(words, &[])
    }

    /// Runs the binary with some variables.
    pub(crate) fn run_with(&self, words: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = program(self.folder.path());
        Ran::of(command.args(words).envs(variables.iter().copied()).output().unwrap())
    }

    /// Runs the binary with `--json`, makes sure of its status, and gives the document.
    pub(crate) fn json(&self, words: &[&str], status: i32) -> Value {
        self.run(&[&["--json"], words].concat()).ended(status).json()
    }

    /// The digest of everything in the database, or nothing where there is no database.
    pub(crate) fn digest(&self) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("digest.credway").display().to_string();
        let ran = self.run(&["--json", "backup", &archive]);
        (ran.status == 0).then(|| ran.json()["digest"].as_str().unwrap().to_owned())
    }

    /// The names of the files in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// The program and blueprint most tests are about.
pub(crate) const PAIR: [&str; 4] = ["--program", "Cybersecurity", "--blueprint", "SY0-701"];

/// A command on [`PAIR`].
pub(crate) fn on_pair<'a>(command: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [command, &PAIR, more].concat()
}
