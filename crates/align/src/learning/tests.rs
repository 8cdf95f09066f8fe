//! Learning on made-up decisions whose rule is known.

use std::sync::Arc;

use super::*;
use crate::{Engine, Limits, ShippedEngine, Statement};

/// A number from 0 to 1 that looks drawn by chance and is the same everywhere.
fn chance(seed: usize) -> f64 {
    let mut value = (seed as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value ^= value >> 29;
    value = value.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value ^= value >> 32;
    (value >> 11) as f64 / (1_u64 << 53) as f64
}

/// Decisions on `courses` courses, ten each: the shipped odds say something, the number `verb` more, where `rule` says so.
fn decisions(courses: usize, rule: fn(f64, f64) -> f64) -> Vec<Judgement> {
    let verb = FEATURE_NAMES.iter().position(|name| *name == "same_verb").unwrap();
    let one = |at: usize| {
        let (odds, same) = (chance(at * 3) * 4.0 - 2.0, chance(at * 3 + 1) < 0.5);
        let mut features = [0.0; FEATURES];
        features[verb] = f32::from(u8::from(same));
        let truth = crate::exact::logistic(rule(odds, f64::from(u8::from(same))));
        Judgement {
            reading: PairReading { statement: at, target: at / 4, log_odds: odds, features },
            group: at / 10,
            list: at / 4,
            accepted: chance(at * 3 + 2) < truth,
        }
    };
    (0..courses * 10).map(one).collect()
}

#[test]
fn a_number_that_matters_here_is_learned() {
    let judgements = decisions(40, |odds, same| odds + 3.0 * same - 1.5);
    let lesson = learn(&judgements).unwrap();
    assert!(lesson.is_better(), "{lesson:?}");
    let verb = lesson.scorer.numbers.iter().find(|number| number.name == "same_verb").unwrap();
    assert!(verb.weight > 0.8, "{verb:?}");
    assert!(lesson.after.average_precision > lesson.before.average_precision + 0.05);
    assert!(
        lesson.scorer.numbers.iter().filter(|number| number.name != "same_verb").all(|number| number.weight == 0.0)
    );
}

#[test]
fn where_the_shipped_scorer_is_right_nothing_better_is_claimed() {
    // Whether what was learned is better by luck depends on the decisions; that it stays near the shipped one does not.
    let lesson = learn(&decisions(12, |odds, _| odds)).unwrap();
    assert!((lesson.scorer.scale - 1.0).abs() < 0.4 && lesson.scorer.bias.abs() < 0.6, "{:?}", lesson.scorer);
    let mut worse = lesson.clone();
    worse.after.log_loss = lesson.before.log_loss;
    assert!(!worse.is_better());
}

#[test]
fn probabilities_that_are_off_are_set_right() {
    let lesson = learn(&decisions(40, |odds, _| odds - 2.0)).unwrap();
    assert!(lesson.scorer.bias < -1.2, "{:?}", lesson.scorer);
    assert!(lesson.after.calibration_error < lesson.before.calibration_error / 2.0);
    assert!(lesson.after.log_loss < lesson.before.log_loss);
    // The calibration alone keeps the order of each part, so that it is used where the weights are not better.
    assert!(lesson.is_better(), "{lesson:?}");
}

#[test]
fn the_same_decisions_teach_the_same() {
    let judgements = decisions(10, |odds, same| odds + same);
    let one = serde_json::to_string(&learn(&judgements).unwrap()).unwrap();
    let two = serde_json::to_string(&learn(&judgements).unwrap()).unwrap();
    assert_eq!(one, two);
    let kept: Lesson = serde_json::from_str(&one).unwrap();
    assert_eq!(serde_json::to_string(&kept).unwrap(), one);
}

#[test]
fn few_decisions_teach_nothing() {
    let judgements = decisions(5, |odds, _| odds);
    let too_little = learn(&judgements).unwrap_err();
    assert_eq!(too_little.accepted + too_little.rejected, 50);
    assert!(too_little.to_string().contains("it takes 60 decisions"), "{too_little}");
    let mut one_course = decisions(8, |odds, _| odds);
    one_course.iter_mut().for_each(|judgement| judgement.group = 0);
    assert_eq!(learn(&one_course).unwrap_err().groups, 1);
}

#[test]
fn no_course_is_on_both_sides() {
    let judgements = decisions(13, |odds, _| odds);
    let parts = held_out::groups(&judgements);
    assert_eq!(parts.len(), 13);
    let sizes: Vec<usize> =
        (0..held_out::FOLDS).map(|part| parts.values().filter(|one| **one == part).count()).collect();
    assert_eq!(sizes, [3, 3, 3, 2, 2]);
}

#[test]
fn an_engine_says_what_was_learned() {
    let statement = |text: &str| Statement { text: text.to_owned(), context: String::new() };
    let taught = ["Configure role-based access control", "Read a sonnet aloud"].map(statement);
    let asked = ["Apply role-based access control (RBAC)", "Recite poetry"].map(statement);
    let shipped: Arc<dyn Engine> = Arc::new(ShippedEngine::plain());
    let limits = Limits { per_target: 2, per_statement: 2 };
    let plain = shipped.crosswalk(&taught, &asked, limits, &()).unwrap();
    let same = unlearned(&[]);
    let engine = LearnedEngine::new(Arc::clone(&shipped), same.clone(), 3).unwrap();
    assert_eq!(engine.name(), format!("{} + learned 3", shipped.name()));
    assert_eq!(engine.crosswalk(&taught, &asked, limits, &()).unwrap(), plain, "nothing was learned");
    let wary = LearnedScorer { bias: -2.0, ..same.clone() };
    let engine = LearnedEngine::new(Arc::clone(&shipped), wary, 4).unwrap();
    for (one, other) in engine.crosswalk(&taught, &asked, limits, &()).unwrap().iter().zip(&plain) {
        assert!(one.probability < other.probability);
    }
    let other = LearnedScorer { numbers: Vec::new(), ..same };
    assert!(LearnedEngine::new(shipped, other, 5).is_none());
}
