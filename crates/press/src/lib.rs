//! The press: plain data goes in, PDF comes out. The only crate that knows Typst.
//!
//! What notes say reaches the templates as JSON and is never read as code. Nothing is fetched, no
//! program is started and no font of the machine is used, so equal data give equal bytes.

mod check;
mod export;
mod flow;
mod fonts;
mod impose;
mod join;
mod slips;
mod world;

use std::collections::BTreeSet;
use std::fmt;

pub use flow::Flow;
pub use impose::{Backs, Sheet};
pub use slips::{Slip, Slips};

use fonts::Fonts;
use serde_json::json;
use world::Files;

/// A press with its fonts and pictures.
pub struct Press {
    fonts: Fonts,
    pictures: Files,
}

/// What was set.
#[derive(Debug, Default)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font holds.
    pub missing: BTreeSet<String>,
}

/// What the press could not do: a fault of its templates, never of the data.
#[derive(Debug)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl Press {
    /// A press for texts of these characters, with fonts of the user's besides its own.
    ///
    /// # Errors
    ///
    /// When a font cannot be read; its position is given.
    pub fn new(characters: &BTreeSet<char>, fonts: &[Vec<u8>]) -> Result<Press, usize> {
        Ok(Press { fonts: Fonts::load(characters, fonts)?, pictures: Files::default() })
    }

    /// Takes a picture, to be called by its name from then on.
    ///
    /// # Errors
    ///
    /// When it cannot be printed; the reason is given.
    pub fn add_picture(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        let path = format!("pictures/{}.{}", self.pictures.names.len(), ending(name));
        let mut alone = Files::default();
        alone.add(&path, bytes);
        world::lay_out(&self.fonts, "picture.typ", &alone, &json!({ "path": path })).map_err(|error| error.0)?;
        self.pictures.take(name, path, alone);
        Ok(())
    }
}

fn ending(name: &str) -> String {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ending == "jpeg" { "jpg".to_owned() } else { ending }
}
