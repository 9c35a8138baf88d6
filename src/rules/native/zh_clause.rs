//! The clauses of a Chinese sentence, and the frame of each: which verb, what before it, what behind it.

use std::ops::Range;

use crate::language::chinese::{
    ADVERBS, FRAMES, Frame, INSIDE_WORDS, LEADS, NO_COPULA_BEFORE, NO_COPULA_BEHIND, POINTING, VAGUE,
};
use crate::language::sentence::split_outside;

/// The frame of a clause, with byte ranges in the clause.
#[derive(Debug)]
pub struct Found {
    /// The frame.
    pub frame: &'static Frame,
    /// What stands before the verb.
    pub before: Range<usize>,
    /// The verb.
    pub verb: Range<usize>,
    /// What is said of the subject.
    pub object: Range<usize>,
}

/// The clauses of a sentence, cut at commas and semicolons; what a colon announces stays with it.
pub fn clauses(mask: &str) -> Vec<Range<usize>> {
    let marks = |marks: &'static [&'static str]| {
        move |rest: &str| marks.iter().find(|m| rest.starts_with(**m)).map(|m| m.len())
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    for part in split_outside(mask, marks(&["；", "; "])) {
        let announced = mask[part.clone()].find('：').map(|at| part.start + at);
        for piece in split_outside(&mask[part.clone()], marks(&["，", ", "])) {
            let piece = part.start + piece.start..part.start + piece.end;
            match out.last_mut() {
                Some(last) if announced.is_some_and(|at| last.contains(&at)) => last.end = piece.end,
                _ => out.push(piece),
            }
        }
    }
    out
}

/// A clause without the words that tie it to the one before.
pub fn strip_leads(mask: &str, clause: Range<usize>) -> Range<usize> {
    let mut clause = clause;
    loop {
        let words = &mask[clause.clone()];
        let trimmed = words.trim_start();
        clause.start += words.len() - trimmed.len();
        let lead = LEADS.iter().filter(|l| trimmed.starts_with(**l)).max_by_key(|l| l.len());
        match lead.filter(|l| !(**l == "即" && trimmed.starts_with("即使"))) {
            // `目前的互联网`: here it describes a noun.
            Some(lead) if trimmed.len() > lead.len() && !trimmed[lead.len()..].starts_with('的') => {
                clause.start += lead.len();
            }
            _ => return clause,
        }
    }
}

/// Where words end without the adverbs behind them, and these adverbs.
pub fn strip_adverbs(before: &str) -> (usize, &str) {
    let mut end = before.trim_end().len();
    loop {
        let words = &before[..end];
        let adverb = ADVERBS.iter().filter(|a| words.ends_with(**a)).max_by_key(|a| a.len());
        match adverb.filter(|a| !inside_noun(words, a)) {
            Some(adverb) => end = before[..end - adverb.len()].trim_end().len(),
            None => return (end, &before[end..]),
        }
    }
}

/// Whether an adverb of one character is the end of a word: 性能, 社会, 功能.
fn inside_noun(words: &str, adverb: &str) -> bool {
    const NOUNS: &[&str] = &[
        "性能", "功能", "智能", "技能", "动能", "势能", "热能", "电能", "内能", "机能", "社会", "机会", "协会", "国会",
        "议会", "原则", "规则", "法则", "否则", "首都", "成都", "认可", "许可", "正常", "异常", "日常", "反正", "修正",
        "校正", "名将", "即将", "大会", "教会", "机制", "汇总", "合并", "归并", "主要", "总", "平均", "人均", "不仅",
        "不只", "船只", "部都",
    ];
    adverb.chars().count() == 1 && NOUNS.iter().any(|n| words.ends_with(n))
}

/// Whether a clause only says when or where: `握手完成后`, `在通信时`, `在 1999 年`.
pub fn circumstance(words: &str) -> bool {
    const ENDS: &[&str] =
        &["时", "时候", "后", "前", "中", "下", "上", "里", "阶段", "年", "期间", "方面", "之间", "来说"];
    const ELSEWHERE: &[&str] = &["这", "那", "此", "该", "其", "上述", "以上", "它", "我", "你"];
    let short = words.chars().count() <= 20;
    short && ENDS.iter().any(|e| words.trim_end().ends_with(e)) && !ELSEWHERE.iter().any(|e| words.contains(e))
}

/// Words that say which of several causes, aims or parameters is meant, but not of what.
const SORTED: &[&str] = &["关键", "常见", "主要", "直接", "根本", "核心", "最大", "典型", "具体", "唯一", "相关"];

