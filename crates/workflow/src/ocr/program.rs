//! The outside program that recognises text: found once, run without a shell in a private folder that goes with it, with
//! few variables of the environment, for a limited time and with a limited result.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use credway_import::Progress;
use sha2::{Digest, Sha256};

use crate::WorkflowError;

/// How long it may take.
const LIMIT: Duration = Duration::from_secs(30 * 60);
/// How often is looked whether it is done.
const LOOK: Duration = Duration::from_millis(100);
/// The largest result that is taken, in bytes: that of any file.
const LARGEST: u64 = 64 << 20;
/// How much of what it says is kept, in bytes and in letters of a finding.
const SAID: (u64, usize) = (1 << 20, 200);
/// What it is called with before the names of the two files: pages that have text stay as they are.
const ARGUMENTS: [&str; 4] = ["--skip-text", "--quiet", "--output-type", "pdf"];
/// What it may know of the environment.
const ENVIRONMENT: [&str; 6] = ["PATH", "HOME", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SystemRoot"];

/// The digest of a file with what was recognised in it.
type Last = Option<(Vec<u8>, Vec<u8>)>;

/// A program that recognises the text of pictures in a PDF, called as
/// `PROGRAM --skip-text --quiet --output-type pdf INPUT OUTPUT`.
#[derive(Clone, Debug)]
pub struct Ocr {
    program: PathBuf,
    limit: Duration,
    /// What it gave last, so that a preview and the import after it see the same.
    last: Arc<Mutex<Last>>,
}

/// Why it gave no text.
pub(super) enum Ended {
    /// The person stopped it.
    Stopped,
    /// It failed; in words.
    Failed(String),
}

impl Ocr {
    /// Finds the program: a path, or a name among the folders of PATH.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when it is not there.
    pub fn find(program: &str) -> Result<Self, WorkflowError> {
        let given = Path::new(program);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found = if given.components().count() > 1 {
            given.canonicalize().ok().filter(|file| is_program(file))
        } else {
            let folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
            let names = [given.to_path_buf(), given.with_extension("exe")];
            folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name))).find(|file| is_program(file))
        };
        let program = found.ok_or_else(|| WorkflowError::Refused {
            message: format!("the program “{program}”, which is to recognise text in pictures, is not there"),
            hint: "install OCRmyPDF, or name another program that is called like it in CREDWAY_OCR; or leave --ocr out"
                .to_owned(),
        })?;
        Ok(Self { program, limit: LIMIT, last: Arc::default() })
    }

    /// The same, stopped after another time.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// The program's name, without folders.
    pub(super) fn name(&self) -> String {
        self.program.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The PDF with the text that was recognised.
    pub(super) async fn recognise(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Vec<u8>, Ended> {
        let digest = Sha256::digest(bytes).to_vec();
        let known = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, result)) = known.filter(|(of, _)| *of == digest) {
            return Ok(result);
        }
        let result = self.run(bytes, progress).await?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((digest, result.clone()));
        Ok(result)
    }

    async fn run(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Vec<u8>, Ended> {
        let failed = |error: std::io::Error| Ended::Failed(error.to_string());
        let folder = tempfile::Builder::new().prefix("credway-ocr-").tempdir().map_err(failed)?;
        let [input, output, said] = ["input.pdf", "output.pdf", "said.txt"].map(|name| folder.path().join(name));
        std::fs::write(&input, bytes).map_err(failed)?;
        let mut running = Running(self.start(folder.path(), [&input, &output], &said).map_err(failed)?);
        let started = Instant::now();
        let status = loop {
            if let Some(status) = running.0.try_wait().map_err(failed)? {
                break status;
            }
            if progress.cancelled() {
                return Err(Ended::Stopped);
            }
            if started.elapsed() > self.limit {
                return Err(Ended::Failed(format!("it was not done after {} seconds", self.limit.as_secs())));
            }
            if size(&output) > LARGEST || size(&said) > SAID.0 {
                return Err(Ended::Failed("its result is too large".to_owned()));
            }
            tokio::time::sleep(LOOK).await;
        };
        if !status.success() {
            let words = std::fs::read(&said).unwrap_or_default();
            let words = String::from_utf8_lossy(&words).split_whitespace().collect::<Vec<_>>().join(" ");
            let words: String = words.chars().filter(|letter| !letter.is_control()).take(SAID.1).collect();
            return Err(Ended::Failed(format!("it ended with {status} {words}").trim_end().to_owned()));
        }
        match size(&output) {
            0 => Err(Ended::Failed("it wrote no file".to_owned())),
            large if large > LARGEST => Err(Ended::Failed("its result is too large".to_owned())),
            _ => std::fs::read(&output).map_err(failed),
        }
    }

    fn start(&self, folder: &Path, files: [&Path; 2], said: &Path) -> std::io::Result<Child> {
        let kept: Vec<(&str, OsString)> =
            ENVIRONMENT.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))).collect();
        let mut command = Command::new(&self.program);
        command.args(ARGUMENTS).args(files).current_dir(folder).env_clear().envs(kept).env("TMPDIR", folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(std::fs::File::create(said)?);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }
}

/// The program at work; when this goes, so does it, with all that it started.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        #[cfg(unix)]
        let _ = rustix::process::kill_process_group(
            rustix::process::Pid::from_child(&self.0),
            rustix::process::Signal::KILL,
        );
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn size(path: &Path) -> u64 {
    std::fs::symlink_metadata(path).map_or(0, |about| if about.is_file() { about.len() } else { 0 })
}

fn is_program(file: &Path) -> bool {
    let Ok(about) = std::fs::metadata(file) else { return false };
    #[cfg(unix)]
    let may_run = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may_run = true;
    about.is_file() && may_run
}
