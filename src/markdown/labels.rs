//! The words that give a line its role: labels of remarks, of answers and of questions, in any
//! language. This is the one place to add such a word.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Labels that make a remark of what follows, in lower case.
const REMARKS: &str = "attention, be careful, beware, careful, caution, common mistake, danger, decision tree, gotcha, heads up, \
    heads-up, hint, important, key point, key points, key takeaway, key takeaways, memory aid, mnemonic, nb, \
    n.b, nota bene, note, notes, pitfall, pro tip, protip, remember, rule of thumb, takeaway, takeaways, tip, \
    tips, trap, warning, watch out, \
    achtung, eselsbrücke, faustregel, hinweis, hinweise, merke, merksatz, tipp, tipps, vorsicht, warnung, \
    wichtig, prüfungstipp, klausurtipp, \
    astuce, à retenir, avertissement, conseil, piège, remarque, à noter, \
    advertencia, atención, atenção, attenzione, aviso, consejo, cuidado, dica, importante, nota, ojo, \
    recuerda, suggerimento, truco, \
    let op, opmerking, uwaga, wskazówka, важно, внимание, примечание, совет, \
    注意, 提示, 重要, 警告, 小贴士, 记住, 陷阱, 考点, 重点, 易错, 易错点, 难点, 提醒, 說明, ヒント, ポイント, メモ, 주의, 참고, 팁, 중요";

/// Words that make a remark of a longer label that holds one (`S3 exam trap`), in lower case.
const TELLING: &str = "caution gotcha hint important note pitfall remember takeaway takeaways tip tips trap traps warning \
    achtung hinweis merke tipp wichtig astuce remarque consejo";

/// Words that introduce an answer or its reason, in lower case.
const ANSWERS: &str = "answer, answers, ans, correct answer, correct answers, right answer, explanation, rationale, solution, \
    antwort, lösung, erklärung, richtige antwort, réponse, explication, respuesta, respuesta correcta, \
    explicación, resposta, risposta, ответ, 答案, 正确答案, 解析, 解答, 答え, 解説, 정답, 해설";

/// Words before the number of a question, in lower case.
const QUESTIONS: &str = "question q frage pregunta vraag вопрос domanda pergunta 问题 题目 题";

/// The labels of a list, to be looked up: every line of a note is asked for its role.
type Labels = LazyLock<HashSet<&'static str>>;

static REMARK_SET: Labels = LazyLock::new(|| REMARKS.split(", ").collect());

static ANSWER_SET: Labels = LazyLock::new(|| ANSWERS.split(", ").collect());

/// Labels are shorter than this many bytes.
const LONGEST: usize = 64;

/// A label as the lists have it; none where it is longer than any of them.
fn folded(label: &str) -> Option<String> {
    Some(label.trim()).filter(|label| label.len() < LONGEST).map(str::to_lowercase)
}

/// Whether a label by itself says that a remark follows.
pub(super) fn is_remark(label: &str) -> bool {
    folded(label).is_some_and(|lower| REMARK_SET.contains(&*lower)) || is_of_exam(label)
}

/// Whether a label that the author set apart (in bold, say) tells of a remark.
pub(super) fn tells_of_remark(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    is_remark(label) || (words.clone().count() <= 4 && words.clone().any(|w| TELLING.split(' ').any(|t| t == w)))
}

/// `Exam tip`, `Exam favorite`, `Exam weight`: few words of which the first is `exam`.
fn is_of_exam(label: &str) -> bool {
    let mut words = label.split_whitespace();
    words.next().is_some_and(|word| word.to_lowercase() == "exam") && matches!(words.count(), 1..=2)
}

/// Whether a label introduces an answer.
pub(super) fn is_answer(label: &str) -> bool {
    folded(label).is_some_and(|lower| ANSWER_SET.contains(&*lower))
}

/// The bytes of a question's number at the start of a line (`Q1` of `Q1. What …`).
pub(super) fn question_number(line: &str) -> Option<usize> {
    let digits = line.find(|c: char| c.is_ascii_digit())?;
    let word = line.get(..digits).filter(|w| w.len() <= 24)?.trim_end_matches([' ', '#']);
    let end = line[digits..].find(|c: char| !c.is_ascii_digit()).map_or(line.len(), |n| digits + n);
    let upper = word.starts_with(|c: char| !c.is_lowercase());
    (upper && end - digits <= 4 && QUESTIONS.split(' ').any(|q| q == word.to_lowercase())).then_some(end)
}

/// The label at the start of a line and what stands behind its colon, as byte offsets:
/// `Exam trap: …`, `注意：…`, `Remarque : …`.
pub(super) fn label(line: &str) -> Option<(&str, usize)> {
    let (at, colon) = line.char_indices().take(48).find(|(_, c)| matches!(c, ':' | '：'))?;
    let words = line[..at].trim_end();
    let rest = at + colon.len_utf8();
    let apart = colon == '：' || line[rest..].chars().next().is_none_or(|c| c.is_whitespace() || "*_".contains(c));
    let plain =
        !words.contains(['.', '!', '?', ',', ';', '`', '$', '(', '。']) && words.split_whitespace().count() <= 5;
    (apart && plain && words.starts_with(char::is_alphanumeric)).then_some((words, rest))
}

/// The emoji at the start of a line and the blanks behind, in bytes; 0 if there is none.
pub(super) fn emoji(line: &str) -> usize {
    let end = line.find(|c: char| !is_emoji(c)).unwrap_or(line.len());
    if end == 0 { 0 } else { line.len() - line[end..].trim_start().len() }
}

/// Whether a character is a pictogram or a part of one.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x1F000..=0x1FAFF | 0x2600..=0x2712 | 0x2716..=0x2775 | 0x2795..=0x2797 | 0x231A..=0x231B | 0x23E9..=0x23FA
        | 0x2B50 | 0x2B55 | 0x203C | 0x2049 | 0x2139 | 0xFE0F | 0x200D | 0x20E3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_remarks() {
        assert!(is_remark("Exam trap") && is_remark("注意") && tells_of_remark("S3 Exam Tip"));
        assert!(!is_remark("CSV") && !tells_of_remark("Structure"));
    }

    #[test]
    fn finds_labels() {
        assert_eq!(label("Exam trap: when"), Some(("Exam trap", 10)));
        assert_eq!(label("Remarque : x"), Some(("Remarque", 10)));
        assert_eq!(label("注意：x"), Some(("注意", 9)));
        assert_eq!(label("see http://x"), None);
    }

    #[test]
    fn finds_question_numbers() {
        assert_eq!(question_number("Q12. What"), Some(3));
        assert_eq!(question_number("Question 3:"), Some(10));
        assert_eq!(question_number("In 3 days"), None);
    }
}