/// Characters that are no noun by themselves.
const SMALL: &str =
    "这那此其他她我你它人者们上下前后中内外里时年月日天地事物一二三四五六七八九十不没也都就还再又将会能可要是有在";

/// Nouns whose last character would otherwise leave them unfinished.
const WHOLE: &[&str] = &[
    "超时", "实时", "定时", "延时", "耗时", "原因", "病因", "成因", "起因", "诱因", "基因", "目的", "命令", "指令",
    "法令", "理由", "自由", "现在", "存在",
];

/// Whether words name a thing by themselves.
pub fn is_nominal(words: &str) -> bool {
    const INSIDE: &[&str] = &[
        "可以", "必须", "因为", "如果", "虽然", "因此", "所以", "从而", "为了", "我们", "你", "它", "这", "那些", "该",
        "上述", "以下", "什么", "怎么", "如何", "是否", "还有", "存在着", "开始", "正在", "多久", "越", "要是", "一样",
        "不是", "：", "。", "？", "—", "就", "都",
    ];
    const ENDS: &[&str] = &[
        "的", "地", "得", "了", "着", "在", "对", "和", "与", "及", "以", "把", "被", "给", "到", "从", "向", "于",
        "比", "或", "不", "没", "未", "无法", "难以", "不能", "而", "却", "由", "让", "使", "令", "要", "想", "里",
        "时", "因", "如",
    ];
    let words = words.trim();
    // `关键原因` of what?
    let whose = SORTED.iter().any(|s| words.starts_with(s)) && words.chars().count() <= 6 && !words.contains('的');
    if whose || VAGUE.contains(&words) || words.ends_with(['个', '种', '些', '条']) {
        return false;
    }
    let count = words.chars().count();
    let letters = words.chars().any(char::is_alphabetic);
    let pointing = POINTING.iter().any(|p| words.starts_with(p)) && !begins_a_word(words);
    letters
        && (1..=28).contains(&count)
        && (count > 1 || words.is_ascii() || !SMALL.contains(words))
        && !pointing
        && !INSIDE.iter().any(|i| words.contains(i))
        && (!ENDS.iter().any(|e| words.ends_with(e)) || WHOLE.iter().any(|e| words.ends_with(e)))
}

/// Whether a character that often points begins a longer word here: 不等式, 对称加密, 以太网.
fn begins_a_word(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "不等式", "不定", "不变", "不可", "不稳定", "不完全", "不动产", "对称", "对象", "对流", "对数", "对话", "对立",
        "对偶", "以太", "向量", "向心", "向日", "能量", "能源", "能级", "会话", "会计", "会议", "要素", "从属", "从句",
        "在线", "与门", "与非", "或门", "非门", "和弦", "和平", "及物", "使能", "将军", "被动", "被子", "给定", "更新",
        "应用", "应力", "应激", "应答", "请求", "一元", "一次", "一致", "一阶", "一级", "一维", "用例", "本质", "本能",
        "本征", "每股", "第", "首", "除法", "除数", "各向", "自己", "来源", "到期", "来电", "只读", "都市", "再生",
        "再保险", "还原", "还款", "也门", "用户态", "用户空间", "用户故事", "非", "处理器", "处理机", "选择题",
        "选择性", "选择排序", "等待时间", "等待队列", "直接寻址", "负责人", "提供者", "典型性", "使用权", "好氧",
        "让渡", "跟踪", "与运算", "或运算", "前面板", "后面板", "通过率", "关于", "所有权", "所有者", "所有制",
    ];
    WORDS.iter().any(|w| words.starts_with(w)) && !words.starts_with("关于")
}

/// The frame of a clause: the copula, if what stands before it is a description with 的; else the
/// first verb.
pub fn find(clause: &str) -> Option<Found> {
    if clause.contains("的是") {
        return None;
    }
    let all: Vec<Found> = candidates(clause);
    let first = all.first()?;
    let described = |f: &&Found| {
        is_copula(f.frame) && f.before.end > first.verb.end && clause[first.verb.end..f.before.end].contains('的')
    };
    let chosen = if is_copula(first.frame) { 0 } else { all.iter().position(|f| described(&f)).unwrap_or(0) };
    all.into_iter().nth(chosen)
}

fn is_copula(frame: &Frame) -> bool {
    matches!(
        frame.says,
        "是" | "为" | "是指" | "指的是" | "被称为" | "称为" | "被命名为" | "等于" | "相当于" | "取决于" | "依赖于"
    )
}

fn candidates(clause: &str) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut depth = 0usize;
    for (at, c) in clause.char_indices() {
        match c {
            '(' | '（' | '[' | '“' | '「' | '《' => depth += 1,
            ')' | '）' | ']' | '”' | '」' | '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && out.last().is_none_or(|l| at >= l.verb.end) {
            out.extend(FRAMES.iter().find_map(|frame| fits(clause, at, frame)));
        }
    }
    out
}

