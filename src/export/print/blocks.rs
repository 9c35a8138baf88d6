//! From a card's content to blocks: the same words without what harms, with the marks
//! they have, and with places to break those that no line could hold.

use super::data::{self, Atom, Block, Formula, Paragraph, Picture, Run};
use crate::card::{Choice, Content, Part};
use crate::markdown::text::{self, Style, Text};
use crate::render::clean;
use crate::render::code::{self, Token};
use std::collections::BTreeSet;

/// How many characters a word may have before it is given places to break.
const LONG_WORD: usize = 22;

/// Kinds of images that can be printed.
const PRINTABLE: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "svg"];

/// What is done with the gaps of a cloze.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gaps {
    /// This one is left open.
    Open(u16),
    /// This one is filled in and marked.
    Filled(u16),
    /// All are left open.
    AllOpen,
    /// All are filled in and marked.
    AllFilled,
}

impl Gaps {
    fn opens(self, number: u16) -> bool {
        self == Gaps::AllOpen || self == Gaps::Open(number)
    }

    fn marks(self, number: u16) -> bool {
        self == Gaps::AllFilled || self == Gaps::Filled(number)
    }
}

/// How wide a gap is that is only to be seen, in widths of an `m`.
const SEEN: usize = 3;

/// How wide a gap is that is written into, by the characters that belong there; few widths, which tell little.
const WRITTEN: [(usize, usize); 3] = [(10, 10), (22, 18), (usize::MAX, 28)];

/// How content becomes blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The names of the files that travel with the deck.
    pub(super) media: &'a BTreeSet<String>,
    /// Gaps.
    pub(super) gaps: Gaps,
    /// Whether gaps have room to be written into.
    pub(super) written: bool,
}

impl Setting<'_> {
    /// The blocks of one side.
    pub(super) fn content(&self, content: &Content) -> Vec<Block> {
        content.0.iter().map(|part| self.part(part)).collect()
    }

    /// Options with their letters, and with boxes to tick if wanted.
    pub(super) fn options<'b>(&self, options: impl Iterator<Item = &'b Choice>, boxes: bool) -> Block {
        let option = |option: &Choice| data::Choice {
            letter: option.letter.to_string(),
            blocks: self.content(&option.content),
            right: false,
            boxed: boxes,
        };
        Block::Options { options: options.map(option).collect() }
    }

    fn part(&self, part: &Part) -> Block {
        match part {
            Part::Paragraph(text) => Block::Paragraph(self.paragraph(text)),
            Part::Code { code, language } => Block::Code { lines: code_lines(language, code) },
            Part::Math(text) => Block::Formula(self.formula(text, true)),
            Part::List { start, items } => {
                Block::List { start: *start, items: items.iter().map(|item| self.content(item)).collect() }
            }
            Part::Table { head, rows } => self.table(head, rows),
            Part::Quote(content) => Block::Quote { blocks: self.content(content) },
        }
    }

    fn table(&self, head: &[Text], rows: &[Vec<Text>]) -> Block {
        let columns = rows.iter().map(Vec::len).chain([head.len(), 1]).max().unwrap_or(1);
        let row = |cells: &[Text]| {
            let mut row: Vec<Paragraph> = cells.iter().map(|cell| self.paragraph(cell)).collect();
            row.resize(columns, Paragraph::default());
            row
        };
        let head = if head.iter().all(Text::is_blank) { Vec::new() } else { row(head) };
        Block::Table { head, rows: rows.iter().map(|cells| row(cells)).collect() }
    }

    /// A formula with its gaps as boxes, where they are open.
    fn formula(&self, text: &Text, display: bool) -> Formula {
        let mut latex = String::new();
        let mut gap = None;
        for run in text.runs() {
            let number = run.style.gap.as_ref().map(|gap| gap.number);
            match number.filter(|number| self.gaps.opens(*number)) {
                Some(number) if gap == Some(number) => {}
                Some(_) => latex.push_str("\\boxed{\\quad}"),
                None => latex.push_str(&text.plain()[run.start..run.end]),
            }
            gap = number;
        }
        Formula { latex: clean(latex.trim()).into_owned(), display }
    }

    /// Running text.
    pub(super) fn paragraph(&self, text: &Text) -> Paragraph {
        let mut runs: Vec<Run> = Vec::new();
        let mut open = None;
        // Runs that differ only in their place in the note are one to the reader.
        for same in text.runs().chunk_by(|a, b| a.style == b.style && a.style.atom == text::Atom::Words) {
            let (first, last) = (&same[0], &same[same.len() - 1]);
            let gap = first.style.gap.as_ref().filter(|gap| self.gaps.opens(gap.number));
            if let Some(gap) = gap {
                if open != Some(gap.number) {
                    let hint = gap.hint.as_deref().map(|hint| clean(hint).into_owned()).unwrap_or_default();
                    let room = if self.written { room(text, gap.number) } else { SEEN };
                    runs.push(Run { atom: Atom::Blank { text: hint, room }, marks: String::new(), link: None });
                }
            } else {
                runs.push(self.run(&text.plain()[first.start..last.end], &first.style));
            }
            open = gap.map(|gap| gap.number);
        }
        Paragraph { runs, rtl: reads_from_right(text.plain()) }
    }

    fn run(&self, characters: &str, style: &Style) -> Run {
        let words = clean(characters);
        let atom = match &style.atom {
            text::Atom::Words => Atom::Words { text: breakable(&words) },
            text::Atom::Code => Atom::Code { text: breakable(&words) },
            text::Atom::Math { display } => {
                Atom::Formula(Formula { latex: words.trim().to_owned(), display: *display })
            }
            text::Atom::Break => Atom::Break,
            text::Atom::Image { src } if self.can_print(src) => {
                Atom::Image(Picture { file: src.to_string(), words: words.into_owned() })
            }
            text::Atom::Image { src } => Atom::Words { text: crate::render::plain::image(src, &words) },
        };
        let marked = style.gap.as_ref().is_some_and(|gap| self.gaps.marks(gap.number));
        let link = style.link.as_deref().filter(|target| crate::render::is_followed(target)).map(str::to_owned);
        Run { atom, marks: marks(style, marked), link }
    }

    fn can_print(&self, src: &str) -> bool {
        self.media.contains(src) && is_printable(src)
    }
}

