//! The review on a whole screen: keys in, the session's view out. The terminal is given back as it was
//! whatever happens: at the end, on a panic, on a signal, while the editor runs and while the job is
//! stopped.
//!
//! A terminal that is lost takes nothing with it, for every answer is on the disc before the next card.

use super::keys::Key;
use super::session::{Command, Event, Session};
use super::view::{self, Canvas};
use super::world::World;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, window_size,
};
use ratatui::layout::Rect;
use std::io::{self, stdout};
use std::time::Duration;

/// How often it is looked whether a stopped job was continued.
const LOOK: Duration = Duration::from_millis(500);

/// What comes from a terminal by itself comes without such pauses, and nobody types so fast.
const SILENCE: Duration = Duration::from_millis(50);

/// What a key of the terminal asks for.
enum Pressed {
    Key(Key),
    Paste(String),
    Stop,
    End,
}

/// Runs a session on the whole screen until it ends.
///
/// # Errors
///
/// Where the terminal cannot be read or drawn on.
pub fn run(session: &mut Session, world: &mut World, canvas: Canvas, clock: &dyn Fn() -> i64) -> io::Result<()> {
    let mut front = Front { terminal: open()?, canvas, clock };
    signals::watch()?;
    let done = front.run((session, world)).and(front.canvas.pictures.hide(&mut stdout()));
    let closed = close();
    done.and(closed)
}

/// A session and the world that it acts on.
type Sides<'a, 'b, 'c> = (&'a mut Session, &'b mut World<'c>);

struct Front<'a> {
    terminal: DefaultTerminal,
    canvas: Canvas,
    clock: &'a dyn Fn() -> i64,
}

impl Front<'_> {
    fn run(&mut self, (session, world): Sides) -> io::Result<()> {
        let first = session.start((self.clock)());
        let mut ended = self.settle((session, world), first)?;
        while !ended {
            self.draw(session)?;
            let Some(pressed) = self.wait()? else { continue };
            let event = match pressed {
                Pressed::End => return Ok(()),
                Pressed::Stop => Event::Paused(self.stop()?),
                Pressed::Key(key) => Event::Key(key),
                Pressed::Paste(text) => {
                    paste(session, &text, (self.clock)());
                    continue;
                }
            };
            let command = session.handle(event, (self.clock)());
            ended = self.settle((session, world), command)?;
        }
        Ok(())
    }

    /// Draws the page, and its pictures over it.
    fn draw(&mut self, session: &mut Session) -> io::Result<()> {
        let mut seen = None;
        self.terminal.draw(|frame| seen = Some(view::draw(frame, session, &mut self.canvas)))?;
        if self.canvas.pictures.are_in_the_way() {
            self.anew()?;
            self.terminal.draw(|frame| seen = Some(view::draw(frame, session, &mut self.canvas)))?;
        }
        if let Some(seen) = seen {
            session.saw(seen);
        }
        self.canvas.pictures.show(&mut stdout())
    }

    /// As [`World::settle`], with the screen left to the editor while it runs.
    fn settle(&mut self, (session, world): Sides, command: Option<Command>) -> io::Result<bool> {
        let outside = matches!(command, Some(Command::Edit(..)));
        if outside {
            self.canvas.pictures.hide(&mut stdout())?;
            close()?;
        }
        let ended = world.settle(session, command, self.clock);
        if outside {
            self.reopen()?;
        }
        Ok(ended)
    }

    /// Waits for a key, a new size or the return of a stopped job.
    fn wait(&mut self) -> io::Result<Option<Pressed>> {
        if !event::poll(LOOK)? {
            if signals::was_continued() {
                self.reopen()?;
            }
            return Ok(None);
        }
        Ok(match event::read()? {
            Input::Key(key) if begins_answer(key) => {
                skip_answer()?;
                None
            }
            Input::Key(key) if key.kind != KeyEventKind::Release => pressed(key),
            Input::Paste(text) => Some(Pressed::Paste(text)),
            _ => None,
        })
    }

    /// Gives the terminal to the shell until the job is continued; the milliseconds that took.
    fn stop(&mut self) -> io::Result<i64> {
        let since = (self.clock)();
        self.canvas.pictures.hide(&mut stdout())?;
        close()?;
        signals::stop()?;
        self.reopen()?;
        Ok(((self.clock)() - since).max(0))
    }

    fn reopen(&mut self) -> io::Result<()> {
        enter()?;
        self.anew()
    }

    /// Lets the whole screen be drawn anew; `clear` of the terminal would ask where its cursor is.
    fn anew(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }
}

