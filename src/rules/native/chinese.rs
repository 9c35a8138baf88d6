//! Chinese sentences: cut into clauses, each read by its frame; the subject that a clause leaves out is
//! the one of the clause before it. The question keeps the clause's own words and puts 什么, 哪些 or 多少
//! where the answer stood.

use std::ops::Range;

use super::zh_clause::{Found, circumstance, clauses, find, is_nominal, strip_adverbs, strip_leads};
use super::zh_name::{has_placeholder, is_quality, is_receiver, without_long_bracket};
use super::zh_number::{is_quantity, quantities};
use super::zh_wh::wh;
use crate::language::chinese::{ADVERBS, CONDITIONS, LEADS, OWNED, TELLING_ADVERBS};
use crate::language::sentence::{items, sentences};
use crate::markdown::text::Text;
use crate::rules::draft::{Made, cloze, one_gap, question};

/// The most characters of an answer.
const LONGEST_ANSWER: usize = 80;

/// The most characters of a sentence that is shown with a gap.
const LONGEST_CLOZE: usize = 90;

/// Words of sentences that speak of the text or of the exam, not of its subject.
const TALK: &[&str] = &["面试", "本文", "本节", "本章", "文章", "教程", "笔记", "小节", "读者", "教材", "考试"];

/// Words that begin an answer which says nothing.
const VAGUE: &[&str] = &[
    "一种复杂", "某种", "某个", "某些", "一定的", "一些", "很多", "许多", "各种各样", "其中", "比如", "例如", "上述",
    "以上", "前者", "后者", "场景", "情况", "案例", "示例", "说明", "方法", "方式", "教程",
];

/// Words of sentences that read a picture.
const DRAWN: &[&str] = &[
    "上图", "下图", "左图", "右图", "图中", "图示", "如图", "左边的图", "右边的图", "图 a", "图 b", "图 A", "图 B",
    "图a", "图b", "此图", "该图", "这张图",
];

/// Words of sentences that compare, or make up an example.
const IMAGINED: &[&str] =
    &["好比", "打个比方", "比喻", "可以理解为", "就像", "比如说", "假设", "假如", "设想", "举个例子", "试想"];

/// What a passage speaks of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passage<'t> {
    /// The thing that the heading or the term names.
    pub subject: Option<&'t Text>,
    /// The aspect that a label in front names.
    pub label: Option<&'t Text>,
    /// Whether a sentence that begins with its verb speaks of the subject, as a bullet does.
    pub elides: bool,
}

/// The cards of the sentences of a text, with the bytes of each sentence.
pub fn facts(passage: &Passage, text: &Text) -> Vec<(Made, Range<usize>)> {
    let mut out = Vec::new();
    let mut before = passage.subject.cloned();
    for range in sentences(&text.mask()) {
        let sentence = text.slice(range.clone()).trim_matches(|c| c.is_whitespace() || "。．.；;！!".contains(c));
        let asks = sentence.plain().ends_with(['？', '?', '：', ':', '…']);
        let imagined = IMAGINED.iter().chain(DRAWN).any(|words| sentence.plain().contains(words));
        if asks || imagined || sentence.plain().chars().count() < 4 {
            before = None;
            continue;
        }
        let mut reader = Reader {
            sentence: &sentence,
            passage,
            current: None,
            before: before.take(),
            lead: None,
            stale: false,
            out: Vec::new(),
        };
        reader.read();
        before = reader.current;
        let asked = reader.out;
        let gapped = if asked.is_empty() { measured(passage, &sentence) } else { None };
        out.extend(asked.into_iter().chain(gapped).map(|made| (made, range.clone())));
    }
    out
}

