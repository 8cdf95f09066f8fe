//! What a statement says, beyond its words: its parts, its verbs with their depth, the members of its lists, what it
//! leaves out or takes lightly.
//!
//! Every piece is a place in the statement's own text, never a rewording; where the grammar allows two readings, the one
//! that takes less apart is chosen. This is reading by pattern, for English statements of outcomes and objectives: it
//! refuses to guess what a statement means.

mod abbreviations;
mod lists;
mod nominal;
mod parts;
mod scope;

use credway_model::{BloomLevel, EvidencePair, Span};

pub use abbreviations::{Abbreviation, Abbreviations, Mention};
pub use lists::{ListKind, StatementList};
pub use parts::Part;
pub use scope::{Scope, ScopeKind};

use crate::bloom::{bloom_verbs, deepest};
use crate::words::{Word, words};

/// A verb, or a noun that stands for one, and the depth it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Depth.
    pub level: BloomLevel,
    /// Where it stands.
    pub span: Span,
    /// Whether it is a noun that stands for a verb (“analysis of”).
    pub nominal: bool,
}

/// What a statement says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understanding {
    /// What it asks for, one by one: each verb with each of its objects. At most [`Understanding::MOST_PARTS`].
    pub parts: Vec<Part>,
    /// Its verbs, the one at the head first; nouns that stand for verbs only where there is no verb.
    pub verbs: Vec<Verb>,
    /// Its lists, in order.
    pub lists: Vec<StatementList>,
    /// What it leaves out or takes lightly, in order.
    pub scope: Vec<Scope>,
}

impl Understanding {
    /// More parts than this are not told apart: a statement with more is a list, and read as one.
    pub const MOST_PARTS: usize = 24;

    /// Reads a statement.
    ///
    /// ```
    /// use credway_align::Understanding;
    /// let text = "Install, configure and test routers and firewalls.";
    /// let said = Understanding::of(text);
    /// let parts: Vec<String> = said.parts.iter().map(|part| part.words(text)).collect();
    /// assert_eq!(parts[..2], ["Install routers", "Install firewalls"]);
    /// assert_eq!(parts.len(), 6);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words = words(text);
        let lists = lists::lists(text, &words);
        let scope = scope::scope(text, &words);
        let mut verbs: Vec<Verb> =
            bloom_verbs(text).into_iter().map(|(level, span)| Verb { level, span, nominal: false }).collect();
        let parts = parts::parts(text, &words, &verbs, &lists, &scope);
        if verbs.is_empty() {
            verbs = nominal::verbs(&words);
        }
        Self { parts, verbs, lists, scope }
    }

    /// The deepest verb, the first of equals; `None` for topics.
    #[must_use]
    pub fn level(&self) -> Option<(BloomLevel, Span)> {
        deepest(self.verbs.iter().map(|verb| (verb.level, verb.span)))
    }

    /// Whether a piece of the text touches something the statement leaves out.
    #[must_use]
    pub fn leaves_out(&self, piece: Span) -> bool {
        let exclusions = self.scope.iter().filter_map(|scope| match scope.kind {
            ScopeKind::LeavesOut => scope.what,
            ScopeKind::Limits => None,
        });
        exclusions.into_iter().any(|left| piece.start < left.end && left.start < piece.end)
    }

    /// Whether there is anything to show beyond one verb with one object.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.parts.len() <= 1 && self.verbs.len() <= 1 && self.lists.is_empty() && self.scope.is_empty()
    }
}

/// The evidence that may speak for a match: pieces that either statement leaves out do not.
#[must_use]
pub fn speaking(evidence: Vec<EvidencePair>, one: &str, other: &str) -> Vec<EvidencePair> {
    if evidence.is_empty() {
        return evidence;
    }
    let left_out = [one, other].map(|text| scope::scope(text, &words(text)));
    if left_out.iter().all(Vec::is_empty) {
        return evidence;
    }
    let [one, other] = left_out.map(|scope| Understanding { scope, ..Understanding::default() });
    evidence.into_iter().filter(|pair| !one.leaves_out(pair.statement) && !other.leaves_out(pair.target)).collect()
}

