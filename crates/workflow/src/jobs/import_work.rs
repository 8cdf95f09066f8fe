//! Reading and importing a file that was sent, as long work.

use std::sync::Arc;

use credway_import::SourceFile;
use credway_store::{Job, JobEnd, Upload, UploadState, Work};
use jiff::Timestamp;

use super::kept_request::KeptRequest;
use super::prepared::Prepared;
use super::rights::importing;
use super::running::Running;
use super::{KeptAnswer, Outcome, Worker};
use crate::{ImportRequest, Workbench, WorkflowError};

/// Reads a file and keeps what importing it would change. One whose request was changed meanwhile, or that is gone, is
/// left: other work reads it, or nobody waits for it.
pub(super) async fn read_file(
    worker: &Worker,
    workbench: &Workbench,
    running: &Running,
    (token, version): (&str, u32),
) -> Result<(), WorkflowError> {
    let Some((upload, kept)) = find(workbench, token, version).await? else { return Ok(()) };
    let file = file(worker, workbench, running, &upload).await?;
    let columns = workbench.import_columns(kept.kind, &file);
    let mut request = kept.with_file(file);
    let mut remembered = kept.remembered;
    if request.mapping.is_none()
        && let Some(mapping) = workbench.remembered_mapping(&request, &columns).await
    {
        (request.mapping, remembered) = (Some(mapping), true);
    }
    let answer = workbench.preview_import(&request, running).await?;
    let work = workbench.store.write().await?;
    let Some(mut upload) = work.upload(token, Timestamp::MIN).await? else { return Ok(()) };
    if upload.version != version || upload.state == UploadState::Written {
        return Ok(());
    }
    upload.request =
        serde_json::to_string(&KeptRequest { mapping: request.mapping.clone(), remembered, columns, ..kept })?;
    if upload.state == UploadState::Waiting {
        upload.state = UploadState::Read;
    }
    work.change_upload(&upload).await?;
    work.commit().await?;
    worker.0.prepared.keep(token, Prepared { version, request, answer: Arc::new(KeptAnswer::of(answer)) });
    Ok(())
}

/// Imports a file, or finds that errors stand in the way. Answers whether the end of the work was kept together with the
/// import, so that neither is there without the other.
pub(super) async fn import_file(
    worker: &Worker,
    workbench: &Workbench,
    job: &Job,
    running: &Running,
    (token, version): (&str, u32),
) -> Result<bool, WorkflowError> {
    let Some((upload, kept)) = find(workbench, token, version).await? else { return Ok(false) };
    let request = match worker.0.prepared.find(token, version) {
        Some(prepared) => prepared.request.clone(),
        None => kept.with_file(file(worker, workbench, running, &upload).await?),
    };
    let (mut answer, work) = workbench.run_import(&request, running).await?;
    let Some(work) = work else {
        keep_refusal(workbench, token, job, &answer_of(answer, worker, &request, (token, version))?).await?;
        return Ok(false);
    };
    answer.written = true;
    let mapping = answer.mapping.clone();
    keep_import(worker, &work, job, token, &KeptAnswer::of(answer)).await?;
    work.commit().await?;
    worker.0.prepared.forget(token);
    if let (Some(mapping), true) = (&mapping, kept.corrected) {
        // That it could not be kept is no reason to doubt the import.
        drop(workbench.remember_mapping(mapping, &request, &kept.columns).await);
    }
    Ok(true)
}

/// The file and its request, while it is the one that was asked about and who acts may import such files.
async fn find(
    workbench: &Workbench,
    token: &str,
    version: u32,
) -> Result<Option<(Upload, KeptRequest)>, WorkflowError> {
    let work = workbench.store.read().await?;
    let upload = work.upload(token, Timestamp::MIN).await?;
    let Some(upload) = upload.filter(|upload| workbench.owns(upload.owner) && upload.version == version) else {
        return Ok(None);
    };
    if upload.state == UploadState::Written {
        return Ok(None);
    }
    let kept: KeptRequest = serde_json::from_str(&upload.request)?;
    workbench.allow_somewhere(&work, importing(kept.kind)).await?;
    Ok(Some((upload, kept)))
}

/// The file's bytes, with the text of its pictures; as it was read before, where this server has it.
async fn file(
    worker: &Worker,
    workbench: &Workbench,
    running: &Running,
    upload: &Upload,
) -> Result<SourceFile, WorkflowError> {
    if let Some(file) = worker.0.prepared.file(&upload.token) {
        return Ok(file);
    }
    let bytes = workbench.store.read().await?.upload_bytes(&upload.token).await?.unwrap_or_default();
    workbench.recognised(SourceFile::new(upload.name.clone(), bytes), running).await
}

/// What is kept of an answer that errors forbid to write; the preview shows it from now on.
fn answer_of(
    answer: crate::ImportAnswer,
    worker: &Worker,
    request: &ImportRequest,
    (token, version): (&str, u32),
) -> Result<String, WorkflowError> {
    let answer = Arc::new(KeptAnswer::of(answer));
    let words = serde_json::to_string(&*answer)?;
    worker.0.prepared.keep(token, Prepared { version, request: request.clone(), answer });
    Ok(words)
}

async fn keep_refusal(workbench: &Workbench, token: &str, job: &Job, answer: &str) -> Result<(), WorkflowError> {
    let work = workbench.store.write().await?;
    if let Some(mut upload) = work.upload(token, Timestamp::MIN).await?
        && upload.job.as_deref() == Some(&job.id)
    {
        (upload.answer, upload.state) = (Some(answer.to_owned()), UploadState::Read);
        work.change_upload(&upload).await?;
    }
    Ok(work.commit().await?)
}

/// Keeps with the import that the work is over and the file imported. A server whose work was given to another one
/// meanwhile keeps nothing.
async fn keep_import(
    worker: &Worker,
    work: &Work,
    job: &Job,
    token: &str,
    answer: &KeptAnswer,
) -> Result<(), WorkflowError> {
    let done = JobEnd::Done(serde_json::to_string(&Outcome::Imported(token.to_owned()))?);
    if !work.end_job(&job.id, &worker.0.name, &done, worker.0.workbench.now()).await? {
        return Err(WorkflowError::Cancelled);
    }
    if let Some(mut upload) = work.upload(token, Timestamp::MIN).await? {
        (upload.answer, upload.state) = (Some(serde_json::to_string(answer)?), UploadState::Written);
        work.change_upload(&upload).await?;
        work.empty_upload(token).await?;
    }
    Ok(())
}
