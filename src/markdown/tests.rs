//! What the parser makes of the main constructs, and what holds for every note.

mod dump;

use super::block::{Block, BlockKind};
use super::parse;
use super::text::{Atom, Text};
use crate::source::{FileId, SourceFile, Span};
use dump::dump;

fn note(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "note.md", text)
}

/// Compares the dump of a note, and checks what holds for every note.
#[track_caller]
fn expect(text: &str, tree: &str) {
    let file = note(text);
    let document = parse(&file);
    check(&file, &document.blocks);
    let lines = |s: &str| s.trim_matches('\n').lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert_eq!(lines(&dump(&document.blocks)), lines(tree), "of {text:?}");
}

/// Spans lie in their parents and on character borders; words stand where their runs say.
fn check(file: &SourceFile, blocks: &[Block]) {
    check_blocks(file, blocks, file.span());
}

fn check_blocks(file: &SourceFile, blocks: &[Block], parent: Span) {
    for block in blocks {
        check_span(file, block.span, parent);
        if let Some(text) = block.text() {
            check_text(file, text);
        }
        match &block.kind {
            BlockKind::List { items, .. } => {
                for item in items {
                    check_span(file, item.span, block.span);
                    check_blocks(file, &item.blocks, item.span);
                }
            }
            BlockKind::Table { head, rows } => {
                for row in rows.iter().chain([head]) {
                    check_span(file, row.span, block.span);
                    row.cells.iter().for_each(|cell| check_text(file, cell));
                }
            }
            BlockKind::Quote(inner)
            | BlockKind::Callout { blocks: inner, .. }
            | BlockKind::Details { blocks: inner, .. }
            | BlockKind::Footnote { blocks: inner, .. } => check_blocks(file, inner, block.span),
            _ => {}
        }
    }
}

fn check_span(file: &SourceFile, span: Span, parent: Span) {
    assert!(parent.contains(span), "{span:?} is not within {parent:?}");
    assert!(file.text.get(span.start..span.end).is_some(), "{span:?} is not on character borders");
}

fn check_text(file: &SourceFile, text: &Text) {
    for run in text.runs().iter().filter(|r| r.style.atom == Atom::Words) {
        let words = &text.plain()[run.start..run.end];
        let Some(source) = run.source.map(|s| &file.text[s..]) else { continue };
        let same = words.chars().zip(source.chars()).all(|(a, b)| a == b || (a == ' ' && b.is_whitespace()));
        assert!(same || source.starts_with('&'), "{words:?} does not stand at {:?}", run.source);
    }
}

#[test]
fn plain_markdown() {
    expect(
        "# A *b*\n\nOne\ntwo `c` **d** ~~e~~.\n\n- x\n  - y\n- [x] z\n\n3. n\n\n> q\n\n```rs\nfn\n```\n\n---\n\n|a|b|\n|-|-|\n|1||\n",
        "h1 A /b/\np One two `c` *d* ~e~.\nlist\n  - x\n    list\n      - y\n  -[x] z\nlist 3\n  - n\nquote\n  p q\n\
         code rs \"fn\\n\"\nrule\ntable\n  a | b\n  1 |\n",
    );
}

#[test]
fn nested_and_loose_lists() {
    expect("1. a\n\n   b\n   - c\n2. d\n", "list 1\n  - a\n    p b\n    list\n      - c\n  - d\n");
    expect("- [ ] A. x\n- [x] B. y\n", "options\n  -A[ ] x\n  -B[x] y\n");
}

