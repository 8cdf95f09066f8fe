//! Why an engine thinks what it thinks of a pair, number by number, in words.

use std::collections::{BTreeMap, BTreeSet};

use crate::bloom::bloom_verbs;
use crate::words::words;
use crate::{FEATURE_NAMES, FEATURES, PairReading};

/// Contributions smaller than this, in log odds, are not worth a word.
const LEAST: f64 = 0.05;
/// At most so many words in common are named.
const MOST_WORDS: usize = 6;

/// What one number of a pair adds to its log odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Name of the number, one of [`FEATURE_NAMES`].
    pub name: &'static str,
    /// Its value.
    pub value: f32,
    /// What it adds to the log odds, against a pair in which it is 0; below 0 where it speaks against.
    pub log_odds: f64,
    /// In words (“same verb “configure””).
    pub words: String,
}

/// What each number of a pair adds, the weightiest first; those that add next to nothing are left out.
///
/// `weights` are the engine's ([`crate::Engine::weights`]); `statement` and `target` the two texts.
#[must_use]
pub fn contributions(
    reading: &PairReading,
    weights: &[f64; FEATURES],
    statement: &str,
    target: &str,
) -> Vec<Contribution> {
    let numbers = FEATURE_NAMES.iter().zip(reading.features).zip(weights);
    let mut found: Vec<Contribution> = numbers
        .map(|((name, value), weight)| Contribution {
            name,
            value,
            log_odds: weight * f64::from(value),
            words: in_words(name, value, statement, target),
        })
        .filter(|one| one.log_odds.abs() >= LEAST)
        .collect();
    found.sort_by(|one, other| other.log_odds.abs().total_cmp(&one.log_odds.abs()).then(one.name.cmp(other.name)));
    found
}

/// The telling words both texts have (by stem), as the first writes them, the rarest among `texts` first; at most six.
#[must_use]
pub fn rare_words_in_common<'a>(one: &str, other: &str, texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let theirs: BTreeSet<String> = words(other).into_iter().filter(|word| !word.common).map(|word| word.stem).collect();
    let mut shared: Vec<(String, String)> = Vec::new();
    for word in words(one).into_iter().filter(|word| !word.common && theirs.contains(&word.stem)) {
        if shared.iter().all(|(stem, _)| *stem != word.stem) {
            let written = one.get(word.start..word.end).unwrap_or(&word.lower).to_owned();
            shared.push((word.stem, written));
        }
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        let stems: BTreeSet<String> = words(text).into_iter().map(|word| word.stem).collect();
        for stem in stems {
            *count.entry(stem).or_default() += 1;
        }
    }
    // A stable sort keeps the order of the text among equals.
    shared.sort_by_key(|(stem, _)| count.get(stem).copied().unwrap_or_default());
    shared.into_iter().map(|(_, written)| written).take(MOST_WORDS).collect()
}

/// One number in words. A number this page does not know is named as it is.
fn in_words(name: &str, value: f32, statement: &str, target: &str) -> String {
    let share = |what: &str| format!("{:.0} % of {what}", value * 100.0);
    let beside = |what: &str| {
        let side = if value < 0.0 { "below" } else { "above" };
        format!("{what} {:.1} deviations {side} what is usual here", value.abs())
    };
    match name {
        "cosine" => format!("similar meaning with what stands above them, {value:.2}"),
        "cosine_text" => format!("similar meaning, {value:.2}"),
        "encoded" => format!("similar meaning of the whole statements, {value:.2}"),
        "deep" => format!("similar meaning by the deep engine’s model, {value:.2}"),
        "cosine_z" => beside("similar words,"),
        "encoded_z" => beside("similar meaning of the whole statements,"),
        "deep_z" => beside("similar meaning by the deep engine’s model,"),
        "lexical_z" => beside("shared words,"),
        "lexical_share" => share("the most the words in common could say"),
        "cover_query" => share("the rare words of one are in the other"),
        "cover_target" => share("the rare words of the other are in the first"),
        "words_query" | "words_target" => format!("nearest words alike, {value:.2}"),
        "same_verb" if value > 0.0 => same_verb(statement, target),
        "same_level" if value > 0.0 => "same depth".to_owned(),
        "level_short" => format!("depth {value:.1} levels below what is asked, seen from both sides"),
        "length" => format!("length alike, {value:.2}"),
        "acronym" if value > 0.0 => "an abbreviation of one is in the other".to_owned(),
        other => format!("{}, {value:.2}", other.replace('_', " ")),
    }
}

fn same_verb(statement: &str, target: &str) -> String {
    let stems = |text: &str| -> Vec<(String, String)> {
        let verbs = bloom_verbs(text);
        let written = verbs.iter().filter_map(|(_, span)| span.of(text));
        written.map(|verb| (crate::stem::stem(&verb.to_lowercase()), verb.to_lowercase())).collect()
    };
    let asked = stems(target);
    let same = stems(statement).into_iter().find(|(stem, _)| asked.iter().any(|(other, _)| other == stem));
    same.map_or_else(|| "same verb".to_owned(), |(_, verb)| format!("same verb “{verb}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_comes_first_and_is_said_in_words() {
        let at = |name: &str| FEATURE_NAMES.iter().position(|one| *one == name).unwrap();
        let mut reading = PairReading { statement: 0, target: 0, log_odds: 0.0, features: [0.0; FEATURES] };
        let mut weights = [0.0; FEATURES];
        for (name, value, weight) in [("same_verb", 1.0, 0.3), ("cosine_z", -2.0, 1.5), ("length", 0.5, 0.01)] {
            reading.features[at(name)] = value;
            weights[at(name)] = weight;
        }
        let found = contributions(&reading, &weights, "Configure the kubelet", "Install and configure RBAC");
        let said: Vec<(&str, f64)> = found.iter().map(|one| (one.words.as_str(), one.log_odds)).collect();
        assert_eq!(
            said,
            [("similar words, 2.0 deviations below what is usual here", -3.0), ("same verb “configure”", 0.3)]
        );
    }

    #[test]
    fn rare_words_come_first() {
        let (one, other) = ("Secure the network with RBAC on the kubelet", "kubelets, networks and RBAC");
        let texts = [one, other, "Networks", "A network"];
        assert_eq!(rare_words_in_common(one, other, texts), ["RBAC", "kubelet", "network"]);
        assert!(rare_words_in_common(one, "Sonnets", texts).is_empty());
    }
}
