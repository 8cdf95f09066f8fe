//! Files between their preview and the word to import them: kept in the database, so that they outlive the server; for
//! half an hour after they were last used; a few for each owner. Nobody but their owner finds them.

use credway_store::{Upload, UploadState, Work};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::rights::importing;
use super::{KeptAnswer, KeptRequest, Worker};
use crate::{ActorStanding, ImportRequest, UploadLimits, Workbench, WorkflowError};

/// How long a file is kept after it was last used.
const KEPT: SignedDuration = SignedDuration::from_mins(30);
/// How old a use is that is noted anew.
const NOTED: SignedDuration = SignedDuration::from_mins(5);
/// How many files may wait for one owner.
const MOST_FILES: usize = 8;

/// A file that was sent, without its bytes.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// Identifier.
    pub token: String,
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: usize,
    /// What to import and how.
    pub request: KeptRequest,
    /// Which state of the request that is.
    pub version: u32,
    /// Where it stands.
    pub state: UploadState,
    /// Whether its sender asked to stop the import.
    pub stopped: bool,
    /// The work under way or done last.
    pub job: Option<String>,
    /// Until when it is kept.
    pub expires: Timestamp,
    answer: Option<String>,
}

impl UploadedFile {
    fn of(upload: Upload) -> Result<Self, WorkflowError> {
        Ok(Self {
            request: serde_json::from_str(&upload.request)?,
            size: usize::try_from(upload.size).unwrap_or(usize::MAX),
            token: upload.token,
            name: upload.name,
            version: upload.version,
            state: upload.state,
            stopped: upload.stopped,
            job: upload.job,
            expires: upload.expires,
            answer: upload.answer,
        })
    }

    /// Whether importing it is under way or done: it is not begun twice.
    #[must_use]
    pub const fn is_writing(&self) -> bool {
        matches!(self.state, UploadState::Writing | UploadState::Written)
    }

    /// What importing it gave, once that was tried.
    ///
    /// # Errors
    /// [`WorkflowError::Json`] when a newer program kept it.
    pub fn answer(&self) -> Result<Option<KeptAnswer>, WorkflowError> {
        Ok(self.answer.as_deref().map(serde_json::from_str).transpose()?)
    }
}

impl Workbench {
    /// Keeps a file and gives its token.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when too much of theirs waits already; what the policy refuses.
    pub async fn keep_upload(&self, request: &ImportRequest, limits: UploadLimits) -> Result<String, WorkflowError> {
        let (now, size) = (self.now(), request.file.bytes.len());
        let upload = Upload {
            token: Uuid::new_v4().simple().to_string(),
            owner: self.actor().account(),
            name: request.file.name.clone(),
            size: size as u64,
            request: serde_json::to_string(&KeptRequest::of(request))?,
            version: 0,
            state: UploadState::Waiting,
            stopped: false,
            job: None,
            answer: None,
            created: now,
            expires: now + KEPT,
        };
        let work = self.store.write().await?;
        self.allow_somewhere(&work, importing(request.kind)).await?;
        let waiting = work.waiting_uploads(upload.owner, now).await?;
        let bytes: u64 = waiting.iter().map(|upload| upload.size).sum();
        let together = limits.waiting_per_person as u64;
        if size > limits.largest_file || waiting.len() >= MOST_FILES || bytes + upload.size > together {
            return Err(too_much(waiting.len(), bytes, limits));
        }
        work.put_upload(&upload, &request.file.bytes).await?;
        work.commit().await?;
        Ok(upload.token)
    }