/// A sentence with its quantities as gaps, if it stands alone.
fn measured(passage: &Passage, sentence: &Text) -> Option<Made> {
    let mask = sentence.mask();
    let gaps: Vec<_> = quantities(&mask).into_iter().take(4).collect();
    let first = clauses(&mask).into_iter().next()?;
    let opening = strip_leads(&mask, first.clone());
    let depends = CONDITIONS.iter().any(|c| mask[opening.clone()].starts_with(c));
    let alone =
        opening.start == first.start && !is_quantity(&mask[first.clone()]) && is_nominal(&mask[first]) && !depends;
    if gaps.is_empty() || !alone || mask.chars().count() > LONGEST_CLOZE {
        return None;
    }
    let text = match passage.label.or(passage.subject) {
        Some(name) if !mask.contains(name.plain()) => name.clone().then("：").join(sentence),
        _ => sentence.clone(),
    };
    let shift = text.plain().len() - sentence.plain().len();
    let gaps: Vec<_> = gaps.into_iter().map(|g| g.start + shift..g.end + shift).collect();
    Some(Made { body: cloze(&text, &gaps)?, fallback: None })
}

/// Joins two pieces with a blank where Latin letters meet Chinese ones and the sentence has blanks there.
pub fn glued(left: Text, right: &Text, model: &str) -> Text {
    let latin = |c: char| c.is_ascii_alphanumeric();
    let edge = left.plain().chars().last().zip(right.plain().chars().next());
    let meets =
        edge.is_some_and(|(a, b)| (latin(a) && !b.is_ascii()) || (!a.is_ascii() && a.is_alphabetic() && latin(b)));
    if meets && spaced(model) { left.then(" ").join(right) } else { left.join(right) }
}

/// Whether a text puts blanks between Latin letters and Chinese ones.
fn spaced(model: &str) -> bool {
    let close = model.chars().zip(model.chars().skip(1)).any(|(a, b)| {
        (a.is_ascii_alphanumeric() && crate::language::detect::is_han(b))
            || (crate::language::detect::is_han(a) && b.is_ascii_alphanumeric())
    });
    !close
}

