//! Depth of a statement, read from its verbs. A topic (“Risk management”) has none, and none is invented for it.
//!
//! The verb at the head counts: after an opening such as “Students will be able to”, “To” or “Given a scenario,”.
//! Verbs joined to it (“analyse and mitigate”, “configure, test, and document”) count too, and the deepest decides.

use credway_model::{BloomLevel, Span};

use crate::bloom_verbs::{also_noun, base_form, level_of};
use crate::words::{Word, words};

/// Openings that lead to a verb in base form.
const OPENINGS: [&str; 14] = [
    "be able to",
    "is able to",
    "are able to",
    "ability to",
    "able to",
    "learn how to",
    "learn to",
    "how to",
    "skill to",
    "students will",
    "student will",
    "learners will",
    "candidates should",
    "will",
];
/// Openings that lead to a verb in -ing.
const GERUND_OPENINGS: [&str; 7] =
    ["skill in", "skilled in", "skills in", "experience in", "competence in", "proficiency in", "ability in"];
/// Phrases that show a depth although their verb alone shows another or none.
const PHRASES: [(&str, BloomLevel); 16] = [
    ("demonstrate an understanding", BloomLevel::Understand),
    ("demonstrate understanding", BloomLevel::Understand),
    ("demonstrate a basic understanding", BloomLevel::Understand),
    ("demonstrate a clear understanding", BloomLevel::Understand),
    ("demonstrate comprehension", BloomLevel::Understand),
    ("demonstrate knowledge", BloomLevel::Remember),
    ("demonstrate a knowledge", BloomLevel::Remember),
    ("demonstrate familiarity", BloomLevel::Remember),
    ("demonstrate awareness", BloomLevel::Remember),
    ("gain an understanding", BloomLevel::Understand),
    ("develop an understanding", BloomLevel::Understand),
    ("have an understanding", BloomLevel::Understand),
    ("have knowledge", BloomLevel::Remember),
    ("be familiar with", BloomLevel::Remember),
    ("become familiar with", BloomLevel::Remember),
    ("be aware of", BloomLevel::Remember),
];
/// Words after which an ambiguous word before them is a verb (“design a network”).
const OBJECT_STARTS: &str = "a an the this that these those its their his her own and or how whether which what why when where \
     one two three four five new appropriate effective basic simple common various multiple several different given each \
     all any both some to from with for in on at by into between among through against within";
/// Beginnings of a clause that only sets the scene; the statement proper follows its comma.
const SCENES: [&str; 12] =
    ["given", "using", "upon", "after", "when", "in", "with", "at", "by", "for", "through", "provided"];
/// Words in -ly that are no adverbs.
const NOT_ADVERBS: [&str; 9] =
    ["anomaly", "apply", "assembly", "comply", "family", "multiply", "reply", "rely", "supply"];

/// The depth a statement's verbs show, and the verb that shows it; `None` for topics and unknown verbs.
///
/// ```
/// use credway_align::bloom_level;
/// use credway_model::BloomLevel;
/// let text = "Given a scenario, analyze indicators of an attack.";
/// let (level, span) = bloom_level(text).unwrap();
/// assert_eq!((level, span.of(text)), (BloomLevel::Analyze, Some("analyze")));
/// assert_eq!(bloom_level("Fundamentals of information security"), None);
/// ```
#[must_use]
pub fn bloom_level(text: &str) -> Option<(BloomLevel, Span)> {
    deepest(bloom_verbs(text))
}

/// The first of the deepest.
pub(crate) fn deepest(verbs: impl IntoIterator<Item = (BloomLevel, Span)>) -> Option<(BloomLevel, Span)> {
    verbs.into_iter().reduce(|best, other| if other.0 > best.0 { other } else { best })
}

/// Every verb that counts, the one at the head first, with its depth; none for topics and unknown verbs.
pub(crate) fn bloom_verbs(text: &str) -> Vec<(BloomLevel, Span)> {
    let words = words(text);
    let (head, opened) = head(text, &words);
    let Some(first) = verb_at(text, &words, head, opened) else { return Vec::new() };
    let mut found = vec![first];
    // A phrase with "understanding" or "knowledge" in it is decided by that word; only joined verbs can lift it.
    for at in head + 1..words.len() {
        if joined(text, &words, at) && is_base(&words[at]) {
            found.extend(verb_at(text, &words, at, false));
        }
    }
    found.iter().filter_map(|(level, at)| Some((*level, span(&words[*at])?))).collect()
}

/// The place of a word; `None` in a text too long for one.
pub(crate) fn span(word: &Word) -> Option<Span> {
    Some(Span { start: u32::try_from(word.start).ok()?, end: u32::try_from(word.end).ok()? })
}

/// Index of the word at the head, and what form an opening calls for.
fn head(text: &str, words: &[Word]) -> (usize, bool) {
    let mut at = 0;
    let mut opened = false;
    if words.first().is_some_and(|word| SCENES.contains(&word.lower.as_str()))
        && let Some(comma) = text.find(", ")
    {
        let after = words.iter().position(|word| word.start > comma).unwrap_or(0);
        if words.get(after).is_some_and(|word| base_form(&word.lower).is_some() || word.common) {
            (at, opened) = (after, true);
        }
    }
    while let Some(length) = opening(words, at) {
        at += length;
        opened = true;
    }
    let adverb = |word: &Word| word.lower.ends_with("ly") && !NOT_ADVERBS.contains(&word.lower.as_str());
    while words.get(at).is_some_and(adverb) && words.get(at + 1).is_some_and(|next| adverb(next) || is_base(next)) {
        at += 1;
        opened = true;
    }
    (at, opened)
}