/// The width and height of a cell in pixels, where the terminal tells them.
pub fn cell() -> Option<(u16, u16)> {
    let size = window_size().ok()?;
    let of = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|size| *size > 0);
    of(size.width, size.columns).zip(of(size.height, size.rows))
}

/// Takes the screen over; a panic gives it back before it says anything.
fn open() -> io::Result<DefaultTerminal> {
    let terminal = ratatui::try_init()?;
    execute!(stdout(), EnableBracketedPaste)?;
    Ok(terminal)
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, ratatui::crossterm::cursor::Hide)
}

fn close() -> io::Result<()> {
    let left = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, ratatui::crossterm::cursor::Show);
    disable_raw_mode().and(left)
}

/// Pasted words are an answer where one is typed, and nothing elsewhere: they might hold keys that grade.
fn paste(session: &mut Session, text: &str, now: i64) {
    if session.is_typing() {
        let words = text.replace(['\n', '\r', '\t'], " ");
        for c in words.chars().filter(|c| !c.is_control()) {
            session.handle(Event::Key(Key::Char(c)), now);
        }
    }
}

/// Whether this is no key, but the beginning of a terminal's late answer to the question for its colours.
fn begins_answer(key: KeyEvent) -> bool {
    key.modifiers == KeyModifiers::ALT && matches!(key.code, KeyCode::Char(']' | 'P' | '_'))
}

/// Leaves out the rest of such an answer, whose letters would be taken for keys: to its end, or until nothing
/// more comes at once.
fn skip_answer() -> io::Result<()> {
    while event::poll(SILENCE)? {
        if let Input::Key(key) = event::read()? {
            let bell = key.modifiers == KeyModifiers::CONTROL && key.code == KeyCode::Char('g');
            let end = key.modifiers == KeyModifiers::ALT && key.code == KeyCode::Char('\\');
            if bell || end {
                break;
            }
        }
    }
    Ok(())
}

fn pressed(key: KeyEvent) -> Option<Pressed> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c' | 'd') => Some(Pressed::End),
            KeyCode::Char('z') if cfg!(unix) => Some(Pressed::Stop),
            KeyCode::Char('h') => Some(Pressed::Key(Key::Backspace)),
            KeyCode::Char('m' | 'j') => Some(Pressed::Key(Key::Enter)),
            KeyCode::Char('u') => Some(Pressed::Key(Key::EraseLine)),
            KeyCode::Char('w') | KeyCode::Backspace => Some(Pressed::Key(Key::EraseWord)),
            _ => None,
        };
    }
    if key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META) {
        return None;
    }
    let key = match key.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Esc => Key::Escape,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    };
    Some(Pressed::Key(key))
}

/// Signals: a terminal that is closed, a polite end, a job that is stopped from outside.
#[cfg(unix)]
mod signals {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Signal, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering};

    static CONTINUED: AtomicBool = AtomicBool::new(false);

    /// Looks after signals beside the session. What was confirmed is on the disc, so that the program
    /// may end at any point.
    pub(super) fn watch() -> io::Result<()> {
        let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGCONT])?;
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if signal == SIGCONT {
                    CONTINUED.store(true, Ordering::Relaxed);
                } else {
                    // Nobody is left to be told that a lost terminal could not be put in order.
                    let _ = super::close();
                    let _ = emulate_default_handler(signal);
                }
            }
        });
        std::thread::spawn(end_with_terminal);
        Ok(())
    }

    /// Ends the program when the terminal is gone and no signal says so, as where it is not the
    /// controlling one: reading would go on for ever.
    fn end_with_terminal() {
        let stdin = io::stdin();
        loop {
            let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
            let done = poll(&mut watched, None);
            if done.is_ok() && watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                let _ = emulate_default_handler(SIGHUP);
            }
            if done.is_err_and(|error| error != rustix::io::Errno::INTR) {
                return;
            }
        }
    }

    /// Stops the whole job, as the key does in a terminal that is not raw: a shell waits for what it started itself.
    pub(super) fn stop() -> io::Result<()> {
        Ok(kill_current_process_group(Signal::STOP)?)
    }

    /// Whether the job was continued since this was last asked.
    pub(super) fn was_continued() -> bool {
        CONTINUED.swap(false, Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod signals {
    pub(super) fn watch() -> std::io::Result<()> {
        Ok(())
    }

    pub(super) fn stop() -> std::io::Result<()> {
        Ok(())
    }

    pub(super) fn was_continued() -> bool {
        false
    }
}