fn fits(clause: &str, at: usize, frame: &'static Frame) -> Option<Found> {
    let rest = clause[at..].strip_prefix(frame.says)?;
    // The mark of the past belongs to the verb: 提供了.
    let past = rest.strip_prefix('了').filter(|_| !frame.says.starts_with('是'));
    let verb = at..at + frame.says.len() + past.map_or(0, |_| '了'.len_utf8());
    let rest = past.unwrap_or(rest);
    let (before, behind) = (&clause[..at], rest.trim_start());
    let end = clause.trim_end().strip_suffix(frame.ends)?.trim_end().len();
    let start = clause.len() - behind.len();
    let (adverbless, _) = strip_adverbs(before);
    let negated = ["不", "没", "没有", "未", "从未", "无法", "不能", "难以", "并非"]
        .iter()
        .any(|n| before[..adverbless].ends_with(n))
        || before.trim_end().ends_with(['不', '没', '未']);
    if start >= end || negated || before.trim_end().ends_with(['的', '所', '被']) || !is_word(before, rest, frame.says)
    {
        return None;
    }
    let object = start..end;
    sound(&clause[object.clone()], frame).then_some(Found { frame, before: 0..at, verb, object })
}

/// Whether the characters of a verb are that verb, not a part of other words.
fn is_word(before: &str, rest: &str, says: &str) -> bool {
    let first = rest.trim_start().chars().next().unwrap_or(' ');
    let before = before.trim_end();
    let part_of = |table: &[(&str, &str)], test: &dyn Fn(char) -> bool| {
        table.iter().any(|(verb, chars)| says == *verb && chars.chars().any(test))
    };
    let behind = part_of(NO_COPULA_BEHIND, &|c| c == first);
    let inside = !before.ends_with("默认") && part_of(INSIDE_WORDS, &|c| before.ends_with(c));
    let copula = says == "是" && NO_COPULA_BEFORE.iter().any(|w| before.ends_with(w));
    let means = matches!(says, "以" | "用" | "通过");
    let noun =
        matches!(first, '的' | '者' | '商' | '率' | '性' | '权' | '型' | '式' | '方' | '数' | '量' | '上' | '下')
            && says != "是"
            && says != "为";
    let fits = match says {
        "为" => first.is_ascii_alphanumeric() || matches!(first, '一' | '两' | '“'),
        _ if means => pivot(rest).is_some_and(|at| at > 0),
        "有" => matches!(first, '两' | '三' | '四' | '五' | '六' | '七' | '八') && rest.contains('：'),
        _ => true,
    };
    fits && !behind && !inside && !copula && !noun
}

/// Where the aim begins behind a means: `TCP 作为底层协议`, `证书来验证身份`, `非对称加密（RSA）协商`.
pub fn pivot(object: &str) -> Option<usize> {
    const PIVOTS: &[&str] = &["用作", "用来", "进行", "作为", "来"];
    const PARTS: &[&str] = &["未来", "原来", "本来", "将来", "来自", "来源", "以来", "带来", "从来", "外来", "往来"];
    const VERBS: &[&str] = &[
        "生成", "实现", "完成", "传输", "通信", "处理", "保护", "存储", "表示", "计算", "描述", "组织", "管理", "传递",
        "连接",
    ];
    let outside = |at: usize| object[..at].matches(['（', '(']).count() == object[..at].matches(['）', ')']).count();
    let word = |p: &str, at: usize| {
        let part = |w: &&str| object[at..].starts_with(*w) || w.ends_with('来') && object[..at + p.len()].ends_with(*w);
        p != "来" || !PARTS.iter().any(part)
    };
    let inner = PIVOTS.iter().flat_map(|p| object.match_indices(p).map(|(at, _)| (*p, at)));
    let inner = inner.filter(|(p, at)| outside(*at) && word(p, *at)).map(|(_, at)| at).min();
    let bracket = object.rfind(['）', ')']).map(|at| at + object[at..].chars().next().map_or(1, char::len_utf8));
    let joins = |at: &usize| object[*at..].trim_start().starts_with(['的', '、', '和', '与', '或']);
    let bracket = bracket.filter(|at| *at < object.len() && !joins(at));
    let ending = VERBS.iter().find(|v| object.ends_with(**v)).map(|v| object.len() - v.len());
    inner.or(bracket).or(ending).filter(|at| *at > 0 && !object[..*at].contains("的双方"))
}

