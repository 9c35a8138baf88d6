//! From data to PDF: what the press needs to know, and what is to be said of characters and pictures
//! that it cannot print.

use std::collections::BTreeSet;

use press::{Flow, Press, Printed, Sheet, Slip, Slips};
use serde_json::{Value, json};

use super::data::{self, Form as FlowForm, Row, Section};
use super::findings::{self, Unset};
use super::{Backs, Form, Kind, Options, cards, flow, words};
use crate::card::{Blob, Deck};
use crate::diagnostic::Finding;

/// How many rows a document may have that is laid out in one piece.
const WHOLE: usize = 400;

/// How many rows the pieces of a longer one have.
const PIECE: usize = 150;

/// A file, and what is to be said of it.
#[derive(Debug)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What could not be printed as it is written.
    pub findings: Vec<Finding>,
}

/// The cards at some positions of a deck as PDF.
///
/// # Errors
///
/// When a font of the user's is none, or the press is at fault.
pub fn pdf(deck: &Deck, chosen: &[usize], kind: &Kind, options: &Options) -> Result<Pdf, String> {
    let about = about(options);
    let mut unset = Unset::default();
    let printed = match kind.form {
        Form::Slips => {
            let slips: Vec<Slip> = cards::cards(deck, chosen, options).iter().map(slip).collect();
            let press = press(deck, options, slips.iter().flat_map(|slip| [&slip.front, &slip.back]), &mut unset)?;
            press.slips(&Slips { sheet: sheet(options), slips: &slips, about: &about })
        }
        Form::Flow(form) => {
            let flow = flow::flow(deck, chosen, form, options);
            let look = look(&flow, options);
            let chunks = pieces(flow.sections, &flow.key);
            let press = press(deck, options, chunks.iter().chain([&look, &about]), &mut unset)?;
            press.flow(&Flow { about: &about, look: &look, chunks: &chunks })
        }
    };
    let Printed { pdf, pages, missing } = printed.map_err(|error| error.to_string())?;
    unset.glyphs = missing;
    Ok(Pdf { bytes: pdf, pages, findings: findings::all(deck, chosen, &unset) })
}

/// A sheet by which it can be seen how well a printer turns paper.
///
/// # Errors
///
/// When the press is at fault.
pub fn proof(options: &Options) -> Result<Vec<u8>, String> {
    let about = about(options);
    let press = Press::new(&characters([&about]), &options.fonts).map_err(not_a_font)?;
    press.proof(&sheet(options), &about).map(|printed| printed.pdf).map_err(|error| error.to_string())
}

fn not_a_font(at: usize) -> String {
    format!("font {} is none that can be read", at + 1)
}

fn slip(card: &data::Card) -> Slip {
    Slip { front: json!(card.front), back: json!(card.back) }
}

/// A press with the fonts and pictures for some data; pictures that it cannot print are told.
fn press<'a>(
    deck: &Deck,
    options: &Options,
    data: impl IntoIterator<Item = &'a Value>,
    unset: &mut Unset,
) -> Result<Press, String> {
    let characters = characters(data);
    let mut press = Press::new(&characters, &options.fonts).map_err(not_a_font)?;
    for file in deck.media.iter().filter(|file| super::blocks::is_printable(&file.name)) {
        if let Blob::Bytes(bytes) = &file.content
            && let Err(why) = press.add_picture(&file.name, bytes.clone())
        {
            unset.pictures.insert(file.name.clone(), why);
        }
    }
    Ok(press)
}

fn characters<'a>(data: impl IntoIterator<Item = &'a Value>) -> BTreeSet<char> {
    data.into_iter().flat_map(|value| value.to_string().chars().collect::<BTreeSet<char>>()).collect()
}

/// What is said of every file: title, date and language.
fn about(options: &Options) -> Value {
    let (year, month, day) = options.date;
    json!({
        "title": crate::render::clean(&options.title),
        "lang": words::code(options.language.as_deref()),
        "date": [year, month, day],
        "proof": words::labels(options.language.as_deref()).proof,
    })
}

/// The width and height of the paper in millimetres.
fn paper(options: &Options) -> (f64, f64) {
    if options.paper == "letter" { (215.9, 279.4) } else { (210.0, 297.0) }
}

/// How cards are cut out of the paper.
fn sheet(options: &Options) -> Sheet {
    let (width, height) = paper(options);
    let fold = options.backs == Backs::Fold;
    let (columns, rows) = match (options.per_page, fold) {
        (4, false) => (2, 2),
        (10, false) => (2, 5),
        (10, true) => (4, 5),
        (4, true) | (_, false) => (2, 4),
        (_, true) => (4, 4),
    };
    let backs = match options.backs {
        Backs::Long => press::Backs::LongEdge,
        Backs::Short => press::Backs::ShortEdge,
        Backs::Fold => press::Backs::Beside,
    };
    Sheet { width, height, columns, rows, backs, offset: options.offset }
}

fn look(flow: &data::Flow, options: &Options) -> Value {
    let (width, height) = paper(options);
    let form = match flow.form {
        FlowForm::Sheet => "sheet",
        FlowForm::Quiz => "quiz",
        FlowForm::Cheat => "cheat",
    };
    let labels = &flow.labels;
    json!({
        "paper": [width, height],
        "form": form,
        "subtitle": flow.subtitle,
        "cover": labels.cover,
        "traps": labels.traps,
        "blanks": [labels.name, labels.date, labels.score],
        "key": labels.key,
        "grades": labels.grades,
    })
}

/// A document in one piece or, where it is long, in several that each begin a page.
fn pieces(sections: Vec<Section>, key: &[Row]) -> Vec<Value> {
    let rows: usize = sections.iter().map(|section| section.rows.len() + section.traps.len()).sum();
    if rows <= WHOLE {
        return vec![json!({ "sections": sections, "key": key, "key_begins": true })];
    }
    let mut pieces = Vec::new();
    let mut piece: Vec<Section> = Vec::new();
    let mut room = PIECE;
    for part in sections.into_iter().flat_map(parts) {
        let rows = part.rows.len() + part.traps.len();
        if rows > room {
            pieces.push(json!({ "sections": std::mem::take(&mut piece), "key": [] }));
            room = PIECE;
        }
        room -= rows;
        piece.push(part);
    }
    pieces.push(json!({ "sections": piece, "key": [] }));
    for (at, rows) in key.chunks(PIECE).enumerate() {
        pieces.push(json!({ "sections": [], "key": rows, "key_begins": at == 0 }));
    }
    pieces
}

/// A section in parts, none of which is larger than a piece; only the first has the heading.
fn parts(section: Section) -> Vec<Section> {
    let rows = section.rows.chunks(PIECE).map(|rows| (rows.to_vec(), Vec::new()));
    let traps = section.traps.chunks(PIECE).map(|traps| (Vec::new(), traps.to_vec()));
    let level = section.level;
    let part = |(rows, traps)| Section { title: String::new(), level, rows, traps };
    let mut parts: Vec<Section> = rows.chain(traps).map(part).collect();
    if parts.is_empty() {
        parts.push(part((Vec::new(), Vec::new())));
    }
    parts[0].title = section.title;
    parts
}
