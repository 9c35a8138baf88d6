//! PDFs as another program reads them: `tests/print/read.py`, with `PDFium`.

use super::squeezed;
use crate::judge::{self, Judge};
use crate::support;
use libtest_mimic::Failed;
use serde::Deserialize;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A box: left, top, right, bottom.
pub(super) type Rect = (f64, f64, f64, f64);

/// What was read.
#[derive(Debug, Deserialize)]
pub(super) struct Paper {
    pub(super) pages: Vec<Page>,
    pub(super) title: String,
    pub(super) tagged: bool,
}

/// A page; lengths are points from its upper left corner.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    pub(super) size: (f64, f64),
    characters: Vec<(String, Rect)>,
    images: Vec<Rect>,
    pub(super) links: Vec<String>,
}

/// Reads a PDF; nothing where the reader is absent, which is an error where it must not be.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Option<Paper>, Failed> {
    let python = match judge::prepare() {
        Judge::Ready(python) => python,
        Judge::Skipped(reason) => return judge::absent(reason).map(|()| None).map_err(Failed::from),
    };
    let mut file = tempfile::Builder::new().prefix(name).suffix(".pdf").tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    let script = support::root().join("tests/print/read.py");
    let mut reader = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    if let Some(mut input) = reader.stdin.take() {
        writeln!(input, "{}", file.path().display())?;
    }
    let output = reader.wait_with_output()?;
    Ok(Some(serde_json::from_slice(&output.stdout)?))
}

impl Paper {
    /// All text without blanks, in the order of the pages.
    pub(super) fn text(&self) -> String {
        self.pages.iter().map(Page::text).collect()
    }
}

impl Page {
    /// The text without blanks.
    pub(super) fn text(&self) -> String {
        squeezed(&self.characters.iter().map(|(sign, _)| sign.as_str()).collect::<String>())
    }

    fn ink(&self) -> impl Iterator<Item = (&str, Rect)> {
        let signs = self.characters.iter().filter(|(sign, _)| !sign.trim().is_empty());
        let signs = signs.map(|(sign, place)| (sign.as_str(), *place));
        signs.chain(self.images.iter().map(|place| ("image", *place)))
    }

    /// Something that is not within a box.
    pub(super) fn outside(&self, (left, top, right, bottom): Rect) -> Option<String> {
        let is_out = |(_, (a, b, c, d)): &(&str, Rect)| *a < left || *b < top || *c > right || *d > bottom;
        self.ink().find(is_out).map(|(sign, place)| format!("`{sign}` at {place:?}"))
    }

    /// Something that reaches from one cell of a size into another.
    pub(super) fn crossing(&self, width: f64, height: f64) -> Option<String> {
        let crosses = |(_, (left, top, right, bottom)): &(&str, Rect)| {
            (left / width).floor() < ((right - 0.05) / width).floor()
                || (top / height).floor() < ((bottom - 0.05) / height).floor()
        };
        self.ink().find(crosses).map(|(sign, place)| format!("`{sign}` at {place:?}"))
    }

    /// The middle of a word.
    pub(super) fn middle(&self, word: &str) -> Option<(f64, f64)> {
        let letters: Vec<&(String, Rect)> =
            self.characters.iter().filter(|(sign, _)| !sign.trim().is_empty()).collect();
        let text: Vec<&str> = letters.iter().map(|(sign, _)| sign.as_str()).collect();
        let wanted: Vec<String> = word.chars().map(String::from).collect();
        let at = text.windows(wanted.len()).position(|window| window.iter().zip(&wanted).all(|(a, b)| a == b))?;
        let found = &letters[at..at + wanted.len()];
        let least = |of: fn(&Rect) -> f64| found.iter().map(|(_, place)| of(place)).fold(f64::MAX, f64::min);
        let most = |of: fn(&Rect) -> f64| found.iter().map(|(_, place)| of(place)).fold(f64::MIN, f64::max);
        Some((f64::midpoint(least(|r| r.0), most(|r| r.2)), f64::midpoint(least(|r| r.1), most(|r| r.3))))
    }

    /// Two letters of which one lies on the other by more than two thirds in width and a third in height.
    pub(super) fn overlap(&self) -> Option<String> {
        // The tail of a Q reaches below its neighbour.
        let letter = |c: char| c.is_ascii_alphanumeric() && c != 'Q';
        let mut letters: Vec<(&str, Rect)> =
            self.ink().filter(|(sign, _)| sign.chars().all(letter) && sign.len() == 1).collect();
        letters.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
        for (at, (sign, a)) in letters.iter().enumerate() {
            for (other, b) in letters[at + 1..].iter().take_while(|(_, b)| b.0 < a.2) {
                let wide = a.2.min(b.2) - b.0;
                let high = a.3.min(b.3) - a.1.max(b.1);
                let least = |of: fn(&Rect) -> f64| of(a).min(of(b));
                // Letters that are drawn as one have one box.
                if a != b && wide > least(|r| r.2 - r.0) / 1.5 && high > least(|r| r.3 - r.1) / 3.0 && wide > 0.3 {
                    return Some(format!("`{sign}` at {a:?} and `{other}` at {b:?}"));
                }
            }
        }
        None
    }
}