/// Whether an object is whole and says something by itself.
fn sound(object: &str, frame: &Frame) -> bool {
    const ELSEWHERE: &[&str] = &[
        "这", "那个", "那些", "此", "上述", "以下", "如下", "下面", "下图", "上图", "我们", "你", "它", "什么", "如何",
        "哪", "该", "前者", "后者", "为什么", "上文", "下文", "本文",
    ];
    const VERBAL: &[&str] = &[
        "用", "以", "把", "由", "对", "通过", "为了", "因为", "从", "在", "可以", "能", "会", "要", "不", "否", "非常",
        "很", "比较", "没有", "有", "将", "被", "让", "使", "更", "最", "越", "如", "指", "为", "根据", "按", "向",
        "与", "跟", "最为", "十分", "且", "相互", "怎", "谁", "当", "先", "结合", "利用", "靠", "给", "来", "去",
        "属于", "依靠", "必须", "应该", "需要", "出于", "由于",
    ];
    const WORDS: &[&str] = &[
        "对称", "对象", "能量", "能源", "会话", "以太", "对数", "不等式", "向量", "最小", "最大", "最短", "最长",
        "最常", "最早", "最高", "最低", "最重要", "最基本", "最主要", "有限", "有序", "有效", "有向", "用户", "如今",
        "不动产", "非对称", "与门", "被动", "从属",
    ];
    let copula = matches!(frame.says, "是" | "为");
    // A description before a noun may begin with a verb: 由一系列操作组成的单元.
    let noun = object.rsplit_once('的').is_some_and(|(lead, noun)| {
        ["由", "能", "可以"].iter().any(|v| lead.starts_with(v))
            && (2..=8).contains(&noun.chars().count())
            && !noun.starts_with("基础")
    });
    let described = object.find('的').is_some_and(|at| {
        frame.says == "为" || ["必须", "可以", "应该", "需要", "能够", "会"].iter().any(|m| object[at..].contains(m))
    });
    let described = described
        || copula && object.contains("的：")
        || frame.asks == "多少" && !object.starts_with(|c: char| c.is_ascii_digit());
    let described =
        described || matches!(object, "一样" | "同样" | "如此" | "这样" | "相同" | "不同" | "必要" | "可能" | "默认");
    let bare_number = frame.asks == "哪些" && object.chars().count() <= 3;
    let verbal = copula && VERBAL.iter().any(|v| object.starts_with(v)) && !WORDS.iter().any(|w| object.starts_with(w));
    let place = frame.asks == "哪里" && object.contains('的') && !object.ends_with(['上', '中', '内', '里', '下']);
    let open = place
        || object.starts_with(['、', '，'])
        || object.ends_with(['后', '前'])
        || object.ends_with(['时', '的', '在', '对', '和', '与', '、', '：', '了', '者']) && !object.ends_with("者")
        || object.ends_with("的话");
    let nested = FRAMES.iter().any(|f| f.says.chars().count() > 1 && object.starts_with(f.says))
        && !(copula && object.contains('的'))
        && !object.starts_with("支持向量");
    (!verbal || noun) && !open && !nested && !described && !bare_number && !ELSEWHERE.iter().any(|e| object.contains(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(clause: &str) -> Option<(&str, &str, &str)> {
        find(clause).map(|f| (&clause[f.before], &clause[f.verb], &clause[f.object]))
    }

    #[test]
    fn a_frame_has_subject_verb_and_object() {
        assert_eq!(split("HTTP 是应用层协议"), Some(("HTTP ", "是", "应用层协议")));
        assert_eq!(
            split("公私钥对的生成算法依赖于单向陷门函数"),
            Some(("公私钥对的生成算法", "依赖于", "单向陷门函数"))
        );
        assert_eq!(split("SSL 使用的密钥是对称密钥"), Some(("SSL 使用的密钥", "是", "对称密钥")));
        assert_eq!(split("私钥仅由解密者保存"), Some(("私钥仅", "由", "解密者")));
    }

    #[test]
    fn parts_of_other_words_are_no_verbs() {
        for clause in ["但是速度慢", "指令很多", "作为底层协议", "客户端使用的端口", "于是失败了", "不是协议"]
        {
            assert_eq!(split(clause), None, "{clause}");
        }
    }

    #[test]
    fn what_a_colon_announces_stays_with_it() {
        let mask = "加密采用两个密钥：一个公钥，一个私钥；速度慢，成本高";
        let got: Vec<&str> = clauses(mask).into_iter().map(|r| &mask[r]).collect();
        assert_eq!(got, ["加密采用两个密钥：一个公钥，一个私钥", "速度慢", "成本高"]);
    }
}
