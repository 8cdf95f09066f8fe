//! All that typst sees of the world: one template, one piece of data, our fonts, one day.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::TypesetError;
use crate::fonts::fonts;

/// Name under which the template reads its data.
const DATA: &str = "data.json";

/// The world of one document.
pub(crate) struct Stage {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data_id: FileId,
    data: Bytes,
    day: Option<Datetime>,
}

impl Stage {
    pub(crate) fn new(template: &str, data: &[u8], day: Option<Datetime>) -> Result<Self, TypesetError> {
        let fonts = fonts()?;
        // The heads of rows are told as such (`pdf.header-cell`) by what typst still calls extra.
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(id("main.typ")?, template.to_owned()),
            data_id: id(DATA)?,
            data: Bytes::new(data.to_vec()),
            day,
        })
    }
}

fn id(name: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(name).map_err(|_| TypesetError::Template(vec![format!("“{name}” is no path")]))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Stage {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(absent(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.day
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
