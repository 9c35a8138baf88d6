//! From judged pairs to groups: the likeliest pairs first, and two groups become one only if their least likely
//! pair would still do, so that a chain of half-alike cards makes no group.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::block::Effort;
use super::classes::Classes;
use super::entry::Entry;
use super::face::Face;
use super::judge::{Allowed, Judge, Known, Relation, Verdict, Weighed, entry};
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
    pub fn of<F: Borrow<Face>>(faces: &[F], labels: &[Pair]) -> Links {
        let named = labels.iter().flat_map(|label| [&label.left, &label.right]);
        let mut places: BTreeMap<&Entry, Vec<usize>> = named.map(|entry| (entry, Vec::new())).collect();
        for (place, face) in faces.iter().enumerate().filter(|_| !labels.is_empty()) {
            if let Some(known) = places.get_mut(&entry(face.borrow())) {
                known.push(place);
            }
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
    let classes = Classes::of(faces, links);
    let distinct: Vec<&Face> = classes.members.iter().map(|members| &faces[members[0]]).collect();
    let links = classes.links(links);
    let judge = Judge::new(&distinct, model);
    let weighed = judge.weighed(&distinct, effort, &links.must);
    let scores = Scores::new(&judge, &distinct, &weighed.pairs);
    let clusters = agglomerate(&distinct, scores.duplicates(|_, _, _| true), &links, &|a, b| {
        let verdict = scores.verdict(a, b);
        let close = matches!(verdict.relation, Relation::Duplicate | Relation::Different);
        close && verdict.probability >= judge.threshold() * SLACK
    });
    let alone = classes.alone(&clusters);
    let mut groups: Vec<Group> = clusters.into_iter().chain(alone).map(|members| group(members, &scores)).collect();
    for group in &mut groups {
        group.members = classes.all(&group.members);
    }
    groups.sort_by(|a, b| b.weakest.total_cmp(&a.weakest).then_with(|| a.id.cmp(&b.id)));
    let searched = (weighed.met, links.must.len());
    let known = |relation| !matches!(relation, Relation::Duplicate | Relation::Different);
    let related = weighed.pairs.into_iter().filter(|(_, _, verdict)| known(verdict.relation));
    let place = |card: usize| classes.members[card][0];
    let related = related.map(|(a, b, verdict)| (place(a), place(b), verdict)).collect();
    Found { groups, related, compared: weighed.candidates, searched }
}

/// The groups in which each pair is a duplicate, bears no sign of a difference, is at least as likely as `least`, and
/// is `allowed`; pairs that a label calls the same are in one group whatever they are.
pub fn certain(
    judge: &Judge,
    (faces, links): (&[&Face], &Links),
    effort: Effort,
    (least, allowed): (f64, &Allowed),
) -> Vec<Group> {
    let sound = |verdict: &Verdict| {
        let certain = verdict.plain || least < judge.certain();
        verdict.relation == Relation::Duplicate && verdict.guards.is_empty() && certain && verdict.probability >= least
    };
    let effort = Effort { plain: least >= judge.certain(), ..effort };
    let weighed = if least > 1.0 { Weighed::default() } else { judge.weighed_of(faces, effort, allowed) };
    let scores = Scores::new(judge, faces, &weighed.pairs);
    let same = scores.duplicates(|_, _, verdict| sound(verdict));
    let clusters = agglomerate(faces, same, links, &|a, b| allowed(a, b) && sound(&scores.verdict(a, b)));
    clusters.into_iter().map(|members| group(members, &scores)).collect()
}

/// The verdicts of a deck: those that the search weighed, and others as they are asked for.
struct Scores<'a> {
    judge: &'a Judge<'a>,
    faces: &'a [&'a Face],
    weighed: &'a [(usize, usize, Verdict)],
    known: RefCell<BTreeMap<usize, Rc<Known>>>,
}

impl<'a> Scores<'a> {
    fn new(judge: &'a Judge, faces: &'a [&'a Face], weighed: &'a [(usize, usize, Verdict)]) -> Scores<'a> {
        Scores { judge, faces, weighed, known: RefCell::default() }
    }

    fn verdict(&self, a: usize, b: usize) -> Verdict {
        let pair = (a.min(b), a.max(b));
        match self.weighed.binary_search_by_key(&pair, |(left, right, _)| (*left, *right)) {
            Ok(at) => self.weighed[at].2.clone(),
            Err(_) => self.judge.verdict(&self.known(pair.0), &self.known(pair.1)),
        }
    }

    fn known(&self, place: usize) -> Rc<Known> {
        let mut known = self.known.borrow_mut();
        Rc::clone(known.entry(place).or_insert_with(|| Rc::new(self.judge.know(self.faces[place]))))
    }

    /// The duplicates that are wanted, with their probabilities.
    fn duplicates(&self, wanted: impl Fn(usize, usize, &Verdict) -> bool) -> Vec<(usize, usize, f64)> {
        let same = self.weighed.iter().filter(|(_, _, verdict)| verdict.relation == Relation::Duplicate);
        same.filter(|(a, b, v)| wanted(*a, *b, v)).map(|(a, b, v)| (*a, *b, v.probability)).collect()
    }
}

/// Joins the likeliest pairs first; `fits` says whether two cards may stand in one group.
fn agglomerate(
    faces: &[&Face],
    same: Vec<(usize, usize, f64)>,
    links: &Links,
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    let cannot: BTreeSet<(usize, usize)> = links.cannot.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    let forbidden = |x: usize, y: usize| cannot.contains(&(x.min(y), x.max(y)));
    let mut edges: Vec<(bool, f64, usize, usize)> = links.must.iter().map(|(a, b)| (true, 1.0, *a, *b)).collect();
    edges.extend(same.into_iter().map(|(a, b, probability)| (false, probability, a, b)));
    // Ties go by what the cards say, so that their order does not matter.
    edges.sort_by(|x, y| {
        let texts = |a: usize, b: usize| {
            let (a, b) = ((faces[a].full(), &faces[a].place), (faces[b].full(), &faces[b].place));
            if a <= b { (a, b) } else { (b, a) }
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

fn group(mut members: Vec<usize>, scores: &Scores) -> Group {
    members.sort_unstable();
    let mut weakest = 1.0_f64;
    let mut guards: Vec<String> = Vec::new();
    for (index, a) in members.iter().enumerate() {
        for b in &members[index + 1..] {
            let verdict = scores.verdict(*a, *b);
            weakest = weakest.min(verdict.probability);
            guards.extend(verdict.guards);
        }
    }
    guards.sort_unstable();
    guards.dedup();
    let text = |place: &usize| format!("{}\u{1}{}", scores.faces[*place].ask, scores.faces[*place].answer);
    let mut texts: Vec<String> = members.iter().map(text).collect();
    texts.sort_unstable();
    texts.dedup();
    let id = blake3::hash(texts.join("\u{2}").as_bytes()).to_hex()[..8].to_owned();
    Group { id, members, weakest, guards }
}
