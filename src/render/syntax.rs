//! Code taken apart for the eye: which piece is a keyword, a string, a comment. The grammars are
//! those of Sublime Text and bat; each output gives the pieces its own colours.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// The largest code that is taken apart, in bytes; no card is better for more of it.
const LARGEST: usize = 20_000;

/// The longest line; grammars take their time over minified ones.
const LONGEST: usize = 1_000;

/// What a piece of code is to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Anything else.
    Plain,
    /// A comment.
    Comment,
    /// Characters in quotes.
    Quoted,
    /// A number, or a constant such as `true`.
    Constant,
    /// A word of the language.
    Keyword,
    /// The name of a function or command.
    Function,
    /// The name of a type, an attribute or a key.
    Type,
}

/// What scopes mean, by their beginnings; the innermost scope that is listed decides.
const MEANINGS: &[(&str, Piece)] = &[
    ("comment", Piece::Comment),
    ("meta.interpolation", Piece::Plain),
    ("meta.mapping.key", Piece::Type),
    ("entity.name.tag", Piece::Keyword),
    ("entity.other.attribute-name", Piece::Type),
    ("entity.name.function", Piece::Function),
    ("entity.name", Piece::Type),
    ("string", Piece::Quoted),
    ("constant", Piece::Constant),
    ("variable.function", Piece::Function),
    ("variable.language", Piece::Keyword),
    ("support.function", Piece::Function),
    ("support.type", Piece::Type),
    ("support.class", Piece::Type),
    ("support.constant", Piece::Constant),
    ("keyword.operator.word", Piece::Keyword),
    ("keyword.operator.logical.python", Piece::Keyword),
    ("keyword.operator", Piece::Plain),
    ("keyword", Piece::Keyword),
    ("storage", Piece::Keyword),
    ("markup.deleted", Piece::Keyword),
    ("markup.inserted", Piece::Quoted),
];

/// Names that fences use and grammars do not.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("shell", "sh"),
    ("console", "sh"),
    ("shell-session", "sh"),
    ("golang", "go"),
    ("csharp", "cs"),
    ("c#", "cs"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("hcl", "tf"),
    ("docker", "dockerfile"),
    ("node", "js"),
    ("py3", "py"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("mysql", "sql"),
    ("plsql", "sql"),
    ("tsql", "sql"),
    ("jsx", "js"),
    ("latex", "tex"),
];

struct Grammars {
    syntaxes: SyntaxSet,
    meanings: Vec<(Scope, Piece)>,
}

fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| {
        let meaning = |(name, piece): &(&str, Piece)| Some((Scope::new(name).ok()?, *piece));
        Grammars {
            syntaxes: two_face::syntax::extra_newlines(),
            meanings: MEANINGS.iter().filter_map(meaning).collect(),
        }
    })
}

/// The pieces of some code, in order and without a hole. Code in a language that is not known is one
/// plain piece; so is very long code.
pub fn pieces<'c>(language: &str, code: &'c str) -> Vec<(Piece, &'c str)> {
    let fits = code.len() <= LARGEST && code.lines().all(|line| line.len() <= LONGEST);
    let known = Some(language).filter(|name| fits && !name.is_empty());
    let parsed = known.and_then(|name| parse(grammars(), name, code));
    parsed.unwrap_or_else(|| vec![(Piece::Plain, code)])
}

fn find<'g>(syntaxes: &'g SyntaxSet, language: &str) -> Option<&'g SyntaxReference> {
    let word = language.split([' ', '\t', ',', '{']).next()?.to_ascii_lowercase();
    let other = OTHER_NAMES.iter().find(|(name, _)| *name == word).map_or(word.as_str(), |(_, token)| token);
    syntaxes.find_syntax_by_token(other).filter(|found| found.name != "Plain Text")
}

fn parse<'c>(grammars: &Grammars, language: &str, code: &'c str) -> Option<Vec<(Piece, &'c str)>> {
    let mut state = ParseState::new(find(&grammars.syntaxes, language)?);
    let mut scopes = ScopeStack::new();
    let mut cuts = vec![(0, Piece::Plain)];
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        for (at, change) in state.parse_line(line, &grammars.syntaxes).ok()? {
            scopes.apply(&change).ok()?;
            cuts.push((start + at, grammars.meaning(&scopes)));
        }
        start += line.len();
    }
    Some(cut(code, &cuts))
}

impl Grammars {
    fn meaning(&self, scopes: &ScopeStack) -> Piece {
        let listed = |scope: &Scope| self.meanings.iter().find(|(known, _)| known.is_prefix_of(*scope));
        scopes.scopes.iter().rev().find_map(listed).map_or(Piece::Plain, |(_, piece)| *piece)
    }
}

/// The stretches between cuts; neighbours of one sort are joined.
fn cut<'c>(code: &'c str, cuts: &[(usize, Piece)]) -> Vec<(Piece, &'c str)> {
    let mut out: Vec<(Piece, std::ops::Range<usize>)> = Vec::new();
    let ends = cuts.iter().skip(1).map(|(at, _)| *at).chain([code.len()]);
    for ((start, piece), end) in cuts.iter().zip(ends).filter(|((start, _), end)| start < end) {
        // Blanks have no colour: they go with what stands before them.
        let blank = code[*start..end].trim().is_empty();
        match out.last_mut() {
            Some((last, range)) if last == piece || blank => range.end = end,
            _ => out.push((*piece, *start..end)),
        }
    }
    out.into_iter().map(|(piece, range)| (piece, &code[range])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_taken_apart_without_a_hole() {
        let code = "def f(x):\n    # a comment\n    return \"s\" + 1\n";
        let whole: String = pieces("python", code).into_iter().map(|(_, part)| part).collect();
        assert_eq!(whole, code);
        let found: Vec<_> = pieces("py", code).into_iter().map(|(piece, part)| (piece, part.trim())).collect();
        let wanted =
            [(Piece::Function, "f"), (Piece::Comment, "# a comment"), (Piece::Quoted, "\"s\""), (Piece::Constant, "1")];
        for piece in wanted {
            assert!(found.contains(&piece), "{piece:?} is not in {found:?}");
        }
    }

    #[test]
    fn the_languages_of_study_notes_are_known() {
        let fences = "bash sh shell console sql postgresql json jsonc yaml yml toml xml html css js jsx javascript ts \
                      tsx typescript java kotlin swift c cpp c++ c# cs go golang rust rs python py3 ruby php r scala \
                      haskell lua perl dockerfile docker hcl terraform tf nginx latex diff makefile graphql \
                      proto ini";
        let syntaxes = &grammars().syntaxes;
        let unknown: Vec<&str> = fences.split_whitespace().filter(|fence| find(syntaxes, fence).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn what_is_not_known_is_plain() {
        assert_eq!(pieces("", "x = 1"), [(Piece::Plain, "x = 1")]);
        assert_eq!(pieces("no-such-language", "x = 1"), [(Piece::Plain, "x = 1")]);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(pieces("py", &long), [(Piece::Plain, long.as_str())]);
    }
}