#[test]
fn front_matter() {
    let fields = |text: &str| {
        let file = note(text);
        let document = parse(&file);
        (document.front.clone(), document.findings.len(), dump(&document.blocks))
    };
    let (front, findings, tree) =
        fields("\u{feff}---\r\ntitle: T\r\ntags: [a, 2024, ]\r\nlang: de\r\nx: [1]\r\n---\r\n# H\r\n");
    assert_eq!((front.title.as_deref(), front.language.as_deref(), findings), (Some("T"), Some("de"), 0));
    assert_eq!((front.tags, tree.as_str()), (vec!["a".to_owned(), "2024".to_owned()], "front\nh1 H\n"));
    let (front, findings, _) = fields("+++\nname = \"D\"\ntags = [\"x\"]\n+++\np\n");
    assert_eq!((front.deck.as_deref(), front.tags.len(), findings), (Some("D"), 1, 0));
    let (front, _, _) = fields("---\nname = \"D\"\n---\np\n");
    assert_eq!(front.deck.as_deref(), Some("D"));
    let (_, findings, tree) = fields("---\ntitle: [a\n---\np\n");
    assert_eq!((findings, tree.as_str()), (1, "front\np p\n"));
    let (_, findings, tree) = fields("---\n\nprose\n\n---\n");
    assert_eq!((findings, tree.as_str()), (0, "rule\np prose\nrule\n"));
}

#[test]
fn text_keeps_what_the_author_wrote() {
    expect("~13 and ~20, a~b~c; 2^10\n", "p ~13 and ~20, a~b~c; 2^10\n");
    expect("$5 per TB scanned, $10 per month, $x^2$\n", "p $5 per TB scanned, $10 per month, $x^2$\n");
    expect("\\(SQL API\\) and \\(a_1 < b\\) `\\(x\\)`\n", "p (SQL API) and $a_1 < b$ `\\(x\\)`\n");
    expect("\\[ E = mc^2 \\]\n", "math $E = mc^2$$\n");
    expect("Vec<T> and <vector> and a<b> &amp; c\n", "p Vec<T> and <vector> and a<b> & c\n");
    expect("<vector>\nis a header\n", "p <vector> is a header\n");
    expect("H<sub>2</sub>O <b>x</b><br>y <!--SR:1-->z\n", "p H_2_O *x*⏎y z\n");
    expect("一\n二\nthree\n", "p 一二 three\n");
    expect("==a b== x == y ^abc123\n", "p =a b= x == y\n");
    expect(
        "[[a|b]] ![[p.png|300]] ![](q/r.svg) [[1,2],[3]] %%no%% x[^1]\n\n[^1]: f\n",
        "p b ![p.png](p.png) ![r.svg](q/r.svg) [[1,2],[3]] x\nfootnote 1\n  p f\n",
    );
    expect("a  \nb\\\nc\n", "p a⏎b⏎c\n");
    expect("# T {#id}\n\n## {a, b}\n", "h1 T\nh2 {a, b}\n");
}

#[test]
fn callouts() {
    expect(
        "> [!WARNING]\n> a\n\n> [!tip]- T *x*\n> b\n> - c\n",
        "callout <WARNING>\n  p a\ncallout <tip> T /x/\n  p b\n  list\n    - c\n",
    );
    expect(
        "::: tip T\n- a\n:::\nb\n\n:::note[N]\n\n### c\n:::\n",
        "callout <tip> T\n  list\n    - a\np b\ncallout <note> N\n  h3 c\n",
    );
    expect(":::: tabs\n::: warning\na\n:::\n::::\nb\n", "callout <warning>\n  p a\np b\n");
    expect(
        "**Exam trap:** a\n\n**Note**: b\n\n**CSV:** c\n\nTip: d\n\nnote: e\n",
        "callout <Exam trap>\n  p a\ncallout <Note>\n  p b\np *CSV:* c\ncallout <Tip>\n  p d\np note: e\n",
    );
    expect(
        "💡\nExam weight: a\n\n⚠️ Any label: b\n\n注意：丙\n",
        "callout <Exam weight>\n  p a\ncallout <Any label>\n  p b\ncallout <注意>\n  p 丙\n",
    );
    expect(
        "- **Exam tip:** a\n\n> **Careful:** b\n\n> c\n\nKey takeaways:\n- d\n",
        "list\n  - *Exam tip:* a\ncallout <Careful>\n  p b\nquote\n  p c\ncallout <Key takeaways>\n  list\n    - d\n",
    );
    expect("🔑\n\nWeight: a\n\n**Note:**\n\nb\n", "callout <Weight>\n  p a\ncallout <Note>\n  p b\n");
    expect("- a\nNote: b\n", "list\n  - a\ncallout <Note>\n  p b\n");
    expect("Some prose.\n**Exam tip:** a\n", "p Some prose.\ncallout <Exam tip>\n  p a\n");
}

