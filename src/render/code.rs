//! The words of a program told apart, line by line, for outputs that show code in colours of their own.
//!
//! What a token looks like is for the output to say: Anki and paper go by style sheets, the terminal
//! by the colours of its user. The grammars are those of [`syntax`].

use super::syntax::{self, Piece};

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

impl From<Piece> for Token {
    fn from(piece: Piece) -> Token {
        match piece {
            Piece::Plain => Token::Plain,
            Piece::Comment => Token::Comment,
            Piece::Quoted => Token::Literal,
            Piece::Constant => Token::Number,
            Piece::Keyword => Token::Keyword,
            Piece::Function | Piece::Type => Token::Name,
        }
    }
}

/// The lines of `code`, each cut into stretches; all plain where the language is not known.
pub fn highlight(language: &str, code: &str) -> Vec<Vec<(Token, String)>> {
    let mut lines = vec![Vec::new()];
    for (piece, part) in syntax::pieces(language, code) {
        for (at, words) in part.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            let words = words.trim_end_matches('\r');
            // Blanks have no colour.
            let bare = words.trim_end().len();
            push(&mut lines, piece.into(), &words[..bare]);
            push(&mut lines, Token::Plain, &words[bare..]);
        }
    }
    // Behind the last line feed there is no line.
    if code.is_empty() || code.ends_with('\n') {
        lines.pop();
    }
    lines
}

fn push(lines: &mut [Vec<(Token, String)>], token: Token, words: &str) {
    let Some(line) = lines.last_mut().filter(|_| !words.is_empty()) else { return };
    match line.last_mut() {
        Some((last, text)) if *last == token => text.push_str(words),
        _ => line.push((token, words.to_owned())),
    }
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
