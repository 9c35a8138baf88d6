//! What Typst sees: templates, data and pictures in memory, the fonts of the press, and no clock.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use crate::Error;
use crate::fonts::Fonts;

/// The name under which templates read what they set.
const DATA: &str = "data.json";

/// Every template by its name.
static TEMPLATES: LazyLock<BTreeMap<&'static str, Source>> = LazyLock::new(|| {
    const ALL: [(&str, &str); 11] = [
        ("blocks.typ", include_str!("../templates/blocks.typ")),
        ("flow.typ", include_str!("../templates/flow.typ")),
        ("look.typ", include_str!("../templates/look.typ")),
        ("marks.typ", include_str!("../templates/marks.typ")),
        ("math.typ", include_str!("../templates/math.typ")),
        ("numbers.typ", include_str!("../templates/numbers.typ")),
        ("part.typ", include_str!("../templates/part.typ")),
        ("picture.typ", include_str!("../templates/picture.typ")),
        ("proof.typ", include_str!("../templates/proof.typ")),
        ("rows.typ", include_str!("../templates/rows.typ")),
        ("slips.typ", include_str!("../templates/slips.typ")),
    ];
    ALL.into_iter().filter_map(|(name, text)| Some((name, Source::new(id(name)?, text.to_owned())))).collect()
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Files that templates read, by their paths, and the paths of pictures by the names in notes.
#[derive(Debug, Default, Clone)]
pub(crate) struct Files {
    files: BTreeMap<String, Bytes>,
    /// Paths by names.
    pub(crate) names: BTreeMap<String, String>,
}

impl Files {
    /// Adds one.
    pub(crate) fn add(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), Bytes::new(bytes));
    }

    /// Takes over files, one of which notes call by a name.
    pub(crate) fn take(&mut self, name: &str, path: String, mut others: Files) {
        self.files.append(&mut others.files);
        self.names.insert(name.to_owned(), path);
    }

    /// The same files with what a template is to set.
    fn with_data(&self, data: &Value) -> Files {
        let mut files = self.clone();
        let mut data = data.clone();
        data["pictures"] = serde_json::json!(self.names);
        files.add(DATA, data.to_string().into_bytes());
        files
    }
}

/// Lays out a template.
pub(crate) fn lay_out(
    fonts: &Fonts,
    template: &'static str,
    files: &Files,
    data: &Value,
) -> Result<PagedDocument, Error> {
    let main = TEMPLATES.get(template).ok_or_else(|| Error(format!("there is no template {template}")))?;
    let world = Desk { fonts, main: main.id(), files: files.with_data(data) };
    typst::compile::<PagedDocument>(&world).output.map_err(|errors| Error(told(&errors)))
}

/// Forgets what was remembered of earlier layouts, which is more than what they are worth.
pub(crate) fn forget() {
    typst::comemo::evict(0);
}

fn told(errors: &[SourceDiagnostic]) -> String {
    errors.first().map_or_else(|| "nothing was set".to_owned(), |error| error.message.to_string())
}

fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

struct Desk<'a> {
    fonts: &'a Fonts,
    main: FileId,
    files: Files,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.get().vpath().get_without_slash();
        TEMPLATES.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_without_slash();
        self.files.files.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
