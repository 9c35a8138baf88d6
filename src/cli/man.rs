//! `recto man`: manual pages, made from the same words as `--help`.

use super::Outcome;
use super::error::Error;
use super::screen::Screen;

const AFTER_HELP: &str = "\
Examples:
  recto man | man -l -                        read it
  recto man build > man1/recto-build.1        install the page of a command";

/// Prints a manual page
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The command whose page is wanted [default: recto itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let mut whole = super::command();
    whole.build();
    let page = match &args.command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone().display_name(format!("recto-{name}")),
            None => return Err(Error::NoCommand(name.clone())),
        },
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page)
        .source(concat!("recto ", env!("CARGO_PKG_VERSION")))
        .render(&mut roff)
        .map_err(Error::Stdout)?;
    screen.out(&String::from_utf8_lossy(&roff))?;
    Ok(Outcome::Clean)
}
