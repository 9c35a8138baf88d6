//! The words of a program told apart, for every output that shows code in colours.
//!
//! What a token looks like is for the output to say: Anki and paper go by style sheets, the terminal
//! by the colours of its user.

use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// What a stretch of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// Anything else.
    Plain,
    /// A comment.
    Comment,
    /// A word of the language.
    Keyword,
    /// A text in quotation marks.
    Literal,
    /// A number, or a constant such as `true`.
    Number,
    /// The name of a function or a type.
    Name,
}

/// Code longer than this is shown plain: nobody learns it from a card, and grammars can be slow.
const LONGEST: usize = 20_000;

/// Names that notes use for languages which the grammars call otherwise.
const ALIASES: &[(&str, &str)] = &[
    ("shell", "sh"),
    ("console", "sh"),
    ("shell-session", "sh"),
    ("zsh", "sh"),
    ("python3", "py"),
    ("typescript", "js"),
    ("ts", "js"),
    ("tsx", "js"),
    ("jsx", "js"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("golang", "go"),
    ("c++", "cpp"),
    ("csharp", "cs"),
];

/// Beginnings of the grammars' scopes, the more special first, and what they are to us.
const SCOPES: &[(&str, Token)] = &[
    ("comment", Token::Comment),
    ("string", Token::Literal),
    ("constant.numeric", Token::Number),
    ("constant.language", Token::Number),
    ("constant.character", Token::Literal),
    ("keyword.operator", Token::Plain),
    ("keyword", Token::Keyword),
    ("storage", Token::Keyword),
    ("entity.name.function", Token::Name),
    ("entity.name.type", Token::Name),
    ("entity.name.class", Token::Name),
    ("entity.name.tag", Token::Keyword),
    ("support.function", Token::Name),
    ("support.type", Token::Name),
    ("support.class", Token::Name),
    ("variable.function", Token::Name),
];

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static KINDS: LazyLock<Vec<(Scope, Token)>> = LazyLock::new(|| {
    let known = |(name, token): &(&str, Token)| Scope::new(name).ok().map(|scope| (scope, *token));
    SCOPES.iter().filter_map(known).collect()
});

/// The lines of `code`, each cut into stretches; all plain where the language is not known.
pub fn highlight(language: &str, code: &str) -> Vec<Vec<(Token, String)>> {
    let grammar = grammar(language).filter(|_| code.len() <= LONGEST);
    match grammar {
        Some(grammar) => tokens(grammar, code),
        None => code.lines().map(|line| vec![(Token::Plain, line.to_owned())]).collect(),
    }
}

fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.trim().to_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(&*name, |(_, name)| name);
    if name.is_empty() { None } else { GRAMMARS.find_syntax_by_token(name) }
}

fn tokens(grammar: &SyntaxReference, code: &str) -> Vec<Vec<(Token, String)>> {
    let (mut state, mut stack) = (ParseState::new(grammar), ScopeStack::new());
    code.split_inclusive('\n').map(|line| cut(line, &mut state, &mut stack)).collect()
}

/// One line, cut where the grammar changes its mind.
fn cut(line: &str, state: &mut ParseState, stack: &mut ScopeStack) -> Vec<(Token, String)> {
    let mut out: Vec<(Token, String)> = Vec::new();
    let mut from = 0;
    // A line that a grammar cannot read stays plain.
    for (at, change) in state.parse_line(line, &GRAMMARS).unwrap_or_default() {
        push(&mut out, token(stack), line.get(from..at).unwrap_or_default());
        from = at;
        if stack.apply(&change).is_err() {
            *stack = ScopeStack::new();
        }
    }
    push(&mut out, token(stack), line.get(from..).unwrap_or_default());
    out
}

fn push(out: &mut Vec<(Token, String)>, token: Token, words: &str) {
    let words = words.trim_end_matches(['\n', '\r']);
    match out.last_mut() {
        _ if words.is_empty() => {}
        Some((last, text)) if *last == token => text.push_str(words),
        _ => out.push((token, words.to_owned())),
    }
}

fn token(stack: &ScopeStack) -> Token {
    let kind = |scope: &Scope| KINDS.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, token)| *token);
    stack.as_slice().iter().rev().find_map(kind).unwrap_or(Token::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(language: &str, code: &str) -> String {
        let stretch = |(token, words): &(Token, String)| match token {
            Token::Plain => words.clone(),
            token => format!("<{token:?}:{words}>"),
        };
        let lines = highlight(language, code);
        lines.iter().map(|line| line.iter().map(stretch).collect::<String>()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn words_of_a_program_are_told_apart() {
        let code = "def add(a):\n    return a + 1  # one\n";
        assert_eq!(
            shown("python", code),
            "<Keyword:def> <Name:add>(a):\n    <Keyword:return> a + <Number:1>  <Comment:# one>"
        );
        assert_eq!(shown("Shell", "echo \"x\""), "<Name:echo> <Literal:\"x\">");
    }

    #[test]
    fn what_is_not_known_is_plain_and_nothing_is_lost() {
        assert_eq!(shown("klingon", "a\n\n  b\n"), "a\n\n  b");
        assert_eq!(shown("", "a"), "a");
        let long = "x = 1\n".repeat(5_000);
        assert_eq!(highlight("python", &long).len(), 5_000);
    }
}
