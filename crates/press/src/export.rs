//! From finished pages to the bytes of a file.

use serde_json::Value;
use typst::foundations::{Datetime, Smart};
use typst::model::DocumentInfo;
use typst::text::Locale;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{Error, join};

/// What is said of a document: its title, language and date.
pub(crate) fn info(about: &Value) -> DocumentInfo {
    let text = |name: &str| about.get(name).and_then(Value::as_str).map(str::to_owned);
    DocumentInfo {
        title: text("title").map(Into::into),
        date: Smart::Custom(date(about)),
        locale: text("lang")
            .and_then(|lang| lang.parse().ok())
            .map_or(Smart::Auto, |lang| Smart::Custom(Locale { lang, region: None })),
        ..DocumentInfo::default()
    }
}

fn date(about: &Value) -> Option<Datetime> {
    let part = |at: usize| about.get("date")?.get(at)?.as_i64();
    Datetime::from_ymd(part(0)?.try_into().ok()?, part(1)?.try_into().ok()?, part(2)?.try_into().ok()?)
}

/// The bytes of a document.
pub(crate) fn pdf(mut document: PagedDocument, about: &DocumentInfo, tagged: bool) -> Result<Vec<u8>, Error> {
    *document.info_mut() = about.clone();
    let options = PdfOptions { tagged, creator: Smart::Custom(Some("recto".to_owned())), ..PdfOptions::default() };
    let failed = |errors: typst::ecow::EcoVec<typst::diag::SourceDiagnostic>| {
        Error(errors.first().map_or_else(String::new, |error| error.message.to_string()))
    };
    typst_pdf::pdf(&document, &options).map_err(failed)
}

/// One file of several.
pub(crate) fn joined(mut files: Vec<Vec<u8>>) -> Result<Vec<u8>, Error> {
    match files.len() {
        0 => Err(Error("there is nothing to print".to_owned())),
        1 => Ok(files.remove(0)),
        _ => join::join(&files).map_err(|error| Error(error.to_string())),
    }
}
