//! Files on their way into a deck: checked for what they are, and named by their content.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads media")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::read;
use super::walk::ends_in;
use crate::card::{Blob, Media, PLAYED};

/// The largest file that is packed, in bytes; Anki's own server takes no larger ones.
pub(super) const LARGEST: u64 = 100 << 20;

/// Endings of images that flashcards can show.
const IMAGES: [&str; 11] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tif", "tiff"];

/// How the files begin that are often taken for media, whatever their ending.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
];

/// Longest stem of a packed name, in bytes.
const LONGEST_STEM: usize = 40;

/// Why a file is not packed.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The code of the finding.
    pub(super) code: &'static str,
    /// The fact.
    pub(super) message: String,
    /// The remedy.
    pub(super) help: String,
}

/// What has been packed: names by path, and contents by name.
#[derive(Debug, Default)]
pub(super) struct Packs {
    names: BTreeMap<PathBuf, Arc<str>>,
    contents: BTreeMap<Arc<str>, Blob>,
}

impl Packs {
    /// Packs a file of the disc, and says under which name. Its bytes stay where they are.
    pub(super) fn file(&mut self, path: &Path, src: &str) -> Result<Arc<str>, Refusal> {
        if let Some(name) = self.names.get(path) {
            return Ok(name.clone());
        }
        check_ending(path, src)?;
        let unreadable = |error: io::Error| Refusal {
            code: "missing-media",
            message: format!("`{src}` cannot be read: {}", read::reason(&error)),
            help: "give yourself the right to read it".to_owned(),
        };
        let size = fs::metadata(path).map_err(unreadable)?.len();
        check_size(size, src)?;
        let (hash, beginning) = digest(path).map_err(unreadable)?;
        check_content(&beginning, path, src)?;
        let name: Arc<str> = packed_name(path, &hash).into();
        self.names.insert(path.to_owned(), name.clone());
        self.contents.insert(name.clone(), Blob::File(path.to_owned(), size));
        Ok(name)
    }

    /// Packs bytes that came from an address.
    pub(super) fn fetched(&mut self, address: &str, bytes: Vec<u8>) -> Result<Arc<str>, Refusal> {
        let bare = address.split(['?', '#']).next().unwrap_or(address);
        let name = percent_decode_str(bare.rsplit('/').next().unwrap_or(bare)).decode_utf8_lossy();
        let path = Path::new(name.as_ref());
        check_ending(path, address)?;
        check_content(&bytes[..bytes.len().min(BEGINNING)], path, address)?;
        let name: Arc<str> = packed_name(path, &blake3::hash(&bytes)).into();
        self.contents.insert(name.clone(), Blob::Bytes(bytes));
        Ok(name)
    }

    /// The packed files, by name.
    pub(super) fn into_media(self) -> Vec<Media> {
        self.contents.into_iter().map(|(name, content)| Media { name: name.to_string(), content }).collect()
    }
}

/// Reads the media of a deck that lie on the disc, so that they are at hand.
///
/// # Errors
///
/// The file that cannot be read any more, and why.
pub fn hold_media(media: &mut [Media]) -> Result<(), (PathBuf, io::Error)> {
    for file in media {
        if let Blob::File(path, size) = &file.content {
            let mut bytes = Vec::new();
            let read = open_media(path, *size).and_then(|mut from| from.read_to_end(&mut bytes));
            read.map_err(|error| (path.clone(), error))?;
            file.content = Blob::Bytes(bytes);
        }
    }
    Ok(())
}

/// Opens a file of a deck that is being written.
///
/// # Errors
///
/// Where it cannot be read, or has another length than when it was packed.
pub fn open_media(path: &Path, size: u64) -> io::Result<impl Read> {
    let file = File::open(path)?;
    if file.metadata()?.len() != size {
        return Err(io::Error::other(format!("`{}` changes while it is read", path.display())));
    }
    Ok(file)
}

/// How much of a file tells what it is.
const BEGINNING: usize = 512;

/// The hash of a file, and how it begins.
fn digest(path: &Path) -> io::Result<(blake3::Hash, Vec<u8>)> {
    let mut beginning = Vec::new();
    File::open(path)?.take(BEGINNING as u64).read_to_end(&mut beginning)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?.take(LARGEST))?;
    Ok((hasher.finalize(), beginning))
}

