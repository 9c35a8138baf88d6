//! Cards under the headings of their notes, as a table of contents would have them: a heading's own
//! cards first, then the headings below it, each in the order of the notes.

use crate::card::Card;

/// A heading, or a deck, with the cards directly under it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Node {
    /// What it is called.
    pub(super) title: String,
    /// Its level, from 1; 0 is the root.
    pub(super) level: usize,
    /// Positions of cards.
    pub(super) cards: Vec<usize>,
    below: Vec<Node>,
}

impl Node {
    fn child(&mut self, title: &str) -> &mut Node {
        let at = self.below.iter().position(|node| node.title == title).unwrap_or_else(|| {
            self.below.push(Node { title: title.to_owned(), level: self.level + 1, ..Node::default() });
            self.below.len() - 1
        });
        &mut self.below[at]
    }

    fn flatten<'a>(&'a self, out: &mut Vec<&'a Node>) {
        out.push(self);
        self.below.iter().for_each(|node| node.flatten(out));
    }
}

/// The outline of some cards, by their positions in the deck.
pub(super) fn outline(cards: &[Card], chosen: &[usize]) -> Node {
    let mut root = Node::default();
    let decks: Vec<&str> = chosen.iter().map(|at| cards[*at].deck.as_str()).collect();
    let several = decks.windows(2).any(|pair| pair[0] != pair[1]);
    for at in chosen {
        let card = &cards[*at];
        let deck = several.then(|| card.deck.rsplit("::").next().unwrap_or_default());
        let path = deck.into_iter().chain(card.trail.iter().map(String::as_str));
        let mut node = &mut root;
        let mut last = None;
        // A note's title is often the name of its deck.
        for title in path.filter(|title| last.replace(*title) != Some(*title)) {
            node = node.child(title);
        }
        node.cards.push(*at);
    }
    root
}

/// All headings in reading order.
pub(super) fn headings(root: &Node) -> Vec<&Node> {
    let mut out = Vec::new();
    root.flatten(&mut out);
    out
}
