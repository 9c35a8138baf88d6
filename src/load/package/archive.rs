//! The archive of a package: which of the three formats it has, its database and its media, each
//! unpacked no further than a fixed limit.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;

use prost::Message;
use ruzstd::decoding::StreamingDecoder;
use tempfile::NamedTempFile;
use zip::ZipArchive;

use super::{Refused, read_at_most};

/// The largest database, in bytes: some four million notes.
const LARGEST_DATABASE: u64 = 4 << 30;

/// The largest list of media, in bytes.
const LARGEST_LIST: u64 = 64 << 20;

/// The largest file of media, in bytes; Anki's own server takes no larger ones.
const LARGEST_FILE: u64 = 100 << 20;

/// The longest name of a file of media, in bytes, as Anki has it.
const LONGEST_NAME: usize = 120;

/// The largest number of members.
const MOST_MEMBERS: usize = 500_000;

/// What packages say of themselves.
#[derive(Clone, PartialEq, Message)]
struct Meta {
    #[prost(uint32, tag = "1")]
    version: u32,
}

/// The list of media of the latest format: the n-th is member n.
#[derive(Clone, PartialEq, Message)]
struct MediaEntries {
    #[prost(message, repeated, tag = "1")]
    entries: Vec<MediaEntry>,
}

/// A file of media.
#[derive(Clone, PartialEq, Message)]
struct MediaEntry {
    #[prost(string, tag = "1")]
    name: String,
}

/// An opened package.
#[derive(Debug)]
pub struct Archive {
    zip: ZipArchive<File>,
    /// The latest format, in which members are compressed once more.
    latest: bool,
    /// The member of each file of media, by name.
    media: BTreeMap<String, String>,
}

impl Archive {
    /// Opens a package, and reads which media it has.
    pub(super) fn open(path: &Path) -> Result<Archive, Refused> {
        let file = File::open(path)?;
        let zip = ZipArchive::new(file).map_err(|error| Refused(format!("is no Anki package: {error}")))?;
        if zip.len() > MOST_MEMBERS {
            return Err(Refused(format!("is refused: it has more than {MOST_MEMBERS} members")));
        }
        let mut archive = Archive { zip, latest: false, media: BTreeMap::new() };
        archive.latest = archive.version()? == 3;
        archive.media = archive.list()?;
        Ok(archive)
    }

    /// The version of the format, from 1 to 3.
    fn version(&mut self) -> Result<u32, Refused> {
        if self.zip.index_for_name("meta").is_none() {
            return Ok(1);
        }
        let bytes = self.member("meta", 1 << 10)?;
        let meta =
            Meta::decode(bytes.as_slice()).map_err(|_| Refused::new("is damaged: it does not say its version"))?;
        match meta.version {
            1..=3 => Ok(meta.version),
            _ => Err(Refused::new("was made by a later Anki than this recto knows; export it for older versions")),
        }
    }

    fn list(&mut self) -> Result<BTreeMap<String, String>, Refused> {
        if self.zip.index_for_name("media").is_none() {
            return Ok(BTreeMap::new());
        }
        let broken = || Refused::new("is damaged: its list of media cannot be read");
        let bytes = self.member("media", LARGEST_LIST)?;
        let list: Vec<(String, String)> = if self.latest {
            let bytes = unpacked(&bytes, LARGEST_LIST, "its list of media")?;
            let list = MediaEntries::decode(bytes.as_slice()).map_err(|_| broken())?;
            (0..).zip(list.entries).map(|(number, entry): (usize, _)| (entry.name, number.to_string())).collect()
        } else {
            let list: BTreeMap<String, String> = serde_json::from_slice(&bytes).map_err(|_| broken())?;
            list.into_iter().map(|(member, name)| (name, member)).collect()
        };
        match list.iter().find(|(name, _)| !is_plain(name)) {
            Some((name, _)) => Err(Refused(format!("is refused: `{}` is no name for a file", name.escape_debug()))),
            None => Ok(list.into_iter().collect()),
        }
    }

    /// The names of its media.
    pub fn media(&self) -> impl Iterator<Item = &str> {
        self.media.keys().map(String::as_str)
    }

    /// The bytes of a file of media; none where the package lists none of that name.
    ///
    /// # Errors
    ///
    /// Where the member is missing, damaged or too large.
    pub fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let Some(member) = self.media.get(name).cloned() else { return Ok(None) };
        let bytes = self.member(&member, LARGEST_FILE)?;
        if self.latest { unpacked(&bytes, LARGEST_FILE, "a file of media").map(Some) } else { Ok(Some(bytes)) }
    }

    /// The database, unpacked into a file that vanishes when it is let go.
    pub(super) fn collection(&mut self) -> Result<NamedTempFile, Refused> {
        let names: &[&str] =
            if self.latest { &["collection.anki21b"] } else { &["collection.anki21", "collection.anki2"] };
        let name = names.iter().find(|name| self.zip.index_for_name(name).is_some());
        let name = *name.ok_or_else(|| Refused::new("is no Anki package: it has no collection"))?;
        let damaged = |error: &dyn std::fmt::Display| Refused(format!("is damaged: {error}"));
        let member = self.zip.by_name(name).map_err(|error| damaged(&error))?;
        let mut file = NamedTempFile::new()?;
        let copied = if self.latest {
            let decoder = StreamingDecoder::new(member).map_err(|error| damaged(&error))?;
            copy(decoder, &mut file)
        } else {
            copy(member, &mut file)
        };
        if copied.map_err(|error| damaged(&error))? > LARGEST_DATABASE {
            return Err(Refused(format!(
                "is refused: its database unpacks to more than {} GiB",
                LARGEST_DATABASE >> 30
            )));
        }
        file.flush()?;
        Ok(file)
    }

    fn member(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Refused> {
        let member = self.zip.by_name(name);
        let member = member.map_err(|error| Refused(format!("is damaged: its member `{name}`: {error}")))?;
        read_at_most(member, limit, &format!("its member `{name}`"))
    }
}

fn copy(source: impl Read, target: &mut NamedTempFile) -> io::Result<u64> {
    io::copy(&mut source.take(LARGEST_DATABASE + 1), target)
}

fn unpacked(bytes: &[u8], limit: u64, what: &str) -> Result<Vec<u8>, Refused> {
    let decoder = StreamingDecoder::new(Cursor::new(bytes));
    let decoder = decoder.map_err(|error| Refused(format!("is damaged: {what} cannot be unpacked ({error})")))?;
    read_at_most(decoder, limit, what)
}

/// Whether a name is one file's in one folder, wherever it is written to.
fn is_plain(name: &str) -> bool {
    let sound = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    !name.is_empty() && name.len() <= LONGEST_NAME * 2 && name.chars().all(sound) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn names_stay_in_their_folder() {
        for name in ["a.png", "größe 1&2.mp3", "_font.ttf"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", "..", "../a.png", "/etc/passwd", "a/b.png", "a\\b.png", "C:x.png", ".bashrc", "a\0b"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
