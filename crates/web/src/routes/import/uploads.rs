//! Files between their preview and the word to write them, so that a file need not be chosen twice.
//!
//! Kept in memory only, a few at a time and not for long: nothing of a file that was never confirmed reaches the disk.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use credway_workflow::{ImportAnswer, ImportRequest, Mapping, SourceFile};
use uuid::Uuid;

use super::kept_answer::KeptAnswer;

/// How many files are kept; the oldest makes room for a new one.
const MOST: usize = 8;
/// How many bytes the files and what was read of them may take together before the oldest makes room; a single file may
/// have as many.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// About how many bytes a course takes with its values and their places.
const WEIGHT_OF_A_COURSE: usize = 2_048;
/// How long a file is kept.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// One file that was sent, and what is known of it.
#[derive(Clone)]
pub(super) struct Upload {
    /// What to import and how; shared, because it holds the file's bytes. The bytes go once the file is written.
    pub(super) request: Arc<ImportRequest>,
    /// Size of the file in bytes.
    pub(super) size: usize,
    /// Number of the work under way or done last.
    pub(super) job: Option<u64>,
    /// Whether writing is under way or done: it is not begun twice.
    pub(super) writing: bool,
    /// Whether the person asked to stop the writing.
    pub(super) stopped: bool,
    /// Whether the person corrected the mapping.
    pub(super) corrected: bool,
    /// Whether the mapping is one the person corrected for an earlier file.
    pub(super) remembered: bool,
    /// The columns of the file, where it is a table.
    pub(super) columns: Vec<String>,
    /// What importing it would change.
    pub(super) preview: Option<Arc<KeptAnswer>>,
    /// What importing it changed.
    pub(super) written: Option<Arc<KeptAnswer>>,
}

impl Upload {
    fn new(request: ImportRequest) -> Self {
        Self {
            size: request.file.bytes.len(),
            request: Arc::new(request),
            job: None,
            writing: false,
            stopped: false,
            corrected: false,
            remembered: false,
            columns: Vec::new(),
            preview: None,
            written: None,
        }
    }

    /// About how much memory it takes, in bytes: the file and the courses that were read of it.
    fn weight(&self) -> usize {
        let courses = self.preview.as_ref().map_or(0, |preview| preview.as_read.len());
        self.request.file.bytes.len() + courses * WEIGHT_OF_A_COURSE
    }

    /// Keeps what reading gave.
    pub(super) fn keep_preview(&mut self, answer: ImportAnswer, columns: Vec<String>) {
        self.preview = Some(Arc::new(KeptAnswer::of(answer)));
        self.columns = columns;
    }

    /// Takes a corrected mapping, to read the file again by it.
    pub(super) fn correct(&mut self, mapping: Option<Mapping>) {
        self.request = Arc::new(ImportRequest { mapping, ..(*self.request).clone() });
        (self.corrected, self.remembered) = (true, false);
        (self.preview, self.written) = (None, None);
    }

    /// Keeps what writing gave; the file's bytes are no longer needed once it is written.
    pub(super) fn keep_result(&mut self, answer: ImportAnswer) {
        let answer = Arc::new(KeptAnswer::of(answer));
        if answer.written {
            let mut request = (*self.request).clone();
            request.file = SourceFile::new(request.file.name.clone(), Vec::new());
            self.request = Arc::new(request);
            self.preview = None;
        } else {
            self.preview = Some(Arc::clone(&answer));
            self.writing = false;
        }
        self.written = Some(answer);
    }
}

struct Kept {
    token: String,
    since: Instant,
    upload: Upload,
}

/// The files of this process, each under a name that cannot be guessed.
#[derive(Clone, Default)]
pub(super) struct Uploads(Arc<Mutex<Vec<Kept>>>);

impl Uploads {
    /// Keeps a file and answers its name.
    pub(super) fn keep(&self, request: ImportRequest) -> String {
        self.keep_at(request, Instant::now())
    }

    fn keep_at(&self, request: ImportRequest, now: Instant) -> String {
        let token = Uuid::new_v4().simple().to_string();
        let upload = Upload::new(request);
        self.with(now, |kept| {
            make_room(kept, upload.size);
            kept.push(Kept { token: token.clone(), since: now, upload });
        });
        token
    }