struct Reader<'s> {
    sentence: &'s Text,
    passage: &'s Passage<'s>,
    /// The subject of the clause before, where it was plain.
    current: Option<Text>,
    /// The subject of the sentence before, else the thing that the passage speaks of.
    before: Option<Text>,
    /// The circumstances in front of the clauses.
    lead: Option<Range<usize>>,
    /// Whether clauses that were not understood stand between the circumstances and this one.
    stale: bool,
    out: Vec<Made>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mask = self.sentence.mask().into_owned();
        let all = clauses(&mask);
        for (index, clause) in all.iter().enumerate() {
            let clause = strip_leads(&mask, clause.clone());
            if LEADS.contains(&mask[clause.clone()].trim()) {
                continue;
            }
            if CONDITIONS.iter().any(|c| mask[clause.clone()].starts_with(c)) {
                return;
            }
            let restated = ["也就是说", "换句话说", "换言之"]
                .iter()
                .any(|lead| mask[all[index].clone()].trim_start().starts_with(lead));
            match find(&mask[clause.clone()]) {
                // What is said in other words of another thing holds for the one before.
                Some(found)
                    if restated && !self.speaks_of_current(&mask[clause.start..clause.start + found.before.end]) =>
                {
                    self.restated(&mask, &clause, &found);
                }
                Some(found) => self.framed(&mask, &clause, &found),
                None if self.not_but(&mask, &clause, all.get(index + 1)) => {}
                None => self.unframed(&mask, &clause, all.get(index + 1)),
            }
        }
    }

    /// A clause in other words, asked behind the thing that the clause before speaks of.
    fn restated(&mut self, mask: &str, clause: &Range<usize>, found: &Found) {
        let Some(thing) = self.current.take() else { return };
        let from = self.out.len();
        self.framed(mask, clause, found);
        for made in &mut self.out[from..] {
            let crate::card::Body::Question { question, .. } = &made.body else { continue };
            let named = question.map_texts(&|text| glued(thing.clone(), &Text::words(" 中，"), "").join(text));
            if let crate::card::Body::Question { question, .. } = &mut made.body {
                *question = named;
            }
            made.fallback = None;
        }
    }

    /// Whether the words before a verb are none, or the subject of the clause before.
    fn speaks_of_current(&self, before: &str) -> bool {
        let name = before[..strip_adverbs(before).0].trim();
        name.is_empty() || self.current.as_ref().is_some_and(|current| current.plain() == name)
    }

    /// `S 不是 A，而是 B`.
    fn not_but(&mut self, mask: &str, clause: &Range<usize>, next: Option<&Range<usize>>) -> bool {
        let (Some(at), Some(next)) = (mask[clause.clone()].find("不是"), next) else { return false };
        let Some(rest) = mask[next.clone()].strip_prefix("而是") else { return false };
        let name = mask[clause.start..clause.start + at].trim();
        let answer = self.sentence.slice(next.end - rest.len()..next.end).trim();
        let denied = &mask[clause.start + at + "不是".len()..clause.end];
        let name = name[..strip_adverbs(name).0].trim_end();
        let elsewhere = ["我们", "你", "这", "它"].iter().any(|w| mask.contains(w));
        // `而是在中间加入 …` says what is done and not what it is.
        let done = ["在", "把", "将", "用", "通过", "对", "从", "向", "由", "让"]
            .iter()
            .any(|w| answer.plain().starts_with(w));
        if is_nominal(name)
            && !done
            && !elsewhere
            && !denied.trim().is_empty()
            && answer.plain().chars().count() <= LONGEST_ANSWER
        {
            let front = self.sentence.slice(clause.clone()).then("，而是什么？");
            self.out.push(Made { body: question(front, answer), fallback: None });
        }
        let end = strip_adverbs(name).0;
        self.current = is_nominal(&name[..end]).then(|| self.sentence.slice(clause.start..clause.start + end));
        true
    }

    /// A clause without a frame: a circumstance, a topic for what follows, or something not understood.
    fn unframed(&mut self, mask: &str, clause: &Range<usize>, next: Option<&Range<usize>>) {
        let words = &mask[clause.clone()];
        if circumstance(words) {
            let start = self.lead.as_ref().map_or(clause.start, |l| l.start);
            self.lead = Some(start..clause.end);
            self.stale = false;
            return;
        }

        let follows = next.filter(|_| clause.start == 0).map(|n| strip_leads(mask, n.clone()));
        let follows = follows.and_then(|n| find(&mask[n]).filter(|f| f.before.is_empty() && tells_what(f.frame.says)));
        if let Some(said) = next.and_then(|n| in_other_words(&mask[n.clone()]).map(|s| (n, s))) {
            self.defined(mask, clause, said);
            return;
        }
        let modal = ["能", "可以", "会", "不", "没有", "使"].iter().filter_map(|m| words.find(m)).min();
        let end = modal.unwrap_or(words.len());
        let bracket = words.find(['（', '(']).unwrap_or(words.len());
        let name = words[..end.min(bracket)].trim_end();
        let topic = (follows.is_some() || modal.is_some()) && is_nominal(name) && name.chars().count() <= 14;
        let latin = words.find(|c: char| !c.is_ascii()).unwrap_or(words.len());
        let latin = words[..latin].trim_end();
        let end = if topic { name.len() } else { latin.len() };
        let behind = words[latin.len()..].trim_start();
        let acts = ["在", "通过"].iter().chain(ADVERBS).any(|a| behind.starts_with(a));
        let named = topic || acts && latin.len() > 1 && latin.starts_with(|c: char| c.is_ascii_uppercase());
        self.stale |= !named && self.lead.is_some();
        self.current = named.then(|| self.sentence.slice(clause.start..clause.start + end));
    }

    /// `超文本，也就是 …`.
    fn defined(&mut self, mask: &str, clause: &Range<usize>, said: (&Range<usize>, usize)) {
        let (next, lead) = said;
        let name = self.sentence.slice(clause.clone()).trim();
        let answer = self.sentence.slice(next.start + lead..next.end).trim();
        self.current = None;
        let fits = is_nominal(name.plain()) && name.plain().chars().count() <= 10 && self.lead.is_none();
        if fits && (4..=LONGEST_ANSWER).contains(&answer.plain().chars().count()) {
            let front = glued(name, &Text::words("是什么？"), mask);
            self.out.push(Made { body: question(front, answer), fallback: None });
        }
    }

    fn framed(&mut self, mask: &str, clause: &Range<usize>, found: &Found) {
        let Some((name, kept)) = self.subject(mask, clause, found) else {
            self.current = None;
            return;
        };
        let start = clause.start + found.object.start;
        let end = clause.start + found.object.end;
        let end = if is_definition(found.frame.says) { whole_definition(mask, start..end) } else { Some(end) };
        let cut = takes_clauses(found.frame.says) && clause.end < mask.trim_end().len();
        self.current = Some(name.clone());
        let Some(end) = end.filter(|_| !cut) else { return };
        let object = self.sentence.slice(start..end);
        let object = object.trim_matches(|c| c.is_whitespace() || c == '：');
        if VAGUE.iter().any(|words| object.plain().starts_with(words))
            || [object.plain(), name.plain()].into_iter().any(has_placeholder)
            || self.stale
            || object.plain().contains(['：', ':']) && mask[clause.end..].starts_with(['；', ';'])
            || self.by_default((mask, clause), found, (&name, &object))
        {
            return;
        }
        let elided = found.before.is_empty() || !mask[clause.start..start].contains(name.plain());
        let runs_on = object
            .plain()
            .split_once('的')
            .is_some_and(|(_, rest)| rest.contains(['以', '由', '被', '都', '会', '在']));
        if elided && runs_on || Self::goes_on(mask, clause, &object) {
            return;
        }
        if object.plain().chars().count() > LONGEST_ANSWER || object.is_blank() {
            return;
        }
        if found.frame.says == "是" && self.joined(mask, &name, &object) {
            return;
        }
        let faint = FAINT.iter().find(|noun| found.frame.says == "具有" && core(object.plain()).ends_with(**noun));
        if faint.is_some() && core(object.plain()) == object.plain() {
            return;
        }
        let opening = if has_own_time(&mask[clause.clone()]) { self.without_time(mask) } else { self.opening() };
        let stem = glued(opening, &name, mask);
        let stem = if kept.is_blank() { stem } else { glued(stem, &kept, mask) };
        let verb = self.sentence.slice(clause.start + found.verb.start..clause.start + found.verb.end);
        let tail = self.sentence.slice(clause.start + found.object.end..clause.end).trim();
        let fallback = self.gap(clause, found);
        for (asks, answer) in wh(found, &object) {
            // 为什么 would ask for the reason.
            let verb = if verb.plain() == "为" && asks == "什么" { Text::words("是") } else { verb.clone() };
            // `具有什么缺陷`, where the bracket says which.
            let asks = faint.map_or(asks.clone(), |noun| format!("{asks}{noun}"));
            let front = glued(glued(stem.clone(), &verb, mask), &Text::words(asks), mask);
            let front = glued(front, &tail, mask).then("？");
            self.out.push(Made { body: question(front, answer), fallback: fallback.clone() });
        }
    }

    /// What something is by default is an aspect of it, which a label may name; elsewhere it is a gap.
    fn by_default(&mut self, at: (&str, &Range<usize>), found: &Found, said: (&Text, &Text)) -> bool {
        let ((mask, clause), (name, object)) = (at, said);
        let default = mask[clause.start..clause.start + found.object.start].trim_end().ends_with("默认是");
        if found.frame.says != "是" || !default || OWNED.iter().any(|aspect| name.plain().ends_with(aspect)) {
            return false;
        }
        match self.passage.label {
            Some(label) if is_quantity(object.plain()) => {
                let front = glued(name.clone(), &Text::words("的默认"), mask).join(label).then("是多少？");
                self.out.push(Made { body: question(front, object.clone()), fallback: None });
            }
            Some(_) => return false,
            None => self.out.extend(self.gap(clause, found).map(|body| Made { body, fallback: None })),
        }
        true
    }

    /// `A 和 B 是 C 的双方`, asked the other way round: several things are one.
    fn joined(&mut self, mask: &str, name: &Text, object: &Text) -> bool {
        let several = items(&name.mask()).len() + name.plain().matches('和').count() > 1;
        let asked = several && object.plain().contains('的') && !object.plain().contains(['：', '，']);
        if asked {
            let front = glued(glued(self.opening(), object, mask), &Text::words("是哪些？"), mask);
            self.out.push(Made { body: question(front, name.clone()), fallback: None });
        }
        asked
    }

    /// Whether the next clause adds to what is said: `负责内存的管理，设备的管理`.
    fn goes_on(mask: &str, clause: &Range<usize>, object: &Text) -> bool {
        let next = clauses(mask).into_iter().find(|c| c.start >= clause.end);
        let end: String = object.plain().chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        next.is_some_and(|n| find(&mask[n.clone()]).is_none() && mask[n].ends_with(&end))
    }

    /// The clause itself with the answer as the gap, for where the question is asked twice.
    fn gap(&self, clause: &Range<usize>, found: &Found) -> Option<crate::card::Body> {
        let whole = self.sentence.mask().chars().count() <= LONGEST_CLOZE;
        let named = clause.start == 0 && !found.before.is_empty();
        let object = clause.start + found.object.start..clause.start + found.object.end;
        (whole && named).then(|| one_gap(self.sentence, object))?
    }

    /// The label, as it stands in front of the question.
    fn label(&self) -> Text {
        self.passage.label.map_or_else(Text::default, |l| l.clone().then("："))
    }

    /// The same with what the sentence is about, without the time that it opens with.
    fn without_time(&self, mask: &str) -> Text {
        let Some(lead) = &self.lead else { return self.label() };
        let place = clauses(mask).into_iter().find(|c| c.start >= lead.start && c.end <= lead.end);
        let place = place.filter(|c| mask[c.clone()].trim_end().ends_with(['中', '里']));
        place.map_or(self.label(), |c| self.label().join(&self.sentence.slice(c).trim()).then("，"))
    }

    /// Label and circumstances, as they stand in front of the question.
    fn opening(&self) -> Text {
        let label = self.label();
        match &self.lead {
            Some(range) => label.join(&self.sentence.slice(range.clone())).then("，"),
            None => label,
        }
    }

    /// The doer of what is done for or to somebody, where the clause leaves it out.
    fn receiver(&self, name: &str) -> Option<Text> {
        let known = self.current.clone().or_else(|| self.before.clone().filter(|_| self.passage.elides));
        known.filter(|_| is_receiver(name))
    }

    /// The subject of a clause and the words between it and the verb that the question keeps.
    fn subject(&self, mask: &str, clause: &Range<usize>, found: &Found) -> Option<(Text, Text)> {
        let before = &mask[clause.start..clause.start + found.before.end];
        let (name_end, adverbs) = strip_adverbs(before);
        let (name_end, place) = without_place(before, name_end);
        let name = before[..name_end].trim();
        let telling: String = TELLING_ADVERBS.iter().filter(|a| adverbs.contains(**a)).copied().take(1).collect();
        let kept = match place {
            Some(from) => self.sentence.slice(clause.start + from..clause.start + found.before.end).trim(),
            None => Text::words(telling),
        };
        if place.is_some()
            && (name.is_empty() && self.current.is_none() || ["这", "此", "该"].iter().any(|p| before.contains(p)))
        {
            return None;
        }
        if name.is_empty() || matches!(name, "它" | "它们" | "其") {
            let follows = clause.start == 0 && (self.passage.elides || !name.is_empty());
            let known = self.current.clone().or_else(|| self.before.clone().filter(|_| follows))?;
            return Some((known, kept));
        }
        if let Some(known) = self.receiver(name) {
            return Some((known, self.sentence.slice(clause.start..clause.start + found.before.end).trim()));
        }
        if name.chars().count() == 1 && name.is_ascii() {
            return None;
        }
        let own = without_long_bracket(&self.sentence.slice(clause.start..clause.start + name_end).trim());
        if OWNED.contains(&name) || is_quality(name) {
            let of = |t: &Text| !t.plain().ends_with("过程") && !OWNED.contains(&t.plain());
            let owner = self.current.clone().or_else(|| self.before.clone()).filter(of)?;
            return Some((glued(owner, &Text::words("的"), mask).join(&own), kept));
        }
        let told = own.plain().chars().any(char::is_alphabetic) && !TALK.iter().any(|t| name.contains(t));
        (told && is_nominal(name)).then_some((own, kept))
    }
}

