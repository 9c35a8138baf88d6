//! What the keys do, apart from those that grade. The help screen, the plain review and the guide are
//! loops over this list.

/// A key as the session sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// The last character is taken back.
    Backspace,
    /// The last word is taken back.
    EraseWord,
    /// All that was typed is taken back.
    EraseLine,
    /// Escape.
    Escape,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Shows the answer, or accepts the grade that is suggested.
    Go,
    /// Takes the last answer back.
    Undo,
    /// Opens the note at the card.
    Edit,
    /// Shows the lines of the note.
    Source,
    /// Lets the answer be typed.
    Type,
    /// Puts the card to the end of the session.
    Later,
    /// Puts the card off until tomorrow.
    Bury,
    /// Puts the card off until that is taken back.
    Suspend,
    /// Flags the card.
    Flag,
    /// Scrolls by so many lines; a page is 0 lines less than the screen.
    Scroll(Scroll),
    /// Shows what the keys do.
    Help,
    /// Ends the session.
    Quit,
}

/// How far to scroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
}

/// A key with what it does.
#[derive(Debug)]
pub struct Binding {
    /// The keys that do it.
    pub keys: &'static [Key],
    /// How they are called.
    pub name: &'static str,
    /// What they do.
    pub action: Action,
    /// The same in a word, for the line at the bottom.
    pub word: &'static str,
    /// The same in a sentence, for the help.
    pub help: &'static str,
    /// What else does the same on a keyboard, if anything.
    pub also: &'static str,
}

const fn binding(
    keys: &'static [Key],
    name: &'static str,
    action: Action,
    (word, help): (&'static str, &'static str),
) -> Binding {
    Binding { keys, name, action, word, help, also: "" }
}

/// All keys but those that grade, in the order of the help.
pub const BINDINGS: &[Binding] = &[
    Binding {
        also: "Enter",
        ..binding(
            &[Key::Enter, Key::Char(' ')],
            "space",
            Action::Go,
            ("answer", "show the answer; then accept the grade that is marked"),
        )
    },
    binding(&[Key::Char('u')], "u", Action::Undo, ("undo", "take the last answer back, as often as you like")),
    binding(&[Key::Char('e')], "e", Action::Edit, ("edit", "open the note at this card in your editor, and rebuild")),
    binding(&[Key::Char('v')], "v", Action::Source, ("source", "show the lines of the note that the card came from")),
    binding(
        &[Key::Char('t')],
        "t",
        Action::Type,
        ("type", "type the answer, before it is shown, and see what differs"),
    ),
    binding(&[Key::Char('l')], "l", Action::Later, ("later", "ask this card at the end of the session")),
    binding(&[Key::Char('b')], "b", Action::Bury, ("bury", "put this card off until tomorrow")),
    binding(
        &[Key::Char('x')],
        "x",
        Action::Suspend,
        ("suspend", "ask this card no more (in `--suspended`: lift that)"),
    ),
    binding(&[Key::Char('f')], "f", Action::Flag, ("flag", "flag this card for yourself; again: remove the flag")),
    Binding {
        also: "arrow",
        ..binding(&[Key::Char('j'), Key::Down], "j", Action::Scroll(Scroll::Down), ("down", "scroll down"))
    },
    Binding {
        also: "arrow",
        ..binding(&[Key::Char('k'), Key::Up], "k", Action::Scroll(Scroll::Up), ("up", "scroll up"))
    },
    binding(&[Key::PageDown], "PgDn", Action::Scroll(Scroll::PageDown), ("page down", "one screen down")),
    binding(&[Key::PageUp], "PgUp", Action::Scroll(Scroll::PageUp), ("page up", "one screen up")),
    binding(&[Key::Char('?'), Key::Char('h')], "?", Action::Help, ("help", "show this help")),
    Binding {
        also: "Esc",
        ..binding(&[Key::Char('q'), Key::Escape], "q", Action::Quit, ("quit", "end the session; all answers are kept"))
    },
];

/// What a key does.
pub fn action(key: Key) -> Option<Action> {
    // With caps lock on the keys do the same.
    let key = if let Key::Char(c) = key { Key::Char(c.to_ascii_lowercase()) } else { key };
    BINDINGS.iter().find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// How the key of an action is called, and its word.
pub fn hint(action: Action) -> (&'static str, &'static str) {
    let found = BINDINGS.iter().find(|binding| binding.action == action);
    found.map_or(("", ""), |binding| (binding.name, binding.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        let mut keys: Vec<&Key> = BINDINGS.iter().flat_map(|binding| binding.keys).collect();
        let all = keys.len();
        keys.sort_by_key(|key| format!("{key:?}"));
        keys.dedup();
        assert_eq!(keys.len(), all);
        assert_eq!(action(Key::Char('U')), Some(Action::Undo));
        assert!(BINDINGS.iter().all(|b| !b.keys.iter().any(|k| matches!(k, Key::Char('0'..='9')))));
    }
}
