//! Decks of any size whose duplicates are known: questions, and what is made of them.
//!
//! Half of the made cards follow the words of the questions by chance, half are a question with other words put in,
//! which is what a search finds hardest. Three in a hundred are another card in new words, in eight ways.

use std::collections::BTreeMap;

/// A deck, and which of its cards are one.
#[derive(Debug, Default)]
pub(crate) struct Deck {
    /// Fronts and backs.
    pub(crate) cards: Vec<(String, String)>,
    /// Pairs of places, each with the way in which the second was made of the first.
    pub(crate) same: Vec<(usize, usize, usize)>,
}

/// How duplicates are made.
pub(crate) const WAYS: [&str; 8] =
    ["marks and case", "misspelt", "asked otherwise", "shuffled", "a quarter new", "half new", "shortened", "padded"];

/// Chance that is the same on every machine.
pub(crate) struct Luck(pub(crate) u64);

impl Luck {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((state ^ (state >> 31)) % limit.max(1) as u64).unwrap_or_default()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Words that carry little.
const SMALL: &str = "a an the of in on at to for from by with and or is are was were be do does did has have had what \
                     which who when where why how this that these those it its as can will not";

fn is_small(word: &str) -> bool {
    SMALL.split_whitespace().any(|small| small == word)
}

/// A deck of `count` cards, made of these questions or, if there are none, of words of its own.
pub(crate) fn deck(questions: &[(String, String)], count: usize, seed: u64) -> Deck {
    let mut luck = Luck(seed);
    let own;
    let questions = if questions.is_empty() {
        own = made_up(40_000, &mut luck);
        &own
    } else {
        questions
    };
    let words = Words::of(questions);
    let mut out = Deck::default();
    while out.cards.len() < count {
        let (turn, place) = (luck.below(100), out.cards.len());
        if turn < 3 && place > 0 {
            let (original, way) = (luck.below(place), luck.below(WAYS.len()));
            let (front, back) = out.cards[original].clone();
            out.same.push((original, place, way));
            out.cards.push((words.reworded(&front, way, &mut luck), back));
        } else if place < questions.len() && turn < 3 + 97 * questions.len() / count.max(questions.len()) {
            out.cards.push(questions[place].clone());
        } else {
            let front =
                if turn % 2 == 0 { words.wandered(&mut luck) } else { words.sibling(luck.one(questions), &mut luck) };
            out.cards.push((front, luck.one(questions).1.clone()));
        }
    }
    out
}

/// Questions of words that no language has, some common and most rare.
fn made_up(count: usize, luck: &mut Luck) -> Vec<(String, String)> {
    const SOUNDS: [&str; 16] =
        ["ba", "re", "mi", "to", "lu", "san", "ker", "ti", "no", "vel", "da", "pri", "sto", "ga", "len", "or"];
    const BEGINNINGS: [&str; 6] =
        ["What is the", "Which", "Who made the", "When did the", "Where is the", "How does the"];
    let word = |number: usize| {
        let mut rest = number + 17;
        let mut out = String::new();
        while rest > 0 {
            out.push_str(SOUNDS[rest % 16]);
            rest /= 16;
        }
        out
    };
    // The product of two even chances is small more often than not.
    let pick = |luck: &mut Luck| word(luck.below(200) * luck.below(200));
    let card = |luck: &mut Luck| {
        let mut front = luck.one(&BEGINNINGS).to_string();
        for place in 0..4 + luck.below(6) {
            front.push(' ');
            front.push_str(&if place % 3 == 2 {
                luck.one(&["of", "in", "for", "and"]).to_string()
            } else {
                pick(luck)
            });
        }
        (front + "?", pick(luck))
    };
    (0..count).map(|_| card(luck)).collect()
}

/// The words of questions, and which follow which.
struct Words {
    all: Vec<String>,
    next: BTreeMap<String, Vec<String>>,
    firsts: Vec<String>,
}

impl Words {
    fn of(questions: &[(String, String)]) -> Words {
        let mut out = Words { all: Vec::new(), next: BTreeMap::new(), firsts: Vec::new() };
        for (front, _) in questions {
            let words: Vec<String> = front.split_whitespace().map(str::to_owned).collect();
            out.firsts.extend(words.first().cloned());
            for pair in words.windows(2) {
                out.next.entry(pair[0].clone()).or_default().push(pair[1].clone());
            }
            out.all.extend(words.into_iter().filter(|word| !is_small(&word.to_lowercase())));
        }
        out
    }

    /// A walk from word to word.
    fn wandered(&self, luck: &mut Luck) -> String {
        let mut out = vec![luck.one(&self.firsts).clone()];
        for _ in 0..6 + luck.below(10) {
            let Some(next) = out.last().and_then(|word| self.next.get(word)) else { break };
            out.push(luck.one(next).clone());
        }
        out.join(" ")
    }

    /// A question with up to three of its words replaced.
    fn sibling(&self, (front, _): &(String, String), luck: &mut Luck) -> String {
        let mut words: Vec<&str> = front.split_whitespace().collect();
        for _ in 0..=luck.below(3) {
            let place = luck.below(words.len());
            if !is_small(&words[place].to_lowercase()) {
                words[place] = luck.one(&self.all).as_str();
            }
        }
        words.join(" ")
    }

    fn replaced(&self, words: &[&str], share: usize, luck: &mut Luck) -> String {
        let new = |word: &str, luck: &mut Luck| {
            let keep = is_small(&word.to_lowercase()) || luck.below(100) >= share;
            if keep { word.to_owned() } else { luck.one(&self.all).clone() }
        };
        words.iter().map(|word| new(word, luck)).collect::<Vec<_>>().join(" ")
    }

    /// The same question in one of the [`WAYS`].
    fn reworded(&self, front: &str, way: usize, luck: &mut Luck) -> String {
        let words: Vec<&str> = front.split_whitespace().collect();
        match way {
            0 => front.to_uppercase().replace(['?', ',', '.'], " "),
            1 => misspelt(&words, luck),
            2 => {
                let content = words.iter().filter(|word| !is_small(&word.to_lowercase()));
                format!("Do you know about this: {}?", content.copied().collect::<Vec<_>>().join(" "))
            }
            3 => {
                let mut words = words;
                for place in (1..words.len()).rev() {
                    words.swap(place, luck.below(place + 1));
                }
                words.join(" ")
            }
            4 => self.replaced(&words, 25, luck),
            5 => self.replaced(&words, 45, luck),
            6 => words.iter().filter(|_| luck.below(100) >= 35).copied().collect::<Vec<_>>().join(" "),
            _ => {
                let more = (0..words.len() * 45 / 100).map(|_| luck.one(&self.all).as_str()).collect::<Vec<_>>();
                [words, more].concat().join(" ")
            }
        }
    }
}

/// Two neighbouring letters exchanged in one or two words.
fn misspelt(words: &[&str], luck: &mut Luck) -> String {
    let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for _ in 0..=luck.below(2) {
        let word = luck.below(out.len());
        let mut letters: Vec<char> = out[word].chars().collect();
        if letters.len() > 3 {
            let place = 1 + luck.below(letters.len() - 2);
            letters.swap(place, place - 1);
            out[word] = letters.into_iter().collect();
        }
    }
    out.join(" ")
}
