//! Pictures on terminals that can show them: fitted into the room that a page leaves for them, and written over
//! it once the page is drawn. Nothing is ever asked of the terminal: what it can do is told by its name or by the
//! settings, so that no other terminal sees a byte of it.

mod encode;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};

use image::{DynamicImage, ImageReader, Limits};
use ratatui::layout::{Rect, Size};

/// How a terminal takes pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// As kitty does.
    Kitty,
    /// As iTerm2 does.
    Iterm,
    /// As sixels.
    Sixel,
}

/// The bytes of a picture by its name.
pub type Source = Box<dyn Fn(&str) -> Option<Vec<u8>>>;

/// Pixels along the longer side of the largest picture that is drawn.
const LARGEST: u32 = 10_000;

/// Memory for one picture on its way onto the screen.
const MEMORY: u64 = 256 << 20;

/// All that is needed to draw pictures; where nothing can be drawn, their words stand for them.
#[derive(Default)]
pub struct Pictures {
    drawer: Option<Drawer>,
}

/// A picture on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    name: String,
    place: Rect,
}

struct Drawer {
    protocol: Protocol,
    /// The width and height of a cell in pixels.
    cell: (u16, u16),
    source: Source,
    /// What the pictures hold; none of those that cannot be shown.
    images: BTreeMap<String, Option<DynamicImage>>,
    /// The pictures of the page that is being drawn.
    wanted: Vec<Placed>,
    /// Those that are on the screen.
    shown: Vec<Placed>,
}

impl Pictures {
    /// Pictures for a terminal with that protocol, whose cells have that many pixels in width and height.
    pub fn new(protocol: Protocol, cell: (u16, u16), source: Source) -> Pictures {
        let (wanted, shown) = (Vec::new(), Vec::new());
        Pictures { drawer: Some(Drawer { protocol, cell, source, images: BTreeMap::new(), wanted, shown }) }
    }

    /// The columns and lines that a picture takes within a room; none where it cannot be shown.
    pub(super) fn fitted(&mut self, name: &str, room: Size) -> Option<Size> {
        let drawer = self.drawer.as_mut()?;
        let cell = drawer.cell;
        drawer.image(name).and_then(|image| fitted((image.width(), image.height()), cell, room))
    }

    /// Forgets the pictures of the page before.
    pub(super) fn begin(&mut self) {
        if let Some(drawer) = &mut self.drawer {
            drawer.wanted.clear();
        }
    }

    /// Wants a picture at a place, which has room for it.
    pub(super) fn place(&mut self, name: String, place: Rect) {
        if let Some(drawer) = &mut self.drawer {
            drawer.wanted.push(Placed { name, place });
        }
    }

    /// Whether pictures are on the screen that only a whole new page takes away.
    pub(super) fn are_in_the_way(&self) -> bool {
        let painted = |drawer: &Drawer| drawer.protocol != Protocol::Kitty && !drawer.shown.is_empty();
        self.drawer.as_ref().is_some_and(|drawer| painted(drawer) && drawer.shown != drawer.wanted)
    }

    /// Brings the pictures that are wanted onto the screen, over the page that was drawn.
    pub(super) fn show(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(drawer) = self.drawer.as_mut().filter(|drawer| drawer.shown != drawer.wanted) else { return Ok(()) };
        drawer.hide(out)?;
        for placed in drawer.wanted.clone() {
            drawer.draw(&placed, out)?;
        }
        drawer.shown.clone_from(&drawer.wanted);
        out.flush()
    }

    /// Takes all pictures from the screen before it is somebody else's.
    pub(super) fn hide(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.drawer.as_mut().map_or(Ok(()), |drawer| drawer.hide(out))
    }
}

impl Drawer {
    fn image(&mut self, name: &str) -> Option<&DynamicImage> {
        if !self.images.contains_key(name) {
            let image = (self.source)(name).and_then(decoded);
            self.images.insert(name.to_owned(), image);
        }
        self.images.get(name).and_then(Option::as_ref)
    }

    fn hide(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.protocol == Protocol::Kitty && !self.shown.is_empty() {
            out.write_all(encode::NO_MORE.as_bytes())?;
        }
        self.shown.clear();
        Ok(())
    }

    fn draw(&mut self, placed: &Placed, out: &mut dyn Write) -> io::Result<()> {
        let (protocol, (width, height), size) = (self.protocol, self.cell, placed.place.as_size());
        let Some(image) = self.image(&placed.name) else { return Ok(()) };
        let most = (u32::from(size.width) * u32::from(width), u32::from(size.height) * u32::from(height));
        let larger = image.width() > most.0 || image.height() > most.1;
        let fitting = if larger { image.thumbnail(most.0, most.1) } else { image.clone() };
        let Some(bytes) = encode::encoded(protocol, &fitting, size) else { return Ok(()) };
        // Cursor positions count from 1; the cursor is put back where it was.
        write!(out, "\u{1b}7\u{1b}[{};{}H{bytes}\u{1b}8", placed.place.y + 1, placed.place.x + 1)
    }
}

