//! One candidate in words: how likely, how deep, what stands, and what was said before.

use credway_model::Ctid;
use credway_workflow::{CandidateCard, StandingWord};

/// A candidate as the template shows it.
pub(super) struct CardView {
    /// Identifier of the element.
    pub(super) id: String,
    /// Anchor of the first candidate of a course (`c-ITSY-1300`), to which the matrix links.
    pub(super) anchor: Option<String>,
    /// The candidate.
    pub(super) card: CandidateCard,
    /// Glyph and words of what stands.
    pub(super) standing: (&'static str, &'static str),
    /// How likely, in words and as a number.
    pub(super) likelihood: String,
    /// How the depth taught compares with the depth asked.
    pub(super) depth: String,
    /// Course and outcome as one name: `ITSY 1300, outcome 2`.
    pub(super) name: String,
    /// Number or opening words of the objective.
    pub(super) objective_name: String,
    /// Whether the acting person has yet to give a word.
    pub(super) open: bool,
    /// What is announced after a word on it.
    pub(super) said: String,
    /// Whether somebody else's word came in between showing it and the word just given.
    pub(super) came_in: bool,
}

impl CardView {
    pub(super) fn new(card: CandidateCard) -> Self {
        let name = match &card.outcome_code {
            Some(code) => format!("{}, {} {code}", card.course.code, card.kind),
            None => format!("{}, {}", card.course.code, card.kind),
        };
        let objective_name = objective_name(card.objective.code.as_deref(), &card.objective.text);
        let said = match &card.own_word {
            Some(word) => format!("{name}, objective {objective_name}: {word}."),
            None => format!("{name}, objective {objective_name}: your decision is taken back."),
        };
        Self {
            id: format!("pair-{}-{}", card.statement, card.objective.id),
            anchor: None,
            standing: standing_words(card.standing),
            likelihood: likelihood(card.probability, card.suggested, card.reworded),
            depth: depth(card.taught.as_deref(), card.asked.as_deref(), &card.depth),
            open: card.own_word.is_none() && matches!(card.standing, StandingWord::Open | StandingWord::Disputed),
            came_in: false,
            name,
            objective_name,
            said,
            card,
        }
    }

    /// The same, with whether somebody else's word came in meanwhile.
    pub(super) fn with_others(mut self, came_in: bool) -> Self {
        self.came_in = came_in;
        if came_in {
            self.said.push_str(" Another word on this pair came in after you opened the page.");
        }
        self
    }

    /// How many words on it the page shows; nothing where they are kept back.
    pub(super) fn seen(&self) -> String {
        if self.card.hidden { String::new() } else { self.card.decisions.len().to_string() }
    }

    /// Whether a word on it may settle a disagreement.
    pub(super) fn disputed(&self) -> bool {
        self.card.standing == StandingWord::Disputed
    }

    /// The pair, as the hidden field and the address name it.
    pub(super) fn pair(&self) -> (Ctid, Ctid) {
        (self.card.statement, self.card.objective.id)
    }
}

/// The cards of a page; the first of each course and each objective bears the anchor other pages link to.
pub(super) fn cards(candidates: Vec<CandidateCard>) -> Vec<CardView> {
    let mut named: Vec<String> = Vec::new();
    candidates
        .into_iter()
        .map(|candidate| {
            let mut view = CardView::new(candidate);
            let anchor = course_anchor(&view.card.course.code);
            if !named.contains(&anchor) {
                named.push(anchor.clone());
                view.anchor = Some(anchor);
            }
            view
        })
        .collect()
}

/// The anchor of a course's first candidate: its code with everything but letters and digits as a hyphen.
pub(in crate::routes) fn course_anchor(code: &str) -> String {
    let plain: String = code.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    format!("c-{plain}")
}

/// The publisher's number, or else the opening words.
pub(in crate::routes) fn objective_name(code: Option<&str>, text: &str) -> String {
    code.map_or_else(|| shorten(text, 40), str::to_owned)
}

/// At most `most` characters, cut at a blank where there is one, with an ellipsis where something was cut.
pub(in crate::routes) fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let kept = cut.rsplit_once(' ').map_or(cut.as_str(), |(kept, _)| kept);
    format!("{kept}…")
}

/// Glyph and words of what stands.
pub(in crate::routes) const fn standing_words(standing: StandingWord) -> (&'static str, &'static str) {
    match standing {
        StandingWord::Open => ("○", "open"),
        StandingWord::Full => ("●", "accepted in full"),
        StandingWord::Partial => ("◐", "accepted in part"),
        StandingWord::Rejected => ("×", "rejected"),
        StandingWord::Disputed => ("≠", "disputed"),
    }
}

/// The probability in words and as a number; below the engine's stated confidence it says that it does not know.
fn likelihood(probability: Option<f64>, suggested: bool, reworded: bool) -> String {
    match probability {
        None if reworded => "not compared since it was reworded".to_owned(),
        None => "added by a person, not suggested".to_owned(),
        Some(value) if !suggested => format!("don’t know ({value:.2})"),
        Some(value) if value >= 0.9 => format!("very likely {value:.2}"),
        Some(value) if value >= 0.5 => format!("likely {value:.2}"),
        Some(value) => format!("possible {value:.2}"),
    }
}

fn depth(taught: Option<&str>, asked: Option<&str>, comparison: &str) -> String {
    match (taught, asked) {
        (Some(taught), Some(asked)) if comparison == "below" => {
            format!("taught at {taught}, exam asks {asked}: below")
        }
        (Some(taught), Some(asked)) => format!("taught at {taught}, exam asks {asked}: reaches it"),
        (Some(taught), None) => format!("taught at {taught}; the objective’s verb does not show a depth"),
        (None, Some(asked)) => format!("exam asks {asked}; the course’s verb does not show a depth"),
        (None, None) => "neither verb shows a depth".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihood_never_hides_the_number() {
        for (probability, suggested, expected) in [
            (Some(0.724), true, "likely 0.72"),
            (Some(0.95), true, "very likely 0.95"),
            (Some(0.41), true, "possible 0.41"),
            (Some(0.31), false, "don’t know (0.31)"),
            (None, false, "added by a person, not suggested"),
        ] {
            assert_eq!(likelihood(probability, suggested, false), expected);
        }
    }

    #[test]
    fn depth_says_both_sides_or_which_is_missing() {
        assert_eq!(depth(Some("apply"), Some("analyze"), "below"), "taught at apply, exam asks analyze: below");
        assert_eq!(depth(Some("create"), Some("apply"), "reaches"), "taught at create, exam asks apply: reaches it");
        assert!(depth(None, Some("apply"), "unknown").contains("the course’s verb"));
    }

    #[test]
    fn words_are_cut_at_a_blank() {
        assert_eq!(shorten("Compare and contrast security controls", 20), "Compare and…");
        assert_eq!(shorten("Short", 20), "Short");
        assert_eq!(course_anchor("ITSY 1300"), "c-ITSY-1300");
    }
}
