//! What the blocks below a heading speak of, in another language than English: the thing that the
//! heading names, or an aspect of a thing that it or a larger heading names.

use crate::language::chinese::{MANY, META, OWNED, SUFFIXES};
use crate::language::detect::is_han;
use crate::language::{Language, is_emoji};
use crate::markdown::text::Text;
use crate::rules::scene::Site;
use crate::rules::topic::{Topic, clean_heading};

/// Beginnings of headings that say how things are sorted, not what they are.
const GENERIC: &[&str] = &[
    "wichtige ", "häufige ", "typische ", "allgemeine ", "weitere ", "importantes ", "puntos ", "ideas ",
    "principales ", "points ", "remarques ", "quelques ", "algunos ", "algunas ", "einige ", "los principales ",
    "les principaux ",
];

/// Words before an aspect that say which aspect it is, not of what: `必要条件`, `处理方法`.
const QUALIFIERS: &[&str] = &[
    "必要", "充分", "充要", "基本", "主要", "常见", "常用", "核心", "重要", "关键", "一般", "特殊", "其他", "其它",
    "具体", "处理", "解决", "使用", "实现", "检测", "预防", "应用", "适用", "工作", "组成", "典型", "产生", "触发",
    "注意",
];

/// Headings of lists that lead elsewhere.
const SILENT: &[&str] = &[
    "inhalt", "inhaltsverzeichnis", "gliederung", "quellen", "quellenverzeichnis", "literatur", "links", "weblinks",
    "contenido", "contenidos", "índice", "bibliografía", "referencias", "enlaces", "fuentes", "recursos", "sommaire",
    "table des matières", "bibliographie", "références", "liens", "sources", "ressources", "目录", "参考", "参考资料",
    "参考文献", "参考链接", "相关链接", "延伸阅读", "扩展阅读", "推荐阅读", "references", "contents",
    "table of contents",
];

/// Whether a block stands below a heading of a list that leads elsewhere.
pub fn is_silent(site: &Site) -> bool {
    let silent = |heading: &Text| {
        SILENT.contains(&clean_heading(heading).plain().trim_matches(is_emoji).trim().to_lowercase().as_str())
    };
    site.heading().is_some_and(silent)
}

/// The topic below a trail of headings.
pub fn topic(trail: &[&Text], language: Language) -> Topic {
    let mut topic = Topic::default();
    for heading in trail.iter().rev() {
        let heading = clean_heading(heading).trim_matches(|c| c.is_whitespace() || is_emoji(c));
        if heading.is_blank() {
            return topic;
        }
        if let Some(asked) = asked(&heading, language) {
            topic.subject = Some(asked);
            return topic;
        }
        if heading.plain().ends_with(['?', '？']) {
            return topic;
        }
        if is_number(heading.plain()) {
            continue;
        }
        let (thing, aspect) = parts(&heading, language);
        if let Some(aspect) = aspect {
            topic.aspect.get_or_insert(aspect);
        }
        if let Some(thing) = thing {
            topic.subject = Some(thing);
            return topic;
        }
    }
    topic
}

/// Whether a heading only counts: `Einheit 4`, `Tema 3`.
fn is_number(heading: &str) -> bool {
    let mut words = heading.split(' ');
    let (first, last) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let digits = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || c == '.');
    words.next().is_none() && digits(last) && first.chars().skip(1).all(char::is_lowercase) && first.len() > 3
}

/// The thing of a heading that asks what it is.
fn asked(heading: &Text, language: Language) -> Option<Text> {
    let (plain, lower) = (heading.plain(), heading.plain().to_lowercase());
    if language == Language::Chinese {
        let core = plain.trim_end_matches(['?', '？']);
        let range = match (core.strip_prefix("什么是"), core.strip_suffix("是什么")) {
            (Some(rest), _) => core.len() - rest.len()..core.len(),
            (_, Some(rest)) => 0..rest.len(),
            _ => return None,
        };
        return Some(heading.slice(range).trim()).filter(|t| !t.is_blank());
    }
    if lower.len() != plain.len() {
        return None;
    }
    let (lead, _) = language.table()?.what_is.iter().find(|(lead, _)| lower.starts_with(lead))?;
    let rest =
        heading.slice(lead.len()..plain.trim_end_matches(['?', ' ', '\u{a0}', '\u{202f}']).len().max(lead.len()));
    let whole = rest.plain().split_whitespace().count() <= 4 && !rest.plain().contains([',', '?']);
    Some(rest.trim()).filter(|t| whole && !t.is_blank())
}

