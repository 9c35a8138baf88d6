//! Fitting FSRS to a learner: from the histories of faces to weights, and what they gain.

use super::replay::Event;
use super::{Day, Model, Weights};

/// Fewer answers than this tell too little of a learner.
pub const LEAST: usize = 400;

/// Weights fitted to a log, and how well old and new ones tell what was known; less loss is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The new weights.
    pub weights: Weights,
    /// The answers that they were fitted to.
    pub answers: usize,
    /// The mean log loss of the weights that were in use.
    pub loss_before: f32,
    /// That of the new ones.
    pub loss_after: f32,
    /// How far the old ones are from the truth, on average over groups of like answers.
    pub error_before: f32,
    /// How far the new ones are.
    pub error_after: f32,
}

/// Fits weights to the histories of faces; none where there are too few answers, or nothing is gained.
/// The fit is one of the weights of the average learner, never of those in use, so that it depends on the log alone.
pub fn fit<'a>(histories: impl Iterator<Item = &'a [Event]>, in_use: &Model) -> Option<Fit> {
    let items: Vec<::fsrs::FSRSItem> = histories.flat_map(items).collect();
    let answers = items.len();
    if answers < LEAST {
        return None;
    }
    let input = ::fsrs::ComputeParametersInput { train_set: items.clone(), ..Default::default() };
    let weights: Weights = ::fsrs::compute_parameters(input).ok()?.try_into().ok()?;
    let judge = |weights: &Weights| ::fsrs::FSRS::new(weights).ok()?.evaluate(items.clone(), |_| true).ok();
    let (before, after) = (judge(in_use.weights())?, judge(&weights)?);
    Model::new(weights)?;
    Some(Fit {
        weights,
        answers,
        loss_before: before.log_loss,
        loss_after: after.log_loss,
        error_before: before.rmse_bins,
        error_after: after.rmse_bins,
    })
}

/// A training item for each answer on a later day, with all answers before it.
fn items(events: &[Event]) -> Vec<::fsrs::FSRSItem> {
    let mut reviews = Vec::new();
    let mut out = Vec::new();
    let mut last: Option<Day> = None;
    for event in events {
        let Event::Answer(answer) = event else {
            if matches!(event, Event::Set(_)) {
                // What was known before is not in the log.
                return out;
            }
            continue;
        };
        let delta_t = last.map_or(0, |last| answer.day.since(last));
        reviews.push(::fsrs::FSRSReview { rating: answer.grade.rating(), delta_t });
        if delta_t > 0 {
            out.push(::fsrs::FSRSItem { reviews: reviews.clone() });
        }
        last = Some(answer.day);
    }
    out
}