/// How many words from `at` on are an opening.
fn opening(words: &[Word], at: usize) -> Option<usize> {
    let rest = words.get(at..).unwrap_or_default();
    let starts = |phrase: &str| {
        let length = phrase.split(' ').count();
        (rest.len() > length && phrase.split(' ').zip(rest).all(|(one, word)| word.lower == one)).then_some(length)
    };
    if PHRASES.iter().any(|(phrase, _)| starts(phrase).is_some()) {
        return None;
    }
    let found = OPENINGS.iter().chain(&GERUND_OPENINGS).find_map(|phrase| starts(phrase));
    found.or_else(|| {
        let lead =
            ["to", "the", "a", "students", "student", "learner", "learners", "graduates", "can", "should", "must"];
        let skipped = rest.len() > 1 && rest.first().is_some_and(|word| lead.contains(&word.lower.as_str()));
        let leads_on =
            skipped && (rest[0].lower == "to" || is_person_or_modal(&rest[0]) || is_person_or_modal(&rest[1]));
        leads_on.then_some(1)
    })
}

fn is_person_or_modal(word: &Word) -> bool {
    ["students", "student", "learner", "learners", "graduates", "can", "should", "must", "will"]
        .contains(&word.lower.as_str())
}

/// Whether word `at` is joined by a comma, a slash, “and”, “or” or “then” to what stands before it.
fn joined(text: &str, words: &[Word], at: usize) -> bool {
    let before = &words[at - 1];
    let between = text[before.end..words[at].start].trim();
    matches!(between, "," | ";" | "/" | "." | "&" | "–" | "—")
        || (between.is_empty() && matches!(before.lower.as_str(), "and" | "or" | "then"))
}

fn is_base(word: &Word) -> bool {
    level_of(&word.lower).is_some()
}

/// The depth word `at` shows, when it stands as a verb.
fn verb_at(text: &str, words: &[Word], at: usize, opened: bool) -> Option<(BloomLevel, usize)> {
    let word = words.get(at)?;
    if word.acronym {
        return None;
    }
    let phrase = PHRASES.iter().find(|(phrase, _)| {
        phrase.split(' ').count() <= words.len() - at
            && phrase.split(' ').zip(&words[at..]).all(|(one, word)| word.lower == one)
    });
    if let Some((_, level)) = phrase {
        return Some((*level, at));
    }
    let (base, level) = base_form(&word.lower)?;
    let shaped = base == word.lower || opened || (word.lower == format!("{base}s") && !also_noun(&base));
    let next = words.get(at + 1);
    let verbal = opened
        || !also_noun(&base)
        || next.is_some_and(|next| OBJECT_STARTS.split_whitespace().any(|start| start == next.lower))
        || (text.trim_end().ends_with('.') && words.len() - at >= 3);
    let hyphenated = text[..word.start].ends_with('-') || text[word.end..].starts_with('-');
    (shaped && verbal && next.is_some() && !hyphenated).then_some((level, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_model::BloomLevel::{Analyze, Apply, Create, Evaluate, Remember, Understand};

    #[test]
    fn depth_is_read_from_the_verb() {
        for (text, expected) in [
            ("Understand the parts of a computer", Some((Understand, "Understand"))),
            ("Be able to explain how routing works", Some((Understand, "explain"))),
            ("Students will be able to design secure networks", Some((Create, "design"))),
            ("To conduct a site survey", Some((Apply, "conduct"))),
            ("Given a scenario, analyze potential indicators", Some((Analyze, "analyze"))),
            ("Given a scenario, implement host security", Some((Apply, "implement"))),
            ("Analyse and mitigate risks", Some((Analyze, "Analyse"))),
            ("Identify, assess and document hazards", Some((Evaluate, "assess"))),
            ("Describe threats and evaluate countermeasures", Some((Evaluate, "evaluate"))),
            ("Compare and contrast storage types", Some((Understand, "Compare"))),
            ("Demonstrate an understanding of normal forms", Some((Understand, "Demonstrate"))),
            ("Demonstrate sterile technique", Some((Apply, "Demonstrate"))),
            ("Skill in conducting vulnerability scans", Some((Apply, "conducting"))),
            ("Ability to prioritize alerts", Some((Analyze, "prioritize"))),
            ("Design and build a web service.", Some((Create, "Design"))),
            ("Correctly label specimens.", Some((Remember, "label"))),
            ("Upon completion of this course, students can define key terms", Some((Remember, "define"))),
            ("The student will list the bones of the hand", Some((Remember, "list"))),
            ("Explains the water cycle", Some((Understand, "Explains"))),
            ("Write a unit test.", Some((Apply, "Write"))),
            ("Troubleshoot network problems", Some((Analyze, "Troubleshoot"))),
            ("Risk management", None),
            ("Design patterns", None),
            ("Test plans and reports", None),
            ("Programming in Python", None),
            ("Fundamentals of information security", None),
            ("Knowledge of network protocols", None),
            ("Access control models", None),
            ("Évaluer", None),
            ("", None),
            ("?!", None),
            ("Evaluate", None),
        ] {
            let found = bloom_level(text).map(|(level, span)| (level, span.of(text).unwrap()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
