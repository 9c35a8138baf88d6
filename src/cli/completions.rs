//! `recto completions`: what a shell needs to complete recto's arguments.

use clap_complete::Shell;

use super::Outcome;
use super::error::Error;
use super::screen::Screen;

const AFTER_HELP: &str = "\
Examples:
  recto completions bash > ~/.local/share/bash-completion/completions/recto
  recto completions zsh  > ~/.zfunc/_recto
  recto completions fish > ~/.config/fish/completions/recto.fish";

/// Prints completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "recto", &mut script);
    screen.out(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
