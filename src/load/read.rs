//! One note from the disc: its text, or the finding that says why there is none.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads notes")]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostic::Finding;
use crate::export::print::form::TITLE;
use crate::identity::RETIRED;

/// The largest note that is read, in bytes.
const LARGEST_NOTE: u64 = 1 << 30;

/// What a file's first bytes say it is, where that is no text.
const KNOWN: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as Word and Anki files are"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// Reads a note; the finding says why it cannot be one.
pub(super) fn note(path: &Path, shown: &str) -> Result<String, Box<Finding>> {
    let bytes = bytes(path, shown)?;
    text(bytes, shown)
}

fn bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Box<Finding>> {
    let refused = |error: io::Error| Box::new(unreadable(shown, &error));
    let metadata = fs::metadata(path).map_err(refused)?;
    // Opening a pipe would wait for its other end for ever.
    if !metadata.is_file() {
        return Err(not_a_file(shown).into());
    }
    let mut out = Vec::new();
    let file = File::open(path).map_err(refused)?;
    // The file may grow after it was measured, so the limit holds for what is read, too.
    if metadata.len() > LARGEST_NOTE
        || file.take(LARGEST_NOTE + 1).read_to_end(&mut out).map_err(refused)? as u64 > LARGEST_NOTE
    {
        return Err(Finding::file("note-too-large", "a note of more than 1 GiB is not read", shown, None)
            .help("split the note into several files")
            .into());
    }
    Ok(out)
}

/// How files begin that recto writes and that would pass for notes: lists of retired cards, and of grades.
const OURS: [&str; 2] = [RETIRED, TITLE];

/// Whether recto wrote a text, which is no note then wherever it lies.
pub(super) fn is_ours(text: &str) -> bool {
    OURS.iter().any(|beginning| text.starts_with(beginning))
}

/// The finding for a file or folder that the system does not let us read.
pub(super) fn unreadable(shown: &str, error: &io::Error) -> Finding {
    let finding = Finding::file("unreadable", format!("cannot be read: {}", reason(error)), shown, None);
    match error.kind() {
        io::ErrorKind::PermissionDenied => finding.help("give yourself the right to read it, or leave it out"),
        _ => finding,
    }
}

/// The finding for a pipe, a socket or a device.
pub(super) fn not_a_file(shown: &str) -> Finding {
    Finding::file("not-a-file", "neither a file nor a folder, so it is skipped", shown, None)
        .help("save the notes in a file first")
}

fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Box<Finding>> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let finding = Finding::file("invalid-utf-8", "the note is UTF-16, not UTF-8", shown, Some((1, 1)));
        return Err(finding.help("save the note again as UTF-8").into());
    }
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Finding::file("binary-file", format!("{what}, not a note"), shown, None)
            .help("save its words as plain text or Markdown")
            .into());
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Finding::file("binary-file", "not text: it holds a NUL byte", shown, position(&bytes[..at]))
            .help("remove the byte, or save the words as plain text or Markdown")
            .into());
    }
    String::from_utf8(bytes).map_err(|error| invalid(&error, shown).into())
}

fn invalid(error: &std::string::FromUtf8Error, shown: &str) -> Finding {
    let at = error.utf8_error().valid_up_to();
    let message = format!("the byte 0x{:02X} is not UTF-8", error.as_bytes()[at]);
    Finding::file("invalid-utf-8", message, shown, position(&error.as_bytes()[..at]))
        .help("save the note again as UTF-8; it is probably in an older encoding such as Windows-1252")
}

/// Line and column of the first byte after `before`, where that is text.
fn position(before: &[u8]) -> Option<(usize, usize)> {
    let before = std::str::from_utf8(before).ok()?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    Some((before.matches('\n').count() + 1, before[line..].chars().count() + 1))
}

/// Why the system refused, in words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::AlreadyExists => "a file of that name is in the way".to_owned(),
        _ if error.raw_os_error().is_none() => error.kind().to_string(),
        _ => plain(error),
    }
}

/// The system's own words without its error number.
fn plain(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut chars = words.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn refused(bytes: &[u8]) -> (&'static str, Option<(usize, usize)>) {
        let finding = text(bytes.to_vec(), "a.md").unwrap_err();
        let Place::File { position, .. } = finding.place else { panic!("a place in a file") };
        (finding.code, position)
    }

    #[test]
    fn the_first_bad_byte_is_shown() {
        assert_eq!(
            refused("ä\r\nöx".as_bytes().iter().copied().chain([0xff]).collect::<Vec<_>>().as_slice()),
            ("invalid-utf-8", Some((2, 3)))
        );
        assert_eq!(refused(b"\xff\xfea\0"), ("invalid-utf-8", Some((1, 1))));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(refused(b"%PDF-1.7 x"), ("binary-file", None));
        assert_eq!(refused(b"a\nb\0c"), ("binary-file", Some((2, 2))));
    }

    #[test]
    fn a_byte_order_mark_and_carriage_returns_stay() {
        let note = "\u{feff}# A\r\n";
        assert_eq!(text(note.as_bytes().to_vec(), "a.md").unwrap(), note);
    }

    #[test]
    fn reasons_are_plain_words() {
        assert_eq!(reason(&io::Error::from(io::ErrorKind::PermissionDenied)), "permission denied");
        assert_eq!(reason(&io::Error::from_raw_os_error(40)), "too many levels of symbolic links");
    }
}
