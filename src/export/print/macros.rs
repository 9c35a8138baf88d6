//! Macros of formulas, written out: those that a formula defines itself, and a few that notes take
//! for granted. Bounded, since a macro may hold itself.

use std::collections::BTreeMap;

use super::chemistry;

/// The most that is written out for one formula.
const MOST_STEPS: usize = 500;

/// The longest that a formula may become, in bytes.
const LONGEST: usize = 20_000;

/// Macros that need no definition: name, number of arguments, what they stand for.
const KNOWN: &[(&str, usize, &str)] = &[
    ("R", 0, r"\mathbb{R}"),
    ("N", 0, r"\mathbb{N}"),
    ("Z", 0, r"\mathbb{Z}"),
    ("Q", 0, r"\mathbb{Q}"),
    ("C", 0, r"\mathbb{C}"),
    ("E", 0, r"\mathbb{E}"),
    ("Var", 0, r"\operatorname{Var}"),
    ("Cov", 0, r"\operatorname{Cov}"),
    ("argmin", 0, r"\operatorname*{arg\,min}"),
    ("argmax", 0, r"\operatorname*{arg\,max}"),
    ("abs", 1, r"\left|#1\right|"),
    ("norm", 1, r"\left\|#1\right\|"),
    ("bra", 1, r"\left\langle #1\right|"),
    ("ket", 1, r"\left|#1\right\rangle"),
    ("dv", 2, r"\frac{\mathrm{d}#1}{\mathrm{d}#2}"),
    ("pdv", 2, r"\frac{\partial #1}{\partial #2}"),
    ("vb", 1, r"\mathbf{#1}"),
    ("bm", 1, r"\boldsymbol{#1}"),
    ("mathscr", 1, r"\mathcal{#1}"),
    ("dddot", 1, r"\overset{...}{#1}"),
    ("cancel", 1, r"\not{#1}"),
    ("bcancel", 1, r"\not{#1}"),
    ("xcancel", 1, r"\not{#1}"),
    ("hphantom", 1, r"\phantom{#1}"),
    ("tag", 1, r"\quad(#1)"),
    ("label", 1, ""),
    ("nonumber", 0, ""),
    ("notag", 0, ""),
    ("hline", 0, ""),
    ("iddots", 0, "⋰"),
];

/// What a macro stands for.
#[derive(Debug, Clone)]
struct Macro {
    arguments: usize,
    body: String,
}

/// Writes out all macros.
pub(super) fn expand(latex: &str) -> Result<String, String> {
    let known = |(name, arguments, body): &(&str, usize, &str)| {
        ((*name).to_owned(), Macro { arguments: *arguments, body: (*body).to_owned() })
    };
    let mut macros: BTreeMap<String, Macro> = KNOWN.iter().map(known).collect();
    let mut rest = latex.to_owned();
    let mut out = String::new();
    let mut steps = 0;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let name = name_of(&rest[at + 1..]);
        let after = &rest[at + 1 + name.len()..];
        if let Some((defined, makro, left)) = definition(name, after) {
            macros.insert(defined, makro);
            rest = left.to_owned();
            continue;
        }
        if let Some((reaction, left)) = chemistry(name, after) {
            rest = format!("{{{}}}{left}", chemistry::latex(reaction));
            continue;
        }
        if let Some(makro) = macros.get(name) {
            steps += 1;
            rest = written_out(makro, after);
        } else {
            out.push('\\');
            // A command of one sign, such as `\{` or `\\`, begins nothing.
            let taken = if name.is_empty() { after.chars().next().map_or(0, char::len_utf8) } else { name.len() };
            out.push_str(&rest[at + 1..at + 1 + taken]);
            rest = rest[at + 1 + taken..].to_owned();
        }
        if steps > MOST_STEPS || out.len() + rest.len() > LONGEST {
            return Err("its macros have no end".to_owned());
        }
    }
    Ok(out + &rest)
}

/// What stands in `\\ce{…}`, and what follows.
fn chemistry<'a>(name: &str, after: &'a str) -> Option<(&'a str, &'a str)> {
    (name == "ce").then(|| argument(after.trim_start())).flatten()
}

