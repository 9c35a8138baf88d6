//! Poppler, which many viewers are made of, opens what was joined from several files without a word of complaint.
//! Where it is not installed another reader is asked; where it has to be, that is an error.

use super::reader::read;
use super::{options, printed, words};
use crate::judge;
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::Deck;
use recto::export::print::pdf;
use std::fs;
use std::path::Path;
use std::process::Command;

pub(super) fn trials() -> Vec<Trial> {
    vec![Trial::test("print/poppler: files that were joined are opened and read", joined_files_are_read)]
}

/// So many cards that every kind is laid out in pieces.
const CARDS: usize = 460;

fn deck() -> Deck {
    let card = |number: usize| {
        let heading = if number.is_multiple_of(40) { format!("## Part {number}\n\n") } else { String::new() };
        format!("{heading}Q: What is number {number}?\nA: The square is {} here.\n", number * number)
    };
    support::compile_note("many.md", &(0..CARDS).map(card).collect::<Vec<_>>().join("\n")).1.deck
}

fn joined_files_are_read() -> Outcome {
    let (deck, folder) = (deck(), support::temporary()?);
    for (kind, chosen) in printed(&deck) {
        ensure(chosen.len() > 400, || format!("{}: only {} cards", kind.name, chosen.len()))?;
        let made = pdf(&deck, &chosen, kind, &options())?;
        let path = folder.path().join(format!("{}.pdf", kind.name));
        fs::write(&path, &made.bytes)?;
        let Some(told) = poppler("pdfinfo", &[], &path)? else {
            judge::absent("poppler-utils is not installed")?;
            let pages = read(kind.name, &made.bytes)?.map(|paper| paper.pages.len());
            ensure(pages.is_none_or(|pages| pages == made.pages), || format!("{}: {pages:?} pages", kind.name))?;
            continue;
        };
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")).map(str::trim);
        ensure(pages == Some(&made.pages.to_string()), || {
            format!("{}: {pages:?} pages, not {}", kind.name, made.pages)
        })?;
        let text = poppler("pdftotext", &["-raw", "-enc", "UTF-8"], &path)?.unwrap_or_default();
        let text: String = text.split_whitespace().collect();
        let missing = chosen.iter().flat_map(|at| words(&deck.cards[*at])).find(|words| !text.contains(words));
        ensure(missing.is_none(), || format!("{}: `{}` is not there", kind.name, missing.unwrap_or_default()))?;
        let fonts = poppler("pdffonts", &[], &path)?.unwrap_or_default();
        let loose = fonts.lines().skip(2).find(|line| !line.contains(" yes "));
        ensure(loose.is_none(), || format!("{}: a font is not in the file: {loose:?}", kind.name))?;
    }
    Ok(())
}

/// What a program of Poppler's says of a file; nothing where it is not installed, an error where it complains.
fn poppler(program: &str, options: &[&str], file: &Path) -> Result<Option<String>, Failed> {
    let mut command = Command::new(program);
    command.args(options).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        output => output?,
    };
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure(output.status.success() && complaint.trim().is_empty(), || format!("{program}: {complaint}"))?;
    Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned()))
}