/// How many of the things that a statement asks about (the objects of its parts, each once) a text names, and how many there are: of a
/// thing at least half of the telling words (by stem) must be there. What the text leaves out does not count; things without
/// telling words are passed over.
///
/// A text that names one of three things is no full match; but other words may mean the same.
#[must_use]
pub fn things_named(text: &str, statement: &str) -> (usize, usize) {
    let said = Understanding::of(text);
    let speaks = |word: &&Word| !word.common && crate::bloom::span(word).is_some_and(|span| !said.leaves_out(span));
    let all = words(text);
    let stems: std::collections::BTreeSet<&str> = all.iter().filter(speaks).map(|word| word.stem.as_str()).collect();
    let asked = Understanding::of(statement);
    let mut objects: Vec<Span> = asked.parts.iter().map(|part| part.object).collect();
    objects.sort_unstable();
    objects.dedup();
    let (mut named, mut all_of_them) = (0, 0);
    for piece in objects.iter().filter_map(|object| object.of(statement)) {
        let telling: Vec<Word> = words(piece).into_iter().filter(|word| !word.common).collect();
        if telling.is_empty() {
            continue;
        }
        all_of_them += 1;
        let there = telling.iter().filter(|word| stems.contains(word.stem.as_str())).count();
        named += usize::from(there * 2 >= telling.len());
    }
    (named, all_of_them)
}

/// A piece of a text without blanks and connecting marks at its ends; `None` where nothing is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let piece = text.get(start..end)?;
    let blank = |letter: char| letter.is_whitespace() || letter.is_control() || ",;:.•·–—-*".contains(letter);
    let front = piece.trim_start_matches(blank);
    let start = start + (piece.len() - front.len());
    let end = start + front.trim_end_matches(blank).len();
    (start < end).then_some(())?;
    Some(Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_out_does_not_speak() {
        let text = "Configure switches; wireless networks are not covered, excluding firewalls";
        let start = u32::try_from(text.find("firewalls").unwrap()).unwrap();
        let said = Understanding::of(text);
        assert!(said.leaves_out(Span { start, end: start + 9 }), "{said:?}");
        assert!(!said.leaves_out(Span { start: 0, end: 9 }));
        let pair = |statement: Span| EvidencePair {
            statement,
            target: Span { start: 0, end: 9 },
            likeness: credway_model::Probability::from_steps(10_000),
        };
        let kept =
            speaking(vec![pair(Span { start: 0, end: 9 }), pair(Span { start, end: start + 9 })], text, "Firewalls");
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn things_are_named_one_by_one() {
        let asked = "Configure routers, switches and firewalls";
        for (text, expected) in [
            ("Set up routers and firewalls", (2, 3)),
            ("Routers, switches, firewalls", (3, 3)),
            ("Routers, excluding switches and firewalls", (1, 3)),
            ("Sonnets", (0, 3)),
        ] {
            assert_eq!(things_named(text, asked), expected, "{text}");
        }
        assert_eq!(things_named("Routers", "of the"), (0, 0));
        // Two verbs, one thing.
        assert_eq!(things_named("Describe attacks", "Analyze and mitigate attacks"), (1, 1));
    }

    #[test]
    fn a_noun_stands_for_a_verb_where_there_is_none() {
        let text = "Analysis and mitigation of risks";
        let said = Understanding::of(text);
        assert_eq!(
            said.level().map(|(level, span)| (level, span.of(text).unwrap())),
            Some((BloomLevel::Analyze, "Analysis"))
        );
        assert!(said.verbs.iter().all(|verb| verb.nominal));
        assert_eq!(Understanding::of("Analysis tools").level(), None);
    }

    fn every_place(said: &Understanding) -> Vec<Span> {
        let mut all: Vec<Span> = said.verbs.iter().map(|verb| verb.span).collect();
        all.extend(said.parts.iter().flat_map(|part| part.verb.into_iter().chain([part.object])));
        all.extend(
            said.lists.iter().flat_map(|list| list.introduction.into_iter().chain(list.members.iter().copied())),
        );
        all.extend(said.scope.iter().flat_map(|scope| [scope.phrase].into_iter().chain(scope.what)));
        all
    }

    proptest! {
        #[test]
        fn places_are_always_pieces_of_the_text(
            pieces in prop::collection::vec(prop_oneof![
                "\\PC{0,12}",
                "[a-zé]{1,8}",
                prop::sample::select(vec![
                    "analyse", "and", ",", "(e.g.", ")", "such as", "including", ";", "•", "excluding", "only",
                    "does not include", "design", "or", "(", ".", "\n- ", "Analysis of", "İ", "ﬃ", "RBAC", "between",
                ]).prop_map(str::to_owned),
            ], 0..24),
            glue in prop::sample::select(vec!["", " ", "  "]),
        ) {
            let text = pieces.join(glue);
            let said = Understanding::of(&text);
            prop_assert!(said.parts.len() <= Understanding::MOST_PARTS);
            for place in every_place(&said) {
                prop_assert!(place.of(&text).is_some_and(|piece| !piece.is_empty()), "{:?} in {:?}", place, text);
            }
            for part in &said.parts {
                prop_assert!(!part.words(&text).is_empty());
            }
            let _ = (said.level(), things_named(&text, &text), said.is_plain());
        }
    }
}
