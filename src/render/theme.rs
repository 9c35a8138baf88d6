//! How parts of a card look in a terminal: roles, and what colours a light, a dark or a colourless
//! screen gives them.
//!
//! Only the sixteen colours that users choose for themselves are used, never a background, and every
//! role that matters has a second sign beside its colour.

use ratatui::style::{Color, Modifier, Style};

/// What some characters on the screen are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary words.
    Plain,
    /// What stands back: headings above a front, places, borders of tables.
    Quiet,
    /// What stands out: a key to press, the head of a table.
    Strong,
    /// Code within a sentence.
    Code,
    /// A formula.
    Math,
    /// A gap, hidden or filled.
    Gap,
    /// What is right.
    Right,
    /// What is wrong, or a trap.
    Wrong,
    /// A remark of the program's.
    Remark,
    /// A word of a programming language.
    Keyword,
    /// A text within code.
    Literal,
    /// A number or constant within code.
    Number,
    /// The name of a function or type within code.
    Name,
}

/// The screen that is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Light words on a dark ground.
    Dark,
    /// Dark words on a light ground.
    Light,
    /// No colours: bold, underlined and reversed words only.
    #[default]
    Mono,
}

impl Theme {
    /// How characters with a role look.
    pub fn style(self, role: Role) -> Style {
        let style = Style::new().add_modifier(modifier(role, self == Theme::Mono));
        self.color(role).map_or(style, |color| style.fg(color))
    }

    /// Whether there is no colour to tell code from words.
    pub fn is_mono(self) -> bool {
        self == Theme::Mono
    }

    fn color(self, role: Role) -> Option<Color> {
        let (dark, light) = match role {
            Role::Plain | Role::Strong | Role::Quiet => return None,
            Role::Code | Role::Literal => (Color::LightCyan, Color::Blue),
            Role::Math | Role::Number => (Color::LightMagenta, Color::Magenta),
            Role::Gap | Role::Remark => (Color::LightYellow, Color::Magenta),
            Role::Right => (Color::LightGreen, Color::Green),
            Role::Wrong => (Color::LightRed, Color::Red),
            Role::Keyword => (Color::LightBlue, Color::Red),
            Role::Name => (Color::LightGreen, Color::Magenta),
        };
        match self {
            Theme::Dark => Some(dark),
            Theme::Light => Some(light),
            Theme::Mono => None,
        }
    }
}

fn modifier(role: Role, mono: bool) -> Modifier {
    match role {
        Role::Wrong if mono => Modifier::REVERSED,
        Role::Strong | Role::Keyword | Role::Right | Role::Wrong => Modifier::BOLD,
        Role::Gap => Modifier::BOLD | Modifier::UNDERLINED,
        Role::Quiet => Modifier::DIM,
        Role::Remark if mono => Modifier::ITALIC,
        _ => Modifier::empty(),
    }
}