fn name_of(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// The macro that `\newcommand` and its kin define, and what follows.
fn definition<'a>(command: &str, after: &'a str) -> Option<(String, Macro, &'a str)> {
    let after = after.trim_start_matches('*').trim_start();
    match command {
        "newcommand" | "renewcommand" | "providecommand" => {
            let (name, rest) = if after.starts_with('{') { argument(after)? } else { bare_name(after)? };
            let name = name.trim().strip_prefix('\\')?.to_owned();
            let (arguments, rest) = count(rest.trim_start());
            let (body, rest) = argument(rest.trim_start())?;
            Some((name, Macro { arguments, body: body.to_owned() }, rest))
        }
        "DeclareMathOperator" => {
            let (name, rest) = argument(after)?;
            let (words, rest) = argument(rest.trim_start())?;
            let body = format!("\\operatorname{{{words}}}");
            Some((name.trim().strip_prefix('\\')?.to_owned(), Macro { arguments: 0, body }, rest))
        }
        "def" => {
            let (name, rest) = bare_name(after)?;
            let arguments = rest.find('{').map_or(0, |at| rest[..at].matches('#').count());
            let (body, rest) = argument(&rest[rest.find('{')?..])?;
            Some((name.strip_prefix('\\')?.to_owned(), Macro { arguments, body: body.to_owned() }, rest))
        }
        _ => None,
    }
}

fn bare_name(text: &str) -> Option<(&str, &str)> {
    let name = name_of(text.strip_prefix('\\')?);
    (!name.is_empty()).then(|| text.split_at(1 + name.len()))
}

/// `[2]`, the number of arguments.
fn count(text: &str) -> (usize, &str) {
    let counted = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match counted.and_then(|(digits, rest)| Some((digits.trim().parse().ok()?, rest))) {
        Some((count, rest)) if count <= 9 => (count, rest),
        _ => (0, text),
    }
}

/// The words between a brace and the one that closes it, and what follows; or a single sign.
fn argument(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('{') {
        let first = text.chars().next()?;
        let end = if first == '\\' { 1 + name_of(&text[1..]).len().max(1) } else { first.len_utf8() };
        return Some((text.get(..end)?, &text[end..]));
    }
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        escaped = c == '\\';
        if depth == 0 {
            return Some((&text[1..at], &text[at + 1..]));
        }
    }
    None
}

/// What a macro stands for with its arguments in place, and then the rest.
fn written_out(makro: &Macro, after: &str) -> String {
    let mut body = makro.body.clone();
    let mut rest = after;
    for number in 1..=makro.arguments {
        let Some((given, left)) = argument(rest.trim_start()) else { break };
        body = body.replace(&format!("#{number}"), &format!("{{{given}}}"));
        rest = left;
    }
    // Braces keep `\R^n` and `x_\R` whole; a single sign needs none, and may be a delimiter.
    if body.chars().count() == 1 { format!("{body}{rest}") } else { format!("{{{body}}}{rest}") }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn macros_are_written_out() {
        assert_eq!(expand(r"\newcommand{\V}[1]{\vec{#1}} \V{x} + \V y").unwrap(), r" {\vec{{x}}} + {\vec{{y}}}");
        assert_eq!(expand(r"\def\a{b}\a\\ \{\R\}").unwrap(), r"b\\ \{{\mathbb{R}}\}");
        assert_eq!(expand(r"\DeclareMathOperator{\tr}{tr}\tr A").unwrap(), r"{\operatorname{tr}} A");
        assert_eq!(expand(r"\frac{a}{b} \Rightarrow").unwrap(), r"\frac{a}{b} \Rightarrow");
    }

    #[test]
    fn endless_macros_end() {
        assert!(expand(r"\def\a{\a\a}\a").is_err());
        assert_eq!(expand(r"\newcommand").unwrap(), r"\newcommand");
        assert_eq!(expand("\\").unwrap(), "\\");
    }
}
