//! Labels, list leads, table columns and headings that name an aspect of a thing, in another language
//! than English: `**Port:** 80`, `Ventajas:` with a list, `| 端口 |`.

use super::chinese::glued;
use super::zh_clause::{clauses, find};
use super::zh_number::is_quantity;
use crate::card::{Body, Content, Kind, Part};
use crate::language::Language;
use crate::language::chinese::{MANY, OWNED};
use crate::language::sentence::items;
use crate::markdown::block::{Block, BlockKind, Item};
use crate::markdown::text::Text;
use crate::rules::draft::{Draft, Made, capitalised, one_gap, question};
use crate::rules::head::{head, remark};
use crate::rules::scene::{Scene, Site};
use crate::rules::term::bare;
use crate::rules::{Rule, label};

/// The most items that are learnt as a whole.
const MOST: usize = 7;

/// Whether a label names an aspect: one that the table knows, or one that the note repeats.
pub fn is_aspect(scene: &Scene, name: &str) -> bool {
    let name = name.trim();
    let known = match scene.language {
        Language::Chinese => OWNED.contains(&name) || MANY.contains(&name),
        language => language.table().is_some_and(|t| t.aspect(name).is_some() || t.is_meta(&name.to_lowercase())),
    };
    known || scene.repeated_labels.contains(&name.to_lowercase())
}

/// Whether the first column of a table lists what things have in plenty (advantages, say), so that its
/// rows name no things.
pub fn is_listed(scene: &Scene, heading: &str) -> bool {
    let heading = heading.trim();
    match scene.language {
        Language::Chinese => MANY.contains(&heading) && !matches!(heading, "方法" | "类型" | "种类" | "状态" | "方式"),
        language => language.table().is_some_and(|t| {
            t.aspect(heading).is_some_and(|a| a.contains("sind") || a.contains("son ") || a.contains("sont"))
        }),
    }
}

/// Whether the label of a bullet names an aspect, as most labels of its list do.
pub fn is_label(scene: &Scene, site: &Site, name: &str) -> bool {
    if is_aspect(scene, name) {
        return true;
    }
    let list = site.parent.map(|p| &p.kind).filter(|_| site.item().is_some());
    let Some(BlockKind::List { items, .. }) = list else { return false };
    let heads: Vec<_> = items.iter().filter_map(|i| i.text().and_then(head)).collect();
    let known = heads.iter().filter(|h| is_aspect(scene, &h.name)).count();
    heads.len() > 1 && known * 2 >= heads.len() && !name.trim().contains(' ')
}

/// The term in bold of the paragraph before the list that a label stands in, of which the list speaks.
pub fn lead_term(scene: &Scene, site: &Site) -> Option<Text> {
    let list = site.parent.filter(|_| site.item().is_some() && site.outer_item().is_none())?;
    let from = scene.sites.partition_point(|s| s.block.span.start < list.span.start);
    let around = scene.sites[from..].iter().take(3).find(|s| std::ptr::eq(s.block, list))?;
    let BlockKind::Paragraph(text) = &around.before()?.kind else { return None };
    if let Some(head) = head(text).filter(|h| h.bold && !h.remark) {
        return Some(bare(&text.slice(head.term)));
    }
    let bold = !text.runs().is_empty() && text.runs().iter().all(|r| r.style.strong);
    let name = bare(&text.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '：')));
    (bold && name.plain().split_whitespace().count() <= 6 && !is_aspect(scene, name.plain())).then_some(name)
}

/// The question for an aspect of a thing; `None` where the table does not know the aspect.
pub fn front(scene: &Scene, name: &Text, label: &Text, value: Option<&Text>) -> Option<Text> {
    let plain = label.plain().trim();
    if scene.language == Language::Chinese {
        return chinese(name, label, value);
    }
    let table = scene.language.table()?;
    let asks = table.aspect(plain)?;
    let proper = name.plain().split(' ').all(super::spaced::is_proper);
    let template = if proper { table.fronts.of } else { table.fronts.about };
    let capital = template.replace("{A}", &capitalised_question(asks)).replace("{a}", asks);
    let (before, behind) = capital.split_once("{}")?;
    let name = if before.is_empty() { super::spaced::capital(name) } else { name.clone() };
    Some(Text::words(before).join(&name).then(behind))
}

/// The first letter as a capital, behind an opening mark.
fn capitalised_question(asks: &str) -> String {
    let start = asks.find(char::is_alphabetic).unwrap_or(0);
    let letter = asks[start..].chars().next().map_or(0, char::len_utf8);
    format!("{}{}{}", &asks[..start], asks[start..start + letter].to_uppercase(), &asks[start + letter..])
}

