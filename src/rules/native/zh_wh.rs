//! How a Chinese question asks for what stands behind a verb: 什么, 哪些, 多少, 哪一年, or for the means and
//! its aim apart.

use super::chinese::glued;
use super::zh_clause::{Found, pivot};
use super::zh_number::is_quantity;
use crate::language::chinese::CLASSIFIERS;
use crate::language::sentence::items;
use crate::markdown::text::Text;

/// The question words for an object, each with its answer.
pub(super) fn wh(found: &Found, object: &Text) -> Vec<(String, Text)> {
    let plain = object.plain();
    let bare = plain.split(['（', '(']).next().unwrap_or(plain).trim();
    if let Some((counted, list)) = counted(object) {
        return vec![(counted, list)];
    }
    if matches!(found.frame.asks, "什么时候" | "哪里") && is_quantity(bare)
        || found.frame.says == "是" && bare.ends_with('年') && is_quantity(bare)
    {
        return if bare.ends_with('年') { vec![("哪一年".into(), object.clone())] } else { Vec::new() };
    }
    let measured = matches!(found.frame.says, "是" | "为" | "等于")
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && !bare.contains('的');
    if is_quantity(bare) || measured && found.frame.says != "是" {
        return vec![("多少".into(), object.clone())];
    }
    if let Some((tool, aim)) = by_means(found, object) {
        return means(object, &tool, &aim);
    }
    if let Some((end, place)) = beside(plain).filter(|_| matches!(found.frame.asks, "哪里" | "什么")) {
        return vec![(format!("什么{end}"), object.slice(0..place).trim())];
    }
    let several = items(&object.mask()).len() > 1 && plain.contains('、');
    let asks = if several && matches!(found.frame.says, "包含" | "支持" | "使用" | "采用" | "提供" | "具有")
    {
        if found.frame.says == "具有" && bare.ends_with('性') { "哪些特性" } else { "哪些" }
    } else if found.frame.asks == "哪些"
        && items(&object.mask()).len() < 2
        && !plain.contains(['、', '和', '与', '及', '或'])
    {
        "什么"
    } else {
        found.frame.asks
    };
    vec![(asks.into(), object.clone())]
}

/// The word of place that ends an answer (`TCP 之上`), which the question keeps, and where the rest ends.
fn beside(plain: &str) -> Option<(&'static str, usize)> {
    let end = ["之上", "之下", "之外"].into_iter().find(|end| plain.ends_with(*end))?;
    let rest = plain[..plain.len() - end.len()].trim_end();
    (!rest.is_empty() && !rest.contains(['，', '、'])).then_some((end, rest.len()))
}

/// `两个密钥：一个公钥，一个私钥` asked for as `哪两个密钥`.
fn counted(object: &Text) -> Option<(String, Text)> {
    let plain = object.plain();
    let (head, list) = plain.split_once(['：', ':'])?;
    let mut chars = head.chars();
    let number = chars.next().is_some_and(|c| "两二三四五六七八九十".contains(c) || c.is_ascii_digit());
    let classified = chars.find(|c| !c.is_whitespace()).is_some_and(|c| CLASSIFIERS.contains(c));
    let start = plain.len() - list.len();
    (number && classified && head.chars().count() <= 12)
        .then(|| (format!("哪{head}"), object.slice(start..plain.len()).trim()))
}

/// The questions for a means, and for its purpose where the sentence names one.
fn means(object: &Text, tool: &Text, aim: &Text) -> Vec<(String, Text)> {
    let asks = glued(Text::words("什么"), aim, object.plain());
    let mut out = vec![(asks.plain().to_owned(), tool.clone())];
    for (verb, asks) in [("用作", "什么"), ("用来", "做什么")] {
        let Some(rest) = aim.plain().strip_prefix(verb) else { continue };
        let front = glued(tool.clone(), &Text::words(format!("{verb}{asks}")), object.plain());
        let start = aim.plain().len() - rest.len();
        out.push((front.plain().to_owned(), aim.slice(start..aim.plain().len()).trim()));
    }
    out.retain(|(_, answer)| !answer.is_blank());
    out
}

/// `SSL 协议用作加密` behind 使用: the means is asked for, the aim stays in the question.
fn by_means(found: &Found, object: &Text) -> Option<(Text, Text)> {
    if !matches!(found.frame.says, "使用" | "采用" | "采取" | "以" | "用" | "通过" | "依赖") {
        return None;
    }
    let mask = object.mask();
    let core = mask.strip_suffix('）').and_then(|_| mask.rfind('（')).map_or(&*mask, |open| &mask[..open]);
    let (at, end) = pivot(&mask).map(|at| (at, mask.len())).or_else(|| pivot(core).map(|at| (at, core.len())))?;
    Some((object.slice(0..at).trim(), object.slice(at..end).trim()))
}