/// Whether a file is an image of a kind that can be printed.
pub(super) fn is_printable(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    PRINTABLE.contains(&ending.as_str())
}

/// How much room it takes to write what belongs into a gap.
fn room(text: &Text, gap: u16) -> usize {
    let inside = text.runs().iter().filter(|run| run.style.gap.as_ref().is_some_and(|own| own.number == gap));
    let characters: usize = inside.map(|run| text.plain()[run.start..run.end].chars().count()).sum();
    WRITTEN.iter().find(|(most, _)| characters <= *most).map_or(SEEN, |(_, room)| *room)
}

/// What was filled into the gaps of a paragraph, without the words around them.
pub(super) fn filled(paragraph: &Paragraph) -> Paragraph {
    let mut runs: Vec<Run> = Vec::new();
    for stretch in paragraph.runs.chunk_by(|a, b| a.marks.contains('g') == b.marks.contains('g')) {
        if stretch[0].marks.contains('g') {
            if !runs.is_empty() {
                let between = Atom::Words { text: " · ".to_owned() };
                runs.push(Run { atom: between, marks: String::new(), link: None });
            }
            runs.extend_from_slice(stretch);
        }
    }
    Paragraph { runs, rtl: paragraph.rtl }
}

fn marks(style: &Style, gap: bool) -> String {
    let all = [
        (style.strong, 'b'),
        (style.emphasis, 'i'),
        (style.strike, 's'),
        (style.highlight, 'h'),
        (style.superscript, 'u'),
        (style.subscript, 'd'),
        (gap, 'g'),
    ];
    all.into_iter().filter(|(on, _)| *on).map(|(_, letter)| letter).collect()
}

/// The lines of some code in stretches of one colour; blanks before a line stay, and any word may be broken.
fn code_lines(language: &str, code: &str) -> Vec<Vec<(&'static str, String)>> {
    let stretch = |(at, (token, words)): (usize, (Token, String))| {
        let words = clean(&words).replace('\t', "    ");
        let indent = if at == 0 { words.len() - words.trim_start_matches(' ').len() } else { 0 };
        (named(token), format!("{}{}", "\u{a0}".repeat(indent), breakable(&words[indent..])))
    };
    let lines = code::highlight(language, code.trim_end_matches('\n')).into_iter();
    lines.map(|line| line.into_iter().enumerate().map(stretch).collect()).collect()
}

fn named(token: Token) -> &'static str {
    match token {
        Token::Plain => "plain",
        Token::Comment => "comment",
        Token::Keyword => "keyword",
        Token::Literal => "literal",
        Token::Number => "number",
        Token::Name => "name",
    }
}

/// Words with places to break in those that are very long: behind signs, and anywhere after that many
/// letters. A place is a space without width.
pub(super) fn breakable(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_inclusive(char::is_whitespace) {
        if word.chars().count() <= LONG_WORD {
            out.push_str(word);
            continue;
        }
        let mut letters = 0;
        for c in word.chars() {
            if letters == LONG_WORD {
                out.push('\u{200b}');
                letters = 0;
            }
            out.push(c);
            letters += 1;
            if "/_.-:=&?,;@+|".contains(c) && letters > 3 {
                out.push('\u{200b}');
                letters = 0;
            }
        }
    }
    out
}

/// Whether a text's first letter of a certain direction reads from right to left.
fn reads_from_right(text: &str) -> bool {
    let rtl = |c: char| matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC);
    text.chars().find(|c| c.is_alphabetic()).is_some_and(rtl)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_can_be_broken() {
        assert_eq!(breakable("short words stay as they are"), "short words stay as they are");
        let parts = |word: &str| breakable(word).split('\u{200b}').map(|p| p.chars().count()).collect::<Vec<_>>();
        assert!(parts(&"a".repeat(100)).into_iter().all(|part| part <= LONG_WORD));
        assert_eq!(breakable(&"a".repeat(100)).replace('\u{200b}', ""), "a".repeat(100));
        assert!(breakable("https://example.org/some/very/long/path").contains("/\u{200b}some/\u{200b}very"));
    }

    #[test]
    fn direction_follows_the_first_letter() {
        assert!(reads_from_right("(1) שלום world"));
        assert!(!reads_from_right("1. world שלום"));
    }
}
