//! The best pairing of earlier and later cards over all pairs that were weighed: one to one, and the sum of the
//! log odds as large as it can be. A pair is sure only if no other that is open would do nearly as well.

use std::collections::BTreeMap;

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::weigh::SURE;

/// A weighed pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// The earlier card.
    pub(super) old: usize,
    /// The later one.
    pub(super) new: usize,
    /// The log odds that they are one.
    pub(super) odds: f32,
}

/// A pair of the best pairing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// The pair.
    pub(super) edge: Edge,
    /// Whether it can be relied on.
    pub(super) sure: bool,
}

/// How much better a pair must be than what could stand in its place.
const MARGIN: f32 = 0.8;

/// The largest side of a cluster that is solved to the best; beyond it the likeliest pairs are taken first.
const MOST: usize = 64;

/// The best pairing; edges need no order, and none may come twice.
pub(super) fn best(mut edges: Vec<Edge>) -> Vec<Pair> {
    edges.sort_by(|a, b| b.odds.total_cmp(&a.odds).then((a.old, a.new).cmp(&(b.old, b.new))));
    let mut out = Vec::new();
    for cluster in clusters(&edges) {
        if let [edge] = cluster[..] {
            out.push(Pair { edge, sure: edge.odds >= SURE });
            continue;
        }
        let chosen = choose(&cluster);
        let table = Table::new(&cluster, &chosen);
        out.extend(
            chosen.iter().map(|edge| Pair { edge: *edge, sure: edge.odds >= SURE && table.margin(edge) >= MARGIN }),
        );
    }
    out.sort_by_key(|pair| (pair.edge.new, pair.edge.old));
    out
}