fn check_ending(path: &Path, src: &str) -> Result<(), Refusal> {
    if ends_in(path, &IMAGES) || ends_in(path, &PLAYED) {
        return Ok(());
    }
    let message = format!("`{src}` is nothing that a flashcard can show or play");
    Err(Refusal {
        code: "not-media",
        message,
        help: format!("use one of {}, {}", IMAGES.join(", "), PLAYED.join(", ")),
    })
}

fn check_size(size: u64, src: &str) -> Result<(), Refusal> {
    if size <= LARGEST {
        return Ok(());
    }
    let message = format!("`{src}` is larger than 100 MiB");
    Err(Refusal { code: "media-too-large", message, help: "save it smaller".to_owned() })
}

/// Refuses what is certainly something else than its ending says.
fn check_content(beginning: &[u8], path: &Path, src: &str) -> Result<(), Refusal> {
    let other = OTHERS.iter().find(|(mark, _)| beginning.starts_with(mark)).map(|(_, what)| *what);
    let text = |bytes: &[u8]| !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok_and(|t| !t.contains('\u{fffd}'));
    let what = match other {
        None if beginning.is_empty() => "empty",
        None if !ends_in(path, &["svg"]) && text(beginning) => "a text",
        None => return Ok(()),
        Some(what) => what,
    };
    let message = format!("`{src}` is {what}, not what its ending says");
    Err(Refusal { code: "not-media", message, help: "save the image or sound again".to_owned() })
}

/// Whether a file is an image by its ending.
pub(super) fn is_image(path: &Path) -> bool {
    ends_in(path, &IMAGES)
}

/// Whether a file may be what was packed under a name, by its own.
pub(super) fn may_be(path: &Path, name: &str) -> bool {
    let unknown = packed_name(path, &blake3::Hash::from_bytes([0; 32]));
    let around = |name: &str| {
        let (stem, ending) = name.rsplit_once('.')?;
        Some((stem.rsplit_once('-')?.0.to_owned(), ending.to_owned()))
    };
    around(&unknown) == around(name)
}

/// Whether a file is what was packed under a name, by its content.
pub(super) fn is(path: &Path, name: &str) -> bool {
    digest(path).is_ok_and(|(hash, _)| packed_name(path, &hash) == name)
}

/// A name that any system and Anki take, and that changes with the content.
fn packed_name(path: &Path, hash: &blake3::Hash) -> String {
    let plain = |part: Option<&std::ffi::OsStr>| {
        let part = part.unwrap_or_default().to_string_lossy().to_lowercase();
        let ascii: String = part.nfkd().filter(char::is_ascii).collect();
        let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    };
    let stem: String = plain(path.file_stem()).chars().take(LONGEST_STEM).collect();
    let stem = if stem.is_empty() { "image" } else { &stem };
    format!("{stem}-{}.{}", &hash.to_hex()[..10], plain(path.extension()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_names_are_plain_and_follow_the_content() {
        let name = packed_name(Path::new("a/Überblick (1).PNG"), &blake3::hash(b"x"));
        assert!(name.starts_with("uberblick-1-") && name.is_ascii());
        assert_eq!(name.len(), "uberblick-1-.png".len() + 10);
        assert_ne!(name, packed_name(Path::new("a/Überblick (1).PNG"), &blake3::hash(b"y")));
        assert!(packed_name(Path::new("图.png"), &blake3::hash(b"x")).starts_with("image-"));
    }

    #[test]
    fn a_packed_name_is_known_by_its_file() {
        let name = packed_name(Path::new("a/Plan 2.PNG"), &blake3::hash(b"x"));
        assert!(may_be(Path::new("elsewhere/Plan 2.PNG"), &name));
        assert!(!may_be(Path::new("a/Plan.PNG"), &name) && !may_be(Path::new("a/Plan 2.jpg"), &name));
    }

    #[test]
    fn what_is_no_media_is_told_by_its_beginning() {
        let check = |beginning: &[u8], name: &str| check_content(beginning, Path::new(name), name).err();
        assert!(check(b"\x89PNG\r\n\x1a\n\0\0", "a.png").is_none());
        assert!(check(b"ID3\x04\0\0", "a.mp3").is_none());
        assert!(check(b"<svg xmlns='x'/>", "a.svg").is_none());
        assert!(check(b"<!doctype html>", "a.png").unwrap().message.contains("a text"));
        assert!(check(b"%PDF-1.7", "a.png").unwrap().message.contains("a PDF document"));
        assert!(check(b"", "a.svg").unwrap().message.contains("empty"));
    }
}
