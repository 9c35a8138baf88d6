//! The two streams of the terminal: whether they take colour, how wide they are, and that a closed
//! pipe is no panic.

use std::io::{IsTerminal, Stderr, Stdout, Write, stderr, stdout};

use anstream::{AutoStream, ColorChoice};
use clap::builder::styling::{AnsiColor, Style};

use super::error::Error;
use crate::diagnostic::render::{WIDTH, visible};
use crate::render::fold::fold;

/// The narrowest terminal that findings are drawn for.
const NARROWEST: usize = 40;

/// Standard output and standard error.
pub(super) struct Screen {
    out: AutoStream<Stdout>,
    err: AutoStream<Stderr>,
}

/// How to draw for a stream.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// Whether it takes colour.
    pub(super) color: bool,
    /// Its columns.
    pub(super) width: usize,
}

impl Look {
    /// The words in a style, where the stream takes one.
    pub(super) fn paint(self, style: Style, words: &str) -> String {
        if self.color { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    /// The words set off as a heading.
    pub(super) fn bold(self, words: &str) -> String {
        self.paint(Style::new().bold(), words)
    }

    /// The words set back.
    pub(super) fn dim(self, words: &str) -> String {
        self.paint(Style::new().dimmed(), words)
    }
}

impl Screen {
    /// The streams, with colour as the user chose.
    pub(super) fn new(color: clap::ColorChoice) -> Screen {
        match color {
            clap::ColorChoice::Always => ColorChoice::Always.write_global(),
            clap::ColorChoice::Never => ColorChoice::Never.write_global(),
            clap::ColorChoice::Auto => {}
        }
        Screen { out: AutoStream::auto(stdout()), err: AutoStream::auto(stderr()) }
    }

    /// How to draw for standard output.
    pub(super) fn out_look(&self) -> Look {
        let size = stdout().is_terminal().then(|| terminal_size::terminal_size_of(stdout())).flatten();
        look(self.out.current_choice(), size)
    }

    /// How to draw for standard error.
    pub(super) fn err_look(&self) -> Look {
        let size = stderr().is_terminal().then(|| terminal_size::terminal_size_of(stderr())).flatten();
        look(self.err.current_choice(), size)
    }

    /// Writes to standard output.
    pub(super) fn out(&mut self, text: &str) -> Result<(), Error> {
        self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).map_err(Error::Stdout)
    }

    /// Writes lines of words to standard output, folded to the width of a terminal; elsewhere they stay whole.
    pub(super) fn words(&mut self, lines: &[String]) -> Result<(), Error> {
        let width = if stdout().is_terminal() { self.out_look().width } else { usize::MAX };
        let folded = lines.iter().flat_map(|line| fold(line, width, line.len() - line.trim_start().len()));
        self.out(&format!("{}\n", folded.collect::<Vec<_>>().join("\n")))
    }

    /// Writes to standard error; where that is closed, nobody is left to be told.
    pub(super) fn err(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Says why the program could not run.
    pub(super) fn error(&mut self, error: &Error) {
        let look = self.err_look();
        let name = look.paint(AnsiColor::BrightRed.on_default().bold(), "recto:");
        let word = look.paint(AnsiColor::BrightCyan.on_default().bold(), "help:");
        let help = error.help().map(|help| format!("  {word} {help}\n")).unwrap_or_default();
        let text = format!("{name} {}\n{help}", visible(&error.to_string()));
        self.err(&text);
    }
}

fn look(choice: ColorChoice, size: Option<(terminal_size::Width, terminal_size::Height)>) -> Look {
    let width = size.map_or(WIDTH, |(width, _)| usize::from(width.0).max(NARROWEST));
    Look { color: choice != ColorChoice::Never, width }
}
