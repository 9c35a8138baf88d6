//! From the parser's events to the block tree.

use super::block::{Block, BlockKind, Item, Marker, Row};
use super::inline::{self, Piece};
use super::text::{Atom, Text};
use super::view::View;
use crate::diagnostic::Finding;
use crate::source::{SourceFile, Span};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How deep blocks may stand in blocks; what is deeper is put into the last ancestor that is not.
const DEPTH: usize = 48;

/// Parses a view of a note; reports fences that have no end.
pub(super) fn parse(view: &View, file: &SourceFile) -> (Vec<Block>, Vec<Finding>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_WIKILINKS;
    let mut builder = Builder {
        view,
        file,
        frames: vec![Frame::new(Open::Root, 0..0)],
        inline: Vec::new(),
        flat: 0,
        findings: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&view.text, options).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// A block that is not yet closed.
enum Open {
    Root,
    Quote,
    List(Option<u64>, Vec<Item>),
    Item(Option<bool>),
    Footnote(String),
    Table(Vec<Row>),
    Row(Vec<Text>),
    Cell,
    Heading(u8),
    Paragraph,
    /// With the words behind the fence, if it has one.
    Code(Option<String>),
    Html,
}

struct Frame {
    open: Open,
    range: Range<usize>,
    blocks: Vec<Block>,
}

impl Frame {
    fn new(open: Open, range: Range<usize>) -> Self {
        Frame { open, range, blocks: Vec::new() }
    }

    /// Whether blocks stand in it.
    fn holds_blocks(&self) -> bool {
        matches!(self.open, Open::Root | Open::Quote | Open::Item(_) | Open::Footnote(_))
    }
}

struct Builder<'v, 'e> {
    view: &'v View<'v>,
    file: &'v SourceFile,
    /// The open blocks, the root first; never empty.
    frames: Vec<Frame>,
    /// The inline events of the open leaf, or of a tight item's words.
    inline: Vec<Piece<'e>>,
    /// How many containers are open that were too deep to become blocks.
    flat: usize,
    findings: Vec<Finding>,
}

impl<'e> Builder<'_, 'e> {
    fn event(&mut self, event: Event<'e>, range: Range<usize>) {
        match event {
            Event::Start(tag) if is_inline(&tag) => self.inline.push((Event::Start(tag), range)),
            Event::Start(tag) => self.open(tag, range),
            Event::End(end) if is_inline_end(end) => self.inline.push((Event::End(end), range)),
            Event::End(end) => self.close(end),
            Event::Rule => {
                self.flush();
                self.add(BlockKind::Rule, &range);
            }
            Event::TaskListMarker(state) => {
                if let Some(Frame { open: Open::Item(checked), .. }) =
                    self.frames.iter_mut().rev().find(|f| f.holds_blocks())
                    && self.flat == 0
                {
                    *checked = Some(state);
                }
            }
            _ => self.inline.push((event, range)),
        }
    }

    fn open(&mut self, tag: Tag, range: Range<usize>) {
        self.flush();
        let open = match tag {
            Tag::BlockQuote(_) => Open::Quote,
            Tag::List(first) => Open::List(first, Vec::new()),
            Tag::Item => Open::Item(None),
            Tag::FootnoteDefinition(label) => Open::Footnote(label.to_string()),
            Tag::Table(_) => Open::Table(Vec::new()),
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Cell,
            Tag::Heading { level, .. } => Open::Heading(level as u8),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Open::Code(Some(info.to_string())),
            Tag::CodeBlock(CodeBlockKind::Indented) => Open::Code(None),
            Tag::HtmlBlock => Open::Html,
            _ => Open::Paragraph,
        };
        let container = matches!(open, Open::Quote | Open::List(..) | Open::Footnote(_));
        if self.flat > 0 && (container || matches!(open, Open::Item(_))) || container && self.frames.len() >= DEPTH {
            self.flat += 1;
        } else {
            self.frames.push(Frame::new(open, range));
        }
    }

    fn close(&mut self, end: TagEnd) {
        let container =
            matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition);
        if container {
            self.flush();
            if self.flat > 0 {
                self.flat -= 1;
                return;
            }
        }
        if let Some(frame) = self.frames.pop() {
            self.shut(frame);
        }
    }

    /// Turns a closed frame into a part of the one around it.
    fn shut(&mut self, frame: Frame) {
        let Frame { open, range, blocks } = frame;
        let kind = match open {
            Open::Root => return,
            Open::Quote => BlockKind::Quote(blocks),
            Open::List(first, items) => BlockKind::List { marker: first.map_or(Marker::Bullet, Marker::Number), items },
            Open::Footnote(label) => BlockKind::Footnote { label, blocks },
            Open::Table(rows) => {
                let mut rows = rows.into_iter();
                let Some(head) = rows.next() else { return };
                BlockKind::Table { head, rows: rows.collect() }
            }
            Open::Heading(level) => BlockKind::Heading { level, text: without_attributes(&self.text()) },
            Open::Paragraph => return self.paragraph(&range),
            Open::Code(info) => self.code(info.as_deref(), &range),
            Open::Html => BlockKind::Html(self.raw()),
            Open::Item(_) | Open::Row(_) | Open::Cell => return self.part(open, &range, blocks),
        };
        self.add(kind, &range);
    }

    /// Items, rows and cells go into the list, table or row that is open.
    fn part(&mut self, open: Open, range: &Range<usize>, blocks: Vec<Block>) {
        let span = blocks.iter().fold(self.span(range), |span, b| span.to(b.span));
        let cell = matches!(open, Open::Cell).then(|| self.text().trim());
        match (open, self.frames.last_mut().map(|f| &mut f.open)) {
            (Open::Item(checked), Some(Open::List(_, items))) => {
                items.push(Item { span, letter: None, checked, blocks });
            }
            (Open::Row(cells), Some(Open::Table(rows))) => rows.push(Row { span, cells }),
            (Open::Cell, Some(Open::Row(cells))) => cells.extend(cell),
            _ => {}
        }
    }

    /// A tight item's words become a paragraph.
    fn flush(&mut self) {
        if let (Some(first), Some(last)) = (self.inline.first(), self.inline.last())
            && self.frames.last().is_some_and(Frame::holds_blocks)
        {
            let range = first.1.start..last.1.end;
            self.paragraph(&range);
        }
    }

    fn paragraph(&mut self, range: &Range<usize>) {
        let text = self.text();
        let formula = |r: &super::text::Run| r.style.atom == Atom::Math { display: true };
        match text.runs() {
            [] => {}
            [only] if formula(only) => self.add(BlockKind::Math(text), range),
            _ if text.is_blank() => {}
            _ => self.add(BlockKind::Paragraph(text), range),
        }
    }

    fn text(&mut self) -> Text {
        let events = std::mem::take(&mut self.inline);
        inline::text(self.view, &self.file.text, &events).trim()
    }

    fn raw(&mut self) -> String {
        let events = std::mem::take(&mut self.inline);
        let words = |piece: &Piece| match &piece.0 {
            Event::Text(words) | Event::Html(words) => words.to_string(),
            _ => String::new(),
        };
        events.iter().map(words).collect()
    }

    fn code(&mut self, info: Option<&str>, range: &Range<usize>) -> BlockKind {
        let source = self.view.text[range.clone()].trim_end();
        let last = source.lines().skip(1).last().unwrap_or("").trim_start_matches([' ', '\t', '>']);
        let fenced = info.is_some() && !(last.starts_with("```") || last.starts_with("~~~"));
        if fenced {
            let line = self.view.text[range.clone()].lines().next().unwrap_or("").len();
            let span = self.span(&(range.start..range.start + line));
            self.findings.push(
                Finding::warning("unclosed-fence", "this code block has no end", span)
                    .help("write the same fence on a line of its own where the code ends"),
            );
        }
        let language = info.unwrap_or_default().split_whitespace().next().unwrap_or_default();
        let language = language.trim_start_matches(['{', '.']).trim_end_matches('}').to_owned();
        BlockKind::Code { language, code: self.raw() }
    }

    fn add(&mut self, kind: BlockKind, range: &Range<usize>) {
        let span = inner_spans(&kind).into_iter().fold(self.span(range), Span::to);
        if let Some(frame) = self.frames.iter_mut().rev().find(|f| f.holds_blocks()) {
            frame.blocks.push(Block { kind, span });
        }
    }

    /// The bytes of the note, without white space at either end.
    fn span(&self, range: &Range<usize>) -> Span {
        let origins = self.view.origins(range.clone());
        let words = &self.file.text[origins.clone()];
        let start = origins.start + (words.len() - words.trim_start().len());
        let end = origins.start + words.trim_end().len();
        Span::new(self.file.id, start.min(end.max(origins.start)), end.max(origins.start))
    }

    fn finish(mut self) -> (Vec<Block>, Vec<Finding>) {
        self.flush();
        (self.frames.swap_remove(0).blocks, self.findings)
    }
}

/// The spans of what a block holds. The parser lets an empty block end before its last inner one.
fn inner_spans(kind: &BlockKind) -> Vec<Span> {
    match kind {
        BlockKind::List { items, .. } => items.iter().map(|i| i.span).collect(),
        BlockKind::Table { head, rows } => rows.iter().chain([head]).map(|r| r.span).collect(),
        BlockKind::Quote(blocks) | BlockKind::Footnote { blocks, .. } => blocks.iter().map(|b| b.span).collect(),
        _ => Vec::new(),
    }
}

fn is_inline(tag: &Tag) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// A heading without `{#id .class}` at its end. The parser's own option would swallow `{a, b}` too.
fn without_attributes(text: &Text) -> Text {
    let plain = text.plain();
    let Some(open) = plain.rfind('{').filter(|_| plain.ends_with('}')) else { return text.clone() };
    let inner = &plain[open + 1..plain.len() - 1];
    let attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    if !inner.trim().is_empty() && inner.split_whitespace().all(attribute) {
        text.slice(0..open).trim()
    } else {
        text.clone()
    }
}
