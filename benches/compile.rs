//! What it costs to compile notes, measured against the bare event loop of the Markdown parser over
//! the same bytes in the same run, in seconds of one processor: a ratio says more than seconds, which differ with
//! the machine.
//!
//! `cargo bench` prints both; `cargo bench --bench compile -- write STYLE MEGABYTES` writes a note to
//! standard output, for runs of the whole program.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod notes;
mod processor;

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use notes::{Style, note};
use pulldown_cmark::{Options, Parser};
use recto::config::Config;
use recto::source::{FileId, SourceFile};

/// The length of the notes that are measured, in bytes.
const BYTES: usize = 1_000_000;

/// So long each measurement takes at least, as the time on a processor is told in steps of some milliseconds.
const ENOUGH: f64 = 0.05;

/// How often each ratio is measured; the best of each side counts, as noise only ever adds.
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [verb, style, megabytes, ..] = arguments.as_slice()
        && verb == "write"
    {
        return write(style, megabytes);
    }
    if !arguments.iter().any(|a| a == "--test" || a == "--list") {
        Style::ALL.into_iter().for_each(ratio);
    }
    divan::main();
}

fn write(style: &str, megabytes: &str) {
    let style = Style::ALL.into_iter().find(|s| s.name() == style).unwrap_or(Style::Lesson);
    print!("{}", note(style, megabytes.parse().unwrap_or(1) * 1_000_000, 1));
}

fn source(style: Style) -> SourceFile {
    SourceFile::new(FileId(0), "note.md", note(style, BYTES, 1))
}

/// Reads the parser's events and nothing else.
fn bare(file: &SourceFile) -> usize {
    Parser::new_ext(&file.text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).map(black_box).count()
}

/// Parses a note and extracts its cards.
fn extract(file: &SourceFile) -> usize {
    let document = recto::markdown::parse(file);
    recto::rules::extract(&document, &Config::default()).cards.len()
}

fn ratio(style: Style) {
    let file = source(style);
    let (mut parser, mut all) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        parser = parser.min(time(|| bare(&file)));
        all = all.min(time(|| extract(&file)));
    }
    let (all, parser, ratio) = (all * 1e3, parser * 1e3, all / parser);
    println!("{:8} parse and extract {all:>7.1} ms  bare parser {parser:>5.2} ms  ratio {ratio:.1}", style.name());
}

/// Seconds on a processor that a piece of work takes.
fn time(work: impl Fn() -> usize) -> f64 {
    let (start, mut rounds) = (processor::of_thread(), 0_u32);
    loop {
        black_box(work());
        rounds += 1;
        let spent = processor::of_thread() - start;
        if spent >= ENOUGH {
            return spent / f64::from(rounds);
        }
    }
}

#[divan::bench(args = Style::ALL, sample_count = 10, sample_size = 1)]
fn parse_and_extract(bencher: Bencher, style: Style) {
    let file = source(style);
    bencher.counter(BytesCount::of_str(&file.text)).bench_local(|| extract(&file));
}

#[divan::bench(args = Style::ALL, sample_count = 10, sample_size = 1)]
fn bare_parser(bencher: Bencher, style: Style) {
    let file = source(style);
    bencher.counter(BytesCount::of_str(&file.text)).bench_local(|| bare(&file));
}

#[divan::bench(args = Style::ALL, sample_count = 10, sample_size = 1)]
fn compile_eight_notes(bencher: Bencher, style: Style) {
    let files: Vec<SourceFile> = (0..8u32)
        .map(|n| SourceFile::new(FileId(n), format!("{n}.md"), note(style, BYTES / 8, u64::from(n) + 1)))
        .collect();
    let bytes: usize = files.iter().map(|f| f.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| recto::compile(&files, &Config::default()));
}
