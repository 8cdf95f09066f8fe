//! Nouns that stand for verbs (“analysis of”, “installation and configuration of”), where a statement has no verb.

use credway_model::BloomLevel::{self, Analyze, Apply, Create, Evaluate, Remember, Understand};

use super::Verb;
use crate::bloom::span;
use crate::words::Word;

/// Nouns by the depth of their verb.
const NOUNS: [(BloomLevel, &str); 6] = [
    (Remember, "identification recognition recall knowledge awareness familiarity definition selection"),
    (
        Understand,
        "comparison description discussion explanation interpretation classification understanding comprehension summary \
         explication characterization characterisation",
    ),
    (
        Apply,
        "implementation application configuration installation deployment administration operation maintenance \
         calculation demonstration mitigation execution preparation protection use",
    ),
    (
        Analyze,
        "analysis examination investigation diagnosis detection differentiation inspection comparison prioritization \
         prioritisation troubleshooting",
    ),
    (Evaluate, "evaluation assessment appraisal validation verification critique justification"),
    (Create, "design development creation construction formulation synthesis planning composition"),
];

fn level(noun: &str) -> Option<BloomLevel> {
    NOUNS.iter().find(|(_, nouns)| nouns.split_whitespace().any(|one| one == noun)).map(|(level, _)| *level)
}

/// The nouns at the head that stand for verbs: one or several joined by “and”, “or” or commas, then “of” (“with” after
/// “familiarity”).
pub(super) fn verbs(words: &[Word]) -> Vec<Verb> {
    let skipped = words.iter().take_while(|word| ["a", "an", "the", "basic"].contains(&word.lower.as_str())).count();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().skip(skipped) {
        let next = words.get(at + 1).map(|next| next.lower.as_str());
        match (level(&word.lower), word.lower.as_str()) {
            (Some(level), _) => {
                found.extend(span(word).map(|span| Verb { level, span, nominal: true }));
                match next {
                    Some("of") => return found,
                    Some("with") if word.lower == "familiarity" => return found,
                    _ => {}
                }
            }
            (None, "and" | "or") if !found.is_empty() => {}
            _ => return Vec::new(),
        }
    }
    Vec::new()
}
