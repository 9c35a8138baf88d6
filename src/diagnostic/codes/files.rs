//! Codes of findings about files: notes that cannot be read, and media that cannot be packed.

use super::{Code, Stage};
use crate::diagnostic::Severity;

/// A code about reading notes.
const fn reading(name: &'static str, level: Severity, summary: &'static str) -> Code {
    Code { name, level, summary, manual: "", example: None, stage: Stage::Reading }
}

/// A code about packing images.
const fn packing(name: &'static str, level: Severity, summary: &'static str) -> Code {
    Code { name, level, summary, manual: "", example: None, stage: Stage::Packing }
}

/// An image that is not there.
pub const MISSING_MEDIA: Code = Code {
    manual: "\
A card shows an image or sound, and there is no such file, or it may not be read; its words stand in for it.
The path is looked up from the note, then from the folder of notes and the project; a bare name is looked
for in the whole folder of notes. Check the path.",
    example: Some("Q: What does the Nile look like?\nA: ![a river](nile.png)\n"),
    ..packing("missing-media", Severity::Warning, "an image or sound that is not there")
};

/// An image outside the folder of notes.
pub const MEDIA_OUTSIDE: Code = Code {
    manual: "\
A card shows a file that lies neither in the folder of the notes nor in that of the project. Nothing from
elsewhere is packed, since decks are passed on. Move it beside the note.",
    ..packing("media-outside", Severity::Warning, "an image or sound outside the folder of the notes")
};

/// An image that is too large.
pub const MEDIA_TOO_LARGE: Code = Code {
    manual: "A file of more than 100 MiB is not packed; Anki's own server takes no larger files. Save it smaller.",
    ..packing("media-too-large", Severity::Warning, "an image or sound too large to be packed")
};

/// A file that is no media.
pub const NOT_MEDIA: Code = Code {
    manual: "\
A card shows a file that flashcards can neither show nor play, by its ending or by what it holds. Use images
(png, jpg, gif, svg, webp, avif, bmp, ico, tif), sounds (mp3, m4a, ogg, opus, wav, flac, aac) or films (mp4,
webm, mov, mkv, ogv).",
    example: Some("Q: What does the Nile look like?\nA: ![a river](example.md)\n"),
    ..packing("not-media", Severity::Warning, "a file that is neither image nor sound")
};

/// A file on the web that could not be had.
pub const MEDIA_NOT_FETCHED: Code = Code {
    manual: "\
A card shows a file of the web, the build was asked to fetch it (`--fetch-media`), and it could not be had;
it stays a link. Check the address, or save the file beside the note.",
    ..packing("media-not-fetched", Severity::Warning, "a file of the web that could not be fetched")
};

/// An image on the web.
pub const REMOTE_IMAGE: Code = Code {
    manual: "\
A card shows an image or sound that is on the web. recto does not use the network unasked, so it becomes a
link. Save it beside the note to have it on the card, or build with `--fetch-media`.",
    example: Some("Q: What does the Nile look like?\nA: ![a river](https://example.org/nile.png)\n"),
    ..packing("remote-image", Severity::Note, "an image or sound on the web, which becomes a link")
};

/// A path that leads nowhere.
pub const MISSING_PATH: Code = Code {
    manual: "A path on the command line leads to no file or folder. Check the spelling; it is looked up from the current folder.",
    ..reading("missing-path", Severity::Error, "a path that leads to no file or folder")
};

/// A folder without notes.
pub const NO_NOTES: Code = Code {
    manual: "\
A folder on the command line holds no note. Notes end in `.md`, `.markdown`, `.mdown` or `.txt`; hidden files
and what `.gitignore` names are left out.",
    ..reading("no-notes", Severity::Warning, "a folder that holds no notes")
};

/// Settings for a deck that there is not.
pub const DECK_UNKNOWN: Code = Code {
    manual: "\
A table `[decks.\"NAME\"]` of `recto.toml` names no deck of the notes, so it has no effect. Decks are called by
their whole names, levels joined by `::`; the name of the root deck may be left out. `recto build` and
`recto check` say so where they read all notes below the settings file. Correct the name, or remove the table.",
    ..reading("deck-unknown", Severity::Warning, "settings for a deck that there is not")
};

/// Weights of an exam that cannot all be meant.
pub const EXAM_WEIGHTS: Code = Code {
    manual: "\
The `exam_weight` of decks for one exam is the share of it that each is: a share of 1 (`0.2`, or `20 %`), or of
100 (`20`) where one of them is above 1. Here they add up to more than that, or some are meant in one way and
some in the other. Weights that add up to more are taken as shares of their sum. Write all of them in one way;
decks without a weight have what the others leave.",
    ..reading("exam-weights", Severity::Warning, "weights of an exam's decks that cannot all be meant")
};

/// A link that is not followed.
pub const LINK_SKIPPED: Code = Code {
    manual: "\
A symbolic link leads out of the folder of notes, or nowhere, and is passed over. Name its target as a further
path to read it, too, or remove the link.",
    ..reading("link-skipped", Severity::Note, "a symbolic link that is not followed")
};

/// Something that is no file.
pub const NOT_A_FILE: Code = Code {
    manual: "A pipe, a socket or a device stands where a note was expected; it is skipped. Save the notes in a file first.",
    ..reading("not-a-file", Severity::Error, "a pipe or a device in place of a note")
};

/// A note that is too large.
pub const NOTE_TOO_LARGE: Code = Code {
    manual: "A note of more than 1 GiB is not read. Split it into several files.",
    ..reading("note-too-large", Severity::Error, "a note too large to be read")
};

/// A file that cannot be read.
pub const UNREADABLE: Code = Code {
    manual: "The system does not let recto read a file or folder. Give yourself the right to read it, or leave it out.",
    ..reading("unreadable", Severity::Error, "a file or folder that cannot be read")
};

/// A file that is no text.
pub const BINARY_FILE: Code = Code {
    manual: "\
A file is called like a note and is none: a PDF, an image, an archive, or a text with a NUL byte. Save its
words as plain text or Markdown, or give it another ending.",
    example: Some("NAT rewrites addresses.\n\0\n"),
    ..reading("binary-file", Severity::Error, "a file that is no text")
};

/// A text in another encoding.
pub const INVALID_UTF_8: Code = Code {
    manual: "\
A note is not UTF-8; it is probably in an older encoding such as Windows-1252, or in UTF-16. Save it again as
UTF-8.",
    ..reading("invalid-utf-8", Severity::Error, "a note that is not UTF-8")
};
