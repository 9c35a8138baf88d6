//! From judged pairs to groups: the likeliest pairs first, and two groups become one only if their least likely
//! pair would still do, so that a chain of half-alike cards makes no group.

use std::collections::{BTreeMap, BTreeSet};

use super::block::Effort;
use super::entry::Entry;
use super::face::Face;
use super::judge::{Judge, Relation, Verdict, entry};
use super::model::Model;
use super::pairs::Pair;

/// Cards that ask the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// A name that follows from what the cards say, and not from their order.
    pub id: String,
    /// The places of its cards, ascending.
    pub members: Vec<usize>,
    /// The probability of its least likely pair.
    pub weakest: f64,
    /// Signs for which a person should look.
    pub guards: Vec<String>,
}

/// What was found in a deck.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Cards that ask the same, the surest first.
    pub groups: Vec<Group>,
    /// Pairs that are worth knowing and are no duplicates.
    pub related: Vec<(usize, usize, Verdict)>,
    /// How many pairs were compared.
    pub compared: usize,
    /// Of the pairs that labels call the same: how many the search found, and how many there are.
    pub searched: (usize, usize),
}

/// How far below the threshold the least likely pair of a group may lie.
const SLACK: f64 = 1.0;

/// Labels of a person: which pairs belong together and which must not.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// Pairs that ask the same.
    pub must: Vec<(usize, usize)>,
    /// Pairs that do not.
    pub cannot: Vec<(usize, usize)>,
}

impl Links {
    /// The links that labels make between these cards; labels of other cards make none.
    pub fn of(faces: &[Face], labels: &[Pair]) -> Links {
        let mut places: BTreeMap<Entry, Vec<usize>> = BTreeMap::new();
        for (place, face) in faces.iter().enumerate() {
            places.entry(entry(face)).or_default().push(place);
        }
        let mut out = Links::default();
        for label in labels {
            let (Some(left), Some(right)) = (places.get(&label.left), places.get(&label.right)) else { continue };
            let across = left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
            if label.same { out.must.extend(across) } else { out.cannot.extend(across) }
        }
        out
    }
}

/// Finds the groups of a deck.
pub fn find(faces: &[Face], model: Option<&Model>, effort: Effort, links: &Links) -> Found {
    let judge = Judge::new(faces, model);
    let mut weighed = judge.weighed(faces, effort);
    let compared = weighed.len();
    let met = |pair: &(usize, usize)| {
        let pair = (pair.0.min(pair.1), pair.0.max(pair.1));
        weighed.binary_search_by_key(&pair, |(left, right, _)| (*left, *right)).is_ok()
    };
    let searched = (links.must.iter().filter(|pair| met(pair)).count(), links.must.len());
    weighed.retain(|(_, _, verdict)| verdict.relation != Relation::Different);
    let (same, related): (Vec<_>, Vec<_>) =
        weighed.into_iter().partition(|(_, _, verdict)| verdict.relation == Relation::Duplicate);
    let score = |a: usize, b: usize| judge.verdict(&judge.know(&faces[a]), &judge.know(&faces[b]));
    let clusters = agglomerate(faces, &same, links, &|a, b| {
        let verdict = score(a, b);
        let close = matches!(verdict.relation, Relation::Duplicate | Relation::Different);
        close && verdict.probability >= judge.threshold() * SLACK
    });
    let mut groups: Vec<Group> = clusters.into_iter().map(|members| group(faces, members, &score)).collect();
    groups.sort_by(|a, b| b.weakest.total_cmp(&a.weakest).then_with(|| a.id.cmp(&b.id)));
    Found { groups, related, compared, searched }
}

/// The groups in which each pair is a duplicate, bears no sign of a difference, is at least as likely as `least`, and
/// is `allowed`; pairs that a label calls the same are in one group whatever they are.
pub fn certain(
    judge: &Judge,
    (faces, links): (&[Face], &Links),
    effort: Effort,
    (least, allowed): (f64, &dyn Fn(usize, usize) -> bool),
) -> Vec<Group> {
    let sound = |verdict: &Verdict| {
        let certain = verdict.plain || least < judge.certain();
        verdict.relation == Relation::Duplicate && verdict.guards.is_empty() && certain && verdict.probability >= least
    };
    let mut same = if least > 1.0 { Vec::new() } else { judge.weighed(faces, effort) };
    same.retain(|(a, b, verdict)| sound(verdict) && allowed(*a, *b));
    let score = |a: usize, b: usize| judge.verdict(&judge.know(&faces[a]), &judge.know(&faces[b]));
    let clusters = agglomerate(faces, &same, links, &|a, b| allowed(a, b) && sound(&score(a, b)));
    clusters.into_iter().map(|members| group(faces, members, &score)).collect()
}

/// Joins the likeliest pairs first; `fits` says whether two cards may stand in one group.
fn agglomerate(
    faces: &[Face],
    same: &[(usize, usize, Verdict)],
    links: &Links,
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    let cannot: BTreeSet<(usize, usize)> = links.cannot.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    let forbidden = |x: usize, y: usize| cannot.contains(&(x.min(y), x.max(y)));
    let mut edges: Vec<(bool, f64, usize, usize)> = links.must.iter().map(|(a, b)| (true, 1.0, *a, *b)).collect();
    edges.extend(same.iter().map(|(a, b, verdict)| (false, verdict.probability, *a, *b)));
    // Ties go by what the cards say, so that their order does not matter.
    edges.sort_by(|x, y| {
        let texts = |a: usize, b: usize| {
            let (a, b) = (&faces[a].full, &faces[b].full);
            if a <= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) }
        };
        y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then_with(|| texts(x.2, x.3).cmp(&texts(y.2, y.3)))
    });
    for (must, _, a, b) in edges {
        let (first, second) = (*home.entry(a).or_insert(a), *home.entry(b).or_insert(b));
        let left = clusters.entry(first).or_insert_with(|| vec![a]).clone();
        let right = clusters.entry(second).or_insert_with(|| vec![b]).clone();
        let across = || left.iter().flat_map(|x| right.iter().map(move |y| (*x, *y)));
        if first == second || !must && across().any(|(x, y)| forbidden(x, y) || !fits(x, y)) {
            continue;
        }
        for member in &right {
            home.insert(*member, first);
        }
        clusters.remove(&second);
        clusters.entry(first).or_default().extend(right);
    }
    clusters.into_values().filter(|members| members.len() > 1).collect()
}

fn group(faces: &[Face], mut members: Vec<usize>, score: &dyn Fn(usize, usize) -> Verdict) -> Group {
    members.sort_unstable();
    let mut weakest = 1.0_f64;
    let mut guards: Vec<String> = Vec::new();
    for (index, a) in members.iter().enumerate() {
        for b in &members[index + 1..] {
            let verdict = score(*a, *b);
            weakest = weakest.min(verdict.probability);
            guards.extend(verdict.guards);
        }
    }
    guards.sort_unstable();
    guards.dedup();
    let mut texts: Vec<String> =
        members.iter().map(|member| format!("{}\u{1}{}", faces[*member].ask, faces[*member].answer)).collect();
    texts.sort_unstable();
    let id = blake3::hash(texts.join("\u{2}").as_bytes()).to_hex()[..8].to_owned();
    Group { id, members, weakest, guards }
}
