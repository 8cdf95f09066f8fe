//! Words that are no course: a condition, more of the condition before, or not understood.

use std::ops::Range;

use credway_model::{ConditionKind, Requisite, Text};

use super::Clause;
use crate::requisite::condition;
use crate::requisite::join::{Joint, Operand};

impl Clause<'_> {
    /// A chunk of words: a condition, more of the condition before, or not understood.
    pub(super) fn words(&mut self, words: &str, coded: bool, led: bool, span: Range<usize>) {
        let kind = condition::kind(words).filter(|kind| !coded || may_name_a_course(*kind, led));
        let short = words.split_whitespace().count() <= 6;
        if kind.is_none() && !coded && short && self.titled {
            self.joint = None;
            return;
        }
        if let Some((operand, before)) = self.operands.last_mut()
            && !coded
        {
            let (text, whole) = (self.text, before.start..span.end);
            match (&operand.tree, kind) {
                // "the chair | and instructor", "Communication Sciences | and Disorders"
                (Requisite::Condition { kind: earlier, .. }, None) if short && self.joint != Some(Joint::Slash) => {
                    let earlier = *earlier;
                    set(operand, before, text, whole, Some(earlier));
                    self.joint = None;
                    return;
                }
                // "junior | or senior standing"
                (Requisite::NotUnderstood(earlier), Some(kind))
                    if earlier.as_str().split(' ').count() <= 3 && !has_digit(earlier.as_str()) && may_share(kind) =>
                {
                    set(operand, before, text, whole, Some(kind));
                    self.joint = None;
                    return;
                }
                (Requisite::NotUnderstood(_), None) => {
                    set(operand, before, text, whole, None);
                    self.joint = None;
                    return;
                }
                (Requisite::Condition { kind: earlier, words: before_words }, Some(_))
                    if matches!(self.joint, Some(Joint::And | Joint::Or))
                        && condition::goes_on(*earlier, before_words.as_str(), words) =>
                {
                    let earlier = *earlier;
                    set(operand, before, text, whole, Some(earlier));
                    self.joint = None;
                    return;
                }
                _ => {}
            }
        }
        let kind = if self.loose() { None } else { kind };
        let Ok(text) = Text::new(self.text[span.clone()].trim_matches([' ', ',', '.', ':', ';'])) else { return };
        let tree = match kind {
            Some(kind) => Requisite::Condition { kind, words: text },
            None => Requisite::NotUnderstood(text),
        };
        self.push(tree, span);
    }
}

/// Gives an operand the words it now spans; their kind, where they are understood.
pub(super) fn set(
    operand: &mut Operand,
    before: &mut Range<usize>,
    text: &str,
    whole: Range<usize>,
    kind: Option<ConditionKind>,
) {
    let Ok(words) = Text::new(text[whole.clone()].trim_matches([' ', ',', '.', ':', ';'])) else { return };
    *before = whole;
    operand.tree = match kind {
        Some(kind) => Requisite::Condition { kind, words },
        None => Requisite::NotUnderstood(words),
    };
}

/// Kinds whose first words may lack the word that tells the kind: "junior or senior standing".
fn may_share(kind: ConditionKind) -> bool {
    use ConditionKind::{Admission, Credits, Degree, Standing};
    matches!(kind, Standing | Admission | Degree | Credits)
}

/// Kinds whose words may hold a code: "placement into TIDE 1300"; where the code leads them, only advice may.
fn may_name_a_course(kind: ConditionKind, led: bool) -> bool {
    use ConditionKind::{Advice, Consent, Credits, Placement};
    kind == Advice || (!led && matches!(kind, Credits | Consent | Placement))
}

fn has_digit(words: &str) -> bool {
    words.contains(|letter: char| letter.is_ascii_digit())
}
