//! Rows of long work and of the files it is about. Both pass by themselves and are in no backup.

use credway_model::Person;
use jiff::Timestamp;
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::repositories::{Job, Upload};
use crate::table::{Table, Values, bytes, flag, long, person, position, text, whole};
use crate::value;

pub(crate) static JOB: Table = Table {
    name: "job",
    columns: &[
        text("id"),
        text("kind"),
        text("payload"),
        text("title"),
        text("owner"),
        person("person"),
        text("origin"),
        text("acts"),
        text("state"),
        flag("stop"),
        long("done"),
        long("total"),
        whole("attempts"),
        text("worker"),
        text("heartbeat"),
        text("not_before"),
        text("result"),
        text("failure"),
        text("created"),
        text("started"),
        text("ended"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) static UPLOAD: Table = Table {
    name: "upload",
    columns: &[
        text("token"),
        text("owner"),
        text("name"),
        long("size"),
        text("request"),
        whole("version"),
        text("state"),
        flag("stopped"),
        text("job"),
        text("answer"),
        text("created"),
        text("expires"),
        bytes("bytes"),
    ],
    keys: 1,
    // A file's bytes are asked for by themselves.
    unread: 1,
    page: 1,
};

/// A moment that may be absent.
pub(crate) fn maybe_moment(at: Option<Timestamp>) -> Value {
    value::maybe_text(at.map(value::written).as_ref())
}

/// A count as it stands in a 64-bit column; what does not fit is as large as fits.
pub(crate) fn large(number: u64) -> Value {
    Value::BigInt(Some(i64::try_from(number).unwrap_or(i64::MAX)))
}

pub(crate) fn job_values(job: &Job) -> Result<Values> {
    Ok(vec![
        value::text(&job.id),
        value::text(&job.kind),
        value::text(&job.payload),
        value::text(&job.title),
        value::maybe_text(job.owner.as_ref()),
        value::text(job.person.name()),
        value::maybe_text(job.origin.as_ref()),
        value::maybe_json(job.acts.as_ref())?,
        value::word(&job.state)?,
        Value::Bool(Some(job.stop)),
        large(job.done),
        large(job.total),
        position(job.attempts as usize)?,
        value::maybe_text(job.worker.as_ref()),
        maybe_moment(job.heartbeat),
        value::moment(job.not_before),
        value::maybe_text(job.result.as_ref()),
        value::maybe_text(job.failure.as_ref()),
        value::moment(job.created),
        maybe_moment(job.started),
        maybe_moment(job.ended),
    ])
}

pub(crate) fn read_job(row: &mut Reader<'_>) -> Result<Job> {
    Ok(Job {
        id: row.get()?,
        kind: row.get()?,
        payload: row.get()?,
        title: row.get()?,
        owner: row.maybe_parse()?,
        person: Person(row.take()?),
        origin: row.maybe_take()?,
        acts: row.maybe_json()?,
        state: row.word()?,
        stop: row.get()?,
        done: row.get::<i64>()?.unsigned_abs(),
        total: row.get::<i64>()?.unsigned_abs(),
        attempts: row.count()?,
        worker: row.get()?,
        heartbeat: row.maybe_parse()?,
        not_before: row.parse()?,
        result: row.get()?,
        failure: row.get()?,
        created: row.parse()?,
        started: row.maybe_parse()?,
        ended: row.maybe_parse()?,
    })
}

pub(crate) fn upload_values(upload: &Upload, bytes: &[u8]) -> Result<Values> {
    let mut values = vec![
        value::text(&upload.token),
        value::maybe_text(upload.owner.as_ref()),
        value::text(&upload.name),
        large(upload.size),
    ];
    values.extend(standing_values(upload)?.map(|(_, value)| value));
    values.extend([value::moment(upload.created), value::moment(upload.expires), Value::Bytes(Some(bytes.to_vec()))]);
    Ok(values)
}

/// The columns of a file that change while it waits, with their values.
pub(crate) fn standing_values(upload: &Upload) -> Result<[(&'static str, Value); 6]> {
    Ok([
        ("request", value::text(&upload.request)),
        ("version", position(upload.version as usize)?),
        ("state", value::word(&upload.state)?),
        ("stopped", Value::Bool(Some(upload.stopped))),
        ("job", value::maybe_text(upload.job.as_ref())),
        ("answer", value::maybe_text(upload.answer.as_ref())),
    ])
}

pub(crate) fn read_upload(row: &mut Reader<'_>) -> Result<Upload> {
    Ok(Upload {
        token: row.get()?,
        owner: row.maybe_parse()?,
        name: row.get()?,
        size: row.get::<i64>()?.unsigned_abs(),
        request: row.get()?,
        version: row.count()?,
        state: row.word()?,
        stopped: row.get()?,
        job: row.get()?,
        answer: row.get()?,
        created: row.parse()?,
        expires: row.parse()?,
    })
}