#[test]
fn details_and_html() {
    expect("<details><summary>S *x*</summary>\n\n- a\n\n</details>\n\nb\n", "details S /x/\n  list\n    - a\np b\n");
    expect(
        "1. Q?\n    <details open>\n    <summary>S</summary>\n    Answer: B\n    </details>\n2. R\n",
        "list 1\n  - Q?\n    details S\n      p Answer: B\n  - R\n",
    );
    expect("- Q? <details><summary>S</summary>a</details>\n- R\n", "list\n  - Q?\n    details S\n      p a\n  - R\n");
    expect("- <details>\n  a\n\n- b\n", "list\n  -\n    details\n      p a\n  - b\n");
    expect("<div align=\"center\">\n  <p>a *b*</p>\n  c\n</div>\n\n<h2>T</h2>\n", "p a /b/\np c\nh2 T\n");
    expect("`<details>` is a tag\n", "p `<details>` is a tag\n");
}

#[test]
fn pasted_bullets() {
    expect(
        "Intro:\n  • a\n  • b\n    ◦ c\n  • d\nExam trap: e\n",
        "p Intro:\nlist\n  - a\n  - b\n    list\n      - c\n  - d\ncallout <Exam trap>\n  p e\n",
    );
    expect("    • a\n    • b\n", "list\n  - a\n  - b\n");
    expect("•\ta\n▪\tb\n•\n  c\n", "list\n  - a\n    list\n      - b\n  - c\n");
    expect("– a\n– b\n\nx\n– y\n", "list\n  - a\n  - b\np x – y\n");
    expect("> • a\n> • b\n", "quote\n  list\n    - a\n    - b\n");
    expect("- Which?\nA) x\nB) y\n", "list\n  - Which?\n    options\n      -A x\n      -B y\n");
    expect("1. a\n• b\n• c\n2. d\n", "list 1\n  - a\n    list\n      - b\n      - c\n  - d\n");
    expect("- a\n  • b\n", "list\n  - a\n    list\n      - b\n");
    expect("```\n• a\n```\n", "code  \"• a\\n\"\n");
}

#[test]
fn pasted_questions() {
    expect(
        "Q1\nWhich?\nA) x\nB) y\nAnswer: B — z\nQ2. Why?\n(a) x\n\n(b) y\n",
        "p Q1\np Which?\noptions\n  -A x\n  -B y\np Answer: B — z\np Q2\np Why?\noptions\n  -A x\n  -B y\n",
    );
    expect(
        "1. Which?\nA. x\nB. y\nAnswer: A\n2. What?\n",
        "list 1\n  - Which?\n    options\n      -A x\n      -B y\n    p Answer: A\n  - What?\n",
    );
    expect("A) x\n\nB. y\n", "p A) x\np B. y\n");
    expect("Q: a?\nb\nA: c\nd\n\nA: e\n", "p Q: a? b\np A: c d\np A: e\n");
    expect("Flow:\nA → B → C\nDone.\n", "p Flow:\np A → B → C\np Done.\n");
}

#[test]
fn unmarked_headings() {
    expect(
        "Basics\n\nThe Title\n\nProse.\n\nAlpha Beta\n\nProse.\n\nBeta Gamma\n\n- a\n\nOther\n\nProse.\n",
        "p Basics\nh1 The Title\np Prose.\nh2 Alpha Beta\np Prose.\nh3 Beta Gamma\nlist\n  - a\nh2 Other\np Prose.\n",
    );
    expect("# T\n\nAlpha\n\nProse.\n", "h1 T\np Alpha\np Prose.\n");
    expect("A dog\n\nA cat\n\nA cow\n\nA hen\n\nA fox\n", "p A dog\np A cat\np A cow\np A hen\np A fox\n");
}