/// Edges that hang together, each cluster in the order of the edges.
fn clusters(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let most = |of: fn(&Edge) -> usize| edges.iter().map(of).max().map_or(0, |most| most + 1);
    let (olds, news) = (most(|e| e.old), most(|e| e.new));
    let mut parent: Vec<usize> = (0..olds + news).collect();
    for edge in edges {
        let (a, b) = (root(&mut parent, edge.old), root(&mut parent, olds + edge.new));
        parent[a.max(b)] = a.min(b);
    }
    let mut out: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        out.entry(root(&mut parent, edge.old)).or_default().push(*edge);
    }
    out.into_values().collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn choose(cluster: &[Edge]) -> Vec<Edge> {
    let index = |of: fn(&Edge) -> usize| {
        let mut all: Vec<usize> = cluster.iter().map(of).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (olds, news) = (index(|e| e.old), index(|e| e.new));
    if cluster.len() == 1 || olds.len().max(news.len()) > MOST {
        return greedy(cluster);
    }
    // The solver wants at least as many columns as rows.
    let turned = olds.len() > news.len();
    let (rows, columns) = if turned { (&news, &olds) } else { (&olds, &news) };
    let mut weights = Matrix::new(rows.len(), columns.len(), 0_i64);
    for edge in cluster {
        let (row, column) = if turned { (edge.new, edge.old) } else { (edge.old, edge.new) };
        let (Ok(row), Ok(column)) = (rows.binary_search(&row), columns.binary_search(&column)) else { continue };
        weights[(row, column)] = thousandths(edge.odds);
    }
    let (_, places) = kuhn_munkres(&weights);
    let chosen = |edge: &&Edge| {
        let (row, column) = if turned { (edge.new, edge.old) } else { (edge.old, edge.new) };
        rows.binary_search(&row).is_ok_and(|row| columns[places[row]] == column)
    };
    cluster.iter().filter(chosen).copied().collect()
}

/// The likeliest pairs first.
fn greedy(cluster: &[Edge]) -> Vec<Edge> {
    let (mut olds, mut news) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut out = Vec::new();
    for edge in cluster {
        if !olds.contains(&edge.old) && !news.contains(&edge.new) {
            olds.insert(edge.old);
            news.insert(edge.new);
            out.push(*edge);
        }
    }
    out
}

#[expect(clippy::cast_possible_truncation, reason = "log odds are small")]
fn thousandths(odds: f32) -> i64 {
    (odds * 1000.0).round().max(0.0) as i64
}

/// What was weighed and what was chosen, for telling how sure a choice is.
struct Table {
    odds: BTreeMap<(usize, usize), f32>,
    by_old: BTreeMap<usize, Vec<usize>>,
    by_new: BTreeMap<usize, Vec<usize>>,
    chosen_old: BTreeMap<usize, usize>,
    chosen_new: BTreeMap<usize, usize>,
}

impl Table {
    fn new(cluster: &[Edge], chosen: &[Edge]) -> Table {
        let mut table = Table {
            odds: cluster.iter().map(|e| ((e.old, e.new), e.odds)).collect(),
            by_old: BTreeMap::new(),
            by_new: BTreeMap::new(),
            chosen_old: chosen.iter().map(|e| (e.old, e.new)).collect(),
            chosen_new: chosen.iter().map(|e| (e.new, e.old)).collect(),
        };
        for edge in cluster {
            table.by_old.entry(edge.old).or_default().push(edge.new);
            table.by_new.entry(edge.new).or_default().push(edge.old);
        }
        table
    }

    fn of(&self, old: usize, new: usize) -> Option<f32> {
        self.odds.get(&(old, new)).copied()
    }

    /// By how much a choice beats the best that could stand in its place.
    fn margin(&self, edge: &Edge) -> f32 {
        let mut least = f32::INFINITY;
        for new in self.by_old.get(&edge.old).into_iter().flatten().filter(|new| **new != edge.new) {
            let Some(rival) = self.of(edge.old, *new) else { continue };
            least = least.min(match self.chosen_new.get(new) {
                // Exchanging partners must cost enough, where it can be done at all.
                Some(other) => {
                    let kept = self.of(*other, *new).unwrap_or_default();
                    self.of(*other, edge.new).map_or(f32::INFINITY, |back| edge.odds + kept - rival - back)
                }
                None => edge.odds - rival,
            });
        }
        for old in self.by_new.get(&edge.new).into_iter().flatten().filter(|old| **old != edge.old) {
            let Some(rival) = self.of(*old, edge.new) else { continue };
            least = least.min(match self.chosen_old.get(old) {
                Some(_) => f32::INFINITY,
                None => edge.odds - rival,
            });
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(list: &[(usize, usize, f32)]) -> Vec<Edge> {
        list.iter().map(|(old, new, odds)| Edge { old: *old, new: *new, odds: *odds }).collect()
    }

    #[test]
    fn the_sum_counts_and_not_the_first() {
        // The likeliest pair alone would leave the others without a partner.
        let pairs = best(edges(&[(0, 0, 5.0), (0, 1, 4.5), (1, 0, 4.5)]));
        assert_eq!(pairs.iter().map(|p| (p.edge.old, p.edge.new)).collect::<Vec<_>>(), [(1, 0), (0, 1)]);
    }

    #[test]
    fn what_could_as_well_be_turned_round_is_not_sure() {
        let pairs = best(edges(&[(0, 0, 5.0), (0, 1, 4.9), (1, 0, 4.9), (1, 1, 5.0)]));
        assert!(pairs.len() == 2 && pairs.iter().all(|pair| !pair.sure));
        let pairs = best(edges(&[(0, 0, 8.0), (0, 1, 3.0), (1, 0, 3.0), (1, 1, 8.0)]));
        assert!(pairs.iter().all(|pair| pair.sure));
    }

    #[test]
    fn an_open_rival_makes_a_pair_unsure() {
        assert!(best(edges(&[(0, 0, 5.0), (1, 0, 4.8)])).iter().all(|pair| !pair.sure));
        assert!(best(edges(&[(0, 0, 5.0), (1, 0, 2.8)])).iter().all(|pair| pair.sure));
    }
}