fn chinese(name: &Text, label: &Text, value: Option<&Text>) -> Option<Text> {
    let plain = label.plain().trim();
    let short = (1..=10).contains(&plain.chars().count()) && !plain.is_ascii();
    let asks = plain.contains("是否")
        || plain.contains(['？', '?', '、', '/', '+', '（', '('])
        || name.plain().ends_with(['？', '?']);
    if !short || asks {
        return None;
    }
    let terse = |v: &Text| v.plain().contains('、') && v.plain().split('、').all(|i| i.chars().count() <= 12);
    let several = value.is_some_and(terse);
    let of = glued(name.clone(), &Text::words("的"), name.plain());
    let stem = glued(of, label, label.plain());
    let dated = matches!(plain, "时间" | "日期") || ["发生时间", "成立时间", "发布时间", "出版时间"].contains(&plain);
    let tail = match value {
        _ if dated => "是什么时候？",
        _ if ["人", "者"].iter().any(|e| plain.ends_with(e)) => "是谁？",
        Some(value) if is_quantity(value.plain()) => "是多少？",
        Some(_) if several && MANY.contains(&plain) => "有哪些？",
        None if is_many(plain) => "有哪些？",
        _ => "是什么？",
    };
    Some(glued(stem, &Text::words(tail), label.plain()))
}

/// The card of a value: a question where the aspect is known, else the value as a gap behind its names.
pub fn value(scene: &Scene, name: &Text, label: &Text, value: &Text) -> Option<Made> {
    let value = value.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | '。' | '；' | ';'));
    if super::is_open(&value)
        || super::points(value.plain())
        || super::is_working(label)
        || !name.plain().chars().any(char::is_alphabetic)
    {
        return None;
    }
    let long = value.plain().chars().count() > if scene.language == Language::Chinese { 80 } else { 160 };
    if long
        || !super::is_content(&value)
        || !super::is_content(label)
        || value.is_blank()
        || name.is_blank()
        || !scene.reads(&value)
    {
        return None;
    }
    let (dash, colon) = if scene.language == Language::Chinese { ("：", "：") } else { (" – ", ": ") };
    let text = name.clone().then(dash).join(label).then(colon).join(&value);
    let gapped = one_gap(&text, text.plain().len() - value.plain().len()..text.plain().len());
    match front(scene, name, label, Some(&value)) {
        Some(front) => Some(Made { body: question(front, value), fallback: gapped }),
        None => Some(Made { body: gapped?, fallback: None }),
    }
}

/// The card of a table's cell; `parts` are the thing, the aspect and the value.
pub fn cell(scene: &Scene, parts: (&Text, &Text, &Text), gap: Option<Body>) -> Option<Made> {
    let (thing, aspect, value) = parts;
    let named = thing.plain().chars().any(char::is_alphanumeric);
    if !named || value.plain().trim_start().starts_with(['✅', '❌', '☑']) || !super::is_content(value) {
        return None;
    }
    match front(scene, thing, aspect, Some(value)) {
        Some(front) => Some(Made { body: question(front, value.clone()), fallback: gap }),
        None => Some(Made { body: gap?, fallback: None }),
    }
}

/// A labelled bullet or paragraph: `**Port:** 80`.
pub fn labelled(scene: &Scene, text: &Text, subject: &Text) -> Vec<(Kind, Made)> {
    let Some(head) = head(text).filter(|h| !super::is_link(&h.name)) else { return Vec::new() };
    let (label, rest) = (bare(&text.slice(head.term.clone())), text.slice(head.rest.clone()));
    if super::is_working(&label) {
        return Vec::new();
    }
    let inner = crate::rules::fact::Subject { name: subject.clone(), ..Default::default() };
    let sentences = crate::language::sentence::sentences(&rest.mask()).len() > 1;
    let bare_value = clauses(&rest.mask()).len() == 1 && find(&rest.mask()).is_none();
    if scene.language == Language::Chinese && !bare_value {
        let passage = super::chinese::Passage { subject: Some(subject), label: Some(&label), elides: false };
        let read = super::chinese::facts(&passage, &rest);
        if !read.is_empty() {
            return read.into_iter().map(|(made, _)| (Kind::Fact, made)).collect();
        }
    }
    if sentences {
        return super::facts(scene, Some(&inner), &rest).into_iter().map(|(made, _)| (Kind::Fact, made)).collect();
    }
    let many = items(&rest.mask()).len();
    let kind = if (3..=MOST).contains(&many) { Kind::List } else { Kind::Fact };
    value(scene, subject, &label, &rest).map(|made| (kind, made)).into_iter().collect()
}

/// Lists and short enumerations that say an aspect of the heading's thing.
pub fn lists(scene: &Scene, rule: &Rule, site: &Site) -> Option<Draft> {
    match &site.block.kind {
        BlockKind::Paragraph(text) => {
            behind_label(scene, rule, site, text).or_else(|| enumeration(scene, rule, site, text))
        }
        BlockKind::List { items, .. } => below_heading(scene, rule, site, items),
        _ => None,
    }
}