/// The thing that a heading names, and the aspect of it.
fn parts(heading: &Text, language: Language) -> (Option<Text>, Option<String>) {
    match (language, language.table()) {
        (Language::Chinese, _) => chinese(heading),
        (_, Some(table)) => {
            let plain = heading.plain();
            let lower = plain.to_lowercase();
            if table.is_meta(&lower) || table.aspect(&lower).is_some() || GENERIC.iter().any(|g| lower.starts_with(g)) {
                return (None, Some(plain.to_owned()));
            }
            for joint in table.joints {
                if let Some((aspect, thing)) = plain.split_once(joint).filter(|(a, _)| table.aspect(a).is_some()) {
                    return (Some(heading.slice(plain.len() - thing.len()..plain.len())), Some(aspect.to_owned()));
                }
            }
            let words: Vec<&str> = lower.split_whitespace().collect();
            let first = words.first().copied().unwrap_or_default();
            let said = words.len() > 7
                || [table.no_subject, table.pointing].iter().any(|list| list.contains(&first))
                || words.iter().any(|w| matches!(*w, "vous" | "nous" | "usted" | "wir"))
                || plain.contains(['!', '…', ';']);
            ((!said).then(|| named(heading)), None)
        }
        _ => (Some(named(heading)).filter(|n| n.plain().split_whitespace().count() <= 7), None),
    }
}

fn chinese(heading: &Text) -> (Option<Text>, Option<String>) {
    let plain = heading.plain().trim();
    if META.contains(&plain) || OWNED.contains(&plain) || MANY.contains(&plain) {
        return (None, Some(plain.to_owned()));
    }
    let aspects = OWNED.iter().chain(MANY).filter(|a| plain.ends_with(**a) && a.chars().count() > 1);
    let known = aspects.max_by_key(|a| a.len());
    let suffix = SUFFIXES.iter().filter(|s| plain.ends_with(**s)).max_by_key(|s| s.len());
    let (end, aspect) = match (known, suffix) {
        (Some(aspect), suffix) if suffix.is_none_or(|s| s.len() <= aspect.len()) => {
            (plain.len() - aspect.len(), Some(*aspect))
        }
        (_, Some(suffix)) => (plain.len() - suffix.len(), None),
        _ => (plain.len(), None),
    };
    let thing = plain[..end].trim_end();
    if aspect.is_some() && QUALIFIERS.contains(&thing) {
        return (None, Some(plain.to_owned()));
    }
    if plain.chars().count() > 20 || plain.contains(['，', '。', '！', '!']) {
        return (None, None);
    }
    let joined = thing.ends_with(['和', '与', '及', '、']);
    let bare = thing.strip_suffix('的').unwrap_or(thing).trim_end();
    if bare.is_empty() || joined {
        return (Some(named(heading)), None);
    }
    (Some(named(&heading.slice(0..bare.len()))), aspect.map(str::to_owned))
}

/// The thing before a dash, a colon or a bracket that holds more than an abbreviation.
fn named(heading: &Text) -> Text {
    let heading = &heading.trim_matches(|c| c.is_whitespace() || is_emoji(c));
    let plain = heading.plain();
    // `计算机网络 - 传输层`: a series and its part.
    if let Some((series, part)) = plain.split_once(" - ").filter(|(a, b)| [a, b].iter().all(|w| w.chars().all(is_han)))
    {
        return heading.slice(series.len() + " - ".len()..series.len() + " - ".len() + part.len());
    }
    let cut = [" – ", " — ", " - ", ": ", "：", " (", "（"].iter().filter_map(|c| plain.find(c)).min();
    let short = heading.slice(0..cut.filter(|c| *c > 0).unwrap_or(plain.len())).trim();
    if short.is_blank() { heading.clone() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headings: &[&str], language: Language) -> (Option<String>, Option<String>) {
        let texts: Vec<Text> = headings.iter().map(Text::words).collect();
        let trail: Vec<&Text> = texts.iter().collect();
        let topic = topic(&trail, language);
        (topic.subject.map(|s| s.plain().to_owned()), topic.aspect)
    }

    #[test]
    fn headings_name_a_thing_or_an_aspect_of_one() {
        let pair = |a: &str, b: Option<&str>| (Some(a.to_owned()), b.map(str::to_owned));
        assert_eq!(of(&["Vorteile von Docker"], Language::German), pair("Docker", Some("Vorteile")));
        assert_eq!(of(&["Docker", "Vorteile"], Language::German), pair("Docker", Some("Vorteile")));
        assert_eq!(of(&["¿Qué es Docker?"], Language::Spanish), pair("Docker", None));
        assert_eq!(of(&["HTTP 协议优点"], Language::Chinese), pair("HTTP 协议", Some("优点")));
        assert_eq!(of(&["一、HTTP 协议介绍"], Language::Chinese), pair("HTTP 协议", None));
        assert_eq!(of(&["SSL/TLS 的工作原理"], Language::Chinese), pair("SSL/TLS", Some("工作原理")));
    }
}