/// The columns and lines that a picture of so many pixels takes, made smaller where there is no room.
fn fitted(pixels: (u32, u32), cell: (u16, u16), room: Size) -> Option<Size> {
    let cells = |pixels: u32, cell: u16| u64::from(pixels.div_ceil(u32::from(cell.max(1))).max(1));
    let (width, height) = (cells(pixels.0, cell.0), cells(pixels.1, cell.1));
    let (most_wide, most_high) = (u64::from(room.width), u64::from(room.height));
    if most_wide == 0 || most_high == 0 {
        return None;
    }
    let (width, height) = match (width > most_wide, height > most_high) {
        (false, false) => (width, height),
        // The side that is further beyond its room decides.
        _ if width * most_high >= height * most_wide => (most_wide, (height * most_wide).div_ceil(width)),
        _ => ((width * most_high).div_ceil(height), most_high),
    };
    Some(Size { width: u16::try_from(width).ok()?, height: u16::try_from(height).ok()? })
}

/// A picture from the bytes of its file; none where it is not understood, or too large.
fn decoded(bytes: Vec<u8>) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LARGEST), Some(LARGEST));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    reader.decode().ok()
}

/// What a terminal understands, by the variables that it sets. Inside a multiplexer pictures would have to
/// pass through it, which garbles the screen where that is not allowed.
pub fn by_name(variable: impl Fn(&str) -> Option<String>) -> Option<Protocol> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_default();
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    if is_set("TMUX") || is_set("STY") || ["screen", "tmux"].iter().any(|name| term.starts_with(name)) {
        return None;
    }
    if ["iTerm.app", "WezTerm", "mintty", "rio"].contains(&program.as_str())
        || ["KONSOLE_VERSION", "WEZTERM_EXECUTABLE"].into_iter().any(is_set)
        || variable("LC_TERMINAL").is_some_and(|name| name == "iTerm2")
    {
        return Some(Protocol::Iterm);
    }
    if ["xterm-kitty", "xterm-ghostty"].contains(&term.as_str()) || program == "ghostty" {
        return Some(Protocol::Kitty);
    }
    ["foot", "mlterm", "contour"].iter().any(|name| term.starts_with(name)).then_some(Protocol::Sixel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(variables: &[(&str, &str)]) -> Option<Protocol> {
        by_name(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_terminal_is_known_by_its_name_alone() {
        assert_eq!(named(&[("TERM", "xterm-256color")]), None);
        assert_eq!(named(&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")]), Some(Protocol::Kitty));
        assert_eq!(named(&[("TERM", "screen-256color"), ("KITTY_WINDOW_ID", "1")]), None);
        assert_eq!(named(&[("TERM", "xterm-kitty"), ("TMUX", "default,1,0")]), None);
        assert_eq!(named(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")]), Some(Protocol::Iterm));
        assert_eq!(named(&[("TERM", "foot-extra")]), Some(Protocol::Sixel));
        assert_eq!(named(&[("TERM", "linux"), ("TERM_PROGRAM", "Apple_Terminal"), ("STY", "")]), None);
    }

    /// A picture of 80 by 60 pixels as a PNG file.
    fn picture() -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(80, 60).write_to(&mut out, image::ImageFormat::Png).unwrap();
        out.into_inner()
    }

    fn pictures(protocol: Protocol) -> Pictures {
        Pictures::new(protocol, (8, 16), Box::new(|name| (name == "plan.png").then(picture)))
    }

    #[test]
    fn a_picture_takes_the_cells_it_needs_and_no_more_than_there_are() {
        let mut pictures = pictures(Protocol::Sixel);
        let mut size = |width, height| pictures.fitted("plan.png", Size { width, height });
        assert_eq!(size(40, 20), Some(Size { width: 10, height: 4 }));
        assert_eq!(size(5, 20), Some(Size { width: 5, height: 2 }));
        assert_eq!(size(40, 1), Some(Size { width: 3, height: 1 }));
        assert_eq!(size(0, 9), None);
        assert_eq!(pictures.fitted("other.png", Size { width: 9, height: 9 }), None);
        assert_eq!(Pictures::default().fitted("plan.png", Size { width: 9, height: 9 }), None);
    }

    /// What goes to the terminal when a picture is wanted, wanted again, and not wanted any more.
    fn written(protocol: Protocol) -> [String; 3] {
        let mut pictures = pictures(protocol);
        [1, 1, 0].map(|wanted| {
            pictures.begin();
            (0..wanted).for_each(|_| pictures.place("plan.png".to_owned(), Rect::new(2, 4, 10, 4)));
            assert_eq!(pictures.are_in_the_way(), protocol != Protocol::Kitty && wanted == 0);
            let mut out = Vec::new();
            pictures.show(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        })
    }

    #[test]
    fn a_picture_is_sent_once_and_taken_away_again() {
        let [kitty, again, after] = written(Protocol::Kitty);
        assert!(kitty.starts_with("\u{1b}7\u{1b}[5;3H\u{1b}_Ga=T,f=100,q=2,C=1,c=10,r=4,m=0;"), "{kitty:?}");
        assert_eq!((again.as_str(), after.as_str()), ("", "\u{1b}_Ga=d,d=A,q=2\u{1b}\\"));
        let [iterm, again, after] = written(Protocol::Iterm);
        assert!(iterm.contains("\u{1b}]1337;File=inline=1;width=10;height=4;"), "{iterm:?}");
        assert_eq!((again.as_str(), after.as_str()), ("", ""));
        let [sixel, ..] = written(Protocol::Sixel);
        assert!(sixel.contains("\u{1b}P0;1q\"1;1;80;60#"), "{sixel:?}");
    }

    #[test]
    fn what_is_no_picture_is_not_shown() {
        assert!(decoded(b"\x89PNG\r\n\x1a\n and nothing more".to_vec()).is_none());
        assert!(decoded(b"<svg/>".to_vec()).is_none());
        assert!(decoded(picture()).is_some());
    }
}