/// `Vorteile:` and the short items below it.
fn behind_label(scene: &Scene, rule: &Rule, site: &Site, text: &Text) -> Option<Draft> {
    let label = bare(&text.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '：')));
    let announced = text.plain().trim_end().ends_with([':', '：']) || text.runs().iter().all(|r| r.style.strong);
    let Some(Block { kind: BlockKind::List { items, .. }, span }) = site.after().first() else { return None };
    if !announced || remark(label.plain()).is_some() || !is_aspect(scene, label.plain()) {
        return None;
    }
    let name = label::subject_of(scene, site, scene.topic(site).subject.clone())?;
    let draft = listed(scene, rule, (&name, &label), items)?;
    let anchor = site.block.span.to(*span);
    Some(draft.at(anchor, anchor).under(site))
}

/// The list directly below `## Vorteile`.
fn below_heading(scene: &Scene, rule: &Rule, site: &Site, items: &[Item]) -> Option<Draft> {
    let (name, label) = heading_aspect(scene, site)?;
    let draft = listed(scene, rule, (&name, &label), items)?;
    let draft = draft.at(site.block.span, site.block.span).under(site);
    // Terms that are explained are cards of their own as well.
    Some(if terms(items).is_some() { draft.aside() } else { draft })
}

/// Whether a Chinese aspect is one of several: `必要条件`, `处理方法`.
fn is_many(aspect: &str) -> bool {
    MANY.iter().any(|many| aspect.ends_with(many))
}

/// The terms of a list that explains each of its items.
fn terms(items: &[Item]) -> Option<Vec<Text>> {
    let term = |item: &Item| {
        let text = item.text()?;
        head(text).filter(|head| !head.remark && !super::is_link(&head.name)).map(|head| bare(&text.slice(head.term)))
    };
    items.iter().map(term).collect()
}

/// `扩展性强、速度快、跨平台支持性好。` below `## 优点`.
fn enumeration(scene: &Scene, rule: &Rule, site: &Site, text: &Text) -> Option<Draft> {
    let (name, label) = heading_aspect(scene, site)?;
    let value = text.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | '。'));
    let mask = value.mask();
    let parts = items(&mask);
    let terse = parts.iter().all(|r| mask[r.clone()].chars().count() <= 14);
    let wide = mask.contains('、') && !mask.contains(['，', '。', '；']);
    if !(2..=MOST).contains(&parts.len()) || !terse || !wide {
        return None;
    }
    let front = front(scene, &name, &label, Some(&value))?;
    let made = Made { body: question(front, value), fallback: None };
    Some(Draft::new(rule, Kind::List, made).at(scene.span_of(text)?, site.block.span).under(site))
}

/// The thing and the aspect that the heading right above a block names.
fn heading_aspect(scene: &Scene, site: &Site) -> Option<(Text, Text)> {
    let announces = |b: &Block| {
        let plain = b.text().map(|t| t.plain().trim_end()).unwrap_or_default();
        !b.is_heading() && plain.ends_with([':', '：']) && plain.chars().count() <= 40
    };
    let lead = site.before().filter(|b| announces(b)).map_or(1, |_| 2);
    site.index.checked_sub(lead).map(|at| &site.siblings[at]).filter(|b| b.is_heading())?;
    let topic = scene.topic(site);
    let aspect = topic.aspect.as_ref()?;
    let name = topic.subject.clone().filter(|n| !scene.is_remark(n))?;
    Some((name, Text::words(aspect)))
}

fn listed(scene: &Scene, rule: &Rule, of: (&Text, &Text), items: &[Item]) -> Option<Draft> {
    let counted = scene.language != Language::Chinese || is_many(of.1.plain().trim());
    let explained = terms(items).filter(|_| counted && items.len() > 2);
    let plain = || items.iter().filter_map(Item::text).map(tidy).collect();
    let texts: Vec<Text> = explained.unwrap_or_else(plain);
    let most = if scene.language == Language::Chinese { 24 } else { 60 };
    let terse =
        texts.iter().all(|t| !t.is_blank() && t.plain().chars().count() <= most && head(t).is_none() && scene.reads(t));
    let flat = texts.len() == items.len() && items.iter().all(|i| i.rest().is_empty() && i.checked.is_none());
    if !terse || !flat || !(2..=MOST).contains(&texts.len()) {
        return None;
    }
    let front = front(scene, of.0, of.1, None)?;
    let items = texts.iter().map(|t| Content::text(capitalised(t))).collect();
    let answer = Content(vec![Part::List { start: None, items }]);
    let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
    Some(Draft::new(rule, Kind::List, made))
}

fn tidy(text: &Text) -> Text {
    bare(&text.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | '。' | ';' | '；' | ',' | '，')))
}
