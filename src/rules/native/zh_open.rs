//! Chinese questions that several answers fit or whose answer stands on their front.

use crate::card::{Body, Content};
use crate::markdown::text::Text;
use crate::rules::draft::question as asks;
use crate::rules::scene::Scene;
use crate::rules::worth::{gaps, single};

/// Words that say of which sort a thing is, with or without which it is the same.
const SORTS: &[&str] = &["协议", "算法", "技术", "服务", "系统", "语言"];

/// A card of which one answer fits and is not told by it, asked more narrowly where that makes it so.
pub(crate) fn closed(scene: &Scene, body: &Body) -> Option<Body> {
    if is_closed(scene, body) { Some(body.clone()) } else { layered(body) }
}

/// `X 是应用层协议` asks for the layer.
fn layered(body: &Body) -> Option<Body> {
    let (name, said) = match body {
        Body::Question { question, answer } => {
            (single(question)?.plain().strip_suffix("是什么？")?.trim().to_owned(), single(answer)?.clone())
        }
        Body::Cloze { text } => {
            let text = single(text)?;
            let (start, end) = gaps(text).first().copied()?;
            let name = text.plain()[..start].trim_end().strip_suffix('是')?.trim().to_owned();
            (name, text.restyle(|style| style.gap = None).slice(start..end))
        }
        _ => return None,
    };
    let plain = said.plain();
    let sort = ["协议", "设备", "服务"].into_iter().find(|sort| plain.ends_with(&format!("层{sort}")))?;
    let lead = ["一种", "一个"].iter().find(|lead| plain.starts_with(**lead)).map_or(0, |lead| lead.len());
    let layer = said.slice(lead..plain.len() - sort.len());
    let fits = (2..=8).contains(&layer.plain().chars().count()) && !name.is_empty();
    let blank = if name.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    fits.then(|| asks(Text::words(format!("{name}{blank}是哪一层的{sort}？")), layer))
}

fn is_closed(scene: &Scene, body: &Body) -> bool {
    match body {
        Body::Question { question, answer } => match (single(question), single(answer)) {
            (Some(question), Some(answer)) => {
                let name = question.plain().strip_suffix("是什么？");
                !is_shown(question.plain(), answer.plain()) && name.is_none_or(|name| !is_many(scene, name.trim()))
            }
            _ => true,
        },
        Body::Cloze { text } => !says_what(scene, text),
        _ => true,
    }
}

/// `HTTP 的 URL 前缀是什么？` and `http://`: an answer in Latin letters that the front holds.
fn is_shown(front: &str, answer: &str) -> bool {
    let bare: String = answer.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let latin = bare.len() > 1 && bare.is_ascii() && bare.contains(|c: char| c.is_ascii_lowercase());
    latin && front.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == bare)
}

/// Whether a text hides what its thing is, and the note says more than once what that is.
fn says_what(scene: &Scene, text: &Content) -> bool {
    let Some(text) = single(text) else { return false };
    let Some((start, _)) = gaps(text).first().copied() else { return false };
    let before = text.plain()[..start].trim_end();
    let name = before.strip_suffix('是').map(str::trim).filter(|name| !name.is_empty());
    gaps(text).len() == 1 && name.is_some_and(|name| name.is_ascii() && is_many(scene, name))
}

/// Whether the note says of a thing more than once what it is.
fn is_many(scene: &Scene, name: &str) -> bool {
    let bare = SORTS.iter().find_map(|sort| name.strip_suffix(sort)).unwrap_or(name).trim();
    if bare.is_empty() {
        return false;
    }
    let told = |rest: &str| {
        let rest = rest.trim_start();
        let rest = SORTS.iter().find_map(|sort| rest.strip_prefix(sort)).unwrap_or(rest).trim_start();
        let behind =
            if rest.starts_with('（') { rest.split_once('）').map_or(rest, |(_, behind)| behind) } else { rest };
        let rest = behind.trim_start_matches(['，', ' ']);
        let said = rest.strip_prefix('是').filter(|said| !said.starts_with(['否', '不', '什']));
        said.is_some_and(|said| !said.starts_with("基于") && !said.starts_with("指"))
    };
    let text: &str = &scene.document.file.text;
    let whole =
        |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '和' | '与'));
    text.match_indices(bare).filter(|(at, found)| whole(*at) && told(&text[at + found.len()..])).take(2).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_front_shows_is_no_answer() {
        assert!(is_shown("HTTP 的 URL 前缀是什么？", "http://"));
        assert!(!is_shown("SSH 的端口是多少？", "22"));
        assert!(!is_shown("TLS 运行在什么之上？", "TCP"));
    }
}
