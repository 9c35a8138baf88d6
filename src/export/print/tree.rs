//! Formulas as trees of plain data, for a typesetter that has no LaTeX: each node is an array of its
//! kind and its parts. The parser's events are read one element at a time.

use pulldown_latex::event::{
    ArrayColumn, ColorTarget, ColumnAlignment, Content, DelimiterType, Dimension, DimensionUnit, EnvironmentFlow,
    Event, Font, Grouping, ScriptPosition, ScriptType, StateChange, Style, Visual,
};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// A formula as a tree, from the events of its parser.
pub(super) fn tree(events: &[Event]) -> Value {
    let mut reader = Reader { events, at: 0 };
    let mut rows = reader.rows();
    // What stands alone may be broken over lines; `\\` outside of any environment begins one.
    match rows.len() {
        1 => json!(["open-row", rows.remove(0).concat()]),
        _ => lines(rows, "center"),
    }
}

struct Reader<'a> {
    events: &'a [Event<'a>],
    at: usize,
}

/// Rows of cells of nodes.
type Rows = Vec<Vec<Vec<Value>>>;

impl Reader<'_> {
    fn next(&mut self) -> Option<&Event<'_>> {
        self.at += 1;
        self.events.get(self.at - 1)
    }

    /// Everything up to the end of the group, in its rows and cells.
    fn rows(&mut self) -> Rows {
        let mut rows: Rows = vec![vec![Vec::new()]];
        loop {
            match self.events.get(self.at) {
                None => break,
                Some(Event::End) => {
                    self.at += 1;
                    break;
                }
                Some(Event::EnvironmentFlow(flow)) => {
                    self.at += 1;
                    match flow {
                        EnvironmentFlow::Alignment => {
                            rows.last_mut().into_iter().for_each(|row| row.push(Vec::new()));
                        }
                        EnvironmentFlow::NewLine { .. } => rows.push(vec![Vec::new()]),
                        EnvironmentFlow::StartLines { .. } => {}
                    }
                }
                Some(Event::StateChange(change)) => {
                    self.at += 1;
                    let changed = changed(*change, &self.cell());
                    cell(&mut rows).push(changed);
                }
                Some(_) => {
                    let node = self.element();
                    cell(&mut rows).push(node);
                }
            }
        }
        // `\\` behind the last row begins none.
        if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        rows
    }

    /// What a change of state applies to: the rest of the cell or group.
    fn cell(&mut self) -> Vec<Value> {
        let mut nodes = Vec::new();
        loop {
            match self.events.get(self.at) {
                None | Some(Event::End | Event::EnvironmentFlow(_)) => return nodes,
                Some(Event::StateChange(change)) => {
                    self.at += 1;
                    let rest = self.cell();
                    nodes.push(changed(*change, &rest));
                }
                Some(_) => nodes.push(self.element()),
            }
        }
    }

    /// The next element; an empty row where there is none.
    fn element(&mut self) -> Value {
        let Some(event) = self.next() else { return json!(["row", []]) };
        match event.clone() {
            Event::Content(content) => leaf(content),
            Event::Begin(grouping) => {
                let rows = self.rows();
                group(&grouping, rows)
            }
            Event::Visual(visual) => self.visual(visual),
            Event::Script { ty, position } => self.script(ty, position),
            Event::Space { width, .. } => json!(["sp", width.map_or(0.0, em)]),
            Event::StateChange(change) => {
                let rest = self.element();
                changed(change, &[rest])
            }
            Event::End | Event::EnvironmentFlow(_) => json!(["row", []]),
        }
    }

    fn visual(&mut self, visual: Visual) -> Value {
        let first = self.element();
        match visual {
            Visual::SquareRoot => json!(["sqrt", first]),
            Visual::Root => json!(["root", first, self.element()]),
            Visual::Fraction(Some(line)) if line.value == 0.0 => json!(["stack", first, self.element()]),
            Visual::Fraction(_) => json!(["frac", first, self.element()]),
            Visual::Negation => negated(&first),
        }
    }

    fn script(&mut self, ty: ScriptType, position: ScriptPosition) -> Value {
        let base = self.element();
        let (sub, sup) = match ty {
            ScriptType::Subscript => (self.element(), Value::Null),
            ScriptType::Superscript => (Value::Null, self.element()),
            ScriptType::SubSuperscript => (self.element(), self.element()),
        };
        let place = match position {
            ScriptPosition::Right => "right",
            ScriptPosition::AboveBelow => "limits",
            ScriptPosition::Movable => "movable",
        };
        json!(["s", base, sub, sup, place])
    }
}

