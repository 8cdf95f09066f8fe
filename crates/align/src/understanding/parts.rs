//! The parts of a compound statement: each of its verbs with each of its objects.
//!
//! “Analyse and mitigate risks” has two parts, “Describe threats and evaluate countermeasures” too, “Install and test X
//! and Y” four. “X and Y” is taken apart only where both can stand alone: “risk and compliance reports” is one object,
//! for what “risk” would leave is not what is meant.

use credway_model::Span;

use super::lists::{StatementList, before_lists};
use super::scope::{Scope, ScopeKind};
use super::{Understanding, Verb, trimmed};
use crate::words::{Word, words};

/// One thing a statement asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The verb; absent for a topic.
    pub verb: Option<Span>,
    /// What it is about.
    pub object: Span,
}

impl Part {
    /// Verb and object as they stand in the text, with a blank between.
    #[must_use]
    pub fn words(&self, text: &str) -> String {
        let pieces = [self.verb.and_then(|verb| verb.of(text)), self.object.of(text)];
        pieces.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Words that join and are no part of what they join.
const JOINTS: [&str; 6] = ["and", "or", "then", "also", "as", "well"];
/// Words with which a piece only qualifies the one before it.
const QUALIFIERS: &str = "which that who whose where when while using with by for to in on of from as including such \
     through via into at within during based given both between among so if";
/// Words that begin a clause over everything after them.
const CLAUSES: [&str; 10] = ["between", "as", "how", "whether", "why", "what", "which", "when", "where", "that"];
/// Pairs that are one thing.
const ONE_THING: [&str; 12] = [
    "command and control",
    "research and development",
    "backup and recovery",
    "backup and restore",
    "terms and conditions",
    "supply and demand",
    "profit and loss",
    "trial and error",
    "health and safety",
    "search and rescue",
    "data at rest and in transit",
    "input and output",
];

/// The parts, verb by verb.
pub(super) fn parts(text: &str, words: &[Word], verbs: &[Verb], lists: &[StatementList], scope: &[Scope]) -> Vec<Part> {
    let left_out = scope.iter().filter(|one| one.kind == ScopeKind::LeavesOut).map(|one| one.phrase.start).min();
    let until = [before_lists(lists), left_out].into_iter().flatten().min().map_or(text.len(), |place| place as usize);
    let end = [until, sentence_end(text, words)].into_iter().min().unwrap_or(until);
    let mut found = Vec::new();
    if verbs.is_empty() {
        let objects = coordinate(text, 0, end);
        found.extend(objects.into_iter().map(|object| Part { verb: None, object }));
        found.truncate(Understanding::MOST_PARTS);
        return found;
    }
    let mut waiting: Vec<Span> = Vec::new();
    for (at, verb) in verbs.iter().enumerate() {
        waiting.push(verb.span);
        let next = verbs.get(at + 1).map(|next| next.span.start as usize);
        let (start, stop) = (verb.span.end as usize, next.unwrap_or(end).min(end));
        let objects = if start < stop { coordinate(text, start, stop) } else { Vec::new() };
        if objects.is_empty() {
            continue;
        }
        for verb in waiting.drain(..) {
            found.extend(objects.iter().map(|object| Part { verb: Some(verb), object: *object }));
        }
    }
    found.truncate(Understanding::MOST_PARTS);
    found
}

/// The end of the first sentence: statements have one, and what follows explains it.
fn sentence_end(text: &str, words: &[Word]) -> usize {
    let gaps = words.windows(2).filter_map(|pair| {
        let gap = &text[pair[0].end..pair[1].start];
        let ends = gap.starts_with(". ") && pair[0].end - pair[0].start > 2;
        (ends || gap.contains('\n')).then_some(pair[0].end)
    });
    gaps.into_iter().next().unwrap_or(text.len())
}

/// The objects in a piece of the text.
fn coordinate(text: &str, start: usize, end: usize) -> Vec<Span> {
    let Some(piece) = text.get(start..end) else { return Vec::new() };
    let words: Vec<Word> = words(piece);
    let first = words.iter().take_while(|word| JOINTS.contains(&word.lower.as_str())).count();
    let last = words.len() - words.iter().rev().take_while(|word| JOINTS.contains(&word.lower.as_str())).count();
    let Some(inner) = words.get(first..last).filter(|inner| inner.iter().any(|word| !word.common)) else {
        return Vec::new();
    };
    let cuts = cuts(piece, inner);
    let groups = groups(inner, &cuts);
    let whole = [(0, inner.len())];
    let chosen = if stand_alone(piece, inner, &groups) { groups.as_slice() } else { &whole };
    let spans = chosen.iter().filter_map(|(from, to)| {
        let place = |at: usize| start + at;
        let close = closing(piece, inner[to - 1].end, words.get(first + to).map_or(piece.len(), |word| word.start));
        trimmed(text, place(inner[*from].start), place(close))
    });
    spans.collect()
}

/// A bracket that closes right after the last word belongs to the object.
fn closing(piece: &str, end: usize, until: usize) -> usize {
    let opened = piece[..end].matches('(').count() > piece[..end].matches(')').count();
    if opened && piece[end..until].starts_with(')') { end + 1 } else { end }
}

/// Words before which a new member may begin.
fn cuts(piece: &str, words: &[Word]) -> Vec<usize> {
    let mut open = 0_i32;
    let mut cuts = Vec::new();
    for at in 1..words.len() {
        let gap = &piece[words[at - 1].end..words[at].start];
        for mark in gap.chars() {
            open += i32::from(mark == '(') - i32::from(mark == ')');
        }
        let joint = matches!(words[at - 1].lower.as_str(), "and" | "or");
        if open <= 0 && (gap.contains([',', ';', '&']) || joint) {
            cuts.push(at);
        }
    }
    cuts
}

/// Runs of words between cuts, without joints at their ends; a run that only qualifies the one before it joins it.
fn groups(words: &[Word], cuts: &[usize]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([words.len()]);
    for (start, end) in starts.zip(ends) {
        let joint = |word: &&Word| matches!(word.lower.as_str(), "and" | "or");
        let front = start + words[start..end].iter().take_while(joint).count();
        let back = end - words[front.min(end)..end].iter().rev().take_while(joint).count();
        if front >= back {
            continue;
        }
        let qualifies = QUALIFIERS.split_whitespace().any(|one| one == words[front].lower);
        let telling = words[front..back].iter().any(|word| !word.common);
        match groups.last_mut() {
            Some(last) if qualifies || !telling => last.1 = back,
            _ => groups.push((front, back)),
        }
    }
    groups
}

/// Whether the members can stand alone.
fn stand_alone(piece: &str, words: &[Word], groups: &[(usize, usize)]) -> bool {
    let lower = piece.to_lowercase();
    // “classify controls as technical or physical”, “explain how X and Y work”: what follows belongs to one clause.
    let before = groups.get(1).map_or(words, |second| &words[..second.0]);
    let clause = before.iter().any(|word| CLAUSES.contains(&word.lower.as_str()));
    if clause || ONE_THING.iter().any(|pair| lower.contains(pair)) {
        return false;
    }
    match groups {
        [] | [_] => false,
        [one, other] => {
            let single = one.1 - one.0 == 1 && !words[one.0].acronym;
            let plural = words[one.0].lower.ends_with('s');
            let compound = other.1 - other.0 > 1 && !words[other.0].common;
            plural || !(single && compound)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_taken_apart() {
        for (text, expected) in [
            ("Analyse and mitigate risks", vec!["Analyse risks", "mitigate risks"]),
            ("Describe threats and evaluate countermeasures.", vec!["Describe threats", "evaluate countermeasures"]),
            (
                "Install, configure and test a router and a firewall",
                vec![
                    "Install a router",
                    "Install a firewall",
                    "configure a router",
                    "configure a firewall",
                    "test a router",
                    "test a firewall",
                ],
            ),
            ("Explain risk and compliance reports", vec!["Explain risk and compliance reports"]),
            (
                "Explain the relationship between cost and value",
                vec!["Explain the relationship between cost and value"],
            ),
            (
                "Configure switches, routers, and firewalls, using templates",
                vec!["Configure switches", "Configure routers", "Configure firewalls, using templates"],
            ),
            (
                "Classify controls as technical, managerial or physical",
                vec!["Classify controls as technical, managerial or physical"],
            ),
            (
                "Explain how switches and routers forward frames",
                vec!["Explain how switches and routers forward frames"],
            ),
            ("Explain command and control", vec!["Explain command and control"]),
            ("Use tools such as Nmap and Wireshark", vec!["Use tools"]),
            ("Configure networks excluding wireless", vec!["Configure networks"]),
            ("Sets, relations and functions", vec!["Sets", "relations", "functions"]),
            ("Risk management", vec!["Risk management"]),
            ("Design a network (LAN, WAN) for an office", vec!["Design a network"]),
            ("", vec![]),
            ("and or of", vec![]),
        ] {
            let said = Understanding::of(text);
            let found: Vec<String> = said.parts.iter().map(|part| part.words(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