    /// A file of who asks; nothing when it is somebody else's or has gone. Looking at it keeps it longer.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn upload(&self, token: &str) -> Result<Option<UploadedFile>, WorkflowError> {
        let now = self.now();
        let Some(upload) = self.own_upload(&self.store.read().await?, token).await? else { return Ok(None) };
        if upload.expires - now < KEPT - NOTED {
            // That it could not be noted now is no reason not to show it.
            drop(self.prolong(token, now + KEPT).await);
        }
        UploadedFile::of(upload).map(Some)
    }

    /// The files of who asks that are not imported yet, oldest first.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn waiting_uploads(&self) -> Result<Vec<UploadedFile>, WorkflowError> {
        if matches!(self.actor().standing(), ActorStanding::Visitor) {
            return Ok(Vec::new());
        }
        let work = self.store.read().await?;
        let waiting = work.waiting_uploads(self.actor().account(), self.now()).await?;
        waiting.into_iter().map(UploadedFile::of).collect()
    }

    /// Changes what to import and how, so that the file is read again. Nothing happens to a file that is being imported.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn change_upload(&self, token: &str, change: impl FnOnce(&mut KeptRequest)) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let Some(mut upload) = self.own_upload(&work, token).await? else { return Ok(()) };
        if matches!(upload.state, UploadState::Writing | UploadState::Written) {
            return Ok(());
        }
        let mut request = serde_json::from_str(&upload.request)?;
        change(&mut request);
        upload.request = serde_json::to_string(&request)?;
        (upload.version, upload.state, upload.answer) = (upload.version + 1, UploadState::Waiting, None);
        work.change_upload(&upload).await?;
        Ok(work.commit().await?)
    }

    /// Forgets a file that is not being imported, and stops reading it.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn forget_upload(&self, token: &str, worker: &Worker) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let Some(upload) = self.own_upload(&work, token).await? else { return Ok(()) };
        if upload.state == UploadState::Writing {
            return Ok(());
        }
        work.forget_upload(token).await?;
        work.commit().await?;
        worker.0.prepared.forget(token);
        match upload.job {
            Some(job) => self.stop_work(&job, worker).await.or_else(ignore_missing),
            None => Ok(()),
        }
    }

    /// Asks to stop the import of a file. It may be too late: then the result says so.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn stop_import(&self, token: &str, worker: &Worker) -> Result<(), WorkflowError> {
        let Some(upload) = self.upload(token).await? else { return Ok(()) };
        if let Some(job) = &upload.job {
            self.stop_work(job, worker).await.or_else(ignore_missing)?;
        }
        let work = self.store.write_aside().await?;
        work.note_stop(token).await?;
        Ok(work.commit().await?)
    }

    /// The file for this work, if it is who acts's own, they may import still, and it has not gone.
    pub(super) async fn own_upload(&self, work: &Work, token: &str) -> Result<Option<Upload>, WorkflowError> {
        if !self.may_import(work).await? {
            return Ok(None);
        }
        Ok(work.upload(token, self.now()).await?.filter(|upload| self.owns(upload.owner)))
    }

    async fn prolong(&self, token: &str, expires: Timestamp) -> Result<(), WorkflowError> {
        let work = self.store.write_aside().await?;
        work.prolong_upload(token, expires).await?;
        Ok(work.commit().await?)
    }
}

/// Work that was forgotten needs no stopping.
fn ignore_missing(error: WorkflowError) -> Result<(), WorkflowError> {
    if matches!(error, WorkflowError::NotFound { .. }) { Ok(()) } else { Err(error) }
}

fn too_much(files: usize, bytes: u64, limits: UploadLimits) -> WorkflowError {
    const MEBIBYTE: u64 = 1024 * 1024;
    WorkflowError::Refused {
        message: format!(
            "this file was not taken: {files} of your files with {} MiB wait to be imported already, and at most \
             {MOST_FILES} files with {} MiB together may, none of them larger than {} MiB",
            bytes.div_ceil(MEBIBYTE),
            limits.waiting_per_person as u64 / MEBIBYTE,
            limits.largest_file as u64 / MEBIBYTE
        ),
        hint: "import or discard what waits on the page “Your work” (/work), or wait half an hour".to_owned(),
    }
}
