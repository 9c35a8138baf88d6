//! What it costs to print: cards, sheets, quizzes and cheat sheets of a mixed deck, of which one card in
//! five has formulas and one in ten each a table, code, or an answer of 150 words.
//!
//! `cargo bench --bench print -- cards 1000` prints one kind of so many cards, alone in its process, so
//! that its memory is its own; `-- write 1000` writes the note.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and the disc")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod processor;

use recto::card::Deck;
use recto::config::Config;
use recto::export::print::{Backs, KINDS, Options, chosen, pdf};
use recto::source::{FileId, SourceFile};
use std::error::Error;
use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;

/// Words of which long texts are made.
const WORDS: [&str; 20] = [
    "mitochondria", "photosynthesis", "treaty", "derivative", "capital", "enzyme", "river", "verb", "theorem",
    "cathode", "syntax", "harbour", "isotope", "sonata", "glacier", "mitosis", "monarch", "lattice", "plasma",
    "tundra",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", cards] => print!("{}", note(cards.parse()?)),
        [kind, cards] => one(kind, cards.parse()?)?,
        _ => {
            for (kind, cards) in [
                ("cards", 1_000),
                ("sheet", 1_000),
                ("quiz", 1_000),
                ("cheat", 1_000),
                ("cards", 10_000),
                ("sheet", 10_000),
            ] {
                Command::new(std::env::current_exe()?).args([kind, &cards.to_string()]).status()?;
            }
        }
    }
    Ok(())
}

/// Prints one kind and tells what it took.
fn one(kind: &str, cards: usize) -> Result<(), Box<dyn Error>> {
    let kind = KINDS.iter().find(|known| known.name == kind).ok_or("no such kind")?;
    let deck = deck(cards);
    let options = Options {
        title: "A mixed deck".to_owned(),
        language: None,
        paper: "a4",
        seed: 1,
        date: (2026, 1, 31),
        base: String::new(),
        today: None,
        per_page: 8,
        backs: Backs::Long,
        offset: (0.0, 0.0),
        fonts: Vec::new(),
    };
    let chosen = chosen(&deck, kind);
    let (start, before) = (Instant::now(), processor::of_process());
    let made = pdf(&deck, &chosen, kind, &options)?;
    println!(
        "{:<6} {:>6} cards {:>6} pages {:>7.2} s {:>7.2} CPU-s {:>6} MB memory {:>8} kB file, {} findings",
        kind.name,
        chosen.len(),
        made.pages,
        start.elapsed().as_secs_f64(),
        processor::of_process() - before,
        memory(),
        made.bytes.len() / 1000,
        made.findings.len(),
    );
    Ok(())
}

fn deck(cards: usize) -> Deck {
    let file = SourceFile::new(FileId(0), "mixed.md".to_owned(), note(cards));
    recto::compile(&[file], &Config::default()).deck
}

/// A note of so many cards under headings of fifty.
fn note(cards: usize) -> String {
    let mut out = String::from("# A mixed deck\n\n");
    for n in 0..cards {
        if n % 50 == 0 {
            _ = writeln!(out, "## Part {}\n", n / 50 + 1);
        }
        let a = WORDS[n % 20];
        let b = WORDS[(n / 20) % 20];
        _ = match n % 10 {
            1 | 8 => writeln!(
                out,
                "Q: Which formula is number {n}, of the roots of $a x^2+b x+{n}=0$?\nA: $$x = \\frac{{-b \\pm \\sqrt{{b^2-4a \\cdot {n}}}}}{{2a}}$$\n"
            ),
            4 => writeln!(
                out,
                "Q: What does function f{n} print?\nA:\n```rust\nfn f{n}() -> u32 {{\n    let v: Vec<u32> = (0..{n}).collect();\n    v.iter().map(|x| x * x).sum() // squares\n}}\n```\n"
            ),
            7 => writeln!(out, "Q: What is told at length of item {n}?\nA: {}\n", long(n)),
            9 => writeln!(
                out,
                "Q: How do A and B compare in row {n}?\nA:\n| n | A | B |\n| --- | --- | --- |\n| {n} | {} | {} |\n| x | {a} | {b} |\n",
                n * 2,
                n * 3
            ),
            _ => writeln!(out, "Q: What is the {a} of the {b} in item {n}?\nA: The {b} that a {a} has, number {n}.\n"),
        };
    }
    out
}

fn long(number: usize) -> String {
    let words: Vec<&str> = (0..150).map(|at| WORDS[(number * 7 + at * at) % 20]).collect();
    format!("It is {}.", words.join(" "))
}

/// The most memory that this process has had, in megabytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or_default() / 1000
}