fn cell(rows: &mut Rows) -> &mut Vec<Value> {
    if rows.last().is_none_or(Vec::is_empty) {
        rows.push(vec![Vec::new()]);
    }
    let row = rows.len() - 1;
    let column = rows[row].len() - 1;
    &mut rows[row][column]
}

fn leaf(content: Content) -> Value {
    match content {
        Content::Text(text) => json!(["t", text]),
        Content::Number(number) => json!(["n", number]),
        Content::Function(name) => json!(["f", name]),
        Content::Ordinary { content, .. } => json!(["o", content]),
        Content::LargeOp { content, .. } => json!(["l", content]),
        Content::BinaryOp { content, .. } => json!(["b", content]),
        Content::Relation { content, .. } => {
            let mut bytes = [0; 8];
            json!(["r", String::from_utf8_lossy(content.encode_utf8_to_buf(&mut bytes))])
        }
        Content::Delimiter { content, size, ty } => {
            use pulldown_latex::event::DelimiterSize::{BIG, BIGG, Big, Bigg};
            let class = match ty {
                DelimiterType::Open => "opening",
                DelimiterType::Fence => "normal",
                DelimiterType::Close => "closing",
            };
            let size = size.map(|size| match size {
                Big => 1.2,
                BIG => 1.8,
                Bigg => 2.4,
                BIGG => 3.0,
            });
            json!(["d", content, class, size])
        }
        Content::Punctuation(content) => json!(["p", content]),
    }
}

fn group(grouping: &Grouping, rows: Rows) -> Value {
    let joined = |rows: Rows| rows.into_iter().flatten().flatten().collect::<Vec<Value>>();
    match grouping {
        Grouping::Normal | Grouping::Equation { .. } => json!(["row", joined(rows)]),
        Grouping::LeftRight(open, close) => json!(["lr", open, close, joined(rows)]),
        Grouping::Array(columns) => array(columns, rows),
        Grouping::Matrix { alignment } => matrix(rows, side(*alignment), 0.8, &[]),
        Grouping::Cases { left } => {
            let body = matrix(rows, "left", 1.0, &[]);
            if *left { json!(["lr", "{", null, [body]]) } else { json!(["lr", null, "}", [body]]) }
        }
        Grouping::SubArray { alignment } => matrix(rows, side(*alignment), 0.2, &[]),
        Grouping::Gather { .. } | Grouping::Gathered => lines(rows, "center"),
        Grouping::Align { .. }
        | Grouping::Aligned
        | Grouping::Alignat { .. }
        | Grouping::Alignedat { .. }
        | Grouping::Multline
        | Grouping::Split => lines(rows, "left"),
    }
}

/// Lines that may be aligned at some places.
fn lines(rows: Rows, aligned: &str) -> Value {
    let row = |cells: Vec<Vec<Value>>| cells.into_iter().map(|nodes| json!(["open-row", nodes])).collect::<Vec<_>>();
    json!(["lines", rows.into_iter().map(row).collect::<Vec<_>>(), aligned])
}

fn matrix(rows: Rows, aligned: &str, gap: f32, lines: &[usize]) -> Value {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    let row = |mut cells: Vec<Vec<Value>>| {
        cells.resize(columns, Vec::new());
        cells.into_iter().map(|nodes| json!(["open-row", nodes])).collect::<Vec<_>>()
    };
    json!(["matrix", rows.into_iter().map(row).collect::<Vec<_>>(), aligned, gap, lines])
}

/// An array: one alignment for all of it, that of its first column, and lines between columns.
fn array(columns: &[ArrayColumn], rows: Rows) -> Value {
    let mut lines = Vec::new();
    let mut before = 0;
    let mut aligned = None;
    for column in columns {
        match column {
            ArrayColumn::Column(alignment) => {
                before += 1;
                aligned = aligned.or(Some(side(*alignment)));
            }
            ArrayColumn::Separator(_) if before > 0 && !lines.contains(&before) => lines.push(before),
            ArrayColumn::Separator(_) => {}
        }
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    lines.retain(|line| *line < width);
    matrix(rows, aligned.unwrap_or("center"), 0.8, &lines)
}

fn side(alignment: ColumnAlignment) -> &'static str {
    match alignment {
        ColumnAlignment::Left => "left",
        ColumnAlignment::Center => "center",
        ColumnAlignment::Right => "right",
    }
}

