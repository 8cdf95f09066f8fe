//! Files as they were read, kept in memory so that pages about them need not read them again. What is missing is read
//! anew; nothing is lost with it.

use std::sync::{Arc, Mutex, PoisonError};

use credway_import::SourceFile;

use super::KeptAnswer;
use crate::ImportRequest;

/// How many bytes files and what was read of them may take together before the one not used for longest goes.
const MOST_BYTES: usize = 128 * 1024 * 1024;
/// About how many bytes a course takes with its values and their places.
const WEIGHT_OF_A_COURSE: usize = 2_048;

/// A file as it was read.
pub struct Prepared {
    /// Which state of the request it was read by.
    pub version: u32,
    /// What to import and how, with the file.
    pub request: ImportRequest,
    /// What importing it would change.
    pub answer: Arc<KeptAnswer>,
}

impl Prepared {
    /// About how much memory it takes, in bytes.
    fn weight(&self) -> usize {
        self.request.file.bytes.len() + self.answer.as_read.len() * WEIGHT_OF_A_COURSE
    }
}

/// The files of this process, the one used last at the end.
#[derive(Default)]
pub(super) struct PreparedFiles(Mutex<Vec<(String, Arc<Prepared>)>>);

impl PreparedFiles {
    /// Keeps a file; an earlier reading of it goes.
    pub(super) fn keep(&self, token: &str, prepared: Prepared) {
        self.with(|kept| {
            kept.retain(|(other, _)| other != token);
            let mut weight = prepared.weight() + kept.iter().map(|(_, one)| one.weight()).sum::<usize>();
            while weight > MOST_BYTES && !kept.is_empty() {
                weight -= kept.remove(0).1.weight();
            }
            kept.push((token.to_owned(), Arc::new(prepared)));
        });
    }

    /// The file as read by this state of its request.
    pub(super) fn find(&self, token: &str, version: u32) -> Option<Arc<Prepared>> {
        self.with(|kept| {
            let at = kept.iter().position(|(other, one)| other == token && one.version == version)?;
            let used = kept.remove(at);
            let found = Arc::clone(&used.1);
            kept.push(used);
            Some(found)
        })
    }

    /// The file itself, with what was found out about it, whatever request it was read by.
    pub(super) fn file(&self, token: &str) -> Option<SourceFile> {
        self.with(|kept| kept.iter().find(|(other, _)| other == token).map(|(_, one)| one.request.file.clone()))
    }

    /// Forgets a file.
    pub(super) fn forget(&self, token: &str) {
        self.with(|kept| kept.retain(|(other, _)| other != token));
    }

    /// The lock also serves after a panic elsewhere: the list is whole at every moment.
    fn with<T>(&self, action: impl FnOnce(&mut Vec<(String, Arc<Prepared>)>) -> T) -> T {
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_import::Kind;

    fn prepared(version: u32, size: usize) -> Prepared {
        let file = SourceFile::new("a.csv", vec![0; size]);
        let request = ImportRequest {
            kind: Kind::Courses,
            file,
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        };
        Prepared { version, request, answer: Arc::new(KeptAnswer::empty()) }
    }

    #[test]
    fn the_file_not_used_for_longest_makes_room_and_a_later_reading_replaces_an_earlier() {
        let files = PreparedFiles::default();
        for token in ["a", "b"] {
            files.keep(token, prepared(0, MOST_BYTES / 2));
        }
        assert!(files.find("a", 0).is_some());
        files.keep("c", prepared(0, MOST_BYTES / 2));
        assert!(files.find("b", 0).is_none() && files.find("a", 0).is_some());
        files.keep("c", prepared(1, 1));
        assert!(files.find("c", 0).is_none() && files.find("c", 1).is_some());
        files.keep("d", prepared(0, MOST_BYTES * 2));
        assert!(files.find("d", 0).is_some() && files.file("a").is_none(), "the newest is kept in any case");
        files.forget("d");
        assert!(files.file("d").is_none());
    }
}