    /// The file of this name, unless it has gone.
    pub(super) fn find(&self, token: &str) -> Option<Upload> {
        self.find_at(token, Instant::now())
    }

    fn find_at(&self, token: &str, now: Instant) -> Option<Upload> {
        self.with(now, |kept| kept.iter().find(|one| one.token == token).map(|one| one.upload.clone()))
    }

    /// Changes what is known of a file; nothing when it has gone.
    pub(super) fn change(&self, token: &str, change: impl FnOnce(&mut Upload)) {
        self.with(Instant::now(), |kept| {
            if let Some(one) = kept.iter_mut().find(|one| one.token == token) {
                change(&mut one.upload);
            }
        });
    }

    /// Begins writing a file with `start`, which gives the number of the work. Nothing is begun where it is under way or
    /// done already: a button pressed twice writes once.
    pub(super) fn begin_writing(&self, token: &str, start: impl FnOnce(&Upload) -> u64) {
        self.change(token, |upload| {
            if !upload.writing {
                (upload.writing, upload.stopped, upload.written) = (true, false, None);
                upload.job = Some(start(upload));
            }
        });
    }

    /// Forgets a file.
    pub(super) fn forget(&self, token: &str) {
        self.with(Instant::now(), |kept| kept.retain(|one| one.token != token));
    }

    /// Does something with the files that are still kept at `now`. The lock also serves after a panic elsewhere: the
    /// list is whole at every moment.
    fn with<T>(&self, now: Instant, action: impl FnOnce(&mut Vec<Kept>) -> T) -> T {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| now.duration_since(one.since) < LONGEST);
        action(&mut kept)
    }
}

/// Lets the oldest files go until one more of `size` bytes fits; those that are being written stay.
fn make_room(kept: &mut Vec<Kept>, size: usize) {
    let bytes = |kept: &[Kept]| kept.iter().map(|one| one.upload.weight()).sum::<usize>();
    while kept.len() >= MOST || bytes(kept) + size > MOST_BYTES {
        let under_way = |one: &Kept| one.upload.writing && one.upload.written.is_none();
        let Some(oldest) = kept.iter().position(|one| !under_way(one)) else { return };
        kept.remove(oldest);
    }
}

#[cfg(test)]
mod tests {
    use credway_workflow::Kind;

    use super::*;

    fn request(name: &str) -> ImportRequest {
        ImportRequest {
            kind: Kind::Courses,
            file: SourceFile::new(name.to_owned(), vec![1, 2, 3]),
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        }
    }

    #[test]
    fn a_few_files_are_kept_and_the_oldest_makes_room() {
        let uploads = Uploads::default();
        let tokens: Vec<String> = (0..=MOST).map(|number| uploads.keep(request(&number.to_string()))).collect();
        assert!(uploads.find(&tokens[0]).is_none());
        assert_eq!(uploads.find(&tokens[1]).unwrap().request.file.name, "1");
        assert_eq!(uploads.find(&tokens[MOST]).unwrap().size, 3);
        assert!(uploads.find("").is_none());
    }

    #[test]
    fn large_files_make_room_for_one_another_unless_they_are_being_written() {
        let uploads = Uploads::default();
        let large = || {
            let mut request = request("large");
            request.file = SourceFile::new("large", vec![0; MOST_BYTES / 2]);
            request
        };
        let tokens: Vec<String> = (0..3).map(|_| uploads.keep(large())).collect();
        assert!(uploads.find(&tokens[0]).is_none() && uploads.find(&tokens[1]).is_some());
        uploads.begin_writing(&tokens[1], |_| 1);
        uploads.keep(large());
        assert!(uploads.find(&tokens[1]).is_some() && uploads.find(&tokens[2]).is_none());
    }

    #[test]
    fn writing_is_begun_once() {
        let uploads = Uploads::default();
        let token = uploads.keep(request("a"));
        uploads.begin_writing(&token, |_| 1);
        uploads.begin_writing(&token, |_| unreachable!("it is under way"));
        assert_eq!(uploads.find(&token).unwrap().job, Some(1));
    }

    #[test]
    fn a_file_goes_after_half_an_hour() {
        let uploads = Uploads::default();
        let now = Instant::now();
        let token = uploads.keep_at(request("a"), now);
        assert!(uploads.find_at(&token, now + LONGEST / 2).is_some());
        assert!(uploads.find_at(&token, now + LONGEST).is_none());
    }
}