fn changed(change: StateChange, rest: &[Value]) -> Value {
    match change {
        StateChange::Font(None) => json!(["open-row", rest]),
        StateChange::Font(Some(font)) => json!(["font", named(font), rest]),
        StateChange::Color(change) => {
            let (red, green, blue) = change.color;
            let kind = match change.target {
                ColorTarget::Text => "colour",
                ColorTarget::Background => "ground",
                ColorTarget::Border => "frame",
            };
            json!([kind, format!("#{red:02x}{green:02x}{blue:02x}"), rest])
        }
        StateChange::Style(style) => {
            let name = match style {
                Style::Display => "display",
                Style::Text => "text",
                Style::Script => "script",
                Style::ScriptScript => "scriptscript",
            };
            json!(["style", name, rest])
        }
    }
}

fn named(font: Font) -> &'static str {
    match font {
        Font::BoldScript => "boldscript",
        Font::BoldItalic => "bolditalic",
        Font::Bold => "bold",
        Font::BoldSymbol => "boldsymbol",
        Font::Fraktur => "fraktur",
        Font::Script => "script",
        Font::Monospace => "mono",
        Font::SansSerif => "sans",
        Font::DoubleStruck => "double",
        Font::DoubleStruckItalic => "doubleitalic",
        Font::Italic => "italic",
        Font::BoldFraktur => "boldfraktur",
        Font::SansSerifBoldItalic => "boldsansitalic",
        Font::SansSerifItalic => "sansitalic",
        Font::BoldSansSerif => "boldsans",
        Font::UpRight => "upright",
    }
}

/// A sign struck through: the sign that means it, where there is one.
fn negated(node: &Value) -> Value {
    let sign = node.get(1).and_then(Value::as_str).filter(|sign| sign.chars().count() == 1);
    let composed: Option<String> = sign.map(|sign| format!("{sign}\u{338}").nfc().collect());
    match composed.filter(|composed| composed.chars().count() == 1) {
        Some(composed) => json!(["r", composed]),
        None => json!(["not", node]),
    }
}

/// A length in widths of an `m`.
fn em(length: Dimension) -> f32 {
    let factor = match length.unit {
        DimensionUnit::Em => 1.0,
        DimensionUnit::Mu => 1.0 / 18.0,
        DimensionUnit::Ex => 0.43,
        DimensionUnit::Mm => 0.285,
        DimensionUnit::Cm => 2.85,
        DimensionUnit::In => 7.23,
        DimensionUnit::Bp | DimensionUnit::Pt | DimensionUnit::Dd => 0.1,
        DimensionUnit::Pc | DimensionUnit::Cc => 1.2,
        DimensionUnit::Sp => 0.0,
    };
    (length.value * factor).clamp(-3.0, 8.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_latex::{Parser, Storage};

    fn read(latex: &str) -> String {
        let storage = Storage::new();
        let events: Vec<Event> = Parser::new(latex, &storage).map(|event| event.unwrap()).collect();
        tree(&events).to_string()
    }

    #[test]
    fn elements_take_what_belongs_to_them() {
        assert_eq!(
            read(r"\frac{a}{b}c"),
            r#"["open-row",[["frac",["row",[["o","a"]]],["row",[["o","b"]]]],["o","c"]]]"#
        );
        assert_eq!(read("x_1^2"), r#"["open-row",[["s",["o","x"],["n","1"],["n","2"],"right"]]]"#);
        assert_eq!(read(r"a \not= b"), r#"["open-row",[["o","a"],["r","≠"],["o","b"]]]"#);
    }

    #[test]
    fn environments_have_rows_and_cells() {
        let matrix = read(r"\begin{matrix} a & b \\ c & d \\ \end{matrix}");
        assert_eq!(matrix.matches("open-row").count(), 5, "{matrix}");
        let lines = read(r"\begin{aligned} a &= b \\ &= c \end{aligned}");
        assert!(lines.starts_with(r#"["open-row",[["lines""#), "{lines}");
    }

    #[test]
    fn changes_apply_to_the_rest_of_their_group() {
        assert_eq!(read(r"{\bf a b} c"), r#"["open-row",[["row",[["font","bold",[["o","a"],["o","b"]]]]],["o","c"]]]"#);
    }
}
