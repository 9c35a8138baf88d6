//! Tables of cards as notes.

use super::notes::{Foreign, Remark, Sides};
use crate::load::Table;

/// The cards of a table. Columns are known by their names; without names the first two are the sides.
pub fn of_table(table: &Table) -> Vec<Foreign> {
    let columns = Columns::of(table);
    (1..).zip(&table.rows).map(|(number, row)| columns.foreign(table, number, row)).collect()
}

/// Where things stand in a row.
struct Columns {
    deck: Option<usize>,
    tags: Option<usize>,
    notetype: Option<usize>,
    front: usize,
    back: usize,
}

impl Columns {
    fn of(table: &Table) -> Columns {
        let [deck, tags, notetype] = [&["deck"][..], &["tags"], &["notetype", "note type"]].map(|n| table.column(n));
        let address = [deck, tags, notetype, table.column(&["guid"])];
        let mut others = (0..).filter(|index| !address.contains(&Some(*index)));
        let first = table.column(&["front", "question", "text"]).or_else(|| others.next()).unwrap_or(0);
        let second = table.column(&["back", "answer"]).unwrap_or(first + 1);
        Columns { deck, tags, notetype, front: first, back: second }
    }

    fn foreign(&self, table: &Table, number: i64, row: &[String]) -> Foreign {
        let cell = |index: usize| row.get(index).map(String::as_str).unwrap_or_default();
        let side = |index: usize| if table.html { cell(index).to_owned() } else { escaped(cell(index)) };
        let notetype = self.notetype.map(cell).unwrap_or_default();
        let (front, back) = (side(self.front), side(self.back));
        let (sides, why) = if notetype == "Recto Cloze" || front.contains("{{c") && is_cloze(notetype, &back) {
            (Sides::Gaps(front), back)
        } else if notetype == "Recto Choice" {
            // The fields are stem, options, the right ones and the reason.
            match options(&back).filter(|_| is_one_paragraph(&front)) {
                Some(options) => (Sides::Choice(front, options), side(self.back + 2)),
                None => (Sides::Pair(front + &back, side(self.back + 1)), side(self.back + 2)),
            }
        } else if notetype == "Recto Reversible" {
            (Sides::Both(front, back), side(self.back + 1))
        } else if notetype == "Recto Basic" {
            (Sides::Pair(front, back), side(self.back + 1))
        } else {
            (Sides::Pair(front, back), String::new())
        };
        let deck = self.deck.map(cell).filter(|deck| !deck.is_empty()).or(table.deck.as_deref()).unwrap_or_default();
        let all = || self.tags.map(cell).unwrap_or_default().split_whitespace();
        let has = |tag: &str| all().any(|known| known == tag);
        let remarks = [("recto::trap", Remark::Trap), ("recto::tip", Remark::Tip)];
        let remark = remarks.into_iter().find(|(tag, _)| has(tag)).map(|(_, remark)| remark);
        // recto's own tags of kinds come back by themselves.
        let tags = all().filter(|tag| !tag.starts_with("recto::")).map(str::to_owned).collect();
        Foreign { origin: (number, vec![0]), deck: deck.to_owned(), tags, sides, why, remark }
    }
}

/// Whether a row with gaps is one of a note type for them.
fn is_cloze(notetype: &str, back: &str) -> bool {
    back.is_empty() || notetype.to_lowercase().contains("cloze")
}

/// Whether a stem can be told from the list below it.
fn is_one_paragraph(stem: &str) -> bool {
    let blocks = ["<br", "<p", "<div", "<ul", "<ol", "<table"];
    !blocks.iter().any(|block| stem.contains(block))
}

/// The options of a list as recto writes it, each with whether it is right.
fn options(html: &str) -> Option<Vec<(String, bool)>> {
    let list = html.trim().strip_prefix("<div class=\"options")?.split_once('>')?.1.strip_suffix("</div>")?;
    let option = |part: &str| {
        let right = part.starts_with(" right\"");
        let (_, behind) = part.split_once("<div dir=\"auto\">")?;
        Some((behind.strip_suffix("</div></div>")?.to_owned(), right))
    };
    list.strip_prefix(OPTION)?.split(OPTION).map(option).collect()
}

/// How an option begins; its text cannot hold this, since marks of HTML are escaped in it.
const OPTION: &str = "<div class=\"option";

/// Plain text as HTML.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace("\r\n", "<br>").replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_cards() {
        let names = ["Front", "Back", "Tags"].map(str::to_owned).to_vec();
        let rows = vec![
            ["a<b", "c", "x recto::fact"].map(str::to_owned).to_vec(),
            ["{{c1::gap}} here", "", ""].map(str::to_owned).to_vec(),
        ];
        let cards = of_table(&Table { names, rows, ..Table::default() });
        assert_eq!(cards[0].sides, Sides::Pair("a&lt;b".into(), "c".into()));
        assert_eq!(cards[0].tags, ["x"]);
        assert_eq!(cards[1].sides, Sides::Gaps("{{c1::gap}} here".into()));
    }
}