#[test]
fn findings_of_form() {
    let codes = |text: &str| {
        let file = note(text);
        parse(&file).findings.iter().map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("```\na\n"), ["unclosed-fence"]);
    assert_eq!(codes("```\n```\n\n    code\n"), [""; 0]);
    assert_eq!(codes("<details>\na\n"), ["unclosed-details"]);
    assert_eq!(codes("::: tip\na\n"), ["unclosed-container"]);
}

#[test]
fn walks_with_trail_and_items() {
    let file = note("# A\n\n## B\n\n- x\n  - y\n\n> # C\n> z\n\n# D\n\nw\n");
    let document = parse(&file);
    let seen: Vec<String> = document
        .walk()
        .filter_map(|v| match &v.block.kind {
            BlockKind::Paragraph(text) => {
                let trail: Vec<&str> = v.trail().iter().map(|a| a.text.plain()).collect();
                let items: Vec<&str> = v.items().iter().filter_map(|i| i.text()).map(Text::plain).collect();
                Some(format!("{} < {} < {}", text.plain(), items.join("/"), trail.join("/")))
            }
            _ => None,
        })
        .collect();
    assert_eq!(seen, ["x < x < A/B", "y < x/y < A/B", "z <  < A/B/C", "w <  < D"]);
}

#[test]
fn lines_of_a_text() {
    let file = note("a *b\nc*  \r\n d\r\n`e`\n一\n二\n");
    let document = parse(&file);
    let text = document.blocks[0].text().unwrap();
    let lines: Vec<String> = text.lines(&file.text).iter().map(|l| l.plain().to_owned()).collect();
    assert_eq!(lines, ["a b", "c", "d", "e", "一", "二"]);
}

#[test]
fn deep_nesting_is_flattened() {
    for text in
        [">".repeat(10_000) + " a", "- ".repeat(10_000) + "a", "::: tip\n".repeat(2_000), "<details>\n".repeat(2_000)]
    {
        let file = note(&text);
        check(&file, &parse(&file).blocks);
    }
}

/// Pieces of notes, `␣` for a blank.
const PARTS: &str = "a ␣ \n \n\n ␣␣ ␣␣␣␣ \r\n \t -␣ *␣ 1.␣ >␣ •␣ ◦␣ –␣ A)␣ B)␣ ** * ` ``` \n```\n $ $$ \\( \\) x^2 \\[ \\] == \
    ~~ [[ ]] ![ ](u) < <b> </b> <br> <T> <!-- --> %% <details> </details> <summary> </summary> ::: \n:::\n \
    :::␣tip␣ [!note]␣ \n>␣[!x]\n Q1 Question␣2:␣ Answer:␣B Tip:␣ **Note:**␣ 💡 → 注意： 一 é &amp; \\ # \n#␣ \
    \n---\n | \n|a|b|\n|-|-|\n <p> </p> <li> <h2> ^id [^1] \n[^1]:␣ \u{feff} -␣[x]␣ {#i} ? \n?\n Title +++\n \
    ---\n k:␣v\n";

/// Every mixture of constructs keeps what holds for every note.
#[test]
fn mixtures_keep_places_true() {
    let parts: Vec<&str> = PARTS.split(' ').collect();
    let mut state: u64 = 7;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    for _ in 0..3000 {
        let text: String = (0..=next(40)).map(|_| parts[next(parts.len())].replace('␣', " ")).collect();
        let file = note(&text);
        let document = parse(&file);
        check(&file, &document.blocks);
        assert_eq!(dump(&document.blocks), dump(&parse(&file).blocks));
    }
}