/// Nouns that say nothing of what they are, where something only has one.
const FAINT: &[&str] =
    &["缺陷", "优势", "劣势", "特点", "优点", "缺点", "问题", "作用", "意义", "影响", "区别", "不足"];

/// Words without a bracket behind them.
fn core(words: &str) -> &str {
    words.split(['（', '(']).next().unwrap_or(words).trim()
}

/// Whether a clause says itself when it holds, so that what the sentence opens with does not: `在握手阶段协商`.
fn has_own_time(clause: &str) -> bool {
    clause.match_indices('在').any(|(at, _)| {
        let rest: String = clause[at..].chars().skip(1).take(10).collect();
        !clause[..at].ends_with(['现', '存', '实', '所', '内', '正', '潜'])
            && ["阶段", "期间", "时刻", "之前", "之后"].iter().any(|end| rest.contains(end))
    })
}

/// Whether a verb says what a thing is or is called.
fn tells_what(says: &str) -> bool {
    says.starts_with('是')
        || says.ends_with('称')
        || says.starts_with("全称")
        || matches!(says, "指" | "指的是" | "又叫" | "也叫" | "称为")
}

/// Whether a verb defines.
fn is_definition(says: &str) -> bool {
    matches!(says, "是" | "是指" | "指" | "指的是")
}

