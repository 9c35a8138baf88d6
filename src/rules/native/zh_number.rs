//! Quantities in Chinese text: a number with the unit behind it, no version and no part of a name.

use std::ops::Range;

use crate::language::chinese::UNITS;

/// The quantities of a text: whole number and unit.
pub fn quantities(mask: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = mask[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let end = number_end(mask, start);
        at = end;
        let unit = unit_end(mask, end);
        let named =
            mask[..start].trim_end_matches(' ').ends_with(|c: char| c.is_ascii_alphabetic() || "-/._#".contains(c));
        let named = named && out.last().is_none_or(|last| &mask[last.end..start] != "-");
        let ranges = mask[end..].strip_prefix('-').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        let joins = !ranges && mask[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let ordinal = mask[..start].trim_end().ends_with('第');
        let inner = !mask[end..].is_empty()
            && !ranges
            && !mask[end..].trim_start().starts_with(['，', '。', '；', '、', ',', '~', '～', '-', '到', '至', '之']);
        if ordinal
            || unit.is_none()
                && (named
                    || joins
                    || inner && !mask[end..].trim().is_empty()
                    || mask[end..].starts_with(['）', ')', '、', '.']))
        {
            continue;
        }
        if named && !mask[..start].ends_with(' ') {
            continue;
        }
        out.push(start..unit.unwrap_or(end));
        at = unit.unwrap_or(end);
    }
    joined(mask, out)
}

/// `3-5 天` and `100~200 米` as one quantity.
fn joined(mask: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let between = out.last().map(|last| mask[last.end..range.start].trim());
        match (between, out.last_mut()) {
            (Some("" | "-" | "~" | "～" | "至" | "到" | "–" | "—"), Some(last)) => last.end = range.end,
            _ => out.push(range),
        }
    }
    out
}

fn number_end(mask: &str, start: usize) -> usize {
    let mut end = start;
    for (at, c) in mask[start..].char_indices() {
        let inner = matches!(c, '.' | ',') && mask[start + at + 1..].starts_with(|n: char| n.is_ascii_digit());
        if !c.is_ascii_digit() && !inner {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

/// The end of the unit behind a number.
fn unit_end(mask: &str, end: usize) -> Option<usize> {
    let blank = mask[end..].len() - mask[end..].trim_start_matches(' ').len();
    let rest = &mask[end + blank..];
    let magnitude = rest.chars().next().filter(|c| matches!(c, '万' | '亿' | '多' | '余')).map_or(0, char::len_utf8);
    let inner = &rest[magnitude..];
    let unit = UNITS.iter().filter(|u| inner.starts_with(**u)).max_by_key(|u| u.len());
    let fits = unit.is_some_and(|u| {
        !u.is_ascii() || !inner[u.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/')
    });
    match (fits, magnitude) {
        (true, _) => unit.map(|u| end + blank + magnitude + u.len()),
        (false, 0) => None,
        (false, _) => Some(end + blank + magnitude),
    }
}

/// Whether words are a single quantity, perhaps with 约 or 至少 in front.
pub fn is_quantity(words: &str) -> bool {
    let mut rest = words.trim();
    for lead in ["大约", "约", "至少", "至多", "最多", "最少", "不超过", "大于", "小于"] {
        rest = rest.strip_prefix(lead).unwrap_or(rest).trim_start();
    }
    let found = quantities(rest);
    matches!(found.as_slice(), [one] if one.start == 0 && one.end == rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        quantities(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn a_gap_is_the_whole_number_with_its_unit() {
        assert_eq!(found("默认端口为 80"), ["80"]);
        assert_eq!(found("对称密钥至少 128 比特，首次发布于 1996 年"), ["128 比特", "1996 年"]);
        assert_eq!(found("长江全长约6300公里，人口14亿"), ["6300公里", "14亿"]);
        assert_eq!(found("缓存 3-5 天"), ["3-5 天"]);
    }

    #[test]
    fn versions_and_names_are_no_quantities() {
        assert!(found("TLS 1.2 和 HTTP/1.1，AES-128-GCM，RSA-2048/4096").is_empty());
        assert!(is_quantity("约 128 比特") && is_quantity("443") && !is_quantity("80 端口的服务"));
    }
}