/// Whether what follows a verb may be several clauses.
fn takes_clauses(says: &str) -> bool {
    matches!(says, "规定" | "允许" | "保证" | "防止" | "避免" | "导致" | "在于" | "确保")
}

/// Where a definition ends: behind the noun that closes it (`…，并释放氧气的过程`), be it in a later
/// clause. `None` where it is left open.
fn whole_definition(mask: &str, object: Range<usize>) -> Option<usize> {
    const NOUNS: &[&str] = &[
        "过程", "现象", "方法", "行为", "活动", "总称", "反应", "机制", "技术", "能力", "状态", "系统", "方式", "运动",
        "操作", "制度", "关系", "程序", "理论", "学科", "科学", "变化", "作用", "模式", "物质", "结构", "疾病", "病变",
        "综合征", "协议", "算法",
    ];
    let closes = |words: &str| NOUNS.iter().any(|n| words.strip_suffix(n).is_some_and(|lead| lead.ends_with('的')));
    let first = &mask[object.clone()];
    let later =
        clauses(mask).into_iter().filter(|c| c.start >= object.end).find(|c| closes(mask[c.clone()].trim_end()));
    match later {
        Some(clause) if !first.contains('的') && find(&mask[clause.clone()]).is_none_or(|f| f.before.is_empty()) => {
            Some(clause.end)
        }
        Some(clause) if !first.contains('的') => (clause.end < object.end).then_some(object.end),
        _ => Some(object.end),
    }
}

/// The bytes of `也就是` or `即` in front of a clause that says in other words what was named.
fn in_other_words(clause: &str) -> Option<usize> {
    let lead = ["也就是", "即"].iter().find(|l| clause.starts_with(**l))?;
    let rest = &clause[lead.len()..];
    (!rest.starts_with(['说', '使', '将', '便', '可', '时'])).then_some(lead.len())
}

/// Where a place before the verb begins (`在 A 和 B 之间`), which the question keeps.
fn without_place(before: &str, end: usize) -> (usize, Option<usize>) {
    let Some(at) = before[..end].find('在') else { return (end, None) };
    let inside = before[..at].ends_with(['现', '存', '实', '所', '内', '正', '潜']);
    let closes = before[..end].trim_end().ends_with(['中', '上', '下', '里', '间', '内', '后', '前', '时']);
    if inside || !closes { (end, None) } else { (strip_adverbs(&before[..at]).0, Some(at)) }
}
